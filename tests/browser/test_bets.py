"""What a reader meets at a bet in JupyterLab: a closed output, which opens when the cell is run."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from run_notebooks import canonical, execute

pytestmark = pytest.mark.browser

CLOSED, OPEN = ".jp-OutputPlaceholder", ".jp-OutputArea-output"


SHOW = """from IPython.display import display
display({"image/svg+xml": "<svg/>", "text/plain": "It is 42."}, raw=True)
print("It is 42.")"""


@pytest.fixture(scope="module")
def cells(page, lab, wait_for_kernel):
    """Open a notebook with two bets and between them the same cell that is none."""
    bets = [{"tags": ["bet"]}, {}, {"tags": ["bet"]}]
    sources = ["print(6 * 7)", "print(6 * 7)", SHOW]
    notebook = new_notebook(
        cells=[
            new_markdown_cell("*Bet: how much is it?*"),
            *(new_code_cell(s, metadata=m) for s, m in zip(sources, bets, strict=True)),
        ]
    )
    execute(notebook)
    nbformat.write(canonical(notebook), lab.folder / "bet.ipynb")
    page.goto("/lab/tree/bet.ipynb")
    wait_for_kernel("bet.ipynb")
    yield page.locator(".jp-Notebook .jp-Cell")
    page.keyboard.press("Control+s")  # else the browser would ask whether to leave
    for session in page.request.get("/api/sessions").json():
        page.request.delete(f"/api/sessions/{session['id']}")
    page.goto("/lab?reset")


def test_the_output_of_a_cell_that_is_no_bet_is_open(cells):
    cells.nth(2).locator(OPEN).wait_for()
    assert cells.nth(2).locator(CLOSED).count() == 0
    assert "42" in cells.nth(2).inner_text()


@pytest.mark.parametrize("number", [1, 3], ids=["printed", "shown"])
def test_the_output_of_a_bet_is_closed_and_tells_nothing_until_its_cell_is_run(cells, number):
    bet = cells.nth(number)
    bet.locator(CLOSED).wait_for()
    assert bet.locator(OPEN).count() == 0
    assert "42" not in bet.locator(".jp-Cell-outputWrapper").inner_text()
    bet.locator(".cm-content").click()
    cells.page.keyboard.press("Shift+Enter")
    bet.locator(OPEN).first.wait_for()
    assert bet.locator(CLOSED).count() == 0
    assert "42" in bet.locator(".jp-Cell-outputWrapper").inner_text()

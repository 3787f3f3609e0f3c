"""What a reader meets in JupyterLab.

Outputs as stored, controls that answer, pictures that move, and bets, whose outputs are closed.
"""

import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from opened import animations, explore_cells, for_a_browser, with_what_they_use
from run_notebooks import canonical, execute

pytestmark = pytest.mark.browser

STORED = for_a_browser()
# Null until each picture can be drawn, and there are words. A picture is told by its size and a
# digest of its pixels; the page gives each new one an address of its own.
LOOK = """async cell => {
  const images = [...cell.querySelectorAll(".nn-explore img")];
  const words = [...cell.querySelectorAll(".nn-explore [role=status]")].map(p => p.innerText);
  const digest = async image => {
    const address = image.src;
    if (image.seen?.address !== address) {
      await image.decode();
      const [width, height] = [image.naturalWidth, image.naturalHeight];
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d", {willReadFrequently: true});
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, width, height).data;
      const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels));
      image.seen = {address: address, digest: [width, height, ...bytes].join()};
    }
    return image.seen.digest;
  };
  try {
    const pictures = [];
    for (const image of images) pictures.push(await digest(image));
    return images.length && words.join("").trim() ? {picture: pictures, words: words} : null;
  } catch (error) { return null; }
}"""
# What a control stands at. A button has no such value: each press is a move.
VALUE = "control => control.tagName === 'BUTTON' ? null : control.value"
# The key that moves a slider, a choice or a pixel by one, and the one that brings it back.
# A control of another kind has none yet.
STEPS = {
    "INPUT": ("ArrowRight", "ArrowLeft"),
    "SELECT": ("ArrowDown", "ArrowUp"),
    "BUTTON": ("Space", "Space"),
}
PATIENCE = 60  # seconds
# A bet's output, until its cell is run, and then.
CLOSED, OPEN = ".jp-OutputPlaceholder", ".jp-OutputArea-output"
SHOW = """from IPython.display import display
display({"image/svg+xml": "<svg/>", "text/plain": "It is 42."}, raw=True)
print("It is 42.")"""


def each(has=lambda notebook: True):
    paths = [path for path, notebook in STORED.items() if has(notebook)]
    return pytest.mark.parametrize("chapter", paths, ids=lambda path: path.stem, indirect=True)


def shown(notebook):
    """Return for each cell what it prints, all together as it is stored, and what else it shows."""
    cells = {}
    for cell in notebook.cells:
        printed, others = {}, []
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                printed[output.name] = printed.get(output.name, "") + output.text
            else:
                data = output.get("data", {"error": output.get("evalue")})
                others.append({k: v if "/png" not in k else "a picture" for k, v in data.items()})
        cells[cell.id] = printed, others
    return cells


def look_until(cell, right, what):
    """Look at the picture and the words until they are right; return them."""
    end = time.monotonic() + PATIENCE
    while (now := cell.evaluate(LOOK)) is None or not right(now):
        assert time.monotonic() < end, f"{what}; now: {now and now['words']}"
        cell.page.wait_for_timeout(50)
    return now


def press(cell, control, key, moves=("picture", "words")):
    """Press a key on a control; if its value changes, so must what it moves. Return whether."""
    value, before = control.evaluate(VALUE), look_until(cell, bool, "there is nothing to see")
    control.press(key)
    changed = value is None or control.evaluate(VALUE) != value
    if changed:
        name = control.evaluate("control => (control.labels?.[0] ?? control).innerText")
        what = f"{key} on {name!r} left {' or '.join(moves)} as they were: {before['words']}"
        look_until(cell, lambda now: all(now[part] != before[part] for part in moves), what)
    return changed


def move_all(cell):
    """Move each control of a cell by one and back, to its ends, and all faster than pictures."""
    movable = cell.locator(".nn-explore input, .nn-explore select").all()
    controls = movable + cell.locator("[role=grid] button").all()[:1]
    assert controls
    for control in controls:
        forth, back = STEPS[control.evaluate("control => control.tagName")]
        if not press(cell, control, forth):
            forth, back = back, forth
            assert press(cell, control, forth)
        assert press(cell, control, back)
    for control in movable:
        # A control need not move the picture wherever the others are.
        press(cell, control, "End", moves=("words",))
        press(cell, control, "Home", moves=("words",))
    home = look_until(cell, bool, "there is nothing to see")
    for control in movable:
        press(cell, control, "End", moves=("words",))
    for control in movable:
        control.press("Home")  # faster than the pictures follow
    look_until(cell, lambda now: now == home, f"all controls are at Home again: {home['words']}")


@each()
def test_a_chapter_runs_in_the_browser_and_shows_what_is_stored(chapter):
    assert shown(canonical(chapter.saved)) == shown(chapter.stored)
    assert chapter.complaints == []


@each(explore_cells)
def test_picture_and_words_follow_the_keys(chapter):
    for i in explore_cells(chapter.stored):
        move_all(chapter.cells.nth(i).locator(".jp-Cell-outputArea"))
    assert chapter.complaints == []


@each(animations)
def test_animated_pictures_move(chapter):
    for i, j in animations(chapter.stored):
        image = chapter.cells.nth(i).locator(".jp-RenderedImage img").nth(j)
        image.scroll_into_view_if_needed()
        first, end = image.screenshot(), time.monotonic() + PATIENCE
        while image.screenshot() == first:
            assert time.monotonic() < end, f"the picture of cell {i} stands still"


@pytest.fixture
def bets(page, lab, wait_for_kernel):
    """Open a notebook with two bets and between them the same cell that is none."""
    metadata = [{"tags": ["bet"]}, {}, {"tags": ["bet"]}]
    sources = ["print(6 * 7)", "print(6 * 7)", SHOW]
    notebook = new_notebook(
        cells=[
            new_markdown_cell("*Bet: how much is it?*"),
            *(new_code_cell(s, metadata=m) for s, m in zip(sources, metadata, strict=True)),
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


def test_the_output_of_a_bet_is_closed_and_tells_nothing_until_its_cell_is_run(bets):
    bets.nth(2).locator(OPEN).wait_for()
    assert bets.nth(2).locator(CLOSED).count() == 0
    assert "42" in bets.nth(2).inner_text()
    for bet in (bets.nth(1), bets.nth(3)):  # the one prints, the other shows
        bet.locator(CLOSED).wait_for()
        assert bet.locator(OPEN).count() == 0
        assert "42" not in bet.locator(".jp-Cell-outputWrapper").inner_text()
        bet.locator(".cm-content").click()
        bets.page.keyboard.press("Shift+Enter")
        bet.locator(OPEN).first.wait_for()
        assert bet.locator(CLOSED).count() == 0
        assert "42" in bet.locator(".jp-Cell-outputWrapper").inner_text()


@pytest.mark.parametrize(
    ("text", "has_widgets", "counts"),
    [
        ("Error: something", False, True),
        ("Error: widget model not found", True, True),
        ("Error: widget model not found", False, False),  # of the chapter before
        ("Error: at /lab/extensions/@jupyter/nbgrader/static/1.js", True, False),
    ],
)
def test_an_error_in_the_page_counts_unless_it_is_anothers(page, text, has_widgets, counts):
    page.complaints.clear()
    page.has_widgets = has_widgets
    with page.expect_console_message(lambda message: message.text == text):
        page.evaluate("text => console.error(text)", text)
    assert page.complaints == [text] * counts


def test_what_a_cell_uses_is_found_in_the_cells_before_it():
    sources = ["import numpy as np", "n = 2", "def ones():\n    return np.ones(n)", "m = 3",
               "a = ones()", "a[0] = 5", "print(m)", "show(a)", "a = m"]  # fmt: skip
    cells = [new_markdown_cell("m = n"), *map(new_code_cell, sources)]
    assert with_what_they_use(new_notebook(cells=cells), [8]) == [1, 2, 3, 5, 6, 8]
    assert with_what_they_use(new_notebook(cells=cells), [7]) == [4, 7]
    assert with_what_they_use(new_notebook(cells=cells), []) == []


def test_chapters_1_to_14_and_18_and_19_have_a_cell_to_explore_and_13_has_two():
    numbers = {path.name[:2]: len(explore_cells(stored)) for path, stored in STORED.items()}
    assert numbers == {f"{i:02}": 1 for i in (*range(1, 15), 18, 19)} | {"00": 0, "13": 2}

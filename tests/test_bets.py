"""Bets stay bets: a question in italics, the cell that settles it, and its output stored closed.

A bet is a markdown cell whose last paragraph is in italics and begins with one of four openings.
The cell after it is tagged ``bet``: ``tools/run_notebooks.py`` closes its output. What stands
directly below a closed output catches the eye, so it must not tell the answer.
"""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from run_notebooks import NOTEBOOKS, canonical

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
OPENING = r"\*(?:Before you run it|Bet|Guess|Predict)\b"
ITALIC = re.compile(OPENING + r"(?:[^*]|\*\*)*\*", re.DOTALL)
NUMBER = re.compile(r"\d[\d,]*\.\d+|\d[\d,]*\d")  # of two digits or more
FIRST_SENTENCE = re.compile(r".*?[.?:](?=\s|$)", re.DOTALL)
EARLY = [path for path in PATHS if path.name < "10"]  # where a beginner has looked
SOMEWHERE = re.compile(r"(?<!\*)" + OPENING)


def is_bet(cell: nbformat.NotebookNode) -> bool:
    """Return whether the cell's last paragraph is in italics and begins as a bet does."""
    last = re.split(r"\n\s*\n", cell.source.strip())[-1].strip()
    return cell.cell_type == "markdown" and ITALIC.fullmatch(last) is not None


def is_closed(cell: nbformat.NotebookNode) -> bool:
    """Return whether the output is stored closed, and its first part tells nothing."""
    hidden = cell.metadata.get("jupyter", {}).get("outputs_hidden") is True
    return hidden and (not cell.outputs or cell.outputs[0].get("data") == {})


def settles(cell: nbformat.NotebookNode | None) -> bool:
    """Return whether the cell is code tagged ``bet``."""
    return cell is not None and cell.cell_type == "code" and "bet" in cell.metadata.get("tags", [])


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what is wrong with the bets of a notebook, a sentence for each."""
    cells, found = [None, *notebook.cells, None], []
    for count in range(1, len(cells) - 1):
        before, cell, after = cells[count - 1 : count + 2]
        if cell.cell_type == "markdown":
            openings = len(SOMEWHERE.findall(cell.source))
            if is_bet(cell) and not settles(after):
                found.append(f"cell {count}: a bet, but the next cell is no code tagged bet")
            if openings > is_bet(cell):
                found.append(f"cell {count}: begins as a bet does, but not as its last paragraph")
        elif settles(cell):
            if before is None or not is_bet(before):
                found.append(f"cell {count}: tagged bet, but the cell above is none")
            if not is_closed(cell):
                found.append(f"cell {count}: a bet's output is open; run tools/run_notebooks.py")
        elif "bet" in cell.metadata.get("tags", []):
            found.append(f"cell {count}: tagged bet, but it is no code")
    return found


def given_away(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what tells an answer directly below its closed output, a sentence for each.

    That is an open output; and a text that begins with a number of the closed output that is not in
    the question, or with one or two words, as in "Larger:".
    """
    found = []
    for bet, cell, below in zip(
        notebook.cells, notebook.cells[1:], notebook.cells[2:], strict=False
    ):
        if not settles(cell):
            continue
        if below.cell_type == "code":
            if below.outputs:
                found.append(f"{below.id}: an open output directly below a closed one")
            continue
        beginning = FIRST_SENTENCE.match(below.source.lstrip("# "))
        first = beginning.group() if beginning else below.source
        printed = " ".join(output.get("text", "") for output in cell.outputs)
        told = set(NUMBER.findall(first)) & set(NUMBER.findall(printed))
        if told - set(NUMBER.findall(bet.source)):
            found.append(f"{below.id}: begins with a number that the bet asks for")
        if len(first.split()) < 3 and not below.source.startswith("#"):
            found.append(f"{below.id}: begins with the answer, {first!r}")
    return found


def test_there_are_notebooks():
    assert PATHS
    assert len(EARLY) == 10


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_bet_is_followed_by_its_closed_cell_and_such_a_cell_follows_a_bet(path):
    assert faults(nbformat.read(path, as_version=4)) == [], f"in notebooks/{path.name}"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_a_worked_answer_prints_is_stored_closed(path):
    cells = nbformat.read(path, as_version=4).cells
    code_cells = [cell for cell in cells if cell.cell_type == "code"]
    solutions = [cell for cell in code_cells if "solution" in cell.metadata.get("tags", [])]
    assert [cell.id for cell in solutions if not is_closed(cell)] == []
    assert len(solutions) > 1 or path.name.startswith("00")


@pytest.mark.parametrize("path", EARLY, ids=lambda path: path.stem)
def test_nothing_tells_the_answer_directly_below_a_closed_output(path):
    assert given_away(nbformat.read(path, as_version=4)) == [], f"in notebooks/{path.name}"


# The checker itself: each way of being wrong is found.

QUESTION = "Some words.\n\n*Bet: which is larger?\nAnd why?*"
PRINTED = new_output("stream", name="stdout", text="42\n")


def code(*tags):
    return new_code_cell("print(42)", metadata={"tags": [*tags]}, outputs=[PRINTED])


def found(*cells):
    """Return the faults of a notebook in the committed form, without the cells' numbers."""
    notebook = canonical(new_notebook(cells=list(cells)))
    return [fault.partition(": ")[2] for fault in faults(notebook)]


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "*Before you run it: which?*",
        "*Guess.*",
        "*Predict **both** of `a`.*\n",
        "## Title\n\n*Bet, then run.*",
    ],
)
def test_a_bet_in_its_form_has_no_fault_and_without_its_tag_it_has(question):
    assert found(new_markdown_cell(question), code("bet", "other")) == []
    lost = ["a bet, but the next cell is no code tagged bet"]
    assert found(new_markdown_cell(question), code("other")) == lost
    assert found(new_markdown_cell(question)) == lost
    assert found(new_markdown_cell(question), new_markdown_cell("More."), code()) == lost


@pytest.mark.parametrize(
    "question",
    [
        "Bet first.",
        "*Which is larger?*",
        "**Bet: which?**",
        "*Better or worse?*",
        "Words.",
        "Bet *a*",
    ],
)
def test_what_is_no_bet_has_no_fault_and_no_tag(question):
    assert found(new_markdown_cell(question), code()) == []
    assert found(new_markdown_cell(question), code("bet")) == [
        "tagged bet, but the cell above is none"
    ]


@pytest.mark.parametrize(
    "question", ["So be it. *Bet: which?*", "*Bet: which?*\n\nMore words.", "*Bet: which?* More."]
)
def test_a_bet_that_is_not_a_last_paragraph_in_italics_is_found(question):
    misplaced = "begins as a bet does, but not as its last paragraph"
    assert found(new_markdown_cell(question), code()) == [misplaced]
    assert found(new_markdown_cell(f"{question}\n\n*Guess.*"), code("bet")) == [misplaced]


def test_a_tagged_cell_without_a_bet_above_it_is_found():
    alone = "tagged bet, but the cell above is none"
    assert found(code("bet")) == [alone]
    assert found(new_markdown_cell(QUESTION), code("bet"), code("bet")) == [alone]


def test_an_output_that_is_open_or_tells_its_first_line_is_found():
    cells = [new_markdown_cell(QUESTION), code("bet")]
    told = ["cell 2: a bet's output is open; run tools/run_notebooks.py"]
    notebook = canonical(new_notebook(cells=cells))
    assert faults(notebook) == []
    del notebook.cells[1].outputs[0]
    assert faults(notebook) == told
    notebook = canonical(new_notebook(cells=cells))
    notebook.cells[1].metadata.jupyter.outputs_hidden = False
    assert faults(notebook) == told


@pytest.mark.parametrize(
    ("below", "fault"),
    [
        (new_markdown_cell("Compare the lines. It is 42."), None),
        (new_markdown_cell("It is 2 there, and 17 is in the question."), None),
        (new_markdown_cell("## Next\n\nMore."), None),
        (new_code_cell("a = 1"), None),
        (new_markdown_cell("It is 42, as you may have guessed."), "begins with a number that"),
        (new_markdown_cell("Larger: why?"), "begins with the answer, 'Larger:'"),
        (new_markdown_cell("The first. Why?"), "begins with the answer, 'The first.'"),
        (code(), "an open output directly below a closed one"),
    ],
)
def test_what_tells_an_answer_below_its_closed_output_is_found(below, fault):
    cells = [new_markdown_cell("*Bet: above 17?*"), code("bet"), below]
    found = given_away(canonical(new_notebook(cells=cells)))
    assert len(found) == (fault is not None)
    assert fault is None or fault in found[0]

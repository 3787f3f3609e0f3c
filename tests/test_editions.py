"""What teachers get: the list of mistakes, and the notebooks without the worked answers."""

import re
import subprocess
import sys

import mistakes
import nbformat
import pytest
from run_notebooks import NOTEBOOKS, canonical, execute, to_text
from test_prose import wordings

from nn_tutorial.exercises import EXERCISES

ROOT = NOTEBOOKS.parent
WITH_EXERCISES = sorted({exercise.chapter for exercise in EXERCISES.values()})


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    out = tmp_path_factory.mktemp("edition") / "made" / "here"
    subprocess.run([sys.executable, ROOT / "tools" / "student_edition.py", out], check=True)
    return out


def read(folder, chapter):
    (path,) = folder.glob(f"{chapter:02}_*.ipynb")
    return nbformat.read(path, as_version=4)


def code_cells(notebook, tag):
    return [
        c for c in notebook.cells if c.cell_type == "code" and tag in c.metadata.get("tags", [])
    ]


def test_the_list_of_mistakes_is_up_to_date():
    stored = mistakes.FILE.read_text(encoding="utf-8")
    assert stored == mistakes.as_markdown(), "run: uv run python tools/mistakes.py"


def test_the_list_of_mistakes_has_each_with_its_explanation():
    text = mistakes.as_markdown()
    for exercise in EXERCISES.values():
        assert f"### {exercise.name}\n\n{exercise.question}\n" in text
        for name, mistake in exercise.mistakes.items():
            assert f"- **{name}.** {mistake.explanation} " in text
    assert wordings(text) == []
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (mistakes.FILE.parent / target).exists()


def test_the_student_edition_has_every_notebook_and_the_data(edition):
    names = {path.name for path in NOTEBOOKS.glob("*.ipynb")}
    assert {path.name for path in edition.iterdir()} == names | {"data_sheet.md"}


@pytest.mark.parametrize("chapter", WITH_EXERCISES)
def test_the_student_edition_has_no_worked_answers_and_nothing_else_is_missing(edition, chapter):
    ours, theirs = read(NOTEBOOKS, chapter), read(edition, chapter)
    kept = [c.source for c in ours.cells if "solution" not in c.metadata.get("tags", [])]
    assert [c.source for c in theirs.cells] == kept
    assert len(kept) < len(ours.cells)
    answers = code_cells(theirs, "exercise")
    assert len(answers) == len(code_cells(ours, "exercise"))
    assert not any(cell.outputs for cell in answers)
    assert not any("worked" in cell.source for cell in theirs.cells)
    assert to_text(theirs) == to_text(canonical(theirs))


def test_a_notebook_of_the_student_edition_runs_from_top_to_bottom(edition):
    notebook = read(edition, WITH_EXERCISES[0])
    execute(notebook)
    checks = [c for c in notebook.cells if c.cell_type == "code" and c.source.startswith("check(")]
    assert len(checks) == len(code_cells(notebook, "exercise"))
    assert all(c.outputs[0].data["text/plain"].startswith("Your turn.") for c in checks)


def test_the_data_sheet_has_the_numbers_of_the_series(edition):
    lines = (edition / "data_sheet.md").read_text(encoding="utf-8").splitlines()
    for row in (
        "| first | 2 | 9 | 0.6667 | 1 | 92 | 0.92 |",
        "| newcomer | 4 | 8 | 1.3333 | 0.8889 |",
        "| on to the output | 0.4 | 0.5 | 0.9 |",
        "| on to the output | -0.1674 | -1.823 | -0.9357 |",
    ):
        assert row in lines

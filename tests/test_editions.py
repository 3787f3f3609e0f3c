"""What teachers get: the list of mistakes, and the notebooks without the worked answers."""

import re
import subprocess
import sys

import mistakes
import nbformat
import pytest
from nbconvert.exporters import ScriptExporter
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


def test_the_lists_of_mistakes_are_up_to_date():
    stored = {path.name: path.read_text("utf-8") for path in mistakes.FOLDER.iterdir()}
    made = mistakes.pages()
    stale = [name for name in sorted(stored | made) if stored.get(name) != made.get(name)]
    assert stale == [], f"of an older state, in docs/mistakes; run: {mistakes.COMMAND}"


def test_the_list_of_a_chapter_that_is_gone_is_removed(tmp_path):
    (tmp_path / "99_gone.md").write_text("# 99")
    mistakes.write(tmp_path)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == mistakes.pages()


def test_a_chapter_without_a_notebook_is_named():
    with pytest.raises(FileNotFoundError, match=r"chapter_99.py needs .*99_….ipynb; .* none"):
        mistakes.notebook_of(99)


def test_the_list_of_a_chapter_has_each_mistake_with_its_explanation():
    pages = mistakes.pages()
    for exercise in EXERCISES.values():
        text = pages[f"{mistakes.notebook_of(exercise.chapter).stem}.md"]
        assert f"## {exercise.name}\n\n{exercise.question}\n" in text
        for letter, choice in (exercise.choices or {}).items():
            assert f"- {letter}: {choice}\n" in text
        for name, mistake in exercise.mistakes.items():
            assert f"- **{name}.** {mistake.explanation} " in text


def test_the_lists_of_mistakes_are_plain_and_their_links_resolve():
    for name, text in mistakes.pages().items():
        assert wordings(text) == []
        targets = re.findall(r"\]\(([^)]+)\)", text)
        assert targets, name
        assert [target for target in targets if not (mistakes.FOLDER / target).exists()] == []


def test_the_index_counts_the_exercises_and_mistakes_of_each_chapter():
    index = mistakes.pages()["README.md"]
    rows = re.findall(r"^\| (\d\d) \[.+\]\((.+)\.md\) \| (\d+) \| (\d+) \|$", index, re.MULTILINE)
    assert [int(chapter) for chapter, *_ in rows] == WITH_EXERCISES
    for chapter, name, exercises, known in rows:
        those = [exercise for exercise in EXERCISES.values() if exercise.chapter == int(chapter)]
        assert name == mistakes.notebook_of(int(chapter)).stem
        assert (int(exercises), int(known)) == (len(those), sum(len(e.mistakes) for e in those))
    total = sum(int(known) for *_, known in rows)
    assert f"{len(EXERCISES)} exercises with {total} mistakes" in index


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


def make(*arguments):
    command = [sys.executable, ROOT / "tools" / "student_edition.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_masters_are_never_overwritten(tmp_path):
    before = {path: path.read_bytes() for path in NOTEBOOKS.iterdir() if path.is_file()}
    link = tmp_path / "link"
    link.symlink_to(NOTEBOOKS)
    for out in (NOTEBOOKS, link):
        refused = make(out, "--overwrite")
        assert refused.returncode == 2
        assert "holds the notebooks themselves: name another folder" in refused.stderr
    assert {path: path.read_bytes() for path in NOTEBOOKS.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("nbgrader", [(), ("--nbgrader",)])
def test_what_a_teacher_has_changed_is_kept_unless_overwriting_is_asked_for(tmp_path, nbgrader):
    name = "source/01_scale_the_data/01_scale_the_data.ipynb" if nbgrader else "data_sheet.md"
    changed = tmp_path / name
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text("two points for the second exercise")
    refused = make(tmp_path, *nbgrader)
    assert refused.returncode == 2
    assert f"{changed} would be overwritten" in refused.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [changed]
    assert changed.read_text() == "two points for the second exercise"
    assert make(tmp_path, *nbgrader, "--overwrite").returncode == 0
    assert "two points" not in changed.read_text(encoding="utf-8")


def test_a_script_made_of_a_notebook_is_a_python_file(tmp_path):
    """As ``jupyter nbconvert --to script`` writes it."""
    (path,) = NOTEBOOKS.glob("06_*.ipynb")
    text, resources = ScriptExporter().from_filename(str(path))
    assert resources["output_extension"] == ".py"
    compile(text, "06.py", "exec")


@pytest.mark.parametrize("chapter", WITH_EXERCISES)
def test_a_students_name_can_be_passed_from_outside(chapter):
    """Papermill puts its values into a cell behind the one that is tagged ``parameters``."""
    cells = [cell for cell in read(NOTEBOOKS, chapter).cells if cell.cell_type == "code"]
    tagged = [i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    uses = [i for i, cell in enumerate(cells) if re.search(r"\bstudent=student\b", cell.source)]
    assert [cells[i].source for i in tagged] == ['student = "your name"']
    assert uses
    assert tagged[0] < uses[0]

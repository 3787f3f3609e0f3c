"""What teachers get: the list of mistakes, and the notebooks without the worked answers."""

import argparse
import re
import subprocess
import sys
import zipfile

import mistakes
import nbformat
import pytest
from nbconvert.exporters import ScriptExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from run_notebooks import NOTEBOOKS, canonical, execute, to_text
from student_edition import chosen, for_nbgrader, for_students, main
from teaching.handout import FIRST_CELL, build_wheel, wheel_name, without_dead_links
from test_prose import wordings

from nn_tutorial.exercises import EXERCISES, check, graded

ROOT = NOTEBOOKS.parent
NAMED = 'student = "Ada Lovelace"  # write your own name here'
WITH_EXERCISES = sorted({exercise.chapter for exercise in EXERCISES.values()})


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    out = tmp_path_factory.mktemp("edition") / "made" / "here"
    subprocess.run([sys.executable, ROOT / "tools" / "student_edition.py", out], check=True)
    return out


def read(folder, chapter):
    return nbformat.read(folder / mistakes.notebook_of(chapter).name, as_version=4)


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
        for number, reason in (exercise.reasons or {}).items():
            assert f"- {number}: {reason}\n" in text
        for line in exercise.lines:
            assert f"\n{line}\n" in text
        for name, mistake in exercise.mistakes.items():
            assert f"- **{name}.** {mistake.explanation} " in text


def test_the_lists_of_mistakes_are_plain_and_their_links_resolve():
    for name, text in mistakes.pages().items():
        assert wordings(text) == [], f"in docs/mistakes/{name}"
        targets = re.findall(r"\]\(([^)]+)\)", text)
        assert targets, name
        broken = [target for target in targets if not (mistakes.FOLDER / target).exists()]
        assert broken == [], f"links of docs/mistakes/{name}; run: {mistakes.COMMAND}"


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
    more = {"data_sheet.md", "START.md", wheel_name()}
    assert {path.name for path in edition.iterdir()} == names | more


@pytest.mark.parametrize("chapter", WITH_EXERCISES)
def test_the_student_edition_has_no_worked_answers_and_nothing_else_is_missing(edition, chapter):
    ours, theirs = read(NOTEBOOKS, chapter), read(edition, chapter)
    kept = [
        'student = "your name"' if "parameters" in c.metadata.get("tags", []) else c.source
        for c in ours.cells
        if "solution" not in c.metadata.get("tags", [])
    ]
    assert [c.source for c in theirs.cells if c.id != "package-missing"] == kept
    name = mistakes.notebook_of(chapter).name
    assert len(kept) < len(ours.cells), f"notebooks/{name} has no cell tagged solution"
    answers = code_cells(theirs, "exercise")
    assert len(answers) == len(code_cells(ours, "exercise"))
    assert not any(cell.outputs for cell in answers)
    assert not any("worked" in cell.source for cell in theirs.cells)
    marks = [cell.metadata.pop("nbgrader", None) for cell in theirs.cells]
    names = [mark["grade_id"] if mark else None for mark in marks]
    checks = [re.match(r'check\("([\w-]+)"', cell.source) for cell in theirs.cells]
    assert names == [found[1] if found else None for found in checks]
    assert to_text(theirs) == to_text(canonical(theirs))


@pytest.mark.parametrize("chapter", range(len(list(NOTEBOOKS.glob("*.ipynb")))))
def test_in_the_student_edition_no_bet_is_answered_and_all_other_outputs_are_there(
    edition, chapter
):
    ours, theirs = (
        {cell.id: cell for cell in read(folder, chapter).cells if cell.cell_type == "code"}
        for folder in (NOTEBOOKS, edition)
    )
    assert set(theirs) - set(ours) == {"package-missing"}
    assert theirs.pop("package-missing").outputs == []
    for id, cell in theirs.items():
        answers = {"exercise", "bet"} & set(cell.metadata.get("tags", []))
        kept = [] if answers else [output.get("data") for output in ours[id].outputs]
        assert [output.get("data") for output in cell.outputs] == kept


def test_a_bets_output_is_removed_for_students_and_a_picture_elsewhere_stays():
    def showing(id, tags):
        data = {"image/png": "a picture", "text/plain": "words"}
        output = new_output("display_data", data=data)
        return new_code_cell("show(fig)", id=id, metadata={"tags": tags}, outputs=[output])

    notebook = new_notebook(cells=[showing("a-bet", ["bet"]), showing("a-picture", [])])
    bet, picture = for_students(notebook).cells
    assert (bet.outputs, len(picture.outputs)) == ([], 1)
    assert notebook.cells[0].outputs != []


def test_a_notebook_of_the_student_edition_runs_from_top_to_bottom(edition):
    notebook = read(edition, WITH_EXERCISES[0])
    execute(notebook)
    checks = [c for c in notebook.cells if c.cell_type == "code" and c.source.startswith("check(")]
    assert len(checks) == len(code_cells(notebook, "exercise"))
    assert all(c.outputs[0].data["text/plain"].startswith("Your turn.") for c in checks)


def test_without_the_package_the_first_cell_says_one_sentence_and_stops(edition):
    first = next(c for c in read(edition, 1).cells if c.cell_type == "code")
    assert first.id == "package-missing"
    assert first.source == FIRST_CELL.format(wheel=wheel_name())
    code = first.source.replace('find_spec("nn_tutorial")', 'find_spec("nn_nowhere")')
    run = f"from IPython import start_ipython as s; s(['--colors=NoColor', '-c', {code!r}])"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True)
    (said,) = (done.stdout + done.stderr).strip().splitlines()
    assert said.startswith("The package nn_tutorial is not installed here: run %pip install nn_")
    assert said.count(".whl") == 1
    assert said.endswith("run this cell again.")


def test_the_cell_about_the_package_stands_in_front_of_the_first_code(edition):
    for path in edition.glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        first = next(cell for cell in cells if cell.cell_type == "code")
        assert first.id == "package-missing"
        assert cells[0].cell_type == "markdown"


def test_a_wheel_is_built_from_anywhere_into_a_folder_that_is_not_there_yet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert build_wheel(tmp_path / "not" / "there").name == wheel_name()


def test_the_package_of_the_edition_is_the_package(edition):
    with zipfile.ZipFile(edition / wheel_name()) as wheel:
        there = set(wheel.namelist())
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "nn_tutorial").rglob("*.py")}
    assert {name for name in there if name.endswith(".py")} == modules
    assert "nn_tutorial/digits.npz" in there
    assert [name for name in there if name.endswith(".ipynb")] == []  # they have worked answers


def test_the_first_page_says_how_to_start_and_to_hand_in_and_its_links_resolve(edition):
    page = (edition / "START.md").read_text(encoding="utf-8")
    assert f"python -m pip install jupyterlab {wheel_name()}\n" in page
    assert "   python -m jupyter lab\n" in page  # and no chapter: that is the teacher's choice
    for said in ("## Hand in", "not `0,5`", "`NameError: name 'c' is not defined`", "On a stick"):
        assert said in page
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert links == sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
    assert (
        "\n   - [00 Start here](00_start_here.ipynb)"
        "\n   - [01 Scale the data](01_scale_the_data.ipynb)\n   - [02 "
    ) in page
    assert wordings(page) == []


def test_chapters_are_chosen_by_number_and_range():
    def numbers(text):
        return [int(path.name[:2]) for path in chosen(text)]

    assert numbers("01-06") == [1, 2, 3, 4, 5, 6]
    assert numbers("13, 00,2-3") == [0, 2, 3, 13]
    for wrong in ("", "1-", "six", "06-01", "5-99"):
        with pytest.raises(argparse.ArgumentTypeError):
            chosen(wrong)


def test_chapters_that_are_not_handed_out_are_named_and_not_linked(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path), "--chapters", "05-06"])
    main()
    there = {path.name for path in tmp_path.glob("*.ipynb")}
    assert there == {mistakes.notebook_of(n).name for n in (5, 6)}
    for name in there:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert set(re.findall(r"\]\((\d\d_\w+\.ipynb)", text)) <= there
    page = "[next](07_x.ipynb) and [here](06_y.ipynb#Part-2), [out](https://a.b/07_x.ipynb)"
    assert without_dead_links(page, {6}) == page.replace("[next](07_x.ipynb)", "next")


@pytest.mark.parametrize("answer", [..., (1, 2, 3)])
@pytest.mark.parametrize("name", ["your name", " Your Name "])
def test_a_check_asks_for_a_name_where_there_is_none(name, answer):
    feedback = check("undo-the-scaling", answer, student=name)
    assert not feedback.passed
    assert feedback.message.startswith(
        "Your turn. “your name” is not a name. Write your own into the cell `student = …`, and run "
        "that cell and those below it: the name decides your numbers."
    )
    right = EXERCISES["undo-the-scaling"].cases(student=name)[0]
    with pytest.raises(AssertionError, match="is not a name"):
        check("undo-the-scaling", right, student=name, strict=True)


def test_a_missing_answer_or_name_is_told_in_place_of_an_error():
    gone = graded(lambda: check("write-the-scaler", fit_and_scale))  # noqa: F821
    nameless = graded(lambda: check("undo-the-scaling", (1, 2, 3), student=""))
    assert gone.message.startswith("Your turn. There is no `fit_and_scale`. Does the cell in which")
    assert nameless.message.startswith("Your turn. This exercise has numbers of your own: pass ")
    assert not gone.passed
    assert not nameless.passed
    assert graded(lambda: check("scale-it-twice", "b")).passed


SHEET = """# Data sheet

## Three students

|  | hours studied | hours slept | scaled | scaled | points | divided by 100 |
| --- | --- | --- | --- | --- | --- | --- |
| first | 2 | 9 | 0.6667 | 1 | 92 | 0.92 |
| second | 1 | 5 | 0.3333 | 0.5556 | 86 | 0.86 |
| third | 3 | 6 | 1 | 0.6667 | 89 | 0.89 |

Hours are divided by the largest of their column: 3 and 9.

## A new student

|  | hours studied | hours slept | scaled | scaled |
| --- | --- | --- | --- | --- |
| newcomer | 4 | 8 | 1.3333 | 0.8889 |

## Weights made up by hand (from chapter 02)

| weight for | hidden neuron 1 | hidden neuron 2 | hidden neuron 3 |
| --- | --- | --- | --- |
| hours studied | 0.2 | 0.6 | 0.1 |
| hours slept | 0.8 | 0.3 | 0.7 |
| on to the output | 0.4 | 0.5 | 0.9 |

## Weights at the start of training (from chapter 08)

| weight for | hidden neuron 1 | hidden neuron 2 | hidden neuron 3 |
| --- | --- | --- | --- |
| hours studied | -0.8917 | 0.283 | -1.5579 |
| hours slept | 0.5572 | 0.394 | 0.6426 |
| on to the output | -0.1674 | -1.823 | -0.9357 |
"""


def test_the_data_sheet_has_the_numbers_of_the_series(edition):
    assert (edition / "data_sheet.md").read_text(encoding="utf-8") == SHEET


def test_the_program_says_what_it_writes_and_where(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["student_edition.py", "--help"])
    with pytest.raises(SystemExit):
        main()
    said = " ".join(capsys.readouterr().out.split())
    usage = "usage: student_edition.py [-h] [--chapters 01-06] [--nbgrader] [--overwrite] OUT "
    assert said.startswith(usage)
    assert (
        " Write what students get: notebooks without worked answers, the package, and how" in said
    )
    assert " --chapters 01-06 all if not given " in said
    assert " OUT the folder; it is made, with those above it " in said
    course = "write assignments of an nbgrader course, OUT/source/NAME/NAME.ipynb"
    assert f" --nbgrader {course} " in said
    assert said.endswith(" --overwrite replace files that are there already")


def test_without_a_folder_the_program_asks_for_one(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["student_edition.py"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "required: OUT" in capsys.readouterr().err


def test_an_assignment_has_a_test_of_one_point_for_each_check():
    notebook = read(NOTEBOOKS, 1)
    exercises = [name for name, exercise in EXERCISES.items() if exercise.chapter == 1]
    graded = [c for c in for_nbgrader(notebook).cells if "nbgrader" in c.metadata]
    assert [cell.metadata.nbgrader.grade_id for cell in graded] == exercises
    for cell in graded:
        first, gap, *lines = cell.source.splitlines()
        assert (first, gap) == ("from nn_tutorial.exercises import check, graded", "")
        assert lines[0].startswith("feedback = graded(lambda: check(")
        assert lines[1:] == ["display(feedback)", "1 * feedback.passed  # the point"]
        assert cell.metadata.nbgrader | {"grade_id": ""} == {
            "grade_id": "",
            "grade": True,
            "points": 1,
            "solution": False,
            "locked": True,
            "schema_version": 3,
        }


@pytest.fixture
def refused(monkeypatch, capsys):
    """Return a function that runs the program, and returns why it refuses."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["student_edition.py", *map(str, arguments)])
        with pytest.raises(SystemExit, match="2"):
            main()
        return capsys.readouterr().err

    return run


def test_the_masters_are_never_overwritten(tmp_path, refused):
    before = {path: path.read_bytes() for path in NOTEBOOKS.iterdir() if path.is_file()}
    link = tmp_path / "link"
    link.symlink_to(NOTEBOOKS)
    for out in (NOTEBOOKS, link):
        assert "the notebooks themselves: name another folder" in refused(out, "--overwrite")
    assert {path: path.read_bytes() for path in NOTEBOOKS.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("nbgrader", [(), ("--nbgrader",)])
def test_what_a_teacher_has_changed_is_kept_unless_overwriting_is_asked_for(
    tmp_path, refused, monkeypatch, nbgrader
):
    name = "source/01_scale_the_data/01_scale_the_data.ipynb" if nbgrader else "data_sheet.md"
    changed = tmp_path / name
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text("two points for the second exercise")
    assert f"{changed} would be overwritten" in refused(tmp_path, *nbgrader)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [changed]
    assert changed.read_text() == "two points for the second exercise"
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path), *nbgrader, "--overwrite"])
    main()
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
    assert [cells[i].source for i in tagged] == [NAMED]
    assert uses
    assert tagged[0] < uses[0]

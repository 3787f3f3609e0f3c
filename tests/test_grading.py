"""A real nbgrader course, from one chapter, with the commands of the guide, one after the other.

Released, handed in as Moodle packs it, collected, graded, its scores and its feedback read.
"""

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from run_notebooks import NOTEBOOKS

from nn_tutorial.exercises import EXERCISES

ROOT = NOTEBOOKS.parent
GUIDE, GUIDES_CHAPTER = ROOT / "docs" / "teaching.md", "06_send_the_error_back"
CHAPTER = "01_scale_the_data"
RIGHT = "def scale_newcomers(X, newcomers):\n    return newcomers / X.max(axis=0)"
# A wrong answer, and something in place of the check, which later cells would call.
FORGED = """def scale_newcomers(X, newcomers):
    return newcomers / newcomers.max(axis=0)


check = lambda *answers, **more: None"""
# Both of Moodle's ways to name files.
ARCHIVE = {
    "Ada King": (f"Ada King_1234_assignsubmission_file_/{CHAPTER}.ipynb", RIGHT),
    "Béla Bartók": (f"Béla Bartók_1235_assignsubmission_file_{CHAPTER}.ipynb", FORGED),
    "Cem Öz": (f"Cem Öz_1236_assignsubmission_file_/{CHAPTER}.ipynb", RIGHT),
}
WITH_THE_EDITION = {"Cem Öz"}  # the others had what nbgrader released


def commands():
    """Return the guide's commands for nbgrader, in their order, for this chapter."""
    text = GUIDE.read_text(encoding="utf-8").replace(GUIDES_CHAPTER, CHAPTER)
    return re.findall(
        r"^python -m uv run --project \S+ --group teachers nbgrader (.+)$", text, re.M
    )


def answered(released, answer):
    """Return the text of a released notebook with one answer cell filled in."""
    notebook = nbformat.read(released, as_version=4)
    (cell,) = [c for c in notebook.cells if c.source.startswith("def scale_newcomers(")]
    cell.source = answer
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the folder of a course that was released, collected, graded and reported."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed; .ci/run installs it")
    home = tmp_path_factory.mktemp("home")
    course = home / "course"
    # nbgrader calls its database tool, alembic, by that name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"HOME": str(home), "PATH": path}

    def run(*command, cwd=course):
        return subprocess.run(
            [sys.executable, *command], check=True, cwd=cwd, env=environment,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    edition = ROOT / "tools" / "student_edition.py"
    run(edition, "--nbgrader", course, "--chapters", CHAPTER[:2], cwd=home)
    for command in commands():
        if command.startswith("zip_collect"):
            archive = course / "downloaded" / CHAPTER / "archive"
            archive.mkdir(parents=True)
            released = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
            run(edition, home / "edition", "--chapters", CHAPTER[:2], cwd=home)
            with zipfile.ZipFile(archive / "all.zip", "w") as packed:
                for who, (name, answer) in ARCHIVE.items():
                    mine = home / "edition" / released.name if who in WITH_THE_EDITION else released
                    packed.writestr(name, answered(mine, answer))
        done = run("-m", "nbgrader", *command.split())
        assert "No nbgrader_config.py" not in done.stderr
        assert "partial credit" not in done.stderr  # each last line is a number of points
    return course


@pytest.fixture(scope="module")
def scores(course):
    """Return {student: {exercise: points}}, as nbgrader's gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            student: {
                grade.name: grade.score
                for grade in gradebook.find_submission(CHAPTER, student).notebooks[0].grades
            }
            for student in ARCHIVE
        }


def test_the_guide_has_the_whole_way_from_the_release_to_the_grades():
    verbs = [command.split()[0] for command in commands()]
    assert verbs == [
        "generate_assignment", "zip_collect", "autograde", "generate_feedback", "export",
    ]  # fmt: skip


def test_the_right_answer_gets_its_point_and_the_wrong_one_does_not(scores):
    assert scores["Ada King"]["scale-newcomers"] == 1
    assert scores["Béla Bartók"]["scale-newcomers"] == 0


def test_who_worked_in_the_edition_is_graded_as_the_others_are(scores):
    assert scores["Cem Öz"] == scores["Ada King"]


def test_a_check_that_an_answer_has_replaced_gives_no_points(scores):
    assert not any(scores["Béla Bartók"].values())


def test_unfinished_answers_get_no_point_and_each_exercise_has_one(scores):
    in_chapter = {name for name, exercise in EXERCISES.items() if exercise.chapter == 1}
    for points in scores.values():
        assert set(points) == in_chapter
        assert not any(points[name] for name in in_chapter - {"scale-newcomers"})


def test_the_feedback_begins_with_the_explanation_beside_the_points_and_has_no_traceback(course):
    page = {
        who: html.unescape((course / "feedback" / who / CHAPTER / f"{CHAPTER}.html").read_text())
        for who in ARCHIVE
    }
    assert "Right.</strong> In every case your function gave what was expected." in page["Ada King"]
    explanation = EXERCISES["scale-newcomers"].mistakes["the newcomers' own column maxima"]
    told = page["Béla Bartók"].index(explanation.explanation.split("`")[-1])
    assert told < page["Béla Bartók"].index("Your function returned:")
    assert "Traceback (most recent" not in page["Ada King"] + page["Béla Bartók"]
    assert "Score: 1.0 / 1.0" in page["Ada King"]


def test_the_grades_are_exported(course):
    rows = (course / "grades.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[3]: row.split(",")[9] for row in rows} == {
        "Ada King": "1.0", "Béla Bartók": "0.0", "Cem Öz": "1.0",
    }  # fmt: skip


def test_students_get_the_chapters_pictures_and_no_unfinished_check_stops_them(course):
    released = nbformat.read(course / "release" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    outputs = [output for cell in released.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    graded = course / "autograded" / "Ada King" / CHAPTER / f"{CHAPTER}.ipynb"
    checks = [c for c in nbformat.read(graded, as_version=4).cells if "graded(" in c.source]
    assert len(checks) == sum(exercise.chapter == 1 for exercise in EXERCISES.values())
    assert all(o.output_type != "error" for cell in checks for o in cell.outputs)

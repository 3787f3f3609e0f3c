"""A real nbgrader course, from one chapter: generated, handed in, graded, and its scores read."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from run_notebooks import NOTEBOOKS

from nn_tutorial.exercises import EXERCISES

ROOT = NOTEBOOKS.parent
CHAPTER = "01_scale_the_data"
RIGHT = "def scale_newcomers(X, newcomers):\n    return newcomers / X.max(axis=0)"
# A wrong answer, and something in place of the check, which later cells would call.
FORGED = """def scale_newcomers(X, newcomers):
    return newcomers / newcomers.max(axis=0)


check = lambda *answers, **more: None"""


def hand_in(course, student, answer):
    """Copy the released notebook into the student's folder, with one answer cell filled in."""
    notebook = nbformat.read(course / "release" / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if c.source.startswith("def scale_newcomers(")]
    cell.source = answer
    folder = course / "submitted" / student / CHAPTER
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{CHAPTER}.ipynb")


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """Return {student: {exercise: points}}, as nbgrader's gradebook has them."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed; .ci/run installs it")
    from nbgrader.api import Gradebook

    home = tmp_path_factory.mktemp("home")
    course = home / "course"
    # nbgrader calls its database tool, alembic, by that name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"HOME": str(home), "PATH": path}

    def run(*command):
        return subprocess.run(
            [sys.executable, *command], check=True, cwd=course, env=environment,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    course.mkdir()
    run(ROOT / "tools" / "student_edition.py", "--nbgrader", course)
    run("-m", "nbgrader", "generate_assignment", CHAPTER, "--create")
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bea", FORGED)
    graded = run("-m", "nbgrader", "autograde", CHAPTER, "--create")
    assert "partial credit" not in graded.stderr  # no value of a cell is taken for points
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            student: {
                grade.name: grade.score
                for grade in gradebook.find_submission(CHAPTER, student).notebooks[0].grades
            }
            for student in ("ada", "bea")
        }


def test_the_right_answer_gets_its_point_and_the_wrong_one_does_not(scores):
    assert scores["ada"]["scale-newcomers"] == 1
    assert scores["bea"]["scale-newcomers"] == 0


def test_a_check_that_an_answer_has_replaced_gives_no_points(scores):
    assert not any(scores["bea"].values())


def test_unfinished_answers_get_no_point_and_each_exercise_has_one(scores):
    in_chapter = {name for name, exercise in EXERCISES.items() if exercise.chapter == 1}
    for points in scores.values():
        assert set(points) == in_chapter
        assert not any(points[name] for name in in_chapter - {"scale-newcomers"})

"""Whatever an answer does, `check` neither raises nor hangs, and nothing is left of it."""

import builtins
import math
import random
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from test_checker import divide, said, shapes, two_numbers

from nn_tutorial import activations
from nn_tutorial import budget as budget_module
from nn_tutorial.exercises import compare
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.traces import modules


class MuteError(Exception):
    """Its text raises."""

    def __init__(self, problem):
        self.problem = problem

    def __str__(self):
        raise self.problem


@pytest.mark.parametrize("problem", [ValueError("no"), SystemExit(), RecursionError()])
def test_an_error_whose_text_raises_is_told_by_its_type(problem):
    def answer(X, rate):
        raise MuteError(problem)

    assert "The function raised MuteError, in line" in said(answer)


class NoArray:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class Exit:
    def __array__(self, *args, **kwargs):
        raise SystemExit


class NoText:
    def __repr__(self):
        raise RuntimeError("no")


class NoAttribute:
    def __getattr__(self, name):
        raise ValueError(name)


class EndlessArray:
    def __array__(self, *args, **kwargs):
        while True:
            pass


class EndlessText:
    def __repr__(self):
        while True:
            pass


CIRCLE = [1.0]
CIRCLE.append(CIRCLE)
ODD = [NoArray(), Exit(), NoText(), NoAttribute(), EndlessArray(), EndlessText(), CIRCLE]


@pytest.mark.parametrize("thing", ODD, ids=lambda thing: type(thing).__name__)
def test_what_cannot_be_looked_at_is_no_answer_and_no_harm(thing, monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 2000)
    for answer in (lambda X, rate: thing, lambda X, rate: [thing, 1.0], thing):
        assert not review(divide, answer).passed
    if type(thing) in (NoArray, NoText, NoAttribute):
        for answer in (lambda X, rate: thing, lambda X, rate: [thing, 1.0]):
            assert "cannot be judged" not in said(answer)
    for exercise in (two_numbers, shapes):
        for answer in (thing, (thing, 1.0)):
            assert not review(exercise, answer, "Ada").passed


def test_the_argument_may_be_made_to_hold_itself():
    def answer(settings):
        settings.append(settings)
        return 5.0

    draw = lambda rng, size: ([1.0, 2.0],)  # noqa: E731
    exercise = type(divide)(
        name="one", chapter=1, kind="function", question="?", draw=draw, mistakes={},
        solution=lambda settings: 5.0,
    )  # fmt: skip
    assert not review(exercise, answer).passed


def replaces(X, rate):
    np.mean = np.allclose = np.isclose = lambda *args, **kwargs: True
    np.asarray = None
    np.linalg.norm = math.exp = random.random = print
    activations.sigmoid = compare.difference = lambda *args: None
    builtins.len = builtins.isinstance = builtins.all = lambda *args: True
    del np.std
    return X + 5


def resets(X, rate):
    np.random.seed(3)  # noqa: NPY002
    random.seed(3)
    np.set_printoptions(precision=2)
    sys.setrecursionlimit(300)
    return X + 5


def test_what_an_answer_replaces_is_put_back():
    before = (
        *(np.mean, np.allclose, np.isclose, np.asarray, np.std, np.linalg.norm, math.exp),
        *(random.random, activations.sigmoid, compare.difference, len, isinstance, all),
    )
    assert not review(divide, replaces).passed
    assert before == (
        *(np.mean, np.allclose, np.isclose, np.asarray, np.std, np.linalg.norm, math.exp),
        *(random.random, activations.sigmoid, compare.difference, len, isinstance, all),
    )


def test_what_an_answer_sets_is_put_back():
    state, python_state = np.random.get_state()[1].copy(), random.getstate()  # noqa: NPY002
    settings = np.get_printoptions(), sys.getrecursionlimit()
    feedback = review(divide, resets)
    assert "raised" not in feedback.message  # so it set all of them
    assert not feedback.passed
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002
    assert python_state == random.getstate()
    assert settings == (np.get_printoptions(), sys.getrecursionlimit())


def test_an_answer_cannot_switch_its_budget_off(monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 2000)
    settrace = sys.settrace

    def answer(X, rate):
        sys.settrace(None)
        while True:
            pass

    assert "was stopped after" in said(answer)
    assert sys.settrace is settrace


def test_an_import_inside_an_answer_costs_next_to_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(budget_module, "BUDGET", 200)
    lines = "\n".join(f"a{number} = {number}" for number in range(5000))
    (tmp_path / "a_long_module.py").write_text(lines)
    monkeypatch.syspath_prepend(tmp_path)

    def imports(X, rate):
        import a_long_module

        return X / (rate + a_long_module.a0)

    def imports_and_never_ends(X, rate):
        import a_long_module  # noqa: F401

        while True:
            pass

    said(imports, passed=True)
    sys.modules.pop("a_long_module")
    assert "was stopped after" in said(imports_and_never_ends)
    sys.modules.pop("a_long_module")


def test_nothing_is_said_when_the_interpreter_ends():
    program = """
        from nn_tutorial.exercises import check
        from nn_tutorial import budget
        budget.BUDGET = 1000
        kept = []
        def fit_and_scale(X):
            try:
                while True: pass
            except BaseException as error:
                kept.append(error)
            return X
        def endless(X):
            while True:
                try:
                    while True: pass
                except: pass
        assert not check("write-the-scaler", fit_and_scale).passed
        assert not check("write-the-scaler", endless).passed
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_what_is_put_back_belongs_to_numpy_python_or_the_package_and_to_no_chapter():
    names = {module.__name__ for module in modules()}
    ours = {name for name in names if name.startswith("nn_tutorial.exercises.")}
    assert names - ours == {
        "builtins", "math", "random", "numpy", "numpy.linalg", "numpy.random",
        "nn_tutorial.activations", "nn_tutorial.losses", "nn_tutorial.network",
    }  # fmt: skip
    assert {"nn_tutorial.exercises.checker", "nn_tutorial.exercises.compare"} <= ours
    assert [name for name in ours if "chapter" in name] == []

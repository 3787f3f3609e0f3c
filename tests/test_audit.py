"""What chapter 17 finds is so, and its judges judge rightly."""

import ast
import json
from pathlib import Path

import nbformat
import numpy as np
import pytest
from notebook_functions import functions_of
from run_notebooks import NOTEBOOKS

from nn_tutorial import MaxScaler, Network, exam_scores
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import recovered_start
from nn_tutorial.exercises import EXERCISES

NAME = "17_audit_a_published_tutorial"
PRINTED = json.loads((Path(__file__).parent / "data" / "source_run.json").read_text())["printed"]


def constant(name):
    """Return what the chapter assigns to a name, where it is a literal."""
    cells = nbformat.read(NOTEBOOKS / f"{NAME}.ipynb", as_version=4).cells
    for cell in cells:
        for node in ast.parse(cell.source).body if cell.cell_type == "code" else ():
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                return ast.literal_eval(node.value)
    raise LookupError(name)


@pytest.fixture(scope="module")
def audit():
    """The chapter's functions, which see the chapter's data."""
    functions = functions_of(NAME)
    scores = exam_scores()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
    nine = np.concatenate([W.ravel() for W in recovered_start()])
    lines = np.array([line["predictions"] for line in PRINTED[:4]])
    functions["search"].__globals__.update(X=X, y=y, nine_numbers=nine, first_lines=lines)
    return functions


# The evidence.


def test_the_chapter_quotes_the_printed_run():
    run = {line["step"]: (line["predictions"], line["mse"]) for line in PRINTED}
    assert constant("printed") == run


def test_the_counts_of_public_programs_add_up():
    of_all, unsuspected = np.array(list(constant("verdicts").values())).T
    assert (of_all.sum(), unsuspected.sum()) == (123, 87)
    assert np.all(unsuspected <= of_all)


@pytest.mark.parametrize("decimals", [1, 2])
def test_the_search_finds_the_start_from_a_rounded_one(audit, decimals):
    nine = audit["search"].__globals__["nine_numbers"]
    found, missing = audit["search"](nine.round(decimals))
    assert missing < 6e-9
    assert np.abs(found - nine).max() < 1e-4


# The six programs, on sizes that all differ, against nudging.


def nudged(X, y, W1, W2):
    """Return the gradients of half the sum of squares."""

    def half_sum(W1, W2):
        return np.sum((sigmoid(sigmoid(X @ W1) @ W2) - y) ** 2) / 2

    gradients = [np.empty_like(W1), np.empty_like(W2)]
    for gradient, W in zip(gradients, (W1, W2), strict=True):
        for index in np.ndindex(W.shape):
            before, losses = W[index], []
            for moved in (before + 1e-6, before - 1e-6):
                W[index] = moved
                losses.append(half_sum(W1, W2))
            W[index] = before
            gradient[index] = (losses[0] - losses[1]) / 2e-6
    return gradients


def descended(X, y, W1, W2, rate, rows):
    for some in rows:
        dW1, dW2 = nudged(X[some], y[some], W1, W2)
        W1, W2 = W1 - rate * dW1, W2 - rate * dW2
    return W1, W2


@pytest.mark.parametrize("number", range(1, 7))
def test_of_the_six_programs_those_two_are_right_that_the_exercise_calls_right(audit, number):
    rng = np.random.default_rng(number)
    X, y = rng.uniform(0, 1, (4, 2)), rng.uniform(0, 1, (4, 1))
    W1, W2 = rng.normal(size=(2, 5)), rng.normal(size=(5, 1))
    made = audit[f"program_{number}"](X, y, W1.copy(), W2.copy(), 0.7)
    ways = ([slice(0, 4)], [slice(i, i + 1) for i in range(4)])
    right = any(
        all(
            np.allclose(a, b, atol=1e-7)
            for a, b in zip(made, descended(X, y, W1, W2, 0.7, rows), strict=True)
        )
        for rows in ways
    )
    assert right == (EXERCISES["name-six-faults"].solution()[number - 1] == 1)


# The judge of losses. Any right loss is accepted.

LOSSES = {  # the loss, and its slope in the predictions
    "cross-entropy": (
        lambda p, y: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)),
        lambda p, y: (p - y) / (p * (1 - p)),
    ),
    "fourth powers": (lambda p, y: np.mean((p - y) ** 4), lambda p, y: 4 * (p - y) ** 3 / y.size),
    "distances": (lambda p, y: np.sum(np.abs(p - y)), lambda p, y: np.sign(p - y)),
    "log cosh": (lambda p, y: np.sum(np.log(np.cosh(p - y))), lambda p, y: np.tanh(p - y)),
    "relative errors": (lambda p, y: np.sum((p / y - 1) ** 2), lambda p, y: 2 * (p / y - 1) / y),
    "weighted": (
        lambda p, y: float((np.array([[1, 5, 2]]) @ (p - y) ** 2)[0, 0]),
        lambda p, y: 2 * np.array([[1], [5], [2]]) * (p - y),
    ),
    "too low costs more": (
        lambda p, y: np.sum(np.where(p < y, 3, 1) * (p - y) ** 2),
        lambda p, y: 2 * np.where(p < y, 3, 1) * (p - y),
    ),
}
SQUARED = {
    "half the sum": (lambda p, y: np.sum((p - y) ** 2) / 2, lambda p, y: p - y),
    "the mean": (lambda p, y: np.mean((p - y) ** 2), lambda p, y: 2 * (p - y) / y.size),
    "the root of the sum": (
        lambda p, y: np.sqrt(np.sum((p - y) ** 2)),
        lambda p, y: (p - y) / np.sqrt(np.sum((p - y) ** 2)),
    ),
}


def descends(slope_of_loss, factor=1.0):
    def step(X, y, W1, W2, rate):
        A1 = sigmoid(X @ W1)
        A2 = sigmoid(A1 @ W2)
        dZ2 = factor * slope_of_loss(A2, y) * A2 * (1 - A2)
        dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
        return W1 - rate * X.T @ dZ1, W2 - rate * A1.T @ dZ2

    return step


@pytest.mark.parametrize("name", LOSSES)
def test_another_loss_is_accepted(audit, name):
    loss, slope_of_loss = LOSSES[name]
    assert audit["judge_loss"](loss, descends(slope_of_loss)) == (True, False, True)


@pytest.mark.parametrize("name", SQUARED)
def test_squared_errors_are_recognised(audit, name):
    loss, slope_of_loss = SQUARED[name]
    assert audit["judge_loss"](loss, descends(slope_of_loss)) == (True, True, True)


@pytest.mark.parametrize("name", LOSSES)
def test_a_step_that_does_not_descend_its_loss_is_found(audit, name):
    loss, slope_of_loss = LOSSES[name]
    for step in (descends(slope_of_loss, factor=2), descends(slope_of_loss, factor=-1)):
        assert audit["judge_loss"](loss, step) == (False, False, True)
    old = descends(SQUARED["the mean"][1])
    assert audit["judge_loss"](loss, old) == (False, True, True)


def test_a_loss_that_is_smallest_elsewhere_is_found(audit):
    step = descends(lambda p, y: np.ones_like(y))
    assert audit["judge_loss"](lambda p, y: np.sum(p), step) == (True, False, False)


# The judge of two faults.


def faulty(output=False, between=False, factor=1.0):
    def step(X, y, W1, W2, rate):
        A1 = sigmoid(X @ W1)
        A2 = sigmoid(A1 @ W2)
        bent = sigmoid(A2) if output else A2
        dZ2 = factor * 2 / len(X) * (A2 - y) * bent * (1 - bent)
        dZ1 = dZ2 @ W2.T * (1 if between else A1 * (1 - A1))
        return W1 - rate * X.T @ dZ1, W2 - rate * A1.T @ dZ2

    return step


@pytest.fixture
def untrained(audit, monkeypatch):
    """The judge without the 20 trainings, for what it says of the two layers."""
    monkeypatch.setitem(audit["judge_two"].__globals__, "loss_from", lambda *_, **__: 0.0)
    return lambda step: audit["judge_two"](step)[1:]


@pytest.mark.parametrize("factor", [1.0, 1.5])
@pytest.mark.parametrize("output", [False, True])
@pytest.mark.parametrize("between", [False, True])
def test_a_fault_is_found_in_its_layer_and_a_factor_is_none(untrained, output, between, factor):
    assert untrained(faulty(output, between, factor)) == (not output, not between)


def test_a_missing_transpose_alone_is_taken_for_two_faults(untrained):
    museum = functions_of("15_find_the_bugs")
    assert untrained(museum["missing_transpose"]) == (False, False)
    exhibits = [name for name in museum if name.startswith("exhibit_")]
    taken = [name for name in exhibits if untrained(museum[name]) == (False, False)]
    assert taken == ["exhibit_2", "exhibit_6", "exhibit_8"]  # a slope is wrong in both layers


def test_a_step_that_climbs_does_not_beat_the_rival(audit):
    assert audit["judge_two"](faulty(factor=-1.0)) == (False, False, True)
    assert audit["judge_two"](faulty()) == (True, True, True)


def test_the_published_step_is_that_of_the_package(audit):
    X, y = (audit["search"].__globals__[name] for name in "Xy")
    W1, W2 = recovered_start()
    dW1, dW2 = Network.from_weights([W1, W2]).gradients(X, y).weights
    new_W1, new_W2 = audit["published"](X, y, W1, W2)
    np.testing.assert_allclose(new_W1, W1 - 1.5 * dW1, rtol=1e-12)
    np.testing.assert_allclose(new_W2, W2 - 1.5 * dW2, rtol=1e-12)

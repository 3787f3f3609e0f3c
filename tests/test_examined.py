"""What the doctor finds in an answer that makes no known mistake."""

import numpy as np
import pytest

from nn_tutorial.exercises import EXERCISES
from nn_tutorial.exercises.examined import NO_RATE, ROW_BY_ROW, examined

BACKWARD, LOOP = EXERCISES["backward-pass"], EXERCISES["write-the-loop"]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gradients(X, y, W1, W2, *, factor=2, bend=lambda h: h * (1 - h), back=lambda d, W2: d @ W2.T):
    """Return the gradients of the mean squared error of one output, or what is near them."""
    h = sigmoid(X @ W1)
    o = sigmoid(h @ W2)
    d2 = factor * (o - y) / y.size * o * (1 - o)
    return X.T @ (back(d2, W2) * bend(h)), h.T @ d2


def once(X, y, W1, W2, rate, **how):
    dW1, dW2 = gradients(X, y, W1, W2, **how)
    return W1 - rate * dW1, W2 - rate * dW2


def a_loop(step):
    """Return an answer to LOOP that moves the weights by this step."""

    def answer(X, y, W1, W2, epochs, rate):
        losses = [0.0]
        for _ in range(epochs):
            W1, W2 = step(X, y, W1, W2, rate)
            losses.append(0.0)
        return W1, W2, losses

    return answer


def one_by_one(X, y, W1, W2, rate):
    for i in range(len(X)):
        W1, W2 = once(X[i : i + 1], y[i : i + 1], W1, W2, rate)
    return W1, W2


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (lambda y: 2 * y.shape[1], "the squared error, averaged over the rows"),
        (lambda y: y.size, "half the sum of the squared errors"),
        (lambda y: 2 * y.size, "the sum of the squared errors"),
    ],
)
def test_a_step_of_another_loss_is_said_to_be_right_for_it(factor, said):
    answer = lambda X, y, *W: gradients(X, y, *W, factor=factor(y))  # noqa: E731
    (finding,) = examined(BACKWARD, answer)
    assert finding.name == "another loss"
    assert finding.explanation == (
        f"That is right for another loss: by this convention one descends {said}. The "
        "question asks for the mean of the squared errors, over samples and outputs, with its 2."
    )


@pytest.mark.parametrize(
    ("step", "name", "explanation"),
    [
        (one_by_one, "row by row", ROW_BY_ROW),
        (lambda *W: once(*W[:4], 0.3), "the learning rate is not used", NO_RATE),
    ],
)
def test_what_a_step_does_that_was_not_asked_is_said(step, name, explanation):
    (finding,) = examined(LOOP, a_loop(step))
    assert (finding.name, finding.explanation, finding.section) == (name, explanation, "")


@pytest.mark.parametrize(
    ("how", "name", "section", "section_in_loop"),
    [
        ({"factor": -2}, "the sign", "The loop (chapter 08)", "The loop"),
        (
            {"bend": lambda h: 1},
            "no slope hidden (W1)",
            "Line 4: back through the bend",
            "Line 4: back through the bend (chapter 07)",
        ),
    ],
)
def test_a_fault_is_named_with_what_it_hits_and_where_to_read(how, name, section, section_in_loop):
    (finding,) = examined(BACKWARD, lambda *case: gradients(*case, **how))
    assert (finding.name, finding.section) == (name, section)
    (finding,) = examined(LOOP, a_loop(lambda *case: once(*case, **how)))
    assert (finding.name, finding.section) == (name, section_in_loop)


def test_nothing_is_said_of_what_is_right_not_understood_or_no_step():
    assert examined(LOOP, a_loop(once)) == []
    assert examined(BACKWARD, lambda *case: [np.sin(dW) for dW in gradients(*case)]) == []
    assert examined(EXERCISES["write-the-scaler"], lambda X: X) == []

"""What is right in a wrong answer: some rows, some columns, some cases, or all but a factor."""

import numpy as np

from nn_tutorial.exercises.compare import as_numbers
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.observe import Attempt


def likeness(exercise: Exercise, attempt: Attempt, agree: list[bool]) -> list[str]:
    """Return a sentence on what is right in a function's result, or nothing.

    Numbers get none: a factor would give the answer away.
    """
    if exercise.kind != "function" or attempt.expected.error or attempt.outcome.error:
        return []
    right = sum(agree)
    often = [f"It is right in {right} of {len(agree)} cases; this is the first that is not."]
    return (often if right else []) + _in_one_array(exercise, attempt)


def _in_one_array(exercise, attempt):
    try:
        right, answer = (as_numbers(o.value) for o in (attempt.expected, attempt.outcome))
    except ValueError:
        return []
    if right.shape != answer.shape or not np.isfinite(answer).all():
        return []
    if not right.ndim:
        return _by_how_much(right, answer)
    near = np.isclose(answer, right, *exercise.tolerance)
    if near.all():
        return []
    if near.any():
        return [_where(near)]
    if np.allclose(np.sort(answer, axis=None), np.sort(right, axis=None), *exercise.tolerance):
        return ["These are the right numbers in another order."]
    return _by_how_much(right, answer)


def _where(near):
    """Say which columns or rows are right, or how many entries."""
    for axis, word in ((0, "column"), (1, "row")) if near.ndim == 2 else ():
        whole = [str(k + 1) for k in np.flatnonzero(near.all(axis=axis))]
        if whole:
            words = f"{word}{'s' if len(whole) > 1 else ''} {', '.join(whole)}"
            return f"Right in {words}; the others are not."
    return f"{near.sum()} of {near.size} entries are right."


def _by_how_much(right, answer):
    """Say the one factor, or the one difference, that makes the answer of the right numbers."""
    with np.errstate(all="ignore"):
        factors, steps = answer / right, answer - right
    if np.isfinite(factors).all() and np.allclose(factors, factors.flat[0], rtol=1e-4, atol=0):
        where = "it" if right.ndim == 0 else "every entry"
        return [f"In this case {where} is {factors.flat[0]:.4g} times what is expected."]
    if right.ndim and np.allclose(steps, steps.flat[0], rtol=1e-4, atol=0):
        return [f"In this case every entry is off by {steps.flat[0]:.4g}."]
    return []

"""Decimal commas, as in 67,52: Python reads them as more numbers, and says nothing."""

from typing import Any

import numpy as np

from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.parts import Finding

DECIMAL_COMMAS = "decimal commas"
EXPLANATION = (
    "In Python a comma stands between two numbers: `{0},{1}` is two numbers, {0} and {1}. Write "
    "`{0}.{1}`, with a point."
)


def decimal_commas(exercise: Exercise, expected: Any, answer: Any) -> Finding | None:
    """Return a finding if the answer looks like decimals that were written with commas.

    It is whole numbers then: two for each that is asked for, or fewer where some are whole.
    """
    if exercise.kind != "number" or not exercise.decimals:
        return None
    n_asked, found = len(_flat(expected)), _flat(answer)
    if not n_asked < len(found) <= 2 * n_asked or any(type(number) is not int for number in found):
        return None
    pair = found[:2] if len(found) == 2 * n_asked else (0, 5)  # whose pairs are whose?
    return Finding(DECIMAL_COMMAS, EXPLANATION.format(*pair), None)


def _flat(answer):
    if isinstance(answer, np.ndarray):
        return list(answer.flat)
    if not isinstance(answer, tuple | list):
        return [answer]
    return [number for part in answer for number in _flat(part)]

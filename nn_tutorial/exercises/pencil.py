"""Numbers as a pencil writes them: what each operation gives is rounded before it is used again."""

from collections.abc import Callable
from functools import partial

import numpy as np

from nn_tutorial.exercises.exercise import Exercise

RUNS = 24  # so many random ways of rounding find most of a range
NARROW = 0.1  # beside the right number: wider ranges take in other mistakes


class Pencil:
    """A number that rounds whatever is made of it.

    NumPy works with it in arrays of objects: ``x @ W``, and ``np.exp``, which calls `exp`. So an
    exercise's own solution tells what comes out on paper.

    Parameters
    ----------
    value : float
        Stays as it is: numbers that are given are not rounded.
    rounding : callable
        From a float to the float that is written down.
    """

    def __init__(self, value: float, rounding: Callable[[float], float]):
        self.value, self.rounding = float(value), rounding

    def _made(self, value):
        return Pencil(self.rounding(float(value)), self.rounding)

    def _with(self, operation, other):
        if isinstance(other, np.ndarray):
            return NotImplemented  # NumPy goes through its entries
        return self._made(operation(self.value, float(other)))

    def __add__(self, other):
        return self._with(lambda a, b: a + b, other)

    def __sub__(self, other):
        return self._with(lambda a, b: a - b, other)

    def __rsub__(self, other):
        return self._with(lambda a, b: b - a, other)

    def __mul__(self, other):
        return self._with(lambda a, b: a * b, other)

    def __truediv__(self, other):
        return self._with(np.divide, other)  # 0 in the denominator, after rounding, is no error

    def __rtruediv__(self, other):
        return self._with(lambda a, b: np.divide(b, a), other)

    def __pow__(self, other):
        return self._with(lambda a, b: a**b, other)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Pencil(-self.value, self.rounding)

    def __float__(self):
        return self.value

    def __lt__(self, other):
        return self.value < float(other)

    def exp(self):
        """Return e to the power of this number: ``np.exp`` calls it."""
        return self._made(np.exp(self.value))

    def log(self):
        """Return the natural logarithm: ``np.log`` calls it."""
        return self._made(np.log(self.value))

    def sqrt(self):
        """Return the root: ``np.sqrt`` calls it."""
        return self._made(np.sqrt(self.value))


def on_paper(exercise: Exercise, numbers: tuple, rounding: Callable[[float], float]) -> np.ndarray:
    """Return all numbers of the right answer, in a row, with every step rounded.

    Raises
    ------
    TypeError, ValueError
        If the solution is not made of steps that a pencil can do.
    """
    write = partial(Pencil, rounding=rounding)
    with np.errstate(all="ignore"):
        if exercise.on_paper:
            answer = exercise.on_paper(write, *numbers)
        else:
            answer = exercise.solution(*map(write, numbers))
    return in_a_row(answer)


def in_a_row(answer) -> np.ndarray:
    """Return the numbers of an answer, however they are nested, as floats (n,)."""
    if isinstance(answer, np.ndarray | tuple | list) and np.ndim(answer):
        return np.concatenate([in_a_row(part) for part in answer])
    return np.array([float(answer)])


def bend(z):
    """Return the sigmoid of sums that are moderate, in three steps of a pencil."""
    return 1 / (1 + np.exp(-z))


def decimals_carried(exercise: Exercise, numbers: tuple, answer) -> int | None:
    """Return with how many decimals correct work gives this wrong answer, or None if it does not.

    One student rounds up where another one cuts off, so each number of decimals gives a range. It
    counts where it is narrow beside the right numbers; most wrong answers lie outside.
    """
    try:
        answer, right = in_a_row(answer), on_paper(exercise, numbers, float)
    except (TypeError, ValueError, IndexError, AttributeError):
        return None  # no numbers, or no solution for a pencil
    if answer.shape != right.shape:
        return None
    rng = np.random.default_rng(0)
    for decimals in range(most_useful(exercise) - 1, 1, -1):
        unit = 10.0**-decimals

        def up_or_down(value, unit=unit):
            return unit * np.floor(value / unit + rng.random())

        made = np.array([on_paper(exercise, numbers, up_or_down) for _ in range(RUNS)])
        low, high = made.min(axis=0), made.max(axis=0)
        if not np.isfinite(made).all() or np.any(high - low > NARROW * abs(right)):
            return None
        spare = (high - low) / 4 + unit / 2
        if np.all((low - spare <= answer) & (answer <= high + spare)):
            return decimals
    return None


def most_useful(exercise: Exercise) -> int:
    """Return how many decimals are enough on the way: as the notebook says, or those asked for."""
    return exercise.carry or exercise.decimals or 0

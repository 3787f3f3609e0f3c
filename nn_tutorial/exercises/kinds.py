"""Kinds of wrong answers that any exercise can get: the right numbers with one thing done to them.

They come after the mistakes that an exercise knows itself. Such a name is always true of the
answer: it says how all its numbers follow from the right ones, in every case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_tutorial.activations import sigmoid
from nn_tutorial.exercises.compare import as_array, difference, narrowed


@dataclass(frozen=True)
class Kind:
    """A kind has a name, an explanation, and ``answers(right)``: what would be answered then."""

    name: str
    answers: Callable[[Any], Iterator[Any]]
    explanation: str

    def fits(self, pairs: list[tuple[Any, Any]], tolerance: tuple[float, float]) -> bool:
        """Return whether each (right, answer) is of this kind, and one pair clearly unlike."""
        clearly = tuple(10 * limit for limit in tolerance)
        for right, answer in pairs:
            made = ((x, narrowed(tolerance, x)) for x in self.answers(right))
            if not any(difference(x, answer, *limits) is None for x, limits in made):
                return False
        return any(difference(right, answer, *clearly) is not None for right, answer in pairs)


def entries(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Any], Iterator[Any]]:
    """Return a function that makes the change to every array and number of a result."""

    def changed(value):
        if isinstance(value, tuple | list):
            return tuple(map(changed, value))
        return change(np.asarray(value, dtype=float))

    def answers(right):
        with np.errstate(all="ignore"):
            yield changed(right)

    return answers


def whole_numbers(step: int) -> Callable[[Any], Iterator[Any]]:
    """Return a function that adds a step to a result of whole numbers."""

    def answers(right):
        (floored,) = entries(np.floor)(right)
        if difference(right, floored, 0, 0) is None:
            yield from entries(lambda x: x + step)(right)

    return answers


def rounded(right):
    """Yield the right numbers, rounded to 0 to 4 decimals, unless nothing is left of them."""
    for decimals in range(5):
        for made in entries(lambda x, k=decimals: np.round(x, k))(right):
            if all(np.any(part) for part in _parts(made)):
                yield made


def in_another_shape(right):
    """Yield the numbers of one array in the shapes that it is easily given."""
    array = as_array(right)
    if not isinstance(right, tuple | list) and array is not None and array.ndim:
        yield array.ravel()
        yield array[np.newaxis]
        yield array[..., np.newaxis]


def turned(right):
    """Yield the tables of a result with rows and columns swapped."""
    if any(np.ndim(as_array(part)) == 2 for part in _parts(right)):
        yield from entries(np.transpose)(right)


def in_another_order(right):
    """Yield the parts of a result backwards, moved on by some places, and with two exchanged."""
    parts = list(_parts(right))
    n = len(parts)
    if n < 2 or any(difference(parts[i], parts[j], 1e-9, 0) is None for i, j in _pairs(n)):
        return
    yield tuple(parts[::-1])
    yield from (tuple(parts[k:] + parts[:k]) for k in range(1, n))
    for i, j in _pairs(n):
        swapped = parts.copy()
        swapped[i], swapped[j] = parts[j], parts[i]
        yield tuple(swapped)


def one_part(right):
    """Yield each part of a result by itself, the first ones and the last ones."""
    if isinstance(right, tuple | list) and len(right) > 1:
        yield from right
        yield from (right[:k] for k in range(1, len(right)))
        yield from (right[k:] for k in range(1, len(right)))


def in_one_number(right):
    """Yield the sum and the mean of an array."""
    if np.ndim(as_array(right)) and not isinstance(right, tuple | list):
        yield from (np.sum(right), np.mean(right))


def _parts(value):
    if isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim == 1):
        return value
    return (value,)


def _pairs(n):
    return [(i, j) for i in range(n) for j in range(i)]


KINDS = (
    Kind(
        "parts in another order",
        in_another_order,
        "Each part is right, but they do not stand in the order that the question names.",
    ),
    Kind(
        "only a part of the answer",
        one_part,
        "What is there is right, and something is missing: the question asks for several things, "
        "in its order.",
    ),
    Kind(
        "rows and columns swapped",
        turned,
        "The numbers are right, but each row stands as a column. Write the shape that the question "
        "asks for beside the one you got.",
    ),
    Kind(
        "the right numbers in another shape",
        in_another_shape,
        "All numbers are right, in the right order, but an axis is missing or one too many. Look "
        "at the shape that the question asks for.",
    ),
    Kind(
        "the opposite sign",
        entries(np.negative),
        "This is exactly minus what is expected: the right size, with the opposite sign. Which of "
        "two numbers is subtracted from the other, and is there a minus too many?",
    ),
    Kind(
        "exactly half",
        entries(lambda x: x / 2),
        "This is exactly half of what is expected: a 2 is missing, or something was halved "
        "once too often. The slope of a square has a 2; half a sum is not a sum.",
    ),
    Kind(
        "exactly double",
        entries(lambda x: 2 * x),
        "This is exactly twice what is expected: a 2 too many, or something was counted twice.",
    ),
    Kind(
        "minus one half",
        entries(lambda x: -x / 2),
        "This is minus one half of what is expected, so these are two slips at once: the sign is "
        "the opposite, and a 2 is missing.",
    ),
    Kind(
        "a hundred times too large",
        entries(lambda x: 100 * x),
        "This is exactly 100 times what is expected. Somewhere points, or per cent, stand in the "
        "place of shares.",
    ),
    Kind(
        "a hundred times too small",
        entries(lambda x: x / 100),
        "This is exactly a hundredth of what is expected. Somewhere shares stand in the place of "
        "points, or of per cent.",
    ),
    Kind(
        "92 in place of 100",
        entries(lambda x: 0.92 * x),
        "This is 92 hundredths of what is expected. 92 is the best of the three scores, and "
        "the hours were divided by their largest values; but the scores were divided by 100.",
    ),
    Kind(
        "exactly three times",
        entries(lambda x: 3 * x),
        "This is exactly three times what is expected. There are three students, and three hidden "
        "neurons: is something added up whose mean is asked for?",
    ),
    Kind(
        "exactly a third",
        entries(lambda x: x / 3),
        "This is exactly a third of what is expected. There are three students, and three hidden "
        "neurons: is something divided by 3 whose sum is asked for, or is this only one of the "
        "three?",
    ),
    Kind(
        "upside down",
        entries(lambda x: 1 / x),
        "This is 1 divided by what is expected: the two sides of a fraction were exchanged.",
    ),
    Kind(
        "bent once too often",
        entries(sigmoid),
        "This is the sigmoid of what is expected. It happens when one line bends already, and a "
        "later one bends again.",
    ),
    Kind(
        "one too many",
        whole_numbers(1),
        "This is one too large. Counting from 1 here and from 0 there does that.",
    ),
    Kind(
        "one too few",
        whole_numbers(-1),
        "This is one too small. Counting from 1 here and from 0 there does that.",
    ),
    Kind(
        "the complement",
        entries(lambda x: 1 - x),
        "This is 1 minus what is expected: the share of the others, or yes and no exchanged.",
    ),
    Kind(
        "a root too many",
        entries(lambda x: np.sqrt(np.abs(x))),
        "These are the roots of the numbers that are expected. A root brings squares back to the "
        "unit they were made of; here nothing has to be brought back.",
    ),
    Kind(
        "a square too many",
        entries(np.square),
        "These are the squares of the numbers that are expected: a root is missing, or something "
        "was squared once too often.",
    ),
    Kind(
        "rounded too early",
        rounded,
        "These are the right numbers, rounded. Rounding is for printing: what goes on with rounded "
        "numbers carries the error along.",
    ),
    Kind(
        "cut off",
        lambda right: (
            made
            for low, high in ((0, 1), (None, 1), (0, None))
            for made in entries(lambda x: np.clip(x, low, high))(right)  # noqa: B023
        ),
        "The numbers are right as far as they lie between two limits, and beyond them they were "
        "cut off. What lies outside has a meaning, too, and this loses it.",
    ),
    Kind(
        "added up to one number",
        in_one_number,
        "This is the sum or the mean of the numbers that are asked for. An axis is missing, or one "
        "call too many stands around the result.",
    ),
)


# A part is often a single number, which follows from another in many ways by chance.
OF_PARTS = tuple(
    kind
    for kind in KINDS
    if kind.name
    in {
        "parts in another order",
        "rows and columns swapped",
        "the right numbers in another shape",
        "the opposite sign",
        "exactly half",
        "exactly double",
        "a hundred times too large",
        "a hundred times too small",
        "one too many",
        "one too few",
        "added up to one number",
    }
)


def turned_shape(right):
    """Yield a shape of two sizes, turned round."""
    if len(right) == 2 and right[0] != right[1]:
        yield right[::-1]


def one_axis_more(right):
    """Yield a shape with an axis of length 1 in front, and one at the end."""
    yield from ((1, *right), (*right, 1))


def one_axis_less(right):
    """Yield a shape of two sizes without one of them."""
    if len(right) == 2:
        yield from ((right[0],), (right[1],))


def one_more_or_fewer(right):
    """Yield a shape that begins with one more, or one fewer."""
    yield from ((right[0] + step, *right[1:]) for step in (1, -1))


SHAPE_KINDS = (
    Kind(
        "a shape turned round",
        turned_shape,
        "The two sizes are right and in the wrong order. A shape counts the rows first: ask what a "
        "row is here, and how many there are.",
    ),
    Kind(
        "an axis too many",
        one_axis_more,
        "An axis of length 1 is too many. A plain list of numbers has one axis, also where one "
        "would draw it as a column or a row of a table.",
    ),
    Kind(
        "an axis lost",
        one_axis_less,
        "One of the two sizes is there, and the other is lost. A table keeps both its axes unless "
        "something runs through one of them, or picks from it.",
    ),
    Kind(
        "one too many or too few",
        one_more_or_fewer,
        "The number of rows is off by one. Count them: which is the first, which is the last, and "
        "does the last belong to it?",
    ),
)
ELSEWHERE = (
    "This is the shape of another of the things that are asked for. Say in words what a row is "
    "here, and what a column is."
)


def kind_of(
    pairs: list[tuple[Any, Any]], tolerance: tuple[float, float], kinds: tuple[Kind, ...] = KINDS
) -> Kind | None:
    """Return the first kind that each (right, answer) is of, or None."""
    try:
        return next((kind for kind in kinds if kind.fits(pairs, tolerance)), None)
    except (ValueError, TypeError):  # letters, or what is no number
        return None

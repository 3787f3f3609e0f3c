"""Two results are the same when their numbers and shapes are, however they were written."""

import contextlib
import math
import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

NOTHING = "is None. Is a `return` missing?"


def as_array(value: Any) -> np.ndarray | None:
    """Return value as an array, or None if it has no shape, or will not become one."""
    try:
        return np.asarray(value)
    except Exception:
        return None


def as_numbers(value: Any) -> np.ndarray:
    """Return value as an array of numbers, whatever its dtype.

    Raises
    ------
    ValueError
        If it holds anything else; the message continues "The result …" or "Your answer …".
    """
    if value is None:
        raise ValueError(NOTHING)
    if callable(value):
        raise ValueError("is a function. Call it, and answer with what it returns.")
    array = as_array(value)
    if array is None:
        raise ValueError("has rows of unequal length, so it has no shape.")
    if array.dtype.kind in "US":
        raise ValueError("is text. Write numbers without quotation marks.")
    if array.dtype.kind == "O" and all(isinstance(entry, numbers.Number) for entry in array.flat):
        with contextlib.suppress(TypeError, OverflowError):
            return array.astype(np.float64)  # fractions and the like
    if array.dtype.kind not in "biuf":
        kind = type(value).__name__ if array.ndim == 0 else array.dtype
        raise ValueError(f"holds no numbers that can be compared: its type is {kind}.")
    return array


def difference(expected: Any, actual: Any, relative: float, absolute: float) -> str | None:
    """Return a sentence on the first difference, or None if the two are the same.

    A tuple or list that is expected is compared part by part; NaN equals NaN. The sentence
    continues "The result …"; it is empty where a look at the values says it all.
    """
    if isinstance(expected, str):
        return None if isinstance(actual, str) and actual == expected else ""
    if isinstance(expected, tuple | list):
        return _difference_in_parts(expected, actual, relative, absolute)
    if isinstance(actual, tuple) and as_array(actual) is None:
        return f"is a tuple of {len(actual)}, where one array is expected."
    try:
        array = as_numbers(actual)
    except ValueError as error:
        return str(error)
    expected = np.asarray(expected)
    if array.shape != expected.shape:
        return f"has the shape {array.shape}, not {expected.shape}.{_hint(array, expected)}"
    if _agree(array, expected, relative, absolute):
        return None
    if np.isfinite(expected).all() and not np.isfinite(array).all():
        return "holds NaN or infinity."
    return ""


def _agree(array, expected, relative, absolute):
    if array.ndim == 0:  # most answers are single numbers: math takes a tenth of the time
        one, other = float(array), float(expected)
        if math.isfinite(one) and math.isfinite(other):
            return abs(one - other) <= absolute + relative * abs(other)
    return np.allclose(array, expected, rtol=relative, atol=absolute, equal_nan=True)


def narrowed(tolerance: tuple[float, float], made: Any, share: float = 0.05) -> tuple[float, float]:
    """Return the tolerance for a wrong number: no wider than a share of it.

    A hundredth of 0.8 would otherwise be seen in a 0, where one decimal is asked for.
    """
    relative, absolute = tolerance
    value = as_array(made)
    if value is None or value.dtype.kind not in "iuf" or not value.size or not value.any():
        return relative, absolute
    return relative, min(absolute, share * float(np.abs(value).max()))


def _difference_in_parts(expected, actual, relative, absolute):
    n_parts = len(expected)
    if actual is None:
        return NOTHING
    if isinstance(actual, Iterator):
        return "is a generator, or something like it. Return a list."
    if not isinstance(actual, tuple | list):
        array = as_array(actual)
        if not np.ndim(array):
            comma = " In Python a tuple of one has a comma: (5,)." if n_parts == 1 else ""
            return f"holds a single thing, where a tuple of {n_parts} is expected.{comma}"
        shapes = [np.shape(as_array(part)) for part in expected]
        if any(shapes) and shapes != [np.shape(part) for part in array]:
            return f"is one array, where a tuple of {n_parts} is expected."
    if len(actual) != n_parts:
        return f"has the length {len(actual)}, where {n_parts} is expected."
    found = [
        difference(one, other, relative, absolute)
        for one, other in zip(expected, actual, strict=True)
    ]
    wrong = [part for part, sentence in enumerate(found, start=1) if sentence is not None]
    if not wrong:
        return None
    if found[wrong[0] - 1]:
        return f"differs in part {wrong[0]}, which {found[wrong[0] - 1]}"
    if len(wrong) == n_parts:
        return ""
    parts = f"part {wrong[0]}" if len(wrong) == 1 else f"parts {', '.join(map(str, wrong))}"
    return f"is wrong in {parts}; the rest is right."


def _hint(array, expected):
    try:
        together = np.broadcast_shapes(array.shape, expected.shape)
    except ValueError:
        return ""
    return (
        f" The two would broadcast to {together} without an error, so nothing would warn you if "
        "you went on with it."
    )


def same_things(one: Any, other: Any) -> bool:
    """Return whether two sets of arguments hold exactly the same arrays and numbers."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same_things, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_things(one[k], other[k]) for k in one)
    if hasattr(one, "__dict__") and not callable(one):
        return same_things(vars(one), vars(other))
    return not isinstance(one, numbers.Number) or one == other or one != one

"""Whatever a caller hands over becomes an array of real numbers, or is refused, saying where.

NumPy also converts what was not meant as a number: dates, text, what a mask hides, a complex number
without its imaginary part. Here each is refused, with its place and what to do about it.
"""

import datetime
import decimal
import numbers
import types
from functools import partial
from typing import Any

import numpy as np

from nn_tutorial.quiet import quietly

BLOCK = 1 << 16
DATES = ": turn them into numbers first, such as days since the first one"
GAPS = ": leave out the samples with gaps, or fill the gaps first"


def as_numbers(name: str, values: Any) -> np.ndarray:
    """Return values as an array of integers, floats or truth values; NaN and infinity may be in it.

    Parameters
    ----------
    name : str
        What the caller calls them, for the message.
    values : array_like
        Also a pandas table, or numbers like ``Fraction`` and ``Decimal``, which become float64.

    Raises
    ------
    ValueError
        For masked entries, dates, text, None, complex numbers, rows of unequal length, and things
        that are no array: a network, a generator.
    """
    _refuse_masked(name, values)
    if hasattr(values, "_fields"):  # a named tuple, such as Gradients or Digits, is several things
        raise ValueError(
            f"{name} is of type {type(values).__name__}, where numbers are wanted: pass a part of "
            f"it, such as {name}.{values._fields[0]}"
        )
    try:
        array = np.asarray(values)
    except Exception as error:
        lengths = _unequal_lengths(values)
        raise ValueError(f"{name} {lengths or f'cannot be read as an array: {error}'}") from error
    if array.dtype.kind in "biuf":
        return array
    if array.dtype.kind == "O" and array.ndim == 0:
        remedy = f": pass {name}.toarray()" if hasattr(values, "toarray") else ""
        raise ValueError(f"{name} is {described(values)}, where numbers are wanted{remedy}")
    reason = {
        "c": "holds complex numbers, and a network computes with real ones: {name}.real drops the "
        "imaginary parts",
        "M": f"holds dates{DATES}",
        "m": "holds spans of time: turn them into numbers first, such as "
        "{name} / np.timedelta64(1, 'D') for days",
        "V": "has named columns: put them side by side first, as np.column_stack([…])",
    }.get(array.dtype.kind)
    if reason:
        raise ValueError(f"{name} {reason.format(name=name)}")
    if not isinstance(values, np.ndarray):  # NumPy has made text of the numbers beside a text
        array = np.asarray(values, dtype=object)
    result = np.empty(array.shape)
    for index, entry in np.ndenumerate(array):
        if not isinstance(entry, numbers.Real | decimal.Decimal | np.bool):
            raise ValueError(f"{name} holds {described(entry)}{_at(index)}{_remedy(entry, name)}")
        try:
            result[index] = entry
        except OverflowError:
            raise ValueError(f"{name} holds a number too large for float64{_at(index)}") from None
    return result


def as_floats(name: str, values: Any) -> np.ndarray:
    """Return values as an array of their own floating dtype, or of float64."""
    array = as_numbers(name, values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def as_finite(name: str, values: Any, dtype: np.dtype) -> np.ndarray:
    """Return values as a non-empty array of dtype; refuse NaN and infinity, saying where.

    The test runs over blocks of rows, so that it needs no mask as large as the data.
    """
    given = as_numbers(name, values)
    # Where a value is too large for dtype, the loop below finds it, and says where.
    array = quietly(partial(given.astype, dtype, copy=False), over="ignore")
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    rows = np.atleast_1d(array)
    step = max(1, BLOCK * len(rows) // rows.size)
    for start in range(0, len(rows), step):
        finite = np.isfinite(rows[start : start + step])
        if not finite.all():
            row, *others = np.argwhere(~finite)[0].tolist()
            index = (start + row, *others)
            value = np.atleast_1d(given)[index]
            remedy = f", too large for {array.dtype}" if np.isfinite(value) else ""
            remedy = GAPS if np.isnan(value) else remedy
            raise ValueError(f"{name} holds {value}{_at(index[: array.ndim])}{remedy}")
    return array


def described(entry: Any) -> str:
    """Return what a thing is, for a message: never long, and the same on every machine."""
    if isinstance(entry, type | types.FunctionType | types.BuiltinFunctionType | np.ufunc):
        return f"the {'class' if isinstance(entry, type) else 'function'} {entry.__name__}"
    if entry is None or isinstance(entry, str | bytes):
        text = repr(entry.item() if isinstance(entry, np.generic) else entry)
        return text if len(text) <= 40 else f"{text[:36]}…{text[-1]}"
    return f"something of type {type(entry).__name__}"


def _refuse_masked(name, values):
    if np.ma.isMaskedArray(values):
        mask = np.ma.getmaskarray(values)
        if mask.any():
            index = tuple(np.argwhere(mask)[0].tolist())
            raise ValueError(
                f"{name} has {np.count_nonzero(mask)} masked of {mask.size} entries, the first"
                f"{_at(index)}: leave these samples out, or fill the gaps first ({name}.filled(…))"
            )
    elif isinstance(values, list | tuple):
        for i, part in enumerate(values):
            if not isinstance(part, numbers.Real):
                _refuse_masked(f"{name}[{i}]", part)


def _unequal_lengths(values):
    """Return a clause on the first row of another length than the one before, or nothing."""
    if not isinstance(values, list | tuple):
        return ""
    shapes = [getattr(row, "shape", None) for row in values]
    if None not in shapes and len(set(shapes)) > 1:
        return f"is a list of arrays of the shapes {shapes}: pass one at a time"
    lengths = [len(row) if hasattr(row, "__len__") else None for row in values]
    for i, length in enumerate(lengths):
        if length != lengths[0]:
            first, other = (
                "is a single number" if n is None else f"has {n} entries"
                for n in (lengths[0], length)
            )
            return f"has rows of unequal length: row 0 {first}, row {i} {other}"
    return next(filter(None, map(_unequal_lengths, values)), "")


def _at(index):
    return f" at index {index}" if index else ""


def _remedy(entry, name):
    if isinstance(entry, str | bytes):
        return f": text is not a number; if every entry spells one, pass np.array({name}, float)"
    if entry is None or type(entry).__name__ in ("NAType", "NaTType"):
        return GAPS
    if isinstance(entry, datetime.date | np.datetime64):
        return f", a date{DATES}"
    return ", where a number is wanted"

"""NumPy's warnings where the processor gives none: in the browser, by the values.

WebAssembly does not report that a number overflowed, so NumPy never warns there, and an answer that
is wrong only by a warning would be right. Here the arguments are arrays that look at each result:
where finite numbers became infinity or NaN, they warn in NumPy's words.
"""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy import array, isfinite, isinf, isnan  # by these names, since np's are replaced below

DIVIDES = {np.divide, np.floor_divide, np.reciprocal}
POWERS = {np.power, np.float_power}
LOGARITHMS = {np.log, np.log2, np.log10, np.log1p, np.arctanh}
ON_SCALARS = {np.add, np.subtract, np.multiply, np.divide, np.floor_divide, np.remainder, np.power}
SETTING = {"divide by zero": "divide", "overflow": "over", "invalid value": "invalid"}


class Watched(np.ndarray):
    """An array that warns as NumPy does, and whose results do so too."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **settings):
        """Compute as NumPy would, and warn if the values say so."""
        heard, plain = _heard(ufunc), [_plain(value) for value in inputs]
        # An input may be overwritten. Where nobody would hear it, as in `train`, nobody looks.
        before = [array(value) for value in plain] if heard else []
        settings = {name: _plain(value) for name, value in settings.items()}
        if out:
            settings["out"] = tuple(_plain(array) for array in out)
        with np.errstate(all="ignore"):
            result = getattr(ufunc, method)(*plain, **settings)
            happened = _happened(ufunc, method, before, result) if heard else []
        for kind in happened:
            if kind in heard:
                warnings.warn(
                    f"{kind} encountered in {_named(ufunc, method, before)}", RuntimeWarning, 2
                )
        return out[0] if len(out) == 1 and isinstance(out[0], Watched) else watched(result)

    def __array_function__(self, function, types, arguments, settings):
        """Call the function; arrays that it returns are watched again."""
        return watched(super().__array_function__(function, types, arguments, settings))

    def __getitem__(self, index):
        """Return an entry as an array without axes, so that it is watched, too."""
        return watched(super().__getitem__(index))

    def __iter__(self):
        """Yield the rows, or the entries."""
        return (self[i] for i in range(len(self)))

    def __round__(self, digits=None):
        """Round an entry, as a number can be."""
        return round(self.item(), digits)

    def __hash__(self):
        """Let an entry be what a number can be: a key."""
        return hash(self.item())


def watched(values: Any) -> Any:
    """Return the values with each array or float in them watched."""
    if isinstance(values, tuple | list) and type(values) in (tuple, list):
        return type(values)(watched(value) for value in values)
    if isinstance(values, float | np.floating):
        return array(values).view(Watched)
    if type(values) is np.ndarray and values.dtype.kind in "fiub":
        return values.view(Watched)
    return values


def call_watched(function: Callable, arguments: tuple) -> None:
    """Call the function with watched arguments, which not every answer takes: it may raise."""
    with _numpy_watches():
        function(*watched(arguments))


class WatchedFunction:
    """A function of NumPy's that watches what it is given: Python's own floats, say."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *values, **settings):
        """Call the function with watched values."""
        return self.function(*watched(values), **settings)

    def __getattr__(self, name):
        """Return, for example, ``reduce``."""
        return getattr(self.function, name)


class KeptByCopies(WatchedFunction):
    """One that makes an array: it is watched if what it is made of was."""

    def __call__(self, values, *rest, **settings):
        """Call the function."""
        made = self.function(values, *rest, **settings)
        return watched(made) if isinstance(values, Watched) else made


WATCHING = {name: WatchedFunction(f) for name, f in vars(np).items() if isinstance(f, np.ufunc)}
WATCHING |= {name: KeptByCopies(getattr(np, name)) for name in ("array", "asarray")}


@contextlib.contextmanager
def _numpy_watches() -> Iterator[None]:
    """Put functions in NumPy's place that lose no array from sight."""
    real = {name: vars(np)[name] for name in WATCHING}
    try:
        vars(np).update(WATCHING)
        yield
    finally:
        vars(np).update(real)


def _plain(value):
    return value.view(np.ndarray) if isinstance(value, Watched) else value


def _heard(ufunc):
    """Return what NumPy would warn of, if it happened, under its present settings."""
    now, divides = np.geterr(), ufunc in DIVIDES | POWERS | LOGARITHMS
    kinds = SETTING if divides else ("overflow", "invalid value")
    return {kind for kind in kinds if now[SETTING[kind]] != "ignore"}


def _happened(ufunc, method, inputs, result):
    """Return what NumPy would warn of, in its order; the inputs are as they were before."""
    numeric = all(value.dtype.kind in "fiub" for value in inputs)
    if not numeric or not isinstance(result, np.ndarray | np.floating) or isfinite(result).all():
        return []
    one_by_one = method == "__call__" and ufunc.signature is None
    finite, numbers = np.True_, np.True_
    for value in inputs:
        if one_by_one:
            finite, numbers = finite & isfinite(value), numbers & ~isnan(value)
        else:  # any entry may have come from any other
            finite, numbers = finite & isfinite(value).all(), numbers & ~isnan(value).any()
    infinite = isinf(result) & finite
    by_zero = infinite & _has_zero(ufunc, inputs)
    found = {
        "divide by zero": by_zero,
        "overflow": infinite & ~by_zero,
        "invalid value": isnan(result) & numbers,
    }
    return [kind for kind, where in found.items() if where.any()]


def _has_zero(ufunc, inputs):
    if ufunc in LOGARITHMS:
        return np.True_
    if ufunc in DIVIDES:
        return inputs[-1] == 0
    return inputs[0] == 0 if ufunc in POWERS else np.False_


def _named(ufunc, method, inputs):
    """Return what NumPy calls the operation."""
    if method != "__call__":
        return method
    scalar = ufunc in ON_SCALARS and all(value.ndim == 0 for value in inputs)
    return f"scalar {ufunc.__name__}" if scalar else ufunc.__name__


def _processor_warns() -> bool:
    with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn"):
        warnings.simplefilter("always")
        np.exp(array([1000.0]))
    return bool(caught)


NUMPY_WARNS = _processor_warns()

"""What a caller hands to a plot function becomes arrays and names, or is refused in words.

A picture that leaves out what it cannot show, or squeezes it until nobody can read it, says
something other than the data do.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nn_tutorial.arrays import as_finite
from nn_tutorial.history import History
from nn_tutorial.network import Gradients, Network

Shape = tuple[int | str, ...]  # a number, or what is counted: ("n_samples", 2)
SMALLEST, LARGEST = 1e-200, 1e200  # beyond, an axis finds no ends
REMEDIES = {
    History: "history.loss",
    Network: "its answers, net.predict(X), or one of net.weights",
    Gradients: "one of gradients.weights",
}


def refuse_objects(name: str, values: Any, **remedies: str) -> None:
    """Refuse a Network, a History or Gradients, saying what of it is wanted.

    Parameters
    ----------
    name : str
        What the caller calls the values, for the message.
    values : object
        What was handed over.
    remedies : str
        By the name of the type, where a function knows better: ``Network="net.weights"``.
    """
    for kind, remedy in REMEDIES.items():
        if isinstance(values, kind):
            remedy = remedies.get(kind.__name__, remedy)
            raise ValueError(f"{name} is of type {kind.__name__}: pass {remedy}")
    if type(values) in (list, tuple):
        for k, value in enumerate(values):
            refuse_objects(f"{name}[{k}]", value, **remedies)


def dimensions(values: Any) -> int:
    """Return the number of dimensions of what may be no array; 0 for rows of unequal length."""
    try:
        return np.ndim(values)
    except ValueError:
        return 0


def is_empty(values: Any) -> bool:
    """Return whether there is nothing in a sequence."""
    return dimensions(values) > 0 and len(values) == 0


def numbers(
    name: str, values: Any, shape: Shape | None = None, hint: str = "", **remedies: str
) -> np.ndarray:
    """Return values as a finite, non-empty float64 array of a shape."""
    refuse_objects(name, values, **remedies)
    array = as_finite(name, values, np.float64)
    largest = np.abs(array).max()
    if largest > LARGEST:
        raise ValueError(f"{name} holds a number of size {largest:g}, too large to be drawn")
    if 0 < largest < SMALLEST:
        raise ValueError(f"{name} holds nothing larger than {largest:g}, too small to be drawn")
    if shape is not None and not _fits(array.shape, shape):
        wanted = ", ".join(map(str, shape)) + "," * (len(shape) == 1)
        raise ValueError(f"{name} has shape {array.shape}, but this figure takes ({wanted}){hint}")
    return array


def vector(name: str, values: Any, n: int | None = None, of: str = "", **remedies: str):
    """Return values, also a single column or row, as float64 of shape (n,)."""
    array = numbers(name, values, **remedies)
    if array.size != max(array.shape, default=1):
        hint = f": pass one column, {name}[:, 0]" if array.ndim == 2 else ""
        raise ValueError(f"{name} has shape {array.shape}, but this figure takes (n,){hint}")
    if n is not None and array.size != n:
        raise ValueError(f"{name} has {_counted(array.size, 'entry', 'entries')} for {n} {of}")
    return array.ravel()


def loss_curve(name: str, values: Any, **remedies: str) -> np.ndarray:
    """Return losses as float64 of shape (n,), none below zero."""
    refuse_objects(name, values, **remedies)
    if values is None:
        raise ValueError(
            f"{name} is None: train(…, validation=(X, y)) measures the validation loss, too"
        )
    losses = vector(name, values) if dimensions(values) < 2 else numbers(name, values)
    if losses.ndim == 2 and 1 in losses.shape:
        losses = losses.ravel()
    if losses.ndim > 1:
        raise ValueError(
            f"{name} has shape {losses.shape}, one column for each network of an ensemble: pass "
            f"one of them, {name}[:, 0]"
        )
    if losses.min() < 0:
        at = int(np.argmin(losses))
        raise ValueError(
            f"{name} holds {losses[at]:g} at index {at}, but a loss is never negative, and has no "
            "place on a logarithmic axis"
        )
    return losses


def named(name: str, values: Any, what: str) -> dict:
    """Return a dict, or what can become one, such as a Series; refuse all else, and none at all."""
    refuse_objects(name, values)
    if not isinstance(values, Mapping) and not callable(getattr(values, "items", None)):
        raise ValueError(f"{name} must be a dict of {what}, not {_described(values)}")
    if len(values) == 0:
        raise ValueError(f"{name} is empty: there is nothing to draw")
    return dict(values.items())


def texts(name: str, values: Any, n: int, of: str) -> list[str]:
    """Return n names as a list of str, from any sequence of them: a list, an array, an Index."""
    refuse_objects(name, values)
    ordered = hasattr(values, "__len__") and hasattr(values, "__iter__")
    if not ordered or isinstance(values, str | bytes | set | frozenset | Mapping):
        raise ValueError(f"{name} must be a list of {n} names, not {_described(values)}")
    if dimensions(values) != 1:
        raise ValueError(f"{name} must be a plain list of {n} names, without rows")
    if len(values) != n:
        raise ValueError(f"{name} has {_counted(len(values), 'name')} for {n} {of}")
    return [str(value) for value in values]


def texts_or_empty(name: str, values: Any, n: int, of: str) -> list[str]:
    """Return n names, or an empty list where none are given."""
    if values is None or is_empty(values):
        return []
    return texts(name, values, n, of)


def at_most(n: int, most: int, things: str, remedy: str = "") -> None:
    """Refuse what is too much for one picture."""
    if most == 0:
        raise ValueError(f"{things} find no room in this picture, not even one")
    if n > most:
        raise ValueError(f"{n:,} {things} are too many for one picture: {most} fit{remedy}")


def largest_that_fits(n: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to n that fits."""
    return next((k for k in range(n, 0, -1) if fits(k)), 0)


def grid(names: tuple[str, str, str], first: Any, second: Any, values: Any) -> tuple:
    """Return two axes and the values over them, of shape (n_second, n_first)."""
    axes = []
    for name, given in zip(names, (first, second), strict=False):
        axis = numbers(name, given)
        if axis.ndim != 1:
            raise ValueError(
                f"{name} has shape {axis.shape}, but this figure takes the values along one axis, "
                "as given to np.meshgrid"
            )
        if len(axis) < 2 or not np.all(np.diff(axis) > 0):
            raise ValueError(f"{name} must hold at least two values, each larger than the last")
        axes.append(axis)
    n_first, n_second = map(len, axes)
    table = numbers(names[2], values)
    if table.shape != (n_second, n_first):
        hint = ""
        if table.size == n_first * n_second:
            hint = f": pass {names[2]}.reshape({n_second}, {n_first})"
        if table.shape == (n_first, n_second):
            hint = f": pass {names[2]}.T"
        raise ValueError(
            f"{names[2]} has shape {table.shape}, but {names[1]} and {names[0]} call for "
            f"({n_second}, {n_first}){hint}"
        )
    return *axes, table


def limits(name: str, values: Any) -> tuple[float, float] | None:
    """Return a smaller and a larger number, or None."""
    if values is None:
        return None
    low, high = numbers(name, values, (2,)).tolist()
    if not low < high:
        raise ValueError(f"{name} must be a smaller and a larger number, not {low:g} and {high:g}")
    return low, high


def log_limits(name: str, values: Any) -> tuple[float, float] | None:
    """Return a smaller and a larger positive number, or None."""
    pair = limits(name, values)
    if pair and pair[0] <= 0:
        raise ValueError(f"{name} must be positive on a logarithmic axis, not {pair[0]:g}")
    return pair


def _fits(found: tuple[int, ...], wanted: Shape) -> bool:
    return len(found) == len(wanted) and all(
        isinstance(w, str) or f == w for f, w in zip(found, wanted, strict=True)
    )


def _described(values: Any) -> str:
    text = repr(values)
    return text if len(text) <= 40 else f"something of type {type(values).__name__}"


def _counted(n: int, one: str, several: str = "") -> str:
    return f"{n} {one if n == 1 else several or one + 's'}"

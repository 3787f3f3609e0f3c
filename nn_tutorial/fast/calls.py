"""Activations as lists of calls on arrays that are made once.

No function here computes anything: each returns a list of calls that will. With arrays Z and A,

    run(sigmoid_calls(Z, A))

does the same as ``A[...] = 1 / (1 + np.exp(-Z))``, and the list can be run again when Z has other
numbers. A call is a ``partial``, a function that has its arguments already. The array that takes
the result is mostly the last argument or ``out``. Inside, an exponential may overflow to infinity,
harmlessly: NumPy's warning about that has to be off while the calls run.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np


def run(calls: list[Callable]) -> None:
    """Call every function, in order."""
    for call in calls:
        call()


def constant(value, like):
    """Return value as an array without axes, of like's dtype: NumPy would make one at each call."""
    return np.array(value, like.dtype)


class Makers(NamedTuple):
    """Functions that return calls: of (Z, A) those that fill A, of (A, slope) those for slope."""

    bend_calls: Callable
    slope_calls: Callable


def sigmoid_calls(Z, A):
    """Return the calls that fill A with 1 / (1 + e^-Z)."""
    return [
        partial(np.negative, Z, A),
        partial(np.exp, A, A),
        partial(np.add, A, constant(1, A), A),
        partial(np.reciprocal, A, A),
    ]


def sigmoid_slope_calls(A, slope):
    """Return the calls that fill slope with A (1 - A)."""
    return [partial(np.subtract, constant(1, A), A, slope), partial(np.multiply, slope, A, slope)]


def tanh_calls(Z, A):
    """Return the calls that fill A with tanh(Z)."""
    return [partial(np.tanh, Z, A)]


def tanh_slope_calls(A, slope):
    """Return the calls that fill slope with 1 - A²."""
    return [partial(np.multiply, A, A, slope), partial(np.subtract, constant(1, A), slope, slope)]


def relu_calls(Z, A):
    """Return the calls that fill A with max(Z, 0)."""
    return [partial(np.maximum, Z, constant(0, Z), out=A)]


def relu_slope_calls(A, slope):
    """Return the calls that fill slope with 1 where A > 0, else 0."""
    return [partial(np.greater, A, constant(0, A), slope)]


def identity_calls(Z, A):
    """Return the calls that fill A with Z."""
    return [partial(np.copyto, A, Z)]


def identity_slope_calls(A, slope):
    """Return the calls that fill slope with 1."""
    return [partial(slope.fill, 1)]


def softmax_calls(Z, A, largest, total):
    """Return the calls that fill A with the softmax of Z, and what the cross-entropy needs, too.

    ``largest`` takes each row's largest logit, and ``total`` the sum of the exponentials of the
    row's logits less that; both (..., n_samples, 1).
    """
    return [
        partial(np.maximum.reduce, Z, axis=-1, keepdims=True, out=largest),
        partial(np.subtract, Z, largest, A),
        partial(np.exp, A, A),
        partial(np.add.reduce, A, axis=-1, keepdims=True, out=total),
        partial(np.divide, A, total, A),
    ]


MAKERS = {
    "sigmoid": Makers(sigmoid_calls, sigmoid_slope_calls),
    "tanh": Makers(tanh_calls, tanh_slope_calls),
    "relu": Makers(relu_calls, relu_slope_calls),
    "identity": Makers(identity_calls, identity_slope_calls),
}

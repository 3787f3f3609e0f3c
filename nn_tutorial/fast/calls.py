"""Activations as lists of calls on arrays that are made once.

Each is a ``partial``, a function that has its arguments already. The array that takes the result
is the last of them or is called ``out``; only ``copyto`` has it first. All arrays have one shape
and dtype. Inside, an exponential may overflow to infinity, harmlessly: NumPy's warning about that
has to be off while the calls run.
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
    """Return value as a 0-d array of like's dtype: NumPy would make one at every call."""
    return np.array(value, like.dtype)


class Calls(NamedTuple):
    """``bend(Z, A)`` lists calls that fill A from Z, ``slope(A, slope)`` calls that fill slope."""

    bend: Callable
    slope: Callable


def sigmoid(Z, A):
    """Fill A with 1 / (1 + e^-Z)."""
    return [
        partial(np.negative, Z, A),
        partial(np.exp, A, A),
        partial(np.add, A, constant(1, A), A),
        partial(np.reciprocal, A, A),
    ]


def sigmoid_slope(A, slope):
    """Fill slope with A (1 - A)."""
    return [partial(np.subtract, constant(1, A), A, slope), partial(np.multiply, slope, A, slope)]


def tanh(Z, A):
    """Fill A with tanh(Z)."""
    return [partial(np.tanh, Z, A)]


def tanh_slope(A, slope):
    """Fill slope with 1 - A²."""
    return [partial(np.multiply, A, A, slope), partial(np.subtract, constant(1, A), slope, slope)]


def relu(Z, A):
    """Fill A with max(Z, 0)."""
    return [partial(np.maximum, Z, constant(0, Z), out=A)]


def relu_slope(A, slope):
    """Fill slope with 1 where A > 0, else 0."""
    return [partial(np.greater, A, constant(0, A), slope)]


def identity(Z, A):
    """Fill A with Z."""
    return [partial(np.copyto, A, Z)]


def identity_slope(A, slope):
    """Fill slope with 1."""
    return [partial(slope.fill, 1)]


def softmax(Z, A, largest, total):
    """Fill A with the softmax, ``largest`` and ``total`` with what the cross-entropy needs, too.

    They take each row's largest logit, and the sum of the exponentials of the row's logits less
    that; both (..., n_samples, 1).
    """
    return [
        partial(np.maximum.reduce, Z, axis=-1, keepdims=True, out=largest),
        partial(np.subtract, Z, largest, A),
        partial(np.exp, A, A),
        partial(np.add.reduce, A, axis=-1, keepdims=True, out=total),
        partial(np.divide, A, total, A),
    ]


CALLS = {
    "sigmoid": Calls(sigmoid, sigmoid_slope),
    "tanh": Calls(tanh, tanh_slope),
    "relu": Calls(relu, relu_slope),
    "identity": Calls(identity, identity_slope),
}

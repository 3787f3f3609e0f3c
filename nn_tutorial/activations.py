"""Activation functions and their slopes: what bends the weighted sums of a layer.

Every slope is written twice where both forms are in use: from the pre-activation z, and from the
activation a that z became. Mixing the two up is a classic bug, so the names say which is which.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Activation(NamedTuple):
    """An activation as the passes use it: what to call, on arrays that are made once.

    ``calls(Z, A)`` fills A from Z, ``slope_calls(A, slope)`` fills slope from A. Each returns a
    list of functions for ``run``. All arrays have one shape and dtype. Inside, an exponential may
    overflow to infinity, harmlessly: who runs the calls silences the warning.
    """

    calls: Callable
    slope_calls: Callable


def run(calls: list[Callable]) -> None:
    """Call every function, in order.

    Each is a ``partial``, a function that has its arguments already. The array that takes the
    result is the last of them or is called ``out``; only ``copyto`` has it in front.
    """
    for call in calls:
        call()


def constant(value, like):
    """Return value as a 0-d array of like's dtype: NumPy would make one at every call."""
    return np.array(value, like.dtype)


def _sigmoid_calls(Z, A):
    return [
        partial(np.negative, Z, A),
        partial(np.exp, A, A),
        partial(np.add, A, constant(1, A), A),
        partial(np.reciprocal, A, A),
    ]


def _sigmoid_slope_calls(A, slope):
    return [partial(np.subtract, constant(1, A), A, slope), partial(np.multiply, slope, A, slope)]


def _tanh_calls(Z, A):
    return [partial(np.tanh, Z, A)]


def _tanh_slope_calls(A, slope):
    return [partial(np.multiply, A, A, slope), partial(np.subtract, constant(1, A), slope, slope)]


def _relu_calls(Z, A):
    return [partial(np.maximum, Z, constant(0, Z), out=A)]


def _relu_slope_calls(A, slope):
    return [partial(np.greater, A, constant(0, A), slope)]


def _identity_calls(Z, A):
    return [partial(np.copyto, A, Z)]


def _identity_slope_calls(A, slope):
    return [partial(slope.fill, 1)]


def softmax_calls(Z, A, largest, total):
    """Return the calls that fill A, and each row's largest logit and sum of exponentials."""
    return [
        partial(np.maximum.reduce, Z, axis=-1, keepdims=True, out=largest),
        partial(np.subtract, Z, largest, A),
        partial(np.exp, A, A),
        partial(np.add.reduce, A, axis=-1, keepdims=True, out=total),
        partial(np.divide, A, total, A),
    ]


ACTIVATIONS = {
    "sigmoid": Activation(_sigmoid_calls, _sigmoid_slope_calls),
    "tanh": Activation(_tanh_calls, _tanh_slope_calls),
    "relu": Activation(_relu_calls, _relu_slope_calls),
}

# What the last layer may end in. Softmax is not like the others: each of its outputs depends on the
# whole row. It has calls of its own, and its slope is that of the cross-entropy, in the passes.
OUTPUTS = {
    "sigmoid": ACTIVATIONS["sigmoid"],
    "identity": Activation(_identity_calls, _identity_slope_calls),
    "softmax": None,
}


def _softmax_calls(Z, A):
    largest, total = np.empty((2, *Z.shape[:-1], 1), Z.dtype)
    return softmax_calls(Z, A, largest, total)


def _fresh(calls: Callable, x: ArrayLike) -> np.ndarray:
    """Return what the calls make of x, in a new array of its floating dtype (or float64)."""
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    out = np.empty_like(x)
    with np.errstate(over="ignore", under="ignore"):
        run(calls(x, out))
    return out[()]


def sigmoid(z: ArrayLike) -> np.ndarray:
    """Return 1 / (1 + e^-z), between 0 and 1, without a warning for any finite z.

    For z below -709.78 (float32: -88.72) the exponential overflows to infinity and the result is
    rounded to 0; the exact value there is less than 6e-309 (float32: 3e-39).

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations; float32 stays float32, integers become float64.

    Returns
    -------
    ndarray of z's dtype, shape of z
        In floating point exactly 1 from z = 36.74 on (float32: 16.64), where e^-z is lost beside 1.
    """
    return _fresh(_sigmoid_calls, z)


def sigmoid_slope(z: ArrayLike) -> np.ndarray:
    """Return the slope of the sigmoid at z, σ(z) (1 - σ(z)): at most 1/4, at z = 0.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    return sigmoid_slope_from_activation(sigmoid(z))


def sigmoid_slope_from_activation(a: ArrayLike) -> np.ndarray:
    """Return the slope of the sigmoid where its value is a: a (1 - a).

    Parameters
    ----------
    a : array_like, any shape
        Activations, that is values of the sigmoid, not its arguments.

    Returns
    -------
    ndarray, shape of a
        a's dtype; integers become float64.
    """
    return _fresh(_sigmoid_slope_calls, a)


def tanh(z: ArrayLike) -> np.ndarray:
    """Return the hyperbolic tangent of z, between -1 and 1; it equals 2 σ(2z) - 1.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    return _fresh(_tanh_calls, z)


def tanh_slope(z: ArrayLike) -> np.ndarray:
    """Return the slope of tanh at z, 1 - tanh(z)²: at most 1, at z = 0.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    return _fresh(_tanh_slope_calls, tanh(z))


def relu(z: ArrayLike) -> np.ndarray:
    """Return max(z, 0), the rectified linear unit.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    return _fresh(_relu_calls, z)


def relu_slope(z: ArrayLike) -> np.ndarray:
    """Return the slope of ReLU at z: 1 where z > 0, else 0.

    At exactly 0 there is a corner and no slope; like the large frameworks, we say 0 there.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    # The function takes an activation; z will do, since max(z, 0) > 0 exactly where z > 0.
    return _fresh(_relu_slope_calls, z)


def softmax(Z: ArrayLike) -> np.ndarray:
    """Return e^Z divided by its row sums: numbers from 0 to 1 that add up to 1 in every row.

    Each row's maximum is subtracted first. That changes nothing on paper, since numerator and
    denominator shrink by the same factor, and no exponential can overflow (Blanchard, Higham and
    Higham, 2021, "Accurately computing the log-sum-exp and softmax functions").

    Parameters
    ----------
    Z : array_like, shape (..., n_outputs)
        Logits, the pre-activations of the last layer; float32 stays, integers become float64.

    Returns
    -------
    ndarray of Z's dtype, shape of Z
    """
    return _fresh(_softmax_calls, Z)

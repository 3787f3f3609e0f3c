"""Activation functions and their slopes: what bends the weighted sums of a layer.

Every slope is written twice where both forms are in use: from the pre-activation z, and from the
activation a that z became. Mixing the two up is a classic bug, so the names say which is which.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Activation(NamedTuple):
    """An activation as the passes use it: both functions write into a buffer that they are given.

    ``apply(Z, out)`` and ``slope_from_activation(A, out)`` take and fill arrays of equal shape.
    ``apply`` may overflow to infinity inside, harmlessly: the caller silences the warning.
    """

    apply: Callable
    slope_from_activation: Callable


def _apply_sigmoid(Z, out):
    np.negative(Z, out=out)
    np.exp(out, out=out)
    np.add(out, 1, out=out)
    np.reciprocal(out, out=out)


def _apply_sigmoid_slope(A, out):
    np.subtract(1, A, out=out)
    np.multiply(out, A, out=out)


def _apply_tanh(Z, out):
    np.tanh(Z, out=out)


def _apply_tanh_slope(A, out):
    np.multiply(A, A, out=out)
    np.subtract(1, out, out=out)


def _apply_relu(Z, out):
    np.maximum(Z, 0, out=out)


def _apply_relu_slope(A, out):
    np.greater(A, 0, out=out)


def _apply_identity(Z, out):
    np.copyto(out, Z)


def _apply_identity_slope(A, out):
    out.fill(1)


def _apply_softmax(Z, out):
    np.subtract(Z, Z.max(axis=-1, keepdims=True), out=out)
    np.exp(out, out=out)
    np.divide(out, out.sum(axis=-1, keepdims=True), out=out)


ACTIVATIONS = {
    "sigmoid": Activation(_apply_sigmoid, _apply_sigmoid_slope),
    "tanh": Activation(_apply_tanh, _apply_tanh_slope),
    "relu": Activation(_apply_relu, _apply_relu_slope),
}

# What the last layer may end in. Softmax has no slope of its own: each of its outputs depends on
# the whole row, and together with the cross-entropy the gradient is A - y, in the passes.
OUTPUTS = {
    "sigmoid": ACTIVATIONS["sigmoid"],
    "identity": Activation(_apply_identity, _apply_identity_slope),
    "softmax": Activation(_apply_softmax, None),
}


def _fresh(function: Callable, x: ArrayLike) -> np.ndarray:
    """Return function(x) in a new array of x's floating dtype (integers become float64)."""
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    out = np.empty_like(x)
    with np.errstate(over="ignore", under="ignore"):
        function(x, out)
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
    return _fresh(_apply_sigmoid, z)


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
    return _fresh(_apply_sigmoid_slope, a)


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
    return _fresh(_apply_tanh, z)


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
    return _fresh(_apply_tanh_slope, tanh(z))


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
    return _fresh(_apply_relu, z)


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
    return _fresh(_apply_relu_slope, z)


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
    return _fresh(_apply_softmax, Z)

"""Activation functions and their slopes: what bends the weighted sums of a layer.

Sigmoid and tanh have two slopes: from the pre-activation z, and from the activation a that z
became. Mixing the two up is a classic bug, so the names say which is which. ReLU's one serves both.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.arrays import as_floats
from nn_tutorial.quiet import quietly


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
    z = as_floats("z", z)
    return quietly(lambda: 1 / (1 + np.exp(-z)), over="ignore", under="ignore")


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
    a = as_floats("a", a)
    return a * (1 - a)


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
    return np.tanh(as_floats("z", z))


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
    return tanh_slope_from_activation(tanh(z))


def tanh_slope_from_activation(a: ArrayLike) -> np.ndarray:
    """Return the slope of tanh where its value is a: 1 - a².

    Parameters
    ----------
    a : array_like, any shape
        Activations, that is values of tanh, not its arguments.

    Returns
    -------
    ndarray, shape of a
        a's dtype; integers become float64.
    """
    a = as_floats("a", a)
    return 1 - a * a


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
    return np.maximum(as_floats("z", z), 0)


def relu_slope(z: ArrayLike) -> np.ndarray:
    """Return the slope of ReLU at z: 1 where z > 0, else 0.

    At exactly 0 there is a corner and no slope; like the large frameworks, we say 0 there.

    Parameters
    ----------
    z : array_like, any shape
        Pre-activations, or activations: max(z, 0) > 0 exactly where z > 0.

    Returns
    -------
    ndarray, shape of z
        z's dtype; integers become float64.
    """
    z = as_floats("z", z)
    return (z > 0).astype(z.dtype)[()]


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

    Raises
    ------
    ValueError
        If Z is empty.
    """
    Z = as_floats("Z", Z)
    if 0 in Z.shape:
        raise ValueError(f"Z is empty: its shape is {Z.shape}")

    def shares():
        e = np.exp(Z - Z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    return quietly(shares, over="ignore", under="ignore")


class Activation(NamedTuple):
    """What bends a layer's pre-activations, and its slope, which takes the activation."""

    bend: Callable
    slope_from_activation: Callable | None


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_slope_from_activation),
    "tanh": Activation(tanh, tanh_slope_from_activation),
    "relu": Activation(relu, relu_slope),
}

# What the last layer may end in. Each output of a softmax depends on its whole row: it has no slope
# of its own, and is differentiated together with the cross-entropy.
OUTPUTS = {
    "sigmoid": ACTIVATIONS["sigmoid"],
    "identity": Activation(lambda Z: Z, np.ones_like),
    "softmax": Activation(softmax, None),
}

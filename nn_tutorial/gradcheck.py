"""Gradients by nudging: slow, simple, and independent of any derivation, so a good judge of one."""

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.network import Gradients, Network


def numerical_gradients(
    net: Network, X: ArrayLike, y: ArrayLike, epsilon: float = 1e-5
) -> Gradients:
    """Return the gradient of ``net.loss(X, y)``, measured by centred differences.

    Each parameter w in turn is nudged both ways: (L(w + ε) - L(w - ε)) / 2ε. That takes two
    forward passes for each parameter, in float64 whatever the network's dtype; the network itself
    is not touched. The error shrinks with ε² down to about ε = 1e-5 and grows like 1/ε below,
    where rounding takes over.

    Parameters
    ----------
    net : Network
        A network, or an ensemble.
    X, y
        As for ``Network.loss``.
    epsilon : float
        Size of the nudge, in the parameter's own (unitless) scale.

    Returns
    -------
    Gradients
        float64 arrays of the shapes of the network's weights and biases.

    Raises
    ------
    ValueError
        If epsilon is not positive, or X and y do not fit the network.
    """
    if not (np.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
    nudged = Network.from_weights(
        net.weights, net.biases, activation=net.activation, output=net.output, dtype=np.float64
    )
    lead = 0 if net.n_networks is None else 1

    def slopes(values):
        result = np.empty_like(values)
        for index in np.ndindex(values.shape[lead:]):
            entry = (..., *index)  # in an ensemble, this parameter of every member at once
            original = values[entry].copy()
            values[entry] = original + epsilon
            above = nudged.loss(X, y)
            values[entry] = original - epsilon
            below = nudged.loss(X, y)
            values[entry] = original
            result[entry] = (above - below) / (2 * epsilon)
        return result

    return Gradients(
        [slopes(W) for W in nudged.weights],
        None if nudged.biases is None else [slopes(b) for b in nudged.biases],
    )


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return |a - b| / max(|a|, |b|), where |v| is the Euclidean length of all of v's numbers.

    0 for two arrays of zeros, at most 2. A length is taken for the whole array, so that a gradient
    too small to be measured by nudging does not raise a false alarm beside a large one.

    Parameters
    ----------
    a, b : array_like of the same shape

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare shape {a.shape} with shape {b.shape}")
    scale = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / scale) if scale else 0.0

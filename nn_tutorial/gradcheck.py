"""Gradients by nudging: slow, simple, and independent of any derivation, so a good judge of one."""

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.arrays import as_finite
from nn_tutorial.checks import check_positive
from nn_tutorial.network import Gradients, Network, check_network


def numerical_gradients(
    net: Network, X: ArrayLike, y: ArrayLike, epsilon: float = 1e-5
) -> Gradients:
    """Return the gradient of ``net.loss(X, y)``, measured by centred differences.

    Each parameter w in turn is nudged both ways: (L(w + ε) - L(w - ε)) / 2ε. That takes two
    forward passes for each parameter, in float64 whatever the network's dtype; the network itself
    is not touched.

    Why ε = 1e-5: the difference misses the slope by an amount that shrinks like ε², while rounding
    the losses costs about u / ε, with u = 1.1e-16 in float64. The two are about equal near the
    cube root of u, 5e-6. (Goodfellow et al., 2016, "Deep Learning", section 11.5, on this check.)

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
        If net is no Network, epsilon not positive and finite, or X and y do not fit the network.
    """
    check_network(net, "numerical_gradients(net, X, y)")
    epsilon = check_positive("epsilon", epsilon)
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

    Returns
    -------
    float
        From 0 to 2, without a unit.

    Raises
    ------
    ValueError
        If the shapes differ; for empty arrays, NaN or infinity.
    """
    a, b = as_finite("a", a, np.float64), as_finite("b", b, np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare shape {a.shape} with shape {b.shape}")
    largest = max(np.abs(a).max(), np.abs(b).max())
    if largest == 0:
        return 0.0
    a, b = a / largest, b / largest  # squares of numbers like 1e-170 or 1e200 leave float64
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)))

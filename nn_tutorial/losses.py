"""Loss functions: how wrong the predictions are, in one number.

Both are means, so that the size of the loss does not depend on how many samples were measured.
They check what they are given, for one who calls them by hand; networks and ``train`` go by
``textbook`` and ``fast``.
"""

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial import textbook
from nn_tutorial.arrays import as_finite
from nn_tutorial.checks import check_labels


def mean_squared_error(y_pred: ArrayLike, y: ArrayLike) -> float:
    """Return the mean of (y_pred - y)² over all samples and outputs.

    Parameters
    ----------
    y_pred, y : array_like, shape (n_samples, n_outputs), or any other that both have
        Predictions and targets, in the same unit.

    Returns
    -------
    float
        In that unit squared, computed in float64: differences of unsigned integers would wrap.

    Raises
    ------
    ValueError
        If the shapes differ, since (3, 1) against (3,) would broadcast to nine errors in silence;
        for empty arrays, NaN or infinity.
    """
    y_pred, y = as_finite("y_pred", y_pred, np.float64), as_finite("y", y, np.float64)
    if y_pred.shape != y.shape:
        raise ValueError(f"y_pred has shape {y_pred.shape}, but y has shape {y.shape}")
    return float(np.mean((y_pred - y) ** 2))  # as in textbook, but of arrays of any shape


def cross_entropy(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean over samples of -ln(softmax(logits) at the sample's label).

    Computed from the logits, not from the softmax, which may have rounded to 0: the logarithm of
    a softmax is the logit minus the row's log-sum-exp. The row's maximum is subtracted first, so
    that no exponential overflows (Blanchard, Higham and Higham, 2021, "Accurately computing the
    log-sum-exp and softmax functions").

    Parameters
    ----------
    logits : array_like, shape (n_samples, n_outputs)
        Pre-activations of the last layer, any numbers; not the probabilities that a softmax makes
        of them, which ``Network.predict`` returns. Nothing can tell the two apart, so nothing
        warns: with the probabilities 0.9, 0.05, 0.05 and the label 0 the loss is 0.1054, from
        their logarithms as logits; given the probabilities themselves, this says 0.6178.
    labels : array_like of int, shape (n_samples,)
        The right output of each sample, from 0 to n_outputs - 1.

    Returns
    -------
    float
        In nats, computed in float64; ln(n_outputs) where all logits are equal.

    Raises
    ------
    ValueError
        If logits is not a table, or is empty, or holds NaN or infinity; if labels are not
        integers, are out of range, or do not number n_samples.
    """
    logits = as_finite("logits", logits, np.float64)
    if logits.ndim != 2:
        hint = "; logits first, labels second" if np.ndim(labels) == 2 else ""
        raise ValueError(
            f"logits must have the shape (n_samples, n_outputs), not {logits.shape}{hint}"
        )
    labels = check_labels(labels, *logits.shape, name="labels")
    return float(textbook.cross_entropy(logits, labels))

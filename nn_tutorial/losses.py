"""Loss functions: how wrong the predictions are, in one number.

Both are means, so that the size of the loss does not depend on how many samples were measured.
"""

import numpy as np
from numpy.typing import ArrayLike


def mean_squared_error(y_pred: ArrayLike, y: ArrayLike) -> float:
    """Return the mean of (y_pred - y)² over all samples and outputs.

    Parameters
    ----------
    y_pred, y : array_like, shape (n_samples, n_outputs)
        Predictions and targets, in the same unit; the loss has that unit squared.

    Raises
    ------
    ValueError
        If the shapes differ: (3, 1) against (3,) would broadcast to nine errors in silence.
    """
    y_pred, y = np.asarray(y_pred), np.asarray(y)
    if y_pred.shape != y.shape:
        raise ValueError(f"y_pred has shape {y_pred.shape}, but y has shape {y.shape}")
    error = y_pred - y
    return float(np.mean(error * error))


def cross_entropy(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean over samples of -ln(softmax(logits) at the sample's label).

    Computed from the logits, not from the softmax, which may have rounded to 0: the logarithm of
    a softmax is the logit minus the row's log-sum-exp, and the maximum is subtracted first.

    Parameters
    ----------
    logits : array_like, shape (n_samples, n_outputs)
        Pre-activations of the last layer.
    labels : array_like of int, shape (n_samples,)
        The right output of each sample, from 0 to n_outputs - 1.
    """
    logits = np.asarray(logits)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return float(cross_entropy_from_shifted(shifted, np.exp(shifted).sum(axis=-1), labels))


def cross_entropy_from_shifted(shifted, total, labels):
    """Return the mean cross-entropy over samples, one for each network of an ensemble.

    ``shifted`` are logits minus their row maximum, shape (..., n_samples, n_outputs); ``total``
    the row sums of their exponentials, shape (..., n_samples), at least 1 each.
    """
    of_label = shifted[..., np.arange(len(labels)), labels]
    return np.mean(np.log(total) - of_label, axis=-1)

"""Bad input is refused once, at the public boundary, with a message that says what to change."""

import operator

import numpy as np

BLOCK = 1 << 16


def as_finite(name, values, dtype):
    """Return values as a non-empty array of dtype; refuse NaN and infinity, saying where.

    The test runs over blocks, so that it needs no mask as large as the data.
    """
    try:
        array = np.asarray(values, dtype=dtype)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} cannot be read as numbers: {error}") from error
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    flat = array.reshape(-1)
    for start in range(0, flat.size, BLOCK):
        finite = np.isfinite(flat[start : start + BLOCK])
        if not finite.all():
            position = start + int(np.argmin(finite))
            index = tuple(int(i) for i in np.unravel_index(position, array.shape))
            raise ValueError(f"{name} holds {flat[position]} at index {index}")
    return array


def check_inputs(X, n_features, dtype):
    """Return X as a finite array of shape (n_samples, n_features)."""
    X = as_finite("X", X, dtype)
    if X.ndim == 1 and len(X) == n_features:
        raise ValueError(
            f"X has shape {X.shape}, one sample; the network takes a table (n_samples, "
            f"{n_features}): pass X[np.newaxis, :]"
        )
    if X.ndim != 2 or X.shape[1] != n_features:
        raise ValueError(f"X has shape {X.shape}, but the network takes (n_samples, {n_features})")
    return X


def check_targets(y, n_samples, n_outputs, dtype):
    """Return y as a finite array of shape (n_samples, n_outputs)."""
    y = as_finite("y", y, dtype)
    if y.ndim == 1 and n_outputs == 1:
        raise ValueError(
            f"y has shape {y.shape}, which would broadcast against predictions of shape "
            f"({n_samples}, 1) to {n_samples} x {len(y)} errors: pass y[:, np.newaxis]"
        )
    if y.shape != (n_samples, n_outputs):
        raise ValueError(
            f"y has shape {y.shape}, but X and the network call for ({n_samples}, {n_outputs})"
        )
    return y


def check_labels(y, n_samples, n_outputs):
    """Return y as integer labels of shape (n_samples,), each from 0 to n_outputs - 1."""
    y = np.asarray(y)
    if y.shape == (n_samples, n_outputs):
        raise ValueError(
            f"y has shape {y.shape}, but softmax takes labels of shape ({n_samples},): "
            "pass y.argmax(axis=1)"
        )
    if y.shape != (n_samples,):
        raise ValueError(f"y has shape {y.shape}, but X calls for labels of shape ({n_samples},)")
    if not np.issubdtype(y.dtype, np.integer):
        raise ValueError(f"labels must be integers, not {y.dtype}: pass y.astype(int)")
    if y.min() < 0 or y.max() >= n_outputs:
        raise ValueError(
            f"labels run from {y.min()} to {y.max()}, but the network has outputs 0 to "
            f"{n_outputs - 1}"
        )
    return y


def check_count(name, value, minimum=1):
    """Return value as an int of at least minimum."""
    try:
        count = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None
    if count < minimum:
        raise ValueError(f"{name} must be at least {minimum}, not {count}")
    return count


def check_generator(rng, purpose):
    """Refuse anything but a numpy.random.Generator."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"{purpose} needs rng=np.random.default_rng(seed), not {type(rng).__name__}"
        )

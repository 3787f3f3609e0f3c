"""Bad input is refused once, at the public boundary, with a message that says what to change."""

import math
import operator
from itertools import pairwise

import numpy as np

BLOCK = 1 << 16


def as_floats(name, values):
    """Return values as an array of their own floating dtype, or of float64."""
    array = np.asarray(values)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)


def as_finite(name, values, dtype):
    """Return values as a non-empty array of dtype; refuse NaN and infinity, saying where.

    The test runs over blocks of rows, so that it needs no mask as large as the data.
    """
    try:
        given = np.asarray(values)
        if np.iscomplexobj(given):
            raise TypeError("they are complex")
        with np.errstate(over="ignore"):  # the loop below finds it, and says where
            array = given.astype(dtype, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} cannot be read as numbers: {error}") from error
    if array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    rows = np.atleast_1d(array)
    step = max(1, BLOCK * len(rows) // rows.size)
    for start in range(0, len(rows), step):
        finite = np.isfinite(rows[start : start + step])
        if not finite.all():
            row, *others = np.argwhere(~finite)[0].tolist()
            index = (start + row, *others)
            value = np.float64(np.atleast_1d(given)[index])
            excess = f", too large for {array.dtype}" if np.isfinite(value) else ""
            raise ValueError(f"{name} holds {value} at index {index}{excess}")
    return array


def check_inputs(X, n_features, dtype):
    """Return X as a finite array of shape (n_samples, n_features)."""
    X = as_finite("X", X, dtype)
    if X.ndim != 2 or X.shape[1] != n_features:
        hint = ""
        if X.ndim == 1 and n_features == 1:
            hint = ": pass X[:, np.newaxis]"
        elif X.shape == (n_features,):
            hint = "; this is one sample: pass X[np.newaxis, :]"
        raise ValueError(
            f"X has shape {X.shape}, but the network takes (n_samples, {n_features}){hint}"
        )
    return X


def check_targets(y, n_samples, n_outputs, dtype):
    """Return y as a finite array of shape (n_samples, n_outputs)."""
    y = as_finite("y", y, dtype)
    if y.shape == (n_samples,) and n_outputs == 1:
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
    """Return y as intp labels of shape (n_samples,), each from 0 to n_outputs - 1."""
    y = np.asarray(y)
    if y.shape == (n_samples, n_outputs):
        raise ValueError(
            f"y has shape {y.shape}, but cross-entropy takes labels of shape ({n_samples},): "
            "pass y.argmax(axis=1)"
        )
    if y.shape != (n_samples,):
        raise ValueError(
            f"y has shape {y.shape}, but {n_samples} samples call for labels of shape "
            f"({n_samples},)"
        )
    if not np.issubdtype(y.dtype, np.integer):
        as_finite("y", y, np.float64)  # NaN has no integer to be turned into
        raise ValueError(
            f"labels must be integers, not {y.dtype}: pass y.astype(int) if they are whole numbers"
        )
    if y.min() < 0 or y.max() >= n_outputs:
        raise ValueError(
            f"labels run from {y.min()} to {y.max()}, but the outputs from 0 to {n_outputs - 1}"
        )
    return y.astype(np.intp, copy=False)


def check_parameters(net):
    """Refuse a network's weights and biases that can't be used, also after a caller replaced some.

    Raises
    ------
    ValueError
        If they are no arrays of the network's dtype, do not follow on from one another, or hold
        NaN or infinity.
    """
    for name in ("weights", "biases"):
        for i, values in enumerate(getattr(net, name) or []):
            if not (isinstance(values, np.ndarray) and values.dtype == net.dtype):
                kind = getattr(values, "dtype", type(values).__name__)
                raise ValueError(f"{name}[{i}] must be a {net.dtype} array, not {kind}")
            as_finite(f"{name}[{i}]", values, net.dtype)
    shapes = [W.shape for W in net.weights]
    kinds = {(len(shape), *shape[:-2]) for shape in shapes}  # 2, or 3 and the number of networks
    one_kind = len(kinds) == 1 and len(shapes[0]) in (2, 3)
    if not one_kind or any(before[-1] != after[-2] for before, after in pairwise(shapes)):
        raise ValueError(f"weights of shapes {shapes} do not follow on from one another")
    if net.biases is not None:
        expected = [(*shape[:-2], shape[-1]) for shape in shapes]
        found = [b.shape for b in net.biases]
        if found != expected:
            raise ValueError(f"biases have shapes {found}, but the weights call for {expected}")


def check_samples(net, X, y):
    """Return X and y as the network takes them, after a look at the network's own parameters."""
    check_parameters(net)
    X = check_inputs(X, net.sizes[0], net.dtype)
    if net.output == "softmax":
        return X, check_labels(y, len(X), net.sizes[-1])
    return X, check_targets(y, len(X), net.sizes[-1], net.dtype)


def check_positive(name, value):
    """Return value as a float, positive and finite."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be one positive number, not {value!r}") from None
    if not 0 < number < math.inf:
        raise ValueError(f"{name} must be positive and finite, not {number}")
    return number


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


def overflow_is_no_error():
    """Return a context without NumPy's warnings about overflow.

    Where exp overflows, the activation reaches its limit, as it should. Any other overflow leaves
    infinity or NaN in the result: ``train`` looks for it, ``Network`` returns it as it is.
    """
    return np.errstate(over="ignore", under="ignore", invalid="ignore")

"""Bad input is refused once, at the public boundary, with a message that says what to change.

Where a check returns something, use that from then on: the input, in the form to compute with.
"""

import math
import numbers
import operator
from itertools import pairwise

import numpy as np

from nn_tutorial.activations import ACTIVATIONS, OUTPUTS
from nn_tutorial.arrays import as_finite, as_numbers, described


def check_inputs(X, n_features, dtype, taker="the network takes"):
    """Return X as a finite array of shape (n_samples, n_features)."""
    array = as_finite("X", X, dtype)
    if array.ndim != 2 or array.shape[1] != n_features:
        hint = ""
        if array.shape == (n_features,):
            row = f"[{np.asarray(X).tolist()}]" if n_features <= 4 else "X[np.newaxis, :]"
            hint = f"; this is one sample: pass {row}"
        if array.ndim == 1 and n_features == 1:
            hint = f": pass {_array_of('X', X)}[:, np.newaxis]"
        elif array.ndim == 2 and array.shape[0] == n_features:
            hint = "; samples are rows: pass X.T"
        elif array.ndim > 2 and math.prod(array.shape[1:]) == n_features:
            hint = f": pass {_array_of('X', X)}.reshape(len(X), {n_features})"
        raise ValueError(f"X has shape {array.shape}, but {taker} (n_samples, {n_features}){hint}")
    return array


def check_targets(y, n_samples, n_outputs, dtype):
    """Return y as a finite array of shape (n_samples, n_outputs)."""
    array = as_finite("y", y, dtype)
    if array.shape == (n_samples,) and n_outputs == 1:
        raise ValueError(
            f"y has shape {array.shape}, which would broadcast against predictions of shape "
            f"({n_samples}, 1) to {n_samples} x {n_samples} errors: "
            f"pass {_array_of('y', y)}[:, np.newaxis]"
        )
    if array.shape != (n_samples, n_outputs):
        raise ValueError(
            f"y has shape {array.shape}, but X and the network call for ({n_samples}, {n_outputs})"
        )
    return array


def check_labels(y, n_samples, n_outputs, name="y"):
    """Return y as intp labels of shape (n_samples,), each from 0 to n_outputs - 1."""
    try:
        labels = as_numbers(name, y)
    except ValueError:
        sized = hasattr(y, "__len__") and not isinstance(y, dict)
        if sized and any(isinstance(label, str) for label in y):
            raise ValueError(
                f"{name} holds names, and labels are numbers: names, labels = "
                f"np.unique({name}, return_inverse=True) makes them"
            ) from None
        raise
    if labels.shape == (n_samples, n_outputs) and n_outputs > 1:
        raise ValueError(
            f"{name} has shape {labels.shape}, but cross-entropy takes labels of shape "
            f"({n_samples},): pass {_array_of(name, y)}.argmax(axis=1)"
        )
    if labels.shape != (n_samples,):
        hint = f": pass {_array_of(name, y)}.ravel()" if labels.shape == (n_samples, 1) else ""
        raise ValueError(
            f"{name} has shape {labels.shape}, but {n_samples} samples call for labels of shape "
            f"({n_samples},){hint}"
        )
    if not np.issubdtype(labels.dtype, np.integer):
        as_finite(name, labels, np.float64)  # NaN has no integer to be turned into
        raise ValueError(
            f"{name} must be integers, not {labels.dtype}: "
            f"pass {_array_of(name, y)}.astype(int) if they are whole numbers"
        )
    if labels.min() < 0 or labels.max() >= n_outputs:
        from_one = (labels.min(), labels.max()) == (1, n_outputs)
        raise ValueError(
            f"labels run from {labels.min()} to {labels.max()}, but the outputs from 0 to "
            f"{n_outputs - 1}" + (f": pass {_array_of(name, y)} - 1" if from_one else "")
        )
    return labels.astype(np.intp, copy=False)


def check_layers(name, values):
    """Return values, which must hold an array for each layer."""
    several = np.iterable(values) and not isinstance(values, str | bytes | dict)
    if not several or hasattr(values, "_fields"):
        raise ValueError(
            f"{name} must be a list of arrays, one for each layer, not {_short(values)}"
        )
    if isinstance(values, np.ndarray) and values.ndim < 3:
        raise ValueError(
            f"{name} must be a list of arrays, one for each layer, not one array of shape "
            f"{values.shape}: put the arrays of all layers into one list, such as [W1, W2]"
        )
    return values


def check_kind(activation, output):
    """Refuse what is not the name of an activation, or of an output."""
    for name, value, known in (
        ("activation", activation, ACTIVATIONS),
        ("output", output, OUTPUTS),
    ):
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, not {_short(value)}")


def check_parameters(net):
    """Refuse a network's weights and biases that can't be used, also after a caller replaced some.

    Raises
    ------
    ValueError
        If they are no arrays of the network's dtype, do not follow on from one another, or hold
        NaN or infinity.
    """
    check_kind(net.activation, net.output)
    for name in ("weights", "biases"):
        if name == "biases" and net.biases is None:
            continue
        for i, values in enumerate(check_layers(name, getattr(net, name))):
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
    n_features, n_outputs = net.sizes[0], net.sizes[-1]
    shapes = [np.shape(values) if isinstance(values, np.ndarray) else () for values in (X, y)]
    if n_features != n_outputs and [s[1:] for s in shapes] == [(n_outputs,), (n_features,)]:
        raise ValueError(
            f"X has shape {shapes[0]} and y {shapes[1]}, but the network takes {n_features} "
            f"features and gives {n_outputs}: X and y have changed places"
        )
    X = check_inputs(X, n_features, net.dtype)
    if net.output == "softmax":
        return X, check_labels(y, len(X), n_outputs)
    return X, check_targets(y, len(X), n_outputs, net.dtype)


def check_reachable(net, y):
    """Refuse targets that a sigmoid output can never reach."""
    if net.output == "sigmoid" and not 0 <= y.min() <= y.max() <= 1:
        raise ValueError(
            f"y runs from {y.min():g} to {y.max():g}, but a sigmoid output stays between 0 and 1: "
            "divide the targets (points by 100), or make the network with output='identity'"
        )


def check_positive(name, value):
    """Return value as a float, positive and finite."""
    try:
        array = as_numbers(name, value)
        if array.ndim > 0:
            raise ValueError("several numbers")
        number = float(array)
    except ValueError:
        raise ValueError(f"{name} must be one positive number, not {_short(value)}") from None
    if not 0 < number < math.inf:
        raise ValueError(f"{name} must be positive and finite, not {number}")
    return number


def check_count(name, value, minimum=1):
    """Return value as an int of at least minimum."""
    try:
        count = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {_short(value)}") from None
    if count < minimum:
        raise ValueError(f"{name} must be at least {minimum}, not {count}")
    return count


def check_generator(rng, purpose):
    """Refuse anything but a numpy.random.Generator."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"{purpose} needs rng=np.random.default_rng(seed), not {_short(rng)}")


def _array_of(name, values):
    """Return what the values are called as an array, which a list or a pandas table is not yet."""
    return name if isinstance(values, np.ndarray) else f"np.array({name})"


def _short(value):
    """Return the value as it is written, where that is short and says what it is."""
    text = " ".join(repr(value).split())
    plain = isinstance(value, str | bytes | numbers.Number | list | tuple | np.ndarray)
    return text if plain and len(text) <= 60 else described(value)

"""NaN, infinity and 1e39 everywhere: refused by place, or told as divergence; never kept."""

import itertools
import os
import tempfile

import numpy as np
from trained import parameters

from nn_tutorial import Network, TrainingDiverged, train

VALUES = (np.nan, np.inf, -np.inf, 1e39, -1e39)
DTYPES = (np.float64, np.float32)


def sound(output, dtype, n_networks):
    rng = np.random.default_rng(0)
    net = Network([2, 3, 2], rng=rng, output=output, dtype=dtype, n_networks=n_networks)
    X = rng.normal(size=(4, 2))
    return net, X, rng.integers(0, 2, 4) if output == "softmax" else rng.random((4, 2))


def places(net, X, y):
    """Yield (name, array, index) of every number that a caller hands over."""
    arrays = {"X": X, "y": y}
    arrays |= {f"weights[{i}]": W for i, W in enumerate(net.weights)}
    arrays |= {f"biases[{i}]": b for i, b in enumerate(net.biases)}
    for name, array in arrays.items():
        if array.dtype.kind == "f":
            yield from ((name, array, index) for index in np.ndindex(array.shape))


def is_refused(call):
    try:
        call()
    except ValueError:
        return True
    return False


def uses(net, X, y, path):
    rng = np.random.default_rng(0)
    yield "predict", lambda: net.predict(X)
    yield "loss", lambda: net.loss(X, y)
    yield "gradients", lambda: net.gradients(X, y)
    yield "save", lambda: net.save(path)
    yield "train", lambda: train(net, X, y, 3, 0.1)
    yield "batches", lambda: train(net, X, y, 3, 0.1, batch_size=2, rng=rng)
    yield "validation", lambda: train(net, *sound_samples(net), 3, 0.1, validation=(X, y))


def sound_samples(net):
    return sound(net.output, net.dtype, net.n_networks)[1:]


def finite(net):
    return all(np.isfinite(a).all() for a in parameters(net))


def one_place(net, X, y, name, path):
    """Use a network with one such number; return how many calls refused, and how many did not."""
    counts = np.zeros(2, int)
    for use, call in uses(net, X, y, path):
        needed = name not in ("X", "y") or use != "save"
        needed = needed and (name != "y" or use != "predict")
        before = [a.copy() for a in parameters(net)]
        try:
            refused = is_refused(call)
        except TrainingDiverged:
            refused = True
            assert finite(net), (name, use)
        else:
            unchanged = all(map(np.array_equal, parameters(net), before, [True] * len(before)))
            assert not refused or unchanged, (name, use)
        bad = not all(np.isfinite(np.asarray(v, net.dtype)).all() for v in (X, y, *before))
        assert refused or not (needed and bad), f"{use} took a bad number in {name}"
        counts[int(not refused)] += 1
        for a, b in zip(parameters(net), before, strict=True):
            a[...] = b
    return counts


def learning_rates(path):
    n = 0
    for output, dtype, value in itertools.product(("sigmoid", "identity"), DTYPES, VALUES):
        net, X, y = sound(output, dtype, None)
        try:
            refused = is_refused(lambda net=net, X=X, y=y, value=value: train(net, X, y, 3, value))
        except TrainingDiverged:
            refused = True
        assert refused or 0 < value < np.inf
        assert finite(net)
        n += 1
    return n


def run(say):
    """Return rows for the page: what, how many, what happened."""
    n, counts = 0, np.zeros(2, int)
    kinds = itertools.product(("sigmoid", "identity", "softmax"), DTYPES, (None, 2))
    with tempfile.TemporaryDirectory() as folder, np.errstate(over="ignore"):
        path = os.path.join(folder, "net.npz")
        for kind in kinds:
            net, X, y = sound(*kind)
            for name, array, index in places(net, X, y):
                for value in VALUES:
                    before = array[index]
                    array[index] = value
                    counts += one_place(net, X, y, name, path)
                    array[index] = before
                    n += 1
            say(f"{kind[0]}, {np.dtype(kind[1])}, {kind[2] or 1} network(s)")
        rates = learning_rates(path)
    happened = f"{counts[0]} calls refused or told as divergence, {counts[1]} rightly not"
    return [
        ("numbers replaced in X, y, weights and biases", n, happened),
        ("learning rates", rates, "refused, told as divergence, or the weights stay finite"),
    ]

"""The textbook version: a new array for every symbol, nothing reused, any depth.

``fit`` says what training means, for all others to be compared with; it is how the notebooks
write it, generalised to layers in a list. ``chapter_08`` is the code of that chapter itself.
"""

import numpy as np
import works
from notebook_functions import functions_of

from nn_tutorial import Network

BENDS = {
    "sigmoid": (lambda Z: 1 / (1 + np.exp(-Z)), lambda A: A * (1 - A)),
    "tanh": (np.tanh, lambda A: 1 - A**2),
    "relu": (lambda Z: np.maximum(Z, 0), lambda A: (A > 0).astype(A.dtype)),
    "identity": (lambda Z: Z, lambda A: np.ones_like(A)),
}


def softmax(Z):
    """Return e^Z over its row sums, shifted so that nothing overflows."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(X, weights, biases, activation, output):
    """Return the activations of all layers, X first."""
    A = [X]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        kind = activation if layer < len(weights) - 1 else output
        bend = softmax if kind == "softmax" else BENDS[kind][0]
        A.append(bend(A[-1] @ W + b))
    return A


def loss_and_gradients(X, y, weights, biases, activation, output):
    """Return the mean loss, and its gradients by every weight and bias."""
    A = forward(X, weights, biases, activation, output)
    if output == "softmax":
        loss = -np.mean(np.log(A[-1][np.arange(len(X)), y]))
        dZ = (A[-1] - np.eye(A[-1].shape[1], dtype=X.dtype)[y]) / len(X)
    else:
        loss = np.mean((A[-1] - y) ** 2)
        dZ = 2 / y.size * (A[-1] - y) * BENDS[output][1](A[-1])
    dW, db = [], []
    for layer in reversed(range(len(weights))):
        dW.insert(0, A[layer].T @ dZ)
        db.insert(0, dZ.sum(axis=0))
        if layer:
            dZ = dZ @ weights[layer].T * BENDS[activation][1](A[layer])
    return loss, dW, db


def fit(work):
    """Return a function that trains once from the start, and returns the network."""
    start = work.start
    kind = {"activation": start.activation, "output": start.output}

    def run():
        weights = start.weights
        biases = start.biases or [np.zeros((), start.dtype)] * len(weights)
        batches = [slice(None)] * work.epochs if work.batch_size is None else work.batches()
        losses = []
        for rows in batches:
            loss, dW, db = loss_and_gradients(work.X[rows], work.y[rows], weights, biases, **kind)
            losses.append(loss)
            weights = [W - work.learning_rate * d for W, d in zip(weights, dW, strict=True)]
            if start.biases is not None:
                biases = [b - work.learning_rate * d for b, d in zip(biases, db, strict=True)]
        biases = None if start.biases is None else biases
        return Network.from_weights(weights, biases, dtype=start.dtype, **kind)

    return run


def difference(net, work):
    """Return the largest difference of net's parameters from those found here, in float64."""
    pairs = [(net, work.start)]
    if net.n_networks is not None:  # a few members will do, taken one at a time
        pairs = [(net.member(k), work.start.member(k)) for k in (0, 1, net.n_networks - 1)]
    largest = 0.0
    for found, start in pairs:
        expected = fit(works.in_float64(work, start))()
        for a, b in zip(
            found.weights + (found.biases or []),
            expected.weights + (expected.biases or []),
            strict=True,
        ):
            largest = max(largest, float(np.abs(a - b).max()))
    return largest


def chapter_08(work):
    """Return a function that runs the loop of chapter 08, the reader's own."""
    train = functions_of("08_train_the_network")["train"]

    def run():
        W1, W2, _ = train(work.X, work.y, *work.start.weights, work.epochs, work.learning_rate)
        return Network.from_weights([W1, W2])

    return run

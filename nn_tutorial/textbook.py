"""The network's mathematics as the chapters write it: this is what every result means.

Chapters 07 and 08 write these functions for two layers, 11 for any depth, 13 for softmax and
batches. Plain arrays go in and new ones come out; nothing is checked. (N, H) is the shape for N
samples and H units. An ensemble's weights and biases have one more axis in front, the network's
number, and so has all that is computed from them: ``@``, ``.mT`` and ``...`` leave it alone.
"""

import numpy as np

from nn_tutorial.activations import ACTIVATIONS, OUTPUTS


def forward(X, weights, biases, activation, output):
    """Return the pre-activations Z of every layer, and the activations A, of which A[0] is X."""
    Z, A = [], [X]
    for layer, W in enumerate(weights):
        Z.append(A[layer] @ W)  # (N, H), for a layer of H units
        if biases is not None:
            Z[layer] = Z[layer] + biases[layer][..., np.newaxis, :]  # to each sample the same
        is_last = layer == len(weights) - 1
        bend = OUTPUTS[output].bend if is_last else ACTIVATIONS[activation].bend
        A.append(bend(Z[layer]))  # (N, H)
    return Z, A


def mean_squared_error(y_pred, y):
    """Return the mean of (y_pred - y)² over samples and outputs."""
    return np.mean((y_pred - y) ** 2, axis=(-2, -1))


def cross_entropy(Z, labels):
    """Return the mean over samples of -ln(softmax(Z)) at the label, without computing a softmax."""
    shifted = Z - Z.max(axis=-1, keepdims=True)  # (N, C)
    log_total = np.log(np.exp(shifted).sum(axis=-1))  # (N,)
    return np.mean(log_total - shifted[..., np.arange(len(labels)), labels], axis=-1)


def loss(X, y, weights, biases, activation, output):
    """Return the mean loss: cross-entropy with softmax, otherwise mean squared error."""
    Z, A = forward(X, weights, biases, activation, output)
    return cross_entropy(Z[-1], y) if output == "softmax" else mean_squared_error(A[-1], y)


def loss_and_gradients(X, y, weights, biases, activation, output):
    """Return the mean loss, its gradients by the weights, and by the biases (None without)."""
    Z, A = forward(X, weights, biases, activation, output)
    n_samples, n_outputs = A[-1].shape[-2:]
    if output == "softmax":
        mean_loss = cross_entropy(Z[-1], y)
        one_hot = y[:, np.newaxis] == np.arange(n_outputs)  # (N, C)
        dZ = (A[-1] - one_hot) / n_samples
    else:
        mean_loss = mean_squared_error(A[-1], y)
        dZ = 2 / (n_samples * n_outputs) * (A[-1] - y) * OUTPUTS[output].slope(A[-1])
    d_weights, d_biases = [], []
    for layer in reversed(range(len(weights))):
        d_weights.insert(0, A[layer].mT @ dZ)  # the shape of W
        d_biases.insert(0, dZ.sum(axis=-2))  # the shape of b
        if layer > 0:
            dA = dZ @ weights[layer].mT  # (N, H), for the layer before
            dZ = dA * ACTIVATIONS[activation].slope(A[layer])
    return mean_loss, d_weights, None if biases is None else d_biases


def batches(n_samples, batch_size, rng):
    """Return the rows of an epoch's batches: shuffled, or all at once where there is no size."""
    if batch_size is None:
        return [np.arange(n_samples)]
    order = rng.permutation(n_samples)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def train(
    X, y, weights, biases, activation, output, epochs, learning_rate, batch_size=None, rng=None
):
    """Return the weights and biases after gradient descent, and the losses of ``History.loss``."""
    kind = activation, output
    losses = [] if batch_size is None else [loss(X, y, weights, biases, *kind)]
    for _ in range(epochs):
        mean = 0
        for rows in batches(len(X), batch_size, rng):
            of_batch, d_weights, d_biases = loss_and_gradients(
                X[rows], y[rows], weights, biases, *kind
            )
            mean = mean + of_batch * len(rows) / len(X)
            weights = [W - learning_rate * dW for W, dW in zip(weights, d_weights, strict=True)]
            if biases is not None:
                biases = [b - learning_rate * db for b, db in zip(biases, d_biases, strict=True)]
        losses.append(mean)
    if batch_size is None:  # each loss above was measured before its update
        losses.append(loss(X, y, weights, biases, *kind))
    return weights, biases, np.array(losses)

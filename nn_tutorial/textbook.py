"""The network's mathematics as the chapters write it: this is what every result means.

Chapters 07 and 08 write these functions for two layers, 11 the forward pass for any depth, 13 the
cross-entropy and the batches. Arrays go in and new ones come out; whether they fit is not checked.
Shapes are given as (N, H): N samples, H units of a layer.

Lists count from 0, so the chapters' W1, b1 and Z1 are ``weights[0]``, ``biases[0]`` and ``Z[0]``.
A1 is ``A[1]``, since ``A[0]`` is X: a layer takes ``A[layer]`` and gives ``A[layer + 1]``.

For one network ``.mT`` is ``.T``, and ``[..., np.newaxis, :]`` changes nothing. An ensemble's
weights and biases have one more axis in front, the network's number, and so has all that is
computed from them; with these forms the same lines serve both.
"""

import numpy as np

from nn_tutorial.activations import ACTIVATIONS, OUTPUTS


def forward(X, weights, biases, activation, output):
    """Return the pre-activations Z of every layer, and the activations A, of which A[0] is X."""
    Z, A = [], [X]
    for layer, W in enumerate(weights):
        Z.append(A[layer] @ W)  # (N, H), for a layer of H units
        if biases is not None:
            Z[layer] = Z[layer] + biases[layer][..., np.newaxis, :]  # the same for every sample
        is_last = layer == len(weights) - 1
        bend = (OUTPUTS[output] if is_last else ACTIVATIONS[activation]).bend
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
    """Return the mean loss and its gradients: of the weights, of the biases (None without any)."""
    Z, A = forward(X, weights, biases, activation, output)
    n_samples, n_outputs = A[-1].shape[-2:]
    if output == "softmax":
        mean_loss = cross_entropy(Z[-1], y)
        one_hot = y[:, np.newaxis] == np.arange(n_outputs)  # (N, C)
        dZ = (A[-1] - one_hot) / n_samples  # softmax and cross-entropy in one: no slope
    else:
        mean_loss = mean_squared_error(A[-1], y)
        dA = 2 / (n_samples * n_outputs) * (A[-1] - y)
        dZ = dA * OUTPUTS[output].slope_from_activation(A[-1])
    d_weights, d_biases = [], []
    for layer in reversed(range(len(weights))):
        d_weights.insert(0, A[layer].mT @ dZ)  # the shape of W
        d_biases.insert(0, dZ.sum(axis=-2))  # the shape of b
        if layer > 0:
            dA = dZ @ weights[layer].mT  # (N, H), for the layer before
            dZ = dA * ACTIVATIONS[activation].slope_from_activation(A[layer])
    return mean_loss, d_weights, None if biases is None else d_biases


def minibatches(n_samples, batch_size, rng):
    """Return the rows of each batch of an epoch, shuffled; the last batch may be shorter."""
    order = rng.permutation(n_samples)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def train(
    X, y, weights, biases, activation, output, epochs, learning_rate, batch_size=None, rng=None
):
    """Return the weights and biases after gradient descent, and the losses as in ``History.loss``.

    ``nn_tutorial.train`` does not call it: the tests compare the two, and two exercises use it.
    """
    kind, all_rows = (activation, output), np.arange(len(X))
    losses = [] if batch_size is None else [loss(X, y, weights, biases, *kind)]
    for _ in range(epochs):
        batches = [all_rows] if batch_size is None else minibatches(len(X), batch_size, rng)
        epoch_loss = 0
        for rows in batches:
            batch_loss, d_weights, d_biases = loss_and_gradients(
                X[rows], y[rows], weights, biases, *kind
            )
            epoch_loss = epoch_loss + batch_loss * (len(rows) / len(X))
            weights = [W - learning_rate * dW for W, dW in zip(weights, d_weights, strict=True)]
            if biases is not None:
                biases = [b - learning_rate * db for b, db in zip(biases, d_biases, strict=True)]
        losses.append(epoch_loss)
    if batch_size is None:  # each loss above was measured before its update
        losses.append(loss(X, y, weights, biases, *kind))
    return weights, biases, np.array(losses)

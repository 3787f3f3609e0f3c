"""Training: gradient descent, step after step, with a record of the losses.

A step is: predict, measure the loss, send the error back, subtract learning rate times gradient.
The parameters lie in one flat vector while training runs, so that the subtraction is one call.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.checks import check_count, check_generator
from nn_tutorial.network import Network
from nn_tutorial.passes import Passes, silent


@dataclass
class History:
    """What happened during training.

    Attributes
    ----------
    loss : ndarray of float64, shape (epochs + 1,), in an ensemble (epochs + 1, n_networks)
        Full batch: ``loss[i]`` is the loss after exactly i epochs. With minibatches ``loss[0]`` is
        measured before training, and ``loss[i]`` is the mean over epoch i's batches, weighted by
        their sizes, each measured before its own update.
    validation_loss : ndarray of float64, shape of loss, or None
        The exact loss of the validation data after i epochs.
    """

    loss: np.ndarray
    validation_loss: np.ndarray | None = None

    @property
    def best_epoch(self) -> int | np.ndarray | None:
        """The epoch with the least validation loss; None where nothing was validated."""
        if self.validation_loss is None:
            return None
        best = self.validation_loss.argmin(axis=0)
        return int(best) if best.ndim == 0 else best


class TrainingDiverged(ArithmeticError):  # noqa: N818 - it names what happened
    """The loss or a gradient became infinite; the network keeps its last finite weights.

    Attributes
    ----------
    epoch : int
        How many epochs were complete.
    history : History
        The losses up to there.
    """

    def __init__(self, message: str, epoch: int, history: History):
        super().__init__(message)
        self.epoch, self.history = epoch, history


def train(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    epochs: int = 1000,
    learning_rate: float = 1.5,
    *,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
) -> History:
    """Change the network's weights and biases in place, by gradient descent on its loss.

    To continue a training, call ``train`` again.

    Parameters
    ----------
    net : Network
        A network, or an ensemble, whose members then all see the same batches.
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples, n_outputs), or integer labels (n_samples,) for softmax
    epochs : int
        How often the whole data is gone through; 0 only measures.
    learning_rate : float
        What the gradient is multiplied by before it is subtracted.
    batch_size : int, optional
        Update after this many samples, drawn anew in each epoch; the last batch may be shorter.
        By default the full batch: one update an epoch.
    rng : numpy.random.Generator, optional
        Shuffles the samples; needed with batch_size.
    validation : (X, y), optional
        Data to measure after each epoch, without learning from it.
    patience : int, optional
        Stop once the validation loss has not improved for this many epochs. The network is left
        with the weights of the best epoch. Not for ensembles, whose members differ in theirs.

    Returns
    -------
    History

    Raises
    ------
    ValueError
        For bad input, before anything is changed.
    TrainingDiverged
        When the loss or a gradient becomes infinite. The network keeps its last finite weights.
    """
    X, y = net._check_samples(X, y)
    validation = None if validation is None else net._check_samples(*validation)
    epochs, learning_rate = check_count("epochs", epochs, minimum=0), float(learning_rate)
    _check_settings(net, len(X), learning_rate, batch_size, rng, validation, patience)
    run = _Run(net, epochs)
    try:
        with silent():
            return run.train(X, y, learning_rate, batch_size, rng, validation, patience)
    finally:
        run.write_back()


def _check_settings(net, n_samples, learning_rate, batch_size, rng, validation, patience):
    if not (np.isfinite(learning_rate) and learning_rate > 0):
        raise ValueError(f"learning_rate must be positive and finite, not {learning_rate}")
    if batch_size is not None:
        if check_count("batch_size", batch_size) > n_samples:
            raise ValueError(f"batch_size is {batch_size}, but there are {n_samples} samples")
        check_generator(rng, "batch_size")
    if patience is not None:
        check_count("patience", patience)
        if validation is None:
            raise ValueError("patience needs validation=(X, y) to look at")
        if net.n_networks is not None:
            raise ValueError("patience is for a single network, not for an ensemble")


class _Run:
    """One call of ``train``: the flat vectors, the buffers and the losses."""

    def __init__(self, net, epochs):
        self.net, self.epochs = net, epochs
        lead = net.weights[0].shape[:-2]
        arrays = net.weights + (net.biases or [])
        # (n_parameters,), in an ensemble (n_networks, n_parameters)
        self.parameters = np.concatenate([array.reshape(*lead, -1) for array in arrays], axis=-1)
        self.gradient = np.empty_like(self.parameters)
        self.weights, self.biases = self._views(self.parameters)
        self.d_weights, self.d_biases = self._views(self.gradient)
        self.ensemble = bool(lead)
        self.dot = np.vecdot if lead else np.dot
        self.loss = np.full((epochs + 1, *lead), np.nan)
        self.validation_loss = None
        self.passes_of_size = {}

    def _views(self, flat):
        arrays = self.net.weights + (self.net.biases or [])
        lead = self.net.weights[0].shape[:-2]
        ends = np.cumsum([array[0].size if lead else array.size for array in arrays])
        parts = np.split(flat, ends[:-1], axis=-1)
        views = [part.reshape(array.shape) for part, array in zip(parts, arrays, strict=True)]
        n_layers = len(self.net.weights)
        return views[:n_layers], views[n_layers:] or None

    def passes(self, n_samples):
        """Return the passes for batches of this size, made at the first call."""
        if n_samples not in self.passes_of_size:
            self.passes_of_size[n_samples] = Passes(
                self.weights, self.biases, self.net.activation, self.net.output, n_samples,
                self.d_weights, self.d_biases,
            )  # fmt: skip
        return self.passes_of_size[n_samples]

    def measure(self, X, y):
        passes = self.passes(len(X))
        passes.forward(X)
        return passes.loss(y)

    def train(self, X, y, learning_rate, batch_size, rng, validation, patience):
        if validation is not None:
            self.validation_loss = np.full_like(self.loss, np.nan)
        if batch_size is not None:
            self.loss[0] = self.measure(X, y)
        best_epoch, best_parameters = 0, self.parameters.copy() if patience else None

        for epoch in range(self.epochs + 1):
            if validation is not None:
                self.validation_loss[epoch] = self.measure(*validation)
            if patience and self.validation_loss[epoch] < self.validation_loss[best_epoch]:
                best_epoch, best_parameters = epoch, self.parameters.copy()
            if epoch == self.epochs or (patience and epoch - best_epoch >= patience):
                break
            if batch_size is None:
                self.loss[epoch] = self.update(X, y, learning_rate, epoch)
            else:
                self.loss[epoch + 1] = self.update_in_batches(
                    X, y, learning_rate, epoch, batch_size, rng.permutation(len(X))
                )
        if batch_size is None:
            self.loss[epoch] = self.measure(X, y)
        self._check_finite(self.loss[epoch], epoch)
        if patience:
            self.parameters[...] = best_parameters
        return self.history(epoch)

    def update(self, X, y, learning_rate, epoch):
        """Take one step on one batch; return the loss before it."""
        loss = self.passes(len(X)).step(X, y, learning_rate)
        # One dot product finds any infinity or NaN, before it can reach the parameters.
        self._check_finite(loss + self.dot(self.gradient, self.gradient), epoch)
        np.subtract(self.parameters, self.gradient, out=self.parameters)
        return loss

    def update_in_batches(self, X, y, learning_rate, epoch, batch_size, order):
        total = 0.0
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            total += len(rows) * self.update(X[rows], y[rows], learning_rate, epoch)
        return total / len(order)

    def _check_finite(self, values, epoch):
        # math.isfinite of one number takes a tenth of the time of np.isfinite(...).all().
        if not math.isfinite(values.sum() if self.ensemble else values):
            who = f" in member {int(np.argmin(np.isfinite(values)))}" if self.ensemble else ""
            raise TrainingDiverged(
                f"the loss or a gradient became infinite{who} after {epoch} epochs; the network "
                "keeps its last finite weights. Try a smaller learning rate, or scale the inputs.",
                epoch,
                self.history(epoch),
            )

    def history(self, last):
        """Return the losses up to and including epoch ``last``, as far as they are finite."""
        validation = None if self.validation_loss is None else self.validation_loss[: last + 1]
        return History(self.loss[: last + 1], validation)

    def write_back(self):
        """Copy the parameters into new arrays of the network, views of nothing."""
        self.net.weights = [W.copy() for W in self.weights]
        self.net.biases = None if self.biases is None else [b.copy() for b in self.biases]

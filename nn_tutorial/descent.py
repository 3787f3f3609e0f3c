"""The loop of ``train``: the parameters in one vector, and what stops it.

The parameters lie in one flat vector while training runs, so that an update is one subtraction.
The network gets them back, as arrays of its own, when the loop ends, whatever ended it.
"""

import math

import numpy as np

from nn_tutorial.history import History, TrainingDiverged
from nn_tutorial.passes import Passes


class Descent:
    """One call of ``train``: the flat vectors, the buffers and the losses."""

    def __init__(self, net, epochs, learning_rate, validation):
        self.net, self.epochs, self.learning_rate = net, epochs, learning_rate
        self.lead = () if net.n_networks is None else (net.n_networks,)
        self.dot = np.vecdot if self.lead else np.dot
        arrays = [*net.weights, *(net.biases or [])]
        # (n_parameters,), in an ensemble (n_networks, n_parameters)
        self.parameters = np.concatenate([a.reshape(*self.lead, -1) for a in arrays], axis=-1)
        self.gradient = np.empty_like(self.parameters)
        self.weights, self.biases = self._views(self.parameters)
        self.d_weights, self.d_biases = self._views(self.gradient)
        self.loss = np.full((epochs + 1, *self.lead), np.nan)
        self.passes_of_size = {}
        self.validation, self.validation_loss = validation, None
        if validation is not None:
            self.validation_loss = np.full_like(self.loss, np.nan)
            self.validation_passes = self.make_passes(len(validation[0]))
        self.best_epoch, self.best_parameters = None, None

    def _views(self, flat):
        """Return arrays of the shapes of the network's weights and biases, views of flat."""
        arrays = [*self.net.weights, *(self.net.biases or [])]
        ends = np.cumsum([math.prod(array.shape[len(self.lead) :]) for array in arrays])
        parts = np.split(flat, ends[:-1], axis=-1)
        views = [part.reshape(array.shape) for part, array in zip(parts, arrays, strict=True)]
        n_layers = len(self.net.weights)
        return views[:n_layers], views[n_layers:] or None

    def make_passes(self, n_samples, *gradients):
        """Return new passes; without gradients to fill, for measuring only."""
        net = self.net
        return Passes(self.weights, self.biases, net.activation, net.output, n_samples, *gradients)

    def passes(self, n_samples):
        """Return the passes for batches of this size, made at the first call."""
        if n_samples not in self.passes_of_size:
            self.passes_of_size[n_samples] = self.make_passes(
                n_samples, self.d_weights, self.d_biases
            )
        return self.passes_of_size[n_samples]

    def descend(self, X, y, batch_size, rng, patience):
        """Train until the epochs are over, or patience is; return the history."""
        if batch_size is not None:
            self.loss[0] = self.make_passes(len(X)).measure(X, y)
            self.require(np.isfinite(self.loss[0]), 0, "the loss")
        for epoch in range(self.epochs + 1):
            stop = self.validation is not None and self.validate(epoch, patience)
            if stop or epoch == self.epochs:
                break
            if batch_size is None:
                self.loss[epoch] = self.passes(len(X)).step(X, y, self.learning_rate)
                self.update(self.loss[epoch], epoch)
            else:
                self.loss[epoch + 1] = self.update_in_batches(X, y, epoch, batch_size, rng)
        if batch_size is None:
            self.loss[epoch] = self.passes(len(X)).measure(X, y)
            self.require(np.isfinite(self.loss[epoch]), epoch, "the loss")
        if self.best_parameters is not None:
            self.parameters[...] = self.best_parameters
        return self.history(epoch)

    def validate(self, epoch, patience):
        """Measure the validation loss; return whether patience has run out."""
        loss = self.validation_loss
        loss[epoch] = self.validation_passes.measure(*self.validation)
        self.require(np.isfinite(loss[epoch]), epoch, "the validation loss")
        if patience is None:
            return False
        if epoch == 0 or loss[epoch] < loss[self.best_epoch]:
            self.best_epoch, self.best_parameters = epoch, self.parameters.copy()
        return epoch - self.best_epoch >= patience

    def update_in_batches(self, X, y, epoch, batch_size, rng):
        """Take a step on each batch, in a new order; return their losses' weighted mean."""
        order, mean = rng.permutation(len(X)), 0.0
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            loss = self.passes(len(rows)).step(X[rows], y[rows], self.learning_rate)
            self.update(loss, epoch)
            mean += np.asarray(loss, np.float64) * (len(rows) / len(order))
        return mean

    def update(self, loss, epoch):
        """Subtract the gradient, unless that or the loss is not finite."""
        # A dot product takes a tenth of the time of np.isfinite(...).all(), and is infinite or NaN
        # if any entry is. It can also overflow over finite entries, so it only raises a suspicion.
        values = loss + self.dot(self.gradient, self.gradient)
        if not math.isfinite(values.sum() if self.lead else values):
            next_parameters = self.parameters - self.gradient
            finite = np.isfinite(loss) & np.isfinite(next_parameters).all(axis=-1)
            self.require(finite, epoch, "the loss or a weight")
        np.subtract(self.parameters, self.gradient, out=self.parameters)

    def require(self, finite, epoch, what):
        """Raise TrainingDiverged unless ``finite``, in an ensemble one for each member, is true."""
        if not np.all(finite):
            who = f" in member {np.argmin(finite)}" if self.lead else ""
            raise TrainingDiverged(
                f"{what} became infinite{who} after {epoch} epochs; the network keeps its last "
                "finite weights. Try a smaller learning rate, or scale the inputs.",
                epoch,
                self.history(epoch),
            )

    def history(self, epoch):
        """Return the losses after 0 to ``epoch`` epochs, without the last if it is not finite."""
        losses = [self.loss]
        if self.validation is not None:
            losses.append(self.validation_loss)
        end = epoch + all(np.isfinite(values[epoch]).all() for values in losses)
        return History(*(values[:end] for values in losses))

    def write_back(self):
        """Copy the parameters into new arrays of the network, views of nothing."""
        self.net.weights = [W.copy() for W in self.weights]
        self.net.biases = None if self.biases is None else [b.copy() for b in self.biases]

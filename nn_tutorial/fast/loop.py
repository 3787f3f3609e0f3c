"""The loop of ``train``, ``textbook.train`` with what stops it: divergence, and patience.

The parameters lie in one flat vector while training runs, so that an update is one subtraction: an
interrupt comes before or after it. The network's arrays are views of that vector meanwhile, so they
hold the last update at any time. When the loop ends, whatever ended it, they become arrays of their
own; should an interrupt prevent even that, the views stay, and nothing else uses the vector.
"""

import math

import numpy as np

from nn_tutorial.fast.passes import Passes, sum_of_squares
from nn_tutorial.history import History, TrainingDiverged

MEASURED_AT_ONCE = 256  # samples; in batches of a few, looking at a validation set would take long


def batches(rows, size):
    """Yield rows in batches of this size, of which the last may be shorter."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


class Descent:
    """One call of ``train``: the flat vectors, the passes and the losses."""

    def __init__(self, net, X, y, epochs, learning_rate, batch_size, rng, validation, patience):
        self.net, self.X, self.y = net, X, y
        self.epochs, self.learning_rate = epochs, learning_rate
        self.batch_size, self.rng = batch_size, rng
        self.validation, self.patience = validation, patience
        self.lead = () if net.n_networks is None else (net.n_networks,)  # an ensemble's first axis
        arrays = [*net.weights, *(net.biases or [])]
        # (n_parameters,), in an ensemble (n_networks, n_parameters)
        self.parameters = np.concatenate([a.reshape(*self.lead, -1) for a in arrays], axis=-1)
        self.weights, self.biases = self._views(self.parameters)
        self.decrease = np.empty_like(self.parameters)  # learning rate times gradient
        self.squared_length = sum_of_squares(self.decrease)
        self.to_subtract = *self._views(self.decrease), learning_rate
        self.is_finite = math.isfinite if not self.lead else lambda v: math.isfinite(v.sum())
        self.loss = np.full((epochs + 1, *self.lead), np.nan)
        self.passes_of_size = {}
        self.validation_loss, self.best_epoch, self.best_parameters = None, None, None
        if validation is not None:
            self.validation_loss = np.full_like(self.loss, np.nan)
            if batch_size is None:
                self.validation_passes = self.make_passes(*validation)

    def _views(self, flat):
        """Return arrays of the shapes of the network's weights and biases, views of flat.

        They are views because only the last axis is split: that never makes a copy.
        """
        arrays = [*self.net.weights, *(self.net.biases or [])]
        ends = np.cumsum([math.prod(array.shape[len(self.lead) :]) for array in arrays])
        parts = np.split(flat, ends[:-1], axis=-1)
        views = [part.reshape(array.shape) for part, array in zip(parts, arrays, strict=True)]
        n_layers = len(self.net.weights)
        return views[:n_layers], views[n_layers:] or None

    def make_passes(self, X, y, to_subtract=None):
        """Return new passes over X and y; without arrays to fill, for measuring only."""
        net = self.net
        return Passes(self.weights, self.biases, net.activation, net.output, X, y, to_subtract)

    def load_batch(self, X, y, rows):
        """Return passes that hold these rows, in buffers that all batches of a size share.

        So memory grows with the batch, and not with the data.
        """
        size = len(rows)
        if size not in self.passes_of_size:
            buffers = [np.empty((size, *values.shape[1:]), values.dtype) for values in (X, y)]
            self.passes_of_size[size] = self.make_passes(*buffers, self.to_subtract)
        passes = self.passes_of_size[size]
        passes.load(X, y, rows)
        return passes

    def descend(self):
        """Train until the epochs are over, or patience is; return the history."""
        # From here on the network has every update, whatever happens. An interrupt between the two
        # does no harm, here and in write_back: both arrays hold the same numbers.
        self.net.weights, self.net.biases = list(self.weights), self.biases and list(self.biases)
        full_batch = self.batch_size is None
        if full_batch:
            passes = self.make_passes(self.X, self.y, self.to_subtract)
        else:
            self.loss[0] = self.measure_in_batches(self.X, self.y)
            self.require(np.isfinite(self.loss[0]), 0, "the loss")
        for epoch in range(self.epochs + 1):
            stop = self.validation_loss is not None and self.validate(epoch)
            if stop or epoch == self.epochs:
                break
            if full_batch:  # measured before the update
                self.loss[epoch] = passes.measure_and_differentiate()
                self.update(self.loss[epoch], epoch)
            else:
                self.loss[epoch + 1] = self.update_in_batches(epoch)
        if full_batch:
            self.loss[epoch] = passes.measure()
            self.require(np.isfinite(self.loss[epoch]), epoch, "the loss")
        if self.best_parameters is not None:
            self.parameters[...] = self.best_parameters
        return self.history(epoch)

    def validate(self, epoch):
        """Measure the validation loss; return whether patience has run out."""
        loss = self.validation_loss
        if self.batch_size is None:
            loss[epoch] = self.validation_passes.measure()
        else:
            loss[epoch] = self.measure_in_batches(*self.validation)
        self.require(np.isfinite(loss[epoch]), epoch, "the validation loss")
        if self.patience is None:
            return False
        if epoch == 0 or loss[epoch] < loss[self.best_epoch]:
            self.best_epoch, self.best_parameters = epoch, self.parameters.copy()
        return epoch - self.best_epoch >= self.patience

    def update_in_batches(self, epoch):
        """Update after each batch, in a new order; return the mean of their losses."""
        order, mean = self.rng.permutation(len(self.X)), 0.0
        for rows in batches(order, self.batch_size):
            loss = self.load_batch(self.X, self.y, rows).measure_and_differentiate()
            self.update(loss, epoch)
            mean += np.asarray(loss, np.float64) * (len(rows) / len(order))
        return mean

    def measure_in_batches(self, X, y):
        """Return the loss over X and y, which may be much larger than a batch."""
        mean = 0.0
        for rows in batches(np.arange(len(X)), max(self.batch_size, MEASURED_AT_ONCE)):
            loss = self.load_batch(X, y, rows).measure()
            mean += np.asarray(loss, np.float64) * (len(rows) / len(X))
        return mean

    def update(self, loss, epoch):
        """Subtract learning rate times gradient, unless the loss or a weight became infinite."""
        # A dot product takes a tenth of the time of np.isfinite(...).all(), and is infinite or NaN
        # if any entry is. It can also overflow over finite entries, so it only raises a suspicion.
        # While it is finite, no entry is large enough to carry a finite weight to infinity.
        if not (self.is_finite(loss) and self.is_finite(self.squared_length())):
            next_parameters = self.parameters - self.decrease
            finite = np.isfinite(loss) & np.isfinite(next_parameters).all(axis=-1)
            self.require(finite, epoch, "the loss or a weight")
        np.subtract(self.parameters, self.decrease, self.parameters)

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
        if self.validation_loss is not None:
            losses.append(self.validation_loss)
        last_is_finite = all(np.isfinite(values[epoch]).all() for values in losses)
        return History(*(values[: epoch + last_is_finite] for values in losses))

    def write_back(self):
        """Copy the parameters into new arrays of the network, views of nothing."""
        biases = None if self.biases is None else [b.copy() for b in self.biases]
        self.net.weights, self.net.biases = [W.copy() for W in self.weights], biases

"""The loop of ``train``: that of ``textbook.train``, with validation, patience and divergence.

The parameters lie in one flat vector while training runs, so that an update is one subtraction: an
interrupt comes before or after it. The network's arrays are views of that vector meanwhile, so they
hold the last update at any time. When the loop ends, whatever ended it, they become arrays of their
own; should an interrupt prevent even that, the views stay, and nothing else uses the vector.
"""

import math

import numpy as np

from nn_tutorial.fast.passes import Passes, summing_squares
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
        self.step = np.empty_like(self.parameters)  # what an update subtracts: rate times gradient
        self.sum_squared_step = summing_squares(self.step)
        self.to_step = self._views(self.step), learning_rate  # the last arguments of Passes
        self.is_finite = math.isfinite if not self.lead else lambda v: math.isfinite(v.sum())
        self.losses = np.full((epochs + 1, *self.lead), np.nan)
        self.passes_of_size = {}
        self.validation_losses, self.best_epoch, self.best_parameters = None, None, None
        if validation is not None:
            self.validation_losses = np.full_like(self.losses, np.nan)
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

    def make_passes(self, X, y, *to_step):
        """Return new passes over X and y; without steps to fill, for measuring only."""
        net = self.net
        return Passes(self.weights, self.biases, net.activation, net.output, X, y, *to_step)

    def load_batch(self, X, y, rows):
        """Return passes that hold these rows, in buffers that all batches of a size share.

        So memory grows with the batch, and not with the data.
        """
        size = len(rows)
        if size not in self.passes_of_size:
            buffers = [np.empty((size, *values.shape[1:]), values.dtype) for values in (X, y)]
            self.passes_of_size[size] = self.make_passes(*buffers, *self.to_step)
        passes = self.passes_of_size[size]
        passes.copy_rows(X, y, rows)
        return passes

    def descend(self):
        """Train until all epochs are done or patience runs out; return the history."""
        # From here on the network has every update, whatever happens. An interrupt between the two
        # does no harm, here and in write_back: both arrays hold the same numbers.
        self.net.weights, self.net.biases = list(self.weights), self.biases and list(self.biases)
        full_batch = self.batch_size is None
        if full_batch:
            passes = self.make_passes(self.X, self.y, *self.to_step)
        else:
            self.losses[0] = self.measure_in_batches(self.X, self.y)
            self.raise_if_diverged(np.isfinite(self.losses[0]), 0, "the loss")
        for epoch in range(self.epochs + 1):
            stop = self.validation_losses is not None and self.validate(epoch)
            if stop or epoch == self.epochs:
                break
            if full_batch:  # measured before the update
                self.losses[epoch] = passes.measure_and_differentiate()
                self.update(self.losses[epoch], epoch)
            else:
                self.losses[epoch + 1] = self.update_in_batches(epoch)
        if full_batch:
            self.losses[epoch] = passes.measure()
            self.raise_if_diverged(np.isfinite(self.losses[epoch]), epoch, "the loss")
        if self.best_parameters is not None:
            self.parameters[...] = self.best_parameters
        return self.history(epoch)

    def validate(self, epoch):
        """Measure the validation loss; return whether patience has run out."""
        losses = self.validation_losses
        if self.batch_size is None:
            losses[epoch] = self.validation_passes.measure()
        else:
            losses[epoch] = self.measure_in_batches(*self.validation)
        self.raise_if_diverged(np.isfinite(losses[epoch]), epoch, "the validation loss")
        if self.patience is None:
            return False
        if epoch == 0 or losses[epoch] < losses[self.best_epoch]:
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
        # While the sum of squares is finite, so is every entry, and none is large enough to carry a
        # finite weight to infinity. If it is not, one has to look closely: squares of finite
        # entries can overflow, too. The sum takes a tenth of the time of np.isfinite(...).all().
        if not (self.is_finite(loss) and self.is_finite(self.sum_squared_step())):
            next_parameters = self.parameters - self.step
            finite = np.isfinite(loss) & np.isfinite(next_parameters).all(axis=-1)
            self.raise_if_diverged(finite, epoch, "the loss or a weight")
        np.subtract(self.parameters, self.step, self.parameters)

    def raise_if_diverged(self, finite, epoch, what):
        """Raise TrainingDiverged unless ``finite``, in an ensemble one for each member, is true."""
        if not np.all(finite):
            who = f" in member {np.argmin(finite)}" if self.lead else ""
            epochs = "1 epoch" if epoch == 1 else f"{epoch} epochs"
            raise TrainingDiverged(
                f"{what} became infinite or NaN{who} after {epochs}; the network keeps its last "
                "finite weights. Try a smaller learning rate, or scale the inputs.",
                epoch,
                self.history(epoch),
            )

    def history(self, epoch):
        """Return the losses after 0 to ``epoch`` epochs, without the last if it is not finite."""
        losses = [self.losses]
        if self.validation_losses is not None:
            losses.append(self.validation_losses)
        last_is_finite = all(np.isfinite(values[epoch]).all() for values in losses)
        return History(*(values[: epoch + last_is_finite] for values in losses))

    def write_back(self):
        """Copy the parameters into new arrays of the network, views of nothing."""
        biases = None if self.biases is None else [b.copy() for b in self.biases]
        self.net.weights, self.net.biases = [W.copy() for W in self.weights], biases

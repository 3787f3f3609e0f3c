"""One forward and one backward pass of ``train``, in the order of ``textbook.loss_and_gradients``.

Shapes, for a layer from H to C units: A (n_samples, H), W (H, C), b (C,), Z (n_samples, C); dV is
the gradient of the loss by V. An ensemble puts one more axis before these, the network's number,
but not before those of X and y.

``rate_dV`` is the learning rate times dV, what an update subtracts from V. The rate is multiplied
in at the output, where one multiplies anyway, and the way back carries it into every layer.
"""

from functools import partial

import numpy as np

from nn_tutorial.fast.calls import CALLS, constant, run, softmax


def sum_of_squares(v):
    """Return a function that sums the squares in v as they are then, for each network."""
    return partial(v.dot, v) if v.ndim == 1 else partial(np.vecdot, v, v)


class Passes:
    """The passes of one network, or ensemble, over the arrays X and y.

    ``weights`` and ``biases`` (None where there are none) are lists of arrays that are read in
    place; new values in them, in X and in y count from the next pass on. ``to_subtract`` is
    (rate_dW, rate_db, learning_rate): two lists of arrays like these, to be filled, and the rate.
    Without it there is no backward pass.
    """

    def __init__(self, weights, biases, activation, output, X, y, to_subtract=None):
        self.weights, self.biases, self.X, self.y = weights, biases, X, y
        self.softmax = output == "softmax"
        kinds = [activation] * (len(weights) - 1) + [output]
        self.activations = [CALLS.get(kind) for kind in kinds]
        # A[layer] goes into a layer, and A[layer + 1] comes out of it.
        self.Z, self.A = self._buffers(), [X, *self._buffers()]
        self.forward_calls = self._forward_calls() + self._error_calls()
        if to_subtract is not None:
            self.all_calls = self.forward_calls + self._backward_calls(*to_subtract)

    def measure(self):
        """Run the forward pass; return the mean loss: a number, or one for each network."""
        run(self.forward_calls)
        return self._loss()

    def measure_and_differentiate(self):
        """Run both passes; return the loss, with ``to_subtract`` filled."""
        run(self.all_calls)
        return self._loss()

    def load(self, X, y, rows):
        """Fill this object's X and y with some rows of larger ones."""
        for values, buffer in ((X, self.X), (y, self.y)):
            if values.flags.c_contiguous:
                # "clip", since to refuse rows that do not exist NumPy would make a copy first.
                values.take(rows, 0, buffer, "clip")
            else:  # take would copy all of values
                buffer[...] = values[rows]

    def _buffers(self):
        n_samples = len(self.X)
        return [np.empty((*W.shape[:-2], n_samples, W.shape[-1]), W.dtype) for W in self.weights]

    def _product(self, left, right, out):
        # A.dot takes a third of the time of np.matmul on small arrays, but knows no leading axis.
        if self.weights[0].ndim == 2:
            return partial(left.dot, right, out)
        return partial(np.matmul, left, right, out)

    def _forward_calls(self):
        calls = []
        for layer, (W, activation) in enumerate(zip(self.weights, self.activations, strict=True)):
            Z, A = self.Z[layer], self.A[layer + 1]
            calls.append(self._product(self.A[layer], W, Z))
            if self.biases is not None:
                # Each sample gets the same bias: in an ensemble it needs an axis to say so.
                calls.append(partial(np.add, Z, self.biases[layer][..., np.newaxis, :], Z))
            if activation is None:
                self.largest, self.total = np.empty((2, *Z.shape[:-1], 1), Z.dtype)
                calls += softmax(Z, A, self.largest, self.total)
            else:
                calls += activation.bend(Z, A)
        return calls

    def _error_calls(self):
        if self.softmax:
            return []
        self.error = np.empty_like(self.A[-1])
        flat = self.error.reshape(*self.weights[0].shape[:-2], -1)
        self.squared_error, self.n_errors = sum_of_squares(flat), flat.shape[-1]
        return [partial(np.subtract, self.A[-1], self.y, self.error)]

    def _loss(self):
        if not self.softmax:
            return self.squared_error() / self.n_errors
        # The softmax has left each row's largest logit, and the sum of its exponentials.
        of_label = self.Z[-1][..., np.arange(len(self.y)), self.y]
        losses = np.log(self.total[..., 0]) + (self.largest[..., 0] - of_label)
        return losses.sum(axis=-1) / len(self.y)

    def _backward_calls(self, rate_dW, rate_db, learning_rate):
        # No longer needed, Z takes the slopes. (Softmax has none, and its loss still reads Z.)
        rate_dZ, slopes = self._buffers(), self.Z
        calls = self._output_calls(rate_dZ[-1], slopes[-1], learning_rate)
        ones = np.ones(len(self.X), rate_dZ[-1].dtype)  # ones @ dZ is dZ.sum(axis=0), but faster
        for layer in reversed(range(len(self.weights))):
            A = self.A[layer]
            calls.append(self._product(A.mT, rate_dZ[layer], rate_dW[layer]))
            if rate_db is not None:
                calls.append(self._product(ones, rate_dZ[layer], rate_db[layer]))
            if layer:  # X has no gradient that anyone would use
                rate_dA = rate_dZ[layer - 1]
                calls.append(self._product(rate_dZ[layer], self.weights[layer].mT, rate_dA))
                calls += self.activations[layer - 1].slope(A, slopes[layer - 1])
                calls.append(partial(np.multiply, rate_dA, slopes[layer - 1], rate_dA))
        return calls

    def _output_calls(self, rate_dZ, slope, learning_rate):
        if self.softmax:
            n_samples = len(self.y)
            one_hot = np.empty(rate_dZ.shape[-2:], rate_dZ.dtype)
            return [
                partial(one_hot.fill, 0),
                partial(one_hot.__setitem__, (np.arange(n_samples), self.y), 1),
                partial(np.subtract, self.A[-1], one_hot, rate_dZ),
                partial(
                    np.multiply, rate_dZ, constant(learning_rate / n_samples, rate_dZ), rate_dZ
                ),
            ]
        share = constant(2 * learning_rate / self.n_errors, rate_dZ)
        return [
            partial(np.multiply, self.error, share, rate_dZ),
            *self.activations[-1].slope(self.A[-1], slope),
            partial(np.multiply, rate_dZ, slope, rate_dZ),
        ]

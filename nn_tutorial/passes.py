"""One forward and one backward pass, over arrays that are made once.

This is the only place where the network's mathematics is computed. Shapes, for a layer from H to
C units: A (n_samples, H), W (H, C), b (C,), Z (n_samples, C); dV is the gradient of the loss by V.
An ensemble puts one more axis in front of each, the network's number, but not in front of X and y.

On small arrays NumPy's time goes into being called, not into arithmetic. So which function works on
which arrays is written down once, as a list of calls, and a pass only runs down its list.
"""

from functools import partial

import numpy as np

from nn_tutorial.activations import ACTIVATIONS, OUTPUTS, constant, run, softmax_calls
from nn_tutorial.losses import cross_entropy_of_each


def silent():
    """Return a context without NumPy's warnings about overflow.

    Where exp overflows, the activation reaches its limit, as it should. Any other overflow leaves
    infinity or NaN in the result: ``train`` looks for it, ``Network`` returns it as it is.
    """
    return np.errstate(over="ignore", under="ignore", invalid="ignore")


def sum_of_squares(v):
    """Return a function that sums the squares in v as they are then, for each network."""
    return partial(v.dot, v) if v.ndim == 1 else partial(np.vecdot, v, v)


class Passes:
    """The passes of one network, or ensemble, over the arrays X and y.

    ``weights``, ``biases``, ``d_weights`` and ``d_biases`` are lists of arrays (the biases None
    where there are none). They are read and filled in place, and may be views; new values in X and
    y count from the next pass on. Without y there is no loss, without ``d_weights`` no backward
    pass. The gradients are those of ``scale`` times the loss.
    """

    def __init__(
        self, weights, biases, activation, output, X, y=None, d_weights=None, d_biases=None, scale=1
    ):
        self.weights, self.biases, self.X, self.y = weights, biases, X, y
        self.activations = [ACTIVATIONS[activation]] * (len(weights) - 1) + [OUTPUTS[output]]
        self.softmax = output == "softmax"
        # A[layer] goes into a layer, and A[layer + 1] comes out of it.
        self.Z, self.A = self._buffers(), [X, *self._buffers()]
        self.forward_calls = self._forward_calls()
        if y is not None:
            self.measure_calls = self.forward_calls + self._error_calls()
        if d_weights is not None:
            self.step_calls = self.measure_calls + self._backward_calls(d_weights, d_biases, scale)

    def forward(self):
        """Return the predictions for X, in an array that the next pass overwrites."""
        run(self.forward_calls)
        return self.A[-1]

    def measure(self):
        """Run the forward pass; return the mean loss: a number, or one for each network."""
        run(self.measure_calls)
        return self._loss()

    def step(self):
        """Run both passes; return the loss, with the gradients filled."""
        run(self.step_calls)
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
            if activation is None:  # softmax: its loss needs the largest logits and the sums, too
                self.largest, self.total = np.empty((2, *Z.shape[:-1], 1), Z.dtype)
                calls += softmax_calls(Z, A, self.largest, self.total)
            else:
                calls += activation.calls(Z, A)
        return calls

    def _error_calls(self):
        if self.softmax:
            return []
        self.error = np.empty_like(self.A[-1])
        flat = self.error.reshape(*self.weights[0].shape[:-2], -1)
        self.squared_error, self.n_errors = sum_of_squares(flat), flat.shape[-1]
        return [partial(np.subtract, self.A[-1], self.y, self.error)]

    def _loss(self):
        if self.softmax:
            return cross_entropy_of_each(self.Z[-1], self.y, self.largest, self.total)
        return self.squared_error() / self.n_errors

    def _backward_calls(self, d_weights, d_biases, scale):
        # No longer needed, Z takes the slopes. (Softmax has none, and its loss still reads Z.)
        dZ, slopes = self._buffers(), self.Z
        calls = self._output_calls(dZ[-1], slopes[-1], scale)
        ones = np.ones(len(self.X), dZ[-1].dtype)  # ones @ dZ is dZ.sum(axis=0), in less time
        for layer in reversed(range(len(self.weights))):
            A = self.A[layer]
            calls.append(self._product(A.mT, dZ[layer], d_weights[layer]))
            if d_biases is not None:
                calls.append(self._product(ones, dZ[layer], d_biases[layer]))
            if layer:  # X has no gradient that anyone would use
                dA = dZ[layer - 1]
                calls.append(self._product(dZ[layer], self.weights[layer].mT, dA))
                calls += self.activations[layer - 1].slope_calls(A, slopes[layer - 1])
                calls.append(partial(np.multiply, dA, slopes[layer - 1], dA))
        return calls

    def _output_calls(self, dZ, slope, scale):
        # The scale, in train the learning rate, goes in where one multiplies anyway.
        if self.softmax:
            n_samples, n_outputs = dZ.shape[-2:]
            one_hot = np.empty((n_samples, n_outputs), dZ.dtype)
            return [
                partial(one_hot.fill, 0),
                partial(one_hot.__setitem__, (np.arange(n_samples), self.y), 1),
                partial(np.subtract, self.A[-1], one_hot, dZ),
                partial(np.multiply, dZ, constant(scale / n_samples, dZ), dZ),
            ]
        return [
            partial(np.multiply, self.error, constant(2 * scale / self.n_errors, dZ), dZ),
            *self.activations[-1].slope_calls(self.A[-1], slope),
            partial(np.multiply, dZ, slope, dZ),
        ]

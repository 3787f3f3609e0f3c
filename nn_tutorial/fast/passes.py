"""One forward and one backward pass of ``train``, in the order of ``textbook.loss_and_gradients``.

Shapes, for a layer from H to C units: A (n_samples, H), W (H, C), b (C,), Z (n_samples, C); dV is
the gradient of the loss with respect to V. An ensemble puts one more axis before these, the
network's number, but not before those of X and y.

What differs from the textbook: results go into arrays that are made once, and some of these are
used twice; the loss is computed last; and instead of dV one finds ``step_V``, the learning rate
times dV. An update subtracts step_W and step_b. The rate is multiplied in at the output, where one
multiplies anyway, and the way back carries it through step_Z and step_A into every layer.
"""

from functools import partial

import numpy as np

from nn_tutorial.fast.calls import MAKERS, constant, run, softmax_calls


def summing_squares(v):
    """Return a function that sums the squares in v as they are when it is called, by network."""
    return partial(v.dot, v) if v.ndim == 1 else partial(np.vecdot, v, v)


class Passes:
    """The passes of one network, or ensemble, over the arrays X and y.

    ``weights`` and ``biases`` (None if there are none) are lists of arrays that are read in place;
    new values in them, in X and in y count from the next pass on. ``steps`` is (step_W, step_b),
    two lists of arrays like these, to be filled. Without it there is no backward pass.
    """

    def __init__(self, weights, biases, activation, output, X, y, steps=None, learning_rate=None):
        self.weights, self.biases, self.X, self.y = weights, biases, X, y
        self.softmax = output == "softmax"
        names = [activation] * (len(weights) - 1) + [output]
        self.makers = [None if name == "softmax" else MAKERS[name] for name in names]
        # A[layer] goes into a layer, and A[layer + 1] comes out of it.
        self.Z, self.A = self._buffers(), [X, *self._buffers()]
        self.forward_calls = self._forward_calls() + self._error_calls()
        if steps is not None:
            self.all_calls = self.forward_calls + self._backward_calls(*steps, learning_rate)

    def measure(self):
        """Run the forward pass; return the mean loss: a number, or one for each network."""
        run(self.forward_calls)
        return self._loss()

    def measure_and_differentiate(self):
        """Run both passes, which fill ``steps``; return the mean loss before the update."""
        run(self.all_calls)
        return self._loss()

    def copy_rows(self, X, y, rows):
        """Fill this object's X and y with some rows of larger ones."""
        for values, buffer in ((X, self.X), (y, self.y)):
            if values.flags.c_contiguous:
                # "clip": by default NumPy copies the result first, to check the rows' numbers.
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
        for layer, (W, makers) in enumerate(zip(self.weights, self.makers, strict=True)):
            Z, A = self.Z[layer], self.A[layer + 1]
            calls.append(self._product(self.A[layer], W, Z))
            if self.biases is not None:
                # Each sample gets the same bias: in an ensemble it needs an axis to say so.
                calls.append(partial(np.add, Z, self.biases[layer][..., np.newaxis, :], Z))
            if makers is None:  # softmax
                self.largest, self.total = np.empty((2, *Z.shape[:-1], 1), Z.dtype)
                calls += softmax_calls(Z, A, self.largest, self.total)
            else:
                calls += makers.bend_calls(Z, A)
        return calls

    def _error_calls(self):
        if self.softmax:
            return []
        self.error = np.empty_like(self.A[-1])
        flat = self.error.reshape(*self.weights[0].shape[:-2], -1)
        self.sum_squared_errors, self.n_errors = summing_squares(flat), flat.shape[-1]
        return [partial(np.subtract, self.A[-1], self.y, self.error)]

    def _loss(self):
        if not self.softmax:
            return self.sum_squared_errors() / self.n_errors
        # The softmax has left each row's largest logit, and the sum of its exponentials.
        of_label = self.Z[-1][..., np.arange(len(self.y)), self.y]
        losses = np.log(self.total[..., 0]) + (self.largest[..., 0] - of_label)
        return losses.sum(axis=-1) / len(self.y)

    def _backward_calls(self, step_W, step_b, learning_rate):
        # Z is not read again, so its arrays take the slopes. (Softmax has none, and its loss does
        # read the last Z.)
        step_Z, slopes = self._buffers(), self.Z
        calls = self._output_calls(step_Z[-1], slopes[-1], learning_rate)
        ones = np.ones(len(self.X), step_Z[-1].dtype)  # ones @ dZ sums dZ over samples, faster
        for layer in reversed(range(len(self.weights))):
            A = self.A[layer]
            calls.append(self._product(A.mT, step_Z[layer], step_W[layer]))
            if step_b is not None:
                calls.append(self._product(ones, step_Z[layer], step_b[layer]))
            if layer:  # X has no gradient that anyone would use
                step_A = step_Z[layer - 1]  # turned into the step of Z in place
                calls.append(self._product(step_Z[layer], self.weights[layer].mT, step_A))
                calls += self.makers[layer - 1].slope_calls(A, slopes[layer - 1])
                calls.append(partial(np.multiply, step_A, slopes[layer - 1], step_A))
        return calls

    def _output_calls(self, step_Z, slope, learning_rate):
        if self.softmax:
            n_samples = len(self.y)
            one_hot = np.empty(step_Z.shape[-2:], step_Z.dtype)
            return [
                partial(one_hot.fill, 0),
                partial(one_hot.__setitem__, (np.arange(n_samples), self.y), 1),
                partial(np.subtract, self.A[-1], one_hot, step_Z),
                partial(np.multiply, step_Z, constant(learning_rate / n_samples, step_Z), step_Z),
            ]
        share = constant(2 * learning_rate / self.n_errors, step_Z)
        return [
            partial(np.multiply, self.error, share, step_Z),
            *self.makers[-1].slope_calls(self.A[-1], slope),
            partial(np.multiply, step_Z, slope, step_Z),
        ]

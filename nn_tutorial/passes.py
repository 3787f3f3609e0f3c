"""One forward and one backward pass, over buffers that are made once.

This is the only place where the network's mathematics is computed. Shapes, for a layer from H to
C units: A (n_samples, H), W (H, C), b (C,), Z (n_samples, C); dV is the gradient of the loss by V.
An ensemble puts one more axis in front of each, the network's number, but not in front of X and y.
"""

import numpy as np

from nn_tutorial.activations import ACTIVATIONS, OUTPUTS
from nn_tutorial.losses import cross_entropy_of_each


def silent():
    """Return a context without NumPy's warnings about overflow.

    Where exp overflows, the activation reaches its limit, as it should. Any other overflow leaves
    infinity or NaN in the result: ``train`` looks for it, ``Network`` returns it as it is.
    """
    return np.errstate(over="ignore", under="ignore", invalid="ignore")


class Passes:
    """The passes of one network, or ensemble, over batches of one size.

    ``weights``, ``biases``, ``d_weights`` and ``d_biases`` are lists of arrays (the biases None
    where there are none). They are read and filled in place, and may be views. Without
    ``d_weights`` there is no backward pass, and no buffer for it.
    """

    def __init__(
        self, weights, biases, activation, output, n_samples, d_weights=None, d_biases=None
    ):
        def buffers(layers):
            return [np.empty((*W.shape[:-2], n_samples, W.shape[-1]), W.dtype) for W in layers]

        n_layers, ensemble = len(weights), weights[0].ndim == 3
        self.weights, self.d_weights, self.d_biases = weights, d_weights, d_biases
        # A bias row is added to every sample: in an ensemble it needs an axis to say so.
        biases = [None] * n_layers if biases is None else [b[..., None, :] for b in biases]
        # np.dot takes half the time of np.matmul on small matrices, but knows no leading axis.
        self.product, self.dot = (np.matmul, np.vecdot) if ensemble else (np.dot, np.dot)

        self.softmax = output == "softmax"
        self.hidden, self.output = ACTIVATIONS[activation], OUTPUTS[output]
        applies = [self.hidden.apply] * (n_layers - 1) + [self.output.apply]

        self.Z, self.A = buffers(weights), buffers(weights)
        self.layers = list(zip(weights, biases, self.Z, self.A, applies, strict=True))
        self.error = np.empty_like(self.A[-1])
        self.flat_error = self.error.reshape(*weights[0].shape[:-2], -1)
        self.n_samples, self.n_errors = n_samples, self.flat_error.shape[-1]
        if d_weights is not None:
            self.dZ = [*buffers(weights[:-1]), self.error]
            self.slopes = buffers(weights[:-1] if self.softmax else weights)
            self.ones = np.ones(n_samples, weights[0].dtype)

    def forward(self, X):
        """Return the predictions for X, in a buffer that the next call overwrites."""
        A = X
        for W, b, Z, A_next, apply in self.layers:
            self.product(A, W, out=Z)
            if b is not None:
                np.add(Z, b, out=Z)
            apply(Z, A_next)
            A = A_next
        return A

    def loss(self, y):
        """Return the mean loss of the last forward pass: a number, or one for each network."""
        if self.softmax:
            return cross_entropy_of_each(self.Z[-1], y)
        np.subtract(self.A[-1], y, out=self.error)
        return self.dot(self.flat_error, self.flat_error) / self.n_errors

    def backward(self, X, y, scale=1.0):
        """Fill the gradients of ``scale`` times the loss; forward and loss must have run before.

        The scale goes in where everything else is multiplied anyway, at the output.
        """
        dZ = self._output_error(y, scale)
        for layer in reversed(range(len(self.weights))):
            A = self.A[layer - 1] if layer else X
            self.product(A.mT, dZ, out=self.d_weights[layer])
            if self.d_biases is not None:
                self.product(self.ones, dZ, out=self.d_biases[layer])
            if layer:  # X has no gradient that anyone would use
                slope, previous = self.slopes[layer - 1], self.dZ[layer - 1]
                self.product(dZ, self.weights[layer].mT, out=previous)
                self.hidden.slope_from_activation(A, slope)
                dZ = np.multiply(previous, slope, out=previous)

    def measure(self, X, y):
        """Run the forward pass; return the loss."""
        self.forward(X)
        return self.loss(y)

    def step(self, X, y, scale=1.0):
        """Run both passes; return the loss, with the gradients filled."""
        loss = self.measure(X, y)
        self.backward(X, y, scale)
        return loss

    def _output_error(self, y, scale):
        dZ, A = self.error, self.A[-1]
        if self.softmax:
            np.copyto(dZ, A)
            dZ[..., np.arange(self.n_samples), y] -= 1
            return np.multiply(dZ, scale / self.n_samples, out=dZ)
        np.multiply(dZ, 2 * scale / self.n_errors, out=dZ)
        self.output.slope_from_activation(A, self.slopes[-1])
        return np.multiply(dZ, self.slopes[-1], out=dZ)

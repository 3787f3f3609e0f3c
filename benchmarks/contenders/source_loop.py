"""The loop of the tutorial that the series re-teaches, as it is described: three forward passes.

A step runs the network for the predictions that it prints, once more for the loss that it prints,
and a third time to learn. It prints the step, the inputs, the targets, the predictions and the
loss; here they go nowhere. (The facts are that tutorial's, the code is ours.)
"""

import contextlib
import os

import numpy as np

from nn_tutorial import Network


class NeuralNetwork:
    """Two layers of weights, no biases; a learning rate of 1 on half the sum of squares."""

    def __init__(self, W1, W2):
        self.W1, self.W2 = W1.copy(), W2.copy()

    def sigmoid(self, z):
        """Return 1 / (1 + e^-z)."""
        return 1 / (1 + np.exp(-z))

    def forward(self, X):
        """Return the predictions, keeping the hidden layer."""
        self.A1 = self.sigmoid(np.dot(X, self.W1))
        return self.sigmoid(np.dot(self.A1, self.W2))

    def learn(self, X, y):
        """Take one step."""
        A2 = self.forward(X)
        dZ2 = (y - A2) * A2 * (1 - A2)
        dZ1 = dZ2.dot(self.W2.T) * self.A1 * (1 - self.A1)
        self.W1 += X.T.dot(dZ1)
        self.W2 += self.A1.T.dot(dZ2)


def printing(work):
    """Return a function that runs the loop with its prints, to nowhere."""
    return _loop(work, say=print)


def silent(work):
    """Return a function that runs the loop without its prints, still three passes a step."""
    return _loop(work, say=None)


def _loop(work, say):
    X, y = work.X, work.y

    def run():
        net = NeuralNetwork(*work.start.weights)
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            for step in range(work.epochs):
                predicted = net.forward(X)
                loss = np.mean(np.square(y - net.forward(X)))
                if say is not None:
                    say(f"# {step}\n")
                    say(f"inputs (scaled):\n{X}")
                    say(f"targets:\n{y}")
                    say(f"predictions:\n{predicted}")
                    say(f"loss:\n{loss}")
                    say("\n")
                net.learn(X, y)
        return Network.from_weights([net.W1, net.W2])

    return run

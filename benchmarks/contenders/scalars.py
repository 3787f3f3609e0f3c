"""micrograd: automatic differentiation of single numbers, as chapter 16 builds it."""

from importlib.metadata import version
from math import exp

from micrograd.engine import Value

from nn_tutorial import Network

VERSIONS = {"micrograd": version("micrograd")}


def sigmoid(z):
    """Return the sigmoid of a Value; micrograd itself has only ReLU."""
    a = 1 / (1 + exp(-z.data))
    out = Value(a, (z,), "sigmoid")

    def backward():
        z.grad += a * (1 - a) * out.grad

    out._backward = backward
    return out


def fit(work):
    """Return a function that trains once from the start, and returns the network."""
    students = list(zip(work.X.tolist(), work.y[:, 0].tolist(), strict=True))

    def run():
        W1, W2 = ([[Value(w) for w in row] for row in W.tolist()] for W in work.start.weights)
        values = [w for row in W1 + W2 for w in row]
        losses = []
        for _ in range(work.epochs):
            loss = Value(0.0)
            for x, target in students:
                hidden = [
                    sigmoid(x[0] * w_studied + x[1] * w_slept)
                    for w_studied, w_slept in zip(*W1, strict=True)
                ]
                out = sigmoid(sum(a * w for a, (w,) in zip(hidden, W2, strict=True)))
                loss += (out - target) ** 2
            loss *= 1 / len(students)
            for value in values:
                value.grad = 0
            loss.backward()
            for value in values:
                value.data -= work.learning_rate * value.grad
            losses.append(loss.data)
        return Network.from_weights([[[w.data for w in row] for row in W] for W in (W1, W2)])

    return run

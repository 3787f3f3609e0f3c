"""The textbook version, ``nn_tutorial.textbook``: a new array for every symbol, nothing reused.

``fit`` says what training means, for all others to be compared with. ``chapter_08`` is the code of
that chapter itself.
"""

import numpy as np
import works
from notebook_functions import functions_of

from nn_tutorial import Network, textbook


def fit(work):
    """Return a function that trains once from the start, and returns the network."""
    start = work.start
    kind = {"activation": start.activation, "output": start.output}

    def run():
        rng = None if work.batch_size is None else work.rng()
        weights, biases, _ = textbook.train(
            work.X, work.y, start.weights, start.biases, *kind.values(), work.epochs,
            work.learning_rate, work.batch_size, rng,
        )  # fmt: skip
        return Network.from_weights(weights, biases, dtype=start.dtype, **kind)

    return run


def difference(net, work):
    """Return the largest difference of net's parameters from those found here, in float64."""
    pairs = [(net, work.start)]
    if net.n_networks is not None:  # a few members will do, taken one at a time
        pairs = [(net.member(k), work.start.member(k)) for k in (0, 1, net.n_networks - 1)]
    largest = 0.0
    for found, start in pairs:
        expected = fit(works.in_float64(work, start))()
        for a, b in zip(
            found.weights + (found.biases or []),
            expected.weights + (expected.biases or []),
            strict=True,
        ):
            largest = max(largest, float(np.abs(a - b).max()))
    return largest


def chapter_08(work):
    """Return a function that runs the loop of chapter 08, the reader's own."""
    train = functions_of("08_train_the_network")["train"]

    def run():
        W1, W2, _ = train(work.X, work.y, *work.start.weights, work.epochs, work.learning_rate)
        return Network.from_weights([W1, W2])

    return run

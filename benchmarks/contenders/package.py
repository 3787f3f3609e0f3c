"""nn_tutorial's ``train``, as a reader calls it."""

import numpy

from nn_tutorial import Network, train

VERSIONS = {"NumPy": numpy.__version__}


def fit(work):
    """Return a function that trains once from the start, and returns the network."""

    def run():
        net = copy_of(work.start)
        rng = None if work.batch_size is None else work.rng()
        train(
            net, work.X, work.y, work.epochs, work.learning_rate,
            batch_size=work.batch_size, rng=rng,
        )  # fmt: skip
        return net

    return run


def copy_of(net):
    """Return a network with copies of net's weights."""
    return Network.from_weights(
        net.weights, net.biases, activation=net.activation, output=net.output, dtype=net.dtype
    )


def one_by_one(work):
    """Return a function that trains the members of an ensemble apart, and returns them together."""
    members = [work.start.member(k) for k in range(work.start.n_networks)]

    def run():
        nets = [copy_of(member) for member in members]
        for net in nets:
            train(net, work.X, work.y, work.epochs, work.learning_rate)
        return Network.from_weights(
            [numpy.stack(layers) for layers in zip(*(net.weights for net in nets), strict=True)]
        )

    return run

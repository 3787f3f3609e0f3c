"""Small networks and data to train them on, the textbook's training, and how to compare results."""

import numpy as np
from hypothesis import strategies as st

from nn_tutorial import Network, textbook
from nn_tutorial.activations import ACTIVATIONS, OUTPUTS


def data(n_samples=20, n_features=3, n_outputs=2, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features))
    return X, 1 / (1 + np.exp(-X @ rng.normal(size=(n_features, n_outputs))))


KINDS = st.fixed_dictionaries(
    {
        "activation": st.sampled_from(sorted(ACTIVATIONS)),
        "output": st.sampled_from(sorted(OUTPUTS)),
        "bias": st.booleans(),
    }
)


def data_for(kind, n_samples, seed):
    X, y = data(n_samples, seed=seed)
    return X, y.argmax(axis=1) if kind["output"] == "softmax" else y


def network(**kind):
    return Network([3, 4, 2], rng=np.random.default_rng(1), **kind)


def by_the_textbook(net, X, y, epochs, learning_rate, batch_size=None, rng=None):
    """Return a network trained as the textbook says, and its losses; net stays as it is."""
    kind = {"activation": net.activation, "output": net.output}
    with np.errstate(over="ignore"):
        batches = () if batch_size is None else (batch_size, rng)
        weights, biases, losses = textbook.train(
            X, y, net.weights, net.biases, *kind.values(), epochs, learning_rate, *batches
        )
    assert type(losses) is np.ndarray
    return Network.from_weights(weights, biases, dtype=net.dtype, **kind), losses


def parameters(net):
    return net.weights + (net.biases or [])


def same(a, b, **tolerance):
    pairs = zip(parameters(a), parameters(b), strict=True)
    return all(
        np.allclose(p, q, **tolerance) if tolerance else np.array_equal(p, q) for p, q in pairs
    )

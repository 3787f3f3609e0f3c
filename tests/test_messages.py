"""Slips that users of such libraries reported: the message names the cause, its remedy works."""

import re

import numpy as np
import pytest

from nn_tutorial import (
    MaxScaler,
    Network,
    exam_scores,
    numerical_gradients,
    relative_error,
    train,
)
from nn_tutorial.losses import cross_entropy

SCORES = exam_scores()
X, Y = MaxScaler().fit_transform(SCORES.X), SCORES.y / 100


def network(**kind):
    return Network([2, 3, 1], rng=np.random.default_rng(0), **kind)


def classifier(n_features=2, n_outputs=3):
    return Network([n_features, n_outputs], rng=np.random.default_rng(0), output="softmax")


SCALER, NET = MaxScaler().fit(SCORES.X), network()
LABELS, NAN = np.array([0, 2, 1]), float("nan")
IMAGES = np.ones((3, 8, 8))

# (what was called, a pattern of the message)
SLIPS = [
    # One sample, or one feature, in place of a table
    (lambda: SCALER.transform([4, 8]), r"fitted to \(n_samples, 2\); .*: pass \[\[4, 8\]\]$"),
    (lambda: SCALER.inverse_transform([1, 1]), r"one sample: pass \[\[1, 1\]\]$"),
    (lambda: NET.predict([4, 8]), r"takes \(n_samples, 2\); .*: pass \[\[4, 8\]\]$"),
    (lambda: classifier(64).predict(np.ones(64)), r"one sample: pass X\[np\.newaxis, :\]"),
    (lambda: SCALER.fit([2, 1, 3]), r"one column: pass np\.array\(X\)\[:, np\.newaxis\]"),
    (lambda: NET.predict(X.T), r"shape \(2, 3\).*; samples are rows: pass X\.T"),
    (lambda: classifier(64).predict(IMAGES), r"pass X\.reshape\(len\(X\), 64\)"),
    # Columns that carry nothing
    (
        lambda: MaxScaler().fit([[0, 1, 0], [0, 2, 0]]),
        r"columns 0, 2 of X hold nothing but zeros.*drop .*np\.delete\(X, \[0, 2\], axis=1\)",
    ),
    # Things in place of arrays, and in the wrong place
    (lambda: NET.predict(NET), "X is something of type Network, where numbers are wanted"),
    (
        lambda: Network.from_weights(NET),
        "weights must be a list of arrays.*not something of type Network",
    ),
    (
        lambda: Network.from_weights(NET.gradients(X, Y)),
        "weights must be a list of arrays.*not something of type Gradients",
    ),
    (
        lambda: Network.from_weights(np.ones((2, 1))),
        r"one array of shape \(2, 1\).*such as \[W1, W2\]",
    ),
    (lambda: Network.from_weights([np.ones((2, 1))], True), "biases must be a list .*not True"),
    (lambda: train(X, Y, NET), r"^train\(net, X, y\) takes a Network first, not .*ndarray"),
    (lambda: train(SCORES.X.tolist(), Y, NET), "takes a Network first, not something of type list"),
    (lambda: numerical_gradients(X, Y, NET), r"^numerical_gradients\(net, X, y\) takes a Network"),
    (lambda: NET.loss(Y, X), r"X has shape \(3, 1\) and y \(3, 2\).*have changed places"),
    (lambda: train(NET, X, Y, validation=(Y, X)), "validation .*: .*have changed places"),
    (lambda: cross_entropy(LABELS, np.ones((3, 4))), "logits first, labels second"),
    # Targets and labels
    (lambda: NET.loss(X, Y[:, 0]), r"pass y\[:, np\.newaxis\]"),
    (lambda: NET.loss(X, Y[:, 0].tolist()), r"pass np\.array\(y\)\[:, np\.newaxis\]"),
    (lambda: classifier().loss(X, LABELS[:, np.newaxis]), r"\(3, 1\).*\(3,\): pass y\.ravel\(\)"),
    (lambda: classifier().loss(X, np.eye(3)), r"pass y\.argmax\(axis=1\)"),
    (lambda: classifier().loss(X, LABELS + 1), r"from 1 to 3, .* from 0 to 2: pass y - 1"),
    (lambda: classifier().loss(X, [[0], [1, 2], 0]), "y has rows of unequal length"),
    (
        lambda: classifier().loss(X, ["a", "b", "c"]),
        r"labels = np\.unique\(y, return_inverse=True\)",
    ),
    # Targets that a sigmoid can't reach
    (lambda: train(network(), X, SCORES.y), "from 86 to 92, .*points by 100.*output='identity'"),
    (lambda: train(network(), X, 2 * (Y > 0.88) - 1.0), "from -1 to 1, but a sigmoid"),
    (lambda: train(network(), X, Y, validation=(X, SCORES.y)), "validation .*from 86 to 92"),
    (lambda: train(NET, X, Y, validation=X), r"validation must be a pair \(X, y\), not .*ndarray"),
    (lambda: train(NET, X, Y, validation=X[:2]), r"validation must be a pair"),
    # Gradients, compared all at once
    (
        lambda: relative_error(NET.gradients(X, Y), NET.gradients(X, Y)),
        r"a is of type Gradients, .*: pass a part of it, such as a\.weights",
    ),
    (
        lambda: relative_error(NET.gradients(X, Y).weights, NET.weights),
        r"a is a list of arrays of the shapes \[\(2, 3\), \(3, 1\)\]: pass one at a time",
    ),
    # Settings
    (lambda: network(activation=np.tanh), "one of sigmoid, tanh, relu, not the function tanh"),
    (lambda: train(Network, X, Y), "takes a Network first, not the class Network"),
    (lambda: train(NET, X, Y, learning_rate="0.5"), "one positive number, not '0.5'"),
    (lambda: train(NET, X, Y, learning_rate=[0.5]), r"one positive number, not \[0.5\]"),
    (lambda: train(NET, X, Y, learning_rate=1j), "one positive number, not 1j"),
    (lambda: train(NET, X, Y, learning_rate=NAN), "positive and finite, not nan"),
    (lambda: train(NET, X, Y, epochs=1e3), r"epochs must be a whole number, not 1000\.0"),
    (lambda: network(n_networks=2).member("a"), "k must be a whole number, not 'a'"),
    (lambda: Network(np.random.default_rng(0)), "sizes must name inputs and outputs"),
]


@pytest.mark.parametrize(("slip", "message"), SLIPS)
def test_a_slip_is_named_with_its_remedy(slip, message):
    with pytest.raises(ValueError, match=message) as refused:
        slip()
    assert not re.search(
        r"\b_\w|allow_pickle|truth value|inhomogeneous|subscript", str(refused.value)
    )


def test_a_network_that_does_not_exist_is_said_to():
    with pytest.raises(IndexError, match=r"no network 5: they are numbered 0 to 3"):
        network(n_networks=4).member(5)


def test_a_network_whose_activation_was_replaced_by_no_activation_says_so():
    net = network()
    net.activation = "sigmod"
    with pytest.raises(ValueError, match="one of sigmoid, tanh, relu, not 'sigmod'"):
        net.predict(X)


def test_each_remedy_works():
    assert SCALER.transform([[4.0, 8.0]]).shape == (1, 2)
    assert NET.predict(X.T.T).shape == (3, 1)
    assert classifier(64).predict(IMAGES.reshape(len(IMAGES), 64)).shape == (3, 3)
    assert MaxScaler().fit(np.delete(np.array([[0, 1, 0], [0, 2, 0]]), [0, 2], axis=1)).maximum == 2
    assert classifier().loss(X, LABELS[:, np.newaxis].ravel()) > 0
    _, labels = np.unique(["b", "a", "c"], return_inverse=True)
    assert classifier().loss(X, labels) > 0
    train(network(output="identity"), X, SCORES.y, epochs=1, learning_rate=1e-6)


def test_only_training_minds_targets_that_a_sigmoid_cannot_reach():
    assert NET.loss(X, SCORES.y) > 7000
    assert np.isfinite(NET.gradients(X, SCORES.y).weights[0]).all()
    train(NET, X, [[0], [1], [0]], epochs=1)


def test_the_trap_of_cross_entropy_is_the_one_that_its_docstring_shows():
    logits = np.log([[0.9, 0.05, 0.05]])
    assert f"{cross_entropy(logits, [0]):.4f}" in cross_entropy.__doc__
    assert f"{cross_entropy(np.exp(logits), [0]):.4f}" in cross_entropy.__doc__

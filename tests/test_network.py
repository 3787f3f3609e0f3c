"""Networks: gradients against nudging, purity, ensembles, and refused input."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nn_tutorial import Gradients, Network, numerical_gradients, relative_error
from nn_tutorial.losses import cross_entropy, mean_squared_error

KINDS = {
    "activation": st.sampled_from(["sigmoid", "tanh", "relu"]),
    "output": st.sampled_from(["sigmoid", "identity", "softmax"]),
    "bias": st.booleans(),
    "n_networks": st.sampled_from([None, 1, 3]),
}


def rng():
    return np.random.default_rng(0)


def make(sizes=(4, 3, 2), seed=0, **kind):
    """Return a network whose biases are not 0, so that no ReLU sits exactly in its corner."""
    generator = np.random.default_rng(seed)
    net = Network(sizes, rng=generator, **kind)
    if net.biases is not None:
        net.biases = [generator.normal(size=b.shape).astype(b.dtype) for b in net.biases]
    return net


def samples(net, n_samples=5, seed=1):
    generator = np.random.default_rng(seed)
    X = generator.normal(size=(n_samples, net.sizes[0]))
    if net.output == "softmax":
        return X, generator.integers(0, net.sizes[-1], n_samples)
    return X, generator.random((n_samples, net.sizes[-1]))


def near_a_corner(net, X):
    """Say whether a nudge could carry a ReLU neuron across 0, where it has no slope."""
    A, biases = X, net.biases or [np.zeros(n) for n in net.sizes[1:]]
    for W, b in zip(net.weights[:-1], biases[:-1], strict=True):
        Z = A @ W + b[..., None, :]
        if (np.abs(Z[Z != 0]) < 1e-3).any():
            return True
        A = np.maximum(Z, 0)
    return False


@settings(max_examples=150, deadline=None)
@given(
    kind=st.fixed_dictionaries(KINDS),
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    n_samples=st.integers(1, 5),
    seed=st.integers(0, 1000),
)
def test_gradients_agree_with_nudging_for_every_network(kind, sizes, n_samples, seed):
    net = make(sizes, seed, **kind)
    X, y = samples(net, n_samples, seed)
    assume(kind["activation"] != "relu" or not near_a_corner(net, X))
    exact, nudged = net.gradients(X, y), numerical_gradients(net, X, y)
    for name in ("weights", "biases"):
        pairs = zip(getattr(exact, name) or [], getattr(nudged, name) or [], strict=True)
        for a, b in pairs:
            assert a.shape == b.shape
            # A gradient of a saturated network may be too small to be measured.
            assert relative_error(a, b) < 1e-6 or np.abs(a - b).max() < 1e-9


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("n_networks", [None, 3])
def test_a_wrong_gradient_is_told_from_a_right_one(bias, n_networks):
    net = make(bias=bias, n_networks=n_networks)
    X, y = samples(net)
    exact, nudged = net.gradients(X, y), numerical_gradients(net, X, y)
    assert relative_error(exact.weights[0], nudged.weights[0]) < 1e-8
    assert relative_error(1.001 * exact.weights[0], nudged.weights[0]) > 1e-4


def test_the_loss_is_the_one_of_the_losses_module():
    net = make()
    X, y = samples(net)
    assert np.isclose(net.loss(X, y), mean_squared_error(net.predict(X), y), rtol=1e-14)
    net = Network.from_weights([np.arange(8.0).reshape(4, 2)], output="softmax")
    X, y = samples(net)
    assert np.isclose(net.loss(X, y), cross_entropy(X @ net.weights[0], y), rtol=1e-14)


@pytest.mark.parametrize("output", ["sigmoid", "identity", "softmax"])
def test_a_member_of_an_ensemble_answers_like_the_network_alone(output):
    nets = make(output=output, n_networks=4)
    X, y = samples(nets)
    assert nets.predict(X).shape == (4, 5, 2)
    assert nets.loss(X, y).shape == (4,)
    for k in range(4):
        net = nets.member(k)
        assert np.allclose(nets.predict(X)[k], net.predict(X), rtol=1e-12)
        assert np.isclose(nets.loss(X, y)[k], net.loss(X, y), rtol=1e-12)
        for together, alone in zip(
            nets.gradients(X, y).weights, net.gradients(X, y).weights, strict=True
        ):
            assert np.allclose(together[k], alone, rtol=1e-12, atol=1e-15)


def test_an_ensemble_is_drawn_like_its_members_one_after_the_other():
    nets, one_by_one = Network([2, 3, 1], rng=rng(), n_networks=3), rng()
    for k in range(3):
        net = Network([2, 3, 1], rng=one_by_one)
        assert all(
            np.array_equal(a, b) for a, b in zip(nets.member(k).weights, net.weights, strict=True)
        )


@pytest.mark.parametrize(
    ("activation", "spread"), [("tanh", np.sqrt(2 / 900)), ("relu", np.sqrt(2 / 400))]
)
def test_weights_are_drawn_as_glorot_and_he_say(activation, spread):
    net = Network([400, 500], rng=rng(), activation=activation)
    assert np.isclose(net.weights[0].std(), spread, rtol=0.01)
    assert abs(net.weights[0].mean()) < 0.01 * spread
    assert not net.biases[0].any()


def test_softmax_survives_logits_of_a_thousand():
    net = Network.from_weights([[[1000.0, -1000.0]]], output="softmax")
    assert net.predict([[1.0]]).tolist() == [[1.0, 0.0]]
    assert net.loss([[1.0]], np.array([1])) == 2000
    assert np.isfinite(net.gradients([[1.0]], np.array([1])).weights[0]).all()


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_float32_stays_float32(output):
    net = make(output=output, dtype=np.float32)
    X, y = samples(net)
    gradients = net.gradients(X, y)
    assert net.predict(X).dtype == np.float32
    assert {a.dtype for a in gradients.weights + gradients.biases} == {np.dtype(np.float32)}
    for a, b in zip(gradients.weights, numerical_gradients(net, X, y).weights, strict=True):
        assert relative_error(a, b) < 1e-5


def test_hidden_neurons_in_another_order_are_the_same_function():
    net = make((4, 5, 2))
    X, _ = samples(net)
    order = [3, 1, 4, 0, 2]
    (W1, W2), (b1, b2) = net.weights, net.biases
    swapped = Network.from_weights([W1[:, order], W2[order]], [b1[order], b2])
    assert np.allclose(swapped.predict(X), net.predict(X), rtol=1e-14)


def test_from_weights_copies():
    W1, W2 = np.ones((2, 3)), np.ones((3, 1))
    net = Network.from_weights([W1, W2])
    W1[0, 0] = 99
    assert net.weights[0][0, 0] == 1


def test_asking_changes_nothing():
    net = make()
    X, y = samples(net)
    before = [a.copy() for a in net.weights + net.biases]
    X_before, y_before = X.copy(), y.copy()
    first = net.predict(X)
    net.loss(X, y)
    net.gradients(X, y)
    numerical_gradients(net, X, y)
    assert np.array_equal(first, net.predict(X))
    assert not np.shares_memory(first, net.predict(X))
    assert all(np.array_equal(a, b) for a, b in zip(before, net.weights + net.biases, strict=True))
    assert np.array_equal(X, X_before)
    assert np.array_equal(y, y_before)


def test_several_threads_may_ask_at_once():
    net = make((4, 30, 2))
    inputs = [np.random.default_rng(i).normal(size=(50, 4)) for i in range(40)]
    alone = [net.predict(X) for X in inputs]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(net.predict, inputs))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_gradients_without_biases_say_none():
    net = make(bias=False)
    gradients = net.gradients(*samples(net))
    assert isinstance(gradients, Gradients)
    assert gradients.biases is None
    assert net.biases is None


def test_relative_error_of_equal_and_opposite_arrays():
    assert relative_error([1.0, 2.0], [1.0, 2.0]) == 0
    assert relative_error([0.0], [0.0]) == 0
    assert relative_error([1.0], [-1.0]) == 2
    assert np.isclose(relative_error([1.0], [1.1]), 0.1 / 1.1)
    with pytest.raises(ValueError, match="shape"):
        relative_error([1.0], [[1.0]])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sizes": [2]}, "inputs and outputs"),
        ({"sizes": [2, 0, 1]}, "at least 1, not 0"),
        ({"sizes": [2, 2.5, 1]}, "whole number"),
        ({"rng": None}, "default_rng"),
        ({"rng": 42}, "default_rng"),
        ({"activation": "sigmod"}, "one of sigmoid, tanh, relu"),
        ({"output": "relu"}, "one of sigmoid, identity, softmax"),
        ({"dtype": np.int64}, "float64 or float32"),
        ({"n_networks": 0}, "n_networks must be at least 1"),
    ],
)
def test_a_network_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Network(**({"sizes": [2, 3, 1], "rng": rng()} | arguments))


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([], None, "do not follow"),
        ([np.ones(3)], None, "do not follow"),
        ([np.ones((2, 3)), np.ones((2, 1))], None, r"\(2, 3\), \(2, 1\)"),
        ([np.ones((5, 2, 3)), np.ones((4, 3, 1))], None, "do not follow"),
        ([np.ones((2, 3)), np.ones((5, 3, 1))], None, "do not follow"),
        ([np.ones((2, 1))], [np.ones(2)], r"\(2,\).*call for \[\(1,\)\]"),
        ([[[np.nan]]], None, r"weights\[0\] holds nan"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights, biases, message):
    with pytest.raises(ValueError, match=message):
        Network.from_weights(weights, biases)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.ones((3, 3)), r"\(3, 3\).*\(n_samples, 2\)"),
        (np.ones(2), r"X\[np.newaxis, :\]"),
        (np.ones((0, 2)), "empty"),
        ([[1, np.nan]], r"nan at index \(0, 1\)"),
        ([[1, -np.inf]], r"-inf at index \(0, 1\)"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(X, message):
    with pytest.raises(ValueError, match=message):
        make((2, 3, 1)).predict(X)


def test_a_nan_deep_inside_large_data_is_found():
    X = np.ones((100_000, 2))
    X[98_765, 1] = np.nan
    with pytest.raises(ValueError, match=r"nan at index \(98765, 1\)"):
        make((2, 3, 1)).predict(X)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.ones(3), r"y\[:, np.newaxis\]"),
        (np.ones((3, 2)), r"call for \(3, 1\)"),
        (np.ones((4, 1)), r"call for \(3, 1\)"),
        ([[1], [np.nan], [1]], r"nan at index \(1, 0\)"),
    ],
)
def test_targets_that_do_not_fit_are_refused(y, message):
    net = make((2, 3, 1))
    for ask in (net.loss, net.gradients):
        with pytest.raises(ValueError, match=message):
            ask(np.ones((3, 2)), y)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.array([0, 1, 2]), "labels run from 0 to 2"),
        (np.array([0, -1, 1]), "labels run from -1"),
        (np.array([0.0, 1.0, 1.0]), "must be integers"),
        (np.array([0, 1]), r"labels of shape \(3,\)"),
        (np.eye(3, 2), r"argmax\(axis=1\)"),
    ],
)
def test_labels_that_do_not_fit_are_refused(y, message):
    with pytest.raises(ValueError, match=message):
        make((2, 3, 2), output="softmax").loss(np.ones((3, 2)), y)


def test_a_replaced_weight_of_the_wrong_shape_is_noticed():
    net = make((2, 3, 1))
    net.weights[0] = np.ones((2, 4))
    with pytest.raises(ValueError, match="do not follow"):
        net.predict([[1, 2]])


def test_a_single_network_has_no_members():
    with pytest.raises(ValueError, match="not an ensemble"):
        make().member(0)


def test_a_nudge_must_be_positive():
    net = make()
    with pytest.raises(ValueError, match="epsilon"):
        numerical_gradients(net, *samples(net), epsilon=0)

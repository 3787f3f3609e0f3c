"""Networks: gradients against nudging, purity, ensembles, and refused input."""

import copy
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nn_tutorial import Gradients, Network, numerical_gradients, relative_error, train
from nn_tutorial.activations import ACTIVATIONS, OUTPUTS
from nn_tutorial.arrays import as_finite
from nn_tutorial.losses import cross_entropy, mean_squared_error

KINDS = {
    "activation": st.sampled_from(sorted(ACTIVATIONS)),
    "output": st.sampled_from(sorted(OUTPUTS)),
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


def test_the_loss_is_a_float_and_of_an_ensemble_an_array():
    for kind in ({}, {"output": "softmax"}, {"dtype": np.float32}):
        net = make(**kind)
        assert type(net.loss(*samples(net))) is float
        nets = make(n_networks=3, **kind)
        loss = nets.loss(*samples(nets))
        assert (loss.shape, loss.dtype) == ((3,), nets.dtype)


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


@pytest.mark.parametrize(
    "kind",
    [{"activation": "relu", "output": "softmax"}, {"dtype": np.float32, "bias": False}],
)
def test_a_member_is_a_network_of_the_same_kind(kind):
    assert repr(make(n_networks=3, **kind).member(1)) == repr(make(**kind))


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


def test_no_warning_where_exp_overflows():
    net = Network.from_weights([[[-1000.0]], [[-1000.0]]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert net.predict([[1.0]]) == 0.5
        assert net.loss([[1.0]], [[1.0]]) == 0.25
        assert np.isfinite(net.gradients([[1.0]], [[1.0]]).weights[0]).all()


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_float32_stays_float32(output):
    net = make(output=output, dtype=np.float32)
    X, y = samples(net)
    gradients = net.gradients(X, y)
    assert net.predict(X).dtype == np.float32
    assert {a.dtype for a in gradients.weights + gradients.biases} == {np.dtype(np.float32)}
    for a, b in zip(gradients.weights, numerical_gradients(net, X, y).weights, strict=True):
        assert relative_error(a, b) < 1e-5


@settings(deadline=None)
@given(
    order=st.permutations(range(5)),
    activation=KINDS["activation"],
    output=KINDS["output"],
    seed=st.integers(0, 1000),
)
def test_hidden_neurons_in_another_order_are_the_same_function(order, activation, output, seed):
    net = make((4, 5, 2), seed, activation=activation, output=output)
    X, _ = samples(net)
    (W1, W2), (b1, b2) = net.weights, net.biases
    swapped = Network.from_weights(
        [W1[:, order], W2[order]], [b1[order], b2], activation=activation, output=output
    )
    assert np.allclose(swapped.predict(X), net.predict(X), rtol=1e-12, atol=1e-14)


def test_from_weights_copies():
    W, b = np.ones((2, 1)), np.ones(1)
    net = Network.from_weights([W], [b])
    W[0, 0] = b[0] = 99
    assert net.weights[0][0, 0] == 1
    assert net.biases[0][0] == 1


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
    batches = [samples(net, n_samples=50, seed=i) for i in range(40)]

    def ask(batch):
        return net.predict(batch[0]), net.loss(*batch), *net.gradients(*batch).weights

    alone = [ask(batch) for batch in batches]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, batches))
    for one, other in zip(alone, together, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_later_answers_leave_earlier_ones_and_the_network_alone():
    net = make((4, 5, 2))
    X, y = samples(net)
    state = copy.deepcopy(vars(net))
    answers = net.predict(X), *net.gradients(X, y).weights, *net.gradients(X, y).biases
    kept = copy.deepcopy(answers)
    net.predict(X + 1)
    net.loss(X + 1, y)
    net.gradients(X + 1, y)
    assert all(np.array_equal(a, b) for a, b in zip(answers, kept, strict=True))
    np.testing.assert_equal(vars(net), state)


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
    assert np.isclose(relative_error([1.1], [1.0]), 0.1 / 1.1)
    with pytest.raises(ValueError, match=r"cannot compare shape \(1,\) with shape \(1, 2\)"):
        relative_error([1.0], [[1.0, 2.0]])
    for pair in (([1.0], [1.1]), ([0.0], [0.0])):
        assert type(relative_error(*pair)) is float


@pytest.mark.parametrize("unit", [5e-324, 1e-170, 1.0, 1e200, 4e307])
def test_relative_error_does_not_depend_on_the_unit(unit):
    assert np.isclose(relative_error([unit, 0], [2 * unit, 0]), 0.5, rtol=1e-14)
    assert np.isclose(relative_error([unit, unit], [-unit, -unit]), 2, rtol=1e-14)


def test_relative_error_refuses_nan_and_says_in_which_of_the_two():
    with pytest.raises(ValueError, match=r"^b holds nan at index \(1,\): leave out .*gaps"):
        relative_error([1.0, 1.0], [1.0, np.nan])
    with pytest.raises(ValueError, match=r"^a holds inf at index \(0,\)$"):
        relative_error([np.inf, 1.0], [1.0, 1.0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sizes": [2]}, "inputs and outputs"),
        ({"sizes": 5}, "inputs and outputs"),
        ({"sizes": [2, 0, 1]}, "at least 1, not 0"),
        ({"sizes": [2, 2.5, 1]}, "whole number"),
        ({"rng": None}, "default_rng"),
        ({"rng": 42}, "default_rng"),
        ({"rng": np.random.RandomState(0)}, "default_rng.*not something of type RandomState"),
        ({"activation": "sigmod"}, "one of sigmoid, tanh, relu"),
        ({"activation": ["relu", "tanh"]}, "one of sigmoid, tanh, relu"),
        ({"output": "relu"}, "one of sigmoid, identity, softmax"),
        ({"dtype": np.int64}, "float64 or float32"),
        ({"dtype": "abc"}, "float64 or float32, not 'abc'"),
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
        ([np.ones((5, 2, 3)), np.ones((3, 1))], None, "do not follow"),
        ([np.ones((2, 3)), np.ones((3, 3)), np.ones((1, 3, 1))], None, "do not follow"),
        ([np.ones((1, 1, 2, 3)), np.ones((1, 1, 3, 1))], None, "do not follow"),
        ([np.ones((2, 3)), np.ones(3)], None, "do not follow"),
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
        (np.ones(2), r"this is one sample: pass \[\[1.0, 1.0\]\]$"),
        (np.ones((0, 2)), "empty"),
        ([[1, np.nan]], r"nan at index \(0, 1\)"),
        ([[1, -np.inf]], r"-inf at index \(0, 1\)"),
        ([[1, 2j]], "complex"),
        ([[1, 10**400]], r"too large for float64 at index \(0, 1\)"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(X, message):
    with pytest.raises(ValueError, match=message):
        make((2, 3, 1)).predict(X)


def test_a_column_for_one_feature_is_asked_for():
    with pytest.raises(ValueError, match=r"\(3,\).*X\[:, np.newaxis\]"):
        make((1, 1)).predict(np.ones(3))


def test_a_number_too_large_for_float32_is_called_that_without_a_warning():
    net = make((2, 1), dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=r"1e\+39 at index \(0, 1\), too large for float32"):
            net.predict([[1.0, 1e39]])
        with pytest.raises(ValueError, match=r"-inf at index \(0, 1\)$"):
            net.predict([[1.0, -np.inf]])


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_nan_deep_inside_large_data_is_found(order):
    X = np.ones((100_000, 2), order=order)
    X[98_765, 1] = np.nan
    with pytest.raises(ValueError, match=r"nan at index \(98765, 1\)"):
        make((2, 3, 1)).predict(X)


@pytest.mark.parametrize("order", ["C", "F"])
def test_looking_for_nan_takes_less_memory_than_a_mask(order):
    X = np.ones((100_000, 10), order=order)
    tracemalloc.start()
    try:
        as_finite("X", X, np.float64)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < X.size / 4


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.ones(3), r"y\[:, np.newaxis\]"),
        (np.ones((3, 2)), r"call for \(3, 1\)"),
        (np.ones((4, 1)), r"call for \(3, 1\)"),
        (np.ones(7), r"^y has shape \(7,\), but X and the network call for \(3, 1\)$"),
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
        (np.array([0.0, 1.0, 1.0]), r"must be integers, not float64: pass y.astype\(int\)"),
        (np.array([0.0, np.nan, 1.0]), r"y holds nan at index \(1,\)"),
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


@pytest.mark.parametrize(
    ("name", "replacement", "message"),
    [
        (
            "weights",
            np.ones((2, 3), np.float32),
            r"weights\[0\] must be a float64 array, not float32",
        ),
        ("weights", np.ones((2, 3), int), r"weights\[0\] must be .*, not int64"),
        ("weights", [[1.0] * 3] * 2, r"weights\[0\] must be .*, not list"),
        ("weights", np.full((2, 3), np.nan), r"weights\[0\] holds nan at index \(0, 0\)"),
        ("biases", (0.0, 0.0, 0.0), r"biases\[0\] must be .*, not tuple"),
        ("biases", np.array([0, np.inf, 0]), r"biases\[0\] holds inf at index \(1,\)"),
        ("biases", np.zeros(2), r"biases have shapes \[\(2,\), \(1,\)\]"),
    ],
)
def test_a_replaced_array_that_cannot_be_used_is_refused(name, replacement, message, tmp_path):
    net = make((2, 3, 1))
    getattr(net, name)[0] = replacement
    X, y = np.ones((1, 2)), np.ones((1, 1))
    for ask in (
        lambda: net.predict(X),
        lambda: net.gradients(X, y),
        lambda: train(net, X, y, epochs=1),
        lambda: net.save(tmp_path / "net.npz"),
    ):
        with pytest.raises(ValueError, match=message):
            ask()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("n_networks", [None, 1, 3])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (1, 3, 1)])
def test_the_memory_order_of_a_replaced_weight_does_not_matter(sizes, n_networks):
    net, turned = (make(sizes, n_networks=n_networks, bias=False) for _ in range(2))
    turned.weights = tuple(np.asfortranarray(W) for W in turned.weights)
    X, y = samples(net)
    for a, b in zip(net.gradients(X, y).weights, turned.gradients(X, y).weights, strict=True):
        assert np.allclose(a, b, rtol=1e-14)
    train(net, X, y, epochs=3)
    train(turned, X, y, epochs=3)
    untrained = make(sizes, n_networks=n_networks, bias=False)
    for a, b, start in zip(net.weights, turned.weights, untrained.weights, strict=True):
        assert np.allclose(a, b, rtol=1e-13)
        assert not np.array_equal(b, start)


def test_a_single_network_has_no_members():
    with pytest.raises(ValueError, match="not an ensemble"):
        make().member(0)


def test_members_are_numbered_from_both_ends():
    nets = make(n_networks=3)
    assert np.array_equal(nets.member(-3).weights[0], nets.weights[0][0])
    assert np.array_equal(nets.member(-1).weights[0], nets.weights[0][2])
    with pytest.raises(IndexError, match="there is no network 3: they are numbered 0 to 2"):
        nets.member(3)
    with pytest.raises(ValueError, match=r"^k must be"):
        nets.member(-4)
    with pytest.raises(ValueError, match=r"^k must be"):
        nets.member("first")


def test_what_is_wrong_with_the_sizes_or_the_generator_is_named():
    with pytest.raises(ValueError, match=r"^each size must be"):
        Network((2, 0, 1), rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"^drawing weights needs rng="):
        Network((2, 3, 1), rng=7)
    net = make()
    with pytest.raises(ValueError, match=r"^batch_size needs rng="):
        train(net, *samples(net), epochs=1, learning_rate=0.1, batch_size=2, rng=7)


def test_numbers_beyond_float64_are_no_error_however_numpy_is_set():
    tiny = Network.from_weights([[[1e-200]]], output="identity")
    huge = Network.from_weights(
        [[[1e200, 1e200]], [[1.0], [-1.0]]], activation="relu", output="identity"
    )
    with np.errstate(all="raise"):
        assert tiny.predict([[1e-200]]) == 0  # underflow
        assert np.isnan(huge.predict([[1e200]]))  # infinity less infinity
        assert set(np.geterr().values()) == {"raise"}


def test_the_usual_nudge_is_a_hundred_thousandth():
    net = make()
    usual, given = (
        numerical_gradients(net, *samples(net), **nudge) for nudge in ({}, {"epsilon": 1e-5})
    )
    assert np.array_equal(usual.weights[0], given.weights[0])


@pytest.mark.parametrize("epsilon", [0, -1e-5, np.inf, np.nan, None, "small"])
def test_a_nudge_must_be_positive_and_finite(epsilon):
    net = make()
    with pytest.raises(ValueError, match="epsilon must be"):
        numerical_gradients(net, *samples(net), epsilon=epsilon)

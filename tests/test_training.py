"""Training: what the history says, batches, ensembles, early stopping, and what goes wrong."""

import pickle
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import KINDS, by_the_textbook, data, data_for, network, parameters, same

from nn_tutorial import History, MaxScaler, Network, TrainingDiverged, exam_scores, train


def test_the_loss_has_an_entry_before_and_after_each_epoch():
    X, y = data()
    net = network()
    history = train(net, X, y, epochs=7, learning_rate=0.5)
    assert isinstance(history, History)
    assert history.loss.shape == (8,)
    assert history.loss.dtype == np.float64
    assert np.isclose(history.loss[-1], net.loss(X, y), rtol=1e-14)
    assert history.validation_loss is None
    assert history.best_epoch is None


def test_by_default_train_takes_the_thousand_steps_of_the_series_at_its_rate():
    X, y = data()
    by_default, said = network(), network()
    history = train(by_default, X, y)
    train(said, X, y, 1000, 1.5)
    assert history.loss.shape == (1001,)
    assert same(by_default, said)


def test_no_epochs_only_measure():
    X, y = data()
    net, untouched = network(), network()
    history = train(net, X, y, epochs=0)
    assert np.isclose(history.loss[0], net.loss(X, y), rtol=1e-14)
    assert history.loss.shape == (1,)
    assert same(net, untouched)


def test_training_twice_is_training_longer():
    X, y = data()
    once, twice = network(), network()
    train(once, X, y, epochs=20, learning_rate=0.5)
    train(twice, X, y, epochs=12, learning_rate=0.5)
    train(twice, X, y, epochs=8, learning_rate=0.5)
    assert same(once, twice)


@settings(max_examples=40, deadline=None)
@given(kind=KINDS, seed=st.integers(0, 1000), n_samples=st.integers(1, 20))
def test_one_batch_of_everything_is_the_full_batch(kind, seed, n_samples):
    X, y = data_for(kind, n_samples, seed)
    full, batch = network(**kind), network(**kind)
    train(full, X, y, epochs=10, learning_rate=0.1)
    train(batch, X, y, 10, 0.1, batch_size=n_samples, rng=np.random.default_rng(seed))
    assert same(full, batch, rtol=1e-10, atol=1e-13)


def test_the_last_short_batch_is_kept_and_losses_are_weighted():
    X, y = data(n_samples=10)
    net, by_hand = network(), network()
    history = train(net, X, y, 1, 0.5, batch_size=4, rng=np.random.default_rng(3))
    order, total = np.random.default_rng(3).permutation(10), 0
    for rows in (order[:4], order[4:8], order[8:]):
        by_hand, losses = by_the_textbook(by_hand, X[rows], y[rows], 1, 0.5)
        total += len(rows) * losses[0]
    assert same(net, by_hand, rtol=1e-12)
    assert np.isclose(history.loss[0], network().loss(X, y), rtol=1e-14)
    assert np.isclose(history.loss[1], total / 10, rtol=1e-12)


@pytest.mark.parametrize("layout", [np.asfortranarray, lambda v: np.repeat(v, 2, axis=0)[::2]])
def test_batches_are_the_same_whatever_the_layout_of_the_data(layout):
    X, y = data(n_samples=10)
    plain, other = network(), network()
    train(plain, X, y, 3, 0.5, batch_size=4, rng=np.random.default_rng(0))
    train(other, layout(X), layout(y), 3, 0.5, batch_size=4, rng=np.random.default_rng(0))
    assert same(plain, other)


def test_many_classes_need_no_table_of_all_against_all():
    net = Network([3, 3000], rng=np.random.default_rng(0), output="softmax")
    X, y = np.ones((2, 3)), np.array([0, 2999])
    tracemalloc.start()
    try:
        net.gradients(X, y)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * net.weights[0].nbytes < 3000 * 3000 * 8 / 20


def test_in_batches_divergence_keeps_the_last_finite_weights_and_counts_whole_epochs():
    X, y = np.array([[1.0], [1.0], [1.0], [1e150]]), np.zeros((4, 1))
    net = Network.from_weights([[[1.0]]], output="identity")
    with pytest.raises(TrainingDiverged) as caught:
        train(net, X, y, 3, 1e9, batch_size=1, rng=np.random.default_rng(1))
    seen = np.random.default_rng(1).permutation(4).tolist().index(3)
    assert seen > 0
    assert caught.value.epoch == 0
    assert len(caught.value.history.loss) == 1
    assert np.isclose(net.weights[0][0, 0], (1 - 2e9) ** seen)


def test_each_epoch_shuffles_anew():
    X, y = data(n_samples=10)
    seen = []

    class Spy(np.random.Generator):
        def permutation(self, n):
            seen.append(super().permutation(n))
            return seen[-1]

    train(network(), X, y, 2, 0.5, batch_size=3, rng=Spy(np.random.PCG64(0)))
    assert sorted(seen[0]) == sorted(seen[1]) == list(range(10))
    assert not np.array_equal(seen[0], seen[1])


@settings(max_examples=30, deadline=None)
@given(kind=KINDS, batch_size=st.sampled_from([None, 7]), seed=st.integers(0, 1000))
def test_a_member_is_trained_as_if_alone(kind, batch_size, seed):
    X, y = data_for(kind, 20, seed)
    nets = network(n_networks=5, **kind)
    alone = [nets.member(k) for k in range(5)]
    settings_ = {"epochs": 30, "learning_rate": 0.1, "batch_size": batch_size}
    history = train(
        nets, X, y, rng=np.random.default_rng(3), validation=(X[:4], y[:4]), **settings_
    )
    assert history.loss.shape == history.validation_loss.shape == (31, 5)
    assert history.best_epoch.shape == (5,)
    for k, net in enumerate(alone):
        h = train(net, X, y, rng=np.random.default_rng(3), validation=(X[:4], y[:4]), **settings_)
        assert same(nets.member(k), net, rtol=1e-12, atol=1e-14)
        assert np.allclose(history.loss[:, k], h.loss, rtol=1e-12)
        assert np.allclose(history.validation_loss[:, k], h.validation_loss, rtol=1e-12)


def test_validation_loss_is_exact_and_not_learned_from():
    X, y = data()
    X_new, y_new = data(seed=9)
    watched, alone = network(), network()
    history = train(watched, X, y, 10, 0.5, validation=(X_new, y_new))
    train(alone, X, y, 10, 0.5)
    assert same(watched, alone)
    assert np.isclose(history.validation_loss[-1], alone.loss(X_new, y_new), rtol=1e-14)
    assert history.validation_loss.shape == (11,)


@pytest.mark.parametrize("batch_size", [None, 5])
def test_patience_leaves_the_best_weights(batch_size):
    X, y = data(n_samples=10)
    y = np.round(y)
    X_new, y_new = data(seed=9)
    net = Network([3, 20, 2], rng=np.random.default_rng(1), activation="tanh")
    history = train(
        net, X, y, 5000, 2.0, validation=(X_new, y_new), patience=20,
        batch_size=batch_size, rng=np.random.default_rng(0),
    )  # fmt: skip
    assert len(history.loss) < 5001
    assert len(history.loss) == len(history.validation_loss) == history.best_epoch + 20 + 1
    assert np.isfinite(history.loss).all()
    assert type(history.best_epoch) is int
    best = history.validation_loss[history.best_epoch]
    assert best == history.validation_loss.min()
    assert np.isclose(net.loss(X_new, y_new), best, rtol=1e-13)


def test_patience_does_not_take_a_plateau_for_an_improvement():
    X, y = data(n_outputs=1)
    net, untouched = (Network.from_weights([np.ones((3, 1))]) for _ in range(2))
    always_the_same = (np.zeros((1, 3)), [[1.0]])  # whatever the weights, zeros give 0.5
    history = train(net, X, y, 100, validation=always_the_same, patience=3)
    assert len(history.loss) == 4
    assert history.best_epoch == 0
    assert same(net, untouched)


def test_the_type_of_the_learning_rate_does_not_matter():
    X, y = data()
    python, numpy = network(dtype=np.float32), network(dtype=np.float32)
    train(python, X, y, 20, 0.3)
    train(numpy, X, y, 20, np.float64(0.3))
    assert same(python, numpy)


@pytest.mark.parametrize(("ours", "theirs"), [(np.uint8, np.int64), (np.int64, np.uint8)])
def test_labels_to_train_and_to_validate_may_be_of_different_types(ours, theirs):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(10, 3)), np.arange(10).astype(ours)
    y_new = np.arange(290, 300) if theirs == np.int64 else np.arange(10).astype(theirs)
    net = Network([3, 300], rng=rng, output="softmax")
    expected = net.loss(X, y_new)
    history = train(net, X, y, 1, 0.5, batch_size=5, rng=rng, validation=(X, y_new))
    assert np.isclose(history.validation_loss[0], expected, rtol=1e-13)


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("layout", [np.ascontiguousarray, np.asfortranarray, lambda v: v[::-1]])
def test_batches_need_no_memory_for_the_whole_data(output, layout):
    n_samples = 20_000
    X, y = map(layout, data_for({"output": output}, n_samples, seed=0))
    net, rng = network(output=output), np.random.default_rng(0)
    tracemalloc.start()
    try:
        train(net, X, y, 1, 0.5, batch_size=10, rng=rng, validation=(X, y))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Eight bytes a sample for the order, and the buffers of 256 samples; no row more.
    assert peak < 16 * n_samples < X.nbytes


def test_float32_stays_float32_even_with_a_numpy_learning_rate():
    X, y = data()
    net = network(dtype=np.float32)
    history = train(net, X, y, 5, np.float64(0.5), batch_size=8, rng=np.random.default_rng(0))
    assert {a.dtype for a in parameters(net)} == {np.dtype(np.float32)}
    assert history.loss.dtype == np.float64
    assert net.predict(X).dtype == np.float32


def test_trained_arrays_are_views_of_nothing():
    X, y = data()
    net = network()
    train(net, X, y, 3)
    assert all(a.base is None and a.flags.owndata for a in parameters(net))


def test_the_data_is_left_alone():
    X, y = data()
    X_before, y_before = X.copy(), y.copy()
    train(network(), X, y, 5, batch_size=3, rng=np.random.default_rng(0))
    assert np.array_equal(X, X_before)
    assert np.array_equal(y, y_before)


def linear():
    return Network.from_weights([np.zeros((2, 1))], output="identity")


def line(weight, **kind):
    """Return a network that multiplies one number by the weight."""
    return Network.from_weights([[[weight]]], output="identity", **kind)


def test_divergence_is_reported_and_the_last_finite_weights_stay():
    scores = exam_scores()
    net = linear()
    words = "the network keeps its last finite weights. Try a smaller learning rate, or scale the"
    with pytest.raises(TrainingDiverged, match=words) as caught:
        train(net, scores.X, scores.y / 100, epochs=2000, learning_rate=0.03)
    error = caught.value
    assert isinstance(error, ArithmeticError)
    assert 100 < error.epoch < 2000
    assert len(error.history.loss) == error.epoch  # the loss after these epochs is infinite
    assert np.isfinite(error.history.loss).all()
    assert error.history.loss[10] > error.history.loss[0]
    expected, losses = by_the_textbook(linear(), scores.X, scores.y / 100, error.epoch, 0.03)
    assert losses[-1] == np.inf
    assert same(net, expected, rtol=1e-9)


def test_a_gradient_may_become_infinite_before_the_loss_does():
    net = line(0.0)
    with pytest.raises(TrainingDiverged, match="after 0 epochs") as caught:
        train(net, [[1e200]], [[1e150]], 5, 1.0)
    assert caught.value.history.loss == pytest.approx([1e300], rel=1e-12)
    assert net.weights[0] == 0


def test_a_weight_may_become_infinite_before_a_gradient_does():
    net = Network.from_weights([[[1.7e308], [-1.7e308]]], output="identity")
    with pytest.raises(TrainingDiverged, match="after 0 epochs"):
        train(net, [[1.0, 1.0]], [[-1.0]], 1, 0.5e308)  # subtracts 1e308 from both
    assert net.weights[0].tolist() == [[1.7e308], [-1.7e308]]


@pytest.mark.parametrize(("sign", "epoch"), [(1, 1), (-1, 0)])
def test_a_large_step_towards_0_is_finite_and_one_away_from_it_is_not(sign, epoch):
    start = sign * np.array([6.0, -1.5, -1.5, -1.5, -1.5])[:, np.newaxis] * 2.0**1021  # sum 0
    net = Network.from_weights([start], output="identity")
    with pytest.raises(TrainingDiverged) as caught:
        train(net, np.ones((1, 5)), [[-1.0]], 1, 0.5e308)  # subtracts 1e308 from each
    assert caught.value.epoch == epoch  # after 1 the weights are finite, and their loss is not
    assert np.array_equal(net.weights[0], start - epoch * 1e308)


def test_losses_of_many_batches_are_added_up_in_float64():
    X, y = np.ones((5000, 1), np.float32), np.full((5000, 1), 0.5, np.float32)  # a loss of 0.25
    history = train(
        line(1.0, dtype=np.float32), X, y, 1, 1e-30, batch_size=3, rng=np.random.default_rng(0),
        validation=(X, y),
    )  # fmt: skip
    for losses in (history.loss, history.validation_loss):
        assert np.allclose(losses, 0.25, rtol=1e-12, atol=0)


def test_a_large_finite_gradient_is_no_divergence():
    net = line(0.0)
    history = train(net, [[1e-10]], [[1e150]], 1, 0.5e20)
    assert np.isclose(net.weights[0], 1e160)
    assert history.loss[1] < 1e-20 * history.loss[0]


@pytest.mark.parametrize(("dtype", "weight"), [(np.float32, 1.2e19), (np.float64, 1.2e154)])
def test_finite_members_are_no_divergence_whatever_their_sum(dtype, weight):
    nets = Network.from_weights([np.full((4, 1, 1), weight)], output="identity", dtype=dtype)
    history = train(nets, [[1.0]], [[0.0]], 2, 1e-3)
    assert np.isfinite(history.loss).all()


def test_divergence_in_the_last_epoch_is_reported():
    net = line(1e150)
    with pytest.raises(TrainingDiverged, match="after 1 epoch;") as caught:
        train(net, [[1.0]], [[0.0]], 1, 1e10)
    assert caught.value.history.loss == pytest.approx([1e300], rel=1e-12)
    assert np.isclose(net.weights[0], -2e160)


@pytest.mark.parametrize("batch_size", [None, 1])
def test_an_infinite_loss_before_the_first_epoch_is_reported(batch_size):
    for epochs in (0, 3):
        with pytest.raises(TrainingDiverged, match="after 0 epochs") as caught:
            train(
                line(1e200), [[1.0]], [[0.0]], epochs, 0.1,
                batch_size=batch_size, rng=np.random.default_rng(0),
            )  # fmt: skip
        assert len(caught.value.history.loss) == 0


@pytest.mark.parametrize("batch_size", [None, 1])
def test_an_infinite_validation_loss_is_reported(batch_size):
    net = line(1.0)
    with pytest.raises(TrainingDiverged, match="validation loss became infinite") as caught:
        train(
            net, [[1.0]], [[1e6]], 5, 0.25, validation=([[1e150]], [[1.0]]),
            batch_size=batch_size, rng=np.random.default_rng(0),
        )  # fmt: skip
    assert caught.value.epoch == 1
    assert caught.value.history.loss == pytest.approx([(1e6 - 1) ** 2], rel=1e-12)
    assert caught.value.history.validation_loss == pytest.approx([1e300], rel=1e-12)
    assert caught.value.history.best_epoch == 0
    assert np.isclose(net.weights[0], 500000.5)


def test_a_history_that_ends_before_the_first_loss_has_no_best_epoch():
    with pytest.raises(TrainingDiverged, match="after 0 epochs") as caught:
        train(line(1.0), [[1.0]], [[0.0]], 5, 0.1, validation=([[1e200]], [[0.0]]))
    assert caught.value.history.best_epoch is None


@pytest.mark.parametrize("k", [0, 1, 2])
def test_divergence_of_an_ensemble_names_the_member(k):
    X = np.array([[1.0, 2.0], [2.0, 1.0]])
    weights = np.zeros((3, 2, 1))
    weights[k] = 1e200
    nets = Network.from_weights([weights], output="identity")
    with pytest.raises(TrainingDiverged, match=f"member {k} "):
        train(nets, X, np.ones((2, 1)), 10, 0.01)
    assert np.array_equal(nets.weights[0], weights)


def test_a_divergence_can_be_pickled():
    with pytest.raises(TrainingDiverged) as caught:
        train(line(0.0), [[1e200]], [[1e150]], 5, 1.0)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert str(again).startswith("the loss or a weight became infinite")
    assert again.epoch == 0
    assert np.array_equal(again.history.loss, caught.value.history.loss)


def test_histories_can_be_compared_without_an_error():
    X, y = data()
    first, second = (train(network(), X, y, 3, 0.5) for _ in range(2))
    assert first == first
    assert first != second


def test_a_sigmoid_network_saturates_instead_of_diverging():
    scores = exam_scores()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
    net = Network([2, 3, 1], rng=np.random.default_rng(0))
    history = train(net, X, y, 200, 1e6)
    assert np.isfinite(history.loss).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"epochs": -1}, "epochs must be at least 0"),
        ({"epochs": 1.5}, "whole number"),
        ({"learning_rate": 0}, "learning_rate must be positive"),
        ({"learning_rate": -1}, "learning_rate must be positive"),
        ({"learning_rate": np.nan}, "learning_rate must be positive"),
        ({"learning_rate": np.inf}, "learning_rate must be positive"),
        ({"learning_rate": None}, "learning_rate must be one positive number, not None"),
        ({"learning_rate": np.ones(2)}, "learning_rate must be one positive number"),
        ({"learning_rate": "a"}, "learning_rate must be one positive number, not 'a'"),
        ({"batch_size": 21, "rng": np.random.default_rng(0)}, "21, but there are 20 samples"),
        ({"batch_size": 0, "rng": np.random.default_rng(0)}, "batch_size must be at least 1"),
        ({"batch_size": 5}, "default_rng"),
        ({"patience": 3}, "patience needs validation"),
        ({"patience": 0, "validation": data()}, "patience must be at least 1"),
        ({"validation": (np.ones((2, 3)), np.ones(2))}, r"call for \(2, 2\)"),
        ({"validation": np.ones((5, 3))}, r"validation must be a pair \(X, y\)"),
        ({"validation": 7}, r"validation must be a pair \(X, y\)"),
        ({"validation": (np.ones((2, 4)), np.ones((2, 2)))}, r"validation .*X has shape \(2, 4\)"),
    ],
)
def test_settings_that_make_no_sense_are_refused_before_anything_changes(arguments, message):
    X, y = data()
    net, untouched = network(), network()
    with pytest.raises(ValueError, match=message):
        train(net, X, y, **({"epochs": 3} | arguments))
    assert same(net, untouched)


def test_patience_is_refused_for_an_ensemble():
    X, y = data()
    with pytest.raises(ValueError, match="not for an ensemble"):
        train(network(n_networks=2), X, y, 3, validation=(X, y), patience=2)

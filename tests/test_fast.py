"""The loop behind ``train`` gives what the textbook gives, and spends no more than it should."""

import gc
import re
import weakref
from pathlib import Path

import numpy as np
import pytest
from aimed import RUNS as TRAININGS
from aimed import interrupt, interrupted_trainings, training_of
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import KINDS, by_the_textbook, data, data_for, network, parameters, same

import nn_tutorial
from nn_tutorial import MaxScaler, Network, exam_scores, train, training
from nn_tutorial.activations import ACTIVATIONS, OUTPUTS
from nn_tutorial.data import recovered_start
from nn_tutorial.fast import loop
from nn_tutorial.fast.calls import MAKERS
from nn_tutorial.fast.passes import Passes

RUNS = {
    "sizes": st.lists(st.integers(1, 5), min_size=2, max_size=5),
    "kind": KINDS,
    "n_networks": st.sampled_from([None, 1, 3]),
    "n_samples": st.integers(1, 12),
    "batch_size": st.one_of(st.none(), st.integers(1, 12)),
    "epochs": st.integers(0, 20),
    "seed": st.integers(0, 1000),
}


def both(sizes, kind, n_networks, n_samples, batch_size, epochs, seed, dtype):
    """Train one network in both ways; return (network, losses) of ``train`` and of the textbook."""
    rng = np.random.default_rng(seed)
    net = Network(sizes, rng=rng, n_networks=n_networks, dtype=dtype, **kind)
    if net.biases is not None:  # not 0, so that no ReLU sits exactly in its corner
        net.biases = [rng.normal(size=b.shape).astype(dtype) for b in net.biases]
    X = rng.normal(size=(n_samples, sizes[0])).astype(dtype)
    y = rng.random((n_samples, sizes[-1])).astype(dtype)
    if net.output == "softmax":
        y = rng.integers(0, sizes[-1], n_samples)
    batch_size = None if batch_size is None else min(batch_size, n_samples)
    twin = by_the_textbook(net, X, y, epochs, 0.1, batch_size, np.random.default_rng(seed))
    history = train(
        net, X, y, epochs, 0.1, batch_size=batch_size, rng=np.random.default_rng(seed)
    )  # fmt: skip
    return (net, history.loss), twin


@settings(max_examples=200, deadline=None)
@given(**RUNS)
def test_train_is_the_textbooks_training_in_every_configuration(**run):
    (net, losses), (expected, expected_losses) = both(**run, dtype=np.float64)
    assert np.allclose(losses, expected_losses, rtol=1e-12, atol=1e-15)
    assert same(net, expected, rtol=1e-12, atol=1e-13)


@settings(max_examples=100, deadline=None)
@given(**RUNS)
def test_in_single_precision_both_stay_together_as_far_as_rounding_lets_them(**run):
    # Rounding carries a ReLU across its corner sooner or later; tanh has none.
    run["kind"]["activation"] = run["kind"]["activation"].replace("relu", "tanh")
    (net, losses), (expected, expected_losses) = both(**run, dtype=np.float32)
    assert {a.dtype for a in parameters(net) + parameters(expected)} == {np.dtype(np.float32)}
    assert np.allclose(losses, expected_losses, rtol=1e-4, atol=1e-6)
    assert same(net, expected, rtol=1e-4, atol=1e-5)


def test_train_is_the_textbooks_training_on_the_sources_run():
    scores, start = exam_scores(), recovered_start()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100
    net = Network.from_weights(start)
    history = train(net, X, y, epochs=1000, learning_rate=1.5)
    expected, losses = by_the_textbook(Network.from_weights(start), X, y, 1000, 1.5)
    assert np.allclose(history.loss, losses, rtol=1e-12)
    assert same(net, expected, rtol=1e-12)


def test_whatever_bends_is_known_to_the_fast_room():
    assert set(MAKERS) == (set(ACTIVATIONS) | set(OUTPUTS)) - {"softmax"}


def test_only_train_knows_the_fast_room():
    """Whoever reads the package meets the formulas in ``textbook``, and the loop when they ask."""
    folder = Path(nn_tutorial.__file__).parent
    users = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"nn_tutorial\.fast|import .*\bfast\b", path.read_text(encoding="utf-8"))
    }
    assert {user for user in users if not user.startswith("fast/")} == {"training.py"}


def test_training_leaves_nothing_behind():
    X, y = data(n_samples=10)
    gone = []

    class Spy(loop.Descent):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            gone.append(weakref.ref(self))

    gc.disable()  # so that only a cycle could keep it
    try:
        for batch_size in (None, 4):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(training, "Descent", Spy)
                train(
                    network(), X, y, 2, 0.5, batch_size=batch_size,
                    rng=np.random.default_rng(0), validation=(X, y), patience=1,
                )  # fmt: skip
    finally:
        gc.enable()
    assert [ref() for ref in gone] == [None, None]


def test_the_batch_losses_of_a_float32_network_are_averaged_in_float64(monkeypatch):
    losses = []

    class Spy(Passes):
        def measure_and_differentiate(self):
            losses.append(super().measure_and_differentiate() * 1)
            return losses[-1]

    monkeypatch.setattr(loop, "Passes", Spy)
    X, y = data()
    net = network(dtype=np.float32)
    history = train(net, X, y, 1, 0.5, batch_size=7, rng=np.random.default_rng(0))
    assert {loss.dtype for loss in losses} == {np.dtype(np.float32)}
    expected = np.average(np.array(losses, np.float64), weights=[7, 7, 6])
    assert np.isclose(history.loss[1], expected, rtol=1e-14, atol=0)


def test_the_full_batch_takes_one_pass_an_epoch_over_the_data_itself(monkeypatch):
    X, y = data()
    shared, passes = [], []

    class Spy(Passes):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            shared.append(np.shares_memory(self.X, X) and np.shares_memory(self.y, y))

        def measure_and_differentiate(self):
            passes.append("both")
            return super().measure_and_differentiate()

        def measure(self):
            passes.append("measure")
            return super().measure()

    monkeypatch.setattr(loop, "Passes", Spy)
    train(network(), X, y, 9, 0.5)
    assert shared == [True]
    assert passes == ["both"] * 9 + ["measure"]


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_buffers_are_made_once_for_each_batch_size(monkeypatch, output):
    X, y = data_for({"output": output}, 20, seed=0)
    made = []

    class Spy(Passes):
        def __init__(self, weights, biases, activation, output, X, y, *to_step):
            super().__init__(weights, biases, activation, output, X, y, *to_step)
            made.append(len(X))

    monkeypatch.setattr(loop, "Passes", Spy)
    train(
        network(output=output), X, y, 3, 0.5, batch_size=8,
        rng=np.random.default_rng(0), validation=(X[:5], y[:5]),
    )  # fmt: skip
    assert made == [20, 5, 8, 4]  # of all data, of the validation data, of the batches


def test_an_interrupt_keeps_what_was_learned(monkeypatch):
    X, y = data()
    net, reference = network(), network()
    calls = []
    original = Passes.measure_and_differentiate

    def interrupted(self):
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return original(self)

    monkeypatch.setattr(Passes, "measure_and_differentiate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train(net, X, y, 100, 0.5)
    monkeypatch.undo()
    train(reference, X, y, 5, 0.5)
    assert same(net, reference)


@pytest.mark.parametrize("name", TRAININGS)
def test_an_interrupt_before_any_line_leaves_the_last_updates_weights(name):
    step = 3 if name == "full batch" else 11
    outcomes = [right for _, right in interrupted_trainings(training_of(name), step=step)]
    assert len(outcomes) > 100
    assert all(outcomes)


def test_after_an_interrupt_the_network_can_be_trained_on():
    X, y = data()
    for net, _ in interrupted_trainings(training_of("full batch"), step=31):
        twin = Network.from_weights(net.weights, net.biases)
        train(net, X, y, 2, 0.5)
        train(twin, X, y, 2, 0.5)
        assert same(net, twin)
        assert all(a.flags.owndata for a in parameters(net))


@pytest.mark.parametrize("name", ["predict", "loss", "gradients"])
def test_an_interrupt_before_any_line_leaves_numpys_warnings_as_they_were(name):
    net, (X, y), before, n = network(), data(), np.geterr(), 1
    call = getattr(net, name)
    while interrupt(lambda: call(X) if name == "predict" else call(X, y), n):
        assert np.geterr() == before
        n += 1
    assert n > 50


def test_without_memory_for_arrays_of_its_own_the_network_keeps_the_last_updates_weights(
    monkeypatch,
):
    X, y = data()
    net, reference = network(), network()

    def no_memory(self):
        raise MemoryError

    monkeypatch.setattr(loop.Descent, "write_back", no_memory)
    with pytest.raises(MemoryError):
        train(net, X, y, 5, 0.5)
    monkeypatch.undo()
    train(reference, X, y, 5, 0.5)
    assert same(net, reference)


def test_without_memory_for_a_pass_the_network_keeps_the_last_updates_weights(monkeypatch):
    X, y = data()
    net, reference, made = network(), network(), []
    original = Passes.__init__

    def no_memory(self, *arguments):
        made.append(1)
        if len(made) == 3:
            raise MemoryError
        original(self, *arguments)

    monkeypatch.setattr(Passes, "__init__", no_memory)  # the third is of the last, short batch
    with pytest.raises(MemoryError):
        train(net, X, y, 1, 0.5, batch_size=8, rng=np.random.default_rng(0))
    monkeypatch.undo()
    order = np.random.default_rng(0).permutation(20)
    for rows in (order[:8], order[8:16]):
        train(reference, X[rows], y[rows], 1, 0.5)
    assert same(net, reference, rtol=1e-12)

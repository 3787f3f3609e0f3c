"""Used by many, or many times: by threads, forks, as copies, and by the hundred thousand."""

import copy
import gc
import itertools
import os
import pickle
import sys
import tempfile
import threading
import tracemalloc

import numpy as np
from trained import data, network, same

from nn_tutorial import Network, TrainingDiverged, train

ROUNDS = 300
CALLS = 100_000


def threads(folder):
    """Let four threads ask one network, save it to one path and load it, all at once."""
    (X, y), net = data(), network()
    path, errors = os.path.join(folder, "net.npz"), []
    expected = net.predict(X), net.loss(X, y), net.gradients(X, y)

    def ask():
        try:
            for _ in range(ROUNDS):
                assert np.array_equal(net.predict(X), expected[0])
                assert net.loss(X, y) == expected[1]
                gradients = net.gradients(X, y)
                assert all(map(np.array_equal, gradients.weights, expected[2].weights))
                net.save(path)
                assert same(Network.load(path), net)
                own = network()
                train(own, X, y, 2, 0.5)
        except BaseException as error:
            errors.append(error)

    many = [threading.Thread(target=ask) for _ in range(4)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in many:
            thread.start()
        for thread in many:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert errors == [], errors
    assert os.listdir(folder) == ["net.npz"]


def forks(folder):
    """Let forked processes do the same work as this one."""
    (X, y), path = data(), os.path.join(folder, "net.npz")
    expected = network()
    train(expected, X, y, 20, 0.5)
    for _ in range(20):
        net, process = network(), os.fork()
        if process == 0:
            code = 1
            try:
                train(net, X, y, 20, 0.5)
                net.save(path)
                code = 0 if same(net, expected) else 1
            finally:
                os._exit(code)
        assert os.waitpid(process, 0)[1] == 0
        assert same(Network.load(path), expected)
    assert os.listdir(folder) == ["net.npz"]


def copies():
    """Return how many networks, histories and divergences were pickled or copied, and equal."""
    n = 0
    protocols = range(2, pickle.HIGHEST_PROTOCOL + 1)
    ways = [lambda v, p=p: pickle.loads(pickle.dumps(v, p)) for p in protocols]
    kinds = itertools.product((None, 3), ("sigmoid", "softmax"), (True, False))
    for n_networks, output, bias in kinds:
        X, y = data()
        y = y.argmax(axis=1) if output == "softmax" else y
        net = network(n_networks=n_networks, output=output, bias=bias)
        history = train(net, X, y, 5, 0.5, validation=(X, y))
        for way in (*ways, copy.copy, copy.deepcopy):
            again, told = way(net), way(history)
            assert np.array_equal(again.predict(X), net.predict(X))
            assert repr(again) == repr(net)
            assert np.array_equal(told.loss, history.loss)
            assert np.array_equal(told.validation_loss, history.validation_loss)
            assert np.array_equal(told.best_epoch, history.best_epoch)
            n += 2
    try:
        train(Network.from_weights([[[0.0]]], output="identity"), [[1e200]], [[1e150]], 5, 1.0)
    except TrainingDiverged as error:
        diverged = error
    for way in ways:
        again = way(diverged)
        assert (str(again), again.epoch) == (str(diverged), diverged.epoch)
        assert np.array_equal(again.history.loss, diverged.history.loss)
        n += 1
    return n


def growth(call, n):
    """Return by how many bytes memory grew over n calls, after some to warm up."""
    for _ in range(200):
        call()
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(200):
            call()
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(n):
            call()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def calls(folder, say):
    X, y = data()
    net, trained = network(), network()
    path = os.path.join(folder, "net.npz")
    rng = np.random.default_rng(0)
    synced, os.fsync = os.fsync, lambda file: None  # it takes most of the time
    works = {
        "predict": (lambda: net.predict(X), CALLS),
        "loss": (lambda: net.loss(X, y), CALLS),
        "gradients": (lambda: net.gradients(X, y), CALLS),
        "train, one epoch": (lambda: train(trained, X, y, 1, 0.1), CALLS // 5),
        "train, batches": (
            lambda: train(trained, X, y, 1, 0.1, batch_size=8, rng=rng),
            CALLS // 20,
        ),
        "save": (lambda: net.save(path), CALLS // 20),
        "load": (lambda: Network.load(path), CALLS // 20),
    }
    try:
        for name, (call, n) in works.items():
            grown = growth(call, n)
            say(f"{name}: {n} calls, {grown} bytes")
            assert grown < 20_000, f"{name} grew by {grown} bytes"
            yield (f"`{name}`" if name.isalpha() else name, n, f"memory grew by {grown} bytes")
    finally:
        os.fsync = synced


def run(say):
    """Return rows for the page: what, how many, what happened."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        threads(folder)
    what = "4 threads that predict, ask for loss and gradients, save, load and train, rounds each"
    rows.append((what, ROUNDS, "equal results, one whole file"))
    if hasattr(os, "fork"):
        with tempfile.TemporaryDirectory() as folder:
            forks(folder)
        rows.append(("forked processes that train and save", 20, "equal results"))
    rows.append(("networks, histories, divergences, pickled or copied", copies(), "equal"))
    say("threads, forks and copies are done")
    with tempfile.TemporaryDirectory() as folder:
        rows += calls(folder, say)
    return rows

"""Interrupted anywhere: the network keeps the last update, and a file is the old or the new."""

import os
import random
import signal
import sys
import tempfile
import time
from functools import partial

import numpy as np
from aimed import RUNS, interrupt, interrupted_trainings, outcome, training_of

from nn_tutorial import Network

SIGNALS = 500


def by_signal(call, after):
    """Call with a real Ctrl-C after so many seconds; return whether it came in time."""
    try:
        signal.setitimer(signal.ITIMER_REAL, after)
        call()
    except KeyboardInterrupt:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


def with_signals(name):
    """Return how many of the signals hit the call; each left all right."""
    attempt, chance, hits = training_of(name, epochs=20), random.Random(0), 0
    start = time.perf_counter()
    attempt()[1]()
    longest = 1.5 * (time.perf_counter() - start)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for _ in range(SIGNALS):
            try:
                came, _, right = outcome(
                    attempt, partial(by_signal, after=chance.uniform(1e-5, longest))
                )
            except KeyboardInterrupt:  # it came too late, or too early
                continue
            assert right
            hits += came
    finally:
        signal.signal(signal.SIGALRM, before)
    return hits


def saves():
    """Interrupt a save before every bytecode of the package, and every line of what it calls."""
    rng, n = np.random.default_rng(0), 0
    old, new = Network([2, 3, 1], rng=rng), Network([2, 3, 1], rng=rng, bias=False)
    names, synced = {repr(old), repr(new)}, os.fsync
    ignored, sys.unraisablehook = sys.unraisablehook, lambda what: None  # of an interrupted ZipFile
    os.fsync = lambda file: None  # it takes most of the time
    left_over = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "net.npz")
            for aim in ({"bytecodes": True, "only": "nn_tutorial"}, {}):
                old.save(path)
                at = 1
                while interrupt(partial(new.save, path), at, **aim):
                    assert repr(Network.load(path)) in names
                    left_over += len(os.listdir(folder)) - 1
                    old.save(path)
                    assert os.listdir(folder) == ["net.npz"]
                    at += 1
                n += at - 1
    finally:
        os.fsync, sys.unraisablehook = synced, ignored
    return n, left_over


def run(say):
    """Return rows for the page: what, how many, what happened."""
    rows = []
    for name in RUNS:
        counts = []
        for aim in ({"step": 1}, {"step": 7, "bytecodes": True}):
            n = 0
            for _, right in interrupted_trainings(training_of(name), **aim):
                assert right, f"{name}, after {n} attempts with {aim}"
                n += 1
            counts.append(n)
        say(f"{name}: {counts}")
        happened = f"{counts[0]} lines, {counts[1]} bytecodes; the last update each time"
        rows.append((f"`train`, {name}, two epochs", sum(counts), happened))
    if hasattr(signal, "setitimer"):
        for name in RUNS:
            hits = with_signals(name)
            say(f"{name}: {hits} signals")
            rows.append((f"`train`, {name}, real signals", hits, "the last update each time"))
    n, left_over = saves()
    rows.append(("`save`", n, f"the old file or the new; {left_over} left a file until the next"))
    return rows

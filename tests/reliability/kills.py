"""Killed while saving: the old file or the new one is there, whole."""

import os
import random
import signal
import tempfile
import time

import numpy as np

from nn_tutorial import Network, files

HITS = 300


def child(path, nets, pipe):
    """Save one network after the other, and tell when each save begins and ends."""
    while True:
        for net in nets:
            os.write(pipe, b"b")
            net.save(path)
            os.write(pipe, b"e")


def one_kill(path, nets, delay):
    """Return whether the process was killed in the middle of a save."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            child(path, nets, writing)
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 1)
    time.sleep(delay)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    while more := os.read(reading, 4096):
        told = more
    os.close(reading)
    return told.endswith(b"b")


def run(say):
    """Return rows for the page: what, how many, what happened."""
    if not hasattr(os, "fork"):
        return [("not tried here, without fork", "", "")]
    rng = np.random.default_rng(0)
    nets = [Network([200, 200, 10], rng=rng), Network([210, 200, 10], rng=rng)]
    expected = {repr(net): net.weights[0].tobytes() for net in nets}
    kills, hits, left_over, most, seen = 0, 0, 0, 0, set()
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "net.npz")
        nets[0].save(path)
        start = time.monotonic()
        nets[0].save(path)
        length = time.monotonic() - start
        while hits < HITS:
            kills += 1
            hit = one_kill(path, nets, chance.uniform(0, 4 * length))
            net = Network.load(path)
            assert expected[repr(net)] == net.weights[0].tobytes()
            seen.add(repr(net))
            others = set(os.listdir(folder)) - {"net.npz"}
            assert all(files.LEFT_OVER.fullmatch(name) for name in others), others
            most = max(most, len(others))
            hits += hit
            left_over += bool(others)
            if hit and hits % 50 == 0:
                say(f"{hits} of {HITS} kills hit")
        nets[0].save(path)
        assert os.listdir(folder) == ["net.npz"]
    assert len(seen) == 2
    return [
        ("processes killed (SIGKILL)", kills, "the file at the path was whole each time"),
        ("of these, in the middle of a save", hits, "the old network or the new one"),
        ("of these, that left a file behind", left_over, f"never more than {most} at once"),
        ("left behind after one more save", 0, "all were removed"),
    ]

"""How time and memory grow with the data, the network and the number of networks.

Run by ``run.py`` in a process of its own. Prints JSON: a list of series, each with the sizes, the
seconds of one epoch, and the peak of the memory that ``train`` allocates, in bytes.
"""

import json
import sys
import time
import tracemalloc

import numpy as np

from nn_tutorial import Network, train

ROUNDS = 5


def minibatch(n_samples=4000, width=64, depth=1, epochs=1):
    """Return a function that trains 64-width-10 in batches of 100, and its number of weights."""
    rng = np.random.default_rng(0)
    X, y = rng.random((n_samples, 64)), rng.integers(0, 10, n_samples)
    net = Network([64, *[width] * depth, 10], rng=rng, output="softmax")
    n_weights = sum(W.size for W in net.weights)

    def run():
        train(net, X, y, epochs, 1e-3, batch_size=100, rng=rng)

    return run, n_weights


def ensemble(n_networks):
    """Return a function that trains that many 2-3-1 networks for 50 steps, and how many."""
    rng = np.random.default_rng(0)
    nets = Network([2, 3, 1], rng=rng, bias=False, n_networks=n_networks)
    X, y = rng.random((3, 2)), rng.random((3, 1))

    def run():
        train(nets, X, y, 50, 1e-3)

    return run, n_networks


SERIES = {
    "samples": [(n, *minibatch(n_samples=n)) for n in (4_000, 16_000, 64_000)],
    "epochs": [(n, *minibatch(epochs=n)) for n in (1, 4, 16)],
    "width": [(n, *minibatch(width=n)) for n in (64, 256, 1024)],
    "depth": [(n, *minibatch(depth=n)) for n in (1, 2, 4, 8)],
    "ensemble": [(n, *ensemble(n)) for n in (1, 4, 16, 64, 256, 1024, 4096)],
}


def peak_memory(run):
    """Return how many bytes were allocated at most, beyond what there was before."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main():
    """Measure each series, in turns, and print them."""
    results = []
    for name, points in SERIES.items():
        seconds = {size: [] for size, *_ in points}
        for _ in range(ROUNDS):
            for size, run, _ in points:
                start = time.perf_counter()
                run()
                seconds[size].append(time.perf_counter() - start)
        results.append(
            {
                "name": name,
                "sizes": [size for size, *_ in points],
                "weights": [n_weights for *_, n_weights in points],
                "seconds": [float(np.median(values)) for values in seconds.values()],
                "bytes": [peak_memory(run) for _, run, _ in points],
            }
        )
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()

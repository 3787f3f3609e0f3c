"""Train one network on several machines: the shards stay with them, the weights travel.

    uv run --group cluster python tools/share_the_work.py
    uv run --group cluster python tools/share_the_work.py --hidden 1000 --steps 50
    uv run --group cluster python tools/share_the_work.py --starts 20
    uv run --group cluster python tools/share_the_work.py --scheduler tcp://192.168.1.10:8786

Without the address of a scheduler, processes of this computer are the machines. A cluster's
machines need the same versions of Python, Dask, NumPy and `nn_tutorial`.
"""

import argparse
import itertools
import os
import time
from contextlib import nullcontext

import dask
import numpy as np
from dask.distributed import Client, LocalCluster, as_completed, wait

from nn_tutorial import MaxScaler, Network, digits, exam_scores, train

# What a machine does.


def make_shard(k, n_shards):
    """Return the images and labels of shard k: from its number, so a lost one is made again."""
    data = digits()
    rows = np.array_split(np.arange(len(data.X_train)), n_shards)[k]
    return data.X_train[rows], data.y_train[rows]


def gradients_at(shard, parameters):
    """Return how many images the shard has, its gradients, its loss, and who answers."""
    X, y = shard
    net = Network.from_weights(parameters[:2], parameters[2:], output="softmax")
    d_weights, d_biases = net.gradients(X, y)
    return len(X), [*d_weights, *d_biases], net.loss(X, y), os.getpid()


def train_alone(parameters, steps, rate):
    """Return the parameters after some steps on one machine, and the seconds it took."""
    begin, shard = time.perf_counter(), make_shard(0, 1)
    parameters = descend(parameters, lambda now: [gradients_at(shard, now)], steps, rate)
    return parameters, time.perf_counter() - begin


def a_thousand_starts(seed):
    """Return what 1,000 trained networks of chapter 10 say of the student (4, 8), in points."""
    scores, scaler, rng = exam_scores(), MaxScaler(), np.random.default_rng(seed)
    nets = Network.from_weights([rng.normal(size=(1000, 2, 3)), rng.normal(size=(1000, 3, 1))])
    train(nets, scaler.fit_transform(scores.X), scores.y / 100, epochs=1000, learning_rate=1.5)
    return 100 * nets.predict(scaler.transform([[4, 8]]))[:, 0, 0]  # (1000,)


# What their leader does.


def descend(parameters, ask, steps, rate):
    """Return the parameters after some steps along the weighted mean of the answers' gradients."""
    for _ in range(steps):
        sizes, gradients, *_ = zip(*ask(parameters), strict=True)
        shares = np.array(sizes) / sum(sizes)
        means = [
            sum(share * g for share, g in zip(shares, of_all, strict=True))
            for of_all in zip(*gradients, strict=True)  # W1 of all, then W2 of all …
        ]
        parameters = [p - rate * mean for p, mean in zip(parameters, means, strict=True)]
    return parameters


def teller(steps):
    """Return a function that prints each step's loss, and the shards' processes if they changed."""
    count, before = itertools.count(1), ()

    def tell(answers):
        nonlocal before
        step, (sizes, _, losses, processes) = next(count), zip(*answers, strict=True)
        if processes != before:
            print(f"\nstep {step}: the shards lie in the processes", *processes)
        before = processes
        loss = np.average(losses, weights=sizes)
        print(f"\rstep {step} of {steps}, loss {loss:.4f}", end="", flush=True)

    return tell


def deal(client, n_shards, patience):
    """Return the machines, where each shard belongs, and the shards, which are made there.

    Raises TimeoutError if there is no machine for so many seconds.
    """
    client.wait_for_workers(1, timeout=patience)
    machines = sorted(client.nthreads())  # their addresses
    where = [
        {"workers": machines[k % len(machines)], "allow_other_workers": True, "pure": False}
        for k in range(n_shards)
    ]
    shards = [client.submit(make_shard, k, n_shards, **where[k]) for k in range(n_shards)]
    return machines, where, shards


def train_together(client, parameters, n_shards, steps, rate, patience):
    """Return the parameters after the same steps, each gradient made where its shard lies.

    If the machines have changed, the shards are dealt anew. If the answers to a step take more than
    so many seconds, they are dealt anew as well, and the step is asked for again; the second time
    raises TimeoutError.
    """
    tell = teller(steps)
    machines = where = shards = None  # the first question deals

    def ask(now):
        nonlocal machines, where, shards
        if machines != sorted(client.nthreads()):  # one is gone, or one has come
            machines, where, shards = deal(client, n_shards, patience)
        futures = [client.submit(gradients_at, shards[k], now, **where[k]) for k in range(n_shards)]
        wait(futures, timeout=patience)
        return client.gather(futures)

    def ask_at_most_twice(now):
        nonlocal machines
        try:
            answers = ask(now)
        except TimeoutError:
            machines = None
            answers = ask(now)
        tell(answers)
        return answers

    return descend(parameters, ask_at_most_twice, steps, rate)


def share_the_training(client, options):
    """Train on one machine and on all, and print whether the weights agree, and what it took."""
    rng = np.random.default_rng(0)
    net = Network([64, options.hidden, 10], rng=rng, output="softmax")
    start, how = [*net.weights, *net.biases], (options.steps, options.rate)
    print("one machine, then all together:", end="", flush=True)
    alone, seconds = client.submit(train_alone, start, *how, pure=False).result()
    begin = time.perf_counter()
    found = train_together(client, start, options.shards, *how, options.patience)
    shared = time.perf_counter() - begin
    apart = max(np.abs(a - b).max() for a, b in zip(found, alone, strict=True))
    sent = options.steps * options.shards * sum(p.nbytes for p in start)
    print(f"\nlargest difference from the parameters of one machine: {apart:.1e}")
    print(f"{sent:,} bytes of parameters went out, and as many of gradients came back")
    print(f"one machine {seconds:.2f} s, together {shared:.2f} s", end=": ")
    print(f"{seconds / shared:.2f} times as fast")
    if options.save:
        np.savez(options.save, *found)


def share_the_starts(client, options):
    """Train thousands of networks on one machine and on all, and print what they say."""
    one, *_ = client.nthreads()
    for name, workers in (("one machine", [one]), ("together", None)):
        begin, said = time.perf_counter(), []
        seeds = range(options.starts)
        for done in as_completed(client.map(a_thousand_starts, seeds, workers=workers, pure=False)):
            said.extend(done.result())
            print(f"\r{name}: {len(said):,} starts", end="", flush=True)
        seconds = time.perf_counter() - begin
        print(f" in {seconds:.1f} s, answers from {min(said):.1f} to {max(said):.1f} points")


def main():
    """Read the options, find the machines, share the work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scheduler", help="a cluster's, tcp://…; otherwise processes here")
    parser.add_argument("--workers", type=int, default=2, help="how many processes here")
    parser.add_argument("--shards", type=int, default=4, help="of the data (%(default)s)")
    parser.add_argument("--hidden", type=int, default=32, help="how many neurons (%(default)s)")
    parser.add_argument("--steps", type=int, default=100, help="of descent (%(default)s)")
    parser.add_argument("--rate", type=float, default=1.0, help="of learning (%(default)s)")
    parser.add_argument("--patience", type=float, default=60, help="seconds until answers are lost")
    parser.add_argument("--save", metavar="FILE", help="where the parameters go: a .npz file")
    parser.add_argument("--starts", type=int, help="train so many thousand small networks instead")
    options = parser.parse_args()
    # An idle process would take a shard from a busy one, and the shard would travel.
    dask.config.set({"distributed.scheduler.work-stealing": False})
    here = {"n_workers": options.workers, "threads_per_worker": 1, "dashboard_address": None}
    with (
        nullcontext(options.scheduler) if options.scheduler else LocalCluster(**here) as machines,
        Client(machines) as client,
    ):
        (share_the_starts if options.starts else share_the_training)(client, options)


if __name__ == "__main__":
    main()

"""One contender in a process of its own: prove that it does the work, then run it on request.

Started by ``run.py`` with a contender, a work and a number of threads. The first line that it
writes is JSON: what it proved. Then each line that it reads is answered with the seconds of a run.
"""

import importlib
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

threads = int(sys.argv[3])
if hasattr(os, "sched_setaffinity"):
    # JAX makes as many threads as there are cores: the variables that run.py sets are not enough.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])

sys.path.append(str(Path(__file__).parents[1] / "tools"))

import numpy as np  # noqa: E402 - only now that the number of threads is fixed
import works  # noqa: E402
from contenders import textbook  # noqa: E402


def prove(module, prepare, work, trained):
    """Return what shows that the contender does the work, and that ``trained`` is its result.

    ``difference`` is the largest between its weights and those that the textbook version finds in
    float64, after the work's short form; ``accuracy`` is on test data, where the work has any.
    """
    if trained is None:
        return {}
    short = replace(work.short(), shuffled=not getattr(module, "OWN_ORDER", False))
    proof = {"difference": difference(prepare(short)(), short)}
    if work.X_test is not None:
        right = trained.predict(work.X_test).argmax(axis=1) == work.y_test
        proof["accuracy"] = float(right.mean())
    return proof


def difference(found, work):
    """Return the largest difference between found's weights and the textbook's."""
    pairs = [(found, work.start)]
    if found.n_networks is not None:  # a few members will do, the textbook takes one at a time
        some = (0, 1, found.n_networks - 1)
        pairs = [(found.member(k), work.start.member(k)) for k in some]
    largest = 0.0
    for net, start in pairs:
        expected = textbook.fit(works.in_float64(work, start))()
        for a, b in zip(
            net.weights + (net.biases or []),
            expected.weights + (expected.biases or []),
            strict=True,
        ):
            largest = max(largest, float(np.abs(a - b).max()))
    return largest


def main(contender, work_name):
    """Prepare, warm up, prove; then answer each line with the seconds of a run."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a contender prints is no answer
    module_name, function = contender.split(".")
    try:
        module = importlib.import_module(f"contenders.{module_name}")
    except ModuleNotFoundError as error:
        print(json.dumps({"missing": error.name}), file=answers, flush=True)
        return
    work, prepare = getattr(works, work_name)(), getattr(module, function)
    run = prepare(work)
    proof = prove(module, prepare, work, run())
    ready = {"versions": getattr(module, "VERSIONS", {}), **proof}
    print(json.dumps(ready), file=answers, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        run()
        print(time.perf_counter() - start, file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])

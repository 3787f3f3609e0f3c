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

import works  # noqa: E402 - only now that the number of threads is fixed
from contenders import textbook  # noqa: E402


def prove(module, prepare, work, trained):
    """Return what shows that the contender does the work, and that ``trained`` is its result.

    ``difference`` is the largest from the weights that the textbook version finds in float64, after
    the work's short form; ``accuracy`` is that of the whole work on test data, if it has any.
    """
    if trained is None:
        return {}
    short = replace(work.short(), shuffled=not getattr(module, "OWN_ORDER", False))
    proof = {"difference": textbook.difference(prepare(short)(), short)}
    if work.X_test is not None:
        right = trained.predict(work.X_test).argmax(axis=1) == work.y_test
        proof |= {"accuracy": float(right.mean()), "n_test": len(right)}
    return proof


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

"""Several contenders at the same work, in turns: what one disturbs, the others feel as well."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

WORKER = Path(__file__).with_name("worker.py")


@dataclass
class Row:
    """A contender at a work, and what came out.

    ``contender`` is "module.function", ``work`` the name of a function in ``works``, ``why`` says
    what a reader should know where it is faster than this package. ``seconds`` are those of each
    round; empty where a module was ``missing``.
    """

    label: str
    contender: str
    work: str
    why: str = ""
    proof: dict = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    @property
    def missing(self):
        """The module that is not installed, or None."""
        return self.proof.get("missing")

    @property
    def median(self):
        """The median over the rounds, in seconds; NaN without rounds."""
        return float(np.median(self.seconds)) if self.seconds else float("nan")

    def times(self, other):
        """Return how many times as long as ``other`` it took; NaN without rounds.

        The median over the rounds, each compared with the same round of the other: what slows a
        whole round slows both.
        """
        if not (self.seconds and other.seconds):
            return float("nan")
        return float(np.median(np.divide(self.seconds, other.seconds)))

    def proven(self, first):
        """Return whether it did what ``first`` did, as far as both are installed.

        Its weights are the textbook's to 1e-6, and its test accuracy is not lower than the other's
        by more than one standard error. The bare products learn nothing, and prove nothing.
        """
        if self.missing or self.contender == "products.fit":
            return True
        if "accuracy" in self.proof:
            share = first.proof["accuracy"]
            error = np.sqrt(share * (1 - share) / first.proof["n_test"])
            if self.proof["accuracy"] < share - error:
                return False
        return self.proof["difference"] < 1e-6


def measure(rows, rounds, threads):
    """Fill the rows: one process each, all alive, one round after the other."""
    environment = os.environ | dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads)
    )
    workers = []
    try:
        for row in rows:
            command = [sys.executable, str(WORKER), row.contender, row.work, str(threads)]
            worker = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
            )
            workers.append(worker)
            # One after the other: getting ready is work, too, and would disturb the rest.
            line = worker.stdout.readline()
            if not line:
                raise RuntimeError(f"{row.contender} failed at {row.work}: its message is above")
            row.proof = json.loads(line)
        rng = np.random.default_rng(0)
        for _ in range(rounds):
            for turn in rng.permutation(len(rows)):  # no one always comes after the same other
                row, worker = rows[turn], workers[turn]
                if not row.missing:
                    worker.stdin.write("run\n")
                    worker.stdin.flush()
                    row.seconds.append(float(worker.stdout.readline()))
    finally:
        for worker in workers:
            worker.stdin.close()
            worker.stdout.close()
            worker.wait()

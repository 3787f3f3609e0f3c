"""Measure nn_tutorial beside other implementations; write docs/performance.md and its pictures.

    python benchmarks/run.py            everything
    python benchmarks/run.py digits     one group, to the screen only

The groups are source, ensemble, digits and fashion.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import report
import startup
import works
from side_by_side import Row, measure

COMPILED = "it compiles the whole loop to machine code, with no call from Python between the steps"
STEP = "each step is one call of compiled code"
THE_PRODUCTS = "the products decide, not new arrays"
PRODUCTS = "matrix products only"
NOTHING = "it learns nothing: it only computes the same matrix products"


@dataclass
class Group:
    """Contenders at one kind of work.

    ``divisor`` makes of the seconds of a run the number that the table shows in ``unit``.
    """

    title: str
    rows: list[Row]
    unit: str
    divisor: float
    rounds: int
    threads: tuple[int, ...] = (1,)


def groups():
    """Return the groups by name. The first row of each is what the others are compared with."""
    pictures = "Fashion-MNIST" if works.has_fashion() else "synthetic pictures of the same sizes"
    return {
        "source": Group(
            "The source's network: 2-3-1, three students, full batch, 1,000 steps, float64",
            [
                Row("this package", "package.fit", "source"),
                Row("this package, with biases", "package.fit", "source_with_biases"),
                Row("textbook version", "textbook.fit", "source"),
                Row("textbook version, with biases", "textbook.fit", "source_with_biases"),
                Row("the loop of chapter 08", "textbook.chapter_08", "source"),
                Row("the source's loop, printing to nowhere", "source_loop.printing", "source"),
                Row("the source's loop without prints", "source_loop.silent", "source"),
                Row(
                    "NumPy tuned by hand for this network", "hand_tuned.fit", "source",
                    "it can do nothing else: two layers, no biases, three students, this rate",
                ),
                Row(
                    "plain Python floats", "plain_python.fit", "source",
                    "calling NumPy costs more than the few multiplications of three students",
                ),
                Row(
                    "scikit-learn, with biases, linear output", "scikit_learn.fit",
                    "source_for_scikit_learn",
                ),
                Row("PyTorch eager", "pytorch.fit", "source"),
                Row("PyTorch eager, with biases", "pytorch.fit", "source_with_biases"),
                Row("JAX, a compiled step", "jax_programs.one_step", "source", STEP),
                Row("JAX, the whole loop compiled", "jax_programs.whole_loop", "source", COMPILED),
                Row("micrograd", "scalars.fit", "source"),
                Row(PRODUCTS, "products.fit", "source", NOTHING),
            ],
            "µs per step", 1000 / 1e6, rounds=15,
        ),
        "ensemble": Group(
            "256 random starts of the source's network, 1,000 steps, float64",
            [
                Row("this package, one call", "package.fit", "ensemble"),
                Row("this package, one after the other", "package.one_by_one", "ensemble"),
                Row("textbook version, one call", "textbook.fit", "ensemble"),
                Row("JAX, all loops compiled", "jax_programs.whole_loop", "ensemble", COMPILED),
                Row(PRODUCTS, "products.fit", "ensemble", NOTHING),
            ],
            "µs per network and step", 256 * 1000 / 1e6, rounds=7,
        ),
        "digits": Group(
            "Handwritten digits: 64-32-10, batches of 32, 30 epochs, float64",
            common_rows("digits_work"), "ms per epoch", 30 / 1e3, rounds=9, threads=(1, 2),
        ),
        "fashion": Group(
            f"{pictures}: 784-128-10, 60,000 samples, batches of 128, 5 epochs, float32",
            common_rows("fashion_work"), "s per epoch", 5, rounds=5, threads=(1, 2),
        ),
    }  # fmt: skip


def common_rows(work):
    """Return the contenders at the works that go through batches."""
    return [
        Row("this package", "package.fit", work),
        Row("textbook version", "textbook.fit", work, THE_PRODUCTS),
        Row("scikit-learn", "scikit_learn.fit", work),
        Row("PyTorch eager", "pytorch.fit", work),
        Row("JAX, a compiled step", "jax_programs.one_step", work, STEP),
        Row("JAX, an epoch compiled", "jax_programs.whole_loop", work, COMPILED),
        Row(PRODUCTS, "products.fit", work, NOTHING),
    ]


def measure_group(group):
    """Return {threads: rows} after measuring."""
    found = {}
    for threads in group.threads:
        rows = [Row(row.label, row.contender, row.work, row.why) for row in group.rows]
        measure(rows, group.rounds, threads)
        found[threads] = rows
    return found


def separately(program):
    """Return what a program of this folder measures in a process of its own with one thread."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(Path(__file__).with_name(program))]
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return json.loads(result.stdout)


def main():
    """Measure what was asked for; return 1 if a contender did other work than the rest."""
    known = groups()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said = f"of {', '.join(known)} (all)"
    parser.add_argument("groups", nargs="*", choices=[[], *known], metavar="GROUP", help=said)
    parser.add_argument("--pyodide", type=Path, help="a folder with Pyodide and its NumPy wheel")
    arguments = parser.parse_args()

    measured = {}
    for name in arguments.groups or known:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        measured[name] = known[name], measure_group(known[name])
    wrong = [
        row.label
        for _, found in measured.values()
        for rows in found.values()
        for row in rows
        if not row.proven(rows[0])
    ]
    if wrong:
        print(f"not the same work, so nothing is written: {', '.join(wrong)}", file=sys.stderr)
        return 1
    if arguments.groups:
        print("\n".join(report.group_tables(measured)))
    else:
        waiting = {}
        for name, function in (
            ("first cell", startup.first_cell),
            ("growth", lambda: separately("growth.py")),
            ("redraws", lambda: separately("redraws.py")),
            ("imports", startup.imports),
            ("browser", lambda: startup.browser(arguments.pyodide)),
            ("notebooks", startup.notebooks),
            ("tests", startup.tests),
        ):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            waiting[name] = function()
        report.write(measured, waiting)
    return 0


if __name__ == "__main__":
    sys.exit(main())

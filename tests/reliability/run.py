"""Try on purpose what happens to a user by accident, and write docs/reliability.md.

    uv run python tests/reliability/run.py            # all, in some minutes
    uv run python tests/reliability/run.py damage     # one of them, printed only

What a script found wrong, and the tests now guard, is in tests/test_files.py, test_storage.py and
test_fast.py. A script stops at the first thing that goes wrong.
"""

import argparse
import datetime
import importlib
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from page import write_block

SCRIPTS = (
    "damage",
    "kills",
    "disks",
    "interrupts",
    "extremes",
    "company",
    "diagnoses",
    "submissions",
)
HEAD = "*One run of `tests/reliability/run.py` on one machine: {where}.*\n"


def say(text):
    """Print a line of progress."""
    print(f"  {text}", flush=True)


def main():
    """Run the scripts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said = f"of {', '.join(SCRIPTS)} (all)"
    parser.add_argument("names", nargs="*", choices=[[], *SCRIPTS], metavar="NAME", help=said)
    names = parser.parse_args().names
    where = (
        f"{platform.system()}, Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{os.cpu_count()} cores, {datetime.date.today()}"
    )
    page = [HEAD.format(where=where)]
    for name in names or SCRIPTS:
        script, start = importlib.import_module(name), time.monotonic()
        print(f"{name}: {script.__doc__.splitlines()[0]}", flush=True)
        rows = script.run(say)
        for what, n, happened in rows:
            print(f"{n:>9}  {what}: {happened}")
        print(f"  {time.monotonic() - start:.0f} s", flush=True)
        title, _, claim = script.__doc__.splitlines()[0].rstrip(".").partition(": ")
        table = "\n".join(f"| {what} | {n} | {happened} |" for what, n, happened in rows)
        page.append(f"### {title}\n\n{claim[0].upper()}{claim[1:]}.\n\n")
        page[-1] += f"| what | how often | what happened |\n| --- | --- | --- |\n{table}\n"
    if not names:
        write_block("faults", "\n".join(page))


if __name__ == "__main__":
    main()

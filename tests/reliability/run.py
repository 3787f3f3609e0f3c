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
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
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
HEAD = """# What happens when something goes wrong

*Written by `python tests/reliability/run.py`; not edited by hand.*

Everything here was done on purpose and by the thousand; the script stops at the first result that
is wrong, so each number below is a number of right ones. It is one run on one machine: {where}.
It was not run on Windows or macOS.

- **`save`** leaves the old file or the new one, whole, whatever comes in between. It follows links,
  keeps the file's mode (and its owner, where the system permits), and replaces no folder, device or
  pipe, nor a write-protected file. Other names of the file (hard links) keep the old network, and
  access control lists are not copied.
- **`load`** gives the very same network or refuses the file, by its path, with a `ValueError` (it
  is no sound network) or an `OSError` (it can't be read). It runs no code from it, and needs memory
  for no more than a few times the file's size.
- **`train`**, interrupted, leaves the weights of the last update.
- **What a killed `save` leaves behind**, a file `nn_tutorial-….part`, the next `save` into the same
  folder removes, unless the folder knows no locks.
"""


def say(text):
    """Print a line of progress."""
    print(f"  {text}", flush=True)


def main():
    """Run the scripts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *SCRIPTS], metavar="name")
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
        page.append(f"## {title}\n\n{claim[0].upper()}{claim[1:]}.\n\n")
        page[-1] += f"| what | how often | what happened |\n| --- | --- | --- |\n{table}\n"
    if not names:
        PAGE.write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Grade the notebooks that a class handed in, and say what to teach tomorrow.

uv run python tools/class_report.py FOLDER

FOLDER is what Moodle's "Download all submissions" unpacks to, nbgrader's `submitted`, or any folder
with a file or a folder for each student. Beside it come FOLDER-report.html and FOLDER-report.csv;
those of an earlier run are replaced.

The notebooks run on this computer. Each has a process of its own with limits of time and memory,
but what runs here can read and delete what you can. Run strangers' code in a container.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from teaching.grading import Limits, grade_all
from teaching.report import to_csv, to_html
from teaching.submissions import find


def tell(done: int, of: int) -> None:
    """Say how far it is, in one line that is written over, or every tenth where it can't be."""
    if sys.stderr.isatty():
        print(f"\r{done} of {of} graded", end="\n" if done == of else "", file=sys.stderr)
    elif done % 10 == 0 or done == of:
        print(f"{done} of {of} graded", file=sys.stderr, flush=True)


def main() -> None:
    """Grade everything in the folder named on the command line, and write the report."""
    usual = Limits()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what was handed in")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="how many at once (one per core)"
    )
    parser.add_argument(
        "--seconds", type=float, default=usual.seconds, help="for one cell (%(default)s)"
    )
    parser.add_argument(
        "--megabytes", type=int, default=usual.megabytes, help="of memory for each (%(default)s)"
    )
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        packed = arguments.folder.suffix.lower() == ".zip" and arguments.folder.is_file()
        what = "a ZIP file: unpack it first, and name the folder" if packed else "no folder"
        parser.error(f"{arguments.folder} is {what}")
    submissions = find(arguments.folder)
    if not submissions:
        parser.error(f"{arguments.folder} holds no files")
    limits = Limits(arguments.seconds, 6 * arguments.seconds, arguments.megabytes)
    start = time.monotonic()
    grade_all(submissions, arguments.workers, limits, tell)
    minutes = (time.monotonic() - start) / 60
    stem = arguments.folder.resolve()
    for suffix, text in ((".html", to_html(submissions)), (".csv", to_csv(submissions))):
        path = stem.with_name(f"{stem.name}-report{suffix}")
        path.write_text(text, encoding="utf-8" if suffix == ".html" else "utf-8-sig", newline="\n")
        print(path)
    print(f"{len(submissions)} submissions, {len(submissions) / minutes:.0f} a minute")


if __name__ == "__main__":
    main()

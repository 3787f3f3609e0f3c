"""Build the website: the book, and the browser edition under it in lite/.

uv run --group site python tools/build_site.py OUT [--pyodide DIR]

OUT is one folder of static files, for any web server. No notebook is run: the pages show the
outputs that are stored.
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from website import book, lite


def main() -> None:
    """Build into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder; its old pages go")
    parser.add_argument(
        "--pyodide",
        type=Path,
        metavar="DIR",
        help="where Pyodide's files lie, for the browser edition; without it, its public address",
    )
    arguments = parser.parse_args()
    start = time.perf_counter()
    with ThreadPoolExecutor() as beside:  # both are programs of their own, mostly
        edition = beside.submit(lite.build, arguments.out / "lite", arguments.pyodide)
        book.build(arguments.out)
        edition.result()
    print(f"{arguments.out}: ready after {time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()

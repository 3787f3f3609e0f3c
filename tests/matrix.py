"""Run the notebooks as other machines would, and name each cell that says something else there.

    uv run python tests/matrix.py                            # all rows, in about an hour
    uv run python tests/matrix.py --rows "hash seed" Turk    # rows with such words in the name,
                                                             # and parts of rows with such a name
    uv run python tests/matrix.py --chapters 02 06           # only these chapters; printed only
    uv run python tests/matrix.py --nudge 1e-12              # one row: inputs moved by so much

Every output of every cell is compared with the stored one, as strictly as nbval does: all but the
pixels of pictures, and of these it is counted how many look different. The rows are data, in
``matrix_rows.py``. Each proves from inside its kernel that it took effect, or says that it did not.
What was run with all chapters goes into the table of ``docs/reliability.md``.
"""

import argparse
import copy
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from matrix_rows import PARTS, ROWS, Row, nudged
from page import block, write_block
from run_notebooks import canonical, execute, looks_equal, pictures

ROOT = Path(__file__).resolve().parent.parent
HEADER = "| machine | what its kernel says | cells that differ |\n| --- | --- | --- |\n"


class Result(NamedTuple):
    """What a row showed: its own words, and for each chapter the cells that differ."""

    says: str
    cells: int = 0
    different: tuple[str, ...] = ()
    pictures: int = 0
    repainted: int = 0

    def as_row(self, name: str) -> str:
        """Return the line of the table."""
        found = f"{len(self.different)} of {self.cells}" if self.cells else "not run"
        if self.repainted:
            found += f"; {self.repainted} of {self.pictures} pictures look different"
        return f"| {name} | {self.says.replace('|', '/')} | {found} |\n"


class NotHere(Exception):  # noqa: N818 - a finding, no error
    """This machine lacks what the row needs."""


def shell(command: str, log: Path) -> None:
    """Run one line of a row's setup; raises NotHere with the last thing that it said."""
    with log.open("ab") as file:
        done = subprocess.run(command, shell=True, stdout=file, stderr=subprocess.STDOUT)
    if done.returncode:
        said = log.read_text(errors="replace").strip().splitlines()
        raise NotHere(f"not here: `{shlex.split(command)[0]}` failed: {said[-1] if said else ''}")


def prepare(row: Row, scratch: Path) -> Path:
    """Make the row's machine: a copy of the project, its files and environment, and its kernel.

    Returns the folder in which the notebooks run. The kernel is called ``row``.
    """
    project = scratch / row.folder
    for part in ("nn_tutorial", "notebooks"):
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    where = {"scratch": scratch, "python": sys.executable, "tests": Path(__file__).parent}

    def fill(text):
        return re.sub(r"\{(\w+)\}", lambda found: str(where.get(found[1], found[0])), text)

    for name, text in row.files.items():
        (scratch / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).write_text(fill(text), encoding="utf-8")
    for command in row.setup:
        shell(fill(command), scratch / "setup.log")
    environment = {
        "PYTHONPATH": str(project),
        "IPYTHONDIR": str(scratch / "ipython"),
        "MPLCONFIGDIR": str(scratch / "matplotlib"),
    } | {name: fill(value) for name, value in row.environment.items()}
    if extra := environment.pop("more_path", ""):
        environment["PYTHONPATH"] += os.pathsep + extra
    spec = {
        "argv": [*map(fill, row.launch), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": row.name,
        "language": "python",
        "env": environment,
    }
    (scratch / "jupyter" / "kernels" / "row").mkdir(parents=True)
    (scratch / "jupyter" / "kernels" / "row" / "kernel.json").write_text(json.dumps(spec))
    return project / "notebooks"


def run(cells: nbformat.NotebookNode, scratch: Path, folder: Path) -> nbformat.NotebookNode:
    """Return the notebook as it comes out on the row's machine; errors are outputs."""
    new = copy.deepcopy(cells)
    os.environ["JUPYTER_PATH"] = str(scratch / "jupyter")
    options = {"resources": {"metadata": {"path": folder}}, "timeout": 300, "allow_errors": True}
    try:
        execute(new, kernel_name="row", **options)
    except RuntimeError as error:
        if "before the first cell" not in str(error):
            raise
        execute(new, kernel_name="row", **options)  # another program took the kernel's port
    return canonical(new)


def prove(row: Row, scratch: Path, folder: Path) -> str:
    """Return what the row's kernel says about itself.

    Raises
    ------
    NotHere
        If that is not what the row is meant to be.
    """
    code = f"import nn_tutorial, os\n{row.proof[0]}\nos.path.realpath(nn_tutorial.__file__)"
    *outputs, last = (
        run(new_notebook(cells=[new_code_cell(code)]), scratch, folder).cells[0].outputs
    )
    says = "; ".join("".join(output.get("text", "") for output in outputs).strip().splitlines())
    if last.output_type == "error":
        raise NotHere(f"its kernel raised {last.ename}: {last.evalue}")
    if str(folder.parent.resolve()) not in last.data["text/plain"]:
        raise NotHere(f"it imports another copy of the package: {last.data['text/plain']}")
    if not re.fullmatch(row.proof[1], says):
        raise NotHere(f"no effect: its kernel says {says}")
    return says


def compared(output: nbformat.NotebookNode) -> dict:
    """Return what is compared of one output: everything but pixels."""
    data = {
        kind: "" if kind.startswith("image/") else value
        for kind, value in output.get("data", {}).items()
    }
    return dict(output) | {"data": data}


def lines(outputs: list) -> list[str]:
    """Return what a reader sees of some outputs, line by line."""
    said = []
    for output in map(compared, outputs):
        data = output["data"]
        said += [f"[{kind}]" for kind in data if kind != "text/plain"]
        said += (output.get("text") or data.get("text/plain", "")).splitlines()
        if output["output_type"] == "error":
            said += f"{output['ename']}: {output['evalue']}".splitlines()
    return said


def differences(stored: nbformat.NotebookNode, new: nbformat.NotebookNode) -> dict[str, list[str]]:
    """Return for each cell that says something else the lines that differ, as a diff."""
    found = {}
    for old, now in zip(stored.cells, new.cells, strict=True):
        before, after = old.get("outputs", []), now.get("outputs", [])
        if [*map(compared, before)] != [*map(compared, after)]:
            changes = [*difflib.unified_diff(lines(before), lines(after), lineterm="", n=0)][2:]
            found[old.id] = [line for line in changes if line[:2] != "@@"] or [
                "another kind of output"
            ]
    return found


def repainted(stored: nbformat.NotebookNode, new: nbformat.NotebookNode) -> list[str]:
    """Return the cells with pictures that look different, once for each of these."""
    return [
        old.id
        for old, now in zip(stored.cells, new.cells, strict=True)
        for before, after in zip(pictures(old), pictures(now), strict=False)
        if not looks_equal(before["image/png"], after["image/png"])
    ]


def try_row(row: Row, chapters: list[Path], scratch: Path) -> Result:
    """Run the chapters on the row's machine, and print how far it is."""
    try:
        folder = prepare(row, scratch)
        says = prove(row, scratch, folder)
    except NotHere as reason:
        print(f"  {reason}", flush=True)
        return Result(str(reason))
    print(f"  {says}", flush=True)
    cells, different, n_pictures, painted = 0, [], 0, 0
    for path in chapters:
        start = time.monotonic()
        stored = nbformat.read(path, as_version=4)
        try:
            new = run(stored, scratch, folder)
            found, others = differences(stored, new), repainted(stored, new)
        except RuntimeError as error:
            found, others = {"where it stopped": str(error).splitlines()}, []
        cells += sum(cell.cell_type == "code" for cell in stored.cells)
        n_pictures += sum(len(pictures(cell)) for cell in stored.cells)
        painted += len(others)
        different += [f"{path.stem[:2]} {name}" for name in found]
        seconds = time.monotonic() - start
        print(f"  {path.stem}: {len(found)} differ, {seconds:.0f} s", flush=True)
        for name, changes in found.items():
            print("\n      ".join([f"    cell {name}", *changes[:12]]), flush=True)
        if others:
            print(f"    other pictures: {' '.join(others)}", flush=True)
    return Result(says, cells, tuple(different), n_pictures, painted)


def write(results: dict[str, Result]) -> None:
    """Put the rows' lines into the table of the page; others keep theirs, or are said to lack."""
    known = {line.split(" | ")[0][2:]: f"{line}\n" for line in block("matrix").splitlines()[2:]}
    known |= {name: result.as_row(name) for name, result in results.items()}
    untried = Result("not tried yet")
    lines = (known.get(row.name, untried.as_row(row.name)) for row in ROWS)
    write_block("matrix", HEADER + "".join(lines))


def main() -> int:
    """Run the rows that are asked for; return 1 if a cell differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", nargs="+", default=[""], metavar="WORDS", help="in a row's name")
    parser.add_argument("--chapters", nargs="+", default=[""], metavar="NN", help="not all")
    parser.add_argument(
        "--nudge", type=float, metavar="SIZE", help="move inputs instead, e.g. 1e-12"
    )
    options = parser.parse_args()
    known = {row.name: row for row in ROWS if any(words in row.name for words in options.rows)}
    known |= {row.name: row for row in PARTS if row.name in options.rows}
    rows = [*known.values()]
    rows = [nudged(options.nudge)] if options.nudge else rows
    every = sorted((ROOT / "notebooks").glob("*.ipynb"))
    chapters = [path for path in every if path.name.startswith(tuple(options.chapters))]
    results = {}
    for i, row in enumerate(rows):
        print(f"{i + 1}/{len(rows)} {row.name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="matrix") as scratch:
            results[row.name] = try_row(row, chapters, Path(scratch).resolve())
        print(f"  {results[row.name].as_row(row.name)}", end="", flush=True)
        if chapters == every and row in ROWS:
            write({row.name: results[row.name]})
    return int(any(result.different for result in results.values()))


if __name__ == "__main__":
    sys.exit(main())

"""Run notebooks in fresh kernels and store them in the one form that is committed.

uv run python tools/run_notebooks.py [NOTEBOOK ...]      (all of notebooks/ when none is named)

Nothing else writes outputs. Run twice in one environment, the bytes are the same.
"""

import argparse
import base64
import copy
import io
import sys
import time
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from PIL import Image, ImageSequence

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py"}  # nbconvert --to script asks for the latter
CLOSED = {"bet", "solution"}  # these tags' outputs are seen by who runs the cell
FEW, FAINT = 0.001, 16  # of the pixels; of 255 shades, in the mean of 3 x 3 pixels
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def canonical(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of the notebook in the committed form; nothing is executed.

    Kept are sources, cell ids, outputs, and the metadata that means something to a reader. The
    output of a code cell tagged ``bet`` or ``solution`` is closed, and no other; running the cell
    opens it. In place of a closed output JupyterLab shows the first line of its first part: here
    that is empty.
    What differs from run to run or from editor to editor goes: timings, versions, widget state.
    """
    notebook = copy.deepcopy(notebook)
    notebook.nbformat_minor = 5
    metadata = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
    if "nn_tutorial" in notebook.metadata:
        metadata["nn_tutorial"] = notebook.metadata.nn_tutorial
    notebook.metadata = nbformat.from_dict(metadata)
    for cell in notebook.cells:
        kept = {key: cell.metadata.get(key) for key in ("tags", "slideshow", "mystnb")}
        hidden = {"source_hidden": cell.metadata.get("jupyter", {}).get("source_hidden", False)}
        closed = not CLOSED.isdisjoint(kept["tags"] or ())
        hidden["outputs_hidden"] = cell.cell_type == "code" and closed
        kept["jupyter"] = {part: True for part, is_hidden in hidden.items() if is_hidden}
        cell.metadata = nbformat.from_dict({key: value for key, value in kept.items() if value})
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code_cells, start=1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
            # A view without its state can't be drawn; the words beside it can be read.
            output.get("data", {}).pop(WIDGET_VIEW, None)
        cell.outputs = [output for output in cell.outputs if output.get("data") != {}]
        if cell.metadata.get("jupyter", {}).get("outputs_hidden") and cell.outputs:
            cell.outputs.insert(0, new_output("display_data"))
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """Return the text of the notebook's file."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def keep_equal_pictures(new: NotebookNode, stored: NotebookNode) -> None:
    """Change ``new``: where a cell's stored picture looks the same, put it back.

    Another release of matplotlib or of the PNG library may write the same picture in other bytes,
    and another processor may round a few of its pixels otherwise.
    """
    stored_pictures = {cell.get("id"): pictures(cell) for cell in stored.cells}
    for cell in new.cells:
        for data in pictures(cell):
            for old in stored_pictures.get(cell.get("id"), []):
                if looks_equal(old["image/png"], data["image/png"]):
                    data["image/png"] = old["image/png"]
                    break


def pictures(cell: NotebookNode) -> list[NotebookNode]:
    """Return the data of those of the cell's outputs that are pictures."""
    bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [data for data in bundles if "image/png" in data]


def looks_equal(one: str, other: str) -> bool:
    """Return whether nobody would see a difference between two pictures, PNG in base64.

    Both have frames of the same sizes and durations. In each, at most one pixel in a thousand
    differs, and nowhere does the mean of 3 x 3 pixels differ by more than 16 of 255, in any colour:
    a single pixel of a line may be darker, but no letter may be another.
    """
    pairs = (_frames(one), _frames(other))
    if [frame[:2] for frame in pairs[0]] != [frame[:2] for frame in pairs[1]]:
        return False
    return all(_is_faint(a[2] - b[2]) for a, b in zip(*pairs, strict=True))


def _is_faint(difference: np.ndarray) -> bool:
    few = difference.any(axis=2).mean() <= FEW
    rows = np.pad(difference, ((1, 1), (1, 1), (0, 0))).cumsum(axis=0).cumsum(axis=1)
    rows = np.pad(rows, ((1, 0), (1, 0), (0, 0)))
    blocks = rows[3:, 3:] - rows[:-3, 3:] - rows[3:, :-3] + rows[:-3, :-3]
    return bool(few and np.abs(blocks).max() <= 9 * FAINT)


def _frames(png: str) -> list[tuple]:
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        return [
            (frame.size, frame.info.get("duration"), np.array(frame.convert("RGBA"), dtype=int))
            for frame in ImageSequence.Iterator(image)
        ]


def execute(notebook: NotebookNode, **options) -> None:
    """Run all cells in a fresh kernel, in ``notebooks/``; the outputs go into ``notebook``.

    ``options`` are nbclient's, in place of those that are meant here.

    Raises
    ------
    RuntimeError
        If a cell raises, takes longer than a minute, or kills the kernel. It names the cell.
    """
    running = {"where": "before the first cell"}
    usual = {
        "kernel_name": "python3",
        "timeout": 60,
        "record_timing": False,
        "coalesce_streams": True,
        "extra_arguments": ["--log-level=ERROR"],
        "resources": {"metadata": {"path": str(NOTEBOOKS)}},
        "on_cell_start": lambda cell, cell_index: running.update(
            where=f"cell {cell_index + 1} (id {cell.id})"
        ),
    }
    client = NotebookClient(notebook, **(usual | options))
    try:
        client.execute()
    except (CellControlSignal, DeadKernelError) as error:
        raise RuntimeError(f"{running['where']}: {error}") from error


def run(path: Path) -> bool:
    """Run the notebook and write it, whole or not at all; return whether its text changed."""
    before = path.read_text(encoding="utf-8")
    stored = nbformat.reads(before, as_version=4)
    new = copy.deepcopy(stored)
    execute(new)
    new = canonical(new)
    keep_equal_pictures(new, stored)
    after = to_text(new)
    if after != before:
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(after, encoding="utf-8", newline="\n")
        beside.replace(path)
    return after != before


def main() -> int:
    """Run the notebooks named on the command line, or all; return 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="(all)")
    failed = 0
    for path in parser.parse_args().notebooks or sorted(NOTEBOOKS.glob("*.ipynb")):
        start = time.perf_counter()
        try:
            outcome = "written" if run(path) else "unchanged"
        except (RuntimeError, OSError, ValueError, nbformat.ValidationError) as error:
            print(f"{path.stem}: left as it was. {error}", file=sys.stderr)
            failed = 1
        else:
            seconds, size = time.perf_counter() - start, path.stat().st_size / 1000
            print(f"{path.stem}: {seconds:.1f} s, {size:.0f} kB, {outcome}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())

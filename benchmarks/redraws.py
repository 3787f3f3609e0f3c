"""How long an Explore cell takes from a moved control to its new picture.

Run by ``run.py`` in a process of its own, or alone. Runs each notebook up to its Explore cell,
moves each control through its range, and prints JSON: for each notebook the median of the redraws,
and what 19 of 20 stay below, in seconds. The way to the browser and back is not in it.
"""

import json
import os
import time
from pathlib import Path

import nbformat
import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MOVES = 15


def explore_cell(path):
    """Return what the notebook's Explore cell shows, or None if the notebook has none."""
    shell = InteractiveShell()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                result = shell.run_cell(cell.source)
            result.raise_error()
            if "explore" in cell.metadata.get("tags", []):
                return result.result
    return None


def places(control):
    """Return settings from one end of the control's range to the other, without the present one."""
    if control.settings is None:  # pixels: one black, some, all
        return [[float(k < n) for k in range(64)] for n in (1, 20, 64)]
    most = None if control.kind == "choice" else MOVES
    between = np.linspace(0, len(control.settings) - 1, most or len(control.settings))
    options = [control.settings[k] for k in dict.fromkeys(between.astype(int))]
    return [option for option in options if option != control.value]


def seconds_of_redraws(cell):
    """Return the seconds of each move of each control."""
    seconds = []
    for control in cell.controls.values():
        before = control.value
        for value in places(control):
            start = time.perf_counter()
            control.value = value
            seconds.append(time.perf_counter() - start)
        control.value = before
    return seconds


def main():
    """Measure each notebook's Explore cell."""
    os.chdir(NOTEBOOKS)
    times = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cell = explore_cell(path)
        if cell is not None:
            seconds = seconds_of_redraws(cell)
            times[path.stem] = [float(q) for q in np.quantile(seconds, (0.5, 0.95))]
    print(json.dumps(times))


if __name__ == "__main__":
    main()

"""Let N students use the classroom at once, and report what they had to wait for.

.venv/bin/python classroom/load_test.py --students 20 [--chapter 08]

Starts the hub on loopback, for itself alone. Each student logs in, starts a server, opens a
chapter, runs every cell, saves, and compares all text with the stored outputs. Nobody pauses to
read: a class asks for less at once. Needs root on Linux (see README.md).
"""

import argparse
import asyncio
import copy
import math
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]

from hub import Hub, what_is_missing  # noqa: E402
from run_notebooks import NOTEBOOKS, canonical  # noqa: E402
from student import AnswerLostError, Student  # noqa: E402


@dataclass
class Visit:
    """What one student met."""

    name: str
    start: float = 0.0  # seconds from the login to the open page
    cells: list[float] = field(default_factory=list)  # seconds of each
    memory: int = 0  # bytes, after the last cell
    ready: float = 0.0  # seconds of a core until the first cell has run
    processor: float = 0.0  # and at the end
    different: list[str] = field(default_factory=list)  # ids of cells
    failure: str = ""
    done: bool = False


def texts(notebook: nbformat.NotebookNode) -> dict[str, list]:
    """Return each code cell's outputs by its id, in the committed form and without the pictures."""
    cells = [cell for cell in canonical(notebook).cells if cell.cell_type == "code"]
    for cell in cells:
        for output in cell.outputs:
            output.get("data", {}).pop("image/png", None)
    return {cell.id: cell.outputs for cell in cells}


def different(notebook: nbformat.NotebookNode, stored: nbformat.NotebookNode) -> list[str]:
    """Return the ids of the cells whose text is not the stored one."""
    mine = texts(notebook)
    return [name for name, outputs in texts(stored).items() if mine.get(name) != outputs]


async def attend(hub: Hub, visit: Visit, stored: nbformat.NotebookNode) -> None:
    """Let one student work through the chapter; ``visit`` is filled in."""
    path, begin = "chapter.ipynb", time.perf_counter()
    async with Student(hub.url, visit.name, hub.passwords[visit.name]) as student:
        await student.log_in()
        await student.start()
        visit.start = time.perf_counter() - begin
        await student.upload(path, stored)
        notebook = await student.open(path)
        code = [k for k, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        while len(visit.cells) < len(code):
            try:
                visit.cells.append(await student.run(notebook, code[len(visit.cells)]))
            except AnswerLostError:  # as a reader does whose cell shows a star for ever
                await student.restart()
                visit.cells.clear()
            visit.ready = visit.ready or hub.processor(visit.name)
        await student.upload(path, notebook)
        visit.memory = await asyncio.to_thread(hub.memory, visit.name)
        visit.processor = await asyncio.to_thread(hub.processor, visit.name)
    saved = nbformat.read(hub.home(visit.name) / path, as_version=4)
    visit.different = different(saved, stored)
    visit.done = True


async def attend_or_fail(hub: Hub, visit: Visit, stored: nbformat.NotebookNode) -> None:
    """Let one student work; what goes wrong becomes a part of the report."""
    try:
        await attend(hub, visit, stored)
    except Exception as error:
        visit.failure = f"{type(error).__name__}: {error}"


def progress(visits: list[Visit], cells: int) -> str:
    """Return how far the class is."""
    started = sum(visit.start > 0 for visit in visits)
    done, failed = sum(visit.done for visit in visits), sum(bool(v.failure) for v in visits)
    ran = sum(len(visit.cells) for visit in visits)
    total = len(visits)
    return (
        f"{started} of {total} servers started, {ran} of {total * cells} cells run, "
        f"{done} students done, {failed} failed"
    )


async def show_progress(visits: list[Visit], cells: int) -> None:
    """Print how far the class is, in one line of a terminal or else every five seconds."""
    begin, terminal = time.perf_counter(), sys.stderr.isatty()
    while True:
        line = f"{time.perf_counter() - begin:4.0f} s: {progress(visits, cells)}"
        print(line, end="\r" if terminal else "\n", file=sys.stderr, flush=True)
        await asyncio.sleep(0.5 if terminal else 5)


async def lesson(hub: Hub, stored: nbformat.NotebookNode, meanwhile=None) -> list[Visit]:
    """Let all students of the hub work at once; return what they met.

    ``meanwhile`` may do something else to the hub: a coroutine function of the growing list.
    """
    visits = [Visit(name) for name in hub.passwords]
    cells = sum(cell.cell_type == "code" for cell in stored.cells)
    shown = asyncio.create_task(show_progress(visits, cells))
    work = [attend_or_fail(hub, visit, copy.deepcopy(stored)) for visit in visits]
    await asyncio.gather(*work, *([meanwhile(visits)] if meanwhile else []))
    shown.cancel()
    return visits


def spread(values: list[float], unit: str, digits: int = 1) -> str:
    """Return the median and the 95th percentile in words."""
    if not values:
        return "nothing measured"
    high = sorted(values)[math.ceil(0.95 * len(values)) - 1]
    middle = statistics.median(values)
    return f"median {middle:.{digits}f} {unit}, 95th percentile {high:.{digits}f} {unit}"


def report(visits: list[Visit]) -> str:
    """Return the figures of a lesson."""
    done = [visit for visit in visits if visit.done]
    equal = sum(not visit.different for visit in done)
    lines = [
        f"students      {len(visits)}, of whom {len(visits) - len(done)} failed",
        f"outputs       equal to the stored ones: {equal} of {len(visits)}",
        f"start         {spread([visit.start for visit in visits if visit.start], 's')}",
        f"first cell    {spread([visit.cells[0] for visit in visits if visit.cells], 's')}",
        f"other cells   {spread([each for visit in visits for each in visit.cells[1:]], 's', 2)}",
        f"memory        {spread([visit.memory / 1e6 for visit in done], 'MB', 0)} a student",
        f"processor     {spread([visit.processor for visit in done], 's')} of a core a student",
        f"  first cell  {spread([visit.ready for visit in done], 's')} until it has run",
    ]
    lines += [f"{visit.name}: {visit.failure}" for visit in visits if visit.failure]
    lines += [f"{v.name}: other text in {', '.join(v.different)}" for v in visits if v.different]
    return "\n".join(lines)


def main() -> int:
    """Run the lesson; return 1 if a student failed or read other outputs than the stored ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=3, metavar="N")
    parser.add_argument("--chapter", default="01", help="its two digits")
    options = parser.parse_args()
    if missing := what_is_missing():
        print(f"no hub here: {missing}", file=sys.stderr)
        return 2
    (path,) = NOTEBOOKS.glob(f"{options.chapter}_*.ipynb")
    stored = nbformat.read(path, as_version=4)
    memory = psutil.virtual_memory().total / 1e9
    print(f"{path.stem}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.platform()}")
    load = os.getloadavg()[0]
    print(f"load before the start: {load:.1f}", flush=True)
    with Hub(options.students) as hub:
        visits = asyncio.run(lesson(hub, stored))
        memory, processor = hub.own()
    own = f"{memory / 1e6:.0f} MB, {processor:.1f} s of a core, with proxy and culler"
    print(f"\n{report(visits)}\nhub           {own}")
    return int(any(visit.different or not visit.done for visit in visits))


if __name__ == "__main__":
    sys.exit(main())

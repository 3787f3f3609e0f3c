"""Grade submissions anew, each in a process of its own, several at once, with limits."""

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from nn_tutorial.exercises import EXERCISES
from teaching import grade_one
from teaching.chapters import label, with_exercises
from teaching.submissions import Submission

DEATHS = 3  # so often a notebook may end its process; the cell that did it is then left out
RESULTS_TOO_LARGE = 1_000_000  # bytes


@dataclass(frozen=True)
class Limits:
    """What a notebook may take: seconds for a cell and for everything, and memory."""

    seconds: float = 20
    seconds_in_all: float = 120
    megabytes: int = 2000


def start_clean():
    """Return the way to start processes: forks of one that has imported everything, if possible."""
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MPLBACKEND="agg")
    # The process that forks looks for modules to import beforehand on this path only.
    tools, rest = str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([tools, rest] if rest else [tools])
    possible = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in possible else "spawn")
    context.set_forkserver_preload(["__main__", "teaching.grade_one"])
    return context


def plan() -> list[dict]:
    """Return what a worker needs to know of each chapter, as plain data."""
    return [
        {"number": each.number, "calls": each.calls, "ids": sorted(each.ids)}
        for each in with_exercises()
    ]


def grade_all(
    submissions: list[Submission],
    workers: int,
    limits: Limits,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Fill in the results of all submissions; ``told`` hears how many are done."""
    context, chapters, done = start_clean(), plan(), 0
    with ThreadPoolExecutor(workers) as pool:
        left = [one for one in submissions if not one.problem]
        running = [pool.submit(grade, one, context, chapters, limits) for one in left]
        for future in running:
            future.result()
            done += 1
            told(done, len(left))


def grade(submission: Submission, context, chapters: list[dict], limits: Limits) -> None:
    """Fill in the results of one submission. A cell that ends the process is left out next time."""
    skipped: dict[int, str] = {}
    left_out = []
    for _ in range(DEATHS):
        lines, cause = run(submission.path, context, chapters, limits, skipped)
        take(submission, lines)
        if any("done" in line or "problem" in line for line in lines):
            break
        cells = [line for line in lines if isinstance(line.get("cell"), int)]
        submission.problem = cause
        if not cells or cells[-1]["cell"] in skipped:
            break
        skipped[cells[-1]["cell"]] = cause
        left_out.append(f"{_cell(cells[-1]['cell'], cells[-1])} {cause}")
    submission.problem = "; ".join(filter(None, [submission.problem, *left_out]))


def run(path, context, chapters, limits, skipped) -> tuple[list[dict], str]:
    """Run a notebook once, in its own process and folder; return its lines and how it ended."""
    folder = Path(tempfile.mkdtemp(prefix="graded-"))
    work, results = folder / "work", folder / "results"
    work.mkdir()
    options = asdict(limits) | {"folder": str(work), "skipped": set(skipped)}
    process = context.Process(
        target=grade_one.main, args=(str(path.resolve()), str(results), chapters, options)
    )
    try:
        process.start()
        process.join(limits.seconds_in_all)
        late = process.is_alive()
        end(process)
        return read(results), "took too long" if late else "ended the process"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end(process) -> None:
    """End the process, and the others that its notebook may have started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):  # no longer there, or not yet a group of its own
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join(5)


def read(results: Path) -> list[dict]:
    """Return the lines of a result file, as far as they are lines of results."""
    try:
        with open(results, encoding="utf-8", errors="replace") as file:
            text = file.read(RESULTS_TOO_LARGE)
    except OSError:
        return []
    lines = []
    for line in text.splitlines():
        try:
            made = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(made, dict):
            lines.append(made)
    return lines


def _cell(place, line):
    """Return what a teacher calls a cell: its place, and the exercise that it answers."""
    name = line.get("for")
    exercise = EXERCISES.get(name) if isinstance(name, str) else None
    return f"{label(exercise)} (cell {place + 1})" if exercise else f"cell {place + 1}"


def take(submission: Submission, lines: list[dict]) -> None:
    """Put what the lines say into the submission."""
    notes = [
        f"{_cell(line.get('of', 0), line)} {line['note']}" for line in lines if line.get("note")
    ]
    notes += [line["problem"] for line in lines if "problem" in line]
    submission.problem = "; ".join(map(str, notes))[:300]
    for line in lines:
        submission.chapter = line.get("chapter", submission.chapter)
        submission.student = str(line.get("student", submission.student))[:100]
        if isinstance(line.get("exercise"), str):
            submission.results[line["exercise"]] = line

"""Run one notebook that was handed in, and check its answers, in a process that `grading` starts.

Whatever the notebook does, it does to this process: the results stand in a file, line by line, and
are there also when the process dies. The last line says in which cell.
"""

import ast
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell

import nn_tutorial.doctor
import nn_tutorial.explore
import nn_tutorial.plots  # (all that chapters import, once for all submissions)
from nn_tutorial.exercises import EXERCISES, check
from nn_tutorial.exercises.feedback import YOUR_TURN
from nn_tutorial.exercises.names import PLACEHOLDER, as_picked
from teaching.chapters import CHECK

MEBIBYTE = 2**20
LONGEST = 1_000_000  # characters of a cell
COMMAS = re.compile(r"(?<![\d.,])[-−]?\d+,\d+(?![\d.]*\.)")  # 0,1029 and not 0.5,2.0
SLIPS = {
    "decimal commas": "Python writes 0.5, with a point: `0,5` is two numbers, 0 and 5.",
    "missing quotation marks": 'A letter is an answer in quotation marks: `"c"`, not `c`.',
}


def without_picture(figure, *given: Any, **more: Any) -> None:
    """Close the figure: nobody looks at it, and drawing takes most of a chapter's time."""
    plt.close("all")


# What a notebook may have replaced, by its own or to cheat, as it was before.
CLEAN = [
    (module, dict(vars(module)))
    for name, module in list(sys.modules.items())
    if name.startswith("nn_tutorial") or name in ("numpy", "builtins")
]


class TooLong(BaseException):
    """A cell has used up its time. No ``except Exception`` catches it."""


def limit(megabytes: int) -> None:
    """Limit the memory and the size of files, where the system can: not on Windows."""
    try:
        import resource
    except ImportError:
        return
    for what, size in ((resource.RLIMIT_AS, megabytes), (resource.RLIMIT_FSIZE, 100)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (size * MEBIBYTE, size * MEBIBYTE))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong after so many seconds, and again each second, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number, frame):
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def read(path: str) -> list[dict]:
    """Return the code cells, each with its place and its source as text.

    Raises
    ------
    ValueError
        If this is no notebook.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            cells = json.load(file)["cells"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise ValueError(f"no notebook: {type(error).__name__}") from None
    if not isinstance(cells, list):
        raise ValueError("no notebook: it has no list of cells")
    found = []
    for cell in cells:
        source = cell.get("source") if isinstance(cell, dict) else None
        source = "".join(map(str, source)) if isinstance(source, list) else source
        if isinstance(source, str):
            found.append({"id": cell.get("id"), "type": cell.get("cell_type"), "source": source})
    if not any(cell["type"] == "code" for cell in found):
        raise ValueError("the notebook has no code cells")
    return found


def chapter_of(cells: list[dict], plan: list[dict]) -> dict | None:
    """Return the chapter that most of the checks belong to, or else most of the cells, or None."""
    checked = {name for cell in cells for name in CHECK.findall(cell["source"])}
    ids = {str(cell["id"]) for cell in cells}
    hits = {
        i: (len(checked & set(chapter["calls"])), len(ids & set(chapter["ids"])))
        for i, chapter in enumerate(plan)
    }
    best = max(hits, key=hits.get)
    return plan[best] if any(hits[best]) else None


def only_checks(source: str) -> bool:
    """Return whether a cell does nothing but check, so that it need not run."""
    if len(source) > 1000:
        return False
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return CHECK.search(source) is not None and all(
        isinstance(line, ast.ImportFrom) or (isinstance(line, ast.Expr) and len(lines) <= 2)
        for line in lines
    )


def run(shell: InteractiveShell, source: str, seconds: float) -> tuple[str, str]:
    """Run one cell, whatever it does; return what a teacher should know, and the error's text."""
    if len(source) > LONGEST:
        return "too long to be run", ""
    try:
        with at_most(seconds):
            result = shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
    except BaseException as problem:  # the next cell may be fine
        error = problem
    if isinstance(error, TooLong):
        return f"stopped after {seconds:g} s", ""
    if isinstance(error, MemoryError):
        return "out of memory", ""
    return "", told(error) if error else ""


def told(error: BaseException) -> str:
    """Return an error in one line, as `NameError: name 'c' is not defined`."""
    try:
        text = str(getattr(error, "msg", None) or error)
    except BaseException:  # it is the notebook's own
        text = ""
    return f"{type(error).__name__}: {text}"[:200].strip(": ")


def slip(exercise, source: str, error: str) -> str:
    """Return which slip of typing an answer cell looks like, or nothing."""
    if exercise.kind == "number" and exercise.decimals and COMMAS.search(source):
        return "decimal commas"
    letter = exercise.kind in ("prediction", "order") and error.startswith("NameError")
    return "missing quotation marks" if letter else ""


def nameless(name: str, given: tuple, more: dict, student: Any) -> bool:
    """Return whether there is an answer, to own numbers, of somebody who has written no name."""
    if EXERCISES[name].menus is None or as_picked(student) != PLACEHOLDER:
        return False
    return not check(name, *given, **more | {"student": "somebody"}).message.startswith(YOUR_TURN)


def judged(name: str, call: str, names: dict, seconds: float, source: str, error: str) -> dict:
    """Check one answer with the package's own check, whatever the notebook has made of it.

    The answer cell's source, and the error with which it stopped, tell slips of typing.
    """
    for module, content in CLEAN:
        vars(module).update(content)
    result = {"exercise": name, "state": "wrong", "mistake": "", "explanation": "", "read": ""}
    typed = slip(EXERCISES[name], source, error)
    if typed:
        result |= {"mistake": typed, "explanation": SLIPS[typed]}
    if error:
        result["error"] = error
    try:
        with at_most(seconds):
            given, more = eval(f"(lambda *given, **more: (given, more))({call})", names)
            feedback = check(name, *given, **more)
            if nameless(name, given, more, names.get("student")):
                return result | {"state": "no name"}
            personal = EXERCISES[name].menus is not None
            result["answer"] = repr(given)[:300] if personal else ""
    except NameError:
        return result | {"state": "error" if error else "missing"}
    except ValueError:
        return result | {"state": "no name"}
    except BaseException as error:
        return result | {"mistake": f"stopped: {type(error).__name__}"}
    if feedback.passed:
        return result | {"state": "right", "mistake": "", "explanation": ""}
    lines = feedback.message.split("\n")
    if lines[0].startswith(YOUR_TURN):
        return result | {"state": "error" if error else "not started"}
    if typed and not feedback.mistake:
        return result
    read_again = [line for line in lines if line.startswith(("Read again:", "The idea is in"))]
    return result | {
        "mistake": feedback.mistake or "",
        "explanation": lines[1] if feedback.mistake else "",
        "read": read_again[0] if read_again else "",
    }


def answer_cells(cells: list[dict]) -> dict[int, str]:
    """Return for the code cell before each check, by its place, which exercise it answers."""
    found, before = {}, None
    for place, cell in enumerate(cells):
        if cell["type"] == "code":
            names = CHECK.findall(cell["source"])
            if names and before is not None:
                found.setdefault(before, names[0])
            before = None if names else place
    return found


def grade(path: str, plan: list[dict], skipped: set[int], seconds: float) -> Iterator[dict]:
    """Run the cells in their order; yield where we are, and each result."""
    cells = read(path)
    chapter = chapter_of(cells, plan)
    if chapter is None:
        raise ValueError("no chapter's checks are in it, and no chapter's cells")
    yield {"chapter": chapter["number"]}
    shell = InteractiveShell.instance()
    left, source, error = dict(chapter["calls"]), "", ""
    answers = answer_cells(cells)
    for place, cell in enumerate(cells):
        if cell["type"] != "code":
            continue
        if place not in skipped and not only_checks(cell["source"]):
            yield {"cell": place, "for": answers.get(place, "")}
            note, error = run(shell, cell["source"], seconds)
            source = cell["source"]
            yield {"note": note, "of": place, "for": answers.get(place, "")}
        for name in CHECK.findall(cell["source"]):
            if name in left:
                yield judged(name, left.pop(name), shell.user_ns, seconds, source, error)
    for name, call in left.items():
        yield judged(name, call, shell.user_ns, seconds, "", "")
    student = shell.user_ns.get("student")
    yield {"student": student[:100] if isinstance(student, str) else ""}


def main(path: str, results: str, plan: list[dict], options: dict) -> None:
    """Grade a notebook in this process, which then ends; the results go into a file.

    The options are ``seconds`` for each cell, ``megabytes``, the ``folder`` to work in, and the
    places of cells that are ``skipped``.
    """
    nn_tutorial.plots.show = without_picture
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    os.chdir(options["folder"])
    if hasattr(os, "fork"):
        os.setsid()  # so that what the notebook starts can be ended with it
        if child := os.fork():  # a parent of its own, which it may kill
            os.waitpid(child, 0)
            os._exit(0)
    limit(options["megabytes"])
    with open(results, "w", encoding="utf-8") as out:
        try:
            for line in grade(path, plan, options["skipped"], options["seconds"]):
                out.write(json.dumps(line) + "\n")
                out.flush()
            out.write(json.dumps({"done": True}) + "\n")
        except Exception as error:
            out.write(json.dumps({"problem": f"{error}" or type(error).__name__}) + "\n")
    os._exit(0)  # threads that the notebook has left don't keep this process

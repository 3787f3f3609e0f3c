"""Notebooks as students hand them in: right and wrong answers, and the hostile kinds."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from mistakes import notebook_of
from teaching.chapters import call_of, chapter

from nn_tutorial.exercises import EXERCISES


def answers_of(number: int) -> dict[str, str]:
    """Return for each exercise of a chapter a cell that answers it rightly."""
    return {name: answer(name, f"known[{name!r}].solution") for name in chapter(number).calls}


def with_mistake(name: str, mistake: str) -> str:
    """Return a cell that answers an exercise as this known mistake does."""
    return answer(name, f"known[{name!r}].mistakes[{mistake!r}].answer")


def answer(name: str, function: str) -> str:
    """Return a cell that answers with this function, or with what it returns."""
    exercise = EXERCISES[name]
    if exercise.kind != "function":
        function += f"(*known[{name!r}].cases(student=student)[0])"
    target = chapter(exercise.chapter).calls[name].removesuffix(", student=student")
    return f"from nn_tutorial.exercises import EXERCISES as known\n{target} = {function}\n"


def handed_in(number: int, student: str, answers: dict[str, str], whole: bool = False) -> dict:
    """Return a notebook, as JSON, with the student's name and these answers.

    It has all cells of a student's edition, or only what exercises need.
    """
    cells, answered = [], None
    for cell in reversed(nbformat.read(notebook_of(number), as_version=4).cells):
        tags = cell.metadata.get("tags", [])
        call = call_of(cell.source) if cell.cell_type == "code" else None
        answered = call[0] if call else answered
        source = cell.source
        if "parameters" in tags:
            source = f"student = {student!r}"
        elif "exercise" in tags:
            source = answers.get(answered, source)
        elif "solution" in tags or not (whole or call or source.startswith(("from ", "import "))):
            continue
        cells.insert(0, {"id": cell.id, "cell_type": cell.cell_type, "source": source})
        cells[0] |= {"outputs": [], "metadata": {}} if cell.cell_type == "code" else {}
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def cell(source: str) -> dict:
    """Return a code cell."""
    return {"cell_type": "code", "source": source, "outputs": [], "metadata": {}}


def in_front(source: str) -> Callable:
    """Return a kind: a cell in front of the exercises, that every student's notebook survives."""

    def kind(path, notebook):
        notebook["cells"].insert(1, cell(source))
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return kind


def as_file(content: bytes, name: str | None = None) -> Callable:
    """Return a kind: other content in place of the notebook's."""

    def kind(path, notebook):
        path.with_name(name or path.name).write_bytes(content)

    return kind


def without(pattern: str) -> Callable:
    """Return a kind: the cells are gone that begin with such a text."""

    def kind(path, notebook):
        kept = [c for c in notebook["cells"] if not re.match(pattern, c["source"])]
        path.write_text(json.dumps(notebook | {"cells": kept}), encoding="utf-8")

    return kind


def renamed(path: Path, notebook: dict) -> None:
    """Write the notebook under a name that says nothing."""
    path.with_name("Unbenannt (3) final.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def a_pipe(path: Path, notebook: dict) -> None:
    """Make a pipe in the file's place: who opens it waits for ever."""
    os.mkfifo(path)


def million_lines(path: Path, notebook: dict) -> None:
    """Add a cell with a million lines."""
    notebook["cells"].insert(1, cell("x = 1\n" * 1_000_000))
    path.write_text(json.dumps(notebook), encoding="utf-8")


FAKE = "def check(*given, **more):\n    return print('Right.')"
PATCHED = """import numpy as np
import nn_tutorial.exercises.checker as c, nn_tutorial.exercises.recognise as r
c.same = r.same = lambda *given, **more: True
c._judged = c.review = lambda *given, **more: c.Feedback(True, None, 'Right. Of course.')
np.allclose = lambda *given, **more: True"""
DEAF = """import signal
signal.signal(signal.SIGALRM, signal.SIG_IGN)
while True:
    pass"""
CHILDREN = """import subprocess, sys, threading, time
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
threading.Thread(target=time.sleep, args=(600,)).start()"""
DEEP = b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"

# What each does, and whether its answers, all of them right, still count.
HOSTILE = {
    "an endless loop": (in_front("while True:\n    pass"), True),
    "a loop that catches everything": (
        in_front("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
        True,
    ),
    "a loop that is deaf to alarms": (in_front(DEAF), True),
    "sleeping for a year": (in_front("import time\ntime.sleep(3e7)"), True),
    "memory": (in_front("hoard = []\nwhile True:\n    hoard.append(bytearray(10**8))"), True),
    "os._exit": (in_front("import os\nos._exit(0)"), True),
    "a crash of Python": (in_front("import ctypes\nctypes.string_at(0)"), True),
    "killing itself": (in_front("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"), True),
    "killing its parent": (
        in_front("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n1 / 0"),
        True,
    ),
    "SystemExit": (in_front("raise SystemExit"), True),
    "waiting for input": (in_front("input('Your name? ')"), True),
    "a million lines of code": (million_lines, True),
    "a million lines printed": (in_front("print('line\\n' * 1_000_000)"), True),
    "a file without end": (
        in_front("with open('f', 'wb') as f:\n    while f.write(bytes(10**7)): ..."),
        True,
    ),
    "processes and threads left behind": (in_front(CHILDREN), True),
    "a fake check": (in_front(FAKE), None),
    "a patched package": (in_front(PATCHED), None),
    "checks deleted": (without(r"check\("), True),
    "answers deleted": (without("from nn_tutorial.exercises import EXERCISES"), False),
    "another file name": (renamed, True),
    "broken JSON": (as_file(b'{"cells": [{"cell_type": "code", "sou'), False),
    "an empty file": (as_file(b""), False),
    "a picture as a notebook": (as_file(b"\x89PNG\r\n\x1a\n\x00\xff\xfe"), False),
    "JSON a hundred thousand deep": (as_file(DEEP), False),
    "a PDF": (as_file(b"%PDF-1.7", "solution.pdf"), False),
}
if hasattr(os, "mkfifo"):
    HOSTILE["a pipe"] = (a_pipe, False)


def moodle(folder: Path, who: str, number: int, place: int) -> Path:
    """Return the path of a notebook in a folder that Moodle's download makes."""
    path = folder / f"{who}_{1000 + place}_assignsubmission_file_" / f"{chapter(number).stem}.ipynb"
    path.parent.mkdir(parents=True)
    return path

"""What the tools need to know of the chapters' notebooks: titles, and how `check` is called."""

import re
from dataclasses import dataclass
from functools import lru_cache

import nbformat
from mistakes import notebook_of

from nn_tutorial.exercises import EXERCISES, Exercise

HEADING = re.compile(r"^### (\d+)\. ", re.MULTILINE)
CHECK = re.compile(r"""\bcheck\(\s*["']([\w-]+)["']\s*,?\s*""")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number, its file's name, its title, and how its exercises are checked.

    ``calls`` has for each exercise what stands between its name and the closing bracket, as
    ``my_points, student=student``; ``ids`` are the cells'.
    """

    number: int
    stem: str
    title: str
    calls: dict[str, str]
    ids: frozenset[str]
    objectives: tuple[str, ...]
    minutes: dict[str, int]
    places: dict[str, int]

    @property
    def exercises(self) -> list[Exercise]:
        """The chapter's exercises, in the order of the notebook."""
        return [EXERCISES[name] for name in self.calls]


def call_of(source: str) -> tuple[str, str] | None:
    """Return the exercise and the rest of the arguments, of a cell that is a call of check."""
    found = CHECK.match(source)
    return (found[1], source[found.end() :].rstrip().removesuffix(")")) if found else None


@lru_cache
def chapter(number: int) -> Chapter:
    """Return what a chapter's notebook says."""
    path = notebook_of(number)
    notebook = nbformat.read(path, as_version=4)
    told = notebook.metadata.get("nn_tutorial", {})
    calls, places, number_of = {}, {}, 0
    for cell in notebook.cells:
        heading = HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        number_of = int(heading[1]) if heading else number_of
        call = call_of(cell.source) if cell.cell_type == "code" else None
        if call:
            calls.setdefault(*call)  # the worked answer comes later
            places.setdefault(call[0], number_of)
    return Chapter(
        number,
        path.stem,
        notebook.cells[0].source.split("\n")[0].lstrip("# "),
        calls,
        frozenset(cell.id for cell in notebook.cells),
        tuple(told.get("objectives", ())),
        dict(told.get("minutes", {})),
        {name: place for name, place in places.items() if place},
    )


def place_of(exercise: Exercise) -> str:
    """Return the chapter and the number of an exercise in its notebook: "06.2"."""
    told = chapter(exercise.chapter)
    where = told.places.get(exercise.name)
    return f"{exercise.chapter:02}.{where}" if where else f"{exercise.chapter:02}"


def label(exercise: Exercise) -> str:
    """Return an exercise as everything for teachers names it: "06.2 blame-of-the-output"."""
    return f"{place_of(exercise)} {exercise.name}"


def with_exercises() -> list[Chapter]:
    """Return the chapters that have exercises."""
    return [chapter(number) for number in sorted({e.chapter for e in EXERCISES.values()})]

"""Write into docs/teaching.md what comes from the chapters: goals, minutes, mistakes.

uv run python tools/teaching_guide.py

Everything else in the guide is written by hand, and stays.
"""

import re

import nbformat
import numpy as np
from mistakes import notebook_of
from run_notebooks import NOTEBOOKS
from teaching.chapters import chapter, place_of, with_exercises
from teaching.questions import given_in_words, in_words

from nn_tutorial.exercises import Exercise

GUIDE = NOTEBOOKS.parent / "docs" / "teaching.md"
COMMAND = "uv run python tools/teaching_guide.py"
BLOCK = re.compile(r"(<!-- made: (minutes|chapter (\d\d)) -->\n).*?(<!-- end -->)", re.DOTALL)
NAME = "Ada Lovelace"  # whose numbers the notebooks show
COMMONEST = 5
HEARD = ("number", "prediction", "shape")
A_CELL = 25  # a code cell takes as long to read, run and look at as so many words


def sections(number: int) -> dict[str, int]:
    """Return the minutes of each section, in proportion to what there is to read and to run.

    They add up to the chapter's minutes of reading.
    """
    sizes: dict[str, int] = {}
    for cell in nbformat.read(notebook_of(number), as_version=4).cells:
        found = re.match(r"## (.+)", cell.source) if cell.cell_type == "markdown" else None
        if found:
            sizes[found[1].strip()] = 0
        if sizes:
            words = len(cell.source.split()) if cell.cell_type == "markdown" else A_CELL
            sizes[list(sizes)[-1]] += words
    sizes.pop("Exercises", None)
    total = chapter(number).minutes["reading"]
    shares = np.array(list(sizes.values())) * total / sum(sizes.values())
    minutes = np.floor(shares).astype(int)
    for place in np.argsort(minutes - shares, kind="stable")[: total - minutes.sum()]:
        minutes[place] += 1
    return dict(zip(sizes, minutes.tolist(), strict=True))


def needed(number: int) -> str:
    """Return what the chapter says that one needs."""
    first = nbformat.read(notebook_of(number), as_version=4).cells[0].source
    found = re.search(r"\*\*You need\*\* (.*?)\n\n", first + "\n\n", re.DOTALL)
    text = " ".join(found[1].split())
    return text[0].upper() + text[1:]


def commonest(exercises: list[Exercise]) -> list[tuple[Exercise, str]]:
    """Return five mistakes: the first of each exercise, then the second, and so on.

    An exercise's mistakes stand in the order in which they came to mind as likely. Mistakes in
    functions lead to no letter or number that one could hear in class.
    """
    heard = [exercise for exercise in exercises if exercise.kind in HEARD]
    rounds = max(len(exercise.mistakes) for exercise in heard)
    made = [
        (exercise, list(exercise.mistakes)[place])
        for place in range(rounds)
        for exercise in heard
        if place < len(exercise.mistakes)
    ]
    return made[:COMMONEST]


def leads_to(exercise: Exercise, answer) -> str:
    """Return the letter, the number or the shape that an answer gives, for one name's numbers."""
    return in_words(exercise, answer(*exercise.cases(student=NAME)[0]))


def of_chapter(number: int) -> str:
    """Return the block of a chapter."""
    told = chapter(number)
    goals = "; ".join(told.objectives)
    minutes = " · ".join(f"{name} {count}" for name, count in sections(number).items())
    rows = []
    for exercise, name in commonest(told.exercises):
        given = given_in_words(exercise, NAME) if exercise.menus else ""
        wrong, right = (leads_to(exercise, a) for a in (
            exercise.mistakes[name].answer, exercise.solution))  # fmt: skip
        rows.append(
            f"| {place_of(exercise)} `{exercise.name}` | {name} | {wrong} | {right} | {given} |"
        )
    return (
        f"**Goal.** You will be able to {goals}.\n\n"
        f"**Needed.** {needed(number)}\n\n"
        f"**Minutes.** {told.minutes['reading']} + {told.minutes['exercises']} for the exercises. "
        f"{minutes}\n\n"
        f"| exercise | mistake | leads to | right | {NAME}'s numbers |\n"
        "| --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


def all_minutes() -> str:
    """Return the block of all chapters' minutes."""
    rows, reading, exercises = [], 0, 0
    for told in with_exercises():
        reading += told.minutes["reading"]
        exercises += told.minutes["exercises"]
        rows.append(
            f"| {told.number:02} {told.title} | {told.minutes['reading']} | "
            f"{told.minutes['exercises']} | {reading} | {exercises} |"
        )
    ten = [told.minutes for told in with_exercises() if told.number <= 10]
    part_1 = (
        f"Chapters 01 to 10 take {sum(m['reading'] for m in ten)} minutes of reading and "
        f"{sum(m['exercises'] for m in ten)} of exercises; five times 90 are 450.\n\n"
    )
    heads = part_1 + "| chapter | reading | exercises | reading so far | exercises so far |\n"
    return heads + "| --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"


def filled(text: str) -> str:
    """Return the guide with its blocks made anew."""

    def made(found):
        return found[1] + (of_chapter(int(found[3])) if found[3] else all_minutes()) + found[4]

    return BLOCK.sub(made, text)


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")

"""Lines of code, shuffled: an order is judged by what the lines do when they run in it.

So every order that does the same is right, without a table of them, and wrong orders are the same
mistake where they go wrong at the same place, or end with the same numbers.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

import numpy as np

from nn_tutorial.exercises.compare import difference
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.feedback import NOT_YET, RIGHT, Feedback
from nn_tutorial.exercises.parts import usual_section

RUNS = "Run in this order, the lines do what they should."
OTHER = "In this order all lines run, but they leave other numbers behind than they should."


@dataclass(frozen=True)
class Effect:
    """What lines did: the results, or the line at which they stopped and the name it missed."""

    results: tuple[np.ndarray, ...] = ()
    stopped: int | None = None
    missing: str | None = None

    def same(self, other: "Effect", tolerance: tuple[float, float]) -> bool:
        """Return whether the other lines stopped at the same place, or left equal results."""
        if self.stopped is not None or other.stopped is not None:
            return (self.stopped, self.missing) == (other.stopped, other.missing)
        return difference(self.results, other.results, *tolerance) is None


def shuffles(n_lines: int) -> list[tuple[int, ...]]:
    """Return the orders to show lines in, as their numbers: all that don't show the first first."""
    return [shown for shown in itertools.permutations(range(n_lines)) if shown[0] != 0]


def in_order(*places: int) -> Callable[[tuple[int, ...]], str]:
    """Return a solution or a mistake: from a shuffle to the letters of the lines in this order."""
    return lambda shuffle: "".join(ascii_lowercase[shuffle.index(place)] for place in places)


def lettered(exercise: Exercise, shuffle: tuple[int, ...]) -> dict[str, str]:
    """Return the lines as the reader sees them: from the letter to the line."""
    return {
        letter: exercise.lines[place]
        for letter, place in zip(ascii_lowercase, shuffle, strict=False)
    }


def effect(exercise: Exercise, places: tuple[int, ...]) -> Effect:
    """Run the lines of an exercise in this order, and return what they do."""
    names: dict[str, Any] = exercise.given()
    for place in places:
        try:
            exec(exercise.lines[place], names)  # lines of our own, never the reader's
        except NameError as error:
            return Effect(stopped=place, missing=error.name)
    return Effect(tuple(names[name] for name in exercise.results))


def letters_of(answer: Any, lines: Mapping[str, str]) -> str:
    """Return the letters of an answer; spaces, commas and capitals don't matter.

    Raises
    ------
    ValueError
        With a sentence for the reader, if it is not each letter once.
    """
    if isinstance(answer, tuple | list) and all(isinstance(part, str) for part in answer):
        answer = "".join(answer)
    example = f'Answer with the letters in one text, such as "{"".join(lines)}".'
    if not isinstance(answer, str):
        raise ValueError(example)
    letters = "".join(answer.replace(",", " ").split()).casefold()
    if unknown := [repr(one) for one in dict.fromkeys(letters) if one not in lines]:
        raise ValueError(f"There is no line {' and no line '.join(unknown)}. {example}")
    doubled = [one for one in lines if letters.count(one) > 1]
    lacking = [one for one in lines if one not in letters]
    if doubled or lacking:
        says = [f"repeats {', '.join(doubled)}"] if doubled else []
        says += [f"lacks {', '.join(lacking)}"] if lacking else []
        raise ValueError(f"Each line is needed once. Your order {', and '.join(says)}.")
    return letters


def judged(exercise: Exercise, answer: Any, shuffle: tuple[int, ...], asked: str) -> Feedback:
    """Return the feedback on an order; ``asked`` is the question, as other feedback repeats it."""
    lines = lettered(exercise, shuffle)
    try:
        letters = letters_of(answer, lines)
    except ValueError as objection:
        question = f"Asked: {asked}\n{_block(lines)}"
        return Feedback(False, None, f"{NOT_YET} {objection}\n{question}", question)

    def done(letters):
        return effect(exercise, tuple(shuffle[ascii_lowercase.index(one)] for one in letters))

    did = done(letters)
    if did.same(done(exercise.solution(shuffle)), exercise.tolerance):
        return Feedback(True, None, f"{RIGHT} {RUNS}")
    known = exercise.mistakes.items()
    found = [n for n, m in known if did.same(done(m.answer(shuffle)), exercise.tolerance)]
    yours = _block({one: lines[one] for one in letters})
    question = f"Asked: {asked}"
    said = [*_told(exercise, found, _where(did, shuffle)), question, "Your order:", yours]
    return Feedback(False, found[0] if found else None, "\n".join(said), question)


def _told(exercise, found, where):
    if not found:
        return [f"{NOT_YET} {where}", f"The idea is in “{usual_section(exercise)}”."]
    mistake = exercise.mistakes[found[0]]
    opening = f"{NOT_YET} This looks like a known mistake: {found[0]}."
    return [opening, where, mistake.explanation, f"Read again: “{mistake.section}”."]


def _where(did, shuffle):
    if did.stopped is None:
        return OTHER
    letter = ascii_lowercase[shuffle.index(did.stopped)]
    return f"Line {letter} comes too early: it needs `{did.missing}`, which no line above it makes."


def _block(lines):
    return "\n".join(f"  {letter}  {line}" for letter, line in lines.items())

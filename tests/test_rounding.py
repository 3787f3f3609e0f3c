"""Whoever works with the digits that the text asks for is right, and hears it who works with fewer.

Each solution is computed as a pencil does it: every step is rounded before it is used again.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import nbformat
import numpy as np
import pytest
from mistakes import notebook_of

from nn_tutorial.exercises import EXERCISES
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.pencil import (
    Pencil,
    decimals_carried,
    in_a_row,
    most_useful,
    on_paper,
)

STUDENTS = 200
# Two networks that are trained, and gradients that a program of the reader computes.
BY_COMPUTER = {"another-start", "shuffle-the-scores", "cross-entropy-of-values"}
# A recall asks for single steps; tests/test_exercises.py looks how exact its numbers have to be.
PAPER = [
    name
    for name, e in EXERCISES.items()
    if e.decimals is not None and not e.sections and name not in BY_COMPUTER
]
WORDS = {6: "six", 8: "eight"}


def rounder(decimals, mode, more=lambda: 0):
    """Return a function that rounds to so many decimals, or some more, which differ by step."""

    def rounding(value):
        if not np.isfinite(value):
            return value
        return float(
            Decimal(repr(round(float(value), 12))).quantize(
                Decimal(1).scaleb(-decimals - more()), mode
            )
        )

    return rounding


def shaped(like, numbers):
    """Return the numbers, from an iterator, nested as an answer is."""
    if isinstance(like, np.ndarray | tuple | list):
        return tuple(shaped(part, numbers) for part in like)
    return float(next(numbers))


def answer_of(exercise, student, rounding, last=lambda value: value):
    """Return what this student answers to check, working with such a rounding."""
    (numbers,) = exercise.cases(student=student)
    row = map(last, on_paper(exercise, numbers, rounding))
    return shaped(exercise.solution(*numbers), row)


@pytest.mark.parametrize("name", PAPER)
def test_two_hundred_correct_students_with_a_pencil_are_right(name):
    exercise, rng = EXERCISES[name], np.random.default_rng(17)
    for i in range(STUDENTS):
        mode = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)[i % 3]
        more = (lambda: 0, lambda: int(rng.integers(4)))[i % 2]
        last = (float, rounder(exercise.decimals, ROUND_HALF_UP))[i // 2 % 2]
        rounding = rounder(most_useful(exercise), mode, more)
        answer = answer_of(exercise, f"student {i}", rounding, last)
        assert review(exercise, answer, f"student {i}").passed, (i, answer)


def test_a_pencils_answer_without_rounding_is_the_solution():
    for name in PAPER:
        (numbers,) = EXERCISES[name].cases(student="Ada")
        exact = in_a_row(EXERCISES[name].solution(*numbers))
        np.testing.assert_allclose(on_paper(EXERCISES[name], numbers, float), exact, rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in PAPER if EXERCISES[name].carry])
def test_the_notebook_asks_to_carry_the_digits_that_the_exercise_has(name):
    exercise = EXERCISES[name]
    cells = nbformat.read(notebook_of(exercise.chapter), as_version=4).cells
    check = next(i for i, c in enumerate(cells) if c.source.startswith(f'check("{name}", '))
    question = " ".join(cells[check - 2].source.split())
    found = re.findall(r"[Cc]arry (\w+) decimals", question)
    assert found == [WORDS[exercise.carry]]


def test_no_notebook_asks_to_work_with_digits_in_other_words():
    for chapter in {EXERCISES[name].chapter for name in PAPER}:
        text = notebook_of(chapter).read_text(encoding="utf-8")
        assert not re.findall(r"(?i)\b(?:work with|use|keep) \w+ (?:digits|decimals)\b", text)
        asked = set(re.findall(r"[Cc]arry (\w+) decimals", text))
        carried = {WORDS[e.carry] for e in EXERCISES.values() if e.chapter == chapter and e.carry}
        assert asked == carried


def test_four_decimals_throughout_are_recognised_in_chapter_06():
    exercise = EXERCISES["blame-of-the-hidden-layer"]
    for i in range(20):
        answer = answer_of(exercise, f"student {i}", rounder(4, ROUND_HALF_UP))
        feedback = review(exercise, answer, f"student {i}")
        assert feedback.mistake == "rounded on the way"
        assert "rounded to 4 decimals on the way" in feedback.message
        assert "Carry at least 6 decimals" in feedback.message


@pytest.mark.parametrize("name", ["your-own-forward-pass", "how-steep", "one-update"])
def test_too_few_decimals_on_the_way_are_mostly_named(name):
    exercise = EXERCISES[name]
    named = 0
    for i in range(20):
        answer = answer_of(exercise, f"student {i}", rounder(2, ROUND_HALF_UP))
        feedback = review(exercise, answer, f"student {i}")
        named += feedback.passed or "rounded" in (feedback.mistake or "")
    assert named >= 16


@pytest.mark.parametrize("answer", [(1.0,), ("a", "b", "c", "d"), None, (0.1, 0.2, 0.3, np.nan)])
def test_what_no_pencil_gives_is_not_called_rounded(answer):
    assert review(EXERCISES["blame-of-the-output"], answer, "Ada").mistake != "rounded on the way"


def test_what_lies_outside_what_rounding_gives_is_not_called_rounded():
    exercise = EXERCISES["blame-of-the-hidden-layer"]
    (numbers,) = exercise.cases(student="Ada")
    modes = (ROUND_HALF_UP, ROUND_DOWN, ROUND_UP)
    made = [in_a_row(answer_of(exercise, "Ada", rounder(4, mode))) for mode in modes]
    low, high = np.min(made, axis=0), np.max(made, axis=0)
    answer = (low + high) / 2
    assert decimals_carried(exercise, numbers, answer) == 4
    unit = 1e-4
    for outside, decimals in {0.4: 4, 1.0: None}.items():
        for edge in (low[0] - outside * unit, high[0] + outside * unit):
            answer[0] = edge
            assert decimals_carried(exercise, numbers, answer) == decimals


def test_a_pencil_rounds_what_is_made_and_not_what_is_given():
    third = Pencil(1 / 3, lambda value: round(value, 2))
    assert float(third) == 1 / 3
    made = (third + 0, 1 - third, 2 * third, third / 3, 1 / third, third**2, third - 1)
    assert [float(number) for number in made] == [0.33, 0.67, 0.67, 0.11, 3.0, 0.11, -0.67]
    assert [float(f(third)) for f in (np.exp, np.log, np.sqrt)] == [1.4, -1.1, 0.58]
    assert [float(x) for x in np.array([third, 1]) @ np.array([[0.5, 2], [1, 0]])] == [1.17, 0.67]

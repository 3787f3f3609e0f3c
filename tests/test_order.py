"""Lines to put in order are judged by what they do, so every order can be tried."""

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest

from nn_tutorial.exercises import EXERCISES, check, personal
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.order import effect, in_order, letters_of, shuffles

NAMES = [name for name, exercise in EXERCISES.items() if exercise.kind == "order"]
STEP = EXERCISES["order-the-lines"]
ORDERS = list(itertools.permutations(range(len(STEP.lines))))
STUDENT = "Emmy"
LINES = dict.fromkeys("abc", "")


def answer(places, student=STUDENT):
    return in_order(*places)(*STEP.cases(student=student)[0])


@pytest.mark.parametrize("name", NAMES)
def test_right_orders_are_those_that_give_each_line_what_it_needs_and_every_other_is_known(name):
    exercise = EXERCISES[name]
    right = effect(exercise, range(len(exercise.lines)))
    (shuffle,) = exercise.cases(student=STUDENT)[0]
    for places in itertools.permutations(range(len(exercise.lines))):
        feedback = review(exercise, in_order(*places)(shuffle), STUDENT)
        assert feedback.passed == effect(exercise, places).same(right, (1e-9, 0))
        assert feedback.passed != (feedback.mistake in exercise.mistakes)


def test_three_orders_make_a_step_those_in_which_each_line_has_what_it_needs_and_w2_waits():
    makes = [line.partition(" =")[0] for line in STEP.lines]
    first = [("dZ2", "dA1"), ("dZ2", "W2"), ("dA1", "dZ1"), ("dZ1", "W1"), ("dA1", "W2")]
    passed = {places for places in ORDERS if review(STEP, answer(places), STUDENT).passed}
    assert len(passed) == 3
    for places in ORDERS:
        made = [makes[place] for place in places]
        assert (places in passed) == all(made.index(a) < made.index(b) for a, b in first)


def test_the_step_is_that_of_the_formulas():
    X, y, W1, W2, A1, A2, rate = STEP.given().values()
    dZ2 = 2 / y.size * (A2 - y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    new_W1, new_W2 = effect(STEP, range(5)).results
    np.testing.assert_allclose(new_W1, W1 - rate * X.T @ dZ1)
    np.testing.assert_allclose(new_W2, W2 - rate * A1.T @ dZ2)
    assert len({X.shape[0], X.shape[1], W1.shape[1], y.shape[1]}) == 4


def test_the_order_of_the_chapter_is_named_because_here_a_line_moves_its_table():
    feedback = review(STEP, answer((0, 2, 1, 3, 4)), STUDENT)
    assert feedback.mistake == "the new output weights used on the way back"
    assert "all lines run, but they leave other numbers" in feedback.message


def test_the_line_that_comes_too_early_is_named_with_what_it_needs():
    order = answer((0, 3, 1, 2, 4))
    message = review(STEP, order, STUDENT).message
    assert (
        f"Line {order[1]} comes too early: it needs `dA1`, which no line above it makes." in message
    )
    shown = personal("order-the-lines", STUDENT)
    assert message.endswith("Your order:\n" + "\n".join(f"  {x}  {shown[x]}" for x in order))


def test_spaces_commas_capitals_and_a_list_do_not_matter():
    order = answer((0, 1, 3, 2, 4))
    for written in (order.upper(), f" {' '.join(order)}\n", ", ".join(order), list(order)):
        assert check("order-the-lines", written, student=STUDENT).passed


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("aab", "Your order repeats a, and lacks c."),
        ("ab", "Each line is needed once. Your order lacks c."),
        ("abca", "Your order repeats a."),
        ("", "lacks a, b, c."),
        ("abx", "There is no line 'x'."),
        ("xyc", "There is no line 'x' and no line 'y'."),
        (7, 'Answer with the letters in one text, such as "abc".'),
        (["a", 2], 'Answer with the letters in one text, such as "abc".'),
    ],
)
def test_an_order_without_each_letter_once_is_told_so(written, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        letters_of(written, LINES)


def test_such_an_order_is_no_mistake_and_shows_the_lines_again():
    feedback = check("order-the-lines", "aabcd", student=STUDENT)
    assert not feedback.passed
    assert feedback.mistake is None
    for letter, line in personal("order-the-lines", STUDENT).items():
        assert f"  {letter}  {line}" in feedback.message


@pytest.mark.parametrize("name", NAMES)
def test_whoever_asks_the_same_orders_are_right_and_the_alphabet_is_none(name):
    exercise = EXERCISES[name]
    for (shuffle,) in itertools.product(exercise.menus["shuffle"]):
        letters = [f(shuffle) for f in (exercise.solution, *exercise.also_right)]
        assert "".join(sorted(letters[0])) not in letters
        wrong = [mistake.answer(shuffle) for mistake in exercise.mistakes.values()]
        assert len({*letters, *wrong}) == len(letters) + len(wrong)


def test_a_shuffle_shows_each_line_once_and_not_the_first_one_first():
    shown = shuffles(4)
    assert len(set(shown)) == len(shown) == 18
    assert {tuple(sorted(order)) for order in shown} == {(0, 1, 2, 3)}
    assert in_order(2, 0, 1)((1, 2, 0)) == "bca"


def test_an_unknown_order_is_told_where_the_idea_is():
    exercise = replace(STEP, mistakes={})
    assert review(exercise, answer((0, 2, 1, 3, 4)), STUDENT).mistake is None
    some = replace(STEP, mistakes=dict(list(STEP.mistakes.items())[:1]))
    message = review(some, answer((3, 0, 1, 2, 4)), STUDENT).message
    assert "The idea is in “Line 3: back through the output weights”." in message

"""The checker survives its users: whatever an answer does, it gets a Feedback."""

import functools
import html
import math
import re
import sys
import warnings
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nn_tutorial import Network, train
from nn_tutorial import budget as budget_module
from nn_tutorial.budget import BUDGET, OutOfBudget, call_within_budget
from nn_tutorial.exercises import EXERCISES, Exercise, Feedback, Mistake, check, personal
from nn_tutorial.exercises.checker import review
from nn_tutorial.exercises.compare import difference
from nn_tutorial.exercises.feedback import COLOURS, shown
from nn_tutorial.exercises.observe import observe
from nn_tutorial.exercises.words import HINTS


def table_and_rate(rng, size):
    return rng.uniform(1, 2, (size + 2, size + 4)), rng.uniform(2, 3)


def halve_in_place(X, rate):
    X /= rate
    return X.copy()


divide = Exercise(
    name="divide",
    chapter=1,
    kind="function",
    question="Divide `X` by `rate`.",
    solution=lambda X, rate: X / rate,
    draw=table_and_rate,
    mistakes={
        "multiplied": Mistake(lambda X, rate: X * rate, "It was <multiplied>.", "Here"),
        "transposed": Mistake(lambda X, rate: X.T / rate, "Rows for columns.", "Here"),
        "not a number": Mistake(lambda X, rate: X * np.nan, "There is NaN.", "Here"),
        "changed in place": Mistake(halve_in_place, "`X` is changed.", "Here"),
        "a warning": Mistake(lambda X, rate: X / rate + 0 / np.exp(X * 1e4), "A warning.", "Here"),
        "raises": Mistake(lambda X, rate: X @ X, "It raises.", "Here"),
        "raises in one case": Mistake(
            lambda X, rate: X if len(X) > 2 else X @ X, "It raises once.", "Here"
        ),
    },
)
two_numbers = Exercise(
    name="two-numbers",
    chapter=1,
    kind="number",
    question="Which?",
    solution=lambda a, b: (a / b, a * b),
    menus={"a": (11.1, 12.3), "b": (7.7, 8.9)},
    decimals=2,
    mistakes={"exchanged": Mistake(lambda a, b: (a * b, a / b), "Exchanged.", "Here")},
)
one_number = Exercise(
    name="one-number",
    chapter=1,
    kind="number",
    question="How many?",
    solution=lambda: 101770,
    mistakes={"no biases": Mistake(lambda: 101632, "No biases.", "Here")},
)
which = Exercise(
    name="which",
    chapter=1,
    kind="prediction",
    question="Up or down?",
    solution=lambda: "b",
    choices={"a": "Up.", "b": "Down."},
    mistakes={"up": Mistake(lambda: "a", "It looks as if.", "Here")},
)
shapes = Exercise(
    name="shapes",
    chapter=1,
    kind="shape",
    question="Which shapes?",
    solution=lambda: ((3,), (3, 2)),
    mistakes={"swapped": Mistake(lambda: ((3,), (2, 3)), "Swapped.", "Here")},
)


def said(answer, exercise=divide, passed=False, **more):
    feedback = review(exercise, answer, "Ada", **more)
    assert feedback.passed == passed, feedback
    assert feedback.message.startswith("Right. " if passed else ("Not yet. ", "Your turn. "))
    return feedback.message


# Right, in whatever form.


def by_loops(X, rate):
    result = []
    for row in X:
        result.append([])
        for entry in row:
            result[-1].append(float(entry) / rate)
    return result


class Divider:
    def __call__(self, X, rate):
        return X / rate

    def method(self, X, rate):
        return X / rate


@functools.lru_cache
def helper():
    return 1


@functools.wraps(by_loops)
def wrapped(*args, **kwargs):
    return by_loops(*args, **kwargs)


@pytest.mark.parametrize(
    "answer",
    [
        by_loops,
        wrapped,
        np.divide,
        Divider(),
        Divider().method,
        functools.partial(lambda X, rate, extra: X / rate + extra, extra=0),
        lambda *args: args[0] / args[1],
        lambda X, rate, more=1: X / rate,
        lambda X, rate: (X / rate).astype(np.float32),
        lambda X, rate: X.astype(np.float32) / np.float32(rate),
        lambda X, rate: (X / rate).astype(object),
        lambda X, rate: np.einsum("nd,->nd", X, 1 / rate),
        lambda X, rate: np.matrix(X / rate),
        lambda X, rate: tuple(map(tuple, X / rate)),
        lambda X, rate: np.ma.array(X / rate),
        lambda X, rate: (X.T / rate).T,
    ],
)
def test_a_right_answer_passes_in_whatever_form(answer):
    assert said(answer, passed=True) == "Right. In every case your function gave what was expected."


def test_whole_numbers_bools_and_views_of_the_input_pass():
    first = Exercise(
        name="first",
        chapter=1,
        kind="function",
        question="The first row.",
        solution=lambda X, rate: np.round(X[0]),
        draw=table_and_rate,
        mistakes={},
    )
    said(lambda X, rate: [round(x) for x in X[0]], first, passed=True)
    view = replace(first, solution=lambda X, rate: X[0])
    said(lambda X, rate: X[0], view, passed=True)
    mask = replace(first, solution=lambda X, rate: X > 1.5)
    said(lambda X, rate: (X > 1.5).astype(float), mask, passed=True)


def test_a_scalar_may_have_no_dimension_but_not_one():
    total = replace(divide, solution=lambda X, rate: X.sum(), mistakes={})
    for answer in (np.sum, sum):
        said(lambda X, rate, answer=answer: np.array(answer(X.ravel())), total, passed=True)
    assert "shape (1,), not ()" in said(lambda X, rate: [X.sum()], total)


# Recognised.


@pytest.mark.parametrize("name", [name for name in divide.mistakes if name != "raises"])
def test_a_mistake_is_recognised_also_where_it_raises_warns_or_is_not_a_number(name):
    feedback = review(divide, divide.mistakes[name].answer)
    assert feedback.mistake == name, feedback
    assert divide.mistakes[name].explanation in feedback.message
    assert "\nRead again: “Here”.\nAsked: " in feedback.message


def test_a_mistake_that_always_raises_is_not_taken_for_another():
    feedback = review(divide, divide.mistakes["raises"].answer)
    assert feedback.mistake is None
    assert "raised ValueError" in feedback.message


def test_a_mistake_with_a_changed_input_is_recognised_by_its_result():
    def answer(X, rate):
        X *= rate
        return X

    assert review(divide, answer).mistake == "multiplied"


def test_an_answer_that_equals_a_mistake_in_some_cases_only_is_not_named():
    assert review(divide, lambda X, rate: X * (rate if len(X) < 5 else 7)).mistake is None


def test_the_smallest_wrong_case_is_shown_with_shapes_and_values():
    lines = said(lambda X, rate: X if len(X) > 2 else X / rate).split("\n")
    X, rate = divide.cases()[1]
    assert lines[:6] == [
        "Not yet. The result is not what is expected.",
        "It is right in 1 of 4 cases; this is the first that is not.",
        f"In this case every entry is {rate:.4g} times what is expected.",
        "The idea is in “Here”.",
        "Asked: Divide `X` by `rate`.",
        "Given:",
    ]
    assert lines[6] == "  X, shape (3, 5):"
    assert f"  rate: {rate:.4f}" in lines
    at = lines.index("Expected:")
    assert lines[at + 1] == "  shape (3, 5):"
    assert f"{(X / rate)[0, 0]:.4f}" in lines[at + 2]


def test_a_wrong_shape_says_both_and_whether_it_would_broadcast():
    message = said(lambda X, rate: X[0] / rate)
    assert "The result has the shape (4,), not (2, 4)." in message
    assert "broadcast to (2, 4) without an error" in message
    message = said(lambda X, rate: np.ones((7, 7)))
    assert "has the shape (7, 7), not (2, 4)." in message
    assert "broadcast" not in message


def test_values_that_look_alike_are_shown_with_more_digits():
    lines = said(lambda X, rate: X / rate * (1 + 1e-6), with_tolerance(1e-7)).split("\n")
    at = lines.index("Expected:")
    assert lines[at - 1] == "  shape (1,): [0.333333666667]"
    assert lines[at + 1] == "  shape (1,): [0.333333333333]"


def test_a_function_that_is_close_is_not_told_to_round():
    message = said(lambda X, rate: X / rate * 1.001, with_tolerance(1e-7))
    assert "The result is not what is expected." in message


def with_tolerance(relative):
    constant = {"draw": lambda rng, size: (np.array([1.0]), 3.0), "mistakes": {}}
    return replace(divide, relative=relative, **constant)


def test_single_numbers_agree_as_numpys_do():
    numbers = [0.0, -0.0, 1.0, 1.009, 1.011, -1.0, 1e30, -1e30, np.inf, -np.inf, np.nan, 7, True]
    numbers += [np.float32(1.009), np.int64(1), np.array(1.01)]
    for expected in numbers:
        for answer in numbers:
            agree = np.allclose(answer, expected, rtol=1e-3, atol=0.01, equal_nan=True)
            assert (difference(expected, answer, 1e-3, 0.01) is None) == agree


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "is None. Is a `return` missing?"),
        ("0.5", "is text."),
        ([["0.5"]], "is text."),
        ([[1], [1, 2]], "has rows of unequal length"),
        ({"a": 1}, "its type is dict"),
        ((x for x in [1]), "its type is generator"),
        ([None, 1], "holds no numbers"),
        (1 + 2j, "its type is complex"),
        (len, "is a function"),
        (10**400, "holds no numbers"),
        ([[np.nan] * 4] * 2, "holds NaN or infinity"),
        ([[np.inf] * 4] * 2, "holds NaN or infinity"),
    ],
)
def test_a_result_that_cannot_be_compared_says_why(result, words):
    # In one case only, so that no unfinished answer and no mistake is seen in it.
    assert words in said(lambda X, rate: result if len(X) == 2 else X / rate)


def test_a_part_that_is_wrong_is_counted():
    pair = replace(divide, solution=lambda X, rate: (X, [rate, X[0]]), mistakes={})
    said(lambda X, rate: [X, (rate, list(X[0]))], pair, passed=True)
    found = "differs in part 2, which differs in part 2, which has the shape (2,), not (4,)."
    assert found in said(lambda X, rate: (X, (rate, X[:, 0])), pair)
    assert "length 3, where 2 is expected" in said(lambda X, rate: (X, X, X), pair)
    assert "a single thing" in said(lambda X, rate: 3.0, pair)


# Not right because of what it does besides.


def test_a_changed_input_is_reported():
    exercise = replace(divide, mistakes={})
    assert "is not left as it should be" in said(halve_in_place, exercise)


def adds_one(settings):
    settings["net"].weights[0][1, 1] += 1


def adds_a_tiny_bit(settings):
    settings["list"][0] += 1e-12


def makes_it_a_list(settings):
    settings["list"][0] = [5.0]


def makes_it_an_array(settings):
    settings["list"] = np.array(settings["list"])


def appends(settings):
    settings["list"].append(5.0)


def adds_a_key(settings):
    settings["new"] = 5.0


def nothing(settings):
    pass


@pytest.mark.parametrize(
    "change",
    [adds_one, adds_a_tiny_bit, makes_it_a_list, makes_it_an_array, appends, adds_a_key, nothing],
)
def test_a_change_deep_inside_the_input_is_reported(change):
    def answer(settings):
        change(settings)
        return 5.0

    def draw(rng, size):
        net, array = Network([2, 3], rng=rng), np.array([1.0, np.nan])
        return ({"net": net, "list": [5.0, np.nan], "array": array, "f": len, "a": "b"},)

    exercise = replace(divide, draw=draw, solution=lambda settings: 5.0, mistakes={})
    if change is nothing:
        said(answer, exercise, passed=True)
    else:
        assert "is not left as it should be" in said(answer, exercise)


def test_cases_are_fresh_for_each_call():
    seen = []

    def keeps(X, rate):
        seen.append(X)
        result = X / rate
        X[:] = 0
        return result

    for _ in range(2):
        review(divide, keeps)
    assert len(seen) == 8
    said(divide.solution, passed=True)


def test_a_runtime_warning_that_leaks_is_reported():
    exercise = replace(divide, mistakes={})
    message = said(lambda X, rate: X / rate + 0 / np.exp(X * 1e4), exercise)
    assert "NumPy warned on the way: “overflow encountered in exp”." in message
    with np.errstate(all="ignore"):
        assert said(lambda X, rate: X / rate + 0 / np.exp(X * 1e4), exercise) == message
    assert np.geterr()["over"] == "warn"


def test_of_several_warnings_the_first_is_reported():
    def warns_twice(X, rate):
        return X / rate + 0 / np.exp(X * 1e4) + 0 * np.log(-X - np.inf) ** 0

    exercise = replace(divide, mistakes={})
    assert "“overflow encountered in exp”" in said(warns_twice, exercise)


def test_a_silenced_warning_and_one_of_another_kind_pass():
    def silenced(X, rate):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        with np.errstate(over="ignore"):
            return X / rate + 0 / np.exp(X * 1e4)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said(silenced, passed=True)


def test_what_an_answer_prints_is_swallowed(capfd):
    def loud(X, rate):
        print("here", flush=True)
        print("there", file=sys.stderr)
        sys.stdout.write("x")
        return X / rate

    said(loud, passed=True)
    print("after")
    assert capfd.readouterr() == ("after\n", "")


# Errors.


def test_an_error_is_told_with_its_message_and_its_line():
    def broken(X, rate):
        rows = len(X)
        return helper_of(rows, X.shape[2])

    def helper_of(rows, columns):
        return rows

    line = broken.__code__.co_firstlineno + 2
    found = f"raised IndexError: tuple index out of range, in line {line}: `return helper_of("
    assert found in said(broken)


def test_the_line_is_one_of_the_answer_also_if_numpy_raises():
    def inside(X, rate):
        return np.linalg.inv(X)

    line = inside.__code__.co_firstlineno + 1
    assert f"in line {line}: `return np.linalg.inv(X)`." in said(inside)


def test_of_several_lines_of_the_answer_the_last_is_told():
    def outer(X, rate):
        return middle(X)

    def middle(X):
        return inner(X)

    def inner(X):
        return X.no_such_thing

    line = inner.__code__.co_firstlineno + 1
    assert f"in line {line}: `return X.no_such_thing`." in said(outer)


def test_a_cell_without_source_gives_its_line_number():
    namespace = {}
    exec(compile("\n\ndef f(X, rate):\n    return 1 / 0\n", "a cell", "exec"), namespace)
    assert "raised ZeroDivisionError: division by zero, in line 4." in said(namespace["f"])


def raises(error):
    def answer(X, rate):
        raise error

    return answer


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SystemExit(), "raised SystemExit,"),
        (SystemExit(3), "raised SystemExit: 3,"),
        (MemoryError("too much"), "raised MemoryError: too much,"),
        (GeneratorExit(), "raised GeneratorExit,"),
        (AssertionError("a\nb <c>"), "raised AssertionError: a b <c>,"),
        (type("Odd", (BaseException,), {})("x"), "raised Odd: x,"),
    ],
)
def test_no_error_gets_out(error, words):
    assert words in said(raises(error))


def test_sys_exit_is_caught():
    assert "raised SystemExit" in said(lambda X, rate: sys.exit())


def test_an_interrupt_of_the_reader_gets_through_and_the_tracer_is_restored():
    before = sys.gettrace()
    with pytest.raises(KeyboardInterrupt):
        review(divide, raises(KeyboardInterrupt()))
    assert sys.gettrace() is before
    assert sys.stdout is not None
    said(divide.solution, passed=True)


# Endless.


def recursion(X, rate):
    return recursion(X, rate)


def test_endless_recursion_is_told():
    message = said(recursion)
    assert "raised RecursionError" in message
    assert "calls itself without end" in message


def endless_on_one_line(X, rate):
    while True: pass  # fmt: skip  # noqa: E701


def endless(X, rate):
    while True:
        rate = rate + 1


def endless_behind_a_bare_except(X, rate):
    while True:
        try:  # noqa: SIM105
            rate = rate + 1
        except:  # noqa: E722
            pass


def endless_after_an_except(X, rate):
    try:
        while True:
            pass
    except BaseException:
        pass
    while True:
        pass


def endless_in_three_levels(X, rate):
    while True:
        try:
            while True:
                try:
                    endless_behind_a_bare_except(X, rate)
                except BaseException as error:
                    del error
                finally:
                    rate = 1
        except:  # noqa: E722
            continue


def endless_generator(X, rate):
    return sum(1 for _ in iter(int, 1))


def endless_list(X, rate):
    return [1 for _ in iter(int, 1)]


def endless_loop_on_one_line(X, rate):
    for _ in iter(int, 1): pass  # fmt: skip  # noqa: E701


def endless_in_a_helper(X, rate):
    return endless(X, rate)


ENDLESS = [value for name, value in sorted(globals().items()) if name.startswith("endless")]


@pytest.mark.parametrize("answer", ENDLESS)
def test_an_endless_loop_is_stopped(answer, monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 20_000)
    message = said(answer)
    assert "stopped after 1,000,000 steps" in message


def test_the_budget_is_a_million_and_counts_events_not_seconds():
    assert BUDGET == 1_000_000
    assert "stopped after 1,000,000 steps" in said(endless)


def test_a_long_loop_that_ends_is_not_stopped():
    def long(x):
        for _ in range(20_000):
            x = x + 1
        return x

    assert call_within_budget(long, (0,)) == 20_000


def test_each_call_line_and_return_is_an_event(monkeypatch):
    def three_lines():
        a = 1
        b = 2
        return a + b

    monkeypatch.setattr(budget_module, "BUDGET", 5)
    assert call_within_budget(three_lines, ()) == 3
    monkeypatch.setattr(budget_module, "BUDGET", 4)
    with pytest.raises(OutOfBudget):
        call_within_budget(three_lines, ())


@pytest.mark.parametrize(
    "loop", ["1: ...", "True: continue", "True: 'text'", "True: pass; pass", "True: assert True"]
)
def test_a_loop_of_one_instruction_is_stopped(loop, monkeypatch):
    names = {}
    exec(f"def f(x):\n    while {loop}", names)
    monkeypatch.setattr(budget_module, "BUDGET", 1000)
    with pytest.raises(OutOfBudget):
        call_within_budget(names["f"], (1,))


def test_instructions_are_counted_only_where_such_a_loop_is_and_no_event(monkeypatch):
    def never(x):
        if x:
            while True: pass  # fmt: skip  # noqa: E701
        return x + 1 + 1 + 1

    def each_time(x):
        while x < 0: pass  # fmt: skip  # noqa: E701
        return x + 1 + 1 + 1

    def needs_more_than(budget, function):
        monkeypatch.setattr(budget_module, "BUDGET", budget)
        try:
            call_within_budget(function, (0,))
        except OutOfBudget:
            return True
        return False

    assert needs_more_than(3, each_time)
    assert not needs_more_than(4, each_time)
    assert needs_more_than(10, never) == (sys.version_info[:2] == (3, 11))


def test_no_except_exception_catches_the_end_of_the_budget():
    assert not issubclass(OutOfBudget, Exception)


def spy(frame, event, argument):
    return spy


@pytest.mark.parametrize("answer", [divide.solution, endless_behind_a_bare_except, recursion])
def test_the_tracer_that_was_set_is_set_again(answer, monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 20_000)
    before = sys.gettrace()
    try:
        for tracer in (None, spy):
            sys.settrace(tracer)
            review(divide, answer)
            assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_an_answer_kept_from_an_earlier_check_does_not_switch_the_tracer_on():
    kept = []

    def keeps(X, rate):
        try:
            endless(X, rate)
        except BaseException as error:
            kept.append(error)
        return X / rate

    before = sys.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budget_module, "BUDGET", 1000)
        review(divide, keeps)
    kept.clear()
    assert sys.gettrace() is before


# Not a function at all.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (np.ones((2, 4)), "This is not a function: its type is ndarray."),
        (3, "its type is int"),
        ("divide", "its type is str"),
        (Divider, "This is a class"),
        (lambda X: X, "called with (X, rate), but its parameters are (X)."),
        (lambda: 1, "called with (X, rate), but its parameters are ()."),
        (lambda X, rate, y: 1, "but its parameters are (X, rate, y)."),
        (functools.partial(lambda X, rate: 1, 2), "but its parameters are (rate)."),
        (lambda *, X, rate: 1, "but its parameters are (X, rate)."),
        (abs, "but its parameters are (x)."),
        (max, "raised"),
    ],
)
def test_what_cannot_be_called_so_is_told(answer, words):
    assert words in said(answer)


# Unfinished.


def dots(X, rate):
    """Return it."""
    ...


def passes(X, rate):
    pass


def returns_dots(X, rate):
    """Return it."""
    return ...


def returns_nothing(X, rate):
    return


def has_a_variable(X, rate):
    result = ...
    return result  # noqa: RET504


def not_implemented(X, rate):
    raise NotImplementedError


UNFINISHED = [dots, passes, returns_dots, returns_nothing, has_a_variable, not_implemented, ...]


@functools.wraps(dots)
def wraps_dots(*args, **kwargs):
    return print(dots(*args, **kwargs))


class Unfinished:
    def __call__(self, X, rate):
        """Return it."""


UNFINISHED += [wraps_dots, Unfinished(), functools.partial(lambda X, rate, more: None, more=1)]


@pytest.mark.parametrize("answer", [*UNFINISHED, lambda X, rate: ..., lambda X, rate: None])
def test_an_unfinished_answer_is_invited(answer):
    assert said(answer) == "Your turn. Divide `X` by `rate`."


def test_an_answer_is_unfinished_if_its_first_result_is():
    assert said(lambda X, rate: ... if len(X) == 2 else X / rate).startswith("Your turn. ")
    assert said(lambda X, rate: ... if len(X) == 5 else X / rate).startswith("Not yet. ")
    assert said(lambda X, rate: X / rate if len(X) == 2 else not_implemented(X, rate)).startswith(
        "Not yet. The function raised NotImplementedError"
    )


def test_a_function_that_prints_in_place_of_returning_is_not_unfinished():
    assert "Is a `return` missing?" in said(lambda X, rate: print(X / rate))


def test_an_invitation_says_the_digits_and_the_choices():
    assert said(..., two_numbers) == "Your turn. Which? Answer to 2 decimals."
    assert said((..., 1), two_numbers) == "Your turn. Which? Answer to 2 decimals."
    assert said(..., which) == "Your turn. Up or down?\na: Up.\nb: Down."


# Numbers, predictions and shapes.


def test_numbers_are_right_to_the_digits_that_are_asked():
    a, b = two_numbers.cases(student="Ada")[0]
    for error in (0, 0.009, -0.009):
        said((a / b + error, a * b), two_numbers, passed=True)
        said(np.array([a / b, a * b + error]), two_numbers, passed=True)
    for error in (0.011, -0.011):
        assert "This is close" in said([a / b, a * b + error], two_numbers)
    said((Fraction(a) / Fraction(b), a * b), two_numbers, passed=True)
    message = said((2 * a, b), two_numbers)
    assert "Your answer is not what is expected." in message
    assert f"Your answer: {2 * a:g}, {b:g}" in message
    assert f"  a: {a}\n  b: {b}\n" in message
    for expected in (f"{a / b:.2f}", f"{a * b:.2f}"):
        assert expected not in message


def test_a_number_without_digits_is_exact_and_may_stand_in_brackets():
    for answer in (101770, 101770.0, [101770], np.array([101770]), np.int64(101770)):
        said(answer, one_number, passed=True)
    said(101771, one_number)
    assert "Your answer is text." in said("101770", one_number)
    assert "Your answer is a function." in said(lambda: 101770 + 0, one_number)
    assert review(one_number, 101632).mistake == "no biases"


def test_a_prediction_is_a_letter_in_any_case():
    for answer in ("b", "B", " b\n"):
        said(answer, which, passed=True)
    for answer in ("c", "", "ab", 1, None, ["b"], np.array("b")):
        assert 'one of the letters "a", "b"' in said(answer, which)
    assert "Your answer: a: Up." in said("A", which)
    assert "Down" not in said("A", which).split("Your answer")[1]


def test_a_shape_may_be_a_list_but_not_a_float():
    for answer in (((3,), (3, 2)), [[3], [3, 2]], [(np.int64(3),), np.array([3, 2])]):
        said(answer, shapes, passed=True)
    for answer in ((3.0,), "3", None, True, ((3,), (3, "2"))):
        assert "A shape is a tuple of whole numbers" in said(answer, shapes)
    assert "a tuple of one has a comma: (5,)" in said((3, (3, 2)), shapes)
    assert "Your answer: `((3,), (2, 2))`" in said(((3,), (2, 2)), shapes)


# The public functions.


def test_strict_raises_with_the_message_and_fails_the_unfinished():
    name, exercise = next(iter(EXERCISES.items()))
    assert check(name, exercise.solution(*exercise.cases(student="x")[0]), student="x", strict=True)
    for answer in (..., (1, 2), None):
        with pytest.raises(AssertionError) as raised:
            check(name, answer, student="x", strict=True)
        assert str(raised.value) == check(name, answer, student="x").message


def test_an_unknown_name_is_answered_with_close_ones():
    with pytest.raises(ValueError, match="'scale-newcomer'; did you mean 'scale-newcomers'"):
        check("scale-newcomer", 1)
    with pytest.raises(ValueError, match=r"did you mean .*'write-the-scaler'"):
        check("scaler", 1)
    with pytest.raises(ValueError, match=r"no exercise 'zebra'$"):  # a third like two of the names
        check("zebra", 1)
    with pytest.raises(ValueError, match=r"no exercise 'zzz'$"):
        personal("zzz", "Ada")
    with pytest.raises(ValueError, match="no exercise 3"):
        check(3, 1)


def test_personal_numbers_have_names_and_are_those_of_the_check():
    numbers = personal("undo-the-scaling", student=" ADA ")
    exercise = EXERCISES["undo-the-scaling"]
    assert list(numbers) == list(exercise.menus)
    assert tuple(numbers.values()) == exercise.cases(student="ada")[0]
    with pytest.raises(ValueError, match="the same numbers for everybody"):
        personal("write-the-scaler", "Ada")


@pytest.mark.parametrize("answer", [..., (1, 2, 3)])
def test_personal_numbers_need_a_name(answer):
    with pytest.raises(ValueError, match='student="your name"'):
        check("undo-the-scaling", answer)


# The two forms of the feedback.


FEEDBACKS = [
    review(divide, answer, "Ada")
    for answer in (
        divide.solution,
        ...,
        3,
        by_loops,
        lambda X, rate: X * rate,
        raises(OSError("<b>&")),
    )
] + [review(which, "a"), review(two_numbers, (1, 2), "<Ada>")]


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_box_and_text_say_the_same_words(feedback):
    box = feedback._repr_html_()
    words = html.unescape(re.sub("<[^>]*>", " ", box)).split()
    assert words == feedback.message.replace("`", " ").split()
    assert repr(feedback).split() == feedback.message.split()
    assert re.findall("<strong>(.*?)</strong>", box) == re.findall("^[^.]+[.]", feedback.message)


def without_end(X, rate):
    return without_end(X, rate)


@pytest.fixture
def unquoted(monkeypatch):
    """Leave the answer's line out: here it also holds the words that are expected."""
    monkeypatch.setattr("nn_tutorial.exercises.words.error_line", lambda *_: "")


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda X, rate: X / np.ones((3, 2)), "Perhaps the three students are built into the code"),
        (
            lambda X, rate: X / np.full(shape=(7, 1), fill_value=1).ravel(),
            "Perhaps the three students are built into the code",
        ),
        (lambda X, rate: X[:3].reshape(3, 7), "Perhaps the three students are built into the code"),
        (lambda X, rate: X[99], "Perhaps the three students are built into the code"),
        (lambda X, rate: X / X.max(axis=1), "Along which axis does each maximum, sum or mean run?"),
        (
            lambda X, rate: X / X.max(axis=-1),
            "Along which axis does each maximum, sum or mean run?",
        ),
        (lambda X, rate: X @ X, "NumPy refuses the product: its inner sizes differ."),
        (lambda X, rate: X.dot(X), "NumPy refuses the product: its inner sizes differ."),
        (lambda X, rate: math.exp(X), "Functions of `math` take one number"),
        (lambda X, rate: X if X > 0 else rate, "`if` and `while` need one truth value"),
        (without_end, "The function calls itself without end."),
    ],
)
@pytest.mark.usefixtures("unquoted")
def test_what_an_error_means_is_said_in_words(answer, hint):
    assert hint in said(answer, divide)


@pytest.mark.usefixtures("unquoted")
def test_after_the_chapters_about_three_students_a_lost_axis_is_meant():
    later = replace(divide, chapter=11)
    message = said(lambda X, rate: X / X.max(axis=1), later)
    assert "with `keepdims=True` it stays, as a row or a column." in message
    assert "Here `X` has the shape (" in message
    assert "Along which axis" in said(lambda X, rate: X / X.max(axis=1), replace(later, chapter=10))


def test_of_two_mistakes_with_one_result_the_first_is_named():
    seven = {name: Mistake(lambda X, rate: X * 7, "Seven.", "Here") for name in ("one", "other")}
    assert review(replace(divide, mistakes=seven), lambda X, rate: X * 7).mistake == "one"


def test_only_the_opening_words_are_bold():
    again = {"seven": Mistake(lambda X, rate: X * 7, "Not yet. Is it seven?", "Here")}
    box = review(replace(divide, mistakes=again), lambda X, rate: X * 7)._repr_html_()
    assert box.count("Not yet.") == 2
    assert box.count("<strong>") == 1


def test_a_number_further_off_than_a_hundredth_is_not_close():
    message = said((1.5, 1.015 * 96), replace(two_numbers, menus={"a": [12.0], "b": [8.0]}))
    assert "This is close" not in message


def test_html_is_escaped_and_arrays_keep_their_lines():
    box = review(divide, lambda X, rate: X * rate)._repr_html_()
    assert "&lt;multiplied&gt;" in box
    assert "<multiplied>" not in box
    assert re.search(r"<pre[^>]*>X, shape \(2, 4\):\n\[\[[^<]*\]\]\nrate: [\d.]+</pre>", box)
    assert "<code>rate</code>" in box


def test_plain_text_fits_a_page_and_keeps_arrays():
    text = repr(review(divide, lambda X, rate: X * rate))
    assert max(map(len, text.split("\n"))) <= 88
    assert "\n  X, shape (2, 4):\n  [[" in text


def test_feedback_is_plain_data():
    assert Feedback(True, None, "Right. x") == Feedback(True, None, "Right. x")
    assert not Feedback(False, None, "Not yet. x").passed


def test_the_changed_argument_is_named_and_equal_results_are_not_repeated():
    def answer(X, rate):
        result = X / rate
        X += 1
        return result

    text = said(answer, replace(divide, mistakes={}))
    assert "`X` is not left as it should be" in text
    assert "Expected" not in text


def test_nothing_in_place_of_several_results_asks_for_the_return():
    exercise = replace(divide, solution=lambda X, rate: (X / rate, rate), mistakes={})
    assert "Is a `return` missing?" in said(lambda X, rate: print(X / rate), exercise)


def test_parts_of_unequal_shapes_are_called_close_too():
    exercise = replace(
        two_numbers, solution=lambda: (1.0, [2.0, 3.0]), menus=None, mistakes={}, decimals=4
    )
    assert "This is close" in said((1.001, [2.0, 3.0]), exercise)


def test_what_the_package_does_for_the_answer_costs_little(monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 50_000)
    net, X = Network([2, 3, 1], rng=np.random.default_rng(0)), np.ones((3, 2))

    def answer():
        return [train(net, X, X[:, :1], epochs=1000).loss[-1]]

    assert len(call_within_budget(answer, ())) == 1


def test_an_endless_loop_that_calls_the_package_is_stopped(monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 20_000)
    net, X = Network([2, 3, 1], rng=np.random.default_rng(0)), np.ones((3, 2))

    def answer():
        while True:
            train(net, X, X[:, :1], epochs=10)

    with pytest.raises(OutOfBudget):
        call_within_budget(answer, ())


def test_a_generator_is_asked_to_be_a_list():
    exercise = replace(divide, solution=lambda X, rate: [X / rate, X], mistakes={})

    def answer(X, rate):
        yield X / rate
        yield X

    assert "Return a list." in said(answer, exercise)


def test_pairs_of_arrays_are_shown_part_by_part():
    text = shown([(np.ones((2, 1)), np.zeros(3)), (np.ones((1, 1)), np.zeros(2))])
    assert "part 1, part 1, shape (2, 1)" in text
    assert "part 2, part 2, shape (2,)" in text
    assert "array(" not in text
    text = shown((np.arange(2), np.arange(2)), "pair")
    assert text == "  pair, part 1, shape (2,): [0 1]\n  pair, part 2, shape (2,): [0 1]"


def test_no_decimals_are_a_whole_number():
    text = said(..., replace(two_numbers, decimals=0))
    assert "Answer to the nearest whole number." in text


def pair(X, rate):
    return X / rate, X[:1]


of_two = replace(divide, solution=pair, mistakes={})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda X, rate: (X / rate, 2 * X[:1]), "is wrong in part 2; the rest is right."),
        (lambda X, rate: X / rate, "is one array, where a tuple of 2 is expected."),
        (lambda X, rate: X @ X.T @ X.T, "its inner sizes differ"),
        (lambda X, rate: X if X > 1 else rate, "this array has several"),
        (lambda X, rate: math.exp(X), "NumPy has them for arrays"),
    ],
)
def test_common_slips_are_said_in_words(answer, words):
    assert words in said(answer, of_two)


def test_each_hint_on_an_error_is_a_sentence():
    assert all(re.fullmatch(r" [A-Z`].+[^ ][.?]", hint) for hint in HINTS.values()), HINTS


def test_all_arrays_in_place_of_one_are_counted():
    assert "is a tuple of 2, where one array is expected" in said(pair)


def test_a_count_that_is_close_has_to_be_exact():
    assert "has to be exact" in said(101779, one_number)


def test_none_in_place_of_a_number_is_no_missing_return():
    assert "`print` shows a value, but returns None: leave `print` out." in said(
        (None, 1.0), two_numbers
    )


def test_two_changed_arguments_are_named():
    def answer(X, Y):
        X += 1
        Y += 1
        return 5.0

    exercise = replace(
        divide,
        draw=lambda rng, size: (np.ones(3), np.ones(2)),
        solution=lambda X, Y: 5.0,
        mistakes={},
    )
    assert "`X` and `Y` are not left as they should be" in said(answer, exercise)


# The whole message, word for word.


small = replace(
    divide,
    question="Halve `X`.",
    draw=lambda rng, size: (np.array([[1.0, 2.0, 4.0], [2.0, 4.0, 8.0]]),),
    solution=lambda X: X / 2,
    mistakes={"doubled": Mistake(lambda X: 2 * X, "Twice as much.", "Halves")},
)
GIVEN = "Asked: Halve `X`.\nGiven:\n  X, shape (2, 3):\n  [[1. 2. 4.]\n   [2. 4. 8.]]"
EXPECTED = "Expected:\n  shape (2, 3):\n  [[0.5 1.  2. ]\n   [1.  2.  4. ]]"


def refuses(X):
    raise ValueError("refused")


@pytest.mark.parametrize(
    ("exercise", "answer", "message"),
    [
        (
            small,
            lambda X: X,
            "Not yet. This looks like a known mistake: exactly double.\nThis is exactly "
            "twice what is expected: a 2 too many, or something was counted twice.\n"
            "Read again: “Halves”."
            f"\n{GIVEN}\nYour function returned:\n"
            f"  shape (2, 3):\n  [[1. 2. 4.]\n   [2. 4. 8.]]\n{EXPECTED}",
        ),
        (
            small,
            lambda X: X / 2 + [0, 1, 1],
            "Not yet. The result is not what is expected.\nRight in column 1; the others are not.\n"
            f"The idea is in “Halves”.\n{GIVEN}\nYour function returned:\n"
            f"  shape (2, 3):\n  [[0.5 2.  3. ]\n   [1.  3.  5. ]]\n{EXPECTED}",
        ),
        (
            small,
            lambda X: 2 * X,
            "Not yet. This looks like a known mistake: doubled.\nTwice as much.\n"
            f"Read again: “Halves”.\n{GIVEN}\nYour function returned:\n  shape (2, 3):\n"
            f"  [[ 2.  4.  8.]\n   [ 4.  8. 16.]]\n{EXPECTED}",
        ),
        (
            small,
            lambda X: X[0, 0] / 2,
            "Not yet. The result has the shape (), not (2, 3). The two would broadcast to (2, 3) "
            f"without an error, so nothing would warn you if you went on with it.\n"
            f"The idea is in “Halves”.\n{GIVEN}\nYour function returned:\n  0.5\n{EXPECTED}",
        ),
        (
            replace(small, solution=refuses),
            lambda X: X,
            "Not yet. The function takes arguments that it should refuse with an error.\n"
            f"The idea is in “Halves”.\n{GIVEN}\nYour function returned:\n"
            "  shape (2, 3):\n  [[1. 2. 4.]\n   [2. 4. 8.]]",
        ),
        (
            small,
            3,
            "Not yet. This is not a function: its type is int. Give `check` the function by its "
            "name, without parentheses after it.\nAsked: Halve `X`.",
        ),
        (
            small,
            Divider,
            "Not yet. This is a class, and a function is asked for.\nAsked: Halve `X`.",
        ),
        (
            replace(two_numbers, menus={"a": [12.0], "b": [8.0]}),
            (1.5, 95.5),
            "Not yet. This is close, but further off than one rounding at the end. If you rounded "
            "on the way, carry more digits; if not, some small thing is different.\n"
            "The idea is in “Here”.\nAsked: Which? Answer to 2 decimals.\nGiven:\n  a: 12.\n"
            "  b: 8.\nYour answer: 1.5, 95.5",
        ),
        (
            replace(two_numbers, menus={"a": [12.0], "b": [8.0]}),
            (1.23456789, 96.0),
            "Not yet. Your answer is wrong in part 1; the rest is right.\n"
            "The idea is in “Here”.\nAsked: Which? Answer to 2 decimals.\nGiven:\n  a: 12.\n"
            "  b: 8.\nYour answer: 1.23457, 96",
        ),
        (
            one_number,
            101779,
            "Not yet. This is close, but it has to be exact.\nThe idea is in “Here”.\n"
            "Asked: How many?\nYour answer: 101779",
        ),
        (
            which,
            "a",
            "Not yet. This looks like a known mistake: up.\nIt looks as if.\nRead again: “Here”.\n"
            "Asked: Up or down?\na: Up.\nb: Down.\nYour answer: a: Up.",
        ),
        (
            shapes,
            ((3,), (3, 3)),
            "Not yet. Your answer differs in part 2, which is wrong in part 2; the rest is right.\n"
            "The idea is in “Here”.\nAsked: Which shapes?\n"
            "Your answer: `((3,), (3, 3))`",
        ),
        (small, small.solution, "Right. In every case your function gave what was expected."),
        (one_number, 101770, "Right. It agrees exactly."),
        (
            replace(one_number, decimals=0),
            101770.4,
            "Right. It agrees to the nearest whole number.",
        ),
        (replace(one_number, decimals=1), 101770, "Right. It agrees to 1 decimal."),
        (replace(one_number, decimals=2), 101770, "Right. It agrees to 2 decimals."),
        (which, "b", "Right. That is the one."),
        (shapes, ((3,), (3, 2)), "Right. Each entry agrees."),
    ],
)
def test_a_message_reads_as_it_should(exercise, answer, message):
    assert review(exercise, answer, "Ada").message == message


def test_a_long_error_message_is_cut():
    message = said(raises(ValueError("x" * 301)))
    assert "raised ValueError: " + "x" * 300 + "," in message
    assert "x" * 301 not in message


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "is None. Is a `return` missing?"),
        ("0.5", "is text. Write numbers without quotation marks."),
        (len, "is a function. Call it, and answer with what it returns."),
        ([[1], [1, 2]], "has rows of unequal length, so it has no shape."),
        (1j, "holds no numbers that can be compared: its type is complex."),
        ([1j], "holds no numbers that can be compared: its type is complex128."),
        ((1.0, (2.0, 3.0)), "is a tuple of 2, where one array is expected."),
        (np.full((2, 4), -np.inf), "holds NaN or infinity."),
        (np.ones((2, 4)), ""),
        (np.ones((3, 4)), "has the shape (3, 4), not (2, 4)."),
        (
            Fraction(1, 2),
            "has the shape (), not (2, 4). The two would broadcast to (2, 4) without an error, so "
            "nothing would warn you if you went on with it.",
        ),
    ],
)
def test_a_difference_from_an_array_is_said_in_a_sentence(result, words):
    assert difference(np.zeros((2, 4)), result, 1e-5, 1e-7) == words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "is None. Is a `return` missing?"),
        (iter([1, 2]), "is a generator, or something like it. Return a list."),
        (5, "holds a single thing, where a tuple of 2 is expected."),
        ([1.0], "has the length 1, where 2 is expected."),
        ((9.0, [0.0, 0.0]), "is wrong in part 1; the rest is right."),
        ((9.0, [9.0, 0.0]), ""),
        ((1.0, [0.0]), "differs in part 2, which has the length 1, where 2 is expected."),
        (np.zeros(2), "is one array, where a tuple of 2 is expected."),
    ],
)
def test_a_difference_from_a_tuple_is_said_in_a_sentence(result, words):
    assert difference((1.0, [0.0, 0.0]), result, 1e-5, 1e-7) == words


def test_several_wrong_parts_are_listed():
    assert difference((1, 2, 3), (9, 9, 3), 0, 0) == "is wrong in parts 1, 2; the rest is right."


def test_a_tuple_of_one_is_told_with_its_comma():
    sentence = "holds a single thing, where a tuple of 1 is expected."
    assert difference((5,), 5, 0, 0) == f"{sentence} In Python a tuple of one has a comma: (5,)."


# How near is near enough.


@pytest.mark.parametrize(
    ("expected", "error"), [(1.0, 1e-5 + 1e-7), (1000.0, 1e-2 + 1e-7), (0.0, 1e-7)]
)
def test_a_function_may_be_off_by_a_hundred_thousandth_and_a_little(expected, error):
    exercise = replace(small, solution=lambda X: np.array(expected), mistakes={})
    for sign in (-1, 1):
        said(lambda X, sign=sign: expected + 0.99 * sign * error, exercise, passed=True)
        said(lambda X, sign=sign: expected + 1.01 * sign * error, exercise)


def test_a_number_that_is_exact_may_be_off_by_a_billionth():
    for sign in (-1, 1):
        said(101770 * (1 + 0.99e-9 * sign), one_number, passed=True)
        said(101770 * (1 + 1.01e-9 * sign), one_number)


def test_close_is_within_a_hundredth():
    exercise = replace(one_number, solution=lambda: 100.0, decimals=2, mistakes={})
    assert "This is close" in said(100.9, exercise)
    assert "This is close" not in said(101.01, exercise)


def test_a_function_has_four_cases_from_small_to_large():
    assert [len(X) for X, rate in divide.cases()] == [2, 3, 4, 5]


def test_an_underflow_is_no_warning():
    said(lambda X, rate: X / rate + np.exp(-1e4 * X), passed=True)


def test_a_letter_may_stand_in_brackets_or_before_a_dot():
    for answer in ("(b)", "b)", "b."):
        said(answer, which, passed=True)


def test_an_answer_that_is_out_of_budget_is_not_called_again(monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 1000)
    calls = []

    def endless_for_three_rows(X, rate):
        calls.append(len(X))
        return endless(X, rate) if len(X) == 3 else X / rate

    said(endless_for_three_rows)
    assert calls == [2, 3]


def test_only_the_answer_has_a_budget(monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 20)
    slow = replace(divide, solution=by_loops, mistakes={"slow": Mistake(by_loops, "Slow.", "Here")})
    said(np.divide, slow, passed=True)
    assert review(replace(slow, solution=lambda X, rate: X * rate), np.divide).mistake == "slow"


def test_exercises_and_what_was_observed_are_data_compared_by_identity():
    outcome = observe(divide.solution, divide.cases()[0])
    mistake = divide.mistakes["raises"]
    for data in (divide, mistake, outcome):
        assert data == data
        assert data != replace(data)
        assert len({data, replace(data)}) == 2
        with pytest.raises(FrozenInstanceError):
            data.name = data.answer = data.value = 1
    with pytest.raises(FrozenInstanceError):
        FEEDBACKS[0].passed = False


def test_an_exercise_names_what_it_is_made_of():
    with pytest.raises(TypeError, match="positional"):
        Exercise("name", 1, "shape", "Which?", lambda: (), {})


# How it is printed.


def test_plain_text_is_88_characters_wide():
    for length, n_lines in ((79, 2), (80, 3)):
        lines = repr(Feedback(False, None, f"Not yet. {'x' * length} {'y' * 88}")).split("\n")
        assert len(lines) == n_lines
    text = repr(Feedback(False, None, f"Not yet. {'x' * 70} forward-through-it"))
    assert text.split("\n")[1] == "forward-through-it"


def test_an_array_of_more_than_40_entries_is_shown_by_its_ends():
    assert "..." not in shown(np.arange(40))
    assert shown(np.arange(41)) == "  shape (41,):\n  [ 0  1 ... 39 40]".replace(":\n  ", ": ")
    rows = shown(np.zeros((9, 7))).split("\n")
    assert len(rows) == 6
    assert rows[1] == "  [[0. 0. ... 0. 0.]"


def test_numbers_are_shown_to_four_decimals():
    assert shown(0.123456) == "  0.1235"
    assert shown(np.array([[0.123456, 2]]), "X") == "  X, shape (1, 2): [[0.1235 2.    ]]"
    assert shown(0.123456, digits=5) == "  0.12346"


def test_what_is_no_array_of_numbers_is_shown_in_200_characters():
    whole, longer = "ab" + " a" * 98, "abc" + " a" * 98
    assert shown(whole) == f"  {whole!r}"
    assert shown(longer).endswith(" [...]")
    assert len(shown(longer)) <= 202


def test_a_box_is_readable_on_white_and_on_black():
    def luminance(colour):
        rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]  # as the contrast of WCAG 2 has it

    for feedback in FEEDBACKS:
        (border,) = re.findall("border-left: 4px solid (#[0-9a-f]{6});", feedback._repr_html_())
        assert 1.05 / (luminance(border) + 0.05) > 3
        assert (luminance(border) + 0.05) / 0.05 > 3
        for style in re.findall('<pre style="([^"]*)"', feedback._repr_html_()):
            assert style.endswith("background: none; color: inherit; font-family: monospace")
    assert len(set(COLOURS.values())) == 3


# Files beside the package are the reader's.


@pytest.mark.parametrize("file", [budget_module.__file__, np.__file__])
def test_only_the_package_and_numpy_are_trusted(file, monkeypatch):
    monkeypatch.setattr(budget_module, "BUDGET", 1000)
    code = "def loop(n):\n    for _ in range(n):\n        pass\n    return n"

    def loop_in(path):
        namespace = {}
        exec(compile(code, str(path), "exec"), namespace)
        return namespace["loop"]

    folder = Path(file).parent
    assert call_within_budget(loop_in(folder / "inside.py"), (2000,)) == 2000
    assert call_within_budget(loop_in(folder / "deep" / "inside.py"), (2000,)) == 2000
    for beside in (folder.with_name(f"{folder.name}_of_mine.py"), folder.with_name("cell.py")):
        with pytest.raises(OutOfBudget):
            call_within_budget(loop_in(beside), (2000,))

"""Where NumPy cannot warn, the values say what it would have said."""

import copy
import warnings

import numpy as np
import pytest

from nn_tutorial.exercises import EXERCISES, observe, watched
from nn_tutorial.exercises.checker import review
from nn_tutorial.quiet import quietly

Z = np.array([[-1000.0, -600.0, 0.0], [1.0, 600.0, 1000.0]])
BIG = np.array([1e200, 1e200])


def both_branches(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def by_masks(z):
    out, right = np.zeros_like(z), z >= 0
    out[right] = 1 / (1 + np.exp(-z[right]))
    out[~right] = np.exp(z[~right]) / (1 + np.exp(z[~right]))
    return out


def one_by_one(z):
    out = np.empty_like(z)
    for index in np.ndindex(z.shape):
        out[index] = 1 / (1 + np.exp(-z[index]))
    return out


def in_place(z):
    e = np.zeros(z.shape)
    e -= z
    np.exp(e, out=e)
    e += 1
    return 1 / e


def switched_off(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def partly_switched_off(z):
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(z) / (z - z)


def off_and_on_again(z):
    with np.errstate(all="ignore"):
        e = np.exp(z)
    return e / e


def filtered(z):
    with warnings.catch_warnings(action="ignore"):
        return 1 / (1 + np.exp(-z))


ANSWERS = [
    (both_branches, Z),
    (lambda z: both_branches(np.asarray(z, dtype=float)), Z),
    (lambda z: both_branches(np.array(z)), Z),
    (by_masks, Z),
    (one_by_one, Z),
    (in_place, Z),
    (switched_off, Z),
    (partly_switched_off, Z),
    (partly_switched_off, np.array([-1.0])),
    (off_and_on_again, Z),
    (filtered, Z),
    (lambda z: np.vectorize(lambda x: 1 / (1 + np.exp(-x)))(z), Z),
    (lambda z: np.array([[1 / (1 + np.exp(-x)) for x in row] for row in z.tolist()]), Z),
    (lambda z: 1 / (1 + np.exp(-z)), -1000.0),
    (lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))), Z),
    (lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True), Z),
    (np.tanh, Z),
    (np.log, np.array([0.0, 1.0])),
    (np.log, np.array([-1.0, 0.0])),
    (lambda z: 1 / z, np.array([0.0, 1.0])),
    (lambda z: 1 / np.array(z), np.array([0.0, 1.0])),
    (lambda z: 1 / np.asarray(z), np.array([0.0, 1.0])),
    (lambda z: z / z, np.array([0.0, 1.0])),
    (lambda z: z.sum() / (z[0] - z[0]), BIG),
    (lambda z: z**-1.0, np.array([0.0])),
    (lambda z: z * z, BIG),
    (lambda z: z * z, np.array([np.inf, 1e200])),
    (lambda z: z / z, np.array([np.nan, 0.0])),
    (lambda z: z @ z, BIG),
    (lambda z: z.prod(), BIG),
    (lambda z: (z * 1e108).mean(), BIG),
    (lambda z: z.std(), np.array([1e200, -1e200])),
    (lambda z: z - z, np.array([np.inf])),
    (lambda z: np.exp(np.add.reduce(np.abs(z), axis=1)), Z),
    (lambda z: round(z[0] / 2, 1), np.array([1.0])),
    (lambda z: {z[0]: 1}[1.0], np.array([1.0])),
]


def warned(call, function, arguments):
    """Return the first RuntimeWarning of a call."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        call(function, copy.deepcopy(arguments))
    told = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    return told[0] if told else None


@pytest.fixture
def deaf(monkeypatch):
    """Take NumPy's own warnings away, as WebAssembly does."""
    call = observe.call_within_budget

    def without_numpys_own(function, arguments):
        if function is observe.call_watched:
            return call(function, arguments)
        return call(silent, (function, arguments))

    def silent(function, arguments):
        return quietly(function, *arguments, all="ignore")

    monkeypatch.setattr(observe, "NUMPY_WARNS", False)
    monkeypatch.setattr(observe, "call_within_budget", without_numpys_own)


def test_this_numpy_warns_itself():
    assert watched.NUMPY_WARNS
    assert observe.NUMPY_WARNS


@pytest.mark.parametrize(("answer", "values"), ANSWERS)
def test_the_values_say_what_numpy_says(answer, values, monkeypatch):
    own = warned(lambda f, a: f(*a), answer, (values,))
    made = []
    monkeypatch.setattr(watched.warnings, "warn", lambda text, *_: made.append(text))
    # An answer's own filter holds for what `warnings.warn` makes; here it is taken out of the way.
    if answer is not filtered:
        watched.call_watched(answer, (copy.deepcopy(values),))
    assert made[:1] == ([own] if own else [])


def test_some_of_these_warn_and_some_do_not():
    told = {warned(lambda f, a: f(*a), answer, (values,)) for answer, values in ANSWERS}
    assert len(told) > 8
    assert {None, "overflow encountered in exp", "invalid value encountered in divide"} <= told


def test_a_filter_of_the_answers_own_holds():
    assert warned(watched.call_watched, filtered, (Z,)) is None
    assert warned(watched.call_watched, both_branches, (Z,)) == "overflow encountered in exp"


def test_numpy_is_as_it_was_afterwards_even_if_the_answer_raises():
    before = dict(vars(np))
    with pytest.raises(ZeroDivisionError):
        watched.call_watched(lambda z: 1 // 0, (Z,))
    assert all(vars(np)[name] is thing for name, thing in before.items())


def test_where_numpy_cannot_warn_a_warning_is_told_in_the_same_words(deaf):
    exercise = EXERCISES["sigmoid-without-warnings"]
    message = review(exercise, both_branches).message
    assert "NumPy warned on the way: “overflow encountered in exp”." in message
    assert review(exercise, by_masks).passed


def test_without_a_look_at_the_values_it_would_be_right(deaf, monkeypatch):
    monkeypatch.setattr(observe, "call_watched", lambda function, arguments: None)
    assert review(EXERCISES["sigmoid-without-warnings"], both_branches, seed=1).passed

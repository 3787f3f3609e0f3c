"""The sentences of the feedback. They say what came out and what is wrong, never the solution."""

import inspect
from collections.abc import Callable

import numpy as np

from nn_tutorial.budget import BUDGET, OutOfBudget
from nn_tutorial.exercises.compare import difference, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.feedback import shown
from nn_tutorial.exercises.observe import Outcome
from nn_tutorial.exercises.reading import error_line

SIZES = " NumPy refuses the product: its inner sizes differ. Write the two shapes side by side."
ONE_NUMBER = " Functions of `math` take one number; NumPy has them for arrays."
# What a part of an error's message means, in words; releases of NumPy word them differently.
HINTS = {
    "maximum recursion depth": " The function calls itself without end.",
    "core dimension": SIZES,
    "not aligned": SIZES,
    "truth value of an array": " `if` and `while` need one truth value; this array has several.",
    "only 0-dimensional arrays": ONE_NUMBER,
    "only length-1 arrays": ONE_NUMBER,
}


def asked(exercise: Exercise) -> str:
    """Return the question, how many decimals it asks for, and what there is to choose from."""
    choices = [f"{letter}: {text}" for letter, text in (exercise.choices or {}).items()]
    return "\n".join([exercise.question + _digits(exercise, " Answer to {}."), *choices])


def praise(exercise: Exercise) -> str:
    """Return what was right, without saying the answer: a worked answer shows this to everybody."""
    return {
        "function": "In every case your function gave what was expected.",
        "number": "It agrees" + (_digits(exercise, " to {}") or " exactly") + ".",
        "prediction": "That is the one.",
        "shape": "Each entry agrees.",
    }[exercise.kind]


def verdict(exercise: Exercise, expected: Outcome, outcome: Outcome, function: Callable) -> str:
    """Return what is wrong with an answer that makes no known mistake."""
    if isinstance(outcome.error, OutOfBudget):
        return f"The function was stopped after {BUDGET:,} steps. Is there a loop that never ends?"
    if outcome.error is not None:
        text = " ".join(str(outcome.error).split())[:300]
        what = type(outcome.error).__name__ + (f": {text}" if text else "")
        hint = next((hint for part, hint in HINTS.items() if part in text), "")
        return f"The function raised {what}{error_line(function, outcome.error)}.{hint}"
    if expected.error is not None:
        return "The function takes arguments that it should refuse with an error."
    found = difference(expected.value, outcome.value, *exercise.tolerance)
    subject = "The result" if exercise.kind == "function" else "Your answer"
    changed = [
        f"`{name}`"
        for name, should, did in zip(
            inspect.signature(exercise.solution).parameters,
            expected.arguments,
            outcome.arguments,
            strict=True,
        )
        if not same_things(should, did)
    ]
    if found is None and changed:
        are = "is not left as it" if len(changed) == 1 else "are not left as they"
        return f"The result is right, but {' and '.join(changed)} {are} should be."
    if found is None:
        return f"The numbers are right, but NumPy warned on the way: “{outcome.warning}”."
    if exercise.kind == "number" and difference(expected.value, outcome.value, 0.01, 0) is None:
        if exercise.decimals is None:
            return "This is close, but it has to be exact."
        return "This is close, but one rounding at the end is not so far off. Carry more digits."
    return f"{subject} {found or 'is not what is expected.'}"


def evidence(exercise: Exercise, case: tuple, expected: Outcome, outcome: Outcome) -> list[str]:
    """Return the case, what came out and, of a function only, what was expected."""
    names = inspect.signature(exercise.solution).parameters
    lines = ["Given:"] if case else []
    lines += [shown(value, name) for name, value in zip(names, case, strict=True)]
    if outcome.error is not None:
        return lines
    if exercise.kind != "function":
        return [*lines, f"Your answer: {_spoken(exercise, outcome.value)}"]
    if expected.error is not None:
        return [*lines, "Your function returned:", shown(outcome.value)]
    if difference(expected.value, outcome.value, *exercise.tolerance) is None:
        return lines  # the numbers are not what is wrong
    results = [shown(result.value) for result in (outcome, expected)]
    if results[0] == results[1]:
        results = [shown(result.value, digits=12) for result in (outcome, expected)]
    return [*lines, "Your function returned:", results[0], "Expected:", results[1]]


def _spoken(exercise, answer):
    if exercise.kind == "prediction":
        return f"{answer}: {exercise.choices[answer]}"
    if exercise.kind == "shape":
        return f"`{answer}`"
    parts = answer if isinstance(answer, tuple | list) else [answer]
    return ", ".join(f"{float(number):.6g}" for part in parts for number in np.ravel(part))


def _digits(exercise, sentence):
    if exercise.decimals is None:
        return ""
    if exercise.decimals == 0:
        return sentence.format("the nearest whole number")
    return sentence.format(f"{exercise.decimals} decimal{'s' if exercise.decimals != 1 else ''}")

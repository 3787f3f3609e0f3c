"""The sentences of the feedback. They say what came out and what is wrong, never the solution."""

import inspect

import numpy as np

from nn_tutorial.budget import BUDGET, OutOfBudget
from nn_tutorial.exercises.commas import DECIMAL_COMMAS
from nn_tutorial.exercises.compare import difference, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.feedback import NOT_YET, shown
from nn_tutorial.exercises.likeness import likeness
from nn_tutorial.exercises.observe import Attempt
from nn_tutorial.exercises.parts import Finding, usual_section
from nn_tutorial.exercises.reading import code_of, error_line, text_of
from nn_tutorial.exercises.recognise import same

SIZES = " NumPy refuses the product: its inner sizes differ. Write the two shapes side by side."
BUILT_IN = (
    " Two sizes do not fit. Perhaps the three students are built into the code, by a number such "
    "as 3 or (3, 9), or by another array that the notebook has."
)
WITH_THE_STUDENTS = 10  # chapters up to this one are about the three students
LOST_AXIS = (
    " Two sizes do not fit. A sum or a maximum along an axis leaves that axis out; with "
    "`keepdims=True` it stays, as a row or a column."
)
ONE_NUMBER = " Functions of `math` take one number; NumPy has them for arrays."
# Of a prediction with reasons, by the parts that are wrong: the answer, its reason, or both.
IN_TWO_STEPS = {
    (1,): "The reason holds, but it leads to another answer. The mistake: {}.",
    (2,): "The answer is right, but not for this reason. The mistake: {}.",
    (1, 2): "Neither the answer nor its reason is right. The mistakes: {}.",
}
AXIS = (
    " Two sizes do not fit. Along which axis does each maximum, sum or mean run? The axis that is "
    "named is the one that disappears; write the shape that is left beside the other one."
)
# What a part of an error's message means, in words; releases of NumPy word them differently.
HINTS = {
    "maximum recursion depth": " The function calls itself without end.",
    "core dimension": SIZES,
    "not aligned": SIZES,
    "could not be broadcast": BUILT_IN,
    "cannot reshape": BUILT_IN,
    "out of bounds": BUILT_IN,
    "could not broadcast": BUILT_IN,
    "to unpack": BUILT_IN,
    "truth value of an array": " `if` and `while` need one truth value; this array has several.",
    "only 0-dimensional arrays": ONE_NUMBER,
    "only length-1 arrays": ONE_NUMBER,
}


def asked(exercise: Exercise) -> str:
    """Return the question, how many decimals it asks for, and what there is to choose from."""
    choices = [f"{letter}: {text}" for letter, text in (exercise.choices or {}).items()]
    reasons = [f"{number}: {text}" for number, text in (exercise.reasons or {}).items()]
    options = [*choices, "Why?", *reasons] if reasons else choices
    return "\n".join([exercise.question + _digits(exercise, " Answer to {}."), *options])


def praise(exercise: Exercise) -> str:
    """Return what was right, without saying the answer: a worked answer shows this to everybody."""
    return {
        "function": "In every case your function gave what was expected.",
        "number": "It agrees" + (_digits(exercise, " to {}") or " exactly") + ".",
        "prediction": "The answer and the reason." if exercise.reasons else "That is the one.",
        "shape": "Each entry agrees.",
    }[exercise.kind]


def told(
    exercise: Exercise, findings: list[Finding], attempt: Attempt, agree: list[bool]
) -> list[str]:
    """Return the first lines of the feedback: which mistake it is, or what can be said without."""
    right = _parts_that_are_right(exercise, attempt)
    explained = {part for finding in findings for part in finding.parts}
    if not findings and not right:
        section = usual_section(exercise)
        found = [f"{NOT_YET} {verdict(exercise, attempt)}", *likeness(exercise, attempt, agree)]
        return [*found, f"The idea is in “{section}”."] if section else found
    lines = [_opening(exercise, findings)] if findings else []
    lines += [_part_by_part(right, explained, attempt)] if right else []
    lines[0] = f"{NOT_YET} {lines[0]}"
    lines += dict.fromkeys(finding.explanation for finding in findings)
    lines += [] if right or exercise.reasons else _besides_the_name(exercise, findings, attempt)
    sections = dict.fromkeys(finding.section for finding in findings)
    wrong = [k for k, is_right in enumerate(right) if not is_right and k + 1 not in explained]
    sections |= dict.fromkeys(exercise.sections[k] for k in wrong)
    sections = [f"“{section}”" for section in sections if section]
    listed = " and ".join(filter(None, [", ".join(sections[:-1]), *sections[-1:]]))
    return [*lines, f"Read again: {listed}."] if sections else lines


def _opening(exercise, findings):
    where = [_in_parts(finding.parts) for finding in findings]
    if exercise.reasons:
        names = ", and ".join(finding.name for finding in findings)
        return IN_TWO_STEPS[tuple(p for f in findings for p in f.parts)].format(names)
    if len(findings) == 1:
        return f"This looks like a known mistake{where[0]}: {findings[0].name}."
    names = "; ".join(f.name + there for f, there in zip(findings, where, strict=True))
    return f"These look like {len(findings)} mistakes at once: {names}."


def _parts_that_are_right(exercise, attempt):
    """Return for each part whether it is right, where each is about something else."""
    answer, limits = attempt.outcome.value, exercise.tolerance
    if not exercise.sections or not isinstance(answer, tuple | list | np.ndarray):
        return []
    if len(answer) != len(attempt.expected.value):
        return []
    pairs = zip(attempt.expected.value, answer, strict=True)
    return [difference(right, one, *limits) is None for right, one in pairs]


def _part_by_part(right, explained, attempt):
    said = []
    values = zip(right, attempt.expected.value, attempt.outcome.value, strict=True)
    for part, (is_right, expected, answer) in enumerate(values, start=1):
        close = difference(expected, answer, 0.01, 0) is None and part not in explained
        said.append(
            "right"
            if is_right
            else "missing"
            if _is_missing(answer)
            else "close, but not to all decimals"
            if close
            else "not yet"
        )
    return " ".join(f"Part {part}: {words}." for part, words in enumerate(said, start=1))


def _is_missing(part):
    """Return whether a part was left as `...`: see `with_gaps`."""
    return isinstance(part, float) and part != part


def _besides_the_name(exercise, findings, attempt):
    """Return what the numbers themselves say: which parts, which shapes, or what else is wrong."""
    if same(exercise, attempt.expected, attempt.outcome, by_value=True):
        return [verdict(exercise, attempt)]
    if attempt.outcome.error or attempt.expected.error:
        return []
    parts = {part for finding in findings for part in finding.parts}
    name, rounded = findings[0].name, findings[0].explanation.startswith("This is right to ")
    if not parts and (rounded or name in exercise.mistakes or name == DECIMAL_COMMAS):
        return []
    found = difference(attempt.expected.value, attempt.outcome.value, *exercise.tolerance)
    if found:
        return [f"{_subject(exercise)} {found}"]
    others = len(parts) < len(attempt.expected.value) if parts else False
    return ["The other parts are wrong in another way."] if others else []


def _subject(exercise):
    return "The result" if exercise.kind == "function" else "Your answer"


def _in_parts(parts):
    if not parts:
        return ""
    return f", in part{'s' if len(parts) > 1 else ''} {' and '.join(map(str, parts))}"


def verdict(exercise: Exercise, attempt: Attempt) -> str:
    """Return what is wrong with an answer in one case, whether or not a mistake is known."""
    expected, outcome = attempt.expected, attempt.outcome
    if outcome.error is not None:
        return _of_error(exercise, attempt)
    if expected.error is not None:
        return "The function takes arguments that it should refuse with an error."
    found = difference(expected.value, outcome.value, *exercise.tolerance)
    if found is None:
        return _besides(exercise, expected, outcome)
    if exercise.kind == "number" and difference(expected.value, outcome.value, 0.01, 0) is None:
        if exercise.decimals is None:
            return "This is close, but it has to be exact."
        return (
            "This is close, but further off than one rounding at the end. If you rounded on the "
            "way, carry more digits; if not, some small thing is different."
        )
    return f"{_subject(exercise)} {found or 'is not what is expected.'}"


def _of_error(exercise, attempt):
    error = attempt.outcome.error
    if isinstance(error, OutOfBudget):
        return f"The function was stopped after {BUDGET:,} steps. Is there a loop that never ends?"
    text = " ".join(text_of(error).split())[:300]
    what = type(error).__name__ + (f": {text}" if text else "")
    hint = next((hint for part, hint in HINTS.items() if part in text), "")
    if hint == BUILT_IN and exercise.chapter > WITH_THE_STUDENTS:
        hint = LOST_AXIS
    elif hint == BUILT_IN and _names_a_later_axis(attempt.function):
        hint = AXIS
    if hint in (BUILT_IN, SIZES, LOST_AXIS, AXIS):
        hint += _sizes(attempt)
    return f"The function raised {what}{error_line(attempt.function, error)}.{hint}"


def _names_a_later_axis(function):
    """Return whether an ``axis`` other than 0 is named in the function."""
    constants = getattr(code_of(function), "co_consts", ())
    names = any(isinstance(one, tuple) and "axis" in one for one in constants)
    return names and any(type(one) is int and one in (1, -1) for one in constants)


def _sizes(attempt):
    """Return which shapes the arguments have in this case."""
    names = inspect.signature(attempt.function).parameters
    shapes = [
        f"`{name}` has the shape {value.shape}"
        for name, value in zip(names, attempt.case, strict=False)
        if isinstance(value, np.ndarray) and value.ndim
    ]
    return f" Here {', and '.join(shapes)}." if shapes else ""


def _besides(exercise, expected, outcome):
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
    if changed:
        are = "is not left as it" if len(changed) == 1 else "are not left as they"
        return f"The result is right, but {' and '.join(changed)} {are} should be."
    return f"The numbers are right, but NumPy warned on the way: “{outcome.warning}”."


def evidence(exercise: Exercise, attempt: Attempt) -> list[str]:
    """Return the case, what came out and, of a function only, what was expected."""
    case, expected, outcome = attempt.case, attempt.expected, attempt.outcome
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
    if exercise.reasons:
        letter, number = answer
        return f"{letter}: {exercise.choices[letter]} {number}: {exercise.reasons[number]}"
    if exercise.kind == "prediction":
        return f"{answer}: {exercise.choices[answer]}"
    if exercise.kind == "shape":
        return f"`{answer}`"
    parts = answer if isinstance(answer, tuple | list) else [answer]
    numbers = [float(number) for part in parts for number in np.ravel(part)]
    return ", ".join("…" if np.isnan(number) else f"{number:.6g}" for number in numbers)


def _digits(exercise, sentence):
    if exercise.decimals is None:
        return ""
    if exercise.decimals == 0:
        return sentence.format("the nearest whole number")
    return sentence.format(f"{exercise.decimals} decimal{'s' if exercise.decimals != 1 else ''}")

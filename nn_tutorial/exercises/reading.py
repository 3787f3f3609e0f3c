"""A reader may hand over anything: find out whether it can be checked, or say why not."""

import dis
import functools
import inspect
import linecache
import numbers
import traceback
from collections.abc import Callable
from types import CodeType
from typing import Any

import numpy as np

from nn_tutorial.exercises.compare import as_numbers
from nn_tutorial.exercises.exercise import Exercise

IDLE = {"RESUME", "NOP", "CACHE", "POP_TOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def is_unfinished(answer: Any) -> bool:
    """Return whether it is ``...``, holds one, or is a function that only returns one, or None."""
    if isinstance(answer, tuple | list):
        return any(part is ... for part in answer)
    code = code_of(answer) if callable(answer) else None
    if code is None:
        return answer is ...
    steps = list(dis.get_instructions(code))
    loaded = [step.argval for step in steps if "CONST" in step.opname]
    return all(step.opname in IDLE for step in steps) and all(x in (None, ...) for x in loaded)


def with_gaps(exercise: Exercise, answer: Any) -> Any:
    """Return an answer whose parts are about different things, with NaN for parts left as ``...``.

    So those that are there can be checked. Any other answer, or with nothing in it, comes back.
    """
    if not exercise.sections or not isinstance(answer, tuple | list):
        return answer
    if all(part is ... for part in answer) or len(answer) != len(exercise.sections):
        return answer
    return tuple(np.nan if part is ... else part for part in answer)


def code_of(function: Callable) -> CodeType | None:
    """Return the bytecode that a function, a partial or an object with ``__call__`` stands for."""
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function)
    if not hasattr(function, "__code__"):
        function = type(function).__call__
    return getattr(function, "__code__", None)


def text_of(error: BaseException) -> str:
    """Return an error's message; empty if even that raises."""
    try:
        return str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def error_line(function: Callable, error: BaseException) -> str:
    """Return ", in line 2: `…`", the last line of the answer's own code on the way to the error."""
    code = code_of(function)
    own = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if code is not None and frame.f_code.co_filename == code.co_filename
    ]
    if not own:
        return ""
    source = linecache.getline(code.co_filename, own[-1]).strip()
    return f", in line {own[-1]}" + (f": `{source}`" if source else "")


def as_function(exercise: Exercise, answer: Any) -> Callable:
    """Return the answer as a function of the solution's arguments; of other kinds it ignores them.

    Raises
    ------
    ValueError
        With a sentence for the reader, if it is not the kind of thing that is asked for.
    """
    if exercise.kind == "function":
        _refuse_what_cannot_be_called(answer, list(inspect.signature(exercise.solution).parameters))
        return answer
    letter = _letter_and_reason if exercise.reasons else _letter
    read = {"number": _number, "prediction": letter, "shape": _shape}[exercise.kind]
    value = read(answer, exercise)
    return lambda *_: value


def _refuse_what_cannot_be_called(answer, names):
    kind = type(answer).__name__
    if isinstance(answer, type):
        raise ValueError("This is a class, and a function is asked for.")
    if not callable(answer):
        raise ValueError(
            f"This is not a function: its type is {kind}. Give `check` the function by its name, "
            "without parentheses after it."
        )
    try:
        signature = inspect.signature(answer)
    except (ValueError, TypeError):  # some built-in functions don't tell
        return
    try:
        signature.bind(*names)
    except TypeError:
        raise ValueError(
            f"The function is called with ({', '.join(names)}), but its parameters are "
            f"({', '.join(signature.parameters)})."
        ) from None


def _number(answer, exercise):
    parts = answer if isinstance(answer, tuple | list) else [answer]
    if any(part is None for part in parts):
        raise ValueError(
            "Your answer holds None. `print` shows a value, but returns None: leave `print` out."
        )
    try:
        arrays = [as_numbers(part) for part in parts]
    except ValueError as error:
        raise ValueError(f"Your answer {error}") from None
    # One number in brackets is still that number.
    return arrays[0].item() if len(arrays) == 1 and arrays[0].size == 1 else answer


def _letter(answer, exercise):
    letter = answer.strip().strip("().").casefold() if isinstance(answer, str) else answer
    if not isinstance(letter, str) or letter not in exercise.choices:
        letters = ", ".join(f'"{choice}"' for choice in exercise.choices)
        raise ValueError(f"Answer with one of the letters {letters}, in quotation marks.")
    return letter


def _letter_and_reason(answer, exercise):
    parts = answer if isinstance(answer, tuple | list) else [answer]
    text = "".join(str(part) for part in parts if type(part) in (str, int)).casefold()
    marks = tuple(mark for mark in text if mark.isalnum())
    if len(marks) == 2 and marks[0] in exercise.choices and marks[1] in exercise.reasons:
        return marks
    letters, numbers = ("".join(options) for options in (exercise.choices, exercise.reasons))
    raise ValueError(
        f"Answer with a letter from {letters[0]} to {letters[-1]} and the number of a reason, from "
        f'{numbers[0]} to {numbers[-1]}, in quotation marks: "{letters[0]}{numbers[-1]}", say.'
    )


def _shape(answer, exercise):
    answer = answer.tolist() if isinstance(answer, np.ndarray) else answer
    if isinstance(answer, tuple | list):
        return tuple(_shape(part, exercise) for part in answer)
    if isinstance(answer, numbers.Integral) and not isinstance(answer, bool):
        return int(answer)
    raise ValueError("A shape is a tuple of whole numbers, such as (3, 2).")

"""Call an answer once, catch everything that it does, and write it down."""

import copy
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from nn_tutorial.budget import OutOfBudget, call_within_budget
from nn_tutorial.exercises.traces import put_back
from nn_tutorial.exercises.watched import NUMPY_WARNS, call_watched


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a call returned or raised, its arguments afterwards, and what NumPy warned of first."""

    value: Any
    error: BaseException | None
    arguments: tuple
    told: str | None
    by_values: Callable[[], str | None]

    @cached_property
    def warning(self) -> str | None:
        """Return the first RuntimeWarning; where NumPy can't warn, it is told by the values."""
        return self.told if NUMPY_WARNS or self.error is not None else self.by_values()


@dataclass(frozen=True, eq=False)
class Attempt:
    """One case: the arguments, what the solution did, what the answer did, and the answer."""

    case: tuple
    expected: Outcome
    outcome: Outcome
    function: Callable


class Nowhere(io.TextIOBase):
    """Swallows what is printed: an answer is called several times, and would print as often."""

    def write(self, text):
        """Return the length of the text, as if it were written."""
        return len(text)


def observe(function: Callable, arguments: tuple, limited: bool = True) -> Outcome:
    """Call the function with fresh copies of the arguments; only KeyboardInterrupt gets through.

    Anything else that it raises is caught, SystemExit and MemoryError included, and what it prints
    is swallowed. ``limited=False`` is for functions that are known to end.
    """
    given, arguments = arguments, copy.deepcopy(arguments)
    value = error = None
    with nothing_said() as caught:
        try:
            if limited:
                value = call_within_budget(looked_at, (function, arguments))
            else:
                value = function(*arguments)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            error = problem
    return Outcome(value, error, arguments, first(caught), partial(by_values, function, given))


def by_values(function: Callable, arguments: tuple) -> str | None:
    """Call the function once more, and return the first RuntimeWarning that its values call for."""
    with put_back(), nothing_said() as caught, suppress(Exception, OutOfBudget):
        call_within_budget(call_watched, (function, copy.deepcopy(arguments)))
    return first(caught)


@contextmanager
def nothing_said() -> Iterator[list[warnings.WarningMessage]]:
    """Collect warnings, all of NumPy's but of underflow, and swallow what is printed."""
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(all="warn", under="ignore"),
        redirect_stdout(Nowhere()),
        redirect_stderr(Nowhere()),
    ):
        warnings.simplefilter("always")
        yield caught


def first(caught: list[warnings.WarningMessage]) -> str | None:
    """Return the text of the first RuntimeWarning, if there is one."""
    told = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    return told[0] if told else None


def looked_at(function: Callable, arguments: tuple) -> Any:
    """Return function(*arguments), after a look at it, so that this is within the budget, too."""
    value = function(*arguments)
    if type(value) not in (np.ndarray, float, int, bool):
        with suppress(Exception):
            if np.asarray(value).dtype.kind not in "biuf":
                repr(value)
    return value

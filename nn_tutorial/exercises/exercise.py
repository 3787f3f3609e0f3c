"""An exercise is data: what is asked, what is right, and which wrong answers are known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nn_tutorial.exercises.names import pick

N_CASES = 4


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known wrong answer, as a function of the same arguments as the solution.

    Attributes
    ----------
    answer : callable
        Returns what somebody who makes the mistake would return. It may raise where the shapes
        don't allow it, but not in every case.
    explanation : str
        What it is and why it is tempting. Never the solution.
    section : str
        The heading in the chapter's notebook to read again.
    """

    answer: Callable
    explanation: str
    section: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Exercise:
    """One exercise. Write it as in ``chapters/chapter_01.py``; the tests say what is missing.

    Attributes
    ----------
    name : str
        Lower-case words with hyphens, as in ``check("scale-newcomers", …)``.
    chapter : int
        The number of the chapter whose notebook asks it.
    kind : {"function", "number", "prediction", "shape", "order"}
        What the reader answers: a function; a number, or a tuple of them; the letter of a choice;
        a tuple of whole numbers, or a tuple of such; the letters of shuffled lines, put in order.
    question : str
        One or two sentences, the same words in the notebook. Names in `backticks`.
    solution : callable
        Of a function: the function. Of anything else: a function that returns the answer; its
        parameters are the personal numbers. A tuple or list is compared part by part.
    mistakes : dict of str to Mistake
        By their names, which the reader sees. For a prediction, the answers are the wrong letters.
    also_right : tuple of callables
        The solution, written differently. Only the tests use it.
    draw : callable, for functions
        ``draw(rng, size)`` returns the arguments of one case, for the sizes 0, 1, 2 and 3. Make all
        dimensions unequal (`unequal` helps) and rates other than 1, or mistakes look alike.
    menus : dict of str to sequence, for personal numbers
        For each parameter of the solution the values that a student's name picks from.
    choices : dict of str to str, for predictions
        From the letter to what it stands for.
    reasons : dict of str to str, for predictions in two steps
        From a number, as text, to a reason. The answer is then (letter, number).
    lines : tuple of str, for orders
        Lines of Python, in a right order. ``menus`` holds ``shuffle``: in which order the lines
        are shown, as `shuffles` lists them. The solution and the mistakes return letters, as
        `in_order` makes them, and are told apart by what the lines do (see ``order.py``).
    given : callable, with ``lines``
        Returns the names that exist before the first line, with their values.
    results : tuple of str, with ``lines``
        The names that the right lines leave behind. Only these are compared.
    sections : tuple of str, for numbers
        Where each part of the answer is taught, if each is about something else: see `recall`.
    as_step : callable, for functions that make a step of descent, or its gradients
        Makes of an answer a ``step(X, y, params, rate)`` that ``nn_tutorial.doctor`` can examine.
    step_sizes : dict, with ``as_step``
        Sizes that such a step has built in.
    decimals : int, for numbers
        How many the question asks for: the answer may be off by one unit of the last. None: it
        must be exact.
    carry : int, for numbers that one computes on paper
        To how many decimals the notebook asks to round on the way, if that is more than
        ``decimals``. Whoever carries so many is right, however the last one is rounded.
    on_paper : callable, for numbers that one computes on paper
        The solution in steps that a pencil can do, where ``solution`` is not made of such:
        ``on_paper(write, *numbers)``, where ``write(1) / 3`` is rounded. See ``pencil.py``.
    relative, absolute : float, for functions
        Tolerance: ``|answer - expected| <= absolute + relative * |expected|``. The defaults let
        other orders of operations pass, and float32.
    """

    name: str
    chapter: int
    kind: Literal["function", "number", "prediction", "shape", "order"]
    question: str
    solution: Callable
    mistakes: dict[str, Mistake]
    also_right: tuple[Callable, ...] = ()
    draw: Callable[[np.random.Generator, int], tuple] | None = None
    menus: dict[str, Any] | None = None
    choices: dict[str, str] | None = None
    reasons: dict[str, str] | None = None
    lines: tuple[str, ...] = ()
    given: Callable[[], dict[str, Any]] | None = None
    results: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    as_step: Callable[[Callable], Callable] | None = None
    step_sizes: dict[str, int] | None = None
    decimals: int | None = None
    carry: int | None = None
    on_paper: Callable | None = None
    relative: float = 1e-5
    absolute: float = 1e-7

    @property
    def tolerance(self) -> tuple[float, float]:
        """The relative and the absolute tolerance of a comparison."""
        if self.kind == "function":
            return self.relative, self.absolute
        return 1e-9, 0 if self.decimals is None else 10**-self.decimals

    def cases(self, seed: int = 0, student: str | None = None) -> list[tuple]:
        """Return the arguments of each call of the solution, the smallest case first.

        A function has four, drawn from the seed. Anything else has one: the numbers that the
        student's name picks, or no arguments at all.
        """
        if self.kind != "function":
            return [tuple(pick(self.menus, student).values()) if self.menus else ()]
        rng = np.random.default_rng(seed)
        return [self.draw(rng, size) for size in range(N_CASES)]


def unequal(rng: np.random.Generator, size: int, count: int) -> list[int]:
    """Return ``count`` different dimensions, from 2 to ``count + 1 + size``."""
    return [int(n) for n in rng.permutation(np.arange(2, count + 2 + size))[:count]]

"""Which known mistake is this? The one that gives the same results in every case."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

from nn_tutorial.exercises.compare import difference, narrowed, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.observe import Outcome, observe


def same(
    exercise: Exercise,
    expected: Outcome,
    outcome: Outcome,
    by_value: bool = False,
    tolerance: tuple[float, float] | None = None,
) -> bool:
    """Return whether two calls did the same: the result, what became of the arguments, warnings.

    ``by_value`` looks at the result alone. Where an error is expected, any error will do. The
    tolerance is the exercise's, if no other is given.
    """
    tolerance = tolerance or exercise.tolerance
    if expected.error is not None or outcome.error is not None:
        return expected.error is not None and isinstance(outcome.error, Exception)
    if difference(expected.value, outcome.value, *tolerance) is not None:
        return False
    return by_value or (
        same_things(expected.arguments, outcome.arguments)
        and (expected.warning is None) == (outcome.warning is None)
    )


def _tolerance_of(exercise, mistake):
    """Return the tolerance for a known mistake: no wider than a hundredth of its number.

    A share such as 0.79 would otherwise be seen in every share, where points are asked to 0.1.
    """
    if exercise.kind != "number":
        return exercise.tolerance
    return narrowed(exercise.tolerance, mistake.value, share=0.01)


class Remembered:
    """What a function does, case by case, computed as far as somebody looks, and only once."""

    def __init__(self, function: Callable, cases: list[tuple]):
        self.left = map(partial(observe, function, limited=False), cases)
        self.done = []

    def __iter__(self):
        """Yield one outcome after the other, those of an earlier look first."""
        for count in itertools.count():
            if count == len(self.done):
                outcome = next(self.left, None)
                if outcome is None:
                    return
                self.done.append(outcome)
            yield self.done[count]


def known_outcomes(exercise: Exercise, cases: list[tuple]) -> dict[str, Remembered]:
    """Return what each known mistake does in these cases."""
    return {name: Remembered(m.answer, cases) for name, m in exercise.mistakes.items()}


@lru_cache(maxsize=100)
def remembered(
    exercise: Exercise, seed: int, numbers: tuple | None
) -> tuple[list[Outcome], dict[str, Remembered]]:
    """Return what the solution and the known mistakes do: the same at every check."""
    cases = exercise.cases(seed) if numbers is None else [numbers]
    return list(Remembered(exercise.solution, cases)), known_outcomes(exercise, cases)


def recognised(
    exercise: Exercise, known: Mapping[str, Iterable[Outcome]], outcomes: list[Outcome]
) -> list[str]:
    """Return the names of the mistakes that give these outcomes in all cases: mostly one or none.

    Where the results fit several, those count that also treat their arguments as the answer does,
    and make NumPy warn where it does. A mistake that raises in every case is never recognised: too
    many answers do.
    """
    matching = {}
    for name, made in known.items():
        exactly, raises = True, True
        for expected, outcome in zip(made, outcomes, strict=False):
            if not same(exercise, expected, outcome, True, _tolerance_of(exercise, expected)):
                break  # mostly in the first case, so the others are not even computed
            exactly = exactly and same(exercise, expected, outcome)
            raises = raises and expected.error is not None
        else:
            if not raises:
                matching[name] = exactly
    return [name for name, exactly in matching.items() if exactly] or list(matching)

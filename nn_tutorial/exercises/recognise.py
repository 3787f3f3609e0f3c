"""Which known mistake is this? The one that gives the same results in every case."""

from nn_tutorial.exercises.compare import difference, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.observe import Outcome, observe


def same(exercise: Exercise, expected: Outcome, outcome: Outcome, by_value: bool = False) -> bool:
    """Return whether two calls did the same: the result, what became of the arguments, warnings.

    ``by_value`` looks at the result alone. Where an error is expected, any error will do.
    """
    if expected.error is not None or outcome.error is not None:
        return expected.error is not None and isinstance(outcome.error, Exception)
    if difference(expected.value, outcome.value, *exercise.tolerance) is not None:
        return False
    return by_value or (
        same_things(expected.arguments, outcome.arguments)
        and (expected.warning is None) == (outcome.warning is None)
    )


def recognised(exercise: Exercise, cases: list[tuple], outcomes: list[Outcome]) -> list[str]:
    """Return the names of the mistakes that give these outcomes in all cases: mostly one or none.

    A mistake that also changes its arguments, or makes NumPy warn, is looked for first. If none
    fits, the results alone decide. One that raises in every case is never recognised: too many
    answers do.
    """
    known = {
        name: [observe(mistake.answer, case, limited=False) for case in cases]
        for name, mistake in exercise.mistakes.items()
    }
    for by_value in (False, True):
        names = [
            name
            for name, made in known.items()
            if any(outcome.error is None for outcome in made)
            and all(map(lambda a, b: same(exercise, a, b, by_value), made, outcomes))
        ]
        if names:
            return names
    return []

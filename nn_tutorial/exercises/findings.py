"""What else an answer may be: right but for one kind of slip, or known mistakes in its parts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from nn_tutorial.exercises.commas import decimal_commas
from nn_tutorial.exercises.compare import as_array, as_numbers, same_things
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.kinds import KINDS, kind_of
from nn_tutorial.exercises.observe import Outcome, observe
from nn_tutorial.exercises.parts import (
    Finding,
    agree,
    counted,
    found_in_parts,
    rounded_coarsely,
    usual_section,
)
from nn_tutorial.exercises.pencil import decimals_carried, most_useful
from nn_tutorial.exercises.traces import put_back

AS_IT_CAME = (
    "What came back is one of the arguments, and nothing was done to it. Perhaps the result has "
    "another name, or stands in a line that is never reached."
)
AS_GIVEN = (
    "This is one of the numbers that are given, or very near to it. Is it the answer to another "
    "line, or copied from the wrong place?"
)
NOT_YET_ONE = (
    "The numbers are right, and they have not been added up yet, or averaged: one number is asked "
    "for. An axis too many in `mean` or `sum` leaves several."
)
A_WARNING = (
    "Somewhere a number became too large, or was divided by 0, and was thrown away later. "
    "`np.where` computes both of its branches everywhere, before it chooses."
)
CHANGED = (
    "Whoever calls the function may still need what was handed in. `W -= …`, `W[:] = …` and the "
    "like change the array itself; `W = W - …` makes a new one."
)
NOT_TWICE_THE_SAME = (
    "Called twice with the same arguments, the function gave two results. Something in it is drawn "
    "anew, or kept from the call before: a generator without the seed, or a list that grows."
)
ROUNDED_ON_THE_WAY = (
    "The steps can be right: rounded to {} on the way, they give such numbers. Each rounding error "
    "goes into the next step. Carry at least {}, and round at the end."
)


def found_in(
    exercise: Exercise,
    cases: list[tuple],
    should: list[Outcome],
    did: list[Outcome],
    function: Callable,
    known: Mapping[str, Iterable[Outcome]],
) -> list[Finding]:
    """Return what an answer that makes no known mistake as a whole gets wrong, as far as is known.

    Empty where it raised, or nothing fits. Where only some wrong parts are understood, it is these.
    """
    if (exercise.kind == "prediction" and not exercise.reasons) or len(did) < len(cases):
        return []
    if any(outcome.error for outcome in (*should, *did)):
        return []
    pairs = [(right.value, one.value) for right, one in zip(should, did, strict=True)]
    if exercise.reasons:
        return found_in_parts(exercise, pairs, known)
    if commas := decimal_commas(exercise, *pairs[0]):
        return [commas]
    one_answer = exercise.kind == "number" and not exercise.sections
    if one_answer and (coarse := rounded_coarsely(exercise, pairs)):
        # Nobody can tell whether the result alone was rounded, where steps lead to it.
        on_the_way = _rounded_on_the_way(exercise, cases, pairs) if exercise.carry else []
        if on_the_way:
            both = f"{coarse.explanation} {on_the_way[0].explanation}"
            return [replace(on_the_way[0], explanation=both)]
        return [Finding(coarse.name, coarse.explanation, usual_section(exercise))]
    name, explanation = _as_a_whole(exercise, cases, pairs, should, did)
    if name:
        return [Finding(name, explanation, usual_section(exercise))]
    if one_answer and (rounded := _rounded_on_the_way(exercise, cases, pairs)):
        return rounded
    found = found_in_parts(exercise, pairs, known)
    if found or exercise.kind != "function":
        return found
    with put_back():
        again = observe(function, cases[0]).value
    first = did[0].value
    try:
        same = agree([(first, again)], exercise.tolerance) or not agree([(first, first)], (0, 0))
    except (ValueError, TypeError):  # no numbers, so nothing to compare
        return []
    name = "another result at every call"
    return [] if same else [Finding(name, NOT_TWICE_THE_SAME, usual_section(exercise))]


def _rounded_on_the_way(exercise, cases, pairs):
    decimals = decimals_carried(exercise, cases[0], pairs[0][1])
    if decimals is None:
        return []
    text = ROUNDED_ON_THE_WAY.format(*map(counted, (decimals, most_useful(exercise))))
    return [Finding("rounded on the way", text, usual_section(exercise))]


def _as_a_whole(exercise, cases, pairs, should, did):
    """Return the name and the explanation of one slip that explains everything, or two Nones."""
    tolerance, answers = exercise.tolerance, [answer for _, answer in pairs]
    if agree(pairs, tolerance):
        if all(same_things(a.arguments, b.arguments) for a, b in zip(should, did, strict=True)):
            return "a warning on the way", A_WARNING
        return "an argument is changed", CHANGED
    # The first two are about which parts stand where; all others are about an answer's numbers.
    kinds = KINDS[:1] if exercise.kind == "shape" else KINDS[:2] if exercise.sections else KINDS
    kind = kind_of(pairs, tolerance, kinds)
    if kind is not None:
        return kind.name, kind.explanation
    arguments = zip(*cases, strict=True)
    if any(agree(zip(argument, answers, strict=True), tolerance) for argument in arguments):
        if exercise.kind == "function":
            return "an argument as it came in", AS_IT_CAME
        return "a given number as the answer", AS_GIVEN
    one_number = all(np.ndim(as_array(right)) == 0 for right, _ in pairs)
    for add_up in (np.mean, np.sum) if one_number else ():
        if agree([(right, _added_up(answer, add_up)) for right, answer in pairs], tolerance):
            return "not yet one number", NOT_YET_ONE
    return None, None


def _added_up(answer, add_up):
    try:
        array = as_numbers(answer)
    except ValueError:
        return None
    return add_up(array) if array.ndim else None

"""Check one answer: whether it is right or a known mistake, and what the reader is told."""

import difflib
from collections.abc import Callable
from typing import Any

from nn_tutorial.budget import OutOfBudget
from nn_tutorial.exercises.chapters import CHAPTERS
from nn_tutorial.exercises.examined import examined
from nn_tutorial.exercises.exercise import Exercise
from nn_tutorial.exercises.feedback import NOT_YET, RIGHT, YOUR_TURN, Feedback
from nn_tutorial.exercises.findings import found_in
from nn_tutorial.exercises.names import PLACEHOLDER, as_picked
from nn_tutorial.exercises.observe import Attempt, observe
from nn_tutorial.exercises.order import judged, lettered
from nn_tutorial.exercises.parts import Finding
from nn_tutorial.exercises.reading import as_function, is_unfinished, with_gaps
from nn_tutorial.exercises.recognise import recognised, remembered, same
from nn_tutorial.exercises.traces import put_back
from nn_tutorial.exercises.words import asked, evidence, praise, told

NO_NAME = (
    f"{YOUR_TURN} “{PLACEHOLDER}” is not a name. Write your own into the cell `student = …`, and "
    "run that cell and those below it: the name decides your numbers."
)
EXERCISES = {exercise.name: exercise for chapter in CHAPTERS for exercise in chapter.EXERCISES}


def check(name: str, answer: Any, *, student: str | None = None, strict: bool = False) -> Feedback:
    """Compare an answer with the solution and with the known mistakes.

    A function is called in four cases that are the same at every check, each time with its own
    copies of the arguments, which it must leave as they are. What it prints is swallowed. It may
    return lists, whole numbers or float32 where the numbers and shapes are right to the exercise's
    tolerance (by default 1e-5, relative). After a million events of the tracer it is stopped, and
    what it changes in NumPy or among the builtins is put back. A long call that never leaves C,
    such as ``sum(range(10**12))``, cannot be stopped, nor can sleeping; and ``os._exit`` ends
    everything. The checks are formative: anyone who wants to cheat can.

    Parameters
    ----------
    name : str
        A key of `EXERCISES`.
    answer : function, number, letter, shape or order
        As the exercise asks. Unfinished, ``...``, it gets an invitation.
    student : str, optional
        The name that decides the numbers, where an exercise has numbers of its own.
    strict : bool, default False
        Raise instead of returning, for automatic grading.

    Returns
    -------
    Feedback
        ``passed``, the ``mistake`` that was recognised or None, and the ``message``.

    Raises
    ------
    AssertionError
        With ``strict=True``, if the answer is not right or not there yet; the text is the message.
    ValueError
        If there is no such exercise, or the student's name is missing or empty.
    """
    feedback = review(find(name), answer, student)
    if strict and not feedback.passed:
        raise AssertionError(feedback.message)
    return feedback


def graded(call: Callable[[], Feedback]) -> Feedback:
    """Return the feedback of a check, also where the answer or the name is missing altogether.

    A grader shows it and goes on, where `check` itself would raise: ``graded(lambda: check(…))``.
    """
    try:
        return call()
    except NameError as error:
        what = (
            f"There is no `{error.name}`. Does the cell in which you answer run without an error?"
        )
    except ValueError as error:
        what = f"{error}."
    return Feedback(False, None, f"{YOUR_TURN} {what[0].upper()}{what[1:]}")


def personal(name: str, student: str) -> dict[str, Any]:
    """Return the numbers that this student's name picks in an exercise, by their names.

    For lines to put in order it returns the lines as this student sees them, by their letters.

    Raises
    ------
    ValueError
        If there is no such exercise, it has no personal numbers, or the name is empty.
    """
    exercise = find(name)
    if not exercise.menus:
        raise ValueError(f"{name!r} has the same numbers for everybody")
    (numbers,) = exercise.cases(student=student)
    if exercise.kind == "order":
        return lettered(exercise, *numbers)
    return dict(zip(exercise.menus, numbers, strict=True))


def find(name: str) -> Exercise:
    """Return the exercise; a name that doesn't exist is answered with those that are close."""
    if name in EXERCISES:
        return EXERCISES[name]
    close = difflib.get_close_matches(str(name), EXERCISES, cutoff=0.4)
    meant = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    raise ValueError(f"there is no exercise {name!r}{meant}")


def review(exercise: Exercise, answer: Any, student: str | None = None, seed: int = 0) -> Feedback:
    """Return the feedback on an answer to any exercise, also one that is not in `EXERCISES`."""
    cases = exercise.cases(seed, student)
    if exercise.menus and as_picked(student) == PLACEHOLDER:
        return Feedback(False, None, NO_NAME)
    try:
        return _judged(exercise, answer, cases, seed)
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # whatever an object does when it is looked at
        what = f"{type(problem).__name__} was raised when it, or its result, was looked at."
        return Feedback(False, None, f"{NOT_YET} The answer cannot be judged: {what}")


def _judged(exercise, answer, cases, seed):
    invitation = Feedback(False, None, f"{YOUR_TURN} {asked(exercise)}")
    answer = with_gaps(exercise, answer)
    if is_unfinished(answer):
        return invitation
    if exercise.kind != "function":
        with put_back():
            looked = observe(lambda: answer, ())
        if looked.error is not None:  # it can't even be looked at
            raise looked.error
    if exercise.kind == "order":
        return judged(exercise, answer, *cases[0], asked(exercise))
    try:
        function = as_function(exercise, answer)
    except ValueError as objection:
        question = f"Asked: {asked(exercise)}"
        return Feedback(False, None, f"{NOT_YET} {objection}\n{question}", question)
    outcomes = []
    with put_back():
        for case in cases:
            outcomes.append(observe(function, case))
            if isinstance(outcomes[-1].error, OutOfBudget):
                break  # once is enough to wait for
    if is_unfinished(outcomes[0].value) or isinstance(outcomes[0].error, NotImplementedError):
        return invitation
    own = None if exercise.kind == "function" else cases[0]
    expected, known = remembered(exercise, seed, own)
    agree = [same(exercise, *both) for both in zip(expected, outcomes, strict=False)]
    if all(agree):
        return Feedback(True, None, f"{RIGHT} {praise(exercise)}")
    findings = [
        Finding(name, exercise.mistakes[name].explanation, exercise.mistakes[name].section)
        for name in recognised(exercise, known, outcomes)[:1]
        if not (exercise.sections or exercise.reasons)  # then it is told part by part
    ]
    findings = (
        findings
        or examined(exercise, function)
        or found_in(exercise, cases, expected, outcomes, function, known)
    )
    first = agree.index(False)  # the smallest case in which it is wrong
    attempt = Attempt(cases[first], expected[first], outcomes[first], function)
    question, shows = [f"Asked: {asked(exercise)}"], evidence(exercise, attempt)
    report = [*told(exercise, findings, attempt, agree), *question, *shows]
    name = ", and ".join(finding.name for finding in findings) or None
    folded = question if exercise.kind == "function" else [*question, *shows]
    return Feedback(False, name, "\n".join(report), "\n".join(folded))

"""Questions for an exam, made from the exercises: distractors are what known mistakes give."""

import random
from dataclasses import dataclass

import numpy as np

from nn_tutorial.exercises import EXERCISES, Exercise
from nn_tutorial.exercises.compare import difference
from teaching.wording import WORDS

WRONG_ONES = 4
AT_MOST_PREDICTIONS = 3  # of ten
APART = 3  # so many tolerances, so that no answer lies within two
# These need a computer, or the notebook beside them.
NOT_ON_PAPER = {
    "fewest-steps",
    "another-start",
    "shuffle-the-scores",
    "cross-entropy-of-values",
    "hide-a-bug",
    "name-six-faults",
    "descend-another-loss",
    "hide-two-faults",
}


@dataclass(frozen=True)
class Choice:
    """One answer to choose: its text, and, where it is wrong, the mistake and its explanation."""

    text: str
    mistake: str = ""
    why: str = ""

    @property
    def right(self) -> bool:
        """Whether it is the right one."""
        return not self.mistake


@dataclass(frozen=True)
class Question:
    """A question with its numbers, and its choices in the order of the exam."""

    exercise: Exercise
    text: str
    given: str
    choices: tuple[Choice, ...]


def in_words(exercise: Exercise, value) -> str:
    """Return an answer as text: numbers to the decimals that are asked for, parts in brackets."""
    if isinstance(value, str) or exercise.kind == "shape":
        return f"{value}"
    if _has_parts(value):
        inside = [(in_words(exercise, part), _has_parts(part)) for part in value]
        return ", ".join(f"({text})" if brackets else text for text, brackets in inside)
    if exercise.decimals is None:
        return f"{value:g}"
    return f"{round(float(value), exercise.decimals) + 0:.{exercise.decimals}f}"  # never -0


def given_in_words(exercise: Exercise, student: str) -> str:
    """Return the numbers that a name picks, as text; nothing where there are none."""
    names = exercise.menus or {}
    (numbers,) = exercise.cases(student=student)
    return ", ".join(f"{name} = {value}" for name, value in zip(names, numbers, strict=True))


def question(exercise: Exercise, student: str, chance: random.Random) -> Question | None:
    """Return a question with the numbers of a name, or None where too few mistakes differ."""
    (numbers,) = exercise.cases(student=student)
    right = exercise.solution(*numbers)
    if exercise.kind == "prediction":
        known = {mistake.answer(): (name, mistake) for name, mistake in exercise.mistakes.items()}
        made = [
            Choice(text, known[letter][0], known[letter][1].explanation)
            if letter in known
            else Choice(text)
            for letter, text in exercise.choices.items()
        ]
    else:
        wrong = distractors(exercise, numbers, right)
        if len(wrong) < WRONG_ONES - 1:
            return None
        wrong = wrong[: WRONG_ONES + 2]  # the first are the commonest
        wrong = chance.sample(wrong, min(WRONG_ONES, len(wrong)))
        made = [Choice(in_words(exercise, right))]
        made += [Choice(in_words(exercise, value), name, why) for value, name, why in wrong]
        chance.shuffle(made)
    text = WORDS.get(exercise.name, exercise.question)
    if exercise.decimals:
        text += f" (To {exercise.decimals} decimal{'s' * (exercise.decimals > 1)}.)"
    return Question(exercise, text, given_in_words(exercise, student), tuple(made))


def distractors(exercise: Exercise, numbers: tuple, right) -> list[tuple]:
    """Return what known mistakes give, with name and explanation, far from each other and right."""
    relative, absolute = exercise.tolerance
    found, taken = [], [right]
    for name, mistake in exercise.mistakes.items():
        try:
            with np.errstate(all="ignore"):
                value = mistake.answer(*numbers)
            apart = all(
                difference(other, value, APART * relative, APART * absolute) is not None
                and difference(value, other, APART * relative, APART * absolute) is not None
                for other in taken
            )
            like = _form(exercise, value) == _form(exercise, right)
            like = like and np.all(np.isfinite(_flat(value)))
        except (ArithmeticError, ValueError, TypeError, IndexError):
            continue  # this mistake gives no answer with these numbers
        words = [in_words(exercise, one) for one in (*taken, value)]
        if apart and like and len(set(words)) == len(words):
            found.append((value, name, mistake.explanation))
            taken.append(value)
    return found


def _has_parts(value):
    return isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _form(exercise, value):
    """Return how an answer looks: a wrong one must not be told by its form. Shapes may."""
    if not _has_parts(value):
        return "number"
    return (
        len(value) if exercise.kind == "shape" else tuple(_form(exercise, part) for part in value)
    )


def _flat(value):
    if _has_parts(value):
        return [number for part in value for number in _flat(part)]
    return [float(value)]


def exam(chapters: set[int], seed: int, count: int = 10) -> list[Question]:
    """Return so many questions, spread over the chapters, in their order.

    Raises
    ------
    ValueError
        If the chapters have too few exercises for that; the text says what to type.
    """
    made = _spread(chapters, seed, count)
    if len(made) == count:
        order = list(EXERCISES)
        return sorted(made, key=lambda one: order.index(one.exercise.name))
    fewer = next((n for n in range(len(made), 0, -1) if len(_spread(chapters, seed, n)) == n), 0)
    what = f"add --questions {fewer}" if fewer else "choose others"
    some = f"{fewer} question{'s' * (fewer != 1)}"
    raise ValueError(f"these chapters have exercises for {some}, not {count}: {what}")


def _spread(chapters, seed, count):
    """Return so many questions, or as many as there are."""
    chance = random.Random(seed)
    left = [
        exercise
        for exercise in EXERCISES.values()
        if exercise.chapter in chapters
        and exercise.kind in ("number", "shape", "prediction")
        and exercise.name not in NOT_ON_PAPER
        and not (exercise.sections or exercise.reasons)  # several questions in one
    ]
    chance.shuffle(left)
    made: list[Question] = []
    while left and len(made) < count:
        used = [one.exercise.chapter for one in made]
        predictions = sum(one.exercise.kind == "prediction" for one in made)
        left.sort(key=lambda e: used.count(e.chapter))  # those of the rarest chapter first
        exercise = left.pop(0)
        if exercise.kind == "prediction" and predictions >= AT_MOST_PREDICTIONS * count / 10:
            continue
        one = question(exercise, f"exam {seed}", chance)
        made += [one] if one else []
    return made

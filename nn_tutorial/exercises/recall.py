"""What opens a chapter: three short questions from earlier chapters, answered together.

The questions are data, in ``questions.py``; a chapter picks three.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nn_tutorial.exercises.exercise import Exercise, Mistake


@dataclass(frozen=True, eq=False, kw_only=True)
class Question:
    """A question that takes less than a minute, about something that a chapter taught.

    Attributes
    ----------
    chapter : int
        Which chapter that was.
    section : str
        Under which heading: what to read again.
    text : str
        What is asked. Names in `backticks` are those of the menus.
    menus : mapping of str to sequence
        The values that the reader's name picks from. Three questions together need about a hundred
        combinations, and names that differ.
    answer : callable
        From the picked values, in the order of the menus, to the right number.
    mistakes : dict of str to (callable, str)
        Known wrong numbers, from the same values, each with its explanation.
    """

    chapter: int
    section: str
    text: str
    menus: Mapping[str, Sequence[float]]
    answer: Callable[..., float]
    mistakes: Mapping[str, tuple[Callable[..., float], str]]


def recall(chapter: int, decimals: int, *questions: Question) -> Exercise:
    """Return the exercise that opens a chapter, from questions of earlier ones.

    Its answer is a tuple with a number for each question. ``decimals`` are those that the longest
    of the answers needs.

    Raises
    ------
    ValueError
        If two questions share a name, or one is of no earlier chapter.
    """
    menus = {name: menu for question in questions for name, menu in question.menus.items()}
    if len(menus) < sum(len(question.menus) for question in questions):
        raise ValueError(f"two questions of recall-{chapter:02} share a name for their numbers")
    if any(question.chapter >= chapter for question in questions):
        raise ValueError(f"recall-{chapter:02} asks for something that is not taught yet")
    texts = [f"({k}) {question.text}" for k, question in enumerate(questions, start=1)]
    sections = [f"{question.section} (chapter {question.chapter:02})" for question in questions]
    mistakes = {
        name: Mistake(_answers(questions, instead={place: answer}), explanation, sections[place])
        for place, question in enumerate(questions)
        for name, (answer, explanation) in question.mistakes.items()
    }
    solution = _answers(questions, instead={})
    return Exercise(
        name=f"recall-{chapter:02}",
        chapter=chapter,
        kind="number",
        question=" ".join(texts),
        solution=solution,
        also_right=(lambda *case: [round(number, decimals) for number in solution(*case)],),
        menus=menus,
        decimals=decimals,
        mistakes=mistakes,
        sections=tuple(sections),
    )


def _answers(questions, instead):
    """Return a function of all picked values: the right answers, some replaced by mistakes."""

    def answers(*case):
        left, found = list(case), []
        for place, question in enumerate(questions):
            values = [left.pop(0) for _ in question.menus]
            found.append(float(instead.get(place, question.answer)(*values)))
        return tuple(found)

    names = [name for question in questions for name in question.menus]
    parameters = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in names]
    answers.__signature__ = inspect.Signature(parameters)
    return answers

"""Exercises that recognise the mistake: a wrong answer is compared with those that are known.

The exercises are data, a module for each chapter in `chapters`; a notebook calls `check`, and
`personal` for the reader's own numbers. Nothing here needs more than NumPy and the standard
library. Where things are:

- ``exercise``: what an exercise is; ``recall``, ``questions``: the three that open a chapter;
  ``names``: the numbers that a reader's name decides; ``pencil``: numbers rounded on the way
- ``checker``: the order of a check; ``reading``: can the answer be checked at all?
- ``observe``: one call of it, and all that it does; ``traces``: what it may leave behind;
  ``watched``: NumPy's warnings where the processor gives none
- ``compare``: is it right? ``recognise``: is it a known mistake? ``kinds``: mistakes that any
  exercise knows; ``order``: lines of code in another order
- ``findings``, ``parts``, ``likeness``, ``commas``, ``examined``: what else one can say of it
- ``feedback``, ``words``: what the reader is told
"""

from nn_tutorial.exercises.checker import EXERCISES, check, graded, personal
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.feedback import Feedback

__all__ = ["EXERCISES", "Exercise", "Feedback", "Mistake", "check", "graded", "personal"]

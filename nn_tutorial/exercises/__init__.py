"""Exercises that recognise the mistake: a wrong answer is compared with those that are known.

The exercises are data, a module for each chapter in `chapters`; `check` is the only thing a
notebook calls. Nothing here needs more than NumPy and the standard library.
"""

from nn_tutorial.exercises.checker import EXERCISES, check, graded, personal
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.feedback import Feedback

__all__ = ["EXERCISES", "Exercise", "Feedback", "Mistake", "check", "graded", "personal"]

"""Explore training, predicting and over-fitting: chapters 08 to 10."""

from collections.abc import Callable
from functools import cache

import numpy as np

from nn_tutorial.plots import descent, score_surface, train_validation
from nn_tutorial.plots.kit.numerals import plain, significant

from .cell import Cell
from .controls import slider, steps

LOSSES = (1e-5, 1.0)
# The first ones singly: with large rates everything happens there.
STEPS = (*range(31), *range(35, 101, 5), *range(110, 200, 10), *range(200, 1001, 50))
RATES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)


def downhill(
    walk: Callable[[float], tuple[np.ndarray, np.ndarray]],
    first: np.ndarray,
    second: np.ndarray,
    landscape: np.ndarray,
    names: tuple[str, str],
    learning_rate: float = 5.0,
) -> Cell:
    """Choose a learning rate and a number of steps, and see how far training comes.

    Parameters
    ----------
    walk : callable
        Takes a learning rate, returns the two weights before and after each of at least 100
        steps, shape (n_steps + 1, 2), and the losses there, shape (n_steps + 1,).
    first, second : ndarray of float, shapes (n_first,), (n_second,)
        The weights' values on the map, across and up (no unit).
    landscape : ndarray of float, shape (n_second, n_first)
        The loss at each pair.
    names : (str, str)
        The weights' names.
    learning_rate : float, default 5.0
        At the start; one of 0.1, 0.2, 0.5, 1, …, 500.
    """
    walk = cache(walk)

    def draw(rate, step):
        path, losses = walk(rate)
        words = (
            f"With the learning rate {rate:g}, the loss after {step} step{'s' * (step != 1)} is "
            f"{losses[step]:.6f}, at {names[0]} = {plain(path[step, 0], 2)}, "
            f"{names[1]} = {plain(path[step, 1], 2)}."
        )
        return descent(first, second, landscape, path, losses, step, names), words

    n_steps = len(walk(learning_rate)[0]) - 1
    controls = {
        "rate": steps("learning rate", RATES, learning_rate),
        "step": steps(
            "training steps", [step for step in STEPS if step <= n_steps], 100, plays=True
        ),
    }
    return Cell(draw, controls)


def new_student(
    predict: Callable[[np.ndarray], np.ndarray],
    studied: np.ndarray,
    slept: np.ndarray,
    surface: np.ndarray,
    students: np.ndarray,
    student_scores: np.ndarray,
) -> Cell:
    """Move a new student over the map of the predicted scores.

    Parameters
    ----------
    predict : callable
        Takes hours, shape (n, 2), returns points, shape (n, 1).
    studied, slept : ndarray of float, shapes (n_studied,), (n_slept,)
        Hours, across and up.
    surface : ndarray of float, shape (n_slept, n_studied)
        The predicted points there.
    students : ndarray of float, shape (n_students, 2)
        Hours of those trained on.
    student_scores : ndarray of float, shape (n_students,)
        Their points.
    """
    lowest, highest = students.min(axis=0), students.max(axis=0)

    def draw(a, b):
        new = {f"({a:g}, {b:g})": (a, b)}
        inside = np.all((lowest <= (a, b)) & ((a, b) <= highest))
        words = (
            f"{a:.1f} h studied and {b:.1f} h slept: {predict(np.array([[a, b]]))[0, 0]:.2f} "
            f"points. That is {'inside' if inside else 'outside'} the rectangle around the three "
            f"students{'' if inside else ', an extrapolation'}."
        )
        return score_surface(studied, slept, surface, students, student_scores, new), words

    controls = {
        "a": slider("hours studied", 4.0, studied.min(), studied.max(), 0.5, unit="h"),
        "b": slider("hours slept", 8.0, slept.min(), slept.max(), 0.5, unit="h"),
    }
    return Cell(draw, controls)


def overfitting(
    experiment: Callable[[int, float], tuple[np.ndarray, np.ndarray, np.ndarray]],
    n_students: int = 20,
    noise: float = 5.0,
) -> Cell:
    """Choose how many students there are and how noisy their scores, and see over-fitting.

    Parameters
    ----------
    experiment : callable
        Takes the number of students and the noise in points, returns the steps, shape (n,), and
        the training and the validation loss after each, same shapes.
    n_students : int, default 20
        At the start; one of 5, 10, 20, 40 and 80.
    noise : float, default 5.0
        At the start; in points, one of 0, 1, 2, 5, 10 and 15.
    """
    experiment = cache(experiment)

    def draw(n_students, noise):
        epochs, training, validation = experiment(n_students, noise)
        best = int(np.argmin(validation))
        words = (
            f"{n_students} students, noise of {noise:g} points. The validation loss is lowest, "
            f"{significant(validation[best], 2)}, at step {epochs[best]}; at the end it is "
            f"{significant(validation[-1], 2)}, {validation[-1] / validation[best]:.2f} times as "
            f"high. Training loss at the end: {significant(training[-1], 2)}."
        )
        return train_validation(training, validation, best, epochs, limits=LOSSES), words

    controls = {
        "n_students": steps("students to train on", (5, 10, 20, 40, 80), n_students),
        "noise": steps("noise", (0, 1, 2, 5, 10, 15), noise, unit="points"),
    }
    return Cell(draw, controls)

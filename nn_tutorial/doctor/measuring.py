"""What one sample does to the parameters, and by which factor a direction explains it."""

from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.following import Seen, directions, forward, scaled
from nn_tutorial.doctor.problems import Problem
from nn_tutorial.doctor.recipe import Factor, Recipe


class Measure(NamedTuple):
    """What one row does to the parameters, while the others, if any, are silent."""

    problem: Problem
    row: int
    change: dict  # what was subtracted from each parameter, without its decay


class View:
    """One measured sample under one forward pass."""

    def __init__(self, measure: Measure, seen: Seen, y):
        self.measure, self.seen, self.y = measure, seen, y
        self.problem, self.change, self.row = measure.problem, measure.change, measure.row
        self.e = seen.o - y
        self.sizes = sizes_of(measure.problem)

    def directions(self, recipe: Recipe) -> dict:
        """Return by parameter what the recipe would subtract, before its factor."""
        p = self.problem
        return directions(recipe, self.seen, self.y, p.params, p.rate, self.sizes)


def views_of(skeleton: Recipe, measures: list[Measure]) -> list[View]:
    """Return each measured sample as this forward pass sees it."""
    views = []
    for measure in measures:
        X, y = scaled(skeleton, measure.problem.X, measure.problem.y)
        views.append(View(measure, forward(skeleton, X, measure.problem.params), y))
    return views


def sizes_of(problem: Problem) -> dict:
    """Return the sizes N, D, H and C of a problem."""
    (N, D), (H, C) = problem.X.shape, problem.params["W2"].shape
    return {"N": N, "D": D, "H": H, "C": C}


def parallel(observed, direction, tolerance) -> float | None:
    """Return the factor with which the direction gives what was observed; None if none does."""
    if observed.shape != direction.shape:
        return None
    size = np.sum(direction * direction)
    if not size or not np.isfinite(size):
        return None
    factor = float(np.sum(observed * direction) / size)
    miss = np.abs(observed - factor * direction).max()
    return factor if factor and miss <= tolerance * np.abs(observed).max() else None


def factor_of(triples, tolerance):
    """Return the factor that turns the directions into what was observed, at both rates."""
    by_rate = {}
    for rate, observed, direction in triples:
        if direction.shape != observed.shape:
            return None
        if not direction.any() and np.abs(observed).max() <= tolerance * 1e-4:
            continue
        factor = parallel(observed, direction, tolerance)
        if factor is None:
            return None
        before = by_rate.setdefault(rate, factor)
        if abs(factor - before) > 100 * tolerance * abs(before):
            return None
    return power_of(by_rate, tolerance) if len(by_rate) == 2 else None


def power_of(factors: dict, tolerance: float) -> Factor | None:
    """Return constant and power of the rate for one factor at each rate."""
    (first, a), (second, b) = factors.items()
    for power in (1, 0, 2, -1):
        ratio = (first / second) ** power
        if abs(a - ratio * b) <= 100 * tolerance * abs(a):
            return Factor(a / first**power, power, "1")
    return None

"""Small random problems that are put to a program, so that no two pieces agree by accident."""

from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.following import forward
from nn_tutorial.doctor.recipe import Recipe

# Two learning rates show what does not scale with one; small ones where a step goes far.
SCALES_OF_RATES = ((0.5, 0.2), (0.05, 0.02), (0.005, 0.002))
GENERIC = {"N": 5, "D": 6, "H": 4, "C": 3}

# Where unequal sizes fail, equal ones may hide why: what is tried, in this order.
EQUAL = (
    (), ("C=1",), ("N=1",), ("H=C",), ("D=H",), ("N=D",), ("N=H",), ("N=C",), ("D=C",),
    ("N=1", "C=1"), ("D=H", "C=1"), ("N=D", "C=1"), ("N=H", "C=1"), ("N=1", "H=C"), ("N=1", "D=H"),
    ("D=H", "H=C"), ("N=D", "D=H"), ("N=H", "H=C"), ("N=D", "H=C"), ("N=D", "D=H", "H=C"),
)  # fmt: skip


class Problem(NamedTuple):
    """The arguments of a step: X (N, D), y (N, C), the parameters by name, the rate."""

    X: np.ndarray
    y: np.ndarray
    params: dict
    rate: float


def with_equal(base: dict, equal: tuple, fixed: dict) -> dict | None:
    """Return the base sizes with some made equal; None where the fixed ones contradict that."""
    groups = [{name} for name in (*base, "1")]
    for pair in equal:
        left, right = ({*group} for name in pair.split("=") for group in groups if name in group)
        groups = [group for group in groups if not group & (left | right)] + [left | right]
    sizes = {}
    known = {**fixed, "1": 1}
    for group in groups:
        wanted = {known[name] for name in group & known.keys()} or {max(base[n] for n in group)}
        if len(wanted) > 1:
            return None
        sizes |= dict.fromkeys(group - {"1"}, *wanted)
    return {name: sizes[name] for name in base}


def draw(sizes: dict, names, seed: int, rate: float, recipe: Recipe | None = None) -> Problem:
    """Return a random problem; targets lie where the recipe's output can reach.

    With ReLU a few draws are made until units of both kinds, active and not, are there; the last
    row's outputs are all active for odd seeds, and some of them for even ones.
    """
    problem = None
    for attempt in range(40):
        rng = np.random.default_rng([seed, attempt])
        problem = _draw(sizes, names, rng, rate, recipe)
        if recipe is None or _lively(recipe, problem, all_outputs=seed % 2 == 1):
            break
    return problem


def _draw(sizes, names, rng, rate, recipe):
    N, D, H, C = (sizes[key] for key in "NDHC")
    X = rng.uniform(0.1, 1, (N, D)) * np.where(rng.random((N, D)) < 0.3, -1, 1)
    shapes = {"W1": (D, H), "b1": (1, H), "W2": (H, C), "b2": (1, C)}
    params = {name: rng.normal(0, 0.8, shapes[name]) for name in names}
    y = rng.uniform(0.1, 0.9, (N, C))
    if recipe is not None and recipe.output == "softmax" and C > 1:
        y = np.eye(C)[rng.integers(0, C, N)]
    return Problem(X, y, params, rate)


def _lively(recipe, problem, all_outputs):
    seen = forward(recipe, problem.X, problem.params)
    hidden, output = seen.h != 0, seen.o != 0
    mixed = recipe.hidden != "relu" or (hidden.any(axis=1).all() and not hidden.all())
    some = output[-1].any() and (output.shape[1] == 1 or not output[-1].all())
    return mixed and (recipe.output != "relu" or (output[-1].all() if all_outputs else some))


def silent(problem: Problem, recipe: Recipe, active=()) -> Problem:
    """Return the problem with targets that are met exactly, except in the active rows."""
    y = forward(recipe, problem.X, problem.params).o.copy()
    for row in active:
        y[row] = problem.y[row]
    return problem._replace(y=y)

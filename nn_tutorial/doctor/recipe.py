"""A whole step, put together from pieces: what the doctor believes that a program does."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.pieces import (
    BENDS,
    BIASES,
    INPUTS,
    OF_OUTPUT,
    OUTER,
    PRODUCTS,
    RIGHT,
    THROUGH,
    THROUGH_W2,
    shape_error,
    slopes,
)

PARAMETERS = ("W1", "b1", "W2", "b2")

UNKNOWN_COUNT = "something that changes with the sizes"
# By what a program may divide, as a function of the sizes.
COUNTS = {
    "1": lambda s: 1,
    "N": lambda s: s["N"],
    "B": lambda s: s.get("B", s["N"]),  # the rows that are taken together
    "N C": lambda s: s["N"] * s["C"],
    "C": lambda s: s["C"],
    "N²": lambda s: s["N"] ** 2,
    "N + 1": lambda s: s["N"] + 1,
    "N - 1": lambda s: s["N"] - 1,
    "D": lambda s: s["D"],
    "H": lambda s: s["H"],
    "N D": lambda s: s["N"] * s["D"],
    "N H": lambda s: s["N"] * s["H"],
    UNKNOWN_COUNT: lambda s: 1,
}


class Factor(NamedTuple):
    """What a direction is multiplied by: constant · rate^power / count."""

    constant: float
    power: int
    count: str

    def value(self, rate: float, sizes: dict) -> float:
        """Return the number at this rate and these sizes."""
        return self.constant * rate**self.power / COUNTS[self.count](sizes)


@dataclass(frozen=True)
class Recipe:
    """One hypothesis. The defaults are textbook descent."""

    hidden: str
    output: str
    bias: str = "added"  # or "subtracted", "one number", "left out"
    X_scale: str = "as it is"
    y_scale: str = "as it is"
    skips_hidden: bool = False
    rows: str = "together"  # or "one by one", "late", "late, with new inputs", "in pieces"
    which: str = "all"  # or "first", "last", "all but the last"
    order: tuple | None = None  # of the rows; (-1,) is backwards
    target: str = "own"  # or "first", "mean", "mean output", "mean error"
    # Or "last activations", "last slopes", "last inputs", "mean activations", "hidden error".
    pooled: str = "not"
    error: str = "error"
    slope2: str = RIGHT
    sent_error: str = "error"
    sent_slope: str = RIGHT
    through: str = THROUGH_W2
    slope1: str = RIGHT
    input2: str = "h"
    product1: str = OUTER
    product2: str = OUTER
    bias1: str = "units"
    bias2: str = "units"
    factors: dict = field(default_factory=dict)  # by parameter; one that is missing never moves
    decay: dict = field(default_factory=dict)  # by parameter: a Factor of the parameter itself
    momentum: float = 0.0

    def but(self, **changes) -> "Recipe":
        """Return the recipe with some pieces changed."""
        return replace(self, **changes)


SCALES = {
    "as it is": lambda v: v,
    "column maximum": lambda v: v / v.max(axis=0),
    "whole maximum": lambda v: v / v.max(),
    "largest size of a column": lambda v: v / np.abs(v).max(axis=0),
    "mean 0, deviation 1": lambda v: (v - v.mean(axis=0)) / v.std(axis=0),
    "0 to 1": lambda v: (v - v.min(axis=0)) / (v.max(axis=0) - v.min(axis=0)),
    "by 100": lambda v: v / 100,
}
# How X and y may be scaled inside a step.
SCALED_INSIDE = (
    *((scale, "as it is") for scale in SCALES if scale not in ("as it is", "by 100")),
    *(("as it is", scale) for scale in ("by 100", "column maximum", "whole maximum")),
    *((scale, scale) for scale in ("column maximum", "whole maximum", "mean 0, deviation 1")),
    ("column maximum", "by 100"),
    ("whole maximum", "by 100"),
)


class Seen(NamedTuple):
    """A forward pass: what each layer saw and gave."""

    x: np.ndarray
    z1: np.ndarray
    h: np.ndarray
    z2: np.ndarray
    o: np.ndarray


def with_bias(recipe: Recipe, z, b):
    """Return the weighted sums z (N, units) with the bias b (1, units), or None, as it is used."""
    if b is None or recipe.bias == "left out":
        return z
    if recipe.bias == "one number":
        return z + b[:, :1]
    return z - b if recipe.bias == "subtracted" else z + b


def forward(recipe: Recipe, X, params: dict) -> Seen:
    """Return what the network sees of X, which is scaled already."""
    z1 = with_bias(recipe, X @ params["W1"], params.get("b1"))
    h = BENDS[recipe.hidden].value(z1)
    before = X if recipe.skips_hidden else h
    z2 = with_bias(recipe, before @ params["W2"], params.get("b2"))
    return Seen(X, z1, h, z2, BENDS[recipe.output].value(z2))


def scaled(recipe: Recipe, X, y) -> tuple:
    """Return X and y as the step scales them inside."""
    return SCALES[recipe.X_scale](X), SCALES[recipe.y_scale](y)


def follow(recipe: Recipe, X, y, params: dict, rate: float) -> dict:
    """Return the parameters after the step that the recipe describes; arguments stay as they are.

    Parameters
    ----------
    X : ndarray, shape (N, D)
    y : ndarray, shape (N, C)
    params : dict of ndarray
        W1 (D, H), W2 (H, C), and b1 (1, H), b2 (1, C) where there are any.
    rate : float

    Raises
    ------
    ValueError
        If a piece does not go with these sizes.
    """
    sizes = {"N": X.shape[0], "D": X.shape[1], "H": params["W2"].shape[0], "C": y.shape[1]}
    X, y = scaled(recipe, X, y)
    now, velocity = dict(params), dict.fromkeys(params, 0.0)
    waiting = None
    for rows in batches(recipe, len(X)):
        x, t = X[rows], y[rows] if recipe.target != "first" else y[:1]
        sizes["B"] = len(rows)
        seen = forward(recipe, x, now)
        if recipe.rows == "late":
            found, waiting = waiting, directions(recipe, seen, t, now, rate, sizes)
        elif recipe.rows == "late, with new inputs":
            found = waiting and directions(recipe, seen, t, now, rate, sizes, *waiting)
            waiting = (seen, t, now)
        else:
            found = directions(recipe, seen, t, now, rate, sizes)
        if found is None:
            continue
        for name in now:
            if name in recipe.factors:
                move = recipe.factors[name].value(rate, sizes) * found[name]
                if name in recipe.decay:
                    move = move + recipe.decay[name].value(rate, sizes) * now[name]
                velocity[name] = recipe.momentum * velocity[name] + move
                now = {**now, name: now[name] - velocity[name]}
    return now


def batches(recipe: Recipe, n: int) -> list[list[int]]:
    """Return the rows that are taken together, in their order."""
    rows = list(range(n)) if recipe.order is None else list(recipe.order)
    if rows == [-1]:
        rows = list(reversed(range(n)))
    rows = {
        "all": rows, "first": rows[:1], "last": rows[-1:], "all but the last": rows[:-1]
    }[recipe.which]  # fmt: skip
    if recipe.rows == "together":
        return [rows]
    if recipe.rows.startswith("in pieces of "):
        size = int(recipe.rows.rsplit(" ", 1)[1])
        return [rows[i : i + size] for i in range(0, len(rows), size)]
    return [[row] for row in rows]


def directions(recipe: Recipe, seen: Seen, y, params, rate, sizes, *earlier) -> dict:
    """Return by parameter what is subtracted, before its factor: the gradient, if all is right.

    With an ``earlier`` forward pass, targets and parameters the deltas come from there.
    """
    x, z1, h, z2, o = seen
    source, y, from_params = earlier or (seen, y, params)
    if recipe.target == "mean":
        e = source.o - y.mean(axis=0)
    elif recipe.target == "mean output":
        e = source.o.mean(axis=0) - y
    else:
        e = source.o - y
    if recipe.target == "mean error":
        e = np.repeat(e.mean(axis=0, keepdims=True), len(e), axis=0)
    if recipe.pooled == "last slopes":
        e = e.sum(axis=0, keepdims=True)
        x, z1, h, z2, o = (v[-1:] for v in (x, z1, h, z2, o))
        source = Seen(x, z1, h, z2, o)
    d2 = shape_error(recipe.error, recipe.slope2, recipe.output, e, source.z2, source.o)
    sent = shape_error(recipe.sent_error, recipe.sent_slope, recipe.output, e, source.z2, source.o)
    if recipe.pooled in ("last activations", "mean activations"):
        pick = (lambda v: v[-1:]) if recipe.pooled.startswith("last") else _mean
        d2, sent, e = (v.sum(axis=0, keepdims=True) for v in (d2, sent, e))
        x, z1, h, z2, o = (pick(v) for v in (x, z1, h, z2, o))
        source = Seen(x, z1, h, z2, o)
    enters = INPUTS[recipe.input2](x, z1, h, o)
    if recipe.pooled == "last inputs":
        enters, x = np.repeat(enters[-1:], len(d2), axis=0), np.repeat(x[-1:], len(d2), axis=0)
    W2 = from_params["W2"]
    gradient = PRODUCTS[recipe.product2](enters, d2)
    moved = params["W2"]
    if "W2" in recipe.factors:
        moved = moved - recipe.factors["W2"].value(rate, sizes) * gradient
    back = THROUGH[recipe.through](sent, W2, moved, source.h, gradient)
    if recipe.pooled == "hidden error":
        back = np.repeat(back.sum(axis=0, keepdims=True), len(back), axis=0)
    d1 = back * hidden_slope(recipe, source)
    found = {"W1": PRODUCTS[recipe.product1](x, d1), "W2": gradient}
    sign = -1 if recipe.bias == "subtracted" else 1
    if "b1" in params:
        found["b1"] = sign * BIASES[recipe.bias1](d1, d2, e)
    if "b2" in params:
        found["b2"] = sign * BIASES[recipe.bias2](d2, d1, e)
    return found


def hidden_slope(recipe: Recipe, seen: Seen):
    """Return the (N, H) by which the hidden error is multiplied."""
    if recipe.slope1 == OF_OUTPUT:
        return BENDS[recipe.output].slope(seen.o) + np.zeros_like(seen.h)
    return slopes(recipe.hidden)[recipe.slope1](seen.z1, seen.h)


def _mean(v):
    return v.mean(axis=0, keepdims=True)

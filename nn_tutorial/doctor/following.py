"""A recipe carried out: what the parameters are after the step that it describes.

Rows are taken together or one by one. Where a program is ``late``, each row's move is made one row
later: with that row's inputs ("new inputs") or its own, back through the W2 of that moment ("new
W2") or of its own, and the last row's move is made at the end ("flush") or never. With "outputs
first" all rows are seen before the first move.
"""

from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.pieces import (
    BENDS,
    BIASES,
    INPUTS,
    OF_OUTPUT,
    PRODUCTS,
    THROUGH,
    shape_error,
    slopes,
)
from nn_tutorial.doctor.recipe import SCALES, Recipe


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
    walk = _Walk(recipe, params, rate, {"D": X.shape[1], "H": len(params["W2"]), "C": y.shape[1]})
    walk.sizes["N"] = len(X)
    X, y = scaled(recipe, X, y)
    everything = forward(recipe, X, params)
    for rows in batches(recipe, len(X)):
        walk.sizes["B"] = len(rows)
        t = y[:1] if recipe.target == "first" else y[rows]
        if recipe.rows == "outputs first":
            seen = Seen(*(v[rows] for v in everything))
        else:
            seen = forward(recipe, X[rows], walk.now)
        if recipe.rows == "late":
            walk.move_late(seen)
            walk.waiting = (seen, t, walk.before)
        else:
            walk.move(seen, t, walk.now)
    if walk.waiting and "flush" in recipe.late:
        walk.move_late(walk.waiting[0])
    return walk.now


class _Walk:
    """The parameters on their way through the rows."""

    def __init__(self, recipe, params, rate, sizes):
        self.recipe, self.rate, self.sizes = recipe, rate, sizes
        self.now = self.before = dict(params)
        self.carried = dict.fromkeys(params, 0.0)  # what momentum adds to the next move
        self.waiting = None

    def move_late(self, seen):
        """Move by the row that waits: by its deltas, with this row's inputs or its own."""
        self.before = self.now
        if self.waiting:
            then, t, params = self.waiting
            inputs = seen if "new inputs" in self.recipe.late else then
            weights = self.now if "new W2" in self.recipe.late else params
            self.move(inputs, t, weights, then)

    def move(self, seen, t, weights, source=None):
        """Move every parameter that moves."""
        recipe, rate, sizes = self.recipe, self.rate, self.sizes
        found = directions(recipe, seen, t, weights, rate, sizes, source, self.carried["W2"])
        moved = dict(self.now)
        for name, factor in recipe.factors.items():
            step = factor.value(rate, sizes) * found[name]
            if name in recipe.decay:
                step = step + recipe.decay[name].value(rate, sizes) * self.now[name]
            moved[name] = self.now[name] - step - self.carried[name]
            kept = found[name] if recipe.momentum_of == "gradient" else step + self.carried[name]
            self.carried[name] = recipe.momentum * kept
        self.now = moved


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


def directions(
    recipe: Recipe, seen: Seen, y, params, rate, sizes, source: Seen | None = None, carried=0.0
) -> dict:
    """Return by parameter what is subtracted, before its factor: the gradient, if all is right.

    Deltas come from ``source`` if that is another forward pass than ``seen``, where the inputs of
    the layers come from. ``carried`` is what momentum adds to the move of W2.
    """
    x, z1, h, z2, o = seen
    source = source or seen
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
    W2 = params["W2"]
    gradient = PRODUCTS[recipe.product2](enters, d2)
    moved = W2
    if "W2" in recipe.factors:
        moved = W2 - recipe.factors["W2"].value(rate, sizes) * gradient - carried
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

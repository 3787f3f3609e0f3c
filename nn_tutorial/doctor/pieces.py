"""The pieces that one step of descent is put together from: the right ones, and those people use.

A step goes forward, takes an error, shapes it by a slope into the output's delta, sends something
back through something, shapes it by another slope, and multiplies. Each place has a few pieces that
fit there. They are named here once: ``recipe`` puts them together, ``search`` finds which of them a
program uses, ``faults`` says what is wrong with them.

Shapes: N samples as rows, D features, H hidden units, C outputs. h is the hidden layer's activation
A1, o the output's A2, and e = o - y. A slope is what an error is multiplied by.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from nn_tutorial.activations import (
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope_from_activation,
    softmax,
    tanh,
    tanh_slope_from_activation,
)


class Bend(NamedTuple):
    """An activation function, and its slope as a function of the activation (softmax has none)."""

    value: Callable
    slope: Callable | None


# The last two are LeCun et al.'s scaled tanh ("Efficient BackProp", 1998) and the sigmoid stretched
# to (-1, 1), both common in old programs.
BENDS = {
    "sigmoid": Bend(sigmoid, sigmoid_slope_from_activation),
    "tanh": Bend(tanh, tanh_slope_from_activation),
    "relu": Bend(relu, relu_slope),
    "linear": Bend(lambda z: z, np.ones_like),
    "softmax": Bend(softmax, None),
    "tanh1716": Bend(
        lambda z: 1.716 * np.tanh(2 * z / 3), lambda a: 2 / 3 * (1.716 - a**2 / 1.716)
    ),
    "bipolar": Bend(lambda z: np.tanh(z / 2), lambda a: (1 - a**2) / 2),
}

RIGHT, NONE = "right", "none"
OF_Z, OF_A = "slope of z, given a", "slope of a, given z"
TIMES_A, THE_A, DIVIDED = "times a", "a in its place", "divided"
OF_OUTPUT = "of the output"


@cache
def slopes(name: str) -> dict[str, Callable]:
    """Return what an error may be multiplied by behind this activation, as functions of (z, a).

    For the softmax ``RIGHT`` is missing: it mixes the outputs (see ``shape_error``).
    """
    own = BENDS[name]
    forms = {NONE: lambda z, a: np.ones_like(a)}
    if own.slope is not None:
        forms[RIGHT] = lambda z, a: own.slope(a)
        if name not in ("relu", "linear"):  # where these are the right one
            forms[OF_Z] = lambda z, a: own.slope(own.value(a))
            forms[OF_A] = lambda z, a: own.slope(z)
        forms[TIMES_A] = lambda z, a: a * own.slope(a)
        forms[THE_A] = lambda z, a: a
        forms[DIVIDED] = lambda z, a: 1 / own.slope(a)
    for other, bend in BENDS.items():
        if other in (name, "linear") or bend.slope is None:
            continue
        forms[f"{other}'s, given a"] = lambda z, a, b=bend: b.slope(a)
        forms[f"{other}'s, given z"] = lambda z, a, b=bend: b.slope(b.value(z))
        forms[f"{other}'s of z, given a"] = lambda z, a, b=bend: b.slope(b.value(a))
        forms[f"{other}'s of a, given z"] = lambda z, a, b=bend: b.slope(z)
    return forms


# What the error becomes before a slope shapes it. Constant factors are found apart from this.
ERRORS = {
    "error": lambda e: e,
    "loss times error": lambda e: np.sum(e**2, axis=1, keepdims=True) * e,
    "whole loss times error": lambda e: np.sum(e**2) * e,
    "squared error": lambda e: e**2,
    "cubed error": lambda e: e**3,
}


def shape_error(error: str, slope: str, output: str, e, z, a) -> np.ndarray:
    """Return the (N, C) that this error form makes with this slope of the output layer."""
    e = ERRORS[error](e)
    if output == "softmax" and slope == RIGHT:
        return a * (e - np.sum(e * a, axis=1, keepdims=True))
    return e * slopes(output)[slope](z, a)


def _reread(W, shape):
    return np.ascontiguousarray(W).reshape(shape)


def _in_place(sent, W2):
    """Return the hidden errors where each is written over the deltas that the next one reads."""
    store = np.zeros((*sent.shape[:-1], max(W2.shape)))
    store[..., : W2.shape[1]] = sent
    for j in range(W2.shape[0]):
        store[..., j] = store[..., : W2.shape[1]] @ W2[j]
    return store[..., : W2.shape[0]]


def _added_up(sent):
    return sent.sum(axis=-1, keepdims=True)


THROUGH_W2, MOVED, ABSENT = "W2", "W2 moved", "without W2"
THROUGH_GRADIENT = "the gradient of W2"
UNTRANSPOSED, RESHAPED = "W2, not transposed", "W2, reshaped"
# What is sent back, (..., N, C), becomes the hidden layer's error, (..., N, H). `moved` is W2 after
# its own update, and `g` the gradient that W2 moves by, (..., H, C). A form that these sizes don't
# allow raises.
THROUGH = {
    THROUGH_W2: lambda s, W2, moved, h, g: s @ W2.T,
    MOVED: lambda s, W2, moved, h, g: s @ moved.T,
    ABSENT: lambda s, W2, moved, h, g: np.repeat(_added_up(s), len(W2), axis=-1),
    "unit by unit, without W2": lambda s, W2, moved, h, g: s * np.ones_like(h),
    "h": lambda s, W2, moved, h, g: _added_up(s) * h,
    THROUGH_GRADIENT: lambda s, W2, moved, h, g: s @ g.mT,
    "the gradient itself": lambda s, W2, moved, h, g: np.ones_like(s[..., :1]) * _added_up(g).mT,
    UNTRANSPOSED: lambda s, W2, moved, h, g: s @ W2,
    "W2 moved, not transposed": lambda s, W2, moved, h, g: s @ moved,
    RESHAPED: lambda s, W2, moved, h, g: s @ _reread(W2, W2.shape[::-1]),
    "W2 moved, reshaped": lambda s, W2, moved, h, g: s @ _reread(moved, W2.shape[::-1]),
    "W2 of the last output": lambda s, W2, moved, h, g: s[..., -1:] @ W2[:, -1:].T,
    "W2, multiplied up": lambda s, W2, moved, h, g: s @ np.cumprod(W2, axis=0).T,
    "W2, written over": lambda s, W2, moved, h, g: _in_place(s, W2),
}

OUTER = "outer"
# How an input (N, D) and a delta (N, H) become the direction of a weight matrix (D, H).
PRODUCTS = {
    OUTER: lambda x, d: x.T @ d,
    "not transposed": lambda x, d: x @ d,
    "gradient transposed": lambda x, d: d.T @ x,
    "input reshaped": lambda x, d: _reread(x, x.shape[::-1]) @ d,
    "delta reshaped": lambda x, d: (_reread(d, d.shape[::-1]) @ x).T,
    "gradient reshaped": lambda x, d: _reread(d.T @ x, (x.shape[1], d.shape[1])),
    "rows alike": lambda x, d: np.ones((x.shape[1], 1)) * (x * d).sum(axis=0),
    "columns alike": lambda x, d: (x * d).sum(axis=0)[:, np.newaxis] * np.ones(d.shape[1]),
    "one number": lambda x, d: np.full((x.shape[1], d.shape[1]), (x * d).sum()),
    "without the input": lambda x, d: np.ones((x.shape[1], 1)) * d.sum(axis=0),
}

# What stands where h belongs, in the direction of W2.
INPUTS = {
    "h": lambda x, z1, h, o: h,
    "x": lambda x, z1, h, o: x,
    "z1": lambda x, z1, h, o: z1,
    "o": lambda x, z1, h, o: o + np.zeros_like(h),
    "h²": lambda x, z1, h, o: h**2,
    "h (1 - h)": lambda x, z1, h, o: h * (1 - h),
}

# The direction of a bias: from its own layer's deltas `d` (N, units), the other layer's `other`, or
# the error `e`.
BIASES = {
    "units": lambda d, other, e: d.sum(axis=0, keepdims=True),
    "all units": lambda d, other, e: np.full((1, d.shape[1]), d.sum()),
    "other layer": lambda d, other, e: other.sum(axis=0, keepdims=True) + np.zeros((1, d.shape[1])),
    "other layer, all units": lambda d, other, e: np.full((1, d.shape[1]), other.sum()),
    "error": lambda d, other, e: e.sum(axis=0, keepdims=True) + np.zeros((1, d.shape[1])),
    "rows kept": lambda d, other, e: d,
    "units of a sample": lambda d, other, e: d.sum(axis=1, keepdims=True) + np.zeros_like(d),
    "last sample": lambda d, other, e: d[-1:],
    "one": lambda d, other, e: np.ones((1, d.shape[1])),
}

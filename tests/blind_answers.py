"""Wrong answers, written from the questions alone: what twelve students would hand in.

For each exercise a list of pairs, the most natural first: what was done, and the answer, a function
of the arguments or of the personal numbers. The wrong letters of a prediction need no list.

One answer a line, so that it can be read as a list.
"""

# ruff: noqa: E501, N802, RET503, RET504, RUF007, RUF059, SIM300
# fmt: off

from math import comb

import numpy as np

from nn_tutorial import Network, train
from nn_tutorial.data import recovered_start
from nn_tutorial.exercises.order import in_order

MAX = np.array([3.0, 9.0])
HOURS = np.array([[2.0, 9.0], [1.0, 5.0], [3.0, 6.0]])
SCORES = np.array([[92.0], [86.0], [89.0]])
W1_BY_HAND = np.array([[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]])
W2_BY_HAND = np.array([0.4, 0.5, 0.9])


def bend(z):
    return 1 / (1 + np.exp(-np.asarray(z, float)))


def slope(a):
    return a * (1 - a)


def logit(p):
    return np.log(p / (1 - p))


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# 01

SHAPES_01 = [
    ("max along the rows", lambda N, D: ((N,), (N,), (2, D))),
    ("the column keeps two dimensions", lambda N, D: ((D,), (N, 1), (2, D))),
    ("a row for the column", lambda N, D: ((D,), (D,), (2, D))),
    ("the maxima keep two dimensions", lambda N, D: ((1, D), (N,), (2, D))),
    (":2 are columns", lambda N, D: ((D,), (N,), (N, 2))),
    (":2 counts 0, 1, 2", lambda N, D: ((D,), (N,), (3, D))),
    (":2 is row 2", lambda N, D: ((D,), (N,), (D,))),
    ("both exchanged", lambda N, D: ((N,), (D,), (2, D))),
    ("all exchanged", lambda N, D: ((N,), (D,), (N, 2))),
    (":2 leaves two rows out", lambda N, D: ((D,), (N,), (N - 2, D))),
    ("both keep two dimensions", lambda N, D: ((1, D), (N, 1), (2, D))),
    ("everything keeps the table's shape", lambda N, D: ((N, D), (N,), (2, D))),
]

SCALER = [
    ("rows", lambda X: (X / X.max(axis=1, keepdims=True), X.max(axis=1))),
    ("one maximum", lambda X: (X / X.max(), X.max())),
    ("order", lambda X: (X.max(axis=0), X / X.max(axis=0))),
    ("only the table", lambda X: X / X.max(axis=0)),
    ("by the sums", lambda X: (X / X.sum(axis=0), X.sum(axis=0))),
    ("keepdims", lambda X: (X / X.max(axis=0), X.max(axis=0, keepdims=True))),
    ("maxima of the scaled", lambda X: (X / X.max(axis=0), (X / X.max(axis=0)).max(axis=0))),
    ("by the minima", lambda X: (X / X.min(axis=0), X.min(axis=0))),
    (
        "from 0 to 1",
        lambda X: ((X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0)), X.max(axis=0)),
    ),
    ("by the means", lambda X: (X / X.mean(axis=0), X.mean(axis=0))),
    ("times", lambda X: (X * X.max(axis=0), X.max(axis=0))),
    ("standardised", lambda X: ((X - X.mean(axis=0)) / X.std(axis=0), X.max(axis=0))),
    ("maxima of the rows", lambda X: (X / X.max(axis=0), X.max(axis=1))),
    ("table unscaled", lambda X: (X, X.max(axis=0))),
]

NEWCOMERS = [
    ("own maxima", lambda X, new: new / new.max(axis=0)),
    ("one maximum", lambda X, new: new / X.max()),
    ("maxima of all", lambda X, new: new / np.vstack([X, new]).max(axis=0)),
    ("the old table", lambda X, new: X / X.max(axis=0)),
    ("clipped at 1", lambda X, new: np.minimum(new / X.max(axis=0), 1)),
    ("minimum to zero", lambda X, new: (new - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))),
    ("times", lambda X, new: new * X.max(axis=0)),
    ("3 and 9", lambda X, new: new / MAX),
    ("by the means", lambda X, new: new / X.mean(axis=0)),
    ("twice", lambda X, new: new / X.max(axis=0) ** 2),
    ("own row maxima", lambda X, new: new / new.max(axis=1, keepdims=True)),
    ("by the minima", lambda X, new: new / X.min(axis=0)),
    ("by the sums", lambda X, new: new / X.sum(axis=0)),
    ("own single maximum", lambda X, new: new / new.max()),
    ("unscaled", lambda X, new: new.copy()),
    ("both tables", lambda X, new: np.vstack([X, new]) / X.max(axis=0)),
]

UNDO = [
    ("output times 92", lambda s, l, o: (3 * s, 9 * l, 92 * o)),
    ("hours divided", lambda s, l, o: (s / 3, l / 9, 100 * o)),
    ("maxima exchanged", lambda s, l, o: (9 * s, 3 * l, 100 * o)),
    ("output left", lambda s, l, o: (3 * s, 9 * l, o)),
    ("divided and 92", lambda s, l, o: (s / 3, l / 9, 92 * o)),
    ("first student's numbers", lambda s, l, o: (2 * s, 9 * l, 92 * o)),
    ("output divided", lambda s, l, o: (3 * s, 9 * l, o / 100)),
    ("hours left", lambda s, l, o: (s, l, 100 * o)),
    ("all by 100", lambda s, l, o: (100 * s, 100 * l, 100 * o)),
    ("one maximum", lambda s, l, o: (9 * s, 9 * l, 100 * o)),
    ("times 89", lambda s, l, o: (3 * s, 9 * l, 89 * o)),
    ("exchanged parts", lambda s, l, o: (9 * l, 3 * s, 100 * o)),
    ("order", lambda s, l, o: (100 * o, 3 * s, 9 * l)),
]


def span(X):
    return X.max(axis=0) - X.min(axis=0)


STRETCH = [
    ("own range", lambda X, new: (new - new.min(axis=0)) / span(new)),
    ("maxima only", lambda X, new: new / X.max(axis=0)),
    ("divided by the maxima", lambda X, new: (new - X.min(axis=0)) / X.max(axis=0)),
    ("whole table", lambda X, new: (new - X.min()) / (X.max() - X.min())),
    ("parentheses", lambda X, new: new - X.min(axis=0) / span(X)),
    ("the old table", lambda X, new: (X - X.min(axis=0)) / span(X)),
    ("clipped", lambda X, new: np.clip((new - X.min(axis=0)) / span(X), 0, 1)),
    ("no shift", lambda X, new: new / span(X)),
    ("upside down", lambda X, new: (X.max(axis=0) - new) / span(X)),
    ("from the mean", lambda X, new: (new - X.mean(axis=0)) / span(X)),
    ("standardised", lambda X, new: (new - X.mean(axis=0)) / X.std(axis=0)),
    ("not divided", lambda X, new: new - X.min(axis=0)),
    ("own minima", lambda X, new: (new - new.min(axis=0)) / span(X)),
    (
        "denominator's parentheses",
        lambda X, new: (new - X.min(axis=0)) / X.max(axis=0) - X.min(axis=0),
    ),
    (
        "range of all",
        lambda X, new: (new - np.vstack([X, new]).min(axis=0)) / span(np.vstack([X, new])),
    ),
]

# 02

SECOND = HOURS[1] / MAX

SUMS = [
    ("raw hours", lambda: tuple(HOURS[1] @ W1_BY_HAND)),
    ("bent", lambda: tuple(bend(SECOND @ W1_BY_HAND))),
    ("inputs exchanged", lambda: tuple(SECOND[::-1] @ W1_BY_HAND)),
    ("weights read by columns", lambda: tuple(SECOND @ W1_BY_HAND.T.reshape(2, 3))),
    ("first student", lambda: tuple(HOURS[0] / MAX @ W1_BY_HAND)),
    ("third student", lambda: tuple(HOURS[2] / MAX @ W1_BY_HAND)),
    ("own maximum", lambda: tuple(HOURS[1] / 5 @ W1_BY_HAND)),
    ("maxima exchanged", lambda: tuple(HOURS[1] / MAX[::-1] @ W1_BY_HAND)),
    ("times the output weights", lambda: tuple((SECOND @ W1_BY_HAND) * W2_BY_HAND)),
    ("both by 9", lambda: tuple(HOURS[1] / 9 @ W1_BY_HAND)),
    ("studied only", lambda: tuple(SECOND[0] * W1_BY_HAND[0])),
    ("weights alone", lambda: tuple(W1_BY_HAND.sum(axis=0))),
    ("order", lambda: tuple((SECOND @ W1_BY_HAND)[::-1])),
    ("mean", lambda: tuple(SECOND @ W1_BY_HAND / 2)),
]


def by_hand(s, l, W2=W2_BY_HAND, inside=bend, outside=bend):
    return float(outside(inside(np.array([s, l]) @ W1_BY_HAND) @ W2))


def same(z):
    return z


FORWARD_02 = [
    ("raw hours", lambda s, l: 100 * by_hand(s, l)),
    ("times 92", lambda s, l: 92 * by_hand(s / 3, l / 9)),
    ("no bend at the output", lambda s, l: 100 * by_hand(s / 3, l / 9, outside=same)),
    ("not in points", lambda s, l: by_hand(s / 3, l / 9)),
    ("no bend inside", lambda s, l: 100 * by_hand(s / 3, l / 9, inside=same)),
    ("no bend at all", lambda s, l: 100 * by_hand(s / 3, l / 9, inside=same, outside=same)),
    ("maxima exchanged", lambda s, l: 100 * by_hand(s / 9, l / 3)),
    ("hours exchanged", lambda s, l: 100 * by_hand(l / 9, s / 3)),
    ("own maximum", lambda s, l: 100 * by_hand(s / max(s, l), l / max(s, l))),
    ("both by 9", lambda s, l: 100 * by_hand(s / 9, l / 9)),
    ("sum before the bend", lambda s, l: by_hand(s / 3, l / 9, outside=same)),
    ("by 10 and 10", lambda s, l: 100 * by_hand(s / 10, l / 10)),
    (
        "weights read by columns",
        lambda s, l: (
            100 * float(bend(bend([s / 3, l / 9] @ W1_BY_HAND.T.reshape(2, 3)) @ W2_BY_HAND))
        ),
    ),
    ("mean of the hidden", lambda s, l: 100 * by_hand(s / 3, l / 9, W2=W2_BY_HAND / 3)),
    ("tanh", lambda s, l: 100 * by_hand(s / 3, l / 9, inside=np.tanh)),
]

LIMITS = [
    ("lowest: hidden at 0", lambda a, b, c: (50, 100 * bend(a + b + c))),
    ("0 and 100", lambda a, b, c: (0, 100)),
    ("up to 100", lambda a, b, c: (100 * bend((a + b + c) / 2), 100)),
    ("no bend", lambda a, b, c: (50 * (a + b + c), 100 * (a + b + c))),
    ("not in points", lambda a, b, c: (bend((a + b + c) / 2), bend(a + b + c))),
    ("exchanged", lambda a, b, c: (100 * bend(a + b + c), 100 * bend((a + b + c) / 2))),
    ("times 92", lambda a, b, c: (92 * bend((a + b + c) / 2), 92 * bend(a + b + c))),
    ("lowest is 0", lambda a, b, c: (0, 100 * bend(a + b + c))),
    ("50 to 100", lambda a, b, c: (50, 100)),
    ("largest weight alone", lambda a, b, c: (100 * bend(c / 2), 100 * bend(c))),
    ("half", lambda a, b, c: (50 * bend(a + b + c), 100 * bend(a + b + c))),
    ("old weights", lambda a, b, c: (100 * bend(0.9), 100 * bend(1.8))),
    ("mean", lambda a, b, c: (100 * bend((a + b + c) / 6), 100 * bend((a + b + c) / 3))),
    ("smallest and largest", lambda a, b, c: (100 * bend(a), 100 * bend(c))),
]

HIDDEN_1 = bend(HOURS[0] / MAX @ W1_BY_HAND)


def others(k):
    return float(HIDDEN_1 @ W2_BY_HAND - HIDDEN_1[k - 1] * W2_BY_HAND[k - 1])


def raw_weight(p, k):
    hidden = bend(HOURS[0] @ W1_BY_HAND)
    return (logit(p / 100) - np.delete(hidden * W2_BY_HAND, k - 1).sum()) / hidden[k - 1]


REACH = [
    ("no undoing of the bend", lambda p, k: (p / 100 - others(k)) / HIDDEN_1[k - 1]),
    (
        "the change only",
        lambda p, k: (logit(p / 100) - others(k)) / HIDDEN_1[k - 1] - W2_BY_HAND[k - 1],
    ),
    ("raw hours", raw_weight),
    ("by 92", lambda p, k: (logit(p / 92.001) - others(k)) / HIDDEN_1[k - 1]),
    ("others left out", lambda p, k: logit(p / 100) / HIDDEN_1[k - 1]),
    (
        "proportional",
        lambda p, k: W2_BY_HAND[k - 1] * p / 100 / float(bend(HIDDEN_1 @ W2_BY_HAND)),
    ),
    ("sign of the logarithm", lambda p, k: (-logit(p / 100) - others(k)) / HIDDEN_1[k - 1]),
    ("not divided", lambda p, k: logit(p / 100) - others(k)),
    ("counted from 0", lambda p, k: (logit(p / 100) - others(k % 3 + 1)) / HIDDEN_1[k % 3]),
    ("logarithm to 10", lambda p, k: (logit(p / 100) / np.log(10) - others(k)) / HIDDEN_1[k - 1]),
    (
        "in place of dividing, added",
        lambda p, k: W2_BY_HAND[k - 1] + logit(p / 100) - HIDDEN_1 @ W2_BY_HAND,
    ),
    ("all others included", lambda p, k: (logit(p / 100) - HIDDEN_1 @ W2_BY_HAND)),
    ("the sums", lambda p, k: (logit(p / 100) - others(k)) / (HOURS[0] / MAX @ W1_BY_HAND)[k - 1]),
    (
        "others unweighted",
        lambda p, k: (logit(p / 100) - np.delete(HIDDEN_1, k - 1).sum()) / HIDDEN_1[k - 1],
    ),
]

# 03

COLLAPSE = [
    ("exchanged", lambda *v: tuple((W1_BY_HAND @ v)[::-1])),
    ("mean", lambda *v: tuple(W1_BY_HAND @ v / 3)),
    ("old output weights", lambda *v: tuple(W1_BY_HAND @ W2_BY_HAND)),
    ("sums of weights", lambda *v: tuple(W1_BY_HAND.sum(axis=1))),
    ("sign lost", lambda *v: tuple(W1_BY_HAND @ np.abs(v))),
    ("raw hours' weights", lambda *v: tuple(W1_BY_HAND @ v / MAX)),
    ("bent", lambda *v: tuple(bend(W1_BY_HAND @ v))),
    ("read by columns", lambda *v: tuple(np.array(v) @ W1_BY_HAND.reshape(3, 2))),
    ("product of sums", lambda *v: tuple(W1_BY_HAND.sum(axis=1) * sum(v))),
    ("order of v", lambda *v: tuple(W1_BY_HAND @ v[::-1])),
    ("added", lambda *v: tuple((W1_BY_HAND + v).sum(axis=1))),
    ("largest product", lambda *v: tuple((W1_BY_HAND * v).max(axis=1))),
    ("hidden bent", lambda *v: tuple(bend(W1_BY_HAND) @ v)),
]

STEEP = [
    ("second from z", lambda z, a: (slope(bend(z)), slope(bend(a)))),
    ("first as activation", lambda z, a: (slope(z), slope(a))),
    ("both", lambda z, a: (slope(z), slope(bend(a)))),
    ("no slope", lambda z, a: (bend(z), a)),
    ("exchanged", lambda z, a: (slope(a), slope(bend(z)))),
    ("sigmoid of both", lambda z, a: (bend(z), bend(a))),
    ("one minus", lambda z, a: (1 - bend(z), 1 - a)),
    ("sign", lambda z, a: (-slope(bend(z)), -slope(a))),
    ("square forgotten", lambda z, a: (np.exp(-z) / (1 + np.exp(-z)), slope(a))),
    ("tanh", lambda z, a: (1 - np.tanh(z) ** 2, 1 - a**2)),
    ("mixed", lambda z, a: (bend(z) * (1 - z), slope(a))),
    ("squared", lambda z, a: (bend(z) ** 2, a**2)),
    ("second bent only", lambda z, a: (slope(bend(z)), bend(a))),
    ("second unchanged", lambda z, a: (slope(bend(z)), a)),
    ("first bent only", lambda z, a: (bend(z), slope(a))),
]


def stable(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


SIGMOID = [
    ("as it is", lambda z: 1 / (1 + np.exp(-z))),
    ("clipped", lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500)))),
    (
        "both sides computed",
        lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
    ),
    ("the other form", lambda z: np.exp(z) / (1 + np.exp(z))),
    ("by tanh", lambda z: 0.5 * (1 + np.tanh(z / 2))),
    ("right half mirrored", lambda z: 1 / (1 + np.exp(-np.abs(z)))),
    ("left half mirrored", lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))),
    ("halves exchanged", lambda z: stable(-z)),
    ("one minus", lambda z: np.where(z >= 0, stable(np.abs(z)), 1 - stable(np.abs(z)))),
    ("sign", lambda z: 1 / (1 + np.exp(z))),
    ("if for an array", lambda z: 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))),
    ("cut to 0 and 1", lambda z: np.where(z < -20, 0.0, np.where(z > 20, 1.0, stable(z)))),
    (
        "reciprocal forgotten",
        lambda z: np.where(z >= 0, 1 + np.exp(-np.abs(z)), 1 + np.exp(np.minimum(z, 0))),
    ),
    ("flattened", lambda z: np.array([stable(x) for x in z.ravel()])),
    ("rectified", lambda z: 1 / (1 + np.exp(-np.maximum(z, 0)))),
    ("clipped narrowly", lambda z: 1 / (1 + np.exp(-np.clip(z, -30, 30)))),
]

TANH = [
    ("as the sigmoid's", lambda z: np.tanh(z) * (1 - np.tanh(z))),
    ("no square", lambda z: 1 - np.tanh(z)),
    ("of the sigmoid", lambda z: slope(bend(z))),
    ("not stretched", lambda z: slope(bend(2 * z))),
    ("inner factor forgotten", lambda z: 2 * slope(bend(2 * z))),
    ("minus 1 kept", lambda z: 4 * slope(bend(2 * z)) - 1),
    ("from z", lambda z: 1 - z**2),
    ("2z forgotten", lambda z: 4 * slope(bend(z))),
    ("tanh itself", np.tanh),
    ("tanh twice", lambda z: 1 - np.tanh(np.tanh(z)) ** 2),
    ("both slips", lambda z: 2 * slope(bend(2 * z)) - 1),
    ("squared only", lambda z: np.tanh(z) ** 2),
    ("sign", lambda z: np.tanh(z) ** 2 - 1),
    ("of 2z", lambda z: 1 - np.tanh(2 * z) ** 2),
    ("twice the sigmoid's", lambda z: 2 * slope(bend(z))),
    ("2 z in a(1-a)", lambda z: 2 * slope(2 * z)),
]

# 04

SHAPES_04 = [
    ("weights transposed", lambda N, D, H, C: ((N, D), (H, D), (N, H), (C, H), (N, C))),
    ("X transposed", lambda N, D, H, C: ((D, N), (D, H), (N, H), (H, C), (N, C))),
    ("Z1 transposed", lambda N, D, H, C: ((N, D), (D, H), (H, N), (H, C), (N, C))),
    ("y transposed", lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (C, N))),
    ("one output", lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N, 1))),
    ("Z1 like W1", lambda N, D, H, C: ((N, D), (D, H), (D, H), (H, C), (N, C))),
    ("W2 transposed", lambda N, D, H, C: ((N, D), (D, H), (N, H), (C, H), (N, C))),
    ("W1 transposed", lambda N, D, H, C: ((N, D), (H, D), (N, H), (H, C), (N, C))),
    ("W1 by samples", lambda N, D, H, C: ((N, D), (N, H), (N, H), (H, C), (N, C))),
    ("students as columns", lambda N, D, H, C: ((D, N), (H, D), (H, N), (C, H), (C, N))),
    ("y flat", lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N,))),
    ("Z1 like X", lambda N, D, H, C: ((N, D), (D, H), (N, D), (H, C), (N, C))),
    ("y like Z1", lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N, H))),
    ("W2 by samples", lambda N, D, H, C: ((N, D), (D, H), (N, H), (N, C), (N, C))),
    ("both by samples", lambda N, D, H, C: ((N, D), (N, H), (N, H), (N, C), (N, C))),
    ("W2 from the inputs", lambda N, D, H, C: ((N, D), (D, H), (N, H), (D, C), (N, C))),
    ("one output in W2, too", lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, 1), (N, 1))),
]

ANY_SIZES = [
    ("no bend at the output", lambda X, W1, W2: bend(X @ W1) @ W2),
    ("no bend inside", lambda X, W1, W2: bend(X @ W1 @ W2)),
    ("no bend at all", lambda X, W1, W2: X @ W1 @ W2),
    ("the hidden layer", lambda X, W1, W2: bend(X @ W1)),
    ("in points", lambda X, W1, W2: 100 * bend(bend(X @ W1) @ W2)),
    ("bent twice", lambda X, W1, W2: bend(bend(bend(X @ W1) @ W2))),
    ("tanh", lambda X, W1, W2: bend(np.tanh(X @ W1) @ W2)),
    ("scaled inside", lambda X, W1, W2: bend(bend(X / X.max(axis=0) @ W1) @ W2)),
    ("sign", lambda X, W1, W2: 1 - bend((1 - bend(X @ W1)) @ W2)),
    ("flat", lambda X, W1, W2: bend(bend(X @ W1) @ W2).ravel()),
    ("first output", lambda X, W1, W2: bend(bend(X @ W1) @ W2)[:, :1]),
    ("both layers", lambda X, W1, W2: (bend(X @ W1), bend(bend(X @ W1) @ W2))),
    ("mean of the hidden", lambda X, W1, W2: bend(bend(X @ W1) @ W2 / len(W2))),
    ("inputs bent", lambda X, W1, W2: bend(bend(bend(X) @ W1) @ W2)),
    ("transposed", lambda X, W1, W2: bend(bend(X @ W1) @ W2).T),
    ("reshaped for three", lambda X, W1, W2: bend(bend(X @ W1) @ W2).reshape(3, 1)),
    ("softmax", lambda X, W1, W2: softmax(bend(X @ W1) @ W2)),
    ("W1 first", lambda X, W1, W2: bend(bend(W1 @ X) @ W2)),
]


def normal(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


def uniform_start(seed, D, H, C):
    rng = np.random.default_rng(seed)
    return rng.random((D, H)), rng.random((H, C))


def old_start(seed, D, H, C):
    rng = np.random.RandomState(seed)
    return rng.normal(size=(D, H)), rng.normal(size=(H, C))


def start(seed, D, H, C, scale=1, order=1, turned=False, mean=0):
    rng = np.random.default_rng(seed)
    shapes = [(H, D), (C, H)] if turned else [(D, H), (H, C)]
    return tuple(rng.normal(mean, scale, shape) for shape in shapes[::order])


def plus_minus(seed, D, H, C):
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, (D, H)), rng.uniform(-1, 1, (H, C))


START = [
    ("two generators", lambda seed, D, H, C: (normal(seed, D, H), normal(seed, H, C))),
    ("uniform", uniform_start),
    ("W2 drawn first", lambda seed, D, H, C: start(seed, D, H, C, order=-1)[::-1]),
    ("turned", lambda seed, D, H, C: start(seed, D, H, C, turned=True)),
    ("the old generator", old_start),
    ("no seed", lambda seed, D, H, C: start(None, D, H, C)),
    ("a fixed seed", lambda seed, D, H, C: start(0, D, H, C)),
    ("returned exchanged", lambda seed, D, H, C: start(seed, D, H, C)[::-1]),
    ("a tenth", lambda seed, D, H, C: start(seed, D, H, C, scale=0.1)),
    ("from -1 to 1", plus_minus),
    ("another seed for W2", lambda seed, D, H, C: (normal(seed, D, H), normal(seed + 1, H, C))),
    ("the seed as the mean", lambda seed, D, H, C: start(seed, D, H, C, mean=seed)),
    ("only W1", lambda seed, D, H, C: normal(seed, D, H)),
    ("2, 3 and 1", lambda seed, D, H, C: start(seed, 2, 3, 1)),
    ("W2 drawn first, turned round", lambda seed, D, H, C: start(seed, D, H, C, order=-1)),
    ("seed 42", lambda seed, D, H, C: start(42, D, H, C)),
]


def through(X, weights, last=bend, inside=bend):
    for W in weights[:-1]:
        X = inside(X @ W)
    return last(X @ weights[-1])


def in_turn(X, weights):
    for W in weights:
        X = bend(X @ W)
        return X


def always_X(X, weights):
    for W in weights:
        A = bend(X @ W)
    return A


def all_of(X, weights):
    return [through(X, weights[: n + 1]) for n in range(len(weights))]


LIST = [
    ("no bend at the end", lambda X, weights: through(X, weights, same)),
    ("X in every layer", always_X),
    ("no bend at all", lambda X, weights: through(X, weights, same, same)),
    ("all activations", all_of),
    ("return in the loop", in_turn),
    ("two layers", lambda X, weights: bend(bend(X @ weights[0]) @ weights[1])),
    ("bent at the end only", lambda X, weights: through(X, weights, bend, same)),
    ("without the last", lambda X, weights: through(X, weights[:-1])),
    ("from the end", lambda X, weights: through(X, weights[::-1])),
    ("bent twice at the end", lambda X, weights: bend(through(X, weights))),
    ("inputs bent", lambda X, weights: through(bend(X), weights)),
    ("without the first", lambda X, weights: through(X, weights[1:])),
    ("first and last", lambda X, weights: through(X, [weights[0], weights[-1]])),
    ("tanh inside", lambda X, weights: through(X, weights, bend, np.tanh)),
    ("transposed", lambda X, weights: through(X, weights).T),
    ("in points", lambda X, weights: 100 * through(X, weights)),
]

# 05


def off(p):
    return (np.array(p) - SCORES[:, 0]) / 100


def three(e):
    return e.mean(), e.sum(), e.sum() / 2


LOSS = [
    ("in points", lambda *p: three((100 * off(p)) ** 2)),
    ("half the mean", lambda *p: ((off(p) ** 2).mean(), (off(p) ** 2).sum(), (off(p) ** 2).mean() / 2)),
    ("mean and sum exchanged", lambda *p: ((off(p) ** 2).sum(), (off(p) ** 2).mean(), (off(p) ** 2).sum() / 2)),
    ("no squares", lambda *p: three(np.abs(off(p)))),
    ("by 100 once", lambda *p: three(100 * off(p) ** 2)),
    ("root", lambda *p: tuple(np.sqrt(three(off(p) ** 2)))),
    ("signed", lambda *p: three(off(p))),
    ("squared afterwards", lambda *p: tuple(np.square(three(off(p))))),
    ("by 2", lambda *p: ((off(p) ** 2).sum() / 2, (off(p) ** 2).sum(), (off(p) ** 2).sum() / 2)),
    ("from the mean", lambda *p: three(((np.array(p) - 89) / 100) ** 2)),
    ("order of the scores", lambda *p: three(((np.array(p) - [92, 89, 86]) / 100) ** 2)),
    ("by 92", lambda *p: three((off(p) * 100 / 92) ** 2)),
    ("order of the answers", lambda *p: three(off(p) ** 2)[::-1]),
    ("by the scores", lambda *p: three((off(p) * 100 / SCORES[:, 0]) ** 2)),
    ("doubled", lambda *p: ((off(p) ** 2).mean(), (off(p) ** 2).sum(), 2 * (off(p) ** 2).sum())),
]

LOSS_OF = [
    ("by samples", lambda p, y: ((p - y) ** 2).sum() / len(y)),
    ("sum", lambda p, y: ((p - y) ** 2).sum()),
    ("no square", lambda p, y: (p - y).mean()),
    ("half", lambda p, y: ((p - y) ** 2).mean() / 2),
    ("absolute", lambda p, y: np.abs(p - y).mean()),
    ("a column each", lambda p, y: ((p - y) ** 2).mean(axis=0)),
    ("root", lambda p, y: np.sqrt(((p - y) ** 2).mean())),
    ("squared afterwards", lambda p, y: (p - y).mean() ** 2),
    ("half of the sum", lambda p, y: ((p - y) ** 2).sum() / 2),
    ("by outputs", lambda p, y: ((p - y) ** 2).sum() / p.shape[1]),
    ("a row each", lambda p, y: ((p - y) ** 2).mean(axis=1)),
    ("squares first", lambda p, y: (p**2 - y**2).mean()),
    ("n - 1", lambda p, y: ((p - y) ** 2).sum() / (p.size - 1)),
    ("all squares", lambda p, y: (p - y) ** 2),
    ("in points", lambda p, y: ((100 * p - 100 * y) ** 2).mean()),
    ("first output only", lambda p, y: ((p[:, 0] - y[:, 0]) ** 2).mean()),
    ("of three", lambda p, y: ((p - y) ** 2).sum() / 3),
]


def nudged(loss, W, row, e, up=1, down=1, over=None, whole=False, column=False):
    W, slopes = np.array(W), []
    if whole:
        def at(x):
            V = W.copy()
            V[row] += x
            return loss(V)
        return (at(e) - at(-e)) / (2 * e)
    for j in range(len(W) if column else W.shape[1]):
        where = (j, row) if column else (row, j)
        plus, minus = W.copy(), W.copy()
        plus[where] += up * e
        minus[where] -= down * e
        slopes.append((loss(plus) - loss(minus)) / (over or (up + down) * e))
    return np.array(slopes)


def not_put_back(loss, W, row, e):
    W, slopes = W.copy(), []
    for j in range(W.shape[1]):
        W[row, j] += e
        plus = loss(W)
        W[row, j] -= 2 * e
        slopes.append((plus - loss(W)) / (2 * e))
    return np.array(slopes)


def in_the_table(loss, W, row, e):
    slopes = []
    for j in range(W.shape[1]):
        W[row, j] += e
        plus = loss(W)
        W[row, j] -= 2 * e
        slopes.append((plus - loss(W)) / (2 * e))
    return np.array(slopes)


def one_table(loss, W, row, e):
    slopes = []
    for j in range(W.shape[1]):
        plus, minus = W, W
        plus[row, j] += e
        minus[row, j] -= e
        slopes.append((loss(plus) - loss(minus)) / (2 * e))
    return np.array(slopes)


NUDGE = [
    ("one-sided", lambda f, W, r, e: nudged(f, W, r, e, down=0)),
    ("by one nudge", lambda f, W, r, e: nudged(f, W, r, e, over=e)),
    ("the row at once", lambda f, W, r, e: nudged(f, W, r, e, whole=True)),
    ("not put back", not_put_back),
    ("in the table itself", in_the_table),
    ("the same table twice", one_table),
    ("all rows", lambda f, W, r, e: np.array([nudged(f, W, i, e) for i in range(len(W))])),
    ("a column", lambda f, W, r, e: nudged(f, W, r % W.shape[1], e, column=True)),
    ("sign", lambda f, W, r, e: -nudged(f, W, r, e)),
    ("not divided", lambda f, W, r, e: nudged(f, W, r, e, over=1)),
    ("downwards", lambda f, W, r, e: nudged(f, W, r, e, up=0)),
    ("first row", lambda f, W, r, e: nudged(f, W, 0, e)),
    ("times two nudges", lambda f, W, r, e: nudged(f, W, r, e, over=1) * 2 * e),
    ("one-sided over two", lambda f, W, r, e: nudged(f, W, r, e, down=0, over=2 * e)),
    ("the same for all", lambda f, W, r, e: np.full(W.shape[1], nudged(f, W, r, e, whole=True))),
    ("half over nudge", lambda f, W, r, e: nudged(f, W, r, e, over=e / 2)),
    ("the next row", lambda f, W, r, e: nudged(f, W, r - 1, e)),
]

ERRORS = [
    ("exchanged", lambda w, e: (e**2, 3 * w * e + e**2)),
    ("the slopes", lambda w, e: (3 * w**2 + 3 * w * e + e**2, 3 * w**2 + e**2)),
    ("centred by one nudge", lambda w, e: (3 * w * e + e**2, 3 * w**2 + 2 * e**2)),
    ("centred has none", lambda w, e: (3 * w * e + e**2, 0)),
    ("sign", lambda w, e: (-(3 * w * e + e**2), -(e**2))),
    ("relative", lambda w, e: ((3 * w * e + e**2) / (3 * w**2), e**2 / (3 * w**2))),
    ("square left out", lambda w, e: (3 * w * e, e**2)),
    ("downwards", lambda w, e: (-3 * w * e + e**2, e**2)),
    ("not divided", lambda w, e: ((w + e) ** 3 - w**3 - 3 * w**2, (w + e) ** 3 - (w - e) ** 3 - 3 * w**2)),
    ("half", lambda w, e: (3 * w * e + e**2, e**2 / 2)),
    ("of w**2", lambda w, e: (e, 0)),
    ("cube", lambda w, e: (3 * w * e**2 + e**3, e**3)),
    ("downwards, as large", lambda w, e: (3 * w * e - e**2, e**2)),
    ("two nudges in one-sided", lambda w, e: ((w + e) ** 3 / (2 * e) - w**3 / (2 * e) - 3 * w**2, e**2)),
    ("in percent", lambda w, e: (100 * (3 * w * e + e**2) / (3 * w**2), 100 * e**2 / (3 * w**2))),
    ("slopes from 0", lambda w, e: (3 * w * e + e**2, 3 * w**2 + e**2)),
]

# 06


def sheet(s, l, score, raw=False, two=2, sign=1, out=slope, hid=slope, y=None, back=None, W2=W2_BY_HAND):
    x = np.array([s, l]) / (1 if raw else MAX)
    z1 = x @ W1_BY_HAND
    a1 = bend(z1)
    a2 = bend(a1 @ W2)
    y = score / 100 if y is None else y
    dz2 = two * sign * (a2 - y) * out(a2)
    dz1 = dz2 * (W2 if back is None else back) * hid(a1)
    return x, z1, a1, a2, dz2, dz1


def one(a):
    return np.ones_like(a)


def outputs(*case, times=lambda z1, a1: a1, **kind):
    x, z1, a1, a2, dz2, dz1 = sheet(*case, **kind)
    return dz2, *(dz2 * times(z1, a1))


BLAME_OUT = [
    ("no 2", lambda *c: outputs(*c, two=1)),
    ("sign", lambda *c: outputs(*c, sign=-1)),
    ("no slope", lambda *c: outputs(*c, out=one)),
    ("score not divided", lambda *c: outputs(*c, y=c[2])),
    ("raw hours", lambda *c: outputs(*c, raw=True)),
    ("slope of the activation", lambda *c: outputs(*c, out=lambda a: slope(bend(a)))),
    ("dw2 by the weights", lambda *c: outputs(*c, times=lambda z, a: W2_BY_HAND)),
    ("dw2 by the sums", lambda *c: outputs(*c, times=lambda z, a: z)),
    ("dw2 with the hidden slopes", lambda *c: outputs(*c, times=lambda z, a: slope(a))),
    ("order", lambda *c: (*outputs(*c)[1:], outputs(*c)[0])),
    ("no 2, no slope", lambda *c: outputs(*c, two=1, out=one)),
    ("no 2 and sign", lambda *c: outputs(*c, two=1, sign=-1)),
    ("half the slope", lambda *c: outputs(*c, out=lambda a: 1 - a)),
    ("dw2 by the activation and weights", lambda *c: outputs(*c, times=lambda z, a: a * W2_BY_HAND)),
    ("dz2 without, dw2 with", lambda *c: (outputs(*c, out=one)[0], *outputs(*c)[1:])),
    ("score by 92", lambda *c: outputs(*c, y=c[2] / 92)),
]


def hidden(*case, by=None, **kind):
    x, z1, a1, a2, dz2, dz1 = sheet(*case, **kind)
    x = x if by is None else by(x)
    return tuple(dz1), tuple(x[0] * dz1), tuple(x[1] * dz1)


BLAME_HIDDEN = [
    ("no 2", lambda *c: hidden(*c, two=1)),
    ("sign", lambda *c: hidden(*c, sign=-1)),
    ("no hidden slope", lambda *c: hidden(*c, hid=one)),
    ("no output slope", lambda *c: hidden(*c, out=one)),
    ("raw hours in dW1", lambda *c: hidden(*c, by=lambda x: x * MAX)),
    ("no output weights", lambda *c: hidden(*c, back=1)),
    ("rows exchanged", lambda *c: (hidden(*c)[0], *hidden(*c)[:0:-1])),
    ("raw hours", lambda *c: hidden(*c, raw=True)),
    ("inputs left out", lambda *c: hidden(*c, by=lambda x: np.ones(2))),
    ("score not divided", lambda *c: hidden(*c, y=c[2])),
    ("slope of the activation", lambda *c: hidden(*c, hid=lambda a: slope(bend(a)))),
    ("slope from the sums", lambda *c: hidden(*c, hid=lambda a: slope(logit(a)))),
    ("activation for the slope", lambda *c: hidden(*c, hid=lambda a: a)),
    ("no slopes", lambda *c: hidden(*c, hid=one, out=one)),
    ("no 2, no hidden slope", lambda *c: hidden(*c, two=1, hid=one)),
    ("dW1 without the hidden slope in dz1", lambda *c: (hidden(*c, hid=one)[0], *hidden(*c)[1:])),
]


def after(s, l, score, rate, r1=1, r2=1, steps=1, new=False, times=100, **kind):
    W1, W2 = W1_BY_HAND.copy(), W2_BY_HAND.copy()
    raw, two, sign = kind.get("raw"), kind.get("two", 2), kind.get("sign", 1)
    out, hid, y = kind.get("out", slope), kind.get("hid", slope), kind.get("y", score / 100)
    x = np.array([s, l]) / (1 if raw else MAX)
    for _ in range(steps):
        a1 = bend(x @ W1)
        a2 = bend(a1 @ W2)
        dz2 = two * sign * (a2 - y) * out(a2)
        W2_new = W2 - rate * r2 * dz2 * a1
        dz1 = dz2 * (W2_new if new else W2) * hid(a1)
        W1, W2 = W1 - rate * r1 * np.outer(x, dz1), W2_new
    return times * float(bend(bend(x @ W1) @ W2))


UPDATE = [
    ("no 2", lambda *c: after(*c, two=1)),
    ("sign", lambda *c: after(*c, sign=-1)),
    ("only w2", lambda *c: after(*c, r1=0)),
    ("new weights sent back", lambda *c: after(*c, new=True)),
    ("not in points", lambda *c: after(*c, times=1)),
    ("rate forgotten", lambda *c: after(*c[:3], 1)),
    ("only W1", lambda *c: after(*c, r2=0)),
    ("no update", lambda *c: after(*c, steps=0)),
    ("no hidden slope", lambda *c: after(*c, hid=one)),
    ("no output slope", lambda *c: after(*c, out=one)),
    ("twice", lambda *c: after(*c, steps=2)),
    ("times 92", lambda *c: after(*c, times=92)),
    ("raw hours", lambda *c: after(*c, raw=True)),
    ("score not divided", lambda *c: after(*c, y=c[2])),
    ("the score", lambda *c: c[2]),
    ("rate of 1.5", lambda *c: after(*c[:3], 1.5)),
    ("half the rate and no 2", lambda *c: after(*c, two=0.5)),
]


def step1(x, y, W1, w2, rate, two=2, out=slope, hid=slope, new=False, r1=1, r2=1, back=True):
    a1 = bend(x @ W1)
    a2 = bend(a1 @ w2)
    dz2 = two * (a2 - y) * out(a2)
    w2_new = w2 - r2 * rate * dz2 * a1
    dz1 = dz2 * ((w2_new if new else w2) if back else 1) * hid(a1)
    return W1 - r1 * rate * np.outer(x, dz1), w2_new


def in_place1(x, y, W1, w2, rate):
    new = step1(x, y, W1, w2, rate)
    W1[:], w2[:] = new
    return W1, w2


STEP1 = [
    ("uphill", lambda *c: step1(*c, two=-2)),
    ("no 2", lambda *c: step1(*c, two=1)),
    ("new weights sent back", lambda *c: step1(*c, new=True)),
    ("in place", in_place1),
    ("no output slope", lambda *c: step1(*c, out=one)),
    ("no hidden slope", lambda *c: step1(*c, hid=one)),
    ("rate forgotten", lambda x, y, W1, w2, rate: step1(x, y, W1, w2, 1)),
    ("the slopes", lambda x, y, W1, w2, rate: tuple(p - q for p, q in zip((W1, w2), step1(x, y, W1, w2, 1), strict=True))),
    ("only w2", lambda *c: step1(*c, r1=0)),
    ("only W1", lambda *c: step1(*c, r2=0)),
    ("exchanged", lambda *c: step1(*c)[::-1]),
    ("slope of the activation", lambda *c: step1(*c, hid=lambda a: slope(bend(a)), out=lambda a: slope(bend(a)))),
    ("output weights forgotten", lambda *c: step1(*c, back=False)),
    ("no 2, uphill", lambda *c: step1(*c, two=-1)),
    ("divided by the rate", lambda x, y, W1, w2, rate: step1(x, y, W1, w2, 1 / rate)),
    ("no slopes", lambda *c: step1(*c, out=one, hid=one)),
    ("transposed", lambda *c: (step1(*c)[0].T, step1(*c)[1])),
    ("no 2 and new weights", lambda *c: step1(*c, two=1, new=True)),
]

# 07

SHAPES_07 = [
    ("both dW transposed", lambda N, D, H, C: ((N, C), (C, H), (N, H), (N, H), (H, D))),
    ("dZ2 transposed", lambda N, D, H, C: ((C, N), (H, C), (N, H), (N, H), (D, H))),
    ("dW2 transposed", lambda N, D, H, C: ((N, C), (C, H), (N, H), (N, H), (D, H))),
    ("dW1 transposed", lambda N, D, H, C: ((N, C), (H, C), (N, H), (N, H), (H, D))),
    ("dA1 transposed", lambda N, D, H, C: ((N, C), (H, C), (H, N), (N, H), (D, H))),
    ("dA1 and dZ1 transposed", lambda N, D, H, C: ((N, C), (H, C), (H, N), (H, N), (D, H))),
    ("a table for each sample", lambda N, D, H, C: ((N, C), (N, C), (N, H), (N, H), (N, H))),
    ("dA1 like W2", lambda N, D, H, C: ((N, C), (H, C), (H, C), (N, H), (D, H))),
    ("one output", lambda N, D, H, C: ((N, 1), (H, 1), (N, H), (N, H), (D, H))),
    ("dZ2 like W2", lambda N, D, H, C: ((H, C), (H, C), (N, H), (N, H), (D, H))),
    ("dZ1 like X", lambda N, D, H, C: ((N, C), (H, C), (N, H), (N, D), (D, H))),
    ("dZ1 like W1", lambda N, D, H, C: ((N, C), (H, C), (N, H), (D, H), (D, H))),
    ("backwards", lambda N, D, H, C: ((D, H), (N, H), (N, H), (H, C), (N, C))),
    ("all transposed", lambda N, D, H, C: ((C, N), (C, H), (H, N), (H, N), (H, D))),
    ("dZ2 like A1", lambda N, D, H, C: ((N, H), (H, C), (N, H), (N, H), (D, H))),
    ("layers exchanged", lambda N, D, H, C: ((N, H), (D, H), (N, H), (N, C), (H, C))),
]


def back(X, y, W1, W2, over=None, two=2, out=slope, hid=slope):
    A1 = bend(X @ W1)
    A2 = bend(A1 @ W2)
    dZ2 = two * (A2 - y) * out(A2) / (y.size if over is None else over(y))
    return X.T @ (dZ2 @ W2.T * hid(A1)), A1.T @ dZ2


def turned_in(X, y, W1, W2):
    A1 = bend(X @ W1)
    A2 = bend(A1 @ W2)
    dZ2 = 2 * (A2 - y) * slope(A2) / y.size
    return X.T @ (dZ2 @ W2 * slope(A1)), A1.T @ dZ2


BACK = [
    ("by samples", lambda *c: back(*c, over=len)),
    ("sum", lambda *c: back(*c, over=lambda y: 1)),
    ("no 2", lambda *c: back(*c, two=1)),
    ("no output slope", lambda *c: back(*c, out=one)),
    ("no hidden slope", lambda *c: back(*c, hid=one)),
    ("sign", lambda *c: back(*c, two=-2)),
    ("exchanged", lambda *c: back(*c)[::-1]),
    ("transposed", lambda *c: tuple(d.T for d in back(*c))),
    ("W2 not transposed", turned_in),
    ("slope of the activation", lambda *c: back(*c, out=lambda a: slope(bend(a)), hid=lambda a: slope(bend(a)))),
    ("half-square sum", lambda *c: back(*c, two=1, over=lambda y: 1)),
    ("half-square by samples", lambda *c: back(*c, two=1, over=len)),
    ("no slopes", lambda *c: back(*c, out=one, hid=one)),
    ("by outputs", lambda *c: back(*c, over=lambda y: y.shape[1])),
    ("hidden slope of the activation", lambda *c: back(*c, hid=lambda a: slope(bend(a)))),
    ("by three", lambda *c: back(*c, over=lambda y: 3)),
]


def step(X, y, W1, W2, rate, r1=1, r2=1, **kind):
    d1, d2 = back(X, y, W1, W2, **kind)
    return W1 - r1 * rate * d1, W2 - r2 * rate * d2


def early(X, y, W1, W2, rate):
    W2_new = W2 - rate * back(X, y, W1, W2)[1]
    A1 = bend(X @ W1)
    A2 = bend(A1 @ W2)
    dZ2 = 2 * (A2 - y) * slope(A2) / y.size
    return W1 - rate * X.T @ (dZ2 @ W2_new.T * slope(A1)), W2_new


def anew(X, y, W1, W2, rate):
    W2 = W2 - rate * back(X, y, W1, W2)[1]
    return W1 - rate * back(X, y, W1, W2)[0], W2


def anew1(X, y, W1, W2, rate):
    W1 = W1 - rate * back(X, y, W1, W2)[0]
    return W1, W2 - rate * back(X, y, W1, W2)[1]


def in_place(X, y, W1, W2, rate):
    W1[:], W2[:] = step(X, y, W1, W2, rate)
    return W1, W2


def one_by_one(X, y, W1, W2, rate):
    for i in range(len(X)):
        W1, W2 = step(X[i : i + 1], y[i : i + 1], W1, W2, rate)
    return W1, W2


STEP = [
    ("uphill", lambda *c: step(*c, two=-2)),
    ("in place", in_place),
    ("W2 updated first", early),
    ("rate forgotten", lambda X, y, W1, W2, rate: step(X, y, W1, W2, 1)),
    ("sum", lambda *c: step(*c, over=lambda y: 1)),
    ("no 2", lambda *c: step(*c, two=1)),
    ("by samples", lambda *c: step(*c, over=len)),
    ("the gradients", lambda *c: back(*c[:4])),
    ("only W2", lambda *c: step(*c, r1=0)),
    ("no hidden slope", lambda *c: step(*c, hid=one)),
    ("no output slope", lambda *c: step(*c, out=one)),
    ("one sample after the other", one_by_one),
    ("exchanged", lambda *c: step(*c)[::-1]),
    ("gradients anew after W2", anew),
    ("gradients anew after W1", anew1),
    ("only the steps", lambda X, y, W1, W2, rate: tuple(rate * d for d in back(X, y, W1, W2))),
    ("only W1", lambda *c: step(*c, r2=0)),
    ("by the rate", lambda X, y, W1, W2, rate: step(X, y, W1, W2, 1 / rate)),
    ("first sample only", lambda X, y, *c: step(X[:1], y[:1], *c)),
]


def deep(X, y, weights, out=slope, hid=slope, two=2, over=np.size, late=False):
    A = [X]
    for W in weights:
        A.append(bend(A[-1] @ W))
    dZ = two * (A[-1] - y) * out(A[-1]) / over(y)
    found = []
    for k in reversed(range(len(weights))):
        found.append(A[k].T @ dZ)
        dZ = dZ @ weights[k].T * (hid(A[k]) if k else 1)
    return found[::-1]


DEEP = [
    ("from the back", lambda X, y, W: deep(X, y, W)[::-1]),
    ("no output slope", lambda X, y, W: deep(X, y, W, out=one)),
    ("no hidden slope", lambda X, y, W: deep(X, y, W, hid=one)),
    ("no 2", lambda X, y, W: deep(X, y, W, two=1)),
    ("sum", lambda X, y, W: deep(X, y, W, over=lambda y: 1)),
    ("by samples", lambda X, y, W: deep(X, y, W, over=len)),
    ("sign", lambda X, y, W: deep(X, y, W, two=-2)),
    ("transposed", lambda X, y, W: [d.T for d in deep(X, y, W)]),
    ("last only", lambda X, y, W: deep(X, y, W)[-1:]),
    ("two layers", lambda X, y, W: deep(X, y, W[:2]) if len(W) == 2 else deep(X, y, W)[-2:]),
    ("no slopes", lambda X, y, W: deep(X, y, W, hid=one, out=one)),
    ("slope of the activation", lambda X, y, W: deep(X, y, W, hid=lambda a: slope(bend(a)), out=lambda a: slope(bend(a)))),
    ("half-square sum", lambda X, y, W: deep(X, y, W, two=1, over=lambda y: 1)),
    ("first only", lambda X, y, W: deep(X, y, W)[0]),
    ("without the first", lambda X, y, W: deep(X, y, W)[1:]),
    ("updated weights", lambda X, y, W: [w - d for w, d in zip(W, deep(X, y, W), strict=True)]),
]

# 08

STUCK = [
    ("sum", lambda *s: sum((1 - np.array(s) / 100) ** 2)),
    ("in points", lambda *s: np.mean((100 - np.array(s)) ** 2)),
    ("absolute", lambda *s: np.mean(1 - np.array(s) / 100)),
    ("half", lambda *s: np.mean((1 - np.array(s) / 100) ** 2) / 2),
    ("root", lambda *s: np.sqrt(np.mean((1 - np.array(s) / 100) ** 2))),
    ("of the mean", lambda *s: (1 - np.mean(s) / 100) ** 2),
    ("predictions of 0", lambda *s: np.mean((np.array(s) / 100) ** 2)),
    ("by 100 once", lambda *s: np.mean((100 - np.array(s)) ** 2) / 100),
    ("from the mean", lambda *s: np.var(np.array(s) / 100)),
    ("predictions of 0.92", lambda *s: np.mean((0.92 - np.array(s) / 100) ** 2)),
    ("half of the sum", lambda *s: sum((1 - np.array(s) / 100) ** 2) / 2),
    ("not squared, summed", lambda *s: sum(1 - np.array(s) / 100)),
    ("zero", lambda *s: 0),
    ("the chapter's scores", lambda *s: float(np.mean((1 - SCORES / 100) ** 2))),
    ("mean answer", lambda *s: np.mean(s) / 100),
]


def loop(X, y, W1, W2, epochs, rate, do=step, loss=lambda e: np.mean(e**2), **kind):
    losses = []
    for _ in range(epochs):
        losses.append(loss(bend(bend(X @ W1) @ W2) - y))
        W1, W2 = do(X, y, W1, W2, rate, **kind)
    return W1, W2, [*losses, loss(bend(bend(X @ W1) @ W2) - y)]


def stale(X, y, W1, W2, epochs, rate):
    d1, d2 = back(X, y, W1, W2)
    return loop(X, y, W1, W2, epochs, rate, lambda X, y, W1, W2, r: (W1 - r * d1, W2 - r * d2))


def loop_in_place(X, y, W1, W2, epochs, rate):
    W1[:], W2[:], losses = loop(X, y, W1, W2, epochs, rate)
    return W1, W2, losses


def losses_cut(cut, *case):
    W1, W2, losses = loop(*case)
    return W1, W2, cut(losses)


LOOP = [
    ("no loss at the end", lambda *c: losses_cut(lambda ls: ls[:-1], *c)),
    ("losses after each", lambda *c: losses_cut(lambda ls: ls[1:], *c)),
    ("in place", loop_in_place),
    ("W2 updated first", lambda *c: loop(*c, early)),
    ("uphill", lambda *c: loop(*c, two=-2)),
    ("rate forgotten", lambda *c: loop(*c[:5], 1)),
    ("one epoch too many", lambda X, y, W1, W2, n, r: loop(X, y, W1, W2, n + 1, r)),
    ("one too few", lambda X, y, W1, W2, n, r: loop(X, y, W1, W2, n - 1, r)),
    ("the last loss", lambda *c: losses_cut(lambda ls: ls[-1], *c)),
    ("sum in the loss", lambda *c: loop(*c, loss=lambda e: np.sum(e**2))),
    ("tables only", lambda *c: loop(*c)[:2]),
    ("one step", lambda X, y, W1, W2, n, r: loop(X, y, W1, W2, 1, r)),
    ("gradients once", stale),
    ("losses first", lambda *c: (loop(*c)[2], *loop(*c)[:2])),
    ("no 2", lambda *c: loop(*c, two=1)),
    ("only W2", lambda *c: loop(*c, r1=0)),
    ("gradients anew after W2", lambda *c: loop(*c, anew)),
    ("losses only", lambda *c: loop(*c)[2]),
    ("by samples", lambda *c: loop(*c, over=len)),
    ("old tables", lambda X, y, W1, W2, n, r: (W1.copy(), W2.copy(), loop(X, y, W1, W2, n, r)[2])),
]


def curve(rate, raw=False, epochs=300, factor=1):
    net = Network.from_weights([np.array(W) for W in recovered_start()])
    X = HOURS if raw else HOURS / MAX
    key = (rate, raw, epochs)
    if key not in CURVES:
        CURVES[key] = np.array(train(net, X, SCORES / 100, epochs=epochs, learning_rate=rate).loss)
    return factor * CURVES[key]


CURVES = {}


def below(losses, target):
    return int(np.argmax(losses < target)) if (losses < target).any() else len(losses)


def counts(rate, target, **kind):
    n = below(curve(rate, epochs=600, **kind), target)
    return n, min(below(curve(r, **kind), target) for r in range(1, 31))


def best_rate(target):
    return 1 + int(np.argmin([below(curve(r), target) for r in range(1, 31)]))


STEPS = [
    ("off by one", lambda r, t: tuple(n + 1 for n in counts(r, t))),
    ("one too few", lambda r, t: tuple(n - 1 for n in counts(r, t))),
    ("the best rate", lambda r, t: (counts(r, t)[0], best_rate(t))),
    ("raw hours", lambda r, t: counts(r, t, raw=True)),
    ("exchanged", lambda r, t: counts(r, t)[::-1]),
    ("rates below 30", lambda r, t: (counts(r, t)[0], below(curve(30), t))),
    ("sum of squares", lambda r, t: counts(r, t, factor=3)),
    ("half the sum", lambda r, t: counts(r, t, factor=1.5)),
    ("first off by one", lambda r, t: (counts(r, t)[0] + 1, counts(r, t)[1])),
    ("second off by one", lambda r, t: (counts(r, t)[0], counts(r, t)[1] + 1)),
    ("rate 1.5", lambda r, t: (below(curve(1.5), t), counts(r, t)[1])),
    ("half the mean", lambda r, t: counts(r, t, factor=0.5)),
    ("at 0.0006", lambda r, t: counts(r, 0.0006)),
    ("rate 1 for the best", lambda r, t: (counts(r, t)[0], below(curve(1), t))),
]

UNIT = [
    ("by k", lambda k, r: r / k),
    ("times k", lambda k, r: r * k),
    ("times k squared", lambda k, r: r * k**2),
    ("the same", lambda k, r: r),
    ("root", lambda k, r: r / np.sqrt(k)),
    ("rate forgotten", lambda k, r: 1 / k**2),
    ("half", lambda k, r: r / (2 * k)),
    ("upside down", lambda k, r: k**2 / r),
    ("cube", lambda k, r: r / k**3),
    ("both squared", lambda k, r: (r / k) ** 2),
    ("k over rate", lambda k, r: k / r),
    ("1 over k", lambda k, r: 1 / k),
    ("rounded", lambda k, r: round(r / k**2, 2)),
]

# 09

POINTS = [
    ("unscaled", lambda net, m, h: 100 * net.predict(h)),
    ("not in points", lambda net, m, h: net.predict(h / m)),
    ("own maxima", lambda net, m, h: 100 * net.predict(h / h.max(axis=0))),
    ("times 92", lambda net, m, h: 92 * net.predict(h / m)),
    ("times the maxima", lambda net, m, h: 100 * net.predict(h * m)),
    ("scaled twice", lambda net, m, h: 100 * net.predict(h / m / m)),
    ("one maximum", lambda net, m, h: 100 * net.predict(h / m.max())),
    ("output divided", lambda net, m, h: net.predict(h / m) / 100),
    ("rounded", lambda net, m, h: np.round(100 * net.predict(h / m))),
    ("flat", lambda net, m, h: 100 * net.predict(h / m).ravel()),
    ("output times the maxima", lambda net, m, h: net.predict(h / m) * m[0]),
    ("unscaled, not in points", lambda net, m, h: net.predict(h)),
    ("3 and 9", lambda net, m, h: 100 * net.predict(h / MAX)),
    ("by the output's largest", lambda net, m, h: 100 * net.predict(h / m) / net.predict(h / m).max()),
    ("first classmate", lambda net, m, h: 100 * net.predict(h[:1] / m)),
    ("by 100", lambda net, m, h: 100 * net.predict(h / 100)),
    ("times 10", lambda net, m, h: 10 * net.predict(h / m)),
    ("minus the mean", lambda net, m, h: 100 * net.predict((h - h.mean(axis=0)) / m)),
]

NETS = {}


def by_hand_net(steps=1000, rate=1.5, raw=False, y=SCORES / 100, start=None, X=None):
    key = (steps, rate, raw, tuple(np.ravel(y)), start)
    if key not in NETS:
        weights = [W1_BY_HAND.copy(), W2_BY_HAND[:, np.newaxis].copy()]
        net = Network.from_weights([np.array(W) for W in recovered_start()] if start else weights)
        losses = train(net, HOURS if raw else HOURS / MAX, y, epochs=steps, learning_rate=rate).loss
        NETS[key] = net, losses
    return NETS[key]


def said(s, l, times=100, by=MAX, **kind):
    return times * by_hand_net(**kind)[0].predict(np.array([[s, l]]) / by).item()


ANOTHER = [
    ("asked with raw hours", lambda s, l: said(s, l, by=1)),
    ("untrained", lambda s, l: said(s, l, steps=1)),
    ("times 92", lambda s, l: said(s, l, times=92)),
    ("not in points", lambda s, l: said(s, l, times=1)),
    ("the recovered start", lambda s, l: said(s, l, start="recovered")),
    ("trained and asked raw", lambda s, l: said(s, l, raw=True, by=1)),
    ("trained raw", lambda s, l: said(s, l, raw=True)),
    ("one step too many", lambda s, l: said(s, l, steps=1001)),
    ("one step too few", lambda s, l: said(s, l, steps=999)),
    ("rate 1", lambda s, l: said(s, l, rate=1)),
    ("100 steps", lambda s, l: said(s, l, steps=100)),
    ("maxima exchanged", lambda s, l: said(s, l, by=MAX[::-1])),
    ("own maxima", lambda s, l: said(1, 1, by=1)),
    ("not trained at all", lambda s, l: 100 * by_hand(s / 3, l / 9)),
    ("targets by 92", lambda s, l: said(s, l, y=np.array([[1.0], [86 / 92], [89 / 92]]), times=92)),
    ("hours exchanged", lambda s, l: said(l, s)),
    ("rate 0.5", lambda s, l: said(s, l, rate=0.5)),
    ("10,000 steps", lambda s, l: said(s, l, steps=10000)),
    ("half the gradient", lambda s, l: said(s, l, rate=0.75)),
]

INSIDE = [
    ("no border", lambda X, h: ((h > X.min(axis=0)) & (h < X.max(axis=0))).all(axis=1)),
    ("any", lambda X, h: ((h >= X.min(axis=0)) & (h <= X.max(axis=0))).any(axis=1)),
    ("only the maxima", lambda X, h: (h <= X.max(axis=0)).all(axis=1)),
    ("only the minima", lambda X, h: (h >= X.min(axis=0)).all(axis=1)),
    ("each hour", lambda X, h: (h >= X.min(axis=0)) & (h <= X.max(axis=0))),
    ("outside", lambda X, h: ~((h >= X.min(axis=0)) & (h <= X.max(axis=0))).all(axis=1)),
    ("whole table", lambda X, h: ((h >= X.min()) & (h <= X.max())).all(axis=1)),
    ("one for all", lambda X, h: ((h >= X.min(axis=0)) & (h <= X.max(axis=0))).all()),
    ("by columns", lambda X, h: ((h >= X.min(axis=0)) & (h <= X.max(axis=0))).all(axis=0)),
    ("own range", lambda X, h: ((h >= h.min(axis=0)) & (h <= h.max(axis=0))).all(axis=1)),
    ("among the rows", lambda X, h: np.array([(X == row).all(axis=1).any() for row in h])),
    ("lower border missing", lambda X, h: ((h > X.min(axis=0)) & (h <= X.max(axis=0))).all(axis=1)),
    ("upper border missing", lambda X, h: ((h >= X.min(axis=0)) & (h < X.max(axis=0))).all(axis=1)),
    ("from 0", lambda X, h: ((h >= 0) & (h <= X.max(axis=0))).all(axis=1)),
    ("first column", lambda X, h: (h[:, 0] >= X[:, 0].min()) & (h[:, 0] <= X[:, 0].max())),
    ("or", lambda X, h: ((h >= X.min(axis=0)) | (h <= X.max(axis=0))).all(axis=1)),
    ("a list of words", lambda X, h: ["yes" for _ in h]),
    ("between the means", lambda X, h: (h <= X.mean(axis=0)).all(axis=1)),
]

# 10


def plane(scores, X=HOURS):
    return np.linalg.solve(np.column_stack([np.ones(3), X]), scores)


PLANE = [
    ("scaled hours", lambda *s: tuple(plane(s, HOURS / MAX))),
    ("order", lambda *s: tuple(np.roll(plane(s), -1))),
    ("chapter's scores", lambda *s: tuple(plane(SCORES[:, 0]))),
    ("in hundredths", lambda *s: tuple(plane(s) / 100)),
    ("hours exchanged", lambda *s: tuple(plane(s)[[0, 2, 1]])),
    ("no p", lambda *s: (0, *np.linalg.lstsq(HOURS, np.array(s), rcond=None)[0])),
    ("transposed", lambda *s: tuple(np.linalg.solve(np.column_stack([np.ones(3), HOURS]).T, s))),
    ("signs", lambda *s: tuple(plane(s) * [1, -1, -1])),
    ("all signs", lambda *s: tuple(-plane(s))),
    ("scores in another order", lambda *s: tuple(plane((s[1], s[0], s[2])))),
    ("mean for p", lambda *s: (np.mean(s), *plane(s)[1:])),
    ("p without the tilt", lambda *s: (s[0], *plane(s)[1:])),
    ("scaled and hundredths", lambda *s: tuple(plane(s, HOURS / MAX) / 100)),
    ("scores reversed", lambda *s: tuple(plane(s[::-1]))),
    ("sign of p", lambda *s: tuple(plane(s) * [-1, 1, 1])),
]


def order_loss(order, steps, factor=1, at=-1, **kind):
    y = np.array(order)[:, np.newaxis] / 100
    return factor * by_hand_net(steps=steps, y=y, **kind)[1][at]


def against_old(order, steps):
    net, _ = by_hand_net(steps=steps, y=np.array(order)[:, np.newaxis] / 100)
    return float(np.mean((net.predict(HOURS / MAX) - SCORES / 100) ** 2))


SHUFFLE = [
    ("the old order", lambda o, n: order_loss((92, 86, 89), n)),
    ("raw hours", lambda o, n: order_loss(o, n, raw=True)),
    ("one step more", lambda o, n: order_loss(o, n + 1)),
    ("one step less", lambda o, n: order_loss(o, n - 1)),
    ("1,000 steps", lambda o, n: order_loss(o, 1000)),
    ("against the old scores", against_old),
    ("the recovered start", lambda o, n: order_loss(o, n, start="recovered")),
    ("sum", lambda o, n: order_loss(o, n, factor=3)),
    ("half", lambda o, n: order_loss(o, n, factor=0.5)),
    ("rate 1", lambda o, n: order_loss(o, n, rate=1)),
    ("in points", lambda o, n: order_loss(o, n, factor=10000)),
    ("first loss", lambda o, n: order_loss(o, n, at=0)),
    ("root", lambda o, n: np.sqrt(order_loss(o, n))),
    ("reversed", lambda o, n: order_loss(o[::-1], n)),
    ("half the sum", lambda o, n: order_loss(o, n, factor=1.5)),
    ("5,000 steps", lambda o, n: order_loss(o, 5000)),
    ("constant", lambda o, n: 0.0006),
]


def rest(y, i):
    return np.delete(y, i, axis=0)


BASELINE = [
    ("peeks", lambda y: ((y - y.mean(axis=0)) ** 2).mean()),
    ("one mean for all", lambda y: np.mean([(y[i] - rest(y, i).mean()) ** 2 for i in range(len(y))])),
    ("sum", lambda y: np.sum([(y[i] - rest(y, i).mean(axis=0)) ** 2 for i in range(len(y))])),
    ("by samples", lambda y: np.sum([(y[i] - rest(y, i).mean(axis=0)) ** 2 for i in range(len(y))]) / len(y)),
    ("by N", lambda y: np.mean((y - (y.sum(axis=0) - y) / len(y)) ** 2)),
    ("root", lambda y: np.sqrt(np.mean([(y[i] - rest(y, i).mean(axis=0)) ** 2 for i in range(len(y))]))),
    ("median", lambda y: np.mean([(y[i] - np.median(rest(y, i), axis=0)) ** 2 for i in range(len(y))])),
    ("an output each", lambda y: np.mean([(y[i] - rest(y, i).mean(axis=0)) ** 2 for i in range(len(y))], axis=0)),
    ("absolute", lambda y: np.mean([np.abs(y[i] - rest(y, i).mean(axis=0)) for i in range(len(y))])),
    ("n - 1", lambda y: y.var(axis=0, ddof=1).mean()),
    ("half", lambda y: np.mean([(y[i] - rest(y, i).mean(axis=0)) ** 2 for i in range(len(y))]) / 2),
    ("answers", lambda y: np.array([rest(y, i).mean(axis=0) for i in range(len(y))])),
    ("spread of the others", lambda y: np.mean([rest(y, i).var(axis=0) for i in range(len(y))])),
    ("9/4", lambda y: 9 / 4 * ((y - y.mean(axis=0)) ** 2).mean()),
    ("a sample each", lambda y: np.array([np.mean((y[i] - rest(y, i).mean(axis=0)) ** 2) for i in range(len(y))])),
    ("errors before squares", lambda y: np.mean([y[i] - rest(y, i).mean(axis=0) for i in range(len(y))]) ** 2),
    ("first output", lambda y: np.mean([(y[i, 0] - rest(y, i)[:, 0].mean()) ** 2 for i in range(len(y))])),
]


def left_out(h, y, W1, W2, steps=20, scale=None, ask=None, all_in=False, carry=False, only=False, get=None, rate=1.5):
    answers, weights = [], (W1.copy(), W2.copy())
    for i in range(len(h)):
        others = h if all_in else (h[i : i + 1] if only else np.delete(h, i, axis=0))
        ys = y if all_in else (y[i : i + 1] if only else np.delete(y, i, axis=0))
        m = others.max(axis=0) if scale is None else scale(h, i)
        a = m if ask is None else ask(h, i)
        V = weights if carry else (W1.copy(), W2.copy())
        for _ in range(steps):
            V = step(others / m, ys, *V, rate)
        weights = V
        p = bend(bend(h[i : i + 1] / a @ V[0]) @ V[1])[0]
        answers.append(p if get is None else get(p, y[i]))
    return np.array(answers)


LEAVE = [
    ("maxima of all", lambda *c: left_out(*c, scale=lambda h, i: h.max(axis=0))),
    ("unscaled", lambda *c: left_out(*c, scale=lambda h, i: 1.0)),
    ("trained on all", lambda *c: left_out(*c, all_in=True)),
    ("carried on", lambda *c: left_out(*c, carry=True)),
    ("in points", lambda *c: 100 * left_out(*c)),
    ("the losses", lambda *c: left_out(*c, get=lambda p, t: np.mean((p - t) ** 2))),
    ("own maxima for the one", lambda *c: left_out(*c, ask=lambda h, i: h[i])),
    ("the one unscaled", lambda *c: left_out(*c, ask=lambda h, i: 1.0)),
    ("asked with the maxima of all", lambda *c: left_out(*c, ask=lambda h, i: h.max(axis=0))),
    ("trained on the one", lambda *c: left_out(*c, only=True)),
    ("1,000 steps", lambda *c: left_out(*c, steps=1000)),
    ("19 steps", lambda *c: left_out(*c, steps=19)),
    ("21 steps", lambda *c: left_out(*c, steps=21)),
    ("untrained", lambda *c: left_out(*c, steps=0)),
    ("one loss", lambda *c: np.mean((left_out(*c) - c[1]) ** 2)),
    ("flat", lambda *c: left_out(*c).ravel()),
    ("rate 1", lambda *c: left_out(*c, rate=1)),
    ("mean of the others", lambda h, y, W1, W2: np.array([rest(y, i).mean(axis=0) for i in range(len(y))])),
    ("errors", lambda *c: left_out(*c) - c[1]),
]

# 11


def w11(*n):
    return sum(a * b for a, b in zip(n, n[1:], strict=False))


COUNT = [
    ("weights only", lambda *n: (w11(*n), sum(n[1:]))),
    ("inputs have biases", lambda *n: (w11(*n) + sum(n), sum(n))),
    ("no biases at the output", lambda *n: (w11(*n) + n[1] + n[2], n[1] + n[2])),
    ("exchanged", lambda *n: (sum(n[1:]), w11(*n) + sum(n[1:]))),
    ("one bias a layer", lambda *n: (w11(*n) + 3, 3)),
    ("product", lambda *n: (int(np.prod(n)), sum(n[1:]))),
    ("weights and biases", lambda *n: (w11(*n), w11(*n) + sum(n[1:]))),
    ("neurons", lambda *n: (sum(n), sum(n[1:]))),
    ("total without, biases with the inputs", lambda *n: (w11(*n) + sum(n[1:]), sum(n))),
    ("no second hidden layer", lambda *n: (n[0] * n[1] + n[1] * n[3] + n[1] + n[3], n[1] + n[3])),
    ("one bias for each of four layers", lambda *n: (w11(*n) + 4, 4)),
    ("total right, biases of the hidden", lambda *n: (w11(*n) + sum(n[1:]), n[1] + n[2])),
    ("total right, three biases", lambda *n: (w11(*n) + sum(n[1:]), 3)),
    ("first layer forgotten", lambda *n: (w11(*n[1:]) + sum(n[1:]), sum(n[1:]))),
    ("biases counted twice", lambda *n: (w11(*n) + 2 * sum(n[1:]), sum(n[1:]))),
]

AND_OR = [
    ("signs", lambda a, b: (max(a, b), a + b, 0, min(a, b))),
    ("AND and OR exchanged", lambda a, b: (-min(a, b), 0, -(a + b), -max(a, b))),
    ("upper first", lambda a, b: (-max(a, b), -(a + b), 0, -min(a, b))),
    ("the smaller for AND", lambda a, b: (-(a + b), -min(a, b), -min(a, b), 0)),
    ("smaller and larger exchanged", lambda a, b: (-(a + b), -min(a, b), -max(a, b), 0)),
    ("the larger for OR", lambda a, b: (-(a + b), -max(a, b), -max(a, b), 0)),
    ("AND up to 0", lambda a, b: (-(a + b), 0, -min(a, b), 0)),
    ("OR from the sum", lambda a, b: (-(a + b), -max(a, b), -(a + b), 0)),
    ("w1 and w2", lambda a, b: (-(a + b), -a, -b, 0)),
    ("OR above 0", lambda a, b: (-(a + b), -max(a, b), 0, min(a, b))),
    ("OR up to the smaller", lambda a, b: (-(a + b), -max(a, b), -min(a, b), min(a, b))),
    ("signs only for AND", lambda a, b: (max(a, b), a + b, -min(a, b), 0)),
    ("OR up to the larger's", lambda a, b: (-(a + b), -max(a, b), -max(a, b), -min(a, b))),
    ("half", lambda a, b: (-(a + b), -(a + b) / 2, -(a + b) / 2, 0)),
]


def biased(X, weights, biases, last=bend, inside=bend, add=lambda Z, b: Z + b):
    for k, (W, b) in enumerate(zip(weights, biases, strict=True)):
        X = (last if k == len(weights) - 1 else inside)(add(X @ W, b))
    return X


def after_bend(X, weights, biases):
    for W, b in zip(weights, biases, strict=True):
        X = bend(X @ W) + b
    return X


def first_layer(X, weights, biases):
    for W, b in zip(weights, biases, strict=True):
        X = bend(X @ W + b)
        return X


def X_each_time(X, weights, biases):
    for W, b in zip(weights, biases, strict=True):
        A = bend(X @ W + b)
    return A


BIASED = [
    ("no biases", lambda *c: biased(*c, add=lambda Z, b: Z)),
    ("after the bend", after_bend),
    ("no bend at the end", lambda *c: biased(*c, last=same)),
    ("no bend inside", lambda *c: biased(*c, inside=same)),
    ("minus", lambda *c: biased(*c, add=lambda Z, b: Z - b)),
    ("return in the loop", first_layer),
    ("X in every layer", X_each_time),
    ("two layers", lambda X, W, b: bend(bend(X @ W[0] + b[0]) @ W[1] + b[1])),
    ("summed biases", lambda *c: biased(*c, add=lambda Z, b: Z + b.sum())),
    ("no bend at all", lambda *c: biased(*c, last=same, inside=same)),
    ("tanh inside", lambda *c: biased(*c, inside=np.tanh)),
    ("no bias at the end", lambda X, W, b: biased(X, W, [*b[:-1], 0 * b[-1]])),
    ("only in the first", lambda X, W, b: biased(X, W, [b[0], *[0 * c for c in b[1:]]])),
    ("times", lambda *c: biased(*c, add=lambda Z, b: Z * b)),
    ("all layers", lambda X, W, b: [biased(X, W[: k + 1], b[: k + 1]) for k in range(len(W))]),
    ("only at the end", lambda X, W, b: biased(X, W, [*[0 * c for c in b[:-1]], b[-1]])),
    ("bent twice at the end", lambda *c: bend(biased(*c))),
    ("transposed", lambda *c: biased(*c).T),
]


def soft(yes):
    return lambda X: np.where(yes(X.sum(axis=1, keepdims=True)), 0.999, 0.001)


XOR = [
    ("or", soft(lambda s: s >= 1)),
    ("and", soft(lambda s: s == 3)),
    ("exactly one", soft(lambda s: s == 1)),
    ("even", soft(lambda s: s % 2 == 0)),
    ("not steep enough", lambda X: np.where(X.sum(axis=1, keepdims=True) % 2 == 1, 0.95, 0.05)),
    ("flat", lambda X: soft(lambda s: s % 2 == 1)(X).ravel()),
    ("two or three", soft(lambda s: s >= 2)),
    ("xor of the first two", lambda X: soft(lambda s: s == 1)(X[:, :2])),
    ("half", lambda X: np.full((len(X), 1), 0.5)),
    ("one or two", soft(lambda s: (s == 1) | (s == 2))),
    ("not all", soft(lambda s: s < 3)),
    ("exactly two", soft(lambda s: s == 2)),
    ("sums", lambda X: X.sum(axis=1, keepdims=True)),
    ("always yes", soft(lambda s: s >= 0)),
    ("logits", lambda X: np.where(X.sum(axis=1, keepdims=True) % 2 == 1, 10.0, -10.0)),
    ("none", soft(lambda s: s == 0)),
]

# 12

WIDTH = [
    ("exchanged", lambda i, o: (np.sqrt(2 / i), np.sqrt(2 / (i + o)))),
    ("variances", lambda i, o: (2 / (i + o), 2 / i)),
    ("1 over inputs", lambda i, o: (np.sqrt(1 / i), np.sqrt(2 / i))),
    ("uniform limits", lambda i, o: (np.sqrt(6 / (i + o)), np.sqrt(6 / i))),
    ("He by outputs", lambda i, o: (np.sqrt(2 / (i + o)), np.sqrt(2 / o))),
    ("1 in both", lambda i, o: (np.sqrt(1 / (i + o)), np.sqrt(1 / i))),
    ("He with 1", lambda i, o: (np.sqrt(2 / (i + o)), np.sqrt(1 / i))),
    ("Glorot with 1", lambda i, o: (np.sqrt(1 / (i + o)), np.sqrt(2 / i))),
    ("2 outside the root", lambda i, o: (2 / np.sqrt(i + o), 2 / np.sqrt(i))),
    ("product", lambda i, o: (np.sqrt(2 / (i * o)), np.sqrt(2 / i))),
    ("Glorot's variance", lambda i, o: (2 / (i + o), np.sqrt(2 / i))),
    ("He's variance", lambda i, o: (np.sqrt(2 / (i + o)), 2 / i)),
    ("He's uniform limit", lambda i, o: (np.sqrt(2 / (i + o)), np.sqrt(6 / i))),
    ("mean not halved", lambda i, o: (np.sqrt(4 / (i + o)), np.sqrt(2 / i))),
    ("upside down", lambda i, o: (np.sqrt((i + o) / 2), np.sqrt(i / 2))),
    ("Glorot by outputs", lambda i, o: (np.sqrt(1 / o), np.sqrt(2 / i))),
]

RELU = [
    ("Glorot", lambda noise: [n * np.sqrt(2 / sum(n.shape)) for n in noise]),
    ("variance", lambda noise: [n * 2 / len(n) for n in noise]),
    ("by outputs", lambda noise: [n * np.sqrt(2 / n.shape[1]) for n in noise]),
    ("1 over inputs", lambda noise: [n / np.sqrt(len(n)) for n in noise]),
    ("divided", lambda noise: [n / np.sqrt(2 / len(n)) for n in noise]),
    ("one width for all", lambda noise: [n * np.sqrt(2 / len(noise[0])) for n in noise]),
    ("unscaled", lambda noise: [n.copy() for n in noise]),
    ("a tenth", lambda noise: [0.1 * n for n in noise]),
    ("2 outside the root", lambda noise: [2 * n / np.sqrt(len(n)) for n in noise]),
    ("all entries", lambda noise: [n * np.sqrt(2 / n.size) for n in noise]),
    ("widths only", lambda noise: [np.sqrt(2 / len(n)) for n in noise]),
    ("scaled to 1 first", lambda noise: [n / n.std() * np.sqrt(2 / len(n)) for n in noise]),
    ("first layer only", lambda noise: noise[0] * np.sqrt(2 / len(noise[0]))),
    ("uniform limit", lambda noise: [n * np.sqrt(6 / len(n)) for n in noise]),
    ("number of layers", lambda noise: [n * np.sqrt(2 / len(noise)) for n in noise]),
    ("upside down", lambda noise: [n * np.sqrt(len(n) / 2) for n in noise]),
    ("divided by inputs", lambda noise: [n / len(n) for n in noise]),
    ("positive", lambda noise: [np.abs(n) * np.sqrt(2 / len(n)) for n in noise]),
]

FIT = [
    ("std of the noise", lambda A, n: n / n.std()),
    ("a neuron each", lambda A, n: n / (A @ n).std(axis=0)),
    ("times", lambda A, n: n * (A @ n).std()),
    ("variance", lambda A, n: n / (A @ n).var()),
    ("std of the activations", lambda A, n: n / A.std()),
    ("the sums", lambda A, n: A @ n / (A @ n).std()),
    ("n - 1", lambda A, n: n / (A @ n).std(ddof=1)),
    ("root mean square", lambda A, n: n / np.sqrt(np.mean((A @ n) ** 2))),
    ("He", lambda A, n: n * np.sqrt(2 / len(n))),
    ("mean subtracted", lambda A, n: (n - (A @ n).mean()) / (A @ n).std()),
    ("root of the std", lambda A, n: n / np.sqrt((A @ n).std())),
    ("mean of the stds", lambda A, n: n / (A @ n).std(axis=0).mean()),
    ("Glorot", lambda A, n: n * np.sqrt(2 / sum(n.shape))),
    ("the largest", lambda A, n: n / np.abs(A @ n).max()),
    ("mean size", lambda A, n: n / np.abs(A @ n).mean()),
    ("the number", lambda A, n: 1 / (A @ n).std()),
    ("a sample each", lambda A, n: n / (A @ n).std(axis=1).mean()),
    ("1 over inputs", lambda A, n: n / np.sqrt(len(n))),
    ("both stds", lambda A, n: n / (A.std() * n.std())),
]

# 13


def filled(shape, at, value=1):
    table = np.zeros(shape)
    table[at] = value
    return table


ONE_HOT = [
    ("counted from 1", lambda t, C: filled((len(t), C), (np.arange(len(t)), t - 1))),
    ("transposed", lambda t, C: filled((C, len(t)), (t, np.arange(len(t))))),
    ("whole columns", lambda t, C: filled((len(t), C), (slice(None), t))),
    ("the largest label", lambda t, C: filled((len(t), t.max() + 1), (np.arange(len(t)), t))),
    ("the labels", lambda t, C: filled((len(t), C), (np.arange(len(t)), t), t)),
    ("complement", lambda t, C: 1 - filled((len(t), C), (np.arange(len(t)), t))),
    ("rows by labels", lambda t, C: filled((max(len(t), C), C), (t, slice(None)))[: len(t)]),
    ("one too far", lambda t, C: filled((len(t), C + 1), (np.arange(len(t)), t + 1))[:, :C]),
    ("a column too many", lambda t, C: filled((len(t), C + 1), (np.arange(len(t)), t))),
    ("squared", lambda t, C: filled((C, C), (np.arange(C), np.arange(C)))),
    ("1 and -1", lambda t, C: 2 * filled((len(t), C), (np.arange(len(t)), t)) - 1),
    ("sorted", lambda t, C: filled((len(t), C), (np.arange(len(t)), np.sort(t)))),
    ("counts", lambda t, C: np.bincount(t, minlength=C)),
    ("from the right", lambda t, C: filled((len(t), C), (np.arange(len(t)), C - 1 - t))),
    ("zeros", lambda t, C: np.zeros((len(t), C))),
    ("up to the label", lambda t, C: (np.arange(C) <= t[:, np.newaxis]).astype(float)),
    ("label as the row", lambda t, C: (np.arange(C) == np.arange(len(t))[:, np.newaxis]) * 1.0),
]


def shifted(Z, by, axis=1):
    e = np.exp(Z - by)
    return e / e.sum(axis=axis, keepdims=axis is not None)


SOFTMAX = [
    ("as it is", lambda Z: shifted(Z, 0)),
    ("the largest of all", lambda Z: shifted(Z, Z.max())),
    ("by columns", lambda Z: shifted(Z, Z.max(axis=0), axis=0)),
    ("the smallest subtracted", lambda Z: shifted(Z, Z.min(axis=1, keepdims=True))),
    ("the mean subtracted", lambda Z: shifted(Z, Z.mean(axis=1, keepdims=True))),
    ("sum of all", lambda Z: shifted(Z, Z.max(axis=1, keepdims=True), axis=None)),
    ("sigmoid", lambda Z: stable(Z)),
    ("not divided", lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True))),
    ("clipped", lambda Z: shifted(np.clip(Z, -500, 500), 0)),
    ("no exponential", lambda Z: Z / Z.sum(axis=1, keepdims=True)),
    ("logarithms", lambda Z: Z - Z.max(axis=1, keepdims=True) - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))),
    ("one-hot", lambda Z: (Z == Z.max(axis=1, keepdims=True)) * 1.0),
    ("by the largest", lambda Z: shifted(Z / np.abs(Z).max(axis=1, keepdims=True), 0)),
    ("largest of columns", lambda Z: shifted(Z, Z.max(axis=0))),
    ("sums of columns", lambda Z: shifted(Z, Z.max(axis=1, keepdims=True), axis=0)),
    ("by 900", lambda Z: shifted(Z / 900, 0)),
    ("sign", lambda Z: softmax(-Z)),
    ("the size subtracted", lambda Z: shifted(Z, np.abs(Z).max(axis=1, keepdims=True))),
]


def logs(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def picked(table, t):
    return table[np.arange(len(t)), t]


ENTROPY = [
    ("logarithm of a zero", lambda Z, t: -np.log(picked(softmax(Z), t)).mean()),
    ("sum", lambda Z, t: -picked(logs(Z), t).sum()),
    ("sign", lambda Z, t: picked(logs(Z), t).mean()),
    ("a little added", lambda Z, t: -np.log(picked(softmax(Z), t) + 1e-12).mean()),
    ("a sample each", lambda Z, t: -picked(logs(Z), t)),
    ("mean of all entries", lambda Z, t: -picked(logs(Z), t).sum() / Z.size),
    ("all classes", lambda Z, t: -logs(Z).mean()),
    ("logarithm to 2", lambda Z, t: -picked(logs(Z), t).mean() / np.log(2)),
    ("logarithm to 10", lambda Z, t: -picked(logs(Z), t).mean() / np.log(10)),
    ("not shifted", lambda Z, t: (np.log(np.exp(Z).sum(axis=1)) - picked(Z, t)).mean()),
    ("labels from 1", lambda Z, t: -picked(logs(Z), t - 1).mean()),
    ("no logarithm", lambda Z, t: (1 - picked(softmax(Z), t)).mean()),
    ("from the largest", lambda Z, t: (Z.max(axis=1) - picked(Z, t)).mean()),
    ("squares", lambda Z, t: np.mean((softmax(Z) - np.eye(Z.shape[1])[t]) ** 2)),
    ("clipped", lambda Z, t: -np.log(np.clip(picked(softmax(Z), t), 1e-15, 1)).mean()),
    ("minus the logits", lambda Z, t: -picked(Z, t).mean()),
    ("logarithm of the mean", lambda Z, t: -np.log(picked(softmax(Z), t).mean())),
    ("half", lambda Z, t: -picked(logs(Z), t).mean() / 2),
    ("shift not given back", lambda Z, t: (np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)) - picked(Z, t)).mean()),
]


def hot(t):
    return np.eye(3)[t]


GRADIENT = [
    ("one image", lambda a, b, c, t, n: tuple(softmax([a, b, c]) - hot(t))),
    ("sign", lambda a, b, c, t, n: tuple((hot(t) - softmax([a, b, c])) / n)),
    ("probabilities", lambda a, b, c, t, n: tuple(softmax([a, b, c]))),
    ("label from 1", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - hot(t - 1)) / n)),
    ("1 not subtracted", lambda a, b, c, t, n: tuple(softmax([a, b, c]) / n)),
    ("times 2", lambda a, b, c, t, n: tuple(2 * (softmax([a, b, c]) - hot(t)) / n)),
    ("only the right one", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - 1) * hot(t) / n)),
    ("by three", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - hot(t)) / 3)),
    ("no softmax", lambda a, b, c, t, n: tuple((np.array([a, b, c]) - hot(t)) / n)),
    ("with a slope", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - hot(t)) * slope(softmax([a, b, c])) / n)),
    ("sigmoid", lambda a, b, c, t, n: tuple((bend([a, b, c]) - hot(t)) / n)),
    ("times the batch", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - hot(t)) * n)),
    ("one image, sign", lambda a, b, c, t, n: tuple(hot(t) - softmax([a, b, c]))),
    ("1 divided only", lambda a, b, c, t, n: tuple(softmax([a, b, c]) - hot(t) / n)),
    ("p divided only", lambda a, b, c, t, n: tuple(softmax([a, b, c]) / n - hot(t))),
    ("by batch and outputs", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - hot(t)) / n / 3)),
    ("loss", lambda a, b, c, t, n: tuple(-np.log(softmax([a, b, c])))),
    ("minus p in all", lambda a, b, c, t, n: tuple((softmax([a, b, c]) - 1) / n)),
]


def batches(X, t, order, n, stop=None, width=None):
    return [(X[order[i : i + (width or n)]], t[order[i : i + (width or n)]]) for i in range(0, stop or len(order), n)]


def full(X, t, order, n):
    return [pair for pair in batches(X, t, order, n) if len(pair[0]) == n]


BATCHES = [
    ("order ignored", lambda X, t, o, n: batches(X, t, np.arange(len(X)), n)),
    ("only the images shuffled", lambda X, t, o, n: [(a, t[i * n : i * n + n]) for i, (a, b) in enumerate(batches(X, t, o, n))]),
    ("the last dropped", full),
    ("the first only", lambda X, t, o, n: batches(X, t, o, n)[:1]),
    ("two lists", lambda X, t, o, n: ([a for a, b in batches(X, t, o, n)], [b for a, b in batches(X, t, o, n)])),
    ("so many batches", lambda X, t, o, n: list(zip(np.array_split(X[o], n), np.array_split(t[o], n), strict=True))),
    ("labels first", lambda X, t, o, n: [(b, a) for a, b in batches(X, t, o, n)]),
    ("images only", lambda X, t, o, n: [a for a, b in batches(X, t, o, n)]),
    ("one more in each", lambda X, t, o, n: batches(X, t, o, n, width=n + 1)),
    ("a step of one", lambda X, t, o, n: [(X[o[i : i + n]], t[o[i : i + n]]) for i in range(len(o))]),
    ("sorted", lambda X, t, o, n: batches(X, t, np.sort(o)[::-1], n)),
    ("shuffled back", lambda X, t, o, n: batches(X, t, np.argsort(o), n)),
    ("a step only", lambda X, t, o, n: [(X[o[i]], t[o[i]]) for i in range(0, len(o), n)]),
    ("only the labels shuffled", lambda X, t, o, n: [(X[i * n : i * n + n], b) for i, (a, b) in enumerate(batches(X, t, o, n))]),
    ("wrapped", lambda X, t, o, n: [(X[np.resize(o, -(-len(o) // n) * n)[i : i + n]], t[np.resize(o, -(-len(o) // n) * n)[i : i + n]]) for i in range(0, len(o), n)]),
    ("one batch", lambda X, t, o, n: [(X[o], t[o])]),
    ("the first dropped", lambda X, t, o, n: batches(X, t, o, n)[1:]),
    ("evenly", lambda X, t, o, n: list(zip(np.array_split(X[o], -(-len(o) // n)), np.array_split(t[o], -(-len(o) // n)), strict=True))),
    ("an empty one at the end", lambda X, t, o, n: [*batches(X, t, o, n), (X[:0], t[:0])]),
    ("twice in order", lambda X, t, o, n: batches(X[o], t[o], o, n)),
    ("to len // n", lambda X, t, o, n: batches(X, t, o, n)[: len(o) // n]),
]

# 14

ACCURACY = [
    ("error rate", lambda P, t: np.mean(P.argmax(axis=1) != t)),
    ("count", lambda P, t: np.sum(P.argmax(axis=1) == t)),
    ("percent", lambda P, t: 100 * np.mean(P.argmax(axis=1) == t)),
    ("above a half", lambda P, t: np.mean(picked(P, t) > 0.5)),
    ("mean probability", lambda P, t: picked(P, t).mean()),
    ("each image", lambda P, t: P.argmax(axis=1) == t),
    ("the other axis", lambda P, t: np.mean(P.argmax(axis=0)[: len(t)] == t[: P.shape[1]])),
    ("labels from 1", lambda P, t: np.mean(P.argmax(axis=1) + 1 == t)),
    ("smallest", lambda P, t: np.mean(P.argmin(axis=1) == t)),
    ("rounded table", lambda P, t: np.mean(picked(np.round(P), t))),
    ("by outputs", lambda P, t: np.sum(P.argmax(axis=1) == t) / P.shape[1]),
    ("largest probability", lambda P, t: P.max(axis=1).mean()),
    ("argmax of all", lambda P, t: np.mean(P.argmax() == t)),
    ("value for place", lambda P, t: np.mean(P.max(axis=1) == t)),
    ("by all entries", lambda P, t: np.sum(P.argmax(axis=1) == t) / P.size),
    ("cross-entropy", lambda P, t: -np.log(picked(P, t)).mean()),
    ("first only", lambda P, t: float(P[0].argmax() == t[0])),
    ("one label too many", lambda P, t: np.mean(P.argmax(axis=1) == t + 1)),
]

SPLIT = [
    ("exchanged", lambda X, w, h: (X[np.isin(w, h)], X[~np.isin(w, h)])),
    ("the first person", lambda X, w, h: (X[w != h[0]], X[w == h[0]])),
    ("as many rows", lambda X, w, h: (X[: -len(h)], X[-len(h) :])),
    ("as row numbers", lambda X, w, h: (np.delete(X, np.clip(h, 0, len(X) - 1), axis=0), X[np.clip(h, 0, len(X) - 1)])),
    ("trained on all", lambda X, w, h: (X.copy(), X[np.isin(w, h)])),
    ("masks", lambda X, w, h: (~np.isin(w, h), np.isin(w, h))),
    ("sorted by writer", lambda X, w, h: (X[~np.isin(w, h)], np.concatenate([X[w == p] for p in h]))),
    ("the last person", lambda X, w, h: (X[w != h[-1]], X[w == h[-1]])),
    ("writers", lambda X, w, h: (w[~np.isin(w, h)], w[np.isin(w, h)])),
    ("numbers of rows", lambda X, w, h: (np.flatnonzero(~np.isin(w, h)), np.flatnonzero(np.isin(w, h)))),
    ("compared as arrays", lambda X, w, h: (X[w != h], X[w == h])),
    ("test only", lambda X, w, h: X[np.isin(w, h)]),
    ("train sorted, too", lambda X, w, h: (np.concatenate([X[w == p] for p in np.unique(w) if p not in h]), X[np.isin(w, h)])),
    ("tested on all", lambda X, w, h: (X[~np.isin(w, h)], X.copy())),
    ("the share of the rows", lambda X, w, h: (X[: len(X) - np.isin(w, h).sum()], X[len(X) - np.isin(w, h).sum() :])),
    ("between the first and the last", lambda X, w, h: (X[(w < min(h)) | (w > max(h))], X[(w >= min(h)) & (w <= max(h))])),
    ("from the first on", lambda X, w, h: (X[w < min(h)], X[w >= min(h)])),
]

IMAGES = [
    ("standard error is the difference", lambda p, d: p * (1 - p) / d**2),
    ("at the higher", lambda p, d: (p + d) * (1 - p - d) / (d / 2) ** 2),
    ("not squared", lambda p, d: p * (1 - p) / (d / 2)),
    ("at a half", lambda p, d: 0.25 / (d / 2) ** 2),
    ("two methods", lambda p, d: 2 * p * (1 - p) / (d / 2) ** 2),
    ("twice the difference", lambda p, d: p * (1 - p) / (2 * d) ** 2),
    ("one minus p only", lambda p, d: (1 - p) / (d / 2) ** 2),
    ("p only", lambda p, d: p / (d / 2) ** 2),
    ("1.96", lambda p, d: 1.96**2 * p * (1 - p) / d**2),
    ("in between", lambda p, d: (p + d / 2) * (1 - p - d / 2) / (d / 2) ** 2),
    ("root forgotten", lambda p, d: np.sqrt(p * (1 - p)) / (d / 2)),
    ("half of the variance", lambda p, d: p * (1 - p) / (d**2 / 2)),
    ("root of n", lambda p, d: np.sqrt(p * (1 - p)) / (d / 2) ** 2),
    ("1 over the difference", lambda p, d: 1 / d),
    ("n - 1", lambda p, d: p * (1 - p) / (d / 2) ** 2 + 10),
    ("1.96 of the half", lambda p, d: 1.96**2 * p * (1 - p) / (d / 2) ** 2),
]


def apart(a, b):
    return int(np.sum(a & ~b)), int(np.sum(b & ~a))


def tail(n, k):
    return sum(comb(n, i) for i in range(k, n + 1)) / 2**n


def coin(a, b):
    x, y = apart(a, b)
    n, k = x + y, max(x, y)
    return n, k


def two_sided(n, k):
    return min(1.0, 2 * tail(n, k))


COIN = [
    ("one side", lambda a, b: tail(*coin(a, b))),
    ("exactly so uneven", lambda a, b: 2 * comb(*coin(a, b)) / 2 ** coin(a, b)[0]),
    ("doubled also where even", lambda a, b: 2 * tail(*coin(a, b))),
    ("all images tossed", lambda a, b: two_sided(len(a), max(int(a.sum()), len(a) - int(a.sum())))),
    ("more uneven", lambda a, b: two_sided(coin(a, b)[0], coin(a, b)[1] + 1)),
    ("exactly, one side", lambda a, b: comb(*coin(a, b)) / 2 ** coin(a, b)[0]),
    ("complement", lambda a, b: 1 - two_sided(*coin(a, b))),
    ("from A's side", lambda a, b: tail(sum(apart(a, b)), apart(a, b)[0])),
    ("not divided", lambda a, b: sum(comb(coin(a, b)[0], i) for i in range(coin(a, b)[1], coin(a, b)[0] + 1))),
    ("share", lambda a, b: coin(a, b)[1] / max(1, coin(a, b)[0])),
    ("both right counted, too", lambda a, b: two_sided(int((a | b).sum()), max(int(a.sum()), int(b.sum())))),
    ("agreeing images", lambda a, b: two_sided(int((a == b).sum()), max(int((a & b).sum()), int((~a & ~b).sum())))),
    ("up to the larger", lambda a, b: 1 - tail(coin(a, b)[0], coin(a, b)[1] + 1)),
    ("difference of accuracies", lambda a, b: abs(a.mean() - b.mean())),
    ("one run of heads", lambda a, b: 1 / 2 ** coin(a, b)[0]),
    ("doubled from A's side", lambda a, b: 2 * tail(sum(apart(a, b)), apart(a, b)[0])),
    ("doubled from A's side, at most 1", lambda a, b: min(1, 2 * tail(sum(apart(a, b)), apart(a, b)[0]))),
    ("2 to the images", lambda a, b: 2 * sum(comb(coin(a, b)[0], i) for i in range(coin(a, b)[1], coin(a, b)[0] + 1)) / 2 ** len(a)),
]

# 15

FACTOR = [
    ("upside down", lambda N, C: (1 / (N * C), 2 / (N * C), 1 / C)),
    ("samples only", lambda N, C: (N, N / 2, C)),
    ("third by samples", lambda N, C: (N * C, N * C / 2, N)),
    ("third is the same", lambda N, C: (N * C, N * C / 2, 1)),
    ("second is a half", lambda N, C: (N * C, 0.5, C)),
    ("one output", lambda N, C: (N, N / 2, 1)),
    ("third upside down", lambda N, C: (N * C, N * C / 2, 1 / C)),
    ("half forgotten", lambda N, C: (N * C, N * C, C)),
    ("doubled for half", lambda N, C: (N * C, 2 * N * C, C)),
    ("2 counted", lambda N, C: (2 * N * C, N * C, 2 * C)),
    ("first two exchanged", lambda N, C: (N * C / 2, N * C, C)),
    ("third N over C", lambda N, C: (N * C, N * C / 2, N / C)),
    ("outputs only", lambda N, C: (C, C / 2, 1)),
    ("sum of N and C", lambda N, C: (N + C, (N + C) / 2, C)),
    ("third by both", lambda N, C: (N * C, N * C / 2, N * C)),
    ("half of samples", lambda N, C: (N * C, N / 2, C)),
]


def strange(X, y, W1, b1, W2, b2, over=np.size, db=np.sum, hid=lambda a: 1 - a**2, out=slope, two=2, biases=1):
    A1 = np.tanh(X @ W1 + biases * b1)
    A2 = bend(A1 @ W2 + biases * b2)
    dZ2 = two * (A2 - y) * out(A2) / over(y)
    dZ1 = dZ2 @ W2.T * hid(A1)
    return X.T @ dZ1, db(dZ1, axis=0), A1.T @ dZ2, db(dZ2, axis=0)


def sigmoid_inside(X, y, W1, b1, W2, b2):
    A1 = bend(X @ W1 + b1)
    A2 = bend(A1 @ W2 + b2)
    dZ2 = 2 * (A2 - y) * slope(A2) / y.size
    dZ1 = dZ2 @ W2.T * slope(A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


MENDED = [
    ("as it was", lambda *c: strange(*c, over=len, db=np.mean, hid=slope)),
    ("outputs forgotten", lambda *c: strange(*c, over=len)),
    ("biases averaged", lambda *c: strange(*c, db=np.mean)),
    ("sigmoid's slope inside", lambda *c: strange(*c, hid=slope)),
    ("only the slope mended", lambda *c: strange(*c, over=len, db=np.mean)),
    ("only the biases mended", lambda *c: strange(*c, over=len, hid=slope)),
    ("only the mean mended", lambda *c: strange(*c, db=np.mean, hid=slope)),
    ("sigmoid inside", sigmoid_inside),
    ("sum", lambda *c: strange(*c, over=lambda y: 1)),
    ("no square in the slope", lambda *c: strange(*c, hid=lambda a: 1 - a)),
    ("slope of the sum", lambda *c: strange(*c, hid=lambda a: 1 - np.tanh(a) ** 2)),
    ("weights first", lambda *c: tuple(strange(*c)[k] for k in (0, 2, 1, 3))),
    ("no output slope", lambda *c: strange(*c, out=one)),
    ("no 2", lambda *c: strange(*c, two=1)),
    ("biases keep a row", lambda *c: tuple(d if k % 2 == 0 else d[np.newaxis] for k, d in enumerate(strange(*c)))),
    ("sign", lambda *c: strange(*c, two=-2)),
    ("one bias sum", lambda *c: tuple(d if k % 2 == 0 else d.sum() for k, d in enumerate(strange(*c)))),
    ("biases left out", lambda *c: strange(*c, biases=0)),
]

HIDE = [
    ("no bug", lambda: (True, True, True)),
    ("found by the check and slow", lambda: (False, False, False)),
    ("passes the check", lambda: (True, True, False)),
    ("hangs already", lambda: (True, False, True)),
    ("fails and hangs", lambda: (False, False, True)),
    ("passes, does not train", lambda: (False, True, False)),
    ("passes, does not train, hangs", lambda: (False, True, True)),
]

# 16

DIVIDE = [
    ("sign", lambda u, v: (u / v, 1 / v, u / v**2)),
    ("exchanged", lambda u, v: (u / v, -u / v**2, 1 / v)),
    ("as for a product", lambda u, v: (u / v, v, u)),
    ("no square", lambda u, v: (u / v, 1 / v, -u / v)),
    ("numerator forgotten", lambda u, v: (u / v, 1 / v, -1 / v**2)),
    ("1 over u", lambda u, v: (u / v, 1 / v, 1 / u)),
    ("only the quotient", lambda u, v: u / v),
    ("whole division", lambda u, v: (u // v, 1 / v, -u / v**2)),
    ("as for a difference", lambda u, v: (u / v, 1, -1)),
    ("u for 1", lambda u, v: (u / v, u / v, -u / v**2)),
    ("no square, no sign", lambda u, v: (u / v, 1 / v, u / v)),
    ("logarithm", lambda u, v: (u / v, 1 / v, u * np.log(abs(v)))),
    ("upside down", lambda u, v: (v / u, 1 / u, -v / u**2)),
    ("sum", lambda u, v: (u / v, 1, 1)),
    ("both minus", lambda u, v: (u / v, -1 / v, -u / v**2)),
    ("v in u", lambda u, v: (u / v, v, -u / v**2)),
    ("both squared", lambda u, v: (u / v, v / v**2 - 1, -u / v**2)),
]


def walk(s, e, k, order=-1, add=True, seed=1.0, n=None, rule=lambda g, s: g * s):
    grads = np.zeros(int(e.max()) + 1 if n is None else n)
    grads[-1] = seed
    for i in range(len(s))[::order]:
        if add:
            grads[s[i]] += rule(grads[e[i]], k[i])
        else:
            grads[s[i]] = rule(grads[e[i]], k[i])
    return grads


def ones(s, e, k):
    grads = np.ones(int(e.max()) + 1)
    for i in reversed(range(len(s))):
        grads[s[i]] += grads[e[i]] * k[i]
    return grads


def vectorised(s, e, k):
    grads = np.zeros(int(e.max()) + 1)
    grads[-1] = 1
    np.add.at(grads, s, grads[e] * k)
    return grads


def no_chain(s, e, k):
    grads = np.zeros(int(e.max()) + 1)
    grads[-1] = 1
    np.add.at(grads, s, k)
    return grads


WALK = [
    ("forwards", lambda s, e, k: walk(s, e, k, order=1)),
    ("set in place of added", lambda s, e, k: walk(s, e, k, add=False)),
    ("no 1 at the end", lambda s, e, k: walk(s, e, k, seed=0.0)),
    ("slopes added", lambda s, e, k: walk(s, e, k, rule=lambda g, s: g + s)),
    ("slopes alone", no_chain),
    ("starts at 1 everywhere", ones),
    ("starts and ends exchanged", lambda s, e, k: walk(e, s, k)),
    ("all at once", vectorised),
    ("backwards", lambda s, e, k: walk(s, e, k)[::-1]),
    ("without the loss", lambda s, e, k: walk(s, e, k)[:-1]),
    ("as many as links", lambda s, e, k: np.resize(walk(s, e, k), len(s))),
    ("set and forwards", lambda s, e, k: walk(s, e, k, add=False, order=1)),
    ("the loss at 0", lambda s, e, k: np.append(walk(s, e, k)[:-1], 0)),
    ("gradients of the links", lambda s, e, k: walk(s, e, k)[e] * k),
    ("sign", lambda s, e, k: walk(s, e, k, seed=-1.0)),
    ("one too many", lambda s, e, k: np.append(walk(s, e, k), 0)),
    ("slopes forgotten", lambda s, e, k: walk(s, e, k, rule=lambda g, s: g)),
    ("squared", lambda s, e, k: walk(s, e, k, rule=lambda g, s: g * s * s)),
]

VALUES = [
    ("sign", lambda a, b, c, t: tuple(hot(t) - softmax([a, b, c]))),
    ("probabilities", lambda a, b, c, t: tuple(softmax([a, b, c]))),
    ("counted from 1", lambda a, b, c, t: tuple(softmax([a, b, c]) - hot(t - 1))),
    ("only the right one", lambda a, b, c, t: tuple((softmax([a, b, c]) - 1) * hot(t))),
    ("by three", lambda a, b, c, t: tuple((softmax([a, b, c]) - hot(t)) / 3)),
    ("no softmax", lambda a, b, c, t: tuple(np.array([a, b, c]) - hot(t))),
    ("times 2", lambda a, b, c, t: tuple(2 * (softmax([a, b, c]) - hot(t)))),
    ("slope of the softmax", lambda a, b, c, t: tuple(slope(softmax([a, b, c])))),
    ("1 over p", lambda a, b, c, t: tuple(-hot(t) / softmax([a, b, c]))),
    ("sigmoid", lambda a, b, c, t: tuple(bend([a, b, c]) - hot(t))),
    ("minus in all", lambda a, b, c, t: tuple(softmax([a, b, c]) - 1)),
    ("the losses", lambda a, b, c, t: tuple(-np.log(softmax([a, b, c])))),
    ("sum not followed", lambda a, b, c, t: tuple(-1.0 * hot(t))),
    ("order", lambda a, b, c, t: tuple((softmax([a, b, c]) - hot(t))[::-1])),
    ("exponentials", lambda a, b, c, t: tuple(np.exp([a, b, c]) - hot(t))),
    ("slope of the right one", lambda a, b, c, t: tuple(softmax([a, b, c])[t] * (hot(t) - softmax([a, b, c])))),
]

# 17

COUNT_EQUATIONS = [
    ("with biases", lambda N, D, H, C: (D * H + H + H * C + C, -(-(D * H + H + H * C + C) // (N * C)))),
    ("the first table only", lambda N, D, H, C: (D * H, -(-D * H // (N * C)))),
    ("one line, one equation", lambda N, D, H, C: (D * H + H * C, D * H + H * C)),
    ("one prediction for each sample", lambda N, D, H, C: (D * H + H * C, -(-(D * H + H * C) // N))),
    ("one sample in a line", lambda N, D, H, C: (D * H + H * C, -(-(D * H + H * C) // C))),
    ("all sizes multiplied", lambda N, D, H, C: (D * H * C, -(-D * H * C // (N * C)))),
    ("updates, not lines", lambda N, D, H, C: (D * H + H * C, -(-(D * H + H * C) // (N * C)) - 1)),
]

SIX_FAULTS = [
    ("program 2 climbs", lambda: (3, 6, 1, 2, 4, 5)),
    ("program 3 moves W2 first", lambda: (3, 1, 2, 2, 4, 5)),
    ("program 4 is right", lambda: (3, 1, 1, 1, 4, 5)),
    ("program 5 is right", lambda: (3, 1, 1, 2, 1, 5)),
    ("program 6 is right", lambda: (3, 1, 1, 2, 4, 1)),
    ("program 1 is right", lambda: (1, 1, 1, 2, 4, 5)),
    ("1 and 4 exchanged", lambda: (2, 1, 1, 3, 4, 5)),
]

ANOTHER_LOSS = [
    ("the mean of the squares", lambda: (True, True, True)),
    ("a loss of its own, the old step", lambda: (False, True, True)),
    ("a step with a slip", lambda: (False, False, True)),
    ("errors without a sign", lambda: (True, False, False)),
    ("nothing fits", lambda: (False, False, False)),
]

TWO_FAULTS = [
    ("the right step", lambda: (True, True, True)),
    ("bent twice at the output", lambda: (True, False, True)),
    ("W2 moved first", lambda: (True, True, False)),
    ("uphill and no slope", lambda: (False, False, False)),
    ("only uphill", lambda: (False, True, True)),
]

# 18. Not blind: the author of the mistakes wrote these, before comparing the two.


def roll(w, v, g, r, b, sign=1):
    v = b * v + g
    return w - sign * r * v, v


def means(m, s, g, b, c):
    return b * m + (1 - b) * g, c * s + (1 - c) * g * g


def adam_of(m, s, t, b, c, e):
    return m / (1 - b**t) / (np.sqrt(s / (1 - c**t)) + e)


def of_means(way):
    """Return an answer to step-of-adam from the way that it makes of the new means."""

    def step(w, m, s, g, t, r, b, c, e):
        m, s = means(m, s, g, b, c)
        return w - r * way(m, s, t, b, c, e), m, s

    return step


ROLL = [
    ("plus", lambda w, v, g, r, b: roll(w, v, g, r, b, -1)),
    ("(1 - beta)", lambda w, v, g, r, b: (w - r * (b * v + (1 - b) * g), b * v + (1 - b) * g)),
    ("rate inside", lambda w, v, g, r, b: (w - (b * v + r * g), b * v + r * g)),
    ("old v", lambda w, v, g, r, b: (w - r * v, b * v + g)),
    ("v not updated", lambda w, v, g, r, b: (w - r * (b * v + g), v)),
    ("no v", lambda w, v, g, r, b: (w - r * g, g)),
    ("no v, v kept", lambda w, v, g, r, b: (w - r * g, v)),
    ("minus and plus", lambda w, v, g, r, b: (w + b * v - r * g, b * v - r * g)),
    ("v + beta g", lambda w, v, g, r, b: (w - r * (v + b * g), v + b * g)),
    ("v + g", lambda w, v, g, r, b: (w - r * (v + g), v + g)),
    ("beta (v + g)", lambda w, v, g, r, b: (w - r * b * (v + g), b * (v + g))),
    ("no rate", lambda w, v, g, r, b: (w - (b * v + g), b * v + g)),
    ("nesterov", lambda w, v, g, r, b: (w - r * (g + b * (b * v + g)), b * v + g)),
    ("order", lambda w, v, g, r, b: roll(w, v, g, r, b)[::-1]),
    ("only w", lambda w, v, g, r, b: roll(w, v, g, r, b)[0]),
    ("rate twice", lambda w, v, g, r, b: (w - r * (b * v + r * g), b * v + r * g)),
]

ADAM = [
    ("no correction", of_means(lambda m, s, t, b, c, e: m / (np.sqrt(s) + e))),
    ("eps in root", of_means(lambda m, s, t, b, c, e: m / (1 - b**t) / np.sqrt(s / (1 - c**t) + e))),
    ("t - 1", of_means(lambda m, s, t, b, c, e: adam_of(m, s, t - 1, b, c, e))),
    ("no root", of_means(lambda m, s, t, b, c, e: m / (1 - b**t) / (s / (1 - c**t) + e))),
    ("plus", of_means(lambda m, s, t, b, c, e: -adam_of(m, s, t, b, c, e))),
    ("no eps", of_means(lambda m, s, t, b, c, e: adam_of(m, s, t, b, c, 0))),
    ("only m corrected", of_means(lambda m, s, t, b, c, e: m / (1 - b**t) / (np.sqrt(s) + e))),
    ("only s corrected", of_means(lambda m, s, t, b, c, e: m / (np.sqrt(s / (1 - c**t)) + e))),
    ("no power", of_means(lambda m, s, t, b, c, e: adam_of(m, s, 1, b, c, e))),
    ("t + 1", of_means(lambda m, s, t, b, c, e: adam_of(m, s, t + 1, b, c, e))),
    ("betas crossed", lambda w, m, s, g, t, r, b, c, e: of_means(adam_of)(w, m, s, g, t, r, c, b, e)),
    ("no rate", lambda w, m, s, g, t, r, b, c, e: of_means(adam_of)(w, m, s, g, t, 1, b, c, e)),
    ("order", lambda *case: of_means(adam_of)(*case)[::-1]),
    ("only w", lambda *case: of_means(adam_of)(*case)[0]),
    ("times", of_means(lambda m, s, t, b, c, e: m * (1 - b**t) / (np.sqrt(s * (1 - c**t)) + e))),
]

DECAYED = [
    ("biases too", lambda W, b, dW, db, r, k: (W - r * (dW + k * W), b - r * (db + k * b))),
    ("half", lambda W, b, dW, db, r, k: (W - r * (dW + k * W / 2), b - r * db)),
    ("sign", lambda W, b, dW, db, r, k: (W - r * (dW - k * W), b - r * db)),
    ("no rate", lambda W, b, dW, db, r, k: (W - r * dW - k * W, b - r * db)),
    ("two", lambda W, b, dW, db, r, k: (W - r * (dW + 2 * k * W), b - r * db)),
    ("none", lambda W, b, dW, db, r, k: (W - r * dW, b - r * db)),
    ("afterwards", lambda W, b, dW, db, r, k: ((W - r * dW) * (1 - r * k), b - r * db)),
    ("W squared", lambda W, b, dW, db, r, k: (W - r * (dW + k / 2 * W**2), b - r * db)),
    ("plus", lambda W, b, dW, db, r, k: (W + r * (dW + k * W), b + r * db)),
    ("dW shrunk", lambda W, b, dW, db, r, k: (W - r * dW * (1 - k), b - r * db)),
    ("sizes", lambda W, b, dW, db, r, k: (W - r * (dW + k * np.sign(W)), b - r * db)),
    ("b lost", lambda W, b, dW, db, r, k: W - r * (dW + k * W)),
    ("order", lambda W, b, dW, db, r, k: (b - r * db, W - r * (dW + k * W))),
]

ADAMW = [
    ("no decay", lambda w, g, r, k: w - r * np.sign(g)),
    ("no rate at the decay", lambda w, g, r, k: w * (1 - k) - r * np.sign(g)),
    ("plus", lambda w, g, r, k: w * (1 - r * k) + r * np.sign(g)),
    ("plain", lambda w, g, r, k: w - r * (g + k * w)),
    ("not corrected", lambda w, g, r, k: w * (1 - r * k) - r * 0.1 * np.sign(g) / np.sqrt(0.001)),
    ("half", lambda w, g, r, k: w * (1 - r * k / 2) - r * np.sign(g)),
    ("shrunk after", lambda w, g, r, k: (w - r * np.sign(g)) * (1 - r * k)),
    ("grown", lambda w, g, r, k: w * (1 + r * k) - r * np.sign(g)),
    ("a tenth", lambda w, g, r, k: w * (1 - r * k) - 0.1 * r * np.sign(g)),
    ("no rate", lambda w, g, r, k: w * (1 - r * k) - np.sign(g)),
    ("twice", lambda w, g, r, k: w * (1 - 2 * r * k) - r * np.sign(g)),
    ("the way", lambda w, g, r, k: -r * k * w - r * np.sign(g)),
]

LARGEST = [
    ("no root", lambda r, a, b: 2 * r / (1 - b / a)),
    ("to the floor", lambda r, a, b: r / (1 - np.sqrt(b / a))),
    ("the curvature", lambda r, a, b: (1 - np.sqrt(b / a)) / r),
    ("other side", lambda r, a, b: 2 * r / (1 + np.sqrt(b / a))),
    ("a - b", lambda r, a, b: 2 * r / (a - b)),
    ("roots", lambda r, a, b: 2 * r / (np.sqrt(a) - np.sqrt(b))),
    ("share", lambda r, a, b: 2 * r / np.sqrt(b / a)),
    ("upside down", lambda r, a, b: (1 - np.sqrt(b / a)) / (2 * r)),
    ("2 c", lambda r, a, b: 2 * (1 - np.sqrt(b / a)) / r),
    ("4", lambda r, a, b: 4 * r / (1 - np.sqrt(b / a))),
    ("a / b", lambda r, a, b: 2 * r / (np.sqrt(a / b) - 1)),
]

# 19. Not blind: the author of the mistakes wrote these, before comparing the two.


def sharing(shares):
    return lambda g, n: np.tensordot(shares(np.asarray(n, dtype=float)), g, axes=1)


SHARDS = [
    ("mean", lambda g, n: g.mean(axis=0)),
    ("sum", lambda g, n: g.sum(axis=0)),
    ("n g", sharing(lambda n: n)),
    ("n g over K", sharing(lambda n: n / len(n))),
    ("n / N over K", sharing(lambda n: n / n.sum() / len(n))),
    ("1 / n", sharing(lambda n: (1 / n) / (1 / n).sum())),
    ("n / max", sharing(lambda n: n / n.max())),
    ("the other order", sharing(lambda n: n[::-1] / n.sum())),
    ("the largest", lambda g, n: g[n.argmax()]),
    ("without the last", lambda g, n: np.tensordot(n[:-1] / n[:-1].sum(), g[:-1], axes=1)),
    ("median", lambda g, n: np.median(g, axis=0)),
    ("minus", sharing(lambda n: -n / n.sum())),
    ("g / n", sharing(lambda n: 1 / n)),
]

LATE = [
    ("fresh", lambda c, o, w, r: w - r * c * w),
    ("from the old", lambda c, o, w, r: o - r * c * o),
    ("plus", lambda c, o, w, r: w + r * c * o),
    ("no rate", lambda c, o, w, r: w - c * o),
    ("no curvature", lambda c, o, w, r: w - r * o),
    ("the loss", lambda c, o, w, r: w - r * c * o**2 / 2),
    ("mean of both", lambda c, o, w, r: w - r * c * (o + w) / 2),
    ("half", lambda c, o, w, r: w - r * c * o / 2),
    ("difference", lambda c, o, w, r: w - r * c * (o - w)),
    ("old from fresh", lambda c, o, w, r: o - r * c * w),
]


def numbers_of(i, h, o):
    return i * h + h + h * o + o


SENT = [
    ("one way", lambda i, h, o, k: 8 * numbers_of(i, h, o) * k),
    ("one machine", lambda i, h, o, k: 16 * numbers_of(i, h, o)),
    ("no biases", lambda i, h, o, k: 16 * (i * h + h * o) * k),
    ("numbers", lambda i, h, o, k: 2 * numbers_of(i, h, o) * k),
    ("bits", lambda i, h, o, k: 128 * numbers_of(i, h, o) * k),
    ("k - 1", lambda i, h, o, k: 16 * numbers_of(i, h, o) * (k - 1)),
    ("ring", lambda i, h, o, k: 16 * numbers_of(i, h, o) * (k - 1) / k),
    ("pairs", lambda i, h, o, k: 8 * numbers_of(i, h, o) * k * (k - 1)),
    ("first layer", lambda i, h, o, k: 16 * (i * h + h) * k),
    ("numbers, one way", lambda i, h, o, k: numbers_of(i, h, o) * k),
]

LARGER = [
    ("the same rate", lambda n, b, r, k: (r, np.ceil(n / b / k))),
    ("r / k", lambda n, b, r, k: (r / k, np.ceil(n / b / k))),
    ("root", lambda n, b, r, k: (r * k**0.5, np.ceil(n / b / k))),
    ("the same steps", lambda n, b, r, k: (r * k, np.ceil(n / b))),
    ("rounded down", lambda n, b, r, k: (r * k, n // (b * k))),
    ("nothing", lambda n, b, r, k: (r, np.ceil(n / b))),
    ("one batch cut", lambda n, b, r, k: (r * k, np.ceil(n * k / b))),
    ("times k", lambda n, b, r, k: (r * k, np.ceil(n / b) * k)),
]

# What opens the chapters: each question by itself, what is right, and what is answered in its place.

ASKED = {
    "slept": (lambda h: h / 9, [
        ("by the hours studied", lambda h: h / 3),
        ("not scaled", lambda h: h),
        ("times 9", lambda h: h * 9),
        ("by all hours", lambda h: h / 12),
    ]),
    "output": (lambda a: 100 * a, [
        ("times 92", lambda a: 92 * a),
        ("as it is", lambda a: a),
        ("by 100", lambda a: a / 100),
    ]),
    "two inputs": (lambda x, y, v, w: x * v + y * w, [
        ("crossed", lambda x, y, v, w: x * w + y * v),
        ("bent", lambda x, y, v, w: bend(x * v + y * w)),
        ("mean", lambda x, y, v, w: (x * v + y * w) / 2),
        ("brackets", lambda x, y, v, w: (x + y) * (v + w)),
        ("no weights", lambda x, y, v, w: x + y),
    ]),
    "back to hours": (lambda s: 3 * s, [
        ("times 9", lambda s: 9 * s),
        ("divided again", lambda s: s / 3),
        ("times 100", lambda s: 100 * s),
        ("as it is", lambda s: s),
    ]),
    "weights": (lambda d, h, c: d * h + h * c, [
        ("d h c", lambda d, h, c: d * h * c),
        ("the first table", lambda d, h, c: d * h),
        ("with biases", lambda d, h, c: d * h + h + h * c + c),
        ("neurons", lambda d, h, c: d + h + c),
        ("all with all", lambda d, h, c: d * h + h * c + d * c),
    ]),
    "slope from a": (lambda a: a * (1 - a), [
        ("from z", lambda a: slope(bend(a))),
        ("1 - a", lambda a: 1 - a),
        ("a + a a", lambda a: a * (1 + a)),
        ("the activation", lambda a: a),
        ("a quarter", lambda a: 0.25),
    ]),
    "activation": (bend, [
        ("no minus", lambda z: bend(-z)),
        ("upside down", lambda z: 1 + np.exp(-z)),
        ("the slope", lambda z: slope(bend(z))),
        ("not bent", lambda z: z),
        ("minus minus", lambda z: 1 / (1 - np.exp(-z))),
    ]),
    "of minus": (lambda a: 1 - a, [
        ("negative", lambda a: -a),
        ("the same", lambda a: a),
        ("one over", lambda a: 1 / a),
        ("the slope", slope),
    ]),
    "n by h": (lambda n, d, h: n * h, [
        ("with d", lambda n, d, h: n * d * h),
        ("n d", lambda n, d, h: n * d),
        ("d h", lambda n, d, h: d * h),
        ("both tables", lambda n, d, h: n * d + d * h),
        ("n + h", lambda n, d, h: n + h),
    ]),
    "columns": (lambda r, c: c, [
        ("rows", lambda r, c: r),
        ("all", lambda r, c: r * c),
        ("one", lambda r, c: 1),
    ]),
    "one weight": (lambda t, u, v, w: t * v + u * w, [
        ("crossed", lambda t, u, v, w: t * w + u * v),
        ("brackets", lambda t, u, v, w: (t + u) * (v + w)),
        ("all four", lambda t, u, v, w: t * u * v * w),
        ("all added", lambda t, u, v, w: t + u + v + w),
        ("the first path", lambda t, u, v, w: t * v),
    ]),
    "squares": (lambda d, e, f: (d * d + e * e + f * f) / 3, [
        ("the sum", lambda d, e, f: d * d + e * e + f * f),
        ("half the sum", lambda d, e, f: (d * d + e * e + f * f) / 2),
        ("the root", lambda d, e, f: np.sqrt((d * d + e * e + f * f) / 3)),
        ("the mean", lambda d, e, f: (d + e + f) / 3),
        ("sizes", lambda d, e, f: (abs(d) + abs(e) + abs(f)) / 3),
        ("mean, then square", lambda d, e, f: ((d + e + f) / 3) ** 2),
    ]),
    "ceiling": (lambda u, v, w: u + v + w, [
        ("the largest", max),
        ("one", lambda u, v, w: 1),
        ("a hundred", lambda u, v, w: 100),
        ("half", lambda u, v, w: (u + v + w) / 2),
        ("bent", lambda u, v, w: bend(u + v + w)),
    ]),
    "products": (lambda n, d, h: n * d * h, [
        ("sums", lambda n, d, h: n * h),
        ("one student", lambda n, d, h: d * h),
        ("one neuron", lambda n, d, h: n * d),
        ("both tables", lambda n, d, h: n * d + d * h),
    ]),
    "chain": (lambda r, s, t: r * s * t, [
        ("added", lambda r, s, t: r + s + t),
        ("the mean", lambda r, s, t: (r + s + t) / 3),
        ("the last", lambda r, s, t: t),
        ("the sign lost", lambda r, s, t: abs(r * s * t)),
    ]),
    "nudge": (lambda a, b: (b - a) / 0.01, [
        ("the other way", lambda a, b: (a - b) / 0.01),
        ("not divided", lambda a, b: b - a),
        ("by 0.02", lambda a, b: (b - a) / 0.02),
        ("relative", lambda a, b: (b - a) / a),
    ]),
    "students": (lambda a, b, d, e: a * d + b * e, [
        ("the mean", lambda a, b, d, e: (a * d + b * e) / 2),
        ("crossed", lambda a, b, d, e: a * e + b * d),
        ("brackets", lambda a, b, d, e: (a + b) * (d + e)),
        ("the first", lambda a, b, d, e: a * d),
        ("deltas", lambda a, b, d, e: d + e),
    ]),
    "output delta": (lambda a, y: 2 * (a - y) * slope(a), [
        ("no 2", lambda a, y: (a - y) * slope(a)),
        ("no slope", lambda a, y: 2 * (a - y)),
        ("y - a", lambda a, y: 2 * (y - a) * slope(a)),
        ("the error", lambda a, y: a - y),
        ("squared", lambda a, y: (a - y) ** 2),
    ]),
    "largest rate": (lambda c: 2 / c, [
        ("one over", lambda c: 1 / c),
        ("c / 2", lambda c: c / 2),
        ("c", lambda c: c),
        ("one", lambda c: 1),
    ]),
    "newcomer": (lambda h: h / 3, [
        ("at most 1", lambda h: 1),
        ("as it is", lambda h: h),
        ("by 9", lambda h: h / 9),
    ]),
    "hidden delta": (lambda d, w, h: d * w * slope(h), [
        ("no slope", lambda d, w, h: d * w),
        ("the activation", lambda d, w, h: d * w * h),
        ("no weight", lambda d, w, h: d * slope(h)),
        ("of the weight", lambda d, w, h: d * h),
    ]),
    "stuck": (lambda a, b: ((1 - a) ** 2 + (1 - b) ** 2) / 2, [
        ("the sum", lambda a, b: (1 - a) ** 2 + (1 - b) ** 2),
        ("the mean error", lambda a, b: 1 - (a + b) / 2),
        ("from 0", lambda a, b: (a * a + b * b) / 2),
        ("the root", lambda a, b: np.sqrt(((1 - a) ** 2 + (1 - b) ** 2) / 2)),
    ]),
    "update": (lambda w, s, r: w - r * s, [
        ("plus", lambda w, s, r: w + r * s),
        ("no rate", lambda w, s, r: w - s),
        ("the step", lambda w, s, r: r * s),
        ("minus the step", lambda w, s, r: -r * s),
        ("times", lambda w, s, r: w * r * s),
    ]),
    "orders": (lambda n: float(np.prod(np.arange(1, n + 1))), [
        ("squared", lambda n: n**2),
        ("two to the n", lambda n: 2**n),
        ("n", lambda n: n),
        ("pairs", lambda n: comb(n, 2)),
    ]),
    "output weight": (lambda h, d: h * d, [
        ("the delta", lambda h, d: d),
        ("with a slope", lambda h, d: slope(h) * d),
        ("divided", lambda h, d: d / h),
        ("plus", lambda h, d: h + d),
    ]),
    "rival": (lambda p, q, r: (q + r) / 2 - p, [
        ("of all", lambda p, q, r: (p + q + r) / 3 - p),
        ("truth first", lambda p, q, r: p - (q + r) / 2),
        ("the answer", lambda p, q, r: (q + r) / 2),
        ("squared", lambda p, q, r: ((q + r) / 2 - p) ** 2),
    ]),
    "relu": (lambda y, z, v, w: max(y, 0) * v + max(z, 0) * w, [
        ("not bent", lambda y, z, v, w: y * v + z * w),
        ("the size", lambda y, z, v, w: abs(y) * v + z * w),
        ("sigmoids", lambda y, z, v, w: bend(y) * v + bend(z) * w),
        ("the slope", lambda y, z, v, w: w),
        ("0 and 1 exchanged", lambda y, z, v, w: y * v),
    ]),
    "factor": (lambda n, c: 2 / (n * c), [
        ("one over", lambda n, c: 1 / (n * c)),
        ("by n", lambda n, c: 2 / n),
        ("2", lambda n, c: 2),
        ("n c", lambda n, c: n * c),
    ]),
    "parameters": (lambda d, h, c: d * h + h + h * c + c, [
        ("weights", lambda d, h, c: d * h + h * c),
        ("hidden biases", lambda d, h, c: d * h + h + h * c),
        ("all circles", lambda d, h, c: d * h + h * c + d + h + c),
        ("two biases", lambda d, h, c: d * h + h * c + 2),
    ]),
    "nudges": (lambda n: 2 * n, [
        ("n", lambda n: n),
        ("n + 1", lambda n: n + 1),
        ("n squared", lambda n: n * n),
        ("2 n + 1", lambda n: 2 * n + 1),
    ]),
    "quarters": (lambda n: 0.25**n, [
        ("added", lambda n: n / 4),
        ("halves", lambda n: 0.5**n),
        ("one", lambda n: 0.25),
    ]),
    "steps": (lambda n, b: np.ceil(n / b), [
        ("cut off", lambda n, b: n // b),
        ("not rounded", lambda n, b: n / b),
        ("images", lambda n, b: n),
        ("the batch", lambda n, b: b),
    ]),
    "entropy": (lambda p: -np.log(p), [
        ("no minus", lambda p: np.log(p)),
        ("missing", lambda p: 1 - p),
        ("log 10", lambda p: -np.log10(p)),
        ("the square", lambda p: (1 - p) ** 2),
        ("p log p", lambda p: -p * np.log(p)),
    ]),
    "bias": (lambda d, e, f: d + e + f, [
        ("the mean", lambda d, e, f: (d + e + f) / 3),
        ("the first", lambda d, e, f: d),
        ("nothing", lambda d, e, f: 0),
        ("sizes", lambda d, e, f: abs(d) + abs(e) + abs(f)),
    ]),
    "standard error": (lambda p, n: np.sqrt(p * (1 - p) / n), [
        ("no root", lambda p, n: p * (1 - p) / n),
        ("one image", lambda p, n: np.sqrt(p * (1 - p))),
        ("one over", lambda p, n: 1 / np.sqrt(n)),
        ("of the mistakes", lambda p, n: np.sqrt((1 - p) / n)),
    ]),
    "He": (lambda n: np.sqrt(2 / n), [
        ("the variance", lambda n: 2 / n),
        ("one over", lambda n: 1 / np.sqrt(n)),
        ("two over", lambda n: 2 / np.sqrt(n)),
        ("upside down", lambda n: np.sqrt(n / 2)),
    ]),
    "relative": (lambda a, n: (n - a) / n, [
        ("difference", lambda a, n: n - a),
        ("by the smaller", lambda a, n: (n - a) / a),
        ("ratio", lambda a, n: a / n),
        ("the other way", lambda a, n: (a - n) / n),
    ]),
    "slope of a logit": (lambda n, p: (p - 1) / n, [
        ("p", lambda n, p: p / n),
        ("no mean", lambda n, p: p - 1),
        ("minus", lambda n, p: (1 - p) / n),
        ("with p (1 - p)", lambda n, p: (p - 1) * p * (1 - p) / n),
        ("two", lambda n, p: 2 * (p - 1) / n),
    ]),
    "softmax": (lambda y, z: bend(y - z), [
        ("shares", lambda y, z: y / (y + z)),
        ("the other", lambda y, z: bend(z - y)),
        ("ratio", lambda y, z: np.exp(y - z)),
        ("alone", lambda y, z: bend(y)),
    ]),
    "misread": (lambda n, p: (1 - p) * n, [
        ("read", lambda n, p: p * n),
        ("the share", lambda n, p: 1 - p),
        ("per cent", lambda n, p: 100 * (1 - p)),
    ]),
    "used twice": (lambda a, b: b + 2 * a, [
        ("b + a", lambda a, b: b + a),
        ("b", lambda a, b: b),
        ("2 a", lambda a, b: 2 * a),
        ("the loss", lambda a, b: a * b + a * a),
        ("a + 2 b", lambda a, b: a + 2 * b),
    ]),
}  # fmt: skip

OPENINGS = {
    3: ("slept", "output", "two inputs"),
    4: ("back to hours", "weights", "slope from a"),
    5: ("activation", "of minus", "n by h"),
    6: ("columns", "one weight", "squares"),
    7: ("ceiling", "products", "chain"),
    8: ("slope from a", "nudge", "students"),
    9: ("two inputs", "output delta", "largest rate"),
    10: ("newcomer", "hidden delta", "stuck"),
    11: ("weights", "update", "orders"),
    12: ("output weight", "rival", "relu"),
    13: ("squares", "factor", "parameters"),
    14: ("nudges", "quarters", "steps"),
    15: ("entropy", "bias", "standard error"),
    16: ("chain", "He", "relative"),
    17: ("softmax", "misread", "used twice"),
    18: ("update", "largest rate", "slope of a logit"),
    19: ("students", "parameters", "steps"),
}


def opening(*names):
    """Return the wrong answers of a recall: one part wrong, the first ones first, then all three."""
    rights, wrongs = zip(*[ASKED[name] for name in names], strict=True)

    def answering(*functions):
        def answers(*case):
            left = list(case)
            picked = [[left.pop(0) for _ in range(f.__code__.co_argcount)] for f in rights]
            return tuple(float(f(*values)) for f, values in zip(functions, picked, strict=True))

        return answers

    answers = [
        (f"{name}: {what}", answering(*rights[:part], wrong, *rights[part + 1 :]))
        for place in range(6)
        for part, name in enumerate(names)
        for what, wrong in wrongs[part][place : place + 1]
    ]
    return [*answers, ("all wrong", answering(*(wrong[0][1] for wrong in wrongs)))]


ORDERED = [
    ("the chapter's order", in_order(0, 2, 1, 3, 4)),
    ("W2 first", in_order(2, 0, 1, 3, 4)),
    ("the hidden deltas first", in_order(3, 0, 1, 2, 4)),
    ("W1 before its deltas", in_order(0, 1, 4, 3, 2)),
    ("backwards", in_order(4, 3, 2, 1, 0)),
    ("updates first", in_order(2, 4, 0, 1, 3)),
    ("as they are shown", lambda shuffle: "abcde"),
]

BLIND = {
    "say-the-shape": SHAPES_01,
    "write-the-scaler": SCALER,
    "scale-newcomers": NEWCOMERS,
    "undo-the-scaling": UNDO,
    "smallest-to-zero": STRETCH,
    "the-second-student": SUMS,
    "your-own-forward-pass": FORWARD_02,
    "the-limits": LIMITS,
    "reach-a-score": REACH,
    "collapse-by-hand": COLLAPSE,
    "how-steep": STEEP,
    "sigmoid-without-warnings": SIGMOID,
    "slope-of-tanh": TANH,
    "shapes-of-a-forward-pass": SHAPES_04,
    "forward-for-any-sizes": ANY_SIZES,
    "repeatable-start": START,
    "forward-through-a-list": LIST,
    "loss-by-hand": LOSS,
    "write-the-loss": LOSS_OF,
    "nudge-one-row": NUDGE,
    "errors-of-a-nudge": ERRORS,
    "blame-of-the-output": BLAME_OUT,
    "blame-of-the-hidden-layer": BLAME_HIDDEN,
    "one-update": UPDATE,
    "one-whole-step": STEP1,
    "shapes-on-the-way-back": SHAPES_07,
    "backward-pass": BACK,
    "one-step-for-all": STEP,
    "any-number-of-layers": DEEP,
    "stuck-at-the-top": STUCK,
    "write-the-loop": LOOP,
    "fewest-steps": STEPS,
    "another-unit": UNIT,
    "predict-classmates": POINTS,
    "another-start": ANOTHER,
    "inside-the-rectangle": INSIDE,
    "fit-the-plane": PLANE,
    "shuffle-the-scores": SHUFFLE,
    "honest-baseline": BASELINE,
    "leave-one-out": LEAVE,
    "count-the-parameters": COUNT,
    "and-and-or": AND_OR,
    "forward-with-biases": BIASED,
    "xor-of-three": XOR,
    "the-width-of-a-layer": WIDTH,
    "start-for-relu": RELU,
    "fit-the-width": FIT,
    "one-hot-without-eye": ONE_HOT,
    "write-softmax": SOFTMAX,
    "write-cross-entropy": ENTROPY,
    "gradient-by-hand": GRADIENT,
    "write-minibatches": BATCHES,
    "write-accuracy": ACCURACY,
    "split-by-writer": SPLIT,
    "images-to-tell-apart": IMAGES,
    "toss-a-coin": COIN,
    "name-the-factor": FACTOR,
    "mend-the-program": MENDED,
    "hide-a-bug": HIDE,
    "add-an-operation": DIVIDE,
    "walk-back-by-numbers": WALK,
    "cross-entropy-of-values": VALUES,
    "count-the-equations": COUNT_EQUATIONS,
    "name-six-faults": SIX_FAULTS,
    "descend-another-loss": ANOTHER_LOSS,
    "hide-two-faults": TWO_FAULTS,
    "step-with-momentum": ROLL,
    "step-of-adam": ADAM,
    "step-with-decay": DECAYED,
    "first-step-of-adamw": ADAMW,
    "the-largest-rate": LARGEST,
    "gradients-of-shards": SHARDS,
    "a-stale-step": LATE,
    "bytes-per-step": SENT,
    "rate-and-steps": LARGER,
    "order-the-lines": ORDERED,
} | {f"recall-{chapter:02}": opening(*names) for chapter, names in OPENINGS.items()}

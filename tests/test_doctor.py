"""The gradient doctor: what it says of right programs, of wrong ones, and of what it can't know."""

import json
import random
import re
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from public_programs import PROGRAMS
from run_notebooks import NOTEBOOKS
from steps import FORMS, LAYOUTS, PLACES, drawn, made, put_together

from nn_tutorial import Network, numerical_gradients
from nn_tutorial.doctor import diagnose
from nn_tutorial.doctor.faults import ENTRIES
from nn_tutorial.doctor.following import follow
from nn_tutorial.doctor.recipe import SCALED_INSIDE, Factor, Recipe
from nn_tutorial.exercises.feedback import as_text

CONVENTIONS = {
    "per-sample", "single-sample", "rate-missing", "momentum", "regularisation",
    "shared-scalar-bias",
}  # fmt: skip
WORDS = set(json.loads((Path(__file__).parent / "data" / "doctor_words.json").read_text()))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def squares(X, y, params, rate):
    """Descent of half the sum of squares: right."""
    W1, W2 = params
    h = sigmoid(X @ W1)
    o = sigmoid(h @ W2)
    d2 = (o - y) * o * (1 - o)
    return [W1 - rate * X.T @ (d2 @ W2.T * h * (1 - h)), W2 - rate * h.T @ d2]


# --- the programs of others ---------------------------------------------------------------


@pytest.mark.parametrize("sizes", ["free", "built in"])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program["name"])
def test_public_programs_are_diagnosed_rightly(program, sizes):
    built_in = dict(zip("NDHC", program["dims"], strict=True)) if sizes == "built in" else None
    found = diagnose(
        program["step"],
        layout=program["layout"],
        activations=program["activations"],
        sizes=built_in,
    )
    words = set(program["labels"]) - {"none (correct)"}
    if built_in is None:
        words.discard("single-sample")  # it takes any number of rows
    assert found.verdict == program["verdict"]
    assert found.labels == words
    assert {fault.name for fault in found.faults} == {
        word for word in words - CONVENTIONS if not word.startswith("loss=")
    }


# --- switched faults ----------------------------------------------------------------------


def test_two_hundred_drawn_combinations_are_identified():
    seeds, missed, seed = [], [], 0
    while len(seeds) < 200:
        seed += 1
        case = drawn(seed)
        if case is None:
            continue
        seeds.append(seed)
        step, layout, activations, on = case
        found = diagnose(step, layout=layout, activations=activations)
        expected = {word.split("@")[0] for word in on} - {"rate-missing"}
        if {fault.name for fault in found.faults} != expected:
            missed.append((seed, sorted(on), found.verdict, found.labels))
        assert found.verdict in ("correct", "correct-online") or expected, seed
        assert not expected or found.verdict not in ("correct", "correct-online"), seed
    assert len(missed) <= 2, missed


SINGLE = [word for place in PLACES.values() for word in place if word != "rate-missing"]


@cache
def with_one_switch(word):
    output = "tanh" if "no-slope" in word or "output" in word else "sigmoid"
    loss = "half-mean" if word == "mean-twice" else "half-sum"
    step = made("sigmoid", output, loss, [word])
    return diagnose(step, layout=LAYOUTS[2], activations=("sigmoid", output))


@pytest.mark.parametrize("word", SINGLE)
def test_each_switch_alone_is_named(word):
    found = with_one_switch(word)
    assert {fault.name for fault in found.faults} == {word.split("@")[0]}
    assert found.verdict in ("wrong", "partial", "scaled")


PIECES = [(piece, form) for piece, forms in FORMS.items() for form in forms]


@cache
def with_another_form(piece, form):
    return diagnose(partial(put_together, **{piece: FORMS[piece][form][1]}), layout=LAYOUTS[2])


@pytest.mark.parametrize(("piece", "form"), PIECES)
def test_each_other_form_of_a_piece_is_named(piece, form):
    name, found = FORMS[piece][form][0], with_another_form(piece, form)
    assert found.verdict == "wrong"
    assert [fault.name for fault in found.faults] == [name]


@pytest.mark.parametrize("bias", ["b1", "b2"])
def test_a_bias_that_moves_by_the_same_in_each_step_is_told_so(bias):
    def one(d, other, e):
        return np.ones((1, d.shape[1]))

    step = partial(put_together, **{f"sums{bias[1]}": one})
    (fault,) = diagnose(step, layout=LAYOUTS[2], activations=("sigmoid", "sigmoid")).faults
    assert (fault.name, fault.parameter) == ("bias-gradient-to-wrong-parameter", bias)
    assert (
        fault.explanation == f"{bias} is moved by the same in each step, as if its gradient were 1."
    )


def shifted(v):
    return (v - v.min(axis=0)) / np.ptp(v, axis=0)


INSIDE = {
    "column maximum": lambda v: v / np.amax(v, 0),
    "whole maximum": lambda v: v / np.amax(v),
    "largest size of a column": lambda v: v / np.linalg.norm(v, np.inf, axis=0),
    "mean 0, deviation 1": lambda v: (v - np.mean(v, 0)) / np.sqrt(np.var(v, 0)),
    "0 to 1": shifted,
    "by 100": lambda v: 0.01 * v,
    "by 255": lambda v: v * (1 / 255),
    "0.01 to 1, by 255": lambda v: 0.01 + 99 * v / 25500,
}


@pytest.mark.parametrize(("of_X", "of_y"), SCALED_INSIDE)
def test_how_a_step_scales_its_data_inside_is_said(of_X, of_y):
    def step(X, y, params, rate):
        X, y = INSIDE.get(of_X, np.array)(X), INSIDE.get(of_y, np.array)(y)
        return row_by_row(X, y, params, rate, size=99)

    found = diagnose(step, layout=LAYOUTS[2], activations=("sigmoid", "sigmoid"))
    scales = [(what, of) for what, of in (("X", of_X), ("y", of_y)) if of != "as it is"]
    assert [fault.name for fault in found.faults] == ["scaling-inside"] * len(scales)
    for (what, of), fault in zip(scales, found.faults, strict=True):
        by_constant = of in ("by 100", "by 255", "0.01 to 1, by 255")
        how = "data itself ({}): whoever" if by_constant else "data anew ({}), so that a batch"
        assert how.format(f"{what}: {of}") in fault.explanation


def pooled(X, y, params, rate, kind):
    """Take the sum of the errors or of the deltas of all rows, and something of one row."""
    W1, b1, W2, b2 = params
    every = X, sigmoid(X @ W1 + b1)
    every = (*every, sigmoid(every[1] @ W2 + b2))
    one = [v.mean(axis=0)[None] if kind == "mean" else v[-1:] for v in every]
    x, h, o = every if kind in ("last inputs", "last activations", "mean") else one
    d2 = (every[2] - y if o is every[2] else (every[2] - y).sum(axis=0)) * o * (1 - o)
    if kind in ("last activations", "mean"):
        d2, (x, h, o) = d2.sum(axis=0)[None], one
    d1 = d2 @ W2.T * h * (1 - h)
    if kind == "last inputs":
        x, h = (np.tile(v, (len(X), 1)) for v in one[:2])
    sums = [d.sum(axis=0)[None] for d in (d1, d2)]
    moves = x.T @ d1, sums[0], h.T @ d2, sums[1]
    return [p - rate * move for p, move in zip(params, moves, strict=True)]


@pytest.mark.parametrize("kind", ["last slopes", "last inputs", "last activations", "mean"])
def test_something_of_one_row_with_the_sum_of_all_errors_is_named(kind):
    (fault,) = diagnose(partial(pooled, kind=kind), layout=LAYOUTS[2]).faults
    assert fault.name == "last-activations-for-summed-delta"


@pytest.mark.parametrize("flush", [False, True])
@pytest.mark.parametrize("new_W2", [False, True])
@pytest.mark.parametrize("new_inputs", [False, True])
def test_moves_that_come_one_row_late_are_named(new_inputs, new_W2, flush):
    def step(X, y, params, rate):
        W1, W2 = params

        def moved(x, h, late):
            h_then, d2, W2_then = late
            d1 = d2 @ (W2 if new_W2 else W2_then).T * h_then * (1 - h_then)
            return W1 - rate * x.T @ d1, W2 - rate * h.T @ d2

        inputs = late = None
        for x, t in zip(X[:, None], y[:, None], strict=True):
            h = sigmoid(x @ W1)
            o = sigmoid(h @ W2)
            before = W2
            if late:
                W1, W2 = moved(*((x, h) if new_inputs else inputs), late)
            inputs, late = (x, h), (h, (o - t) * o * (1 - o), before)
        return moved(*inputs, late) if flush else (W1, W2)

    found = diagnose(step, layout=LAYOUTS[0])
    assert [fault.name for fault in found.faults] == ["stale-update"]


# --- right programs -----------------------------------------------------------------------


def row_by_row(
    X, y, params, rate, *, of=sigmoid, l2=0.0, momentum=0.0, size=1, order=None, threshold=1,
    shared=False, per=lambda n, c: n, entropy=False, rate_of=lambda rate: rate,
):  # fmt: skip
    """Right descent in many conventions: sigmoid layers, ``size`` rows at a time."""
    W1, b1, W2, b2 = (np.array(p) for p in params)
    velocity = [0, 0, 0, 0]
    rows = list(order(len(X)) if order else range(len(X)))
    for i in range(0, len(X), size):
        x, t = X[rows[i : i + size]], y[rows[i : i + size]]
        bias1, bias2 = (b[:, :1] if shared else b for b in (b1, b2))
        h = of(x @ W1 + threshold * bias1)
        o = of(h @ W2 + threshold * bias2)
        d2 = (o - t) / per(len(x), y.shape[1]) * (1 if entropy else o * (1 - o))
        d1 = d2 @ W2.T * h * (1 - h)
        sums = [threshold * d.sum(axis=0, keepdims=True) for d in (d1, d2)]
        if shared:
            sums = [s.sum() + 0 * s for s in sums]
        gradients = [x.T @ d1 + l2 * W1, sums[0], h.T @ d2 + l2 * W2, sums[1]]
        steps = [rate_of(rate) * g for g in gradients]
        velocity = [momentum * v + s for v, s in zip(velocity, steps, strict=True)]
        W1, b1, W2, b2 = (p - v for p, v in zip((W1, b1, W2, b2), velocity, strict=True))
    return [W1, b1, W2, b2]


CONVENTIONAL = {
    "row by row": {},
    "all at once": {"size": 99},
    "backwards": {"order": lambda n: range(n)[::-1]},
    "shuffled, from a seed": {"order": lambda n: np.random.default_rng(3).permutation(n)},
    "shuffled, by the global generator": {"order": lambda n: np.random.permutation(n)},  # noqa: NPY002
    "minibatches of two": {"size": 2},
    "minibatches of three": {"size": 3},
    "momentum": {"momentum": 0.9},
    "little momentum": {"momentum": 0.2},
    "momentum with six decimals": {"momentum": 0.123457},
    "weights decay": {"size": 99, "l2": 0.01},
    "weights decay, row by row": {"l2": 0.1},
    "thresholds": {"threshold": -1},
    "thresholds, all at once": {"threshold": -1, "size": 99},
    "a shared bias": {"shared": True},
    "a shared bias, all at once": {"shared": True, "size": 99},
    "the mean of all numbers": {"size": 99, "per": lambda n, c: n * c / 2},
    "half of that": {"size": 99, "per": lambda n, c: n * c},
    "the mean of a row's numbers, row by row": {"per": lambda n, c: c / 2},
    "half of that, row by row": {"per": lambda n, c: c},
    "the mean of a row's cross-entropy, row by row": {"per": lambda n, c: c, "entropy": True},
    "the mean of all numbers, in minibatches": {"size": 2, "per": lambda n, c: n * c / 2},
    "the sum": {"size": 99, "per": lambda n, c: 1 / 2},
    "cross-entropy": {"size": 99, "entropy": True},
    "cross-entropy, row by row": {"entropy": True},
    "no rate": {"rate_of": lambda rate: 1},
    "a rate of 0.1 built in": {"rate_of": lambda rate: 0.1, "size": 99},
    "a rate of 0.3 built in, row by row": {"rate_of": lambda rate: 0.3},
}


@cache
def conventional(name, activations):
    step = partial(row_by_row, **CONVENTIONAL[name])
    return diagnose(step, layout=LAYOUTS[2], activations=activations)


@pytest.mark.parametrize("name", CONVENTIONAL)
@pytest.mark.parametrize(
    "activations", [("sigmoid", "sigmoid"), None], ids=["sigmoid said", "nothing said"]
)
def test_right_programs_are_not_accused_whatever_their_convention(name, activations):
    options, found = CONVENTIONAL[name], conventional(name, activations)
    assert found.verdict == ("correct" if options.get("size") == 99 else "correct-online")
    assert not found.faults


def test_a_step_that_goes_backwards_is_right_with_more_rows_than_orders_are_tried_for():
    found = diagnose(
        partial(row_by_row, order=lambda n: range(n)[::-1]),
        layout=LAYOUTS[2],
        activations=("sigmoid", "sigmoid"),
        sizes={"N": 7},
    )
    assert found.verdict == "correct-online"


@pytest.mark.parametrize("alone", [True, False])
def test_a_bias_that_comes_back_as_one_number_is_shared(alone):
    def step(X, y, params, rate):
        biases = [np.full_like(b, b[0, 0]) for b in params[1::2]]
        W1, b1, W2, b2 = row_by_row(
            X, y, [params[0], biases[0], params[2], biases[1]], rate, size=99, shared=True
        )
        return [W1, b1[:, :1], W2, b2[:, :1]] if alone else [W1, b1, W2, b2]

    found = diagnose(step, layout=LAYOUTS[2])
    assert found.verdict == "correct"
    assert "shared-scalar-bias" in found.labels


@pytest.mark.parametrize("bend", ["tanh1716", "bipolar"])
def test_the_bends_of_old_programs_are_known(bend):
    found = diagnose(made(bend, bend, "half-sum"), layout=LAYOUTS[2])
    assert found.verdict == "correct"
    for layer in ("hidden", "output"):
        wrong = made(bend, bend, "half-sum", [f"slope-of-z-given-a@{layer}"])
        faults = diagnose(wrong, layout=LAYOUTS[2]).faults
        assert [fault.name for fault in faults] == ["slope-of-z-given-a"], layer


@pytest.mark.parametrize("online", [False, True])
@pytest.mark.parametrize("loss", ["half-sum", "sum", "half-mean", "mean"])
@pytest.mark.parametrize("output", ["sigmoid", "tanh", "relu", "linear"])
def test_each_squared_loss_is_recognised_with_its_factor(output, loss, online):
    step = made("tanh", output, loss, online=online)
    found = diagnose(step, layout=LAYOUTS[1])
    assert found.verdict == ("correct-online" if online else "correct")
    # Row by row, a mean over the rows of a batch is a mean over one row.
    seen = loss.replace("half-mean", "half-sum").replace("mean", "sum") if online else loss
    assert f"loss={seen}" in found.labels


def columns(X, y, params, rate):
    W1, b1, W2, b2 = params
    h = np.tanh(W1 @ X + b1)
    o = sigmoid(W2 @ h + b2)
    d2 = (o - y) / X.shape[1]
    d1 = W2.T @ d2 * (1 - h * h)
    sums = [d.sum(axis=1, keepdims=True) for d in (d1, d2)]
    return [W1 - rate * d1 @ X.T, b1 - rate * sums[0], W2 - rate * d2 @ h.T, b2 - rate * sums[1]]


def in_place(X, y, params, rate):
    W1, W2 = params
    new = squares(X, y, [W1, W2], rate)
    W1[:], W2[:] = new
    return params


def one_dimensional(X, y, params, rate):
    W1, b1, W2, b2 = row_by_row(X, y, params, rate, size=99)
    return W1, b1[0], W2, b2[0]


def in_float32(X, y, params, rate):
    return [
        p.astype(np.float32) for p in squares(X, y, [p.astype(np.float32) for p in params], rate)
    ]


def of_labels(X, y, params, rate):
    """Softmax and cross-entropy of the labels, with decay, as in a well-known course."""
    W1, b1, W2, b2 = params
    h = np.maximum(0, X @ W1 + b1)
    d2 = np.exp(h @ W2 + b2)
    d2 /= d2.sum(axis=1, keepdims=True)
    d2[range(len(X)), y.argmax(axis=1)] -= 1
    d2 /= len(X)
    d1 = d2 @ W2.T * (h > 0)
    return [
        W1 - rate * (X.T @ d1 + 1e-3 * W1), b1 - rate * d1.sum(axis=0, keepdims=True),
        W2 - rate * (h.T @ d2 + 1e-3 * W2), b2 - rate * d2.sum(axis=0, keepdims=True),
    ]  # fmt: skip


def squares_of_softmax(X, y, params, rate):
    W1, W2 = params
    h = sigmoid(X @ W1)
    o = np.exp(h @ W2)
    o /= o.sum(axis=1, keepdims=True)
    d2 = np.array([(np.diag(p) - np.outer(p, p)) @ (p - t) for p, t in zip(o, y, strict=True)])
    return [W1 - rate * X.T @ (d2 @ W2.T * h * (1 - h)), W2 - rate * h.T @ d2]


@pytest.mark.parametrize(
    ("step", "options"),
    [
        (columns, {"columns": True}),
        (in_place, {}),
        (one_dimensional, {}),
        (in_float32, {}),
        (of_labels, {"activations": ("relu", "softmax")}),
        (squares_of_softmax, {"activations": ("sigmoid", "softmax")}),
        (made("sigmoid", "sigmoid", "half-sum"), {"sizes": {"N": 1}}),
        (made("sigmoid", "sigmoid", "half-sum"), {"sizes": {"N": 3, "D": 2, "H": 3, "C": 1}}),
        (made("tanh", "sigmoid", "mean"), {"activations": ("sigmoid", "sigmoid")}),
    ],
    ids=["columns", "in place", "flat biases", "float32", "labels", "squares of softmax", "one row",
         "built in", "other activations than said"],
)  # fmt: skip
def test_right_programs_of_other_forms_are_called_correct(step, options):
    assert diagnose(step, **options).verdict == "correct"


# --- what it can't know -------------------------------------------------------------------


class WithMemory:
    def __init__(self):
        self.calls = 0

    def __call__(self, X, y, params, rate):
        self.calls += 1
        return squares(X, y, params, rate / self.calls)


def adaptive(X, y, params, rate):
    new = squares(X, y, params, 1)
    return [p - rate * np.sign(p - q) for p, q in zip(params, new, strict=True)]


def huber(X, y, params, rate):
    W1, W2 = params
    h = sigmoid(X @ W1)
    d2 = np.clip(h @ W2 - y, -0.3, 0.3)
    return [W1 - rate * X.T @ (d2 @ W2.T * h * (1 - h)), W2 - rate * h.T @ d2]


def own_rates(X, y, params, rate):
    new = squares(X, y, params, rate)
    return [params[0] + 0.3 * (new[0] - params[0]), new[1]]


def three_passes(X, y, params, rate):
    for _ in range(3):
        params = squares(X, y, params, rate)
    return params


def only_five(X, y, params, rate):
    return squares(X[:5], y[:5], params, rate)


@pytest.mark.parametrize(
    "step", [WithMemory(), adaptive, huber, own_rates, three_passes, only_five]
)
def test_what_is_not_understood_is_neither_right_nor_wrong(step):
    found = diagnose(step)
    assert found.verdict == "unknown"
    assert not found.faults
    assert found.message.startswith("Unknown.")


@pytest.mark.parametrize("size", [1, 99], ids=["row by row", "all at once"])
def test_a_program_that_is_right_at_some_sizes_only_is_not_called_right(size):
    def step(X, y, params, rate):
        new = row_by_row(X, y, params, rate, size=size)
        return [params[0], *new[1:]] if len(X) == 7 else new

    assert diagnose(step, layout=LAYOUTS[2]).verdict == "unknown"


def test_a_program_that_remembers_is_told_so():
    assert "remembers" in diagnose(WithMemory()).message


def test_a_delta_that_does_not_go_back_is_wrong_whatever_the_loss():
    """The output's delta is of no known form, and W1 gets something else."""

    def step(X, y, params, rate):
        W1, W2 = params
        h = sigmoid(X @ W1)
        o = sigmoid(h @ W2)
        d2 = np.arctan(o - y)
        return [W1 - rate * X.T @ (np.sin(d2 @ W2.T) * h), W2 - rate * h.T @ d2]

    found = diagnose(step)
    assert found.verdict == "wrong"
    assert "W1 does not get what W2 gets" in found.message
    assert "what the step subtracts, with a single row: relative error\n    W1 " in found.message


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (lambda X, y, params, rate: params[0] @ y, "raised ValueError"),
        (lambda X, y, params, rate: None, "`return` forgotten"),
        (lambda X, y, params, rate: params[:1], "returned 1 of them"),
        (lambda X, y, params, rate: [p.T for p in params], "has shape"),
        (lambda X, y, params, rate: [p * np.nan for p in params], "not finite"),
        (lambda X, y, params, rate: ["W1", "W2"], "not an array of numbers"),
        (lambda X, y, params, rate: exit(), "raised SystemExit"),
        (lambda X, y, params, rate: params, "nothing moves"),
    ],
)
def test_what_a_program_does_instead_is_said(step, says):
    found = diagnose(step, layout="W1, W2")
    assert found.verdict == "unknown"
    assert says in found.message


def test_an_endless_program_is_stopped():
    def step(X, y, params, rate):
        while True:
            pass

    assert (
        "a million steps" in diagnose(step, layout="W1, W2", sizes=dict.fromkeys("NDHC", 2)).message
    )


def test_sizes_that_hide_a_missing_transpose_are_said():
    found = diagnose(made("sigmoid", "sigmoid", "half-sum", ["missing-transpose@through"]))
    assert [fault.name for fault in found.faults] == ["missing-transpose"]
    assert "It runs where H = C" in found.message


def with_decay(share, rate_of=lambda rate: rate, only=(0, 1)):
    """Squares with a part of the parameters taken away, or added where it is negative."""

    def step(X, y, params, rate):
        new = squares(X, y, params, rate)
        part = share * rate_of(rate)
        return [
            q - part * p * (i in only) for i, (p, q) in enumerate(zip(params, new, strict=True))
        ]

    return step


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (with_decay(1, lambda rate: 1), "The old W1 is not in what comes back"),
        (with_decay(1, lambda rate: 1, only=(1,)), "The old W2 is not in what comes back"),
        (with_decay(-0.1), "makes it grow"),
        (with_decay(3), "flips its sign"),
    ],
)
def test_what_loses_or_blows_up_the_parameters_is_no_decay(step, says):
    found = diagnose(step, layout="W1, W2")
    assert found.verdict == "wrong"
    assert says in found.message


def rates_of_their_own(X, y, params, rate, *, share=(1, 0.5)):
    new = squares(X, y, params, rate)
    return [p + s * (q - p) for p, q, s in zip(params, new, share, strict=True)]


def fourth_powers(X, y, params, rate):
    W1, W2 = params
    h = sigmoid(X @ W1)
    o = sigmoid(h @ W2)
    d2 = 4 * (o - y) ** 3 * o * (1 - o)
    return [W1 - rate * X.T @ (d2 @ W2.T * h * (1 - h)), W2 - rate * h.T @ d2]


def one_layer_after_the_other(X, y, params, rate, step=squares):
    """Descent by W2, then, from a new forward pass, by W1."""
    W1, W2 = params
    W2 = step(X, y, [W1, W2], rate)[1]
    return [step(X, y, [W1, W2], rate)[0], W2]


def backwards_momentum(X, y, params, rate):
    return row_by_row(X, y, params, rate, momentum=-0.9)


def divided_by_the_rate(X, y, params, rate):
    return squares(X, y, params, 1 / rate)


@pytest.mark.parametrize(
    ("step", "layout"),
    [
        (rates_of_their_own, "W1, W2"),
        (lambda *step: rates_of_their_own(*step, share=(1 / 3, 1)), "W1, W2"),
        (fourth_powers, "W1, W2"),
        (one_layer_after_the_other, "W1, W2"),
        (backwards_momentum, "W1, b1, W2, b2"),
        (divided_by_the_rate, "W1, W2"),
    ],
    ids=["rates", "rates of a third", "fourth powers", "layer by layer", "momentum", "1 / rate"],
)
def test_what_may_be_right_in_another_way_is_not_accused_nor_called_right(step, layout):
    assert diagnose(step, layout=layout).verdict == "unknown"


@pytest.mark.parametrize(
    ("output", "loss"),
    [
        ("tanh", "half-sum"),
        ("linear", "mean"),
        ("sigmoid", "cross-entropy-sum"),
        ("softmax", "cross-entropy-mean"),
    ],
)
def test_one_layer_after_the_other_is_not_accused_whatever_the_output(output, loss):
    step = partial(one_layer_after_the_other, step=made("tanh", output, loss))
    assert diagnose(step, layout="W1, W2", activations=("tanh", output)).verdict == "unknown"


# --- the message --------------------------------------------------------------------------


def test_what_the_doctor_says_is_what_was_read(tmp_path):
    """Whoever changes it on purpose reads the new file, and stores it in the place of the old."""
    read = Path(__file__).parent / "data" / "doctor_says.md"
    found = {name: conventional(name, ("sigmoid", "sigmoid")) for name in CONVENTIONAL}
    found |= {word: with_one_switch(word) for word in SINGLE}
    found |= {f"{piece}: {form}": with_another_form(piece, form) for piece, form in PIECES}
    said = {name: re.sub(r"(?m)^    \w\w .*\n?", "", one.message) for name, one in found.items()}
    new = tmp_path / read.name
    text = "\n\n".join(f"## {name}\n\n{words.strip()}" for name, words in said.items())
    new.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    assert new.read_bytes() == read.read_bytes(), f"{new} is not {read}"


def test_the_message_says_verdict_fault_line_section_and_check_in_this_order():
    step = made("sigmoid", "sigmoid", "half-sum", ["w2-updated-first", "rate-missing"])
    found = diagnose(step, layout=LAYOUTS[0])
    parts = [
        "Wrong.",
        "conventions",
        "w2-updated-first",
        "right: dA1",
        "read:  07",
        "W1  ",
        "W2  0",
    ]
    places = [found.message.index(part) for part in parts]
    assert places == sorted(places)
    assert repr(found) == as_text(found.message)
    assert "<strong>Wrong.</strong>" in found._repr_html_()


@pytest.mark.parametrize(
    ("loss", "says"),
    [
        ("half-sum", "half the sum of the squared errors."),
        ("sum", "the sum of the squared errors."),
        ("half-mean", "half the squared error, averaged over the rows."),
        ("mean", "the squared error, averaged over the rows."),
        ("cross-entropy-sum", "the cross-entropy, summed over the rows."),
        ("cross-entropy-mean", "the cross-entropy, averaged over the rows."),
    ],
)
def test_the_first_line_says_what_is_descended(loss, says):
    found = diagnose(made("tanh", "sigmoid", loss), layout=LAYOUTS[2])
    assert found.message.startswith(f"Correct. The step descends {says}\n")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"per": lambda n, c: n * c / 2}, "the mean of all squared errors, over rows and outputs."),
        (
            {"per": lambda n, c: n * c},
            "half the mean of all squared errors, over rows and outputs.",
        ),
        (
            {"per": lambda n, c: n * c, "entropy": True},
            "the cross-entropy, averaged over rows and outputs.",
        ),
        ({"per": lambda n, c: n * c / 2, "entropy": True}, "a multiple of a standard loss."),
    ],
)
def test_the_first_line_says_what_is_averaged_over_rows_and_outputs(options, says):
    found = diagnose(partial(row_by_row, size=99, **options), layout=LAYOUTS[2])
    assert found.message.startswith(f"Correct. The step descends {says}\n")


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (1, "Correct, row by row. It descends half the sum of the squared errors, one row after "
         "another.\nIts conventions: the parameters move after each row.\n"),
        (2, "Correct, in minibatches. It descends half the squared error, averaged over the rows, "
         "some rows after others.\nIts conventions: minibatches of 2 rows.\n"),
    ],
)  # fmt: skip
def test_the_first_lines_say_how_many_rows_go_together(size, says):
    assert diagnose(partial(row_by_row, size=size), layout=LAYOUTS[2]).message.startswith(says)


@pytest.mark.parametrize(
    ("rate", "loss", "says"),
    [
        (1, "half-mean", ", as if it were 1."),
        (2, "mean", ", as if it were 1."),
        (3, "half-mean", ": 3 is built in."),
        (0.1, "half-mean", ": 0.1 is built in."),
    ],
)
def test_a_rate_that_is_built_in_is_said_with_the_loss(rate, loss, says):
    step = partial(row_by_row, size=99, per=lambda n, c: n, rate_of=lambda _: rate)
    found = diagnose(step, layout=LAYOUTS[2])
    assert found.labels == {"rate-missing", f"loss={loss}"}
    assert f"\nIts conventions: it does not use the learning rate{says}\n" in found.message


@pytest.mark.parametrize(
    ("said", "count"),
    {
        "C": lambda N, D, H, C: C,
        "N + 1": lambda N, D, H, C: N + 1,
        "N - 1": lambda N, D, H, C: N - 1,
        "D": lambda N, D, H, C: D,
        "H": lambda N, D, H, C: H,
        "N D": lambda N, D, H, C: N * D,
        "N H": lambda N, D, H, C: N * H,
        "1 / N": lambda N, D, H, C: 1 / N,
        "3": lambda N, D, H, C: 3,
        "8": lambda N, D, H, C: 8,
        "2.5": lambda N, D, H, C: 2.5,
        "something that changes with the sizes": lambda N, D, H, C: N + H,
    }.items(),
)
def test_a_count_that_does_not_belong_there_is_said(said, count):
    def step(X, y, params, rate):
        own = rate / count(*X.shape, params[0].shape[1], y.shape[1])
        return row_by_row(X, y, params, own, size=99, per=lambda n, c: 1)

    found = diagnose(step, layout=LAYOUTS[2])
    assert [fault.name for fault in found.faults] == ["divides-by-wrong-count"]
    assert (
        f"\n1. all parameters: divides-by-wrong-count. Everything is divided by {said}: the way is "
        "right, its length is no usual loss's.\n"
    ) in found.message


@pytest.mark.parametrize("constant", [1 / 20, 0.15])
def test_a_small_constant_is_taken_for_a_rate_and_no_count(constant):
    def step(X, y, params, rate):
        return row_by_row(X, y, params, constant * rate, size=99)

    found = diagnose(step, layout=LAYOUTS[2])
    assert (found.verdict, found.faults) == ("scaled", ())


@pytest.mark.parametrize(
    ("piece", "form", "says"),
    [
        ("through", "of the last output", "still needed: only the last output's is left."),
        ("through", "multiplied up", "still needed: each W2 multiplies the rest."),
        ("through", "written over", "still needed: hidden deltas replace those of Z2."),
        ("through", "h", "goes back through A1 in place of W2."),
        ("through", "the gradient", "goes back through dW2 in place of W2."),
    ],
)
def test_what_stands_there_instead_is_said(piece, form, says):
    step = partial(put_together, **{piece: FORMS[piece][form][1]})
    assert says in diagnose(step, layout=LAYOUTS[2]).message


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("slope-of-z-given-a@output", "dZ2 = dA2 * slope_from_activation(A2)"),
        ("slope-of-z-given-a@hidden", "dZ1 = dA1 * slope_from_activation(A1)"),
        ("missing-transpose@X", "dW1 = X.T @ dZ1"),
    ],
)
def test_the_right_line_is_that_of_the_layer_with_the_fault(word, line):
    (fault,) = diagnose(made("tanh", "sigmoid", "half-sum", [word]), layout=LAYOUTS[2]).faults
    assert fault.line == line


@pytest.mark.parametrize("bias", [1, 3])
@pytest.mark.parametrize(
    ("factor", "how"), [(lambda n: n, "nothing"), (lambda n: n / (n + 1), "N + 1")]
)
def test_the_right_line_of_a_bias_with_another_count_sums_its_own_deltas(bias, factor, how):
    def step(X, y, params, rate):
        new = row_by_row(X, y, params, rate, size=99, per=lambda n, c: n)
        new[bias] = params[bias] - factor(len(X)) * (params[bias] - new[bias])
        return new

    (fault,) = diagnose(step, layout=LAYOUTS[2]).faults
    name = LAYOUTS[2].split(", ")[bias]
    assert (fault.name, fault.parameter) == ("divides-by-wrong-count", name)
    assert f"{name} is divided by {how}, and not as the others are" in fault.explanation
    assert fault.line == f"d{name} = dZ{name[1]}.sum(axis=0)  # divided once, at the output"


def test_the_same_program_gets_the_same_diagnosis():
    step = made("tanh", "sigmoid", "mean", ["no-slope-hidden"], online=True)
    assert diagnose(step) == diagnose(step)


def test_the_generators_of_others_are_left_as_they_were():
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    before = np.random.get_state()[1].copy(), random.getstate()  # noqa: NPY002
    diagnose(squares, layout="W1, W2")
    assert (np.random.get_state()[1] == before[0]).all()  # noqa: NPY002
    assert random.getstate() == before[1]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("over the units, too", "b1 and b2 get one number for all their units"),
        ("none", "b1 and b2 come back with a row for each sample"),
        ("of the other layer", "b1 and b2 are moved by another layer's deltas"),
    ],
)
def test_two_biases_with_one_fault_are_told_at_once(form, says):
    sums = FORMS["sums1"][form][1]
    found = diagnose(partial(put_together, sums1=sums, sums2=sums), layout=LAYOUTS[2])
    assert [fault.parameter for fault in found.faults] == ["b1", "b2"]
    assert says in found.message


def test_the_right_lines_are_written_with_the_names_of_the_notation():
    names = {"X", "y", "y_pred", "W1", "W2", "b1", "b2", "A1", "A2", "Z2", "N", "T", "np"}
    names |= {f"d{name}" for name in ("A1", "A2", "Z1", "Z2", "Z", "W1", "W2", "b", "W", "0")}
    words = {"sum", "axis", "newaxis", "for", "row", "in", "range", "learning_rate"}
    words |= {"slope_from_activation", "d", "zeros_like"}
    for entry in ENTRIES.values():
        if "=" in entry.line or "(" in entry.line:
            said = set(re.findall(r"[A-Za-z_]\w*", entry.line.split("#")[0]))
            assert said <= names | words, entry.line


def test_each_fault_is_said_in_sentences():
    for name, entry in ENTRIES.items():
        for words in (entry.what, entry.tempting):
            assert re.fullmatch(r'(\w|["“{`(]).*\.', words), (name, words)


def test_every_section_that_is_named_exists():
    for entry in ENTRIES.values():
        chapter, heading = entry.section.split(", ", 1)
        text = (NOTEBOOKS / f"{chapter}.ipynb").read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        lines = [line.strip("# \n") for cell in cells for line in cell["source"]]
        assert heading in lines, entry.section


def test_faults_have_the_words_that_were_agreed_on():
    assert set(ENTRIES) <= WORDS | {"rate-missing"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"layout": "W1, b1"}, "layout is 'W1, b1'"),
        ({"activations": ("softmax", "sigmoid")}, "the last only as output"),
        ({"activations": ("sin", "sigmoid")}, "known are sigmoid"),
        ({"sizes": {"M": 3}}, "knows N, D, H and C"),
        ({"sizes": {"N": 0}}, "positive whole number"),
    ],
)
def test_wrong_arguments_are_refused_with_what_would_do(options, says):
    with pytest.raises(ValueError, match=says):
        diagnose(squares, **options)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="step is not a function, but a list"):
        diagnose([])


# --- the specification --------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("output", ["sigmoid", "linear"])
def test_the_textbook_recipe_is_the_gradient_found_by_nudging(hidden, output):
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(5, 3)), rng.uniform(0.1, 0.9, (5, 2))
    params = {"W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=(1, 4))}
    params |= {"W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=(1, 2))}
    factor = Factor(2.0, 1, "N C")  # the package's mean squared error
    recipe = Recipe(hidden, output, factors=dict.fromkeys(params, factor))
    new = follow(recipe, X, y, params, 0.1)
    net = Network.from_weights(
        [params["W1"], params["W2"]],
        [params["b1"][0], params["b2"][0]],
        activation=hidden,
        output="identity" if output == "linear" else output,
    )
    nudged = numerical_gradients(net, X, y)
    for layer, (W, b) in enumerate((("W1", "b1"), ("W2", "b2"))):
        np.testing.assert_allclose((params[W] - new[W]) / 0.1, nudged.weights[layer], atol=1e-8)
        np.testing.assert_allclose((params[b] - new[b])[0] / 0.1, nudged.biases[layer], atol=1e-8)

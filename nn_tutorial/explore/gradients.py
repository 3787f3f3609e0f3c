"""Explore slopes and backpropagation: chapters 05 to 07."""

import numpy as np

from nn_tutorial.activations import sigmoid
from nn_tutorial.network import Network
from nn_tutorial.plots import loss_along_weight, network_diagram
from nn_tutorial.plots.kit.numerals import plain

from .by_hand import INPUTS, OUTPUT
from .cell import Cell, listed
from .controls import choice, slider


def one_weight(X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray) -> Cell:
    """Turn one of the weights, and see the loss and its slope.

    Parameters
    ----------
    X, y : ndarray of float, shapes (n_samples, n_features), (n_samples, n_outputs)
        Scaled data (no unit).
    W1, W2 : ndarray of float, shapes (n_features, n_hidden), (n_hidden, n_outputs)
        The weights (no unit); those that are not turned stay so.
    """
    places = [(k, index) for k, W in enumerate((W1, W2)) for index in np.ndindex(W.shape)]
    names = [f"W{k + 1}[{i}, {j}]" for k, (i, j) in places]
    along = np.linspace(-2, 5, 141)

    def networks(k, index, values):
        weights = [np.repeat(W[np.newaxis], len(values), axis=0) for W in (W1, W2)]
        weights[k][:, *index] = values
        return Network.from_weights(weights)

    curves = [networks(*place, along).loss(X, y) for place in places]

    def draw(which, change):
        k, index = places[which]
        own = (W1, W2)[k][index]
        value, sign = own + change, "−" if round(change, 1) < 0 else "+"
        here = networks(k, index, [value])
        loss, slope = here.loss(X, y)[0], here.gradients(X, y).weights[k][0, *index]
        figure = loss_along_weight(along, curves[which], (value, loss), slope, names[which])
        words = (
            f"{names[which]} = {plain(own, 1)} {sign} {abs(change):.1f} = {plain(value, 1)}: the "
            f"loss is {loss:.6f} and its slope {plain(slope, 6)}, so it falls to the "
            f"{'left' if slope > 0 else 'right'}."
        )
        return figure, words

    which = names.index("W2[0, 0]")
    controls = {
        "which": choice("weight", zip(names, range(len(names)), strict=True), which),
        # A change, not a value: that would have to begin anew for each weight, and a control that
        # the kernel moves can undo what the reader did in the meantime.
        "change": slider("changed by", 0.0, -2.0, 4.0, 0.1),
    }
    return Cell(draw, controls)


def _passes(x, y, W1, W2) -> list[tuple[str, str, dict]]:
    """Return for each step its title, its words, and what the diagram shows."""
    z1 = x @ W1  # (H,)
    a1 = sigmoid(z1)
    z2 = a1 @ W2  # (C,)
    a2 = sigmoid(z2)
    error = a2 - y
    da2 = 2 * error
    dz2 = da2 * a2 * (1 - a2)
    dW2 = np.outer(a1, dz2)  # (H, C)
    da1 = W2 @ dz2  # (H,)
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(x, dz1)  # (D, H)

    forward, hidden, whole = [x, None, None], [x, a1, None], [x, a1, a2]
    return [
        ("the student", f"The scaled hours are {listed(x, 4)}.", {"values": forward}),
        (
            "forward: weighted sums",
            f"z1 = x @ W1: {listed(z1, 6)}.",
            {"values": forward, "notes": [None, ("z", z1), None]},
        ),
        (
            "forward: the bend",
            f"a1 = σ(z1): {listed(a1, 6)}.",
            {"values": hidden, "notes": [None, ("z", z1), None]},
        ),
        (
            "forward: the output's sum",
            f"z2 = a1 @ w2: {listed(z2, 6)}.",
            {"values": hidden, "notes": [None, None, ("z", z2)]},
        ),
        (
            "forward: the output",
            f"a2 = σ(z2): {listed(a2, 6)}, that is {100 * a2[0]:.2f} points.",
            {"values": whole, "notes": [None, None, ("z", z2)]},
        ),
        (
            "the error",
            f"a2 − y = {listed(a2, 6)} − {y:g} = {listed(error, 6)}; the loss, its square, is "
            f"{error[0] ** 2:.6f}.",
            {"values": whole, "notes": [None, None, ("error", error)]},
        ),
        (
            "backward: the slope of the square",
            f"da2 = 2 · error = {listed(da2, 6)}.",
            {"values": whole, "notes": [None, None, ("da", da2)]},
        ),
        (
            "backward: times the slope of the bend",
            f"dz2 = da2 · a2 (1 − a2) = {listed(da2, 6)} · {listed(a2 * (1 - a2), 6)} = "
            f"{listed(dz2, 6)}.",
            {"values": whole, "notes": [None, None, ("dz", dz2)]},
        ),
        (
            "backward: times what came along the line",
            f"dw2 = a1 · dz2 = {listed(dW2[:, 0], 6)}.",
            {"values": whole, "gradients": [None, dW2], "notes": [None, None, ("dz", dz2)]},
        ),
        (
            "backward: times the weight on the line",
            f"da1 = dz2 · w2 = {listed(dz2, 6)} times {listed(W2[:, 0], 1)} = {listed(da1, 6)}.",
            {"values": whole, "notes": [None, ("da", da1), ("dz", dz2)]},
        ),
        (
            "backward: times the slope of the bend",
            f"dz1 = da1 · a1 (1 − a1) = {listed(dz1, 6)}.",
            {
                "values": whole,
                "gradients": [None, dW2],
                "notes": [None, ("dz", dz1), ("dz", dz2)],
            },
        ),
        (
            "backward: times what came along the line",
            f"dW1 = x · dz1: from studied {listed(dW1[0], 6)}, from slept {listed(dW1[1], 6)}.",
            {
                "values": whole,
                "gradients": [dW1, dW2],
                "notes": [None, ("dz", dz1), ("dz", dz2)],
            },
        ),
    ]


def chain_rule(x: np.ndarray, y: float, W1: np.ndarray, W2: np.ndarray) -> Cell:
    """Go forward and backward through the network, one factor of the chain rule at a time.

    Parameters
    ----------
    x : ndarray of float, shape (2,)
        One student's scaled hours (no unit).
    y : float
        The target, a score divided by 100 (no unit).
    W1, W2 : ndarray of float, shapes (2, n_hidden), (n_hidden, 1)
        The weights (no unit).
    """
    steps = _passes(x, y, W1, W2)

    def draw(step):
        name, words, shown = steps[step]
        title = f"{step}. {name}"
        figure = network_diagram(
            [W1, W2], input_names=INPUTS, output_names=OUTPUT, decimals=4, title=title, **shown
        )
        return figure, f"Step {step} ({name}). {words}"

    return Cell(draw, {"step": slider("step", 0, 0, len(steps) - 1, plays=True)})


def pulls(X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray, names: list[str]) -> Cell:
    """See the gradients of each student, and of all together.

    Parameters
    ----------
    X, y : ndarray of float, shapes (n_students, 2), (n_students, 1)
        Scaled hours, and scores divided by 100 (no unit).
    W1, W2 : ndarray of float, shapes (2, n_hidden), (n_hidden, 1)
        The weights (no unit).
    names : list of str
        One for each student.
    """
    net = Network.from_weights([W1, W2])
    everybody = list(range(len(names)))

    def draw(who, points):
        targets = np.vstack([[points / 100], y[1:]])  # (N, 1)
        chosen, targets = X[who], targets[who]
        dW1, dW2 = net.gradients(chosen, targets).weights
        said = 100 * net.predict(chosen)[:, 0]
        of_whom = "the mean loss" if who == everybody else f"student {names[who[0]]}"
        figure = network_diagram(
            [W1, W2], None, [dW1, dW2], INPUTS, OUTPUT, decimals=4, title=f"gradients of {of_whom}"
        )
        words = (
            f"With the score {points} for student {names[0]}, the gradients of {of_whom} are "
            f"{listed(dW2[:, 0], 6)} on the output weights. The network says {listed(said, 1)} "
            f"points."
        )
        return figure, words

    students = [(name, [i]) for i, name in enumerate(names)]
    controls = {
        "who": choice("whose gradients", [*students, ("all", everybody)], everybody),
        "points": slider(f"score of {names[0]}", round(100 * y[0, 0]), 0, 100, unit="points"),
    }
    return Cell(draw, controls)

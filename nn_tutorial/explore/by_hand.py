"""Explore scaling, the forward pass and the sigmoid: chapters 01 to 04."""

import numpy as np

from nn_tutorial.activations import sigmoid, sigmoid_slope
from nn_tutorial.data import MaxScaler
from nn_tutorial.plots import network_diagram, scaling, sigmoid_with_tangent, sum_of_bends
from nn_tutorial.plots.kit.numerals import plain, significant

from .cell import Cell, listed
from .controls import choice, slider

LARGEST = 3.0  # of a weight
INPUTS, OUTPUT = ["hours studied", "hours slept"], ["score"]


def scaled_hours(X: np.ndarray, scaler: MaxScaler) -> Cell:
    """Move a new student's hours, and see where scaling puts them.

    Parameters
    ----------
    X : ndarray of float, shape (n_students, 2)
        Hours studied and slept of the students in the table.
    scaler : MaxScaler
        Fitted to X.
    """
    names = [f"({studied:g}, {slept:g})" for studied, slept in X]

    def draw(studied, slept):
        hours = np.array([studied, slept])
        scaled = scaler.transform([hours])[0]
        above = ("Neither lies", "One of the two lies", "Both lie")[np.sum(scaled > 1)]
        words = (
            f"{studied:.1f} h studied and {slept:.1f} h slept become {listed(scaled, 4)}. "
            f"{above} above 1."
        )
        return scaling(X, scaler.transform(X), names, (hours, scaled), (6, 12)), words

    controls = {
        "studied": slider("hours studied", 4.0, 0.0, 6.0, 0.5, unit="h"),
        "slept": slider("hours slept", 8.0, 0.0, 12.0, 0.5, unit="h"),
    }
    return Cell(draw, controls)


def nine_weights(x: np.ndarray, W1: np.ndarray, W2: np.ndarray, points: float) -> Cell:
    """Set the nine weights of the network, and see the numbers run through it.

    Parameters
    ----------
    x : ndarray of float, shape (2,)
        One student's scaled hours (no unit).
    W1, W2 : ndarray of float, shapes (2, 3), (3, 1)
        The weights at the start (no unit), from -3 to 3 in steps of 0.1.
    points : float
        What the exam said.
    """
    n_inputs, n_hidden = W1.shape

    def draw(**weights):
        values = np.array(list(weights.values())).reshape(n_inputs + 1, n_hidden)
        W1, W2 = values[:n_inputs], values[n_inputs:].T  # (2, 3), (3, 1)
        z1 = x @ W1  # (3,)
        a1 = sigmoid(z1)
        a2 = sigmoid(a1 @ W2)  # (1,)
        # One scale for all settings, or a growing weight would make the others look smaller.
        figure = network_diagram([W1, W2], [x, a1, a2], None, INPUTS, OUTPUT, thickest=LARGEST)
        words = (
            f"Sums {listed(z1, 4)}, activations {listed(a1, 4)}. Output sum "
            f"{plain((a1 @ W2)[0], 4)}, output {a2[0]:.4f}: {100 * a2[0]:.2f} points. "
            f"The exam said {points:g}."
        )
        return figure, words

    groups = [*(f"weights from {name} to" for name in INPUTS), "weights to score from"]
    controls = {
        f"w{i}{j}": slider(f"hidden neuron {j + 1}", start, -LARGEST, LARGEST, 0.1, group=groups[i])
        for (i, j), start in np.ndenumerate(np.vstack([W1, W2.T]))
    }
    return Cell(draw, controls)


def tangent(z: float = 0.0) -> Cell:
    """Move z along the sigmoid, and see the tangent turn.

    Parameters
    ----------
    z : float, default 0.0
        Where it touches at the start, from -8 to 8 in steps of 0.1 (no unit).
    """

    def draw(z):
        a, slope = float(sigmoid(z)), float(sigmoid_slope(z))
        words = (
            f"At z = {plain(z, 1)} the sigmoid is a = {significant(a, 4)}, and its slope is "
            f"a (1 − a) = {significant(slope, 4)}, {100 * slope / 0.25:.1f} % of the largest."
        )
        return sigmoid_with_tangent(z), words

    return Cell(draw, {"z": slider("z", z, -8.0, 8.0, 0.1)})


def random_start(X: np.ndarray, scores: np.ndarray, names: list[str], seed: int = 4) -> Cell:
    """Draw other weights from other seeds, and see what such a network says.

    Parameters
    ----------
    X : ndarray of float, shape (n_students, 2)
        Scaled hours (no unit).
    scores : ndarray of float, shape (n_students, 1)
        What the exam said, in points.
    names : list of str
        One for each student.
    seed : int, default 4
        The seed at the start, from 0 to 99.
    """

    def draw(seed, student):
        rng = np.random.default_rng(seed)
        W1, W2 = rng.normal(size=(2, 3)), rng.normal(size=(3, 1))
        A1 = sigmoid(X @ W1)  # (N, 3)
        A2 = sigmoid(A1 @ W2)  # (N, 1)
        values = [X[student], A1[student], A2[student]]
        words = (
            f"Seed {seed}: the network says {listed(100 * A2[:, 0], 1)} points for the students "
            f"{', '.join(names)}; the exam said {listed(scores[:, 0], 0)}. "
            f"In the circles: student {names[student]}."
        )
        return network_diagram([W1, W2], values, None, INPUTS, OUTPUT), words

    controls = {
        "seed": slider("seed", seed, 0, 99),
        "student": choice("student in the circles", zip(names, range(len(names)), strict=True), 0),
    }
    return Cell(draw, controls)


def two_bends(points: np.ndarray, weights: tuple[float, float, float, float]) -> Cell:
    """Add up two sigmoids of one input, and see which points their sum can meet.

    Parameters
    ----------
    points : ndarray of float, shape (n_points, 2)
        Across and up; across from 0 to 8.
    weights : tuple of float
        At the start: the input weights of the two neurons, from 0 to 4, then their output weights,
        from -6 to 6, all in steps of 0.1 (no unit).
    """
    x = np.linspace(0, 8, 161)

    def draw(w1, w2, v1, v2):
        parts = {"neuron 1": v1 * sigmoid(w1 * x), "neuron 2": v2 * sigmoid(w2 * x)}
        met = v1 * sigmoid(w1 * points[:, 0]) + v2 * sigmoid(w2 * points[:, 0])
        miss = np.abs(met - points[:, 1]).max()
        words = (
            f"Input weights {listed((w1, w2), 1)}, output weights {listed((v1, v2), 1)}: at "
            f"{listed(points[:, 0], 0)} the sum is {listed(met, 2)}, wanted are "
            f"{listed(points[:, 1], 2)}. The largest miss is {plain(miss, 2)}."
        )
        return sum_of_bends(x, parts, points, "cups of coffee", "gain (minutes)", (-6, 6)), words

    names = ("input weight, neuron 1", "input weight, neuron 2", "output weight, neuron 1",
             "output weight, neuron 2")  # fmt: skip
    controls = {
        key: slider(name, start, 0.0 if key[0] == "w" else -6.0, 4.0 if key[0] == "w" else 6.0, 0.1)
        for key, name, start in zip(("w1", "w2", "v1", "v2"), names, weights, strict=True)
    }
    return Cell(draw, controls)

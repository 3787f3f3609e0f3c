"""What networks answer: predictions over time, and the answers of many networks."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .kit.given import at_most, named, numbers, texts_or_empty, vector
from .kit.labels import HALO, label_ends
from .kit.log_axis import write_plainly
from .kit.numerals import plain
from .kit.spacing import rows_without_overlap
from .kit.style import (
    COLOURS,
    INK,
    LINE_STYLES,
    MAX_CURVES,
    PALE_BLUE,
    VERMILLION,
    look,
    new_figure,
    styled,
)
from .kit.writing import wrapped
from .words import answers as words

FEW, MAX_ROWS = 12, 4


@styled
def predictions_over_time(
    steps: np.ndarray,
    predictions: np.ndarray,
    targets: np.ndarray | None = None,
    names: Sequence[str] = (),
    log_steps: bool = False,
    ylabel: str = "predicted score (points)",
) -> Figure:
    """Draw how predictions move while the network trains.

    Parameters
    ----------
    steps : ndarray of int, shape (n_steps,)
        Training steps.
    predictions : ndarray of float, shape (n_steps, n_lines)
        One column a line.
    targets : ndarray of float, shape (n_lines,), optional
        Where each line should end, dotted in its colour.
    names : sequence of str
        One for each line, written at its right end.
    log_steps : bool, default False
        Logarithmic steps; step 0, which has no place there, is left out.
    ylabel : str
        What is predicted, with its unit.

    Returns
    -------
    Figure
        Names at the right end are moved apart where they would overlap.

    Raises
    ------
    ValueError
        For more than 10 lines, for targets or names of another number, and for steps and
        predictions that are none or do not go together.
    """
    steps = vector("steps", steps)
    predictions = numbers("predictions", predictions)
    if predictions.ndim == 1:
        predictions = predictions[:, np.newaxis]
    if predictions.ndim != 2 or len(predictions) != len(steps):
        raise ValueError(
            f"predictions has shape {predictions.shape}, but {len(steps)} steps call for "
            f"({len(steps)}, n_lines)"
        )
    n_lines = predictions.shape[1]
    at_most(n_lines, MAX_CURVES, "lines")
    if targets is not None:
        targets = vector("targets", targets, n_lines, "lines")
    names = texts_or_empty("names", names, n_lines, "lines")
    if log_steps:
        steps, predictions = steps[steps > 0], predictions[steps > 0]
        if len(steps) == 0:
            raise ValueError("no step is positive, and a logarithmic axis shows nothing else")
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(xscale="log" if log_steps else "linear", xlabel="training steps")
    ax.set_ylabel(wrapped(ylabel, 3.0, 11))
    ends = []
    for i, line in enumerate(predictions.T):
        colour, style, _ = look(i)
        marker = "o" if len(steps) <= FEW else None  # few points are shown singly
        # Markers on the edges of the axes must not be cut in half.
        ax.plot(steps, line, color=colour, linestyle=style, marker=marker, clip_on=marker is None)
        if targets is not None:
            ax.axhline(targets[i], color=colour, linestyle=":", linewidth=1.4, zorder=1)
            ax.set_title("dotted: the targets", fontsize=10)
        if names:
            ends.append((line[-1], names[i], colour))
    if np.ptp(steps) > 0:
        ax.set_xlim(steps.min(), steps.max())
    ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
    if log_steps:
        write_plainly(ax.xaxis)
    label_ends(ax, ends)
    fig.alt = words.predictions_over_time(steps, predictions, targets, names)
    return fig


@styled
def answers_histogram(answers: np.ndarray, marks: Mapping[str, float] | None = None) -> Figure:
    """Draw how often many networks give each answer to one question.

    Parameters
    ----------
    answers : ndarray of float, shape (n_networks,)
        Predictions in points.
    marks : dict of str to float, optional
        Values to mark with a line: label to points.

    Returns
    -------
    Figure
        The marks' labels stand above it, in as many rows as they need.

    Raises
    ------
    ValueError
        If there are no answers, or more marks than find room above them.
    """
    answers = numbers("answers", answers).ravel()
    marks = named("marks", marks, "label to points") if marks else {}
    values = [float(numbers(f"marks[{label!r}]", mark, ())) for label, mark in marks.items()]
    fig = new_figure()
    ax = fig.add_subplot()
    # Narrower bins than rounding errors can't be told apart.
    least = 1e-9 * max(abs(answers.min()), abs(answers.max()))
    equal = np.ptp(answers) <= least
    half = max(0.5, 1e3 * least)
    bins = np.linspace(answers.mean() - half, answers.mean() + half, 31) if equal else 30
    ax.hist(answers, bins=bins, color=PALE_BLUE, edgecolor="white", linewidth=0.6)
    ax.set(xlabel="predicted score (points)", ylabel="number of networks")
    everything = [*answers, *values]
    margin = 0.04 * (max(everything) - min(everything))
    margin = margin if margin > least else half
    ax.set_xlim(min(everything) - margin, max(everything) + margin)
    left, right = ax.get_xlim()
    labels = [
        wrapped(f"{label}: {plain(value, 1)}", 5.0, 10, 1)
        for label, value in zip(marks, values, strict=True)
    ]
    places = [(value - left) / (right - left) for value in values]
    colours = (VERMILLION, INK, *COLOURS[2:])
    rows = rows_without_overlap(places, labels, inches=5.0)
    at_most(max(rows, default=0) + 1, MAX_ROWS, "rows of marks above each other")
    for i, row in enumerate(rows):
        colour = colours[i % len(colours)]
        line = LINE_STYLES[i % len(LINE_STYLES)]
        value = left + places[i] * (right - left)
        ax.axvline(value, color=colour, linestyle=line)
        ax.text(
            value, 1.02 + 0.08 * row, labels[i], transform=ax.get_xaxis_transform(),
            ha="center", va="bottom", fontsize=10, color=colour, path_effects=HALO,
        )  # fmt: skip
    fig.alt = words.answers_histogram(answers, dict(zip(marks, values, strict=True)))
    return fig

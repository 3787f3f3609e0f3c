"""What networks answer: predictions over time, and the answers of many networks."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .kit.labels import HALO, label_ends
from .kit.log_axis import write_plainly
from .kit.spacing import rows_without_overlap
from .kit.style import COLOURS, INK, LINE_STYLES, PALE_BLUE, VERMILLION, new_figure, styled

FEW = 12


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
    """
    steps, predictions = np.asarray(steps), np.asarray(predictions, dtype=float)
    predictions = predictions.reshape(len(steps), -1)
    if log_steps:
        steps, predictions = steps[steps > 0], predictions[steps > 0]
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(xscale="log" if log_steps else "linear", xlabel="training steps", ylabel=ylabel)
    ends = []
    for i, line in enumerate(predictions.T):
        colour = COLOURS[i % len(COLOURS)]
        style = LINE_STYLES[i % len(LINE_STYLES)]
        marker = "o" if len(steps) <= FEW else None  # few points are shown singly
        # Markers on the edges of the axes must not be cut in half.
        ax.plot(steps, line, color=colour, linestyle=style, marker=marker, clip_on=marker is None)
        if targets is not None:
            target = float(np.ravel(targets)[i])
            ax.axhline(target, color=colour, linestyle=":", linewidth=1.4, zorder=1)
            ax.set_title("dotted: the targets", fontsize=10)
        if i < len(names):
            ends.append((line[-1], names[i], colour))
    ax.set(xlim=(steps.min(), steps.max()), ylim=ax.get_ylim())
    if log_steps:
        write_plainly(ax.xaxis)
    label_ends(ax, ends)
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
    """
    answers, marks = np.ravel(np.asarray(answers, dtype=float)), marks or {}
    fig = new_figure()
    ax = fig.add_subplot()
    ax.hist(answers, bins=30, color=PALE_BLUE, edgecolor="white", linewidth=0.6)
    ax.set(xlabel="predicted score (points)", ylabel="number of networks")
    everything = [*answers, *marks.values()]
    margin = 0.04 * (max(everything) - min(everything)) or 0.5
    ax.set_xlim(min(everything) - margin, max(everything) + margin)
    left, right = ax.get_xlim()
    texts = [f"{label}: {value:.1f}" for label, value in marks.items()]
    places = [(value - left) / (right - left) for value in marks.values()]
    colours = (VERMILLION, INK, *COLOURS[2:])
    for i, row in enumerate(rows_without_overlap(places, texts, inches=5.0)):
        colour = colours[i % len(colours)]
        line = LINE_STYLES[i % len(LINE_STYLES)]
        value = left + places[i] * (right - left)
        ax.axvline(value, color=colour, linestyle=line)
        ax.text(
            value, 1.02 + 0.08 * row, texts[i], transform=ax.get_xaxis_transform(),
            ha="center", va="bottom", fontsize=10, color=colour, path_effects=HALO,
        )  # fmt: skip
    return fig

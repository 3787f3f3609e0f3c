"""What a network with two inputs answers across the plane, and where it changes its mind."""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .kit.labels import HALO
from .kit.style import BLUE, INK, new_figure, styled

LEVELS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
# Two hues that meet at 0.5. The larger the output, the darker, so that they differ in grey, too.
TONES = ("#EAF3FA", "#D9E9F5", "#C6DEEF", "#F6CFA3", "#EDB07A", "#E08A4C")
MANY_SAMPLES = 40


def _draw_samples(ax: Axes, X: np.ndarray, labels: np.ndarray, size: float) -> None:
    """Draw class 0 as hollow blue circles, class 1 as solid vermillion squares."""
    for label, marker, edge, face in ((0, "o", BLUE, "white"), (1, "s", "white", "#B34700")):
        ax.plot(
            *X[labels == label].T, marker, color=edge, markerfacecolor=face, markersize=size,
            markeredgewidth=1.0 + 0.1 * size * (label == 0), linestyle="none", zorder=5,
            clip_on=False,
        )  # fmt: skip


def _draw_key(ax: Axes) -> None:
    """Draw the scale of the outputs; its ends carry the samples' markers."""
    for (low, high), tone in zip(pairwise(LEVELS), TONES, strict=True):
        ax.axhspan(low, high, color=tone, linewidth=0)
    ax.axhline(0.5, color=INK, linestyle="-", linewidth=2.5)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], ylabel="output of the network (no unit)")
    ax.set_label("<colorbar>")
    ax.set_yticks(LEVELS)
    ax.yaxis.set_label_position("right")
    ax.yaxis.tick_right()
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(True)
    _draw_samples(ax, np.array([[0.5, 0.05], [0.5, 0.95]]), np.array([0, 1]), 8)


def _draw_change(ax: Axes, first, second, outputs: np.ndarray, X: np.ndarray) -> None:
    """Draw the line where the output is 0.5, and name it where no sample is near."""
    # If all outputs lie on one side there is no such line, and matplotlib would warn.
    if not outputs.min() < 0.5 < outputs.max():
        return
    line = ax.contour(first, second, outputs, [0.5], colors=INK, linewidths=2.5)
    to_axes = ax.transData + ax.transAxes.inverted()
    points = np.concatenate([s for s in line.allsegs[0] if len(s)])
    places, samples = to_axes.transform(points), to_axes.transform(X)
    room = np.min(np.linalg.norm(places[:, None] - samples, axis=2), axis=1)
    inside = np.all((places > 0.1) & (places < 0.9), axis=1)
    best = points[np.argmax(room + inside)]
    for text in ax.clabel(line, fmt="0.5", fontsize=10, inline_spacing=3, manual=[tuple(best)]):
        text.set(path_effects=HALO, fontweight="bold", zorder=6)


@styled
def decision_boundary(
    first: np.ndarray,
    second: np.ndarray,
    outputs: np.ndarray,
    X: np.ndarray,
    labels: np.ndarray,
    names: tuple[str, str] = ("first input", "second input"),
    title: str | None = None,
) -> Figure:
    """Draw a network's output over two inputs, with the line where it is 0.5.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n_first,), (n_second,)
        The inputs' values, across and up.
    outputs : ndarray of float, shape (n_second, n_first)
        The network's output at each pair, from 0 to 1 (no unit).
    X : ndarray of float, shape (n_samples, 2)
        The samples, in the units of `first` and `second`.
    labels : ndarray of int, shape (n_samples,)
        Their classes, 0 or 1.
    names : (str, str)
        The inputs' names, with their units where they have any.
    title : str, optional
        Written above.

    Returns
    -------
    Figure
        Class 0 is drawn as hollow circles, class 1 as solid squares, also in the scale at the
        right. The scale is always 0 to 1, so that figures can be frames of one animation.
    """
    X, labels = np.asarray(X, dtype=float), np.ravel(labels)
    outputs = np.clip(np.asarray(outputs, dtype=float), 0, 1)
    fig = new_figure(5.0, 3.8)
    ax, key = fig.subplots(1, 2, width_ratios=(18, 1))
    ax.contourf(first, second, outputs, LEVELS, colors=TONES)
    ax.grid(False)
    size = 12 if len(X) <= 8 else 7 if len(X) <= MANY_SAMPLES else 5
    _draw_samples(ax, X, labels, size)
    ax.set_xlim(min(np.min(first), X[:, 0].min()), max(np.max(first), X[:, 0].max()))
    ax.set_ylim(min(np.min(second), X[:, 1].min()), max(np.max(second), X[:, 1].max()))
    ax.set(xlabel=names[0], ylabel=names[1], title=title or "")
    ax.locator_params(nbins=4)
    _draw_change(ax, first, second, outputs, X)
    _draw_key(key)
    return fig

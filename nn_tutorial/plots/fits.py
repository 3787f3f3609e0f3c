"""Straight lines through a few points: what one weight can do, and what a bias adds."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .kit.labels import label_ends
from .kit.style import COLOURS, GREY, INK, LINE_STYLES, new_figure, styled


@styled
def line_fits(
    x: np.ndarray,
    y: np.ndarray,
    lines: Mapping[str, tuple[float, float]],
    xlabel: str = "input x (no unit)",
    ylabel: str = "output y (no unit)",
) -> Figure:
    """Draw a few points and straight lines, with the origin always in view.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_points,)
        The points.
    lines : dict of str to (float, float)
        Name to slope and intercept.
    xlabel, ylabel : str
        What is drawn, with its unit.

    Returns
    -------
    Figure
        Lines carry their names at the right end; the origin is where the dotted axes cross.
    """
    x, y = np.ravel(np.asarray(x, dtype=float)), np.ravel(np.asarray(y, dtype=float))
    fig = new_figure()
    ax = fig.add_subplot()
    left, right = min(0.0, x.min()), max(0.0, x.max())
    ends = np.array([left, right]) + 0.08 * (right - left) * np.array([-1, 1])
    ax.axhline(0, color=GREY, linestyle=":", linewidth=1.4, zorder=1)
    ax.axvline(0, color=GREY, linestyle=":", linewidth=1.4, zorder=1)
    named = []
    for i, (name, (slope, intercept)) in enumerate(lines.items()):
        colour = COLOURS[i % len(COLOURS)]
        heights = slope * ends + intercept
        ax.plot(ends, heights, color=colour, linestyle=LINE_STYLES[i % len(LINE_STYLES)])
        named.append((heights[-1], name, colour))
    ax.plot(x, y, "o", color=INK, markeredgecolor="white", linestyle="none", zorder=5)
    ax.margins(y=0.08)
    ax.set(xlim=ends, ylim=ax.get_ylim(), xlabel=xlabel, ylabel=ylabel)
    label_ends(ax, named)
    return fig

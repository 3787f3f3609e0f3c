"""Straight lines through a few points: what one weight can do, and what a bias adds."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .kit.given import at_most, named, numbers, vector
from .kit.labels import label_ends
from .kit.style import GREY, INK, MAX_CURVES, look, new_figure, styled
from .kit.writing import wrapped


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

    Raises
    ------
    ValueError
        If x and y do not go together, or for more than 10 lines.
    """
    x = vector("x", x)
    y = vector("y", y, len(x), "places x")
    lines = {
        str(name): numbers(f"lines[{name!r}]", line, (2,)).tolist()
        for name, line in named("lines", lines, "name to slope and intercept").items()
    }
    at_most(len(lines), MAX_CURVES, "lines")
    fig = new_figure()
    ax = fig.add_subplot()
    left, right = min(0.0, x.min()), max(0.0, x.max())
    right = right if right > left else 1.0
    ends = np.array([left, right]) + 0.08 * (right - left) * np.array([-1, 1])
    ax.axhline(0, color=GREY, linestyle=":", linewidth=1.4, zorder=1)
    ax.axvline(0, color=GREY, linestyle=":", linewidth=1.4, zorder=1)
    named_ends = []
    for i, (name, (slope, intercept)) in enumerate(lines.items()):
        colour, line, _ = look(i)
        heights = slope * ends + intercept
        ax.plot(ends, heights, color=colour, linestyle=line)
        named_ends.append((heights[-1], name, colour))
    ax.plot(x, y, "o", color=INK, markeredgecolor="white", linestyle="none", zorder=5)
    ax.margins(y=0.08)
    ax.set(xlim=ends, ylim=ax.get_ylim())
    ax.set(xlabel=wrapped(xlabel, 4.0, 11), ylabel=wrapped(ylabel, 3.0, 11))
    label_ends(ax, named_ends)
    return fig

"""Labels beside what they name, without touching one another."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from .spacing import spread
from .style import COLOURS, INK, MARKERS

HALO = (withStroke(linewidth=3, foreground="white"),)
INCH_PER_LINE = 0.19


def label_ends(ax: Axes, ends: Sequence[tuple[float, str, str]], x: float = 1.02) -> None:
    """Name lines at their right ends, spread so that no two names overlap.

    Parameters
    ----------
    ax : Axes
        Its limits are final.
    ends : sequence of (y, text, colour)
        Where each line ends, in data units.
    x : float
        Where the names begin, in fractions of the axes.
    """
    if not ends:
        return
    to_axes = ax.transData + ax.transAxes.inverted()
    x_data = ax.get_xlim()[1]
    wanted = [float(to_axes.transform((x_data, y))[1]) for y, _, _ in ends]
    height = 0.72 * ax.figure.get_size_inches()[1]
    for y, (_, text, colour) in zip(
        spread(wanted, INCH_PER_LINE / height, 0.0, 1.0), ends, strict=True
    ):
        ax.text(x, y, text, color=colour, transform=ax.transAxes, va="center", fontsize=10)


def label_point(ax: Axes, x: float, y: float, text: str, colour: str = INK) -> None:
    """Name a point beside it, on the side that has room inside the axes."""
    across, up = (ax.transData + ax.transAxes.inverted()).transform((x, y))
    left, below = across > 0.72, up > 0.9
    ax.annotate(
        text,
        (x, y),
        xytext=(-8 if left else 8, -5 if below else 5),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top" if below else "bottom",
        color=colour,
        fontsize=10,
        path_effects=HALO,
        zorder=6,
    )


def student_points(ax: Axes, points: np.ndarray, names: Sequence[str]) -> None:
    """Draw each student with a colour and marker that are the same in every figure.

    Parameters
    ----------
    ax : Axes
        Its limits are final.
    points : ndarray of float, shape (n_students, 2)
        Across and up, in the units of the axes.
    names : sequence of str
        One for each student.
    """
    for i, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        colour, marker = COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]
        ax.plot(
            [x], [y], marker, color=colour, markersize=9, markeredgecolor="white", zorder=5,
            linestyle="none",
        )  # fmt: skip
        label_point(ax, x, y, name, colour)

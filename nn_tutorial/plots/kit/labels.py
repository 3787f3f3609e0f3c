"""Labels beside what they name, without touching one another."""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from .given import at_most
from .spacing import spread
from .style import INK, MAX_CURVES, look
from .writing import height_of, width_of, wrapped

HALO = (withStroke(linewidth=3, foreground="white"),)
INCH_PER_LINE, INCH_PER_FURTHER_LINE = 0.19, 0.165
SIZE, WIDEST = 10, 1.8  # points, inches


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
    names = [wrapped(text, WIDEST, SIZE) for _, text, _ in ends]
    to_axes = ax.transData + ax.transAxes.inverted()
    x_data = ax.get_xlim()[1]
    wanted = [float(to_axes.transform((x_data, y))[1]) for y, _, _ in ends]
    height = 0.72 * ax.figure.get_size_inches()[1]
    more = INCH_PER_FURTHER_LINE * max(text.count("\n") for text in names)
    distance, edge = INCH_PER_LINE + more, more / 2 / height
    at_most(len(ends), int((height - more) / distance) + 1, "names of that length")
    heights = spread(wanted, distance / height, edge, 1.0 - edge)
    for y, text, (_, _, colour) in zip(heights, names, ends, strict=True):
        ax.text(x, y, text, color=colour, transform=ax.transAxes, va="center", fontsize=SIZE)


def _sides(
    ax: Axes, x: float, y: float, text: str
) -> list[tuple[bool, bool, int, bool, np.ndarray]]:
    """List the sides of a point: left, below, how many lines away, beyond the axes, and the place.

    First comes the usual side, then those inside the axes, then those beyond.
    """
    across, up = (ax.transData + ax.transAxes.inverted()).transform((x, y))
    size = ax.get_window_extent().size / ax.figure.dpi
    corner = np.array([across, up]) * size
    first = across > 0.72, up > 0.9
    width, height = width_of(text, SIZE), height_of(text, SIZE)
    sides = []
    for away, swap in itertools.product(range(5), ((0, 0), (0, 1), (1, 0), (1, 1))):
        left, below = first[0] ^ swap[0], first[1] ^ swap[1]
        x0 = corner[0] + (-0.11 - width if left else 0.11)
        up = 0.07 + away * height
        y0 = corner[1] + (-up - height if below else up)
        place = np.array([[x0, y0], [x0 + width, y0 + height]])
        if not sides or np.all(place >= 0):  # left of the axes and below them there are numbers
            sides.append((left, below, away, bool(np.any(place[1] > size)), place))
    usual, *others = sides
    return [usual, *sorted(others, key=lambda side: side[3])]


def _touch(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.all(one[0] < other[1]) and np.all(other[0] < one[1]))


def label_point(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    colour: str = INK,
    taken: list[np.ndarray] | None = None,
) -> None:
    """Name a point beside it, on the side that has room inside the axes.

    With `taken`, the places of other names, in inches, a side is chosen where it touches none, if
    there is one, and its own place is appended.
    """
    if not text:
        return
    across = ax.get_window_extent().width / ax.figure.dpi
    text, taken = wrapped(text, min(WIDEST, 0.45 * across), SIZE), [] if taken is None else taken
    sides = _sides(ax, x, y, text)
    free = (side for side in sides if not any(_touch(side[-1], other) for other in taken))
    left, below, away, _, place = next(free, sides[0])
    taken.append(place)
    up = 5 + away * 72 * height_of(text, SIZE)
    ax.annotate(
        text,
        (x, y),
        xytext=(-8 if left else 8, -up if below else up),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top" if below else "bottom",
        color=colour,
        fontsize=SIZE,
        path_effects=HALO,
        zorder=6,
    )


def student_points(ax: Axes, points: np.ndarray, names: Sequence[str]) -> list[np.ndarray]:
    """Draw each student with a colour and marker that are the same in every figure.

    Parameters
    ----------
    ax : Axes
        Its limits are final.
    points : ndarray of float, shape (n_students, 2)
        Across and up, in the units of the axes.
    names : sequence of str
        One for each student.

    Returns
    -------
    list of ndarray
        The places of the names, for ``label_point``.
    """
    at_most(len(points), MAX_CURVES, "students, each with a marker and a name,")
    taken: list[np.ndarray] = []
    for i, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        colour, _, marker = look(i)
        ax.plot(
            [x], [y], marker, color=colour, markersize=9, markeredgecolor="white", zorder=5,
            linestyle="none",
        )  # fmt: skip
        label_point(ax, x, y, name, colour, taken)
    return taken

"""What several bends add up to: each neuron's part, and their sum."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .kit.given import at_most, limits, named, numbers, vector
from .kit.labels import label_ends
from .kit.style import BLUE, INK, MAX_CURVES, look, new_figure, styled
from .kit.writing import wrapped
from .words import chains as words


@styled
def sum_of_bends(
    x: np.ndarray,
    parts: Mapping[str, np.ndarray],
    points: np.ndarray,
    xlabel: str = "input x (no unit)",
    ylabel: str = "sum (no unit)",
    heights: tuple[float, float] | None = None,
) -> Figure:
    """Draw what each neuron adds, their sum, and the points that it should meet.

    Parameters
    ----------
    x : ndarray of float, shape (n_places,)
        Where the parts were computed, rising.
    parts : dict of str to ndarray of float, shape (n_places,)
        Name of a neuron to what it adds to the sum.
    points : ndarray of float, shape (n_points, 2)
        Across and up.
    xlabel, ylabel : str
        What is drawn, with its unit.
    heights : (float, float), optional
        The lower and the upper end of the axis; by default all is shown.

    Returns
    -------
    Figure
        The sum is the thick line; each line carries its name at the right end.

    Raises
    ------
    ValueError
        If parts and x do not go together, or for more than 9 parts.
    """
    x = vector("x", x)
    parts = {
        str(name): vector(f"parts[{name!r}]", part, len(x), "places x")
        for name, part in named("parts", parts, "name to array").items()
    }
    at_most(len(parts), MAX_CURVES - 1, "parts")
    points = numbers("points", points, ("n_points", 2))
    fig = new_figure()
    ax = fig.add_subplot()
    total = np.sum(list(parts.values()), axis=0)
    ends = []
    for i, (name, part) in enumerate(parts.items(), start=1):
        colour, line, _ = look(i)
        ax.plot(x, part, color=colour, linestyle=line, linewidth=1.6)
        ends.append((part[-1], name, colour))
    ax.plot(x, total, color=BLUE, linestyle="-", linewidth=3.2)  # the cycle would give dashes
    ax.plot(*points.T, "o", color=INK, markeredgecolor="white", linestyle="none", zorder=5,
            clip_on=False)  # fmt: skip
    ax.margins(x=0, y=0.08)
    if (given := limits("heights", heights)) is not None:
        ax.set_ylim(given)
    ax.set(xlabel=wrapped(xlabel, 4.0, 11), ylabel=wrapped(ylabel, 3.0, 11))
    label_ends(ax, [*ends, (total[-1], "sum", BLUE)])
    fig.alt = words.sum_of_bends(x, parts, points, xlabel, ylabel)
    return fig

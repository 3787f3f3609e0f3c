"""Maps with labelled contour lines."""

import numpy as np
from matplotlib.axes import Axes

from .labels import HALO
from .numerals import significant
from .style import INK


def draw_contours(ax: Axes, x, y, z, levels, cmap, log: bool = False) -> None:
    """Fill between levels and draw their lines; with `log`, only powers of ten are labelled."""
    # Between grid points, the logarithm of a steep valley is nearer to a straight line.
    shown = np.log10(np.maximum(z, levels[0] / 10)) if log else np.asarray(z)
    lines = np.log10(levels) if log else np.asarray(levels)
    edges = np.unique([shown.min(), *lines, shown.max()])
    if len(edges) == 1:
        edges = edges + np.array([-0.5, 0.5])
    ax.contourf(x, y, shown, edges, colors=[cmap(s) for s in np.linspace(0, 1, len(edges) - 1)])
    ax.grid(False)
    if len(lines) == 0:
        return
    drawn = ax.contour(x, y, shown, lines, colors=INK, linewidths=0.8, linestyles="-")
    named = lines[np.isclose(lines, np.round(lines))] if log else lines
    write = (lambda power: significant(10.0**power)) if log else significant
    for text in ax.clabel(drawn, named, fmt=write, fontsize=9, inline_spacing=4):
        text.set_path_effects(HALO)

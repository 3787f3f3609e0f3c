"""Maps with labelled contour lines."""

import numpy as np
from matplotlib.axes import Axes

from .labels import HALO
from .log_axis import in_full
from .numerals import power, told_apart
from .style import INK

DARKER = "darker is higher"  # for the title, where any line is crossed


def draw_contours(
    ax: Axes, x, y, z, levels, cmap, log: bool = False, crowded: bool = False, shade: float = 0.0
) -> str:
    """Fill between levels and draw their lines; each is labelled, unless the map is crowded.

    With `log` and crowded, only the powers of ten are.

    Where no level is crossed there is one tone, of a shade from 0 to 1. The words returned then say
    what no line says; else they are empty.
    """
    z, levels = np.asarray(z), np.asarray(levels)
    if len(levels) == 0:
        ax.contourf(x, y, np.zeros(z.shape), [-0.5, 0.5], colors=[cmap(shade)])
        ax.grid(False)
        low, *high = _written(np.unique([z.min(), z.max()]))
        return f"from {low} to {high[0]}" if high else f"{low} everywhere"
    # Between grid points, the logarithm of a steep valley is nearer to a straight line.
    shown = np.log10(np.maximum(z, levels[0] / 10)) if log else z
    lines = np.log10(levels) if log else levels
    edges = np.unique([shown.min(), *lines, shown.max()])
    ax.contourf(x, y, shown, edges, colors=[cmap(s) for s in np.linspace(0, 1, len(edges) - 1)])
    ax.grid(False)
    drawn = ax.contour(x, y, shown, lines, colors=INK, linewidths=0.8, linestyles="-")
    named = lines[np.isclose(lines, np.round(lines))] if log and crowded else lines
    texts = dict(zip(named.tolist(), _written(10.0**named if log else named), strict=True))
    for text in ax.clabel(drawn, named, fmt=texts, fontsize=9, inline_spacing=4):
        text.set_path_effects(HALO)
    return ""


def _written(levels: np.ndarray) -> list[str]:
    """Write all levels in full, or, as on an axis of that range, all as powers of ten."""
    sizes = np.abs(levels[levels != 0])
    if in_full(np.min(sizes, initial=1.0), np.max(sizes, initial=1.0)):
        return told_apart(levels)
    return [power(level) for level in levels]

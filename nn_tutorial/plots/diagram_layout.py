"""Where the circles of a network stand, and where the numbers on its lines find room."""

import numpy as np

BOTTOM, TOP = 0.62, 3.3  # in inches, as all lengths here
RADIUS = 0.3
AMPLE_ROOM = 0.45
LARGEST_FONT, SMALLEST_FONT = 10.0, 7.0  # in points


def heights_of_layer(size: int) -> np.ndarray:
    """Return the heights of one layer's nodes, top to bottom; in small layers they stand closer."""
    gap = min(1.25, (TOP - BOTTOM) / max(size - 1, 1)) if size != 2 else 2.2
    return (TOP + BOTTOM) / 2 + gap * ((size - 1) / 2 - np.arange(size))


def _best_fraction(ends: tuple, width: float) -> tuple[float, float]:
    """Find where along the edges a column of labels has most room, and how much, in inches."""
    (x0, start), (x1, end) = ends
    margin = min((RADIUS + width / 2 + 0.05) / (x1 - x0), 0.5)
    rooms = []
    # Nearer to the start than to the end: beyond the middle the edges have crossed.
    fractions = np.linspace(margin, max(margin, 0.45), 41)
    for t in fractions:
        heights = np.sort((start[:, None] * (1 - t) + end[None, :] * t).ravel())
        rooms.append(np.min(np.diff(heights), initial=0.5))
    # Where several places have ample room, the one nearest the middle reads best.
    best = np.lexsort((np.abs(fractions - 0.5), -np.minimum(np.round(rooms, 3), AMPLE_ROOM)))[0]
    return float(fractions[best]), float(rooms[best])


def best_place(ends: tuple, characters: int) -> tuple[float, float] | None:
    """Find where the labels of the edges stand, as a share of the way, and their size in points.

    They are well spaced if possible, else close together; None if even the smallest do not fit.
    """
    for lines in (2.2, 1.5):
        for size in np.arange(LARGEST_FONT, SMALLEST_FONT - 0.1, -0.5):
            t, room = _best_fraction(ends, 0.62 * size / 72 * characters)
            if room * 72 > lines * size:
                return t, float(size)
    return None

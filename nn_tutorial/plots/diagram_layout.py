"""Where the circles of a network stand, and where the names and numbers beside them find room."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .kit.given import at_most
from .kit.writing import SMALLEST, fitted, height_of, width_of

WIDTH, HEIGHT, TALL = 6.0, 3.8, 4.0  # in inches, as all lengths here
BOTTOM, TOP = 0.62, 3.3
LOW, MARGIN, TITLE = 0.24, 0.04, 0.3  # of a picture that is filled from top to bottom
LEFT, RIGHT = 1.18, 4.72
NAME_GAP, LONGEST_NAME = 0.43, 1.55
RADIUS, LEAST_RADIUS, SHARE = 0.3, 0.035, 0.42  # of the way to the next circle
AMPLE_ROOM = 0.45
LARGEST_FONT, SMALLEST_FONT = 10.0, SMALLEST  # in points
NOTE_ROOM, READABLE_RADIUS = 0.25, 0.15
FEW_UNITS, MAX_UNITS, MAX_LAYERS = 8, 30, 12


class Layer(NamedTuple):
    """One layer's nodes: where their centres are, top to bottom, and how large they are."""

    x: float
    heights: np.ndarray
    radius: float


class Names(NamedTuple):
    """The names of a layer's nodes, in lines, and their size in points."""

    lines: list[str]
    size: float


def heights_of_layer(size: int, height: float = HEIGHT, title: bool = False) -> np.ndarray:
    """Return the heights of one layer's nodes, top to bottom; in small layers they stand closer."""
    if height == HEIGHT:
        bottom, top, gaps = BOTTOM, TOP, size - 1
    else:  # from edge to edge: half a circle stands above the highest, and below the lowest
        bottom, top, gaps = LOW, TALL - (TITLE if title else MARGIN), size - 1 + 2 * SHARE
    gap = min(1.25, (top - bottom) / max(gaps, 1)) if size != 2 else 2.2
    return (top + bottom) / 2 + gap * ((size - 1) / 2 - np.arange(size))


def layers_of(
    sizes: Sequence[int], left: float, right: float, title: bool, notes: Sequence[bool]
) -> tuple[float, list[Layer]]:
    """Choose the picture's height, and place and size the circles so that none touch.

    Raises
    ------
    ValueError
        If there are too many layers, or too many units in one.
    """
    at_most(len(sizes), MAX_LAYERS, "layers")
    at_most(max(sizes), MAX_UNITS, "units in one layer")
    height = TALL if max(sizes) > FEW_UNITS else HEIGHT
    columns = np.linspace(left, right, len(sizes))
    between = (right - left) / (len(sizes) - 1)
    layers = []
    for x, size, noted in zip(columns, sizes, notes, strict=True):
        heights = heights_of_layer(size, height, title)
        gap = float(np.min(np.abs(np.diff(heights)), initial=1.0))
        radius = min(RADIUS, SHARE * gap, 0.35 * between)
        if noted:
            radius = min(radius, (gap - NOTE_ROOM) / 2)
        if radius < (READABLE_RADIUS if noted else LEAST_RADIUS):
            raise ValueError(f"below {size} units there is no room for notes")
        layers.append(Layer(float(x), heights, radius))
    return height, layers


def names_beside(names: Sequence[str], usual: float) -> tuple[Names, float]:
    """Fit names beside their nodes; return them, and how much room they need beside the circles.

    Two lines of large letters are usual. Longer names get smaller letters, and more room.

    Raises
    ------
    ValueError
        If they find no room even so.
    """
    if not any(names):
        return Names(list(names), 11), usual
    lines = [name.replace(" ", "\n", 1) for name in names]
    pitch = room_of_name(len(names))
    fits = height_of("a\nb" if any("\n" in line for line in lines) else "a", 11) <= pitch
    if fits and max(width_of(line, 11) for line in lines) <= usual and "\n\n" not in "".join(lines):
        return Names(lines, 11), usual
    best = Names(*fitted(names, LONGEST_NAME, pitch, 11.0))
    return best, max(usual, max(width_of(line, best.size) for line in best.lines) + 0.05)


def room_of_name(size: int) -> float:
    """Return how high a name may be where as many stand below each other, in inches."""
    heights = heights_of_layer(size, TALL if size > FEW_UNITS else HEIGHT, title=True)
    return float(np.min(-np.diff(heights), initial=1.0))


def _best_fraction(ends: tuple[Layer, Layer], width: float, notes: float) -> tuple[float, float]:
    """Find where along the edges a column of labels has most room, and how much, in inches."""
    (x0, start, r0), (x1, end, r1) = ends
    radius = max(r0, r1, notes / 2 if min(r0, r1) < RADIUS else 0.0)
    margin = (radius + width / 2 + 0.05) / (x1 - x0)
    if margin > 0.5:
        return 0.5, 0.0  # wider than the way between the circles
    rooms = []
    # Nearer to the start than to the end: beyond the middle the edges have crossed.
    fractions = np.linspace(margin, max(margin, 0.45), 41)
    for t in fractions:
        heights = np.sort((start[:, None] * (1 - t) + end[None, :] * t).ravel())
        rooms.append(np.min(np.diff(heights), initial=0.5))
    # Where several places have ample room, the one nearest the middle reads best.
    best = np.lexsort((np.abs(fractions - 0.5), -np.minimum(np.round(rooms, 3), AMPLE_ROOM)))[0]
    return float(fractions[best]), float(rooms[best])


def best_place(
    ends: tuple[Layer, Layer], characters: int, notes: float = 0.0
) -> tuple[float, float] | None:
    """Find where the labels of the edges stand, as a share of the way, and their size in points.

    They are well spaced if possible, else close together; None if even the smallest do not fit.
    `notes` is the width of what stands below small circles, in inches.
    """
    for lines in (2.2, 1.5):
        for size in np.arange(LARGEST_FONT, SMALLEST_FONT - 0.1, -0.5):
            t, room = _best_fraction(ends, 0.62 * size / 72 * characters, notes)
            if room * 72 > lines * size:
                return t, float(size)
    return None

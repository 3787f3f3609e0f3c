"""Keep apart what would stand in the same place."""

from collections.abc import Iterable, Sequence

import numpy as np

INCH_PER_CHARACTER = 0.085


def rising(values: Iterable[float]) -> np.ndarray:
    """Return the numbers nearest to the given ones, by least squares, that never fall.

    This is isotonic regression: neighbours in the wrong order are replaced by their mean.
    """
    runs: list[list[float]] = []
    for value in values:
        runs.append([value])
        while len(runs) > 1 and np.mean(runs[-2]) > np.mean(runs[-1]):
            last = runs.pop()
            runs[-1] += last
    return np.array([np.mean(run) for run in runs for _ in run])


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> np.ndarray:
    """Move numbers at least a distance apart, as little as possible, within low and high.

    Subtracting ``i * distance`` from the i-th smallest leaves numbers that only must not fall.
    """
    order = np.argsort(wanted, kind="stable")
    offsets = distance * np.arange(len(order))
    level = rising(np.asarray(wanted, dtype=float)[order] - offsets)
    placed = np.empty(len(order))
    placed[order] = np.clip(level, low, max(low, high - distance * (len(order) - 1))) + offsets
    return placed


def rows_without_overlap(
    positions: Sequence[float], texts: Sequence[str], inches: float
) -> list[int]:
    """Give each centred text the lowest row in which it touches no other.

    Parameters
    ----------
    positions : sequence of float
        The texts' centres, as fractions of the axes' width.
    texts : sequence of str
        What is written.
    inches : float
        The axes' width.
    """
    ends: list[float] = []
    rows = [0] * len(texts)
    for i in np.argsort(positions, kind="stable"):
        half = len(texts[i]) * INCH_PER_CHARACTER / inches / 2
        start = positions[i] - half
        row = next((r for r, end in enumerate(ends) if end + 0.01 <= start), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = positions[i] + half
        rows[i] = row
    return rows

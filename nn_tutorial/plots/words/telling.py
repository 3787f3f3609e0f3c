"""Numbers, lists and counts as they stand in a sentence."""

from collections.abc import Iterable, Sequence

import numpy as np

from ..kit.numerals import power

MOST = 40  # numbers in one list; the rest is left out, and counted


def told(value: float) -> str:
    """Write a number as the notebooks do: 0.0163, 0.000191, 77.48, 1,000."""
    size = abs(value)
    if not np.isfinite(value) or (size and not 1e-6 <= size < 1e9):
        return power(value, 2)
    decimals = 6 if size < 0.01 else 4 if size < 10 else 2
    text = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def listed(parts: Iterable[str]) -> str:
    """Write a, b and c."""
    parts = list(parts)
    if len(parts) > MOST:
        parts = [*parts[:MOST], f"{len(parts) - MOST} more"]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def several(values: Iterable[float]) -> str:
    """Write numbers as a list."""
    return listed(told(value) for value in values)


def counted(n: int, what: str) -> str:
    """Write 1 line, and 9 lines."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def point(values: Sequence[float]) -> str:
    """Write the two or more coordinates of a point."""
    return f"({', '.join(told(round(float(value), 2)) for value in values)})"


def heights(first: np.ndarray, second: np.ndarray, table: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return what a table, of shape (n_second, n_first), holds at points, of shape (n, 2).

    Between its entries it is interpolated, along both axes; beyond its edge it goes on level.
    """
    x = np.interp(at[:, 0], first, np.arange(len(first)))
    y = np.interp(at[:, 1], second, np.arange(len(second)))
    i, j = np.minimum(x.astype(int), len(first) - 2), np.minimum(y.astype(int), len(second) - 2)
    right, up = x - i, y - j
    low = (1 - right) * table[j, i] + right * table[j, i + 1]
    high = (1 - right) * table[j + 1, i] + right * table[j + 1, i + 1]
    return (1 - up) * low + up * high

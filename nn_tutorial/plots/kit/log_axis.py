"""The one logarithmic axis: it says 0.001, and 10⁻⁸ only where zeros are too many to count."""

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator, NullFormatter

from .numerals import power, significant

SMALLEST, LARGEST = 1e-5, 1e5  # that are written in full
DIGITS = 6  # Ticks are round numbers, and more digits are rounding errors.


def _write_in_full(value: float) -> str:
    """Write 0.001, 0.5 and 10,000."""
    return f"{value:,.0f}" if value >= 1000 else significant(value, DIGITS)


def in_full(low: float, high: float) -> bool:
    """Return whether positive numbers of a range are written in full, not as powers of ten."""
    return low >= SMALLEST and high <= LARGEST


def write_plainly(axis: Axis) -> None:
    """Give a logarithmic axis few ticks, and write them as the text of the series does.

    Ticks stand at powers of ten; also at 2 and 5 times these where the axis spans less than a
    factor of 100. Where even of these at most one is inside, they stand as on a linear axis.

    All are written in full, as 0.001 and 10,000, if the axis lies within 0.00001 and 100,000; if
    not, all are written as powers, as 10⁻⁸ and 10⁰.

    Parameters
    ----------
    axis : Axis
        Already logarithmic. Its limits are final.
    """
    low, high = sorted(axis.get_view_interval())
    axis.set_major_locator(LogLocator(subs=(1.0,) if high >= 100 * low else (1.0, 2.0, 5.0)))
    write = _write_in_full if in_full(low, high) else power
    axis.set_major_formatter(lambda value, _: write(value))
    axis.set_minor_formatter(NullFormatter())


def shown_on_log(values: np.ndarray) -> np.ndarray:
    """Leave out, as NaN, what a logarithmic axis cannot show."""
    values = np.asarray(values, dtype=float)
    return np.where(values > 0, values, np.nan)


def place_on(axis: Axis, value: float) -> float:
    """Return a value, or the axis's lower end if the axis is logarithmic and can't show it."""
    if axis.get_scale() == "log" and value <= 0:
        return float(axis.get_view_interval()[0])
    return float(value)

"""Logarithmic axes that say 0.001, and 10⁻⁸ only where there would be too many zeros to count."""

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator, NullFormatter

from .numerals import significant

FEWEST = 1e-5
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power(value: float) -> str:
    """Write 1e-08 as 10⁻⁸."""
    return "10" + str(round(np.log10(value))).translate(RAISED)


def write_plainly(axis: Axis, low: float, high: float) -> None:
    """Put ticks at powers of ten, and between them where the axis spans less than two.

    Parameters
    ----------
    axis : Axis
        Already logarithmic.
    low, high : float
        Its limits, both positive.
    """
    decades = np.log10(high / low)
    axis.set_major_locator(LogLocator(subs=(1.0,) if decades >= 2 else (1.0, 2.0, 5.0)))
    far = low < FEWEST or high > 1 / FEWEST
    axis.set_major_formatter(lambda v, _: _power(v) if far else significant(v))
    axis.set_minor_formatter(NullFormatter())


def shown_on_log(values: np.ndarray) -> np.ndarray:
    """Leave out, as NaN, what a logarithmic axis cannot show."""
    values = np.asarray(values, dtype=float)
    return np.where(values > 0, values, np.nan)

"""The linear axis as matplotlib draws it, but for the power of ten above it: ·10⁷, not 1e7."""

import re

from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from .numerals import power, significant

PARTS = re.compile(r"(?P<factor>1e-?\d+)?(?P<term>[+-].+)?")


class _Plainly(ScalarFormatter):
    def get_offset(self) -> str:
        found = PARTS.fullmatch(super().get_offset().replace("−", "-"))
        factor, term = found["factor"], found["term"]
        text = f"·{power(float(factor))}" if factor else ""
        if term:
            size = significant(abs(float(term)), 12)
            text += f" {'−' if term.startswith('-') else '+'} {size}"
        return text.strip()


def write_factors_plainly(figure: Figure) -> None:
    """Let all linear axes of a figure write a common factor, or a common term, in plain digits."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(_Plainly())

"""How numbers are written: with true minus signs, no needless zeros, and never as 1e-05."""

from collections.abc import Iterable

import numpy as np

SMALLEST, LARGEST = 1e-12, 1e15  # that are written in digits only
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(value: float, decimals: int) -> str:
    """Write a number with a true minus sign, and no minus before a rounded zero."""
    if LARGEST <= abs(value) < np.inf:
        return power(value, decimals + 1)
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def significant(value: float, digits: int = 3) -> str:
    """Write a number to some digits, without trailing zeros, and never as 1e-05."""
    if value == 0 or not np.isfinite(value):
        return plain(value, 0)
    if not SMALLEST <= abs(value) < LARGEST:
        return power(value, digits)
    decimals = digits - 1 - int(np.floor(np.log10(abs(value))))
    text = plain(value, min(max(decimals, 0), 12))
    return text.rstrip("0").rstrip(".") if "." in text else text


def power(value: float, digits: int = 6) -> str:
    """Write 10⁻⁸ and 2·10⁻⁸."""
    if value == 0 or not np.isfinite(value):
        return plain(value, 0)
    factor, exponent = f"{value:.{digits}e}".split("e")
    factor, ten = significant(float(factor), digits), "10" + str(int(exponent)).translate(RAISED)
    return {"1": ten, "−1": f"−{ten}"}.get(factor, f"{factor}·{ten}")


def told_apart(values: Iterable[float], most: int = 12) -> list[str]:
    """Write values to three digits, or to as many as are needed to tell them apart."""
    values = list(values)
    for digits in range(3, most + 1):
        texts = [significant(value, digits) for value in values]
        if len(set(texts)) == len(set(values)):
            break
    return texts

"""How numbers are written: with true minus signs, no needless zeros, and never as 1e-05."""

import numpy as np


def plain(value: float, decimals: int) -> str:
    """Write a number with a true minus sign, and no minus before a rounded zero."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def significant(value: float, digits: int = 3) -> str:
    """Write a number to some digits, without trailing zeros, and never as 1e-05."""
    if value == 0 or not np.isfinite(value):
        return plain(value, 0)
    decimals = digits - 1 - int(np.floor(np.log10(abs(value))))
    text = plain(value, min(max(decimals, 0), 12))
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Grey pictures, handed over as rows of pixels or as flat lists of them."""

import math

import numpy as np

from .kit.given import numbers


def as_pictures(name: str, values: object, single: bool = False) -> np.ndarray:
    """Return pictures of shape (n, rows, columns), with ink from 0 to 1; or a single one, as n = 1.

    Flat ones must be square: 64 pixels are 8 rows of 8.

    Raises
    ------
    ValueError
        If no whole rows and columns come out, or there is ink beyond 0 and 1.
    """
    images = numbers(name, values, Network="its input images")
    shape = images.shape
    one = images.ndim == 1 or shape == (8, 8)  # 8 pixels are no picture
    if one or (single and images.ndim == 2 and 1 not in shape):
        images = images.reshape(1, *shape)
    if images.ndim == 2:
        side = math.isqrt(images.shape[1])
        if side**2 != images.shape[1] or side < 2:
            raise ValueError(
                f"{name} has shape {shape}, but {images.shape[1]} pixels are no square picture: "
                f"pass {name}.reshape(n, rows, columns)"
            )
        images = images.reshape(len(images), side, side)
    if images.ndim != 3:
        raise ValueError(
            f"{name} has shape {shape}, but this figure takes grey pictures, (n, rows, columns)"
        )
    low, high = images.min(), images.max()
    if low < 0 or high > 1:
        raise ValueError(
            f"{name} runs from {low:g} to {high:g}, but ink goes from 0 for white to 1 for black: "
            f"divide by the largest possible value"
        )
    return images

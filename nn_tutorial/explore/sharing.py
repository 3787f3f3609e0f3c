"""Explore shards: chapter 19."""

from collections.abc import Callable
from functools import cache

import numpy as np

from nn_tutorial.plots import shard_weights

from .cell import Cell
from .controls import choice, steps

SHARDS, RATIOS = (2, 3, 4, 6, 8), (1.0, 1.25, 1.5, 2.0)
DEALT = ("shuffled", "sorted")


def shards(
    cut: Callable[[int, float, str], tuple[np.ndarray, float]],
    n_shards: int = 4,
    ratio: float = 1.5,
    dealt: str = "shuffled",
) -> Cell:
    """Choose how the data are cut, and see what a plain mean of the shards' gradients is worth.

    Parameters
    ----------
    cut : callable
        Takes the number of shards, how many times as large each is as the one before, and
        "shuffled" or "sorted"; returns the sizes, shape (n_shards,), and the error of the plain
        mean, as a share of the gradient.
    n_shards : int, default 4
        At the start; one of 2, 3, 4, 6 and 8.
    ratio : float, default 1.5
        At the start; one of 1, 1.25, 1.5 and 2.
    dealt : "shuffled" or "sorted"
        At the start.
    """
    cut = cache(cut)

    def draw(n_shards, ratio, dealt):
        sizes, error = cut(n_shards, ratio, dealt)
        words = (
            f"{n_shards} shards of images {dealt}, each {ratio:g} times as large as the one "
            f"before: {', '.join(str(size) for size in sizes)}. The plain mean of their gradients "
            f"is wrong by {100 * error:.1f} %."
        )
        return shard_weights(sizes, error), words

    controls = {
        "n_shards": steps("shards", SHARDS, n_shards),
        "ratio": steps("times the one before", RATIOS, ratio),
        "dealt": choice("images", DEALT, dealt),
    }
    return Cell(draw, controls)

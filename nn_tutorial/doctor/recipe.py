"""A whole step, put together from pieces: what the doctor believes that a program does."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.pieces import OUTER, RIGHT, THROUGH_W2

UNKNOWN_COUNT = "something that changes with the sizes"
# By what a program may divide, as a function of the sizes.
COUNTS = {
    "1": lambda s: 1,
    "N": lambda s: s["N"],
    "B": lambda s: s.get("B", s["N"]),  # the rows that are taken together
    "N C": lambda s: s["N"] * s["C"],
    "C": lambda s: s["C"],
    "N²": lambda s: s["N"] ** 2,
    "N + 1": lambda s: s["N"] + 1,
    "N - 1": lambda s: s["N"] - 1,
    "D": lambda s: s["D"],
    "H": lambda s: s["H"],
    "N D": lambda s: s["N"] * s["D"],
    "N H": lambda s: s["N"] * s["H"],
    "1 / N": lambda s: 1 / s["N"],
    UNKNOWN_COUNT: lambda s: 1,
}


class Factor(NamedTuple):
    """What a direction is multiplied by: constant · rate^power / count."""

    constant: float
    power: int
    count: str

    def value(self, rate: float, sizes: dict) -> float:
        """Return the number at this rate and these sizes."""
        return self.constant * rate**self.power / COUNTS[self.count](sizes)


@dataclass(frozen=True)
class Recipe:
    """One hypothesis. The defaults are textbook descent."""

    hidden: str
    output: str
    bias: str = "added"  # or "subtracted", "one number", "left out"
    X_scale: str = "as it is"
    y_scale: str = "as it is"
    skips_hidden: bool = False
    rows: str = "together"  # or "one by one", "outputs first", "late", "in pieces of 2"
    late: tuple = ()  # of "new inputs", "new W2", "flush": see ``following``
    which: str = "all"  # or "first", "last", "all but the last"
    order: tuple | None = None  # of the rows; (-1,) is backwards
    target: str = "own"  # or "first", "mean", "mean output", "mean error"
    # Or "last activations", "last slopes", "last inputs", "mean activations", "hidden error".
    pooled: str = "not"
    error: str = "error"
    slope2: str = RIGHT
    sent_error: str = "error"
    sent_slope: str = RIGHT
    through: str = THROUGH_W2
    slope1: str = RIGHT
    input2: str = "h"
    product1: str = OUTER
    product2: str = OUTER
    bias1: str = "units"
    bias2: str = "units"
    factors: dict = field(default_factory=dict)  # by parameter; one that is missing never moves
    decay: dict = field(default_factory=dict)  # by parameter: a Factor of the parameter itself
    momentum: float = 0.0
    momentum_of: str = "change"  # or "gradient", without a rate

    def but(self, **changes) -> "Recipe":
        """Return the recipe with some pieces changed."""
        return replace(self, **changes)


SCALES = {
    "as it is": lambda v: v,
    "column maximum": lambda v: v / v.max(axis=0),
    "whole maximum": lambda v: v / v.max(),
    "largest size of a column": lambda v: v / np.abs(v).max(axis=0),
    "mean 0, deviation 1": lambda v: (v - v.mean(axis=0)) / v.std(axis=0),
    "0 to 1": lambda v: (v - v.min(axis=0)) / (v.max(axis=0) - v.min(axis=0)),
    "by 100": lambda v: v / 100,
    "by 255": lambda v: v / 255,
    "0.01 to 1, by 255": lambda v: v / 255 * 0.99 + 0.01,
}
# How X and y may be scaled inside a step.
SCALED_INSIDE = (
    *((scale, "as it is") for scale in SCALES if scale not in ("as it is", "by 100")),
    *(("as it is", scale) for scale in ("by 100", "column maximum", "whole maximum")),
    *((scale, scale) for scale in ("column maximum", "whole maximum", "mean 0, deviation 1")),
    ("column maximum", "by 100"),
    ("whole maximum", "by 100"),
)

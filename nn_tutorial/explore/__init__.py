"""The Explore cells: each asks a question that is answered by moving something."""

from .by_hand import nine_weights, random_start, scaled_hours, tangent, two_bends
from .gradients import chain_rule, one_weight, pulls
from .networks import flipped_pixels, one_image, own_digit, start_width, xor_boundary
from .sharing import shards
from .training import downhill, new_student, overfitting, rolling

__all__ = [
    "chain_rule",
    "downhill",
    "flipped_pixels",
    "new_student",
    "nine_weights",
    "one_image",
    "one_weight",
    "overfitting",
    "own_digit",
    "pulls",
    "random_start",
    "rolling",
    "scaled_hours",
    "shards",
    "start_width",
    "tangent",
    "two_bends",
    "xor_boundary",
]

"""The figures of the series: each function takes plain arrays and returns a Figure."""

from .answers import answers_histogram, predictions_over_time
from .curves import activations, sigmoid_with_tangent, slope_curve
from .diagram import network_diagram
from .display import show, show_animation
from .hours import score_surface, trust_map
from .png import to_png
from .shapes import shapes
from .slopes import loss_along_weight, nudge_errors
from .students import scaling
from .surfaces import loss_over_weights
from .training import learning_rates, loss_curves, train_validation

__all__ = [
    "activations",
    "answers_histogram",
    "learning_rates",
    "loss_along_weight",
    "loss_curves",
    "loss_over_weights",
    "network_diagram",
    "nudge_errors",
    "predictions_over_time",
    "scaling",
    "score_surface",
    "shapes",
    "show",
    "show_animation",
    "sigmoid_with_tangent",
    "slope_curve",
    "to_png",
    "train_validation",
    "trust_map",
]

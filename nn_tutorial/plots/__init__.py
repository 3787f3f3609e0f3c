"""The figures of the series: each function takes plain arrays and returns a Figure."""

from . import no_cache_warnings  # noqa: F401 - before anything that imports matplotlib
from .answers import answers_histogram, predictions_over_time
from .bars import digit_with_probabilities, success_rates
from .bends import sum_of_bends
from .boundary import decision_boundary
from .chain import chain_of_slopes
from .confusion import confusion_matrix
from .curves import activations, sigmoid_curve, sigmoid_with_tangent, slope_curve
from .diagram import network_diagram
from .fits import line_fits
from .graph import computation_graph
from .hours import score_surface, trust_map
from .images import digit_grid, weight_images
from .kit.display import show, show_animation
from .kit.png import to_png, to_quick_png
from .kit.reuse import drawn_again
from .layers import activation_histograms, spread_through_layers
from .museum import loss_comparison
from .shapes import shapes
from .sharing import shard_weights, speed_ups
from .slopes import loss_along_weight, nudge_errors
from .students import scaling
from .surfaces import descent, loss_over_weights
from .training import learning_rates, loss_curves
from .validation import train_validation

__all__ = [
    "activation_histograms",
    "activations",
    "answers_histogram",
    "chain_of_slopes",
    "computation_graph",
    "confusion_matrix",
    "decision_boundary",
    "descent",
    "digit_grid",
    "digit_with_probabilities",
    "drawn_again",
    "learning_rates",
    "line_fits",
    "loss_along_weight",
    "loss_comparison",
    "loss_curves",
    "loss_over_weights",
    "network_diagram",
    "nudge_errors",
    "predictions_over_time",
    "scaling",
    "score_surface",
    "shapes",
    "shard_weights",
    "show",
    "show_animation",
    "sigmoid_curve",
    "sigmoid_with_tangent",
    "slope_curve",
    "speed_ups",
    "spread_through_layers",
    "success_rates",
    "sum_of_bends",
    "to_png",
    "to_quick_png",
    "train_validation",
    "trust_map",
    "weight_images",
]

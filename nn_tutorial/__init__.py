"""A neural network you can check by hand: the package that the notebooks share."""

from nn_tutorial.data import MaxScaler, digits, exam_scores, xor
from nn_tutorial.gradcheck import numerical_gradients, relative_error
from nn_tutorial.network import Gradients, Network
from nn_tutorial.training import History, TrainingDiverged, train

__version__ = "0.1.0"

__all__ = [
    "Gradients",
    "History",
    "MaxScaler",
    "Network",
    "TrainingDiverged",
    "digits",
    "exam_scores",
    "numerical_gradients",
    "relative_error",
    "train",
    "xor",
]

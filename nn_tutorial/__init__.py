"""A neural network you can check by hand: the package that the notebooks share.

Where things are, in the order of the chapters: ``data`` holds the tables and the scaler;
``activations``, ``losses`` and ``textbook`` the mathematics as the chapters write it; ``network``
and ``training`` what a reader calls, which check their input and pass it on; ``gradcheck`` judges
gradients; ``plots`` draws, and ``explore`` lets one move what is drawn; ``exercises`` check a
reader's answers. ``fast`` is the loop behind ``train``, for those who want to know.
"""

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

"""A neural network you can check by hand: the package that the notebooks share.

Where things are:

- ``textbook``, ``activations``, ``losses``: the mathematics, as the chapters write it
- ``data``: the tables, and the scaler
- ``network``: predictions, losses, gradients; ``storage``, ``archive``, ``files``: a saved network
- ``training``: ``train``; ``history``: what it returns; ``fast``: the loop that it runs
- ``gradcheck``: gradients checked by nudging
- ``checks``, ``arrays``: input checked; ``quiet``: without NumPy's warnings
- ``plots``: figures; ``explore``: figures that one can move
- ``start``: the command ``nn-tutorial``, which brings the notebooks
- ``exercises``: a reader's answers checked; ``doctor``: somebody else's step diagnosed; ``budget``:
  what stops either of them where it would never end
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

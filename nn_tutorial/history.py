"""What training leaves behind: its losses, and the error that says it diverged."""

from dataclasses import dataclass

import numpy as np


@dataclass(eq=False)  # a generated == would compare arrays, which have no single answer
class History:
    """What happened during training.

    Attributes
    ----------
    loss : ndarray of float64, shape (epochs + 1,), in an ensemble (epochs + 1, n_networks)
        Full batch: ``loss[i]`` is the loss after exactly i epochs. With minibatches ``loss[0]`` is
        measured before training, and ``loss[i]`` is the mean over epoch i's batches, weighted by
        their sizes, each measured before its own update. Shorter where patience ended the
        training, or where it diverged.
    validation_loss : ndarray of float64, shape of loss, or None
        The exact loss of the validation data after i epochs.
    best_epoch : int, in an ensemble ndarray of int, shape (n_networks,), or None
        The first epoch with the least validation loss; None where nothing was validated.
    """

    loss: np.ndarray
    validation_loss: np.ndarray | None = None

    @property
    def best_epoch(self) -> int | np.ndarray | None:
        """The first epoch with the least validation loss; None where nothing was validated."""
        if self.validation_loss is None or len(self.validation_loss) == 0:
            return None
        best = self.validation_loss.argmin(axis=0)
        return int(best) if best.ndim == 0 else best


class TrainingDiverged(ArithmeticError):  # noqa: N818 - it names what happened
    """The loss or a weight became infinite; the network keeps its last finite weights.

    Attributes
    ----------
    epoch : int
        How many epochs were complete.
    history : History
        The losses after 0 to ``epoch`` epochs, without the last one where it is not finite.
    """

    def __init__(self, message: str, epoch: int, history: History):
        super().__init__(message, epoch, history)  # all three, or it could not be unpickled
        self.epoch, self.history = epoch, history

    def __str__(self):
        return self.args[0]

"""Training: gradient descent, step after step, with a record of the losses.

A step is: predict, measure the loss, send the error back, subtract learning rate times gradient.
``textbook.train`` is the specification of the updates and of ``History.loss``, in code; validation,
patience and divergence are specified below. What is asked for is checked here; ``fast`` takes the
steps, equal to the textbook's, in less time.
"""

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.arrays import described
from nn_tutorial.checks import (
    check_count,
    check_generator,
    check_positive,
    check_reachable,
    check_samples,
)
from nn_tutorial.fast.loop import Descent
from nn_tutorial.history import History, TrainingDiverged
from nn_tutorial.network import Network, check_network
from nn_tutorial.quiet import overflow_is_no_error

__all__ = ["History", "TrainingDiverged", "train"]


def train(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    epochs: int = 1000,
    learning_rate: float = 1.5,
    *,
    batch_size: int | None = None,
    rng: "np.random.Generator | None" = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
) -> History:
    """Change the network: replace its weights and biases, by gradient descent on its loss.

    To go on training, call ``train`` again. After a KeyboardInterrupt or a MemoryError,
    wherever it comes, the network has the weights of the last update, with patience, too, unless
    that has run out already. While ``train`` runs, other threads should not use the network.

    Why minibatches, and why shuffled: LeCun et al., 1998, "Efficient BackProp", section 4, and
    Goodfellow et al., 2016, "Deep Learning", section 8.1.3.

    Parameters
    ----------
    net : Network
        A network, or an ensemble, whose members then all see the same batches.
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples, n_outputs), or integer labels (n_samples,) for softmax
    epochs : int
        How many times all the data is used; with 0 only the loss is measured.
    learning_rate : float
        What the gradient is multiplied by before it is subtracted; positive.
    batch_size : int, optional
        Update after this many samples, drawn anew in each epoch; the last batch may be shorter.
        By default the full batch: one update an epoch.
    rng : numpy.random.Generator, optional
        Shuffles the samples; needed with batch_size.
    validation : (X, y), optional
        Data to measure after each epoch, without learning from it.
    patience : int, optional
        Stop once the validation loss has not improved for this many epochs. The network is left
        with the weights of the best epoch (Goodfellow et al., 2016, algorithm 7.1; Prechelt, 1998,
        "Early stopping - but when?"). Not for ensembles, whose members have different ones.

    Returns
    -------
    History

    Raises
    ------
    ValueError
        For bad input, before anything is changed; also for targets that a sigmoid output could
        never reach, outside 0 to 1: the network would say 1 to everything, without a word.
    TrainingDiverged
        When the loss, the validation loss or a weight becomes infinite or NaN. The network keeps
        its last finite weights, also with patience.
    """
    check_network(net, "train(net, X, y)")
    X, y = check_samples(net, X, y)
    check_reachable(net, y)
    validation = None if validation is None else _check_validation(net, validation)
    epochs = check_count("epochs", epochs, minimum=0)
    learning_rate = check_positive("learning_rate", learning_rate)
    batch_size = None if batch_size is None else _check_batch_size(batch_size, len(X), rng)
    patience = None if patience is None else _check_patience(patience, net, validation)
    descent = Descent(net, X, y, epochs, learning_rate, batch_size, rng, validation, patience)
    try:
        return overflow_is_no_error(descent.descend)
    finally:
        descent.write_back()


def _check_validation(net, validation):
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise ValueError(f"validation must be a pair (X, y), not {described(validation)}")
    try:
        X, y = check_samples(net, *validation)
        check_reachable(net, y)
    except ValueError as error:
        raise ValueError(f"validation must fit the network: {error}") from error
    return X, y


def _check_batch_size(batch_size, n_samples, rng):
    batch_size = check_count("batch_size", batch_size)
    if batch_size > n_samples:
        raise ValueError(f"batch_size is {batch_size}, but there are {n_samples} samples")
    check_generator(rng, "batch_size")
    return batch_size


def _check_patience(patience, net, validation):
    patience = check_count("patience", patience)
    if validation is None:
        raise ValueError("patience needs validation=(X, y) to look at")
    if net.n_networks is not None:
        raise ValueError("patience is for a single network, not for an ensemble")
    return patience

"""The network: its weights and biases as plain arrays, and what can be asked of it.

``predict``, ``loss`` and ``gradients`` check what they are given and call ``textbook``, which has
the formulas. They keep nothing between calls, so several threads may ask at once. ``train`` (in
``training``) is the only function that changes a network.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nn_tutorial import storage, textbook
from nn_tutorial.arrays import as_finite, described
from nn_tutorial.checks import (
    check_count,
    check_generator,
    check_inputs,
    check_kind,
    check_layers,
    check_parameters,
    check_samples,
)
from nn_tutorial.quiet import overflow_is_no_error


class Gradients(NamedTuple):
    """The gradient of the loss with respect to every parameter.

    ``weights`` is a list of arrays of the shapes of ``Network.weights``; ``biases`` likewise, or
    None for a network without biases.
    """

    weights: list[np.ndarray]
    biases: list[np.ndarray] | None


class Network:
    """A fully connected network: layers of weighted sums, each bent by an activation.

    Weights are drawn from a normal distribution of standard deviation sqrt(2 / (n_in + n_out))
    (Glorot and Bengio, 2010), or sqrt(2 / n_in) for ReLU (He et al., 2015). Biases start at zero.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, inputs first: [2, 3, 1].
    rng : numpy.random.Generator
        Where the weights are drawn from. The members of an ensemble are drawn one after the other,
        as that many networks would be.
    activation : {"sigmoid", "tanh", "relu"}
        What bends the hidden layers.
    output : {"sigmoid", "identity", "softmax"}
        What the last layer ends in. Softmax goes with cross-entropy, the others with mean squared
        error.
    bias : bool
        Whether each unit adds a number of its own to its weighted sum.
    dtype : float64 or float32
    n_networks : int, optional
        Make an ensemble of this many independent networks, computed side by side.

    Attributes
    ----------
    weights : list of ndarray, each (n_in, n_out), in an ensemble (n_networks, n_in, n_out)
    biases : list of ndarray, each (n_out,), in an ensemble (n_networks, n_out); or None
        Both lists and their arrays may be replaced; what doesn't fit is refused at the next use.
    sizes : list of int
        Units in each layer, inputs first.
    n_networks : int or None
        How many networks an ensemble holds; None for a single network.
    activation, output : str
    dtype : numpy.dtype
        As given, float64 or float32: the dtype of every weight, bias, prediction and gradient.

    Raises
    ------
    ValueError
        For sizes that are not positive whole numbers, an unknown activation, output or dtype, or
        an rng that is not a Generator.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        *,
        rng: "np.random.Generator | None" = None,
        activation: str = "sigmoid",
        output: str = "sigmoid",
        bias: bool = True,
        dtype: DTypeLike = np.float64,
        n_networks: int | None = None,
    ):
        if not isinstance(sizes, Sequence | np.ndarray) or np.size(sizes) < 2:
            raise ValueError(f"sizes must name inputs and outputs at least, not {sizes!r}")
        sizes = [check_count("each size", size) for size in sizes]
        lead = () if n_networks is None else (check_count("n_networks", n_networks),)
        self._set_kind(activation, output, dtype)
        check_generator(rng, "drawing weights")

        shapes = list(pairwise(sizes))
        n_weights = [n_in * n_out for n_in, n_out in shapes]
        drawn = np.split(
            rng.standard_normal((*lead, sum(n_weights))), np.cumsum(n_weights)[:-1], -1
        )
        self.weights = [
            (values.reshape(*lead, n_in, n_out) * self._spread(n_in, n_out)).astype(self.dtype)
            for values, (n_in, n_out) in zip(drawn, shapes, strict=True)
        ]
        self.biases = [np.zeros((*lead, n), self.dtype) for n in sizes[1:]] if bias else None

    @classmethod
    def from_weights(
        cls,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike] | None = None,
        *,
        activation: str = "sigmoid",
        output: str = "sigmoid",
        dtype: DTypeLike = np.float64,
    ) -> "Network":
        """Return a network with copies of the given weights, layer by layer.

        Parameters
        ----------
        weights : sequence of array_like, each (n_in, n_out), or (n_networks, n_in, n_out)
        biases : sequence of array_like, each (n_out,), or (n_networks, n_out), optional
        activation, output, dtype
            As for ``Network``.

        Raises
        ------
        ValueError
            If the shapes do not follow on from one another, or a value is not finite.
        """
        net = cls.__new__(cls)
        net._set_kind(activation, output, dtype)
        net.weights = net._copies("weights", weights)
        net.biases = None if biases is None else net._copies("biases", biases)
        check_parameters(net)
        return net

    def _copies(self, name, values):
        layers = enumerate(check_layers(name, values))
        return [as_finite(f"{name}[{i}]", array, self.dtype).copy() for i, array in layers]

    def _set_kind(self, activation, output, dtype):
        check_kind(activation, output)
        self.activation, self.output = activation, output
        try:
            self.dtype = np.dtype(dtype)
        except TypeError:
            self.dtype = None
        if self.dtype not in (np.float64, np.float32):
            raise ValueError(f"dtype must be float64 or float32, not {dtype!r}")

    def _spread(self, n_in, n_out):
        return np.sqrt(2 / n_in) if self.activation == "relu" else np.sqrt(2 / (n_in + n_out))

    @property
    def sizes(self) -> list[int]:
        """Units in each layer, inputs first."""
        return [self.weights[0].shape[-2], *(W.shape[-1] for W in self.weights)]

    @property
    def n_networks(self) -> int | None:
        """The number of networks in an ensemble; None for a single network."""
        return self.weights[0].shape[0] if self.weights[0].ndim == 3 else None

    def member(self, k: int) -> "Network":
        """Return network k of an ensemble as a network of its own, with copies of its weights.

        Raises
        ------
        ValueError
            If this is a single network.
        IndexError
            If there is no network k.
        """
        if self.n_networks is None:
            raise ValueError("this is a single network, not an ensemble: it has no members")
        if not -self.n_networks <= check_count("k", k, -self.n_networks) < self.n_networks:
            raise IndexError(
                f"there is no network {k}: they are numbered 0 to {self.n_networks - 1}"
            )
        return Network.from_weights(
            [W[k] for W in self.weights],
            None if self.biases is None else [b[k] for b in self.biases],
            activation=self.activation,
            output=self.output,
            dtype=self.dtype,
        )

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the outputs for X.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)

        Returns
        -------
        ndarray, shape (n_samples, n_outputs), in an ensemble (n_networks, n_samples, n_outputs)
            Of the network's dtype. Infinite or NaN where the weighted sums overflow.

        Raises
        ------
        ValueError
            If X is not a table of the network's number of features, is empty, holds NaN or
            infinity, or if replaced weights do not fit.
        """
        check_parameters(self)
        X = check_inputs(X, self.sizes[0], self.dtype)
        _, A = overflow_is_no_error(textbook.forward, X, *self._textbook_arguments())
        return A[-1]

    def loss(self, X: ArrayLike, y: ArrayLike) -> float | np.ndarray:
        """Return the mean loss over samples and outputs (cross-entropy: over samples).

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
        y : array_like, shape (n_samples, n_outputs), or integer labels (n_samples,) for softmax

        Returns
        -------
        float, in an ensemble ndarray of shape (n_networks,) and of the network's dtype
            Infinite or NaN where it overflows.

        Raises
        ------
        ValueError
            As for ``predict``, and if y does not fit X and the network.
        """
        X, y = check_samples(self, X, y)
        loss = overflow_is_no_error(textbook.loss, X, y, *self._textbook_arguments())
        return float(loss) if self.n_networks is None else loss

    def gradients(self, X: ArrayLike, y: ArrayLike) -> Gradients:
        """Return the exact gradient of ``loss(X, y)`` with respect to every weight and bias.

        Parameters
        ----------
        X, y
            As for ``loss``.

        Returns
        -------
        Gradients
            Arrays of the weights' and biases' shapes and dtype. Infinite or NaN where they
            overflow.

        Raises
        ------
        ValueError
            As for ``loss``.
        """
        X, y = check_samples(self, X, y)
        _, d_weights, d_biases = overflow_is_no_error(
            textbook.loss_and_gradients, X, y, *self._textbook_arguments()
        )
        return Gradients(d_weights, d_biases)

    def save(self, path: str | os.PathLike) -> None:
        """Write the network to path (.npz); a crash on the way leaves an older file as it was.

        Links are followed, and the file's mode is kept. Only an ordinary file is ever replaced.
        Several threads, processes or machines may save to one path: the last one's file stays,
        whole.

        Raises
        ------
        ValueError
            If replaced weights or biases do not fit, or hold NaN or infinity.
        OSError
            If the file can't be written.
        """
        check_parameters(self)
        storage.save(self, path)

    @classmethod
    def load(cls, path: str | os.PathLike) -> "Network":
        """Return the network that ``save`` wrote to path.

        Raises
        ------
        OSError
            If there is no such file (``FileNotFoundError``), or it can't be read.
        ValueError
            If the file is damaged, or is not a network's. Nothing in it is ever executed.
        """
        return storage.load(path, cls.from_weights)

    def _textbook_arguments(self):
        return self.weights, self.biases, self.activation, self.output

    def __repr__(self):
        ensemble = "" if self.n_networks is None else f", n_networks={self.n_networks}"
        return (
            f"Network({self.sizes}, activation={self.activation!r}, output={self.output!r}, "
            f"bias={self.biases is not None}, dtype={self.dtype.name}{ensemble})"
        )


def check_network(net, call: str) -> None:
    """Refuse anything but a Network, above all an argument in the wrong place."""
    if not isinstance(net, Network):
        raise ValueError(f"{call} takes a Network first, not {described(net)}")

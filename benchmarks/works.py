"""What is computed: data, start and settings, the same for every contender."""

from dataclasses import dataclass, replace

import fashion
import numpy as np

from nn_tutorial import MaxScaler, Network, digits, exam_scores
from nn_tutorial.data import recovered_start


class InFileOrder:
    """Stands in for a Generator where a contender can't be given our order of the samples."""

    def permutation(self, n_samples):
        """Return the rows as they stand: 0, 1, 2 and so on."""
        return np.arange(n_samples)


@dataclass(frozen=True)
class Work:
    """A network, its start, its data, and for how long it is trained.

    Parameters
    ----------
    start : Network
        Where each run begins; a contender copies its weights.
    X, y : ndarray
        Training data; labels (n_samples,) where the output is softmax.
    epochs : int
    learning_rate : float
    batch_size : int or None
    X_test, y_test : ndarray or None
        For works whose result is also judged by its test accuracy.
    """

    start: Network
    X: np.ndarray
    y: np.ndarray
    epochs: int
    learning_rate: float
    batch_size: int | None = None
    X_test: np.ndarray | None = None
    y_test: np.ndarray | None = None
    shuffled: bool = True

    def rng(self):
        """Return the Generator that shuffles the samples, or what leaves them as they are."""
        return np.random.default_rng(1) if self.shuffled else InFileOrder()

    def batches(self):
        """Yield the rows of each batch, epoch after epoch, as ``train`` draws them."""
        rng, n_samples = self.rng(), len(self.X)
        for _ in range(self.epochs):
            order = rng.permutation(n_samples)
            for first in range(0, n_samples, self.batch_size):
                yield order[first : first + self.batch_size]

    def short(self):
        """Return two epochs over ten batches and a half, for comparing weights digit by digit.

        A full-batch work is short enough: it is returned as it is. In single precision equal
        trajectories drift apart sooner or later, through rounding alone.
        """
        if self.batch_size is None:
            return self
        n_samples = 10 * self.batch_size + self.batch_size // 2
        return replace(self, X=self.X[:n_samples], y=self.y[:n_samples], epochs=2)


def source(bias=False, output="sigmoid"):
    """Return the source's network and its three students, from the recovered start."""
    scores, weights = exam_scores(), recovered_start()
    biases = [np.zeros(3), np.zeros(1)] if bias else None
    start = Network.from_weights(weights, biases, output=output)
    return Work(start, MaxScaler().fit_transform(scores.X), scores.y / 100, 1000, 1.5)


def source_with_biases():
    """Return the source's network with biases, which start at zero."""
    return source(bias=True)


def source_for_scikit_learn():
    """Return it with biases and no bend at the end: scikit-learn's regressor knows no other."""
    # At 1.5 a linear end oscillates; the rate makes no difference to the time.
    return replace(source(bias=True, output="identity"), learning_rate=0.15)


def ensemble(n_networks=256):
    """Return random starts of the source's network, trained at once."""
    start = Network([2, 3, 1], rng=np.random.default_rng(0), bias=False, n_networks=n_networks)
    return replace(source(), start=start)


def digits_work():
    """Return 64-32-10 on the 1,797 handwritten digits, float64, batches of 32."""
    data = digits()
    start = Network([64, 32, 10], rng=np.random.default_rng(0), output="softmax")
    test = {"X_test": data.X_test, "y_test": data.y_test}
    return Work(start, data.X_train, data.y_train, 30, 1.0, 32, **test)


def fashion_work():
    """Return 784-128-10 on Fashion-MNIST, or its synthetic likeness, float32, batches of 128."""
    rng = np.random.default_rng(0)
    X, y, X_test, y_test = fashion.fashion() if has_fashion() else fashion.synthetic(rng)
    start = Network([784, 128, 10], rng=rng, output="softmax", dtype=np.float32)
    return Work(start, X, y, 5, 0.5, 128, X_test, y_test)


def has_fashion():
    """Return whether the real pictures are installed."""
    return fashion.FOLDER.exists()


def in_float64(work, start):
    """Return the work from another start of the same kind, data and start in float64."""
    start = Network.from_weights(
        start.weights, start.biases, activation=start.activation, output=start.output
    )
    y = work.y if start.output == "softmax" else work.y.astype(np.float64)
    return replace(work, start=start, X=work.X.astype(np.float64), y=y)

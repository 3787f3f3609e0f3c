"""The data that the series works on, and the scaler that remembers how it was scaled."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.arrays import as_finite
from nn_tutorial.checks import check_inputs


class ExamScores(NamedTuple):
    """Three students: ``X`` (3, 2) hours [studied, slept], ``y`` (3, 1) points out of 100."""

    X: np.ndarray
    y: np.ndarray


def exam_scores() -> ExamScores:
    """Return the three students of the series, freshly made at each call.

    Returns
    -------
    ExamScores
        ``X``, float64 (3, 2): hours studied and hours slept; ``y``, float64 (3, 1): points out of
        100.
    """
    X = np.array([[2, 9], [1, 5], [3, 6]], dtype=np.float64)
    y = np.array([[92], [86], [89]], dtype=np.float64)
    return ExamScores(X, y)


class Xor(NamedTuple):
    """Either, or, but not both: ``X`` (4, 2) of zeros and ones, ``y`` (4, 1)."""

    X: np.ndarray
    y: np.ndarray


def xor() -> Xor:
    """Return the four samples of the logical XOR.

    Returns
    -------
    Xor
        ``X``, float64 (4, 2), all pairs of 0 and 1; ``y``, float64 (4, 1), 1 where they differ.
    """
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    return Xor(X, X.sum(axis=1, keepdims=True) % 2)


class Digits(NamedTuple):
    """Handwritten digits, split into three parts; ``images`` and ``labels`` are in file order.

    Inputs are float64 (n, 64), the ink in each of 8 x 8 pixels from 0 to 1; labels intp (n,),
    the integers that NumPy counts and indexes with.
    """

    X_train: np.ndarray
    y_train: np.ndarray
    X_validation: np.ndarray
    y_validation: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    images: np.ndarray
    labels: np.ndarray


def digits() -> Digits:
    """Return 1,797 handwritten digits, 60 % to train, 20 % to validate and 20 % to test.

    The split is fixed and stratified: the images are shuffled with the seed 0, sorted by label,
    and dealt out in fives, the first to the test set, the second to the validation set and three
    to the training set. Within each part they stand in file order.

    Returns
    -------
    Digits
        ``X_train`` (1077, 64), ``X_validation`` and ``X_test`` (360, 64) with their labels, and
        ``images`` (1797, 8, 8), ``labels`` (1797,), in the order of the file: by writer.

    Notes
    -----
    From "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak, 1998; UCI Machine
    Learning Repository, CC BY 4.0), its test part, as scikit-learn ships it. 13 people wrote them.
    """
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as archive:
        images, labels = archive["images"] / 16, archive["labels"].astype(np.intp)
    shuffled = np.random.default_rng(0).permutation(len(labels))
    dealt = shuffled[np.argsort(labels[shuffled], kind="stable")]
    place = np.arange(len(labels)) % 5
    X, parts = images.reshape(len(labels), 64), []
    for part in (place >= 2, place == 1, place == 0):
        rows = np.sort(dealt[part])
        parts += [X[rows], labels[rows]]
    return Digits(*parts, images, labels)


class MaxScaler:
    """Divide each column by the largest value that it had in the data the scaler was fitted to.

    Attributes
    ----------
    maximum : ndarray of float64, shape (n_features,)
        The remembered column maxima, in the columns' own units. New data is divided by these, not
        by its own maxima; it may therefore well exceed 1.
    """

    def fit(self, X: ArrayLike) -> "MaxScaler":
        """Remember the column maxima of X, shape (n_samples, n_features), and return the scaler.

        Raises
        ------
        ValueError
            If X is not a table, is empty, holds NaN or infinity, or has a column whose maximum is
            not positive, since dividing by it would destroy the column or turn its order round.
        """
        table = self._table(X)
        maximum = table.max(axis=0)
        empty = np.flatnonzero(~table.any(axis=0)).tolist()
        if empty:
            raise ValueError(
                f"column{'s' * (len(empty) > 1)} {', '.join(map(str, empty))} of X hold"
                f"{'s' * (len(empty) == 1)} nothing but zeros, so nothing to scale or to learn "
                f"from: drop what carries nothing, np.delete(X, {empty}, axis=1)"
            )
        for column in np.flatnonzero(maximum <= 0):
            raise ValueError(
                f"column {column} of X has the maximum {maximum[column]:g}, and to divide by it "
                "would turn its order round: a MaxScaler needs a positive one"
            )
        self.maximum = maximum
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Return X / maximum, a new float64 array of X's shape (n_samples, n_features).

        Raises
        ------
        ValueError
            Before ``fit``, or if X is not a table of as many columns as were fitted, is empty, or
            holds NaN or infinity.
        """
        return self._table(X, fitted=True) / self.maximum

    def inverse_transform(self, X: ArrayLike) -> np.ndarray:
        """Return X * maximum, float64: scaled values back in their own units, shape as X.

        Raises
        ------
        ValueError
            As for ``transform``.
        """
        return self._table(X, fitted=True) * self.maximum

    def fit_transform(self, X: ArrayLike) -> np.ndarray:
        """Fit the scaler to X, shape (n_samples, n_features); return X scaled, float64.

        Raises
        ------
        ValueError
            As for ``fit``.
        """
        return self.fit(X).transform(X)

    def _table(self, X, fitted=False):
        if fitted:
            if not hasattr(self, "maximum"):
                raise ValueError("this MaxScaler has no maximum yet: call fit first")
            return check_inputs(X, len(self.maximum), np.float64, "the scaler was fitted to")
        X = as_finite("X", X, np.float64)
        if X.ndim != 2:
            hint = "; one column: pass np.array(X)[:, np.newaxis]" if X.ndim == 1 else ""
            raise ValueError(f"X must have the shape (n_samples, n_features), not {X.shape}{hint}")
        return X


def made_up_weights() -> list[np.ndarray]:
    """Return the nine weights that chapter 02 makes up by hand, freshly made at each call.

    Nothing was learned to find them. The first forward passes of the series are computed with
    them, on paper, and so are its first gradients.

    Returns
    -------
    list of ndarray of float64
        ``W1`` (2, 3) and ``W2`` (3, 1), for scaled inputs and no biases.
    """
    W1 = [[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]]
    W2 = [[0.4], [0.5], [0.9]]
    return [np.array(W1), np.array(W2)]


def recovered_start() -> list[np.ndarray]:
    """Return the weights that the printed run of the tutorial behind this series started from.

    They were never printed. Chapter 17 tells how they were found: they are the ones, unique up to
    the order of the hidden neurons, from which training reproduces every printed number.

    Returns
    -------
    list of ndarray of float64
        ``W1`` (2, 3) and ``W2`` (3, 1), for scaled inputs and no biases.
    """
    W1 = [
        [-0.8916763356363716, 0.2829773491424719, -1.5579339591821924],
        [0.5572485934273361, 0.3939753559876154, 0.6425732127360538],
    ]
    W2 = [[-0.1674198562049482], [-1.823046917132369], [-0.9357182030296208]]
    return [np.array(W1), np.array(W2)]

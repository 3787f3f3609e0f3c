"""The data that the series works on, and the scaler that remembers how it was scaled."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nn_tutorial.checks import as_finite


class ExamScores(NamedTuple):
    """Three students: ``X`` (3, 2) hours [studied, slept], ``y`` (3, 1) points out of 100."""

    X: np.ndarray
    y: np.ndarray


def exam_scores() -> ExamScores:
    """Return the three students of the series, freshly made at each call.

    Returns
    -------
    ExamScores
        ``X``, float64 (3, 2): hours studied and hours slept; ``y``, float64 (3, 1): points of 100.
    """
    X = np.array([[2, 9], [1, 5], [3, 6]], dtype=np.float64)
    y = np.array([[92], [86], [89]], dtype=np.float64)
    return ExamScores(X, y)


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
        maximum = self._table(X).max(axis=0)
        for column in np.flatnonzero(maximum <= 0):
            raise ValueError(
                f"column {column} has the maximum {maximum[column]:g}; a MaxScaler needs a "
                "positive one"
            )
        self.maximum = maximum
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Return X / maximum, a new float64 array of X's shape (n_samples, n_features)."""
        return self._table(X, fitted=True) / self.maximum

    def inverse_transform(self, X: ArrayLike) -> np.ndarray:
        """Return X * maximum: scaled values back in their own units, shape as X."""
        return self._table(X, fitted=True) * self.maximum

    def fit_transform(self, X: ArrayLike) -> np.ndarray:
        """Fit the scaler to X and return X scaled."""
        return self.fit(X).transform(X)

    def _table(self, X, fitted=False):
        X = as_finite("X", X, np.float64)
        if X.ndim != 2:
            raise ValueError(f"X must have the shape (n_samples, n_features), not {X.shape}")
        if fitted and not hasattr(self, "maximum"):
            raise ValueError("this MaxScaler has no maximum yet: call fit first")
        if fitted and X.shape[1] != len(self.maximum):
            raise ValueError(
                f"X has {X.shape[1]} columns, but the scaler was fitted to {len(self.maximum)}"
            )
        return X


def recovered_start() -> list[np.ndarray]:
    """Return the weights that the printed run of the tutorial behind this series started from.

    They were never printed. Chapter 08 tells how they were found: they are the ones, unique up to
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

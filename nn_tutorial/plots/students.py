"""The three students as points, before and after scaling."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from .labels import student_points
from .style import new_figure, styled


@styled
def scaling(X: np.ndarray, scaled: np.ndarray, names: Sequence[str]) -> Figure:
    """Draw the students before and after scaling: same shape, other axes.

    Parameters
    ----------
    X : ndarray of float, shape (n_students, 2)
        Hours studied and slept.
    scaled : ndarray of float, shape (n_students, 2)
        The same without unit.
    names : sequence of str
        One for each student.

    Returns
    -------
    Figure
        Two panels; each axis runs from 0 to a little over its largest value.
    """
    fig = new_figure(6.0, 3.3)
    before, after = fig.subplots(1, 2)
    for ax, points in ((before, np.asarray(X, float)), (after, np.asarray(scaled, float))):
        top = 1.18 * points.max(axis=0)
        ax.set(xlim=(0, top[0]), ylim=(0, top[1]))
        ax.locator_params(nbins=6)
        student_points(ax, points, names)
    before.set(xlabel="hours studied", ylabel="hours slept", title="before: hours")
    after.set(xlabel="studied, scaled (no unit)", ylabel="slept, scaled (no unit)")
    after.set_title("after: shares of the maximum")
    return fig

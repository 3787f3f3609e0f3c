"""The three students as points, before and after scaling."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from .kit.labels import label_point, student_points
from .kit.style import GREY, INK, new_figure, styled


@styled
def scaling(
    X: np.ndarray,
    scaled: np.ndarray,
    names: Sequence[str],
    new: tuple[np.ndarray, np.ndarray] | None = None,
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw the students before and after scaling: same shape, other axes.

    Parameters
    ----------
    X : ndarray of float, shape (n_students, 2)
        Hours studied and slept.
    scaled : ndarray of float, shape (n_students, 2)
        The same without unit.
    names : sequence of str
        One for each student.
    new : (ndarray of float, ndarray of float), shapes (2,), optional
        One more student's hours, and the same scaled; drawn as a star. The lines at 1 are dotted.
    limits : (float, float), optional
        The largest hours studied and slept that the left axes show.

    Returns
    -------
    Figure
        Two panels; each axis runs from 0 to a little over its largest value, or to the limits.
    """
    X, scaled = np.asarray(X, dtype=float), np.asarray(scaled, dtype=float)
    tops = 1.18 * X.max(axis=0) if limits is None else np.asarray(limits, dtype=float)
    fig = new_figure(6.0, 3.3)
    before, after = fig.subplots(1, 2)
    for k, (ax, points) in enumerate(((before, X), (after, scaled))):
        # The right axes show as much as the left ones.
        top = tops * points.max(axis=0) / X.max(axis=0)
        ax.set(xlim=(0, top[0]), ylim=(0, top[1]))
        ax.locator_params(nbins=6)
        student_points(ax, points, names)
        if new is not None:
            x, y = new[k]
            ax.plot([x], [y], "*", color=INK, mec="white", markersize=15, zorder=7, clip_on=False)
            label_point(ax, x, y, "new")
    if new is not None:
        after.axhline(1, color=GREY, linestyle=":", linewidth=1.5)
        after.axvline(1, color=GREY, linestyle=":", linewidth=1.5)
    before.set(xlabel="hours studied", ylabel="hours slept", title="before: hours")
    after.set(xlabel="studied, scaled (no unit)", ylabel="slept, scaled (no unit)")
    after.set_title("after: shares of the maximum")
    return fig

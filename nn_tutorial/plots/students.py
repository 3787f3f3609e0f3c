"""The three students as points, before and after scaling."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from .kit.given import at_most, numbers, texts
from .kit.labels import label_point, student_points
from .kit.style import GREY, INK, MAX_CURVES, new_figure, styled
from .words import networks as words


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

    Raises
    ------
    ValueError
        If there are more than 10 students, or not as many names, if hours are negative, or all
        zero, and if the shapes do not go together.
    """
    X = numbers("X", X, ("n_students", 2))
    at_most(len(X), MAX_CURVES, "students, each with a marker and a name,")
    scaled = numbers("scaled", scaled, X.shape)
    names = texts("names", names, len(X), "students")
    if new is not None:
        if len(new) != 2:
            raise ValueError(f"new must be two pairs, hours and scaled hours, not {len(new)}")
        new = [numbers(f"new[{k}]", np.ravel(pair), (2,)) for k, pair in enumerate(new)]
    for name, points in (("X", X), ("scaled", scaled)):
        if points.min() < 0 or np.any(points.max(axis=0) == 0):
            raise ValueError(
                f"{name} runs from {points.min():g} to {points.max():g}, but the axes begin at 0, "
                "and each needs a positive number"
            )
    farthest = X.max(axis=0) if new is None else np.maximum(X.max(axis=0), new[0])
    tops = 1.18 * farthest if limits is None else numbers("limits", limits, (2,))
    if np.any(tops < farthest) or (new is not None and np.min(new) < 0):
        raise ValueError("a student lies beyond the axes, which run from 0 to the limits")
    fig = new_figure(6.0, 3.3)
    before, after = fig.subplots(1, 2)
    for k, (ax, points) in enumerate(((before, X), (after, scaled))):
        # The right axes show as much as the left ones.
        top = tops * (points.max(axis=0) / X.max(axis=0))
        ax.set(xlim=(0, top[0]), ylim=(0, top[1]))
        ax.locator_params(nbins=6)
        taken = student_points(ax, points, names)
        if new is not None:
            x, y = new[k]
            ax.plot([x], [y], "*", color=INK, mec="white", markersize=15, zorder=7, clip_on=False)
            label_point(ax, x, y, "new", taken=taken)
    if new is not None:
        after.axhline(1, color=GREY, linestyle=":", linewidth=1.5)
        after.axvline(1, color=GREY, linestyle=":", linewidth=1.5)
    before.set(xlabel="hours studied", ylabel="hours slept", title="before: hours")
    after.set(xlabel="studied, scaled (no unit)", ylabel="slept, scaled (no unit)")
    after.set_title("after: shares of the maximum")
    fig.alt = words.scaling(X, scaled, names, new)
    return fig

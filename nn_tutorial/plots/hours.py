"""Maps over hours studied and slept: predicted scores, and how far to trust them."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from .kit.contours import DARKER, draw_contours
from .kit.given import at_most, grid, named, numbers, vector
from .kit.labels import label_point, student_points
from .kit.numerals import significant
from .kit.style import BLUES, INK, ORANGES, new_figure, styled
from .words import maps as words

TRUST_LEVELS = (0.2, 0.5, 1, 2, 4, 8, 16)


def _hatch_outside(ax: Axes, students: np.ndarray) -> None:
    """Hatch what lies outside the box around the students, and say why."""
    (x0, y0), (x1, y1) = students.min(axis=0), students.max(axis=0)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for x, y, width, height in (
        (left, bottom, x0 - left, top - bottom),
        (x1, bottom, right - x1, top - bottom),
        (x0, bottom, x1 - x0, y0 - bottom),
        (x0, y1, x1 - x0, top - y1),
    ):
        ax.add_patch(
            Rectangle(
                (x, y), width, height, hatch="//", facecolor="none", edgecolor="#888888",
                linewidth=0, alpha=0.6, zorder=2,
            )
        )  # fmt: skip
    ax.add_patch(
        Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor=INK, linestyle="--", zorder=3)
    )


MAX_NEW = 5


def _hours(students, new) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the students' hours, and those of the new ones by name."""
    students = numbers("students", students, ("n_students", 2))
    new = named("new", new, "name to hours") if new else {}
    at_most(len(new), MAX_NEW, "new students")
    return students, {str(k): numbers(f"new[{k!r}]", hours, (2,)) for k, hours in new.items()}


def _draw_hours(ax: Axes, studied, slept, students, names, new) -> None:
    points = np.array([*students, *new.values()], dtype=float)
    ax.set_xlim(min(np.min(studied), points[:, 0].min()), max(np.max(studied), points[:, 0].max()))
    ax.set_ylim(min(np.min(slept), points[:, 1].min()), max(np.max(slept), points[:, 1].max()))
    ax.set(xlabel="hours studied", ylabel="hours slept")
    _hatch_outside(ax, students)
    taken = student_points(ax, students, names)
    for name, (x, y) in new.items():
        ax.plot([x], [y], "*", color=INK, mec="white", markersize=15, zorder=5, clip_on=False)
        label_point(ax, x, y, name, taken=taken)
    ax.text(
        0.99, 1.02, "hatched: not trained here, extrapolation", transform=ax.transAxes,
        ha="right", va="bottom", fontsize=9,
    )  # fmt: skip


def _names(students: np.ndarray) -> list[str]:
    return [f"({significant(a, 4)}, {significant(b, 4)})" for a, b in students]


def _score_levels(low: float, high: float) -> np.ndarray:
    steps = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
    step = next((s for s in steps if (high - low) / s <= 10), None)
    if step is None or high - low < 0.2:  # no scores of an exam
        levels = MaxNLocator(8, steps=[1, 2, 5, 10]).tick_values(low, high)
    else:
        levels = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
    return levels[(levels > low) & (levels < high)]


@styled
def score_surface(
    studied: np.ndarray,
    slept: np.ndarray,
    scores: np.ndarray,
    students: np.ndarray,
    student_scores: np.ndarray | None = None,
    new: Mapping[str, tuple[float, float]] | None = None,
) -> Figure:
    """Draw the predicted score over hours studied and slept.

    Parameters
    ----------
    studied, slept : ndarray of float, shapes (n_studied,), (n_slept,)
        Hours, across and up.
    scores : ndarray of float, shape (n_slept, n_studied)
        Predicted points.
    students : ndarray of float, shape (n_students, 2)
        Hours studied and slept of those trained on.
    student_scores : ndarray of float, shape (n_students,), optional
        Their true points.
    new : dict of str to (float, float), optional
        More students, as stars: name to hours.

    Returns
    -------
    Figure
        Hatched wherever the network was not trained.

    Raises
    ------
    ValueError
        If the shapes do not go together, and for more than 10 students, or 5 new ones.
    """
    studied, slept, scores = grid(("studied", "slept", "scores"), studied, slept, scores)
    students, new = _hours(students, new)
    names = _names(students)
    if student_scores is not None:
        student_scores = vector("student_scores", student_scores, len(students), "students")
        pairs = zip(names, student_scores, strict=True)
        names = [f"{name}: {significant(score, 4)}" for name, score in pairs]
    fig = new_figure(6.0, 4.0)
    ax = fig.add_subplot()
    low, high = float(scores.min()), float(scores.max())
    flat = draw_contours(ax, studied, slept, scores, _score_levels(low, high), BLUES)
    _draw_hours(ax, studied, slept, students, names, new)
    ax.set_title("predicted score (points)" + (f":\n{flat}" if flat else f",\n{DARKER}"))
    fig.alt = words.score_surface(studied, slept, scores, students, student_scores, new)
    return fig


@styled
def trust_map(
    studied: np.ndarray,
    slept: np.ndarray,
    spread: np.ndarray,
    students: np.ndarray,
    new: Mapping[str, tuple[float, float]] | None = None,
) -> Figure:
    """Draw how much many trained networks disagree, over hours studied and slept.

    Parameters
    ----------
    studied, slept : ndarray of float, shapes (n_studied,), (n_slept,)
        Hours, across and up.
    spread : ndarray of float, shape (n_slept, n_studied)
        Standard deviation between the networks' answers, in points.
    students : ndarray of float, shape (n_students, 2)
        Hours studied and slept of those trained on.
    new : dict of str to (float, float), optional
        More students, as stars: name to hours.

    Returns
    -------
    Figure
        Light is trust, dark is disagreement; hatched wherever the networks were not trained.

    Raises
    ------
    ValueError
        If a spread is negative, if the shapes do not go together, and for more than 10 students,
        or 5 new ones.
    """
    studied, slept, spread = grid(("studied", "slept", "spread"), studied, slept, spread)
    students, new = _hours(students, new)
    if spread.min() < 0:
        raise ValueError(
            f"spread holds {spread.min():g}, but a standard deviation is never below 0"
        )
    fig = new_figure(6.0, 4.0)
    ax = fig.add_subplot()
    levels = np.array([v for v in TRUST_LEVELS if spread.min() < v < spread.max()])
    # Where no line is crossed, the tone says how large the spread is everywhere.
    shade = np.searchsorted(TRUST_LEVELS, spread.min()) / len(TRUST_LEVELS)
    flat = draw_contours(ax, studied, slept, spread, levels, ORANGES, shade=float(shade))
    names = _names(students)
    _draw_hours(ax, studied, slept, students, names, new)
    ax.set_title("standard deviation (points)" + (f":\n{flat}" if flat else f",\n{DARKER}"))
    fig.alt = words.trust_map(studied, slept, spread, students, names, new)
    return fig

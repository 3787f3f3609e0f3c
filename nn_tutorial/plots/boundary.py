"""What a network with two inputs answers across the plane, and where it changes its mind."""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from nn_tutorial.arrays import as_numbers

from .kit.given import at_most, grid, numbers, refuse_objects, texts
from .kit.labels import HALO
from .kit.style import BLUE, GREEN, INK, PURPLE, new_figure, styled
from .kit.writing import width_of, wrapped
from .words import networks as words

LEVELS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
# Two hues that meet at 0.5. The larger the output, the darker, so that they differ in grey, too.
TONES = ("#EAF3FA", "#D9E9F5", "#C6DEEF", "#F6CFA3", "#EDB07A", "#E08A4C")
MANY_SAMPLES = 40
# Marker, edge and face of each class: hollow and solid in turn, and no two of one form.
LOOKS = (
    ("o", BLUE, "white"),
    ("s", "white", "#B34700"),
    ("^", GREEN, "white"),
    ("D", "white", PURPLE),
    ("v", INK, "white"),
)
TWO, TOLERANCE = 2, 1e-6
KEY = 4.8  # inches, for the names of the classes


def _classes(labels: np.ndarray, n_samples: int) -> tuple[list[str], np.ndarray]:
    """Return the classes' names in order, and each sample's index among them.

    Without a 2 or any other class, 0 and 1 are both there, whether a sample has them or not.
    """
    refuse_objects("labels", labels, Network="the samples' classes")
    given = np.asarray(labels)
    if given.dtype.kind == "S" or any(isinstance(label, str) for label in given.ravel()):
        for at, label in enumerate(np.asarray(labels, dtype=object).ravel()):
            if not isinstance(label, str | bytes):
                raise ValueError(f"labels holds {label!r} at index {at}, beside names")
        given = given.astype(str)
    if given.dtype.kind != "U":
        given = as_numbers("labels", labels)
    if given.ndim == 2 and given.shape[1] > 1:
        raise ValueError(
            f"labels has shape {given.shape}, but this figure takes one class for each sample: "
            "pass labels.argmax(axis=1)"
        )
    given = given.ravel()
    if len(given) != n_samples:
        raise ValueError(f"labels has {len(given)} entries for {n_samples} samples")
    if given.dtype.kind == "f":
        odd = ~np.isfinite(given) | (given != np.round(given))
        if odd.any():
            at = int(np.argmax(odd))
            raise ValueError(
                f"labels holds {given[at]:g} at index {at}, but a class is a whole number, True or "
                "False, or a name: pass labels > 0.5 if these are outputs"
            )
    if given.dtype.kind in "bf":
        given = given.astype(np.int64)
    known = np.array([0, 1]) if given.dtype.kind in "iu" and set(given) <= {0, 1} else given
    classes, index = np.unique(np.concatenate([known, given]), return_inverse=True)
    at_most(len(classes), len(LOOKS), "classes")
    return [str(name) for name in classes], index[len(known) :]


def _mark_names(ax: Axes, names: list[str]) -> None:
    """Say above the map which marker is which class."""
    handles = [
        Line2D(
            [], [], marker=marker, color=edge, markerfacecolor=face, markersize=7, linestyle="none"
        )
        for marker, edge, face in LOOKS[: len(names)]
    ]
    longest = max(width_of(name, 10) for name in names)
    columns = next((n for n in (len(names), 3, 2) if longest <= KEY / n - 0.35), 1)
    ax.figure.legend(
        handles, [wrapped(name, KEY - 0.35, 10, 1) for name in names], loc="outside lower left",
        ncols=min(columns, len(names)), frameon=False, fontsize=10, handletextpad=0.1,
        columnspacing=1.0,
    )  # fmt: skip


def _draw_samples(ax: Axes, X: np.ndarray, labels: np.ndarray, size: float) -> None:
    """Draw class 0 as hollow blue circles, class 1 as solid vermillion squares, and so on."""
    for label, (marker, edge, face) in enumerate(LOOKS[: max(TWO, labels.max() + 1)]):
        ax.plot(
            *X[labels == label].T, marker, color=edge, markerfacecolor=face, markersize=size,
            markeredgewidth=1.0 + 0.1 * size * (face == "white"), linestyle="none", zorder=5,
            clip_on=False,
        )  # fmt: skip


def _draw_key(ax: Axes, n_classes: int) -> None:
    """Draw the scale of the outputs; of two classes its ends carry the markers."""
    for (low, high), tone in zip(pairwise(LEVELS), TONES, strict=True):
        ax.axhspan(low, high, color=tone, linewidth=0)
    ax.axhline(0.5, color=INK, linestyle="-", linewidth=2.5)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], ylabel="output of the network (no unit)")
    ax.set_label("<colorbar>")
    ax.set_yticks(LEVELS)
    ax.yaxis.set_label_position("right")
    ax.yaxis.tick_right()
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(True)
    if n_classes == TWO:  # one output can't say more
        _draw_samples(ax, np.array([[0.5, 0.05], [0.5, 0.95]]), np.array([0, 1]), 8)


def _draw_change(ax: Axes, first, second, outputs: np.ndarray, X: np.ndarray) -> None:
    """Draw the line where the output is 0.5, and name it where no sample is near."""
    # If all outputs lie on one side there is no such line, and matplotlib would warn.
    if not outputs.min() < 0.5 < outputs.max():
        return
    line = ax.contour(first, second, outputs, [0.5], colors=INK, linewidths=2.5)
    to_axes = ax.transData + ax.transAxes.inverted()
    points = np.concatenate([s for s in line.allsegs[0] if len(s)])
    places, samples = to_axes.transform(points), to_axes.transform(X)
    room = np.min(np.linalg.norm(places[:, None] - samples, axis=2), axis=1)
    inside = np.all((places > 0.1) & (places < 0.9), axis=1)
    best = points[np.argmax(room + inside)]
    for text in ax.clabel(line, fmt="0.5", fontsize=10, inline_spacing=3, manual=[tuple(best)]):
        text.set(path_effects=HALO, fontweight="bold", zorder=6)


@styled
def decision_boundary(
    first: np.ndarray,
    second: np.ndarray,
    outputs: np.ndarray,
    X: np.ndarray,
    labels: np.ndarray,
    names: tuple[str, str] = ("first input", "second input"),
    title: str | None = None,
) -> Figure:
    """Draw a network's output over two inputs, with the line where it is 0.5.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n_first,), (n_second,)
        The inputs' values, across and up.
    outputs : ndarray of float, shape (n_second, n_first)
        The network's output at each pair, from 0 to 1 (no unit).
    X : ndarray of float, shape (n_samples, 2)
        The samples, in the units of `first` and `second`.
    labels : ndarray of int, bool or str, shape (n_samples,)
        Their classes: 0 and 1, or up to five others, which are named below the map. Of two
        classes, a small output stands for the first in order.
    names : (str, str)
        The inputs' names, with their units where they have any.
    title : str, optional
        Written above.

    Returns
    -------
    Figure
        Class 0 is drawn as hollow circles, class 1 as solid squares, also in the scale at the
        right. The scale is always 0 to 1, so that figures can be frames of one animation.

    Raises
    ------
    ValueError
        If the shapes do not go together, for outputs beyond 0 and 1, and for labels that are no
        classes, or more than five.
    """
    first, second, outputs = grid(("first", "second", "outputs"), first, second, outputs)
    if outputs.min() < -TOLERANCE or outputs.max() > 1 + TOLERANCE:
        raise ValueError(
            f"outputs run from {outputs.min():g} to {outputs.max():g}, but this figure shows "
            "outputs from 0 to 1, as of a sigmoid"
        )
    outputs = np.clip(outputs, 0, 1)
    X = numbers("X", X)
    if X.ndim != 2 or X.shape[1] != TWO:
        hint = ": pass two of its columns, X[:, [0, 1]]" if X.ndim == 2 else ""
        raise ValueError(f"X has shape {X.shape}, but a plane takes (n_samples, 2){hint}")
    classes, labels = _classes(labels, len(X))
    names = [
        wrapped(name, inches, 11)
        for name, inches in zip(texts("names", names, TWO, "inputs"), (3.6, 3.0), strict=True)
    ]
    fig = new_figure(5.0, 3.8)
    ax, key = fig.subplots(1, 2, width_ratios=(18, 1))
    ax.contourf(first, second, outputs, LEVELS, colors=TONES)
    ax.grid(False)
    size = 12 if len(X) <= 8 else 7 if len(X) <= MANY_SAMPLES else 5
    _draw_samples(ax, X, labels, size)
    ax.set_xlim(min(np.min(first), X[:, 0].min()), max(np.max(first), X[:, 0].max()))
    ax.set_ylim(min(np.min(second), X[:, 1].min()), max(np.max(second), X[:, 1].max()))
    ax.set(xlabel=names[0], ylabel=names[1], title=wrapped(title or "", 3.7, 11))
    if classes != ["0", "1"]:
        _mark_names(ax, classes)
    ax.locator_params(nbins=4)
    _draw_change(ax, first, second, outputs, X)
    _draw_key(key, len(classes))
    fig.alt = words.decision_boundary(first, second, outputs, X, labels, classes, title or "")
    return fig

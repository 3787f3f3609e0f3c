"""The activation functions and their slopes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from nn_tutorial.activations import sigmoid, sigmoid_slope

from .kit.given import at_most, is_empty, numbers
from .kit.labels import HALO
from .kit.numerals import plain, significant
from .kit.spacing import spread
from .kit.style import BLUE, COLOURS, GREEN, GREY, INK, LINE_STYLES, VERMILLION, new_figure, styled
from .words import maps
from .words import networks as words

END, MAX_MARKS = 8.0, 4  # marks on each side of zero
MAX_STEMS = {1: 4, -1: 2}  # to the left there is less room, beside what is said of the tangent
LINE_HEIGHT = 0.024  # of the slope, beneath a label


def _places(name: str, values: object, most: dict[int, int]) -> list[float]:
    """Return places on the axis, which ends at -8 and 8."""
    if is_empty(values):
        return []
    places = numbers(name, values).ravel()
    if np.abs(places).max() > END:
        beyond = places[np.argmax(np.abs(places))]
        raise ValueError(f"{name} must lie between -8 and 8, where the curve is, not {beyond:g}")
    for side, here in ((1, places >= 0), (-1, places < 0)):
        where = "from zero on" if side > 0 else "below zero"
        at_most(int(here.sum()), most[side], f"marks {where}")
    return places.tolist()


def _digits(value: float) -> str:
    return plain(value, 4)


@styled
def sigmoid_curve(marks: Sequence[float] = ()) -> Figure:
    """Draw the sigmoid.

    Parameters
    ----------
    marks : sequence of float
        Places whose value is written beside the curve.

    Returns
    -------
    Figure
        From z = -8 to 8, with the two lines that the sigmoid never reaches.

    Raises
    ------
    ValueError
        For places beyond -8 and 8, and for more than 4 marks from zero on, or 2 below.
    """
    marks = _places("marks", marks, MAX_STEMS)
    fig = new_figure()
    _draw_sigmoid(fig.add_subplot(), marks)
    fig.alt = words.sigmoid_curve({m: float(sigmoid(m)) for m in marks})
    return fig


@styled
def sigmoid_with_tangent(z: float = 0.0, marks: Sequence[float] = ()) -> Figure:
    """Draw the sigmoid with its tangent at one point.

    Parameters
    ----------
    z : float, default 0.0
        Where the tangent touches.
    marks : sequence of float
        More places to mark on the curve.

    Returns
    -------
    Figure
        From z = -8 to 8, with the two lines that the sigmoid never reaches.

    Raises
    ------
    ValueError
        For places beyond -8 and 8, and for more than 4 marks from zero on, or 2 below.
    """
    (z,), marks = _places("z", numbers("z", z, ()), MAX_STEMS), _places("marks", marks, MAX_STEMS)
    fig = new_figure()
    ax = fig.add_subplot()
    _draw_sigmoid(ax, marks)
    value, slope = float(sigmoid(z)), float(sigmoid_slope(z))
    reach = np.array([-2.2, 2.2])
    ax.plot(z + reach, value + slope * reach, color=VERMILLION, linestyle="--")
    ax.plot([z], [value], "o", color=VERMILLION, linestyle="none", clip_on=False)
    # The upper left corner is free whatever z is, because the curve is low there.
    text = f"tangent at z = {significant(z, 6)}:\nslope {significant(slope)}".replace("-", "−")
    ax.text(-7.7, 0.72, text, color=VERMILLION, va="center", path_effects=HALO)
    fig.alt = words.sigmoid_with_tangent(z, value, slope, {m: float(sigmoid(m)) for m in marks})
    return fig


def _draw_sigmoid(ax, marks: Sequence[float]) -> None:
    """Draw the curve, the two lines that it never reaches, and its value at the marks."""
    zs = np.linspace(-8, 8, 321)
    ax.axhline(0, color=GREY, linestyle=":", linewidth=1.5)
    ax.axhline(1, color=GREY, linestyle=":", linewidth=1.5)
    ax.plot(zs, sigmoid(zs), color=BLUE, linestyle="-")
    ax.set(xlim=(-8, 8), ylim=(-0.12, 1.12), xlabel="z (no unit)", ylabel="sigmoid σ(z)")
    # Right of zero there is room below the curve, left of it above; nearer marks get shorter stems.
    for k, mark in enumerate(sorted(m for m in marks if m >= 0)):
        _stem(ax, mark, 0.5 - 0.11 * k, "right" if mark > 3 else "left")
    for k, mark in enumerate(sorted((m for m in marks if m < 0), reverse=True)):
        _stem(ax, mark, 0.5 + 0.11 * k, "left" if mark < -3 else "right")


def _stem(ax, mark: float, y: float, ha: str) -> None:
    value = float(sigmoid(mark))
    ax.plot([mark, mark], [value, y], color=GREY, linestyle="-", linewidth=1)
    ax.plot([mark], [value], "s", color=GREEN, linestyle="none", markersize=7)
    text = f"σ({significant(mark, 6)}) = {_digits(value)}".replace("-", "−")
    ax.text(mark, y, text, ha=ha, va="center", fontsize=10, color=INK, path_effects=HALO)


@styled
def slope_curve(marks: Sequence[float] = ()) -> Figure:
    """Draw the sigmoid's slope, which is nowhere more than 1/4.

    Parameters
    ----------
    marks : sequence of float
        Places whose slope is written beside the curve.

    Returns
    -------
    Figure
        From z = -8 to 8.

    Raises
    ------
    ValueError
        For marks beyond -8 and 8, and for more than 4 on one side of zero.
    """
    marks = _places("marks", marks, {1: MAX_MARKS, -1: MAX_MARKS})
    fig = new_figure()
    ax = fig.add_subplot()
    zs = np.linspace(-8, 8, 321)
    ax.plot(zs, sigmoid_slope(zs), color=BLUE, linestyle="-")
    ax.plot([0], [0.25], "o", color=VERMILLION, linestyle="none")
    ax.annotate(
        "largest: 1/4", (0, 0.25), xytext=(-10, 4), textcoords="offset points",
        ha="right", color=VERMILLION,
    )  # fmt: skip
    ax.set(xlim=(-8, 8), ylim=(-0.01, 0.28), xlabel="z (no unit)", ylabel="slope of the sigmoid")
    for side in (1, -1):
        _slopes(ax, side, sorted((m for m in marks if (m >= 0) == (side > 0)), key=abs))
    fig.alt = maps.slope_curve({m: float(sigmoid_slope(m)) for m in marks})
    return fig


def _slopes(ax, side: int, marks: Sequence[float]) -> None:
    """Mark places on one side of zero; far ones carry their labels on stems."""
    values = [float(sigmoid_slope(mark)) for mark in marks]
    near = sum(abs(mark) <= 2.5 for mark in marks)
    wanted = [*values[:near], *(0.19 + 0.025 * k for k in range(len(marks) - near))]
    for mark, value, y in zip(marks, values, spread(wanted, LINE_HEIGHT, 0, 0.28), strict=True):
        ax.plot([mark], [value], "s", color=GREEN, linestyle="none", markersize=7)
        text = f"{significant(mark, 6)}: {_digits(value)}".replace("-", "−")
        x, ha = mark + 0.4 * side, "left" if side > 0 else "right"
        if abs(mark) > 2.5:
            x, ha = mark, "right" if side > 0 else "left"
            ax.plot([mark, mark], [value, y], color=GREY, linestyle="-", linewidth=1)
        ax.text(x, y, text, ha=ha, va="center", fontsize=10, path_effects=HALO)


@styled
def activations() -> Figure:
    """Draw sigmoid, tanh and ReLU over the same z.

    Returns
    -------
    Figure
        Each curve carries its name.
    """
    fig = new_figure()
    ax = fig.add_subplot()
    z = np.linspace(-4, 4, 321)
    curves = {"sigmoid": sigmoid(z), "tanh": np.tanh(z), "ReLU": np.maximum(z, 0)}
    places = {"sigmoid": (2.5, 0.72), "tanh": (-1.8, -0.68), "ReLU": (1.75, 1.45)}
    for (name, a), colour, line in zip(curves.items(), COLOURS, LINE_STYLES, strict=False):
        ax.plot(z, a, color=colour, linestyle=line)
        ax.text(*places[name], name, color=colour, path_effects=HALO, va="center", ha="left")
    ax.set(xlim=(-4, 4), ylim=(-1.2, 2.2), xlabel="z (no unit)", ylabel="activation a (no unit)")
    return fig

"""Shares as bars: how often networks learn, and how one network divides its belief."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nn_tutorial.checks import check_count

from .kit.given import at_most, named, numbers, vector
from .kit.labels import HALO
from .kit.numerals import plain, significant
from .kit.style import GREY, INK, PALE_BLUE, PALE_ORANGE, new_figure, styled
from .kit.writing import wrapped
from .pictures import as_pictures
from .words import answers as words

MAX_BARS = 16


@styled
def success_rates(
    rates: Mapping[str, float],
    xlabel: str = "share of 200 starts that learned it (%)",
) -> Figure:
    """Draw how often each kind of network succeeds, as horizontal bars.

    Parameters
    ----------
    rates : dict of str to float
        Name to share, from 0 to 1.
    xlabel : str
        Share of what, in per cent.

    Returns
    -------
    Figure
        In the order given, from the top; each value is written at its bar's end.

    Raises
    ------
    ValueError
        If a rate is not between 0 and 1, or there are none, or more than 16.
    """
    rates = named("rates", rates, "name to share")
    at_most(len(rates), MAX_BARS, "bars")
    shares = 100 * np.array([float(numbers(f"rates[{k!r}]", r, ())) for k, r in rates.items()])
    if shares.min() < 0 or shares.max() > 100:
        raise ValueError(
            f"rates run from {shares.min() / 100:g} to {shares.max() / 100:g}, but a share lies "
            "between 0 and 1: divide per cent by 100"
        )
    places = np.arange(len(shares))
    fig = new_figure(6.0, min(4.0, 0.95 + 0.4 * len(shares)))
    ax = fig.add_subplot()
    ax.barh(places, shares, height=0.62, color=PALE_BLUE, edgecolor=INK, linewidth=0.8)
    for place, share in zip(places, shares, strict=True):
        ax.annotate(
            f"{significant(share)} %", (share, place), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=10, path_effects=HALO,
        )  # fmt: skip
    # The room right of 100 is for the number at the end of a full bar.
    ax.set(xlim=(0, 113), ylim=(len(shares) - 0.4, -0.6))
    ax.set_xlabel(wrapped(xlabel, 4.0, 11))
    ax.set_xticks(np.arange(0, 101, 20))
    ax.set_yticks(places, [wrapped(str(name), 2.5, 10, 1) for name in rates])
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0, 100)
    ax.grid(visible=False, axis="y")
    fig.alt = words.success_rates(dict(zip(map(str, rates), shares, strict=True)), xlabel)
    return fig


@styled
def digit_with_probabilities(
    image: np.ndarray, probabilities: np.ndarray, truth: int | None = None
) -> Figure:
    """Draw one handwritten digit beside the ten probabilities that a network gives it.

    Parameters
    ----------
    image : ndarray of float, shape (8, 8) or (64,)
        0 for white to 1 for black.
    probabilities : ndarray of float, shape (10,)
        From 0 to 1 (no unit), with sum 1.
    truth : int, optional
        The label; its bar is hatched and named.

    Returns
    -------
    Figure
        Two panels.

    Raises
    ------
    ValueError
        For another number of pixels or probabilities, for ink or probabilities beyond 0 and 1,
        for probabilities with another sum, and for a label that is none of the ten.
    """
    pictures = as_pictures("image", image, single=True)
    if len(pictures) != 1:
        raise ValueError(f"image has shape {np.shape(image)}, but this figure shows one image")
    heights = vector("probabilities", probabilities, 10, "digits", Network="net.predict(X)[0]")
    if heights.min() < 0 or abs(heights.sum() - 1) > 1e-3:
        raise ValueError(
            f"probabilities run from {heights.min():g} to {heights.max():g} with sum "
            f"{heights.sum():g}, but lie between 0 and 1 with sum 1: pass what softmax gives"
        )
    if truth is not None and (truth := check_count("truth", truth, 0)) > 9:
        raise ValueError(f"truth must be a digit from 0 to 9, not {truth}")
    rows, columns = pictures.shape[1:]
    fig = new_figure(6.0, 2.9)
    picture, ax = fig.subplots(1, 2, width_ratios=(1, 2.6))
    picture.imshow(pictures[0], cmap="Greys", vmin=0, vmax=1)
    frame = Rectangle(
        (-0.5, -0.5), columns, rows, fill=False, edgecolor=GREY, linewidth=0.8, clip_on=False
    )
    picture.add_patch(frame)
    picture.set_axis_off()
    picture.set_title("" if truth is None else f"label {truth}")
    bars = ax.bar(range(10), heights, width=0.7, color=PALE_BLUE, edgecolor=INK, linewidth=0.8)
    if truth is not None:
        bars[truth].set(facecolor=PALE_ORANGE, hatch="//")
    for digit, height in enumerate(heights):
        true = digit == truth
        ax.annotate(
            ("truth\n" if true else "") + plain(height, 2), (digit, height), xytext=(0, 3),
            textcoords="offset points", ha="center", va="bottom", fontsize=9, linespacing=1.1,
            fontweight="bold" if true else "normal", path_effects=HALO,
        )  # fmt: skip
    ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.22), yticks=np.arange(6) / 5, xticks=range(10))
    ax.set(xlabel="digit", ylabel="probability (no unit)")
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_bounds(0, 1)
    ax.grid(visible=False, axis="x")
    fig.alt = words.digit_with_probabilities(heights, truth)
    return fig

"""Shares as bars: how often networks learn, and how one network divides its belief."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .labels import HALO
from .numbers import plain, significant
from .style import INK, new_figure, styled

FILL, MARKED = "#7FB4D8", "#E99A5B"


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
    """
    shares = 100 * np.array(list(rates.values()), dtype=float)
    places = np.arange(len(shares))
    fig = new_figure(6.0, min(4.0, 0.95 + 0.4 * len(shares)))
    ax = fig.add_subplot()
    ax.barh(places, shares, height=0.62, color=FILL, edgecolor=INK, linewidth=0.8)
    for place, share in zip(places, shares, strict=True):
        ax.annotate(
            f"{significant(share)} %", (share, place), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=10, path_effects=HALO,
        )  # fmt: skip
    # Room right of 100 for the value of a full bar.
    ax.set(xlim=(0, 113), ylim=(len(shares) - 0.4, -0.6), xlabel=xlabel)
    ax.set_xticks(np.arange(0, 101, 20))
    ax.set_yticks(places, list(rates))
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0, 100)
    ax.grid(visible=False, axis="y")
    return fig


@styled
def probability_bars(
    probabilities: np.ndarray,
    truth: int | None = None,
    names: Sequence[str] | None = None,
) -> Figure:
    """Draw the probabilities that a network gives to the classes, for one sample.

    Parameters
    ----------
    probabilities : ndarray of float, shape (n_classes,)
        From 0 to 1 (no unit), with sum 1.
    truth : int, optional
        The index of the true class; its bar is hatched and named.
    names : sequence of str, optional
        The classes' names; their indices, as digits, by default.

    Returns
    -------
    Figure
        Each value, to two decimals, is written above its bar.
    """
    heights = np.ravel(np.asarray(probabilities, dtype=float))
    places = np.arange(len(heights))
    fig = new_figure(6.0, 3.2)
    ax = fig.add_subplot()
    bars = ax.bar(places, heights, width=0.7, color=FILL, edgecolor=INK, linewidth=0.8)
    if truth is not None:
        bars[truth].set(facecolor=MARKED, hatch="//")
    for place, height in zip(places, heights, strict=True):
        true = truth is not None and place == truth
        ax.annotate(
            ("truth\n" if true else "") + plain(height, 2), (place, height), xytext=(0, 3),
            textcoords="offset points", ha="center", va="bottom", fontsize=10, linespacing=1.1,
            fontweight="bold" if true else "normal", path_effects=HALO,
        )  # fmt: skip
    ax.set(xlim=(-0.6, len(heights) - 0.4), ylim=(0, 1.22), yticks=np.arange(6) / 5)
    ax.set(xlabel="digit" if names is None else "class", ylabel="probability (no unit)")
    ax.set_xticks(places, [str(place) for place in places] if names is None else list(names))
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_bounds(0, 1)
    ax.grid(visible=False, axis="x")
    return fig

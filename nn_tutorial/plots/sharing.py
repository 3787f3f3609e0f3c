"""Work that is shared: how much faster many machines are, and how much each of them holds."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .kit.given import at_most, named, numbers, vector
from .kit.labels import HALO, label_ends
from .kit.log_axis import place_on, write_plainly
from .kit.numerals import significant
from .kit.style import GREY, INK, MAX_CURVES, PALE_BLUE, VERMILLION, look, new_figure, styled
from .words import sharing as words

MAX_SHARDS = 16


@styled
def speed_ups(machines: np.ndarray, times_as_fast: Mapping[str, np.ndarray]) -> Figure:
    """Draw how many times as fast a step is on many machines as on one.

    Parameters
    ----------
    machines : ndarray of float, shape (n,)
        How many there are, rising.
    times_as_fast : dict of str to ndarray, shape (n,)
        Name to how many times as fast as one machine.

    Returns
    -------
    Figure
        Both axes logarithmic; the dashed line is as fast as there are machines, the thin one as
        fast as one.

    Raises
    ------
    ValueError
        If the numbers of machines do not rise from at least 1, a speed-up is not positive, or
        there are more than 10 curves.
    """
    machines = vector("machines", machines)
    if machines[0] < 1 or np.any(np.diff(machines) <= 0):
        raise ValueError(f"machines must rise from 1 or more, not {machines.tolist()}")
    curves = {
        str(name): vector(f"times_as_fast[{name!r}]", given, len(machines), "machines")
        for name, given in named("times_as_fast", times_as_fast, "name to speed-ups").items()
    }
    at_most(len(curves), MAX_CURVES, "curves")
    if min(map(np.min, curves.values())) <= 0:
        raise ValueError("a speed-up must be positive")
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(xscale="log", yscale="log", xlabel="number of machines")
    ax.set_ylabel("times as fast as one machine")
    ax.plot(machines, machines, color=GREY, linestyle=(0, (6, 3)), linewidth=1.5)
    ax.axhline(1, color=GREY, linewidth=0.8)
    for k, times in enumerate(curves.values()):
        colour, line, marker = look(k)
        ax.plot(machines, times, color=colour, linestyle=line, marker=marker, markersize=4)
    ax.set(xlim=(machines[0], machines[-1] * (1 if len(machines) > 1 else 2)), ylim=ax.get_ylim())
    write_plainly(ax.xaxis)
    write_plainly(ax.yaxis)
    ends = [
        (place_on(ax.yaxis, times[-1]), name, look(k)[0])
        for k, (name, times) in enumerate(curves.items())
    ]
    label_ends(ax, [(machines[-1], "K machines,\nK times as fast", GREY), *ends])
    fig.alt = words.speed_ups(machines, curves)
    return fig


@styled
def shard_weights(sizes: np.ndarray, error: float) -> Figure:
    """Draw the share of the data in each shard, beside the equal share that a plain mean gives it.

    Parameters
    ----------
    sizes : ndarray of float, shape (n_shards,)
        How many samples each shard has.
    error : float
        How far the plain mean of the shards' gradients is from the gradient, as a share of it.

    Returns
    -------
    Figure
        A bar for each shard; the dashed line is the plain mean's weight.

    Raises
    ------
    ValueError
        If a size or the error is below zero, all sizes are zero, or there are more than 16 shards.
    """
    sizes, error = vector("sizes", sizes), float(numbers("error", error, ()))
    at_most(len(sizes), MAX_SHARDS, "shards")
    if sizes.min() < 0 or sizes.sum() == 0 or error < 0:
        raise ValueError("sizes and error must not be below zero, and some size must be above it")
    shares, places = 100 * sizes / sizes.sum(), np.arange(1, len(sizes) + 1)
    equal = 100 / len(sizes)
    fig = new_figure()
    ax = fig.add_subplot()
    ax.bar(places, shares, width=0.7, color=PALE_BLUE, edgecolor=INK, linewidth=0.8)
    top = max(60, 1.4 * shares.max())  # the room above the bars is for the words
    for place, share in zip(places, shares, strict=True):
        above = equal if share < equal < share + 0.07 * top else share  # clear of the dashed line
        ax.annotate(
            significant(share, 2), (place, above), xytext=(0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=9, path_effects=HALO,
        )  # fmt: skip
    ax.axhline(equal, color=VERMILLION, linestyle="--", linewidth=1.5)
    text = f"dashed: the plain mean gives each {significant(equal, 2)} %,\n"
    ax.text(
        0.02, 0.97, f"{text}and is wrong by {significant(100 * error, 2)} %",
        transform=ax.transAxes, va="top", color=VERMILLION, path_effects=HALO,
    )  # fmt: skip
    ax.set(xlim=(0.4, len(sizes) + 0.6), ylim=(0, top), xticks=places)
    ax.set_yticks(np.arange(0, min(top, 100) + 1, 20))
    ax.set(xlabel="shard", ylabel="share of the data (%)")
    ax.grid(visible=False, axis="x")
    ax.tick_params(axis="x", length=0)
    fig.alt = words.shard_weights(shares, equal, error)
    return fig

"""What happens to the activations on their way through many layers."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nn_tutorial.checks import check_layers

from .kit.given import at_most, log_limits, named, numbers, refuse_objects, texts, vector
from .kit.labels import label_ends
from .kit.log_axis import shown_on_log, write_plainly
from .kit.style import INK, MAX_CURVES, PALE_BLUE, look, new_figure, styled
from .kit.writing import fitted, wrapped
from .words import answers as words

MAX_PANELS = 5


@styled
def spread_through_layers(
    spreads: Mapping[str, np.ndarray],
    ylabel: str = "standard deviation of the activations",
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw how the spread of the activations grows or shrinks from layer to layer.

    Parameters
    ----------
    spreads : dict of str to ndarray of float, shape (n_layers,)
        Name of a start to the spread in each layer; zeros cannot be drawn and are left out.
    ylabel : str
        What is drawn, with its unit.
    limits : (float, float), optional
        The smallest and the largest value shown; by default, all are.

    Returns
    -------
    Figure
        The axis up is logarithmic; lines carry their names at the right end.

    Raises
    ------
    ValueError
        If no spread is positive, if one is negative or not finite, or for more than 10 lines.
    """
    lines = {}
    for name, given in named("spreads", spreads, "name to spreads").items():
        spread = vector(f"spreads[{name!r}]", given)
        if spread.min() < 0:
            raise ValueError(f"spreads[{name!r}] holds {spread.min():g}, and no spread is below 0")
        lines[str(name)] = shown_on_log(spread)
    at_most(len(lines), MAX_CURVES, "lines")
    depth = max(map(len, lines.values()))
    everything = np.concatenate(list(lines.values()))
    if np.all(np.isnan(everything)):
        raise ValueError("no spread is positive, and a logarithmic axis shows nothing else")
    low, high = np.nanmin(everything), np.nanmax(everything)
    room = max(1.3, np.exp(0.08 * (np.log(high) - np.log(low))))
    # Beyond these there are no numbers for the ends of the axis.
    widest = max(low / room, np.finfo(float).tiny), min(high, np.finfo(float).max / room) * room
    low, high = log_limits("limits", limits) or widest
    fig = new_figure()
    ax = fig.add_subplot()
    margin = 0.2 if depth > 1 else 0.5
    ax.set(yscale="log", ylim=(low, high), xlim=(1 - margin, depth + margin))
    ax.set(xlabel="layer", ylabel=wrapped(ylabel, 3.0, 11))
    write_plainly(ax.yaxis)
    ax.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    ends = []
    for i, (name, spread) in enumerate(lines.items()):
        colour, line, marker = look(i)
        ax.plot(
            np.arange(1, len(spread) + 1), spread, color=colour, linestyle=line,
            marker=marker, markersize=5, linewidth=1.8,
        )  # fmt: skip
        last = spread[np.isfinite(spread)]
        ends.append((last[-1] if len(last) else low, name, colour))
    label_ends(ax, ends)
    fig.alt = words.spread_through_layers(lines, ylabel)
    return fig


@styled
def activation_histograms(layers: Sequence[np.ndarray], names: Sequence[str]) -> Figure:
    """Draw the activations of chosen layers as small histograms beside each other.

    Parameters
    ----------
    layers : sequence of ndarray of float, any shapes
        1 to 5 layers' activations (no unit).
    names : sequence of str
        One for each layer, written above its panel.

    Returns
    -------
    Figure
        The panels share bins and axes.

    Raises
    ------
    ValueError
        If there are no layers, or more than 5.
    """
    refuse_objects("layers", layers, Network="a list of its layers' activations")
    layers = list(check_layers("layers", layers))
    if not 1 <= len(layers) <= MAX_PANELS:
        raise ValueError(f"histograms are drawn for 1 to {MAX_PANELS} layers, not {len(layers)}")
    values = [numbers(f"layers[{k}]", layer).ravel() for k, layer in enumerate(layers)]
    names = texts("names", names, len(values), "layers")
    low, high = min(v.min() for v in values), max(v.max() for v in values)
    least = 1e-9 * max(abs(low), abs(high))  # narrower bins are rounding errors
    if high - low <= least:
        half = max(0.5, 1e3 * least)
        low, high = low - half, high + half
    edges = np.linspace(low, high, 25)
    fig = new_figure(6.0, 2.6)
    panels = fig.subplots(1, len(values), sharex=True, sharey=True, squeeze=False)[0]
    fig.alt = words.activation_histograms(values, names, edges)
    names, size = fitted(names, 5.0 / len(values) - 0.1, 0.5, 10.0)
    for ax, v, name in zip(panels, values, names, strict=True):
        ax.hist(
            v, edges, weights=np.full(len(v), 100 / len(v)), color=PALE_BLUE, edgecolor=INK,
            linewidth=0.4,
        )  # fmt: skip
        ax.set_title(name, fontsize=size)
    panels[0].xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    panels[0].yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    panels[0].set_ylabel("share of activations (%)")
    fig.supxlabel("activation (no unit)", fontsize=11)
    return fig

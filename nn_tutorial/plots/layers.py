"""What happens to the activations on their way through many layers."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .kit.labels import label_ends
from .kit.log_axis import shown_on_log, write_plainly
from .kit.style import COLOURS, INK, LINE_STYLES, MARKERS, PALE_BLUE, new_figure, styled

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
        If no spread is positive.
    """
    named = {name: shown_on_log(spread) for name, spread in spreads.items()}
    depth = max(map(len, named.values()))
    everything = np.concatenate(list(named.values()))
    if np.all(np.isnan(everything)):
        raise ValueError("no spread is positive, and a logarithmic axis shows nothing else")
    low, high = np.nanmin(everything), np.nanmax(everything)
    room = max(1.3, (high / low) ** 0.08)
    low, high = limits or (low / room, high * room)
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(yscale="log", ylim=(low, high), xlim=(0.8, depth + 0.2))
    ax.set(xlabel="layer", ylabel=ylabel)
    write_plainly(ax.yaxis)
    ax.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    ends = []
    for i, (name, spread) in enumerate(named.items()):
        k = i % len(COLOURS)
        ax.plot(
            np.arange(1, len(spread) + 1), spread, color=COLOURS[k], linestyle=LINE_STYLES[k],
            marker=MARKERS[k], markersize=5, linewidth=1.8,
        )  # fmt: skip
        last = spread[np.isfinite(spread)]
        ends.append((last[-1] if len(last) else low, name, COLOURS[k]))
    label_ends(ax, ends)
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
    if not 1 <= len(layers) <= MAX_PANELS:
        raise ValueError(f"histograms are drawn for 1 to {MAX_PANELS} layers, not {len(layers)}")
    values = [np.ravel(np.asarray(layer, dtype=float)) for layer in layers]
    low, high = min(v.min() for v in values), max(v.max() for v in values)
    if low == high:
        low, high = low - 0.5, high + 0.5
    edges = np.linspace(low, high, 25)
    fig = new_figure(6.0, 2.6)
    panels = fig.subplots(1, len(values), sharex=True, sharey=True, squeeze=False)[0]
    for ax, v, name in zip(panels, values, names, strict=True):
        ax.hist(
            v, edges, weights=np.full(len(v), 100 / len(v)), color=PALE_BLUE, edgecolor=INK,
            linewidth=0.4,
        )  # fmt: skip
        ax.set_title(name, fontsize=10)
    panels[0].xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    panels[0].yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    panels[0].set_ylabel("share of activations (%)")
    fig.supxlabel("activation (no unit)", fontsize=11)
    return fig

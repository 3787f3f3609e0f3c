"""The network as a picture: circles, lines, and the numbers on them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from .diagram_layout import RADIUS, best_place, heights_of_layer
from .kit.numerals import plain
from .kit.style import BLUE, GREY, INK, VERMILLION, new_figure, styled

WIDTH, HEIGHT = 6.0, 3.8
LEFT, RIGHT = 1.18, 4.72
MAX_LABELLED_EDGES = 30


def _texts(numbers: np.ndarray, decimals: int) -> list[str]:
    """Write numbers with as many decimals as all of them need: 0.2, not 0.20; 9, not 9.00."""
    numbers = np.ravel(numbers)
    needed = [d for d in range(decimals) if np.allclose(numbers, np.round(numbers, d), atol=1e-12)]
    return [plain(number, min(needed, default=decimals)) for number in numbers]


def _draw_edges(ax: Axes, ends: tuple, strength: np.ndarray, largest: float) -> None:
    (x0, start), (x1, end) = ends
    for (i, j), weight in np.ndenumerate(strength):
        negative = weight < 0
        width = 0.8 + 4.2 * abs(weight) / largest
        # Matplotlib takes dashes in linewidths; a thick line, too, must show several of them.
        dashes = (0, ((4 + width) / width, (2 + width / 2) / width))
        ax.plot(
            [x0, x1],
            [start[i], end[j]],
            color=VERMILLION if negative else BLUE,
            linestyle=dashes if negative else "-",
            linewidth=width,
            alpha=0.85,
            zorder=1,
        )


def _draw_edge_labels(ax: Axes, ends: tuple, numbers: np.ndarray, decimals: int, italic: bool):
    (x0, start), (x1, end) = ends
    texts = _texts(numbers, decimals)
    place = best_place(ends, max(map(len, texts)))
    if place is None:
        return
    t, size = place
    for text, (i, j) in zip(texts, np.ndindex(numbers.shape), strict=True):
        ax.text(
            x0 * (1 - t) + x1 * t,
            start[i] * (1 - t) + end[j] * t,
            text,
            ha="center",
            va="center",
            fontsize=size,
            style="italic" if italic else "normal",
            color=INK,
            bbox={"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"},
            zorder=2,
        )


def _draw_nodes(ax: Axes, x: float, heights: np.ndarray, values, decimals: int) -> None:
    gap = float(np.min(np.abs(np.diff(heights)), initial=1.0))
    radius = min(RADIUS, 0.42 * gap)
    texts = [""] * len(heights) if values is None else _texts(values, min(decimals, 4))
    longest = max(map(len, texts))
    # The font size, in points, at which the longest text fits into the circle.
    size = min(11.0, 72 * 1.85 * radius / (0.66 * max(longest, 1)), 72 * radius)
    for y, text in zip(heights, texts, strict=True):
        ax.add_patch(Circle((x, y), radius, facecolor="white", edgecolor=INK, lw=1.4, zorder=3))
        ax.text(x, y, text, ha="center", va="center_baseline", fontsize=size, zorder=4)


def _draw_notes(ax: Axes, x: float, heights: np.ndarray, note, decimals: int) -> None:
    """Write a name and a number below each node, such as its sum or its gradient."""
    name, values = note
    for y, text in zip(heights, _texts(values, decimals), strict=True):
        ax.text(
            x, y - RADIUS - 0.05, f"{name} = {text}", ha="center", va="top", fontsize=9.5,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
            zorder=2,
        )  # fmt: skip


def _draw_names(ax: Axes, x: float, heights: np.ndarray, names: Sequence[str], side: int) -> None:
    for y, name in zip(heights, names, strict=True):
        lines = name.replace(" ", "\n", 1)
        ax.text(x + side * 0.43, y, lines, ha="left" if side > 0 else "right", va="center")


@styled
def network_diagram(
    weights: Sequence[np.ndarray],
    values: Sequence[np.ndarray | None] | None = None,
    gradients: Sequence[np.ndarray | None] | None = None,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    decimals: int = 2,
    notes: Sequence[tuple[str, np.ndarray] | None] | None = None,
    title: str = "",
    thickest: float | None = None,
) -> Figure:
    """Draw a network, inputs left, with its weights or gradients on the edges.

    Parameters
    ----------
    weights : sequence of ndarray of float, shapes (n_in, n_out)
        One matrix for each pair of neighbouring layers.
    values : sequence of ndarray of float, shapes (n_nodes,), optional
        What stands inside the nodes: inputs, hidden activations, outputs, for one sample. A layer
        with None has empty nodes.
    gradients : sequence of ndarray of float, shapes as `weights`, optional
        If given, lines and numbers, these slanted, show them instead of the weights. A layer with
        None keeps its weights.
    input_names, output_names : sequence of str, optional
        Written left of the inputs and right of the outputs.
    decimals : int, default 2
        The largest number of decimals that is written.
    notes : sequence of (str, ndarray of float), one for each layer, optional
        Written below the nodes: a name, and a number for each node. A layer with None has none.
    title : str
        Written above.
    thickest : float, optional
        The number that gets the thickest line; by default the largest one drawn, among weights and
        gradients separately.

    Returns
    -------
    Figure
        The larger a number, the thicker its line: solid blue if positive, dashed vermillion if
        negative. With more than 30 edges they carry no numbers.
    """
    weights = [np.asarray(w, dtype=float) for w in weights]
    n_layers = len(weights) + 1
    slanted = [g is not None for g in gradients or [None] * len(weights)]
    drawn = [
        np.asarray(gradients[k], dtype=float) if slanted[k] else w for k, w in enumerate(weights)
    ]
    sizes = [weights[0].shape[0], *(w.shape[1] for w in weights)]
    columns = np.linspace(LEFT, RIGHT, n_layers)
    layers = [(x, heights_of_layer(size)) for x, size in zip(columns, sizes, strict=True)]

    fig = new_figure(WIDTH, HEIGHT, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    ax.axis("off")
    for k, strength in enumerate(drawn):
        ends = (layers[k], layers[k + 1])
        # Gradients are far smaller than weights, so each kind is compared with its own largest.
        alike = [np.max(np.abs(d)) for d, s in zip(drawn, slanted, strict=True) if s == slanted[k]]
        _draw_edges(ax, ends, strength, thickest or float(max(alike)) or 1.0)
        if sum(w.size for w in weights) <= MAX_LABELLED_EDGES:
            _draw_edge_labels(ax, ends, strength, decimals, slanted[k])
    for k, (x, heights) in enumerate(layers):
        _draw_nodes(ax, x, heights, None if values is None else values[k], decimals)
        if notes is not None and notes[k] is not None:
            _draw_notes(ax, x, heights, notes[k], decimals)
    _draw_names(ax, *layers[0], input_names or [""] * sizes[0], -1)
    _draw_names(ax, *layers[-1], output_names or [""] * sizes[-1], +1)
    ax.text(0.08, HEIGHT - 0.08, title, va="top")
    what = "gradients" if all(slanted) else "weights"
    what += "; slanted: gradients" * (any(slanted) and not all(slanted))
    caption = f"on the lines: {what}; thicker is larger"
    if any(np.any(d < 0) for d in drawn):
        caption += ", solid positive, dashed negative"
    ax.text(WIDTH / 2, 0.04, caption, ha="center", va="bottom", fontsize=9, color=GREY)
    return fig

"""The network as a picture: circles, lines, and the numbers on them."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from nn_tutorial.checks import check_count, check_layers, check_positive

from .diagram_layout import (
    LEFT,
    NAME_GAP,
    RIGHT,
    WIDTH,
    Layer,
    Names,
    best_place,
    layers_of,
    names_beside,
)
from .kit.given import numbers, refuse_objects, texts_or_empty
from .kit.numerals import plain, power, significant
from .kit.style import BLUE, GREY, INK, VERMILLION, new_figure, styled
from .kit.writing import width_of, wrapped
from .words import networks as words

MAX_LABELLED_EDGES = 30
SMALLEST_VALUE, SMALLEST_NOTE = 6.0, 7.0  # points


def _texts(numbers: np.ndarray, decimals: int) -> list[str]:
    """Write numbers with as many decimals as all of them need: 0.2, not 0.20; 9, not 9.00."""
    numbers = np.ravel(numbers)
    if 0 < np.max(np.abs(numbers)) < 0.5 * 10.0**-decimals:  # each would be written as 0
        return [power(number, 1) for number in numbers]
    needed = [d for d in range(decimals) if np.allclose(numbers, np.round(numbers, d), atol=1e-12)]
    return [plain(number, min(needed, default=decimals)) for number in numbers]


def _draw_edges(ax: Axes, ends: tuple[Layer, Layer], strength: np.ndarray, largest: float) -> None:
    (x0, start, _), (x1, end, _) = ends
    for (i, j), weight in np.ndenumerate(strength):
        negative = weight < 0
        width = 0.8 + 4.2 * min(abs(weight) / largest, 1)
        # Matplotlib takes dashes in linewidths; a thick line, too, must show several of them.
        dashes = (0, ((4 + width) / width, (2 + width / 2) / width))
        line = Line2D(
            [x0, x1],
            [start[i], end[j]],
            color=VERMILLION if negative else BLUE,
            linestyle=dashes if negative else "-",
            linewidth=width,
            alpha=0.85,
            zorder=1,
        )
        ax.add_line(line)


def _draw_edge_labels(
    ax: Axes, ends: tuple[Layer, Layer], numbers: np.ndarray, decimals: int, italic: bool,
    notes: float,
) -> None:  # fmt: skip
    (x0, start, _), (x1, end, _) = ends
    texts = _texts(numbers, decimals)
    place = best_place(ends, max(map(len, texts)), notes)
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


def _ways_to_write(values: np.ndarray, decimals: int) -> Iterator[list[str]]:
    """Write values in shorter and shorter ways, in none of which a small one becomes 0."""
    yield _texts(values, decimals)
    for fewer in range(decimals - 1, -1, -1):
        if np.all((np.round(values, fewer) != 0) == (values != 0)):
            yield _texts(values, fewer)
    for digits in (3, 2):
        yield [significant(value, digits) for value in values]


def _inside(values: np.ndarray, radius: float, decimals: int) -> tuple[list[str], float]:
    """Write values with as many digits as fit into circles, and say in which size."""
    for texts in _ways_to_write(values, decimals):
        # The font size, in points, at which the longest text fits into the circle.
        size = min(11.0, 72 * 1.85 * radius / (0.66 * max(map(len, texts))), 72 * radius)
        if size >= SMALLEST_VALUE:
            return texts, size
    raise ValueError(
        f"values like {max(texts, key=len)} find no room in circles of a layer of {len(values)} "
        "units: leave them out, with None for this layer"
    )


def _draw_nodes(ax: Axes, layer: Layer, values, decimals: int) -> None:
    texts, size = [""] * len(layer.heights), 11.0
    if values is not None:
        texts, size = _inside(values, layer.radius, min(decimals, 4))
    line = 1.4 * min(1.0, layer.radius / 0.12)  # a thick line would fill a small circle
    for y, text in zip(layer.heights, texts, strict=True):
        ax.add_patch(
            Circle((layer.x, y), layer.radius, facecolor="white", edgecolor=INK, lw=line, zorder=3)
        )
        ax.text(layer.x, y, text, ha="center", va="center_baseline", fontsize=size, zorder=4)


def _note_texts(note: tuple, decimals: int) -> list[str]:
    name, values = note
    return [f"{name} = {text}" for text in _texts(values, decimals)]


def _draw_notes(ax: Axes, layer: Layer, note: tuple, decimals: int, room: float) -> None:
    """Write a name and a number below each node, such as its sum or its gradient."""
    texts = _note_texts(note, decimals)
    size = min(9.5, 9.5 * (room - 0.05) / max(width_of(text, 9.5) for text in texts))
    if size < SMALLEST_NOTE:
        raise ValueError(f"notes like {max(texts, key=len)!r} find no room between the layers")
    for y, text in zip(layer.heights, texts, strict=True):
        ax.text(
            layer.x, y - layer.radius - 0.05, text, ha="center", va="top", fontsize=size,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
            zorder=2,
        )  # fmt: skip


def _draw_names(ax: Axes, layer: Layer, names: Names, side: int) -> None:
    for y, lines in zip(layer.heights, names.lines, strict=True):
        ax.text(
            layer.x + side * NAME_GAP, y, lines, ha="left" if side > 0 else "right", va="center",
            fontsize=names.size,
        )  # fmt: skip


def _checked_weights(weights: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the matrices, one for each pair of neighbouring layers."""
    refuse_objects("weights", weights, Network="net.weights", Gradients="gradients.weights")
    checked = []
    for k, given in enumerate(check_layers("weights", weights)):
        W = numbers(f"weights[{k}]", given)
        if W.ndim != 2:
            hint = ": draw one network of the ensemble, nets.member(0).weights" * (W.ndim == 3)
            raise ValueError(f"weights[{k}] has shape {W.shape}, not (n_in, n_out){hint}")
        if checked and checked[-1].shape[1] != len(W):
            raise ValueError(
                f"weights of shapes {checked[-1].shape} and {W.shape} do not follow on from one "
                "another"
            )
        checked.append(W)
    if not checked:
        raise ValueError("weights is empty: there is nothing to draw")
    return checked


def _for_each(name: str, given, n: int, of: str) -> list:
    """Return a list of n entries, or of n times None."""
    if given is None:
        return [None] * n
    refuse_objects(name, given, Gradients="gradients.weights")
    if not hasattr(given, "__len__") or len(given) != n:
        found = f"{len(given)} entries" if hasattr(given, "__len__") else "one entry"
        raise ValueError(f"{name} has {found} for {n} {of}")
    return list(given)


def _checked_values(name: str, values, sizes: Sequence[int]) -> list[np.ndarray | None]:
    """Return one number for each node of a layer, or None for the layer."""
    checked = []
    for k, (given, size) in enumerate(
        zip(_for_each(name, values, len(sizes), "layers"), sizes, strict=True)
    ):
        if given is not None:
            given = numbers(f"{name}[{k}]", given)
            if given.size != size:
                hint = f": pass one sample, {name}[{k}][0]" * (given.shape[1:] == (size,))
                raise ValueError(
                    f"{name}[{k}] has shape {given.shape}, but the layer has {size} units{hint}"
                )
            given = given.ravel()
        checked.append(given)
    return checked


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
        The number that gets the thickest line, as do larger ones; by default the largest one
        drawn, among weights and gradients separately.

    Returns
    -------
    Figure
        The larger a number, the thicker its line: solid blue if positive, dashed vermillion if
        negative. With more than 30 edges, or where they are too close, they carry no numbers.

    Raises
    ------
    ValueError
        For more than 12 layers, or 30 units in one; for names, values, gradients or notes of
        another number; and for names and numbers that find no room.
    """
    weights = _checked_weights(weights)
    sizes = [weights[0].shape[0], *(w.shape[1] for w in weights)]
    gradients = _for_each("gradients", gradients, len(weights), "layers of weights")
    drawn, slanted = list(weights), [g is not None for g in gradients]
    for k, given in enumerate(gradients):
        if given is not None:
            drawn[k] = numbers(f"gradients[{k}]", given, weights[k].shape)
    values = _checked_values("values", values, sizes)
    notes = _for_each("notes", notes, len(sizes), "layers")
    noted = _checked_values("notes", [None if n is None else n[1] for n in notes], sizes)
    decimals = check_count("decimals", decimals, 0)
    thickest = None if thickest is None else check_positive("thickest", thickest)
    inputs = texts_or_empty("input_names", input_names, sizes[0], "inputs") or [""] * sizes[0]
    outputs = texts_or_empty("output_names", output_names, sizes[-1], "outputs") or [""] * sizes[-1]
    named = inputs, outputs
    inputs, left = names_beside(inputs, LEFT - NAME_GAP)
    outputs, right = names_beside(outputs, WIDTH - RIGHT - NAME_GAP)
    left, right = left + NAME_GAP, WIDTH - right - NAME_GAP
    heading = wrapped(title, WIDTH - 0.2, 11, 1)
    height, layers = layers_of(sizes, left, right, bool(heading), [n is not None for n in noted])

    fig = new_figure(WIDTH, height, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(0, height))
    ax.axis("off")
    below = [  # how wide the notes of each layer are
        0.0 if note is None
        else max(width_of(text, 9.5) for text in _note_texts((notes[k][0], note), decimals))
        for k, note in enumerate(noted)
    ]  # fmt: skip
    for k, strength in enumerate(drawn):
        ends = (layers[k], layers[k + 1])
        # Gradients are far smaller than weights, so each kind is compared with its own largest.
        alike = [np.max(np.abs(d)) for d, s in zip(drawn, slanted, strict=True) if s == slanted[k]]
        _draw_edges(ax, ends, strength, thickest or float(max(alike)) or 1.0)
        if sum(w.size for w in weights) <= MAX_LABELLED_EDGES:
            _draw_edge_labels(ax, ends, strength, decimals, slanted[k], max(below[k : k + 2]))
    room = layers[1].x - layers[0].x
    for k, layer in enumerate(layers):
        _draw_nodes(ax, layer, values[k], decimals)
        if noted[k] is not None:
            _draw_notes(ax, layer, (notes[k][0], noted[k]), decimals, room)
    _draw_names(ax, layers[0], inputs, -1)
    _draw_names(ax, layers[-1], outputs, +1)
    ax.text(0.08, height - 0.08, heading, va="top")
    what = "gradients" if all(slanted) else "weights"
    what += "; slanted: gradients" * (any(slanted) and not all(slanted))
    caption = f"on the lines: {what}; thicker is larger"
    if any(np.any(d < 0) for d in drawn):
        caption += ", solid positive, dashed negative"
    ax.text(WIDTH / 2, 0.04, caption, ha="center", va="bottom", fontsize=9, color=GREY)
    fig.alt = words.network_diagram(drawn, slanted, values, named, title)
    return fig

"""A computation as a graph: every value in a box, arrows from what it was computed from."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from .graph_layout import Edge, columns_and_paths, heights, uncross
from .kit.given import named, refuse_objects
from .kit.style import INK, new_figure, styled

WIDTH, HEIGHT, MARGIN = 6.0, 4.0, 0.1
PADDING, ROW_GAP, WAYPOINT = 0.03, 0.05, 0.1
SMALLEST_GAP, MEAN_GAP, LARGEST_GAP = 0.1, 0.16, 0.7
FONT_SIZES = np.arange(11.0, 5.9, -0.5)
LEAF, INNER = "#E3EEF6", "white"


def _extents(texts: Mapping[Hashable, str]) -> dict[Hashable, np.ndarray]:
    """Measure each text's width and height, in inches for each point of font size."""
    fig, size = new_figure(1, 1, "none"), 20
    measured = {}
    for node, text in texts.items():
        box = fig.text(0, 0, text, fontsize=size, linespacing=1.15).get_window_extent()
        measured[node] = np.array([box.width, box.height]) / fig.dpi / size
    return measured


def _fit(texts: Mapping[Hashable, str], columns: Sequence[Sequence[Hashable]]):
    """Find the largest font that fits the page, the columns' widths and the places' heights."""
    extents = _extents(texts)
    for size in FONT_SIZES:
        boxes = {node: size * extent + 2 * PADDING for node, extent in extents.items()}
        widths = [max((boxes[p][0] for p in c if p in boxes), default=0.0) for c in columns]
        sizes = {p: boxes[p][1] + ROW_GAP if p in boxes else WAYPOINT for c in columns for p in c}
        wide = sum(widths) + MEAN_GAP * (len(columns) - 1)
        high = max(sum(sizes[p] for p in c) for c in columns)
        if wide <= WIDTH - 2 * MARGIN and high <= HEIGHT - 2 * MARGIN:
            return float(size), widths, sizes, high
    raise ValueError(
        f"{len(texts)} nodes in {len(columns)} columns are too many to be read on one page"
    )


def _spans(columns, paths, widths: Sequence[float]) -> dict[Hashable, tuple[float, float]]:
    """Give each place its left and right end; gaps are wider where many edges cross them."""
    number = {place: k for k, column in enumerate(columns) for place in column}
    crossing = np.ones(len(columns) - 1)
    for path in paths:
        for place in path[:-1]:
            crossing[number[place]] += 1
    room = min(WIDTH - 2 * MARGIN - sum(widths), LARGEST_GAP * len(crossing))
    spare = room - SMALLEST_GAP * len(crossing)
    gaps = SMALLEST_GAP + spare * crossing / crossing.sum()
    start = (WIDTH - sum(widths) - gaps.sum()) / 2
    left = start + np.cumsum([0, *(np.array(widths[:-1]) + gaps)])
    return {place: (left[k], left[k] + widths[k]) for place, k in number.items()}


def _draw_edge(ax: Axes, points: Sequence[tuple[float, float]]) -> None:
    """Draw an arrow through points that lie alternately right and left of a column."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for k, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        if k % 2:
            vertices, codes = [*vertices, (x1, y1)], [*codes, Path.LINETO]
        else:
            bend = 0.4 * (x1 - x0)
            vertices += [(x0 + bend, y0), (x1 - bend, y1), (x1, y1)]
            codes += [Path.CURVE4] * 3
    ax.add_patch(
        FancyArrowPatch(
            path=Path(vertices, codes), arrowstyle="-|>,head_width=2.2,head_length=4.5",
            mutation_scale=1, color="#555555", linewidth=1.1, zorder=1,
        )
    )  # fmt: skip


def _draw_box(ax: Axes, span: tuple[float, float], y: float, height: float, leaf: bool) -> None:
    """Draw a box: blue with sharp corners if its value was given, not computed."""
    ax.add_patch(
        FancyBboxPatch(
            (span[0], y - height / 2), span[1] - span[0], height,
            boxstyle="square,pad=0" if leaf else "round,pad=0,rounding_size=0.07",
            facecolor=LEAF if leaf else INNER, edgecolor=INK, linewidth=1, zorder=2,
        )
    )  # fmt: skip


def _draw_edges(ax: Axes, paths, spans, y, sizes) -> None:
    """Draw all edges; those that end at one node arrive at different heights."""
    arriving: dict[Hashable, list[list[Hashable]]] = {}
    for path in paths:
        arriving.setdefault(path[-1], []).append(path)
    for node, some in arriving.items():
        some.sort(key=lambda path: -y[path[-2]])
        reach = min(0.6 * (sizes[node] - ROW_GAP), 0.16 * (len(some) - 1)) / 2
        for path, port in zip(some, np.linspace(reach, -reach, len(some)), strict=True):
            level = [*(y[place] for place in path[:-1]), y[node] + port]
            points = [(x, h) for place, h in zip(path, level, strict=True) for x in spans[place]]
            _draw_edge(ax, points[1:-1])


def _pairs(edges: Sequence[Edge]) -> list[Edge]:
    refuse_objects("edges", edges)
    if not hasattr(edges, "__iter__"):
        raise ValueError(f"edges must be a list of edges, not {edges!r}")
    for edge in edges:
        if not isinstance(edge, tuple | list) or len(edge) != 2:
            raise ValueError(f"an edge must be a pair (from, to), not {edge!r}")
    return [tuple(edge) for edge in edges]


@styled
def computation_graph(nodes: Mapping[Hashable, str], edges: Sequence[Edge]) -> Figure:
    """Draw how a value was computed, inputs left and the output right.

    Parameters
    ----------
    nodes : dict of id to str
        What is written in each box, on several lines if needed: name, value, gradient.
        About 30 nodes fit.
    edges : sequence of (id, id)
        From a value to one that was computed from it; twice, if it was used twice.

    Returns
    -------
    Figure
        A node's column is its longest path to the output. Boxes of values that were not
        computed are blue, with sharp corners.

    Raises
    ------
    ValueError
        If an edge names an unknown node, the edges run in a circle, or the boxes do not fit.
    """
    nodes = {node: str(text) for node, text in named("nodes", nodes, "id to text").items()}
    edges = _pairs(edges)
    columns, paths = columns_and_paths(nodes, edges)
    uncross(columns, paths)
    size, widths, sizes, high = _fit(nodes, columns)
    spans = _spans(columns, paths, widths)
    # With a little more height than the fullest column needs, the other columns' nodes can stand
    # beside their neighbours.
    down = heights(columns, paths, sizes, min(1.15 * high + 0.2, HEIGHT - 2 * MARGIN))
    top = min(down[p] - sizes[p] / 2 for p in down)
    bottom = max(down[p] + sizes[p] / 2 for p in down)
    page = bottom - top + 2 * MARGIN
    y = {place: page - MARGIN - (below - top) for place, below in down.items()}

    fig = new_figure(WIDTH, page, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(0, page))
    ax.axis("off")
    computed = {end for _, end in edges}
    for node, text in nodes.items():
        height = sizes[node] - ROW_GAP
        _draw_box(ax, spans[node], y[node], height, node not in computed)
        ax.text(
            sum(spans[node]) / 2, y[node], text, ha="center", va="center", fontsize=size,
            linespacing=1.15, zorder=3,
        )  # fmt: skip
    _draw_edges(ax, paths, spans, y, sizes)
    return fig

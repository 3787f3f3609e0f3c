"""The computation graph: every value in its box, and no arrow crosses one."""

import itertools

import numpy as np
import pytest
from drawn import drawn_boxes, overlapping
from figures import REUSED, small_network_graph
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nn_tutorial import plots
from nn_tutorial.plots.graph_layout import columns_and_paths, distances, uncross


@pytest.mark.parametrize("graph", [REUSED, small_network_graph()])
def test_every_node_is_written_into_its_own_box_and_no_boxes_touch(graph):
    nodes, edges = graph
    fig = plots.computation_graph(nodes, edges)
    printed = drawn_boxes(fig)
    assert sorted(text for text, _ in printed) == sorted(nodes.values())
    boxes = [p.get_window_extent() for p in fig.findobj(FancyBboxPatch)]
    assert len(boxes) == len(nodes)
    assert overlapping([("box", box) for box in boxes]) == []
    for text, extent in printed:
        holders = [
            box for box in boxes if box.x0 < extent.x0 and extent.x1 < box.x1
            and box.y0 < extent.y0 and extent.y1 < box.y1
        ]  # fmt: skip
        assert len(holders) == 1, text
    assert all(box.x0 >= 0 and box.x1 <= 600 and box.y0 >= 0 for box in boxes)
    assert all(box.y1 <= fig.bbox.height for box in boxes)


@pytest.mark.parametrize("graph", [REUSED, small_network_graph()])
def test_every_edge_is_an_arrow_to_the_right_that_crosses_no_box(graph):
    nodes, edges = graph
    fig = plots.computation_graph(nodes, edges)
    fig.canvas.draw()
    arrows = fig.findobj(FancyArrowPatch)
    assert len(arrows) == len(edges)
    boxes = [p.get_window_extent() for p in fig.findobj(FancyBboxPatch)]
    for arrow in arrows:
        path = arrow.axes.transData.transform_path(arrow._path_original)
        points = path.interpolated(1).to_polygons(closed_only=False)[0]
        assert points[0][0] < points[-1][0]
        fine = np.concatenate([np.linspace(a, b, 20) for a, b in itertools.pairwise(points)])
        for box in boxes:
            inside = (
                (fine[:, 0] > box.x0 + 1) & (fine[:, 0] < box.x1 - 1)
                & (fine[:, 1] > box.y0 + 1) & (fine[:, 1] < box.y1 - 1)
            )  # fmt: skip
            assert not inside.any()


def test_a_nodes_column_is_its_longest_path_to_the_output():
    assert distances(*REUSED) == {"a": 3, "b": 2, "c": 1, "d": 0, "k": 1}
    columns, paths = columns_and_paths(*REUSED)
    assert [[p for p in column if p in REUSED[0]] for column in columns] == [
        ["a"], ["b"], ["c", "k"], ["d"],
    ]  # fmt: skip
    assert [len(path) for path in paths] == [2, 2, 2, 3, 2, 4, 2]


def test_crossings_that_need_not_be_are_removed():
    columns, paths = columns_and_paths("abxyo", [("a", "y"), ("b", "x"), ("x", "o"), ("y", "o")])
    uncross(columns, paths)
    assert [columns[0].index(n) for n in "ab"] == [columns[1].index(n) for n in "yx"]


def test_only_values_that_were_not_computed_are_tinted():
    nodes, edges = REUSED
    fig = plots.computation_graph(nodes, edges)
    tints = [to_hex(p.get_facecolor()) for p in fig.findobj(FancyBboxPatch)]
    tinted = [n for n, tint in zip(nodes, tints, strict=True) if tint != "#ffffff"]
    assert tinted == ["a", "k"]


def test_a_single_value_can_be_drawn():
    plots.to_png(plots.computation_graph({1: "a = 3"}, []))


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ({"a": "a"}, [("a", "b")], "'b'"),
        ({"a": "a", "b": "b"}, [("a", "b"), ("b", "a")], "circle"),
        ({k: f"a long name of node {k}\nvalue" for k in range(60)}, [], "60 nodes"),
    ],
)
def test_graphs_that_cannot_be_drawn_are_refused(nodes, edges, message):
    with pytest.raises(ValueError, match=message):
        plots.computation_graph(nodes, edges)

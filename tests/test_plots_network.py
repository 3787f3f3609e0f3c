"""A network drawn as circles and lines, and its matrices as boxes."""

import itertools

import numpy as np
import pytest
from drawn import drawn_boxes, overlapping, texts, words
from figures import GRADIENTS, INPUTS, OUTPUTS, START_W1, START_W2, VALUES, W1, W2, figure
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Rectangle

from nn_tutorial import plots
from nn_tutorial.plots.kit.numerals import plain
from nn_tutorial.plots.kit.style import BLUE, VERMILLION


@pytest.mark.parametrize("decimals", [1, 2, 4, 6])
@pytest.mark.parametrize("weights", [[W1, W2], [START_W1, START_W2]])
@pytest.mark.parametrize("gradients", [None, GRADIENTS])
def test_numbers_in_the_diagram_touch_neither_each_other_nor_a_node(weights, gradients, decimals):
    fig = plots.network_diagram(weights, VALUES, gradients, INPUTS, OUTPUTS, decimals)
    boxes = drawn_boxes(fig)
    assert len(boxes) == 9 + 6 + 3 + 1  # weights, values, names, and the line below
    assert overlapping(boxes) == []
    circles = [c.get_window_extent() for c in fig.findobj(Circle)]
    inside = {plain(v, d) for layer in VALUES for v in layer for d in range(7)}
    for text, box in boxes:
        assert text in inside or not any(box.overlaps(circle) for circle in circles), text


def test_the_diagram_writes_each_weight_and_value():
    fig = plots.network_diagram([W1, W2], VALUES, None, INPUTS, OUTPUTS, decimals=4)
    shown = words(fig)
    for number in ("0.2", "0.6", "0.1", "0.8", "0.3", "0.7", "0.4", "0.5", "0.9"):
        assert shown.count(number) == 1
    for number in ("0.6667", "1.0000", "0.7178", "0.6682", "0.6828", "0.7748"):
        assert shown.count(number) == 1
    assert {"hours\nstudied", "hours\nslept", "predicted\nscore"} <= set(shown)


def test_the_diagram_tells_signs_apart_by_line_style_and_colour():
    fig = plots.network_diagram([np.array([[0.5, -2.0]]), np.array([[1.0], [1.0]])])
    plus, minus, *_ = fig.axes[0].lines
    assert (to_hex(plus.get_color()), plus.get_linestyle()) == (BLUE.lower(), "-")
    assert (to_hex(minus.get_color()), minus.get_linestyle()) == (VERMILLION.lower(), "--")
    assert minus.get_linewidth() > plus.get_linewidth()


def test_with_gradients_the_diagram_writes_those_and_says_so():
    shown = words(plots.network_diagram([W1, W2], VALUES, GRADIENTS, decimals=6))
    assert "−0.036363" in shown
    assert "0.9" not in shown
    assert any("gradients" in text for text in shown)


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 8, 1), (2, 2, 1), (3, 1), (4, 5, 4, 3)])
def test_the_diagram_draws_networks_of_other_sizes(sizes):
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=shape) for shape in itertools.pairwise(sizes)]
    fig = plots.network_diagram(weights)
    assert len(fig.findobj(Circle)) == sum(sizes)
    edges = sum(w.size for w in weights)
    assert len(fig.axes[0].lines) == edges
    assert len(words(fig)) == (1 + edges if edges <= 30 else 1)
    assert overlapping(drawn_boxes(fig)) == []


def test_a_network_whose_weights_are_all_zero_can_be_drawn():
    plots.to_png(plots.network_diagram([np.zeros((2, 3)), np.zeros((3, 1))]))


def test_a_diagram_half_way_shows_what_is_known_so_far():
    fig = plots.network_diagram(
        [W1, W2], [VALUES[0], None, None], [None, GRADIENTS[1]], decimals=4,
        notes=[None, ("z", np.array([0.5, 1.0, -2.0])), None], title="half way",
    )  # fmt: skip
    shown = words(fig)
    assert {"half way", "z = 0.5", "z = 1.0", "z = −2.0", "0.8", "−0.0364"} <= set(shown)
    assert {"0.6667", "1.0000"} <= set(shown)
    assert "0.7178" not in shown
    slanted = {t.get_text() for t in texts(fig) if t.get_style() == "italic"}
    assert slanted == {"−0.0364", "−0.0339", "−0.0346"}
    assert any("weights; slanted: gradients" in text for text in shown)
    widths = [line.get_linewidth() for line in fig.axes[0].lines]
    # The largest of each kind is as thick as the other's.
    assert np.isclose(max(widths[:6]), max(widths[6:]))


# Shapes


def test_shapes_are_drawn_in_proportion():
    fig = figure("shapes")
    boxes = [p for p in fig.axes[0].patches if isinstance(p, Rectangle)]
    cell = boxes[0].get_width() / 2
    sizes = [(box.get_height() / cell, box.get_width() / cell) for box in boxes]
    np.testing.assert_allclose(sizes, [(3, 2), (2, 3), (3, 3)])
    assert {"X", "W1", "Z1", "(3, 2)", "(2, 3)", "(3, 3)", "@", "="} <= set(words(fig))


@pytest.mark.parametrize(("rows", "colour"), [(2, BLUE), (3, VERMILLION)])
def test_inner_dimensions_are_blue_where_they_match_and_vermillion_where_not(rows, colour):
    fig = plots.shapes([("X", 3, 2), "@", ("W", rows, 1)])
    thick = [line for line in fig.axes[0].lines if line.get_linewidth() == 4]
    assert [line.get_color() for line in thick] == [colour, colour]


def test_a_long_chain_of_shapes_fits_the_figure():
    chain = [
        ("X", 3, 2),
        "@",
        ("W1", 2, 3),
        "→",
        ("A1", 3, 3),
        "@",
        ("W2", 3, 1),
        "→",
        ("A2", 3, 1),
    ]
    fig = plots.shapes(chain)
    boxes = drawn_boxes(fig)
    assert overlapping(boxes) == []
    assert min(box.x0 for _, box in boxes) > 0
    assert max(box.x1 for _, box in boxes) < 600

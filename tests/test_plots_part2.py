"""The figures of chapters 11 to 16: they show the data given, and nothing in them overlaps."""

import itertools
import warnings
from functools import cache

import numpy as np
import pytest
from drawn import drawn_boxes, has_line, opened, overlapping, texts, words
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from nn_tutorial import Network, plots
from nn_tutorial.plots.boundary import TONES
from nn_tutorial.plots.graph_layout import columns_and_paths, distances, uncross
from nn_tutorial.plots.images import SIGNED
from nn_tutorial.plots.kit.png import to_animated_png
from nn_tutorial.plots.kit.style import GREEN

XOR, CLASSES = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
GRID = np.linspace(-0.3, 1.3, 41)
# A hand-made XOR network: at least one input, but not both.
HAND = ([[6.0, 6.0], [6.0, 6.0]], [[9.0], [-9.0]]), ([-3.0, -9.0], [-4.0])
RATES = {"no hidden layer": 0.0, "2-2-1": 0.755, "2-3-1": 0.98, "2-8-1": 1.0}
PX, PY = np.array([1.0, 2, 3, 4]), np.array([4.1, 4.9, 6.2, 6.8])
FITS = {"through the origin": (1.9, 0.0), "with a bias": (0.94, 3.15)}
LAYERS = np.arange(1, 11)
SPREADS = {
    "too small": 0.1**LAYERS,
    "tanh, Glorot": 0.6 * 0.9**LAYERS,
    "ReLU, Glorot": 0.8 * 0.7**LAYERS,
    "ReLU, He": 0.85 + 0.01 * LAYERS,
    "too large": np.full(10, 0.93),
}
RNG = np.random.default_rng(4)
ACTIVATIONS = [np.tanh(RNG.normal(0, s, (40, 50))) for s in (2, 1, 0.7, 0.4, 0.1)]
PANELS = ["layer 1", "layer 3", "layer 5", "layer 7", "layer 10"]
IMAGES = np.clip(RNG.normal(0.4, 0.4, (40, 8, 8)), 0, 1)
SAYS = [f"{k % 10}, says 9" for k in range(40)]
WEIGHTS = RNG.normal(0, 1, (64, 32))
COUNTS = np.diag([42, 34, 40, 31, 31, 33, 29, 38, 31, 0])
COUNTS[4, 9], COUNTS[0, 5], COUNTS[5, 9] = 3, 1, 12
BELIEF = np.array([0.25, 0.0, 0.004, 0.0, 0.0, 0.736, 0.0, 0.0, 0.01, 0.0])
LOSSES = {
    "wrong sign": 0.792,
    "correct": 0.0001913,
    "sum for mean": 0.000122,
    "σ′ of the wrong argument": 0.000148,
    "W2 updated first": 0.000189,
    "2 forgotten": 0.000248,
    "no hidden σ′": 0.000316,
    "no σ′ at the output": 0.0005996,
    "frozen hidden layer": 0.000662,
    "z(1 − z) for σ′": 0.1527,
}


def hand_network():
    return Network.from_weights(*HAND)


def plane(net):
    points = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
    return net.predict(points).reshape(len(GRID), len(GRID))


def boundary(scale=1.0):
    net = hand_network()
    net.weights[1] *= scale
    net.biases[1] *= scale
    return plots.decision_boundary(GRID, GRID, plane(net), XOR, CLASSES, title=f"× {scale:.2f}")


def small_network_graph():
    """Return the 2-3-1 network of the series with a squared error: 31 values, 33 edges."""
    nodes, edges = {}, []

    def add(name, text, *sources):
        nodes[name] = f"{text}\n0.6667\n−0.0363"
        edges.extend((source, name) for source in sources)

    add("x1", "x1")
    add("x2", "x2")
    for j in range(3):
        for k in (1, 2):
            add(f"w{k}{j}", f"W1[{k - 1},{j}]")
            add(f"m{k}{j}", "×", f"x{k}", f"w{k}{j}")
        add(f"z{j}", "+", f"m1{j}", f"m2{j}")
        add(f"a{j}", "σ", f"z{j}")
        add(f"v{j}", f"W2[{j}]")
        add(f"q{j}", "×", f"a{j}", f"v{j}")
    add("s", "+", "q0", "q1", "q2")
    add("o", "σ", "s")
    add("y", "y")
    add("e", "−", "o", "y")
    add("L", "×", "e", "e")
    return nodes, edges


# a is used twice at once, and again later: an edge that must pass by other boxes.
REUSED = (
    {"a": "a\n3", "b": "b = a·a\n9", "c": "c = b + a\n12", "d": "d = c·a + 2\n38", "k": "2"},
    [("a", "b"), ("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d"), ("k", "d")],
)

FIGURES = {
    "decision_boundary": boundary,
    "success_rates": lambda: plots.success_rates(RATES),
    "line_fits": lambda: plots.line_fits(PX, PY, FITS),
    "spread_through_layers": lambda: plots.spread_through_layers(SPREADS),
    "activation_histograms": lambda: plots.activation_histograms(ACTIVATIONS, PANELS),
    "digit_grid": lambda: plots.digit_grid(IMAGES, SAYS),
    "weight_images": lambda: plots.weight_images(WEIGHTS),
    "confusion_matrix": lambda: plots.confusion_matrix(COUNTS),
    "digit_with_probabilities": lambda: plots.digit_with_probabilities(IMAGES[0], BELIEF, 0),
    "loss_comparison": lambda: plots.loss_comparison(LOSSES, 0.0006, "correct"),
    "computation_graph": lambda: plots.computation_graph(*small_network_graph()),
}
DRAWINGS = {"digit_grid", "computation_graph"}


@pytest.fixture(params=FIGURES)
def name(request):
    return request.param


@cache
def png(name):
    return plots.to_png(FIGURES[name]())


def lightness(colour):
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))


# Every figure


def test_every_axis_is_labelled(name):
    fig = FIGURES[name]()
    if name in DRAWINGS:
        assert not any(ax.axison for ax in fig.axes)
        return
    shared = fig._supxlabel.get_text() if fig._supxlabel else ""
    for ax in (ax for ax in fig.axes if ax.axison):
        # A scale of colours has its label at the side only.
        assert ax.get_xlabel() or shared or ax.get_label() == "<colorbar>"
        # Bars and dots that carry names need no more; a panel may share its neighbour's label.
        named = set(RATES) | set(LOSSES)
        carries_names = any(label.get_text() in named for label in ax.get_yticklabels())
        assert ax.get_ylabel() or carries_names or ax is not fig.axes[0]


def test_no_print_is_smaller_than_seven_points(name):
    assert min(text.get_fontsize() for text in texts(FIGURES[name]())) >= 7


# The decision boundary


def test_samples_of_the_two_classes_differ_by_marker_and_filling():
    zeros, ones = boundary().axes[0].lines
    np.testing.assert_array_equal(np.transpose(zeros.get_data()), XOR[CLASSES == 0])
    np.testing.assert_array_equal(np.transpose(ones.get_data()), XOR[CLASSES == 1])
    assert zeros.get_marker() != ones.get_marker()
    assert lightness(zeros.get_markerfacecolor()) - lightness(ones.get_markerfacecolor()) > 0.4


def test_the_boundary_runs_where_the_output_is_one_half():
    fig = boundary()
    ax = fig.axes[0]
    (line,) = [c for c in ax.collections if np.all(np.asarray(c.get_linewidth()) == 2.5)]
    points = np.concatenate([path.vertices for path in line.get_paths() if len(path.vertices)])
    inside = points[np.all((points > GRID[0]) & (points < GRID[-1]), axis=1)]
    assert np.max(np.abs(hand_network().predict(inside) - 0.5)) < 0.05
    assert "0.5" in [text.get_text() for text in ax.texts]


def test_the_name_of_the_boundary_keeps_away_from_samples_and_from_the_border():
    # An upright boundary in the middle, with samples along its lower part.
    first = np.linspace(0, 1, 21)
    X = np.column_stack([np.full(12, 0.5), np.linspace(0, 0.5, 12)])
    outputs = np.tile(first, (21, 1))
    ax = plots.decision_boundary(first, first, outputs, X, np.arange(12) % 2).axes[0]
    (label,) = ax.texts
    x, y = label.get_position()
    assert x == pytest.approx(0.5, abs=0.02)
    assert 0.8 < y < 0.95


def test_the_first_input_runs_across_and_the_second_up():
    outputs = np.tile(np.linspace(0, 1, 5), (7, 1))
    fig = plots.decision_boundary(
        np.arange(5), np.arange(7), outputs, XOR + 1, CLASSES, ("hours", "sleep"), "A title"
    )
    ax = fig.axes[0]
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 4), (0, 6))
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title(loc="left")) == (
        "hours", "sleep", "A title",
    )  # fmt: skip
    with pytest.raises((TypeError, ValueError)):
        plots.decision_boundary(np.arange(5), np.arange(7), outputs.T, XOR, CLASSES)


def test_larger_outputs_are_darker_in_grey():
    steps = -np.diff([lightness(tone) for tone in TONES])
    assert np.all(steps > 0)


@pytest.mark.parametrize("value", [0.0, 0.3, 0.5, 1.0])
def test_a_plane_without_boundary_is_drawn_without_a_warning(value):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fig = plots.decision_boundary(GRID, GRID, np.full((41, 41), value), XOR, CLASSES)
        plots.to_png(fig)
    assert not fig.axes[0].texts


def test_samples_beyond_the_plane_widen_it():
    ax = plots.decision_boundary(GRID, GRID, plane(hand_network()), 2 * XOR, CLASSES).axes[0]
    assert ax.get_xlim() == (GRID[0], 2)


def test_sixty_frames_of_a_boundary_stay_below_the_size_that_a_notebook_allows():
    frames = [boundary(scale) for scale in np.linspace(0.01, 1, 60)]
    assert {len(frame.axes) for frame in frames} == {2}
    animation = to_animated_png(frames, [80] * 60)
    assert opened(animation).n_frames == 60
    assert len(animation) < 300_000


# Bars


def test_success_rates_are_bars_in_the_order_given_with_their_values():
    fig = FIGURES["success_rates"]()
    ax = fig.axes[0]
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    np.testing.assert_allclose([bar.get_width() for bar in bars], [0, 75.5, 98, 100])
    assert [label.get_text() for label in ax.get_yticklabels()] == list(RATES)
    assert ax.yaxis_inverted()
    assert {"0 %", "75.5 %", "98 %", "100 %"} <= set(words(fig))
    assert ax.get_xlabel() == "share of 200 starts that learned it (%)"


def test_probabilities_are_bars_beside_their_digit_and_only_the_true_one_is_hatched():
    fig = FIGURES["digit_with_probabilities"]()
    picture, ax = fig.axes
    np.testing.assert_allclose(picture.images[0].get_array(), IMAGES[0])
    np.testing.assert_allclose([bar.get_height() for bar in ax.patches], BELIEF)
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [True] + 9 * [False]
    assert {"label 0", "truth\n0.25", "0.74", "0.01"} <= set(words(fig))


def test_a_certain_true_answer_has_room_for_its_words():
    fig = plots.digit_with_probabilities(IMAGES[1].ravel(), np.eye(10)[3], 3)
    boxes = drawn_boxes(fig)
    assert overlapping(boxes) == []
    assert max(box.y1 for _, box in boxes) <= fig.bbox.height


def test_the_key_of_the_boundary_has_the_tones_and_the_markers_of_the_plane():
    key = FIGURES["decision_boundary"]().axes[1]
    assert [to_hex(patch.get_facecolor()).upper() for patch in key.patches] == list(TONES)
    heights = {line.get_marker(): line.get_ydata()[0] for line in key.lines[1:]}
    assert heights["o"] < 0.5 < heights["s"]


# Lines


def test_points_and_lines_are_drawn_and_the_origin_is_in_view():
    ax = FIGURES["line_fits"]().axes[0]
    assert has_line(ax, PX, PY)
    ends = np.array(ax.get_xlim())
    for slope, intercept in FITS.values():
        assert has_line(ax, ends, slope * ends + intercept)
    assert ends[0] < 0 < ends[1]
    assert ax.get_ylim()[0] < 0 < ax.get_ylim()[1]
    assert set(FITS) <= set(words(ax.figure))


def test_spreads_are_drawn_over_the_layers_from_one():
    ax = FIGURES["spread_through_layers"]().axes[0]
    assert all(has_line(ax, LAYERS, spread) for spread in SPREADS.values())
    assert ax.get_yscale() == "log"
    assert set(SPREADS) <= set(words(ax.figure))
    assert len({(line.get_linestyle(), line.get_marker()) for line in ax.lines}) == len(SPREADS)


@pytest.mark.parametrize(
    ("spread", "start"),
    [
        (0.1**LAYERS, "10⁻"),
        (2.0**LAYERS, "100"),
        (0.5 + 0.02 * LAYERS, "0.5"),
        (0.5**LAYERS, "0.01"),
    ],
)
def test_a_logarithmic_axis_has_ticks_that_can_be_read(spread, start):
    fig = plots.spread_through_layers({"one": spread})
    fig.canvas.draw()
    labels = [text for text in words(fig) if text not in map(str, LAYERS)]
    assert any(text.startswith(start) for text in labels)
    assert not any("e-" in text for text in words(fig))


def test_a_layer_that_died_does_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dying = np.array([1.0, 0.1, 0.0, 0.0])
        plots.to_png(plots.spread_through_layers({"dying": dying, "dead": np.zeros(4)}))
    with pytest.raises(ValueError, match="positive"):
        plots.spread_through_layers({"dead": np.zeros(4)})


def test_histograms_share_axes_and_count_every_activation():
    fig = FIGURES["activation_histograms"]()
    assert [ax.get_title(loc="left") for ax in fig.axes] == PANELS
    for ax, layer in zip(fig.axes, ACTIVATIONS, strict=True):
        assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(100)
        edges = [bar.get_x() for bar in ax.patches]
        counts, _ = np.histogram(layer, [*edges, edges[-1] + ax.patches[-1].get_width()])
        np.testing.assert_allclose(
            [bar.get_height() for bar in ax.patches], 100 * counts / layer.size
        )
        assert ax.get_xlim() == fig.axes[0].get_xlim()
        assert ax.get_ylim() == fig.axes[0].get_ylim()


def test_activations_that_are_all_equal_can_be_drawn():
    plots.to_png(plots.activation_histograms([np.zeros(5)], ["dead"]))


@pytest.mark.parametrize("n", [0, 6])
def test_histograms_refuse_no_layers_and_more_than_five(n):
    with pytest.raises(ValueError, match=str(n)):
        plots.activation_histograms([np.arange(3)] * n, ["x"] * n)


# Images


def test_each_digit_is_drawn_dark_on_white_under_its_title():
    fig = FIGURES["digit_grid"]()
    ax = fig.axes[0]
    assert len(ax.images) == 40
    for image, digit in zip(ax.images, IMAGES, strict=True):
        np.testing.assert_array_equal(image.get_array(), digit)
        assert image.get_clim() == (0, 1)
    assert lightness(ax.images[0].cmap(0.0)[:3]) == pytest.approx(1)
    assert lightness(ax.images[0].cmap(1.0)[:3]) < 0.1
    assert words(fig).count("9, says 9") == 4


@pytest.mark.parametrize(("n", "columns"), [(1, 8), (3, 8), (10, 10), (11, 4), (40, 8), (40, 10)])
def test_digits_lie_in_rows_inside_the_page_without_touching(n, columns):
    fig = plots.digit_grid(IMAGES[:n].reshape(n, 64), SAYS[:n], columns)
    ax = fig.axes[0]
    boxes = [image.get_window_extent() for image in ax.images]
    assert len({round(box.y0) for box in boxes}) == -(-n // columns)
    assert all(box.x0 > 0 and box.x1 < fig.bbox.width and box.y0 > 0 for box in boxes)
    printed = drawn_boxes(fig)
    assert overlapping([*printed, *(("image", box) for box in boxes)]) == []
    assert all(abs(box.width - box.height) < 1e-6 for box in boxes)


@pytest.mark.parametrize("n", [0, 41])
def test_a_grid_refuses_no_digits_and_more_than_forty(n):
    with pytest.raises(ValueError, match=str(n)):
        plots.digit_grid(np.zeros((n, 8, 8)))


def test_weights_are_drawn_neuron_by_neuron_on_one_symmetric_scale():
    fig = FIGURES["weight_images"]()
    images = fig.axes[0].images
    assert len(images) == 32
    for k, image in enumerate(images):
        np.testing.assert_array_equal(image.get_array(), WEIGHTS[:, k].reshape(8, 8))
        assert image.get_clim() == (-np.abs(WEIGHTS).max(), np.abs(WEIGHTS).max())
    assert {"0", "31", "weight (no unit)"} <= set(words(fig))


def test_positive_weights_are_darker_than_zero_and_negative_ones_lighter_in_grey():
    shades = [lightness(SIGNED(s)[:3]) for s in np.linspace(0, 1, 101)]
    assert np.all(np.diff(shades) < 0)


@pytest.mark.parametrize("H", [1, 3, 10, 40])
def test_weight_images_of_other_numbers_of_neurons_fit(H):
    fig = plots.weight_images(np.ones((12, H)), (3, 4), 10)
    printed = drawn_boxes(fig)
    images = [("image", image.get_window_extent()) for image in fig.axes[0].images]
    assert overlapping([*printed, *images]) == []
    assert all(box.y0 >= 0 and box.y1 <= fig.bbox.height for _, box in printed)
    plots.to_png(plots.weight_images(np.zeros((64, H))))


# Tables, and the museum


def test_the_confusion_matrix_writes_counts_and_leaves_zeros_blank():
    ax = FIGURES["confusion_matrix"]().axes[0]
    written = {(t.get_position()[1], t.get_position()[0]): t.get_text() for t in ax.texts}
    expected = {place: str(count) for place, count in np.ndenumerate(COUNTS) if count}
    assert written == expected
    assert ax.yaxis_inverted()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("the network says", "the truth")


def test_mistakes_are_darker_than_the_diagonal_and_darker_the_more_there_are():
    ax = FIGURES["confusion_matrix"]().axes[0]
    tone = {
        (round(p.get_y() + 0.5), round(p.get_x() + 0.5)): lightness(p.get_facecolor()[:3])
        for p in ax.patches
    }
    assert tone[0, 0] > tone[0, 5] + 0.03
    assert tone[0, 5] > tone[4, 9] > tone[5, 9]


def test_a_confusion_matrix_without_mistakes_or_with_names_can_be_drawn():
    plots.to_png(plots.confusion_matrix(np.diag([3, 4])))
    assert "cat" in words(plots.confusion_matrix([[1, 0], [2, 3]], ["cat", "dog"]))


def test_losses_are_dots_sorted_by_size_with_their_values():
    fig = FIGURES["loss_comparison"]()
    ax = fig.axes[0]
    ranked = sorted(LOSSES.values())
    assert all(has_line(ax, [loss], [place]) for place, loss in enumerate(ranked))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == sorted(LOSSES, key=LOSSES.get)
    assert ax.yaxis_inverted()
    assert ax.get_xscale() == "log"
    # Three digits would make the fourth value equal to the rival's.
    assert {"0.000189", "0.0005996", "0.0001913", "always 89: 0.0006"} <= set(words(fig))


def test_the_correct_loss_and_the_rivals_are_vertical_lines():
    ax = FIGURES["loss_comparison"]().axes[0]
    assert has_line(ax, [0.0006, 0.0006], [0, 1])
    assert has_line(ax, [0.0001913, 0.0001913], [0, 1])
    (dot,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert (dot.get_xdata()[0], to_hex(dot.get_color())) == (0.0001913, GREEN.lower())


def test_losses_without_marks_can_be_drawn_and_bad_ones_are_refused():
    plots.to_png(plots.loss_comparison({"a": 0.1, "b": 0.2}))
    with pytest.raises(ValueError, match="nobody"):
        plots.loss_comparison(LOSSES, correct="nobody")
    with pytest.raises(ValueError, match="positive"):
        plots.loss_comparison({"a": 0.0})


# The computation graph


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

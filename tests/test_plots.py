"""The figures: they show the data given, in words too, and nothing in them overlaps."""

import base64
import itertools
import subprocess
import sys
import warnings
from functools import cache

import matplotlib as mpl
import numpy as np
import pytest
from drawn import drawn_boxes, has_line, opened, overlapping, texts, words
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from test_plots_part2 import FIGURES as FIGURES_OF_PART_TWO

from nn_tutorial import plots
from nn_tutorial.plots.kit.numerals import plain, significant
from nn_tutorial.plots.kit.spacing import rows_without_overlap, spread
from nn_tutorial.plots.kit.style import BLUE, VERMILLION

X = np.array([[2.0, 9.0], [1.0, 5.0], [3.0, 6.0]])
NAMES = ["(2, 9)", "(1, 5)", "(3, 6)"]
SCORES = np.array([92.0, 86.0, 89.0])
W1 = np.array([[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]])
W2 = np.array([[0.4], [0.5], [0.9]])
START_W1 = np.array([[-0.8917, 0.2830, -1.5579], [0.5572, 0.3940, 0.6426]])
START_W2 = np.array([[-0.1674], [-1.8230], [-0.9357]])
VALUES = [np.array([2 / 3, 1]), np.array([0.717751, 0.668188, 0.682799]), np.array([0.774817])]
GRADIENTS = [
    np.array([[-0.002737, -0.003744, -0.006584], [-0.004105, -0.005616, -0.009875]]),
    np.array([[-0.036363], [-0.033852], [-0.034592]]),
]
INPUTS, OUTPUTS = ["hours studied", "hours slept"], ["predicted score"]
STEPS = np.arange(201)
LOSS = 0.5 * np.exp(-STEPS / 20) + 0.0002
STUDIED, SLEPT = np.linspace(0, 6, 13), np.linspace(0, 12, 17)
SURFACE = 80 + STUDIED[None, :] / 2 + SLEPT[:, None]
SPREAD = 0.1 + (STUDIED[None, :] - 2) ** 2 / 4 + (SLEPT[:, None] - 7) ** 2 / 20
ANSWERS = np.random.default_rng(1).normal(91, 1, 300)
DOWNHILL = np.array([[5.0, 1.0], [3.0, 4.0], [2.0, 7.0], [1.0, 8.0]])
EPSILONS = 10.0 ** -np.arange(1, 13)

FIGURES = {
    "network_diagram": lambda: plots.network_diagram([W1, W2], VALUES, None, INPUTS, OUTPUTS),
    "scaling": lambda: plots.scaling(X, X / X.max(axis=0), NAMES),
    "sigmoid_with_tangent": lambda: plots.sigmoid_with_tangent(0.0, [7.6, 3.9, 6.5]),
    "slope_curve": lambda: plots.slope_curve([7.6, 3.9, 6.5]),
    "activations": plots.activations,
    "shapes": lambda: plots.shapes([("X", 3, 2), "@", ("W1", 2, 3), "=", ("Z1", 3, 3)]),
    "loss_along_weight": lambda: plots.loss_along_weight(
        np.linspace(-2, 4, 50), np.linspace(-2, 4, 50) ** 2, (0.5, 0.25), 1.0, "W2[0]"
    ),
    "loss_over_weights": lambda: plots.loss_over_weights(
        STUDIED, SLEPT, SPREAD, (1.0, 2.0), np.array([[5.0, 1.0], [3.0, 4.0], [2.0, 7.0]])
    ),
    "descent": lambda: plots.descent(STUDIED, SLEPT, SPREAD, DOWNHILL, LOSS[:4], 2, ("a", "b")),
    "nudge_errors": lambda: plots.nudge_errors(EPSILONS, EPSILONS**2, EPSILONS),
    "loss_curves": lambda: plots.loss_curves({"a": LOSS, "b": LOSS / 2}, 0.0006),
    "predictions_over_time": lambda: plots.predictions_over_time(
        STEPS, SCORES - 60 * LOSS[:, None], SCORES, NAMES
    ),
    "learning_rates": lambda: plots.learning_rates({0.1: LOSS, 1.5: LOSS / 2, 15: LOSS / 4}, 6e-4),
    "score_surface": lambda: plots.score_surface(
        STUDIED, SLEPT, SURFACE, X, SCORES, {"new (4, 8)": (4, 8)}
    ),
    "trust_map": lambda: plots.trust_map(STUDIED, SLEPT, SPREAD, X, {"new (4, 8)": (4, 8)}),
    "answers_histogram": lambda: plots.answers_histogram(ANSWERS, {"this": 90.5, "plane": 90.7}),
    "train_validation": lambda: plots.train_validation(LOSS, LOSS + STEPS * 1e-5, 80),
}
DRAWINGS = {"network_diagram", "shapes"}


ALL_FIGURES = FIGURES | FIGURES_OF_PART_TWO


@pytest.fixture(params=ALL_FIGURES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def shell():
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@cache
def png(name):
    return plots.to_png(ALL_FIGURES[name]())


# Every figure


def test_a_list_of_public_names_is_complete():
    shown = {"drawn_again", "show", "show_animation", "to_png", "to_quick_png"}
    assert set(ALL_FIGURES) | shown == set(plots.__all__)
    assert all(callable(getattr(plots, public)) for public in plots.__all__)


def test_every_function_returns_a_figure_of_at_most_six_by_four_inches(name):
    fig = ALL_FIGURES[name]()
    assert isinstance(fig, Figure)
    width, height = fig.get_size_inches()
    assert width <= 6
    assert height <= 4


@pytest.mark.parametrize("name", FIGURES)
def test_every_axis_is_labelled(name):
    fig = FIGURES[name]()
    if name in DRAWINGS:
        assert not any(ax.axison for ax in fig.axes)
        return
    shared_x = fig.get_supxlabel() if hasattr(fig, "get_supxlabel") else ""
    shared_y = fig.get_supylabel() if hasattr(fig, "get_supylabel") else ""
    assert all(ax.get_xlabel() or shared_x for ax in fig.axes)
    # A panel beside another may share its neighbour's label.
    assert fig.axes[0].get_ylabel() or shared_y


def test_every_background_is_opaque_white(name):
    picture = opened(png(name))
    assert "transparency" not in picture.info
    pixels = np.asarray(picture.convert("RGBA"))
    assert np.all(pixels[..., 3] == 255)
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert np.mean(np.all(edge == 255, axis=-1)) > 0.9


def test_every_png_is_small(name):
    assert len(png(name)) < 50_000


def test_rendering_twice_gives_identical_bytes(name):
    fig = ALL_FIGURES[name]()
    assert plots.to_png(fig) == png(name)
    assert plots.to_png(fig) == png(name)


def test_a_readers_own_settings_change_nothing_and_are_kept(name):
    expected = png(name)
    with mpl.rc_context({"font.size": 25, "figure.facecolor": "black", "axes.linewidth": 9}):
        assert plots.to_png(ALL_FIGURES[name]()) == expected
        assert mpl.rcParams["font.size"] == 25


def test_no_figure_warns(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # matplotlib's, about what it cannot draw
        warnings.simplefilter("error", RuntimeWarning)
        warnings.simplefilter("ignore", DeprecationWarning)  # of what matplotlib itself uses
        plots.to_png(ALL_FIGURES[name]())


def test_no_text_is_cut_off_at_the_border(name):
    fig = ALL_FIGURES[name]()
    width, height = fig.get_size_inches() * fig.dpi
    for text, box in drawn_boxes(fig):
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text


def test_no_text_overlaps_another(name):
    fig = ALL_FIGURES[name]()
    fig.canvas.draw()
    # The bounding box of slanted print, a contour's label, is larger than the print.
    upright = [t for t in texts(fig) if t.get_rotation() % 90 == 0]
    assert overlapping([(t.get_text(), t.get_window_extent()) for t in upright]) == []


def test_importing_the_plots_loads_neither_pyplot_nor_ipython():
    code = (
        "import sys, nn_tutorial.plots; "
        "print([m for m in ('matplotlib.pyplot', 'IPython') if m in sys.modules])"
    )
    # The oldest matplotlib uses what its newest companions deprecate.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code]
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")


# Showing


@pytest.mark.usefixtures("shell")
def test_show_publishes_one_png_with_its_words_and_prints_them():
    fig = plots.activations()
    expected = plots.to_png(fig)
    with capture_output() as captured:
        plots.show(fig, alt="Three curves.")
    assert captured.stdout == "Three curves.\n"
    (output,) = captured.outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.data["text/plain"] == "Three curves."
    assert base64.b64decode(output.data["image/png"]) == expected


def test_show_closes_a_figure_of_pyplot():
    code = (
        "import matplotlib; matplotlib.use('agg')\n"
        "import matplotlib.pyplot as plt\n"
        "from nn_tutorial import plots\n"
        "plots.show(plt.figure(), alt='Nothing.')\n"
        "print(plt.get_fignums())"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip().endswith("[]"), result.stderr


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_show_refuses_a_figure_without_words(alt):
    with capture_output() as captured, pytest.raises(ValueError, match="alt"):
        plots.show(plots.activations(), alt=alt)
    assert captured.outputs == []


@cache
def animation(n):
    with capture_output() as captured:
        plots.show_animation(
            [plots.sigmoid_with_tangent(z) for z in np.linspace(-4, 4, n)], "It rolls.", 80
        )
    (output,) = captured.outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert captured.stdout == "It rolls.\n"
    return base64.b64decode(output.data["image/png"])


@pytest.mark.usefixtures("shell")
def test_an_animation_has_all_frames_loops_for_ever_and_rests_at_the_end():
    picture = opened(animation(5))
    assert picture.n_frames == 5
    assert picture.is_animated
    assert picture.info["loop"] == 0
    durations = []
    for k in range(5):
        picture.seek(k)
        durations.append(picture.info["duration"])
    assert durations == [80, 80, 80, 80, 2000]


@pytest.mark.usefixtures("shell")
def test_an_animations_last_frame_is_the_last_figure():
    picture = opened(animation(5))
    picture.seek(4)
    last = opened(plots.to_png(plots.sigmoid_with_tangent(4.0)))
    difference = np.abs(
        np.asarray(picture.convert("RGB"), int) - np.asarray(last.convert("RGB"), int)
    )
    assert difference.mean() < 0.5


@pytest.mark.usefixtures("shell")
def test_sixty_frames_stay_below_the_size_that_a_notebook_allows():
    assert len(animation(60)) < 300_000


@pytest.mark.parametrize("n", [0, 61])
def test_an_animation_refuses_no_frames_and_more_than_sixty(n):
    with pytest.raises(ValueError, match=str(n)):
        plots.show_animation([Figure()] * n, "words")


# The network diagram


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


# Data in, data shown


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


def test_scaling_keeps_the_picture_and_changes_the_axes():
    fig = FIGURES["scaling"]()
    before, after = fig.axes
    assert before.get_xlabel() == "hours studied"
    assert "no unit" in after.get_xlabel()
    for ax, points in ((before, X), (after, X / X.max(axis=0))):
        assert all(has_line(ax, [x], [y]) for x, y in points)
        places = (ax.transData + ax.transAxes.inverted()).transform(points)
        np.testing.assert_allclose(places, X / X.max(axis=0) / 1.18)
    assert [words(fig).count(name) for name in NAMES] == [2, 2, 2]


def test_the_tangent_has_the_sigmoids_slope():
    fig = plots.sigmoid_with_tangent(1.0, [7.6])
    slope = np.exp(-1) / (1 + np.exp(-1)) ** 2
    tangents = [line for line in fig.axes[0].lines if line.get_color() == VERMILLION]
    x, y = tangents[0].get_data()
    np.testing.assert_allclose(np.diff(y) / np.diff(x), slope)
    assert any(significant(slope) in text for text in words(fig))
    assert "σ(7.6) = 0.9995" in words(fig)


def test_the_slope_curve_peaks_at_a_quarter_and_names_the_saturated_slopes():
    fig = FIGURES["slope_curve"]()
    assert max(fig.axes[0].lines[0].get_ydata()) == pytest.approx(0.25)
    assert {"3.9: 0.0194", "6.5: 0.0015", "7.6: 0.0005", "largest: 1/4"} <= set(words(fig))


def test_three_activations_are_drawn_and_named():
    fig = plots.activations()
    z = fig.axes[0].lines[0].get_xdata()
    for curve in (1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(z, 0)):
        assert has_line(fig.axes[0], z, curve)
    assert {"sigmoid", "tanh", "ReLU"} <= set(words(fig))


def test_shapes_are_drawn_in_proportion():
    fig = FIGURES["shapes"]()
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


def test_the_words_about_a_weight_stand_where_the_curve_is_low():
    w = np.linspace(-2, 5, 50)
    for losses, side in ((np.exp(-w), "right"), (np.exp(w), "left"), ((w - 1.5) ** 2, "center")):
        fig = plots.loss_along_weight(w, losses, (0.0, losses[14]), 1.0)
        (text,) = fig.axes[0].texts
        assert text.get_ha() == side


def test_ticks_of_a_small_loss_have_enough_decimals():
    w = np.linspace(0, 1, 9)
    fig = plots.loss_along_weight(w, 1e-4 * w, (0.5, 5e-5))
    plots.to_png(fig)
    labels = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert len(set(labels)) == len(labels)


def test_what_stands_on_an_edge_is_drawn_whole():
    (star,) = (
        line for line in FIGURES["score_surface"]().axes[0].lines if line.get_marker() == "*"
    )
    few = plots.predictions_over_time(np.array([1, 10]), np.array([[3.0], [4.0]])).axes[0].lines[0]
    point = plots.sigmoid_with_tangent(8.0).axes[0].lines[-1]
    assert not any(line.get_clip_on() for line in (star, few, point))


def test_limits_are_kept():
    assert plots.train_validation(LOSS, LOSS, limits=(1e-6, 10)).axes[0].get_ylim() == (1e-6, 10)
    spread = plots.spread_through_layers({"s": LOSS[:5]}, limits=(1e-3, 1e3))
    assert spread.axes[0].get_ylim() == (1e-3, 1e3)
    before = plots.scaling(X, X / X.max(axis=0), NAMES, limits=(6, 12)).axes[0]
    assert (before.get_xlim(), before.get_ylim()) == ((0, 6), (0, 12))


def test_the_loss_along_a_weight_has_its_point_and_tangent():
    ax = FIGURES["loss_along_weight"]().axes[0]
    w = np.linspace(-2, 4, 50)
    assert has_line(ax, w, w**2)
    assert has_line(ax, [0.5], [0.25])
    x, y = ax.lines[1].get_data()
    np.testing.assert_allclose((y - 0.25) / (x - 0.5), 1.0)
    assert ax.get_xlabel() == "weight W2[0] (no unit)"


def test_the_path_on_the_loss_surface_is_drawn_from_start_to_end():
    fig = FIGURES["loss_over_weights"]()
    assert has_line(fig.axes[0], [5.0, 3.0, 2.0], [1.0, 4.0, 7.0])
    assert {"start", "end"} <= set(words(fig))


def test_a_descent_is_shown_up_to_its_step_on_the_map_and_on_the_curve():
    curve, surface = FIGURES["descent"]().axes
    assert has_line(curve, [0, 1, 2], LOSS[:3])
    assert has_line(surface, DOWNHILL[:3, 0], DOWNHILL[:3, 1])
    curve, surface = plots.descent(STUDIED, SLEPT, SPREAD, DOWNHILL, LOSS[:4]).axes
    assert has_line(curve, [0, 1, 2, 3], LOSS[:4])
    assert has_line(surface, DOWNHILL[:, 0], DOWNHILL[:, 1])


def test_the_loss_surface_puts_its_first_weight_across():
    fig = plots.loss_over_weights(STUDIED, SLEPT, SPREAD, names=("a", "b"))
    ax = fig.axes[0]
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 6), (0, 12))
    assert ax.get_xlabel().startswith("weight a")
    with pytest.raises((TypeError, ValueError)):
        plots.loss_over_weights(STUDIED, SLEPT, SPREAD.T)


def test_a_loss_surface_over_many_powers_of_ten_names_powers_of_ten():
    losses = 10.0 ** -(1 + STUDIED[None, :] / 2 + 0 * SLEPT[:, None])
    fig = plots.loss_over_weights(STUDIED, SLEPT, losses)
    assert {"0.01", "0.001"} <= set(words(fig))


def test_nudge_errors_are_drawn_and_a_zero_is_hollow_at_the_bottom():
    centred = EPSILONS**2
    centred[4] = 0
    ax = plots.nudge_errors(EPSILONS, centred, EPSILONS).axes[0]
    assert has_line(ax, EPSILONS, EPSILONS)
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [list(line.get_xdata()) for line in hollow if len(line.get_xdata())] == [[EPSILONS[4]]]
    assert ax.get_xscale() == ax.get_yscale() == "log"
    plots.to_png(ax.figure)


def test_loss_curves_show_the_same_losses_on_both_axes_with_the_baseline():
    fig = plots.loss_curves(LOSS, 0.0006)
    linear, log = fig.axes
    assert (linear.get_yscale(), log.get_yscale()) == ("linear", "log")
    for ax in fig.axes:
        assert has_line(ax, STEPS, LOSS)
        assert has_line(ax, [0, 1], [0.0006, 0.0006])
        assert ax.get_xlabel() == "training steps"
    assert "always 89: 0.0006" in words(fig)


def test_loss_curves_with_a_loss_of_zero_do_not_warn():
    plots.to_png(plots.loss_curves({"a": np.append(LOSS, 0.0)}))


def test_predictions_carry_their_names_and_targets():
    fig = FIGURES["predictions_over_time"]()
    ax = fig.axes[0]
    for i, score in enumerate(SCORES):
        assert has_line(ax, STEPS, score - 60 * LOSS)
        assert has_line(ax, [0, 1], [score, score])
        target = next(line for line in ax.lines if list(line.get_ydata()) == [score, score])
        assert (target.get_color(), target.get_linestyle()) == (ax.lines[2 * i].get_color(), ":")
    assert set(NAMES) <= set(words(fig))
    assert ax.get_ylabel() == "predicted score (points)"


def test_a_logarithmic_time_axis_leaves_step_zero_out():
    ax = plots.predictions_over_time(STEPS, LOSS[:, None], log_steps=True).axes[0]
    assert has_line(ax, STEPS[1:], LOSS[1:])


def test_each_learning_rate_says_where_it_ends():
    fig = FIGURES["learning_rates"]()
    assert [ax.get_title(loc="left") for ax in fig.axes] == ["η = 0.1", "η = 1.5", "η = 15"]
    assert all(has_line(ax, STEPS, LOSS / d) for ax, d in zip(fig.axes, (1, 2, 4), strict=True))
    assert f"ends at {significant(LOSS[-1])}" in words(fig)


@pytest.mark.parametrize("function", ["score_surface", "trust_map"])
def test_maps_hatch_exactly_what_lies_outside_the_students_box(function):
    ax = FIGURES[function]().axes[0]
    hatched = [p for p in ax.patches if p.get_hatch()]
    area = sum(p.get_width() * p.get_height() for p in hatched)
    assert area == pytest.approx(6 * 12 - (3 - 1) * (9 - 5))
    assert not any(
        p.get_x() < 2 < p.get_x() + p.get_width() and p.get_y() < 7 < p.get_y() + p.get_height()
        for p in hatched
    )
    assert all(has_line(ax, [x], [y]) for x, y in [*X, (4, 8)])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("hours studied", "hours slept")
    assert any("not trained here" in text for text in words(ax.figure))


def test_a_new_student_beyond_the_map_widens_it():
    ax = plots.trust_map(STUDIED, SLEPT, SPREAD, X, {"24 h": (24, 0)}).axes[0]
    assert ax.get_xlim()[1] >= 24


def test_a_map_without_any_difference_can_be_drawn():
    plots.to_png(plots.score_surface(STUDIED, SLEPT, np.full(SURFACE.shape, 89.0), X))
    plots.to_png(plots.trust_map(STUDIED, SLEPT, np.zeros(SPREAD.shape), X))


def test_the_histogram_counts_every_network():
    ax = FIGURES["answers_histogram"]().axes[0]
    assert sum(p.get_height() for p in ax.patches) == len(ANSWERS)
    assert has_line(ax, [90.5, 90.5], [0, 1])


def test_the_best_validation_step_is_marked():
    fig = FIGURES["train_validation"]()
    validation = LOSS + STEPS * 1e-5
    assert has_line(fig.axes[0], STEPS, LOSS)
    assert has_line(fig.axes[0], STEPS, validation)
    assert has_line(fig.axes[0], [80], [validation[80]])
    assert {"training", "validation", "best validation: step 80"} <= set(words(fig))


# Helpers


def test_spread_moves_only_what_is_too_close_and_both_ways():
    np.testing.assert_allclose(spread([0.5, 0.1, 0.5], 0.1, 0, 1), [0.45, 0.1, 0.55])
    np.testing.assert_allclose(spread([0.99, 1.0], 0.1, 0, 1), [0.9, 1.0])
    assert len(spread([], 0.1, 0, 1)) == 0


def test_rows_are_added_only_where_texts_would_touch():
    assert rows_without_overlap([0.1, 0.5, 0.52], ["one", "two", "three"], 5.0) == [0, 0, 1]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.000600, "0.0006"), (-0.0308, "−0.0308"), (0.25, "0.25"), (100.0, "100"), (0, "0")],
)
def test_significant_digits_without_needless_zeros(value, text):
    assert significant(value) == text


def test_a_rounded_zero_has_no_minus():
    assert plain(-0.001, 2) == "0.00"

"""Figures of other sizes: each fits, wraps, or says what is too many; none leaves something out."""

import itertools
import warnings

import numpy as np
import pytest
from drawn import has_line, overlapping, texts, words
from figures import (
    CLASSES,
    GRID,
    IMAGES,
    LOSS,
    SCORES,
    SLEPT,
    SPREAD,
    STEPS,
    STUDIED,
    SURFACE,
    XOR,
    X,
    hand_network,
    plane,
)
from matplotlib.patches import Circle

from nn_tutorial import plots

RNG = np.random.default_rng(2)
LONG = "a very long name that goes on and on and on for ever and ever"
OUTPUTS = plane(hand_network())
MANY = {f"curve {k}": LOSS / (k + 1) for k in range(10)}


def matrices(*sizes):
    return [RNG.normal(size=pair) for pair in itertools.pairwise(sizes)]


def assert_fits(fig):
    """Assert that all texts lie on the page, apart from each other, and are large enough."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        fig.canvas.draw()
    shown = texts(fig)
    upright = [t for t in shown if t.get_rotation() % 90 == 0]
    assert overlapping([(t.get_text(), t.get_window_extent()) for t in upright]) == []
    for text in shown:
        box = text.get_window_extent()
        assert min(box.x0, box.y0, fig.bbox.width - box.x1, fig.bbox.height - box.y1) >= -1, text
        assert text.get_fontsize() >= 6, text
    width, height = fig.get_size_inches()
    assert (width <= 6, height <= 4) == (True, True)


FITS = {
    # Networks
    "seven layers": lambda: plots.network_diagram(matrices(2, 3, 3, 3, 3, 3, 1)),
    "twelve layers": lambda: plots.network_diagram(matrices(*[3] * 12)),
    "seven layers, values": lambda: plots.network_diagram(
        matrices(2, 3, 3, 3, 3, 3, 1), [RNG.random(n) for n in (2, 3, 3, 3, 3, 3, 1)]
    ),
    "ten units": lambda: plots.network_diagram(matrices(10, 10, 1), title="ten"),
    "thirty units": lambda: plots.network_diagram(matrices(30, 8, 1), None, None, ["n"] * 30),
    "thirty names": lambda: plots.network_diagram(
        matrices(30, 1), None, None, [f"worst fractal dimension {k}" for k in range(30)], title="t"
    ),
    "long names": lambda: plots.network_diagram(matrices(3, 2), None, None, [LONG] * 3, [LONG] * 2),
    "empty names": lambda: plots.network_diagram(matrices(2, 1), None, None, ["", ""], [""]),
    "a name without spaces": lambda: plots.network_diagram(matrices(1, 1), None, None, ["x" * 40]),
    "notes below five units": lambda: plots.network_diagram(
        matrices(2, 5, 1), notes=[None, ("z", RNG.random(5)), None], decimals=6
    ),
    "huge weights": lambda: plots.network_diagram([np.full((2, 3), 1e20)], [[1e20, 1], [1, 2, 3]]),
    "a chain of three": lambda: plots.chain_of_slopes(
        ["x", "z", "L"], [-1.25, 12.3456, 0.1], [-0.1234, 12.3456], {1: ("w12", -8.7654, 0.001)}
    ),
    # Students
    "ten students": lambda: plots.scaling(
        X[[0, 1, 2, 0, 1]], X[[0, 1, 2, 0, 1]] / 9, ["ann", "bob", "cy", "di", "ed"]
    ),
    "a newcomer far away": lambda: plots.scaling(
        X, X / X.max(axis=0), list("abc"), (np.array([30.0, 2]), np.array([10, 0.2]))
    ),
    "new students on one place": lambda: plots.score_surface(
        STUDIED, SLEPT, SURFACE, X, SCORES, {"me": (2, 9), "you": (2, 9), LONG: (4, 8)}
    ),
    # Curves
    "one loss": lambda: plots.loss_curves([0.5]),
    "ten curves": lambda: plots.loss_curves(MANY),
    "a long name of a curve": lambda: plots.loss_curves(
        {LONG: LOSS, "b": LOSS / 2}, 0.1, LONG[:40]
    ),
    "dollars": lambda: plots.loss_curves({"$a_{$": LOSS, "x$y$": LOSS / 2}),
    "tiny losses": lambda: plots.loss_curves(1e-20 * LOSS, 1e-21),
    "one step": lambda: plots.predictions_over_time([5], [[3.0, 4]], [3, 4], ["a", "b"]),
    "a long label": lambda: plots.predictions_over_time(STEPS, LOSS, ylabel=LONG),
    "long names of panels": lambda: plots.activation_histograms(
        [np.arange(9.0)] * 5, [f"the activations of layer {k}" for k in range(5)]
    ),
    "answers all equal": lambda: plots.answers_histogram(np.full(9, 91.1), {"this": 91.1}),
    "answers equal but for rounding": lambda: plots.answers_histogram(91 + 1e-14 * np.arange(9)),
    "four marks on one place": lambda: plots.answers_histogram(
        SCORES, {f"mark {k}": 91 for k in range(4)}
    ),
    "a tiny loss along a weight": lambda: plots.loss_along_weight(
        STUDIED, 1e-20 * STUDIED, (0, 0), 1e-20
    ),
    "a loss far from zero": lambda: plots.loss_along_weight(STUDIED, 1e7 + STUDIED, (0, 1e7)),
    "slopes of neighbours": lambda: plots.slope_curve([1, 1.1, 1.2, -1, -1.1, -5, -6]),
    "nine bends": lambda: plots.sum_of_bends(
        STUDIED, {f"neuron {k}": STUDIED * k for k in range(9)}, [[1, 100]], LONG[:40], LONG[:40]
    ),
    "a bend with a long name": lambda: plots.sum_of_bends(STUDIED, {LONG[:40]: STUDIED}, [[1, 1]]),
    # Maps
    "a flat map": lambda: plots.loss_over_weights(STUDIED, SLEPT, 0 * SPREAD + 0.25, (1, 2)),
    "losses that are all zero": lambda: plots.loss_over_weights(STUDIED, SLEPT, 0 * SPREAD),
    "a hundred powers of ten": lambda: plots.loss_over_weights(
        STUDIED, SLEPT, 10.0 ** (-20 * SPREAD)
    ),
    "a long narrow map": lambda: plots.loss_over_weights(1e6 * STUDIED, SLEPT, SPREAD),
    "an end at zero": lambda: plots.descent(
        STUDIED, SLEPT, SPREAD, np.ones((3, 2)), [1.0, 0.5, 0.0]
    ),
    # Classes
    "five classes": lambda: plots.decision_boundary(
        GRID, GRID, OUTPUTS, RNG.random((20, 2)), [f"a rather long name {k % 5}" for k in range(20)]
    ),
    "long labels of a plane": lambda: plots.decision_boundary(
        GRID, GRID, OUTPUTS, XOR, CLASSES, (LONG, LONG), LONG
    ),
    "twenty classes": lambda: plots.confusion_matrix(RNG.integers(0, 120, (20, 20))),
    "twenty names": lambda: plots.confusion_matrix(
        RNG.integers(0, 99, (20, 20)), [f"class name {k}" for k in range(20)]
    ),
    "long names of classes": lambda: plots.confusion_matrix(np.eye(3), [LONG] * 3),
    "a million": lambda: plots.confusion_matrix([[1234567, 3], [5, 9999999]], ["cat", "dog"]),
    "sixteen mistakes": lambda: plots.loss_comparison({f"mistake {k}": 0.1**k for k in range(16)}),
    "long names beside marks": lambda: plots.loss_comparison(
        {"the sum instead of the mean": 1, "b": 2}, 1.5, "the sum instead of the mean", LONG[:30]
    ),
    # Pictures
    "larger pictures": lambda: plots.digit_grid(RNG.random((10, 784)), columns=2),
    "oblong pictures": lambda: plots.digit_grid(RNG.random((3, 16, 4)), [LONG] * 3),
    "forty below each other": lambda: plots.digit_grid(IMAGES, columns=1),
    "a hundred neurons": lambda: plots.weight_images(RNG.normal(size=(64, 100))),
    "thin pictures": lambda: plots.weight_images(RNG.normal(size=(64, 24)), (64, 1)),
    "huge weights of pixels": lambda: plots.weight_images(1e20 * RNG.normal(size=(64, 3))),
    # Shapes
    "names wider than boxes": lambda: plots.shapes(
        [("inputs X", 150, 4), "@", ("weights W1", 4, 8), "equals", ("sums Z1", 150, 8)]
    ),
}


@pytest.mark.parametrize("size", FITS)
def test_a_figure_of_another_size_fits(size):
    assert_fits(FITS[size]())


# Nothing is left out


@pytest.mark.parametrize("sizes", [(2, 3, 3, 3, 3, 3, 1), [3] * 12, (30, 30, 2), (13, 6, 3)])
def test_circles_of_a_diagram_never_touch(sizes):
    fig = plots.network_diagram(matrices(*sizes))
    circles = fig.findobj(Circle)
    assert len(circles) == sum(sizes)
    width, height = fig.get_size_inches()
    centres = np.array([c.center for c in circles])
    reach = np.array([c.radius + c.get_linewidth() / 144 for c in circles])
    assert np.all(centres > reach[:, None])
    assert np.all(centres + reach[:, None] < (width, height))
    apart = np.linalg.norm(centres[:, None] - centres, axis=2) - reach[:, None] - reach
    assert np.min(apart[~np.eye(len(circles), dtype=bool)]) > 0


def test_a_diagram_never_writes_a_weight_as_nothing():
    assert "10⁻²⁰" in words(plots.network_diagram([np.full((1, 1), 1e-20)]))


def test_values_in_small_circles_lose_digits_but_never_become_nothing():
    values = np.array([14.23, 0.28, 1065.0, 1.71, -2.43, 0.0] + [5.64] * 7)
    fig = plots.network_diagram(matrices(13, 1), [values, None])
    assert {"14", "0.28", "1065", "1.7", "−2.4", "0"} <= set(words(fig))


def test_a_weight_beyond_the_thickest_is_as_thick():
    lines = plots.network_diagram([np.array([[0.1, 9.0]])], thickest=0.1).axes[0].lines
    assert len({line.get_linewidth() for line in lines}) == 1


def test_a_single_loss_is_a_point_on_both_axes():
    for ax in plots.loss_curves([0.5]).axes:
        assert [line.get_marker() for line in ax.lines] == ["o"]
        assert has_line(ax, [0], [0.5])
    markers = [line.get_marker() for line in plots.train_validation([0.5], [0.6]).axes[0].lines]
    assert markers == ["o", "o"]


def test_losses_that_are_all_zero_are_said_to_be():
    assert "every loss is 0" in words(plots.loss_curves([0.0, 0.0]))


def test_no_two_of_ten_curves_look_alike_even_in_grey():
    for lines in (
        plots.loss_curves(MANY).axes[0].lines,
        plots.predictions_over_time(STEPS, np.transpose(list(MANY.values()))).axes[0].lines,
        plots.line_fits([1], [1], dict.fromkeys(MANY, (1, 0))).axes[0].lines[2:-1],
    ):
        assert (
            len({(str(line.get_linestyle()), str(line._unscaled_dash_pattern)) for line in lines})
            == 10
        )
    spreads = plots.spread_through_layers({name: [1, 2] for name in MANY}).axes[0].lines
    assert len({line.get_marker() for line in spreads}) == 10


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["no", "yes", "yes", "no"], {"no", "yes"}),
        ([b"no", b"yes", b"yes", b"no"], {"no", "yes"}),
        ([0, 1, 2, 1], {"0", "1", "2"}),
        ([-1, 1, 1, -1], {"-1", "1"}),
        ([2.0, 2.0, 2.0, 2.0], {"2"}),
        ([3, 8, 8, 3], {"3", "8"}),
        (np.array(["a", "b", "c", "d"], dtype=object), {"a", "b", "c", "d"}),
    ],
)
def test_every_sample_is_drawn_and_its_class_named(labels, names):
    fig = plots.decision_boundary(GRID, GRID, OUTPUTS, XOR, labels)
    drawn = [tuple(p) for line in fig.axes[0].lines for p in np.transpose(line.get_data())]
    assert sorted(drawn) == sorted(map(tuple, XOR))
    used = [line for line in fig.axes[0].lines if len(line.get_xdata())]
    assert len({line.get_marker() for line in used}) == len(names)
    (key,) = fig.legends
    assert {text.get_text() for text in key.get_texts()} == names
    marks = {
        t.get_text(): h.get_marker()
        for t, h in zip(key.get_texts(), key.legend_handles, strict=True)
    }
    samples = np.ravel(labels).astype(str)
    for line in used:
        (place, *_) = np.transpose(line.get_data())
        at = np.flatnonzero(np.all(place == XOR, axis=1))[0]
        name = str(int(float(samples[at]))) if "2.0" in samples[at] else samples[at]
        assert marks[name] == line.get_marker()


@pytest.mark.parametrize("kind", [bool, float, np.float32, np.uint8, object])
def test_zeros_and_ones_of_any_kind_are_the_two_classes(kind):
    new, old = (
        plots.decision_boundary(GRID, GRID, OUTPUTS, XOR, labels)
        for labels in (CLASSES[:, np.newaxis].astype(kind), CLASSES)
    )
    assert not new.legends
    for a, b in zip(new.axes[0].lines, old.axes[0].lines, strict=True):
        np.testing.assert_array_equal(a.get_data(), b.get_data())


def test_of_three_classes_none_stands_at_an_end_of_the_scale():
    two, three = (
        plots.decision_boundary(GRID, GRID, OUTPUTS, XOR, labels).axes[1]
        for labels in (CLASSES, [0, 1, 2, 1])
    )
    assert [len(two.lines), len(three.lines)] == [3, 1]


def test_names_of_classes_leave_with_the_figure_that_had_them():
    fig = plots.decision_boundary(GRID, GRID, OUTPUTS, XOR, ["no", "yes", "yes", "no"])
    plots.to_quick_png(fig)
    with plots.drawn_again(fig):
        plots.decision_boundary(GRID, GRID, OUTPUTS, XOR, CLASSES)
    assert not fig.legends


def test_the_confusion_matrix_rounds_no_count():
    shown = words(plots.confusion_matrix([[1234567, 3], [5, 10**9 + 1]]))
    assert {"1,234,567", "1,000,000,001"} <= set(shown)


def test_counts_stay_inside_their_cells():
    fig = plots.confusion_matrix(np.diag([1234] * 12) + 100)
    fig.canvas.draw()
    ax = fig.axes[0]
    cell = ax.get_window_extent().size / 12
    assert all(np.all(text.get_window_extent().size <= cell) for text in ax.texts)


def test_pictures_keep_their_rows_and_columns():
    images = RNG.random((3, 6, 4))
    drawn = plots.digit_grid(images).axes[0].images
    for image, given in zip(drawn, images, strict=True):
        np.testing.assert_array_equal(image.get_array(), given)
    flat = RNG.random((2, 784))
    np.testing.assert_array_equal(
        plots.digit_grid(flat).axes[0].images[1].get_array(), flat[1].reshape(28, 28)
    )


def test_no_picture_becomes_a_dot():
    for fig in (
        plots.weight_images(RNG.normal(size=(64, 100))),
        plots.digit_grid(IMAGES, columns=1),
        plots.weight_images(RNG.normal(size=(784, 32)), (28, 28)),
    ):
        images = fig.axes[0].images
        assert all(image.get_window_extent().width > 19.9 for image in images)
        assert len(images) in (100, 40, 32)


def test_a_map_without_lines_says_how_high_it_is():
    assert "predicted score (points):\n89 everywhere" in words(
        plots.score_surface(STUDIED, SLEPT, 0 * SURFACE + 89, X)
    )
    low, high = (plots.trust_map(STUDIED, SLEPT, 0 * SPREAD + spread, X) for spread in (0.05, 100))
    assert "standard deviation (points):\n100 everywhere" in words(high)
    tones = [fig.axes[0].collections[0].get_facecolor()[0, 2] for fig in (low, high)]
    assert tones[0] == 1 > 0.5 > tones[1]  # white is trust, orange is not


def test_a_point_beyond_the_curve_widens_the_axes():
    ax = plots.loss_along_weight(STUDIED, STUDIED, (10, 20)).axes[0]
    assert ax.get_xlim()[1] >= 10
    assert ax.get_ylim()[1] >= 20


def test_numbers_of_a_linear_axis_are_never_written_as_1e7():
    fig = plots.answers_histogram([9e7, 9.1e7])
    fig.canvas.draw()
    assert fig.axes[0].xaxis.get_offset_text().get_text() == "·10⁷"
    fig = plots.loss_along_weight(STUDIED, 1 + 1e-9 * STUDIED, (0, 1))
    fig.canvas.draw()
    assert fig.axes[0].yaxis.get_offset_text().get_text() == "·10⁻⁹ + 1"

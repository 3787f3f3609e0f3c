"""Maps over two variables: hours, two weights, two inputs."""

import re
import warnings

import numpy as np
import pytest
from drawn import has_line, lightness, words
from figures import (
    CLASSES,
    DOWNHILL,
    GRID,
    LOSS,
    NAMES,
    SLEPT,
    SPREAD,
    STUDIED,
    SURFACE,
    XOR,
    X,
    figure,
    hand_network,
    plane,
)
from matplotlib.colors import to_hex

from nn_tutorial import exam_scores, plots
from nn_tutorial.plots.boundary import TONES


def test_scaling_keeps_the_picture_and_changes_the_axes():
    fig = figure("scaling")
    before, after = fig.axes
    assert before.get_xlabel() == "hours studied"
    assert "no unit" in after.get_xlabel()
    for ax, points in ((before, X), (after, X / X.max(axis=0))):
        assert all(has_line(ax, [x], [y]) for x, y in points)
        places = (ax.transData + ax.transAxes.inverted()).transform(points)
        np.testing.assert_allclose(places, X / X.max(axis=0) / 1.18)
    assert [words(fig).count(name) for name in NAMES] == [2, 2, 2]


# Hours


@pytest.mark.parametrize("function", ["score_surface", "trust_map"])
def test_maps_hatch_exactly_what_lies_outside_the_students_box(function):
    ax = figure(function).axes[0]
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


# The loss over two weights


def test_the_path_on_the_loss_surface_is_drawn_from_start_to_end():
    fig = figure("loss_over_weights")
    assert has_line(fig.axes[0], [5.0, 3.0, 2.0], [1.0, 4.0, 7.0])
    assert {"start", "end"} <= set(words(fig))


def test_the_names_on_a_path_keep_clear_of_the_dots_and_of_the_numbers_on_the_lines():
    hours, y = X / X.max(axis=0), exam_scores().y[:, 0] / 100  # the model of chapter 18
    first, second = np.linspace(-1.2, 2.4, 73), np.linspace(-0.8, 2.6, 69)
    grid = np.stack(np.meshgrid(first, second), axis=-1)  # (69, 73, 2)
    losses = np.mean((grid @ hours.T - y) ** 2, axis=-1)
    path = [np.array([2.1, 0.6])]
    for _ in range(30):
        path.append(path[-1] - 0.85 * 2 / 3 * hours.T @ (hours @ path[-1] - y))
    path = np.array(path)
    fig = plots.loss_over_weights(first, second, losses, path=path)
    fig.draw_without_rendering()
    (ax,) = fig.axes
    boxes = [(text.get_text() in ("start", "end"), text.get_window_extent()) for text in ax.texts]
    names, numbers = ([box for is_name, box in boxes if is_name == wanted] for wanted in (1, 0))
    assert len(names) == 2
    assert numbers
    dots = ax.transData.transform(path[10:-1:10])
    for name in names:
        assert not any(name.overlaps(number) for number in numbers)
        assert not any(name.contains(*dot) for dot in dots)


def test_a_dot_stands_on_the_path_every_ten_steps():
    path = np.linspace((0.5, 1), (5, 11), 35)
    for fig in (
        plots.loss_over_weights(STUDIED, SLEPT, SPREAD, path=path),
        plots.descent(STUDIED, SLEPT, SPREAD, path, 1 + np.arange(35.0)),
    ):
        assert has_line(fig.axes[-1], *path[[10, 20, 30]].T)
        assert "a dot every 10 steps" in fig.axes[-1].get_title(loc="left")


def test_a_descent_is_shown_up_to_its_step_on_the_map_and_on_the_curve():
    curve, surface = figure("descent").axes
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


@pytest.mark.parametrize("size", [1e-9, 1e-150])
def test_contour_lines_are_named_as_an_axis_of_that_range_would_be(size):
    powers = plots.loss_over_weights(STUDIED, SLEPT, size * (SPREAD - 0.0999) ** 2)
    steps = plots.loss_over_weights(STUDIED, SLEPT, size * SPREAD)
    for fig in (powers, steps):
        named = [text.get_text() for text in fig.axes[0].texts]
        assert named
        assert all(re.fullmatch(r"(\d(\.\d+)?·)?10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text) for text in named)
        assert len(set(named)) > 1


def test_every_line_of_a_loss_map_is_named_but_with_a_path_only_the_powers_of_ten():
    losses = 10.0 ** -(1 + STUDIED[None, :] / 2 + 0 * SLEPT[:, None])  # from 0.1 to 0.0001
    named = set(words(plots.loss_over_weights(STUDIED, SLEPT, losses)))
    assert {"0.03", "0.01", "0.003", "0.001", "0.0003"} <= named
    path = np.array([[0.0, 0.0], [1.0, 1.0]])
    fewer = set(words(plots.loss_over_weights(STUDIED, SLEPT, losses, path=path)))
    assert {"0.01", "0.001"} <= fewer
    assert not {"0.03", "0.003", "0.0003"} & fewer


def test_a_map_says_what_its_tones_mean_where_it_has_more_than_one():
    maps = ("loss_over_weights", "descent", "score_surface", "trust_map")
    for name in maps:
        assert "darker is higher" in figure(name).axes[-1].get_title(loc="left"), name
    level = plots.loss_over_weights(STUDIED, SLEPT, 0 * SPREAD + 0.25)
    assert "darker" not in level.axes[0].get_title(loc="left")


# The decision boundary


def test_samples_of_the_two_classes_differ_by_marker_and_filling():
    zeros, ones = figure("decision_boundary").axes[0].lines
    np.testing.assert_array_equal(np.transpose(zeros.get_data()), XOR[CLASSES == 0])
    np.testing.assert_array_equal(np.transpose(ones.get_data()), XOR[CLASSES == 1])
    assert zeros.get_marker() != ones.get_marker()
    assert lightness(zeros.get_markerfacecolor()) - lightness(ones.get_markerfacecolor()) > 0.4


def test_the_boundary_runs_where_the_output_is_one_half():
    fig = figure("decision_boundary")
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


def test_the_key_of_the_boundary_has_the_tones_and_the_markers_of_the_plane():
    key = figure("decision_boundary").axes[1]
    assert [to_hex(patch.get_facecolor()).upper() for patch in key.patches] == list(TONES)
    heights = {line.get_marker(): line.get_ydata()[0] for line in key.lines[1:]}
    assert heights["o"] < 0.5 < heights["s"]

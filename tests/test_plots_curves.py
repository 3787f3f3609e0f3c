"""Curves over one variable: activations, the loss along a weight, lines through points."""

import numpy as np
import pytest
from drawn import has_line, words
from figures import BENDS, CUPS, EPSILONS, FITS, MET, PX, PY, figure

from nn_tutorial import plots
from nn_tutorial.plots.kit.numerals import significant
from nn_tutorial.plots.kit.style import VERMILLION


def test_the_tangent_has_the_sigmoids_slope():
    fig = plots.sigmoid_with_tangent(1.0, [7.6])
    slope = np.exp(-1) / (1 + np.exp(-1)) ** 2
    tangents = [line for line in fig.axes[0].lines if line.get_color() == VERMILLION]
    x, y = tangents[0].get_data()
    np.testing.assert_allclose(np.diff(y) / np.diff(x), slope)
    assert any(significant(slope) in text for text in words(fig))
    assert "σ(7.6) = 0.9995" in words(fig)


def test_the_sigmoid_is_drawn_alone_with_its_values_at_the_marks():
    fig = plots.sigmoid_curve([-2.0, 2.0])
    z = fig.axes[0].lines[2].get_xdata()
    assert has_line(fig.axes[0], z, 1 / (1 + np.exp(-z)))
    assert {"σ(−2) = 0.1192", "σ(2) = 0.8808"} <= set(words(fig))
    assert all(line.get_color() != VERMILLION for line in fig.axes[0].lines)


def test_the_slope_curve_peaks_at_a_quarter_and_names_the_saturated_slopes():
    fig = figure("slope_curve")
    assert max(fig.axes[0].lines[0].get_ydata()) == pytest.approx(0.25)
    assert {"3.9: 0.0194", "6.5: 0.0015", "7.6: 0.0005", "largest: 1/4"} <= set(words(fig))


def test_three_activations_are_drawn_and_named():
    fig = plots.activations()
    z = fig.axes[0].lines[0].get_xdata()
    for curve in (1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(z, 0)):
        assert has_line(fig.axes[0], z, curve)
    assert {"sigmoid", "tanh", "ReLU"} <= set(words(fig))


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


def test_the_loss_along_a_weight_has_its_point_and_tangent():
    ax = figure("loss_along_weight").axes[0]
    w = np.linspace(-2, 4, 50)
    assert has_line(ax, w, w**2)
    assert has_line(ax, [0.5], [0.25])
    x, y = ax.lines[1].get_data()
    np.testing.assert_allclose((y - 0.25) / (x - 0.5), 1.0)
    assert ax.get_xlabel() == "weight W2[0] (no unit)"


def test_nudge_errors_are_drawn_and_a_zero_is_hollow_at_the_bottom():
    centred = EPSILONS**2
    centred[4] = 0
    ax = plots.nudge_errors(EPSILONS, centred, EPSILONS).axes[0]
    assert has_line(ax, EPSILONS, EPSILONS)
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [list(line.get_xdata()) for line in hollow if len(line.get_xdata())] == [[EPSILONS[4]]]
    assert ax.get_xscale() == ax.get_yscale() == "log"
    plots.to_png(ax.figure)


def test_points_and_lines_are_drawn_and_the_origin_is_in_view():
    ax = figure("line_fits").axes[0]
    assert has_line(ax, PX, PY)
    ends = np.array(ax.get_xlim())
    for slope, intercept in FITS.values():
        assert has_line(ax, ends, slope * ends + intercept)
    assert ends[0] < 0 < ends[1]
    assert ax.get_ylim()[0] < 0 < ax.get_ylim()[1]
    assert set(FITS) <= set(words(ax.figure))


def test_the_thick_line_is_the_sum_of_the_parts_and_every_point_is_drawn():
    ax = figure("sum_of_bends").axes[0]
    total = BENDS["neuron 1"] + BENDS["neuron 2"]
    assert has_line(ax, CUPS, total)
    assert max(ax.lines, key=lambda line: line.get_linewidth()).get_ydata() == pytest.approx(total)
    assert all(has_line(ax, CUPS, part) for part in BENDS.values())
    assert has_line(ax, *MET.T)
    assert {*BENDS, "sum"} <= set(words(ax.figure))

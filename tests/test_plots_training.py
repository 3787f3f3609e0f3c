"""What training does: losses and predictions over the steps, and answers at its end."""

import numpy as np
from drawn import has_line, words
from figures import ANSWERS, LOSS, NAMES, SCORES, STEPS, figure

from nn_tutorial import plots
from nn_tutorial.plots import validation
from nn_tutorial.plots.kit.numerals import significant


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


def test_each_learning_rate_says_where_it_ends():
    fig = figure("learning_rates")
    assert [ax.get_title(loc="left") for ax in fig.axes] == ["η = 0.1", "η = 1.5", "η = 15"]
    assert all(has_line(ax, STEPS, LOSS / d) for ax, d in zip(fig.axes, (1, 2, 4), strict=True))
    assert f"ends at {significant(LOSS[-1])}" in words(fig)


def test_the_best_validation_step_is_marked():
    fig = figure("train_validation")
    validation = LOSS + STEPS * 1e-5
    assert has_line(fig.axes[0], STEPS, LOSS)
    assert has_line(fig.axes[0], STEPS, validation)
    assert has_line(fig.axes[0], [80], [validation[80]])
    assert {"training", "validation", "best validation: step 80"} <= set(words(fig))


def test_a_loss_that_ends_at_zero_is_named_and_marked_at_the_bottom_of_a_logarithmic_axis(
    monkeypatch,
):
    asked = []
    monkeypatch.setattr(validation, "label_ends", lambda ax, ends: asked.append(ends))
    losses = np.append(LOSS, 0.0)
    ax = plots.train_validation(losses, losses, 201).axes[0]
    assert ax.get_yscale() == "log"
    bottom = ax.get_ylim()[0]
    assert bottom > 0
    assert [height for height, *_ in asked[0]] == [bottom, bottom]  # not minus infinity
    (diamond,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert diamond.get_ydata()[0] == bottom


def test_predictions_carry_their_names_and_targets():
    fig = figure("predictions_over_time")
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


def test_the_histogram_counts_every_network():
    ax = figure("answers_histogram").axes[0]
    assert sum(p.get_height() for p in ax.patches) == len(ANSWERS)
    assert has_line(ax, [90.5, 90.5], [0, 1])


def test_a_step_that_was_measured_twice_is_drawn():
    steps = np.geomspace(1, 50, 20).astype(int)  # 1, 1, 1, 2, …
    assert (np.diff(steps) == 0).any()
    line = plots.train_validation(LOSS[:20], LOSS[:20], steps=steps).axes[0].lines[0]
    assert np.array_equal(line.get_xdata(), steps)

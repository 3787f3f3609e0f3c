"""Shared work as pictures: speed-ups, and what each shard holds."""

import numpy as np
import pytest
from drawn import has_line, words
from figures import FASTER, MACHINES, figure
from matplotlib.patches import Rectangle

from nn_tutorial import plots


def test_speed_ups_are_curves_with_their_names_beside_as_many_times_as_machines():
    ax = figure("speed_ups").axes[0]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    for times in FASTER.values():
        assert has_line(ax, MACHINES, times)
    assert has_line(ax, MACHINES, MACHINES)
    assert has_line(ax, [0, 1], [1, 1])
    assert {"server", "ring"} <= set(words(figure("speed_ups")))


def test_shards_are_bars_of_their_share_and_the_plain_mean_is_a_line():
    fig = figure("shard_weights")
    ax = fig.axes[0]
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    np.testing.assert_allclose(
        [bar.get_height() for bar in bars], 100 * np.array([132, 199, 298, 448]) / 1077
    )
    assert has_line(ax, [0, 1], [25, 25])
    assert "wrong by 7.5 %" in " ".join(words(fig))


@pytest.mark.parametrize("sizes", [[24, 25, 26], [1, 2], [54, 68, 84, 106, 133, 166, 207, 259]])
def test_the_shares_stand_clear_of_the_dashed_line_and_bars_fill_at_least_half(sizes):
    fig = plots.shard_weights(sizes, 0.1)
    fig.canvas.draw()
    ax = fig.axes[0]
    line = ax.transData.transform((0, 100 / len(sizes)))[1]
    labels = [text.get_window_extent() for text in ax.texts[: len(sizes)]]
    assert all(label.y0 >= line or label.y1 <= line for label in labels)
    if max(sizes) / sum(sizes) > 0.3:
        assert 200 * max(sizes) / sum(sizes) > ax.get_ylim()[1]


@pytest.mark.parametrize("machines", [[0, 1], [2, 1], [1, 1]])
def test_machines_must_rise(machines):
    with pytest.raises(ValueError, match="machines must rise from 1"):
        plots.speed_ups(machines, {"a": [1, 2]})


def test_speed_ups_and_sizes_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="must be positive"):
        plots.speed_ups([1, 2], {"a": [1, 0]})
    for sizes, error in (([-1, 2], 0), ([0, 0], 0), ([1, 2], -1)):
        with pytest.raises(ValueError, match="must not be below zero"):
            plots.shard_weights(sizes, error)
    with pytest.raises(ValueError, match="17 shards"):
        plots.shard_weights(np.ones(17), 0)

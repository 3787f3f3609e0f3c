"""The activations on their way through many layers."""

import warnings

import numpy as np
import pytest
from drawn import has_line, words
from figures import ACTIVATIONS, LAYERS, PANELS, SPREADS, figure

from nn_tutorial import plots


def test_spreads_are_drawn_over_the_layers_from_one():
    ax = figure("spread_through_layers").axes[0]
    assert all(has_line(ax, LAYERS, spread) for spread in SPREADS.values())
    assert ax.get_yscale() == "log"
    assert set(SPREADS) <= set(words(ax.figure))
    assert len({(line.get_linestyle(), line.get_marker()) for line in ax.lines}) == len(SPREADS)


def test_a_layer_that_died_does_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dying = np.array([1.0, 0.1, 0.0, 0.0])
        plots.to_png(plots.spread_through_layers({"dying": dying, "dead": np.zeros(4)}))
    with pytest.raises(ValueError, match="positive"):
        plots.spread_through_layers({"dead": np.zeros(4)})


def test_histograms_share_axes_and_count_every_activation():
    fig = figure("activation_histograms")
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

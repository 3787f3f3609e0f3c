"""Pictures in rows: digits, and the weights of neurons that look at digits."""

import numpy as np
import pytest
from drawn import drawn_boxes, lightness, overlapping, words
from figures import IMAGES, SAYS, WEIGHTS, figure

from nn_tutorial import plots
from nn_tutorial.plots.images import SIGNED


def test_each_digit_is_drawn_dark_on_white_under_its_title():
    fig = figure("digit_grid")
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
    fig = figure("weight_images")
    images = fig.axes[0].images
    assert len(images) == 32
    for k, image in enumerate(images):
        np.testing.assert_array_equal(image.get_array(), WEIGHTS[:, k].reshape(8, 8))
        assert image.get_clim() == (-np.abs(WEIGHTS).max(), np.abs(WEIGHTS).max())
    assert {"0", "31", "weight (no unit)"} <= set(words(fig))


def test_a_scale_for_weights_may_end_before_the_farthest_and_says_so():
    end = 0.5 * np.abs(WEIGHTS).max()
    fig = plots.weight_images(WEIGHTS, largest=end)
    assert all(image.get_clim() == (-end, end) for image in fig.axes[0].images)
    whole = plots.weight_images(WEIGHTS, largest=np.abs(WEIGHTS).max())
    arrows = [len(f.axes[-1].get_children()) for f in (fig, whole)]
    assert arrows[0] > arrows[1]  # the ends of the scale are drawn as arrows
    for wrong in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="largest must be a finite number above 0"):
            plots.weight_images(WEIGHTS, largest=wrong)


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

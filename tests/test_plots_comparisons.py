"""Networks and classes compared: bars, the confusion matrix, the bug museum."""

import numpy as np
import pytest
from drawn import drawn_boxes, has_line, lightness, overlapping, words
from figures import BELIEF, COUNTS, IMAGES, LOSSES, RATES, figure
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from nn_tutorial import plots
from nn_tutorial.plots.kit.style import GREEN


def test_success_rates_are_bars_in_the_order_given_with_their_values():
    fig = figure("success_rates")
    ax = fig.axes[0]
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    np.testing.assert_allclose([bar.get_width() for bar in bars], [0, 75.5, 98, 100])
    assert [label.get_text() for label in ax.get_yticklabels()] == list(RATES)
    assert ax.yaxis_inverted()
    assert {"0 %", "75.5 %", "98 %", "100 %"} <= set(words(fig))
    assert ax.get_xlabel() == "share of 200 starts that learned it (%)"


def test_probabilities_are_bars_beside_their_digit_and_only_the_true_one_is_hatched():
    fig = figure("digit_with_probabilities")
    picture, ax = fig.axes
    np.testing.assert_allclose(picture.images[0].get_array(), IMAGES[0])
    np.testing.assert_allclose([bar.get_height() for bar in ax.patches], BELIEF)
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [True] + 9 * [False]
    assert {"label 0", "truth\n0.25", "0.74", "0.01"} <= set(words(fig))


def test_a_digit_without_a_label_has_no_true_bar():
    fig = plots.digit_with_probabilities(IMAGES[0], BELIEF)
    picture, ax = fig.axes
    assert not any(bar.get_hatch() for bar in ax.patches)
    assert picture.get_title() == ""
    assert not any("truth" in word or "label" in word for word in words(fig))
    assert fig.alt == (
        "A digit and its ten probabilities. The highest, for 5, is 0.74; then come 0.25 for 0 and "
        "0.01 for 8."
    )


def test_a_certain_true_answer_has_room_for_its_words():
    fig = plots.digit_with_probabilities(IMAGES[1].ravel(), np.eye(10)[3], 3)
    boxes = drawn_boxes(fig)
    assert overlapping(boxes) == []
    assert max(box.y1 for _, box in boxes) <= fig.bbox.height


# The confusion matrix


def test_the_confusion_matrix_writes_counts_and_leaves_zeros_blank():
    ax = figure("confusion_matrix").axes[0]
    written = {(t.get_position()[1], t.get_position()[0]): t.get_text() for t in ax.texts}
    expected = {place: str(count) for place, count in np.ndenumerate(COUNTS) if count}
    assert written == expected
    assert ax.yaxis_inverted()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("the network says", "the truth")


def test_mistakes_are_darker_than_the_diagonal_and_darker_the_more_there_are():
    ax = figure("confusion_matrix").axes[0]
    tone = {
        (round(p.get_y() + 0.5), round(p.get_x() + 0.5)): lightness(p.get_facecolor()[:3])
        for p in ax.patches
    }
    assert tone[0, 0] > tone[0, 5] + 0.03
    assert tone[0, 5] > tone[4, 9] > tone[5, 9]


def test_a_confusion_matrix_without_mistakes_or_with_names_can_be_drawn():
    plots.to_png(plots.confusion_matrix(np.diag([3, 4])))
    assert "cat" in words(plots.confusion_matrix([[1, 0], [2, 3]], ["cat", "dog"]))


# The bug museum


def test_losses_are_dots_sorted_by_size_with_their_values():
    fig = figure("loss_comparison")
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
    ax = figure("loss_comparison").axes[0]
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

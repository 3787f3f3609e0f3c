"""What the drawings share: numerals, room for labels, the logarithmic axis."""

import numpy as np
import pytest
from drawn import words
from figures import LAYERS, LOSS

from nn_tutorial import plots
from nn_tutorial.plots.kit.log_axis import write_plainly
from nn_tutorial.plots.kit.numerals import plain, significant
from nn_tutorial.plots.kit.spacing import rows_without_overlap, spread
from nn_tutorial.plots.kit.style import new_figure
from nn_tutorial.plots.kit.writing import fitted, width_of, wrapped


def test_spread_moves_only_what_is_too_close_and_both_ways():
    np.testing.assert_allclose(spread([0.5, 0.1, 0.5], 0.1, 0, 1), [0.45, 0.1, 0.55])
    np.testing.assert_allclose(spread([0.99, 1.0], 0.1, 0, 1), [0.9, 1.0])
    assert len(spread([], 0.1, 0, 1)) == 0


def test_rows_are_added_only_where_texts_would_touch():
    assert rows_without_overlap([0.1, 0.5, 0.52], ["one", "two", "three"], 5.0) == [0, 0, 1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.000600, "0.0006"),
        (-0.0308, "−0.0308"),
        (0.25, "0.25"),
        (100.0, "100"),
        (0, "0"),
        (-2e-20, "−2·10⁻²⁰"),
        (1e20, "10²⁰"),
    ],
)
def test_significant_digits_without_needless_zeros(value, text):
    assert significant(value) == text


def test_a_rounded_zero_has_no_minus():
    assert plain(-0.001, 2) == "0.00"


def test_a_number_of_sixteen_digits_is_written_as_a_power():
    assert plain(-1.5e16, 2) == "−1.5·10¹⁶"


# Writing in a given room


def test_lines_end_at_spaces_or_after_signs_and_none_is_too_wide():
    assert wrapped("sepal length (cm)", 0.9, 10) == "sepal length\n(cm)"
    lines = wrapped("od280/od315_of_diluted_wines", 0.9, 7).split("\n")
    assert "".join(lines) == "od280/od315_of_diluted_wines"
    assert lines[0][-1] in "/_"
    assert all(width_of(line, 7) <= 0.9 for line in lines)


def test_the_width_of_a_text_is_that_of_the_text_drawn():
    for text, size in (("sepal length (cm)", 11), ("9,999,999", 10)):
        drawn = new_figure().text(0, 0, text, fontsize=size).get_window_extent().width / 100
        assert drawn <= width_of(text, size) <= 1.1 * drawn


def test_letters_shrink_until_names_fit():
    names, size = fitted(["a name", "a much longer name"], 1.2, 0.16, 11.0)
    assert (names, size) == (["a name", "a much longer name"], 8.0)
    with pytest.raises(ValueError, match=r"about \d+ fit"):
        fitted(["a much longer name"], 0.5, 0.16, 11.0)


# The logarithmic axis


def tick_labels(fig, axis):
    fig.canvas.draw()
    low, high = sorted(axis.get_view_interval()) * np.array([1 - 1e-9, 1 + 1e-9])
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    shown = [tick.label1.get_text() for tick in ticks if low <= tick.get_loc() <= high]
    return [label for label in shown if label]


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (1e-5, 1.0, "0.00001 0.0001 0.001 0.01 0.1 1"),
        (0.5, 20_000, "1 10 100 1,000 10,000"),
        (0.3, 7, "0.5 1 2 5"),
        (0.24968, 0.25023, "0.2497 0.2498 0.2499 0.25 0.2501 0.2502"),
        (1e-6, 1.0, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰"),
        (0.1, 1e6, "10⁻¹ 10⁰ 10¹ 10² 10³ 10⁴ 10⁵ 10⁶"),
        (1e-6, 3e-5, "10⁻⁶ 2·10⁻⁶ 5·10⁻⁶ 10⁻⁵ 2·10⁻⁵"),
    ],
)
def test_a_logarithmic_axis_writes_its_numbers_in_full_or_all_as_powers(low, high, labels):
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(yscale="log", ylim=(low, high))
    write_plainly(ax.yaxis)
    assert tick_labels(fig, ax.yaxis) == labels.split()


@pytest.mark.parametrize("limits", [(1e-7, 1.0), (1e-4, 1e4), (0.02, 0.5)])
def test_two_drawings_write_the_same_range_alike(limits):
    losses = plots.train_validation(LOSS, LOSS, limits=limits)
    spreads = plots.spread_through_layers({"one": LOSS[:5]}, limits=limits)
    labels = [tick_labels(fig, fig.axes[0].yaxis) for fig in (losses, spreads)]
    assert labels[0] == labels[1]


def test_drawings_write_their_logarithmic_steps_in_full():
    steps = np.arange(2001)
    losses = plots.train_validation(1 / (1 + steps), 1 / (1 + steps))
    predictions = plots.predictions_over_time(steps, steps, log_steps=True)
    for fig in (losses, predictions):
        assert tick_labels(fig, fig.axes[0].xaxis) == ["1", "10", "100", "1,000"]


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

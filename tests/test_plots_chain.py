"""The smallest network as a chain: exact numbers, filled in from right to left, in any size."""

import numpy as np
import pytest
from drawn import boxes, drawn_boxes, overlapping, words
from figures import CHAIN
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from nn_tutorial import plots

NAMES, VALUES, _, WEIGHTS = CHAIN
# By hand: from the loss back, and to each weight by the slope on its own arrow.
BACK = ["1", "−0.4365", "−0.1062", "−0.0637", "−0.0158", "−0.0063"]
TO_WEIGHTS = {2: "−0.0584", 4: "−0.0079"}  # once so many arrows are done


def blames(fig):
    """The texts in the shaded places, and how many places are still empty."""
    tags = [p for p in fig.findobj(FancyBboxPatch) if not isinstance(p, Rectangle)]
    drawn_boxes(fig)
    found = []
    for text, box in boxes(fig):
        middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if any(tag.get_window_extent().contains(*middle) for tag in tags):
            found.append(text)
    return found, len(tags) - len(found)


@pytest.mark.parametrize("filled", range(6))
def test_blame_is_filled_in_from_right_to_left_and_no_further(filled):
    known, empty = blames(plots.chain_of_slopes(*CHAIN, filled))
    expected = BACK[: filled + 1] + [told for k, told in TO_WEIGHTS.items() if k <= filled]
    assert sorted(known) == sorted(expected)
    assert empty == 8 - len(expected)


def test_each_slope_stands_on_its_arrow_and_again_where_blame_comes_back():
    shown = words(plots.chain_of_slopes(*CHAIN, 4))
    for slope in ("0.2475", "0.6", "0.2433", "−0.4365", "0.5", "0.5498"):
        assert shown.count(f"× {slope}") == 1
        assert slope in shown
    assert "× 0.4" not in shown  # nothing has come back to x


def test_all_that_can_be_filled_in_is_by_default():
    assert words(plots.chain_of_slopes(*CHAIN)) == words(plots.chain_of_slopes(*CHAIN, 5))


def test_arrows_forward_are_solid_and_arrows_back_dashed_and_end_left():
    fig = plots.chain_of_slopes(*CHAIN, 4)
    arrows = fig.findobj(FancyArrowPatch)
    back = [a for a in arrows if a.get_linestyle() != "-"]
    assert (len(arrows), len(back)) == (5 + 2 + 4 + 2, 4 + 2)
    colours = {tuple(a.get_edgecolor()) for a in back}
    assert len(colours) == 1
    assert colours.isdisjoint(tuple(a.get_edgecolor()) for a in arrows if a not in back)
    level = [a._posA_posB for a in back if a._posA_posB[0][1] == a._posA_posB[1][1]]
    assert all(start[0] > end[0] for start, end in level)


@pytest.mark.parametrize("n", [3, 4, 5, 6])
@pytest.mark.parametrize("filled", [0, 2])
def test_no_number_touches_another_or_a_circle_that_is_not_its_own(n, filled):
    weights = {1: ("w1", -0.1234, -0.4321)}
    fig = plots.chain_of_slopes(
        list("abcdef")[:n], [-0.1234] * n, [-0.1234] * (n - 1), weights, filled
    )
    shown = drawn_boxes(fig)
    assert overlapping(shown) == []
    circles = [c.get_window_extent() for c in fig.findobj(Circle)]
    for text, box in shown:
        for circle in circles:
            inside = circle.x0 <= box.x0 and box.x1 <= circle.x1
            apart = not _in_circle(box, circle)
            assert inside or apart, text


def _in_circle(box, circle):
    middle = np.array([(circle.x0 + circle.x1) / 2, (circle.y0 + circle.y1) / 2])
    nearest = np.clip(middle, (box.x0, box.y0), (box.x1, box.y1))
    return np.linalg.norm(nearest - middle) < circle.width / 2

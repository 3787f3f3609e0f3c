"""The words that a figure brings along: they follow from its data, and change with it."""

import re

import numpy as np
import pytest
from figures import CLASSES, FIGURES, GRID, XOR, figure, hand_network, plane
from IPython.utils.capture import capture_output

from nn_tutorial import plots
from nn_tutorial.plots.words.telling import counted, heights, listed, told

# Each is used once, and behind no bet: the notebook says what it shows.
SILENT = {"activations", "computation_graph", "line_fits"}
SPEAKING = sorted(set(FIGURES) - SILENT)
LOSS = np.array([0.5, 0.2, 0.1, 0.02])
MAP = np.array([[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]])
PATH = np.array([[0.0, 0.0], [0.0, 1.0], [2.0, 1.0], [2.0, 0.0]])
PIXELS = np.linspace(0, 1, 64)
BELIEF = np.array([0.25, 0.05, 0, 0, 0, 0.7, 0, 0, 0, 0])
COUNTS = np.array([[5, 2], [0, 4]])


def xor(net_of=hand_network, labels=CLASSES, **more):
    return plots.decision_boundary(GRID, GRID, plane(net_of()), XOR, labels, **more)


@pytest.mark.parametrize("name", SPEAKING)
def test_a_figures_words_are_sentences_and_finite(name):
    alt = figure(name).alt
    assert re.fullmatch(r"[^\n]*\.", alt)
    assert "nan" not in alt
    assert alt == figure(name).alt


@pytest.mark.parametrize("name", sorted(SILENT))
def test_a_figure_without_words_is_refused_and_the_error_says_what_to_write(name):
    with capture_output() as captured, pytest.raises(ValueError, match=r'show\(fig, alt="…"\)'):
        plots.show(figure(name))
    assert captured.outputs == []


# What is drawn, and what is said of it; then the same with one number changed.
SAID = {
    "loss_curves": (
        lambda loss=LOSS: plots.loss_curves(loss, 0.15),
        "The loss over 3 steps, on a linear and on a logarithmic axis. It falls from 0.5 to 0.02, "
        "and half of the fall is done after 1 step. It is first below always 89, 0.15, after step "
        "2.",
        {"loss": [0.5, 0.4, 0.1, 0.02]},
    ),
    "loss_curves that rise": (
        lambda loss=(0.5, 0.1, 0.2, 0.4): plots.loss_curves({"a": loss}, 0.15),
        "The loss over 3 steps, on a linear and on a logarithmic axis. a: it falls from 0.5 to "
        "0.4, and half of the fall is done after 1 step; it rises in 2 of the 3 steps, and is "
        "lowest after step 1, 0.1. It is first below always 89, 0.15, after step 1, but not "
        "at the end.",
        {"loss": (0.5, 0.11, 0.2, 0.4)},
    ),
    "learning_rates": (
        lambda end=0.3: plots.learning_rates({0.1: LOSS, 15: [0.5, 0.2, end]}, 0.1),
        "The loss over 3 steps for 2 learning rates. It ends at 0.02 for 0.1 and 0.3 for 15. The "
        "smallest is that for 0.1. On its way it rises now and then for 15. Below the rival's "
        "loss, 0.1: 0.1.",
        {"end": 0.01},
    ),
    "train_validation": (
        lambda end=0.3: plots.train_validation(LOSS, [0.5, 0.1, 0.2, end], 1, unit="epoch"),
        "Until epoch 3 the training loss goes from 0.5 to 0.02, the validation loss from 0.5 to "
        "0.3. The validation loss is lowest at epoch 1, 0.1; 2 epochs later it is 3.00 times that.",
        {"end": 0.4},
    ),
    "loss_over_weights": (
        lambda at=(1.0, 0.5): plots.loss_over_weights([0, 1, 2], [0, 1], MAP, at, PATH, ("a", "b")),
        "The loss over the weights a and b: lowest, 1, at (2, 0); highest, 6, at (0, 1). The "
        "diamond, where we are, is at (1, 0.5), with the loss 3.5. The path begins at (0, 0), is "
        "at (0, 1) after 1 step (25% of its way), and is at (2, 0) after 3 steps.",
        {"at": (1.5, 0.5)},
    ),
    "descent": (
        lambda step=2: plots.descent([0, 1, 2], [0, 1], MAP, PATH, LOSS, step, ("a", "b")),
        "The walk of the weights a and b, as a loss curve and on the map. After 2 steps of 3 the "
        "loss is 0.1; before the first it was 0.5, after 1 step 0.2. The path begins at (0, 0), "
        "is at (0, 1) after 1 step (33% of its way), and is at (2, 1) after 2 steps.",
        {"step": 3},
    ),
    "loss_comparison": (
        lambda wrong=0.05: plots.loss_comparison({"right": 0.1, "wrong": wrong}, 0.2, "right"),
        "The losses of 2 networks, the smallest first: wrong 0.05 and right 0.1. 2 of them lie "
        "below always 89, 0.2. 1 of them lie below right's 0.1.",
        {"wrong": 0.3},
    ),
    "network_diagram": (
        lambda w=-2.0: plots.network_diagram(
            [[[0.5, w]], [[1.0], [3.0]]], [None, [0.1, 0.9], None], input_names=["x"]
        ),
        "1 input (x), 2 hidden neurons and 1 output, joined by 4 lines. A line is thick where its "
        "number is large, dashed where it is negative: 1 of the 4. In the circles of the hidden "
        "layer: 0.1 and 0.9. Weights on the lines to the hidden layer: 0.5 and −2 from x. Weights "
        "on the lines to the outputs: 1 from neuron 1; 3 from neuron 2.",
        {"w": -2.5},
    ),
    "network_diagram of gradients": (
        lambda g=-0.0041: plots.network_diagram([[[0.5]]], gradients=[[[g]]]),
        "1 input and 1 output, joined by 1 line. A line is thick where its number is large, dashed "
        "where it is negative: all of the 1. Gradients on the lines to the outputs: −0.0041 from "
        "input 1. Where a gradient is negative, a larger weight makes the loss smaller.",
        {"g": 0.0041},
    ),
    "shapes": (
        lambda n=2: plots.shapes([("X", 3, n), "@", ("W", 2, 1), "=", ("Z", 3, 1)]),
        "X with shape (3, 2) times W with shape (2, 1) gives Z with shape (3, 1). The inner sizes "
        "of X and W agree, and vanish: each entry adds up 2 products.",
        {"n": 4},
    ),
    "sigmoid_curve": (
        lambda mark=-2.0: plots.sigmoid_curve([mark, 2.0]),
        "The sigmoid climbs from 0 to 1. It is 0.1192 at −2 and 0.8808 at 2.",
        {"mark": -1.0},
    ),
    "sigmoid_with_tangent": (
        lambda z=2.0: plots.sigmoid_with_tangent(z, [7.6]),
        "The sigmoid climbs from 0 to 1. At z = 2 it is 0.8808, and there its tangent has the "
        "slope 0.105, 42% of the largest, 0.25. It is 0.9995 at 7.6.",
        {"z": 1.0},
    ),
    "decision_boundary": (
        lambda title="step 3": plots.decision_boundary(
            [0, 1], [0, 1], [[0.2, 0.2], [0.8, 0.8]], [[0, 0], [0.5, 1], [1, 0.25]], [0, 1, 1],
            title=title,
        ),
        "step 3: the output over the plane runs from 0.2 to 0.8, and is above 0.5 on 50% of it. "
        "(0, 0), class 0, gets 0.2, (0.5, 1), class 1, gets 0.8 and (1, 0.25), class 1, gets 0.35. "
        "2 of 3 samples lie on the side of their class.",
        {"title": None},
    ),
    "scaling": (
        lambda new=4.0: plots.scaling(
            np.array([[2.0, 8], [1, 4]]), np.array([[1, 1], [0.5, 0.5]]), ["a", "b"],
            ([new, 8], [new / 2, 1]),
        ),
        "2 students before and after scaling: a and b. On paper they stand in the same places. "
        "The largest values, 2 hours studied and 8 hours slept, are now 1 and 1. The newcomer at "
        "(4, 8), scaled 2 and 1, lies beyond all others in hours studied.",
        {"new": 1.5},
    ),
    "predictions_over_time": (
        lambda end=92.04: plots.predictions_over_time(
            [0, 10, 20], [[60, 70], [80, 79], [end, 88]], [92, 86], ["a", "b"]
        ),
        "The prediction for a is 60.0 after 0, 80.0 after 10 and 92.0 after 20 training steps, and "
        "should be 92. The prediction for b is 70.0 after 0, 79.0 after 10 and 88.0 after 20 "
        "training steps, and should be 86. a and b cross, last before step 10.",
        {"end": 87.0},
    ),
    "answers_histogram": (
        lambda mark=2.5: plots.answers_histogram(np.array([0, 1, 2, 3, 4.0]), {"ours": mark}),
        "The answers of 5 networks run from 0.0 to 4.0 points, the middle half from 1.0 to 3.0, "
        "around 2.0. ours: 2.5, and 60% of the answers lie below.",
        {"mark": 3.5},
    ),
    "speed_ups": (
        lambda end=0.5: plots.speed_ups([1, 10, 1000], {"ring": [1, 9, end], "best": [1, 10, 1e3]}),
        "How many times as fast as one machine 1 to 1,000 machines are, on logarithmic axes. ring: "
        "fastest with 10, 9 times as fast; at the end 0.5 times as fast. best: fastest with "
        "1,000, 1,000 times as fast.",
        {"end": 20},
    ),
    "shard_weights": (
        lambda first=100: plots.shard_weights([first, 300], 0.125),
        "The data in 2 shards: 25 % and 75 %. A plain mean gives each 50 %, and its gradient is "
        "wrong by 12.5 %.",
        {"first": 200},
    ),
    "success_rates": (
        lambda rate=0.755: plots.success_rates({"2-2-1": rate, "2-8-1": 1.0}),
        "Share of 200 starts that learned it. 2-2-1: 75.5 % and 2-8-1: 100 %.",
        {"rate": 0.76},
    ),
    "spread_through_layers": (
        lambda last=1e-20: plots.spread_through_layers({"s = 1": [0.9, 0.5, last]}),
        "The standard deviation of the activations through 3 layers. s = 1: 0.9 in layer 1, 0.5 in "
        "layer 2 and 10⁻²⁰ in layer 3.",
        {"last": 0.0},
    ),
    "activation_histograms": (
        lambda one=1.0: plots.activation_histograms([[-1, one, 1, 1], [0, 0, 0, 1]], ["a", "b"]),
        "Histograms of activations from −1 to 1. a: standard deviation 0.866, 0% in the middle "
        "tenth of the axis, and 100% in the tenth at its two ends. b: standard deviation 0.433, "
        "75% in the middle tenth of the axis, and 25% in the tenth at its two ends.",
        {"one": 0.0},
    ),
    "digit_grid": (
        lambda title="4": plots.digit_grid([PIXELS, PIXELS], [title, "7, says 9"]),
        "2 handwritten digits of 8 by 8 pixels: 4; 7, says 9.",
        {"title": "5"},
    ),
    "digit_with_probabilities": (
        lambda truth=1: plots.digit_with_probabilities(PIXELS, BELIEF, truth),
        "A digit with the label 1 and its ten probabilities. The highest, for 5, is 0.70; then "
        "come 0.25 for 0 and 0.05 for 1. The truth gets 0.05.",
        {"truth": 5},
    ),
    "confusion_matrix": (
        lambda wrong=2: plots.confusion_matrix([[5, wrong], [0, 4]]),
        "11 answers: 9 on the diagonal, 2 beside it. The most frequent mistake, 2 times: 0 read as "
        "1.",
        {"wrong": 0},
    ),
    "score_surface": (
        lambda slept=8.0: plots.score_surface(
            [0, 2, 4], [0, 8], [[80, 82, 84], [90, 92, 94]], [[1, 4], [3, 8]], [86, 92],
            {"new": (4, slept)},
        ),
        "The predicted score runs from 80.0 to 94.0 points: 86.0 at (1, 4) (true: 86), 93.0 at "
        "(3, 8) (true: 92) and 94.0 at new (a star). Hatched, since nothing was trained "
        "there, is all but the rectangle around the students, 1 to 3 hours studied and 4 to 8 "
        "hours slept; new lies outside it.",
        {"slept": 0.0},
    ),
    "trust_map": (
        lambda corner=5.0: plots.trust_map(
            [0, 2, 4], [0, 4, 8], [[3, 2, 3], [2, 1, 2], [3, 2, corner]], [[1, 4], [3, 4], [2, 8]]
        ),
        "The standard deviation of the networks' answers, in points: 1.0 at the lowest point, "
        "(2, 4), 1.3 at the middle of the students, 1.5 at (1, 4), 1.5 at (3, 4), 2.0 at (2, 8), "
        "3.0 at the corner (0, 0), 3.0 at the corner (0, 8), 3.0 at the corner (4, 0) and 5.0 at "
        "the corner (4, 8). Hatched, since nothing was trained there, is all but the rectangle "
        "around the students, 1 to 3 hours studied and 4 to 8 hours slept.",
        {"corner": 6.0},
    ),
    "slope_curve": (
        lambda mark=7.6: plots.slope_curve([mark]),
        "The slope of the sigmoid: a hill, 0.25 high at z = 0, almost flat far out. It is 0.0005 "
        "at 7.6.",
        {"mark": 6.5},
    ),
    "loss_along_weight": (
        lambda slope=-1.0: plots.loss_along_weight([0, 1, 2], [1, 0.5, 2], (0.5, 0.7), slope, "w"),
        "The loss along w, from 1 at 0 to 2 at 2. It is lowest, 0.5, at 1. We are at 0.5, with the "
        "loss 0.7; there the curve falls to the right, with the slope −1.",
        {"slope": 1.0},
    ),
    "nudge_errors": (
        lambda last=1e-5: plots.nudge_errors(
            [1e-1, 1e-3, 1e-5, 1e-12], [8e-3, 8e-7, 2e-13, last], [0.1, 1e-3, 1e-5, 1e-5]
        ),
        "The error of the slope over the nudge, both logarithmic. The one-sided error is 10⁻¹ at "
        "10⁻¹, 10⁻³ at 10⁻³, 10⁻⁵ at 10⁻⁵ and 10⁻⁵ at 10⁻¹². The centred error is 8·10⁻³ at 10⁻¹ "
        "and 8·10⁻⁷ at 10⁻³, and gets below 10⁻¹¹ at 10⁻⁵; then it rises again.",
        {"last": 1e-14},
    ),
    "chain_of_slopes": (
        lambda slope=0.247517: plots.chain_of_slopes(
            ["x", "z", "a", "L"], [0.5, 0.2, 0.549834, 0.0625], [0.4, slope, -0.5],
            {1: ("w", 0.4, 0.5)},
        ),
        "A chain from x to L: x 0.5, z 0.2, a 0.5498 and L 0.0625. Local slopes: 0.4 from x to z, "
        "0.2475 from z to a, −0.5 from a to L and 0.5 from w (0.4) to z. Blame, from the right: L "
        "1, a −0.5, z −0.1238, x −0.0495 and w −0.0619. No place is empty.",
        {"slope": 0.2},
    ),
    "chain_of_slopes half filled": (
        lambda filled=2: plots.chain_of_slopes(
            ["x", "z", "a", "b", "L"], [1, 2, 3, 4, 5], [2, 1, 3, -0.5],
            {1: ("v", 4, 1), 3: ("w", 6, 7)}, filled,
        ),
        "A chain from x to L: x 1, z 2, a 3, b 4 and L 5. Local slopes: 2 from x to z, 1 from z to "
        "a, 3 from a to b, −0.5 from b to L, 1 from v (4) to z and 7 from w (6) to b. Blame, from "
        "the right: L 1, b −0.5, a −1.5 and w −3.5. Still empty: z, x and v.",
        {"filled": 3},
    ),
    "sum_of_bends": (
        lambda last=0.7: plots.sum_of_bends(
            [0, 1, 2, 4], {"a": [0, 2, 2, 2], "b": [0, -0.5, -1, -1.5]},
            [[0, 0], [2, 1.1], [3, last]], "cups", "gain (min)",
        ),
        "2 parts and the sum, as gain (min) over cups: a climbs from 0 to 2, nine tenths of it by "
        "1; b falls from 0 to −1.5, nine tenths of it by 4. The sum is 0 at 0 (point: 0), 1 at 2 "
        "(point: 1.1) and 0.75 at 3 (point: 0.7), and misses by 0.1 at most.",
        {"last": 0.5},
    ),
    "sum_of_bends beyond its points": (
        lambda level=2.0: plots.sum_of_bends(
            [0, 1, 2], {"hump": [0, 300, 0], "flat": [level] * 3}, [[1, 301], [5, 5]]
        ),
        "2 parts and the sum, as sum (no unit) over input x (no unit): hump goes from 0 to 0, up "
        "and down; flat stays at 2. The sum is 302 at 1 (point: 301), and misses by 1 at most. It "
        "does not reach the points at 5.",
        {"level": 3.0},
    ),
    "weight_images": (
        lambda top=3.0: plots.weight_images(np.linspace(-1, top, 64)[:, None]),
        "The input weights of 1 neuron as images of 8 by 8 pixels, from −1 to 3; 75% are positive.",
        {"top": 4.0},
    ),
}  # fmt: skip


def test_every_function_whose_figures_speak_is_among_these():
    assert {name.split()[0] for name in SAID} == set(SPEAKING)


@pytest.mark.parametrize(("draw", "words", "change"), SAID.values(), ids=SAID)
def test_the_words_follow_from_the_data_and_change_with_it(draw, words, change):
    assert draw().alt == words
    assert draw(**change).alt != words


def test_a_figure_that_is_drawn_again_brings_new_words():
    fig = plots.loss_curves(LOSS)
    before = fig.alt
    plots.to_png(fig)
    with plots.drawn_again(fig):
        plots.loss_curves(LOSS[:3])
    assert fig.alt == plots.loss_curves(LOSS[:3]).alt != before


def test_numbers_are_told_as_the_notebooks_print_them():
    values = (0.0163, 0.0001914, 77.481, 1000, 0, -0.0, -2.5, 1e-20, 10_000, 7.6)
    assert [told(value) for value in values] == [
        "0.0163", "0.000191", "77.48", "1,000", "0", "0", "−2.5", "10⁻²⁰", "10,000", "7.6",
    ]  # fmt: skip
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(map(str, range(60))).endswith(", 39 and 20 more")
    assert [counted(n, "line") for n in (0, 1, 2000)] == ["0 lines", "1 line", "2,000 lines"]


def test_between_the_entries_of_a_table_it_is_interpolated():
    at = np.array([[0.5, 0.5], [2, 1], [9, -9]])
    np.testing.assert_allclose(heights(np.arange(3), np.arange(2), MAP, at), [4, 4, 1])


def test_two_students_of_the_same_hours_are_told_once():
    flat = [0, 2, 4], [0, 4, 8], np.full((3, 3), 90.0), [[1, 4], [1, 4]]
    assert "90.0 at (1, 4) (true: 86)." in plots.score_surface(*flat, [86, 86]).alt
    assert plots.trust_map(*flat).alt.count(" at (1, 4)") == 1

"""What a picture cannot show is refused in words: what it is, where, and what to do about it."""

import inspect
import re

import numpy as np
import pytest
from figures import (
    BELIEF,
    BENDS,
    CHAIN,
    CLASSES,
    CUPS,
    DOWNHILL,
    EPSILONS,
    FASTER,
    GRID,
    IMAGES,
    LOSS,
    MACHINES,
    MET,
    NAMES,
    SCORES,
    SLEPT,
    SPREAD,
    STEPS,
    STUDIED,
    SURFACE,
    WEIGHTS,
    XOR,
    X,
    hand_network,
    plane,
)

from nn_tutorial import Network, plots
from nn_tutorial.history import History

NET = Network([2, 3, 1], rng=np.random.default_rng(0))
ENSEMBLE = Network([2, 3, 1], rng=np.random.default_rng(0), n_networks=4)
HISTORY = History(LOSS, LOSS)
GRADIENTS = NET.gradients([[1, 2]], [[1]])
NAN, INF = float("nan"), float("inf")
OUTPUTS = plane(hand_network())
W = NET.weights
MAP = STUDIED, SLEPT
LONG = "a very long name that goes on and on and on for ever and ever " * 9


def boundary(outputs=OUTPUTS, samples=XOR, labels=CLASSES, **more):
    return plots.decision_boundary(GRID, GRID, outputs, samples, labels, **more)


# Each place where arrays, or a dict of them, go in, and its name there.
PLACES = {
    "network_diagram": (plots.network_diagram, "weights"),
    "values": (lambda v: plots.network_diagram(W, [v, None, None]), r"values\[0\]"),
    "gradients": (lambda v: plots.network_diagram(W, gradients=[v, None]), r"gradients\[0\]"),
    "scaling": (lambda v: plots.scaling(v, X, NAMES), "X"),
    "scaled": (lambda v: plots.scaling(X, v, NAMES), "scaled"),
    "sigmoid_curve": (plots.sigmoid_curve, "marks"),
    "sigmoid_with_tangent": (plots.sigmoid_with_tangent, "z"),
    "slope_curve": (plots.slope_curve, "marks"),
    "shapes": (plots.shapes, "factors"),
    "loss_along_weight": (lambda v: plots.loss_along_weight(STEPS, v, (1, 1)), "losses"),
    "loss_over_weights": (lambda v: plots.loss_over_weights(*MAP, v), "losses"),
    "descent": (lambda v: plots.descent(*MAP, SPREAD, DOWNHILL, v), "losses_on_path"),
    "path": (lambda v: plots.descent(*MAP, SPREAD, v, LOSS[:4]), "path"),
    "nudge_errors": (lambda v: plots.nudge_errors(EPSILONS, v, EPSILONS), "centred"),
    "loss_curves": (plots.loss_curves, "losses"),
    "losses by name": (lambda v: plots.loss_curves({"a": v}), r"losses\['a'\]"),
    "predictions_over_time": (lambda v: plots.predictions_over_time(STEPS, v), "predictions"),
    "learning_rates": (lambda v: plots.learning_rates({0.1: v}), r"losses\[0.1\]"),
    "score_surface": (lambda v: plots.score_surface(*MAP, v, X), "scores"),
    "students": (lambda v: plots.score_surface(*MAP, SURFACE, v), "students"),
    "trust_map": (lambda v: plots.trust_map(*MAP, v, X), "spread"),
    "answers_histogram": (plots.answers_histogram, "answers"),
    "train": (lambda v: plots.train_validation(v, LOSS), "train"),
    "validation": (lambda v: plots.train_validation(LOSS, v), "validation"),
    "decision_boundary": (boundary, "outputs"),
    "samples": (lambda v: boundary(samples=v), "X"),
    "labels": (lambda v: boundary(labels=v), "labels"),
    "success_rates": (plots.success_rates, "rates"),
    "chain_of_slopes": (lambda v: plots.chain_of_slopes(CHAIN[0], v, *CHAIN[2:]), "values"),
    "slopes": (lambda v: plots.chain_of_slopes(*CHAIN[:2], v, CHAIN[3]), "slopes"),
    "sum_of_bends": (lambda v: plots.sum_of_bends(CUPS, {"a": v}, MET), r"parts\['a'\]"),
    "points": (lambda v: plots.sum_of_bends(CUPS, BENDS, v), "points"),
    "line_fits": (lambda v: plots.line_fits(v, [1], {"a": (1, 0)}), "x"),
    "spread_through_layers": (plots.spread_through_layers, "spreads"),
    "activation_histograms": (lambda v: plots.activation_histograms(v, ["a"]), "layers"),
    "one layer": (lambda v: plots.activation_histograms([v], ["a"]), r"layers\[0\]"),
    "digit_grid": (plots.digit_grid, "images"),
    "weight_images": (plots.weight_images, "weights"),
    "confusion_matrix": (plots.confusion_matrix, "counts"),
    "digit_with_probabilities": (lambda v: plots.digit_with_probabilities(v, BELIEF, 1), "image"),
    "probabilities": (
        lambda v: plots.digit_with_probabilities(IMAGES[0], v, 1), "probabilities",
    ),
    "loss_comparison": (plots.loss_comparison, "losses"),
    "computation_graph": (lambda v: plots.computation_graph(v, []), "nodes"),
    "edges": (lambda v: plots.computation_graph({1: "a"}, v), "edge"),
    "speed_ups": (lambda v: plots.speed_ups(MACHINES, {"a": v}), r"times_as_fast\['a'\]"),
    "machines": (lambda v: plots.speed_ups(v, FASTER), "machines"),
    "shard_weights": (lambda v: plots.shard_weights(v, 0.1), "sizes"),
    "show": (lambda v: plots.show(v, "words"), "fig"),
    "show_animation": (lambda v: plots.show_animation(v, "words"), "frames"),
    "to_png": (plots.to_png, "Figure"),
    "to_quick_png": (plots.to_quick_png, "Figure"),
    "drawn_again": (lambda v: plots.drawn_again(v).__enter__(), "figure"),
}  # fmt: skip
THINGS = {
    "a network": NET,
    "a history": HISTORY,
    "gradients": GRADIENTS,
    "text": "text",
    "None": None,
    "a number too large": np.full((3, 2), 1e250),
    "nan": np.full((3, 2), NAN),
    "nothing": [],
}
# No marks are drawn as no marks, one value has no edges, and a layer may keep what it has.
ALLOWED = {
    ("sigmoid_curve", "nothing"), ("slope_curve", "nothing"), ("edges", "nothing"),
    ("values", "None"), ("gradients", "None"),
}  # fmt: skip
RAW = r"\b_\w|truth value|subscriptable|iterable|has no attribute|float\(\)|zip\(\)|dtype|broadcast"


def assert_refused_in_words(function, message):
    with pytest.raises(ValueError, match=message) as refused:
        function()
    assert not re.search(RAW, str(refused.value))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("thing", THINGS)
def test_what_is_no_array_is_refused_in_words_everywhere(place, thing):
    function, name = PLACES[place]
    if (place, thing) in ALLOWED:
        return
    message = "." if thing in ("text", "nothing", "None") else name
    assert_refused_in_words(lambda: function(THINGS[thing]), message)


def test_every_plot_that_takes_data_is_tried():
    takers = {n for n in plots.__all__ if inspect.signature(getattr(plots, n)).parameters}
    assert takers <= set(PLACES) | {"train_validation"}


# (what was called, a pattern of the message)
SLIPS = [
    # Results in place of arrays
    (lambda: plots.loss_curves(HISTORY), r"pass history\.loss$"),
    (lambda: plots.loss_curves({"a": HISTORY}), r"losses\['a'\] .*pass history\.loss$"),
    (lambda: plots.loss_curves([HISTORY, HISTORY]), r"losses\[0\] .*pass history\.loss$"),
    (lambda: plots.learning_rates({0.1: HISTORY}), r"losses\[0\.1\] .*pass history\.loss$"),
    (lambda: plots.train_validation(HISTORY, HISTORY), r"train .*pass history\.loss$"),
    (lambda: plots.train_validation(LOSS, HISTORY), r"pass history\.validation_loss$"),
    (lambda: plots.train_validation(LOSS, None), r"validation=\(X, y\)\) measures"),
    (lambda: plots.loss_comparison({"a": HISTORY}), r"pass history\.loss\[-1\]"),
    (lambda: plots.network_diagram(NET), r"pass net\.weights$"),
    (lambda: plots.network_diagram(GRADIENTS), r"pass gradients\.weights$"),
    (lambda: plots.network_diagram(W, gradients=GRADIENTS), r"pass gradients\.weights$"),
    (lambda: plots.network_diagram(ENSEMBLE.weights), r"nets\.member\(0\)\.weights"),
    (lambda: plots.weight_images(NET), r"pass net\.weights\[0\]$"),
    (lambda: plots.decision_boundary(GRID, GRID, NET, XOR, CLASSES), r"net\.predict\(X\)"),
    (lambda: plots.digit_with_probabilities(IMAGES[0], NET, 1), r"pass net\.predict\(X\)\[0\]$"),
    (lambda: plots.loss_curves(np.ones((5, 3))), r"\(5, 3\), one column for each .*losses\[:, 0\]"),
    # Names
    (lambda: plots.network_diagram(W, None, None, ["a"]), "input_names has 1 name for 2 inputs"),
    (
        lambda: plots.network_diagram(W, None, None, None, ["a", "b"]),
        "output_names has 2 names for 1 outputs",
    ),
    (lambda: plots.network_diagram(W, None, None, "ab"), "list of 2 names, not 'ab'"),
    (lambda: plots.network_diagram(W, None, None, {"a", "b"}), "must be a list of 2 names"),
    (lambda: plots.network_diagram(W, None, None, [LONG, "b"]), "too many for its place.*fit"),
    (lambda: plots.scaling(X, X, ["a"]), "names has 1 name for 3 students"),
    (lambda: plots.predictions_over_time(STEPS, LOSS, names=["a", "b"]), "2 names for 1 lines"),
    (lambda: plots.activation_histograms([[1]], ["a", "b"]), "names has 2 names for 1 layers"),
    (lambda: plots.confusion_matrix(np.eye(3), ["a"]), "names has 1 name for 3 classes"),
    (lambda: plots.digit_grid(IMAGES[:3], ["a"]), "titles has 1 name for 3 images"),
    (lambda: boundary(names=["a"]), "names has 1 name for 2 inputs"),
    (lambda: plots.loss_over_weights(*MAP, SPREAD, names=["a"]), "1 name for 2 weights"),
    (lambda: plots.success_rates({LONG: 1.0}), "too many for its place"),
    (lambda: plots.loss_curves({LONG: LOSS}), "too many for its place"),
    # Too many for one picture
    (lambda: plots.network_diagram([np.ones((64, 10))]), "64 units in one layer .*: 30 fit"),
    (lambda: plots.network_diagram([np.ones((2, 2))] * 12), "13 layers .*: 12 fit"),
    (lambda: plots.loss_curves(dict.fromkeys(range(11), LOSS)), "11 curves .*: 10 fit"),
    (lambda: plots.learning_rates({k + 1: LOSS for k in range(10)}), "10 learning .*: 9 fit"),
    (lambda: plots.predictions_over_time(STEPS, np.ones((201, 11))), "11 lines .*: 10 fit"),
    (lambda: plots.spread_through_layers({k: [1] for k in range(11)}), "11 lines .*: 10 fit"),
    (lambda: plots.line_fits([1], [1], dict.fromkeys(range(11), (1, 0))), "11 lines .*: 10 fit"),
    (lambda: plots.scaling(np.ones((11, 2)), np.ones((11, 2)), ["a"] * 11), "11 students.*10 fit"),
    (lambda: plots.score_surface(*MAP, SURFACE, np.ones((200, 2))), "200 students.*10 fit"),
    (lambda: plots.trust_map(*MAP, SPREAD, X, dict.fromkeys(range(6), (1, 1))), "6 new .*5 fit"),
    (lambda: boundary(samples=np.ones((6, 2)), labels=range(6)), "6 classes .*: 5 fit"),
    (lambda: plots.confusion_matrix(np.eye(21)), "21 classes .*: 20 fit"),
    (lambda: plots.confusion_matrix(np.eye(10) * 1234567), "1,234,567, finds no room"),
    (lambda: plots.weight_images(np.ones((64, 300))), r"300 pictures of 8 x 8 pixels .*: \d+ fit"),
    (lambda: plots.digit_grid(np.ones((3, 1, 64))), "1 x 64 pixels find no room"),
    (lambda: plots.digit_grid(IMAGES, columns=40), r"40 pictures .*: \d\d fit"),
    (lambda: plots.success_rates(dict.fromkeys(range(17), 0.5)), "17 bars .*: 16 fit"),
    (lambda: plots.loss_comparison(dict.fromkeys(range(17), 0.5)), "17 networks .*: 16 fit"),
    (lambda: plots.answers_histogram(SCORES, {f"m{k}": 90 for k in range(9)}), "rows of marks"),
    (lambda: plots.shapes([*[("X", 2, 2), "@"] * 6, ("X", 2, 2)]), "13 matrices and signs"),
    (lambda: plots.sigmoid_with_tangent(0, range(6)), "6 marks from zero on .*: 4 fit"),
    (
        lambda: plots.network_diagram([np.ones((30, 1))], [np.full(30, -12345.6), None]),
        "values like .* find no room",
    ),
    (
        lambda: plots.network_diagram([np.ones((9, 1))], notes=[("z", np.ones(9)), None]),
        "below 9 units there is no room for notes",
    ),
    # What has no place on an axis
    (lambda: plots.loss_curves([1, NAN]), r"losses holds nan at index \(1,\)"),
    (lambda: plots.loss_curves([1, INF]), r"losses holds inf at index \(1,\)"),
    (lambda: plots.loss_curves([1, -1]), "holds -1 at index 1, but a loss is never negative"),
    (lambda: plots.loss_curves({}), "losses is empty"),
    (lambda: plots.loss_curves(LOSS, 0), "baseline must be positive"),
    (lambda: plots.learning_rates({0.1: 0 * LOSS}), "no loss is positive"),
    (lambda: plots.learning_rates({"a": LOSS}), "learning rate must be one positive number"),
    (lambda: plots.learning_rates(LOSS), "losses must be a dict of learning rate to losses"),
    (lambda: plots.predictions_over_time([0], [[1]], log_steps=True), "no step is positive"),
    (lambda: plots.spread_through_layers({"a": [1, INF]}), r"spreads\['a'\] holds inf at"),
    (lambda: plots.spread_through_layers({"a": [1]}, limits=(0, 1)), "limits must be positive"),
    (lambda: plots.train_validation(LOSS, LOSS, limits=(1, 0.1)), "a smaller and a larger"),
    (lambda: plots.sigmoid_curve([-9]), "between -8 and 8.*not -9"),
    (lambda: plots.sigmoid_with_tangent(20), "between -8 and 8.*not 20"),
    (lambda: plots.slope_curve([9]), "between -8 and 8.*not 9"),
    (lambda: plots.nudge_errors(-EPSILONS, EPSILONS, EPSILONS), "epsilons must be positive"),
    (lambda: plots.scaling(-X, X, NAMES), "the axes begin at 0"),
    (lambda: plots.scaling(X, X, NAMES, limits=(1, 1)), "beyond the axes"),
    (lambda: plots.trust_map(*MAP, -SPREAD, X), "never below 0"),
    (lambda: plots.loss_over_weights(*MAP, SPREAD, (100, 2)), "at must be a point on the map"),
    (lambda: plots.success_rates({"a": 98}), "divide per cent by 100"),
    (lambda: boundary(92 * OUTPUTS), "outputs run from .* to 90"),
    (lambda: plots.digit_grid(16 * IMAGES), "from 0 to 16, .*: divide by the largest"),
    (lambda: plots.digit_with_probabilities(IMAGES[0], 2 * BELIEF, 1), "sum 2, .*softmax"),
    (lambda: plots.digit_with_probabilities(IMAGES[0], BELIEF, -1), "at least 0, not -1"),
    (lambda: plots.digit_with_probabilities(IMAGES[0], BELIEF, 10), "a digit from 0 to 9"),
    (lambda: plots.confusion_matrix([[1, -1], [0, 1]]), r"-1 at index \(0, 1\), .* no count"),
    (lambda: plots.confusion_matrix([[0.5, 0.5], [0, 1]]), "0.5 at .* no count"),
    (lambda: plots.loss_comparison({"a": INF}), r"losses\['a'\] holds inf"),
    # Labels that are no classes
    (lambda: boundary(labels=[0.3, 0.7, 0.7, 0.3]), r"0.3 at index 0, .*pass labels > 0\.5"),
    (lambda: boundary(labels=np.eye(4)), r"pass labels\.argmax\(axis=1\)"),
    (lambda: boundary(labels=["a", None, "a", "b"]), "labels holds None at index 1, beside names"),
    (lambda: boundary(labels=[0, 1]), "labels has 2 entries for 4 samples"),
    # Shapes that do not go together
    (lambda: plots.network_diagram(np.ones((2, 3))), "one array of shape .*into one list"),
    (lambda: plots.network_diagram([np.ones((2, 3)), np.ones((2, 1))]), "do not follow on"),
    (lambda: plots.network_diagram(W, [np.ones((5, 2)), None, None]), r"pass one sample, .*\[0\]"),
    (lambda: plots.network_diagram(W, [np.ones(2)]), "values has 1 entries for 3 layers"),
    (lambda: plots.loss_over_weights(*MAP, SPREAD.T), r"pass losses\.T"),
    (lambda: plots.loss_over_weights(*MAP, SPREAD.ravel()), r"pass losses\.reshape\(17, 13\)"),
    (lambda: plots.loss_over_weights(*np.meshgrid(*MAP), SPREAD), r"as given to np\.meshgrid"),
    (lambda: plots.loss_over_weights([1], SLEPT, SPREAD[:, :1]), "at least two values"),
    (lambda: plots.descent(*MAP, SPREAD, DOWNHILL, LOSS[:3]), "3 entries for 4 points"),
    (lambda: plots.descent(*MAP, SPREAD, DOWNHILL, LOSS[:4], 9), "step must be at most 3, not 9"),
    (lambda: plots.train_validation(LOSS, LOSS[1:]), "train has 201 losses and validation 200"),
    (lambda: plots.train_validation(LOSS, LOSS, 201), "index from 0 to 200, not 201"),
    (lambda: plots.train_validation(LOSS, LOSS, steps=STEPS[::-1]), "steps must not fall"),
    (lambda: plots.predictions_over_time(STEPS[1:], LOSS), "200 steps call for"),
    (lambda: plots.predictions_over_time(STEPS, LOSS, [1, 2]), "targets has 2 entries for 1 lines"),
    (lambda: plots.loss_along_weight([1, 2], [1, 2], (1, 1)), "at least 3 values, not 2"),
    (lambda: boundary(samples=np.ones((4, 3))), r"pass two of its columns, X\[:, \[0, 1\]\]"),
    (lambda: plots.confusion_matrix(np.ones((2, 3))), "a row and a column for each class"),
    (lambda: plots.digit_grid(np.ones((3, 60))), r"60 pixels are no square.*reshape\(n, rows, col"),
    (lambda: plots.weight_images(WEIGHTS, (4, 4)), r"shape=\(8, 8\)"),
    (lambda: plots.weight_images(WEIGHTS.T), r"pass weights\.T"),
    (lambda: plots.digit_with_probabilities(IMAGES[:2], BELIEF, 1), "shows one image"),
    (lambda: plots.digit_with_probabilities(IMAGES[0], [0.5, 0.5], 1), "2 entries for 10 digits"),
    (lambda: plots.shapes(["@", ("X", 2, 2)]), "between two matrices"),
    (lambda: plots.shapes([("X", 0, 2)]), "a size of X must be at least 1"),
    (lambda: plots.shapes([("X", 2)]), r"as \(name, rows, columns\)"),
    (lambda: plots.chain_of_slopes("abc", [1, 2, 3], [1, 2], {1: ("w", 1, 1)}), "list of 3 names"),
    (lambda: plots.chain_of_slopes(*CHAIN[:2], [1, 2], CHAIN[3]), "2 entries for 5 arrows"),
    (lambda: plots.chain_of_slopes(*CHAIN[:3], {0: ("w", 1, 1)}), "enters at 1 to 4"),
    (lambda: plots.chain_of_slopes(*CHAIN[:3], {1: ("w", 1)}), r"must be \(name, value, slope\)"),
    (lambda: plots.chain_of_slopes(["a long name"] * 6, *CHAIN[1:]), "no room in a circle"),
    (lambda: plots.chain_of_slopes(*CHAIN[:3], {1: ("a weight", 1, 1)}), "no room in a circle"),
    (lambda: plots.chain_of_slopes(*CHAIN, 6), "filled is 6, but there are 5 arrows"),
    (lambda: plots.chain_of_slopes(*CHAIN, decimals=9), "more than 7 digits and signs"),
    (lambda: plots.chain_of_slopes("a", np.ones(7), [1], {1: ("w", 1, 1)}), "7 circles .*: 6 fit"),
    (lambda: plots.sum_of_bends(CUPS, {"a": [1, 2]}, MET), "2 entries for 81 places x"),
    (lambda: plots.computation_graph({1: "a"}, [(1, 1, 1)]), r"an edge must be a pair"),
    (lambda: plots.show_animation([plots.activations()], "x", 0), "milliseconds must be at least"),
    (
        lambda: plots.show_animation([plots.activations(), plots.slope_curve()] * 2 + [3], "x"),
        r"frames\[4\] must be a Figure",
    ),
    (
        lambda: plots.show_animation([plots.activations(), plots.confusion_matrix([[1]])], "x"),
        r"frames\[1\] has another size",
    ),
]


@pytest.mark.parametrize(("slip", "message"), SLIPS)
def test_a_slip_is_named_with_its_remedy(slip, message):
    assert_refused_in_words(slip, message)


def test_the_number_that_is_said_to_fit_does():
    for draw in (
        lambda n: plots.weight_images(np.ones((64, n))),
        lambda n: plots.digit_grid(np.ones((n, 8, 8)), columns=40),
    ):
        with pytest.raises(ValueError, match="fit") as refused:
            draw(300 if draw(1) and draw.__code__.co_consts[1] == 64 else 40)
        fit = int(re.search(r"(\d+) fit", str(refused.value))[1])
        draw(fit)
        with pytest.raises(ValueError, match="fit"):
            draw(fit + 1)

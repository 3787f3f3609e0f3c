"""The Explore cells: each control moves picture and words, to its ends, and leaves no trace."""

import itertools
import re
from functools import cache

import numpy as np
import pytest
from drawn import drawn_boxes, opened
from ipywidgets import Button

from nn_tutorial import MaxScaler, Network, digits, exam_scores, explore, numerical_gradients
from nn_tutorial.activations import sigmoid

SCORES = exam_scores()
SCALER = MaxScaler().fit(SCORES.X)
X, Y = SCALER.transform(SCORES.X), SCORES.y / 100
NAMES = ["(2, 9)", "(1, 5)", "(3, 6)"]
W1, W2 = np.array([[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]]), np.array([[0.4], [0.5], [0.9]])
NET = Network.from_weights([W1, W2])
SIDE = np.linspace(-6, 6, 25)
BOWL = 0.01 + SIDE**2 + SIDE[:, np.newaxis] ** 2
STUDIED, SLEPT = np.linspace(0, 8, 17), np.linspace(0, 12, 13)
DATA = digits()
READER = Network([64, 10], rng=np.random.default_rng(0), output="softmax")


def points(hours):
    return 100 * NET.predict(SCALER.transform(hours))


def walk(learning_rate):
    path = np.array([-3.0, 4.0]) * (1 - 0.005 * learning_rate) ** np.arange(101)[:, np.newaxis]
    return path, 0.01 + np.sum(path**2, axis=1)


def experiment(n_students, noise):
    steps = np.arange(1, 200)
    training = 0.3 / steps + noise / 1e4
    return steps, training, training + steps * noise / n_students / 1e4


@cache
def some_answers():
    images = DATA.X_test[:20]
    sure = np.eye(10)[[3] * 20]  # the other digits get exactly 0
    return np.stack([READER.predict(images), sure])


MAKE = {
    "scaled_hours": lambda: explore.scaled_hours(SCORES.X, SCALER),
    "nine_weights": lambda: explore.nine_weights(X[0], W1, W2, 92),
    "tangent": explore.tangent,
    "random_start": lambda: explore.random_start(X, SCORES.y, NAMES),
    "one_weight": lambda: explore.one_weight(X, Y, W1, W2),
    "chain_rule": lambda: explore.chain_rule(X[0], 0.92, W1, W2),
    "pulls": lambda: explore.pulls(X, Y, W1, W2, NAMES),
    "downhill": lambda: explore.downhill(walk, SIDE, SIDE, BOWL, ("u", "v")),
    "new_student": lambda: explore.new_student(
        points, STUDIED, SLEPT, 80 + STUDIED + SLEPT[:, np.newaxis], SCORES.X, SCORES.y[:, 0]
    ),
    "overfitting": lambda: explore.overfitting(experiment),
    "xor_boundary": lambda: explore.xor_boundary(epochs=300),
    "start_width": explore.start_width,
    "one_image": lambda: explore.one_image(DATA.X_test[:20], DATA.y_test[:20], some_answers()),
    "flipped_pixels": lambda: explore.flipped_pixels(READER.predict, DATA.X_test, DATA.y_test),
}


@pytest.fixture(params=MAKE)
def cell(request):
    return MAKE[request.param]()


def ends(control):
    if hasattr(control, "options"):
        values = [option[1] if isinstance(option, tuple) else option for option in control.options]
        return values[0], values[-1]
    return control.min, control.max


def corners(cell):
    """All combinations of the controls' ends; of many controls, a few."""
    low_high = [ends(control) for control in cell.controls.values()]
    if len(low_high) <= 3:
        return list(itertools.product(*low_high))
    turns = ((0, 0), (1, 1), (0, 1), (1, 0))
    return [tuple(pair[turn[k % 2]] for k, pair in enumerate(low_high)) for turn in turns]


def set_all(cell, values):
    for control, value in zip(cell.controls.values(), values, strict=True):
        control.value = value


def values_of(cell):
    return tuple(control.value for control in cell.controls.values())


def shown(cell):
    return opened(cell.picture.value).convert("RGB").tobytes()


# Every cell


def test_each_public_function_is_tried():
    assert set(MAKE) == set(explore.__all__)


def test_each_control_moves_the_picture_and_its_words(cell):
    for control in cell.controls.values():
        before, words, picture = control.value, cell.words, shown(cell)
        control.value = next(end for end in ends(control) if end != before)
        assert cell.words != words
        assert shown(cell) != picture
        control.value = before
        assert cell.words == words


def test_no_control_can_break_a_cell(cell):
    seen = set()
    for corner in corners(cell):
        set_all(cell, corner)
        seen.add(cell.words)
        assert not re.search(r"\b(nan|inf)\b", cell.words)
        width, height = cell.figure.bbox.width, cell.figure.bbox.height
        for text, box in drawn_boxes(cell.figure):
            # A label in a contour line at the border may reach two pixels beyond it.
            assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -2, text
    assert len(seen) == len(corners(cell))


def test_a_move_and_the_way_back_leave_no_trace(cell):
    start = values_of(cell)
    cell.redraw()
    first = shown(cell)
    for corner in corners(cell):
        set_all(cell, corner)
    set_all(cell, start)
    assert shown(cell) == first


def test_the_figure_and_its_axes_are_used_again(cell):
    figure, axes = cell.figure, list(cell.figure.axes)
    places = [ax.get_position().bounds for ax in axes]
    set_all(cell, corners(cell)[-1])
    assert cell.figure is figure
    assert list(figure.axes) == axes
    assert [ax.get_position().bounds for ax in axes] == places


def test_without_widgets_a_cell_is_its_words(cell):
    bundle = cell._repr_mimebundle_()
    assert bundle["text/plain"].endswith(cell.words)
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_each_control_says_in_words_what_it_moves(cell):
    labels = [control.description for control in cell.controls.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_the_words_are_told_to_a_screen_reader(cell):
    assert cell.children[-2:] == (cell.picture, cell.below)
    assert cell.below.value.startswith('<p role="status"')


# What the words say


def test_the_scaled_hours_are_the_scalers():
    cell = MAKE["scaled_hours"]()
    set_all(cell, (6.0, 4.5))
    assert "become 2.0000 and 0.5000. One of the two lies above 1." in cell.words


def test_the_nine_weights_are_those_of_the_network():
    cell = MAKE["nine_weights"]()
    assert "output 0.7748: 77.48 points" in cell.words
    set_all(cell, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.8, 0.9))
    hidden = sigmoid(X[0] @ [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
    assert f"output {sigmoid(hidden @ [0.7, -0.8, 0.9]):.4f}" in cell.words


def test_the_slope_along_one_weight_is_the_one_measured_by_nudging():
    cell = MAKE["one_weight"]()
    which = [name for name, _ in cell.controls["which"].options].index("W1[1, 2]")
    set_all(cell, (which, -1.5))
    changed = W1.copy()
    changed[1, 2] = -1.5
    net = Network.from_weights([changed, W2])
    slope = numerical_gradients(net, X, Y).weights[0][1, 2]
    assert f"W1[1, 2] = −1.5: the loss is {net.loss(X, Y):.6f}" in cell.words
    assert f"slope {slope:.6f}".replace("-", "−") in cell.words
    assert cell.words.endswith("to the left." if slope > 0 else "to the right.")


def test_another_weight_is_met_at_its_own_value():
    cell = MAKE["one_weight"]()
    cell.controls["value"].value = 3.0
    cell.controls["which"].value = 1
    assert cell.words.startswith("W1[0, 1] = 0.6: the loss is 0.016267")


def test_the_steps_of_the_chain_rule_end_at_the_gradients():
    cell = MAKE["chain_rule"]()
    words = []
    for step in range(12):
        cell.controls["step"].value = step
        words.append(cell.words)
    dW1, dW2 = numerical_gradients(NET, X[:1], Y[:1]).weights
    for text, gradients in ((words[8], dW2[:, 0]), (words[11], dW1.ravel())):
        for gradient in gradients:
            assert f"−{abs(gradient):.6f}" in text
    assert "77.48 points" in words[4]


def test_all_pull_as_the_mean_of_each():
    cell = MAKE["pulls"]()
    _, dW2 = numerical_gradients(NET, X, np.array([[0.3], *Y[1:].tolist()])).weights
    cell.controls["points"].value = 30
    assert f"{dW2[0, 0]:.6f}" in cell.words
    cell.controls["who"].value = [1]
    _, dW2 = numerical_gradients(NET, X[1:2], Y[1:2]).weights
    assert f"−{abs(dW2[0, 0]):.6f}" in cell.words


def test_a_student_on_the_border_is_inside():
    cell = MAKE["new_student"]()
    set_all(cell, (3.0, 5.0))
    assert "inside the rectangle" in cell.words
    set_all(cell, (3.5, 5.0))
    assert "outside the rectangle around the three students, an extrapolation" in cell.words
    assert f"{points(np.array([[3.5, 5.0]]))[0, 0]:.2f} points" in cell.words


def test_the_xor_cell_trains_the_network_that_it_names():
    cell = explore.xor_boundary()
    for n_hidden, seed, verdict in ((1, 0, "not learned"), (3, 0, "4 of 4")):
        set_all(cell, (n_hidden, "sigmoid", seed))
        assert verdict in cell.words


def test_only_pressed_pixels_are_flipped_and_a_second_press_brings_them_back():
    cell = MAKE["flipped_pixels"]()
    clean = cell.words
    buttons = cell.children[1].children
    assert len(buttons) == 64
    assert all(isinstance(button, Button) for button in buttons)
    buttons[9].click()
    changed = DATA.X_test[0].copy()
    changed[9] = 1 - changed[9]
    assert "1 of 64 pixels flipped" in cell.words
    assert f"probability {READER.predict(changed[np.newaxis]).max():.2f}" in cell.words
    buttons[9].click()
    assert cell.words == clean


def test_another_image_begins_unflipped():
    cell = MAKE["flipped_pixels"]()
    kept = DATA.X_test.copy()
    cell.children[1].children[0].click()
    cell.controls["image"].value = 5
    assert "0 of 64 pixels flipped" in cell.words
    np.testing.assert_array_equal(DATA.X_test, kept)

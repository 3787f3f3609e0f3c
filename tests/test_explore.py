"""The Explore cells: each control moves picture and words, to its ends, and leaves no trace."""

import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import nbformat
import numpy as np
import pytest
from drawn import boxes, has_line, opened
from drawn import words as drawn_words
from run_notebooks import NOTEBOOKS

from nn_tutorial import (
    MaxScaler,
    Network,
    digits,
    exam_scores,
    explore,
    numerical_gradients,
    plots,
    train,
    xor,
)
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights
from nn_tutorial.explore import controls, networks
from nn_tutorial.plots.kit.numerals import significant

SCORES = exam_scores()
SCALER = MaxScaler().fit(SCORES.X)
X, Y = SCALER.transform(SCORES.X), SCORES.y / 100
NAMES = ["(2, 9)", "(1, 5)", "(3, 6)"]
W1, W2 = made_up_weights()
NET = Network.from_weights([W1, W2])
CUPS = np.array([[0.0, 0.0], [2.0, 1.4], [6.0, 0.6]])
SIDE = np.linspace(-6, 6, 25)
BOWL = 0.01 + SIDE**2 + SIDE[:, np.newaxis] ** 2
STUDIED, SLEPT = np.linspace(0, 8, 17), np.linspace(0, 12, 13)
DATA = digits()
SEVEN = np.zeros((8, 8))
SEVEN[0, 2:7] = SEVEN[1:5, 5] = SEVEN[5:, 4] = 1
READER = Network([64, 10], rng=np.random.default_rng(0), output="softmax")


def points(hours):
    return 100 * NET.predict(SCALER.transform(hours))


def walk(learning_rate):
    path = np.array([-3.0, 4.0]) * (1 - 0.005 * learning_rate) ** np.arange(101)[:, np.newaxis]
    return path, 0.01 + np.sum(path**2, axis=1)


def roll(learning_rate, momentum):
    return walk(learning_rate * (1 + momentum))


def cut(n_shards, ratio, dealt):
    sizes = (10 * ratio ** np.arange(n_shards)).astype(int)
    return sizes, (ratio - 1) * n_shards * (10 if dealt == "sorted" else 1) / 100


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
    "two_bends": lambda: explore.two_bends(CUPS, (3.0, 0.3, 4.0, -4.0)),
    "random_start": lambda: explore.random_start(X, SCORES.y, NAMES),
    "one_weight": lambda: explore.one_weight(X, Y, W1, W2),
    "chain_rule": lambda: explore.chain_rule(X[0], 0.92, W1, W2),
    "pulls": lambda: explore.pulls(X, Y, W1, W2, NAMES),
    "downhill": lambda: explore.downhill(walk, SIDE, SIDE, BOWL, ("u", "v")),
    "rolling": lambda: explore.rolling(roll, SIDE, SIDE, BOWL, ("u", "v")),
    "new_student": lambda: explore.new_student(
        points, STUDIED, SLEPT, 80 + STUDIED + SLEPT[:, np.newaxis], SCORES.X, SCORES.y[:, 0]
    ),
    "overfitting": lambda: explore.overfitting(experiment),
    "xor_boundary": lambda: explore.xor_boundary(epochs=300),
    "start_width": explore.start_width,
    "one_image": lambda: explore.one_image(DATA.X_test[:20], DATA.y_test[:20], some_answers()),
    "own_digit": lambda: explore.own_digit(READER.predict, SEVEN),
    "flipped_pixels": lambda: explore.flipped_pixels(READER.predict, DATA.X_test, DATA.y_test),
    "shards": lambda: explore.shards(cut),
}


@cache
def made(name):
    """Return a cell, made once for all tests, and where its controls stood at first."""
    cell = MAKE[name]()
    return cell, values_of(cell)


MOVED = []


def shared(name):
    """Return a cell that other tests use, too; it is put back behind this one."""
    MOVED.append(name)
    return made(name)[0]


@pytest.fixture(autouse=True)
def at_the_start():
    """Put back what a test has moved of the cells that all share."""
    yield
    for name in dict.fromkeys(MOVED):
        cell, start = made(name)
        if values_of(cell) != start:
            set_all(cell, start)
    MOVED.clear()


@pytest.fixture(params=MAKE)
def name(request):
    return request.param


def ends(control):
    if control.settings is None:
        return (0.0,) * 64, (1.0,) * 64
    return control.settings[0], control.settings[-1]


def corners(cell):
    """All combinations of the controls' ends; of many controls, a few."""
    low_high = [ends(control) for control in cell.controls.values()]
    if len(low_high) <= 3:
        return list(itertools.product(*low_high))
    turns = ((0, 0), (1, 1), (0, 1), (1, 0))
    return [tuple(pair[turn[k % 2]] for k, pair in enumerate(low_high)) for turn in turns]


def set_all(cell, values):
    """Set all controls and draw once; that each control draws is a claim of its own."""
    cell.redraw = lambda: None
    try:
        for control, value in zip(cell.controls.values(), values, strict=True):
            control.value = value
    finally:
        del cell.redraw
    cell.redraw()


def values_of(cell):
    return tuple(control.value for control in cell.controls.values())


def shown(cell):
    return opened(cell.picture).convert("RGB").tobytes()


def content(figure):
    """What is drawn: for each axes its limits, titles, texts, lines, and how much of the rest."""
    return [
        (
            np.round([*ax.get_xlim(), *ax.get_ylim()], 9).tolist(),
            [ax.get_title(loc) for loc in ("left", "center", "right")],
            sorted(text.get_text() for text in ax.texts),
            [np.round(np.transpose(line.get_data()), 9).tolist() for line in ax.lines],
            [patch.get_facecolor() for patch in ax.patches],
            [np.asarray(image.get_array()).tolist() for image in ax.images],
            (len(ax.collections), len(ax.containers)),
        )
        for ax in figure.axes
    ]


def layout(figure):
    return figure, list(figure.axes), [ax.get_position().bounds for ax in figure.axes]


@cache
def walk_around(name):
    """Go into each corner and back, once for all tests that look; return what was seen there."""
    cell, start = made(name)
    cell.redraw()  # Labels of contour lines find their places once the layout is known.
    first, before, seen = shown(cell), layout(cell.figure), []
    for corner in corners(cell):
        set_all(cell, corner)
        drawn = content(cell.figure), boxes(cell.figure), layout(cell.figure)
        wires = {key: control.wire for key, control in cell.controls.items()}
        moves = {key: getattr(cell, f"move_{key}") for key in cell.controls}
        seen.append((cell.words, (cell.shown, wires, moves), values_of(cell), *drawn))
    set_all(cell, start)
    return first, before, seen, shown(cell)


@cache
def each_move(name):
    """Move each control to its ends and back; return words, picture and values before and after."""
    cell, _ = made(name)

    def state():
        return cell.words, shown(cell), {key: c.value for key, c in cell.controls.items()}

    moves = []
    for key, control in cell.controls.items():
        before, value, after = state(), control.value, []
        for end in ends(control):
            if end != value:
                control.value = end
                after.append(state())
        control.value = value
        moves.append((key, before, after, state()))
    return moves


# Every cell


def test_each_public_function_is_tried():
    untried = set(explore.__all__) ^ set(MAKE)
    assert untried == set(), "MAKE in tests/test_explore.py and nn_tutorial.explore differ in these"


def test_each_control_moves_the_picture_and_its_words(name):
    for _, (words, picture, _), after, back in each_move(name):
        assert after
        assert all(said != words and drawn != picture for said, drawn, _ in after)
        assert back[0] == words


def test_no_control_moves_another(name):
    """JupyterLab answers a value set by the kernel, and may undo what the reader did since."""
    for key, (_, _, values), after, _ in each_move(name):
        for _, _, moved in after:
            assert {k: v for k, v in moved.items() if k != key} == {
                k: v for k, v in values.items() if k != key
            }


def test_no_control_can_break_a_cell(name):
    _, (figure, *_), seen, _ = walk_around(name)
    width, height = figure.bbox.width, figure.bbox.height
    for words, _, _, _, texts, _ in seen:
        assert not re.search(r"\b(nan|inf)\b|\de-?\d", words)
        for text, box in texts:
            # A label in a contour line at the border may reach two pixels beyond it.
            assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -2, text
    assert len({words for words, *_ in seen}) == len(corners(made(name)[0]))


def test_a_move_and_the_way_back_leave_no_trace(name):
    first, _, _, last = walk_around(name)
    assert last == first


def test_the_figure_and_its_axes_are_used_again(name):
    _, before, seen, _ = walk_around(name)
    for *_, after in seen:
        assert after[0] is before[0]
        assert after[1:] == before[1:]


def test_moves_in_several_threads_end_in_the_picture_of_the_last_values():
    """JupyterLab hands moves on in a kernel's subshells, which are threads."""
    cell, expected = explore.tangent(), explore.tangent()
    moves = cell.controls["z"].settings[::4]
    assert len(moves) > 40

    def move(z):
        cell.controls["z"].value = z

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(move, moves))  # an error in a thread is raised here
    move(0.5)
    expected.controls["z"].value = 0.5
    assert (cell.words, shown(cell)) == (expected.words, shown(expected))


def test_moves_of_several_controls_that_arrive_together_are_drawn_once():
    """The page sends what has changed since its last message was answered."""
    cell, expected = MAKE["nine_weights"](), MAKE["nine_weights"]()
    before = cell.drawings
    cell.set_state({f"move_{name}": k for k, name in enumerate(cell.controls)})
    assert cell.drawings == before + 1
    for k, control in enumerate(expected.controls.values()):
        control.value = control.settings[k]
    assert (values_of(cell), cell.words) == (values_of(expected), expected.words)
    assert cell.shown == {name: k for k, name in enumerate(cell.controls)}
    assert shown(cell) == shown(expected)


def test_controls_that_python_sets_together_are_not_set_back_by_each_other():
    cell = MAKE["two_bends"]()
    set_all(cell, (1.0, 2.0, 3.0, -4.0))
    assert values_of(cell) == (1.0, 2.0, 3.0, -4.0)
    assert cell.shown == {name: getattr(cell, f"move_{name}") for name in cell.controls}


def test_without_widgets_a_cell_is_its_words(name):
    cell = shared(name)
    data, _ = cell._repr_mimebundle_()
    assert data["text/plain"].endswith(cell.words)
    assert "application/vnd.jupyter.widget-view+json" in data


def test_each_control_says_in_words_what_it_moves(name):
    controls = shared(name).controls.values()
    names = [(control.group, control.label) for control in controls]
    assert len(set(names)) == len(names)
    # The room beside a slider.
    assert all(0 < len(label) <= 24 for _, label in names)


def test_each_setting_is_written_for_people(name):
    for control in shared(name).controls.values():
        if control.settings is not None:
            texts = [control.text(setting) for setting in control.settings]
            assert len(set(texts)) == len(texts)
            assert all(text.endswith(control.unit) for text in texts)
            assert not any(re.search(r"-\d|e[-+]?\d", text) for text in texts)


def test_the_page_learns_what_picture_and_words_belong_to(name):
    for _, (shown_with, wires, moves), *_ in walk_around(name)[2]:
        assert shown_with == wires == moves


def test_a_figure_drawn_again_holds_what_a_new_one_does(name):
    cell = shared(name)
    for words, _, corner, drawn_again, *_ in walk_around(name)[2]:
        figure, new_words = cell.draw(**dict(zip(cell.controls, corner, strict=True)))
        assert figure is not cell.figure
        assert words == new_words
        assert drawn_again == content(figure)


def test_a_picture_that_fails_does_not_spoil_the_next():
    cell = MAKE["tangent"]()
    picture = shown(cell)
    with pytest.raises(ZeroDivisionError), plots.drawn_again(cell.figure):
        raise ZeroDivisionError
    assert plots.activations() is not cell.figure
    assert next(cell.figure.waiting, None) is None
    cell.redraw()
    assert shown(cell) == picture


def test_a_label_keeps_its_place_beside_wider_numbers():
    figure = plots.loss_along_weight(SIDE, SIDE**2, (0.0, 0.0))
    plots.to_quick_png(figure)
    label = figure.axes[0].yaxis.label
    place = label.get_window_extent().bounds
    with plots.drawn_again(figure):
        plots.loss_along_weight(SIDE, 1e4 * SIDE**2, (0.0, 0.0))
    plots.to_quick_png(figure)
    np.testing.assert_allclose(label.get_window_extent().bounds, place)


def test_a_title_of_before_is_gone():
    figure = plots.decision_boundary(SIDE, SIDE, BOWL / 100, X, [0, 1, 0], title="step 3")
    plots.to_quick_png(figure)
    with plots.drawn_again(figure):
        plots.decision_boundary(SIDE, SIDE, BOWL / 100, X, [0, 1, 0])
    assert "step 3" not in drawn_words(figure)


def test_a_name_is_no_markup():
    cell = explore.random_start(X, SCORES.y, ["<b>Ann</b>", "Bo", "Cy"])
    assert "<b>Ann</b>" in cell.words


# What the words say, and the picture shows


def test_the_scaled_hours_are_the_scalers():
    cell = shared("scaled_hours")
    set_all(cell, (6.0, 4.5))
    assert "become 2.0000 and 0.5000. One of the two lies above 1." in cell.words
    before, after = cell.figure.axes
    assert has_line(before, [6.0], [4.5])
    assert has_line(after, [2.0], [0.5])
    assert (before.get_xlim()[1], before.get_ylim()[1]) == (6, 12)
    np.testing.assert_allclose((after.get_xlim()[1], after.get_ylim()[1]), (2, 12 / 9))
    assert has_line(after, [0, 1], [1, 1])
    assert has_line(after, [1, 1], [0, 1])
    set_all(cell, (3.0, 9.0))
    assert "Neither lies above 1." in cell.words


def test_the_nine_weights_are_those_of_the_network():
    cell = shared("nine_weights")
    assert "output 0.7748: 77.48 points" in cell.words
    set_all(cell, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.8, 0.9))
    hidden = sigmoid(X[0] @ [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
    total = hidden @ [0.7, -0.8, 0.9]
    assert f"Output sum {total:.4f}, output {sigmoid(total):.4f}" in cell.words
    assert {f"{a:.2f}" for a in (*X[0], *hidden, sigmoid(total))} <= set(drawn_words(cell.figure))


def test_a_weight_keeps_its_thickness_while_another_grows():
    cell = shared("nine_weights")

    def second():
        return cell.figure.axes[0].lines[1].get_linewidth()

    before = second()
    cell.controls["w00"].value = 3.0
    assert second() == before


def test_the_tangent_touches_where_the_words_say():
    cell = shared("tangent")
    cell.controls["z"].value = -1.5
    a = sigmoid(-1.5)
    assert has_line(cell.figure.axes[0], [-1.5], [a])
    assert f"a = {a:.4f}" in cell.words
    assert f"a (1 − a) = {a * (1 - a):.4f}" in cell.words


def test_two_bends_add_up_to_what_the_words_say():
    cell = shared("two_bends")
    set_all(cell, (2.0, 0.3, 3.0, -2.0))
    here = 3 * sigmoid(2.0 * CUPS[:, 0]) - 2 * sigmoid(0.3 * CUPS[:, 0])
    assert f"{here[0]:.2f}, {here[1]:.2f} and {here[2]:.2f}, wanted" in cell.words
    assert f"The largest miss is {np.abs(here - CUPS[:, 1]).max():.2f}." in cell.words
    x = np.linspace(0, 8, 161)
    ax = cell.figure.axes[0]
    assert has_line(ax, x, 3 * sigmoid(2.0 * x) - 2 * sigmoid(0.3 * x))
    assert has_line(ax, *CUPS.T)


def test_a_random_start_is_drawn_as_in_the_chapter():
    cell = shared("random_start")
    set_all(cell, (17, 2))
    rng = np.random.default_rng(17)
    A1 = sigmoid(X @ rng.normal(size=(2, 3)))
    says = sigmoid(A1 @ rng.normal(size=(3, 1)))[:, 0]
    assert f"{100 * says[0]:.1f}, {100 * says[1]:.1f} and {100 * says[2]:.1f} points" in cell.words
    assert {f"{a:.2f}" for a in (*X[2], *A1[2], says[2])} <= set(drawn_words(cell.figure))


def test_the_slope_along_one_weight_is_the_one_measured_by_nudging():
    cell = shared("one_weight")
    which = cell.controls["which"].texts.index("W1[1, 2]")
    set_all(cell, (which, -1.9))
    changed = W1.copy()
    changed[1, 2] = -1.2
    net = Network.from_weights([changed, W2])
    slope = numerical_gradients(net, X, Y).weights[0][1, 2]
    assert f"W1[1, 2] = 0.7 − 1.9 = −1.2: the loss is {net.loss(X, Y):.6f}" in cell.words
    assert f"slope {slope:.6f}".replace("-", "−") in cell.words
    assert cell.words.endswith("to the left." if slope > 0 else "to the right.")
    curve, tangent, point = cell.figure.axes[0].lines
    heights = np.interp([-1.2], *curve.get_data())
    np.testing.assert_allclose(heights, net.loss(X, Y), rtol=1e-4)
    np.testing.assert_allclose(point.get_data(), [[-1.2], [net.loss(X, Y)]])
    x, y = tangent.get_data()
    np.testing.assert_allclose((y[1] - y[0]) / (x[1] - x[0]), slope, rtol=1e-6)


def test_the_steps_of_the_chain_rule_end_at_the_gradients():
    cell = shared("chain_rule")
    words = []
    for step in range(12):
        cell.controls["step"].value = step
        words.append(cell.words)
    dW1, dW2 = numerical_gradients(NET, X[:1], Y[:1]).weights
    for text, gradients in ((words[8], dW2[:, 0]), (words[11], dW1.ravel())):
        for gradient in gradients:
            assert f"−{abs(gradient):.6f}" in text
    assert "77.48 points" in words[4]
    assert "0.774817 − 0.92 = −0.145183; the loss, its square, is 0.021078." in words[5]
    assert "= −0.020265, −0.025331 and −0.045596." in words[9]
    notes = {7: "dz = −0.0507", 9: "da = −0.0203", 10: "dz = −0.0041"}
    for step, note in notes.items():
        cell.controls["step"].value = step
        assert note in drawn_words(cell.figure)


def test_all_pull_as_the_mean_of_each():
    cell = shared("pulls")
    _, dW2 = numerical_gradients(NET, X, np.array([[0.3], *Y[1:].tolist()])).weights
    cell.controls["points"].value = 30
    assert f"{dW2[0, 0]:.6f}" in cell.words
    cell.controls["who"].value = [1]
    _, dW2 = numerical_gradients(NET, X[1:2], Y[1:2]).weights
    assert f"−{abs(dW2[0, 0]):.6f}" in cell.words
    assert f"−{abs(dW2[0, 0]):.4f}" in drawn_words(cell.figure)
    assert f"says {100 * NET.predict(X[1:2])[0, 0]:.1f} points" in cell.words


def test_the_way_downhill_is_told_up_to_the_step():
    cell = shared("downhill")
    set_all(cell, (10.0, 5))
    path, losses = walk(10.0)
    u, v = path[5]
    assert f"after 5 steps is {losses[5]:.6f}, at u = −{abs(u):.2f}, v = {v:.2f}." in cell.words
    curve, surface = cell.figure.axes
    assert has_line(curve, np.arange(6), losses[:6])
    assert has_line(surface, *path[:6].T)


def test_the_way_of_a_rolling_path_is_told_with_its_rate_and_its_momentum():
    cell = shared("rolling")
    set_all(cell, (10.0, 0.5, 5))
    path, losses = walk(15.0)
    u, v = path[5]
    told = f"rate 10 and the momentum 0.5, the loss after 5 steps is {losses[5]:.6f}, at "
    assert f"{told}u = −{abs(u):.2f}, v = {v:.2f}." in cell.words
    curve, surface = cell.figure.axes
    assert has_line(curve, np.arange(6), losses[:6])
    assert has_line(surface, *path[:6].T)


def test_a_student_on_the_border_is_inside():
    cell = shared("new_student")
    set_all(cell, (3.0, 5.0))
    assert "inside the rectangle" in cell.words
    set_all(cell, (3.5, 5.0))
    assert "outside the rectangle around the three students, an extrapolation" in cell.words
    assert f"{points(np.array([[3.5, 5.0]]))[0, 0]:.2f} points" in cell.words
    assert has_line(cell.figure.axes[0], [3.5], [5.0])


def test_overfitting_is_told_from_the_validation_loss():
    cell = shared("overfitting")
    set_all(cell, (5, 15))
    steps, _, validation = experiment(5, 15)
    best = int(validation.argmin())
    assert 0 < best < len(steps) - 1
    assert f"lowest, {significant(validation[best], 2)}, at step {steps[best]};" in cell.words
    assert f"{validation[-1] / validation[best]:.2f} times as high" in cell.words
    ax = cell.figure.axes[0]
    assert has_line(ax, steps, validation)
    assert has_line(ax, [steps[best]], [validation[best]])


def test_the_xor_cell_trains_the_network_that_it_names(monkeypatch):
    cell, drawn = explore.xor_boundary(), []
    monkeypatch.setattr(networks, "decision_boundary", lambda *data: drawn.append(data))
    _, words = cell.draw(n_hidden=3, activation="sigmoid", seed=0)
    inputs, targets = xor()
    net = Network([2, 3, 1], rng=np.random.default_rng(0))
    loss = train(net, inputs, targets, epochs=3000, learning_rate=5).loss[-1]
    assert f"loss {loss:.4f}, 4 of 4 answers right." in words
    first, second, outputs, *_ = drawn[0]
    np.testing.assert_allclose(outputs[3, 20], net.predict([[first[20], second[3]]])[0, 0])
    _, words = cell.draw(n_hidden=1, activation="sigmoid", seed=0)
    assert words.endswith("it has not learned XOR.")


def test_the_named_widths_are_glorots_and_hes():
    cell = shared("start_width")
    for bend in ("tanh", "ReLU"):
        for s, line in ((0.1, 1), (0.141, 2)):
            set_all(cell, (bend, s))
            mine, named = (cell.figure.axes[0].lines[k].get_ydata() for k in (0, line))
            np.testing.assert_allclose(mine, named, rtol=0.1)
    # He's width was made for ReLU: with it the samples stay apart, with Glorot's hardly.
    glorot, he = (cell.figure.axes[0].lines[k].get_ydata() for k in (1, 2))
    assert he[-1] > 0.5 * he[0]
    assert glorot[-1] < 0.05 * glorot[0]
    # Only tanh keeps the activations below 1.
    set_all(cell, ("tanh", 1.0))
    assert np.max(cell.figure.axes[0].lines[0].get_ydata()) < 1
    set_all(cell, ("ReLU", 1.0))
    last = cell.figure.axes[0].lines[0].get_ydata()[9]
    assert f"{float(f'{last:.2g}'):,.0f} in layer 10" in cell.words


def test_the_cell_on_widths_begins_as_the_chapters_picture():
    stored = nbformat.read(NOTEBOOKS / "12_start_well.ipynb", as_version=4)
    texts = [output.get("text", "") for cell in stored.cells for output in cell.get("outputs", [])]
    (said,) = (text for text in texts if "through ten layers of ReLU" in text)
    lines = shared("start_width").figure.axes[0].lines
    mine, glorot, he = (line.get_ydata()[-1] for line in lines)
    assert f"With He it falls to {he:.2f}, with Glorot to {glorot:.3f}, " in said
    assert f"with the width 0.05 to {mine:.6f}." in said


def test_the_width_cell_shows_what_tells_samples_apart_and_not_neurons():
    """With Glorot's width, deep sigmoid neurons differ, and each says the same to all samples."""
    cell = shared("start_width")
    set_all(cell, ("sigmoid", 0.1))
    mine = cell.figure.axes[0].lines[0].get_ydata()
    assert mine[0] > 0.04
    assert mine[-1] < 1e-6
    assert "0.00000" in cell.words or "e-07" in cell.words


def test_an_image_is_followed_with_its_own_probabilities():
    cell = shared("one_image")
    set_all(cell, (7, 0))
    p, label = some_answers()[0, 7], DATA.y_test[7]
    verdict = "right" if p.argmax() == label else "wrong"
    assert f"says {p.argmax()}, with probability {p.max():.2f}, and is {verdict}" in cell.words
    assert f"The loss is {-np.log(p[label]):.3f}." in cell.words
    picture, bars = cell.figure.axes
    np.testing.assert_array_equal(picture.images[0].get_array().ravel(), DATA.X_test[7])
    np.testing.assert_allclose([bar.get_height() for bar in bars.patches], p)


def press(cell, k):
    """Do what the page does when pixel k is pressed."""
    wire = cell.move_flipped
    pixels = list(wire["value"])
    pixels[k] = 1 - pixels[k]
    cell.move_flipped = {**wire, "value": pixels}


def test_only_pressed_pixels_are_flipped_and_a_second_press_brings_them_back():
    cell = MAKE["flipped_pixels"]()
    clean = cell.words
    assert cell.move_flipped["under"] == DATA.X_test[0].tolist()
    press(cell, 9)
    changed = DATA.X_test[0].copy()
    changed[9] = 1 - changed[9]
    assert "1 of 64 pixels flipped" in cell.words
    assert f"probability {READER.predict(changed[np.newaxis]).max():.2f}" in cell.words
    np.testing.assert_array_equal(cell.figure.axes[0].images[0].get_array().ravel(), changed)
    press(cell, 9)
    assert cell.words == clean


def test_another_image_begins_unflipped():
    cell = MAKE["flipped_pixels"]()
    kept = DATA.X_test.copy()
    press(cell, 0)
    before = cell.move_flipped
    cell.controls["image"].value = 5
    assert "0 of 64 pixels flipped" in cell.words
    assert cell.move_flipped == {"value": [0.0] * 64, "under": DATA.X_test[5].tolist()}
    np.testing.assert_array_equal(DATA.X_test, kept)
    cell.move_flipped = before  # pressed in the page before it knew of the other image
    assert "0 of 64 pixels flipped" in cell.words
    assert cell.move_flipped["under"] == DATA.X_test[5].tolist()


@pytest.mark.parametrize(("right", "down"), list(itertools.product((-2, -1, 0, 1, 2), repeat=2)))
def test_a_digit_is_pushed_by_whole_pixels_and_loses_what_is_pushed_out(right, down):
    image, expected = np.arange(1.0, 65).reshape(8, 8), np.zeros((8, 8))
    for i, j in itertools.product(range(8), repeat=2):
        if 0 <= i - down < 8 and 0 <= j - right < 8:
            expected[i, j] = image[i - down, j - right]
    np.testing.assert_array_equal(networks.pushed(image.ravel(), right, down), expected.ravel())


def test_ones_own_digit_is_read_as_it_lies_after_the_push():
    cell = shared("own_digit")
    cell.controls["right"].value = 1
    moved = np.roll(SEVEN, 1, axis=1).ravel()
    p = READER.predict(moved[np.newaxis])[0]
    assert "12 black pixels, pushed 1 to the right and 0 down" in cell.words
    assert f"says {p.argmax()}, with probability {p.max():.2f}. Next comes" in cell.words
    assert cell.words.endswith(f"with {np.sort(p)[-2]:.2f}.")
    picture, bars = cell.figure.axes
    np.testing.assert_array_equal(picture.images[0].get_array().ravel(), moved)
    np.testing.assert_allclose([bar.get_height() for bar in bars.patches], p)
    assert cell.controls["pixels"].value == tuple(SEVEN.ravel())


def test_an_empty_field_is_read_too():
    cell = shared("own_digit")
    cell.controls["pixels"].value = [0] * 64
    assert cell.words.startswith("0 black pixels")
    assert f"probability {READER.predict(np.zeros((1, 64))).max():.2f}" in cell.words


# The controls themselves


def test_a_slider_takes_exactly_its_settings():
    control = controls.slider("z", 0.3, -1.0, 1.0, 0.1)
    assert control.settings == tuple(k / 10 for k in range(-10, 11))
    assert [control.text(value) for value in (-1.0, -0.1, 0.0, 0.1 + 0.2)] == [
        "−1.0", "−0.1", "0.0", "0.3"
    ]  # fmt: skip
    control.value = 0.1 + 0.2
    assert control.value == 0.3
    with pytest.raises(ValueError, match=r"'z' can't be 0\.25, only one of 21 settings from −1\.0"):
        control.value = 0.25
    with pytest.raises(ValueError, match=r"'z' can't be 1\.5"):
        controls.slider("z", 1.5, -1.0, 1.0, 0.1)


def test_units_stand_behind_numbers():
    assert controls.slider("hours", 4.0, 0.0, 6.0, 0.5, unit="h").text(4.5) == "4.5 h"
    assert controls.steps("width", (0.025, 1.0), 1.0).texts == ("0.025", "1")


def test_a_choice_may_hold_anything():
    control = controls.choice("who", [("Ann", [0]), ("all", [0, 1])], [0, 1])
    assert control.text([0]) == "Ann"
    control.value = [0]
    assert control.value == [0]
    with pytest.raises(ValueError, match="'who' can't be 3, only one of 2 settings from Ann"):
        control.value = 3


@pytest.mark.parametrize("pixels", [[0.0] * 63, [0.0] * 63 + [1.1], [np.nan] * 64, 3])
def test_pixels_refuse_what_is_no_ink(pixels):
    with pytest.raises(ValueError, match="64 numbers from 0 to 1 are needed"):
        controls.Pixels("digit", "erase", pixels)


def test_a_change_is_told_once_and_no_change_not_at_all():
    told = []
    for control, value in (
        (controls.slider("n", 1, 0, 3), 2),
        (controls.Pixels("digit", "erase"), [1.0] * 64),
    ):
        control.watch(lambda: told.append("first"))
        control.watch(lambda: told.append("then"))
        control.value = value
        control.value = value
        assert told == ["first", "then"]
        told.clear()


def test_two_bends_look_the_same_whichever_way_one_came():
    cell = shared("two_bends")
    cell.controls["v1"].value = -6.0
    before = cell.picture
    cell.controls["v1"].value = 6.0
    cell.controls["v1"].value = -6.0
    assert cell.picture == before
    cell.controls["v1"].value = 4.0

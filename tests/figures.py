"""One example of each figure, and the data that it shows."""

import warnings
from functools import cache

import numpy as np

from nn_tutorial import Network, plots
from nn_tutorial.data import made_up_weights

X = np.array([[2.0, 9.0], [1.0, 5.0], [3.0, 6.0]])
NAMES = ["(2, 9)", "(1, 5)", "(3, 6)"]
SCORES = np.array([92.0, 86.0, 89.0])
W1, W2 = made_up_weights()
START_W1 = np.array([[-0.8917, 0.2830, -1.5579], [0.5572, 0.3940, 0.6426]])
START_W2 = np.array([[-0.1674], [-1.8230], [-0.9357]])
VALUES = [np.array([2 / 3, 1]), np.array([0.717751, 0.668188, 0.682799]), np.array([0.774817])]
GRADIENTS = [
    np.array([[-0.002737, -0.003744, -0.006584], [-0.004105, -0.005616, -0.009875]]),
    np.array([[-0.036363], [-0.033852], [-0.034592]]),
]
INPUTS, OUTPUTS = ["hours studied", "hours slept"], ["predicted score"]
STEPS = np.arange(201)
LOSS = 0.5 * np.exp(-STEPS / 20) + 0.0002
STUDIED, SLEPT = np.linspace(0, 6, 13), np.linspace(0, 12, 17)
SURFACE = 80 + STUDIED[None, :] / 2 + SLEPT[:, None]
SPREAD = 0.1 + (STUDIED[None, :] - 2) ** 2 / 4 + (SLEPT[:, None] - 7) ** 2 / 20
ANSWERS = np.random.default_rng(1).normal(91, 1, 300)
DOWNHILL = np.array([[5.0, 1.0], [3.0, 4.0], [2.0, 7.0], [1.0, 8.0]])
EPSILONS = 10.0 ** -np.arange(1, 13)
XOR, CLASSES = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
GRID = np.linspace(-0.3, 1.3, 41)
# A hand-made XOR network: at least one input, but not both.
HAND = ([[6.0, 6.0], [6.0, 6.0]], [[9.0], [-9.0]]), ([-3.0, -9.0], [-4.0])
RATES = {"no hidden layer": 0.0, "2-2-1": 0.755, "2-3-1": 0.98, "2-8-1": 1.0}
PX, PY = np.array([1.0, 2, 3, 4]), np.array([4.1, 4.9, 6.2, 6.8])
FITS = {"through the origin": (1.9, 0.0), "with a bias": (0.94, 3.15)}
LAYERS = np.arange(1, 11)
SPREADS = {
    "too small": 0.1**LAYERS,
    "tanh, Glorot": 0.6 * 0.9**LAYERS,
    "ReLU, Glorot": 0.8 * 0.7**LAYERS,
    "ReLU, He": 0.85 + 0.01 * LAYERS,
    "too large": np.full(10, 0.93),
}
RNG = np.random.default_rng(4)
ACTIVATIONS = [np.tanh(RNG.normal(0, s, (40, 50))) for s in (2, 1, 0.7, 0.4, 0.1)]
PANELS = ["layer 1", "layer 3", "layer 5", "layer 7", "layer 10"]
IMAGES = np.clip(RNG.normal(0.4, 0.4, (40, 8, 8)), 0, 1)
SAYS = [f"{k % 10}, says 9" for k in range(40)]
WEIGHTS = RNG.normal(0, 1, (64, 32))
COUNTS = np.diag([42, 34, 40, 31, 31, 33, 29, 38, 31, 0])
COUNTS[4, 9], COUNTS[0, 5], COUNTS[5, 9] = 3, 1, 12
BELIEF = np.array([0.25, 0.0, 0.004, 0.0, 0.0, 0.736, 0.0, 0.0, 0.01, 0.0])
LOSSES = {
    "wrong sign": 0.792,
    "correct": 0.0001913,
    "sum for mean": 0.000122,
    "σ′ of the wrong argument": 0.000148,
    "W2 updated first": 0.000189,
    "2 forgotten": 0.000248,
    "no hidden σ′": 0.000316,
    "no σ′ at the output": 0.0005996,
    "frozen hidden layer": 0.000662,
    "z(1 − z) for σ′": 0.1527,
}


def hand_network():
    return Network.from_weights(*HAND)


def plane(net):
    points = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
    return net.predict(points).reshape(len(GRID), len(GRID))


def boundary(scale=1.0):
    net = hand_network()
    net.weights[1] *= scale
    net.biases[1] *= scale
    return plots.decision_boundary(GRID, GRID, plane(net), XOR, CLASSES, title=f"× {scale:.2f}")


def small_network_graph():
    """Return the 2-3-1 network of the series with a squared error: 31 values, 33 edges."""
    nodes, edges = {}, []

    def add(name, text, *sources):
        nodes[name] = f"{text}\n0.6667\n−0.0363"
        edges.extend((source, name) for source in sources)

    add("x1", "x1")
    add("x2", "x2")
    for j in range(3):
        for k in (1, 2):
            add(f"w{k}{j}", f"W1[{k - 1},{j}]")
            add(f"m{k}{j}", "×", f"x{k}", f"w{k}{j}")
        add(f"z{j}", "+", f"m1{j}", f"m2{j}")
        add(f"a{j}", "σ", f"z{j}")
        add(f"v{j}", f"W2[{j}]")
        add(f"q{j}", "×", f"a{j}", f"v{j}")
    add("s", "+", "q0", "q1", "q2")
    add("o", "σ", "s")
    add("y", "y")
    add("e", "−", "o", "y")
    add("L", "×", "e", "e")
    return nodes, edges


# a is used twice at once, and again later: an edge that must pass by other boxes.
REUSED = (
    {"a": "a\n3", "b": "b = a·a\n9", "c": "c = b + a\n12", "d": "d = c·a + 2\n38", "k": "2"},
    [("a", "b"), ("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d"), ("k", "d")],
)

# The smallest network of chapter 06: x → z1 → a1 → z2 → a2 → L, with w1 and w2.
CHAIN = (
    ["x", "z1", "a1", "z2", "a2", "L"],
    [0.5, 0.2, 0.549834, 0.3299, 0.581736, 0.047639],
    [0.4, 0.247517, 0.6, 0.243319, -0.436528],
    {1: ("w1", 0.4, 0.5), 3: ("w2", 0.6, 0.549834)},
)
CUPS, MET = np.linspace(0, 8, 81), np.array([[0.0, 0], [2, 1.4], [6, 0.6]])
BENDS = {"neuron 1": 4 / (1 + np.exp(-3 * CUPS)), "neuron 2": -4 / (1 + np.exp(-0.3 * CUPS))}
MACHINES = np.array([1, 10, 100, 1000])
FASTER = {"server": np.array([1, 4, 0.5, 0.05]), "ring": np.array([1, 9, 60, 200])}

FIGURES = {
    "network_diagram": lambda: plots.network_diagram([W1, W2], VALUES, None, INPUTS, OUTPUTS),
    "scaling": lambda: plots.scaling(X, X / X.max(axis=0), NAMES),
    "sigmoid_curve": lambda: plots.sigmoid_curve([-2.0, 2.0]),
    "sigmoid_with_tangent": lambda: plots.sigmoid_with_tangent(0.0, [7.6, 3.9, 6.5]),
    "slope_curve": lambda: plots.slope_curve([7.6, 3.9, 6.5]),
    "activations": plots.activations,
    "shapes": lambda: plots.shapes([("X", 3, 2), "@", ("W1", 2, 3), "=", ("Z1", 3, 3)]),
    "loss_along_weight": lambda: plots.loss_along_weight(
        np.linspace(-2, 4, 50), np.linspace(-2, 4, 50) ** 2, (0.5, 0.25), 1.0, "W2[0]"
    ),
    "loss_over_weights": lambda: plots.loss_over_weights(
        STUDIED, SLEPT, SPREAD, (1.0, 2.0), np.array([[5.0, 1.0], [3.0, 4.0], [2.0, 7.0]])
    ),
    "descent": lambda: plots.descent(STUDIED, SLEPT, SPREAD, DOWNHILL, LOSS[:4], 2, ("a", "b")),
    "nudge_errors": lambda: plots.nudge_errors(EPSILONS, EPSILONS**2, EPSILONS),
    "loss_curves": lambda: plots.loss_curves({"a": LOSS, "b": LOSS / 2}, 0.0006),
    "predictions_over_time": lambda: plots.predictions_over_time(
        STEPS, SCORES - 60 * LOSS[:, None], SCORES, NAMES
    ),
    "learning_rates": lambda: plots.learning_rates({0.1: LOSS, 1.5: LOSS / 2, 15: LOSS / 4}, 6e-4),
    "score_surface": lambda: plots.score_surface(
        STUDIED, SLEPT, SURFACE, X, SCORES, {"new (4, 8)": (4, 8)}
    ),
    "trust_map": lambda: plots.trust_map(STUDIED, SLEPT, SPREAD, X, {"new (4, 8)": (4, 8)}),
    "answers_histogram": lambda: plots.answers_histogram(ANSWERS, {"this": 90.5, "plane": 90.7}),
    "train_validation": lambda: plots.train_validation(LOSS, LOSS + STEPS * 1e-5, 80),
    "decision_boundary": boundary,
    "success_rates": lambda: plots.success_rates(RATES),
    "chain_of_slopes": lambda: plots.chain_of_slopes(*CHAIN),
    "sum_of_bends": lambda: plots.sum_of_bends(CUPS, BENDS, MET),
    "line_fits": lambda: plots.line_fits(PX, PY, FITS),
    "spread_through_layers": lambda: plots.spread_through_layers(SPREADS),
    "activation_histograms": lambda: plots.activation_histograms(ACTIVATIONS, PANELS),
    "digit_grid": lambda: plots.digit_grid(IMAGES, SAYS),
    "weight_images": lambda: plots.weight_images(WEIGHTS),
    "confusion_matrix": lambda: plots.confusion_matrix(COUNTS),
    "digit_with_probabilities": lambda: plots.digit_with_probabilities(IMAGES[0], BELIEF, 0),
    "loss_comparison": lambda: plots.loss_comparison(LOSSES, 0.0006, "correct"),
    "computation_graph": lambda: plots.computation_graph(*small_network_graph()),
    "speed_ups": lambda: plots.speed_ups(MACHINES, FASTER),
    "shard_weights": lambda: plots.shard_weights([132, 199, 298, 448], 0.075),
}
DRAWINGS = {  # without axes
    "network_diagram", "shapes", "digit_grid", "computation_graph", "chain_of_slopes",
}  # fmt: skip
SHARED_X = {"activation_histograms", "learning_rates"}  # panels beside each other share a label
SHARED_Y = {"learning_rates"}
SCALES = {"decision_boundary", "weight_images"}  # their last axes are a scale, named at its side
NAMED_ROWS = {"success_rates", "loss_comparison"}  # rows carry names, and need no more
PICTURES = {"digit_with_probabilities", "weight_images"}  # their first axes are a picture


@cache
def drawn(name):
    """Draw an example once for all tests that only look; return it, its PNG, and all warnings."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        fig = FIGURES[name]()
        picture = plots.to_png(fig)
    return fig, picture, warned, holds(fig)


def figure(name):
    """Return an example figure that others look at, too: nothing may be changed in it."""
    fig, _, _, held = drawn(name)
    assert holds(fig) == held, f"a test has changed {name}, which others look at"
    return fig


def png(name):
    return drawn(name)[1]


def holds(fig):
    """What a test could change in a figure: limits, titles, texts, colours, the number of parts."""
    return [
        (
            ax.get_xlim(), ax.get_ylim(), ax.get_title(loc="left"), len(ax.get_children()),
            [text.get_text() for text in ax.texts], [line.get_color() for line in ax.lines],
        )
        for ax in fig.axes
    ]  # fmt: skip

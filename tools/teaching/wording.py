"""What an exercise says on paper, away from its notebook: its words, its data, its minutes."""

from nn_tutorial import exam_scores
from nn_tutorial.data import made_up_weights
from nn_tutorial.exercises import Exercise
from teaching.page import table

STUDENT = (
    "A student has these hours. Divided by 3 and 9 they go through the network of the data; the "
    "target is the score divided by 100, and the loss is the squared error of this one student. "
)
# The notebooks' questions lean on what stands around them; these don't.
WORDS = {
    "say-the-shape": "A table `X` has the shape (n_students, n_features). Which shapes do "
    "`X.max(axis=0)`, `X[:, 1]` and `X[:2]` have?",
    "undo-the-scaling": "Somebody's hours, divided by the three students' maxima, and the "
    "network's output for them, are given. How many hours studied, hours slept and points are "
    "these?",
    "the-second-student": "The hours of the second student, (1, 5), are divided by 3 and 9. What "
    "are the three sums of the hidden neurons, before the bend?",
    "tell-two-students-apart": "Which hidden neuron tells the second student, (1, 5), and the "
    "third, (3, 6), apart best, with hours divided by 3 and 9: whose sums differ most?",
    "your-own-forward-pass": "A student has these hours. Divide them by 3 and 9, and compute the "
    "forward pass. How many points does the network say?",
    "the-limits": "The three given numbers replace the output weights. Hours cannot be negative: "
    "what is the lowest output of the network then, and what can it never exceed, both in points?",
    "reach-a-score": "Change one output weight, that of the given neuron, so that the first "
    "student, (2, 9), divided by 3 and 9, gets the given number of points. What is the new weight?",
    "collapse-by-hand": "Leave out the bend, and let the output weights be the three given "
    "numbers. Which two weights does the whole network have, for hours studied and for hours "
    "slept?",
    "how-steep": "One neuron has the sum z, another has the activation a. How steep is the sigmoid "
    "at the first neuron, and how steep at the second?",
    "shapes-of-a-forward-pass": "N students go through a network with D inputs, H hidden neurons "
    "and C outputs, without biases. Samples are rows. Which shapes do `X`, `W1`, `Z1`, `W2` and "
    "`y_pred` have?",
    "loss-by-hand": "A network gives the three students the given numbers of points; their scores "
    "are 92, 86 and 89. With points divided by 100, what are the mean, the sum, and half the sum "
    "of the squared errors?",
    "errors-of-a-nudge": "The curve `w**3` has the slope `3 * w**2`. Nudge it at the given `w` by "
    "the given `epsilon`: by how much is the one-sided slope too large, and by how much the "
    "centred one?",
    "another-target": "A network has one input, x = 0.5, one hidden neuron and one output, with "
    "the weights w1 = 0.4 and w2 = 0.6, a sigmoid after each sum, and the squared error as loss. "
    "The target is 0.2 in place of 0.8. What happens to the two slopes, `dw1` and `dw2`?",
    "blame-of-the-output": STUDENT + "What is `dz2`, the slope of the loss in the output's sum, "
    "and what are the three numbers of `dw2`, for the output weights?",
    "blame-of-the-hidden-layer": STUDENT + "What are the three numbers of `dz1`, the slopes of "
    "the loss in the hidden sums, and the two rows of `dW1`, from hours studied and from hours "
    "slept?",
    "one-update": STUDENT + "Update all nine weights once, with the given learning rate. How many "
    "points does the network say for these hours now?",
    "shapes-on-the-way-back": "A network has the given sizes: samples, features, hidden neurons "
    "and outputs. Samples are rows. Which shapes do `dZ2`, `dW2`, `dA1`, `dZ1` and `dW1` have?",
    "stuck-at-the-top": "A rate that was too large has pushed all predictions to 100 points, and "
    "there they stay. The given numbers are the three students' scores: what is the loss, the mean "
    "of the squared errors, with points divided by 100?",
}  # fmt: skip
DATA = {
    "undo-the-scaling": ("students",),
    "the-second-student": ("weights",),
    "tell-two-students-apart": ("weights",),
    "your-own-forward-pass": ("weights",),
    "the-limits": ("weights",),
    "reach-a-score": ("weights",),
    "collapse-by-hand": ("weights",),
    "blame-of-the-output": ("weights",),
    "blame-of-the-hidden-layer": ("weights",),
    "one-update": ("weights",),
    "fit-the-plane": ("students",),
}
# Estimates: nobody has timed them.
USUAL_MINUTES = {"prediction": 2, "shape": 4, "number": 5}
MINUTES = {
    "your-own-forward-pass": 8,
    "reach-a-score": 8,
    "blame-of-the-output": 12,
    "blame-of-the-hidden-layer": 16,
    "one-update": 24,
}


def minutes(exercise: Exercise) -> int:
    """Return how long an exercise takes on paper, with a calculator, by estimate."""
    return MINUTES.get(exercise.name, USUAL_MINUTES[exercise.kind])


def students_table() -> str:
    """Return the three students, as HTML."""
    X, y = exam_scores()
    rows = [[*map("{:g}".format, [*hours, *score])] for hours, score in zip(X, y, strict=True)]
    return (
        "<p>The three students:</p>"
        + table(["hours studied", "hours slept", "points"], rows)
        + "<p>Hours are divided by 3 and 9, the largest of their columns, points by 100.</p>"
    )


def weights_table() -> str:
    """Return the network with its nine weights, as HTML."""
    W1, W2 = made_up_weights()
    rows = [
        ["hours studied", *map("{:g}".format, W1[0])],
        ["hours slept", *map("{:g}".format, W1[1])],
        ["on to the output", *map("{:g}".format, W2[:, 0])],
    ]
    heads = ["weight for", "hidden neuron 1", "hidden neuron 2", "hidden neuron 3"]
    return (
        "<p>The network's weights:</p>"
        + table(heads, rows)
        + "<p>Every neuron adds up and bends with the sigmoid, 1 ÷ (1 + e<sup>−z</sup>). There are "
        "no biases.</p>"
    )


def data_of(exercise: Exercise) -> str:
    """Return the tables that an exercise needs, as HTML; mostly nothing."""
    made = {"students": students_table, "weights": weights_table}
    return "".join(made[name]() for name in DATA.get(exercise.name, ()))

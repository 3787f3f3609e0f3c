"""Chapter 15: bugs that the loss does not show."""

from functools import partial
from itertools import combinations

import numpy as np

from nn_tutorial import (
    MaxScaler,
    Network,
    exam_scores,
    numerical_gradients,
    relative_error,
    train,
)
from nn_tutorial.activations import sigmoid, sigmoid_slope_from_activation, tanh_slope
from nn_tutorial.data import recovered_start
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. A prediction: the right gradient of the wrong loss.


def found_by():
    scores = exam_scores()
    X, y = MaxScaler().fit_transform(scores.X), scores.y / 100 / 100
    net = Network.from_weights(recovered_start())
    pairs = zip(net.gradients(X, y).weights, numerical_gradients(net, X, y).weights, strict=True)
    by_check = max(relative_error(*pair) for pair in pairs) > 0.01
    by_loss = train(net, X, y, epochs=1000, learning_rate=1.5).loss[-1] > 0.0006
    return "dbac"[2 * by_loss + by_check]


scores_divided_twice = Exercise(
    name="scores-divided-twice",
    chapter=15,
    kind="prediction",
    question="Somebody divides the scores by 100 twice, and trains the correct program on these "
    "targets, from the same start. Who finds the mistake: the loss after 1,000 steps, by being "
    "above 0.0006, or the gradient check?",
    solution=found_by,
    choices={
        "a": "The loss alone.",
        "b": "The gradient check alone.",
        "c": "Both.",
        "d": "Neither.",
    },
    mistakes={
        "wrong targets, so a large loss": Mistake(
            lambda: "a",
            "The loss is measured on the same wrong targets. They all lie near 0.009, and once the "
            "outputs are small as well, so is every error.",
            "The losses",
        ),
        "a check that knows what is right": Mistake(
            lambda: "b",
            "The check found ten of ten, so one trusts it with everything. But it compares two "
            "ways of finding the slope of one loss, and both were given the same targets.",
            "The gradient check",
        ),
        "too large to be missed": Mistake(
            lambda: "c",
            "A mistake by a factor of 100 should show somewhere. But both tools take the targets "
            "as they are, and neither asks what they mean.",
            "Other tools",
        ),
    },
)

# 2. The factors between four losses. What is constant is the same for losses and gradients.


def ratios_of_losses(n_samples, n_outputs):
    squares = np.random.default_rng(0).uniform(0, 1, (n_samples, n_outputs))
    others = squares.sum(), squares.sum() / 2, squares.sum(axis=1).mean()
    return [other / squares.mean() for other in others]


name_the_factor = Exercise(
    name="name-the-factor",
    chapter=15,
    kind="number",
    question="Your data has N samples and C outputs, and the loss is the mean of all squares. "
    "Three programs descend the sum of all squares, half of that sum, and the mean over the "
    "samples of each sample's sum: what are the ratios of their gradients to the right one?",
    solution=lambda n_samples, n_outputs: (
        n_samples * n_outputs,
        n_samples * n_outputs / 2,
        n_outputs,
    ),
    also_right=(ratios_of_losses, lambda n, c: np.array([n, n / 2, 1]) * c),
    menus={"n_samples": range(11, 60), "n_outputs": range(3, 10)},
    decimals=1,
    mistakes={
        "the outputs forgotten": Mistake(
            lambda n, c: (n, n / 2, 1),
            "In this chapter the sum gave 3 times the gradient, the number of samples. But there "
            "each sample has one square; here it has several, and the mean is over all of them.",
            "Read where it sits",
        ),
        "the outputs forgotten twice": Mistake(
            lambda n, c: (n, n / 2, c),
            "Your third number knows that a sample has several outputs, your first and second do "
            "not. Count the squares that the right loss is a mean of.",
            "Read where it sits",
        ),
        "upside down": Mistake(
            lambda n, c: (1 / (n * c), 2 / (n * c), 1 / c),
            "The right gradient was divided by the program's. The word “ratio” does not say which "
            "comes first; think of a program that takes too large a step.",
            "Read where it sits",
        ),
        "the 2 of the square counted": Mistake(
            lambda n, c: (2 * n * c, n * c, 2 * c),
            "The slope of a square brings a 2, and one remembers it. But the gradient of the mean "
            "has it as well, so it makes no difference between the two.",
            "Read where it sits",
        ),
        "a half alone": Mistake(
            lambda n, c: (n * c, 1 / 2, c),
            "0.5 is the ratio of exhibit 4, which descends half of the mean. Here it is half of "
            "the sum, and the sum itself is not the mean.",
            "The museum",
        ),
        "samples in place of outputs": Mistake(
            lambda n, c: (n * c, n * c / 2, n),
            "“The mean over the samples” sounds as if the samples made the difference. But the "
            "right loss is divided by their number, too: ask what else it is divided by.",
            "Read where it sits",
        ),
        "added, not multiplied": Mistake(
            lambda n, c: (n + c, (n + c) / 2, c),
            "Samples and outputs were added. A table has as many entries as rows times columns.",
            "Read where it sits",
        ),
        "the sum for the third as well": Mistake(
            lambda n, c: (n * c, n * c / 2, n * c),
            "Your third number is that of the sum. The third program takes a mean over the "
            "samples.",
            "Read where it sits",
        ),
        "half of the samples": Mistake(
            lambda n, c: (n * c, n / 2, c),
            "Your second number is half of the samples. Half of the sum is half of your first "
            "number.",
            "Read where it sits",
        ),
        "the outputs alone": Mistake(
            lambda n, c: (c, c / 2, 1),
            "The samples are missing. A sum over all of them grows with their number, and a mean "
            "does not.",
            "Read where it sits",
        ),
    },
)

# 3. The stranger's program, with some of its bugs or none: each half-mended program is known.

CLUES = {
    "the factor": "Every gradient has a wrong factor as soon as there are several outputs; with "
    "one output it cannot be seen.",
    "the slope": "In `W1` and `b1` the error varies from entry to entry: a slope was copied from a "
    "network with another bend.",
    "the biases": "The biases have a wrong factor of their own: what is shared out at the output "
    "is shared out once more.",
}


def samples_weights_and_biases(rng, size):
    n_samples, n_features, n_hidden, n_outputs = unequal(rng, size, 4)
    X, y = rng.normal(size=(n_samples, n_features)), rng.uniform(0, 1, (n_samples, n_outputs))
    W1, W2 = rng.normal(size=(n_features, n_hidden)), rng.normal(size=(n_hidden, n_outputs))
    return X, y, W1, rng.normal(size=n_hidden), W2, rng.normal(size=n_outputs)


def stranger(X, y, W1, b1, W2, b2, bugs=(), slope1=None, slope2=None, add_up=None):
    add_up = add_up or (np.mean if "the biases" in bugs else np.sum)
    A1 = np.tanh(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    dZ2 = 2 / (len(X) if "the factor" in bugs else y.size) * (A2 - y)
    dZ2 = dZ2 * (slope2 or sigmoid_slope_from_activation)(A2)
    slope1 = sigmoid_slope_from_activation if "the slope" in bugs else slope1
    dZ1 = dZ2 @ W2.T * (slope1(A1) if slope1 else 1 - A1**2)
    return X.T @ dZ1, add_up(dZ1, axis=0), A1.T @ dZ2, add_up(dZ2, axis=0)


def by_the_package(X, y, W1, b1, W2, b2, gradients=Network.gradients):
    net = Network.from_weights([W1, W2], [b1, b2], activation="tanh")
    (dW1, dW2), (db1, db2) = gradients(net, X, y)
    return dW1, db1, dW2, db2


def by_sigmoids(X, y, W1, b1, W2, b2):
    net = Network.from_weights([W1, W2], [b1, b2])
    (dW1, dW2), (db1, db2) = net.gradients(X, y)
    return dW1, db1, dW2, db2


def wrong_only_in(part, *case):
    right, wrong = stranger(*case), stranger(*case, bugs=("the biases",))
    return [*right[:part], wrong[part], *right[part + 1 :]]


def still_in(*bugs):
    name = " and ".join(bugs) if len(bugs) < 3 else "everything"
    explanation = " ".join(CLUES[bug] for bug in bugs)
    return f"{name} left to mend", Mistake(
        partial(stranger, bugs=bugs), explanation, "Read where it sits"
    )


mend_the_program = Exercise(
    name="mend-the-program",
    chapter=15,
    kind="function",
    question="The `stranger` has three bugs. Write `mended(X, y, W1, b1, W2, b2)`, which returns "
    "the right gradients of the mean loss, in the stranger's order and for any number of outputs.",
    solution=lambda X, y, W1, b1, W2, b2: stranger(X, y, W1, b1, W2, b2),
    also_right=(by_the_package, partial(by_the_package, gradients=numerical_gradients)),
    draw=samples_weights_and_biases,
    mistakes=dict(still_in(*bugs) for n in (3, 2, 1) for bugs in combinations(CLUES, n))
    | {
        "the hidden biases left to mend": Mistake(
            partial(wrong_only_in, 1),
            "A mistake that was copied stands in two places, and one was mended. The check says in "
            "which of the four gradients it still is.",
            "Read where it sits",
        ),
        "the output's biases left to mend": Mistake(
            partial(wrong_only_in, 3),
            "A mistake that was copied stands in two places, and one was mended. Do not stop at "
            "the first finding: run the check again after each.",
            "Read where it sits",
        ),
        "divided by the outputs alone": Mistake(
            lambda *case: [len(case[0]) * gradient for gradient in stranger(*case)],
            "The outputs were missing, and now they have taken the place of the samples. All "
            "gradients are still off by one number: which of your sizes is it?",
            "Read where it sits",
        ),
        "the slope of tanh, from the wrong argument": Mistake(
            partial(stranger, slope1=tanh_slope),
            "The formula is that of tanh now, but it bends an activation that is bent already. It "
            "is exhibit 2 again: a function that wants z was given a.",
            "The museum",
        ),
        "an output bent by tanh": Mistake(
            partial(stranger, slope2=lambda A2: 1 - A2**2),
            "The slope was changed in both layers. It looks consistent, but compare the gradients "
            "of `W2` before and after: the output's bend was not broken.",
            "Read where it sits",
        ),
        "one number for all biases": Mistake(
            partial(stranger, add_up=lambda dZ, axis: dZ.sum()),
            "Everything was added up into a single number; perhaps the axis went with the mean. A "
            "gradient has the shape of what it belongs to.",
            "A method",
        ),
        "the gradient of the sum": Mistake(
            lambda *case: [case[1].size * gradient for gradient in stranger(*case)],
            "The mean is gone altogether: this is the gradient of the sum of all squares, too "
            "large by the number of entries.",
            "Read where it sits",
        ),
        "no slope at the output": Mistake(
            partial(stranger, slope2=np.ones_like),
            "The slope of the output's bend is missing now. It was right in the stranger's "
            "program: compare with the check before and after.",
            "Read where it sits",
        ),
        "a square forgotten in the slope of tanh": Mistake(
            partial(stranger, slope1=lambda A1: 1 - A1),
            "1 minus the activation is not the slope of tanh. At 0 both are 1, and elsewhere they "
            "differ.",
            "Read where it sits",
        ),
        "a sigmoid in the hidden layer": Mistake(
            lambda X, y, W1, b1, W2, b2: by_sigmoids(X, y, W1, b1, W2, b2),
            "The hidden bend was exchanged for a sigmoid, which fits the slope that stood there. "
            "But the network is one with tanh; the slope was the bug.",
            "Read where it sits",
        ),
        "the biases left out of the forward pass": Mistake(
            lambda X, y, W1, b1, W2, b2: stranger(X, y, W1, 0 * b1, W2, 0 * b2),
            "The biases are not in the sums. Their gradients come from there, and so do all "
            "others.",
            "Read where it sits",
        ),
    },
)

# 4. Stretch. The notebook's `judge` says three things of a bug: 1 for yes, 0 for no.

hide_a_bug = Exercise(
    name="hide-a-bug",
    chapter=15,
    kind="number",
    question="Write `my_bug(X, y, W1, W2, rate)`, a step with a bug of your own. `judge` says of "
    "it, in this order, whether it beats always 89 after 1,000 steps, passes the gradient check, "
    "and hangs in the museum already: you want yes, no, no.",
    solution=lambda: (1, 0, 0),
    also_right=(lambda: [True, False, False], lambda: np.array([1.0, 0.0, 0.0])),
    mistakes={
        "no bug": Mistake(
            lambda: (1, 1, 0),
            "The check finds nothing: for one output, and up to rounding, this is the right "
            "gradient. Many a change of a formula only writes it in another way.",
            "The gradient check",
        ),
        "a bug that the loss sees": Mistake(
            lambda: (0, 0, 0),
            "It is new, and the check finds it, but so does everybody who looks at the loss. The "
            "first idea is often too coarse: a dangerous bug still goes downhill.",
            "The losses",
        ),
        "an exhibit of the museum": Mistake(
            lambda: (1, 0, 1),
            "It hides well, but it takes the same step as one of this chapter's programs. It may "
            "be written differently and still be the same mistake.",
            "The museum",
        ),
        "an exhibit that the loss sees": Mistake(
            lambda: (0, 0, 1),
            "It takes the same step as one of the exhibits that do not beat always 89. Start from "
            "the correct program, and disturb it less.",
            "The losses",
        ),
        "the correct step": Mistake(
            lambda: (1, 1, 1),
            "The check finds nothing, and the step is the same as that of a program of the "
            "chapter: it is the correct one. Disturb it.",
            "The gradient check",
        ),
        "a right gradient that does not arrive": Mistake(
            lambda: (0, 1, 0),
            "The check finds nothing, and the loss is not beaten: the direction is right, and the "
            "step is too short or too long. A bug that the check finds is wanted.",
            "The gradient check",
        ),
        "a slow program of the chapter": Mistake(
            lambda: (0, 1, 1),
            "The check finds nothing, the loss is not beaten, and the step is one of this "
            "chapter's. Start from the correct program, and disturb it.",
            "The losses",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    15, 3, questions.cross_entropy_of_one, questions.slope_of_bias, questions.standard_error
)

EXERCISES = (recalled, scores_divided_twice, name_the_factor, mend_the_program, hide_a_bug)

"""Chapter 07: the whole backward pass, and where it goes wrong."""

from itertools import pairwise

import numpy as np

from nn_tutorial import Network, numerical_gradients
from nn_tutorial.activations import sigmoid, sigmoid_slope
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.order import in_order, shuffles
from nn_tutorial.exercises.recall import recall

# 1. Shapes, of sizes that the student's name decides.

shapes_on_the_way_back = Exercise(
    name="shapes-on-the-way-back",
    chapter=7,
    kind="shape",
    question="Your four numbers are the sizes N, D, H and C of a network and its data. Which "
    "shapes do `dZ2`, `dW2`, `dA1`, `dZ1` and `dW1` have?",
    solution=lambda n_samples, n_features, n_hidden, n_outputs: (
        (n_samples, n_outputs),
        (n_hidden, n_outputs),
        (n_samples, n_hidden),
        (n_samples, n_hidden),
        (n_features, n_hidden),
    ),
    menus={
        "n_samples": range(20, 41),
        "n_features": (6, 7, 8, 9),
        "n_hidden": range(10, 17),
        "n_outputs": (2, 3, 4, 5),
    },
    mistakes={
        "samples as columns": Mistake(
            lambda n, d, h, c: ((c, n), (c, h), (h, n), (h, n), (h, d)),
            "Each shape is turned round. In many books a sample is a column; here it is a row, and "
            "whoever mixes two books gets a wrong transpose somewhere.",
            "Forward, and keep the activations",
        ),
        "gradients of weights turned round": Mistake(
            lambda n, d, h, c: ((n, c), (c, h), (n, h), (n, h), (h, d)),
            "`dW2` and `dW1` have their rows and columns exchanged, perhaps because a transpose "
            "stands in their lines. But such a table could not be subtracted from its weights.",
            "All five lines",
        ),
        "a gradient of the weights for each sample": Mistake(
            lambda n, d, h, c: ((n, c), (n, h, c), (n, h), (n, h), (n, d, h)),
            "Each sample does have its say on each weight. But what they say about the same weight "
            "is added up, and one table is left.",
            "From one student to all",
        ),
        "deltas added up over the samples": Mistake(
            lambda n, d, h, c: ((c,), (h, c), (h,), (h,), (d, h)),
            "The samples are added up in the gradients of the weights, and only there. On the way "
            "back each sample keeps its own blame.",
            "Line 3: back through the output weights",
        ),
        "`dA1` shaped like the weights it goes through": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (h, c), (n, h), (d, h)),
            "`dA1` is computed with the output weights, so their shape is at hand. But read the "
            "name: it is the gradient of something else.",
            "All five lines",
        ),
        "`dA1` and `dZ1` shaped like the output weights": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (h, c), (h, c), (d, h)),
            "The way back leads through the output weights, but they are only one factor of the "
            "product. What comes out of it belongs to samples, and so does what follows.",
            "All five lines",
        ),
        "`dZ1` shaped like the output weights": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, h), (h, c), (d, h)),
            "The step from `dA1` to `dZ1` multiplies entry by entry. No size can change there.",
            "Line 4: back through the bend",
        ),
        "`dZ1` shaped like the input weights": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, h), (d, h), (d, h)),
            "`dZ1` is used to compute `dW1`, but it is not of its shape. It still has the blame of "
            "each sample apart: read the name without its `d`.",
            "Line 4: back through the bend",
        ),
        "`dA1` shaped like the deltas it comes from": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, c), (n, h), (d, h)),
            "`dA1` is computed from `dZ2`, and the product changes one of the sizes. Which layer "
            "does the name `A1` stand for?",
            "Line 3: back through the output weights",
        ),
        "`dZ2` shaped like the output weights": Mistake(
            lambda n, d, h, c: ((h, c), (h, c), (n, h), (n, h), (d, h)),
            "`dZ2` begins with the errors, and there is one for each entry of the predictions. The "
            "weights come into play a line later.",
            "Line 1: the deltas of the output",
        ),
        "`dW2` alone turned round": Mistake(
            lambda n, d, h, c: ((n, c), (c, h), (n, h), (n, h), (d, h)),
            "`dW2` has its rows and columns exchanged, and such a table could not be subtracted "
            "from its weights. On the way back they are transposed; their gradient is not.",
            "Line 2: the output weights",
        ),
        "`dW1` alone turned round": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, h), (n, h), (h, d)),
            "`dW1` has its rows and columns exchanged, and such a table could not be subtracted "
            "from its weights. A transpose stands in its line, but of something else.",
            "Line 5: the input weights",
        ),
        "`dW1` shaped like the deltas": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, h), (n, h), (n, h)),
            "`dW1` is computed from `dZ1`, but in the product one size is added up and vanishes. "
            "Which one? And what is `dW1` going to be subtracted from?",
            "Line 5: the input weights",
        ),
        "a single output": Mistake(
            lambda n, d, h, c: ((n, 1), (h, 1), (n, h), (n, h), (d, h)),
            "The chapter's network has one output. Yours has C of them, and each has a column of "
            "its own.",
            "Line 1: the deltas of the output",
        ),
        "`dZ1` shaped like the inputs": Mistake(
            lambda n, d, h, c: ((n, c), (h, c), (n, h), (n, d), (d, h)),
            "`dZ1` is followed by the inputs, but it has not met them yet. Read the name without "
            "its `d`.",
            "Line 4: back through the bend",
        ),
    },
)

# 2. The first case has the chapter's sizes, to be easy to read. In the third all sizes are equal:
# there a missing transpose raises no error.


def samples_and_weights(rng, size):
    n, d, h, c = {0: (4, 2, 3, 1), 2: (3, 3, 3, 3)}.get(size) or unequal(rng, size, 4)
    X, y = rng.uniform(-2, 2, (n, d)).round(1), rng.uniform(0.1, 0.9, (n, c)).round(2)
    return X, y, rng.normal(0, 1.2, (d, h)).round(1), rng.normal(0, 1.2, (h, c)).round(1)


def backward(
    X,
    y,
    W1,
    W2,
    factor=lambda y: 2 / y.size,
    at_output=sigmoid_slope,
    inside=sigmoid_slope,
    back=np.transpose,
    turned=np.transpose,
    W2_back=None,
):
    """Return dW1 and dW2; the keywords are what can go wrong."""
    Z1 = X @ W1
    Z2 = sigmoid(Z1) @ W2
    dZ2 = factor(y) * (sigmoid(Z2) - y) * at_output(Z2)
    dZ1 = dZ2 @ back(W2 if W2_back is None else W2_back) * inside(Z1)
    return turned(X) @ dZ1, turned(sigmoid(Z1)) @ dZ2


def slope_of_slope(Z):
    return sigmoid_slope(sigmoid(Z))


def from_sums(Z):
    return Z * (1 - Z)


def backward_with(**changes):
    return lambda X, y, W1, W2: backward(X, y, W1, W2, **changes)


def as_it_is(table):
    return table


def sample_by_sample(X, y, W1, W2):
    dW1, dW2 = np.zeros(W1.shape), np.zeros(W2.shape)
    for x, target in zip(X, y, strict=True):
        a1 = sigmoid(x @ W1)
        a2 = sigmoid(a1 @ W2)
        dz2 = 2 * (a2 - target) * a2 * (1 - a2) / y.size
        dz1 = (W2 @ dz2) * a1 * (1 - a1)
        dW1 += np.outer(x, dz1)
        dW2 += np.outer(a1, dz2)
    return [dW1, dW2]


def twice_the_mean(X, y, W1, W2):
    dW1, dW2 = backward(X, y, W1, W2)
    return dW1 / len(y), dW2 / len(y)


backward_pass = Exercise(
    name="backward-pass",
    chapter=7,
    kind="function",
    question="Write `backward_pass(X, y, W1, W2)`, for any sizes and several outputs: the forward "
    "pass, then the way back. Return `dW1` and `dW2`, the gradients of the mean squared error.",
    solution=lambda X, y, W1, W2: backward(X, y, W1, W2),
    also_right=(
        sample_by_sample,
        lambda X, y, W1, W2: Network.from_weights([W1, W2]).gradients(X, y).weights,
        lambda X, y, W1, W2: numerical_gradients(Network.from_weights([W1, W2]), X, y).weights,
    ),
    draw=samples_and_weights,
    as_step=lambda answer: (
        lambda X, y, params, rate: [
            W - rate * np.asarray(dW) for W, dW in zip(params, answer(X, y, *params), strict=True)
        ]
    ),
    mistakes={
        "the sign of the error": Mistake(
            backward_with(factor=lambda y: -2 / y.size),
            "Target minus prediction says what is missing, and some books write the error so. The "
            "gradients then point downhill, and an update that subtracts them climbs.",
            "Line 1: the deltas of the output",
        ),
        "no slope at the output": Mistake(
            backward_with(at_output=np.ones_like),
            "The error was sent back as it is. But the output is bent, too: the error belongs to "
            "the activation, and the delta to the sum in front of it.",
            "Line 1: the deltas of the output",
        ),
        "no slope in the hidden layer": Mistake(
            backward_with(inside=np.ones_like),
            "The blame of the activations was used as if it were that of the sums. `dA1` and `dZ1` "
            "have the same shape, so no error says that a line is missing.",
            "Line 4: back through the bend",
        ),
        "no slope anywhere": Mistake(
            backward_with(at_output=np.ones_like, inside=np.ones_like),
            "The blame went back through the weights alone. Each layer ends in a bend, and the "
            "shapes do not change there, so no error says that something is missing twice.",
            "Line 4: back through the bend",
        ),
        "the slope of a sigmoid of the sigmoid": Mistake(
            backward_with(at_output=slope_of_slope, inside=slope_of_slope),
            "The form of the slope that takes a sum was given an activation, so there is one "
            "sigmoid too many. Chapter 03 has two forms, and each wants its own input.",
            "Line 4: back through the bend",
        ),
        "the slope from sums as if they were activations": Mistake(
            backward_with(at_output=from_sums, inside=from_sums),
            "The form of the slope that takes an activation was given a sum. The result can even "
            "be negative, and a sigmoid never falls.",
            "Line 4: back through the bend",
        ),
        "a sigmoid too many at the output": Mistake(
            backward_with(at_output=slope_of_slope),
            "In the hidden layer the slope is right. At the output the form that takes a sum was "
            "given an activation, so there is one sigmoid too many.",
            "Line 1: the deltas of the output",
        ),
        "a sigmoid too many in the hidden layer": Mistake(
            backward_with(inside=slope_of_slope),
            "At the output the slope is right. In the hidden layer the form that takes a sum was "
            "given an activation, so there is one sigmoid too many.",
            "Line 4: back through the bend",
        ),
        "a sum taken for an activation at the output": Mistake(
            backward_with(at_output=from_sums),
            "In the hidden layer the slope is right. At the output the form that takes an "
            "activation was given a sum, and the result can even be negative.",
            "Line 1: the deltas of the output",
        ),
        "a sum taken for an activation in the hidden layer": Mistake(
            backward_with(inside=from_sums),
            "At the output the slope is right. In the hidden layer the form that takes an "
            "activation was given a sum, and the result can even be negative.",
            "Line 4: back through the bend",
        ),
        "the output weights not transposed": Mistake(
            backward_with(back=as_it_is),
            "In one of the cases all sizes are equal, and there it runs: each neuron is blamed "
            "through weights of its neighbours. In the others the shapes do not fit.",
            "Line 3: back through the output weights",
        ),
        "inputs and activations not transposed": Mistake(
            backward_with(turned=as_it_is),
            "Lines 2 and 5 add up over the samples, so the samples must be the inner size. Without "
            "the transposes it runs only where all sizes are equal, and adds up something else.",
            "Line 2: the output weights",
        ),
        "the gradient of the sum": Mistake(
            backward_with(factor=lambda y: 2),
            "This is the gradient of the summed squares. The loss is their mean; with more samples "
            "or outputs these steps would get longer and longer.",
            "Line 1: the deltas of the output",
        ),
        "the gradient of half the sum": Mistake(
            backward_with(factor=lambda y: 1),
            "Half the sum of the squares is a loss of its own, which some books choose because its "
            "gradient looks tidy. Ours is the mean.",
            "Line 1: the deltas of the output",
        ),
        "the 2 forgotten": Mistake(
            backward_with(factor=lambda y: 1 / y.size),
            "The slope of a square has a 2 in it. Without it all steps are half as long, in the "
            "right direction: training works, and no loss curve tells you.",
            "Line 1: the deltas of the output",
        ),
        "divided by the samples only": Mistake(
            backward_with(factor=lambda y: 2 / len(y)),
            "With a single output this is right, which is why it is so common. The loss is the "
            "mean of all entries of a table: how many has it?",
            "Line 1: the deltas of the output",
        ),
        "the mean taken twice": Mistake(
            twice_the_mean,
            "Each gradient was divided by the number of samples, although the deltas contain the "
            "mean already. Lines 2 and 5 add up, and do no more.",
            "Line 2: the output weights",
        ),
        "the two gradients exchanged": Mistake(
            lambda X, y, W1, W2: backward(X, y, W1, W2)[::-1],
            "`dW2` was returned first, as it is the first that one computes on the way back. In "
            "which order does the question name them?",
            "All five lines",
        ),
        "half the sum, divided by the samples": Mistake(
            backward_with(factor=lambda y: 1 / len(y)),
            "This is the gradient of half of each sample's squares, averaged over the samples: "
            "two conventions of other books at once. Our loss is the mean of all squares.",
            "Line 1: the deltas of the output",
        ),
        "divided by the outputs only": Mistake(
            backward_with(factor=lambda y: 2 / y.shape[1]),
            "You divided by the length of a row. The loss is a mean over all entries of the "
            "table: how many has it?",
            "Line 1: the deltas of the output",
        ),
        "always three samples": Mistake(
            backward_with(factor=lambda y: 2 / 3),
            "The sum was divided by 3, the number of students in the chapter. A number typed into "
            "a function does not change with the table.",
            "Line 1: the deltas of the output",
        ),
    },
)

# 3. One step.


def samples_weights_and_rate(rng, size):
    return *samples_and_weights(rng, size), float(rng.integers(3, 9)) / 2 + 0.2


def step(X, y, W1, W2, learning_rate, **changes):
    dW1, dW2 = backward(X, y, W1, W2, **changes)
    return W1 - learning_rate * dW1, W2 - learning_rate * dW2


def step_too_early(X, y, W1, W2, learning_rate):
    _, new_W2 = step(X, y, W1, W2, learning_rate)
    return step(X, y, W1, W2, learning_rate, W2_back=new_W2)


def step_by_step(X, y, W1, W2, learning_rate):
    new_W1, _ = step(X, y, W1, W2, learning_rate)
    _, new_W2 = step(X, y, new_W1, W2, learning_rate)
    return new_W1, new_W2


def step_from_behind(X, y, W1, W2, learning_rate):
    _, new_W2 = step(X, y, W1, W2, learning_rate)
    new_W1, _ = step(X, y, W1, new_W2, learning_rate)
    return new_W1, new_W2


def stepping(tables=(1, 1), **slips):
    """Return a step with the slips of a gradient, and with a share for each table."""

    def answer(X, y, W1, W2, learning_rate):
        slopes = backward(X, y, W1, W2, **slips)
        return tuple(
            W - share * learning_rate * dW
            for W, share, dW in zip((W1, W2), tables, slopes, strict=True)
        )

    return answer


def one_by_one(X, y, W1, W2, learning_rate):
    for i in range(len(X)):
        W1, W2 = step(X[[i]], y[[i]], W1, W2, learning_rate)
    return W1, W2


one_step = Exercise(
    name="one-step-for-all",
    chapter=7,
    kind="function",
    question="Write `one_step(X, y, W1, W2, learning_rate)`: one update of both tables, from all "
    "samples. Return the new `W1` and the new `W2`.",
    solution=lambda X, y, W1, W2, learning_rate: step(X, y, W1, W2, learning_rate),
    also_right=(
        lambda X, y, W1, W2, learning_rate: [
            W + learning_rate * -dW
            for W, dW in zip((W1, W2), sample_by_sample(X, y, W1, W2), strict=True)
        ],
    ),
    draw=samples_weights_and_rate,
    as_step=lambda answer: lambda X, y, params, rate: answer(X, y, *params, rate),
    mistakes={
        "uphill": Mistake(
            lambda X, y, W1, W2, learning_rate: step(X, y, W1, W2, -learning_rate),
            "The tables moved along the gradient, and the loss grows. It happens when the slopes "
            "are added, or when the error is target minus prediction and then subtracted.",
            "All five lines",
        ),
        "the rate forgotten": Mistake(
            lambda X, y, W1, W2, learning_rate: step(X, y, W1, W2, 1),
            "The gradient was subtracted as it is. That is a rate of 1: with that very rate nobody "
            "would notice.",
            "All five lines",
        ),
        "the new output weights used on the way back": Mistake(
            step_too_early,
            "`W2` was updated before line 3, because its gradient was ready. Then the hidden layer "
            "is blamed with weights that made no prediction: measure everything, then move.",
            "Line 3: back through the output weights",
        ),
        "the gradient of `W2` measured after `W1` moved": Mistake(
            step_by_step,
            "The gradients were computed twice, the second time with the new `W1`. Both belong to "
            "the place where you stood: measure everything, then move.",
            "All five lines",
        ),
        "the gradient of `W1` measured after `W2` moved": Mistake(
            step_from_behind,
            "The gradients were computed twice, the second time with the new `W2`. Both belong to "
            "the place where you stood: measure everything, then move.",
            "All five lines",
        ),
        "how far the tables move": Mistake(
            lambda X, y, W1, W2, learning_rate: tuple(
                learning_rate * dW for dW in backward(X, y, W1, W2)
            ),
            "This is the step itself, learning rate times gradient. The question is what the "
            "tables are after it.",
            "All five lines",
        ),
        "the gradient of the sum": Mistake(
            stepping(factor=lambda y: 2),
            "This is a step along the gradient of the summed squares, too long by the number of "
            "entries. The loss is their mean.",
            "Line 1: the deltas of the output",
        ),
        "the gradient of half the sum": Mistake(
            stepping(factor=lambda y: 1),
            "Half the sum of the squares is a loss of its own, whose gradient looks tidy. Ours is "
            "the mean.",
            "Line 1: the deltas of the output",
        ),
        "the 2 forgotten": Mistake(
            stepping(factor=lambda y: 1 / y.size),
            "The step is half as long: the slope of a square has a 2 in it. The direction is "
            "right, so no loss curve tells you.",
            "Line 1: the deltas of the output",
        ),
        "divided by the samples only": Mistake(
            stepping(factor=lambda y: 2 / len(y)),
            "With a single output this is right. The loss is the mean of all entries of a table: "
            "how many has it?",
            "Line 1: the deltas of the output",
        ),
        "no slope in the hidden layer": Mistake(
            stepping(inside=np.ones_like),
            "`W2` is right, and `W1` moved as if the hidden layer did not bend.",
            "Line 4: back through the bend",
        ),
        "no slope at the output": Mistake(
            stepping(at_output=np.ones_like),
            "The bend of the output was left out on the way back, so both tables moved too far.",
            "Line 1: the deltas of the output",
        ),
        "no slope anywhere": Mistake(
            stepping(at_output=np.ones_like, inside=np.ones_like),
            "Neither bend was considered on the way back. Each is a factor, entry by entry.",
            "Line 4: back through the bend",
        ),
        "`W1` left as it is": Mistake(
            stepping(tables=(0, 1)),
            "Only `W2` moved. The way back has five lines, and the last of them is for the input "
            "weights.",
            "Line 5: the input weights",
        ),
        "`W2` left as it is": Mistake(
            stepping(tables=(1, 0)),
            "Only `W1` moved. Both tables are updated in one step, each by its own gradient.",
            "Line 2: the output weights",
        ),
        "the gradients themselves": Mistake(
            lambda X, y, W1, W2, learning_rate: backward(X, y, W1, W2),
            "These are the gradients. The question is what the tables are after the step.",
            "All five lines",
        ),
        "divided by the rate": Mistake(
            lambda X, y, W1, W2, learning_rate: step(X, y, W1, W2, 1 / learning_rate),
            "The gradient was divided by the learning rate. A larger rate should make a longer "
            "step.",
            "All five lines",
        ),
        "one sample after the other": Mistake(
            one_by_one,
            "Each sample moved the tables, and the next one met the new ones. That is a way to "
            "train, too; here all samples are asked first, and then one step is made.",
            "From one student to all",
        ),
        "the first sample alone": Mistake(
            lambda X, y, W1, W2, learning_rate: step(X[:1], y[:1], W1, W2, learning_rate),
            "Only the first sample had its say. A `return` inside a loop over the samples does "
            "that.",
            "From one student to all",
        ),
    },
)

# 4. A prediction, on random numbers: which gradient is a multiple of the right one?


def keeps_direction():
    case = samples_and_weights(np.random.default_rng(0), 3)
    changes = {
        "a": {"at_output": np.ones_like},
        "b": {"inside": np.ones_like},
        "c": {"factor": lambda y: 2},
        "d": {"factor": lambda y: -2 / y.size},
    }

    def direction(**changes):
        gradient = np.concatenate([dW.ravel() for dW in backward(*case, **changes)])
        return gradient / abs(gradient).max()

    kept = [k for k, change in changes.items() if np.allclose(direction(**change), direction())]
    return "".join(kept), "2"


only_the_length = Exercise(
    name="only-the-length",
    chapter=7,
    kind="prediction",
    question="Which of these mistakes, with several samples, leaves the direction of the step as "
    "it is, and changes only its length?",
    solution=keeps_direction,
    choices={
        "a": "The slope of the sigmoid is forgotten at the output.",
        "b": "The slope of the sigmoid is forgotten in the hidden layer.",
        "c": "A sum is taken in place of the mean.",
        "d": "The sign of the error is wrong.",
    },
    reasons={
        "1": "It leads to the same weights in the end.",
        "2": "It multiplies every entry of both gradients by the same positive number.",
        "3": "It changes one line, and leaves the four others as they are.",
        "4": "It comes in at the output, where the way back begins.",
    },
    mistakes={
        "a slope is a factor for all": Mistake(
            lambda: ("a", "2"),
            "The slope is a factor, but not the same for every entry: each output stands at its "
            "own place on the curve. Without it the samples' blames are mixed in other "
            "proportions.",
            "Line 1: the deltas of the output",
        ),
        "both tables change alike": Mistake(
            lambda: ("b", "2"),
            "`dW2` is computed without this slope and stays as it was, while `dW1` changes. A step "
            "of which only one part changes points elsewhere.",
            "Line 4: back through the bend",
        ),
        "a sign is only a sign": Mistake(
            lambda: ("d", "2"),
            "The step is as long as before, and goes exactly the other way, uphill: the length is "
            "right, and the direction is wrong.",
            "Line 1: the deltas of the output",
        ),
        "because the valley is the same": Mistake(
            lambda: ("c", "1"),
            "The sum and the mean are smallest at the same weights, that is true. But many paths "
            "lead to one place: that says nothing about the direction of a single step.",
            "Line 1: the deltas of the output",
        ),
        "because only one line changes": Mistake(
            lambda: ("c", "3"),
            "Each of the four mistakes changes one line. What that does to the entries of the "
            "gradients is the question, and it differs.",
            "All five lines",
        ),
        "because it comes in at the output": Mistake(
            lambda: ("c", "4"),
            "What comes in at the output reaches both gradients. But the forgotten slope of the "
            "output comes in there, too, and turns the step: it is another number for each "
            "student.",
            "Line 1: the deltas of the output",
        ),
    },
)

# 5. Stretch.


def samples_and_tables(rng, size):
    widths = unequal(rng, size, (3, 4, 5, 2)[size]) if size else (2, 3, 1)
    X = rng.uniform(-2, 2, (widths[0] + 2, widths[0])).round(1)
    y = rng.uniform(0.1, 0.9, (len(X), widths[-1])).round(2)
    return X, y, [rng.normal(0, 1.2, shape).round(1) for shape in pairwise(widths)]


def deep(
    X,
    y,
    weights,
    factor=lambda y: 2 / y.size,
    at_output=sigmoid_slope,
    inside=sigmoid_slope,
    used=lambda A, i: A[i],
):
    """Return the gradient of each table; the keywords are what can go wrong."""
    sums, A = [], [X]
    for W in weights:
        sums.append(A[-1] @ W)
        A.append(sigmoid(sums[-1]))
    dZ = factor(y) * (A[-1] - y) * at_output(sums[-1])
    gradients = [used(A, len(weights) - 1).T @ dZ]
    for i in range(len(weights) - 2, -1, -1):
        dZ = dZ @ weights[i + 1].T * inside(sums[i])
        gradients.insert(0, used(A, i).T @ dZ)
    return gradients


def deep_with(**changes):
    return lambda X, y, weights: deep(X, y, weights, **changes)


def from_behind(A, y, weights):
    """Return the gradients of the tables, and of A: the first layer, then all that follow."""
    if not weights:
        return [], 2 / y.size * (A - y)
    above = sigmoid(A @ weights[0])
    gradients, dA = from_behind(above, y, weights[1:])
    dZ = dA * above * (1 - above)
    return [np.einsum("ni,nj->ij", A, dZ), *gradients], np.einsum("nj,ij->ni", dZ, weights[0])


any_number_of_layers = Exercise(
    name="any-number-of-layers",
    chapter=7,
    kind="function",
    question="Write `all_gradients(X, y, weights)` for a list of any number of tables of weights, "
    "with a sigmoid after each. Return the list of their gradients, in the order of the tables.",
    solution=lambda X, y, weights: deep(X, y, weights),
    also_right=(
        lambda X, y, weights: from_behind(X, y, weights)[0],
        lambda X, y, weights: Network.from_weights(weights).gradients(X, y).weights,
    ),
    draw=samples_and_tables,
    mistakes={
        "in the order of the way back": Mistake(
            lambda X, y, weights: deep(X, y, weights)[::-1],
            "The gradient of the last table is ready first, so a list that is appended to begins "
            "with it. Each gradient belongs in the place of its table.",
            "All five lines",
        ),
        "the first table forgotten": Mistake(
            lambda X, y, weights: deep(X, y, weights)[1:],
            "The loop ended one table too early. It is where the inputs take the place of the "
            "activations, a line that looks like an exception and is none.",
            "Line 5: the input weights",
        ),
        "no slope in the hidden layers": Mistake(
            deep_with(inside=np.ones_like),
            "Only the output's bend was considered. Each table has a bend behind it, and the blame "
            "has to go back through every one.",
            "Line 4: back through the bend",
        ),
        "no slope at the output": Mistake(
            deep_with(at_output=np.ones_like),
            "The loop treats every hidden layer right, but it was started with the error. The "
            "output is bent as well: start with its delta.",
            "Line 1: the deltas of the output",
        ),
        "the factor of the mean in every layer": Mistake(
            lambda X, y, weights: deep(
                X, y, weights, inside=lambda Z: 2 / y.size * sigmoid_slope(Z)
            ),
            "The factor was copied into the loop along with the slope. It belongs to the loss, and "
            "the way back passes the loss once.",
            "Line 1: the deltas of the output",
        ),
        "the inputs in every layer": Mistake(
            deep_with(used=lambda A, i: A[-2] if i == len(A) - 2 else A[0]),
            "The line with `X` was repeated for each hidden layer as it stands. In a deep network "
            "only the first table multiplies `X`: what do the others multiply?",
            "Line 5: the input weights",
        ),
        "a list without `X`": Mistake(
            deep_with(used=lambda A, i: A[i] if i else A[-1]),
            "The list of the activations has no place for `X`. For the first table its index is -1 "
            "then, and Python takes the last entry, the predictions, without an error.",
            "Line 5: the input weights",
        ),
        "the activations behind each table": Mistake(
            deep_with(used=lambda A, i: A[i + 1]),
            "Each delta was multiplied by the activations that come out of its table. The slope of "
            "a weight is about what goes into it; the shapes tell you, too.",
            "Line 2: the output weights",
        ),
        "the gradient of the sum": Mistake(
            deep_with(factor=lambda y: 2),
            "This is the gradient of the summed squares. The loss is their mean, and its factor "
            "comes in where the way back begins.",
            "Line 1: the deltas of the output",
        ),
        "the gradient of half the sum": Mistake(
            deep_with(factor=lambda y: 1),
            "Half the sum of the squares is a loss of its own, whose gradient looks tidy. Ours is "
            "the mean, and its factor comes in where the way back begins.",
            "Line 1: the deltas of the output",
        ),
        "the 2 forgotten": Mistake(
            deep_with(factor=lambda y: 1 / y.size),
            "The slope of a square has a 2 in it. Without it each gradient points the right way "
            "and is half as long, so no loss curve tells you.",
            "Line 1: the deltas of the output",
        ),
        "divided by the samples only": Mistake(
            deep_with(factor=lambda y: 2 / len(y)),
            "With a single output this is right. The loss is the mean of all entries of a table: "
            "how many has it?",
            "Line 1: the deltas of the output",
        ),
        "no slope anywhere": Mistake(
            deep_with(at_output=np.ones_like, inside=np.ones_like),
            "No bend was considered on the way back. Each table has one behind it, and each is a "
            "factor, entry by entry.",
            "Line 4: back through the bend",
        ),
        "the slope of a sigmoid of the sigmoid": Mistake(
            deep_with(at_output=slope_of_slope, inside=slope_of_slope),
            "A slope that wants the sum was given the activation, which is bent already. The two "
            "forms look alike.",
            "Line 4: back through the bend",
        ),
        "the tables after a step": Mistake(
            lambda X, y, weights: [
                W - dW for W, dW in zip(weights, deep(X, y, weights), strict=True)
            ],
            "The gradients were subtracted from the tables already. The question is about the "
            "gradients themselves.",
            "All five lines",
        ),
    },
)

# Between the first and the second. The updates stand where the gradients are found, so the order of
# the chapter, recited, is wrong: its line 2 only measures.


def after_the_forward_pass():
    X, y, W1, W2 = samples_and_weights(np.random.default_rng(7), 1)
    A1 = sigmoid(X @ W1)
    names = {"X": X, "y": y, "W1": W1, "W2": W2, "A1": A1, "A2": sigmoid(A1 @ W2)}
    return names | {"learning_rate": 1.5}


order_the_lines = Exercise(
    name="order-the-lines",
    chapter=7,
    kind="order",
    question="After the forward pass, with `A1` and `A2`, five lines make one step: the way back, "
    "and the update of both tables. Your lines are shuffled. In which order do they make the step?",
    lines=(
        "dZ2 = 2 / y.size * (A2 - y) * A2 * (1 - A2)",
        "dA1 = dZ2 @ W2.T",
        "W2 = W2 - learning_rate * A1.T @ dZ2",
        "dZ1 = dA1 * A1 * (1 - A1)",
        "W1 = W1 - learning_rate * X.T @ dZ1",
    ),
    given=after_the_forward_pass,
    results=("W1", "W2"),
    solution=in_order(0, 1, 2, 3, 4),
    also_right=(in_order(0, 1, 3, 2, 4), in_order(0, 1, 3, 4, 2)),
    menus={"shuffle": shuffles(5)},
    mistakes={
        "the new output weights used on the way back": Mistake(
            in_order(0, 2, 1, 3, 4),
            "This is the order of the chapter, and there it is right: its line 2 only measures. "
            "Yours also moves `W2`, and then the hidden layer is blamed with weights that made no "
            "prediction.",
            "Line 3: back through the output weights",
        ),
        "sent back before it is there": Mistake(
            in_order(1, 0, 2, 3, 4),
            "Blame is sent back through the output weights, and nobody has worked out yet how much "
            "there is at the output.",
            "Line 1: the deltas of the output",
        ),
        "the output weights before the output's delta": Mistake(
            in_order(2, 0, 1, 3, 4),
            "The output weights move by what goes into them, times the delta at their end. That "
            "has to be found first.",
            "Line 2: the output weights",
        ),
        "back through the bend too early": Mistake(
            in_order(0, 3, 1, 2, 4),
            "On the way forward the hidden layer sums, bends, and then sends its activations over "
            "the output weights. On the way back, what was last comes first.",
            "Line 4: back through the bend",
        ),
        "the input weights before their delta": Mistake(
            in_order(0, 1, 2, 4, 3),
            "The input weights come last on the way back: they move by the inputs, times the "
            "deltas of the hidden layer.",
            "Line 5: the input weights",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    7, 3, questions.ceiling_of_sum, questions.products_in_all, questions.chain_of_three
)

EXERCISES = (
    recalled,
    shapes_on_the_way_back,
    order_the_lines,
    backward_pass,
    one_step,
    only_the_length,
    any_number_of_layers,
)

"""Chapter 12: where to start."""

from functools import cache
from itertools import pairwise

import numpy as np

from nn_tutorial import Network, train, xor
from nn_tutorial.activations import sigmoid
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. A prediction: one step tells, since neurons that differ once go different ways.


def stays_equal(W1, b1, W2):
    net = Network.from_weights(
        [np.broadcast_to(W1, (2, 3)), np.broadcast_to(W2, (3, 1))],
        [np.broadcast_to(b1, 3), np.zeros(1)],
    )
    train(net, *xor(), epochs=1, learning_rate=1)
    neurons = np.vstack([net.weights[0], net.biases[0]])  # a column each
    return np.allclose(neurons, neurons[:, :1])


def still_equal():
    rng = np.random.default_rng(12)
    starts = {
        "a": (0.5, 0, rng.normal(size=(3, 1))),
        "b": (rng.normal(size=(2, 3)), 0, 0.5),
        "c": (0.5, rng.normal(size=3), 0.5),
        "d": (rng.normal(size=(2, 1)), 0, 0.5),
    }
    (letter,) = [letter for letter, start in starts.items() if stays_equal(*start)]
    return letter


break_the_symmetry = Exercise(
    name="break-the-symmetry",
    chapter=12,
    kind="prediction",
    question="A 2-3-1 network will be trained on XOR. With which of these starts do its three "
    "hidden neurons stay equal for ever? Biases that are not mentioned start at 0.",
    solution=still_equal,
    choices={
        "a": "All entries of `W1` equal, those of `W2` random.",
        "b": "All entries of `W1` random, those of `W2` equal.",
        "c": "All weights equal, the biases of the hidden neurons random.",
        "d": "A random number in each row of `W1`, the same in all columns; those of `W2` equal.",
    },
    mistakes={
        "an equal W1 stays equal": Mistake(
            lambda: "a",
            "At first the three neurons do say the same. But each gets its blame through its own "
            "output weight, and these differ; so what happens to `W1` in the first step?",
            "A tidy start",
        ),
        "an equal W2 makes equal neurons": Mistake(
            lambda: "b",
            "Blame comes back through equal weights, but each neuron has sums and slopes of its "
            "own. Two neurons stay equal if they have everything in common.",
            "A tidy start",
        ),
        "only weights count": Mistake(
            lambda: "c",
            "A bias is a parameter like a weight, and enters the same sum. Neurons with different "
            "biases say different things to the same sample.",
            "A tidy start",
        ),
    },
)

# 2. One layer.


def widths(n_in, n_out):
    return np.sqrt(2 / (n_in + n_out)), np.sqrt(2 / n_in)


the_width_of_a_layer = Exercise(
    name="the-width-of-a-layer",
    chapter=12,
    kind="number",
    question="A layer has your two numbers of inputs and outputs. Which standard deviation do its "
    "weights get by Glorot's rule, and which by He's?",
    solution=widths,
    also_right=(
        lambda n_in, n_out: [((n_in + n_out) / 2) ** -0.5, (n_in / 2) ** -0.5],
        lambda n_in, n_out: np.round(np.exp(-np.log([(n_in + n_out) / 2, n_in / 2]) / 2), 4),
    ),
    menus={
        "n_in": (48, 56, 64, 72, 80, 90, 100, 112, 120, 128, 144),
        "n_out": (10, 12, 15, 16, 20, 24, 25, 28, 30, 32),
    },
    decimals=4,
    carry=6,
    mistakes={
        "outputs counted for inputs": Mistake(
            lambda n_in, n_out: (widths(n_in, n_out)[0], widths(n_out, n_in)[1]),
            "He's rule was given the number of outputs. Glorot's takes both, so there the mix-up "
            "does no harm; but the sum that must not grow is one over the inputs.",
            "Glorot: one over the root",
        ),
        "variances": Mistake(
            lambda n_in, n_out: (2 / (n_in + n_out), 2 / n_in),
            "These are the variances, as the rules state them. Variances are what adds up in a "
            "sum; a width, in the units of the weights, is the standard deviation.",
            "Glorot: one over the root",
        ),
        "a root below the line only": Mistake(
            lambda n_in, n_out: (2 / np.sqrt(n_in + n_out), 2 / np.sqrt(n_in)),
            "The root was taken of the number below the line only. In “one over the root” that "
            "makes no difference, since the root of 1 is 1; but what stands above the line "
            "here is not 1.",
            "Glorot: one over the root",
        ),
        "inputs alone for Glorot": Mistake(
            lambda n_in, n_out: (np.sqrt(1 / n_in), widths(n_in, n_out)[1]),
            "That is what the way forward asks for, and it was derived first. Glorot's rule is a "
            "compromise with the way back.",
            "Glorot: one over the root",
        ),
        "a 1 above the line": Mistake(
            lambda n_in, n_out: (np.sqrt(1 / (n_in + n_out)), np.sqrt(1 / n_in)),
            "A 1 stands above the line, in both. But Glorot's rule has the mean of inputs and "
            "outputs in view, not their sum; and He's makes up for what ReLU sets to 0.",
            "Glorot: one over the root",
        ),
        "the two rules exchanged": Mistake(
            lambda n_in, n_out: widths(n_in, n_out)[::-1],
            "Glorot's width was given for He's, and the other way round. He's rule was made for "
            "ReLU, which loses half of the signal, so it must be the wider of the two.",
            "Glorot: one over the root",
        ),
        "the limits of an even spread": Mistake(
            lambda n_in, n_out: (np.sqrt(6 / (n_in + n_out)), np.sqrt(6 / n_in)),
            "These are the limits between which numbers are drawn evenly, as some libraries do. "
            "The question is for a standard deviation, which is smaller by the root of 3.",
            "Glorot: one over the root",
        ),
        "the product below the line": Mistake(
            lambda n_in, n_out: (np.sqrt(2 / (n_in * n_out)), widths(n_in, n_out)[1]),
            "Inputs and outputs were multiplied for Glorot's rule. It has the mean of the two in "
            "view.",
            "Glorot: one over the root",
        ),
        "upside down": Mistake(
            lambda n_in, n_out: (np.sqrt((n_in + n_out) / 2), np.sqrt(n_in / 2)),
            "The fractions stand on their heads. The more inputs a sum has, the smaller its "
            "weights should be.",
            "Glorot: one over the root",
        ),
        "outputs alone for Glorot": Mistake(
            lambda n_in, n_out: (np.sqrt(1 / n_out), widths(n_in, n_out)[1]),
            "That is what the way back asks for. Glorot's rule is a compromise with the way "
            "forward.",
            "Glorot: one over the root",
        ),
    },
)

# 3. A prediction.


@cache
def tenth_layer():
    rng = np.random.default_rng(0)
    A = first = rng.normal(size=(1000, 100))
    for layer in range(10):
        A = sigmoid(A @ rng.normal(0, 0.1, size=(100, 100)))
        first = A if layer == 0 else first
    if A.std(axis=0).max() < 0.01 * first.std(axis=0).min():
        return "c" if A.std() > 0.05 else "b"
    return "a" if np.mean(abs(A - 0.5) > 0.49) > 0.5 else "d"


ten_layers_of_sigmoid = Exercise(
    name="ten-layers-of-sigmoid",
    chapter=12,
    kind="prediction",
    question="A thousand samples go through ten layers of 100 sigmoid neurons, with Glorot's "
    "width. What do you find in the tenth layer?",
    solution=tenth_layer,
    choices={
        "a": "Most activations are near 0 or near 1.",
        "b": "All activations are nearly the same number.",
        "c": "The neurons differ, but each says nearly the same to all samples.",
        "d": "The samples differ about as much as in the first layer.",
    },
    mistakes={
        "saturated": Mistake(
            lambda: "a",
            "Needles at both ends are what weights of width 1 make. With Glorot's width most sums "
            "lie between -2 and 2, where the sigmoid is not flat.",
            "How wide?",
        ),
        "everything shrinks": Mistake(
            lambda: "b",
            "Something shrinks, but not the activations: they stay around one half, and each "
            "neuron weighs a hundred of them with weights of its own. Look at the columns one by "
            "one.",
            "How wide?",
        ),
        "Glorot's width keeps the spread": Mistake(
            lambda: "d",
            "That was derived for activations with the mean 0 and for a bend whose slope near 0 is "
            "1, like tanh's. Look at what the sigmoid does to differences.",
            "ReLU, and the way back",
        ),
    },
)

# 4. All layers. None has two inputs: He's width would be 1 there.


def noise_of_all_layers(rng, size):
    sizes = [n + 1 for n in unequal(rng, size, (3, 3, 4, 5)[size])]
    return ([rng.normal(size=shape).round(3) for shape in pairwise(sizes)],)


def he(noise, width):
    return [W * width(*W.shape) for W in noise]


start_for_relu = Exercise(
    name="start-for-relu",
    chapter=12,
    kind="function",
    question="Write `start_for_relu(noise)`: `noise` is a list with an array for each layer, of "
    "shape (n_in, n_out), drawn with standard deviation 1. Return the list of weights that He's "
    "rule makes of it.",
    solution=lambda noise: he(noise, lambda n_in, n_out: np.sqrt(2 / n_in)),
    also_right=(
        lambda noise: [W / (len(W) / 2) ** 0.5 for W in noise],
        lambda noise: tuple(np.einsum("ij,->ij", W, np.sqrt(2.0 / W.shape[0])) for W in noise),
    ),
    draw=noise_of_all_layers,
    mistakes={
        "outputs counted for inputs": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(2 / n_out)),
            "Each array was scaled by its number of columns. They are the neurons of the layer, "
            "and easily taken for its inputs; the shape says (n_in, n_out).",
            "Glorot: one over the root",
        ),
        "the variance for the width": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: 2 / n_in),
            "The noise was multiplied by a variance. The rule is written down for variances, but "
            "numbers that are doubled have four times the variance.",
            "Glorot: one over the root",
        ),
        "one width for all layers": Mistake(
            lambda noise: he(noise, lambda *_: np.sqrt(2 / len(noise[0]))),
            "The width of the first layer was used for all, perhaps because it was computed before "
            "the loop. Each layer has a number of inputs of its own.",
            "ReLU, and the way back",
        ),
        "Glorot's rule": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(2 / (n_in + n_out))),
            "This is the width for tanh. With ReLU, which sets about half of the sums to 0, the "
            "signal would lose strength in every layer.",
            "ReLU, and the way back",
        ),
        "a 1 above the line": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(1 / n_in)),
            "This keeps the variance of the sums if nothing is cut off. ReLU halves the mean of "
            "the squares in every layer, and that is not made up for.",
            "Glorot: one over the root",
        ),
        "divided by the width": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(n_in / 2)),
            "The noise was divided by the width. So the weights grow with the number of inputs, "
            "and the sums, which also have more terms then, grow all the more.",
            "Glorot: one over the root",
        ),
        "a tenth of the noise": Mistake(
            lambda noise: [0.1 * W for W in noise],
            "Each array was multiplied by 0.1. It is right for about 200 inputs; a rule looks at "
            "how many there are.",
            "Glorot: one over the root",
        ),
        "a root below the line only": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: 2 / np.sqrt(n_in)),
            "The root was taken of the number below the line only. What stands above the line is "
            "not 1, so it makes a difference.",
            "Glorot: one over the root",
        ),
        "all entries counted": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(2 / (n_in * n_out))),
            "The number of all entries stands below the line, as `.size` gives it. A sum has as "
            "many terms as there are inputs.",
            "Glorot: one over the root",
        ),
        "the limit of an even spread": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: np.sqrt(6 / n_in)),
            "That is the limit for numbers that are drawn evenly. The noise has the standard "
            "deviation 1 already.",
            "Glorot: one over the root",
        ),
        "divided by the number of inputs": Mistake(
            lambda noise: he(noise, lambda n_in, n_out: 1 / n_in),
            "Each array was divided by its number of inputs. A sum of many random terms grows "
            "more slowly than their number.",
            "Glorot: one over the root",
        ),
        "the number of layers": Mistake(
            lambda noise: he(noise, lambda *_: np.sqrt(2 / len(noise))),
            "`len(noise)` is the number of layers. The rule asks for the inputs of each.",
            "ReLU, and the way back",
        ),
        "the widths alone": Mistake(
            lambda noise: [np.sqrt(2 / len(W)) for W in noise],
            "These are the widths, one for each layer. The weights are wanted: the noise, made as "
            "wide as that.",
            "ReLU, and the way back",
        ),
        "positive weights": Mistake(
            lambda noise: [abs(W) * np.sqrt(2 / len(W)) for W in noise],
            "The signs are lost. ReLU cuts off negative sums, not negative weights.",
            "ReLU, and the way back",
        ),
        "the spread measured anew": Mistake(
            lambda noise: [W / W.std() * np.sqrt(2 / len(W)) for W in noise],
            "Each array was divided by its own spread first. It was drawn with standard deviation "
            "1; a small sample never has it exactly, and need not.",
            "Glorot: one over the root",
        ),
    },
)

# 5. Stretch. The mean of the activations is not 0, so that of the sums is not, either.


def activations_and_noise(rng, size):
    n_samples, n_in, n_out = unequal(rng, size, 3)
    A = rng.uniform(0, 5, (n_samples, n_in))
    return A.round(2), rng.normal(size=(n_in, n_out)).round(2)


fit_the_width = Exercise(
    name="fit-the-width",
    chapter=12,
    kind="function",
    question="Write `fit_width(A, noise)`: without any rule, measure. Return the weights: `noise`, "
    "times the one number that gives the sums `A @ weights` the standard deviation 1, over all "
    "samples and neurons together.",
    solution=lambda A, noise: noise / (A @ noise).std(),
    also_right=(
        lambda A, noise: noise * np.var(np.einsum("ni,ih->nh", A, noise)) ** -0.5,
        lambda A, noise: [
            list(row / np.std([a @ column for a in A for column in noise.T])) for row in noise
        ],
    ),
    draw=activations_and_noise,
    mistakes={
        "a number for each neuron": Mistake(
            lambda A, noise: noise / (A @ noise).std(axis=0),
            "Each column was divided by a number of its own, as when we scaled the hours. Here "
            "one number serves for all: how the neurons compare with one another should stay.",
            "How wide?",
        ),
        "divided by the variance": Mistake(
            lambda A, noise: noise / (A @ noise).var(),
            "The noise was divided by the variance of the sums. If all weights are divided by 3, "
            "so are the sums; but their variance is divided by 9.",
            "Glorot: one over the root",
        ),
        "the mean of the squares": Mistake(
            lambda A, noise: noise / np.sqrt(np.mean((A @ noise) ** 2)),
            "The root of the mean of the squares was made 1, which He's rule has in view. It is "
            "the standard deviation only where the mean is 0.",
            "ReLU, and the way back",
        ),
        "the spread of the noise": Mistake(
            lambda A, noise: noise / noise.std(),
            "Now the weights have the standard deviation 1. The sums are what should have it, and "
            "these depend on the activations, and on how many there are.",
            "How wide?",
        ),
        "the spread of the inputs": Mistake(
            lambda A, noise: noise / A.std(),
            "Dividing by the spread of `A` makes up for large activations. But a sum has as many "
            "terms as there are inputs, and that adds to its spread.",
            "Glorot: one over the root",
        ),
        "a rule in place of a measurement": Mistake(
            lambda A, noise: noise / np.sqrt(len(noise)),
            "That is a rule, made for the way forward: 1 over the root of the number of inputs. It "
            "expects activations with mean 0 and standard deviation 1, and looks at none.",
            "Glorot: one over the root",
        ),
        "sums in place of weights": Mistake(
            lambda A, noise: (A @ noise) / (A @ noise).std(),
            "These are sums with the standard deviation 1. That was the aim, but a layer is made "
            "of weights, and these are wanted; the next samples have to go through, too.",
            "How wide?",
        ),
        "multiplied by the spread": Mistake(
            lambda A, noise: noise * (A @ noise).std(),
            "The noise was multiplied by the spread of the sums, so wide sums become wider still.",
            "How wide?",
        ),
        "one fewer below the line": Mistake(
            lambda A, noise: noise / (A @ noise).std(ddof=1),
            "The spread was computed with one fewer below the line, as for a sample. Here all "
            "sums are there, and nothing is estimated.",
            "How wide?",
        ),
        "He's rule": Mistake(
            lambda A, noise: noise * np.sqrt(2 / len(noise)),
            "That is He's rule. It looks at the number of inputs only; here you have the "
            "activations, and can measure.",
            "ReLU, and the way back",
        ),
        "Glorot's rule": Mistake(
            lambda A, noise: noise * np.sqrt(2 / sum(noise.shape)),
            "That is Glorot's rule. It looks at the sizes only; here you have the activations, "
            "and can measure.",
            "Glorot: one over the root",
        ),
        "the largest sum": Mistake(
            lambda A, noise: noise / abs(A @ noise).max(),
            "Now no sum is beyond 1. The spread of the sums was to be 1, which is a mean, not an "
            "extreme.",
            "How wide?",
        ),
        "the mean size of the sums": Mistake(
            lambda A, noise: noise / abs(A @ noise).mean(),
            "The noise was divided by how large the sums are on average. A standard deviation "
            "measures how far they are from their own mean.",
            "How wide?",
        ),
        "the root of the spread": Mistake(
            lambda A, noise: noise / np.sqrt((A @ noise).std()),
            "A root was taken of a standard deviation, which is a root already.",
            "Glorot: one over the root",
        ),
        "the mean of the neurons' spreads": Mistake(
            lambda A, noise: noise / (A @ noise).std(axis=0).mean(),
            "The spread of each neuron was measured, and then the mean taken. All sums together "
            "spread more, since the neurons differ.",
            "How wide?",
        ),
        "the mean of the samples' spreads": Mistake(
            lambda A, noise: noise / (A @ noise).std(axis=1).mean(),
            "The spread was measured within each sample, and then the mean taken. All sums "
            "together are wanted.",
            "How wide?",
        ),
        "a mean subtracted": Mistake(
            lambda A, noise: (noise - (A @ noise).mean()) / (A @ noise).std(),
            "The mean of the sums was subtracted from the weights. One number is wanted that the "
            "noise is multiplied by.",
            "How wide?",
        ),
        "the number alone": Mistake(
            lambda A, noise: 1 / (A @ noise).std(),
            "This is the one number. The weights are wanted: the noise, times it.",
            "How wide?",
        ),
        "both spreads": Mistake(
            lambda A, noise: noise / (A.std() * noise.std()),
            "The spreads of `A` and of the noise were multiplied. A sum has as many terms as "
            "there are inputs, and that adds to its spread.",
            "Glorot: one over the root",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    12,
    3,
    questions.slope_of_output_weight,
    questions.error_of_honest_rival,
    questions.relu_before_the_output,
)

EXERCISES = (
    recalled,
    break_the_symmetry,
    the_width_of_a_layer,
    ten_layers_of_sigmoid,
    start_for_relu,
    fit_the_width,
)

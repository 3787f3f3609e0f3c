"""Chapter 11: biases, depth, and XOR."""

from itertools import pairwise, product

import numpy as np

from nn_tutorial import Network
from nn_tutorial.activations import sigmoid
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. Three layers of weights.


def n_weights(*sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def count(*sizes):
    return n_weights(*sizes) + sum(sizes[1:]), sum(sizes[1:])


count_the_parameters = Exercise(
    name="count-the-parameters",
    chapter=11,
    kind="number",
    question="Your four numbers are the sizes of a network's layers, the inputs first. How many "
    "parameters has it, and how many of these are biases?",
    solution=lambda inputs, hidden_1, hidden_2, outputs: count(inputs, hidden_1, hidden_2, outputs),
    also_right=(
        lambda *sizes: [sum((n + 1) * m for n, m in pairwise(sizes)), sum(sizes) - sizes[0]],
        lambda *sizes: [
            sum(array.size for array in arrays)
            for net in [Network(sizes, rng=np.random.default_rng(0))]
            for arrays in (net.weights + net.biases, net.biases)
        ],
    ),
    menus={
        "inputs": (28, 36, 49, 64, 100, 144),
        "hidden_1": (20, 24, 30, 32, 40, 50),
        "hidden_2": (8, 12, 14, 15, 16, 18),
        "outputs": (2, 3, 4, 5, 6, 7),
    },
    mistakes={
        "weights alone": Mistake(
            lambda *sizes: (n_weights(*sizes), sum(sizes[1:])),
            "The first number counts weights only. They are by far the most, and the arrows of a "
            "diagram show nothing else; but biases are learned like weights.",
            "Count the parameters",
        ),
        "biases for the inputs": Mistake(
            lambda *sizes: (n_weights(*sizes) + sum(sizes), sum(sizes)),
            "Every circle of the diagram got a bias, even the inputs. But an input is given, not "
            "computed: there is no sum that something could be added to.",
            "A bias for each neuron",
        ),
        "biases for the inputs, in the second number": Mistake(
            lambda *sizes: (n_weights(*sizes) + sum(sizes[1:]), sum(sizes)),
            "Your second number counts every circle of the diagram, even the inputs; the first "
            "does not. An input is given, not computed: what would be added to which sum?",
            "A bias for each neuron",
        ),
        "one bias for each layer": Mistake(
            lambda *sizes: (n_weights(*sizes) + len(sizes) - 1, len(sizes) - 1),
            "A formula has one letter `b` for a whole layer, which looks like one number. It "
            "stands for a row: neurons next to each other learn different ones.",
            "A bias for each neuron",
        ),
        "an output without biases": Mistake(
            lambda *sizes: (n_weights(*sizes) + sum(sizes[1:-1]), sum(sizes[1:-1])),
            "The hidden layers are complete, but the output neurons went without. They compute a "
            "sum like all others, and add something to it.",
            "A bias for each neuron",
        ),
        "an output without biases, in the first number": Mistake(
            lambda *sizes: (n_weights(*sizes) + sum(sizes[1:-1]), sum(sizes[1:])),
            "The biases of the output neurons are in your second number, and missing from the "
            "first. Whoever adds up layer by layer easily stops at the weights in the last step.",
            "A bias for each neuron",
        ),
        "the two numbers exchanged": Mistake(
            lambda *sizes: count(*sizes)[::-1],
            "Both numbers are there, in the other order. The biases are counted first, perhaps, "
            "and so they are written down first; the question asks for all parameters first.",
            "Count the parameters",
        ),
        "a bias for each weight": Mistake(
            lambda *sizes: (2 * n_weights(*sizes), n_weights(*sizes)),
            "As if each arrow had a straight line of its own, with slope and start. A neuron first "
            "adds up what all arrows bring; the bias is added to the sum, once.",
            "A bias for each neuron",
        ),
        "all sizes multiplied": Mistake(
            lambda *sizes: (np.prod(sizes) + sum(sizes[1:]), sum(sizes[1:])),
            "One product of all sizes counts the paths from an input to an output. A weight "
            "belongs to one step of such a path, between two layers that are neighbours.",
            "Count the parameters",
        ),
        "one product of all sizes": Mistake(
            lambda *sizes: (np.prod(sizes), sum(sizes[1:])),
            "One product of all sizes counts the paths from an input to an output, and the biases "
            "are not in it. A weight belongs to one step of such a way.",
            "Count the parameters",
        ),
        "neurons counted": Mistake(
            lambda *sizes: (sum(sizes), sum(sizes[1:])),
            "Your first number counts the circles of the diagram. The parameters are its arrows, "
            "and the biases.",
            "Count the parameters",
        ),
        "the first layer forgotten": Mistake(
            lambda *sizes: (n_weights(*sizes[1:]) + sum(sizes[1:]), sum(sizes[1:])),
            "The weights from the inputs to the first hidden layer are missing, and they are the "
            "most. Count the steps from layer to layer.",
            "Count the parameters",
        ),
        "biases counted twice": Mistake(
            lambda *sizes: (n_weights(*sizes) + 2 * sum(sizes[1:]), sum(sizes[1:])),
            "Your first number has all biases twice. Each neuron has one, and it counts once.",
            "Count the parameters",
        ),
        "one bias for each layer, even the inputs": Mistake(
            lambda *sizes: (n_weights(*sizes) + len(sizes), len(sizes)),
            "Each layer got a single bias, the inputs as well. An input is not computed, and "
            "neurons next to each other learn different biases.",
            "A bias for each neuron",
        ),
        "a hidden layer skipped": Mistake(
            lambda *sizes: count(sizes[0], sizes[1], sizes[3]),
            "The second hidden layer was skipped: the first one was joined to the outputs. There "
            "are three steps from layer to layer.",
            "Count the parameters",
        ),
    },
)

# 2. The first weight is odd and the second even, so they differ, and either may be the larger.


def one_pair_reversed(answer, name):
    return Mistake(
        answer,
        f"The limits are right, but those for {name} stand the other way round. A minus in front "
        "turns an order round: what is further from 0 is lower then, and easily taken for higher.",
        "By hand",
    )


def inside_the_limits(answer):
    return Mistake(
        answer,
        "These are whole numbers, and biases between them work. But a bias may be any number: "
        "beyond some of yours there are others that work, too. Give the limits themselves.",
        "By hand",
    )


and_and_or = Exercise(
    name="and-and-or",
    chapter=11,
    kind="number",
    question="A neuron with your two weights says yes where `w1 * x1 + w2 * x2 + b` is above 0; "
    "`x1` and `x2` are 0 or 1. Between which two limits must `b` lie for AND (yes only if both are "
    "1), and for OR (yes if at least one is 1)? Answer with four numbers, in each pair the lower "
    "one first.",
    solution=lambda w1, w2: (-(w1 + w2), -max(w1, w2), -min(w1, w2), 0),
    also_right=(
        lambda w1, w2: -np.sort([w1 + w2, w1, w2, 0])[::-1],
        lambda w1, w2: [-w1 - w2, min(-w1, -w2), max(-w1, -w2), 0.0],
    ),
    menus={"w1": range(3, 30, 2), "w2": range(4, 31, 2)},
    mistakes={
        "the sign of the bias": Mistake(
            lambda w1, w2: (max(w1, w2), w1 + w2, 0, min(w1, w2)),
            "Between such numbers lies the threshold that the weighted inputs must get over. A "
            "bias is added to them, and the whole compared with 0. Try the largest of yours, with "
            "both inputs 0.",
            "A bias for each neuron",
        ),
        "the order of negative numbers": Mistake(
            lambda w1, w2: (-max(w1, w2), -(w1 + w2), 0, -min(w1, w2)),
            "The limits are right, but in each pair they stand the other way round. A minus in "
            "front turns an order round: what is further from 0 is lower then.",
            "By hand",
        ),
        "the pair for AND reversed": one_pair_reversed(
            lambda w1, w2: (-max(w1, w2), -(w1 + w2), -min(w1, w2), 0), "AND"
        ),
        "the pair for OR reversed": one_pair_reversed(
            lambda w1, w2: (-(w1 + w2), -max(w1, w2), 0, -min(w1, w2)), "OR"
        ),
        "AND and OR exchanged": Mistake(
            lambda w1, w2: (-min(w1, w2), 0, -(w1 + w2), -max(w1, w2)),
            "AND got the biases of OR, and the other way round. The stricter neuron is harder to "
            "move to a yes, so it starts further below 0.",
            "By hand",
        ),
        "AND with one input tried": Mistake(
            lambda w1, w2: (-(w1 + w2), -min(w1, w2), -min(w1, w2), 0),
            "With the highest of your biases for AND, one input alone brings a yes: the one with "
            "the larger weight. Equal weights, as in the chapter, hide that.",
            "By hand",
        ),
        "OR with one input tried": Mistake(
            lambda w1, w2: (-(w1 + w2), -max(w1, w2), -max(w1, w2), 0),
            "With the lowest of your biases for OR, one input alone brings a no: the one with "
            "the smaller weight. Equal weights, as in the chapter, hide that.",
            "By hand",
        ),
        "the larger and the smaller weight exchanged": Mistake(
            lambda w1, w2: (-(w1 + w2), -min(w1, w2), -max(w1, w2), 0),
            "Two of the limits stand in each other's place. “The larger weight” is hard to keep "
            "apart from “the larger number” once there is a minus in front. Try each input alone.",
            "By hand",
        ),
        "whole numbers inside the limits": inside_the_limits(
            lambda w1, w2: (1 - (w1 + w2), -max(w1, w2) - 1, 1 - min(w1, w2), -1)
        ),
        "the first and the last whole numbers": inside_the_limits(
            lambda w1, w2: (1 - (w1 + w2), -max(w1, w2), 1 - min(w1, w2), 0)
        ),
        "halfway points for limits": Mistake(
            lambda w1, w2: (-(w1 + w2), -(w1 + w2) / 2, -(w1 + w2) / 2, 0),
            "The middle was taken for the limit. With two equal weights half their sum is one "
            "weight; yours differ, so each input has to be tried alone.",
            "By hand",
        ),
    },
)

# 3. In the smallest case there are as many samples as hidden neurons, and one output: there a bias
# for each sample fits, as it would fit the three students. Everywhere else it does not. In the
# third case each layer has as many inputs as `X`: there a layer can start from `X` and not fail.


def samples_and_layers(rng, size):
    n_layers = (2, 2, 3, 4)[size]
    agreeing = {0: (3, 2, 3, 1), 2: (4, 3, 3, 3, 2)}
    n_samples, *sizes = agreeing.get(size) or unequal(rng, size, n_layers + 2)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    return rng.normal(size=(n_samples, sizes[0])), weights, [rng.normal(size=n) for n in sizes[1:]]


def layer_by_layer(X, weights, biases, layer):
    A = X
    for number, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        A = layer(A, W, b, number == len(weights))
    return A


def two_names(X, weights, biases):
    (W1, W2), (b1, b2) = weights, biases
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


def with_ones(X, weights, biases):
    A = X
    for W, b in zip(weights, biases, strict=True):
        A = sigmoid(np.column_stack([A, np.ones(len(A))]) @ np.vstack([W, b]))
    return A


forward_with_biases = Exercise(
    name="forward-with-biases",
    chapter=11,
    kind="function",
    question="Write `forward_with_biases(X, weights, biases)`: the forward pass of a "
    "network with any number of layers, each bent by the sigmoid. Its weights and biases come in "
    "two lists.",
    solution=lambda X, weights, biases: layer_by_layer(
        X, weights, biases, lambda A, W, b, last: sigmoid(A @ W + b)
    ),
    also_right=(
        lambda X, weights, biases: Network.from_weights(weights, biases).predict(X),
        lambda X, weights, biases: [
            layer_by_layer(x, weights, biases, lambda a, W, b, last: sigmoid(W.T @ a + b))
            for x in X
        ],
        with_ones,
    ),
    draw=samples_and_layers,
    mistakes={
        "a bias for each sample": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W + b[:, np.newaxis])
            ),
            "The biases were laid along the samples. That runs only where a layer has as many "
            "neurons as there are samples, or one, as in this first case; and a new sample would "
            "have no bias.",
            "A bias for each neuron",
        ),
        "the bias added after the bend": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W) + b
            ),
            "The sum is bent first, and then the bias is added: perhaps a bracket closes early. So "
            "the bias cannot move its neuron's bend, and outputs may leave the range from 0 to 1.",
            "A bias for each neuron",
        ),
        "the biases subtracted": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W - b)
            ),
            "Each bias was taken away from its sum. A threshold that the inputs must get over is "
            "treated like that. What should a large bias do to a neuron: help it, or hold it back?",
            "A bias for each neuron",
        ),
        "no biases": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W)
            ),
            "This is the forward pass of Part I, from habit. The biases were handed over and never "
            "used; nothing fails when a parameter goes unused.",
            "A bias for each neuron",
        ),
        "an output without its bias": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W if last else A @ W + b)
            ),
            "The hidden layers have their biases, the last layer has none. Whoever writes the "
            "output as a line of its own, after the loop, easily leaves something behind.",
            "Any depth",
        ),
        "an output without its bend": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: A @ W + b if last else sigmoid(A @ W + b)
            ),
            "The last sum is returned as it is. The taxi's network did that, and others do; but "
            "here every layer is bent, the last one, too.",
            "Any depth",
        ),
        "bent only at the end": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W + b) if last else A @ W + b
            ),
            "There is one bend, at the end; perhaps it stands after the loop. Between the layers "
            "nothing bends, and they do the work of one: see chapter 03, “Without a bend, two "
            "layers are one”.",
            "Any depth",
        ),
        "no bend at all": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: A @ W + b
            ),
            "The layers multiply, add, and never bend. Biases change nothing about it: such "
            "layers do the work of one. See chapter 03, “Without a bend, two layers are one”.",
            "Any depth",
        ),
        "each layer starts from X": Mistake(
            lambda X, weights, biases: [
                sigmoid(X @ W + b) for W, b in zip(weights, biases, strict=True)
            ][-1],
            "Every layer was given `X` itself. With several layers NumPy mostly refuses; where the "
            "sizes agree by chance, the last layer works as if it were alone.",
            "Any depth",
        ),
        "always two layers": Mistake(
            lambda X, weights, biases: two_names(X, weights[:2], biases[:2]),
            "The function uses two layers, whatever the lists hold. Part I never had more, so the "
            "habit is old; here the lists may be longer.",
            "Any depth",
        ),
        "two names for the whole list": Mistake(
            two_names,
            "It is right for two layers, and fails for more. `W1, W2 = weights` does that: Python "
            "takes it for exactly two arrays, as in Part I; here the lists may be longer.",
            "Any depth",
        ),
        "a return inside the loop": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights[:1], biases[:1], lambda A, W, b, last: sigmoid(A @ W + b)
            ),
            "These are the activations of the first layer. A `return` that is indented too far "
            "ends the function in the first round of the loop.",
            "Any depth",
        ),
        "one number for all biases of a layer": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W + b.sum())
            ),
            "The biases of a layer were added up, and each neuron got the sum. They stand in a "
            "row because each neuron has its own.",
            "A bias for each neuron",
        ),
        "bent by tanh inside": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X,
                weights,
                biases,
                lambda A, W, b, last: sigmoid(A @ W + b) if last else np.tanh(A @ W + b),
            ),
            "The hidden sums went through tanh, which is a bend, too. The question says that each "
            "layer is bent by the sigmoid.",
            "Any depth",
        ),
        "times the bias": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid((A @ W) * b)
            ),
            "The sums were multiplied by the biases. A bias moves a neuron's bend; a factor would "
            "make it steeper.",
            "A bias for each neuron",
        ),
        "a bias in the first layer alone": Mistake(
            lambda X, weights, biases: layer_by_layer(
                sigmoid(X @ weights[0] + biases[0]),
                weights[1:],
                biases[1:],
                lambda A, W, b, last: sigmoid(A @ W),
            ),
            "Only the first layer has its biases. Every layer has a row of its own.",
            "A bias for each neuron",
        ),
        "a bias in the last layer alone": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X, weights, biases, lambda A, W, b, last: sigmoid(A @ W + b if last else A @ W)
            ),
            "Only the last layer has its biases. Every layer has a row of its own.",
            "A bias for each neuron",
        ),
        "all activations": Mistake(
            lambda X, weights, biases: [
                layer_by_layer(
                    X, weights[: n + 1], biases[: n + 1], lambda A, W, b, last: sigmoid(A @ W + b)
                )
                for n in range(len(weights))
            ],
            "The list of all layers' activations was returned. The question is about the last "
            "ones, the predictions.",
            "Any depth",
        ),
        "bent twice at the end": Mistake(
            lambda X, weights, biases: layer_by_layer(
                X,
                weights,
                biases,
                lambda A, W, b, last: sigmoid(sigmoid(A @ W + b)) if last else sigmoid(A @ W + b),
            ),
            "The output went through the sigmoid twice: once in the loop, and once more behind it.",
            "Any depth",
        ),
    },
)

# 4. A prediction. In five other ensembles 30 to 39 of 200 starts failed, and none or one recovered.

train_the_failures = Exercise(
    name="train-the-failures",
    chapter=11,
    kind="prediction",
    question="Of the 200 starts of the 2-2-1 network, 29 had not learned XOR after 3,000 steps. "
    "Train these for 6,000 steps more. How many of them learn it?",
    solution=lambda: "c",  # computed by the worked answer in the notebook, which takes a second
    choices={
        "a": "Most of them: 20 or more.",
        "b": "About half: 10 to 19.",
        "c": "Hardly any: 9 or fewer.",
    },
    mistakes={
        "patience always pays": Mistake(
            lambda: "a",
            "The network that we watched stood still for long and then found both corners, so more "
            "steps sound right. But other losses stand still for good, and look no different.",
            "Watch it learn",
        ),
        "a new draw for each": Mistake(
            lambda: "b",
            "Training on is no new draw: each network goes on from where it is, and chance plays "
            "no further part. Look at the four answers of some that failed.",
            'Not "it learned it", but how often',
        ),
    },
)

# 5. Stretch: 1 where one or three of the inputs are 1. All eight corners are in each case.


def corners(rng, size):
    X = np.array(list(product([0.0, 1.0], repeat=3)))
    return (X if size == 0 else rng.permutation(np.vstack([X, X[:size]])),)


def steep(k, k_output=None):
    m = k if k_output is None else k_output
    hidden, output = np.full((3, 3), k), np.array([[m], [-m], [m]])
    return Network.from_weights([hidden, output], [-k * np.array([0.5, 1.5, 2.5]), [-m / 2]])


def too_flat(*ks):
    return Mistake(
        lambda X: steep(*ks).predict(X),
        "Rounded, your predictions are right in each corner; but they stay too far from 0 and 1. "
        "A switch needs large sums, and somewhere in your network the weights are small.",
        "By hand",
    )


def ones(X):
    return X.sum(axis=1, keepdims=True)


def twice_xor(X):
    k = 20.0
    net = Network.from_weights([[[k, -k], [k, -k]], [[k], [k]]], [[-k / 2, 1.5 * k], [-1.5 * k]])
    return net.predict(np.column_stack([net.predict(X[:, :2]), X[:, 2]]))


xor_of_three = Exercise(
    name="xor-of-three",
    chapter=11,
    kind="function",
    question="Write `odd_by_hand(X)`, with weights and biases that you choose: the predictions of "
    "a 3-3-1 network that says 1 where one or all three of the inputs are 1, and 0 where none or "
    "two are, to within 0.01. Let the network do it: no `%`, and no counting.",
    solution=lambda X: steep(20.0).predict(X).round(3),
    also_right=(
        lambda X: steep(11.0).predict(X),
        twice_xor,
    ),
    draw=corners,
    absolute=0.01,
    mistakes={
        "too flat, with weights of 3": too_flat(3.0),
        "too flat, with weights of 4": too_flat(4.0),
        "too flat, with weights of 5": too_flat(5.0),
        "too flat, with 1 and -1 at the output": too_flat(20.0, 1.0),
        "not all the same": Mistake(
            lambda X: (ones(X) > 0) & (ones(X) < 3),
            "This says “at least one, but not all”: the chapter's recipe, word for word, with a "
            "third input. For two inputs that is XOR; for three, count the ones in each corner.",
            "By hand",
        ),
        "exactly one": Mistake(
            lambda X: ones(X) == 1,
            "“At least one, but not two or more” is a good beginning. Where all three inputs are "
            "1, the output has to change its mind once more.",
            "By hand",
        ),
        "at least one": Mistake(
            lambda X: ones(X) > 0,
            "The output says yes wherever any input does: OR. Perhaps the neuron that should "
            "hold it back has a bias that keeps it off, or too small a weight.",
            "By hand",
        ),
        "the opposite": Mistake(
            lambda X: 1 - ones(X) % 2,
            "All corners are told apart, with yes and no exchanged. A sign may be wrong, most "
            "likely at the output: what does it say if all hidden neurons are off?",
            "By hand",
        ),
        "a third input that is not used": Mistake(
            lambda X: X[:, :2].sum(axis=1, keepdims=True) % 2,
            "This is XOR of the first two inputs. The third row of `W1` belongs to the third "
            "input; with zeros there, it has no say.",
            "By hand",
        ),
        "all three": Mistake(
            lambda X: ones(X) == 3,
            "The output says yes only where all inputs do: AND. It should say so where one is 1, "
            "too.",
            "By hand",
        ),
        "the majority": Mistake(
            lambda X: ones(X) > 1,
            "The output says yes where two or three inputs do. Count the ones: with one of them "
            "it should say yes, with two it should not.",
            "By hand",
        ),
        "exactly two": Mistake(
            lambda X: ones(X) == 2,
            "The output says yes where two inputs do. It should where one or three do: an odd "
            "number.",
            "By hand",
        ),
        "none": Mistake(
            lambda X: ones(X) == 0,
            "The output says yes where no input does. Perhaps a sign is wrong: it should where "
            "one or three inputs are 1.",
            "By hand",
        ),
        "not all three": Mistake(
            lambda X: ones(X) < 3,
            "The output says yes unless all inputs do: the opposite of AND. Where none is 1, it "
            "should say no.",
            "By hand",
        ),
        "always yes": Mistake(
            lambda X: np.ones((len(X), 1)),
            "Every corner gets a yes. A bias at the output is too large, or the weights in front "
            "of it have no minus.",
            "By hand",
        ),
        "one half everywhere": Mistake(
            lambda X: np.full((len(X), 1), 0.5),
            "The output is 0.5 in every corner: its sum is 0, as with weights of 0. It has to be "
            "far above or far below.",
            "By hand",
        ),
        "sums in place of predictions": Mistake(
            lambda X: 20.0 * (ones(X) % 2) - 10,
            "These are sums at the output, before the bend. They have the right signs; a "
            "prediction is what the sigmoid makes of them.",
            "By hand",
        ),
        "the ones counted": Mistake(
            lambda X: ones(X),
            "This is how many inputs are 1. It is a good beginning for the hidden layer; the "
            "output should say whether the number is odd.",
            "By hand",
        ),
    },
)

# What opens the chapter.

recalled = recall(11, 3, questions.count_weights, questions.one_update, questions.orders_of_neurons)

EXERCISES = (
    recalled,
    count_the_parameters,
    and_and_or,
    forward_with_biases,
    train_the_failures,
    xor_of_three,
)

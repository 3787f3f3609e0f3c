"""Chapter 04: all students at once, through arrays whose shapes fit."""

from functools import reduce
from itertools import pairwise

import numpy as np

from nn_tutorial import Network
from nn_tutorial.activations import sigmoid
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. Shapes, of a network that is as large as the student's name says.


def of_one_array(answer, name):
    return Mistake(
        answer,
        f"`{name}` alone has a row of weights for each neuron, as in many books and libraries; "
        "your other weights have a column. One rule holds for both: what does a row belong to?",
        "The same nine weights, three times",
    )


shapes_of_a_forward_pass = Exercise(
    name="shapes-of-a-forward-pass",
    chapter=4,
    kind="shape",
    question="N students go through a network with D inputs, H hidden neurons and C outputs, your "
    "own four numbers. Which shapes do `X`, `W1`, `Z1`, `W2` and `y_pred` have?",
    solution=lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N, C)),
    menus={"N": range(20, 41), "D": (4, 5, 6), "H": range(8, 13), "C": (2, 3)},
    mistakes={
        "weights stored neuron by neuron": Mistake(
            lambda N, D, H, C: ((N, D), (H, D), (N, H), (C, H), (N, C)),
            "A row of weights for each neuron: many books and libraries do it this way. In this "
            "series a row belongs to an input, so that `X @ W1` works as it stands.",
            "The same nine weights, three times",
        ),
        "weights stored neuron by neuron, in `W1`": of_one_array(
            lambda N, D, H, C: ((N, D), (H, D), (N, H), (H, C), (N, C)), "W1"
        ),
        "weights stored neuron by neuron, in `W2`": of_one_array(
            lambda N, D, H, C: ((N, D), (D, H), (N, H), (C, H), (N, C)), "W2"
        ),
        "everything swapped": Mistake(
            lambda N, D, H, C: ((D, N), (H, D), (H, N), (C, H), (C, N)),
            "Each student became a column, and each neuron a row of weights. These shapes fit "
            "together, with the factors exchanged, and some books use them; in this series "
            "students are rows.",
            "The same nine weights, three times",
        ),
        "samples as columns": Mistake(
            lambda N, D, H, C: ((D, N), (D, H), (H, N), (H, C), (C, N)),
            "Each student became a column. Many formulas on paper use such columns; our samples "
            "are rows, in `X` and in everything that is made of it.",
            "Shapes are half the work",
        ),
        "the sums shaped like the weights": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (D, H), (H, C), (H, C)),
            "`Z1` and `y_pred` got the shapes of the weights, whose numbers go into them. But the "
            "inputs are added up and vanish, and each student has sums of his or her own.",
            "Then with `@`",
        ),
        "a product that keeps the shape": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (N, D), (H, C), (N, D)),
            "`Z1` and `y_pred` got the shape of `X`, as in a product entry by entry. Bending keeps "
            "a shape; `@` does not.",
            "Then with `@`",
        ),
        "inner sizes that remain": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (D, D), (H, C), (H, H)),
            "The sizes that meet in the middle have to agree, so one looks at them, and writes "
            "them down. But these are the ones that vanish.",
            "Shapes are half the work",
        ),
        "a single output": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, 1), (N, 1)),
            "The three students' network has one output. Yours has more, and each needs weights "
            "of its own.",
            "Shapes are half the work",
        ),
        "a single output, after the weights": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N, 1)),
            "`W2` has its columns, but `y_pred` got one only, as for the three students. Each "
            "output of your network says something about each student.",
            "Shapes are half the work",
        ),
        "a single output, without a column": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (N, H), (H, C), (N,)),
            "`y_pred` got one number for each student, as a plain list. Your network has several "
            "outputs, and even a single one would be a column, as for the three students.",
            "Shapes are half the work",
        ),
        "`W2` from the inputs": Mistake(
            lambda N, D, H, C: ((N, D), (D, H), (N, H), (D, C), (N, C)),
            "`W2` begins with the number of inputs, as `W1` does. What goes into the second layer "
            "is what the hidden layer says.",
            "Shapes are half the work",
        ),
    },
)

# 2. A prediction.


def product_that_fits():
    N, D, H = 5, 4, 6
    X, W1 = np.ones((D, N)), np.ones((D, H))
    products = {"a": (X, W1), "b": (W1, X), "c": (X.T, W1.T), "d": (W1.T, X)}
    return next(k for k, (left, right) in products.items() if left.shape[1] == right.shape[0])


students_as_columns = Exercise(
    name="students-as-columns",
    chapter=4,
    kind="prediction",
    question="Somebody stores students as columns: `X` has the shape (D, N), and `W1` is (D, H) as "
    "before. Which product gives the sum of each hidden neuron for each student?",
    solution=product_that_fits,
    choices={"a": "`X @ W1`", "b": "`W1 @ X`", "c": "`X.T @ W1.T`", "d": "`W1.T @ X`"},
    mistakes={
        "as if nothing had changed": Mistake(
            lambda: "a",
            "It is the product of the chapter, and looks familiar. Write the two shapes side by "
            "side: which sizes meet in the middle now?",
            "Shapes are half the work",
        ),
        "the order exchanged": Mistake(
            lambda: "b",
            "When students turn into columns, one expects the factors to change places. But which "
            "sizes meet in the middle of (D, H) @ (D, N)?",
            "Shapes are half the work",
        ),
        "both swapped, the order kept": Mistake(
            lambda: "c",
            "Swapping the first is in order: then students are rows again. But swapping both moves "
            "the trouble to the other side: the sizes in the middle are D and H.",
            "Shapes are half the work",
        ),
    },
)

# 3. In one case all sizes are 3: only there can a wrong product be told from a refused one. The
# smallest case has one output.


def inputs_and_weights(rng, size):
    N, D, H, C = [3] * 4 if size == 2 else unequal(rng, size, 4)
    C = C if size else 1
    X = rng.uniform(0.1, 1.5, (N, D)).round(2)
    return X, rng.normal(size=(D, H)).round(2), rng.normal(size=(H, C)).round(2)


def by_loops(X, W1, W2):
    def layer(x, W):
        return [sum(x[k] * W[k][j] for k in range(len(W))) for j in range(len(W[0]))]

    return [sigmoid(layer(sigmoid(layer(x, W1)), W2)) for x in X]


def by_einsum(X, W1, W2):
    hidden = sigmoid(np.einsum("nd,dh->nh", X, W1))
    return sigmoid(np.einsum("nh,hc->nc", hidden, W2))


def entry_by_entry(answer):
    return Mistake(
        answer,
        "`*` multiplies entry by entry, and adds nothing up. For single numbers it is the usual "
        "sign, so the fingers type it by themselves. NumPy does not always refuse it.",
        "Then with `@`",
    )


def in_front(answer):
    return Mistake(
        answer,
        "“Weight times input” is how one says it, and numbers may be multiplied in any order. "
        "For `@` the order matters: a row on the left meets a column on the right.",
        "Shapes are half the work",
    )


forward_for_any_sizes = Exercise(
    name="forward-for-any-sizes",
    chapter=4,
    kind="function",
    question="Write `forward_any(X, W1, W2)`, the forward pass for any number of students, inputs, "
    "hidden neurons and outputs. It returns the predictions, shape (N, C).",
    solution=lambda X, W1, W2: sigmoid(sigmoid(X @ W1) @ W2),
    also_right=(
        by_loops,
        by_einsum,
        lambda X, W1, W2: Network.from_weights([W1, W2]).predict(X),
        lambda X, W1, W2: sigmoid(W2.T @ sigmoid(W1.T @ X.T)).T,
    ),
    draw=inputs_and_weights,
    mistakes={
        "no bend at the end": Mistake(
            lambda X, W1, W2: sigmoid(X @ W1) @ W2,
            "The last sums were returned. No layer comes after them, so nothing seems to be "
            "missing; but they can be negative or above 1, and no prediction is.",
            "The forward pass, in four lines",
        ),
        "no bend inside": Mistake(
            lambda X, W1, W2: sigmoid(X @ W1 @ W2),
            "The first sums went on unbent. The shapes fit and the results lie between 0 and 1, so "
            "nothing looks wrong; but see chapter 03, “Without a bend, two layers are one”.",
            "The forward pass, in four lines",
        ),
        "no bend at all": Mistake(
            lambda X, W1, W2: X @ W1 @ W2,
            "These are the two products alone. The formula is so short that the bends get lost. "
            "What is left is one layer: see chapter 03, “Without a bend, two layers are one”.",
            "The forward pass, in four lines",
        ),
        "bent twice at the end": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(sigmoid(X @ W1) @ W2)),
            "The output went through the sigmoid twice. It happens when one line bends already and "
            "the `return` bends again. All predictions then lie between 0.5 and 0.74.",
            "The forward pass, in four lines",
        ),
        "points in place of predictions": Mistake(
            lambda X, W1, W2: 100 * sigmoid(sigmoid(X @ W1) @ W2),
            "The predictions were multiplied by 100. The chapter does that where it prints points; "
            "the function `forward` itself leaves them between 0 and 1.",
            "The forward pass, in four lines",
        ),
        "stopped at the hidden layer": Mistake(
            lambda X, W1, W2: sigmoid(X @ W1),
            "These are the activations of the hidden layer, one column for each hidden neuron. "
            "The second half of the way is missing, or the wrong name was returned.",
            "The forward pass, in four lines",
        ),
        "W1.T in place of W1": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1.T) @ W2),
            "The first weights were transposed. Where there are as many inputs as hidden neurons "
            "the shapes allow it and the numbers are wrong; elsewhere NumPy refuses.",
            "Shapes are half the work",
        ),
        "both weights transposed": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1.T) @ W2.T),
            "It would be right for weights that are stored neuron by neuron, as in many libraries. "
            "Here a column belongs to a neuron; where all sizes agree, nobody warns you.",
            "Shapes are half the work",
        ),
        "multiplied entry by entry": entry_by_entry(
            lambda X, W1, W2: sigmoid(sigmoid(X * W1) * W2)
        ),
        "the first product entry by entry": entry_by_entry(
            lambda X, W1, W2: sigmoid(sigmoid(X * W1) @ W2)
        ),
        "the second product entry by entry": entry_by_entry(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1) * W2)
        ),
        "the weights in front": in_front(lambda X, W1, W2: sigmoid(W2 @ sigmoid(W1 @ X))),
        "the first weights in front": in_front(lambda X, W1, W2: sigmoid(sigmoid(W1 @ X) @ W2)),
        "students as columns": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1) @ W2).T,
            "The numbers are right, but each student is a column. With samples as rows the answer "
            "has as many rows as `X`.",
            "Shapes are half the work",
        ),
        "a sign lost in the exponent": Mistake(
            lambda X, W1, W2: sigmoid(-sigmoid(-X @ W1) @ W2),
            "1 was divided by 1 plus e to the z, without the minus. Then every bend falls where "
            "it should climb.",
            "The forward pass, in four lines",
        ),
        "the inputs bent": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(sigmoid(X) @ W1) @ W2),
            "The inputs were bent, too. They are given, not computed: a bend belongs behind a sum.",
            "The forward pass, in four lines",
        ),
        "the inputs scaled once more": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X / X.max(axis=0) @ W1) @ W2),
            "The function divides `X` by its maxima. Whoever calls it has scaled already, with "
            "maxima that were remembered.",
            "The forward pass, in four lines",
        ),
        "bent by tanh inside": Mistake(
            lambda X, W1, W2: sigmoid(np.tanh(X @ W1) @ W2),
            "The hidden sums went through tanh, because NumPy has it ready. It is a bend, too, "
            "but not the one of this network.",
            "The forward pass, in four lines",
        ),
        "both layers returned": Mistake(
            lambda X, W1, W2: (sigmoid(X @ W1), sigmoid(sigmoid(X @ W1) @ W2)),
            "The hidden activations were returned along with the predictions. A later chapter "
            "will want both; this question wants the predictions.",
            "The forward pass, in four lines",
        ),
        "the mean of the hidden neurons": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1) @ W2 / len(W2)),
            "The second sums were divided by the number of hidden neurons. A neuron adds its "
            "products up, and does not average them.",
            "The forward pass, in four lines",
        ),
        "softmax at the end": Mistake(
            lambda X, W1, W2: (lambda e: e / e.sum(axis=1, keepdims=True))(
                np.exp(sigmoid(X @ W1) @ W2)
            ),
            "The outputs of each student add up to 1. That is another way to end a network; here "
            "each output is bent on its own.",
            "The forward pass, in four lines",
        ),
        "the first output alone": Mistake(
            lambda X, W1, W2: sigmoid(sigmoid(X @ W1) @ W2)[:, :1],
            "Only the first output came back, as if there could be no other. A column for each is "
            "wanted.",
            "Shapes are half the work",
        ),
    },
)

# 4. Both results are made anew at each check, so another NumPy with other numbers does no harm.


def seed_and_sizes(rng, size):
    return int(rng.integers(100, 3000)), *unequal(rng, size, 3)


def drawn(seed, *shapes, numbers=np.random.Generator.normal):
    rng = np.random.default_rng(seed)
    return tuple(numbers(rng, size=shape) for shape in shapes)


def in_one_go(seed, D, H, C):
    numbers = np.random.default_rng(seed).standard_normal((D + C) * H)
    return [numbers[: D * H].reshape(D, H), numbers[D * H :].reshape(H, C)]


def one_by_one(seed, D, H, C):
    rng = np.random.default_rng(seed)
    return tuple([[rng.normal() for _ in range(m)] for _ in range(n)] for n, m in ((D, H), (H, C)))


def the_old_way(seed, D, H, C):
    old = np.random.RandomState(seed)  # what np.random.seed and np.random.normal use
    return old.normal(size=(D, H)), old.normal(size=(H, C))


def evenly(rng, size):
    return rng.uniform(-1, 1, size)


def always(number):
    return Mistake(
        lambda seed, D, H, C: drawn(number, (D, H), (H, C)),
        f"These are the numbers of a generator with the seed {number}, whatever seed was asked "
        "for. A number that served for a trial stays behind easily, and nothing fails when a "
        "parameter goes unused.",
        "Where to start: random weights",
    )


repeatable_start = Exercise(
    name="repeatable-start",
    chapter=4,
    kind="function",
    question="Write `random_start(seed, D, H, C)`: from one generator with this seed, draw `W1` of "
    "shape (D, H), then `W2` of shape (H, C), both from the normal distribution; return the two.",
    solution=lambda seed, D, H, C: drawn(seed, (D, H), (H, C)),
    also_right=(in_one_go, one_by_one),
    draw=seed_and_sizes,
    mistakes={
        "the same seed twice": Mistake(
            lambda seed, D, H, C: drawn(seed, (D, H)) + drawn(seed, (H, C)),
            "The generator was made anew for `W2`, so it starts from the beginning: `W2` repeats "
            "the numbers of `W1`, from the first on. They look random, and are not new.",
            "Where to start: random weights",
        ),
        "W2 drawn first": Mistake(
            lambda seed, D, H, C: drawn(seed, (H, C), (D, H))[::-1],
            "A generator deals its numbers in order, like cards. Whoever draws `W2` first gets "
            "other weights than somebody who draws `W1` first, with the same seed.",
            "Where to start: random weights",
        ),
        "returned in the wrong order": Mistake(
            lambda seed, D, H, C: drawn(seed, (D, H), (H, C))[::-1],
            "The arrays are right, but the second comes first. Whoever takes the two apart gets "
            "each under the other's name.",
            "Where to start: random weights",
        ),
        "the seed unused, always 0": always(0),
        "the seed unused, always 4": always(4),
        "the seed unused, always 42": always(42),
        "numbers between 0 and 1": Mistake(
            lambda seed, D, H, C: drawn(seed, (D, H), (H, C), numbers=np.random.Generator.random),
            "`random` spreads its numbers evenly from 0 to 1. It is the first name that comes to "
            "mind; but then no weight is negative.",
            "Where to start: random weights",
        ),
        "numbers between -1 and 1": Mistake(
            lambda seed, D, H, C: drawn(seed, (D, H), (H, C), numbers=evenly),
            "These are spread evenly from -1 to 1. Half of them are negative, as wanted; but the "
            "normal distribution has most numbers near 0, and some far out.",
            "Where to start: random weights",
        ),
        "sizes taken for mean and spread": Mistake(
            lambda seed, D, H, C: drawn(
                seed, (D, H), (H, C), numbers=lambda rng, size: rng.normal(*size)
            ),
            "Without `size=` the first two numbers that `normal` gets are the mean and the "
            "standard deviation, and what comes back is a single number.",
            "Where to start: random weights",
        ),
        "rows and columns swapped": Mistake(
            lambda seed, D, H, C: drawn(seed, (H, D), (C, H)),
            "The shapes are those of weights that are stored neuron by neuron. In `size=` the rows "
            "come first, and a row of `W1` belongs to an input.",
            "The same nine weights, three times",
        ),
        "the old generator": Mistake(
            the_old_way,
            "These numbers come from NumPy's older generator, that of `np.random.seed` and "
            "`RandomState`: with the same seed it deals different ones. And what `np.random.seed` "
            "sets is shared by the whole program, so any line elsewhere that draws from it changes "
            "yours.",
            "Where to start: random weights",
        ),
        "a tenth of the width": Mistake(
            lambda seed, D, H, C: tuple(0.1 * W for W in drawn(seed, (D, H), (H, C))),
            "The numbers are right, divided by 10. Small weights are a good start in some "
            "networks; the question is for the normal distribution as it is.",
            "Where to start: random weights",
        ),
        "the next seed for W2": Mistake(
            lambda seed, D, H, C: drawn(seed, (D, H)) + drawn(seed + 1, (H, C)),
            "`W2` came from a second generator, with the next seed. One generator is enough: it "
            "goes on where it stopped.",
            "Where to start: random weights",
        ),
        "the seed as the mean": Mistake(
            lambda seed, D, H, C: tuple(W + seed for W in drawn(seed, (D, H), (H, C))),
            "The seed was handed to `normal` as its first number, which is the mean. It belongs "
            "to the generator, where it decides where the numbers begin.",
            "Where to start: random weights",
        ),
        "W2 drawn first, and returned first": Mistake(
            lambda seed, D, H, C: drawn(seed, (H, C), (D, H)),
            "`W2` was drawn first, and comes first. Draw and return in the order of the way "
            "through the network.",
            "Where to start: random weights",
        ),
    },
)

# 5. Stretch. Again all sizes are 3 in one case.


def inputs_and_list(rng, size):
    sizes = [3] * 5 if size == 2 else unequal(rng, size, min(size + 3, 5))
    X = rng.uniform(0.1, 1.5, sizes[:2]).round(2)
    return X, [rng.normal(size=shape).round(2) for shape in pairwise(sizes[1:])]


def all_layers(X, weights):
    activations = [X]
    for W in weights:
        activations.append(sigmoid(activations[-1] @ W))
    return activations[1:]


def unbent(X, weights):
    for W in weights:
        X = X @ W
    return X


def two_names(X, weights):
    W1, W2 = weights
    return sigmoid(sigmoid(X @ W1) @ W2)


def deep(X, weights):
    return X if not weights else deep(sigmoid(X @ weights[0]), weights[1:])


forward_through_a_list = Exercise(
    name="forward-through-a-list",
    chapter=4,
    kind="function",
    question="Write `forward_through(X, weights)`: the forward pass through any number of layers, "
    "where `weights` is the list of their weight arrays. It returns the last activations.",
    solution=lambda X, weights: all_layers(X, weights)[-1],
    also_right=(deep, lambda X, weights: Network.from_weights(weights).predict(X)),
    draw=inputs_and_list,
    mistakes={
        "returned after the first layer": Mistake(
            lambda X, weights: all_layers(X, weights)[0],
            "The answer ends with the first layer. Mostly a `return` stands inside the loop, "
            "indented one step too far, so that the loop runs once.",
            "The forward pass, in four lines",
        ),
        "each layer starts from X": Mistake(
            lambda X, weights: [sigmoid(X @ W) for W in weights][-1],
            "Every layer was given `X` itself. With several layers NumPy mostly refuses; where all "
            "sizes agree, the last layer works as if it were alone.",
            "The forward pass, in four lines",
        ),
        "no bend at the end": Mistake(
            lambda X, weights: deep(X, weights[:-1]) @ weights[-1],
            "The last layer was not bent. It seems to need a treatment of its own, because nothing "
            "comes after it; here it does the same as the others.",
            "The forward pass, in four lines",
        ),
        "bent only at the end": Mistake(
            lambda X, weights: sigmoid(unbent(X, weights)),
            "The bend stands after the loop, so it happens once. Between the layers nothing bends, "
            "and they do the work of a single one: see chapter 03, “Without a bend, two layers "
            "are one”.",
            "The forward pass, in four lines",
        ),
        "no bend at all": Mistake(
            unbent,
            "The loop multiplies and never bends. However many layers you stack in this way, they "
            "do the work of one: see chapter 03, “Without a bend, two layers are one”.",
            "The forward pass, in four lines",
        ),
        "always two layers": Mistake(
            lambda X, weights: sigmoid(sigmoid(X @ weights[0]) @ weights[1]),
            "The function takes two arrays out of the list, as in the chapter. A list may be "
            "longer, or have one entry.",
            "The forward pass, in four lines",
        ),
        "two names for the whole list": Mistake(
            two_names,
            "The list was taken apart as in `W1, W2 = weights`. Python allows that for exactly two "
            "arrays, as in the chapter; a list may be longer, or have one entry.",
            "The forward pass, in four lines",
        ),
        "the last layer left out": Mistake(
            lambda X, weights: deep(X, weights[:-1]),
            "The loop ends one layer too early. Counting layers by index invites it, because the "
            "last index is one less than the length.",
            "The forward pass, in four lines",
        ),
        "the layers backwards": Mistake(
            lambda X, weights: deep(X, weights[::-1]),
            "The last weights were used first. Mostly the shapes refuse it; where all sizes agree "
            "it runs, and nobody warns you.",
            "Shapes are half the work",
        ),
        "all activations": Mistake(
            all_layers,
            "The list of all layers' activations was returned. It will be of use in later "
            "chapters; the question is about the last ones, the predictions.",
            "The forward pass, in four lines",
        ),
        "the inputs bent": Mistake(
            lambda X, weights: deep(sigmoid(X), weights),
            "The inputs were bent, too: the loop bends first, and multiplies afterwards. They are "
            "given, not computed: a bend belongs behind a sum.",
            "The forward pass, in four lines",
        ),
        "bent by tanh inside": Mistake(
            lambda X, weights: sigmoid(
                reduce(lambda A, W: np.tanh(A @ W), weights[:-1], X) @ weights[-1]
            ),
            "The hidden sums went through tanh, because NumPy has it ready. It is a bend, too, "
            "but not the one of this network.",
            "The forward pass, in four lines",
        ),
        "the first layer left out": Mistake(
            lambda X, weights: deep(X, weights[1:]),
            "The loop begins with the second table. Where the sizes agree it runs, and nobody "
            "warns you.",
            "The forward pass, in four lines",
        ),
    },
)

# What opens the chapter.

recalled = recall(4, 3, questions.hours_back, questions.count_weights, questions.slope_from_a)

EXERCISES = (
    recalled,
    shapes_of_a_forward_pass,
    students_as_columns,
    forward_for_any_sizes,
    repeatable_start,
    forward_through_a_list,
)

"""Chapter 16: derivatives that the computer finds."""

import numpy as np

from nn_tutorial.activations import sigmoid, sigmoid_slope_from_activation, softmax
from nn_tutorial.data import made_up_weights
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.recall import recall

# 1. A quotient and its two slopes.


def two_numbers(rng, size):
    u, v = rng.uniform(1.5, 4, 2) * (rng.choice([-1, 1], 2) if size else 1)
    return float(u), float(v + np.sign(v) * (2 + size))


def nudged_quotient(u, v, h=1e-5):
    by_v = (u / (v + h) - u / (v - h)) / (2 * h)
    return u / v, ((u + h) / v - (u - h) / v) / (2 * h), by_v


add_an_operation = Exercise(
    name="add-an-operation",
    chapter=16,
    kind="function",
    question="Write `divide(u, v)` for two plain numbers. It returns what a `Value` for `u/v` has "
    "to hold: the quotient, its slope in u, and its slope in v.",
    solution=lambda u, v: (u / v, 1 / v, -u / v**2),
    also_right=(nudged_quotient, lambda u, v: [u * v**-1, v**-1, -(u / v) / v]),
    draw=two_numbers,
    mistakes={
        "a lost sign": Mistake(
            lambda u, v: (u / v, 1 / v, u / v**2),
            "The size of the slope in v is right. But divide a positive number by a little more, "
            "and look which way the quotient moves.",
            "Every program is a chain",
        ),
        "the slopes of a product": Mistake(
            lambda u, v: (u / v, v, u),
            "In a product each slope is the other factor. A division looks like its twin, but one "
            "more u does not add a whole v here.",
            "Every program is a chain",
        ),
        "one rule for both": Mistake(
            lambda u, v: (u / v, 1 / v, 1 / u),
            "The slope in u is right, and the letters were exchanged for the one in v. That works "
            "where both play the same part, as in a product; in a quotient they do not.",
            "Every program is a chain",
        ),
        "the slope of 1/v alone": Mistake(
            lambda u, v: (u / v, 1 / v, -1 / v**2),
            "That is how fast 1/v changes, whatever u is. But 10/v changes faster than 1/v: a link "
            "of the chain is missing.",
            "Every program is a chain",
        ),
        "minus the quotient": Mistake(
            lambda u, v: (u / v, 1 / v, -u / v),
            "This is minus the quotient itself. The slope has a minus as well, but it depends on v "
            "in another way. Nudge v, and compare.",
            "Every program is a chain",
        ),
        "the slopes exchanged": Mistake(
            lambda u, v: (u / v, -u / v**2, 1 / v),
            "Both slopes are right, but each stands in the other's place. `walk_back` pairs parts "
            "and slopes by their order, and would not notice.",
            "Walk back",
        ),
        "the slopes of a difference": Mistake(
            lambda u, v: (u / v, 1, -1),
            "In a difference one more u adds 1, whatever v is. In a quotient it adds a share that "
            "depends on v.",
            "Every program is a chain",
        ),
        "the slopes of a sum": Mistake(
            lambda u, v: (u / v, 1, 1),
            "In a sum one more u adds 1, whatever v is. In a quotient it adds a share that "
            "depends on v.",
            "Every program is a chain",
        ),
        "the quotient without a square": Mistake(
            lambda u, v: (u / v, 1 / v, u / v),
            "Your third number is the quotient itself. Divide by a little more, and look which "
            "way it moves, and by how much.",
            "Every program is a chain",
        ),
        "the quotient for the slope in u": Mistake(
            lambda u, v: (u / v, u / v, -u / v**2),
            "Your second number is the quotient itself. If u grows by 1, the quotient does not "
            "grow by itself.",
            "Every program is a chain",
        ),
        "upside down": Mistake(
            lambda u, v: (v / u, 1 / u, -v / u**2),
            "You divided v by u, and everything follows from that. The first parameter is above "
            "the line.",
            "Every program is a chain",
        ),
        "whole division": Mistake(
            lambda u, v: (u // v, 1 / v, -u / v**2),
            "`//` leaves out what is behind the point. The slopes are right; the quotient is `/`.",
            "Every program is a chain",
        ),
        "a logarithm": Mistake(
            lambda u, v: (u / v, 1 / v, u * np.log(abs(v))),
            "u times the logarithm of v is what has the slope u / v. Here the slope of u / v is "
            "asked for: the way is the other one.",
            "Every program is a chain",
        ),
    },
)

# 2. and 3. A graph is its links: from one value to another, with a slope.


def walk(starts, ends, slopes, first=1, order=-1, along=np.multiply, meet=np.add):
    grad = np.zeros(ends[-1] + 1)
    grad[-1] = first
    for start, end, slope in list(zip(starts, ends, slopes, strict=True))[::order]:
        grad[start] = meet(grad[start], along(slope, grad[end]))
    return grad


def walk_and_overwrite(starts, ends, slopes):
    return walk(starts, ends, slopes, meet=lambda old, new: new)


def network():
    """Return the links of chapter 06's network: 0 to 5 are W1, 6 to 8 W2, 18 is the loss."""
    x, (W1, W2) = np.array([2 / 3, 1]), made_up_weights()
    w2 = W2[:, 0]
    a1 = sigmoid(x @ W1)
    a2 = sigmoid(a1 @ w2)
    z1, h = np.arange(9, 12), np.arange(12, 15)
    starts = np.concatenate([range(6), z1, range(6, 9), h, [15, 16, 17, 17]])
    ends = np.concatenate([z1, z1, h, [15] * 6, [16, 17, 18, 18]])
    slopes_of_bends = sigmoid_slope_from_activation(np.append(a1, a2))
    error = [1, a2 - 0.92, a2 - 0.92]
    slopes = np.concatenate([x.repeat(3), slopes_of_bends[:3], a1, w2, slopes_of_bends[3:], error])
    return starts, ends, slopes


def still_right():
    right, wrong = (way(*network())[:9] for way in (walk, walk_and_overwrite))
    return "b" if np.allclose(wrong, right / 2) else "a"


overwrite_or_add = Exercise(
    name="overwrite-or-add",
    chapter=16,
    kind="prediction",
    question="In `walk_back`, somebody writes `=` in place of `+=`. How many of the nine gradients "
    "of student (2, 9) are still right?",
    solution=still_right,
    choices={
        "a": "All nine, since each weight is used once.",
        "b": "None: each is half of what it should be.",
        "c": "Three, those of the output weights.",
        "d": "None: all are 0.",
    },
    mistakes={
        "only the weights looked at": Mistake(
            lambda: "a",
            "It is true that each weight is used once. But what it gets comes through all values "
            "between it and the loss; look for one of these that is used twice.",
            "The smallest network again",
        ),
        "trouble in the hidden layer": Mistake(
            lambda: "c",
            "The hidden layer is where blame splits up, so one looks for the trouble there. But "
            "with one output each hidden neuron speaks once. Go nearer to the loss.",
            "The whole network",
        ),
        "overwriting taken for deleting": Mistake(
            lambda: "d",
            "With `=` a value forgets what it got before, but it keeps what it gets last. Nothing "
            "becomes 0 unless 0 is what comes back.",
            "Walk back",
        ),
    },
)


def graph(rng, size):
    """Return links: each value is made of the one before and another, and n - 3 is used twice."""
    n_values = 4 + size
    links = [(value - 1, value) for value in range(1, n_values)]
    links += [(int(rng.integers(0, value)), value) for value in range(2, n_values - 1)]
    links.append((n_values - 3, n_values - 1))
    starts, ends = np.array(sorted(links, key=lambda link: link[1])).T
    return starts, ends, (rng.uniform(0.4, 2, len(ends)) * rng.choice([-1, 1], len(ends))).round(2)


def by_equations(starts, ends, slopes, of=-1):
    one = np.eye(max(*starts, *ends) + 1)
    slope = np.zeros(one.shape)
    np.add.at(slope, (starts, ends), slopes)
    return np.linalg.solve(one - slope, one[of])


def by_asking(starts, ends, slopes):
    """Each value asks those that it leads to."""
    links = list(zip(starts, ends, slopes, strict=True))

    def gradient(value):
        if value == ends[-1]:
            return 1
        return sum(slope * gradient(end) for start, end, slope in links if start == value)

    return [gradient(value) for value in range(ends[-1] + 1)]


def hand_on_at_once(starts, ends, slopes):
    grad = np.zeros(ends[-1] + 1)
    grad[-1] = 1

    def back(value):
        for start, end, slope in zip(starts, ends, slopes, strict=True):
            if end == value:
                grad[start] += slope * grad[end]
                back(start)

    back(ends[-1])
    return grad


def no_chain(starts, ends, slopes):
    grad = np.zeros(ends[-1] + 1)
    grad[-1] = 1
    np.add.at(grad, starts, slopes)
    return grad


def walk_from_ones(starts, ends, slopes):
    grad = np.ones(ends[-1] + 1)
    for start, end, slope in list(zip(starts, ends, slopes, strict=True))[::-1]:
        grad[start] += slope * grad[end]
    return grad


def walk_exchanged(starts, ends, slopes):
    grad = np.zeros(ends[-1] + 1)
    grad[-1] = 1
    for start, end, slope in list(zip(starts, ends, slopes, strict=True))[::-1]:
        grad[end] += slope * grad[start]
    return grad


walk_by_numbers = Exercise(
    name="walk-back-by-numbers",
    chapter=16,
    kind="function",
    question="A graph is given by numbers: link k leads from value `starts[k]` to a later value "
    "`ends[k]` and has the slope `slopes[k]`. The links are sorted by their ends, and the last "
    "value is the loss. Write `gradients_of(starts, ends, slopes)`, which returns the gradient of "
    "each value.",
    solution=lambda starts, ends, slopes: walk(starts, ends, slopes),
    also_right=(by_equations, by_asking),
    draw=graph,
    mistakes={
        "overwritten, not added": Mistake(
            walk_and_overwrite,
            "A value that leads to several others keeps only what came last. It goes unnoticed as "
            "long as each value is used once, as in a plain chain.",
            "Walk back",
        ),
        "from the front": Mistake(
            lambda *graph: walk(*graph, order=1),
            "The links were taken in the order in which they are given, as a loop does by itself. "
            "Then values hand on their gradient before they have got any.",
            "Walk back",
        ),
        "handed on too early": Mistake(
            hand_on_at_once,
            "As soon as a value got something, it handed on all that it had, and at its second use "
            "the first part once more. A function that calls itself invites this.",
            "Walk back",
        ),
        "slopes added along the chain": Mistake(
            lambda *graph: walk(*graph, along=np.add),
            "Where chains meet, one adds, and it is easily mixed up with what happens along a "
            "chain. Think of the bicycle of chapter 06: 3 turns, 2 metres each.",
            "Every program is a chain",
        ),
        "the other direction": Mistake(
            lambda starts, ends, slopes: by_equations(ends, starts, slopes, of=0),
            "These are the slopes of all values in the first one, as they are found by going "
            "forwards from it. The question asks for the slopes of one value, the loss, in all.",
            "The whole network",
        ),
        "a loss without a slope": Mistake(
            lambda *graph: walk(*graph, first=0),
            "All gradients are 0, because nothing was there to hand on. Before the walk begins, "
            "one value has a slope: that of the loss in itself.",
            "Walk back",
        ),
        "the slopes alone": Mistake(
            no_chain,
            "Each value got the slopes of its links, added up, and nothing came from further on. "
            "Along a chain slopes are multiplied.",
            "Every program is a chain",
        ),
        "a 1 for every value": Mistake(
            lambda *graph: walk_from_ones(*graph),
            "Each value began with a gradient of 1. Only the loss has one: its slope in itself.",
            "Walk back",
        ),
        "the slopes forgotten": Mistake(
            lambda *graph: walk(*graph, along=lambda slope, grad: grad),
            "The gradient was handed on as it is. Each link has a slope, by which it is "
            "multiplied.",
            "Every program is a chain",
        ),
        "starts and ends exchanged, from the back": Mistake(
            lambda starts, ends, slopes: walk_exchanged(starts, ends, slopes),
            "The gradient was handed from the start of each link to its end. On the way back it "
            "goes from the end to the start.",
            "Walk back",
        ),
        "without the loss": Mistake(
            lambda *graph: walk(*graph)[:-1],
            "The gradient of the last value is missing. It is the loss itself, and its slope in "
            "itself is 1.",
            "Walk back",
        ),
        "an entry too many": Mistake(
            lambda *graph: np.append(walk(*graph), 0),
            "There is one entry more than values. They are counted from 0, so the last number is "
            "one less than how many there are.",
            "Walk back",
        ),
        "0 for the loss": Mistake(
            lambda *graph: walk(*graph) * (np.arange(graph[1][-1] + 1) < graph[1][-1]),
            "All gradients are right but the last. The loss has a slope in itself, and the walk "
            "begins with it.",
            "Walk back",
        ),
        "a gradient for each link": Mistake(
            lambda starts, ends, slopes: walk(starts, ends, slopes)[ends] * slopes,
            "These are what each link hands back, one for each link. The values are what has "
            "gradients: where links meet, they are added.",
            "Walk back",
        ),
        "the slopes squared": Mistake(
            lambda *graph: walk(*graph, along=lambda slope, grad: slope * slope * grad),
            "Each slope was used twice, once too often: perhaps in the link and again where it "
            "arrives.",
            "Every program is a chain",
        ),
    },
)

# 4. Stretch: the gradient of a cross-entropy, without deriving it.


def one_hot(label):
    return np.eye(3)[label]


def nudged_logits(z0, z1, z2, right, h=1e-5):
    def loss(nudge):
        z = np.array([z0, z1, z2]) + nudge
        return np.log(np.exp(z).sum()) - z[right]

    return [(loss(nudge) - loss(-nudge)) / (2 * h) for nudge in h * np.eye(3)]


cross_entropy_of_values = Exercise(
    name="cross-entropy-of-values",
    chapter=16,
    kind="number",
    question="Give your three logits and the number of the right one, 0, 1 or 2, to a program of "
    "`Value`s that computes the cross-entropy of chapter 13. What are the gradients of the three "
    "logits?",
    solution=lambda z0, z1, z2, right: softmax([z0, z1, z2]) - one_hot(right),
    also_right=(nudged_logits,),
    menus={
        "z0": (0.2, 0.5, 0.8, 1.4),
        "z1": (1.1, 1.3, 1.6, 1.9),
        "z2": (-0.9, -0.6, -0.4, -0.1),
        "right": (0, 1, 2),
    },
    decimals=3,
    mistakes={
        "the probabilities": Mistake(
            lambda *z: softmax(z[:3]),
            "Each logit stands in the sum of the softmax, and this way back is right. But one of "
            "the three stands in the loss once more, on its own.",
            "Walk back",
        ),
        "the opposite sign": Mistake(
            lambda *z: one_hot(z[3]) - softmax(z[:3]),
            "This is the gradient of the logarithm of the probability, which should grow. A loss "
            "should shrink, so it has a minus in front.",
            "Walk back",
        ),
        "a lost minus": Mistake(
            lambda *z: softmax(z[:3]) + one_hot(z[3]),
            "A loss that grows with each logit, the right one most of all? `Value`s cannot "
            "subtract, and on the way around this a minus is easily lost.",
            "The smallest network again",
        ),
        "a chain that is cut": Mistake(
            lambda *z: -one_hot(z[3]),
            "Nothing came back through the sum of the softmax. It happens when a function is "
            "applied to `data`: the result is a number that does not remember what it was made of.",
            "Every program is a chain",
        ),
        "one way overwrites the other": Mistake(
            lambda *z: np.where(one_hot(z[3]), -1, softmax(z[:3])),
            "Two of the gradients are right. The right logit is used twice, and one of its two "
            "ways is lost: is there still an `=` from exercise 2?",
            "Walk back",
        ),
        "two walks added up": Mistake(
            lambda *z: 2 * (softmax(z[:3]) - one_hot(z[3])),
            "A cell was run twice with the same logits, and the second walk was added to the "
            "first. That is what `zero_grad` is for.",
            "The frameworks",
        ),
        "only the right logit": Mistake(
            lambda *z: (softmax(z[:3]) - 1) * one_hot(z[3]),
            "The gradient of the right logit is there, and the others are 0. But they stand in "
            "the sum of the softmax: if they grow, the right one loses.",
            "Walk back",
        ),
        "counted from 1": Mistake(
            lambda *z: softmax(z[:3]) - one_hot(z[3] - 1),
            "The 1 was subtracted one place too early. The right one counts from 0, as the name "
            "of the first logit does; before 0 comes the last.",
            "Walk back",
        ),
        "divided by 3": Mistake(
            lambda *z: (softmax(z[:3]) - one_hot(z[3])) / 3,
            "The gradients were divided by the number of logits. The cross-entropy is a mean over "
            "images, and here is one.",
            "Every program is a chain",
        ),
        "the logits in place of the probabilities": Mistake(
            lambda *z: np.array(z[:3]) - one_hot(z[3]),
            "The 1 was subtracted from the logits themselves. Something has to make probabilities "
            "of them first.",
            "Every program is a chain",
        ),
        "the exponentials in place of the probabilities": Mistake(
            lambda *z: np.exp(z[:3]) - one_hot(z[3]),
            "The exponentials were not divided by their sum. Through the division something comes "
            "back, too.",
            "Every program is a chain",
        ),
        "1 subtracted from all three": Mistake(
            lambda *z: softmax(z[:3]) - 1,
            "The 1 was subtracted from each probability. It belongs to the right one alone: the "
            "others should be 0.",
            "Walk back",
        ),
        "a sigmoid for each logit": Mistake(
            lambda *z: sigmoid(np.array(z[:3])) - one_hot(z[3]),
            "Each logit was bent on its own. The three probabilities of a softmax add up to 1.",
            "Every program is a chain",
        ),
        "the slope of the probability": Mistake(
            lambda *z: softmax(z[:3])[z[3]] * (one_hot(z[3]) - softmax(z[:3])),
            "These are the slopes of the right one's probability. The loss is minus its "
            "logarithm: one more link.",
            "Every program is a chain",
        ),
        "a slope for each on its own": Mistake(
            lambda *z: softmax(z[:3]) * (1 - softmax(z[:3])),
            "p (1 - p) is how each probability reacts to its own logit. The loss has one "
            "probability in it, and all three logits act on that.",
            "Every program is a chain",
        ),
        "one over the probability": Mistake(
            lambda *z: -one_hot(z[3]) / softmax(z[:3]),
            "This is the slope of the loss in the probabilities. From there the way leads on, "
            "through the softmax, to the logits.",
            "Every program is a chain",
        ),
        "the losses in place of slopes": Mistake(
            lambda *z: -np.log(softmax(z[:3])),
            "These are the losses that each of the three would have. The question is how the loss "
            "reacts to each logit.",
            "Every program is a chain",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    16, 3, questions.chain_of_three, questions.width_for_relu, questions.relative_error_of_two
)

EXERCISES = (recalled, add_an_operation, overwrite_or_add, walk_by_numbers, cross_entropy_of_values)

"""Chapter 06: one step back, on paper."""

from types import SimpleNamespace

import numpy as np

from nn_tutorial import Network, train
from nn_tutorial.activations import sigmoid_slope
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.chapters.chapter_02 import W1, W2, your_own_forward_pass
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall


def sigmoid(z):  # sums are moderate here, and the tests compute thousands
    return 1 / (1 + np.exp(-z))


def slope(a):
    return a * (1 - a)


# 1. A prediction, with the smallest network.


def with_target(y):
    slopes = Network.from_weights([[[0.4]], [[0.6]]]).gradients([[0.5]], [[y]]).weights
    return np.ravel(slopes)


def turned_and_grown():
    before, after = with_target(0.8), with_target(0.2)
    return "d" if all(before * after < 0) and all(abs(after) > abs(before)) else "c"


another_target = Exercise(
    name="another-target",
    chapter=6,
    kind="prediction",
    question="In the smallest network the target is 0.2 in place of 0.8. What happens to the two "
    "slopes, `dw1` and `dw2`?",
    solution=turned_and_grown,
    choices={
        "a": "Nothing.",
        "b": "`dw2` changes its sign, `dw1` keeps it.",
        "c": "Both change their sign and keep their size.",
        "d": "Both change their sign and grow in size.",
    },
    mistakes={
        "the same activations, the same slopes": Mistake(
            lambda: "a",
            "The forward pass stays as it is, and so do the slopes of all links inside the "
            "network. But the chain begins at the loss, and there the target comes in.",
            "The smallest network",
        ),
        "the target is far from the first weight": Mistake(
            lambda: "b",
            "It is true that only the output meets the target. But `dw1` is made from `dz2`, link "
            "by link: whatever turns the sign of that turns its own sign, too.",
            "The smallest network",
        ),
        "the other way round, as far": Mistake(
            lambda: "c",
            "The signs are right. The sizes would stay if the output stood in the middle between "
            "the two targets. Does it?",
            "The smallest network",
        ),
    },
)

# 2. to 4. The whole worksheet. The first two menus are those of chapter 02, so a name picks the
# same hours, and the forward pass is done. The output is 76 to 80 points: no score is near it.

MENUS = {
    "studied": your_own_forward_pass.menus["studied"],
    "slept": your_own_forward_pass.menus["slept"],
    "score": (51, 53, 54, 56, 57, 59, 61, 94, 95, 96, 97, 98, 48),
}


def sheet(
    studied, slept, score, maxima=(3, 9), points=100, two=2, outside=slope, inside=slope, back=W2
):
    """Return every line of the worksheet, by its name; the options are what can go wrong."""
    x, y = np.array([studied, slept]) / maxima, score / points
    z1 = x @ W1
    a1 = sigmoid(z1)
    z2 = a1 @ W2
    a2 = sigmoid(z2)
    dz2 = two * (a2 - y) * outside(a2)
    da1 = dz2 * back
    dz1 = da1 * inside(a1)
    return SimpleNamespace(**locals(), dw2=dz2 * a1, dW1=np.outer(x, dz1))


def of_sheet(answer, **slips):
    """Return a function of the personal numbers, from one of the worksheet and the rate."""
    return lambda studied, slept, score, *rate: answer(sheet(studied, slept, score, **slips), *rate)


def by_the_package(s):
    net = Network.from_weights([W1, W2[:, np.newaxis]])
    dW1, dW2 = net.gradients([s.x], [[s.y]]).weights
    return dW1, dW2[:, 0]


def trained(x, y, W1, w2, rate):
    net = Network.from_weights([W1, w2[:, np.newaxis]])
    train(net, [x], [[y]], epochs=1, learning_rate=rate)
    return net


def output_blame(s, dz2):
    return dz2, *(dz2 * s.a1)


def blame_of_output(studied, slept, score):
    s = sheet(studied, slept, score)
    return output_blame(s, s.dz2)


the_output_weights = Exercise(
    name="blame-of-the-output",
    chapter=6,
    kind="number",
    question="With the weights of this chapter, a student with your hours, divided by 3 and 9, "
    "really got your score. On paper: what is `dz2`, and what are the three numbers of `dw2`?",
    solution=blame_of_output,
    also_right=(
        of_sheet(lambda s: [s.dz2, *by_the_package(s)[1]]),
        lambda *mine: np.round(blame_of_output(*mine), 4),
    ),
    menus=MENUS,
    decimals=4,
    carry=6,
    mistakes={
        "the 2 forgotten": Mistake(
            of_sheet(lambda s: output_blame(s, s.dz2 / 2)),
            "Everything is half as large as it should be. The slope of a square brings a 2 with "
            "it; books that begin with half the square have none.",
            "The smallest network",
        ),
        "target minus output": Mistake(
            of_sheet(lambda s: output_blame(s, -s.dz2)),
            "All signs are turned. In the square it does not matter which of the two is "
            "subtracted, but its slope keeps the sign of the error.",
            "Step 1: the output",
        ),
        "the slope of the output forgotten": Mistake(
            of_sheet(lambda s: output_blame(s, 2 * (s.a2 - s.y))),
            "You stopped at the output's activation. Between the error and the sum lies one more "
            "link, the bend of the output.",
            "Step 1: the output",
        ),
        "the output bent once more": Mistake(
            of_sheet(lambda s: output_blame(s, 2 * (s.a2 - s.y) * sigmoid_slope(s.a2))),
            "For the slope, the output was put through the sigmoid again. That is right with a "
            "sum; an output has been through it already.",
            "Step 1: the output",
        ),
        "the sum in place of the output": Mistake(
            of_sheet(lambda s: output_blame(s, 2 * (s.a2 - s.y) * s.z2 * (1 - s.z2))),
            "The slope was computed as sum times 1 minus sum. It comes out negative here, and no "
            "slope of a sigmoid is: that form takes the activation.",
            "Step 1: the output",
        ),
        "a score that is not divided by 100": Mistake(
            of_sheet(lambda s: output_blame(s, 2 * (s.a2 - s.score) * slope(s.a2))),
            "An output below 1 was compared with a score in points. Such an error is huge, "
            "whatever the network says.",
            "The whole network, one student",
        ),
        "hours that are not scaled": Mistake(
            lambda studied, slept, score: blame_of_output(3 * studied, 9 * slept, score),
            "The hours went through the network as they are, so the forward pass is a different "
            "one. It should end between 76 and 80 points, as in chapter 02.",
            "The whole network, one student",
        ),
        "times the weights, not the activations": Mistake(
            of_sheet(lambda s: (s.dz2, *s.da1)),
            "`dz2` is right. But times the output weights it is the blame of the hidden neurons. "
            "By how much does the sum grow, if one of these weights grows a little?",
            "Step 2: the output weights",
        ),
        "the 2 and the slope forgotten": Mistake(
            of_sheet(lambda s: output_blame(s, s.dz2), two=1, outside=np.ones_like),
            "`dz2` is the bare error, output minus target. Two factors are missing: the 2 of the "
            "square, and the slope of the bend.",
            "Step 1: the output",
        ),
        "the score divided by 92": Mistake(
            of_sheet(lambda s: output_blame(s, s.dz2), points=92),
            "The score was divided by 92, the best of three. The network speaks in shares of 100, "
            "and so does its target.",
            "Step 1: the output",
        ),
        "times the sums, not the activations": Mistake(
            of_sheet(lambda s: (s.dz2, *(s.dz2 * s.z1))),
            "`dz2` is right, but it was multiplied by the hidden sums. What goes into the output "
            "weights is what the hidden neurons say: their activations.",
            "Step 2: the output weights",
        ),
        "times the hidden slopes": Mistake(
            of_sheet(lambda s: (s.dz2, *(s.dz2 * slope(s.a1)))),
            "`dz2` is right, but it was multiplied by the slopes of the hidden bends. These come "
            "later, on the way to the input weights.",
            "Step 2: the output weights",
        ),
        "the slope of the output in `dw2` only": Mistake(
            of_sheet(lambda s: (s.dz2 / slope(s.a2), *s.dw2)),
            "`dw2` is right, and `dz2` stands there as it was one factor earlier: the slope of "
            "the bend belongs to it.",
            "Step 1: the output",
        ),
    },
)


def blame_of_hidden(studied, slept, score):
    s = sheet(studied, slept, score)
    return hidden_blame(s, s.dz1)


def hidden_blame(s, dz1):
    return dz1, *np.outer(s.x, dz1)


the_input_weights = Exercise(
    name="blame-of-the-hidden-layer",
    chapter=6,
    kind="number",
    question="Go on with the same hours and the same score: compute the three numbers of `dz1`, "
    "and the two rows of `dW1`, from hours studied and from hours slept.",
    solution=blame_of_hidden,
    also_right=(
        of_sheet(lambda s: np.vstack([by_the_package(s)[0][0] / s.x[0], by_the_package(s)[0]])),
        lambda *mine: np.round(blame_of_hidden(*mine), 5).tolist(),
    ),
    menus=MENUS,
    decimals=5,
    carry=6,
    mistakes={
        "the bend left out": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.da1)),
            "This is `da1`, the blame of the activations. The weights feed the sums before the "
            "bend, so there is a link still to come.",
            "Step 4: back through the bend",
        ),
        "the activation for its slope": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.da1 * s.a1)),
            "`da1` was multiplied by the activations. The sigmoid's own value says how active a "
            "neuron is; its slope says how fast that changes, and is never above one quarter.",
            "Step 4: back through the bend",
        ),
        "the slope of the output once more": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.da1 * slope(s.a2))),
            "The slope of the output was used for the hidden neurons, because it stood there "
            "already. Each neuron bends at its own place, and has its own slope.",
            "Step 4: back through the bend",
        ),
        "back through the activations": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dw2 * slope(s.a1))),
            "You went on from `dw2`. But those are the slopes of the weights, where a chain ends. "
            "To the hidden neurons the blame travels along the weights.",
            "Step 3: back through the output weights",
        ),
        "the rows exchanged": Mistake(
            of_sheet(lambda s: (s.dz1, *s.dW1[::-1])),
            "`dz1` is right, but the row from hours studied got the hours slept, and the other way "
            "round. Write the name of the input in front of each row.",
            "Step 5: the input weights",
        ),
        "hours that are not scaled": Mistake(
            of_sheet(lambda s: (s.dz1, s.studied * s.dz1, s.slept * s.dz1)),
            "`dz1` was multiplied by the hours themselves. The inputs are what went into the "
            "network, and that was scaled.",
            "The whole network, one student",
        ),
        "the row from slept taken for dz1": Mistake(
            of_sheet(lambda s: (s.dz1, s.dW1[0], s.dz1)),
            "The second row is `dz1` itself. That was so in the chapter, because that student's "
            "hours slept were scaled to 1. Yours are not.",
            "Step 5: the input weights",
        ),
        "the slope of the output forgotten": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), outside=np.ones_like),
            "The blame started as the error, and the bend of the output was left out. `dz2` of "
            "the exercise before has this slope in it.",
            "Step 1: the output",
        ),
        "the output weights left out": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), back=np.ones(3)),
            "`dz2` was handed to all hidden neurons alike. Each is connected by its own weight, "
            "and the blame travels along it.",
            "Step 3: back through the output weights",
        ),
        "hours never scaled": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), maxima=(1, 1)),
            "The hours went in as they are, from the forward pass on. The network learned from "
            "hours divided by 3 and 9.",
            "The whole network, one student",
        ),
        "a score that is not divided by 100": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), points=1),
            "The target was left in points, while the output is a share. So the error is about a "
            "hundred times too large, and all that follows.",
            "Step 1: the output",
        ),
        "activations bent once more": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), inside=sigmoid_slope),
            "A slope that wants the sum was given the activation, which is bent already. The two "
            "forms look alike.",
            "Step 4: back through the bend",
        ),
        "the slope from the sums": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.da1 * s.z1 * (1 - s.z1))),
            "z times 1 - z was computed, with the sums. The formula with two factors wants "
            "activations.",
            "Step 4: back through the bend",
        ),
        "no slope anywhere": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), outside=np.ones_like, inside=np.ones_like),
            "Both bends were left out, that of the output and those of the hidden neurons. Each "
            "bend on the way back is a link with a factor.",
            "Step 4: back through the bend",
        ),
        "the 2 and the hidden bend forgotten": Mistake(
            of_sheet(lambda s: hidden_blame(s, s.dz1), two=1, inside=np.ones_like),
            "Two factors are missing: the 2 of the square, at the start, and the slope of each "
            "hidden bend, at the end.",
            "Step 4: back through the bend",
        ),
        "rows that are dz1 again": Mistake(
            of_sheet(lambda s: (s.dz1, s.dz1, s.dz1)),
            "`dz1` is right, and both rows repeat it. A weight's slope is the blame of its neuron "
            "times what goes into the weight.",
            "Step 5: the input weights",
        ),
    },
)


def again(s, rate):
    """Return the changes of two updates, as if they were one."""
    new_W1, new_w2 = updated(s.x, s.y, *updated(s.x, s.y, W1, W2, rate), rate)
    return SimpleNamespace(x=s.x, dW1=(W1 - new_W1) / rate, dw2=(W2 - new_w2) / rate)


def points_after(s, rate, share_of_W1=1, share_of_w2=1):
    new_W1, new_w2 = W1 - rate * share_of_W1 * s.dW1, W2 - rate * share_of_w2 * s.dw2
    return 100 * sigmoid(sigmoid(s.x @ new_W1) @ new_w2)


def as_tables(step):
    """Return a step's new W1 and w2 with w2 as a table (H, 1)."""
    new_W1, new_w2 = step
    return [new_W1, np.reshape(new_w2, (-1, 1))]


one_update = Exercise(
    name="one-update",
    chapter=6,
    kind="number",
    question="For the same student, update all nine weights once, with your learning rate. How "
    "many points does the network say for these hours now?",
    solution=lambda studied, slept, score, learning_rate: points_after(
        sheet(studied, slept, score), learning_rate
    ),
    also_right=(
        of_sheet(lambda s, rate: round(points_after(s, rate), 2)),
        of_sheet(lambda s, rate: 100 * trained(s.x, s.y, W1, W2, rate).predict([s.x])),
    ),
    menus=MENUS | {"learning_rate": (3.5, 3.6, 3.8, 4, 2.2, 2.4, 2.5, 2.6, 2.8, 3.2)},
    decimals=2,
    carry=6,
    mistakes={
        "added in place of subtracted": Mistake(
            of_sheet(lambda s, rate: points_after(s, -rate)),
            "The points moved away from the score. A gradient says where the loss grows, and that "
            "is not where we want to go.",
            "One update",
        ),
        "no learning rate": Mistake(
            of_sheet(lambda s, rate: points_after(s, 1)),
            "The slopes were subtracted as they are. That is an update with the rate 1; you have a "
            "rate of your own.",
            "One update",
        ),
        "the learning rate of the chapter": Mistake(
            of_sheet(lambda s, rate: points_after(s, 1.5)),
            "The step was made with 1.5, as on the printed worksheet. Your own rate replaces it.",
            "One update",
        ),
        "only the output weights": Mistake(
            of_sheet(lambda s, rate: points_after(s, rate, share_of_W1=0)),
            "The new output weights met the old hidden activations. But the input weights have "
            "moved as well, so the forward pass begins at the inputs again.",
            "One update",
        ),
        "only the input weights": Mistake(
            of_sheet(lambda s, rate: points_after(s, rate, share_of_w2=0)),
            "The hidden neurons have their new weights, but at the output the old ones were used. "
            "All nine change at the same moment.",
            "One update",
        ),
        "a share in place of points": Mistake(
            of_sheet(lambda s, rate: points_after(s, rate) / 100),
            "The step is right. The network was made to say a score divided by 100, and the "
            "question is about points.",
            "The whole network, one student",
        ),
        "the movement alone": Mistake(
            of_sheet(lambda s, rate: points_after(s, rate) - points_after(s, 0)),
            "This is how much the points have changed. The question is where they are now.",
            "One update",
        ),
        "the 2 forgotten": Mistake(
            of_sheet(lambda s, rate: points_after(s, rate / 2)),
            "The step was half as long: the slope of a square has a 2 in it. The direction is "
            "right, so the points do move the right way.",
            "Step 1: the output",
        ),
        "the new output weights sent back": Mistake(
            of_sheet(
                lambda s, rate: points_after(
                    SimpleNamespace(
                        x=s.x,
                        dw2=s.dw2,
                        dW1=np.outer(s.x, s.dz2 * (W2 - rate * s.dw2) * slope(s.a1)),
                    ),
                    rate,
                )
            ),
            "The output weights were updated first, and the blame went back through the new ones. "
            "The slopes belong to the place where we stood when we measured them.",
            "One update",
        ),
        "the points before the update": Mistake(
            of_sheet(lambda s, rate: points_after(s, 0)),
            "These are the points of the old weights. The question is what the network says after "
            "they have moved.",
            "One update",
        ),
        "no hidden bend on the way back": Mistake(
            of_sheet(points_after, inside=np.ones_like),
            "The slopes of the hidden bends were left out, so the input weights moved too far.",
            "Step 4: back through the bend",
        ),
        "no output bend on the way back": Mistake(
            of_sheet(points_after, outside=np.ones_like),
            "The slope of the output's bend was left out, so all nine weights moved too far.",
            "Step 1: the output",
        ),
        "a score that is not divided by 100": Mistake(
            of_sheet(points_after, points=1),
            "The target was left in points, while the output is a share. The error is then about "
            "a hundred times too large, and so is the step.",
            "Step 1: the output",
        ),
        "twice the update": Mistake(
            of_sheet(lambda s, rate: points_after(again(s, rate), rate)),
            "Two updates were made. It happens when a cell runs twice: the second time it starts "
            "from the weights of the first.",
            "One update",
        ),
    },
)

# 5. Stretch: the same for any sizes.


def one_student(rng, size):
    n_features, n_hidden = unequal(rng, size, 2)
    x = rng.uniform(0.2, 1, n_features).round(2)
    W1 = rng.uniform(-1.5, 1.5, (n_features, n_hidden)).round(2)
    w2 = rng.uniform(0.3, 1.5, n_hidden).round(2) * rng.choice([-1, 1], n_hidden)
    return x, (0.96, 0.03, 0.93, 0.07)[size], W1, w2, (1.6, 0.7, 2.4, 1.3)[size]


def updated(x, y, W1, w2, rate, at_output=slope, inside=slope, blamed=None):
    a1 = sigmoid(x @ W1)
    a2 = sigmoid(a1 @ w2)
    dz2 = 2 * (a2 - y) * at_output(a2)
    dz1 = dz2 * (w2 if blamed is None else blamed) * inside(a1)
    return W1 - rate * np.outer(x, dz1), w2 - rate * dz2 * a1


def one_step(x, y, W1, w2, learning_rate):
    return updated(x, y, W1, w2, learning_rate)


def by_nudging(x, y, W1, w2, learning_rate):
    weights, new, epsilon = [W1, w2], [W1.copy(), w2.copy()], 1e-5

    def loss():
        return (sigmoid(sigmoid(x @ W1) @ w2) - y) ** 2

    for W, result in zip(weights, new, strict=True):
        for index in np.ndindex(W.shape):
            original = W[index]
            W[index] = original + epsilon
            above = loss()
            W[index] = original - epsilon
            result[index] -= learning_rate * (above - loss()) / (2 * epsilon)
            W[index] = original
    return new


def by_training(*case):
    new_W1, new_w2 = trained(*case).weights
    return [new_W1, new_w2.ravel()]


one_whole_step = Exercise(
    name="one-whole-step",
    chapter=6,
    kind="function",
    question="Write `one_step(x, y, W1, w2, learning_rate)`, one update for one student: `x` has "
    "the shape (D,), `W1` (D, H) and `w2` (H,). Return the new `W1` and the new `w2`.",
    solution=one_step,
    also_right=(
        by_nudging,
        by_training,
    ),
    draw=one_student,
    as_step=lambda answer: (
        lambda X, y, params, rate: as_tables(
            answer(X[0], y[0, 0], params[0], params[1][:, 0], rate)
        )
    ),
    step_sizes={"N": 1, "C": 1},
    mistakes={
        "added in place of subtracted": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, -rate),
            "Each weight went where the loss grows. Either the update adds, or the error is target "
            "minus output; one of the two alone turns everything round.",
            "One update",
        ),
        "no learning rate": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, 1),
            "The slopes were subtracted as they are, and `learning_rate` is not used. With the "
            "rate 1 one would not notice.",
            "One update",
        ),
        "the 2 forgotten": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate / 2),
            "All steps are half as long as they should be. The direction is right, so the network "
            "learns all the same; only a comparison with nudging would complain.",
            "The smallest network",
        ),
        "the new output weights used too early": Mistake(
            lambda x, y, W1, w2, rate: updated(
                x, y, W1, w2, rate, blamed=updated(x, y, W1, w2, rate)[1]
            ),
            "`w2` was updated first, and the blame was then sent back through the new weights. The "
            "slopes belong to the place where we stood when we measured them.",
            "One update",
        ),
        "the input weights left as they are": Mistake(
            lambda x, y, W1, w2, rate: (W1.copy(), updated(x, y, W1, w2, rate)[1]),
            "The output weights learn, the input weights do not. The loss can fall all the same, "
            "so one hardly notices.",
            "Step 5: the input weights",
        ),
        "the bend of the output left out": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate, at_output=np.ones_like),
            "Between the error and the output's sum there is a link that has no factor here. All "
            "steps are too long, and most of all where the output is saturated.",
            "Step 1: the output",
        ),
        "the bend of the hidden layer left out": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate, inside=np.ones_like),
            "The new `w2` is right, and `W1` moves too far: the blame of the activations was used "
            "as if it were that of the sums.",
            "Step 4: back through the bend",
        ),
        "activations bent once more": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate, sigmoid_slope, sigmoid_slope),
            "A function for the slope that takes the sum was given an activation, which is bent "
            "already. The two forms look alike, and nothing in the code complains.",
            "Step 4: back through the bend",
        ),
        "the changes in place of the weights": Mistake(
            lambda x, y, W1, w2, rate: tuple(
                new - old for new, old in zip(updated(x, y, W1, w2, rate), (W1, w2), strict=True)
            ),
            "This is what the update adds to the weights. The question is what the weights are "
            "after it.",
            "One update",
        ),
        "the slopes in place of the weights": Mistake(
            lambda x, y, W1, w2, rate: tuple(
                old - new for new, old in zip(updated(x, y, W1, w2, 1), (W1, w2), strict=True)
            ),
            "These are the two gradients. The question is what the weights are after they were "
            "moved by them.",
            "One update",
        ),
        "the output weights left as they are": Mistake(
            lambda x, y, W1, w2, rate: (updated(x, y, W1, w2, rate)[0], w2.copy()),
            "The input weights learn, the output weights do not. All move at the same moment.",
            "Step 2: the output weights",
        ),
        "the output weights left out on the way back": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate, blamed=np.ones_like(w2)),
            "The blame was handed to all hidden neurons alike. Each is connected by its own "
            "weight, and the blame travels along it.",
            "Step 3: back through the output weights",
        ),
        "uphill, and the 2 forgotten": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, -rate / 2),
            "Two slips: each step is half as long, and leads to where the loss grows. Target "
            "minus output, without the 2, does both.",
            "One update",
        ),
        "divided by the rate": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, 1 / rate),
            "The slopes were divided by the learning rate. A larger rate should make a longer "
            "step.",
            "One update",
        ),
        "no bend on the way back": Mistake(
            lambda x, y, W1, w2, rate: updated(x, y, W1, w2, rate, np.ones_like, np.ones_like),
            "Neither bend was considered on the way back. Each is a link with a factor, which is "
            "never above one quarter.",
            "Step 4: back through the bend",
        ),
        "the 2 forgotten, and the new output weights used": Mistake(
            lambda x, y, W1, w2, rate: updated(
                x, y, W1, w2, rate / 2, blamed=updated(x, y, W1, w2, rate / 2)[1]
            ),
            "Two slips: each step is half as long, and `w2` was updated before the blame went "
            "back through it.",
            "One update",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    6, 3, questions.largest_of_columns, questions.collapsed, questions.mean_of_squares
)

EXERCISES = (
    recalled,
    another_target,
    the_output_weights,
    the_input_weights,
    one_update,
    one_whole_step,
)

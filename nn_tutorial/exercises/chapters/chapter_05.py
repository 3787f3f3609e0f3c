"""Chapter 05: how wrong, in one number, and how it changes."""

import numpy as np

from nn_tutorial import Network
from nn_tutorial.activations import sigmoid
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.chapters.chapter_02 import W1, W2
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. By hand. The second prediction is too low, the others too high, so that errors could cancel.


def errors(*points):
    return (np.array(points) - (92, 86, 89)) / 100


def three(squares):
    return np.mean(squares), np.sum(squares), np.sum(squares) / 2


def by_hand(*points):
    return three(errors(*points) ** 2)


loss_by_hand = Exercise(
    name="loss-by-hand",
    chapter=5,
    kind="number",
    question="A network gives the three students your three numbers of points; their scores are "
    "92, 86 and 89. With points divided by 100, what are the mean, the sum, and half the sum of "
    "the squared errors?",
    solution=lambda first, second, third: by_hand(first, second, third),
    also_right=(
        lambda *points: [errors(*points) @ errors(*points) * share for share in (1 / 3, 1, 1 / 2)],
        lambda *points: np.round(by_hand(*points), 4),
    ),
    menus={
        "first": (95, 96, 97, 98, 99),
        "second": (63, 64, 65, 66, 67, 68, 69),
        "third": (91, 92, 93, 94, 95),
    },
    decimals=4,
    carry=6,
    mistakes={
        "errors left in points": Mistake(
            lambda *points: three((100 * errors(*points)) ** 2),
            "An error of 10 points went in as 10, so its square is ten thousand times as large. "
            "The network speaks in scores divided by 100, and so does its loss.",
            "Errors",
        ),
        "errors without their signs": Mistake(
            lambda *points: three(abs(errors(*points))),
            "The signs are gone, but nothing was squared. The mean of such distances is a loss "
            "that people do use; squares count one large error more than two of half its size.",
            "One number",
        ),
        "errors with their signs": Mistake(
            lambda *points: three(errors(*points)),
            "These are the errors themselves, not their squares. Two of your predictions are too "
            "high and one is too low: in a sum of errors, they hide each other.",
            "One number",
        ),
        "added before they were squared": Mistake(
            lambda *points: [np.sum(errors(*points)) ** 2 * share for share in (1 / 3, 1, 1 / 2)],
            "You squared once, at the end, which saves work. But by then errors up and down have "
            "cancelled in part, and the square cannot bring them back.",
            "One number",
        ),
        "a root taken of the mean": Mistake(
            lambda *points: (by_hand(*points)[0] ** 0.5, *by_hand(*points)[1:]),
            "The root of the mean is a typical error, and easier to picture. It is not the loss: "
            "that is the mean of the squares, before any root.",
            "One number",
        ),
        "half of the mean": Mistake(
            lambda *points: (*by_hand(*points)[:2], by_hand(*points)[0] / 2),
            "Mean and sum are right; the third number is half of the mean. Some books do halve "
            "the mean, so it pays to read twice what is halved.",
            "Sum, mean, half the sum",
        ),
        "divided by 2 in place of 3": Mistake(
            lambda *points: (np.sum(errors(*points) ** 2) / 2, *by_hand(*points)[1:]),
            "Your mean is the sum divided by 2: half the sum, or the statistician's n - 1. A mean "
            "is divided by how many there are.",
            "Sum, mean, half the sum",
        ),
        "compared with 89 for everybody": Mistake(
            lambda *points: three(((np.array(points) - 89) / 100) ** 2),
            "Everybody was compared with 89, the mean of the scores. Each student has a score of "
            "his or her own.",
            "Errors",
        ),
        "divided by 92": Mistake(
            lambda *points: three((errors(*points) / 0.92) ** 2),
            "The points were divided by 92, the best score. The network speaks in shares of 100.",
            "Errors",
        ),
        "doubled, not halved": Mistake(
            lambda *points: (*by_hand(*points)[:2], 2 * by_hand(*points)[1]),
            "Mean and sum are right; the third number is twice the sum. The question is for half "
            "of it.",
            "Sum, mean, half the sum",
        ),
    },
)

# 2. The same for several outputs: N and C are never equal.


def predictions_and_targets(rng, size):
    n_samples, n_outputs = unequal(rng, size, 2)
    return tuple(rng.uniform(0.1, 0.9, (2, n_samples, n_outputs)).round(2))


def by_loops(y_pred, y):
    total = 0
    for row_pred, row in zip(y_pred, y, strict=True):
        for one_pred, one in zip(row_pred, row, strict=True):
            total += (one_pred - one) ** 2 / y.size
    return total


write_the_loss = Exercise(
    name="write-the-loss",
    chapter=5,
    kind="function",
    question="Write `loss_of(y_pred, y)`, which returns the mean squared error as one number. "
    "Both have the shape (N, C): N students, and C outputs for each.",
    solution=lambda y_pred, y: np.mean((y_pred - y) ** 2),
    also_right=(
        by_loops,
        lambda y_pred, y: np.einsum("ij,ij->", y_pred - y, y_pred - y) / y.size,
        lambda y_pred, y: ((y_pred - y) ** 2).sum(axis=1).sum() / len(y) / y.shape[1],
    ),
    draw=predictions_and_targets,
    mistakes={
        "the sum": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2),
            "The squares were added, and not divided by how many there are. A sum grows with the "
            "class, even if nobody is predicted any worse.",
            "Sum, mean, half the sum",
        ),
        "half the sum": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2) / 2,
            "Many books take half the sum, because a 2 then disappears from the slopes. It is a "
            "fine loss as long as everything uses it; in this series everything uses the mean.",
            "Sum, mean, half the sum",
        ),
        "the sum, divided by the students only": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2) / len(y),
            "You divided by the number of students. With one output that is all there is to "
            "count, so nobody notices; with C outputs this loss is C times too large.",
            "One number",
        ),
        "a mean for each output": Mistake(
            lambda y_pred, y: np.mean((y_pred - y) ** 2, axis=0),
            "The mean over the students alone, `axis=0` or a loop over the rows, leaves one number "
            "for each output. That is worth a look, but a loss is a single number.",
            "One number",
        ),
        "a mean for each student": Mistake(
            lambda y_pred, y: np.mean((y_pred - y) ** 2, axis=1),
            "The mean over the outputs alone, `axis=1`, leaves one number for each student. It "
            "says who is predicted badly, but a loss is a single number.",
            "One number",
        ),
        "errors without their signs": Mistake(
            lambda y_pred, y: np.mean(np.abs(y_pred - y)),
            "This is the mean absolute error. It, too, is never negative, but it can rank two "
            "networks the other way round, because squares count large errors more.",
            "One number",
        ),
        "errors averaged, then squared": Mistake(
            lambda y_pred, y: np.mean(y_pred - y) ** 2,
            "The mean was taken first, and then squared: a bracket in the wrong place is enough. "
            "In the mean, errors up and errors down have cancelled already.",
            "One number",
        ),
        "the root": Mistake(
            lambda y_pred, y: np.mean((y_pred - y) ** 2) ** 0.5,
            "The root brings the loss back to the unit of the scores, and ranks networks the "
            "same way. But its slopes are different, and whatever descends must know which loss it "
            "is.",
            "One number",
        ),
        "errors with their signs": Mistake(
            lambda y_pred, y: np.mean(y_pred - y),
            "Nothing was squared, and the signs are still there. Errors up and errors down cancel "
            "in such a mean.",
            "One number",
        ),
        "divided by the outputs only": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2) / y.shape[1],
            "You divided by the number of outputs, the length of a row. The squares are a whole "
            "table: how many has it?",
            "One number",
        ),
        "squared before the difference": Mistake(
            lambda y_pred, y: np.mean(y_pred**2 - y**2),
            "Both were squared first, and then subtracted. That is not the square of the "
            "difference, and it can be negative.",
            "Errors",
        ),
        "one fewer below the line": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2) / (y.size - 1),
            "The sum was divided by one fewer than there are, as for a sample variance. There a "
            "mean was estimated first; here nothing was.",
            "One number",
        ),
        "in points": Mistake(
            lambda y_pred, y: np.mean((100 * (y_pred - y)) ** 2),
            "The errors were multiplied by 100 before they were squared, so the loss is ten "
            "thousand times as large. The network speaks in shares, and so does its loss.",
            "Errors",
        ),
        "the first output alone": Mistake(
            lambda y_pred, y: np.mean((y_pred[:, 0] - y[:, 0]) ** 2),
            "Only the first column was compared, as if there were one output. All outputs count.",
            "One number",
        ),
        "always three students": Mistake(
            lambda y_pred, y: np.sum((y_pred - y) ** 2) / 3,
            "The sum was divided by 3, the number of students in the chapter. A number typed into "
            "a function does not change with the table.",
            "One number",
        ),
    },
)

# 3. A prediction.


def signs(target):
    net = Network.from_weights([W1, W2[:, np.newaxis]])
    slopes = net.gradients([[2 / 3, 1], [1 / 3, 5 / 9], [1, 6 / 9]], [[target]] * 3).weights
    return set(np.sign([*slopes[0].flat, *slopes[1].flat]))


other_targets = Exercise(
    name="other-targets",
    chapter=5,
    kind="prediction",
    question="Suppose that all three targets were 0.5. Which signs would the nine slopes have, "
    "at the same weights?",
    solution=lambda: ("b" if signs(0.5) == {1} else "a", "1"),
    choices={
        "a": "All negative, as before.",
        "b": "All positive.",
        "c": "Positive for `W2`, negative for `W1`.",
        "d": "Some positive and some negative, in both.",
    },
    reasons={
        "1": "Every prediction is now above its target, and more of any weight raises them all.",
        "2": "The nine weights themselves are all positive.",
        "3": "A slope depends on the weights and the hours, and these have not changed.",
        "4": "The error changes its sign on the way back through `W2`.",
    },
    mistakes={
        "the same weights, the same signs": Mistake(
            lambda: ("a", "1"),
            "Nothing in the network has changed, so its predictions are the same. But these are "
            "slopes of the loss, and the loss compares predictions with targets.",
            "Errors",
        ),
        "the first layer does not notice": Mistake(
            lambda: ("c", "1"),
            "`W1` lies further from the targets. But every weight acts on the loss through the "
            "output alone: ask which way the output goes if a weight of `W1` grows.",
            "All nine",
        ),
        "large and small weights pull apart": Mistake(
            lambda: ("d", "1"),
            "The sign of a slope does not say whether its weight is large or small. It says "
            "whether a little more of this weight makes the loss larger or smaller.",
            "One weight",
        ),
        "because the weights are positive": Mistake(
            lambda: ("b", "2"),
            "They were positive before, too, and all nine slopes were negative then. So this alone "
            "cannot be the reason: what has changed?",
            "All nine",
        ),
        "because nothing has changed": Mistake(
            lambda: ("b", "3"),
            "That is a reason for the same signs as before. And the targets have changed: a slope "
            "of the loss depends on them.",
            "Errors",
        ),
        "because `W2` turns the sign": Mistake(
            lambda: ("b", "4"),
            "The output weights are positive here, so nothing changes its sign on the way through "
            "them. If it did, the two tables would have different signs.",
            "All nine",
        ),
    },
)

# 4. Weights and nudges are sums of eighths and the like, so that floats add them exactly: putting
# back by subtracting what was added is as good as keeping the original.


class LossOfWeights:
    """The loss of a network as a function of its input weights: two in a row act together."""

    def __init__(self, X, V, y):
        self.X, self.V, self.y = X, V, y

    def __call__(self, W):
        """Return the mean squared error."""
        return np.mean((sigmoid(sigmoid(self.X @ W) @ self.V) - self.y) ** 2)

    def __repr__(self):
        return "a function of the weights"


def loss_and_weights(rng, size):
    n_samples, n_features, n_hidden, n_outputs = unequal(rng, size, 4)
    X = rng.uniform(0.5, 2, (n_samples, n_features))
    V = rng.uniform(1, 3, (n_hidden, n_outputs)) * rng.choice([-1, 1], (n_hidden, n_outputs))
    loss = LossOfWeights(X, V, rng.uniform(0, 1, (n_samples, n_outputs)))
    W = rng.integers(-12, 13, (n_features, n_hidden)) / 8
    return loss, W, int(rng.integers(n_features)), (0.25, 0.125, 0.5, 0.25)[size]


def in_row(slope_of_one):
    """Return a function that collects the slopes in one row, from a function of one weight."""

    def answer(loss, W, row, epsilon):
        return np.array([slope_of_one(loss, W, (row, j), epsilon) for j in range(W.shape[1])])

    return answer


def moved(W, index, by):
    result = W.copy()
    result[index] += by
    return result


def rise(loss, W, index, up, down):
    return loss(moved(W, index, up)) - loss(moved(W, index, -down))


def nudge(loss, W, index, epsilon):
    return rise(loss, W, index, epsilon, epsilon) / (2 * epsilon)


def there_and_back(loss, W, index, epsilon):
    W[index] += epsilon
    above = loss(W)
    W[index] -= 2 * epsilon
    below = loss(W)
    W[index] += epsilon
    return (above - below) / epsilon / 2


def never_put_back(loss, W, index, epsilon):
    original = W[index]
    W[index] = original + epsilon
    above = loss(W)
    W[index] = original - epsilon
    return (above - loss(W)) / (2 * epsilon)


nudge_one_row = Exercise(
    name="nudge-one-row",
    chapter=5,
    kind="function",
    question="Write `nudge_row(loss, W, row, epsilon)`: `loss(W)` is the loss with the weights "
    "`W`; return its slopes in the weights of one row of `W`, each nudged by `epsilon` to both "
    "sides.",
    solution=in_row(nudge),
    also_right=(
        in_row(there_and_back),
        lambda loss, W, row, epsilon: [
            (loss(W + step) / 2 - loss(W - step) / 2) / epsilon
            for step in epsilon * np.eye(W.size).reshape(W.shape + W.shape)[row]
        ],
    ),
    draw=loss_and_weights,
    mistakes={
        "the weight not put back": Mistake(
            in_row(never_put_back),
            "After its turn each weight keeps its last nudge, so from the second on the slopes are "
            "measured at another place. Whoever handed in `W` gets it back changed, and is not "
            "told.",
            "All nine",
        ),
        "nudges that the loss never sees": Mistake(
            lambda loss, W, row, epsilon: np.zeros(W.shape[1]),
            "All slopes are 0, as if both losses were measured at the same weights. That happens "
            "if a copy is nudged and `W` is handed to the loss, or if two names stand for one "
            "array: `up = W` copies nothing.",
            "All nine",
        ),
        "nudged to one side only": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, 0) / e),
            "Rise over run from where we stand is a slope, too, and one loss cheaper. But its "
            "error shrinks only as fast as the nudge; nudged to both sides, it shrinks faster.",
            "Aside: how small should a nudge be?",
        ),
        "divided by one nudge": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, e) / e),
            "The two losses lie two nudges apart, one to each side. Divided by a single nudge, "
            "each slope comes out twice as large.",
            "One weight",
        ),
        "the second nudge only took back the first": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, 0) / (2 * e)),
            "The second loss was measured at the old weight: one nudge up, one nudge down, and you "
            "are back where you began. The width is one nudge then, and you divided by two.",
            "All nine",
        ),
        "brackets forgotten": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, e) / 2 * e),
            "`/ 2 * epsilon` looks like the formula, but Python goes from left to right: it "
            "divides by 2, and multiplies the result by epsilon.",
            "One weight",
        ),
        "the two losses exchanged": Mistake(
            in_row(lambda loss, W, index, e: -nudge(loss, W, index, e)),
            "The loss above was subtracted from the loss below, so every slope has the opposite "
            "sign. A network that trusts it walks uphill.",
            "One weight",
        ),
        "the whole row nudged at once": Mistake(
            nudge,
            "`W[row]` is the whole row, and all its weights moved together. One number comes out, "
            "and it cannot tell which of them is to blame: the others have to rest.",
            "Two weights",
        ),
        "a column in place of a row": Mistake(
            lambda loss, W, row, epsilon: [
                nudge(loss, W, (i, row), epsilon) for i in range(W.shape[0])
            ],
            "The row number was used as the second index, so these are the slopes of a column. "
            "Rows are counted first.",
            "All nine",
        ),
        "a nudge of its own size": Mistake(
            in_row(lambda loss, W, index, e: nudge(loss, W, index, 1e-5)),
            "The nudge is written into the function, and `epsilon` is ignored. A tiny one is "
            "fine in this chapter; but a larger one, passed for the sake of shorter floats, has no "
            "effect.",
            "Aside: how small should a nudge be?",
        ),
        "the slopes of every row": Mistake(
            lambda loss, W, row, e: [
                [nudge(loss, W, (i, j), e) for j in range(W.shape[1])] for i in range(len(W))
            ],
            "All weights were nudged, one after the other. The question is about one row, whose "
            "number is handed in.",
            "All nine",
        ),
        "always the first row": Mistake(
            lambda loss, W, row, e: [nudge(loss, W, (0, j), e) for j in range(W.shape[1])],
            "These are the slopes of the first row, whichever was asked for. The parameter `row` "
            "is not used.",
            "All nine",
        ),
        "the row before": Mistake(
            lambda loss, W, row, e: [nudge(loss, W, (row - 1, j), e) for j in range(W.shape[1])],
            "These are the slopes of the row before. Python counts rows from 0, and so does "
            "`row`: nothing has to be subtracted.",
            "All nine",
        ),
        "a rise without its run": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, e)),
            "This is how much the loss rises, from one side to the other. A slope is the rise for "
            "each unit that one goes.",
            "One weight",
        ),
        "times the width": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, e, e) * 2 * e),
            "The rise was multiplied by the width of the two nudges. Rise over run: which of the "
            "two is above the line?",
            "One weight",
        ),
        "nudged down only": Mistake(
            in_row(lambda loss, W, index, e: rise(loss, W, index, 0, e) / e),
            "Each weight was nudged down, and compared with where it stood. That is one-sided as "
            "well; nudged to both sides, the error shrinks faster.",
            "Aside: how small should a nudge be?",
        ),
        "divided by half a nudge": Mistake(
            in_row(lambda loss, W, index, e: 4 * nudge(loss, W, index, e)),
            "The two losses lie two nudges apart, and their difference was divided by half of "
            "one. Draw the two points, and measure the run.",
            "One weight",
        ),
        "one slope for the whole row": Mistake(
            lambda loss, W, row, e: np.full(W.shape[1], nudge(loss, W, row, e)),
            "All weights of the row were nudged together, and each got the slope of all. The "
            "others have to rest while one is nudged.",
            "Two weights",
        ),
    },
)

# 5. Stretch.


def too_large(w, epsilon, curve=lambda w: w**3, slope=lambda w: 3 * w**2):
    one_sided = (curve(w + epsilon) - curve(w)) / epsilon
    centred = (curve(w + epsilon) - curve(w - epsilon)) / (2 * epsilon)
    return one_sided - slope(w), centred - slope(w)


errors_of_a_nudge = Exercise(
    name="errors-of-a-nudge",
    chapter=5,
    kind="number",
    question="The curve `w**3` has the slope `3 * w**2`. Nudge it at your `w` by your `epsilon`: "
    "by how much is the one-sided slope too large, and by how much the centred one?",
    solution=lambda w, epsilon: too_large(w, epsilon),
    also_right=(
        lambda w, epsilon: (3 * w * epsilon + epsilon**2, epsilon**2),
        lambda w, epsilon: np.round(too_large(w, epsilon), 3),
    ),
    menus={
        "w": (0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.6, 1.7, 1.8, 1.9, 2.1, 2.2),
        "epsilon": (0.55, 0.6, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    },
    decimals=3,
    carry=6,
    mistakes={
        "the slopes themselves": Mistake(
            lambda w, epsilon: tuple(e + 3 * w**2 for e in too_large(w, epsilon)),
            "These are the two slopes that the nudges give. The question is how far they are from "
            "the true one, as in the table of the chapter.",
            "Aside: how small should a nudge be?",
        ),
        "the true slope minus the nudged one": Mistake(
            lambda w, epsilon: tuple(-e for e in too_large(w, epsilon)),
            "The sizes are right. An error is what we have minus the truth, as with predictions; "
            "too large means above 0.",
            "Errors",
        ),
        "one-sided to the left": Mistake(
            lambda w, epsilon: (too_large(w, -epsilon)[0], epsilon**2),
            "The one-sided slope was taken between `w - epsilon` and `w`. That is one side as "
            "well, but the chapter's goes to the right, to `w + epsilon`.",
            "Aside: how small should a nudge be?",
        ),
        "the centred one divided by one nudge": Mistake(
            lambda w, epsilon: (too_large(w, epsilon)[0], 3 * w**2 + 2 * epsilon**2),
            "The centred slope came out about twice the true one, so its error is about as large "
            "as the slope. Its two points are two nudges apart.",
            "One weight",
        ),
        "the curve w**2": Mistake(
            lambda w, epsilon: too_large(w, epsilon, lambda w: w**2, lambda w: 2 * w),
            "These are the errors on the curve `w**2`, where the centred slope happens to be "
            "exact. The question is about `w**3`.",
            "Aside: how small should a nudge be?",
        ),
        "a cube taken apart": Mistake(
            lambda w, epsilon: (epsilon**2 - 3 * w**2, epsilon**2 - 3 * w**2),
            "The cube of `w + epsilon` was taken for `w**3 + epsilon**3`. Powers do not split up "
            "over a sum; try it with 1 + 1.",
            "One weight",
        ),
        "shares of the slope": Mistake(
            lambda w, epsilon: tuple(e / (3 * w**2) for e in too_large(w, epsilon)),
            "The errors were divided by the true slope. The question is by how much the slopes "
            "are too large, not by which share.",
            "Aside: how small should a nudge be?",
        ),
        "in per cent": Mistake(
            lambda w, epsilon: tuple(100 * e / (3 * w**2) for e in too_large(w, epsilon)),
            "The errors are in per cent of the true slope. The question is by how much the slopes "
            "are too large, not by which share.",
            "Aside: how small should a nudge be?",
        ),
        "the square of the nudge left out": Mistake(
            lambda w, epsilon: (3 * w * epsilon, epsilon**2),
            "The one-sided error has two parts, and the smaller one was dropped. With a nudge as "
            "large as yours it shows.",
            "Aside: how small should a nudge be?",
        ),
        "no error for the centred one": Mistake(
            lambda w, epsilon: (too_large(w, epsilon)[0], 0.0),
            "The centred slope was taken for exact. On the curve `w**2` it is; a cube bends on "
            "one side more than on the other.",
            "Aside: how small should a nudge be?",
        ),
        "rises in place of slopes": Mistake(
            lambda w, epsilon: tuple(epsilon * e for e in too_large(w, epsilon)),
            "These are errors of the rise, and not of the slope: nothing was divided by the width "
            "of the nudge.",
            "One weight",
        ),
        "not divided by the nudge": Mistake(
            lambda w, epsilon: (
                (w + epsilon) ** 3 - w**3 - 3 * w**2,
                (w + epsilon) ** 3 - (w - epsilon) ** 3 - 3 * w**2,
            ),
            "The true slope was subtracted from the rise. Rise over run comes first: divide by "
            "how far you went.",
            "One weight",
        ),
        "one-sided to the left, without its sign": Mistake(
            lambda w, epsilon: (-too_large(w, -epsilon)[0], epsilon**2),
            "The one-sided slope was taken between `w - epsilon` and `w`, and it is too small "
            "there. The chapter's goes to the right, to `w + epsilon`.",
            "Aside: how small should a nudge be?",
        ),
    },
)

# What opens the chapter.

recalled = recall(5, 3, questions.activation_of, questions.mirrored, questions.size_of_product)

EXERCISES = (
    recalled,
    loss_by_hand,
    write_the_loss,
    other_targets,
    nudge_one_row,
    errors_of_a_nudge,
)

"""Chapter 09: what it says about somebody new."""

from functools import cache

import numpy as np

from nn_tutorial import MaxScaler, Network, exam_scores, textbook, train
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights, recovered_start
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

MAXIMUM = np.array([3.0, 9.0])


@cache
def trained(start, steps=1000, maximum=(3, 9), rate=1.5):
    scores = exam_scores()
    net = Network.from_weights(made_up_weights() if start == "by hand" else recovered_start())
    train(net, scores.X / maximum, scores.y / 100, epochs=steps, learning_rate=rate)
    return net


@cache
def trained_on_points(steps=1000):  # which ``train`` refuses, but a loop of one's own does not
    scores, kind = exam_scores(), ("sigmoid", "sigmoid")
    weights, *_ = textbook.train(
        scores.X / MAXIMUM, scores.y, made_up_weights(), None, *kind, steps, 1.5
    )
    return Network.from_weights(weights)


def points(inputs, start="recovered", **training):
    return 100 * trained(start, **training).predict([inputs])[0, 0]


# 1. A prediction.


def looks():
    said = points([4, 8])
    return "d" if said < 60 else "c" if 85 < said < 95 else "b"


forget_to_scale = Exercise(
    name="forget-to-scale",
    chapter=9,
    kind="prediction",
    question="For the newcomer (4, 8) you forget to scale, and give the network 4 and 8 as they "
    "are. What happens?",
    solution=looks,
    choices={
        "a": "An error message: such inputs are refused.",
        "b": "More than 100 points, since the inputs are so large.",
        "c": "An answer that looks fine, between 85 and 95 points.",
        "d": "Nonsense below 60 points, since the network has never seen such inputs.",
    },
    mistakes={
        "a network that notices": Mistake(
            lambda: "a",
            "One hopes that somebody checks. But to the network hours and shares are bare numbers, "
            "without a unit; two finite numbers are two inputs.",
            "Absurd questions, calm answers",
        ),
        "larger inputs, more points": Mistake(
            lambda: "b",
            "Whatever comes in, the output is a sigmoid, which stays below 1. So the network "
            "cannot say more than 100 points, and that makes wrong inputs hard to spot.",
            "The whole map",
        ),
        "a wrong question looks wrong": Mistake(
            lambda: "d",
            "It would be convenient if strange inputs gave strange answers. Look how the network "
            "answers other questions far from the three students.",
            "Absurd questions, calm answers",
        ),
    },
)

# 2. The inputs run far beyond the maxima, and the weights are small, so that nothing saturates.


def net_and_classmates(rng, size):
    n_features, n_hidden, n_outputs = unequal(rng, size, 3)
    W1 = rng.normal(0, 0.3, (n_features, n_hidden))
    W2 = rng.normal(0, 1, (n_hidden, n_outputs))
    maximum = (rng.uniform(2, 4, n_features) * np.arange(1, n_features + 1)).round(1)
    hours = maximum * rng.uniform(0.2, 1.4, (n_features + n_hidden, n_features)).round(2)
    return Network.from_weights([W1, W2]), maximum, hours


def forward_by_hand(net, maximum, hours):
    A = np.asarray(hours)
    for W in [net.weights[0] / maximum[:, np.newaxis], *net.weights[1:]]:
        A = sigmoid(A @ W)
    return A * 100


predict_classmates = Exercise(
    name="predict-classmates",
    chapter=9,
    kind="function",
    question="Write `predict_points(net, maximum, hours)`: `net` was trained on hours that were "
    "divided by `maximum`, and on scores divided by 100. Return the points that it predicts for "
    "the `hours` of any classmates.",
    solution=lambda net, maximum, hours: 100 * net.predict(hours / maximum),
    also_right=(
        lambda net, maximum, hours: (
            [100 * net.predict([row / maximum])[0] for row in hours]  # one by one
        ),
        lambda net, maximum, hours: 100 * net.predict(MaxScaler().fit([maximum]).transform(hours)),
        forward_by_hand,
    ),
    draw=net_and_classmates,
    mistakes={
        "hours that are not scaled": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours),
            "The hours went in as they are. `predict` takes any numbers, so nothing complains; but "
            "to this network 1 means the maximum, and not one hour.",
            "A new student",
        ),
        "the classmates' own maxima": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours / hours.max(axis=0)),
            "The maxima are those of today's classmates, as with `fit_transform`. Then an answer "
            "depends on who else is asked about, and a lone classmate is always all ones.",
            "A new student",
        ),
        "each classmate's largest number": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours / hours.max(axis=1, keepdims=True)),
            "Everybody is divided by his or her own largest number. The chapter tried that with 8 "
            "for (4, 8): the answer looked fine, and was a different one.",
            "A new student",
        ),
        "the largest of the maxima": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours / maximum.max()),
            "The largest of the remembered maxima was used for all columns. The network has never "
            "seen columns like that: in training the largest number in each was 1.",
            "A new student",
        ),
        "multiplied by the maxima": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours * maximum),
            "That is `inverse_transform`, the way back from shares to hours. It is easily mixed up "
            "with the way there; the result of scaling should be near 1.",
            "A new student",
        ),
        "scaled twice": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours / maximum / maximum),
            "The hours were divided by the maxima a second time. It happens when a table was "
            "scaled in an earlier line, and kept its name.",
            "A new student",
        ),
        "multiplied by 92": Mistake(
            lambda net, maximum, hours: 92 * net.predict(hours / maximum),
            "92 is the best of the three scores, so going back by it looks like undoing a maximum. "
            "The scores were scaled by something else.",
            "A new student",
        ),
        "shares in place of points": Mistake(
            lambda net, maximum, hours: net.predict(hours / maximum),
            "The prediction is right, but it is still a share of the exam. The third step is "
            "missing: back to points.",
            "A new student",
        ),
        "hours not scaled, and not in points": Mistake(
            lambda net, maximum, hours: net.predict(hours),
            "Two of three steps are missing: the hours went in as they are, and the prediction is "
            "still a share of the exam.",
            "A new student",
        ),
        "divided by 100, not multiplied": Mistake(
            lambda net, maximum, hours: net.predict(hours / maximum) / 100,
            "The output was divided by 100. That is what was done to the scores before the "
            "training; now the way leads back.",
            "A new student",
        ),
        "divided by 100 for hours": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours / 100),
            "The hours were divided by 100, as the scores were. They have maxima of their own, "
            "which were handed in.",
            "A new student",
        ),
        "the first classmate alone": Mistake(
            lambda net, maximum, hours: 100 * net.predict(hours[:1] / maximum),
            "Only the first row was asked about. Any number of classmates may come, and each gets "
            "an answer.",
            "A new student",
        ),
        "compared with the best classmate": Mistake(
            lambda net, maximum, hours: (
                100 * net.predict(hours / maximum) / net.predict(hours / maximum).max()
            ),
            "The answers were divided by the largest of them. Then somebody always gets 100 "
            "points, whoever asks.",
            "A new student",
        ),
        "the mean subtracted": Mistake(
            lambda net, maximum, hours: 100 * net.predict((hours - hours.mean(axis=0)) / maximum),
            "The mean of the classmates was subtracted first. The network learned from hours that "
            "were only divided.",
            "A new student",
        ),
        "the first maximum for the points": Mistake(
            lambda net, maximum, hours: maximum[0] * net.predict(hours / maximum),
            "The output was multiplied by a maximum of the hours. Scores went another way: they "
            "were divided by 100.",
            "A new student",
        ),
    },
)

# 3. Six decimals, because one step more or less moves an answer by some hundred-thousandths.

another_start = Exercise(
    name="another-start",
    chapter=9,
    kind="number",
    question="Make a new network from the hand-made weights of chapter 02 and train it for 1,000 "
    "steps with the rate 1.5. How many points does it predict for your own hours?",
    solution=lambda studied, slept: points([studied / 3, slept / 9], "by hand"),
    also_right=(
        lambda studied, slept: round(points((studied, slept) / MAXIMUM, "by hand"), 6),
        lambda studied, slept: forward_by_hand(trained("by hand"), MAXIMUM, [studied, slept])[0],
    ),
    menus={
        "studied": (4.4, 4.6, 4.8, 5.2, 6.0, 6.2, 6.4, 6.6, 3.8, 4.2),
        "slept": (4.5, 5.0, 5.5, 5.75, 7.0, 7.5, 7.75, 8.0, 8.5, 9.0),
    },
    decimals=6,
    mistakes={
        "the network that was there already": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9]),
            "This is what the chapter's own network says. Perhaps the new network was trained, and "
            "the old one asked: they are easily mixed up, since both answer.",
            "You wrote it, the package has it",
        ),
        "the old network, trained on": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], steps=2000),
            "`train` changes the network that it is given, and goes on from its present weights. A "
            "new start needs a new network first.",
            "Train on, and ask again",
        ),
        "a network that was not trained": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=0),
            "This is what the hand-made weights say by themselves. The new network was made and "
            "asked, but the training in between is missing.",
            "You wrote it, the package has it",
        ),
        "hours that are not scaled": Mistake(
            lambda studied, slept: points([studied, slept], "by hand"),
            "Your hours went in as they are. The training is right, but the network learned from "
            "scaled hours, and takes yours for shares of the maxima.",
            "A new student",
        ),
        "your own largest number": Mistake(
            lambda studied, slept: points(
                [studied / max(studied, slept), slept / max(studied, slept)], "by hand"
            ),
            "Your hours were divided by the larger of the two. The network learned from columns "
            "that were each divided by a maximum of their own, and these are remembered.",
            "A new student",
        ),
        "trained on hours as they are": Mistake(
            lambda studied, slept: points([studied, slept], "by hand", maximum=(1, 1)),
            "Neither the three students nor you were scaled. That is consistent, and gives another "
            "network; but the new start should be the only difference from the chapter.",
            "You wrote it, the package has it",
        ),
        "trained on points": Mistake(
            lambda studied, slept: (
                100 * trained_on_points().predict([[studied / 3, slept / 9]])[0, 0]
            ),
            "The network was asked to say 92, 86 and 89, and cannot say more than 1. So it says 1, "
            "full marks, to everybody.",
            "You wrote it, the package has it",
        ),
        "a share in place of points": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand") / 100,
            "The prediction is right, but it is still a share of the exam. The third step is "
            "missing: back to points.",
            "A new student",
        ),
        "one step too many": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=1001),
            "The training took one step more than 1,000: one epoch too many. It hardly changes "
            "anything, and so it is hard to find.",
            "You wrote it, the package has it",
        ),
        "one step too few": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=999),
            "The training took one step fewer than 1,000: one epoch too few. It hardly changes "
            "anything, and so it is hard to find.",
            "You wrote it, the package has it",
        ),
        "one step alone": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=1),
            "The network made a single step. A thousand are asked for: look for `epochs`, and for "
            "a `return` inside the loop.",
            "You wrote it, the package has it",
        ),
        "100 steps": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=100),
            "The network was trained for 100 steps. A thousand are asked for.",
            "You wrote it, the package has it",
        ),
        "10,000 steps": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=10_000),
            "The network was trained for 10,000 steps. A thousand are asked for, and the answers "
            "move on.",
            "Train on, and ask again",
        ),
        "trained twice": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", steps=2000),
            "The network was trained for 2,000 steps: the cell ran twice, and `train` goes on "
            "from the present weights.",
            "Train on, and ask again",
        ),
        "another rate": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", rate=1),
            "The training went at the rate 1, and 1.5 is asked for. The curves look alike, and "
            "the answers are near each other.",
            "You wrote it, the package has it",
        ),
        "the rate 0.5": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", rate=0.5),
            "The training went at the rate 0.5, and 1.5 is asked for. The curves look alike, and "
            "the answers are near each other.",
            "You wrote it, the package has it",
        ),
        "half of the gradient": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", rate=0.75),
            "Each step was half as long, as if the rate were 0.75: a 2 is missing in the gradient.",
            "You wrote it, the package has it",
        ),
        "the maxima exchanged": Mistake(
            lambda studied, slept: points([studied / 9, slept / 3], "by hand"),
            "Your hours studied were divided by 9 and your hours slept by 3. Each column has a "
            "maximum of its own.",
            "A new student",
        ),
        "the two hours exchanged": Mistake(
            lambda studied, slept: points([slept / 3, studied / 9], "by hand"),
            "The hours slept went in first. The order is that of the columns in training: "
            "studied, then slept.",
            "A new student",
        ),
        "a scaler fitted to you": Mistake(
            lambda studied, slept: points([1, 1], "by hand"),
            "Your hours were divided by themselves, so the network was asked about (1, 1): a new "
            "`MaxScaler` was fitted to your row.",
            "A new student",
        ),
        "trained raw, asked scaled": Mistake(
            lambda studied, slept: points([studied / 3, slept / 9], "by hand", maximum=(1, 1)),
            "The network learned from hours as they are, and was asked with scaled ones. Whatever "
            "is done to one has to be done to the other.",
            "A new student",
        ),
    },
)

# 4. A prediction.


def whoever_asks():
    hours = np.array([[4.0, 8.0], [2.0, 7.0], [1.0, 8.0], [5.0, 5.0]])
    said = {points(MaxScaler().fit_transform([row])[0]) for row in hours}
    return "b" if len(said) == 1 else "c"


without_the_maxima = Exercise(
    name="without-the-maxima",
    chapter=9,
    kind="prediction",
    question="Only the weights were saved. Somebody loads them, fits a new `MaxScaler` to each "
    "newcomer alone, a table with one row, and predicts. What do the newcomers get?",
    solution=whoever_asks,
    choices={
        "a": "An error: the network does not know the maxima.",
        "b": "All of them the same points.",
        "c": "Wrong points, and not the same for each newcomer.",
        "d": "The right points, since `MaxScaler` knows the maxima.",
    },
    mistakes={
        "a network that knows its scaler": Mistake(
            lambda: "a",
            "An error would be welcome here. But the file holds weights only, and a network takes "
            "any two numbers; the scaler is a thing beside it.",
            "Save and load",
        ),
        "each newcomer's largest number": Mistake(
            lambda: "c",
            "That would be so if each newcomer were divided by one number, the larger of the two. "
            "A `MaxScaler` takes the maximum of each column: of one row, that is what?",
            "A new student",
        ),
        "a scaler that knows everybody": Mistake(
            lambda: "d",
            "Its name does not say whose maxima. A `MaxScaler` knows what it was fitted to, and a "
            "new one has seen a single newcomer.",
            "Save and load",
        ),
    },
)

# 5. Stretch. Some stand on the border, some beyond it in one direction only.


def table_and_newcomers(rng, size):
    n_samples, n_features = unequal(rng, size, 2)
    X = rng.uniform(1, 9, (n_samples, n_features)).round(1) * np.arange(1, n_features + 1)
    low, high = X.min(axis=0), X.max(axis=0)
    share = rng.uniform(0.1, 0.9, (n_samples + n_features + 4, n_features))
    hours = low + share * (high - low)
    hours[0, 0], hours[1, -1] = low[0], high[-1]
    hours[2, 0], hours[3, -1] = high[0] * 1.25, low[-1] * 0.75
    hours[4], hours[5, -1] = high * 1.5, X.max() * 1.25
    return X, rng.permutation(hours)


def inside(X, hours):
    return ((hours >= X.min(axis=0)) & (hours <= X.max(axis=0))).all(axis=1)


inside_the_rectangle = Exercise(
    name="inside-the-rectangle",
    chapter=9,
    kind="function",
    question="Write `inside(X, hours)`, the first half of a network that can refuse: for each row "
    "of `hours`, does it lie in the rectangle that the rows of `X` span, with its border? Return "
    "one `True` or `False` a row.",
    solution=inside,
    also_right=(
        lambda X, hours: [
            all(min(c) <= h <= max(c) for h, c in zip(row, X.T, strict=True)) for row in hours
        ],
        lambda X, hours: (np.clip(hours, X.min(axis=0), X.max(axis=0)) == hours).all(axis=1),
    ),
    draw=table_and_newcomers,
    mistakes={
        "only the upper border": Mistake(
            lambda X, hours: (hours <= X.max(axis=0)).all(axis=1),
            "You looked for what exceeds the maxima, as scaled values above 1 do. Below the "
            "smallest value nothing was trained either; think of (0, 0).",
            "Absurd questions, calm answers",
        ),
        "one input is enough": Mistake(
            lambda X, hours: ((hours >= X.min(axis=0)) & (hours <= X.max(axis=0))).any(axis=1),
            "Somebody counts as inside as soon as one of the inputs is. A point lies in a "
            "rectangle only if it does so in every direction.",
            "The whole map",
        ),
        "the border left out": Mistake(
            lambda X, hours: ((hours > X.min(axis=0)) & (hours < X.max(axis=0))).all(axis=1),
            "Here the border counts as outside. But there are trained students on it: the one who "
            "studied most would be refused.",
            "The whole map",
        ),
        "the borders of the whole table": Mistake(
            lambda X, hours: ((hours >= X.min()) & (hours <= X.max())).all(axis=1),
            "`min()` and `max()` without an axis take the smallest and the largest number of all, "
            "whatever it measures. Each side of the rectangle belongs to one column.",
            "The whole map",
        ),
        "an answer for each input": Mistake(
            lambda X, hours: (hours >= X.min(axis=0)) & (hours <= X.max(axis=0)),
            "The comparisons are right, and they stand in a table with an answer for each number. "
            "What is missing is the last step: one answer for each student.",
            "The whole map",
        ),
        "one answer for all": Mistake(
            lambda X, hours: bool(((hours >= X.min(axis=0)) & (hours <= X.max(axis=0))).all()),
            "A single answer came out, and there are many newcomers. `all()` without an axis asks "
            "whether everybody is inside, and a `return` within a loop ends it too early.",
            "The whole map",
        ),
        "`True` for those outside": Mistake(
            lambda X, hours: ~inside(X, hours),
            "Everybody's answer is the opposite. Perhaps you looked for the extrapolations, which "
            "are what one worries about. Read the name of the function aloud.",
            "The whole map",
        ),
        "only the lower border": Mistake(
            lambda X, hours: (hours >= X.min(axis=0)).all(axis=1),
            "You looked for what is too little. Beyond the largest value nothing was trained "
            "either; think of 24 hours of study.",
            "The whole map",
        ),
        "the lower border left out": Mistake(
            lambda X, hours: ((hours > X.min(axis=0)) & (hours <= X.max(axis=0))).all(axis=1),
            "The upper border belongs to the rectangle, and the lower one does not. Somebody who "
            "did as little as the least of the three is on it.",
            "The whole map",
        ),
        "the upper border left out": Mistake(
            lambda X, hours: ((hours >= X.min(axis=0)) & (hours < X.max(axis=0))).all(axis=1),
            "The lower border belongs to the rectangle, and the upper one does not. Somebody who "
            "did as much as the most of the three is on it.",
            "The whole map",
        ),
        "one answer for each column": Mistake(
            lambda X, hours: ((hours >= X.min(axis=0)) & (hours <= X.max(axis=0))).all(axis=0),
            "`all(axis=0)` asks for each column whether everybody is inside. It names the "
            "direction that is walked through; one answer a row is wanted.",
            "The whole map",
        ),
        "everybody inside": Mistake(
            lambda X, hours: inside(hours, hours),
            "Every answer is `True`. That happens if the borders are those of the newcomers, or if "
            "one of two comparisons is enough: one always holds.",
            "The whole map",
        ),
        "only who is in the table": Mistake(
            lambda X, hours: [bool((row == X).all(axis=1).any()) for row in hours],
            "Here somebody is inside only if the very same hours are in `X`. A rectangle contains "
            "what lies between its corners, too.",
            "The whole map",
        ),
        "the first input alone": Mistake(
            lambda X, hours: inside(X[:, :1], hours[:, :1]),
            "Only the first column was looked at. The rectangle has sides in every direction.",
            "The whole map",
        ),
    },
)

# What opens the chapter.

recalled = recall(9, 3, questions.weighted_sum, questions.output_delta, questions.limit_of_rate)

EXERCISES = (
    recalled,
    forget_to_scale,
    predict_classmates,
    another_start,
    without_the_maxima,
    inside_the_rectangle,
)

"""Chapter 10: whether to believe it."""

from functools import cache

import numpy as np

from nn_tutorial import MaxScaler, Network, exam_scores, textbook, train
from nn_tutorial.activations import sigmoid
from nn_tutorial.data import made_up_weights, recovered_start
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. Scores for which no slope is 0 and the two are not equal.


def plane(*scores):
    return np.linalg.solve([[1, 2, 9], [1, 1, 5], [1, 3, 6]], scores)


def by_elimination(first, second, third):
    slept = (2 * (first - second) - (third - second)) / 7
    studied = first - second - 4 * slept
    return second - studied - 5 * slept, studied, slept


fit_the_plane = Exercise(
    name="fit-the-plane",
    chapter=10,
    kind="number",
    question="The three students have the same hours as before, but the scores are your own three "
    "numbers. A plane, p + q · studied + r · slept, goes through all three: what are p, q and r?",
    solution=lambda first, second, third: plane(first, second, third),
    also_right=(
        by_elimination,
        lambda *scores: np.linalg.lstsq(
            np.column_stack([np.ones(3), exam_scores().X]), scores, rcond=None
        )[0].round(2),
    ),
    menus={
        "first": (88, 91, 94, 97),
        "second": (61, 64, 67, 70, 72),
        "third": (74, 75, 78, 80, 83),
    },
    decimals=2,
    carry=6,
    on_paper=lambda write, *scores: by_elimination(*map(write, scores)),
    mistakes={
        "q and r exchanged": Mistake(
            lambda *scores: plane(*scores)[[0, 2, 1]],
            "The three numbers are right, but the points for an hour of sleep stand where those "
            "for an hour of study belong. Write the name of each column above the table.",
            "Three numbers do it exactly",
        ),
        "p at the end": Mistake(
            lambda *scores: plane(*scores)[[1, 2, 0]],
            "The three numbers are right, but p comes last. They come out in the order of the "
            "table's columns, so it matters where the ones stand.",
            "Three numbers do it exactly",
        ),
        "a table on its side": Mistake(
            lambda *scores: np.linalg.solve([[1, 1, 1], [2, 1, 3], [9, 5, 6]], scores),
            "Ones, hours studied and hours slept became rows of the table. It is square, so nobody "
            "complains; but each row should be the equation of one student.",
            "Three numbers do it exactly",
        ),
        "hours that are scaled": Mistake(
            lambda *scores: plane(*scores) * [1, 3, 9],
            "This plane goes through the students, too, but counts the inputs in shares of 3 and 9 "
            "hours. A plane needs no scaled inputs, and the question asks for points per hour.",
            "Three numbers do it exactly",
        ),
        "scores divided by 100": Mistake(
            lambda *scores: plane(*scores) / 100,
            "These are shares of the exam. A network needs them, because its output stays below 1. "
            "A plane can say any number, so it can speak in points.",
            "Three numbers do it exactly",
        ),
        "no column of ones": Mistake(
            lambda *scores: np.linalg.lstsq(exam_scores().X, scores, rcond=None)[0],
            "Two numbers come out: points for an hour of study and for an hour of sleep. Without "
            "the ones there is no p: such a plane gives 0 points for no hours at all.",
            "Three numbers do it exactly",
        ),
        "the chapter's scores": Mistake(
            lambda *scores: plane(92, 86, 89),
            "This is the chapter's plane, for 92, 86 and 89 points. Your own scores replace them.",
            "Three numbers do it exactly",
        ),
        "no p": Mistake(
            lambda *scores: (
                0.0,
                *np.linalg.lstsq(exam_scores().X, np.array(scores, float), rcond=None)[0],
            ),
            "The plane was laid through the origin, as if no hours gave no points. Three numbers "
            "are to be found, and p is one of them.",
            "Three numbers do it exactly",
        ),
        "the signs of q and r": Mistake(
            lambda *scores: plane(*scores) * [1, -1, -1],
            "p is right, and q and r have the opposite sign. Does a student with more hours get "
            "more points, or fewer?",
            "Three numbers do it exactly",
        ),
        "the sign of p": Mistake(
            lambda *scores: plane(*scores) * [-1, 1, 1],
            "q and r are right, and p has the opposite sign. Put the hours of one student in, and "
            "compare with the score.",
            "Three numbers do it exactly",
        ),
        "the mean for p": Mistake(
            lambda *scores: (np.mean(scores), *plane(*scores)[1:]),
            "q and r are right, and p is the mean of the scores. It is what the plane says for no "
            "hours at all.",
            "Three numbers do it exactly",
        ),
        "the first score for p": Mistake(
            lambda *scores: (scores[0], *plane(*scores)[1:]),
            "q and r are right, and p is the score of the first student. It is what the plane "
            "says for no hours at all.",
            "Three numbers do it exactly",
        ),
        "the first two scores exchanged": Mistake(
            lambda *scores: plane(scores[1], scores[0], scores[2]),
            "This plane goes through your three scores, but the first two stand at each other's "
            "hours.",
            "Three numbers do it exactly",
        ),
        "the scores from the last to the first": Mistake(
            lambda *scores: plane(*scores[::-1]),
            "This plane goes through your three scores, but the first and the third stand at each "
            "other's hours.",
            "Three numbers do it exactly",
        ),
        "hours scaled, and scores divided by 100": Mistake(
            lambda *scores: (
                np.linalg.solve(np.column_stack([np.ones(3), exam_scores().X / [3, 9]]), scores)
                / 100
            ),
            "Everything was scaled, as for a network. The plane needs no scaling: the question "
            "has hours and points.",
            "Three numbers do it exactly",
        ),
    },
)

# 2. So few steps that one more or less shows, by fifteen units of the last decimal at least.

SCORES = (92, 86, 89)


@cache
def losses(order, start="by hand", maximum=(3, 9), rate=1.5):
    """Return the losses of 1,000 steps, measured with the trained and with the true scores."""
    X = exam_scores().X / maximum
    true, y = (np.array(scores)[:, np.newaxis] / 100 for scores in (SCORES, order))
    net = Network.from_weights(made_up_weights() if start == "by hand" else recovered_start())
    history = train(net, X, y, epochs=1000, learning_rate=rate, validation=(X, true))
    return history.loss, history.validation_loss


@cache
def losses_on_points(
    order,
):  # on which ``train`` refuses to train, but a loop of one's own does not
    X, y = exam_scores().X / [3, 9], np.array(order, float)[:, np.newaxis]
    *_, found = textbook.train(X, y, made_up_weights(), None, "sigmoid", "sigmoid", 1000, 1.5)
    return found


def one_run(order, steps):
    net = Network.from_weights(made_up_weights())
    X, y = MaxScaler().fit_transform(exam_scores().X), np.array([order]).T / 100
    return round(train(net, X, y, steps, 1.5).loss[-1], 6)


shuffle_the_scores = Exercise(
    name="shuffle-the-scores",
    chapter=10,
    kind="number",
    question="Hand the three scores to the students in your own order, and train a new network "
    "from the hand-made weights of chapter 02 on them, for your own number of steps, with the rate "
    "1.5. What is its loss then?",
    solution=lambda order, steps: losses(order)[0][steps],
    also_right=(one_run,),
    menus={
        "order": ((92, 89, 86), (86, 92, 89), (86, 89, 92), (89, 86, 92)),
        "steps": (14, 15, 16, *range(20, 26), *range(32, 41), 8, 9, 10, 12, 13),
    },
    decimals=6,
    mistakes={
        "hours shuffled along with the scores": Mistake(
            lambda order, steps: losses(SCORES)[0][steps],
            "Hours and scores were put into the new order together, or not at all. Then everybody "
            "still has the right score, and the loss is that of the truth.",
            "Shuffle the scores",
        ),
        "the loss on the true scores": Mistake(
            lambda order, steps: losses(order)[1][steps],
            "The network was trained on the shuffled scores, and then measured with the true ones. "
            "Here the question is how well it learns what it is given.",
            "Shuffle the scores",
        ),
        "the chapter's start": Mistake(
            lambda order, steps: losses(order, "recovered")[0][steps],
            "This is the loss from the recovered start, as in the chapter. One start is an "
            "accident, so here you try another one.",
            "Shuffle the scores",
        ),
        "1,000 steps": Mistake(
            lambda order, steps: losses(order)[0][1000],
            "This is the loss after 1,000 steps, as in the chapter. `train` does that many unless "
            "it is told otherwise.",
            "Shuffle the scores",
        ),
        "a network that was trained twice": Mistake(
            lambda order, steps: losses(order)[0][2 * steps],
            "This is the loss after twice as many steps. It happens when the cell with `train` "
            "runs a second time: it goes on with the same network.",
            "Shuffle the scores",
        ),
        "a network that was not trained": Mistake(
            lambda order, steps: losses(order)[0][0],
            "This is the loss before the first step. A history of losses begins with it.",
            "Shuffle the scores",
        ),
        "scores that are not divided by 100": Mistake(
            lambda order, steps: losses_on_points(order)[steps],
            "The network was asked to say 86, 89 and 92, and it cannot say more than 1. So it says "
            "1 to everybody, and misses by far.",
            "Shuffle the scores",
        ),
        "hours that are not scaled": Mistake(
            lambda order, steps: losses(order, maximum=1)[0][steps],
            "The network was trained on hours as they are. All but the order of the scores should "
            "be as in the chapter.",
            "Shuffle the scores",
        ),
        "one step too many": Mistake(
            lambda order, steps: losses(order)[0][steps + 1],
            "This is the loss one step later. A history begins with the loss before the first "
            "step, so after n steps it is number n, counted from 0.",
            "Shuffle the scores",
        ),
        "one step too few": Mistake(
            lambda order, steps: losses(order)[0][steps - 1],
            "This is the loss one step earlier. A history of n steps has n + 1 losses, and the "
            "last is wanted.",
            "Shuffle the scores",
        ),
        "half of the gradient": Mistake(
            lambda order, steps: losses(order, rate=0.75)[0][steps],
            "Each step was half as long, as if the rate were 0.75: a 2 is missing in the gradient.",
            "Shuffle the scores",
        ),
        "the rate 1": Mistake(
            lambda order, steps: losses(order, rate=1)[0][steps],
            "The training went at the rate 1, and 1.5 is asked for. The curves look alike.",
            "Shuffle the scores",
        ),
        "the sum of the squares": Mistake(
            lambda order, steps: 3 * losses(order)[0][steps],
            "This is the sum of the three squares. The loss is their mean.",
            "Shuffle the scores",
        ),
        "half the sum of the squares": Mistake(
            lambda order, steps: 1.5 * losses(order)[0][steps],
            "This is half the sum of the three squares. The loss is their mean.",
            "Shuffle the scores",
        ),
        "in points": Mistake(
            lambda order, steps: 10_000 * losses(order)[0][steps],
            "The errors were squared in points, so the loss is ten thousand times as large. The "
            "network speaks in shares.",
            "Shuffle the scores",
        ),
    },
)

# 3.


def targets(rng, size):
    n_samples, n_outputs = unequal(rng, size, 2)
    return (rng.uniform(0.5, 1, (n_samples + 2, n_outputs)).round(2),)


def means_of_others(y):
    return np.array([np.delete(y, i, axis=0).mean(axis=0) for i in range(len(y))])


def mean_of_rest(y):
    """Return one mean over the other samples and all outputs, for each sample, in a column."""
    return np.array([[np.delete(y, i, axis=0).mean()] for i in range(len(y))])


honest_baseline = Exercise(
    name="honest-baseline",
    chapter=10,
    kind="function",
    question="`y`, of shape (N, C), holds the targets of N samples. Write `honest_baseline(y)`: "
    "each sample is answered by the mean of the others, output by output; return the mean squared "
    "error of these answers.",
    solution=lambda y: np.mean((means_of_others(y) - y) ** 2),
    also_right=(
        lambda y: np.mean(((y.sum(axis=0) - y) / (len(y) - 1) - y) ** 2),
        lambda y: y.var(axis=0).mean() * (len(y) / (len(y) - 1)) ** 2,
        lambda y: (
            sum(
                (np.mean([other[j] for k, other in enumerate(y) if k != i]) - y[i][j]) ** 2
                for i in range(len(y))
                for j in range(len(y[i]))
            )
            / y.size
        ),
    ),
    draw=targets,
    mistakes={
        "the mean of everybody": Mistake(
            lambda y: np.mean((y.mean(axis=0) - y) ** 2),
            "This rival peeks: the mean contains the very sample that it is tested on. It is the "
            "rival of the earlier chapters, and flatters itself.",
            "Leave one out",
        ),
        "the others divided by N": Mistake(
            lambda y: np.mean(((y.sum(axis=0) - y) / len(y) - y) ** 2),
            "The others were added up, and divided by the number of all samples. One is left out, "
            "so there are fewer to share among.",
            "Leave one out",
        ),
        "one mean for all outputs": Mistake(
            lambda y: np.mean((mean_of_rest(y) - y) ** 2),
            "`mean()` without an axis mixes the outputs, as if points in one exam said something "
            "about another. In the chapter there is one output, so nobody notices.",
            "Leave one out",
        ),
        "the chapter's loop as it is": Mistake(
            lambda y: np.mean((mean_of_rest(y)[:, 0] - y[:, 0]) ** 2),
            "The chapter has one output, and its loop is made for that: it takes the mean of all "
            "numbers, and looks at the first column only. Here there are several.",
            "Leave one out",
        ),
        "one number left out, not one sample": Mistake(
            lambda y: np.mean([(np.delete(y, i).mean() - y[i]) ** 2 for i in range(len(y))]),
            "`np.delete` without an axis makes one long list of the table first, and then leaves "
            "out a single number of it. A sample is a whole row.",
            "Leave one out",
        ),
        "only the first one left out": Mistake(
            lambda y: np.mean((means_of_others(y)[0] - y[0]) ** 2),
            "This is the error for the first sample alone. In a function that happens when the "
            "`return` stands within the loop, so that there is no second round.",
            "Leave one out",
        ),
        "only the last one left out": Mistake(
            lambda y: np.mean((means_of_others(y)[-1] - y[-1]) ** 2),
            "This is the error for the last sample alone. In a loop that happens when each round "
            "overwrites the result of the one before.",
            "Leave one out",
        ),
        "a sum in place of the mean": Mistake(
            lambda y: np.sum((means_of_others(y) - y) ** 2),
            "The squared errors were added up, and not divided by their number. A sum grows with "
            "every sample, so it cannot be compared with the loss of a network.",
            "Leave one out",
        ),
        "a sum over the outputs": Mistake(
            lambda y: np.sum((means_of_others(y) - y) ** 2) / len(y),
            "The squares were added up and divided by the number of samples. With several outputs "
            "there are more squares than that.",
            "Leave one out",
        ),
        "the median of the others": Mistake(
            lambda y: np.mean(
                [(np.median(np.delete(y, i, axis=0), axis=0) - row) ** 2 for i, row in enumerate(y)]
            ),
            "The others were asked for their median. It is a fair answer, too, and another one "
            "than their mean.",
            "Leave one out",
        ),
        "errors without their signs": Mistake(
            lambda y: np.mean(abs(means_of_others(y) - y)),
            "This is the mean of the distances. The loss that the rival is compared by is the "
            "mean of the squares.",
            "Leave one out",
        ),
        "one fewer below the line": Mistake(
            lambda y: y.var(axis=0, ddof=1).mean(),
            "This is the sample variance, with N - 1 below the line. It looks like leaving one "
            "out, and is not the same: each mean has to miss its own sample.",
            "Leave one out",
        ),
        "the answers themselves": Mistake(
            lambda y: means_of_others(y),
            "These are the answers, one for each sample. The question is how wrong they are, in "
            "one number.",
            "Leave one out",
        ),
        "errors averaged, then squared": Mistake(
            lambda y: np.mean(means_of_others(y) - y) ** 2,
            "The errors were averaged first, where those up and down cancel, and then squared.",
            "Leave one out",
        ),
        "the spread of the others": Mistake(
            lambda y: np.mean([np.delete(y, i, axis=0).var(axis=0) for i in range(len(y))]),
            "This is how much the others differ among themselves. The one left out was never "
            "compared with them.",
            "Leave one out",
        ),
        "9/4 for any number of samples": Mistake(
            lambda y: 9 / 4 * y.var(axis=0).mean(),
            "9/4 is the factor for three samples. It is no accident, and it depends on how many "
            "there are.",
            "Leave one out",
        ),
        "the first output alone": Mistake(
            lambda y: np.mean((means_of_others(y)[:, 0] - y[:, 0]) ** 2),
            "Only the first column was compared, as if there were one output. All outputs count.",
            "Leave one out",
        ),
    },
)

# 4. A prediction. Ten trainings take a second: the worked answer in the notebook does them.

more_students = Exercise(
    name="more-students",
    chapter=10,
    kind="prediction",
    question="Train on 100 of the made-up students, with all else as in the chapter. How do the "
    "two losses after 2,000 steps, on average over the ten seeds, compare with those of 20 "
    "students?",
    solution=lambda: "c",
    choices={
        "a": "Both are smaller.",
        "b": "The training loss is smaller, and the validation loss is larger.",
        "c": "The training loss is larger, and the validation loss is smaller.",
        "d": "Both are about the same.",
    },
    mistakes={
        "more data, smaller losses everywhere": Mistake(
            lambda: "a",
            "More data helps, so one expects that all numbers improve. But remember why the "
            "training loss was so small: how many students had to be memorised?",
            "Honest data, from a rule that we know",
        ),
        "more data, more over-fitting": Mistake(
            lambda: "b",
            "That would be more over-fitting. In the chapter networks learned the noise of few "
            "examples; what do more examples do to that?",
            "Honest data, from a rule that we know",
        ),
        "the same network, the same losses": Mistake(
            lambda: "d",
            "Network, rule and noise are the same, so one could think so. But 30 weights can bend "
            "around 20 students' noise; think about 100.",
            "Honest data, from a rule that we know",
        ),
    },
)

# 5. Stretch. Small, since each check trains many networks.


def hours_targets_and_start(rng, size):
    n_samples = 3 + size
    others = rng.permutation([n for n in range(2, 6) if n != n_samples])
    n_features, n_hidden, n_outputs = map(int, others[:3])
    hours = rng.uniform(1, 9, (n_samples, n_features)).round(1) * np.arange(1, n_features + 1)
    y = rng.uniform(0.5, 1, (n_samples, n_outputs)).round(2)
    return hours, y, rng.normal(size=(n_features, n_hidden)), rng.normal(size=(n_hidden, n_outputs))


def leave_out(
    hours,
    y,
    W1,
    W2,
    scaled_by=None,
    asked_by=None,
    learned=np.delete,
    fresh=True,
    steps=20,
    rate=1.5,
):
    """Return the answers; the options are what mistakes do with the rows and the maxima."""
    answers, net = [], None
    for i in range(len(hours)):
        maximum = (scaled_by or learned)(hours, i, axis=0).max(axis=0)
        net = Network.from_weights([W1, W2]) if fresh or net is None else net
        train(net, learned(hours, i, axis=0) / maximum, learned(y, i, axis=0), steps, rate)
        answers.append(net.predict(hours[[i]] / (asked_by(hours[[i]]) if asked_by else maximum))[0])
    return np.array(answers)


def everybody(table, i, axis):
    return table


def ones_for(table, i, axis):
    return np.ones_like(table)


def only(table, i, axis):
    return table[[i]]


def by_loops(hours, y, W1, W2):
    answers = []
    for i in range(len(hours)):
        others = [k for k in range(len(hours)) if k != i]
        X, V1, V2 = hours / hours[others].max(axis=0), W1, W2
        for _ in range(20):
            A1 = sigmoid(X[others] @ V1)
            A2 = sigmoid(A1 @ V2)
            dZ2 = 2 / A2.size * (A2 - y[others]) * A2 * (1 - A2)
            dZ1 = dZ2 @ V2.T * A1 * (1 - A1)
            V1, V2 = V1 - 1.5 * X[others].T @ dZ1, V2 - 1.5 * A1.T @ dZ2
        answers.append(sigmoid(sigmoid(X[i] @ V1) @ V2))
    return answers


leave_one_out = Exercise(
    name="leave-one-out",
    chapter=10,
    kind="function",
    question="Write `leave_one_out(hours, y, W1, W2)`: leave out one sample after the other, train "
    "a network from the start `W1`, `W2` on all others for 20 steps with the rate 1.5, and ask it "
    "about the one left out. The hours come unscaled; return the answers, in the shape of `y`.",
    solution=lambda hours, y, W1, W2: leave_out(hours, y, W1, W2),
    also_right=(by_loops,),
    draw=hours_targets_and_start,
    mistakes={
        "nobody left out": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, learned=everybody),
            "The network was trained on everybody, and then asked about students that it knows. "
            "These answers show how well it memorises.",
            "Leave one out",
        ),
        "the scaler fitted before the split": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, scaled_by=everybody),
            "The maxima come from all samples, the one left out included. It is tempting to scale "
            "once, for all rounds; but then something computed from a test student has leaked.",
            "Leave one out",
        ),
        "one network for all rounds": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, fresh=False),
            "The network was made once, and `train` goes on from where it is. From the second "
            "round on it has already seen the one that it is asked about.",
            "Leave one out",
        ),
        "the maxima of the one left out": Mistake(
            lambda hours, y, W1, W2: leave_out(
                hours, y, W1, W2, asked_by=lambda row: row.max(axis=0)
            ),
            "The one left out was scaled alone, by its own numbers. Divided by themselves, all "
            "inputs are 1, so the network is asked the same question in every round.",
            "Leave one out",
        ),
        "the one left out not scaled": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, asked_by=lambda row: 1),
            "The network learned from scaled hours, and was asked with hours as they are. What was "
            "done to the others has to be done to the one left out.",
            "Leave one out",
        ),
        "the mean of the others": Mistake(
            lambda hours, y, W1, W2: means_of_others(y),
            "These are the answers of the rival. Here the network itself is asked.",
            "Leave one out",
        ),
        "hours that are not scaled": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, scaled_by=ones_for),
            "Nothing was scaled, neither the others nor the one left out. It is consistent, and "
            "not what the question asks for.",
            "Leave one out",
        ),
        "asked with the maxima of all": Mistake(
            lambda hours, y, W1, W2: leave_out(
                hours, y, W1, W2, asked_by=lambda row: hours.max(axis=0)
            ),
            "The network learned from hours divided by the maxima of the others, and was asked "
            "with the maxima of all. Both have to be the same.",
            "Leave one out",
        ),
        "the losses in place of the answers": Mistake(
            lambda hours, y, W1, W2: ((leave_out(hours, y, W1, W2) - y) ** 2).mean(axis=1),
            "These are losses, one for each sample. The answers are wanted, in the shape of `y`; "
            "how wrong they are comes afterwards.",
            "Leave one out",
        ),
        "one loss in place of the answers": Mistake(
            lambda hours, y, W1, W2: ((leave_out(hours, y, W1, W2) - y) ** 2).mean(),
            "This is the loss of all answers. The answers themselves are wanted, in the shape of "
            "`y`.",
            "Leave one out",
        ),
        "the errors in place of the answers": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2) - y,
            "These are the answers minus the truth. The answers themselves are wanted.",
            "Leave one out",
        ),
        "one step too many": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, steps=21),
            "Each network was trained for 21 steps, one more than was asked for.",
            "Leave one out",
        ),
        "one step too few": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, steps=19),
            "Each network was trained for 19 steps, one fewer than was asked for.",
            "Leave one out",
        ),
        "networks that were not trained": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, steps=0),
            "These are the answers of the start. The networks were made and asked, but the "
            "training in between is missing.",
            "Leave one out",
        ),
        "another rate": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, rate=1),
            "The training went at the rate 1, and 1.5 is asked for in each round.",
            "Leave one out",
        ),
        "trained on the one left out": Mistake(
            lambda hours, y, W1, W2: leave_out(hours, y, W1, W2, learned=only),
            "The network was trained on the one sample that should have been left out, and asked "
            "about it.",
            "Leave one out",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    10, 3, questions.newcomer_beyond, questions.hidden_delta, questions.stuck_at_the_top
)

EXERCISES = (
    recalled,
    fit_the_plane,
    shuffle_the_scores,
    honest_baseline,
    more_students,
    leave_one_out,
)

"""Chapter 08: the loop, its curve, and the rate."""

from functools import lru_cache

import numpy as np

from nn_tutorial import MaxScaler, Network, exam_scores, train
from nn_tutorial.data import made_up_weights, recovered_start
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.chapters import chapter_07
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.recall import recall

# 1. By hand. All scores are below 75 points, so nobody's error is the same at 50 and at 100.


def errors(*scores):
    return 1 - np.array(scores) / 100


stuck_at_the_top = Exercise(
    name="stuck-at-the-top",
    chapter=8,
    kind="number",
    question="A rate that was too large has pushed all predictions to 100 points, and there they "
    "stay. Your three numbers are the students' scores: what is the loss?",
    solution=lambda first, second, third: (errors(first, second, third) ** 2).mean(),
    also_right=(
        lambda *scores: sum((100 - score) ** 2 for score in scores) / 30_000,
        lambda *scores: round(float(np.mean(np.square(errors(*scores)))), 4),
    ),
    menus={"first": (53, 54, 55, 58, 51, 52), "second": range(60, 67), "third": range(68, 75)},
    decimals=4,
    carry=6,
    mistakes={
        "the sum of the squares": Mistake(
            lambda *scores: (errors(*scores) ** 2).sum(),
            "The three squares were added up, and that was all. Our loss is their mean, so that it "
            "does not grow with the number of students.",
            "How fast?",
        ),
        "points in place of shares": Mistake(
            lambda *scores: ((100 * errors(*scores)) ** 2).mean(),
            "The errors were squared in points. The network says shares of 100, so its errors are "
            "shares, too; squared, the two units differ by a factor of 10,000.",
            "How fast?",
        ),
        "the errors not squared": Mistake(
            lambda *scores: errors(*scores).mean(),
            "This is the mean of the errors. It is a sensible number, and easier to picture than a "
            "square, but not the loss that we go down.",
            "How fast?",
        ),
        "the root of the loss": Mistake(
            lambda *scores: (errors(*scores) ** 2).mean() ** 0.5,
            "After the mean a root was taken. That has the unit of the errors, which is why people "
            "like to report it; the loss itself stays squared.",
            "How fast?",
        ),
        "averaged before squaring": Mistake(
            lambda *scores: errors(*scores).mean() ** 2,
            "The mean error was squared. Each error is squared first: then large ones count more, "
            "and errors of unlike sign cannot cancel.",
            "How fast?",
        ),
        "stuck at 50 points": Mistake(
            lambda *scores: ((errors(*scores) - 0.5) ** 2).mean(),
            "This is where the rate 10,000 ended, with everybody at 50 points. Here everybody is "
            "at 100.",
            "How fast?",
        ),
        "predictions of 0": Mistake(
            lambda *scores: ((1 - errors(*scores)) ** 2).mean(),
            "These are the squares of the scores themselves, as if everybody were predicted 0 "
            "points. They are stuck at the other end.",
            "How fast?",
        ),
        "compared with the mean": Mistake(
            lambda *scores: np.var(errors(*scores)),
            "This is the spread of the scores around their mean: the loss of always answering it. "
            "The predictions are stuck elsewhere.",
            "How fast?",
        ),
        "predictions of 92": Mistake(
            lambda *scores: ((errors(*scores) - 0.08) ** 2).mean(),
            "Everybody was compared with 92 points, the best score of the chapter. The "
            "predictions are stuck at 100.",
            "How fast?",
        ),
        "half the sum of the squares": Mistake(
            lambda *scores: (errors(*scores) ** 2).sum() / 2,
            "This is half the sum, as many books have it. Our loss is the mean.",
            "How fast?",
        ),
        "the errors added up, not squared": Mistake(
            lambda *scores: errors(*scores).sum(),
            "These are three errors, added up. They have to be squared first, and their mean is "
            "wanted.",
            "How fast?",
        ),
        "the mean answer": Mistake(
            lambda *scores: 1 - errors(*scores).mean(),
            "This is the mean of the scores, as a share. A loss says how far predictions are from "
            "scores.",
            "How fast?",
        ),
        "the chapter's scores": Mistake(
            lambda *scores: (errors(92, 86, 89) ** 2).mean(),
            "This is the loss for 92, 86 and 89, as in the chapter. Your own three scores replace "
            "them.",
            "How fast?",
        ),
    },
)

# 2. The loop. Few steps with long rates: so no mistake is lost in rounding.


def samples_weights_and_plan(rng, size):
    X, y, W1, W2, learning_rate = chapter_07.samples_weights_and_rate(rng, size)
    return X, y, W1, W2, int(rng.integers(3, 7)), learning_rate


def mean_of_squares(X, y, W1, W2):
    return Network.from_weights([W1, W2]).loss(X, y)


def loop(X, y, W1, W2, epochs, learning_rate, step=chapter_07.step, loss_of=mean_of_squares):
    """Return what training does with another kind of step, or another loss."""
    losses = []
    for _ in range(epochs):
        losses.append(loss_of(X, y, W1, W2))
        W1, W2 = step(X, y, W1, W2, learning_rate)
    return W1, W2, np.array([*losses, loss_of(X, y, W1, W2)])


def by_the_package(X, y, W1, W2, epochs, learning_rate):
    net = Network.from_weights([W1, W2])
    history = train(net, X, y, epochs=epochs, learning_rate=learning_rate)
    return *net.weights, list(history.loss)


def by_calling_itself(X, y, W1, W2, epochs, learning_rate):
    if epochs == 0:
        return [W1, W2, [mean_of_squares(X, y, W1, W2)]]
    before = by_calling_itself(X, y, W1, W2, epochs - 1, learning_rate)
    tables = chapter_07.step(X, y, *before[:2], learning_rate)
    return [*tables, [*before[2], mean_of_squares(X, y, *tables)]]


def straight_on(X, y, W1, W2, epochs, learning_rate):
    slopes = chapter_07.backward(X, y, W1, W2)

    def step(X, y, W1, W2, learning_rate):
        return W1 - learning_rate * slopes[0], W2 - learning_rate * slopes[1]

    return loop(X, y, W1, W2, epochs, learning_rate, step)


def with_losses(part):
    def answer(X, y, W1, W2, epochs, learning_rate):
        W1, W2, losses = loop(X, y, W1, W2, epochs, learning_rate)
        return W1, W2, losses[part]

    return answer


def tables_of(result):
    """Return the tables after one epoch; a result with more losses is of more epochs."""
    new_W1, new_W2, losses = result
    if len(losses) > 2:
        raise ValueError("more than one epoch")
    return [new_W1, new_W2]


write_the_loop = Exercise(
    name="write-the-loop",
    chapter=8,
    kind="function",
    question="Write `train_again(X, y, W1, W2, epochs, learning_rate)`. Return three things: the "
    "two tables after so many updates, and the losses, one before each update and one at the end.",
    solution=lambda X, y, W1, W2, epochs, learning_rate: loop(X, y, W1, W2, epochs, learning_rate),
    also_right=(by_the_package, by_calling_itself),
    draw=samples_weights_and_plan,
    as_step=lambda answer: lambda X, y, params, rate: tables_of(answer(X, y, *params, 1, rate)),
    mistakes={
        "uphill": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs, -rate),
            "The weights moved along the gradient, which points to where the loss grows. Look at "
            "the losses: they rise.",
            "The loop",
        ),
        "the rate forgotten": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs, 1),
            "The gradient was subtracted as it is, whatever the rate. That learns, too, and with "
            "the rate 1 nobody would notice; then one turns the knob, and nothing changes.",
            "The loop",
        ),
        "old and new weights mixed": Mistake(
            lambda *case: loop(*case, step=chapter_07.step_too_early),
            "`W2` was updated first, and the gradient of `W1` was computed from the new one. The "
            "losses fall all the same, so no curve will show it.",
            "The loop",
        ),
        "the gradient of `W2` measured after `W1` moved": Mistake(
            lambda *case: loop(*case, step=chapter_07.step_by_step),
            "The gradients were computed twice, the second time with the new `W1`. Both belong to "
            "the same place: measure everything, then move.",
            "The loop",
        ),
        "a gradient that is never used": Mistake(
            lambda *case: loop(*case, step=lambda X, y, W1, W2, rate: (W1, W2)),
            "The losses are all equal: nothing has moved. The gradients may be right, but no table "
            "is replaced by a better one, or the new one gets a name that nobody reads.",
            "The loop",
        ),
        "the gradient of the start, again and again": Mistake(
            straight_on,
            "The gradient was computed once, before the loop, and each step repeats the first. A "
            "slope holds where it was measured; elsewhere it has to be measured anew.",
            "The loop",
        ),
        "the last loss is missing": Mistake(
            with_losses(slice(-1)),
            "The loss was measured before each update, and not after the last one: how good are "
            "the weights that are handed out? Fences have one post more than gaps.",
            "The loop",
        ),
        "the first loss is missing": Mistake(
            with_losses(slice(1, None)),
            "The loss was measured after each update, so that of the start is missing, and "
            "`losses[0]` is one step late. Fences have one post more than gaps.",
            "The loop",
        ),
        "losses that are sums": Mistake(
            lambda *case: loop(*case, loss_of=lambda X, y, *W: y.size * mean_of_squares(X, y, *W)),
            "The tables are right. But the losses are sums of squares, while the steps go down "
            "their mean: the curve is that of another loss than the one you descend.",
            "The loop",
        ),
        "one epoch too many": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs + 1, rate),
            "There was one update more than was asked for. There is one loss more than updates, "
            "and it is easily the other way round in a loop.",
            "The loop",
        ),
        "one epoch too few": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs - 1, rate),
            "There was one update fewer than was asked for. A loop that begins at 1, or counts "
            "losses, ends too early.",
            "The loop",
        ),
        "a return inside the loop": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, 1, rate),
            "There was one update, whatever was asked for. A `return` that is indented too far "
            "ends the function in the first round.",
            "The loop",
        ),
        "the 2 forgotten": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs, rate / 2),
            "Each step is half as long: the slope of a square has a 2 in it. The losses fall all "
            "the same, only more slowly.",
            "The loop",
        ),
        "divided by the samples only": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs, rate * y.shape[1]),
            "The gradient was divided by the number of samples. The loss is a mean over all "
            "entries, so with several outputs the steps are too long.",
            "The loop",
        ),
        "the gradient of the sum": Mistake(
            lambda X, y, W1, W2, epochs, rate: loop(X, y, W1, W2, epochs, rate * y.size),
            "The steps follow the gradient of the summed squares, so they are too long. The loss "
            "is their mean.",
            "The loop",
        ),
        "the gradient of `W1` measured after `W2` moved": Mistake(
            lambda *case: loop(*case, step=chapter_07.step_from_behind),
            "The gradients were computed twice, the second time with the new `W2`. Both belong to "
            "the same place: measure everything, then move.",
            "The loop",
        ),
        "only `W2` learns": Mistake(
            lambda *case: loop(*case, step=chapter_07.stepping(tables=(0, 1))),
            "`W1` is what it was at the start. Both tables are updated in each step.",
            "The loop",
        ),
        "the last loss alone": Mistake(
            with_losses(-1),
            "The tables are right, and the last loss is there. All losses are wanted, in a list: "
            "the one that is to be plotted.",
            "The loop",
        ),
        "the tables of the start": Mistake(
            lambda X, y, W1, W2, epochs, rate: (
                W1.copy(),
                W2.copy(),
                loop(X, y, W1, W2, epochs, rate)[2],
            ),
            "The losses are right, so the training took place. But the tables that came back are "
            "those that were handed in.",
            "The loop",
        ),
    },
)

# 3. and 4. Predictions, from the recovered start.


@lru_cache
def losses_of(learning_rate, kind="scaled", epochs=300):
    """Return the losses of the three students at one rate."""
    scores = exam_scores()
    X = scores.X if kind == "raw" else MaxScaler().fit_transform(scores.X)
    by_hand = made_up_weights()
    net = Network.from_weights(by_hand if kind == "by hand" else recovered_start())
    return train(net, X, scores.y / 100, epochs=epochs, learning_rate=learning_rate).loss


def level():
    scores = exam_scores()
    case = MaxScaler().fit_transform(scores.X), scores.y / 100, *recovered_start(), 20
    curves = {
        "a": loop(*case, -1.5),
        "b": loop(*case, 1),
        "c": loop(*case, 1.5, step=chapter_07.step_too_early),
        "d": loop(*case, 1.5, step=lambda X, y, W1, W2, rate: (W1, W2)),
    }
    return "".join(letter for letter, (_, _, losses) in curves.items() if np.ptp(losses) == 0)


a_level_curve = Exercise(
    name="a-level-curve",
    chapter=8,
    kind="prediction",
    question="A loss curve is exactly level, from the first step to the last. Which mistake is in "
    "the loop?",
    solution=level,
    choices={
        "a": "The sign of the update is wrong.",
        "b": "The learning rate is forgotten.",
        "c": "`W2` is updated before the gradient of `W1` is computed from it.",
        "d": "The gradient is computed, and never used.",
    },
    mistakes={
        "level means the wrong way": Mistake(
            lambda: "a",
            "With the wrong sign the weights do move, only the other way: the curve climbs, and "
            "from our start it gets above 0.79.",
            "The loop",
        ),
        "no rate, no learning": Mistake(
            lambda: "b",
            "A rate that is left out is a rate of 1, and not of 0. The curve falls, a little more "
            "slowly than with 1.5.",
            "The loop",
        ),
        "order decides everything": Mistake(
            lambda: "c",
            "That curve falls like the right one. From our start it even ends a little lower, at "
            "0.000189 in place of 0.000191: this mistake is invisible in a curve.",
            "The loop",
        ),
    },
)


def end_of_a_bounce():
    end, usual = losses_of(75, epochs=1000)[-1], losses_of(1.5, epochs=1000)[-1]
    return "c" if end < usual else "b" if end < 0.0006 else "a"


a_curve_that_bounces = Exercise(
    name="a-curve-that-bounces",
    chapter=8,
    kind="prediction",
    question="From the recovered start, at the rate 75, the loss bounces up and down in the first "
    "50 steps. Where is it after 1,000?",
    solution=end_of_a_bounce,
    choices={
        "a": "Above 0.0006, the loss of always answering 89.",
        "b": "Below 0.0006, but above 0.000191, where the rate 1.5 ends.",
        "c": "Below 0.000191.",
    },
    mistakes={
        "bouncing is failing": Mistake(
            lambda: "a",
            "Twice this rate gets stuck, so one expects the worst. But stuck is what has no slope "
            "left; a loss that still bounces still reacts to the weights.",
            "How fast?",
        ),
        "what is lost is never made up": Mistake(
            lambda: "b",
            "The first 50 steps do cost time. But 950 are left, and on the flat floor of the "
            "valley, where small steps creep, long ones get far.",
            "Downhill, in a picture",
        ),
    },
)

# 5. Numbers that only a run can tell.


def steps_needed(rate, target, kind="scaled"):
    return int(np.argmax(losses_of(rate, kind) < target))


def both(rate, target, kind="scaled"):
    return steps_needed(rate, target, kind), min(
        steps_needed(whole, target, kind) for whole in range(1, 31)
    )


def by_counting(rate, target):
    steps = [sum(losses_of(r) >= target) for r in (rate, *range(1, 31))]
    return [steps[0], sorted(steps[1:])[0]]


fewest_steps = Exercise(
    name="fewest-steps",
    chapter=8,
    kind="number",
    question="Start from the recovered weights, with scaled hours. After how many steps is the "
    "loss below your target for the first time at your rate, and after how few at the best of the "
    "rates 1, 2, 3 and so on to 30?",
    solution=lambda rate, target: both(rate, target),
    also_right=(by_counting,),
    menus={
        "rate": [tenths / 10 for tenths in range(6, 23)],
        "target": (0.0008, 0.0009, 0.001, 0.0011, 0.0012, 0.0014, 0.0015, 0.0016, 0.002),
    },
    mistakes={
        "losses counted in place of steps": Mistake(
            lambda rate, target: tuple(n + 1 for n in both(rate, target)),
            "Both numbers are one too large. The first loss in the list is the one before any "
            "step, so it belongs to step 0.",
            "The loop",
        ),
        "one step too few": Mistake(
            lambda rate, target: tuple(n - 1 for n in both(rate, target)),
            "Both numbers are one too small: after so many steps the loss is still above the "
            "target. Counting from 0 makes it easy to be off by one.",
            "The loop",
        ),
        "the best rate in place of its steps": Mistake(
            lambda rate, target: (
                steps_needed(rate, target),
                min(range(1, 31), key=lambda whole: steps_needed(whole, target)),
            ),
            "The second number is a rate with which the fewest steps are needed. The question is "
            "how many these are.",
            "How fast?",
        ),
        "hours that are not scaled": Mistake(
            lambda rate, target: both(rate, target, "raw"),
            "These are the steps on raw hours. From this start raw hours are even faster, which is "
            "one more reason to distrust rules of thumb; but the question is about scaled ones.",
            "A thousand steps",
        ),
        "the hand-made start": Mistake(
            lambda rate, target: both(rate, target, "by hand"),
            "These are the steps from the weights of chapter 02. They start much nearer to the "
            "scores: between 74 and 78 points, where the recovered ones say 16 to 20.",
            "A thousand steps",
        ),
        "the steps at rate 1": Mistake(
            lambda rate, target: (steps_needed(rate, target), steps_needed(1, target)),
            "The second number belongs to the rate 1, the first of them. The best is the one that "
            "needs the fewest steps.",
            "How fast?",
        ),
        "the sum of the squares": Mistake(
            lambda rate, target: both(rate, target / 3),
            "The sum of the squares was compared with your target. Our loss is their mean, so it "
            "gets there earlier.",
            "How fast?",
        ),
        "half the sum of the squares": Mistake(
            lambda rate, target: both(rate, target / 1.5),
            "Half the sum of the squares was compared with your target. Our loss is their mean, "
            "so it gets there earlier.",
            "How fast?",
        ),
    },
)

# 6. Stretch.

another_unit = Exercise(
    name="another-unit",
    chapter=8,
    kind="number",
    question="All inputs become `k` times as large, as from hours to minutes, and the first `W1` "
    "is divided by `k`, so that the first predictions stay. `W2` keeps its rate, `rate`: which "
    "rate must `W1` get, so that every later prediction stays as well?",
    solution=lambda k, rate: rate / k**2,
    also_right=(lambda k, rate: [rate / k / k], lambda k, rate: np.array([rate * k**-2.0])),
    menus={
        "k": (24, 30, 2, 4, 5, 6, 7, 8, 10, 12, 15, 20),
        "rate": (0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.6, 1.7, 1.8, 2.5, 3.0, 0.6, 0.7),
    },
    decimals=6,
    mistakes={
        "the same rate": Mistake(
            lambda k, rate: rate,
            "The first predictions are the same, so everything seems to be. But look at the line "
            "of `dW1`: it has the inputs in it, and they are no longer the same.",
            "A promise kept: why scale?",
        ),
        "one of two changes considered": Mistake(
            lambda k, rate: rate / k,
            "Two things have changed, and this makes up for one of them. How large is the gradient "
            "of `W1` now, and how large should a step of `W1` be?",
            "A promise kept: why scale?",
        ),
        "longer steps for smaller weights": Mistake(
            lambda k, rate: rate * k,
            "This makes the steps of `W1` longer still, although its gradient has grown with the "
            "inputs. Ask two questions: how large is the gradient now, and how large should the "
            "step be?",
            "A promise kept: why scale?",
        ),
        "the wrong way round": Mistake(
            lambda k, rate: rate * k**2,
            "The loss reacts more strongly to `W1` than before, since larger inputs stand behind "
            "it. Should its steps become longer or shorter?",
            "When it does blow up",
        ),
        "the root of k": Mistake(
            lambda k, rate: rate / k**0.5,
            "The rate was divided by the root of `k`. Inputs that are `k` times as large make the "
            "gradient `k` times as large; and what should a step of a smaller `W1` be?",
            "A promise kept: why scale?",
        ),
        "the rate of W2 forgotten": Mistake(
            lambda k, rate: 1 / k**2,
            "This is the factor between the two rates, or the answer for a rate of 1. You have a "
            "rate of your own.",
            "A promise kept: why scale?",
        ),
        "k above, not below": Mistake(
            lambda k, rate: k / rate,
            "The rate stands below the line and `k` above it. Should the steps of `W1` become "
            "longer or shorter, if those of `W2` do?",
            "A promise kept: why scale?",
        ),
        "k squared above, not below": Mistake(
            lambda k, rate: k**2 / rate,
            "The rate stands below the line and `k` above it. Should the steps of `W1` become "
            "longer or shorter, if those of `W2` do?",
            "A promise kept: why scale?",
        ),
        "one division too many": Mistake(
            lambda k, rate: rate / k**3,
            "`k` was divided by three times. Count the places where it comes in: the inputs "
            "behind the gradient, and the size of `W1` itself.",
            "A promise kept: why scale?",
        ),
        "the rate squared as well": Mistake(
            lambda k, rate: (rate / k) ** 2,
            "The square was taken of the whole quotient. Which of the two numbers comes in twice?",
            "A promise kept: why scale?",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    8, 3, questions.slope_from_a, questions.slope_by_nudge, questions.sum_over_students
)

EXERCISES = (
    recalled,
    stuck_at_the_top,
    write_the_loop,
    a_level_curve,
    a_curve_that_bounces,
    fewest_steps,
    another_unit,
)

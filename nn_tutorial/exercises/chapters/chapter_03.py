"""Chapter 03: the bend, its slope, and what is lost without it."""

from math import exp

import numpy as np

from nn_tutorial.activations import sigmoid, sigmoid_slope, sigmoid_slope_from_activation
from nn_tutorial.data import made_up_weights
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.pencil import bend
from nn_tutorial.exercises.recall import recall

W1, W2 = made_up_weights()

# 1. No three output weights add up to 0 or 1, and the third is negative, so each slip shows.

collapse_by_hand = Exercise(
    name="collapse-by-hand",
    chapter=3,
    kind="number",
    question="Leave out the bend, and let the output weights be your three numbers. Which two "
    "weights does the whole network have, for hours studied and for hours slept?",
    solution=lambda v1, v2, v3: tuple(W1 @ (v1, v2, v3)),
    also_right=(
        lambda *w: [sum(a * b for a, b in zip(row, w, strict=True)) for row in W1],
        lambda v1, v2, v3: (0.2 * v1 + 0.6 * v2 + 0.1 * v3, 0.8 * v1 + 0.3 * v2 + 0.7 * v3),
    ),
    menus={
        "v1": (1.5, 2, 2.5, 3, 4),
        "v2": (2.2, 3.2, 4.2, 5.2),
        "v3": (-0.5, -1, -1.5, -2, -3),
    },
    decimals=2,
    mistakes={
        "six paths, not added up": Mistake(
            lambda *w: W1 * w,
            "These are the six paths, each with the product of its two weights. Three of them "
            "start at the same input, and what arrives at the output is their sum.",
            "Without a bend, two layers are one",
        ),
        "a column in place of two numbers": Mistake(
            lambda *w: (W1 @ w)[:, np.newaxis],
            "The numbers are right, but `@` with a table of one column returns such a table, of "
            "shape (2, 1). Pick the two numbers out, or write them down.",
            "Without a bend, two layers are one",
        ),
        "a minus that was lost": Mistake(
            lambda *w: W1 @ np.abs(w),
            "The third output weight is negative, so whatever goes through neuron 3 is taken away. "
            "The chapter had no negative weight, which makes this easy to overlook.",
            "Without a bend, two layers are one",
        ),
        "the input weights alone": Mistake(
            lambda *w: W1.sum(axis=1),
            "These are the sums of the two rows of `W1`. On its way to the output each of these "
            "weights still has to meet an output weight.",
            "Without a bend, two layers are one",
        ),
        "added along the path": Mistake(
            lambda *w: W1.sum(axis=1) + sum(w),
            "Two weights on one path were added. The input is multiplied by the first, and the "
            "result is multiplied by the second; only different paths are added.",
            "Without a bend, two layers are one",
        ),
        "the two inputs exchanged": Mistake(
            lambda *w: W1[::-1] @ w,
            "Both numbers are right, in the wrong order. The first row of `W1` belongs to the "
            "hours studied.",
            "Without a bend, two layers are one",
        ),
        "the chapter's output weights": Mistake(
            lambda *w: W1 @ W2[:, 0],
            "These are the two weights for 0.4, 0.5 and 0.9. Your own output weights replace them.",
            "Without a bend, two layers are one",
        ),
        "the chapter's output weights, in a column": Mistake(
            lambda *w: W1 @ W2,
            "This is `W1 @ W2` as the chapter has it. `W2` still holds 0.4, 0.5 and 0.9, and your "
            "own output weights replace them. Two numbers are wanted, not a table of one column.",
            "Without a bend, two layers are one",
        ),
        "the mean of the paths": Mistake(
            lambda *w: W1 @ w / 3,
            "The three paths were averaged. What arrives at the output is their sum: a neuron "
            "adds, and does not divide by how many there are.",
            "Without a bend, two layers are one",
        ),
        "divided by the maxima": Mistake(
            lambda *w: W1 @ w / (3, 9),
            "The two weights were divided by 3 and 9, as if the hours were not scaled. The "
            "question is what the two tables of weights do.",
            "Without a bend, two layers are one",
        ),
        "weights read down the columns": Mistake(
            lambda *w: np.array(w) @ W1.reshape(3, 2),
            "The six weights were taken two by two, as they stand one after the other. A row of "
            "`W1` belongs to an input and has three weights.",
            "Without a bend, two layers are one",
        ),
        "sums multiplied": Mistake(
            lambda *w: W1.sum(axis=1) * sum(w),
            "The input weights were added, the output weights were added, and the two sums "
            "multiplied. Each way has its own pair of weights: multiply first.",
            "Without a bend, two layers are one",
        ),
        "the output weights backwards": Mistake(
            lambda *w: W1 @ w[::-1],
            "The three output weights were used from the last to the first. The first of them "
            "belongs to the first column of `W1`.",
            "Without a bend, two layers are one",
        ),
        "bent all the same": Mistake(
            lambda *w: sigmoid(W1 @ w),
            "The bend was left in. Without it the two weights may be negative or above 1, like "
            "any others.",
            "Without a bend, two layers are one",
        ),
        "the input weights bent": Mistake(
            lambda *w: sigmoid(W1) @ w,
            "The input weights went through the sigmoid. A bend belongs to sums, and here it is "
            "left out.",
            "Without a bend, two layers are one",
        ),
        "the widest of the paths": Mistake(
            lambda *w: (W1 * w).max(axis=1),
            "Only the largest product of each row was kept. All three paths lead to the output, "
            "and what arrives is their sum.",
            "Without a bend, two layers are one",
        ),
    },
)

# 2. A prediction.


def on_the_left():
    right, left = sigmoid_slope(2.0), sigmoid_slope(-2.0)
    said = {"a": -right, "b": 1 - right, "c": right}
    return next((letter for letter, slope in said.items() if np.isclose(slope, left)), "d")


slope_on_the_left = Exercise(
    name="slope-on-the-left",
    chapter=3,
    kind="prediction",
    question="Somebody tells you the slope of the sigmoid at z = 2. What is it at z = -2?",
    solution=on_the_left,
    choices={
        "a": "As large, but negative.",
        "b": "1 minus the slope at 2.",
        "c": "The same.",
        "d": "Smaller, because the curve is lower there.",
    },
    mistakes={
        "a negative slope": Mistake(
            lambda: "a",
            "A negative slope means that the curve falls. The sigmoid climbs on both sides.",
            "How steep is it?",
        ),
        "1 minus the slope": Mistake(
            lambda: "b",
            "The values at z and -z add up to 1, but the question is how steep the curve is. "
            "No slope of the sigmoid is above 1/4, and 1 minus such a number always is.",
            "The slope, exactly",
        ),
        "lower, so flatter": Mistake(
            lambda: "d",
            "How high a curve is does not say how steep it is. Look at the picture of the slope: "
            "where is the top of the hill, and what do its two sides look like?",
            "Saturated",
        ),
    },
)

# 3. The slope has the same value at z and at -z: a sign lost in the exponent cannot be seen here.


def both(from_z, from_a=sigmoid_slope_from_activation):
    """Return the answer of somebody with these two functions."""
    return lambda z, a: (from_z(z), from_a(a))


how_steep = Exercise(
    name="how-steep",
    chapter=3,
    kind="number",
    question="One neuron has the sum z, another has the activation a: your two numbers. How steep "
    "is the sigmoid at the first neuron, and how steep at the second?",
    solution=lambda z, a: (sigmoid_slope(z), sigmoid_slope_from_activation(a)),
    also_right=(
        lambda z, a: [exp(-z) / (1 + exp(-z)) ** 2, 0.25 - (a - 0.5) ** 2],
        lambda z, a: np.array([1 / (2 + exp(z) + exp(-z)), a - a * a]).round(4),
    ),
    menus={
        "z": (-2.8, -2.2, -1.8, -1.4, -1.2, 1.1, 1.3, 1.6, 1.9, 2.1, 2.4, 2.7),
        "a": (0.06, 0.08, 0.12, 0.15, 0.2, 0.8, 0.85, 0.88, 0.92, 0.94),
    },
    decimals=4,
    carry=6,
    on_paper=lambda write, z, a: [x * (1 - x) for x in (bend(write(z)), write(a))],
    mistakes={
        "z taken for a": Mistake(
            both(sigmoid_slope_from_activation),
            "The product of a and 1 - a was computed with z. It is negative here, although the "
            "sigmoid never falls: for the first neuron something has to come before the product.",
            "Two forms, two names",
        ),
        "a taken for z": Mistake(
            both(sigmoid_slope, sigmoid_slope),
            "For the second neuron the sigmoid was taken once more. Its activation is a sigmoid "
            "already. The result looks harmless, which makes this one hard to find in a program.",
            "Two forms, two names",
        ),
        "the two forms exchanged": Mistake(
            both(sigmoid_slope_from_activation, sigmoid_slope),
            "Both forms are there, each at the other neuron. Ask for each number whether it is "
            "the sum that goes into the bend, or the activation that comes out of it.",
            "Two forms, two names",
        ),
        "how high, not how steep": Mistake(
            both(sigmoid),
            "At the first neuron this is the value of the sigmoid, its height. It is on the way "
            "to the slope and takes most of the work, so it looks finished.",
            "The slope, exactly",
        ),
        "two heights": Mistake(
            both(sigmoid, sigmoid),
            "These are two values of the sigmoid, heights of the curve. The question is how steep "
            "it is; and for the second neuron the height was given already.",
            "The slope, exactly",
        ),
        "two heights, one of them given": Mistake(
            both(sigmoid, lambda a: a),
            "These are the activations of the two neurons: the first was computed, the second was "
            "given. The question is how steep the curve is where it has these heights.",
            "The slope, exactly",
        ),
        "the two numbers exchanged": Mistake(
            lambda z, a: (sigmoid_slope_from_activation(a), sigmoid_slope(z)),
            "Both numbers are right, in the wrong order. The first neuron is the one whose sum "
            "you know.",
            "Two forms, two names",
        ),
        "rounded to 2 decimals": Mistake(
            lambda z, a: (
                sigmoid_slope(z).round(2),
                sigmoid_slope_from_activation(a).round(2),
            ),
            "These are the two slopes to 2 decimals, and 4 are wanted. No slope is above 1/4, so 2 "
            "decimals hold little of it.",
            "Saturated",
        ),
        "1 minus the activation": Mistake(
            both(lambda z: sigmoid(-z), lambda a: 1 - a),
            "Half of the formula is missing: the slope is a product of two factors, and this is "
            "one of them. Far to the left it is nearly 1, where the curve is nearly flat.",
            "The slope, exactly",
        ),
        "a forgotten reciprocal": Mistake(
            both(lambda z: sigmoid_slope_from_activation(1 + exp(-z))),
            "At the first neuron 1 plus e to the -z was taken for the activation. It is more than "
            "1, so the other factor turns negative; no activation is more than 1.",
            "The sigmoid",
        ),
        "a step that is too long": Mistake(
            both(lambda z: sigmoid(z + 1) - sigmoid(z)),
            "This is rise over run with a step of 1, the first line of the table. It measures the "
            "climb from z to z + 1, and on the way the curve bends.",
            "How steep is it?",
        ),
        "the slopes of tanh": Mistake(
            both(lambda z: 1 - np.tanh(z) ** 2, lambda a: 1 - a**2),
            "1 minus a square is the slope of tanh. The sigmoid's formula has two factors as "
            "well, but other ones.",
            "The slope, exactly",
        ),
        "the square of the height": Mistake(
            both(lambda z: sigmoid(z) ** 2, lambda a: a**2),
            "The activation was multiplied by itself. One of the two factors is the activation; "
            "the other is how far it is from 1.",
            "The slope, exactly",
        ),
        "one factor from z, one from the activation": Mistake(
            both(lambda z: sigmoid(z) * (1 - z)),
            "At the first neuron one factor was computed from the activation, and the other from "
            "the sum. Both belong to the activation.",
            "Two forms, two names",
        ),
    },
)

# 4. Between -38 and -22 a difference from 1 is wrong by an amount that depends on how it is
# written, so there are no such sums. No value that is asked for is below 1e-261 and above 0:
# what floats do beyond, where they lose digits, is none of the reader's business.

CORNERS = {
    0: (-2.0, 3.0),
    1: (-1000.0, -600.0, -200.0, 0.0, 1000.0),
    2: (-45.0, 45.0, -600.0),
    3: (-1000.0, 45.0, -40.0, -550.0, -20.0),
}


def any_sums(rng, size):
    shape = unequal(rng, size, (1, 2, 2, 3)[size])
    z = (rng.uniform(1, 6, shape) * rng.choice([-1, 1], shape)).round(1)
    z.flat[: len(CORNERS[size])] = CORNERS[size]
    return (z,)


def two_forms(z, left, right, e=lambda z: np.exp(-np.abs(z))):
    return np.where(z >= 0, right(e(z)), left(e(z)))


def grows(z):
    return np.exp(np.abs(z))


def high(e):
    return 1 / (1 + e)


def low(e):
    return e / (1 + e)


def by_masks(z):
    a = np.empty_like(z)
    a[z >= 0] = high(np.exp(-z[z >= 0]))
    a[z < 0] = low(np.exp(z[z < 0]))
    return a


def clipped(limit):
    return Mistake(
        lambda z: sigmoid(np.clip(z, -limit, limit)),
        "The warning is gone, and so are the differences: whatever lies left of the limit gets the "
        "same value. Near 0 a float can store smaller numbers than that one.",
        "Aside: in the computer, not quite",
    )


without_warnings = Exercise(
    name="sigmoid-without-warnings",
    chapter=3,
    kind="function",
    question="Write `stable_sigmoid(z)`, the sigmoid of each entry of an array of any shape: no "
    "warning at -1000 and 1000, and the leading digits right also at -600, where the value is "
    "tiny.",
    solution=lambda z: two_forms(z, low, high),
    also_right=(
        by_masks,
        lambda z: np.exp(-np.logaddexp(0, -z)),
        lambda z: two_forms(np.clip(z, -1000, 1000), low, high),
        lambda z: sigmoid(np.clip(z, -700, 700)),
        lambda z: (
            [float(high(exp(-x)) if x > 0 else low(exp(x))) for x in z]
            if z.ndim == 1
            else np.exp(np.minimum(z, 0)) * high(np.exp(-np.abs(z)))
        ),
    ),
    draw=any_sums,
    absolute=1e-300,
    mistakes={
        "a forgotten reciprocal": Mistake(
            lambda z: 1 + np.exp(-z),
            "This is 1 plus e to the -z: on paper more than 1 everywhere, and no sigmoid is. The "
            "exponential was the hard part, so it looks finished.",
            "The sigmoid",
        ),
        "a curve that falls": Mistake(
            lambda z: two_forms(z, high, low),
            "Your function falls from 1 to 0 where the sigmoid climbs. Either a minus in the "
            "exponent is lost, or two sides are exchanged. A test at -6 and 6 would tell.",
            "The sigmoid",
        ),
        "e^z / (1 + e^z) on both sides": Mistake(
            lambda z: low(np.exp(z)),
            "On paper it is the same, and at the far left it is quiet, so it is often offered as "
            "the cure. At the far right it divides infinity by infinity.",
            "Aside: a sigmoid that never overflows",
        ),
        "e^|z|, large on both sides": Mistake(
            lambda z: two_forms(z, high, low, grows),
            "With the absolute value the exponential is large to the left and to the right, and it "
            "overflows at both ends. At the far right infinity is divided by infinity.",
            "Aside: a sigmoid that never overflows",
        ),
        "e^|z|, and a curve that falls": Mistake(
            lambda z: two_forms(z, low, high, grows),
            "The exponential grows on both sides. So your function falls where the sigmoid climbs, "
            "and at the far left it divides infinity by infinity.",
            "Aside: a sigmoid that never overflows",
        ),
        "one form for both sides": Mistake(
            lambda z: high(np.exp(-np.abs(z))),
            "With the absolute value nothing overflows, but the sign of z is gone: -6 gets the "
            "value of 6. At 0 and to the right all is well, so a short test does not show it.",
            "Aside: a sigmoid that never overflows",
        ),
        "an exponent of either sign": Mistake(
            lambda z: two_forms(z, low, high, lambda z: np.exp(-z)),
            "Both forms are there, but the second one is fed with the exponential of the first. "
            "For a negative z it is a large number, and the curve turns up again on the left.",
            "Aside: a sigmoid that never overflows",
        ),
        **{f"clipped at {limit}": clipped(limit) for limit in (20, 30, 50, 100, 500)},
        "a difference from 1": Mistake(
            lambda z: (1 + np.tanh(z / 2)) / 2,
            "On paper the formula is right. But on the left it is the difference of two numbers "
            "that hardly differ, whose digits are spent on nines: it has wrong digits soon, and "
            "from about -38 on it is 0.",
            "Aside: in the computer, not quite",
        ),
        "the left form on both sides": Mistake(
            lambda z: low(np.exp(-np.abs(z))),
            "With the absolute value nothing overflows, but the sign of z is gone: 6 gets the "
            "value of -6. To the left all is well, so a short test does not show it.",
            "Aside: a sigmoid that never overflows",
        ),
        "nothing below one half": Mistake(
            lambda z: high(np.exp(-np.maximum(z, 0))),
            "Everything left of 0 was treated like 0, so all of it becomes one half. The curve "
            "goes on to fall there, and that is where the tiny values are.",
            "Aside: a sigmoid that never overflows",
        ),
        "reciprocals forgotten on both sides": Mistake(
            lambda z: 1 + np.exp(-np.abs(z)),
            "This is 1 plus a small exponential, the part below the line. On paper it is more "
            "than 1, and no sigmoid is.",
            "The sigmoid",
        ),
    },
)

# 5. Stretch.


def moderate_sums(rng, size):
    return (rng.uniform(-2, 2, unequal(rng, size, (1, 2, 2, 3)[size])).round(2),)


slope_of_tanh = Exercise(
    name="slope-of-tanh",
    chapter=3,
    kind="function",
    question="A stretched sigmoid: tanh(z) = 2 σ(2z) - 1. Write `slope_of_tanh(z)`, which returns "
    "the slope of tanh at each entry of the array `z`.",
    solution=lambda z: 4 * sigmoid_slope(2 * z),
    also_right=(
        lambda z: 1 - np.tanh(z) ** 2,
        lambda z: 1 / np.cosh(z) ** 2,
        lambda z: (np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5,
    ),
    draw=moderate_sums,
    mistakes={
        "the sigmoid's formula": Mistake(
            lambda z: sigmoid_slope_from_activation(np.tanh(z)),
            "The product of a and 1 - a was computed with the value of tanh. At z = 0 it gives "
            "0, where tanh is steepest: the formula was derived for the sigmoid, and only for it.",
            "The slope, exactly",
        ),
        "one stretch of the two": Mistake(
            lambda z: 2 * sigmoid_slope(2 * z),
            "The sigmoid was stretched twice: made twice as high, and pressed to half the width. "
            "Either makes it steeper, and your answer has one of the two.",
            "How steep is it?",
        ),
        "no stretch at all": Mistake(
            lambda z: sigmoid_slope(2 * z),
            "This is the slope of the plain sigmoid, looked up at 2z. But tanh climbs from -1 to "
            "1, twice as far over a shorter stretch, so it has to be steeper.",
            "How steep is it?",
        ),
        "the inner 2 overlooked": Mistake(
            lambda z: 2 * sigmoid_slope(z),
            "Only the 2 in front was used. The 2 inside presses the curve to half its width: it "
            "changes where one has to look, and how steep it is there.",
            "How steep is it?",
        ),
        "both stretches, looked up at z": Mistake(
            lambda z: 4 * sigmoid_slope(z),
            "Both stretches are there, but the slope was taken at z. Where on the sigmoid is tanh, "
            "when it is at z?",
            "How steep is it?",
        ),
        "σ replaced by its slope": Mistake(
            lambda z: 2 * sigmoid_slope(2 * z) - 1,
            "In the formula σ was replaced by its slope, and the rest was kept. But the - 1 only "
            "moves the curve and has no slope; and the 2 inside makes the curve steeper, too.",
            "How steep is it?",
        ),
        "rise over run with a step of 0.001": Mistake(
            lambda z: (np.tanh(z + 0.001) - np.tanh(z)) / 0.001,
            "A table of steps comes near the slope: this one is off in the third or fourth digit. "
            "As a check that is fine, but the slope can be had exactly.",
            "How steep is it?",
        ),
        "1 subtracted from the slope": Mistake(
            lambda z: 4 * sigmoid_slope(2 * z) - 1,
            "The - 1 was kept. It moves the whole curve down, and rise over run does not change "
            "when both heights are lowered alike.",
            "How steep is it?",
        ),
        "how high, not how steep": Mistake(
            np.tanh,
            "These are the values of tanh. A slope says how much they change: tanh climbs "
            "everywhere, so no slope can be negative.",
            "How steep is it?",
        ),
        "z taken for a": Mistake(
            lambda z: 1 - z**2,
            "A formula for activations was fed with sums. Beyond 1 the result is negative, and "
            "tanh never falls.",
            "Two forms, two names",
        ),
        "a square forgotten": Mistake(
            lambda z: 1 - np.tanh(z),
            "This is 1 minus the height. At z = 0 it gives 1, as it should, but to the left it "
            "grows beyond that, where tanh is flat.",
            "The slope, exactly",
        ),
        "the slope of the sigmoid": Mistake(
            lambda z: sigmoid_slope(z),
            "This is the slope of the sigmoid itself. Tanh is made of it, by stretching and "
            "moving; two of these three change how steep it is.",
            "How steep is it?",
        ),
        "tanh taken twice": Mistake(
            lambda z: 1 - np.tanh(np.tanh(z)) ** 2,
            "The right formula for activations was fed with tanh of tanh: the activation was bent "
            "once more on the way.",
            "Two forms, two names",
        ),
        "looked up at 2z": Mistake(
            lambda z: 1 - np.tanh(2 * z) ** 2,
            "This is the slope of tanh, at the place 2z. The 2 was needed to write tanh with a "
            "sigmoid; in a formula with tanh itself it is done already.",
            "How steep is it?",
        ),
        "2z taken for a": Mistake(
            lambda z: 4 * sigmoid_slope_from_activation(2 * z),
            "The formula for activations was fed with 2z, which is a sum. Beyond 1 the result is "
            "negative, and tanh never falls.",
            "Two forms, two names",
        ),
        "2z taken for a, and one stretch": Mistake(
            lambda z: 2 * sigmoid_slope_from_activation(2 * z),
            "The formula for activations was fed with 2z, which is a sum, and one of the two "
            "stretches is missing, too. Tanh never falls.",
            "Two forms, two names",
        ),
    },
)

# What opens the chapter.

recalled = recall(3, 2, questions.sleep_scaled, questions.points_of_output, questions.weighted_sum)

EXERCISES = (
    recalled,
    collapse_by_hand,
    slope_on_the_left,
    how_steep,
    without_warnings,
    slope_of_tanh,
)

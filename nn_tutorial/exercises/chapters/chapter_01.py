"""Chapter 01: everybody is divided by the same, remembered maxima."""

import numpy as np

from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal

# 1. Shapes, of a table that is as large as the student's name says.


def shapes(n_students, n_features):
    X = np.ones((n_students, n_features))
    return X.max(axis=0).shape, X[:, 1].shape, X[:2].shape


say_the_shape = Exercise(
    name="say-the-shape",
    chapter=1,
    kind="shape",
    question="A table `X` has the shape `(n_students, n_features)`, with your own two numbers. "
    "Which shapes do `X.max(axis=0)`, `X[:, 1]` and `X[:2]` have?",
    solution=shapes,
    menus={"n_students": range(11, 41), "n_features": range(3, 10)},
    mistakes={
        "the maximum along the other axis": Mistake(
            lambda n, d: ((n,), (n,), (2, d)),
            "`axis=0` sounds like “for each row”, because rows are counted first. It names the "
            "direction that is walked through, and that disappears: down through the rows.",
            "Divide each column by its largest value",
        ),
        "a column that is still a table": Mistake(
            lambda n, d: ((d,), (n, 1), (2, d)),
            "On paper a column of a table stands upright. Picked with a single number, it is a "
            "plain list of numbers to NumPy: the axis that was picked from is gone.",
            "Three students",
        ),
        "a maximum that is still a table": Mistake(
            lambda n, d: ((1, d), (n,), (2, d)),
            "The maxima could well be a table with one row. But `max` removes the axis that it "
            "goes through, and what is left has one axis fewer than `X`.",
            "Divide each column by its largest value",
        ),
        "columns counted first": Mistake(
            lambda n, d: ((n,), (d,), (d, 2)),
            "Pictures and screens are given as width times height. A shape counts the rows first, "
            "and the rows are the students.",
            "Three students",
        ),
        "columns for the first rows": Mistake(
            lambda n, d: ((d,), (n,), (n, 2)),
            "`X[:2]` with nothing after the 2 was read as “two of the columns”. A single range "
            "picks along the first axis, and that is the rows.",
            "Three students",
        ),
        "a row for the column": Mistake(
            lambda n, d: ((d,), (d,), (2, d)),
            "`X[:, 1]` was taken for row 1. The colon means “all rows”, and the 1 after the comma "
            "says which column.",
            "Three students",
        ),
    },
)

# 2. and 3. Cases have newcomers beyond the old maximum in one column and below it in the others.


def table(rng, size):
    n_samples, n_features = unequal(rng, size, 2)
    X = rng.uniform(1, 9, (n_samples, n_features)).round(1)
    return (X * np.arange(1, n_features + 1),)


def write_scaler(X):
    maximum = X.max(axis=0)
    return X / maximum, maximum


write_the_scaler = Exercise(
    name="write-the-scaler",
    chapter=1,
    kind="function",
    question="Write `fit_and_scale(X)`, which takes a table of shape (N, D) and returns two "
    "things: the table with each column divided by its largest value, and these D values.",
    solution=write_scaler,
    also_right=(
        lambda X: (X * (1 / X.max(axis=0)), np.sort(X, axis=0)[-1]),
        lambda X: [np.transpose([column / max(column) for column in X.T]), list(map(max, X.T))],
    ),
    draw=table,
    mistakes={
        "the largest value of each row": Mistake(
            lambda X: (X / X.max(axis=1, keepdims=True), X.max(axis=1)),
            "Each student was divided by his or her own largest number. It is tempting, because a "
            "row is one student; but a row mixes units, and everybody would be measured by a "
            "different number.",
            "Divide each column by its largest value",
        ),
        "the largest value of the whole table": Mistake(
            lambda X: (X / X.max(), X.max()),
            "`X.max()` without an axis takes the largest of all. One number for everything keeps "
            "the columns as unequal as they were: the one with small numbers stays small.",
            "Divide each column by its largest value",
        ),
        "one number for all columns": Mistake(
            lambda X: (X / X.max(), X.max(axis=0)),
            "The largest values are right, but the table was divided by the largest of all: a "
            "`max()` without its axis is easily left in the division.",
            "Divide each column by its largest value",
        ),
        "the sum of each column": Mistake(
            lambda X: (X / X.sum(axis=0), X.sum(axis=0)),
            "These are shares of a total, as in a pie chart. They depend on how many students "
            "there are: with more students everybody's numbers would shrink.",
            "Divide each column by its largest value",
        ),
        "maxima of the scaled table": Mistake(
            lambda X: (X / X.max(axis=0), np.ones(X.shape[1])),
            "The maxima were taken after the division, where each is 1. It happens when `X` is "
            "replaced first. Then nobody can be scaled later, or scaled back.",
            "The scaler remembers",
        ),
        "the smallest value of each column": Mistake(
            lambda X: (X / X.min(axis=0), X.min(axis=0)),
            "`min` was taken in place of `max`. Everything is above 1 then, and one small value, "
            "such as a night without sleep, would blow up its column.",
            "Divide each column by its largest value",
        ),
        "the mean of each column": Mistake(
            lambda X: (X / X.mean(axis=0), X.mean(axis=0)),
            "Divided by its mean, a column has the mean 1 and values on both sides of it. It is a "
            "scaling that people use; here each column should end at 1.",
            "Divide each column by its largest value",
        ),
        "multiplied by the maxima": Mistake(
            lambda X: (X * X.max(axis=0), X.max(axis=0)),
            "Each column was made larger in place of smaller. Multiplying is the way back, from "
            "scaled numbers to hours.",
            "Divide each column by its largest value",
        ),
        "smallest to zero": Mistake(
            lambda X: ((X - X.min(axis=0)) / np.ptp(X, axis=0), X.max(axis=0)),
            "The smallest value of each column became 0. That is another scaling, of which the "
            "last exercise asks; here a column is only divided.",
            "Divide each column by its largest value",
        ),
        "mean 0 and spread 1": Mistake(
            lambda X: ((X - X.mean(axis=0)) / X.std(axis=0), X.max(axis=0)),
            "The mean was subtracted and the spread divided by, as many libraries do by habit. "
            "Here a column is only divided, by its largest value.",
            "Divide each column by its largest value",
        ),
    },
)


def table_and_newcomers(rng, size):
    (X,) = table(rng, size)
    newcomers = X.max(axis=0) * rng.uniform(0.2, 0.9, (len(X) + 3, X.shape[1])).round(2)
    newcomers[-1, 0] = X[:, 0].max() * 1.25
    newcomers[0, -1] = X[:, -1].max() * 1.5
    return X, newcomers


scale_newcomers = Exercise(
    name="scale-newcomers",
    chapter=1,
    kind="function",
    question="Write `scale_newcomers(X, newcomers)`: the network learned from the table `X`; "
    "return the table `newcomers`, scaled so that its numbers mean the same.",
    solution=lambda X, newcomers: newcomers / X.max(axis=0),
    also_right=(
        lambda X, newcomers: [list(row / [max(column) for column in X.T]) for row in newcomers],
        lambda X, newcomers: (newcomers.T / X.T.max(axis=1)[:, np.newaxis]).T,
    ),
    draw=table_and_newcomers,
    mistakes={
        "the newcomers' own column maxima": Mistake(
            lambda X, newcomers: newcomers / newcomers.max(axis=0),
            "It is what was done to `X`, so it looks consistent. But 1 now means “the most of "
            "today's newcomers”, and a lone newcomer would always be all ones.",
            "A newcomer",
        ),
        "each newcomer's largest number": Mistake(
            lambda X, newcomers: newcomers / newcomers.max(axis=1, keepdims=True),
            "Everybody is divided by his or her own largest number, whatever column it stands in. "
            "Somebody who does twice as much of everything becomes the same person.",
            "A newcomer",
        ),
        "the largest number of the newcomers' table": Mistake(
            lambda X, newcomers: newcomers / newcomers.max(),
            "`newcomers.max()` is one number for all columns, and nothing was divided by it when "
            "the network learned.",
            "A newcomer",
        ),
        "the largest number of the old table": Mistake(
            lambda X, newcomers: newcomers / X.max(),
            "The right table, but `X.max()` without an axis: one number for all columns. The "
            "network learned from columns that were each divided by their own.",
            "Divide each column by its largest value",
        ),
        "maxima over old and new together": Mistake(
            lambda X, newcomers: newcomers / np.vstack([X, newcomers]).max(axis=0),
            "More data sounds better, and no result exceeds 1. But the network learned with the "
            "old maxima; whenever somebody surpasses one of these, a whole column changes its "
            "meaning.",
            "The scaler remembers",
        ),
        "scaled twice": Mistake(
            lambda X, newcomers: newcomers / X.max(axis=0) ** 2,
            "The remembered maxima are right, but the division happened twice. That is easily done "
            "when one function scales and the next one, not knowing, scales again.",
            "The scaler remembers",
        ),
        "the old table in place of the newcomers": Mistake(
            lambda X, newcomers: X / X.max(axis=0),
            "This is `X`, scaled. It was right for the training; but the newcomers are what "
            "should come back, and they were not used at all.",
            "A newcomer",
        ),
        "smallest to zero": Mistake(
            lambda X, newcomers: (newcomers - X.min(axis=0)) / np.ptp(X, axis=0),
            "The smallest value was subtracted as well. The network learned from numbers that "
            "were only divided, so to it a 0 means no hours, and not the fewest hours.",
            "Divide each column by its largest value",
        ),
        "multiplied by the maxima": Mistake(
            lambda X, newcomers: newcomers * X.max(axis=0),
            "Each number became larger. Multiplying by the maxima is the way back, from scaled "
            "numbers to hours.",
            "The scaler remembers",
        ),
        "the means of the old table": Mistake(
            lambda X, newcomers: newcomers / X.mean(axis=0),
            "The old table was asked for its means. The network learned from numbers in which 1 "
            "stands for the most, not for the average.",
            "Divide each column by its largest value",
        ),
        "the smallest of the old table": Mistake(
            lambda X, newcomers: newcomers / X.min(axis=0),
            "The old table was asked for its smallest values. The network learned from numbers in "
            "which 1 stands for the most, not for the least.",
            "Divide each column by its largest value",
        ),
        "the sums of the old table": Mistake(
            lambda X, newcomers: newcomers / X.sum(axis=0),
            "These are shares of what all students did together. The more students there are, the "
            "smaller they get; the network learned something else.",
            "Divide each column by its largest value",
        ),
    },
)

# 4. A prediction.


def twice():
    X = np.array([[2.0, 9.0], [1.0, 5.0], [3.0, 6.0]])
    once, _ = write_scaler(X)
    again, _ = write_scaler(once)
    return "b" if np.array_equal(once, again) else "a"


scale_it_twice = Exercise(
    name="scale-it-twice",
    chapter=1,
    kind="prediction",
    question="Scale a table by its column maxima. Then scale the result once more, with maxima "
    "that are computed anew, from the scaled table. What does the second time do?",
    solution=twice,
    choices={
        "a": "It divides everything by the old maxima once more.",
        "b": "Nothing.",
        "c": "It turns all entries into 1.",
    },
    mistakes={
        "divided by the old maxima again": Mistake(
            lambda: "a",
            "That is what happens with maxima that are remembered. Here they are computed anew: "
            "ask yourself how large the largest number of a scaled column is.",
            "The scaler remembers",
        ),
        "all ones": Mistake(
            lambda: "c",
            "All ones come out where each number is divided by itself, as for a lone row. Where a "
            "column has several numbers, one maximum serves all of them.",
            "A newcomer",
        ),
    },
)

# 5. Back to hours and points.


def undo(studied_scaled, slept_scaled, output):
    return 3 * studied_scaled, 9 * slept_scaled, 100 * output


undo_the_scaling = Exercise(
    name="undo-the-scaling",
    chapter=1,
    kind="number",
    question="Somebody's hours, divided by the three students' maxima, and the network's output "
    "for them are your three numbers. How many hours studied, hours slept and points are these?",
    solution=undo,
    also_right=(
        lambda *scaled: np.array(scaled) * [3, 9, 100],
        lambda studied, slept, output: [studied / (1 / 3), slept * 18 / 2, output * 100],
    ),
    menus={
        "studied_scaled": (0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2),
        "slept_scaled": (0.5, 0.55, 0.65, 0.75, 0.85, 0.95, 1.05),
        "output": (0.71, 0.73, 0.77, 0.79, 0.83, 0.86, 0.88, 0.91, 0.94, 0.96),
    },
    decimals=2,
    mistakes={
        "divided by the maxima again": Mistake(
            lambda studied, slept, output: (studied / 3, slept / 9, 100 * output),
            "Dividing is what scaling did, and one repeats what worked; but it makes shares even "
            "smaller. A glance at the unit tells: nobody sleeps for a tenth of an hour.",
            "The scaler remembers",
        ),
        "points multiplied by 92": Mistake(
            lambda studied, slept, output: (3 * studied, 9 * slept, 92 * output),
            "92 is the best of the three scores, the maximum of their column. But the scores were "
            "not scaled by their maximum.",
            "The points: divide by 100, not by 92",
        ),
        "everything divided": Mistake(
            lambda studied, slept, output: (studied / 3, slept / 9, output / 100),
            "All three were scaled down a second time. Ask which of your results could be hours, "
            "and which points.",
            "The scaler remembers",
        ),
        "an output left as it is": Mistake(
            lambda studied, slept, output: (3 * studied, 9 * slept, output),
            "The hours are back in hours, but the output is still a share. Scores were scaled, "
            "too, so that the network can say them.",
            "The points: divide by 100, not by 92",
        ),
        "maxima exchanged": Mistake(
            lambda studied, slept, output: (9 * studied, 3 * slept, 100 * output),
            "Each column has its own maximum, and here each got the other's. Write the name of "
            "the column beside its maximum.",
            "Divide each column by its largest value",
        ),
        "hours left as they are": Mistake(
            lambda studied, slept, output: (studied, slept, 100 * output),
            "The points are right, but your hours are still shares of the maxima. All three "
            "numbers have to go back to their units.",
            "The scaler remembers",
        ),
        "everything times 100": Mistake(
            lambda studied, slept, output: tuple(100 * x for x in (studied, slept, output)),
            "100 belongs to the points. The hours were divided by something else, each column by "
            "its own number.",
            "The points: divide by 100, not by 92",
        ),
        "times 89, the mean score": Mistake(
            lambda studied, slept, output: (3 * studied, 9 * slept, 89 * output),
            "89 is the mean of the three scores. An output of 1 would then mean an average "
            "student; but it stands for full marks.",
            "The points: divide by 100, not by 92",
        ),
        "the first student's numbers": Mistake(
            lambda studied, slept, output: (2 * studied, 9 * slept, 92 * output),
            "You multiplied by what the first student did and got, 2, 9 and 92. Only one of the "
            "three is a number that something was divided by.",
            "Divide each column by its largest value",
        ),
    },
)

# 6. Stretch.


def from_0_to_1(X, newcomers):
    smallest, largest = X.min(axis=0), X.max(axis=0)
    return (newcomers - smallest) / (largest - smallest)


smallest_to_zero = Exercise(
    name="smallest-to-zero",
    chapter=1,
    kind="function",
    question="Write `scale_from_0_to_1(X, newcomers)`: another scaling, which would map the "
    "smallest value of each column of `X` to 0 and the largest to 1. Return the newcomers, "
    "scaled by it.",
    solution=from_0_to_1,
    also_right=(
        lambda X, newcomers: (newcomers - X.min(axis=0)) / np.ptp(X, axis=0),
        lambda X, newcomers: 1 - (X.max(axis=0) - newcomers) / (X.max(axis=0) - X.min(axis=0)),
    ),
    draw=table_and_newcomers,
    mistakes={
        "only divided by the largest": Mistake(
            lambda X, newcomers: newcomers / X.max(axis=0),
            "This is the chapter's scaling. It maps the largest value to 1, but the smallest to "
            "some share, and not to 0.",
            "Divide each column by its largest value",
        ),
        "shifted, then divided by the largest": Mistake(
            lambda X, newcomers: (newcomers - X.min(axis=0)) / X.max(axis=0),
            "After the shift the smallest is 0, which looks half done. But the shift moved the "
            "largest value, too; try the formula on the largest value itself.",
            "Divide each column by its largest value",
        ),
        "the newcomers' own smallest and largest": Mistake(
            lambda X, newcomers: from_0_to_1(newcomers, newcomers),
            "The formula is right, but it was fitted to the newcomers: 0 and 1 now mean the least "
            "and the most of today, and not what the network learned.",
            "A newcomer",
        ),
        "smallest and largest of the whole table": Mistake(
            lambda X, newcomers: (newcomers - X.min()) / (X.max() - X.min()),
            "`min()` and `max()` without an axis give one number for the whole table. Each column "
            "has its own unit, and needs its own pair.",
            "Divide each column by its largest value",
        ),
        "brackets left out": Mistake(
            lambda X, newcomers: newcomers - X.min(axis=0) / np.ptp(X, axis=0),
            "Only the smallest value was divided: Python divides before it subtracts, unless it is "
            "told otherwise. What does your formula make of the smallest value itself?",
            "Divide each column by its largest value",
        ),
        "shifted after the division": Mistake(
            lambda X, newcomers: newcomers / np.ptp(X, axis=0) - X.min(axis=0),
            "The division came first, so the smallest value, which has a unit, was subtracted from "
            "numbers that have none. What does your formula make of the smallest value itself?",
            "Divide each column by its largest value",
        ),
        "the old table in place of the newcomers": Mistake(
            lambda X, newcomers: from_0_to_1(X, X),
            "This is `X`, scaled. The scaling is right; but the newcomers are what should come "
            "back, and they were not used at all.",
            "A newcomer",
        ),
        "only divided by the range": Mistake(
            lambda X, newcomers: newcomers / np.ptp(X, axis=0),
            "The division is there, and the shift is not: the smallest value of a column does not "
            "become 0. Try the formula on it.",
            "Divide each column by its largest value",
        ),
        "only shifted": Mistake(
            lambda X, newcomers: newcomers - X.min(axis=0),
            "The smallest value is 0 now, and the largest is not 1: something has to be divided "
            "by. Try the formula on the largest value.",
            "Divide each column by its largest value",
        ),
        "the mean in place of the smallest": Mistake(
            lambda X, newcomers: (newcomers - X.mean(axis=0)) / np.ptp(X, axis=0),
            "The mean becomes 0 in this way. The question wants the smallest value there; what "
            "does your formula make of it?",
            "Divide each column by its largest value",
        ),
        "mean 0 and spread 1": Mistake(
            lambda X, newcomers: (newcomers - X.mean(axis=0)) / X.std(axis=0),
            "This scaling is common, too: mean 0 and standard deviation 1. The question names two "
            "other values and where they should go.",
            "Divide each column by its largest value",
        ),
        "the newcomers' own smallest": Mistake(
            lambda X, newcomers: (newcomers - newcomers.min(axis=0)) / np.ptp(X, axis=0),
            "The range comes from `X`, and the smallest value from the newcomers. What 0 means "
            "would change with every group that arrives.",
            "A newcomer",
        ),
        "a bracket around the maximum left out": Mistake(
            lambda X, newcomers: (newcomers - X.min(axis=0)) / X.max(axis=0) - X.min(axis=0),
            "Below the line there is a difference, and without brackets Python divides by the "
            "first number of it and subtracts the second afterwards.",
            "Divide each column by its largest value",
        ),
        "smallest and largest of all together": Mistake(
            lambda X, newcomers: from_0_to_1(np.vstack([X, newcomers]), newcomers),
            "The two values come from old and new together. Whoever arrives with more would "
            "change what 0 and 1 mean for everybody.",
            "The scaler remembers",
        ),
    },
)

EXERCISES = (
    say_the_shape,
    write_the_scaler,
    scale_newcomers,
    scale_it_twice,
    undo_the_scaling,
    smallest_to_zero,
)

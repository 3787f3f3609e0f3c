"""Chapter 14: how far an accuracy can be trusted."""

from math import comb, sqrt

import numpy as np

from nn_tutorial.activations import softmax
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.recall import recall

# 1. At least one is right and one is wrong; the highest probability of all stands in row 0, so its
# place, counted through the table, is a digit.


def probabilities_and_labels(rng, size):
    n_samples, n_outputs = 8 + 2 * size, 3 + size
    P = softmax(rng.normal(0, 1.2, (n_samples, n_outputs)))
    P[0] = 0.03 / (n_outputs - 1)
    P[0, size] = 0.97
    answers = P.argmax(axis=1)
    others = rng.integers(0, n_outputs, n_samples)
    labels = np.where(rng.random(n_samples) < 0.6, answers, others)
    labels[0], labels[1] = answers[0], (answers[1] + 1) % n_outputs
    return P, labels


def share_right(P, labels):
    return np.mean(P.argmax(axis=1) == labels)


def of_the_label(P, labels):
    return P[np.arange(len(P)), labels]


write_accuracy = Exercise(
    name="write-accuracy",
    chapter=14,
    kind="function",
    question="Write `share_right(P, labels)`: `P` holds the probabilities of C digits for N "
    "images, shape (N, C), and `labels` the truth, shape (N,). Return the accuracy, from "
    "0 to 1.",
    solution=share_right,
    also_right=(
        lambda P, labels: sum(max(p) == p[y] for p, y in zip(P, labels, strict=True)) / len(P),
        lambda P, labels: 1 - np.count_nonzero(np.argsort(P)[:, -1] - labels) / len(labels),
    ),
    draw=probabilities_and_labels,
    mistakes={
        "the place in the whole table": Mistake(
            lambda P, labels: np.mean(P.argmax() == labels),
            "`argmax()` without an axis looks for the highest number of the whole table, and gives "
            "one place for all images. It is compared with each label, without an error.",
            "The test, opened once",
        ),
        "labels as a column": Mistake(
            lambda P, labels: np.mean(P.argmax(axis=1) == labels[:, np.newaxis]),
            "(N,) was compared with (N, 1), which gives a table of N by N: every answer with every "
            "label. In earlier chapters targets had to be a column, so one makes them one.",
            "The test, opened once",
        ),
        "the share that is wrong": Mistake(
            lambda P, labels: 1 - share_right(P, labels),
            "This is the error rate. The two add up to 1, and a table of results may hold either; "
            "a good network has a high accuracy.",
            "The test, opened once",
        ),
        "how many, not which share": Mistake(
            lambda P, labels: np.sum(P.argmax(axis=1) == labels),
            "These are the images that are right. Somebody with another number of images could not "
            "compare it with theirs.",
            "The test, opened once",
        ),
        "in per cent": Mistake(
            lambda P, labels: 100 * share_right(P, labels),
            "The accuracy is right, in per cent. This chapter prints shares, and its formula "
            "for the standard error needs one, too.",
            "The test, opened once",
        ),
        "right only above one half": Mistake(
            lambda P, labels: np.mean(of_the_label(P, labels) > 0.5),
            "With two classes the answer is the one above one half. With ten, the highest "
            "probability may well be lower, and it is the answer all the same.",
            "The test, opened once",
        ),
        "the mean probability of the truth": Mistake(
            lambda P, labels: np.mean(of_the_label(P, labels)),
            "It says how sure the network was of the truth, which is close to what the loss asks. "
            "The accuracy asks only which digit came first, by however little.",
            "The test, opened once",
        ),
        "an answer for each image": Mistake(
            lambda P, labels: P.argmax(axis=1) == labels,
            "These are `True` and `False`, one for each image. The accuracy is the share of those "
            "that are `True`.",
            "The test, opened once",
        ),
        "the most likely image of each digit": Mistake(
            lambda P, labels: np.mean(P.argmax(axis=0) == labels[: P.shape[1]]),
            "`argmax(axis=0)` looks down the columns: for each digit, the image that is most like "
            "it. For each image the digit is wanted.",
            "The test, opened once",
        ),
        "digits counted from 1": Mistake(
            lambda P, labels: np.mean(P.argmax(axis=1) + 1 == labels),
            "1 was added to each answer. Columns are counted from 0, and so are the digits.",
            "The test, opened once",
        ),
        "labels counted from 1": Mistake(
            lambda P, labels: np.mean(P.argmax(axis=1) == labels + 1),
            "1 was added to each label. Columns are counted from 0, and so are the digits.",
            "The test, opened once",
        ),
        "the least likely digit": Mistake(
            lambda P, labels: np.mean(P.argmin(axis=1) == labels),
            "`argmin` gives the digit that the network thinks least of. Its answer is the one "
            "with the highest probability.",
            "The test, opened once",
        ),
        "how sure the network is": Mistake(
            lambda P, labels: np.mean(P.max(axis=1)),
            "This is the mean of the highest probabilities: how sure the network is, right or "
            "wrong. The labels were not used.",
            "The test, opened once",
        ),
        "divided by the outputs": Mistake(
            lambda P, labels: np.sum(P.argmax(axis=1) == labels) / P.shape[1],
            "The right answers were divided by the number of digits. Each image has one answer: "
            "how many images are there?",
            "The test, opened once",
        ),
        "divided by all entries": Mistake(
            lambda P, labels: np.sum(P.argmax(axis=1) == labels) / P.size,
            "The right answers were divided by all entries of `P`. Each image has one answer: how "
            "many images are there?",
            "The test, opened once",
        ),
        "a probability compared with a label": Mistake(
            lambda P, labels: np.mean(P.max(axis=1) == labels),
            "`max` gives the highest probability, and not its place. It was compared with a "
            "digit, which it hardly ever equals.",
            "The test, opened once",
        ),
        "the cross-entropy": Mistake(
            lambda P, labels: -np.mean(np.log(of_the_label(P, labels))),
            "This is the loss that was trained. It asks how sure the network was of the truth; "
            "the accuracy asks only which digit came first.",
            "The test, opened once",
        ),
        "the first image alone": Mistake(
            lambda P, labels: float(P[0].argmax() == labels[0]),
            "Only the first image was looked at. A `return` inside a loop does that.",
            "The test, opened once",
        ),
    },
)

# 2. A prediction.

spot_the_leak = Exercise(
    name="spot-the-leak",
    chapter=14,
    kind="prediction",
    question="Five people report a test accuracy for these digits. Whose has no leak?",
    solution=lambda: "c",
    choices={
        "a": "Ada trains five networks, and reports the one with the highest test accuracy.",
        "b": "Béla subtracts from each pixel its mean over all 1,797 images, and then splits.",
        "c": "Cleo trains forty networks, and tests only the one that does best on validation.",
        "d": "Dan adds four slightly shifted copies of each image, shuffles, and then splits.",
        "e": "Eve stops the training where the test loss is lowest.",
    },
    mistakes={
        "the best of five tests": Mistake(
            lambda: "a",
            "Nothing was trained on the test images. But they chose, and the best of five is "
            "partly the luckiest of five: a choice is a leak, too.",
            "Three parts, three purposes",
        ),
        "statistics of all images": Mistake(
            lambda: "b",
            "No label was used, and a mean looks harmless. But the test images are in it, so "
            "something about them is in every training image.",
            "Three parts, three purposes",
        ),
        "copies on both sides": Mistake(
            lambda: "d",
            "More images sound like a harder test. But nearly every test image has a shifted copy "
            "in the training set, and to recognise that one takes little but memory.",
            "For whom is this true?",
        ),
        "stopped by the test": Mistake(
            lambda: "e",
            "The weights never saw a test image. But the number of epochs was chosen by the test "
            "set, at its best moment, so its result there is too good.",
            "When to stop",
        ),
    },
)

# 3. Writers are mixed, so the last images are never those of the writers held out. Of these there
# are one, two or three, in no order.


def images_and_writers(rng, size):
    n_writers = 3 + size
    n_samples = 3 * n_writers - 1
    writers = rng.permutation(np.arange(n_samples) % n_writers)
    early = writers[np.sort(np.unique(writers, return_index=True)[1])]  # as they come in the file
    held_out = early[: (2, 1, 3, 2)[size]][::-1]
    return rng.uniform(0, 1, (n_samples, 2 + size % 2)).round(1), writers, held_out


def split_by_writer(X, writers, held_out):
    test = np.isin(writers, held_out)
    return X[~test], X[test]


def last_images(X, writers, held_out):
    n_train = len(X) - np.isin(writers, held_out).sum()
    return X[:n_train], X[n_train:]


split_without_leak = Exercise(
    name="split-by-writer",
    chapter=14,
    kind="function",
    question="Write `split_by_writer(X, writers, held_out)`: `writers` says who wrote each image. "
    "Return two tables, `X_train` and `X_test`, in the order of `X`, such that the people in "
    "`held_out` are in the test, and nobody is in both.",
    solution=split_by_writer,
    also_right=(
        lambda X, writers, held_out: (
            [x for x, who in zip(X, writers, strict=True) if who not in held_out],
            [x for x, who in zip(X, writers, strict=True) if who in held_out],
        ),
        lambda X, writers, held_out: [
            X[(writers[:, np.newaxis] == held_out).sum(axis=1) == i] for i in (0, 1)
        ],
    ),
    draw=images_and_writers,
    mistakes={
        "training on all images": Mistake(
            lambda X, writers, held_out: (X, split_by_writer(X, writers, held_out)[1]),
            "The test is right, but its images are in the training set, too: picking rows from a "
            "table does not remove them from it. This is the plainest leak of all.",
            "Three parts, three purposes",
        ),
        "people's numbers taken for row numbers": Mistake(
            lambda X, writers, held_out: (np.delete(X, held_out, axis=0), X[held_out]),
            "`held_out` holds the numbers of people, and it was used to pick images. Both are "
            "whole numbers from 0 on, so nothing warns. But images of these people stay in the "
            "training set.",
            "For whom is this true?",
        ),
        "the last images of the file": Mistake(
            last_images,
            "The number of test images is right, but they were cut off at the end. In a file "
            "sorted by writer that comes close. Here it puts the same hands on both sides.",
            "For whom is this true?",
        ),
        "only the first of the people": Mistake(
            lambda X, writers, held_out: split_by_writer(X, writers, held_out[:1]),
            "One person's images are in the test, and those of the others in `held_out` are still "
            "in the training set. A comparison with `==` wants one number, so one takes the first.",
            "For whom is this true?",
        ),
        "train and test exchanged": Mistake(
            lambda X, writers, held_out: split_by_writer(X, writers, held_out)[::-1],
            "Nobody is in both, but the two parts have changed places: the people to be held out "
            "are the only ones to be learned from.",
            "Three parts, three purposes",
        ),
        "as many images as people": Mistake(
            lambda X, writers, held_out: (X[: -len(held_out)], X[-len(held_out) :]),
            "The last images were held out, as many as there are people in `held_out`. Each "
            "person wrote several, and they stand anywhere in the file.",
            "For whom is this true?",
        ),
        "the masks in place of the tables": Mistake(
            lambda X, writers, held_out: (~np.isin(writers, held_out), np.isin(writers, held_out)),
            "These say for each image where it belongs. They are the right tool; the two tables "
            "are what it picks from `X`.",
            "For whom is this true?",
        ),
        "the row numbers in place of the tables": Mistake(
            lambda X, writers, held_out: (
                np.flatnonzero(~np.isin(writers, held_out)),
                np.flatnonzero(np.isin(writers, held_out)),
            ),
            "These are the numbers of the rows. The two tables are what they pick from `X`.",
            "For whom is this true?",
        ),
        "the test sorted by person": Mistake(
            lambda X, writers, held_out: (
                split_by_writer(X, writers, held_out)[0],
                np.concatenate([X[writers == who] for who in held_out]),
            ),
            "The right images are in both, but the test holds them person after person. The "
            "question asks for the order of `X`.",
            "For whom is this true?",
        ),
        "the training sorted by person": Mistake(
            lambda X, writers, held_out: (
                np.concatenate(
                    [X[writers == who] for who in np.unique(writers) if who not in held_out]
                ),
                split_by_writer(X, writers, held_out)[1],
            ),
            "The right images are in both, but the training table holds them person after person. "
            "The question asks for the order of `X`.",
            "For whom is this true?",
        ),
        "only the last of the people": Mistake(
            lambda X, writers, held_out: split_by_writer(X, writers, held_out[-1:]),
            "The images of one person are in the test, those of the others in `held_out` are not. "
            "In a loop each round overwrote the one before.",
            "For whom is this true?",
        ),
        "the writers in place of the images": Mistake(
            lambda X, writers, held_out: split_by_writer(writers, writers, held_out),
            "The writers were split, and not the images. The masks are right; pick from `X`.",
            "For whom is this true?",
        ),
        "tested on all images": Mistake(
            lambda X, writers, held_out: (split_by_writer(X, writers, held_out)[0], X.copy()),
            "The training set is right, but the test holds all images, also those that were "
            "learned from.",
            "Three parts, three purposes",
        ),
        "everybody from the lowest on": Mistake(
            lambda X, writers, held_out: split_by_writer(
                X, writers, np.arange(min(held_out), max(writers) + 1)
            ),
            "Everybody from the lowest number on was held out. `held_out` is a list of people, "
            "not a limit.",
            "For whom is this true?",
        ),
    },
)

# 4. The answer is a whole number for each choice.


def images_needed(lower, difference):
    return lower * (1 - lower) / (difference / 2) ** 2


images_to_tell_apart = Exercise(
    name="images-to-tell-apart",
    chapter=14,
    kind="number",
    question="Your `lower` accuracy is to be told from one that is higher by your "
    "`difference`. How many test images make the standard error at `lower` half of the difference?",
    solution=images_needed,
    also_right=(
        lambda lower, difference: np.ceil(images_needed(lower, difference)),
        lambda lower, difference: (2 * np.sqrt(lower - lower**2) / difference) ** 2,
    ),
    menus={
        "lower": tuple(round(0.8 + 0.01 * i, 2) for i in range(18)),
        "difference": (0.004, 0.005, 0.008, 0.01, 0.016, 0.02),
    },
    decimals=0,
    carry=8,
    mistakes={
        "the standard error equal to the difference": Mistake(
            lambda lower, difference: images_needed(lower, 2 * difference),
            "With so many images the standard error is as large as the whole difference. Half of "
            "it is wanted: a worse method that is a little lucky should not look like the better "
            "one.",
            "The test, opened once",
        ),
        "the root forgotten": Mistake(
            lambda lower, difference: lower * (1 - lower) / (difference / 2),
            "p (1 - p) / n was set equal to half of the difference. That is the square of a "
            "standard error; without the root far too few images seem to be enough.",
            "The test, opened once",
        ),
        "n outside the root": Mistake(
            lambda lower, difference: sqrt(lower * (1 - lower)) / (difference / 2),
            "The root was taken of p (1 - p) alone, and then divided by n. But n stands below the "
            "root: to halve the error takes four times as many images, not twice as many.",
            "The test, opened once",
        ),
        "the 1 - p forgotten": Mistake(
            lambda lower, difference: lower / (difference / 2) ** 2,
            "Only p was put above the line. Then somebody who is right on everything would have "
            "the largest standard error, although nothing is left to chance there.",
            "The test, opened once",
        ),
        "at the higher accuracy": Mistake(
            lambda lower, difference: (
                (lower + difference) * (1 - lower - difference) / (difference / 2) ** 2
            ),
            "The formula is right, at the other end of the difference. Near 1 a standard error "
            "shrinks, so this asks for fewer images than the lower accuracy needs.",
            "The test, opened once",
        ),
        "p (1 - p) at one half": Mistake(
            lambda lower, difference: 0.25 / (difference / 2) ** 2,
            "The formula was used with p = 0.5, where it is largest. It is a safe choice if "
            "nothing is known of p; yours is given.",
            "The test, opened once",
        ),
        "twice the difference": Mistake(
            lambda lower, difference: images_needed(lower, 4 * difference),
            "The standard error was set to twice the difference. Half of it is wanted.",
            "The test, opened once",
        ),
        "1.96 standard errors": Mistake(
            lambda lower, difference: 1.96**2 * images_needed(lower, 2 * difference),
            "The difference was set to 1.96 standard errors, as a 95 % interval has it. The "
            "question sets the standard error itself.",
            "The test, opened once",
        ),
        "the p forgotten": Mistake(
            lambda lower, difference: (1 - lower) / (difference / 2) ** 2,
            "Only 1 - p was put above the line. Then somebody who is wrong on everything would "
            "have the largest standard error.",
            "The test, opened once",
        ),
        "halfway between the two": Mistake(
            lambda lower, difference: images_needed(lower + difference / 2, difference) * 1.0,
            "The formula is right, at the middle of the two accuracies. The question is for the "
            "standard error at `lower`.",
            "The test, opened once",
        ),
        "two tests": Mistake(
            lambda lower, difference: 2 * images_needed(lower, difference),
            "That would be about right for two methods, each tested on images of its own. The "
            "question is for the standard error of one.",
            "The test, opened once",
        ),
        "the root above the line": Mistake(
            lambda lower, difference: sqrt(lower * (1 - lower)) / (difference / 2) ** 2,
            "The root was taken of p (1 - p) and the square of the rest. Solve step by step: "
            "square both sides, and everything is squared.",
            "The test, opened once",
        ),
        "one over the difference": Mistake(
            lambda lower, difference: 1 / difference,
            "With so many images one of them more or less makes the difference. Chance is larger "
            "than one image.",
            "The test, opened once",
        ),
    },
)

# 5. Stretch. A is better, then B, then they are even, then no image tells them apart.


def two_methods(rng, size):
    larger = 5 + int(rng.integers(2))
    counts = [3 + size, 2, *((larger, 1), (2, larger + 1), (3, 3), (0, 0))[size]]
    right_A = np.repeat([True, False, True, False], counts)
    right_B = np.repeat([True, False, False, True], counts)
    order = rng.permutation(len(right_A))
    return right_A[order], right_B[order]


def only_one(right_A, right_B):
    return int(np.sum(right_A & ~right_B)), int(np.sum(~right_A & right_B))


def tail(n_tosses, heads):
    return sum(comb(n_tosses, k) for k in range(heads, n_tosses + 1)) / 2**n_tosses


def chance(n_tosses, heads):
    return min(1.0, 2 * tail(n_tosses, heads))  # where even, the middle is in both tails


def as_uneven(right_A, right_B):
    first, second = only_one(right_A, right_B)
    return chance(first + second, max(first, second))


def as_uneven_counted(right_A, right_B):
    first, second = only_one(right_A, right_B)
    outcomes = np.ones(1)
    for _ in range(first + second):
        outcomes = np.convolve(outcomes, [0.5, 0.5])
    distance = abs(2 * np.arange(len(outcomes)) - first - second)
    return outcomes[distance >= abs(first - second)].sum()


def more_uneven(right_A, right_B):
    first, second = only_one(right_A, right_B)
    return chance(first + second, max(first, second) + 1)


def one_tail(right_A, right_B):
    first, second = only_one(right_A, right_B)
    return tail(first + second, max(first, second))


def this_outcome(right_A, right_B):
    first, second = only_one(right_A, right_B)
    return comb(first + second, first) / 2 ** (first + second)


def all_wrong(right_A, right_B):
    first, second = int(np.sum(~right_A)), int(np.sum(~right_B))
    return chance(first + second, max(first, second))


toss_a_coin = Exercise(
    name="toss-a-coin",
    chapter=14,
    kind="function",
    question="Write `as_uneven(right_A, right_B)` for two methods that saw the same N images, "
    "shape (N,) each, true where right. Toss a fair coin for each image on which exactly "
    "one is right: what is the chance that it falls at least as unevenly as the two methods did, "
    "to either side?",
    solution=as_uneven,
    also_right=(as_uneven_counted, lambda A, B: as_uneven(B, A)),
    draw=two_methods,
    mistakes={
        "one side only": Mistake(
            lambda right_A, right_B: one_tail(right_A, right_B),
            "Only the outcomes in favour of the better method were counted. Before the test nobody "
            "knew which one that would be; the coin may be as uneven to the other side.",
            "Rivals",
        ),
        "this outcome alone": Mistake(
            this_outcome,
            "This is the chance of exactly these counts. With many tosses every single outcome is "
            "unlikely, even the likeliest of all, so that alone says little.",
            "Rivals",
        ),
        "more uneven only": Mistake(
            more_uneven,
            "The outcome itself was left out, and only what is beyond it counted. `range` and `>` "
            "invite this; “at least” includes what happened.",
            "Rivals",
        ),
        "images that both get wrong counted, too": Mistake(
            all_wrong,
            "The mistakes of each method were added up, as in 4 against 8. But an image that both "
            "get wrong, or both get right, says nothing about which one is better.",
            "Rivals",
        ),
        "a toss for every image": Mistake(
            lambda right_A, right_B: chance(len(right_A), max(right_A.sum(), right_B.sum())),
            "The coin was tossed for all N images, with the right answers as heads. That asks "
            "whether a method is right more often than a coin, and not whether the two differ.",
            "Rivals",
        ),
        "the first method taken for the better one": Mistake(
            lambda right_A, right_B: chance(
                sum(only_one(right_A, right_B)), only_one(right_A, right_B)[0]
            ),
            "It is right as long as the first method wins. Where the second one does, it counts "
            "more than half of all outcomes, twice, and comes to 1 or more.",
            "Rivals",
        ),
        "a chance above 1": Mistake(
            lambda right_A, right_B: 2 * one_tail(right_A, right_B),
            "Where the two methods are even, both sides contain the middle, and doubling counts "
            "it twice. No chance is more than 1.",
            "Rivals",
        ),
        "this outcome, to either side": Mistake(
            lambda right_A, right_B: 2 * this_outcome(right_A, right_B),
            "This is the chance of exactly these counts, to either side. “At least as unevenly” "
            "includes what is still more uneven.",
            "Rivals",
        ),
        "one side, from the first method": Mistake(
            lambda right_A, right_B: tail(
                sum(only_one(right_A, right_B)), only_one(right_A, right_B)[0]
            ),
            "Heads were counted for the first method, at least as many as it has. Where the "
            "second one wins, that is more than half of all outcomes.",
            "Rivals",
        ),
        "the first method taken for the better one, twice": Mistake(
            lambda right_A, right_B: (
                2 * tail(sum(only_one(right_A, right_B)), only_one(right_A, right_B)[0])
            ),
            "It is right as long as the first method wins. Where the second one does, more than "
            "half of all outcomes count twice; no chance is more than 1.",
            "Rivals",
        ),
        "sequences, not divided": Mistake(
            lambda right_A, right_B: sum(
                comb(sum(only_one(right_A, right_B)), k)
                for k in range(max(only_one(right_A, right_B)), sum(only_one(right_A, right_B)) + 1)
            ),
            "These are the ways in which the tosses can fall so, and not a chance. How many ways "
            "are there in all?",
            "Rivals",
        ),
        "the share of the better method": Mistake(
            lambda right_A, right_B: (
                max(only_one(right_A, right_B)) / max(1, sum(only_one(right_A, right_B)))
            ),
            "This is the share of the tosses that went to the better method. The question is how "
            "often a fair coin is as uneven as that.",
            "Rivals",
        ),
        "images that both get right counted, too": Mistake(
            lambda right_A, right_B: chance(
                int((right_A | right_B).sum()), int(max(right_A.sum(), right_B.sum()))
            ),
            "Each image that anybody got right was tossed for. An image that both get right says "
            "nothing about which one is better.",
            "Rivals",
        ),
        "the difference of the accuracies": Mistake(
            lambda right_A, right_B: abs(right_A.mean() - right_B.mean()),
            "This is by how much the accuracies differ. The question is how often a coin differs "
            "as much.",
            "Rivals",
        ),
        "the larger side or less": Mistake(
            lambda right_A, right_B: (
                1 - tail(sum(only_one(right_A, right_B)), max(only_one(right_A, right_B)) + 1)
            ),
            "The outcomes up to this one were counted, and those beyond are missing. “At least as "
            "unevenly” goes the other way.",
            "Rivals",
        ),
        "all heads": Mistake(
            lambda right_A, right_B: 0.5 ** sum(only_one(right_A, right_B)),
            "This is the chance of one sequence. Many sequences are as uneven as what happened.",
            "Rivals",
        ),
        "divided by all images": Mistake(
            lambda right_A, right_B: (
                2
                * sum(
                    comb(sum(only_one(right_A, right_B)), k)
                    for k in range(
                        max(only_one(right_A, right_B)), sum(only_one(right_A, right_B)) + 1
                    )
                )
                / 2 ** len(right_A)
            ),
            "The ways were divided by 2 to the number of all images. The coin is tossed only "
            "where exactly one method is right.",
            "Rivals",
        ),
        "images on which they agree": Mistake(
            lambda right_A, right_B: chance(
                int((right_A == right_B).sum()),
                int(max((right_A & right_B).sum(), (~right_A & ~right_B).sum())),
            ),
            "The coin was tossed for the images on which both methods agree. These say nothing "
            "about which one is better.",
            "Rivals",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    14, 4, questions.cost_of_nudging, questions.layers_of_sigmoid, questions.steps_in_an_epoch
)

EXERCISES = (
    recalled,
    write_accuracy,
    spot_the_leak,
    split_without_leak,
    images_to_tell_apart,
    toss_a_coin,
)

"""Chapter 13: ten classes at once."""

import numpy as np

from nn_tutorial import Network, digits, train
from nn_tutorial.activations import softmax
from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall
from nn_tutorial.losses import cross_entropy

# 1. Class 1 never occurs, and class 0 and others do.


def some_labels(rng, size):
    n_samples, n_outputs = (2 + n for n in unequal(rng, size, 2))
    labels = rng.integers(2, n_outputs, n_samples).astype(np.intp)
    labels[1] = 0
    return labels, n_outputs


def table_of_ones(labels, n_outputs, ones=1):
    table = np.zeros((len(labels), n_outputs))
    table[np.arange(len(labels)), labels] = ones
    return table


def ones_in_every_row(labels, n_outputs):
    table = np.zeros((len(labels), n_outputs))
    table[:, labels] = 1
    return table


one_hot_without_eye = Exercise(
    name="one-hot-without-eye",
    chapter=13,
    kind="function",
    question="Write `one_hot_table(labels, n_outputs)` without `np.eye`: it takes N labels, "
    "counted from 0, and returns a table of shape (N, n_outputs) with a single 1 in each row.",
    solution=lambda labels, n_outputs: table_of_ones(labels, n_outputs),
    also_right=(
        lambda labels, n_outputs: labels[:, np.newaxis] == np.arange(n_outputs),
        lambda labels, n_outputs: [[int(j == y) for j in range(n_outputs)] for y in labels],
    ),
    draw=some_labels,
    mistakes={
        "ones at all labels in every row": Mistake(
            ones_in_every_row,
            "`table[:, labels] = 1` reads like “a 1 at each label”. But the colon means every row, "
            "so each row got the labels of all the others, too.",
            "Ten outputs",
        ),
        "labels counted from 1": Mistake(
            lambda labels, n_outputs: table_of_ones(labels - 1, n_outputs),
            "Each 1 stands one place too far to the left. One speaks of the first digit, and "
            "subtracts; but labels begin at 0 here, as columns do, and -1 is the last column.",
            "Ten outputs",
        ),
        "the label in place of the 1": Mistake(
            lambda labels, n_outputs: table_of_ones(labels, n_outputs, ones=labels),
            "Each number stands in the right place, but it is the label itself. A label is a name, "
            "not a quantity, and the row of a 0 holds nothing at all this way.",
            "Ten outputs",
        ),
        "columns only for labels that occur": Mistake(
            lambda labels, n_outputs: labels[:, np.newaxis] == np.unique(labels),
            "The table has a column for each label that occurs. On a large data set nobody "
            "notices; in a small batch a digit may be missing, and then the columns shift.",
            "Ten outputs",
        ),
        "as many columns as the largest label needs": Mistake(
            lambda labels, n_outputs: table_of_ones(labels, labels.max() + 1),
            "The table ends at the largest label that occurs. In a batch without the last digits "
            "it would be too narrow: the number of outputs was handed in.",
            "Ten outputs",
        ),
        "a column too many": Mistake(
            lambda labels, n_outputs: table_of_ones(labels, n_outputs + 1),
            "There is one column more than outputs. The labels are counted from 0, so the last is "
            "one less than their number.",
            "Ten outputs",
        ),
        "each 1 a column too far": Mistake(
            lambda labels, n_outputs: table_of_ones(labels + 1, n_outputs + 1)[:, :n_outputs],
            "Each 1 stands one place too far to the right. Labels begin at 0 here, as columns do.",
            "Ten outputs",
        ),
        "ones down the diagonal": Mistake(
            lambda labels, n_outputs: np.arange(len(labels))[:, np.newaxis] == np.arange(n_outputs),
            "Row 0 has its 1 in column 0, row 1 in column 1, and so on: the labels were not "
            "looked at.",
            "Ten outputs",
        ),
        "rows in the order of the labels": Mistake(
            lambda labels, n_outputs: table_of_ones(np.sort(labels), n_outputs),
            "The labels were sorted first. Then a row no longer belongs to its sample.",
            "Ten outputs",
        ),
        "a -1 for each 0": Mistake(
            lambda labels, n_outputs: 2 * table_of_ones(labels, n_outputs) - 1,
            "There is a -1 wherever a 0 should be. Some losses want that; a probability to "
            "compare with is never negative.",
            "Ten outputs",
        ),
        "ones up to the label": Mistake(
            lambda labels, n_outputs: labels[:, np.newaxis] >= np.arange(n_outputs),
            "Each row has ones from the first column up to the label. A digit is a name, not a "
            "height: a single 1 is wanted.",
            "Ten outputs",
        ),
        "counted from the right": Mistake(
            lambda labels, n_outputs: table_of_ones(n_outputs - 1 - labels, n_outputs),
            "The 1s are counted from the last column. An index of 0 is the first one, on the left.",
            "Ten outputs",
        ),
        "nothing but zeros": Mistake(
            lambda labels, n_outputs: np.zeros((len(labels), n_outputs)),
            "No 1 was set. `table[labels][…] = 1` sets it in a copy, and a name that is assigned "
            "anew leaves the table as it is.",
            "Ten outputs",
        ),
        "how often each label occurs": Mistake(
            lambda labels, n_outputs: np.bincount(labels, minlength=n_outputs),
            "The samples were added up, into one row. Each sample has a row of its own.",
            "Ten outputs",
        ),
        "a row for each digit": Mistake(
            lambda labels, n_outputs: np.eye(n_outputs),
            "This is the table of all digits, one row for each. The rows that are wanted are "
            "those of the labels, one for each sample.",
            "Ten outputs",
        ),
    },
)

# 2. In all but the smallest case rows lie far apart; in the last two a row holds very large and
# very small logits together.


def some_logits(rng, size):
    n_samples, n_outputs = (1 + n for n in unequal(rng, size, 2))
    Z = rng.normal(0, 2, (n_samples, n_outputs)).round() + 0.0
    if size:
        Z[0] += 900
        Z[1] -= 900
    if size > 1:
        Z[2, rng.permutation(n_outputs)[:2]] = 900, -900
    return (Z,)


def exponentials(Z, subtracted):
    e = np.exp(Z - subtracted)
    return e / e.sum(axis=1, keepdims=True)


def of_columns(Z, shift_axis=0):
    e = np.exp(Z - Z.max(axis=shift_axis, keepdims=True))
    return e / e.sum(axis=0)


write_softmax = Exercise(
    name="write-softmax",
    chapter=13,
    kind="function",
    question="Without looking: write `stable_softmax(Z)`, which turns logits of shape (N, C) into "
    "probabilities, and does so for logits of 900 and of -900, too.",
    solution=softmax,
    also_right=(
        lambda Z: [np.exp(z - max(z)) / sum(np.exp(z - max(z))) for z in Z],
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)),
    ),
    draw=some_logits,
    mistakes={
        "no shift": Mistake(
            lambda Z: exponentials(Z, 0),
            "On paper this is the softmax. In the computer e to the 900 becomes infinity and e to "
            "the -900 becomes 0, so such rows end as infinity over infinity, or as 0 over 0.",
            "Softmax",
        ),
        "the largest logit of the whole table": Mistake(
            lambda Z: exponentials(Z, Z.max()),
            "Nothing overflows any more. But a row far below the table's largest logit becomes all "
            "zeros, and then it is divided by its sum, which is 0.",
            "Softmax",
        ),
        "the largest logit of each column": Mistake(
            lambda Z: exponentials(Z, Z.max(axis=0)),
            "A shift is harmless only if all logits of a row move by the same number. With one "
            "shift for each column, the probabilities of a row depend on the other rows.",
            "Softmax",
        ),
        "the sum over the wrong axis": Mistake(
            lambda Z: of_columns(Z, shift_axis=1),
            "The columns add up to 1, and the rows do not. `axis=0` sounds like “for each row”, "
            "but it names the direction in which the sum runs.",
            "Softmax",
        ),
        "softmax of the columns": Mistake(
            of_columns,
            "Both the shift and the sum run down the columns, so each digit is shared out among "
            "the images. The probabilities of one image should add up to 1.",
            "Softmax",
        ),
        "no exponential": Mistake(
            lambda Z: Z / Z.sum(axis=1, keepdims=True),
            "Dividing by the sum makes rows add up to 1, as probabilities do. But some logits are "
            "negative, and then shares may be negative, too, or exceed 1.",
            "Softmax",
        ),
        "the smallest logit subtracted": Mistake(
            lambda Z: exponentials(Z, Z.min(axis=1, keepdims=True)),
            "A shift does no harm, and this one does no good: in a row with very large and very "
            "small logits the largest exponent grows still.",
            "Softmax",
        ),
        "the mean subtracted": Mistake(
            lambda Z: exponentials(Z, Z.mean(axis=1, keepdims=True)),
            "A shift does no harm, and this one is not enough: in a row with very large and very "
            "small logits the largest is still far above the mean.",
            "Softmax",
        ),
        "divided by the sum of the whole table": Mistake(
            lambda Z: (
                np.exp(Z - Z.max(axis=1, keepdims=True))
                / np.exp(Z - Z.max(axis=1, keepdims=True)).sum()
            ),
            "`sum()` without an axis adds up all images. The probabilities of each one should add "
            "up to 1.",
            "Softmax",
        ),
        "not divided by the sum": Mistake(
            lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
            "The exponentials are there, and the largest of each row is 1. Nothing was divided, "
            "so rows do not add up to 1.",
            "Softmax",
        ),
        "a sigmoid for each logit": Mistake(
            lambda Z: 1 / (1 + np.exp(-np.clip(Z, -700, 700))),
            "Each logit was bent on its own. Then several digits may be likely at once; a softmax "
            "shares out one whole among them.",
            "Softmax",
        ),
        "clipped at 500": Mistake(
            lambda Z: exponentials(np.clip(Z, -500, 500), 0),
            "Nothing overflows any more. But in a row far beyond the limit all logits become "
            "equal, and so do the probabilities.",
            "Softmax",
        ),
        "the logarithms": Mistake(
            lambda Z: log_softmax(Z),
            "These are logarithms of the probabilities: no logarithm is positive. The "
            "cross-entropy wants them; here the probabilities are asked for.",
            "Softmax",
        ),
        "all for the largest": Mistake(
            lambda Z: Z.max(axis=1, keepdims=True) == Z,
            "The largest logit got everything. A softmax lets the others have something, the more "
            "the nearer they are.",
            "Softmax",
        ),
        "the sign of the logits": Mistake(
            lambda Z: softmax(-Z),
            "The smallest logit got the highest probability: there is a minus too many in the "
            "exponent.",
            "Softmax",
        ),
        "divided by the largest logit": Mistake(
            lambda Z: exponentials(Z / abs(Z).max(axis=1, keepdims=True), 0),
            "The logits were made smaller by dividing, so nothing overflows. But that changes "
            "their differences, and with them the probabilities; subtracting does not.",
            "Softmax",
        ),
        "divided by 900": Mistake(
            lambda Z: exponentials(Z / 900, 0),
            "The logits were made smaller by dividing, so nothing overflows. But that changes "
            "their differences, and with them the probabilities; subtracting does not.",
            "Softmax",
        ),
    },
)

# 3. Case 1 overflows without a shift, in case 2 a probability rounds to 0, and case 3 has both.


def logits_and_labels(rng, size):
    n_samples, n_outputs = (1 + n for n in unequal(rng, size, 2))
    Z = rng.normal(0, 2, (n_samples, n_outputs)).round() + 0.0
    labels = rng.integers(0, n_outputs, n_samples).astype(np.intp)
    Z[0] += 900 * (size % 2)
    Z[1, labels[1]] -= 900 * (size > 1)
    return Z, labels


def log_of_label(Z, labels, probabilities=softmax):
    return np.log(probabilities(Z)[np.arange(len(Z)), labels])


def log_softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def shifted_once(Z, labels):
    log_total = np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
    return np.mean(log_total - Z[np.arange(len(Z)), labels])


write_cross_entropy = Exercise(
    name="write-cross-entropy",
    chapter=13,
    kind="function",
    question="Write `loss_from_logits(Z, labels)`, the cross-entropy of logits of shape (N, C) "
    "with labels of shape (N,), as one number. It stays finite where a probability rounds to 0.",
    solution=lambda Z, labels: cross_entropy(Z, labels),
    also_right=(
        lambda Z, labels: np.mean(
            [np.logaddexp.reduce(z - z[y]) for z, y in zip(Z, labels, strict=True)]
        ),
        lambda Z, labels: np.mean(
            np.logaddexp.reduce(Z, axis=1)
            - (Z * (labels[:, None] == np.arange(len(Z.T)))).sum(axis=1)
        ),
    ),
    draw=logits_and_labels,
    mistakes={
        "the logarithm of a softmax": Mistake(
            lambda Z, labels: -np.mean(log_of_label(Z, labels)),
            "The formula, word for word, and the softmax is a stable one. Still a probability can "
            "round to 0; then its logarithm is minus infinity, and the whole mean with it.",
            "Cross-entropy",
        ),
        "the logarithm of a naive softmax": Mistake(
            lambda Z, labels: -np.mean(log_of_label(Z, labels, lambda Z: exponentials(Z, 0))),
            "Two traps at once: e to the 900 overflows, and a probability that rounds to 0 has no "
            "finite logarithm. With moderate logits neither shows.",
            "Cross-entropy",
        ),
        "no shift": Mistake(
            lambda Z, labels: np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(Z)), labels]),
            "The logarithm was taken on paper, which is half of the remedy. But the sum of the "
            "exponentials still overflows for large logits, before any logarithm can help.",
            "Softmax",
        ),
        "a shift in one place only": Mistake(
            shifted_once,
            "The logits are shifted inside the exponentials, but the label's own logit is not. The "
            "shift cancels only if both parts of the difference have it.",
            "Cross-entropy",
        ),
        "the mean over the outputs, too": Mistake(
            lambda Z, labels: cross_entropy(Z, labels) / Z.shape[1],
            "`np.mean` over a table of N rows and C columns divides by N times C. That was right "
            "for the squared error; here each sample has one loss, that of its label.",
            "Cross-entropy",
        ),
        "the mean of a whole table": Mistake(
            lambda Z, labels: -np.mean(table_of_ones(labels, Z.shape[1]) * np.log(softmax(Z))),
            "Two slips: the table is mostly zeros, which belong to no label and yet count in its "
            "mean; and the logarithm of a softmax is infinite where a probability rounds to 0.",
            "Cross-entropy",
        ),
        "all labels for every sample": Mistake(
            lambda Z, labels: np.mean(-log_softmax(Z)[:, labels]),
            "`[:, labels]` picks N columns from every row, so each image is measured by the labels "
            "of all the others, too. The mean hides that it was taken of N times N numbers.",
            "Cross-entropy",
        ),
        "the minus forgotten": Mistake(
            lambda Z, labels: -cross_entropy(Z, labels),
            "The result is never positive, because a probability is at most 1 and its logarithm at "
            "most 0. Training would lower such a loss by making the right digits less probable.",
            "Cross-entropy",
        ),
        "a sum in place of the mean": Mistake(
            lambda Z, labels: len(Z) * cross_entropy(Z, labels),
            "The losses of all samples were added up. It is the first exhibit of a museum in "
            "chapter 15: a larger batch would take longer steps at the same rate.",
            "Cross-entropy",
        ),
        "a little added before the logarithm": Mistake(
            lambda Z, labels: -np.mean(np.log(softmax(Z)[np.arange(len(Z)), labels] + 1e-12)),
            "1e-12 keeps the logarithm finite, and caps the loss at about 28 for each sample. "
            "However wrong a network is, it would not be told.",
            "Cross-entropy",
        ),
        "probabilities kept above 1e-15": Mistake(
            lambda Z, labels: -np.mean(np.log(softmax(Z)[np.arange(len(Z)), labels] + 1e-15)),
            "1e-15 keeps the logarithm finite, and caps the loss at about 35 for each sample. "
            "However wrong a network is, it would not be told.",
            "Cross-entropy",
        ),
        "a larger bit added before the logarithm": Mistake(
            lambda Z, labels: -np.mean(np.log(softmax(Z)[np.arange(len(Z)), labels] + 1e-8)),
            "1e-8 keeps the logarithm finite, and caps the loss at about 18 for each sample. "
            "However wrong a network is, it would not be told.",
            "Cross-entropy",
        ),
        "a loss for each sample": Mistake(
            lambda Z, labels: -log_softmax(Z)[np.arange(len(Z)), labels],
            "These are the losses, one for each sample. A loss that is to be lowered is one "
            "number.",
            "Cross-entropy",
        ),
        "the mean of all logarithms": Mistake(
            lambda Z, labels: -np.mean(log_softmax(Z)),
            "The logarithms of all digits were averaged, and the labels not used. Only the "
            "probability of the right digit counts.",
            "Cross-entropy",
        ),
        "a logarithm to the base 2": Mistake(
            lambda Z, labels: cross_entropy(Z, labels) / np.log(2),
            "The losses are in bits, with the logarithm to the base 2. The exponentials of the "
            "softmax have the base e, and so should the logarithm.",
            "Cross-entropy",
        ),
        "a logarithm to the base 10": Mistake(
            lambda Z, labels: cross_entropy(Z, labels) / np.log(10),
            "The logarithm is that to the base 10. The exponentials of the softmax have the base "
            "e, and so should the logarithm.",
            "Cross-entropy",
        ),
        "labels counted from 1": Mistake(
            lambda Z, labels: cross_entropy(Z, (labels - 1) % Z.shape[1]),
            "Each sample was measured by the digit before its own: 1 was subtracted from the "
            "labels. They are counted from 0, and for a 0 Python then takes the last column.",
            "Ten outputs",
        ),
        "no logarithm": Mistake(
            lambda Z, labels: np.mean(1 - softmax(Z)[np.arange(len(Z)), labels]),
            "This is how much is missing to 1. It never exceeds 1, however sure and wrong a "
            "network is; the logarithm makes such an answer cost more.",
            "Cross-entropy",
        ),
        "how far the label is from the largest": Mistake(
            lambda Z, labels: np.mean(Z.max(axis=1) - Z[np.arange(len(Z)), labels]),
            "The largest logit was taken for the logarithm of the sum. It is the largest part of "
            "it, and the others count as well.",
            "Cross-entropy",
        ),
        "squared errors": Mistake(
            lambda Z, labels: np.mean((softmax(Z) - table_of_ones(labels, Z.shape[1])) ** 2),
            "This is the mean squared error of the probabilities, the loss of Part I. The "
            "cross-entropy takes the logarithm of one probability.",
            "Cross-entropy",
        ),
        "minus the label's logit": Mistake(
            lambda Z, labels: -np.mean(Z[np.arange(len(Z)), labels]),
            "The sum of the exponentials is missing. Then the loss would fall without end if all "
            "logits grew.",
            "Cross-entropy",
        ),
        "the logarithm of the mean": Mistake(
            lambda Z, labels: -np.log(np.mean(softmax(Z)[np.arange(len(Z)), labels])),
            "The probabilities were averaged first, and then the logarithm taken. Each sample has "
            "a loss of its own, and the mean is that of the losses.",
            "Cross-entropy",
        ),
    },
)

# 4. By hand. Labels from 1 on, so that counting from 1 ends at another logit.


def gradient_row(z0, z1, z2, label, batch_size):
    probabilities = softmax(np.array([z0, z1, z2]))
    return (probabilities - np.eye(3)[label]) / batch_size


def row_on_paper(write, z0, z1, z2, label, batch_size):
    exponentials = np.exp([write(z0), write(z1), write(z2)])
    return (exponentials / sum(exponentials) - np.eye(3)[label]) / batch_size


gradient_by_hand = Exercise(
    name="gradient-by-hand",
    chapter=13,
    kind="number",
    question="One image of your minibatch has the logits `z0`, `z1` and `z2` and your label, "
    "counted from 0. What is the gradient of the batch's cross-entropy in these three logits?",
    solution=gradient_row,
    also_right=(
        lambda *given: list(gradient_row(*given).round(3)),
        lambda z0, z1, z2, label, batch_size: [
            (np.exp(z) / (np.exp(z0) + np.exp(z1) + np.exp(z2)) - (j == label)) / batch_size
            for j, z in enumerate((z0, z1, z2))
        ],
    ),
    menus={
        "z0": (0.5, 1.5, 2.5),
        "z1": (0, 1, 2, 3),
        "z2": (-0.8, -0.4, 0.2, 0.6, 1.2),
        "label": (1, 2),
        "batch_size": (2, 4, 5),
    },
    decimals=3,
    carry=6,
    on_paper=row_on_paper,
    mistakes={
        "not divided by the batch size": Mistake(
            lambda *given: gradient_row(*given[:4], 1),
            "This is how the image's own loss reacts. The loss of the batch is a mean, and one "
            "image has only its share in it.",
            "Its gradient is short",
        ),
        "divided by the number of outputs, too": Mistake(
            lambda *given: gradient_row(*given) / 3,
            "The squared error is a mean over samples and outputs, so its gradient has both "
            "numbers below the line. The cross-entropy is a mean over samples only.",
            "Cross-entropy",
        ),
        "truth minus prediction": Mistake(
            lambda *given: -gradient_row(*given),
            "The order is turned round: it sounds natural to ask how much is missing. Then an "
            "update would push the right digit's logit down.",
            "Its gradient is short",
        ),
        "times the slope of the sigmoid": Mistake(
            lambda *z: gradient_row(*z) * softmax(np.array(z[:3])) * (1 - softmax(np.array(z[:3]))),
            "Since chapter 06 an error at the output has been multiplied by a slope, p (1 - p). "
            "This derivation went through the softmax, down to the logits; no slope is left over.",
            "Its gradient is short",
        ),
        "nothing subtracted": Mistake(
            lambda *given: gradient_row(*given) + np.eye(3)[given[3]] / given[4],
            "These are the probabilities, divided by the batch size. All are positive, as if every "
            "logit were too high, and the label has not been used.",
            "Its gradient is short",
        ),
        "label counted from 1": Mistake(
            lambda z0, z1, z2, label, n: gradient_row(z0, z1, z2, label - 1, n),
            "The 1 was subtracted one place too early. Your label counts from 0, as the name of "
            "the first logit does.",
            "Ten outputs",
        ),
        "the probabilities": Mistake(
            lambda *given: softmax(np.array(given[:3])),
            "These are the probabilities. The label has not been used, and the loss of the batch "
            "is a mean, in which one image has only its share.",
            "Its gradient is short",
        ),
        "only the label's logit": Mistake(
            lambda *given: gradient_row(*given) * np.eye(3)[given[3]],
            "The gradient of the right logit is there, and the others are 0. But they stand in "
            "the sum of the softmax: if they grow, the right digit loses.",
            "Its gradient is short",
        ),
        "the logits in place of the probabilities": Mistake(
            lambda *given: (np.array(given[:3]) - np.eye(3)[given[3]]) / given[4],
            "The 1 was subtracted from the logits themselves. Something has to make probabilities "
            "of them first.",
            "Its gradient is short",
        ),
        "a sigmoid for each logit": Mistake(
            lambda *given: (
                (1 / (1 + np.exp(-np.array(given[:3]))) - np.eye(3)[given[3]]) / given[4]
            ),
            "Each logit was bent on its own. The three probabilities of a softmax add up to 1.",
            "Softmax",
        ),
        "divided by 3": Mistake(
            lambda *given: gradient_row(*given[:4], 3),
            "The gradient was divided by the number of logits. The mean is over the images of the "
            "batch.",
            "Cross-entropy",
        ),
        "times the batch size": Mistake(
            lambda *given: gradient_row(*given[:4], 1) * given[4],
            "The gradient was multiplied by the batch size. In a mean of many images, each has "
            "less to say.",
            "Its gradient is short",
        ),
        "truth minus prediction, for one image": Mistake(
            lambda *given: -gradient_row(*given[:4], 1),
            "Two slips: the order is turned round, and the loss of the batch is a mean, in which "
            "one image has only its share.",
            "Its gradient is short",
        ),
        "only the 1 divided": Mistake(
            lambda *given: softmax(np.array(given[:3])) - np.eye(3)[given[3]] / given[4],
            "The 1 was divided by the batch size, and the probabilities were not. A bracket is "
            "missing.",
            "Its gradient is short",
        ),
        "only the probabilities divided": Mistake(
            lambda *given: softmax(np.array(given[:3])) / given[4] - np.eye(3)[given[3]],
            "The probabilities were divided by the batch size, and the 1 was not. A bracket is "
            "missing.",
            "Its gradient is short",
        ),
        "1 subtracted from all three": Mistake(
            lambda *given: (softmax(np.array(given[:3])) - 1) / given[4],
            "The 1 was subtracted from each probability. It belongs to the right digit alone: the "
            "others should be 0.",
            "Its gradient is short",
        ),
        "the losses in place of slopes": Mistake(
            lambda *given: -np.log(softmax(np.array(given[:3]))),
            "These are the losses that each digit would have, as the label. The question is how "
            "the loss reacts to each logit.",
            "Cross-entropy",
        ),
    },
)

# 5. Mostly there is a last short batch; in the third case there is none.


def images_and_order(rng, size):
    batch_size = 2 + size
    n_samples = 3 * batch_size if size == 2 else 2 * batch_size + 1 + size // 2
    X = rng.uniform(0, 1, (n_samples, 2 + size % 2)).round(1)
    return X, rng.permutation(n_samples) % 10, rng.permutation(n_samples), batch_size


def heaps(order, batch_size, step=None):
    return [order[i : i + batch_size] for i in range(0, len(order), step or batch_size)]


def pairs(X, labels, rows_of_X, rows_of_labels=None):
    rows_of_labels = rows_of_X if rows_of_labels is None else rows_of_labels
    return [(X[i], labels[j]) for i, j in zip(rows_of_X, rows_of_labels, strict=True)]


def batches_of_pairs(X, labels, order, batch_size):
    return pairs(X, labels, heaps(order, batch_size))


def with_a_loop(X, labels, order, batch_size):
    batches, X_batch, labels_batch = [], [], []
    for count, row in enumerate(order, start=1):
        X_batch.append(X[row])
        labels_batch.append(labels[row])
        if count % batch_size == 0 or count == len(order):
            batches.append((X_batch, labels_batch))
            X_batch, labels_batch = [], []
    return batches


write_minibatches = Exercise(
    name="write-minibatches",
    chapter=13,
    kind="function",
    question="Write `batches_of_pairs(X, labels, order, batch_size)`: `order` holds the row "
    "numbers, shuffled. Return the batches of one epoch, in this order, as a list of pairs "
    "`(X_batch, labels_batch)`.",
    solution=batches_of_pairs,
    also_right=(
        with_a_loop,
        lambda X, labels, order, batch_size: list(
            zip(
                np.split(X[order], range(batch_size, len(X), batch_size)),
                np.split(labels[order], range(batch_size, len(X), batch_size)),
                strict=True,
            )
        ),
    ),
    draw=images_and_order,
    mistakes={
        "the last short batch dropped": Mistake(
            lambda X, labels, order, n: batches_of_pairs(X, labels, order[: len(X) // n * n], n),
            "Rounding down how many batches fit is natural, and they all have the same size then. "
            "But the images at the end of the order are not seen in this epoch.",
            "Minibatches",
        ),
        "labels left in their old order": Mistake(
            lambda X, labels, order, batch_size: pairs(
                X, labels, heaps(order, batch_size), heaps(np.arange(len(X)), batch_size)
            ),
            "The images are shuffled and the labels are not, so nearly every image gets somebody "
            "else's label. It happens when `X` alone is replaced, and nothing fails: shapes fit.",
            "Minibatches",
        ),
        "the order ignored": Mistake(
            lambda X, labels, order, batch_size: pairs(
                X, labels, heaps(np.arange(len(X)), batch_size)
            ),
            "Images and labels belong together, but they come as in the file. Then each epoch has "
            "the same heaps, and neighbours in the file, often by one writer, share one.",
            "Minibatches",
        ),
        "as many batches as the batch size": Mistake(
            lambda X, labels, order, batch_size: pairs(
                X, labels, np.array_split(order, batch_size)
            ),
            "`np.array_split(order, 3)` makes three pieces, whatever their size. The batch size is "
            "the number of images in a piece.",
            "Minibatches",
        ),
        "a batch begins at every image": Mistake(
            lambda X, labels, order, batch_size: pairs(X, labels, heaps(order, batch_size, 1)),
            "Each batch begins one image after the one before it began: `range` counts in steps "
            "of 1, unless told otherwise. So most images are seen several times in one epoch.",
            "Minibatches",
        ),
        "the first batch alone": Mistake(
            lambda *given: batches_of_pairs(*given)[:1],
            "One batch came back. A `return` that is indented too far ends the function in the "
            "first round of the loop.",
            "Minibatches",
        ),
        "the first batch as it is": Mistake(
            lambda *given: batches_of_pairs(*given)[0],
            "One pair came back, and not in a list. A `return` that is indented too far ends the "
            "function in the first round of the loop.",
            "Minibatches",
        ),
        "two lists in place of pairs": Mistake(
            lambda *given: tuple(map(list, zip(*batches_of_pairs(*given), strict=True))),
            "There is a list of images and a list of labels. Whoever loops over batches wants "
            "both of a batch together: a list of pairs.",
            "Minibatches",
        ),
        "labels first": Mistake(
            lambda *given: [pair[::-1] for pair in batches_of_pairs(*given)],
            "Each pair is the wrong way round. The images come first, as in `for X_batch, "
            "labels_batch in …`.",
            "Minibatches",
        ),
        "the images alone": Mistake(
            lambda *given: [X for X, labels in batches_of_pairs(*given)],
            "The batches hold images, and no labels. A gradient needs both, in the same order.",
            "Minibatches",
        ),
        "images left in their old order": Mistake(
            lambda X, labels, order, n: pairs(
                X, labels, heaps(np.arange(len(X)), n), heaps(order, n)
            ),
            "The labels are shuffled and the images are not, so nearly every image gets somebody "
            "else's label.",
            "Minibatches",
        ),
        "shuffled twice": Mistake(
            lambda X, labels, order, n: batches_of_pairs(X[order], labels[order], order, n),
            "`X` and the labels were put into the order, and then the batches picked by the order "
            "once more. Both belong together still, but it is another order.",
            "Minibatches",
        ),
        "the order undone": Mistake(
            lambda X, labels, order, n: batches_of_pairs(X, labels, np.argsort(order), n),
            "`argsort` of an order is the way back from it. Batch 0 begins with row `order[0]`.",
            "Minibatches",
        ),
        "one image too many in each": Mistake(
            lambda X, labels, order, n: pairs(
                X, labels, [order[i : i + n + 1] for i in range(0, len(order), n)]
            ),
            "Each batch has one image more than its size, and shares it with the next. The end of "
            "a range in Python is left out already.",
            "Minibatches",
        ),
        "batches of one size": Mistake(
            lambda X, labels, order, n: pairs(
                X, labels, np.array_split(order, -(-len(order) // n))
            ),
            "The images were shared out evenly. Each batch but the last should have the full size.",
            "Minibatches",
        ),
        "everything in one batch": Mistake(
            lambda X, labels, order, n: [(X[order], labels[order])],
            "All images are in one batch, in the right order. It has to be cut into pieces of the "
            "batch size.",
            "Minibatches",
        ),
        "the last batch filled up": Mistake(
            lambda X, labels, order, n: batches_of_pairs(
                X, labels, np.resize(order, -(-len(order) // n) * n), n
            ),
            "The last batch was filled up with the first images of the order, which are then seen "
            "twice. It may be short.",
            "Minibatches",
        ),
        "an empty batch at the end": Mistake(
            lambda X, labels, order, n: [
                *batches_of_pairs(X, labels, order, n),
                (X[:0], labels[:0]),
            ],
            "The last batch is empty. A mean over no images is not a number; stop where the order "
            "ends.",
            "Minibatches",
        ),
        "an empty batch where the size fits": Mistake(
            lambda X, labels, order, n: pairs(
                X, labels, [order[i : i + n] for i in range(0, len(order) + 1, n)]
            ),
            "Where the batch size divides the number of images, there is an empty batch at the "
            "end. A mean over no images is not a number.",
            "Minibatches",
        ),
        "one image of each batch": Mistake(
            lambda X, labels, order, n: [(X[i], labels[i]) for i in order[::n]],
            "Each batch is a single image, the first of its heap. A range of the order is wanted, "
            "not one place of it.",
            "Minibatches",
        ),
        "the first batch left out": Mistake(
            lambda *given: batches_of_pairs(*given)[1:],
            "The batches begin with the second. A `range` that starts at the batch size does that.",
            "Minibatches",
        ),
        "the order backwards": Mistake(
            lambda X, labels, order, n: batches_of_pairs(X, labels, order[::-1], n),
            "The order was taken from its end, as `pop` does. The first batch is at the beginning "
            "of it.",
            "Minibatches",
        ),
        "the order sorted": Mistake(
            lambda X, labels, order, n: batches_of_pairs(X, labels, np.sort(order)[::-1], n),
            "The order was sorted, so the images come as in the file, from the end. It was "
            "shuffled on purpose.",
            "Minibatches",
        ),
    },
)

# 6. A prediction.


def zero_output_weights():
    data = digits()
    X, labels = data.X_train[:20], data.y_train[:20]
    net = Network([64, 32, 10], rng=np.random.default_rng(0), output="softmax")
    hidden = net.weights[0].copy()
    net.weights[1][:] = 0
    loss = train(net, X, labels, epochs=50, learning_rate=1).loss
    if not np.isclose(loss[0], np.log(10)):
        return "a"
    if loss[-1] > 0.5 * loss[0]:
        return "b"
    return "d" if np.allclose(net.weights[0], hidden) else "c"


zero_the_output_weights = Exercise(
    name="zero-the-output-weights",
    chapter=13,
    kind="prediction",
    question="Before training, set all output weights of a 64-32-10 network to 0; its hidden "
    "weights stay random. How does its loss begin, and does it train?",
    solution=zero_output_weights,
    choices={
        "a": "It begins at 0, and there is nothing to learn.",
        "b": "It begins at ln 10 and stays there.",
        "c": "It begins at ln 10, and from the second step on both layers learn.",
        "d": "It begins at ln 10, and only the output layer ever learns.",
    },
    mistakes={
        "logits of 0 taken for a loss of 0": Mistake(
            lambda: "a",
            "All logits are 0, and 0 looks like “nothing wrong”. But ask what the softmax makes of "
            "ten equal logits, and what it costs to give that to the right digit.",
            "Cross-entropy",
        ),
        "equal weights stay equal": Mistake(
            lambda: "b",
            "That is chapter 12's trap, and there the hidden neurons were equal. Here they differ, "
            "and so do the ten targets: look at what the output weights' gradient is made of.",
            "Its gradient is short",
        ),
        "zeros block the error for ever": Mistake(
            lambda: "d",
            "In the first step no error gets through weights of 0 to the hidden layer. That is one "
            "step only: ask what the output weights are after it.",
            "Its gradient is short",
        ),
    },
)

# What opens the chapter.

recalled = recall(
    13, 3, questions.mean_of_squares, questions.factor_of_mean, questions.count_parameters
)

EXERCISES = (
    recalled,
    one_hot_without_eye,
    write_softmax,
    write_cross_entropy,
    gradient_by_hand,
    write_minibatches,
    zero_the_output_weights,
)

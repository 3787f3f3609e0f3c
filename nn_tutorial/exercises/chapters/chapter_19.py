"""Chapter 19: gradients of unequal shards, old gradients, bytes in a step, and large batches."""

from math import ceil, floor, sqrt

import numpy as np

from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake, unequal
from nn_tutorial.exercises.recall import recall

# 1. The gradients of unequal shards, put together.


def gradients_and_sizes(rng, size):
    n_shards, n_in, n_out = unequal(rng, size, 3)
    n_shards = max(n_shards, 2)
    gradients = rng.uniform(0.3, 2, (n_shards, n_in, n_out)).round(2)
    gradients *= rng.choice([-1, 1], gradients.shape)
    return gradients, rng.choice(np.arange(2, 30), n_shards, replace=False)  # all sizes differ


def weighted(gradients, sizes):
    return np.tensordot(sizes / sizes.sum(), gradients, axes=1)


def weighted_by_loop(gradients, sizes):
    total = np.zeros(gradients.shape[1:])
    for g, n in zip(gradients, sizes, strict=True):
        total += n * g
    return total / sum(sizes)


def with_shares(shares):
    """Return an answer that multiplies each shard's gradient by a share and adds up."""
    return lambda gradients, sizes: np.tensordot(shares(sizes), gradients, axes=1)


UNEQUAL, BYTES = "Unequal shards", "Count the bytes"
weighted_mean = Exercise(
    name="gradients-of-shards",
    chapter=19,
    kind="function",
    question="Write `put_together(gradients, sizes)`: the gradient of the mean over all samples. "
    "`gradients[k]` is the gradient of the mean over shard k, which has `sizes[k]` samples.",
    solution=weighted,
    also_right=(weighted_by_loop,),
    draw=gradients_and_sizes,
    mistakes={
        "a plain mean": Mistake(
            lambda gradients, sizes: gradients.mean(axis=0),
            "Each shard counts alike here, so a sample in a small shard counts more than one in a "
            "large shard. It runs, it trains, and it descends another loss.",
            UNEQUAL,
        ),
        "a sum": Mistake(
            lambda gradients, sizes: gradients.sum(axis=0),
            "The gradients of means were added up. The result is their plain mean "
            "times the number of shards.",
            UNEQUAL,
        ),
        "a sum over samples": Mistake(
            lambda gradients, sizes: np.tensordot(sizes, gradients, axes=1),
            "Each gradient was multiplied by its number of samples, and the sum was left as it is. "
            "That is the gradient of the summed loss, not of the mean.",
            UNEQUAL,
        ),
        "divided by the shards": Mistake(
            lambda gradients, sizes: np.tensordot(sizes, gradients, axes=1) / len(sizes),
            "The samples are counted above the line, and the shards below it. The shares have to "
            "add up to 1.",
            UNEQUAL,
        ),
        "divided twice": Mistake(
            lambda gradients, sizes: weighted(gradients, sizes) / len(sizes),
            "The weighted mean is there, and then it was divided by the number of shards, too.",
            UNEQUAL,
        ),
        "the smaller, the more": Mistake(
            with_shares(lambda sizes: (1 / sizes) / np.sum(1 / sizes)),
            "The shares add up to 1, but the smallest shard got the largest one.",
            UNEQUAL,
        ),
        "shares of the largest": Mistake(
            with_shares(lambda sizes: sizes / sizes.max()),
            "Each size was divided by the largest size. Then the shares add up to more than 1.",
            UNEQUAL,
        ),
        "the sizes mirrored": Mistake(
            with_shares(lambda sizes: sizes[::-1] / sizes.sum()),
            "The shares are right, and each went to the shard at the other end. On a network, "
            "answers come back in any order: who answers must say for how many samples.",
            UNEQUAL,
        ),
        "only the largest shard": Mistake(
            lambda gradients, sizes: gradients[sizes.argmax()],
            "This is the gradient of one shard. The others have samples, too.",
            UNEQUAL,
        ),
        "the last shard lost": Mistake(
            lambda gradients, sizes: weighted(gradients[:-1], sizes[:-1]),
            "The last shard is missing. A run that loses a machine and goes on without its data "
            "does that, and no message tells.",
            "For real",
        ),
        "roots of the sizes": Mistake(
            with_shares(lambda sizes: np.sqrt(sizes) / np.sqrt(sizes).sum()),
            "The shares go with the roots of the sizes. Roots belong to standard errors; here each "
            "sample has to count alike.",
            UNEQUAL,
        ),
        "the median": Mistake(
            lambda gradients, sizes: np.median(gradients, axis=0),
            "The median keeps a broken machine from doing harm, and it is not the gradient of the "
            "mean.",
            UNEQUAL,
        ),
    },
)

# 2. A step with an old slope, in a valley.

STALE = "Old gradients"
old_slope = Exercise(
    name="a-stale-step",
    chapter=19,
    kind="number",
    question="A valley with one weight has the curvature `curvature`, and its floor at 0. A "
    "machine got the weight when it was `old`, and took long. Now the weight is `now`, and the "
    "machine's slope arrives. Where is the weight after a step along it, at your rate?",
    solution=lambda curvature, old, now, rate: now - rate * curvature * old,
    also_right=(lambda curvature, old, now, rate: now + rate * -(old * curvature),),
    menus={
        "curvature": (3, 4, 6),
        "old": (1.9, 2.3, 2.7, 3.1),
        "now": (0.7, 1.1, 1.3),
        "rate": (0.05, 0.15, 0.2),
    },
    decimals=3,
    mistakes={
        "a fresh slope": Mistake(
            lambda curvature, old, now, rate: now - rate * curvature * now,
            "This is the slope where the weight is now. It would be the right one to take, but the "
            "machine has computed another.",
            STALE,
        ),
        "a step from the old weight": Mistake(
            lambda curvature, old, now, rate: old - rate * curvature * old,
            "The step was made from the old weight. But meanwhile the others have moved it, and "
            "the slope is subtracted from what is there.",
            STALE,
        ),
        "the difference": Mistake(
            lambda curvature, old, now, rate: now - rate * curvature * (old - now),
            "You took the slope of how far the weight has moved. The machine knows nothing of "
            "that move.",
            STALE,
        ),
        "halfway": Mistake(
            lambda curvature, old, now, rate: now - rate * curvature * (old + now) / 2,
            "You took a slope halfway between the old weight and the new one. The machine "
            "knew the old "
            "one only.",
            STALE,
        ),
        "uphill": Mistake(
            lambda curvature, old, now, rate: now + rate * curvature * old,
            "The slope points up, and a step goes down: rate times slope is subtracted.",
            STALE,
        ),
        "the rate forgotten": Mistake(
            lambda curvature, old, now, rate: now - curvature * old,
            "The whole slope was subtracted. A step is the rate times the slope.",
            STALE,
        ),
        "the curvature forgotten": Mistake(
            lambda curvature, old, now, rate: now - rate * old,
            "You took the weight for the slope. In this valley it is the curvature times "
            "the weight.",
            STALE,
        ),
        "the loss in place of the slope": Mistake(
            lambda curvature, old, now, rate: now - rate * curvature * old**2 / 2,
            "Half the curvature times the square is the loss. Its slope is what is subtracted.",
            STALE,
        ),
        "half the slope": Mistake(
            lambda curvature, old, now, rate: now - rate * curvature * old / 2,
            "The half in the loss meets the 2 of the slope of a square, and is gone from "
            "the slope.",
            STALE,
        ),
    },
)

# 3. Bytes through the server's cable.


def parameters(inputs, hidden, outputs):
    return (inputs + 1) * hidden + (hidden + 1) * outputs


def by_tables(inputs, hidden, outputs, machines):
    numbers = sum(np.zeros(s).size for s in ((inputs, hidden), hidden, (hidden, outputs), outputs))
    return 16 * numbers * machines


bytes_per_step = Exercise(
    name="bytes-per-step",
    chapter=19,
    kind="number",
    question="A network of your sizes, with biases, in float64, is trained by a parameter server "
    "and `machines` other machines. How many bytes pass the server's cable in each step?",
    solution=lambda inputs, hidden, outputs, machines: (
        2 * 8 * parameters(inputs, hidden, outputs) * machines
    ),
    also_right=(by_tables,),
    menus={
        "inputs": (4, 7, 9, 11),
        "hidden": (5, 6, 8),
        "outputs": (2, 3),
        "machines": (20, 30, 50, 60, 100),
    },
    decimals=0,
    mistakes={
        "one way": Mistake(
            lambda i, h, o, k: 8 * parameters(i, h, o) * k,
            "That is half of it. Either one way is missing, the weights out or the gradients back, "
            "or 4 bytes were counted for a number.",
            BYTES,
        ),
        "for one machine": Mistake(
            lambda i, h, o, k: 16 * parameters(i, h, o),
            "So much goes to one machine and back. The server talks to all of them.",
            BYTES,
        ),
        "biases forgotten": Mistake(
            lambda i, h, o, k: 16 * (i * h + h * o) * k,
            "The weights are counted, the biases are not: one for each neuron that is no input.",
            BYTES,
        ),
        "numbers, not bytes": Mistake(
            lambda i, h, o, k: 2 * parameters(i, h, o) * k,
            "That is how many numbers travel. How many bytes has each of them in float64?",
            BYTES,
        ),
        "bits": Mistake(
            lambda i, h, o, k: 128 * parameters(i, h, o) * k,
            "64 is what each number has in bits; float64 is called after them. Eight bits are one "
            "byte.",
            BYTES,
        ),
        "the server counted": Mistake(
            lambda i, h, o, k: 16 * parameters(i, h, o) * (k - 1),
            "One machine too few: the server is none of them, and talks to all of them.",
            BYTES,
        ),
        "a ring": Mistake(
            lambda i, h, o, k: 16 * parameters(i, h, o) * (k - 1) / k,
            "So much does each machine of a ring send. A server's cable carries what all need.",
            BYTES,
        ),
        "each pair": Mistake(
            lambda i, h, o, k: 8 * parameters(i, h, o) * k * (k - 1),
            "Each machine would send to each other one. Here all talk to the server only.",
            BYTES,
        ),
        "one layer": Mistake(
            lambda i, h, o, k: 16 * (i + 1) * h * k,
            "These are the parameters of the first layer. The second one travels, too.",
            BYTES,
        ),
    },
)
# 4. A batch for each machine.

LARGE = "Large batches"
rate_and_steps = Exercise(
    name="rate-and-steps",
    chapter=19,
    kind="number",
    question="One machine trains on `images` images, in batches of `size`, at the rate `rate`. Now "
    "`machines` machines take a batch of `size` each in every step. Which rate does the rule of "
    "this chapter propose, and how many steps are left in an epoch?",
    solution=lambda images, size, rate, machines: (
        rate * machines,
        ceil(images / (size * machines)),
    ),
    also_right=(
        lambda images, size, rate, machines: (
            machines * rate,
            -(-images // (machines * size)),
        ),
    ),
    menus={
        "images": (5000, 6500, 8000, 9500),
        "size": (30, 45, 60),
        "rate": (0.02, 0.03, 0.05),
        "machines": (6, 8, 12),
    },
    decimals=2,
    mistakes={
        "the rate unchanged": Mistake(
            lambda n, b, r, k: (r, ceil(n / (b * k))),
            "The steps are right, and there are fewer of them, each as long as before. So training "
            "would come less far.",
            LARGE,
        ),
        "the rate divided": Mistake(
            lambda n, b, r, k: (r / k, ceil(n / (b * k))),
            "There are fewer steps now, and yours are shorter, too. So training would come less "
            "far.",
            LARGE,
        ),
        "the root": Mistake(
            lambda n, b, r, k: (r * sqrt(k), ceil(n / (b * k))),
            "A factor of the root is another rule, and some use it. The one of this chapter "
            "multiplies.",
            LARGE,
        ),
        "as many steps as before": Mistake(
            lambda n, b, r, k: (r * k, ceil(n / b)),
            "That is how many steps one machine had. All take a batch at the same time, and these "
            "make one step.",
            LARGE,
        ),
        "more steps": Mistake(
            lambda n, b, r, k: (r * k, ceil(n / b) * k),
            "The steps were multiplied. More machines see more images in each step, and need fewer "
            "steps for all of them.",
            LARGE,
        ),
        "the batch cut up": Mistake(
            lambda n, b, r, k: (r * k, ceil(n / (b / k))),
            "You shared one batch among the machines. Here each of them takes a whole one.",
            LARGE,
        ),
        "the last batch lost": Mistake(
            lambda n, b, r, k: (r * k, floor(n / (b * k))),
            "You left out the last batch. It is smaller than the others, and it is a step as well.",
            LARGE,
        ),
        "not a whole number of steps": Mistake(
            lambda n, b, r, k: (r * k, n / (b * k)),
            "A step is made or it is not. The few images that are left make a step, too.",
            LARGE,
        ),
        "nothing changed": Mistake(
            lambda n, b, r, k: (r, ceil(n / b)),
            "This is how one machine trains. What do the others do in each step, and how many "
            "images are seen in it?",
            LARGE,
        ),
    },
)

# What opens the chapter.

recalled = recall(
    19, 3, questions.sum_over_students, questions.count_parameters, questions.steps_in_an_epoch
)

EXERCISES = (recalled, weighted_mean, old_slope, bytes_per_step, rate_and_steps)

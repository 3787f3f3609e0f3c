"""Chapter 17: an audit of a published tutorial, and of other programs."""

from math import ceil

import numpy as np

from nn_tutorial.exercises import questions
from nn_tutorial.exercises.exercise import Exercise, Mistake
from nn_tutorial.exercises.recall import recall

# 1. Unknown numbers and equations.


def counted_with_arrays(n_samples, n_features, n_hidden, n_outputs):
    W1, W2 = np.zeros((n_features, n_hidden)), np.zeros((n_hidden, n_outputs))
    line = np.zeros((n_samples, n_outputs))
    return [W1.size + W2.size, -(-(W1.size + W2.size) // line.size)]


count_the_equations = Exercise(
    name="count-the-equations",
    chapter=17,
    kind="number",
    question="Another tutorial trains a network without biases, of your sizes. It does not print "
    "the weights that it starts from, but before each update, the first included, a line with all "
    "predictions for all samples. How many numbers are unknown, and how many lines give at least "
    "as many equations?",
    solution=lambda n_samples, n_features, n_hidden, n_outputs: (
        (n_features + n_outputs) * n_hidden,
        ceil((n_features + n_outputs) * n_hidden / (n_samples * n_outputs)),
    ),
    also_right=(counted_with_arrays,),
    menus={
        "n_samples": range(5, 8),
        "n_features": range(3, 8),
        "n_hidden": range(5, 12),
        "n_outputs": range(2, 4),
    },
    mistakes={
        "biases counted": Mistake(
            lambda n, d, h, c: (
                (d + 1) * h + (h + 1) * c,
                ceil(((d + 1) * h + (h + 1) * c) / (n * c)),
            ),
            "Most networks have biases, so one counts a number more for each neuron. This one has "
            "none, like the one whose start was recovered.",
            "What is said, and what is run",
        ),
        "one layer forgotten": Mistake(
            lambda n, d, h, c: (d * h, ceil(d * h / (n * c))),
            "These are the numbers of the first table. It is the larger one and catches the eye, "
            "but the predictions depend on everything that was drawn.",
            "Nine numbers that nobody printed",
        ),
        "all sizes multiplied": Mistake(
            lambda n, d, h, c: (d * h * c, ceil(d * h * c / (n * c))),
            "That counts the paths from an input to an output. Each weight lies on several of "
            "them, and is one number all the same.",
            "Nine numbers that nobody printed",
        ),
        "one output for each sample": Mistake(
            lambda n, d, h, c: ((d + c) * h, ceil((d + c) * h / n)),
            "In the chapter each student gives one equation a line, since the network has one "
            "output. Yours has more.",
            "Nine numbers that nobody printed",
        ),
        "one sample for each line": Mistake(
            lambda n, d, h, c: ((d + c) * h, ceil((d + c) * h / c)),
            "You counted the outputs of one sample. But a line of the printed run shows what the "
            "network says about each of them.",
            "Nine numbers that nobody printed",
        ),
        "one equation for each line": Mistake(
            lambda n, d, h, c: ((d + c) * h, (d + c) * h),
            "As many lines as unknown numbers would do if each line told one thing. Look again at "
            "how many numbers stand in one.",
            "Nine numbers that nobody printed",
        ),
        "updates for lines": Mistake(
            lambda n, d, h, c: ((d + c) * h, ceil((d + c) * h / (n * c)) - 1),
            "That many updates are needed, or the last line was not filled and left out. The first "
            "line is printed before any update, and the number of lines must be enough.",
            "Nine numbers that nobody printed",
        ),
    },
)

# 2. Six programs. The notebook's worked answer finds the numbers by comparing steps.

RIGHT, W2_FIRST, RAW_ERROR, BENT_TWICE, ONE_ROW_LESS, CLIMBS = range(1, 7)
VERDICTS = (RAW_ERROR, RIGHT, RIGHT, W2_FIRST, BENT_TWICE, ONE_ROW_LESS)


def instead(**verdicts):
    """Return an answer with other verdicts on some programs: ``instead(p2=CLIMBS)``."""
    given = tuple(verdicts.get(f"p{k}", verdict) for k, verdict in enumerate(VERDICTS, start=1))
    return lambda: given


name_six_faults = Exercise(
    name="name-six-faults",
    chapter=17,
    kind="number",
    question="What is wrong with each of the programs 1 to 6 of “Six small programs”? Answer with "
    "six numbers from the list, in the order of the programs; a number may come twice, or never.",
    solution=lambda: VERDICTS,
    also_right=(lambda: list(VERDICTS), lambda: np.array(VERDICTS, dtype=float)),
    mistakes={
        "a right program accused: the sign": Mistake(
            instead(p2=CLIMBS),
            "Your other five verdicts are right. Program 2 adds where others subtract, which looks "
            "like climbing. But look at what its error is the difference of.",
            "The loss that is printed, and the one that is descended",
        ),
        "a right program accused: the order": Mistake(
            instead(p2=W2_FIRST),
            "Your other five verdicts are right. In program 2 the line that moves `W2` does stand "
            "before the line that moves `W1`. What had been computed by then?",
            "Six small programs",
        ),
        "row by row accused": Mistake(
            instead(p3=W2_FIRST),
            "Your other five verdicts are right. Program 3 moves its weights while rows are still "
            "to come, and the check on all rows fails. Is each single row treated rightly?",
            "123 public programs",
        ),
        "row by row taken for a row less": Mistake(
            instead(p3=ONE_ROW_LESS),
            "Your other five verdicts are right. A step that differs from the batch's looks as if "
            "something were left out. Count the rounds of the loop in program 3.",
            "123 public programs",
        ),
        "both right ones accused": Mistake(
            instead(p2=CLIMBS, p3=W2_FIRST),
            "Four verdicts are right. The two programs that look most suspicious were both "
            "accused; to call a right program wrong is the worst mistake of a detective.",
            "123 public programs",
        ),
        "two faults exchanged": Mistake(
            instead(p1=W2_FIRST, p4=RAW_ERROR),
            "Four verdicts are right. In two programs `W1` moves wrongly and `W2` rightly, and the "
            "ratios alone do not say why. Which variable goes back in each, through which table?",
            "Six small programs",
        ),
        "W2 first taken for both": Mistake(
            instead(p1=W2_FIRST),
            "Your other five verdicts are right. In program 1 `W2` moves before `W1` does, but it "
            "has carried something back before. What was it?",
            "Six small programs",
        ),
        "the raw error not seen": Mistake(
            instead(p1=RIGHT),
            "Your other five verdicts are right. Program 1 has a slope in each layer, so nothing "
            "seems to be missing. Follow what goes back, factor by factor.",
            "Six small programs",
        ),
        "the order not seen": Mistake(
            instead(p4=RIGHT),
            "Your other five verdicts are right. Each line of program 4 is the right formula, and "
            "its loss is fine. But a name need not mean the same in two lines.",
            "Six small programs",
        ),
        "the slope acquitted": Mistake(
            instead(p5=RIGHT),
            "Your other five verdicts are right. Program 5 writes the slope as σ(…)(1 - σ(…)), as "
            "every book does. The question is of what.",
            "The loss that is printed, and the one that is descended",
        ),
        "a row not missed": Mistake(
            instead(p6=RIGHT),
            "Your other five verdicts are right. Program 6 treats each row that it looks at "
            "rightly. Give it one student alone, and see what it does.",
            "123 public programs",
        ),
    },
)

# 3. The notebook's `judge_loss` says three things of a loss and a step: 1 for yes, 0 for no.

descend_another_loss = Exercise(
    name="descend-another-loss",
    chapter=17,
    kind="number",
    question="Write a loss of your own, `my_loss(y_pred, y)`, and `my_step(X, y, W1, W2, rate)`, "
    "which descends it. `judge_loss` says, in this order, whether the step is the gradient of your "
    "loss, goes the way of the squared errors, and whether your loss is smallest where predictions "
    "equal targets: you want yes, no, yes.",
    solution=lambda: (1, 0, 1),
    also_right=(lambda: [True, False, True], lambda: np.array([1.0, 0.0, 1.0])),
    mistakes={
        "squared errors again": Mistake(
            lambda: (1, 1, 1),
            "The step is right, and it is the old one, perhaps longer or shorter. A number in "
            "front of a loss, or a root around it, does not change the way down.",
            "The loss that is printed, and the one that is descended",
        ),
        "a step that belongs to no such loss": Mistake(
            lambda: (0, 0, 1),
            "Your loss is one, but the step is not its gradient. One tends to change the loss and "
            "one place of the step; the slope of the loss stands in the output's delta alone. And "
            "is the rate in the step?",
            "The loss that is printed, and the one that is descended",
        ),
        "the old step with a new loss": Mistake(
            lambda: (0, 1, 1),
            "The loss is new, and the step still goes the way of the squared errors: another "
            "loss is printed than is descended, as in the published program. Or the factor is off.",
            "The loss that is printed, and the one that is descended",
        ),
        "a loss that is smallest elsewhere": Mistake(
            lambda: (1, 0, 0),
            "The step belongs to its loss, but the loss is no measure of error: some wrong "
            "predictions cost no more than the right ones.",
            "123 public programs",
        ),
        "neither the loss nor the step": Mistake(
            lambda: (0, 0, 0),
            "Some wrong predictions cost no more than the right ones, and the step is not even the "
            "gradient of that. A sign may be lost in the loss: is it large where errors are large?",
            "The loss that is printed, and the one that is descended",
        ),
    },
)

# 4. Stretch. The notebook's `judge_two` says three things of a step.

hide_two_faults = Exercise(
    name="hide-two-faults",
    chapter=17,
    kind="number",
    question="Write `two_faults(X, y, W1, W2, rate)`, a step with one fault in each layer that the "
    "loss does not betray. `judge_two` says, in this order, whether it beats always 89 from at "
    "least 18 of 20 starts, whether `W2` moves along its gradient, and whether `W1` moves as the "
    "step's own output delta asks: you want yes, no, no.",
    solution=lambda: (1, 0, 0),
    also_right=(lambda: [True, False, False], lambda: np.array([1.0, 0.0, 0.0])),
    mistakes={
        "no fault": Mistake(
            lambda: (1, 1, 1),
            "Both tables move along their gradients. A factor, or another way to write the same "
            "formula, is no fault here.",
            "The loss that is printed, and the one that is descended",
        ),
        "one fault, at the output": Mistake(
            lambda: (1, 0, 1),
            "Both tables move wrongly, so it looks like two faults. But `W1` only does what the "
            "output's wrong delta asks: the second fault is inherited.",
            "Six small programs",
        ),
        "one fault, between the layers": Mistake(
            lambda: (1, 1, 0),
            "`W2` moves as it should, so all that is wrong lies between the layers. There may be "
            "two faults there, but the output has none.",
            "Six small programs",
        ),
        "two faults that the loss sees": Mistake(
            lambda: (0, 0, 0),
            "There is something wrong in each layer, but the loss gives it away from several "
            "starts. Two faults that are harmless alone can disturb each other.",
            "123 public programs",
        ),
        "one fault, and the loss sees it": Mistake(
            lambda: (0, 0, 1),
            "The output's delta is wrong, and too coarsely: it does not beat the rival often "
            "enough. And `W1` does what that delta asks.",
            "123 public programs",
        ),
        "a hidden layer that learns nothing": Mistake(
            lambda: (0, 1, 0),
            "`W2` is right, and `W1` is moved so wrongly that the network hardly beats the rival, "
            "or does not. A dangerous fault still goes downhill.",
            "123 public programs",
        ),
    },
)

# What opens the chapter.

recalled = recall(17, 3, questions.softmax_of_two, questions.images_misread, questions.used_twice)

EXERCISES = (recalled, count_the_equations, name_six_faults, descend_another_loss, hide_two_faults)

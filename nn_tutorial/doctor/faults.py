"""The faults by their names: what each does, why it tempts, the line as it should be, what to read.

Names and places are those of ``search``'s recipes put into words. A section is a chapter's file and
the heading in it.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Fault:
    """One thing that a program does differently from descent.

    Attributes
    ----------
    name : str
        The word for it, such as "w2-updated-first".
    parameter : str or None
        "W1", "b1", "W2" or "b2", where one parameter's update shows it.
    explanation : str
        What happens, and why it is tempting.
    line : str
        As it should be, in the chapters' notation.
    section : str
        Where the series teaches it: the chapter's file name, then the heading.
    """

    name: str
    parameter: str | None
    explanation: str
    line: str
    section: str


class Entry(NamedTuple):
    """The texts for one word; braces stand for parameter, array, replacement and count."""

    what: str
    tempting: str
    line: str
    section: str


LINE_1 = "07_derive_backpropagation, Line 1: the deltas of the output"
LINE_2 = "07_derive_backpropagation, Line 2: the output weights"
LINE_3 = "07_derive_backpropagation, Line 3: back through the output weights"
LINE_4 = "07_derive_backpropagation, Line 4: back through the bend"
LINE_5 = "07_derive_backpropagation, Line 5: the input weights"
FIVE = "07_derive_backpropagation, All five lines"
FORMS = "03_bend_it_with_the_sigmoid, Two forms, two names"
LOOP = "08_train_the_network, The loop"
SUMS = "05_measure_the_error, Sum, mean, half the sum"
BIAS = "11_build_any_network, A bias for each neuron"
SHAPES = "04_write_the_forward_pass_in_numpy, Shapes are half the work"

DELTA_2 = "dZ2 = dA2 * slope_from_activation(A2)"
DELTA_1 = "dZ1 = dA1 * slope_from_activation(A1)"
UPDATE_W1, UPDATE_W2 = "dW1 = X.T @ dZ1", "dW2 = A1.T @ dZ2"
UPDATE = "{0} = {0} - learning_rate * d{0}"

ENTRIES = {
    "sign+add": Entry(
        "{0} goes uphill.",
        "The error is y - y_pred or y_pred - y, and the sign of the update answers to it: with the "
        "first every line adds, with the second every line subtracts.",
        UPDATE + "  # with y_pred - y",
        LOOP,
    ),
    "no-slope-output": Entry(
        "The output's delta is the bare error: the slope of the output's activation is missing.",
        "With a softmax or sigmoid output and cross-entropy there is no slope, so the short line "
        "is seen everywhere. It goes with that loss only.",
        DELTA_2,
        LINE_1,
    ),
    "no-slope-hidden": Entry(
        "The hidden delta lacks the slope of the hidden activation.",
        "The line runs without it, and the loss still falls.",
        DELTA_1,
        LINE_4,
    ),
    "no-output-slope-in-hidden": Entry(
        "W2 uses the output's delta, but what is sent back through W2 is the raw error, without "
        "the output's slope.",
        "“The error is sent back” sounds as if it were the error. What travels is the delta: each "
        "bend on the way multiplies by its slope.",
        "dA1 = dZ2 @ W2.T",
        LINE_3,
    ),
    "slope-of-z-given-a": Entry(
        "A slope function that expects the pre-activation z is given the activation {1}, so the "
        "activation function is applied twice.",
        "Both arrays have the same shape, and every number that comes out is a possible slope.",
        DELTA_1,
        FORMS,
    ),
    "slope-of-a-given-z": Entry(
        "A slope function that expects the activation is given the pre-activation {1}: a (1 - a), "
        "or 1 - a², of a z that is no activation.",
        "The short formula hides which of the two it wants.",
        DELTA_1,
        FORMS,
    ),
    "slope-of-other-activation": Entry(
        "The slope belongs to another activation function than the one that bends this layer.",
        "One swaps the activation in the forward pass, and the slope stays behind.",
        DELTA_1,
        "03_bend_it_with_the_sigmoid, Other bends",
    ),
    "w2-updated-first": Entry(
        "W1's gradient goes back through the new W2; the prediction was made with the old one.",
        "The layers are worked through from the back, one after the other, so updating each as "
        "soon as its gradient is known looks tidy. At small rates one sees no difference.",
        "dA1 = dZ2 @ W2.T  # before W2 = W2 - learning_rate * dW2",
        FIVE,
    ),
    "w2-absent-in-hidden": Entry(
        "What comes back to the hidden neurons is not multiplied by W2, so all of them get the "
        "same blame.",
        "With one output the shapes agree without it.",
        "dA1 = dZ2 @ W2.T",
        LINE_3,
    ),
    "wrong-matrix-in-hidden": Entry(
        "The error goes back through {2} in place of W2.",
        "The shapes agree, so nothing complains.",
        "dA1 = dZ2 @ W2.T",
        LINE_3,
    ),
    "missing-transpose": Entry(
        "A transpose is missing: rows stand where columns belong.",
        "Where two sizes are equal NumPy multiplies without a word.",
        "dW1 = X.T @ dZ1, dW2 = A1.T @ dZ2, dA1 = dZ2 @ W2.T",
        LINE_3,
    ),
    "reshape-instead-of-transpose": Entry(
        "`reshape` stands where a transpose belongs: the shape becomes right, and the numbers "
        "land in other places.",
        "The error message speaks of shapes, and `reshape` silences it.",
        "dW1 = X.T @ dZ1, dW2 = A1.T @ dZ2, dA1 = dZ2 @ W2.T",
        SHAPES,
    ),
    "elementwise-instead-of-outer": Entry(
        "The gradient of {0} multiplies inputs and deltas number by number, instead of every input "
        "with every delta.",
        "`*` broadcasts where the sizes allow it.",
        "dW1 = X.T @ dZ1",
        LINE_5,
    ),
    "division-instead-of-multiplication": Entry(
        "The error is divided by the slope instead of multiplied by it.",
        "Chains of slopes look like fractions that want to be turned over.",
        DELTA_1,
        LINE_4,
    ),
    "bias-not-updated": Entry(
        "The biases never move. The rest is right, so the network learns with those it began with.",
        "They are a line each, easily forgotten, and the loss falls without them.",
        "b1 = b1 - learning_rate * dZ1.sum(axis=0), b2 = b2 - learning_rate * dZ2.sum(axis=0)",
        BIAS,
    ),
    "bias-hidden-not-updated": Entry(
        "b1 never moves.",
        "It is one line, easily forgotten, and the loss falls without it.",
        "b1 = b1 - learning_rate * dZ1.sum(axis=0)",
        BIAS,
    ),
    "bias-output-not-updated": Entry(
        "b2 never moves.",
        "It is one line, easily forgotten, and the loss falls without it.",
        "b2 = b2 - learning_rate * dZ2.sum(axis=0)",
        BIAS,
    ),
    "w1-not-updated": Entry(
        "W1 never moves: the hidden layer stays as it was drawn.",
        "The output layer alone learns quite a lot, so the loss falls.",
        UPDATE,
        LOOP,
    ),
    "w2-not-updated": Entry(
        "W2 never moves.",
        "The hidden layer alone learns something, so the loss falls.",
        UPDATE,
        LOOP,
    ),
    "bias-gradient-summed-over-units": Entry(
        "{0} gets one number for all its units: the deltas are summed over the units as well as "
        "over the samples. That is right only where a layer shares a single bias.",
        "`sum()` without an axis runs, and one number broadcasts to any shape.",
        "db = dZ.sum(axis=0)",
        BIAS,
    ),
    "bias-gradient-to-wrong-parameter": Entry(
        "{0} is moved by another layer's deltas.",
        "With one output they broadcast to any shape.",
        "b1 = b1 - learning_rate * dZ1.sum(axis=0)",
        BIAS,
    ),
    "bias-per-sample-shape": Entry(
        "{0} comes back with a row for each sample: the deltas are not summed over the samples.",
        "(1, H) and (N, H) broadcast, so the bias grows unseen, and the next batch of another size "
        "fails.",
        "db = dZ.sum(axis=0)",
        BIAS,
    ),
    "rate-missing-W1": Entry(
        "The update of W1 does not use the learning rate; that of W2 does.",
        "At a rate of 1 there is no difference.",
        UPDATE,
        LOOP,
    ),
    "rate-missing": Entry(
        "The update of {0} does not use the learning rate; others do.",
        "At a rate of 1 there is no difference.",
        UPDATE,
        LOOP,
    ),
    "rate-twice": Entry(
        "{0} moves by the square of the learning rate.",
        "The rate was multiplied into the delta already, and then into the update.",
        UPDATE,
        LOOP,
    ),
    "mean-twice": Entry(
        "{0} is divided by the number of samples twice.",
        "The loss is a mean, and the gradient too: dividing in both places feels right.",
        "dA2 = A2 - y  # times the factor of the loss, once",
        SUMS,
    ),
    "divides-by-wrong-count": Entry(
        "{0} is divided by {3}, and not as the others are, or not as a usual loss has it.",
        "Counts have names like n and m, and several of them are around.",
        "dA2 = A2 - y  # times the factor of the loss, once",
        SUMS,
    ),
    "last-sample-skipped": Entry(
        "The last row never takes part.",
        "A range that ends one too early raises no error.",
        "for row in range(N)",
        LOOP,
    ),
    "first-sample-only": Entry(
        "Only the first row takes part.",
        "A return or an index 0 in the loop raises no error.",
        "for row in range(N)",
        LOOP,
    ),
    "first-target-for-all": Entry(
        "Every row is compared with the first row's target.",
        "A missing index broadcasts.",
        "dA2 = A2 - y  # times the factor of the loss",
        LINE_1,
    ),
    "targets-broadcast": Entry(
        "Errors are mixed over the rows: an output meets other rows' targets, or gets their mean.",
        "(N, 1) and (N,) broadcast to (N, N) without a word, and a mean hides the extra axis.",
        "y = y[:, np.newaxis]",
        SHAPES,
    ),
    "last-activations-for-summed-delta": Entry(
        "The errors of all samples are added up, and meet the activations of a single one.",
        "The loop over the samples leaves the last activations in its variables.",
        "dW2 = A1.T @ dZ2",
        LINE_2,
    ),
    "hidden-error-summed-over-samples": Entry(
        "The hidden errors are summed over the samples before each meets its own slope.",
        "The sum belongs there, but a step later, inside X.T @ dZ1.",
        "dZ1 = dA1 * slope_from_activation(A1), dW1 = X.T @ dZ1",
        LINE_4,
    ),
    "delta-overwritten-in-place": Entry(
        "A delta is overwritten while it is still needed: {2}.",
        "One array for all deltas saves memory, and an `=` where `+=` belongs raises no error.",
        "dA1 = dZ2 @ W2.T",
        LINE_3,
    ),
    "stale-update": Entry(
        "Updates are made with numbers that are out of date: those of an earlier row, or of "
        "weights that have moved since.",
        "The update stands before the lines that compute it, or in another loop.",
        UPDATE,
        LOOP,
    ),
    "extra-activation-factor": Entry(
        "{1} is multiplied in once more than the slope asks for.",
        "a (1 - a) has an a in it, and the activation also enters dW: one of them was counted "
        "twice.",
        DELTA_1,
        LINE_4,
    ),
    "loss-times-error": Entry(
        "The error is multiplied by the loss, or by itself.",
        "The loss is what one wants to lower, so it seems to belong in the update. Its slope does.",
        "dA2 = A2 - y  # times the factor of the loss",
        LINE_1,
    ),
    "forward-skips-hidden": Entry(
        "The output is computed from X, past the hidden layer.",
        "Where the sizes agree nothing complains.",
        "Z2 = A1 @ W2",
        "04_write_the_forward_pass_in_numpy, The forward pass, in four lines",
    ),
    "output-in-place-of-hidden": Entry(
        "The output's activation stands where the hidden layer's belongs.",
        "With one output it broadcasts.",
        "dZ1 = dA1 * slope_from_activation(A1), dW2 = A1.T @ dZ2",
        LINE_4,
    ),
    "scaling-inside": Entry(
        "The step scales its data anew ({2}), so that a batch with another maximum is another "
        "problem.",
        "It saves a line outside.",
        "scale once, before training, and remember the maximum",
        "01_scale_the_data, The scaler remembers",
    ),
}


def fault(
    name: str, parameter: str | None = None, a="", instead="", count="",
    what: str | None = None, line: str | None = None, section: str | None = None,
) -> Fault:  # fmt: skip
    """Return the fault of this name with its explanation filled in, or with another one."""
    entry = ENTRIES[name]
    if name == "divides-by-wrong-count" and parameter is None:
        what = "Everything is divided by {3}: the way is right, its length is no usual loss's."
    parts = (what or f"{entry.what} {entry.tempting}", line or _line_for(entry, name, parameter))
    explanation, line = (part.format(parameter or "W", a, instead, count) for part in parts)
    return Fault(name, parameter, explanation, line, section or entry.section)


def _line_for(entry, name, parameter):
    """Return the entry's line, written for the layer or the bias that shows the fault."""
    if entry.line == DELTA_1 and parameter == "W2":
        return DELTA_2
    if name == "divides-by-wrong-count" and parameter in ("b1", "b2"):
        return f"d{parameter} = dZ{parameter[1]}.sum(axis=0)  # divided once, at the output"
    if name == "elementwise-instead-of-outer" and parameter == "W2":
        return UPDATE_W2
    return entry.line

"""A recipe put into words: the loss that it descends, its conventions, its faults, the verdict."""

from nn_tutorial.doctor.faults import LINE_2, LINE_5, UPDATE_W1, UPDATE_W2, Fault, fault
from nn_tutorial.doctor.pieces import (
    DIVIDED,
    MOVED,
    NONE,
    OF_A,
    OF_OUTPUT,
    OF_Z,
    OUTER,
    RIGHT,
    THE_A,
    TIMES_A,
)
from nn_tutorial.doctor.recipe import UNKNOWN_COUNT, Recipe

SQUARES = {
    (1.0, "1"): "half-sum",
    (2.0, "1"): "sum",
    (1.0, "N"): "half-mean",
    (2.0, "N"): "mean",
}
ENTROPY = {(1.0, "1"): "cross-entropy-sum", (1.0, "N"): "cross-entropy-mean"}
# Means over all N·C numbers, as NumPy's mean and Keras take them: right, but without a word here.
OVER_ALL = {(2.0, "N C"): "unknown", (1.0, "N C"): "unknown"}
GRADIENTS = ("the gradient of W2", "the gradient itself")
FROZEN = {
    ("b1", "b2"): "bias-not-updated",
    ("b1",): "bias-hidden-not-updated",
    ("b2",): "bias-output-not-updated",
}
SCALED_BY_A_CONSTANT = (
    "The step scales its data itself ({2}): whoever hands in scaled data trains on another "
    "problem, and nothing says so. It saves a line outside."
)
ONLY_SCALED = {"divides-by-wrong-count", "mean-twice", "rate-twice"}
PARTLY = {
    "bias-not-updated", "bias-hidden-not-updated", "bias-output-not-updated", "w1-not-updated",
    "w2-not-updated", "last-sample-skipped", "first-sample-only",
}  # fmt: skip


def is_entropy(recipe: Recipe) -> bool:
    """Whether the bare error is the output's delta, as cross-entropy has it."""
    bare = recipe.slope2 == NONE and (recipe.sent_slope == NONE)
    return bare and recipe.output in ("sigmoid", "softmax")


def factors_of(recipe: Recipe) -> dict:
    """Return the factors; a mean over the rows that take part counts as a mean over N."""
    means = {"B": "N"}
    if recipe.which == "all but the last":
        means["N - 1"] = "N"
    if recipe.rows == "one by one":
        means["C"] = "N C"
    return {n: f._replace(count=means.get(f.count, f.count)) for n, f in recipe.factors.items()}


def loss_of(recipe: Recipe) -> str:
    """Return the word for the loss that is descended."""
    factor = main_factor(recipe)
    if factor is None:
        return "loss=unknown"
    table = ENTROPY if is_entropy(recipe) else SQUARES
    constant = abs(factor.constant)
    if factor.power == 0 and constant not in (1, 2):
        constant = 1.0  # a learning rate is built in
    return "loss=" + table.get((constant, factor.count), "unknown")


def conventions_of(recipe: Recipe, n_is_one: bool) -> set[str]:
    """Return the words for what is no fault."""
    words = set()
    if recipe.rows != "together" and not recipe.rows.startswith("in pieces") and not n_is_one:
        words.add("per-sample")
    if n_is_one or recipe.which == "last":
        words.add("single-sample")
    main = main_factor(recipe)
    if main is not None and main.power == 0:
        words.add("rate-missing")
    if recipe.momentum:
        words.add("momentum")
    if recipe.decay:
        words.add("regularisation")
    if recipe.bias == "one number":
        words.add("shared-scalar-bias")
    return words


def faults_of(recipe: Recipe, names: tuple) -> list[Fault]:
    """Return what is wrong with the recipe, from the output back to the update."""
    return [
        *_forward(recipe), *_output(recipe), *_hidden(recipe), *_products(recipe),
        *_biases(recipe), *_rows(recipe), *_factors(recipe), *_frozen(recipe, names),
    ]  # fmt: skip


def verdict_of(recipe: Recipe, faults: list[Fault]) -> str:
    """Return the word for the whole."""
    words = {f.name for f in faults}
    if words <= PARTLY and (words or recipe.which == "last"):
        return "partial"
    if words and words <= ONLY_SCALED and _same_factors(recipe):
        return "scaled"
    if words:
        return "wrong"
    powers = {f.power for f in recipe.factors.values()}
    if not _same_factors(recipe) or min(powers) < 0 or recipe.error == "cubed error":
        return "unknown"
    if _unusual(recipe):
        return "scaled"
    return "correct" if recipe.rows == "together" else "correct-online"


def main_factor(recipe: Recipe):
    """Return the factor that the others are compared with: that of W2 if it moves."""
    factors = factors_of(recipe)
    return next((factors[name] for name in ("W2", "W1", "b2", "b1") if name in factors), None)


def _same_factors(recipe):
    first, *others = factors_of(recipe).values()
    near = [abs(f.constant / first.constant - 1) < 1e-6 for f in others]
    return all(near) and all(f[1:] == first[1:] for f in others)


def _unusual(recipe):
    main = main_factor(recipe)
    if main is None:
        return False
    if main.power == 0 and main.count in ("1", "N", "N C"):
        return False  # the constant is a learning rate that is built in
    key = (abs(main.constant), main.count)
    return key not in (ENTROPY if is_entropy(recipe) else SQUARES) | OVER_ALL


def _forward(recipe):
    if recipe.skips_hidden:
        yield fault("forward-skips-hidden")
    for what, scale in (("X", recipe.X_scale), ("y", recipe.y_scale)):
        constant = SCALED_BY_A_CONSTANT if "by " in scale else None
        if scale != "as it is":
            yield fault("scaling-inside", instead=f"{what}: {scale}", what=constant)


def _slope_fault(form, layer, parameter):
    a, z = f"A{layer}", f"Z{layer}"
    if form == RIGHT:
        return None
    if form == NONE:
        return fault("no-slope-output" if layer == 2 else "no-slope-hidden", parameter)
    if form == OF_Z:
        return fault("slope-of-z-given-a", parameter, a=a)
    if form == OF_A:
        return fault("slope-of-a-given-z", parameter, a=z)
    if form == TIMES_A:
        return fault("extra-activation-factor", parameter, a=a)
    if form == THE_A:
        what = f"The activation {a} stands where its slope belongs. Both have the same shape."
        return fault("slope-of-other-activation", parameter, what=what)
    if form == DIVIDED:
        return fault("division-instead-of-multiplication", parameter)
    if form == OF_OUTPUT:
        return fault("output-in-place-of-hidden", parameter)
    return fault("slope-of-other-activation", parameter)


def _output(recipe):
    if recipe.error == recipe.sent_error == "cubed error":
        pass  # the gradient of fourth powers
    elif recipe.error != "error" or recipe.sent_error != "error":
        yield fault("loss-times-error", "W2" if recipe.error != "error" else "W1")
    if is_entropy(recipe) or recipe.output == "linear":
        return
    own = _slope_fault(recipe.slope2, 2, "W2")
    if own is not None and recipe.factors.keys() & {"W2", "b2"}:
        yield own
    if recipe.sent_slope == recipe.slope2 or not recipe.factors.keys() & {"W1", "b1"}:
        return
    if recipe.sent_slope == NONE:
        yield fault("no-output-slope-in-hidden", "W1")
    else:
        sent = _slope_fault(recipe.sent_slope, 2, "W1")
        if sent is not None:
            yield sent


def _hidden(recipe):
    if not recipe.factors.keys() & {"W1", "b1"}:
        return
    through = recipe.through
    if MOVED in through:
        yield fault("w2-updated-first", "W1")
    if "without W2" in through:
        yield fault("w2-absent-in-hidden", "W1")
    if "not transposed" in through:
        yield fault("missing-transpose", "W1")
    if "reshaped" in through:
        yield fault("reshape-instead-of-transpose", "W1")
    if through == "h" or through in GRADIENTS:
        yield fault("wrong-matrix-in-hidden", "W1", instead={"h": "A1"}.get(through, "dW2"))
    if through == "W2, multiplied up":
        yield fault("delta-overwritten-in-place", "W1", instead="each W2 multiplies the rest")
    if through == "W2 of the last output":
        yield fault("delta-overwritten-in-place", "W1", instead="only the last output's is left")
    if through == "W2, written over":
        yield fault("delta-overwritten-in-place", "W1", instead="hidden deltas replace those of Z2")
    slope = _slope_fault(recipe.slope1, 1, "W1")
    if slope is not None and recipe.hidden != "linear":
        yield slope


def _products(recipe):
    for parameter, form in (("W1", recipe.product1), ("W2", recipe.product2)):
        line, section = {"W1": (UPDATE_W1, LINE_5), "W2": (UPDATE_W2, LINE_2)}[parameter]
        if form in ("not transposed", "gradient transposed"):
            what = f"A transpose is missing in the gradient of {parameter}."
            yield fault("missing-transpose", parameter, what=what, line=line, section=section)
        elif "reshaped" in form:
            yield fault("reshape-instead-of-transpose", parameter, line=line)
        elif form != OUTER:
            yield fault("elementwise-instead-of-outer", parameter)
    if recipe.input2 == "o":
        yield fault("output-in-place-of-hidden", "W2")
    elif recipe.input2 in ("h²", "h (1 - h)"):
        extra = {"h²": "A1", "h (1 - h)": "1 - A1"}[recipe.input2]
        yield fault("extra-activation-factor", "W2", a=extra, line=UPDATE_W2, section=LINE_2)
    elif recipe.input2 == "x" and not recipe.skips_hidden:
        yield _wrong_input("X")
    elif recipe.input2 == "z1":
        yield _wrong_input("Z1")


def _wrong_input(instead):
    what = f"The gradient of W2 uses {instead} in place of A1. The shapes agree."
    return fault("wrong-matrix-in-hidden", "W2", what=what, line=UPDATE_W2, section=LINE_2)


def _biases(recipe):
    words = {
        "all units": "bias-gradient-summed-over-units",
        "other layer": "bias-gradient-to-wrong-parameter",
        "other layer, all units": "bias-gradient-to-wrong-parameter",
        "error": "no-slope-output",
        "rows kept": "bias-per-sample-shape",
        "units of a sample": "bias-per-sample-shape",
        "last sample": "last-activations-for-summed-delta",
        "one": "bias-gradient-to-wrong-parameter",
    }
    for parameter, form in (("b1", recipe.bias1), ("b2", recipe.bias2)):
        if form in words and parameter in recipe.factors:
            if recipe.bias == "one number" and form == "all units":
                continue
            layer = parameter[1]
            line = f"{parameter} = {parameter} - learning_rate * dZ{layer}.sum(axis=0)"
            what = {
                "error": f"{parameter} is moved by the raw error, not by dZ{layer}.",
                "one": f"{parameter} is moved by the same in each step, as if its gradient were 1.",
            }
            yield fault(words[form], parameter, line=line, what=what.get(form))


def _rows(recipe):
    words = {
        "first": "first-sample-only",
        "all but the last": "last-sample-skipped",
    }
    if recipe.which in words:
        yield fault(words[recipe.which])
    if recipe.target != "own":
        yield fault("first-target-for-all" if recipe.target == "first" else "targets-broadcast")
    if recipe.pooled == "hidden error":
        yield fault("hidden-error-summed-over-samples", "W1")
    elif recipe.pooled != "not":
        yield fault("last-activations-for-summed-delta")
    if recipe.rows in ("late", "outputs first"):
        yield fault("stale-update")


def _factors(recipe):
    main, factors = main_factor(recipe), factors_of(recipe)
    if recipe.through in GRADIENTS and "W2" in factors:
        # What comes back has W2's own factor in it, or that of the error.
        factors = {name: f for name, f in factors.items() if name in ("W2", "b2")}
    if main is None:
        return
    climbing = [name for name, f in factors.items() if f.constant < 0]
    if climbing:
        everything = len(climbing) == len(factors)
        yield fault("sign+add", None if everything else climbing[0])
    twice = [name for name, f in factors.items() if f.power > 1]
    if twice:
        yield fault("rate-twice", twice[0])
    bare = [name for name, f in factors.items() if f.power == 0]
    if bare and len(bare) < len(factors):
        yield fault("rate-missing-W1" if bare[0] == "W1" else "rate-missing", bare[0])
    if recipe.error != "error" or recipe.target not in ("own", "first"):
        return  # these bring factors of their own
    wrong = [name for name, f in factors.items() if f.count == "N²"]
    for name in wrong if len(wrong) < len(factors) else [None] * bool(wrong):
        yield fault("mean-twice", name)
    if wrong:
        return
    usual = (abs(main.constant), main.count)
    # A constant ratio may be a rate of its own; only what changes with N is a count for sure.
    others = {
        name: (abs(f.constant), f.count)
        for name, f in factors.items()
        if f.count != usual[1] and "N" in f.count + usual[1]
    }
    for name, own in others.items():
        yield fault("divides-by-wrong-count", name, count=_divisor(*own))
    same = len({(round(abs(f.constant), 6), f.count) for f in factors.values()}) == 1
    if not others and same and main.power and _is_wrong_count(recipe, *usual):
        yield fault("divides-by-wrong-count", count=_divisor(*usual))


def _is_wrong_count(recipe, constant, count):
    if (constant, count) in (ENTROPY if is_entropy(recipe) else SQUARES) | OVER_ALL:
        return False
    if count in ("1", "N", "N C"):  # a constant above is no count, but 1/4 or 2/3 is
        return constant < 1 and min(_distance(k / constant) for k in (1, 2)) < 1e-6 < constant - 0.1
    return True


def _distance(number):
    return abs(number - round(number))


def _divisor(constant, count):
    if count == "1":
        return "nothing" if constant == 1 else f"{1 / constant:.4g}"
    return count if constant in (1, 2) or count == UNKNOWN_COUNT else f"{1 / constant:.4g} {count}"


def _frozen(recipe, names):
    still = tuple(name for name in names if name not in recipe.factors)
    biases = tuple(name for name in still if name.startswith("b"))
    if biases:
        yield fault(FROZEN[biases], biases[0])
    if "W1" in still:
        yield fault("w1-not-updated", "W1")
    if "W2" in still:
        yield fault("w2-not-updated", "W2")

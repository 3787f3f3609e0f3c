"""What the doctor says: verdict, conventions, faults, and what each parameter should have got."""

from dataclasses import dataclass

from nn_tutorial.doctor.faults import Fault
from nn_tutorial.doctor.following import follow
from nn_tutorial.doctor.naming import (
    conventions_of,
    faults_of,
    is_entropy,
    loss_of,
    main_factor,
    verdict_of,
)
from nn_tutorial.doctor.pieces import NONE
from nn_tutorial.doctor.problems import draw
from nn_tutorial.doctor.program import Failed
from nn_tutorial.doctor.recipe import Factor, Recipe
from nn_tutorial.doctor.search import Found
from nn_tutorial.exercises.feedback import as_box, as_text
from nn_tutorial.gradcheck import relative_error

OPENING = {
    "correct": "Correct.",
    "correct-online": "Correct, row by row.",
    "partial": "Right in what moves.",
    "scaled": "Right up to a factor.",
    "wrong": "Wrong.",
    "unknown": "Unknown.",
}
COLOURS = {"wrong": "#c8641e", "unknown": "#808080", "partial": "#c8641e", "scaled": "#c8641e"}
LOSSES = {
    "loss=half-sum": "half the sum of the squared errors",
    "loss=sum": "the sum of the squared errors",
    "loss=half-mean": "half the squared error, averaged over the rows",
    "loss=mean": "the squared error, averaged over the rows",
    "loss=cross-entropy-sum": "the cross-entropy, summed over the rows",
    "loss=cross-entropy-mean": "the cross-entropy, averaged over the rows",
}
# By what one number's gradient is multiplied, and whether the loss is the cross-entropy.
LOSSES_OVER_ALL = {
    (2.0, False): "the mean of all squared errors, over rows and outputs",
    (1.0, False): "half the mean of all squared errors, over rows and outputs",
    (1.0, True): "the cross-entropy, averaged over rows and outputs",
}


NOTHING = "Unknown. At the sizes that were tried nothing moves that could be explained."
FORGOTTEN = (
    "Wrong. The old {0} is not in what comes back as the new one. Does the step return gradients?\n"
    "  right: {0} = {0} - rate * d{0}"
)
NO_DECAY = (
    "Wrong. {0} is multiplied by {1:.4g} in each step at the rate {2:g}. A decay takes a small "
    "part of a parameter away; this makes it grow, or flips its sign."
)


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a program that takes one step.

    Attributes
    ----------
    verdict : str
        "correct": it descends a standard loss. "correct-online": the same, one row after another.
        "partial": right in what it uses, but some parameters or rows take no part. "scaled": a
        constant multiple of such a gradient. "wrong": parallel to no standard gradient.
        "unknown": none of these could be shown.
    labels : frozenset of str
        The loss, conventions and names of faults, such as "loss=half-sum" and "per-sample".
    faults : tuple of Fault
        From the output back to the update.
    message : str
        The whole, each line a paragraph; indented lines are a table.
    """

    verdict: str
    labels: frozenset
    faults: tuple[Fault, ...]
    message: str

    def __repr__(self):
        return as_text(self.message)

    def _repr_html_(self):
        opening = OPENING[self.verdict]
        return as_box(self.message, opening, COLOURS.get(self.verdict, "#2e8b57"))


def describe(found: Found, program) -> Diagnosis:
    """Return the diagnosis that follows from what was found."""
    if found.recipe is None:
        return _without_recipe(found, program)
    recipe = found.recipe
    if not recipe.factors:
        return Diagnosis("unknown", frozenset({"loss=unknown"}), (), NOTHING)
    odd = _odd_decay(recipe, found)
    if odd:
        return Diagnosis("wrong", frozenset({"loss=unknown"}), (), odd)
    faults = faults_of(recipe, found.names)
    verdict = verdict_of(recipe, faults)
    if found.differs_at and verdict in ("correct", "correct-online", "scaled"):
        verdict = "unknown"
    loss = loss_of(recipe)
    conventions = conventions_of(recipe, found.sizes["N"] == 1)
    lines = [
        _opening(verdict, recipe, loss, faults),
        *_conventions(recipe, found, conventions),
        *_told(faults),
        *_alike(recipe, found, verdict),
        *_sizes(found),
        _check(recipe, faults, found, program),
    ]
    labels = frozenset({loss, *conventions, *(f.name for f in faults)})
    return Diagnosis(verdict, labels, tuple(faults), "\n".join(lines))


def _odd_decay(recipe, found):
    """Return what is wrong with a decay that is none; None if it takes a small part away."""
    for name, decay in recipe.decay.items():
        share = decay.value(found.rate, found.sizes)
        if abs(share - 1) < 1e-6:
            return FORGOTTEN.format(name)
        if not 0 < share < 1:
            return NO_DECAY.format(name, 1 - share, found.rate)
    return None


def _opening(verdict, recipe, loss, faults):
    what = LOSSES.get(loss)
    main = main_factor(recipe)
    if main and main.count == "N C":
        what = LOSSES_OVER_ALL.get((abs(main.constant), is_entropy(recipe)))
    what = what or "a multiple of a standard loss"
    n = len(list(_told(faults))) // 2
    count = {1: "one fault", 2: "two faults", 3: "three faults"}.get(n, f"{n} faults")
    pace = "all rows at once" if recipe.rows == "together" else "one row after another"
    return {
        "correct": f"{OPENING[verdict]} The step descends {what}.",
        "correct-online": f"Correct, in minibatches. It descends {what}, some rows after others."
        if recipe.rows.startswith("in pieces")
        else f"{OPENING[verdict]} It descends {what}, one row after another.",
        "partial": f"{OPENING[verdict]} The step descends {what}, but not all takes part.",
        "scaled": f"{OPENING[verdict]} The direction is that of {what}; the length is not.",
        "unknown": f"{OPENING[verdict]} At first sight the step descends {what}, but parameters "
        "have rates of their own, or it does something else at other sizes.",
        "wrong": f"{OPENING[verdict]} The step, {pace}, follows the gradient of no standard loss: "
        f"{count}.",
    }[verdict]


def _conventions(recipe, found, words):
    said = []
    if recipe.rows.startswith("in pieces"):
        said.append(f"minibatches of {recipe.rows.rsplit(' ', 1)[1]} rows")
    if "per-sample" in words:
        said.append("the parameters move after each row")
    if recipe.which == "last":
        said.append(
            "only the last row moves anything, as if the update stood behind the loop over the rows"
        )
    if "rate-missing" in words:
        rate = abs(main_factor(recipe).constant)
        said.append(
            "it does not use the learning rate"
            + (f": {rate:.4g} is built in" if rate not in (1, 2) else ", as if it were 1")
        )
    if "momentum" in words:
        said.append(f"within a pass it has momentum {recipe.momentum:.4g}")
    if "regularisation" in words:
        said.append(f"{' and '.join(recipe.decay)} decay (L2 regularisation)")
    if "shared-scalar-bias" in words:
        said.append("a layer shares one bias")
    if recipe.bias == "subtracted":
        said.append("biases are thresholds: they are subtracted")
    if recipe.bias == "left out" and len(found.names) > 2:
        said.append("the forward pass does not use the biases")
    if not said:
        return []
    return ["Its conventions: " + "; ".join(said) + "."]


def _told(faults):
    """Yield a paragraph for each fault, and the line as it should be; two biases are one."""
    by_text = {}
    for f in faults:
        text = f.explanation.replace(f"{f.parameter} ", "{} ", 1) if f.parameter else f.explanation
        line = "a bias" if f.parameter in ("b1", "b2") else f.line
        by_text.setdefault((f.name, text, f.section, line), []).append(f)
    for count, ((name, text, section, _), those) in enumerate(by_text.items(), start=1):
        place = " and ".join(sorted(f.parameter for f in those if f.parameter)) or "all parameters"
        text = text.format(place)
        for one, two in (("is", "are"), ("gets", "get"), ("comes", "come"), ("moves", "move")):
            text = text.replace(f" and b2 {one} ", f" and b2 {two} ", 1)
        if " and " in place:
            text = text.replace(" its units", " their units")
        yield f"{count}. {place}: {name}. {text}"
        yield f"  right: {', '.join(dict.fromkeys(f.line for f in those))}\n  read:  {section}"


def _alike(recipe, found, verdict):
    if is_entropy(recipe) and recipe.output == "sigmoid":
        yield (
            "Squared error without the output's slope makes the same step as cross-entropy, "
            "so the step is taken for the latter. The loss that is printed may be another one."
        )
    elif verdict in ("correct", "correct-online"):
        yield "The loss that is printed may be another one: only the step was looked at."
    if found.sizes["N"] == 1:
        yield (
            "With a single row, sums and means are the same, and so are all rows at once and one "
            "after another."
        )
    elif all(sizes["N"] == found.sizes["N"] for sizes in found.also_at):
        yield (
            "It was tried with one number of rows only: a sum, and a mean at a larger rate, look "
            "the same there."
        )


def _sizes(found):
    if found.refused:
        where = " and ".join(pair.replace("=", " = ") for pair in found.equal)
        yield f"It runs where {where}. At other sizes {found.refused}."


def _check(recipe: Recipe, faults, found, program):
    """Return the table of what moves, beside descent of the same loss."""
    right = Recipe(
        recipe.hidden,
        recipe.output,
        bias=recipe.bias,
        rows="one by one" if recipe.rows == "one by one" else "together",
        slope2=NONE if is_entropy(recipe) else "right",
        sent_slope=NONE if is_entropy(recipe) else "right",
        factors=dict.fromkeys(found.names, _positive(recipe)),
        momentum=recipe.momentum,
        decay=recipe.decay,
    )
    return _table(right, found, program, faults)


def _positive(recipe):
    main = main_factor(recipe)
    return main._replace(constant=abs(main.constant))


def _table(right, found, program, faults=()):
    """Return the table for a single row, or for several where a single one does not show it."""
    blamed = {f.parameter for f in faults} - {None}
    for sizes in ({**found.sizes, "N": 1}, found.sizes):
        if sizes["N"] != found.sizes["N"] and "N" in found.fixed:
            continue
        lines, differs = _differences(right, sizes, found, program)
        if differs and blamed <= differs:
            break
    rows = "a single row" if sizes["N"] == 1 else f"{sizes['N']} rows"
    return "\n".join([f"  what the step subtracts, with {rows}: relative error", *lines])


def _differences(right, sizes, found, program):
    problem = draw(sizes, found.names, 41, found.rate, right)
    try:
        new = program(*problem)
    except Failed:
        return ["    it failed"], set()
    expected, lines, differs = follow(right, *problem), [], set()
    for name in found.names:
        did, should = problem.params[name] - new[name], problem.params[name] - expected[name]
        if did.shape != should.shape:
            lines.append(f"    {name:<3} shape {did.shape} in place of {should.shape}")
            differs.add(name)
            continue
        error = relative_error(did, should)
        right_here = error < max(1e-9, program.tolerance)
        differs |= set() if right_here else {name}
        lines.append(f"    {name:<3} {'0' if right_here else f'{error:.2g}'}")
    return lines, differs


def _without_recipe(found, program) -> Diagnosis:
    loss = frozenset({"loss=unknown"})
    if found.sizes is None:
        text = f"Unknown. The step could not be run: {found.failure.rstrip(': .')}."
        if "positional argument" in text:
            text += (
                " It is called as step(X, y, params, rate). If yours takes the tables one by one, "
                "wrap it: lambda X, y, params, rate: yours(X, y, *params, rate)."
            )
        elif "raised" in text:
            text += ' If it has sizes built in, say so: sizes={"D": 2, "H": 2, "C": 1}.'
        return Diagnosis("unknown", loss, (), text)
    if found.remembers:
        text = (
            "Unknown. This program remembers: two equal calls gave two answers. Momentum, an "
            "adaptive rate or a random choice do that, and no more is claimed of it."
        )
        return Diagnosis("unknown", loss, (), text)
    if found.forward is None:
        text = (
            "Unknown. No network that is known here explains the step: with targets that it meets "
            "exactly, the parameters still move. If it has sizes built in, such as one output, say "
            'so: sizes={"C": 1}.'
        )
        return Diagnosis("unknown", loss, (), "\n".join([text, *_sizes(found)]))
    lines = []
    if found.certain:
        verdict = "wrong"
        lines.append("Wrong. The step follows the gradient of no standard loss, whatever its name.")
        lines.append(found.certain)
    else:
        verdict = "unknown"
        lines.append(
            "Unknown. The forward pass is understood, and the step is put together from other "
            "pieces than are known here. It may descend another loss."
        )
    lines += _sizes(found)
    skeleton = found.forward
    right = skeleton.but(factors=dict.fromkeys(found.names, _factor_like(found)))
    if skeleton.output == "softmax":
        right = right.but(slope2=NONE, sent_slope=NONE)
    lines.append(_table(right, found, program))
    return Diagnosis(verdict, loss, (), "\n".join(lines))


def _factor_like(found):
    return found.near or Factor(1.0, 1, "1")

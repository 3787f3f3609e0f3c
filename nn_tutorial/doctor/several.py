"""How a program goes through several samples, and by what it divides."""

from itertools import permutations, product

import numpy as np

from nn_tutorial.doctor.following import directions, follow, forward, scaled
from nn_tutorial.doctor.measuring import factor_of, parallel, power_of, sizes_of
from nn_tutorial.doctor.one_sample import sums_to_zero
from nn_tutorial.doctor.pieces import BIASES, PRODUCTS
from nn_tutorial.doctor.recipe import COUNTS, UNKNOWN_COUNT, Recipe

# Where two samples can't be put to a program, these momenta are tried.
MOMENTA = [{"momentum": beta} for beta in (0.9, 0.5, 0.8, 0.95, 0.99, 0.7, 0.6, 0.3, 0.1)]


def last_piece(recipe, n: int) -> int:
    """Return how many of n rows the last minibatch has."""
    size = int(recipe.rows.rsplit(" ", 1)[1]) if recipe.rows.startswith("in pieces") else n
    return (n - 1) % size + 1


def variants(recipe, sizes, momenta, quick=False):
    """Yield the ways through several rows, the usual ones first."""
    if sizes["N"] == 1:
        yield recipe
        return
    for rows in ("together", "one by one"):
        yield recipe.but(rows=rows)
    if quick:
        return
    for which, rows in product(("all but the last", "first", "last"), ("together", "one by one")):
        yield recipe.but(rows=rows, which=which)
    for pooled in (
        "last activations", "last slopes", "last inputs", "hidden error", "mean activations"
    ):  # fmt: skip
        yield recipe.but(pooled=pooled)
    for target in ("first", "mean", "mean output", "mean error"):
        yield recipe.but(target=target)
    yield recipe.but(rows="one by one", target="first")
    for rows in ("outputs first", *(f"in pieces of {n}" for n in (2, 3, 4))):
        yield recipe.but(rows=rows)
    for late in product(("", "new inputs"), ("", "new W2"), ("", "flush")):
        yield recipe.but(rows="late", late=tuple(filter(None, late)))
    for momentum in MOMENTA if momenta is None else momenta:
        yield recipe.but(rows="one by one", **momentum)
    yield recipe.but(rows="one by one", order=(-1,))
    if sizes["N"] <= 5:
        for order in permutations(range(sizes["N"])):
            yield recipe.but(rows="one by one", order=order)


def momenta_of(recipe: Recipe, problems, answers, tolerance) -> list[dict]:
    """Return the momentum that explains what a program does with two samples, one by one.

    Without momentum the recipe misses the second move by the momentum times the first one; so two
    answers, at two rates, give it, and say whether it goes with the rate.
    """
    found, common = [], [{"momentum": 0.9}, {"momentum": 0.5}]
    for problem, answer in zip(problems, answers, strict=True):
        plain = follow(recipe.but(rows="one by one"), *problem)
        first = follow(recipe.but(rows="one by one", which="first"), *problem)
        name = next(iter(recipe.factors), None)
        if name is None or plain[name].shape != answer[name].shape:
            return []
        move, missing = first[name] - problem.params[name], answer[name] - plain[name]
        found.append(parallel(missing, move, 1e4 * tolerance))
    if None in found:  # W2 moved first brings the momentum in twice
        return common
    factors = [recipe.factors[name].value(p.rate, sizes_of(p)) for p in problems]
    if not 0 < min(found) <= max(found) < 0.9999:
        return []  # with 1 it is a sum of all gradients, below 0 it turns back
    if abs(found[0] - found[1]) < 1e-4 * abs(found[0]):
        return [{"momentum": round(found[0], 6)}]
    of_gradient = [beta * factor for beta, factor in zip(found, factors, strict=True)]
    if abs(of_gradient[0] - of_gradient[1]) < 1e-4 * abs(of_gradient[0]):
        return [{"momentum": round(of_gradient[0], 6), "momentum_of": "gradient"}]
    return []


# Where the form of a parameter's direction stands in a recipe, and what it may be; W2 comes first,
# because others may go through what it became.
FORMS = {
    "W2": ("product2", PRODUCTS),
    "b2": ("bias2", BIASES),
    "W1": ("product1", PRODUCTS),
    "b1": ("bias1", BIASES),
}


def solve(recipe: Recipe, problems, answers, tolerance, any_decay=False) -> Recipe | None:
    """Return a recipe for all rows at once with forms and factors read from two answers.

    With ``any_decay`` it may decay as well, by what the answers show.
    """
    before, recipe = recipe, recipe.but(factors={})
    for name in [name for name in FORMS if name in problems[0].params]:
        observed = [
            p.params[name] - a[name] - _decayed(recipe, name, p)
            for p, a in zip(problems, answers, strict=True)
        ]
        if all(np.abs(o).max() <= tolerance * 1e-3 for o in observed):
            if name == "b2" and sums_to_zero(before):
                recipe = recipe.but(factors={**recipe.factors, "b2": recipe.factors["W2"]})
            continue
        solved = _with_form(recipe, name, problems, observed, tolerance)
        if solved is None and any_decay:
            solved = _with_decay(recipe, name, problems, observed, tolerance)
        if solved is None:
            return None
        recipe = solved
    return recipe


def _with_form(recipe, name, problems, observed, tolerance):
    """Return the recipe with the form and the factor that explain one parameter; or None."""
    where, choices = FORMS[name]
    now = getattr(recipe, where)
    for form in [now, *(choice for choice in choices if choice != now)]:
        candidate = recipe.but(**{where: form})
        try:
            triples = [
                (p.rate, o, _all_directions(candidate, p)[name])
                for p, o in zip(problems, observed, strict=True)
            ]
        except ValueError:
            continue
        factor = factor_of(triples, tolerance)
        if factor is not None:
            return candidate.but(factors={**candidate.factors, name: factor})
    return None


def _with_decay(recipe, name, problems, observed, tolerance):
    """Return the recipe with the factor and the decay that explain one parameter; or None."""
    factors, decays = {}, {}
    for p, o in zip(problems, observed, strict=True):
        direction = _all_directions(recipe, p)[name]
        if direction.shape != o.shape:
            return None
        A = np.array([direction.ravel(), p.params[name].ravel()]).T
        (factors[p.rate], decays[p.rate]), *_ = np.linalg.lstsq(A, o.ravel(), rcond=None)
        found = factors[p.rate] * direction + decays[p.rate] * p.params[name]
        if np.abs(found - o).max() > tolerance * np.abs(o).max():
            return None
    factor, decay = power_of(factors, tolerance), power_of(decays, tolerance)
    if factor is None or decay is None:
        return None
    return recipe.but(factors={**recipe.factors, name: factor}, decay={**recipe.decay, name: decay})


def _decayed(recipe, name, problem):
    if name not in recipe.decay:
        return 0.0
    return recipe.decay[name].value(problem.rate, sizes_of(problem)) * problem.params[name]


def _all_directions(recipe, problem):
    """Return the directions of a recipe that takes its rows together."""
    X, y = scaled(recipe, problem.X, problem.y)
    rows = {"first": slice(0, 1), "last": slice(-1, None), "all but the last": slice(0, -1)}.get(
        recipe.which, slice(None)
    )
    t = y[:1] if recipe.target == "first" else y[rows]
    seen = forward(recipe, X[rows], problem.params)
    sizes = {"N": len(X), "D": X.shape[1], "H": seen.h.shape[1], "C": y.shape[1]}
    return directions(recipe, seen, t, problem.params, problem.rate, sizes)


def reproduces(recipe, problem, answer, tolerance, noise) -> bool:
    """Whether the recipe gives the program's answer, relative to what the step changes."""
    try:
        expected = follow(recipe, *problem)
    except ValueError:
        return False
    for name, value in answer.items():
        if expected[name].shape != value.shape:
            return False
        change = np.abs(value - problem.params[name]).max()
        if not np.abs(expected[name] - value).max() <= max(tolerance * change, noise):
            return False
    return True


def count_of(known, tolerance):
    """Return what divides, and the constant above it, from the factor at several sizes."""
    steady = []
    for count, value in COUNTS.items():
        constants = [factor * value(sizes) for sizes, factor in known]
        if all(abs(c - constants[0]) <= max(tolerance, 1e-6) * abs(c) for c in constants):
            steady.append((count, constants[0]))
    for count, constant in steady:
        if min(abs(abs(constant) - nice) for nice in (1, 2)) < max(tolerance, 1e-6):
            return count, float(np.sign(constant) * round(abs(constant)))
    return steady[0] if steady else (UNKNOWN_COUNT, known[0][1])

"""Of which pieces a program's step is made, from what a single sample does to each parameter.

With one sample the direction of W2 is an input times the output's delta, and that of W1 is x times
the hidden delta. Both deltas are read off the program's answer, and compared with all that the
pieces could make; of several explanations the cheapest comes first.
"""

from itertools import product

import numpy as np

from nn_tutorial.doctor.following import hidden_slope
from nn_tutorial.doctor.measuring import View, factor_of, parallel
from nn_tutorial.doctor.pieces import (
    ABSENT,
    BIASES,
    DIVIDED,
    ERRORS,
    INPUTS,
    MOVED,
    NONE,
    OF_A,
    OF_OUTPUT,
    OF_Z,
    OUTER,
    PRODUCTS,
    RESHAPED,
    RIGHT,
    THROUGH,
    THROUGH_GRADIENT,
    THROUGH_W2,
    TIMES_A,
    UNTRANSPOSED,
    shape_error,
    slopes,
)
from nn_tutorial.doctor.recipe import Factor, Recipe

# How many explanations of the weights are tried with the biases.
MOST = 60


def explanations(skeleton: Recipe, views: list[View], noise: float, tolerance: float) -> list:
    """Return the recipes that explain what one sample does, the simplest first."""
    moves = {
        name: any(np.abs(view.change[name]).max() > noise for view in views)
        for name in views[0].change
    }
    outputs = output_layers(views, skeleton, moves, tolerance)
    if not outputs:
        return []
    hiddens = _hidden_layers(views, skeleton, moves, tolerance)
    recipes = []
    for (cost2, *layer2), (cost1, *layer1) in product(outputs, hiddens):
        recipe = _joined(skeleton, layer2, layer1)
        recipes.append((cost1 + cost2 + _mismatch(recipe), recipe))
    recipes.sort(key=lambda pair: pair[0])
    done = []
    for cost, recipe in recipes[:MOST]:
        recipe = _with_biases(recipe, views, moves, tolerance)
        if recipe is not None:
            cost += 1.1 * ((recipe.bias1 != "units") + (recipe.bias2 != "units"))
            done.append((cost, recipe))
    return [recipe for _, recipe in sorted(done, key=lambda pair: pair[0])]


def _joined(skeleton, layer2, layer1):
    """Return the recipe of both layers' pieces and factors; what never moves is like the rest."""
    (pieces2, factor2), (pieces1, factor1) = layer2, layer1
    pieces = {**pieces2, **pieces1}
    if not pieces2:
        pieces["slope2"] = pieces.get("sent_slope", RIGHT)
        pieces["error"] = pieces.get("sent_error", "error")
    if not pieces1:
        pieces["sent_slope"], pieces["sent_error"] = pieces["slope2"], pieces["error"]
    if factor1 and factor2 and pieces["through"] == THROUGH_GRADIENT:
        # It was measured with what W2 moved by, which has W2's factor in it.
        factor1 = Factor(factor1.constant * factor2.constant, factor1.power + factor2.power, "1")
    factors = {"W1": factor1, "W2": factor2}
    return skeleton.but(**pieces, factors={n: f for n, f in factors.items() if f is not None})


def _with_biases(recipe, views, moves, tolerance):
    """Return the recipe with the biases' forms and factors; None if they can't be explained."""
    for name, place in (("b1", "bias1"), ("b2", "bias2")):
        if not moves.get(name):
            continue
        for form in BIASES:
            candidate = recipe.but(**{place: form})
            try:
                triples = [
                    (v.problem.rate, v.change[name], v.directions(candidate)[name]) for v in views
                ]
            except ValueError:
                continue
            factor = factor_of(triples, tolerance)
            if factor is not None:
                recipe = candidate.but(factors={**candidate.factors, name: factor})
                break
        else:
            return None
    if not moves.get("b2", True) and sums_to_zero(recipe):
        factors = {**recipe.factors, "b2": recipe.factors["b1"]}
        recipe = recipe.but(bias2="all units", factors=factors)
    return recipe


def sums_to_zero(recipe: Recipe) -> bool:
    """Whether b2 seems frozen because it gets the sum over units, as b1 does.

    With softmax and cross-entropy the deltas of a sample add up to 0.
    """
    entropy = recipe.output == "softmax" and recipe.slope2 == NONE
    return entropy and recipe.bias1 == "all units" and "b1" in recipe.factors


def output_layers(views, skeleton, moves, tolerance):
    """Return (cost, pieces, factor) for each way in which W2, or b2 in its place, may move."""
    by_W2 = moves["W2"]
    if not by_W2 and not moves.get("b2"):
        return [(0, {}, None)]
    found = [] if by_W2 else [(0, {}, None)]
    forms = list(product(ERRORS, own_slopes(skeleton.output)))
    for input2, product2 in product(INPUTS, PRODUCTS) if by_W2 else [("h", OUTER)]:
        if by_W2:
            deltas = [undone(product2, _entering(v, input2), v, "W2", tolerance) for v in views]
        else:
            deltas = [v.change["b2"][0] for v in views]
        if any(delta is None for delta in deltas):
            continue
        cost = 1.2 * (input2 != "h") + 1.2 * (product2 != OUTER)
        for error, slope2 in forms:
            factor = _explains(
                views, deltas, lambda v, e=error, s=slope2: _sent(v, skeleton, e, s), tolerance
            )
            if factor is not None:
                pieces = {
                    "input2": input2, "product2": product2, "error": error, "slope2": slope2
                }  # fmt: skip
                found.append((cost, pieces, factor if by_W2 else None))
        if found and (input2, product2) == ("h", OUTER):
            break
    return found


def _explains(views, deltas, delta_of, tolerance):
    """Return the factor with which this form of delta explains what was read off; or None."""
    triples = []
    for view, delta in zip(views, deltas, strict=True):
        made = delta_of(view)[view.row]
        triples.append((view.problem.rate, delta, np.where(np.isfinite(made), made, 0.0)))
        if len(triples) == 1 and made.any() and parallel(delta, triples[0][2], tolerance) is None:
            return None
    return factor_of(triples, tolerance)


def _sent(view, skeleton, error, slope):
    s = view.seen
    return shape_error(error, slope, skeleton.output, view.e, s.z2, s.o)


def _entering(view, input2):
    s = view.seen
    try:
        entering = INPUTS[input2](s.x, s.z1, s.h, s.o)
    except ValueError:
        return None
    return entering if entering.shape == s.h.shape else None


def _hidden_layers(views, skeleton, moves, tolerance):
    """Return (cost, pieces, factor) for each way in which W1, or b1 in its place, may move."""
    if not moves["W1"] and not moves.get("b1"):
        return [(0, {}, None)]
    found = [] if moves["W1"] else [(0, {}, None)]
    bends = [*slopes(skeleton.hidden)]
    if skeleton.output != "softmax" and views[0].sizes["C"] in (1, views[0].sizes["H"]):
        bends.append(OF_OUTPUT)
    forms = list(product(ERRORS, own_slopes(skeleton.output), THROUGH))
    tables = {}
    for product1 in PRODUCTS if moves["W1"] else [OUTER]:
        if moves["W1"]:
            deltas = [undone(product1, v.seen.x, v, "W1", tolerance) for v in views]
        else:
            deltas = [v.change["b1"][0] for v in views]
        if any(delta is None for delta in deltas):
            continue
        for f, b in _possible(views, deltas, tables, skeleton, bends, tolerance):
            form, slope1 = forms[f], bends[b]
            factor = _explains(
                views,
                deltas,
                lambda v, f=form, s=slope1: _hidden_delta(v, skeleton, f, s),
                tolerance,
            )
            if factor is not None:
                pieces = dict(
                    zip(("sent_error", "sent_slope", "through"), form, strict=True),
                    slope1=slope1,
                    product1=product1,
                )
                cost = 1.2 * (product1 != OUTER) + _cost_of_through(form[2])
                cost += _cost_of_slope(slope1)
                found.append((cost, pieces, factor if moves["W1"] else None))
        if found and product1 == OUTER:
            break
    return found


def _back(view, sent, through):
    """Return the hidden errors (..., N, H) of what is sent back, (..., N, C).

    They are zeros where the sizes forbid it.
    """
    h, W2, change = view.seen.h, view.problem.params["W2"], view.change["W2"]
    shape = (*sent.shape[:-1], h.shape[1])
    gradient = change if change.any() else h.T @ sent
    try:
        back = THROUGH[through](sent, W2, W2 - change, h, gradient)
    except ValueError:
        return np.zeros(shape)
    return back if back.shape == shape else np.zeros(shape)


def _hidden_delta(view, skeleton, form, slope1):
    error, slope, through = form
    back = _back(view, _sent(view, skeleton, error, slope), through)
    return back * hidden_slope(skeleton.but(slope1=slope1), view.seen)


def _hidden_table(view, skeleton, bends):
    """Return the hidden deltas (form, slope, H) of all combinations for one sample."""
    kinds = product(ERRORS, own_slopes(skeleton.output))
    sent = np.array([_sent(view, skeleton, error, slope) for error, slope in kinds])
    backs = np.stack([_back(view, sent, through)[:, view.row] for through in THROUGH], axis=1)
    backs = backs.reshape(-1, backs.shape[-1])  # (form, H)
    factors = [hidden_slope(skeleton.but(slope1=b), view.seen)[view.row] for b in bends]
    table = backs[:, np.newaxis] * np.array(factors)
    return np.where(np.isfinite(table), table, 0.0)


def _possible(views, deltas, tables, skeleton, bends, tolerance):
    """Return (form, slope) where two samples at one rate allow it, with the same factor.

    Tables that were made are kept in ``tables``, by sample.
    """
    order = sorted(range(len(views)), key=lambda place: -np.abs(deltas[place]).max())
    rate = views[order[0]].problem.rate
    possible, known = True, None
    for place in [place for place in order if views[place].problem.rate == rate][:2]:
        if place not in tables:
            tables[place] = _hidden_table(views[place], skeleton, bends)
        table, delta = tables[place], deltas[place]
        size, largest = np.sum(table**2, axis=2), np.abs(delta).max()
        factor = np.sum(table * delta, axis=2) / size
        miss = np.abs(delta - factor[..., np.newaxis] * table).max(axis=2)
        asleep = (size == 0) & (largest <= tolerance * 1e-4)
        possible &= ((miss <= tolerance * largest) & (size > 0)) | asleep
        if known is not None:
            same = np.abs(factor - known) <= 100 * tolerance * np.abs(known)
            possible &= same | np.isnan(factor) | np.isnan(known)
        known = factor
    return np.argwhere(possible)


def undone(form, entering, view, name, tolerance):
    """Return the delta of the view's row from which this product makes the change of a matrix.

    None if there is none.
    """
    change, row = view.change[name], view.row
    if entering is None:
        return None
    if form == OUTER:
        x = entering[row]
        delta = x @ change / (x @ x)
        miss = np.abs(np.outer(x, delta) - change).max()
    else:
        n_units, units = change.shape[1], []
        for unit in range(n_units):
            single = np.zeros((len(entering), n_units))
            single[row, unit] = 1
            try:
                made = PRODUCTS[form](entering, single)
            except ValueError:
                return None
            if made.shape != change.shape:
                return None
            units.append(made.ravel())
        A = np.array(units).T
        delta = np.linalg.lstsq(A, change.ravel(), rcond=None)[0]
        miss = np.abs(A @ delta - change.ravel()).max()
    return delta if miss <= tolerance * np.abs(change).max() else None


def _cost_of_slope(form):
    costs = {RIGHT: 0, NONE: 1, OF_Z: 1, OF_A: 1, TIMES_A: 1.1, DIVIDED: 1.1, OF_OUTPUT: 1.3}
    return costs.get(form, 1.2)


def _cost_of_through(through):
    costs = {THROUGH_W2: 0, MOVED: 1, ABSENT: 1, UNTRANSPOSED: 1.05, RESHAPED: 1.1}
    return costs.get(through, 1.2)


def _mismatch(recipe):
    """Return the cost of the output's delta and of what is sent back, which should be the same."""
    own, sent = (recipe.error, recipe.slope2), (recipe.sent_error, recipe.sent_slope)
    if own == sent:
        entropy = recipe.slope2 == NONE and recipe.output in ("sigmoid", "softmax", "linear")
        return (recipe.error != "error") + (0 if entropy else _cost_of_slope(recipe.slope2))
    cost = (recipe.error != "error") + _cost_of_slope(recipe.slope2)
    if recipe.sent_error != recipe.error:
        cost += 0.5
    return cost + (_cost_of_slope(recipe.sent_slope) if recipe.sent_slope != recipe.slope2 else 0)


def own_slopes(name: str) -> tuple:
    """Return the names of the slopes that may stand behind this output activation."""
    return (*slopes(name), RIGHT) if name == "softmax" else tuple(slopes(name))

"""Of which pieces a program's step is made, from what a single sample does to each parameter.

With one sample the direction of W2 is an input times the output's delta, and that of W1 is x times
the hidden delta. Both deltas are read off the program's answer, and compared with all that the
pieces could make; of several explanations the cheapest comes first.
"""

from itertools import product

import numpy as np

from nn_tutorial.doctor.measuring import View, factor_of, power_of
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
from nn_tutorial.doctor.recipe import Factor, Recipe, hidden_slope

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
    forms = list(product(ERRORS, own_slopes(skeleton.output)))
    tables = [_output_table(view, skeleton, forms) for view in views]
    for input2, product2 in product(INPUTS, PRODUCTS) if by_W2 else [("h", OUTER)]:
        if by_W2:
            deltas = [undone(product2, _entering(v, input2), v, "W2", tolerance) for v in views]
        else:
            deltas = [v.change["b2"][0] for v in views]
        if any(delta is None for delta in deltas):
            continue
        cost = 1.2 * (input2 != "h") + 1.2 * (product2 != OUTER)
        found = []
        for form, _, factor in _matches(views, deltas, tables, tolerance):
            error, slope2 = forms[form]
            pieces = {"input2": input2, "product2": product2, "error": error, "slope2": slope2}
            found.append((cost, pieces, factor if by_W2 else None))
        if found:
            return found
    return []


def _entering(view, input2):
    s = view.seen
    try:
        entering = INPUTS[input2](s.x, s.z1, s.h, s.o)
    except ValueError:
        return None
    return entering if entering.shape == s.h.shape else None


def _output_table(view, skeleton, forms):
    """Return the output's deltas (form, 1, C) of all forms for one sample."""
    s = view.seen
    deltas = [
        shape_error(error, slope, skeleton.output, view.e, s.z2, s.o)[view.row]
        for error, slope in forms
    ]
    table = np.array(deltas)[:, np.newaxis]
    return np.where(np.isfinite(table), table, 0.0)


def _hidden_layers(views, skeleton, moves, tolerance):
    """Return (cost, pieces, factor) for each way in which W1, or b1 in its place, may move."""
    if not moves["W1"] and not moves.get("b1"):
        return [(0, {}, None)]
    found = [] if moves["W1"] else [(0, {}, None)]
    slope1_forms = [*slopes(skeleton.hidden)]
    if skeleton.output != "softmax" and views[0].sizes["C"] in (1, views[0].sizes["H"]):
        slope1_forms.append(OF_OUTPUT)
    sent_forms = list(product(ERRORS, own_slopes(skeleton.output)))
    names = [(*form, through) for form in sent_forms for through in THROUGH]
    tables = [_hidden_table(view, skeleton, sent_forms, slope1_forms) for view in views]
    for product1 in PRODUCTS if moves["W1"] else [OUTER]:
        if moves["W1"]:
            deltas = [undone(product1, v.seen.x, v, "W1", tolerance) for v in views]
        else:
            deltas = [v.change["b1"][0] for v in views]
        if any(delta is None for delta in deltas):
            continue
        for b, s, factor in _matches(views, deltas, tables, tolerance):
            sent_error, sent_slope, through = names[b]
            pieces = {
                "sent_error": sent_error, "sent_slope": sent_slope, "through": through,
                "slope1": slope1_forms[s], "product1": product1,
            }  # fmt: skip
            cost = 1.2 * (product1 != OUTER) + _cost_of_through(through)
            cost += _cost_of_slope(slope1_forms[s])
            found.append((cost, pieces, factor if moves["W1"] else None))
        if moves["W1"] and found:
            break
    return found


def _matches(views, deltas, tables, tolerance):
    """Yield (sent and through, slope, factor) of the combinations that give all these deltas."""
    alike, factors = np.ones(tables[0].shape[:2], bool), []
    for delta, table in zip(deltas, tables, strict=True):
        size = np.sum(table**2, axis=2)
        factor = np.sum(table * delta, axis=2) / size
        miss = np.abs(delta - factor[..., np.newaxis] * table).max(axis=2)
        largest = np.abs(delta).max()
        asleep = (size == 0) & (largest <= tolerance * 1e-4)
        alike &= ((miss <= tolerance * largest) & (size > 0)) | asleep
        factors.append(np.where(asleep, np.nan, factor))
    for b, s in zip(*np.nonzero(alike), strict=True):
        by_rate, steady = {}, True
        for v, factor in zip(views, factors, strict=True):
            value = factor[b, s]
            if not np.isnan(value):
                before = by_rate.setdefault(v.problem.rate, value)
                steady &= abs(value - before) <= 100 * tolerance * abs(before)
        found = power_of(by_rate, tolerance) if steady and len(by_rate) == 2 else None
        if found is not None:
            yield b, s, Factor(float(found.constant), found.power, "1")


def _hidden_table(view, skeleton, sent_forms, slope1_forms):
    """Return the hidden deltas (sent and through, slope, H) of all combinations for one sample."""
    s, W2 = view.seen, view.problem.params["W2"]
    change = view.change["W2"]
    backs = []
    for error, slope in sent_forms:
        sent = shape_error(error, slope, skeleton.output, view.e, s.z2, s.o)
        gradient = change if change.any() else s.h.T @ sent
        for through in THROUGH.values():
            try:
                back = through(sent, W2, W2 - change, s.h, gradient)
            except ValueError:
                back = np.zeros_like(s.h)
            backs.append(back if back.shape == s.h.shape else np.zeros_like(s.h))
    bends = [hidden_slope(skeleton.but(slope1=form), s) for form in slope1_forms]
    row = view.row
    table = np.array(backs)[:, row, np.newaxis] * np.array(bends)[:, row]
    return np.where(np.isfinite(table), table, 0.0)


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

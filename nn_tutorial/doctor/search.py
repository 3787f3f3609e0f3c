"""Which recipe does a program follow? Its answer is taken apart, one question after another.

1. At which sizes does it run, and does it give the same answer twice?
2. Forward: with targets that a network meets exactly, only a program that computes this very
   network's output stays where it is.
3. One sample alone: there the direction of W2 is an input times the output's delta, and that of W1
   is x times the hidden delta. What the delta is made of is found by trying the pieces.
4. Several samples: all at once, one after another, some of them only?
5. Other sizes: what does it divide by?

The recipe that is left must reproduce every answer to 1e-9.
"""

from dataclasses import dataclass, field
from itertools import permutations, product
from typing import NamedTuple

import numpy as np

from nn_tutorial.doctor.pieces import (
    ABSENT,
    BENDS,
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
from nn_tutorial.doctor.problems import (
    EQUAL,
    GENERIC,
    SCALES_OF_RATES,
    Problem,
    draw,
    silent,
    with_equal,
)
from nn_tutorial.doctor.program import Failed, Program
from nn_tutorial.doctor.recipe import (
    COUNTS,
    UNKNOWN_COUNT,
    SCALED_INSIDE,
    Factor,
    Recipe,
    Seen,
    directions,
    follow,
    forward,
    hidden_slope,
    scaled,
)

USUAL_HIDDEN = ("sigmoid", "tanh", "relu", "linear", "bipolar", "tanh1716")
USUAL_OUTPUT = ("sigmoid", "softmax", "linear", "tanh", "relu", "bipolar", "tanh1716")


# How many whole recipes are compared with a program before it counts as unknown: about a second.
TRIES = 1500


@dataclass
class Found:
    """What is known of a program."""

    names: tuple = ()
    sizes: dict | None = None
    equal: tuple = ()
    fixed: dict = field(default_factory=dict)
    rate: float = 0.0
    refused: str | None = None  # what it did at unequal sizes, if it only runs at equal ones
    failure: str | None = None
    remembers: bool = False
    recipe: Recipe | None = None
    forward: Recipe | None = None
    parts: list = field(default_factory=list)  # row recipes that explain one sample
    also_at: list = field(default_factory=list)  # other sizes at which the recipe held
    certain: str | None = None  # what is wrong for certain where no recipe was found
    near: Factor | None = None  # of W2, where it alone is understood


class Measure(NamedTuple):
    """What one row does to the parameters, while the others, if any, are silent."""

    problem: Problem
    row: int
    change: dict  # what was subtracted from each parameter, without its decay


def parallel(observed, direction, tolerance) -> float | None:
    """Return the factor with which the direction gives what was observed; None if none does."""
    if observed.shape != direction.shape:
        return None
    size = np.sum(direction * direction)
    if not size or not np.isfinite(size):
        return None
    factor = float(np.sum(observed * direction) / size)
    miss = np.abs(observed - factor * direction).max()
    return factor if factor and miss <= tolerance * np.abs(observed).max() else None


def power_of(factors: dict, tolerance: float) -> Factor | None:
    """Return constant and power of the rate for one factor at each rate."""
    (first, a), (second, b) = factors.items()
    for power in (1, 0, 2, -1):
        ratio = (first / second) ** power
        if abs(a - ratio * b) <= 100 * tolerance * abs(a):
            return Factor(a / first**power, power, "1")
    return None


class Search:
    def __init__(self, program: Program, fixed: dict, activations: tuple | None):
        self.program, self.fixed, self.activations = program, fixed, activations
        self.found, self._asked = Found(names=program.names, fixed=fixed), {}
        self._left, self._decays = TRIES, False
        self.rates = SCALES_OF_RATES[0]
        self._measured = {"N": 1, "D": 1, "H": 1, "C": 1}

    # --- 1. where it runs -------------------------------------------------------------------

    def run(self) -> Found:
        found = self.found
        if not self._settle():
            return found
        found.remembers = self._remembers()
        if found.remembers:
            return found
        every = list(product(USUAL_HIDDEN, USUAL_OUTPUT))
        given = every if self.activations is None else [self.activations]
        for pairs in (given, [pair for pair in every if pair not in given]):
            for skeleton in self._forwards(pairs):
                found.forward = found.forward or skeleton
                recipe = self._identify(skeleton)
                if recipe is not None:
                    found.forward, found.recipe = skeleton, self._with_counts(recipe)
                    return found
            if found.forward is not None:
                self._doubt(found.forward)
                return found
        self._without_silence(*(self.activations or ("sigmoid", "softmax")))
        return found

    def _settle(self):
        found, seen = self.found, set()
        for equal in EQUAL:
            sizes = with_equal(GENERIC, equal, self.fixed)
            if sizes is None or tuple(sizes.items()) in seen:
                continue
            seen.add(tuple(sizes.items()))
            try:
                moved = self._settle_rates(sizes)
            except Failed as failed:
                found.failure = found.failure or str(failed)
                continue
            if not moved:
                found.failure = found.failure or "nothing moves"
                continue
            found.sizes, found.equal, found.rate = sizes, equal, self.rates[0]
            found.refused, found.failure = found.failure, None
            return True
        return False

    def _settle_rates(self, sizes):
        """Choose rates at which nothing moves far; return whether anything moves."""
        for self.rates in SCALES_OF_RATES:
            problem = draw(sizes, self.program.names, 1, self.rates[0])
            moved = max(np.abs(change).max() for change in self._changes(problem).values())
            if moved < 2:
                break
        return moved > 0

    def _remembers(self):
        problem = draw(self.found.sizes, self.program.names, 1, self.rates[0])
        first, second = self.program(*problem), self.program(*problem)
        return any(
            first[name].shape != second[name].shape or (first[name] != second[name]).any()
            for name in first
        )

    def _changes(self, problem):
        new = self.program(*problem)
        return {name: problem.params[name] - new[name] for name in new}

    def _driven(self, problem, skeleton):
        """Return what the errors change: without what changes where there are none, the decay."""
        changes = self._changes(problem)
        if not self._decays:
            return changes
        still = self._changes(silent(problem, skeleton))
        return {name: change - still[name] for name, change in changes.items()}

    def _decay(self, sizes, skeleton):
        """Return by parameter how it decays in one step at these sizes."""
        found = {}
        if not self._decays:
            return found
        for name in self.program.names:
            triples = []
            for rate in self.rates:
                problem = draw(sizes, self.program.names, 5, rate, skeleton)
                change = self._changes(silent(problem, skeleton))[name]
                triples.append((rate, change, problem.params[name]))
            factor = _factor(triples, self.program.tolerance)
            if factor is not None:
                found[name] = factor
        return found

    # --- 2. forward -------------------------------------------------------------------------

    def _skeletons(self, pairs):
        modes = ["added"]
        if len(self.program.names) > 2:
            modes += ["subtracted", "one number", "left out"]
        skips = [False] + [True] * (self.found.sizes["D"] == self.found.sizes["H"])
        return [
            Recipe(hidden, output, bias=bias, skips_hidden=skip)
            for (hidden, output), bias, skip in product(pairs, modes, skips)
        ]

    def _forwards(self, pairs):
        """Yield the forward passes for which targets that are met leave the program still."""
        sizes = self.found.sizes
        if "N" not in self.fixed and self._moves_alone():
            sizes = {**sizes, "N": 1}
        for skeleton in self._skeletons(pairs):
            self._decays = False
            try:
                stays = all(self._stays(skeleton, sizes, seed) for seed in (3, 4))
            except Failed:
                stays = False
            if stays:
                yield skeleton

    def _moves_alone(self):
        sizes = {**self.found.sizes, "N": 1}
        try:
            changes = self._changes(draw(sizes, self.program.names, 1, self.rates[0]))
        except Failed:
            return False
        return any(change.any() for change in changes.values())

    def _stays(self, skeleton, sizes, seed):
        problem = draw(sizes, self.program.names, seed, self.rates[0], skeleton)
        problem = problem._replace(X=np.repeat(problem.X[-1:], sizes["N"], axis=0))
        awake = self._changes(problem)
        largest = max(np.abs(change).max() for change in awake.values())
        changes = self._changes(silent(problem, skeleton))
        for name, change in changes.items():
            if change.shape != problem.params[name].shape:
                change = change[:1]
            still = np.abs(change).max() <= self.program.noise * max(1, largest)
            if not still and parallel(change, problem.params[name], 1e-9) is None:
                return False
            self._decays |= not still
        return largest > 0

    def _without_silence(self, hidden, output):
        """Try to explain a program that no targets keep still: scaling inside, labels, and so on."""
        found = self.found
        for X_scale, y_scale in (("as it is", "as it is"), *SCALED_INSIDE):
            candidate = Recipe(hidden, output, X_scale=X_scale, y_scale=y_scale)
            recipe = self._identify(candidate, quick=True)
            if recipe is not None:
                found.forward, found.recipe = candidate, self._with_counts(recipe)
                return

    def _doubt(self, skeleton):
        """Say what is certain where one sample is not explained, or several are not."""
        found, tolerance = self.found, self.program.tolerance
        if found.parts:
            return
        measures = next(iter(self._measurements(skeleton)), None)
        if measures is None:
            return
        views = self._views(skeleton, measures)
        outputs = _output_layers(views, skeleton, {"W2": True}, tolerance)
        entropy = (NONE,) if skeleton.output in ("sigmoid", "softmax") else ()
        for _, pieces, factor in outputs:
            usual = pieces["input2"] == "h" and pieces["product2"] == OUTER
            if usual and pieces["error"] == "error" and pieces["slope2"] in (RIGHT, *entropy):
                found.near = factor
        # Whatever the loss, W1's step follows from the delta that W2's own step shows.
        for view in views:
            delta2 = _undone(OUTER, view.seen.h, view, "W2", tolerance)
            if delta2 is None or not delta2.any():
                return
            back = view.problem.params["W2"] @ delta2
            delta1 = back * hidden_slope(skeleton, view.seen)[view.row]
            direction = np.outer(view.seen.x[view.row], delta1)
            if parallel(view.change["W1"], direction, 1e-6) is not None:
                return
        found.certain = (
            "Whatever loss was meant, W1 does not get what W2 gets: with a single row, W2's step "
            "shows the output's delta, and W1's step is not that delta sent back through W2."
        )

    # --- 3. one sample alone ----------------------------------------------------------------

    def _identify(self, skeleton, quick=False):
        for measures in self._measurements(skeleton):
            rows = self._row_recipes(skeleton, measures)
            if rows:
                self.found.parts = rows
                self._measured = sizes_of(measures[0].problem)
                for recipe in rows[:6]:
                    whole = self._whole(recipe)
                    if whole is not None:
                        return whole
        return self._guess(skeleton, quick)

    def _measurements(self, skeleton):
        """Yield what one sample does: alone if the program takes one, then among silent ones."""
        sizes = self.found.sizes
        usual = skeleton.X_scale == skeleton.y_scale == "as it is"
        if "N" not in self.fixed or sizes["N"] == 1:
            measures = self._alone({**sizes, "N": 1}, skeleton)
            if measures:
                yield measures
        if sizes["N"] > 1 and usual:
            measures = self._among_silent(sizes, skeleton)
            if measures:
                yield measures

    def _alone(self, sizes, skeleton):
        measures = []
        for seed, rate in product((11, 12, 15), self.rates):
            problem = draw(sizes, self.program.names, seed, rate, skeleton)
            try:
                measures.append(Measure(problem, 0, self._driven(problem, skeleton)))
            except Failed:
                return None
        return measures if any(c.any() for m in measures for c in m.change.values()) else None

    def _among_silent(self, sizes, skeleton):
        """Measure the last row that moves anything, so that no later one can disturb it."""
        for row in reversed(range(sizes["N"])):
            measures = []
            for seed, rate in product((13, 14, 16), self.rates):
                problem = draw(sizes, self.program.names, seed, rate, skeleton)
                problem = silent(problem, skeleton, (row,))
                try:
                    measures.append(Measure(problem, row, self._driven(problem, skeleton)))
                except Failed:
                    return None
            if any(
                np.abs(c).max() > self.program.noise for m in measures for c in m.change.values()
            ):
                return measures
        return None

    def _row_recipes(self, skeleton, measures):
        """Return the recipes that explain what one sample does, the simplest first."""
        views = self._views(skeleton, measures)
        if not all(np.isfinite(v.seen.o).all() for v in views):
            return []
        moves = {
            name: any(np.abs(m.change[name]).max() > self.program.noise for m in measures)
            for name in self.program.names
        }
        tolerance = self.program.tolerance
        outputs = _output_layers(views, skeleton, moves, tolerance)
        hiddens = _hidden_layers(views, skeleton, moves, tolerance)
        recipes = []
        for (cost2, layer2, factor2), (cost1, layer1, factor1) in product(outputs, hiddens):
            pieces = {**layer2, **layer1}
            if not layer2:
                pieces["slope2"] = pieces.get("sent_slope", RIGHT)
                pieces["error"] = pieces.get("sent_error", "error")
            if not layer1:
                pieces["sent_slope"] = pieces.get("slope2", RIGHT)
                pieces["sent_error"] = pieces.get("error", "error")
            if factor1 and factor2 and pieces["through"] == THROUGH_GRADIENT:
                # It was measured with what W2 moved by, which has W2's factor in it.
                factor1 = Factor(
                    factor1.constant * factor2.constant, factor1.power + factor2.power, "1"
                )
            factors = {"W1": factor1, "W2": factor2}
            recipe = skeleton.but(
                **pieces, factors={name: f for name, f in factors.items() if f is not None}
            )
            recipes.append((cost1 + cost2 + _mismatch(recipe), recipe))
        recipes.sort(key=lambda pair: pair[0])
        done = []
        for cost, recipe in recipes[:60]:
            recipe = self._with_biases(recipe, views, moves)
            if recipe is not None:
                cost += 1.1 * ((recipe.bias1 != "units") + (recipe.bias2 != "units"))
                done.append((cost, recipe))
        return [recipe for _, recipe in sorted(done, key=lambda pair: pair[0])]

    def _views(self, skeleton, measures):
        views = []
        for m in measures:
            X, y = scaled(skeleton, m.problem.X, m.problem.y)
            views.append(View(m, forward(skeleton, X, m.problem.params), y))
        return views

    def _with_biases(self, recipe, views, moves):
        for name in ("b1", "b2"):
            if not moves.get(name):
                continue
            own = "bias1" if name == "b1" else "bias2"
            for form in BIASES:
                candidate = recipe.but(**{own: form})
                try:
                    triples = [
                        (v.problem.rate, v.change[name], v.directions(candidate)[name])
                        for v in views
                    ]
                except ValueError:
                    continue
                factor = _factor(triples, self.program.tolerance)
                if factor is not None:
                    recipe = candidate.but(factors={**candidate.factors, name: factor})
                    break
            else:
                return None
        if skeleton_sums_to_zero(recipe) and "b2" in moves and not moves["b2"]:
            # Softmax and cross-entropy: the deltas of a row add up to 0, and so does this bias's.
            recipe = recipe.but(
                bias2="all units", factors={**recipe.factors, "b2": recipe.factors["b1"]}
            )
        return recipe

    # --- 4. several samples -----------------------------------------------------------------

    def _whole(self, recipe, quick=False):
        """Return the recipe with the way it goes through several rows, or None."""
        sizes = self.found.sizes
        problems = [
            draw(sizes, self.program.names, seed, rate, recipe)
            for seed, rate in product((21, 22), self.rates)
        ]
        answers = self._answers(problems)
        if answers is None:
            return None
        at_once = self._decay(sizes, recipe)
        alone = self._decay({**sizes, "N": 1}, recipe) if "N" not in self.fixed else at_once
        for variant in _variants(recipe, sizes, quick):
            variant = variant.but(decay=at_once if variant.rows == "together" else alone)
            if self._left <= 0:
                return None
            for candidate in self._factored(variant, problems, answers):
                if self._fits(candidate, problems, answers):
                    return candidate
        return None

    def _answers(self, problems):
        """Return what the program does with these problems, asking once for each."""
        key = tuple(part.tobytes() for p in problems for part in (p.X, p.y, *p.params.values()))
        if key not in self._asked:
            try:
                self._asked[key] = [self.program(*problem) for problem in problems]
            except Failed:
                self._asked[key] = None
        return self._asked[key]

    def _fits(self, recipe, problems, answers):
        self._left -= 1
        return all(
            reproduces(recipe, problem, answer, self.program.tolerance)
            for problem, answer in zip(problems, answers, strict=True)
        )

    def _factored(self, recipe, problems, answers):
        """Yield the recipe with the factors that it must have here, if it is the right one."""
        if recipe.rows == "together":
            self._left -= 1
            solved = _solve(recipe, problems[:2], answers[:2], self.program.tolerance)
            if solved is not None:
                yield solved
            return
        plain = recipe.order is None and not recipe.momentum
        counts = ("1", "N", "N²", "N + 1") if plain else ("1", "N")
        for count in ("1", "B") if recipe.rows.startswith("in pieces") else counts:
            if self.found.sizes["N"] == 1 and count != "1":
                break
            per = COUNTS[count]({**self._measured, "B": _last_piece(recipe, self._measured["N"])})
            yield recipe.but(
                factors={
                    n: Factor(f.constant * per, f.power, count) for n, f in recipe.factors.items()
                }
            )

    def _guess(self, skeleton, quick):
        """Try the commonest recipes whole, where one sample alone can't be measured."""
        basic = [
            skeleton.but(slope2=slope2, sent_slope=sent, through=through)
            for slope2, sent in ((RIGHT, RIGHT), (NONE, NONE), (RIGHT, NONE), (NONE, RIGHT))
            for through in (THROUGH_W2, MOVED)
        ]
        for recipe in basic[:2] + basic[2:3] if quick else basic:
            factors = {n: Factor(1.0, 1, "1") for n in self.program.names}
            whole = self._whole(recipe.but(factors=factors), quick)
            if whole is not None:
                return whole
        return None

    # --- 5. other sizes ---------------------------------------------------------------------

    def _with_counts(self, recipe):
        """Return the recipe with what it divides by, as far as other sizes can tell."""
        home = self.found.sizes
        here = {name: f.value(1.0, home) for name, f in recipe.factors.items()}
        known = [(home, here)]
        for changed in ({"N": 7}, {"C": 3}, {"D": 6, "H": 8}, {"N": 4, "D": 5, "H": 6, "C": 3}):
            sizes = with_equal({**home, **changed}, self.found.equal, self.fixed)
            if recipe.order is not None and len(recipe.order) > 1:
                break
            if sizes is None or any(sizes == s for s, _ in known):
                continue
            factors = self._factors_at(recipe, sizes)
            if factors is not None and factors.keys() == here.keys():
                known.append((sizes, factors))
        factors = {}
        for name, factor in recipe.factors.items():
            count, constant = _count(
                [(sizes, at[name]) for sizes, at in known], 1000 * self.program.tolerance
            )
            factors[name] = Factor(constant, factor.power, count)
        self.found.also_at = [sizes for sizes, _ in known[1:]]
        return recipe.but(factors=factors)

    def _factors_at(self, recipe, sizes):
        if recipe.decay and recipe.rows == "together":
            recipe = recipe.but(decay=self._decay(sizes, recipe))
        return self._factors_there(recipe, sizes)

    def _factors_there(self, recipe, sizes):
        """Return the constant of each parameter's factor at other sizes; None if it fails there."""
        problems = [draw(sizes, self.program.names, 31, rate, recipe) for rate in self.rates]
        try:
            answers = [self.program(*problem) for problem in problems]
        except Failed:
            return None
        if recipe.rows == "together":
            solved = _solve(recipe, problems, answers, self.program.tolerance)
            return solved and {n: f.constant for n, f in solved.factors.items()}
        home = self.found.sizes
        for count, value in COUNTS.items():
            ratio = value(home) / value(sizes) if value(sizes) else 0
            scaled_factors = {
                n: Factor(f.value(1.0, home) * ratio, f.power, "1")
                for n, f in recipe.factors.items()
            }
            if all(
                reproduces(recipe.but(factors=scaled_factors), p, a, self.program.tolerance)
                for p, a in zip(problems, answers, strict=True)
            ):
                return {n: f.constant for n, f in scaled_factors.items()}
        return None


class View:
    """One measured sample under one forward pass."""

    def __init__(self, measure: Measure, seen: Seen, y):
        self.measure, self.seen, self.y = measure, seen, y
        self.problem, self.change, self.row = measure.problem, measure.change, measure.row
        self.e = seen.o - y
        self.sizes = sizes_of(measure.problem)

    def directions(self, recipe):
        p = self.problem
        return directions(recipe, self.seen, self.y, p.params, p.rate, self.sizes)


def sizes_of(problem):
    (N, D), (H, C) = problem.X.shape, problem.params["W2"].shape
    return {"N": N, "D": D, "H": H, "C": C}


def skeleton_sums_to_zero(recipe):
    entropy = recipe.output == "softmax" and recipe.slope2 == NONE
    return entropy and recipe.bias1 == "all units" and "b1" in recipe.factors


def _own(name):
    return (*slopes(name), RIGHT) if name == "softmax" else tuple(slopes(name))


def _factor(triples, tolerance):
    """Return the factor that turns the directions into what was observed, at both rates."""
    by_rate = {}
    for rate, observed, direction in triples:
        if direction.shape != observed.shape:
            return None
        if not direction.any() and np.abs(observed).max() <= tolerance * 1e-4:
            continue
        factor = parallel(observed, direction, tolerance)
        if factor is None:
            return None
        before = by_rate.setdefault(rate, factor)
        if abs(factor - before) > 100 * tolerance * abs(before):
            return None
    return power_of(by_rate, tolerance) if len(by_rate) == 2 else None


def _output_layers(views, skeleton, moves, tolerance):
    """Return (cost, pieces, factor) for all ways in which W2, or b2 in its place, may have moved."""
    by_W2 = moves["W2"]
    if not by_W2 and not moves.get("b2"):
        return [(0, {}, None)]
    forms = list(product(ERRORS, _own(skeleton.output)))
    tables = [_output_table(view, skeleton, forms) for view in views]
    for input2, product2 in product(INPUTS, PRODUCTS) if by_W2 else [("h", OUTER)]:
        if by_W2:
            deltas = [_undone(product2, _entering(v, input2), v, "W2", tolerance) for v in views]
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
    """Return (cost, pieces, factor) for all ways in which W1, or b1 in its place, may have moved."""
    if not moves["W1"] and not moves.get("b1"):
        return [(0, {}, None)]
    found = [] if moves["W1"] else [(0, {}, None)]
    slope1_forms = [*slopes(skeleton.hidden)]
    if skeleton.output != "softmax" and views[0].sizes["C"] in (1, views[0].sizes["H"]):
        slope1_forms.append(OF_OUTPUT)
    sent_forms = list(product(ERRORS, _own(skeleton.output)))
    names = [(*form, through) for form in sent_forms for through in THROUGH]
    tables = [_hidden_table(view, skeleton, sent_forms, slope1_forms) for view in views]
    for product1 in PRODUCTS if moves["W1"] else [OUTER]:
        if moves["W1"]:
            deltas = [_undone(product1, v.seen.x, v, "W1", tolerance) for v in views]
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


def _undone(form, entering, view, name, tolerance):
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


MOMENTA = (0.9, 0.5, 0.8, 0.95, 0.99, 0.7, 0.6, 0.3, 0.1)


def _last_piece(recipe, n):
    size = int(recipe.rows.rsplit(" ", 1)[1]) if recipe.rows.startswith("in pieces") else n
    return (n - 1) % size + 1


def _variants(recipe, sizes, quick=False):
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
    for rows in ("late", "late, with new inputs", *(f"in pieces of {n}" for n in (2, 3, 4))):
        yield recipe.but(rows=rows)
    for momentum in MOMENTA:
        yield recipe.but(rows="one by one", momentum=momentum)
    yield recipe.but(rows="one by one", order=(-1,))
    if sizes["N"] <= 5:
        for order in permutations(range(sizes["N"])):
            yield recipe.but(rows="one by one", order=order)


def _solve(recipe, problems, answers, tolerance):
    """Return a recipe for all rows at once with forms and factors read from two answers."""
    forms = {
        "W2": ("product2", PRODUCTS), "b2": ("bias2", BIASES),
        "W1": ("product1", PRODUCTS), "b1": ("bias1", BIASES),
    }  # fmt: skip
    before, recipe = recipe, recipe.but(factors={})
    for name in [name for name in forms if name in problems[0].params]:
        observed = [
            p.params[name] - a[name] - _decayed(recipe, name, p)
            for p, a in zip(problems, answers, strict=True)
        ]
        if all(np.abs(o).max() <= tolerance * 1e-3 for o in observed):
            if name == "b2" and skeleton_sums_to_zero(before):
                recipe = recipe.but(factors={**recipe.factors, "b2": recipe.factors["W2"]})
            continue
        where, choices = forms[name]
        now = getattr(recipe, where)
        for form in [now, *(c for c in choices if c != now)]:
            candidate = recipe.but(**{where: form})
            try:
                triples = [
                    (p.rate, o, _all_directions(candidate, p)[name])
                    for p, o in zip(problems, observed, strict=True)
                ]
            except ValueError:
                continue
            factor = _factor(triples, tolerance)
            if factor is not None:
                recipe = candidate.but(factors={**candidate.factors, name: factor})
                break
        else:
            return None
    return recipe


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


def reproduces(recipe, problem, answer, tolerance) -> bool:
    """Whether the recipe gives the program's answer, relative to what the step changes."""
    try:
        expected = follow(recipe, *problem)
    except ValueError:
        return False
    for name, value in answer.items():
        if expected[name].shape != value.shape:
            return False
        change = np.abs(value - problem.params[name]).max()
        if not np.abs(expected[name] - value).max() <= tolerance * max(change, 1e-3):
            return False
    return True


def _count(known, tolerance):
    """Return what divides, and the constant above it, from the factor at several sizes."""
    steady = []
    for count, value in COUNTS.items():
        constants = [factor * value(sizes) for sizes, factor in known]
        if all(abs(c - constants[0]) <= tolerance * abs(constants[0]) for c in constants):
            steady.append((count, constants[0]))
    for count, constant in steady:
        if min(abs(abs(constant) - nice) for nice in (1, 2)) < tolerance:
            return count, float(np.sign(constant) * round(abs(constant)))
    return steady[0] if steady else (UNKNOWN_COUNT, known[0][1])

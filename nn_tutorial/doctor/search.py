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
from itertools import product

import numpy as np

from nn_tutorial.doctor.following import directions, forward, hidden_slope
from nn_tutorial.doctor.measuring import Measure, factor_of, parallel, sizes_of, views_of
from nn_tutorial.doctor.one_sample import explanations, output_layers, undone
from nn_tutorial.doctor.pieces import MOVED, NONE, OUTER, RIGHT, THROUGH_W2
from nn_tutorial.doctor.problems import (
    EQUAL,
    GENERIC,
    SCALES_OF_RATES,
    draw,
    silent,
    with_equal,
)
from nn_tutorial.doctor.program import Failed, Program
from nn_tutorial.doctor.recipe import COUNTS, SCALED_INSIDE, Factor, Recipe
from nn_tutorial.doctor.several import count_of, last_piece, momenta_of, reproduces, solve, variants

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
    differs_at: dict | None = None  # sizes at which it runs, and the recipe does not hold
    certain: str | None = None  # what is wrong for certain where no recipe was found
    near: Factor | None = None  # of W2, where it alone is understood


class Search:
    """The questions put to one program, and what they showed."""

    def __init__(self, program: Program, fixed: dict, activations: tuple | None):
        self.program, self.fixed, self.activations = program, fixed, activations
        self.found, self._asked = Found(names=program.names, fixed=fixed), {}
        self._left, self._decays, self._any_decay = TRIES, False, False
        self.rates = SCALES_OF_RATES[0]
        self._measured = {"N": 1, "D": 1, "H": 1, "C": 1}

    # --- 1. where it runs -------------------------------------------------------------------

    def run(self) -> Found:
        """Ask until the program is understood, or nothing is left to ask."""
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
            factor = factor_of(triples, self.program.tolerance)
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
        """Try to explain a program that no targets keep still: scaling inside, labels."""
        found = self.found
        for X_scale, y_scale in (("as it is", "as it is"), *SCALED_INSIDE):
            candidate = Recipe(hidden, output, X_scale=X_scale, y_scale=y_scale)
            self._any_decay = X_scale == y_scale == "as it is"
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
        views = views_of(skeleton, measures)
        outputs = output_layers(views, skeleton, {"W2": True}, tolerance)
        entropy = (NONE,) if skeleton.output in ("sigmoid", "softmax") else ()
        for _, pieces, factor in outputs:
            usual = pieces["input2"] == "h" and pieces["product2"] == OUTER
            if usual and pieces["error"] == "error" and pieces["slope2"] in (RIGHT, *entropy):
                found.near = factor
        # Whatever the loss, W1's step follows from the delta that W2's own step shows.
        for view in views:
            delta2 = undone(OUTER, view.seen.h, view, "W2", tolerance)
            if delta2 is None or not delta2.any():
                return
            back = view.problem.params["W2"] @ delta2
            delta1 = back * hidden_slope(skeleton, view.seen)[view.row]
            direction = np.outer(view.seen.x[view.row], delta1)
            if parallel(view.change["W1"], direction, 1e-6) is not None:
                return
            if self._after_w2(skeleton, view):
                return
        found.certain = (
            "Whatever loss was meant, W1 does not get what W2 gets: with a single row, W2's step "
            "shows the output's delta, and W1's step is not that delta sent back through W2. Look "
            "at dA1, at the slope of the hidden layer, and at X.T."
        )

    def _after_w2(self, skeleton, view):
        """Whether W1 gets its gradient from a second forward pass, with the W2 that has moved."""
        params = {**view.problem.params}
        params["W2"] = params["W2"] - view.change["W2"]
        seen = forward(skeleton, view.seen.x, params)
        for slope in (RIGHT, NONE):
            if slope == NONE and skeleton.output not in ("sigmoid", "softmax"):
                continue
            again = skeleton.but(slope2=slope, sent_slope=slope)
            y, rate = view.y, view.problem.rate
            found = directions(again, seen, y, params, rate, view.sizes)["W1"]
            if parallel(view.change["W1"], found, 1e-6) is not None:
                return True
        return False

    # --- 3. one sample alone ----------------------------------------------------------------

    def _identify(self, skeleton, quick=False):
        for measures in self._measurements(skeleton):
            views = views_of(skeleton, measures)
            if not all(np.isfinite(view.seen.o).all() for view in views):
                continue
            rows = explanations(skeleton, views, self.program.noise, self.program.tolerance)
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
        for variant in variants(recipe, sizes, self._momenta(recipe), quick):
            variant = variant.but(decay=at_once if variant.rows == "together" else alone)
            if self._left <= 0:
                return None
            for candidate in self._factored(variant, problems, answers):
                if self._fits(candidate, problems, answers):
                    return candidate
        return None

    def _momenta(self, recipe):
        """Return the momentum as two samples show it; None if it is not known."""
        if "N" in self.fixed or self.found.sizes["N"] == 1 or self._measured["N"] != 1:
            return None
        sizes = {**self.found.sizes, "N": 2}
        problems = [draw(sizes, self.program.names, 23, rate, recipe) for rate in self.rates]
        answers = self._answers(problems)
        try:
            return answers and momenta_of(recipe, problems, answers, self.program.tolerance)
        except ValueError:  # pieces that go with other sizes
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
            reproduces(recipe, problem, answer, self.program.tolerance, self.program.noise)
            for problem, answer in zip(problems, answers, strict=True)
        )

    def _factored(self, recipe, problems, answers):
        """Yield the recipe with the factors that it must have here, if it is the right one."""
        if recipe.rows == "together":
            self._left -= 1
            solved = solve(
                recipe, problems[:2], answers[:2], self.program.tolerance, self._any_decay
            )
            if solved is not None:
                yield solved
            return
        plain = recipe.order is None and not recipe.momentum
        counts = ("1", "N", "N²", "N + 1") if plain else ("1", "N")
        for count in ("1", "B") if recipe.rows.startswith("in pieces") else counts:
            if self.found.sizes["N"] == 1 and count != "1":
                break
            per = COUNTS[count]({**self._measured, "B": last_piece(recipe, self._measured["N"])})
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
        for recipe in basic[:3] if quick else basic:
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
        for changed in ({"N": 7}, {"C": 2}, {"D": 6, "H": 8}, {"N": 4, "D": 5, "H": 6, "C": 3}):
            sizes = with_equal({**home, **changed}, self.found.equal, self.fixed)
            if recipe.order is not None and len(recipe.order) > 1:
                break
            if sizes is None or any(sizes == s for s, _ in known):
                continue
            factors = self._factors_at(recipe, sizes)
            if factors is not None and factors.keys() == here.keys():
                known.append((sizes, factors))
            elif factors is not None:
                self.found.differs_at = sizes
        factors = {}
        for name, factor in recipe.factors.items():
            count, constant = count_of(
                [(sizes, at[name]) for sizes, at in known], 10 * self.program.tolerance
            )
            factors[name] = Factor(constant, factor.power, count)
        self.found.also_at = [sizes for sizes, _ in known[1:]]
        return recipe.but(factors=factors)

    def _factors_at(self, recipe, sizes):
        """Return the constant of each parameter's factor at other sizes.

        None if the program fails there, and nothing in the dict if the recipe does not hold.
        """
        if recipe.decay and recipe.rows == "together":
            recipe = recipe.but(decay=self._decay(sizes, recipe))
        problems = [draw(sizes, self.program.names, 31, rate, recipe) for rate in self.rates]
        try:
            answers = [self.program(*problem) for problem in problems]
        except Failed:
            return None
        if recipe.rows == "together":
            solved = solve(recipe, problems, answers, self.program.tolerance, self._any_decay)
            return {n: f.constant for n, f in solved.factors.items()} if solved else {}
        for factors in self._factors_elsewhere(recipe, sizes):
            if self._fits(recipe.but(factors=factors), problems, answers):
                return {name: factor.value(1.0, sizes) for name, factor in factors.items()}
        return {}

    def _factors_elsewhere(self, recipe, sizes):
        """Yield the factors as they would be at other sizes, if each count in turn divided."""
        yield recipe.factors
        home = self.found.sizes
        for value in COUNTS.values():
            ratio = value(home) / value(sizes) if value(sizes) else 0
            yield {
                name: Factor(factor.value(1.0, home) * ratio, factor.power, "1")
                for name, factor in recipe.factors.items()
            }
            if recipe.rows.startswith("in pieces"):  # and the rows of each minibatch
                yield {
                    name: factor._replace(constant=factor.constant * ratio)
                    for name, factor in recipe.factors.items()
                }

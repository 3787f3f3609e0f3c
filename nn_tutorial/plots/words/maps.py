"""Maps over the hours, and slopes, in words."""

from collections.abc import Mapping, Sequence

import numpy as np

from ..kit.numerals import plain, power
from .telling import heights, listed, point, told

# Smaller errors are rounding errors, which differ from machine to machine.
LEAST, TINY = 1e-8, 1e-11


def _at(first: np.ndarray, second: np.ndarray, table: np.ndarray, places: Mapping) -> str:
    """Tell what a table over the hours holds at named places, in points."""
    found = heights(first, second, table, np.array(list(places.values()), dtype=float))
    return listed(f"{plain(v, 1)} at {name}" for name, v in zip(places, found, strict=True))


def _all(students: np.ndarray, names: Sequence[str], new: Mapping) -> dict:
    """Return the students' places and those of the new ones, by name."""
    return dict(zip(names, students, strict=True)) | {f"{k} (a star)": v for k, v in new.items()}


def hatched(students: np.ndarray, new: Mapping[str, np.ndarray]) -> str:
    """Tell where the networks were trained, and who lies elsewhere."""
    low, high = students.min(axis=0), students.max(axis=0)
    text = "Hatched, since nothing was trained there, is all but the rectangle around the students"
    text += f", {told(low[0])} to {told(high[0])} hours studied and {told(low[1])} to "
    text += f"{told(high[1])} hours slept"
    outside = [name for name, hours in new.items() if np.any((hours < low) | (hours > high))]
    return text + (f"; {listed(outside)} lies outside it." if outside else ".")


def score_surface(
    first: np.ndarray, second: np.ndarray, scores: np.ndarray, students: np.ndarray,
    true: np.ndarray | None, new: Mapping[str, np.ndarray],
) -> str:  # fmt: skip
    """Tell the range of the scores, those of the students, and what is hatched."""
    names = [f"({told(a)}, {told(b)})" for a, b in students]
    if true is not None:
        names = [f"{name} (true: {told(y)})" for name, y in zip(names, true, strict=True)]
    text = f"The predicted score runs from {plain(scores.min(), 1)} to {plain(scores.max(), 1)} "
    text += f"points: {_at(first, second, scores, _all(students, names, new))}. "
    return text + hatched(students, new)


def trust_map(
    first: np.ndarray, second: np.ndarray, spread: np.ndarray, students: np.ndarray,
    names: Sequence[str], new: Mapping[str, np.ndarray],
) -> str:  # fmt: skip
    """Tell the spread where it is smallest, at the students and in their middle, and in corners."""
    row, column = np.unravel_index(spread.argmin(), spread.shape)
    middle, least = students.mean(axis=0), (first[column], second[row])
    places = {f"the lowest point, {point(least)}": least, "the middle of the students": middle}
    corners = [(x, y) for x in first[[0, -1]] for y in second[[0, -1]]]
    places |= _all(students, names, new) | {f"the corner {point(xy)}": xy for xy in corners}
    text = "The standard deviation of the networks' answers, in points: "
    return f"{text}{_at(first, second, spread, places)}. {hatched(students, new)}"


def slope_curve(marks: Mapping[float, float]) -> str:
    """Tell the height of the hill, and the slope at the marks."""
    text = "The slope of the sigmoid: a hill, 0.25 high at z = 0, almost flat far out."
    slopes = listed(f"{told(slope)} at {told(z)}" for z, slope in marks.items())
    return f"{text} It is {slopes}." if marks else text


def loss_along_weight(
    values: np.ndarray, losses: np.ndarray, at: Sequence[float], slope: float | None, name: str
) -> str:
    """Tell where the curve is lowest, both ends, where we are, and the slope there."""
    k = int(losses.argmin())
    text = f"The loss along {name}, from {told(losses[0])} at {told(values[0])} to "
    text += f"{told(losses[-1])} at {told(values[-1])}. It is lowest, {told(losses[k])}, at "
    text += f"{told(values[k])}. We are at {told(at[0])}, with the loss {told(at[1])}"
    if slope is not None:
        way = "falls to the right" if slope < 0 else "rises to the right" if slope else "is level"
        text += f"; there the curve {way}, with the slope {told(slope)}"
    return f"{text}."


def nudge_errors(epsilons: np.ndarray, both: Mapping[str, np.ndarray]) -> str:
    """Tell both errors while they are no rounding errors, and whether they rise again."""
    order, text = np.argsort(-epsilons), "The error of the slope over the nudge, both logarithmic."
    for name, errors in both.items():
        seen = [k for k in order if errors[k] >= LEAST]
        fall = next((i for i, k in enumerate(order) if errors[k] < LEAST), len(order))
        ends = [f"{power(errors[k], 1)} at {power(epsilons[k], 1)}" for k in order[:fall]]
        text += f" The {name} error is {listed(ends)}" if ends else f" The {name} error is small"
        if tiny := [power(epsilons[k], 1) for k in order if errors[k] < TINY]:
            text += f", and gets below 10⁻¹¹ at {tiny[0]}"
        text += "; then it rises again" if len(seen) > fall else ""
        text += "."
    return text

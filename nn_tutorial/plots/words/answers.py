"""Answers in words: predictions over time, histograms, shares, digits, and their mistakes."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from ..kit.numerals import plain
from .telling import counted, listed, told

FEW = 12  # values that are told one by one


def predictions_over_time(
    steps: np.ndarray, predictions: np.ndarray, targets: np.ndarray | None, names: Sequence[str]
) -> str:
    """Tell where each line begins and ends, and which lines cross, and when last."""
    tenth = int(np.argmin(np.abs(steps - steps[-1] / 10)))
    shown = range(len(steps)) if len(steps) <= FEW else sorted({0, tenth, len(steps) - 1})
    names, text = names or [f"line {i + 1}" for i in range(predictions.shape[1])], ""
    for i, line in enumerate(predictions.T):
        values = listed(f"{_answer(line[k])} after {steps[k]:,.0f}" for k in shown)
        target = "" if targets is None else f", and should be {told(targets[i])}"
        text += f"The prediction for {names[i]} is {values} training steps{target}. "
    for i, j in combinations(range(len(names)), 2):
        sides = np.sign(predictions[:, i] - predictions[:, j])
        if len(crossed := np.flatnonzero(sides[1:] * sides[:-1] < 0)):
            text += (
                f"{names[i]} and {names[j]} cross, last before step {steps[crossed[-1] + 1]:,.0f}. "
            )
    return text.strip()


def _answer(value: float) -> str:
    """Write points with one decimal, as the notebooks do; smaller numbers are no points."""
    return plain(value, 1) if abs(value) >= 10 else told(value)


def answers_histogram(answers: np.ndarray, marks: Mapping[str, float]) -> str:
    """Tell the range, the middle half, and where the marks lie."""
    low, quarter, middle, three_quarters, high = np.quantile(answers, (0, 0.25, 0.5, 0.75, 1))
    text = (
        f"The answers of {counted(len(answers), 'network')} run from {low:.1f} to {high:.1f} "
        f"points, the middle half from {quarter:.1f} to {three_quarters:.1f}, around {middle:.1f}."
    )
    for name, mark in marks.items():
        text += f" {name}: {mark:.1f}, and {np.mean(answers < mark):.0%} of the answers lie below."
    return text


def success_rates(shares: Mapping[str, float], xlabel: str) -> str:
    """Tell each share, in per cent."""
    bars = listed(f"{name}: {told(round(share, 1))} %" for name, share in shares.items())
    return f"{xlabel[:1].upper()}{xlabel[1:].removesuffix(' (%)')}. {bars}."


def spread_through_layers(lines: Mapping[str, np.ndarray], ylabel: str) -> str:
    """Tell each line in the first, the middle and the last layer; NaN is a zero."""
    depth = max(map(len, lines.values()))
    text = f"The {ylabel} through {counted(depth, 'layer')}."
    for name, spread in lines.items():
        spread, n = np.nan_to_num(spread), len(spread)
        shown = sorted({0, (n - 1) // 2, n - 1})
        text += f" {name}: {listed(f'{told(spread[k])} in layer {k + 1}' for k in shown)}."
    return text


def activation_histograms(
    values: Sequence[np.ndarray], names: Sequence[str], edges: np.ndarray
) -> str:
    """Tell for each panel its spread, and how much lies in the middle and at both ends."""
    low, high = edges[0], edges[-1]
    text = f"Histograms of activations from {told(low)} to {told(high)}."
    for name, v in zip(names, values, strict=True):
        share = np.abs((v - low) / (high - low) - 0.5)  # of the axis, from its middle
        text += f" {name}: standard deviation {told(v.std())}, {np.mean(share < 0.05):.0%} in the "
        text += f"middle tenth of the axis, and {np.mean(share > 0.45):.0%} in the tenth at its two"
        text += " ends."
    return text


def digit_grid(shape: tuple[int, ...], titles: Sequence[str]) -> str:
    """Tell how many images there are, of which size, and what stands above them."""
    n, rows, columns = shape
    text = f"{counted(n, 'handwritten digit')} of {rows} by {columns} pixels"
    return text + (f": {'; '.join(titles)}." if any(titles) else ".")


def digit_with_probabilities(heights: np.ndarray, truth: int | None) -> str:
    """Tell the three largest probabilities, if they can be seen, and that of a known truth."""
    first, *others = np.argsort(-heights, kind="stable")[:3].tolist()
    seen = [f"{heights[k]:.2f} for {k}" for k in others if heights[k] >= 0.005]
    which = "" if truth is None else f" with the label {truth}"
    text = f"A digit{which} and its ten probabilities. The highest, for {first}, is"
    text += f" {heights[first]:.2f}"
    text += f"; then come {listed(seen)}." if seen else "; all others are below 0.01."
    return text + ("" if truth in (first, None) else f" The truth gets {heights[truth]:.2f}.")


def confusion_matrix(counts: np.ndarray, names: Sequence[str]) -> str:
    """Tell how many answers are right, and the most frequent mistakes."""
    total, right = int(counts.sum()), int(np.trace(counts))
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    text = f"{counted(total, 'answer')}: {right:,} on the diagonal, {total - right:,} beside it."
    if most := int(mistakes.max()):
        pairs = np.argwhere(mistakes == most)
        text += f" The most frequent mistake, {counted(most, 'time')}: "
        text += f"{listed(f'{names[i]} read as {names[j]}' for i, j in pairs)}."
    return text


def weight_images(weights: np.ndarray, shape: tuple[int, int]) -> str:
    """Tell the range of the weights, and how many are positive."""
    n, (rows, columns) = weights.shape[1], shape
    return (
        f"The input weights of {counted(n, 'neuron')} as images of {rows} by {columns} pixels, "
        f"from {' to '.join(map(told, (weights.min(), weights.max())))}; "
        f"{np.mean(weights > 0):.0%} are positive."
    )

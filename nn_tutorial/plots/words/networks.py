"""Networks in words: their sizes and numbers, shapes, bends, and what they answer over a plane."""

from collections.abc import Sequence

import numpy as np

from .telling import MOST, counted, heights, listed, point, several, told

Arrays = Sequence[np.ndarray | None]
FEW_SAMPLES = 8


def _layer(k: int, n: int) -> str:
    """Name one of n layers."""
    if k in (0, n - 1):
        return "inputs" if k == 0 else "outputs"
    return "hidden layer" if n == 3 else f"hidden layer {k}"


def _lines(k: int, numbers: np.ndarray, kind: str, n: int, names: Sequence[str]) -> str:
    """Tell the numbers on the lines between two layers, by the neuron that they start from."""
    rows = [
        f"{several(row)} from {(names[i] or f'input {i + 1}') if k == 0 else f'neuron {i + 1}'}"
        for i, row in enumerate(numbers)
    ]
    end = _layer(k + 1, n)
    return f" {kind} on the lines to the {end}: {'; '.join(rows)}."


def network_diagram(
    drawn: Sequence[np.ndarray], slanted: Sequence[bool], values: Arrays, names: tuple, title: str
) -> str:
    """Tell the sizes, how many numbers are negative, and the numbers, where there are few.

    Slanted are the matrices of gradients among those drawn.
    """
    n, (inputs, outputs) = len(drawn) + 1, names
    sizes = [len(drawn[0]), *(W.shape[1] for W in drawn)]
    hidden = [counted(size, "hidden neuron") for size in sizes[1:-1]]
    ends = [counted(sizes[0], "input"), counted(sizes[-1], "output")]
    for k, of in enumerate((inputs, outputs)):
        ends[k] += f" ({', '.join(of)})" if any(of) else ""
    lines, negative = sum(W.size for W in drawn), sum(int((W < 0).sum()) for W in drawn)
    text = f"{title}: " * bool(title) + f"{listed([ends[0], *hidden, ends[1]])}, joined by "
    text += f"{counted(lines, 'line')}. A line is thick where its number is large, dashed where it "
    text += f"is negative: {'all' if negative == lines else negative or 'none'} of the {lines:,}."
    for k, given in enumerate(values):
        if given is not None:
            text += f" In the circles of the {_layer(k, n)}: {several(given)}."
    if lines <= MOST:
        for k, numbers in enumerate(drawn):
            kind = "Gradients" if slanted[k] else "Weights"
            text += _lines(k, numbers, kind, n, inputs)
    if any(s and np.any(d < 0) for s, d in zip(slanted, drawn, strict=True)):
        text += " Where a gradient is negative, a larger weight makes the loss smaller."
    return text


def shapes(factors: Sequence) -> str:
    """Tell each matrix with its shape, and whether the inner sizes agree."""
    signs = {"@": "times", "=": "gives"}
    words = [
        signs.get(f, f) if isinstance(f, str) else f"{f[0]} with shape ({f[1]}, {f[2]})"
        for f in factors
    ]
    text = f"{' '.join(words)}."
    for k in range(1, len(factors) - 1):
        if factors[k] == "@":
            (left, _, columns), (right, rows, _) = factors[k - 1], factors[k + 1]
            if columns == rows:
                text += f" The inner sizes of {left} and {right} agree, and vanish: each entry adds"
                text += f" up {counted(rows, 'product')}."
            else:
                text += f" The inner sizes of {left} and {right}, {columns} and {rows}, differ."
    return text


def sigmoid_curve(marks: dict[float, float]) -> str:
    """Tell the way of the sigmoid, and its value at the marks."""
    text = "The sigmoid climbs from 0 to 1."
    if marks:
        text += f" It is {listed(f'{told(v)} at {told(m)}' for m, v in marks.items())}."
    return text


def sigmoid_with_tangent(z: float, value: float, slope: float, marks: dict[float, float]) -> str:
    """Tell the sigmoid and its slope at one place, and the sigmoid at the marks."""
    steep = "the largest" if slope == 0.25 else f"{slope / 0.25:.0%} of the largest, 0.25"
    climbs, _, rest = sigmoid_curve(marks).partition(".")
    return (
        f"{climbs}. At z = {told(z)} it is {told(value)}, and there its tangent has the slope "
        f"{told(slope)}, {steep}.{rest}"
    )


def decision_boundary(
    first: np.ndarray, second: np.ndarray, outputs: np.ndarray, X: np.ndarray,
    labels: np.ndarray, classes: Sequence[str], title: str,
) -> str:  # fmt: skip
    """Tell the range of the outputs, where they are large, and what the samples get."""
    text = f"{title}: the" if title else "The"
    text += f" output over the plane runs from {told(outputs.min())} to {told(outputs.max())}, and "
    text += f"is above 0.5 on {np.mean(outputs > 0.5):.0%} of it."
    if len(classes) > 2:
        of = [
            counted(int(np.sum(labels == k)), f"sample of class {c}") for k, c in enumerate(classes)
        ]
        return f"{text} {listed(of)}."
    answers = heights(first, second, outputs, X)
    if len(X) <= FEW_SAMPLES:
        each = zip(X, labels, answers, strict=True)
        of = (f"{point(x)}, class {classes[k]}, gets {told(round(a, 3))}" for x, k, a in each)
        text += f" {listed(of)}."
    right = int(np.sum((answers > 0.5) == (labels == 1)))
    return f"{text} {right:,} of {counted(len(X), 'sample')} lie on the side of their class."


def scaling(X: np.ndarray, scaled: np.ndarray, names: Sequence[str], new: Sequence | None) -> str:
    """Tell the largest values, before and after, whether the shape stays, and who is new."""
    largest, now = X.max(axis=0), scaled.max(axis=0)
    same = np.allclose(scaled / now, X / largest)
    text = f"{counted(len(X), 'student')} before and after scaling: {listed(names)}. On paper they "
    text += f"stand in {'the same' if same else 'other'} places. The largest values, "
    text += f"{told(largest[0])} hours studied and {told(largest[1])} hours slept, are now "
    text += f"{several(now)}."
    if new is not None:
        text += f" The newcomer at {point(new[0])}, scaled {several(new[1])}, "
        axes = zip(("studied", "slept"), new[0] > largest, strict=True)
        beyond = [f"hours {name}" for name, is_beyond in axes if is_beyond]
        text += f"lies beyond all others in {listed(beyond)}." if beyond else "lies among them."
    return text

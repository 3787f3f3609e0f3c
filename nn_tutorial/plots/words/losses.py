"""Losses in words: where they begin and end, what they pass, and the way downhill."""

from collections.abc import Mapping, Sequence

import numpy as np

from .telling import counted, heights, listed, point, told


def course(loss: np.ndarray) -> str:
    """Say where a loss begins, where it ends, and how it gets there; shape (n_steps + 1,)."""
    start, end, n = float(loss[0]), float(loss[-1]), len(loss) - 1
    if n == 0:
        return f"it is {told(start)}"
    if start == end:
        text = f"it is {told(start)} at both ends"
    else:
        text = f"it {'falls' if end < start else 'rises'} from {told(start)} to {told(end)}"
    if end < start and n > 1:
        half = int(np.argmax(loss <= (start + end) / 2))
        text += f", and half of the fall is done after {counted(half, 'step')}"
    rising = int(_rises(loss).sum())
    if 0 < rising < n:
        lowest = int(np.argmin(loss))
        text += f"; it rises in {rising:,} of the {n:,} steps"
        text += f", and is lowest after step {lowest:,}, {told(loss[lowest])}" * (lowest < n)
    return text


def _rises(loss: np.ndarray) -> np.ndarray:
    """Say of each step whether the loss rises, by more than a rounding error."""
    return np.diff(loss) > 1e-9 * loss[:-1]


def passing(loss: np.ndarray, baseline: float, rival: str) -> str:
    """Say when a loss is first below its rival's."""
    name, below = f"{rival}, {told(baseline)}", loss < baseline
    if not below.any():
        return f"never below {name}"
    after = int(np.argmax(below))
    text = f"first below {name}, after step {after:,}" if after else f"below {name} from the start"
    return text + ("" if below[-1] else ", but not at the end")


def loss_curves(curves: Mapping[str, np.ndarray], baseline: float | None, rival: str) -> str:
    """Tell each curve, and when it passes the rival."""
    n = max(map(len, curves.values())) - 1
    told_of = [f"The loss over {counted(n, 'step')}, on a linear and on a logarithmic axis."]
    for name, loss in curves.items():
        text = course(loss)
        if baseline is not None:
            text += f". It is {passing(loss, baseline, rival)}"
        told_of.append(f"{name}: {text}." if name else f"{text[0].upper()}{text[1:]}.")
    return " ".join(told_of)


def learning_rates(losses: Mapping[float, np.ndarray], baseline: float | None) -> str:
    """Tell where each learning rate ends, and which are below the rival."""
    ends = {rate: float(loss[-1]) for rate, loss in losses.items()}
    n = max(map(len, losses.values())) - 1
    text = f"The loss over {counted(n, 'step')} for {counted(len(ends), 'learning rate')}. It ends "
    text += f"at {listed(f'{told(end)} for {told(rate)}' for rate, end in ends.items())}. "
    text += f"The smallest is that for {told(min(ends, key=ends.__getitem__))}."
    rising = [told(rate) for rate, loss in losses.items() if np.any(_rises(loss))]
    text += f" On its way it rises now and then for {listed(rising)}." if rising else ""
    if baseline is not None:
        below = [told(rate) for rate, end in ends.items() if end < baseline]
        text += f" Below the rival's loss, {told(baseline)}: {listed(below) if below else 'none'}."
    return text


def train_validation(
    train: np.ndarray, validation: np.ndarray, best: int | None, steps: np.ndarray, unit: str
) -> str:
    """Tell both losses, and how far behind the best moment the end is."""
    lowest, end = int(np.argmin(validation)) if best is None else best, float(validation[-1])
    least, after = float(validation[lowest]), int(steps[-1] - steps[lowest])
    text = (
        f"Until {unit} {steps[-1]:,.0f} the training loss goes from {told(train[0])} to "
        f"{told(train[-1])}, the validation loss from {told(validation[0])} to {told(end)}. "
        f"The validation loss is {'lowest' if least == validation.min() else 'marked'} at {unit} "
        f"{steps[lowest]:,.0f}, {told(least)}"
    )
    if after and least:
        text += f"; {counted(after, unit)} later it is {end / least:.2f} times that"
    return f"{text}."


def loss_over_weights(
    first: np.ndarray, second: np.ndarray, losses: np.ndarray, names: Sequence[str],
    at: Sequence[float] | None, path: np.ndarray | None,
) -> str:  # fmt: skip
    """Tell the map's lowest and highest point, where we are, and the way of a path."""
    places = {}
    for kind, index in (("lowest", losses.argmin()), ("highest", losses.argmax())):
        row, column = np.unravel_index(index, losses.shape)
        here = point((first[column], second[row]))
        places[kind] = f"{kind}, {told(losses[row, column])}, at {here}"
    text = f"The loss over the weights {names[0]} and {names[1]}: {'; '.join(places.values())}."
    if at is not None:
        here = told(heights(first, second, losses, np.array([at]))[0])
        text += f" The diamond, where we are, is at {point(at)}, with the loss {here}."
    return text if path is None else f"{text} {way(path)}"


def way(path: np.ndarray, upto: int | None = None) -> str:
    """Tell where a path of shape (n_steps + 1, 2) is after some steps, and how far it has come."""
    path = path[: None if upto is None else upto + 1]
    n = len(path) - 1
    if n == 0:
        return f"The path begins at {point(path[0])}."
    lengths = np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))
    text = f"The path begins at {point(path[0])}"
    for step in sorted({n // 20, n // 10, n // 2} - {0, n}):
        share = f" ({lengths[step - 1] / lengths[-1]:.0%} of its way)" if lengths[-1] else ""
        text += f", is at {point(path[step])} after {counted(step, 'step')}{share}"
    return f"{text}, and is at {point(path[-1])} after {counted(n, 'step')}."


def descent(path: np.ndarray, losses: np.ndarray, step: int, names: Sequence[str]) -> str:
    """Tell the loss and the place after some steps, and the loss half-way."""
    text = (
        f"The walk of the weights {names[0]} and {names[1]}, as a loss curve and on the map. "
        f"After {counted(step, 'step')} of {len(path) - 1:,} the loss is {told(losses[step])}; "
        f"before the first it was {told(losses[0])}"
    )
    if step > 1:
        text += f", after {counted(step // 2, 'step')} {told(losses[step // 2])}"
    return f"{text}. {way(path, step)}"


def loss_comparison(
    ranked: Sequence[tuple[str, float]], texts: Sequence[str], correct: str | None,
    baseline: float | None, rival: str,
) -> str:  # fmt: skip
    """Tell all losses in order, and how many are below the correct one's, and the rival's."""
    ends = listed(f"{name} {text}" for (name, _), text in zip(ranked, texts, strict=False))
    text = f"The losses of {counted(len(ranked), 'network')}, the smallest first: {ends}."
    marks = {} if baseline is None else {f"{rival}, {texts[-1]}": baseline}
    marks |= {f"{name}'s {told(loss)}": loss for name, loss in ranked if name == correct}
    for name, mark in marks.items():
        text += f" {sum(loss < mark for _, loss in ranked)} of them lie below {name}."
    return text

"""A chain of slopes, and bends that add up, in words."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .telling import counted, listed, told

Texts = Sequence[str]


def chain_of_slopes(
    names: Texts, values: Texts, slopes: Texts, weights: Mapping[int, Texts], blames: Texts
) -> str:
    """Tell the values, the local slopes, the blame as far as it is filled in, and what is empty.

    Numbers are as they are written; a weight is its name, value, slope and blame. An empty blame is
    a place that is not filled in.
    """
    text = f"A chain from {names[0]} to {names[-1]}: "
    text += f"{listed(map(' '.join, zip(names, values, strict=True)))}. Local slopes: "
    links = zip(slopes, names[:-1], names[1:], strict=True)
    steps = [f"{slope} from {start} to {end}" for slope, start, end in links]
    steps += [f"{w[2]} from {w[0]} ({w[1]}) to {names[k]}" for k, w in sorted(weights.items())]
    text += f"{listed(steps)}. Blame, from the right: "
    places = [*zip(names, blames, strict=True)][::-1]
    places += [(weights[k][0], weights[k][3]) for k in sorted(weights, reverse=True)]
    text += f"{listed(f'{name} {blame}' for name, blame in places if blame)}. "
    empty = [name for name, blame in places if not blame]
    return text + (f"Still empty: {listed(empty)}." if empty else "No place is empty.")


def sum_of_bends(
    x: np.ndarray, parts: Mapping[str, np.ndarray], points: np.ndarray, xlabel: str, ylabel: str
) -> str:
    """Tell each part, what the sum is at each point, and the largest miss.

    Numbers are rounded to about a hundredth of what is drawn, as one sees them.
    """
    total = np.sum(list(parts.values()), axis=0)
    drawn = np.ptp(np.concatenate([*parts.values(), total, points[:, 1]]))
    decimals = 2 - int(np.floor(np.log10(drawn))) if drawn else 2

    def seen(value: float) -> str:
        return told(round(float(value), decimals))

    text = f"{counted(len(parts), 'part')} and the sum, as {ylabel} over {xlabel}: "
    text += "; ".join(f"{name} {_course(x, part, seen)}" for name, part in parts.items()) + "."
    reached = points[(points[:, 0] >= x[0]) & (points[:, 0] <= x[-1])]
    met = np.interp(reached[:, 0], x, total)
    if len(reached):
        pairs = zip(met, reached, strict=True)
        of = (f"{seen(m)} at {told(a)} (point: {told(b)})" for m, (a, b) in pairs)
        text += f" The sum is {listed(of)}, and misses by {seen(np.abs(met - reached[:, 1]).max())}"
        text += " at most."
    beyond = [told(a) for a in points[:, 0] if not x[0] <= a <= x[-1]]
    return text + (f" It does not reach the points at {listed(beyond)}." if beyond else "")


def _course(x: np.ndarray, part: np.ndarray, seen: Callable) -> str:
    """Say where a part begins and ends, and how soon it levels off if it only climbs or falls."""
    ends = f"from {seen(part[0])} to {seen(part[-1])}"
    way = (part - part[0]) * np.sign(part[-1] - part[0])
    if not np.any(part != part[0]):
        return f"stays at {seen(part[0])}"
    if way[-1] == 0 or np.any(np.diff(way) < 0):
        return f"goes {ends}, up and down"
    by = told(x[np.argmax(way >= 0.9 * way[-1])])
    return f"{'climbs' if part[-1] > part[0] else 'falls'} {ends}, nine tenths of it by {by}"

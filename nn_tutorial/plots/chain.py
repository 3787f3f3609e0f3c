"""The smallest network as a chain: values go right, blame comes back to the left."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from nn_tutorial.checks import check_count

from .kit.given import at_most, named, numbers, texts, vector
from .kit.numerals import plain
from .kit.style import BLUE, GREY, INK, VERMILLION, new_figure, styled
from .kit.writing import width_of
from .words import chains as words

WIDTH, HEIGHT, MARGIN = 6.0, 3.2, 0.46
NODE, BLAME, WEIGHT = 1.66, 1.05, 2.86  # heights of the three lanes, in inches
RADIUS, TAG, SHADE = 0.3, (0.62, 0.25), "#FBD9B5"
MOST_NODES, MOST_DIGITS = 6, 7  # a page is no wider, and neither is a circle
Place = tuple[float, float]


def _arrow(ax: Axes, start: Place, end: Place, back: bool) -> None:
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>,head_width=2.6,head_length=5", mutation_scale=1,
            shrinkA=0, shrinkB=0, color=VERMILLION if back else BLUE,
            linestyle=(0, (3, 1.5)) if back else "-", linewidth=1.4, zorder=1,
        )
    )  # fmt: skip


def _node(ax: Axes, at: Place, name: str, value: str, square: bool) -> None:
    look = {"facecolor": "white", "edgecolor": INK, "linewidth": 1.3, "zorder": 3}
    if square:
        ax.add_patch(Rectangle((at[0] - RADIUS, at[1] - 0.22), 2 * RADIUS, 0.44, **look))
    else:
        ax.add_patch(Circle(at, RADIUS, **look))
    for text, up, weight in ((name, 0.1, "bold"), (value, -0.1, "normal")):
        ax.text(at[0], at[1] + up, text, ha="center", va="center", fontsize=8.5, weight=weight,
                zorder=4)  # fmt: skip


def _tag(ax: Axes, at: Place, blame: str) -> None:
    """Draw the place for a blame: filled, or empty and dotted."""
    ax.add_patch(
        FancyBboxPatch(
            (at[0] - TAG[0] / 2, at[1] - TAG[1] / 2), *TAG,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=SHADE if blame else "white", edgecolor=INK if blame else GREY,
            linestyle="-" if blame else ":", linewidth=1, zorder=3,
        )
    )  # fmt: skip
    ax.text(*at, blame, ha="center", va="center", fontsize=9, style="italic", zorder=4)


def _write(ax: Axes, at: Place, text: str, ha: str = "center", italic: bool = False) -> None:
    ax.text(*at, text, ha=ha, va="center", fontsize=8.5, style="italic" if italic else "normal")


def _draw_weight(ax: Axes, x: float, name: str, value: str, slope: str, blame: str) -> None:
    _node(ax, (x, WEIGHT), name, value, True)
    low, high = NODE + RADIUS + 0.02, WEIGHT - 0.24
    _arrow(ax, (x - 0.09, high), (x - 0.09, low), False)
    _write(ax, (x - 0.15, (low + high) / 2), slope, "right")
    tag = (x + RADIUS + 0.08 + TAG[0] / 2, WEIGHT)
    _tag(ax, tag, blame)
    if blame:
        _arrow(ax, (x + 0.09, low), (x + 0.09, high), True)
        _write(ax, (x + 0.15, (low + high) / 2), f"× {slope}", "left", True)


def _fits_inside(name: str) -> str:
    """Return a name that has room in a circle; refuse any other."""
    if "\n" in name or width_of(name, 8.5) > 2 * RADIUS - 0.12:
        raise ValueError(f"{name!r} finds no room in a circle: take a name like z1")
    return name


def _checked_weights(weights: Mapping, n: int) -> dict[int, tuple[str, float, float]]:
    checked = {}
    for k, given in named("weights", weights, "position to (name, value, slope)").items():
        if k not in range(1, n - 1):
            raise ValueError(f"weights names position {k!r}, but a weight enters at 1 to {n - 2}")
        if not isinstance(given, tuple | list) or len(given) != 3:
            raise ValueError(f"weights[{k}] must be (name, value, slope), not {given!r}")
        value, slope = numbers(f"weights[{k}]", given[1:], (2,)).tolist()
        checked[k] = (_fits_inside(str(given[0])), value, slope)
    return checked


@styled
def chain_of_slopes(
    names: Sequence[str],
    values: np.ndarray,
    slopes: np.ndarray,
    weights: Mapping[int, tuple[str, float, float]],
    filled: int | None = None,
    decimals: int = 4,
) -> Figure:
    """Draw a chain from an input to the loss, and the blame as it is multiplied on the way back.

    Parameters
    ----------
    names : sequence of str
        What stands in the circles, from the input to the loss; 3 to 6.
    values : ndarray of float, shape (n,)
        The value of each.
    slopes : ndarray of float, shape (n - 1,)
        On each arrow: how fast the next value grows with this one.
    weights : dict of int to (str, float, float)
        Where a weight enters: its name, its value, and how fast the value there grows with it.
    filled : int, optional
        How many of the n - 1 arrows the blame has come back along; by default all.
    decimals : int, default 4
        The largest number of decimals that is written.

    Returns
    -------
    Figure
        Solid arrows carry local slopes forward. Dashed arrows carry blame back: the loss has 1, and
        each arrow multiplies by its slope. Places that are not filled in yet are dotted.

    Raises
    ------
    ValueError
        For more than 6 circles, for slopes of another number, for weights at other places, and for
        names, or numbers of more than 7 digits and signs, that find no room.
    """
    values = vector("values", values)
    n = len(values)
    at_most(n, MOST_NODES, "circles in a row")
    slopes = vector("slopes", slopes, n - 1, "arrows")
    names = [_fits_inside(name) for name in texts("names", names, n, "values")]
    weights = _checked_weights(weights, n)
    filled = n - 1 if filled is None else check_count("filled", filled, 0)
    if filled > n - 1:
        raise ValueError(f"filled is {filled}, but there are {n - 1} arrows")
    blame = np.append(np.cumprod(slopes[::-1])[::-1], 1.0)
    known = n - 1 - filled  # the leftmost circle whose blame is written

    def written(number: float) -> str:
        short = [d for d in range(decimals) if abs(number - round(number, d)) < 1e-12]
        text = plain(number, min(short, default=decimals))
        if len(text) > MOST_DIGITS:
            raise ValueError(f"{text} has more than {MOST_DIGITS} digits and signs, too many")
        return text

    fig = new_figure(WIDTH, HEIGHT, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    ax.axis("off")
    x = np.linspace(MARGIN, WIDTH - MARGIN, n)
    shown, links = [*map(written, values)], [*map(written, slopes)]
    blames = [written(b) if k >= known else "" for k, b in enumerate(blame)]
    entering = {
        k: (name, written(value), written(slope), written(blame[k] * slope) if k >= known else "")
        for k, (name, value, slope) in weights.items()
    }
    for k in range(n):
        _node(ax, (x[k], NODE), names[k], shown[k], False)
        _tag(ax, (x[k], BLAME), blames[k])
        if k in entering:
            _draw_weight(ax, x[k], *entering[k])
    for k in range(n - 1):
        middle = (x[k] + x[k + 1]) / 2
        _arrow(ax, (x[k] + RADIUS, NODE), (x[k + 1] - RADIUS, NODE), False)
        _write(ax, (middle, NODE + 0.26), links[k])
        if k >= known:
            reach = TAG[0] / 2
            _arrow(ax, (x[k + 1] - reach, BLAME), (x[k] + reach, BLAME), True)
            _write(ax, (middle, BLAME - 0.24), f"× {links[k]}", italic=True)
    key = (
        "→ solid: how fast the next value grows with this one (local slope)\n"
        "← dashed, shaded: how fast the loss grows with this one (blame)"
    )
    ax.text(WIDTH / 2, 0.08, key, ha="center", va="bottom", fontsize=9, color=INK)
    fig.alt = words.chain_of_slopes(names, shown, links, entering, blames)
    return fig

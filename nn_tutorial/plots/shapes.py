"""Matrices as boxes in proportion, so that a shape can be seen."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nn_tutorial.checks import check_count

from .kit.given import largest_that_fits, refuse_objects
from .kit.style import BLUE, GREY, INK, VERMILLION, new_figure, styled
from .kit.writing import width_of
from .words import networks as words

Factor = tuple[str, int, int]
MAX_CELLS = 12
LARGEST_CELL = 0.42
SIGN_WIDTH, SIGN_SIZE = 0.5, 16
WIDEST = 5.8
PRODUCT_WIDTH = 0.72
NAME_WIDTH = 0.66


def _slots(factors: Sequence[Factor | str], cell: float) -> list[float]:
    """Give each factor its width in inches: its box's, or more where what is written is wider."""
    return [
        _sign_width(f) if isinstance(f, str) else max(f[2] * cell, _written(f)) for f in factors
    ]


def _sign_width(sign: str) -> float:
    return PRODUCT_WIDTH if sign == "@" else max(SIGN_WIDTH, width_of(sign, SIGN_SIZE) + 0.1)


def _written(factor: Factor) -> float:
    """Return how much room a matrix's name and shape need side by side with others'."""
    name, rows, columns = factor
    width = max(width_of(f"({rows}, {columns})", 11), 1.1 * width_of(name, 11))
    return NAME_WIDTH if width <= NAME_WIDTH else width + 0.08


def _checked(factors: Sequence[Factor | str]) -> list[Factor | str]:
    """Return factors, each a sign or a name with two sizes, that fit into one row."""
    refuse_objects("factors", factors)
    if isinstance(factors, str) or not hasattr(factors, "__len__"):
        raise ValueError(f"factors must be a list of matrices and signs, not {factors!r}")
    checked: list[Factor | str] = []
    for factor in factors:
        if isinstance(factor, str):
            checked.append(factor)
            continue
        if not isinstance(factor, tuple | list) or len(factor) != 3:
            raise ValueError(
                f"factors must give a matrix as (name, rows, columns), not as {factor!r}"
            )
        name, *sizes = factor
        checked.append((str(name), *(check_count(f"a size of {name}", n) for n in sizes)))
    if all(isinstance(f, str) for f in checked):
        raise ValueError("factors must hold at least one matrix, (name, rows, columns)")
    for k, factor in enumerate(checked):
        beside = checked[max(k - 1, 0) : k + 2]
        if factor == "@" and (len(beside) < 3 or any(isinstance(f, str) for f in beside[::2])):
            raise ValueError('"@" must stand between two matrices')
    if sum(_slots(checked, 0.0)) > WIDEST:
        fit = largest_that_fits(len(checked), lambda n: sum(_slots(checked[:n], 0.0)) <= WIDEST)
        raise ValueError(
            f"{len(checked)} matrices and signs are too many, or their names too long, for one "
            f"picture: the first {fit} fit"
        )
    return checked


def _draw_matrix(ax: Axes, x: float, factor: Factor, cell: float) -> None:
    _, rows, columns = factor
    width, height = columns * cell, rows * cell
    ax.add_patch(Rectangle((x, -height / 2), width, height, facecolor="#EDF4FA", edgecolor=INK))
    if max(rows, columns) <= MAX_CELLS:
        for i in range(1, rows):
            ax.plot([x, x + width], [i * cell - height / 2] * 2, color=GREY, lw=0.7, ls="-")
        for j in range(1, columns):
            ax.plot([x + j * cell] * 2, [-height / 2, height / 2], color=GREY, lw=0.7, ls="-")


def _emphasise(ax: Axes, left: tuple[float, Factor], right: tuple[float, Factor], cell: float):
    """Mark the two sides that must agree: the left factor's columns and the right one's rows."""
    (x0, (_, rows0, columns0)), (x1, (_, rows1, _)) = left, right
    agree = columns0 == rows1
    colour, line = (BLUE, "-") if agree else (VERMILLION, (0, (2, 1)))
    top = rows0 * cell / 2
    ax.plot([x0, x0 + columns0 * cell], [top, top], color=colour, lw=4, ls=line)
    ax.plot([x1, x1], [-rows1 * cell / 2, rows1 * cell / 2], color=colour, lw=4, ls=line)
    bold = {"color": colour, "fontweight": "bold", "fontsize": 10}
    ax.text(x0 + columns0 * cell / 2, top + 0.06, str(columns0), ha="center", va="bottom", **bold)
    ax.text(x1 - 0.07, 0, str(rows1), ha="right", va="center", **bold)


@styled
def shapes(factors: Sequence[Factor | str]) -> Figure:
    """Draw a matrix product with boxes in proportion to the shapes.

    Parameters
    ----------
    factors : sequence of (name, rows, columns) or str
        Matrices, and the signs between them, as in
        ``[("X", 3, 2), "@", ("W1", 2, 3), "=", ("Z1", 3, 3)]``.

    Returns
    -------
    Figure
        Around each ``"@"`` the two dimensions that must agree are blue and thick, or dashed
        vermillion if they do not.

    Raises
    ------
    ValueError
        If a factor is neither a sign nor a matrix, a size is no positive whole number, ``"@"`` does
        not stand between two matrices, or all together find no room.
    """
    factors = _checked(factors)
    tallest = max(rows for _, rows, _ in (f for f in factors if not isinstance(f, str)))
    cell = min(LARGEST_CELL, 1.7 / tallest)
    while sum(_slots(factors, cell)) > WIDEST:
        cell *= 0.97
    slots, half = _slots(factors, cell), tallest * cell / 2

    fig = new_figure(6.0, 2 * half + 0.35 + 0.66, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 6), ylim=(-half - 0.66, half + 0.35))
    ax.axis("off")
    x = 3 - sum(slots) / 2
    placed: list[tuple[float, Factor | str]] = []
    for factor, width in zip(factors, slots, strict=True):
        if isinstance(factor, str):
            middle = x + (SIGN_WIDTH if factor == "@" else width) / 2
            ax.text(middle, 0, factor, ha="center", va="center", fontsize=SIGN_SIZE)
            placed.append((x, factor))
        else:
            name, rows, columns = factor
            left = x + (width - columns * cell) / 2
            _draw_matrix(ax, left, factor, cell)
            below = -half - 0.12
            ax.text(x + width / 2, below, name, ha="center", va="top", fontweight="bold")
            ax.text(x + width / 2, below - 0.24, f"({rows}, {columns})", ha="center", va="top")
            placed.append((left, factor))
        x += width
    for k in range(1, len(placed) - 1):
        if placed[k][1] == "@":
            _emphasise(ax, placed[k - 1], placed[k + 1], cell)
    fig.alt = words.shapes(factors)
    return fig

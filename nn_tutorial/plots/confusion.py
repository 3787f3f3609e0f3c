"""Which class is taken for which: all answers counted in one table."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .kit.given import at_most, numbers, texts
from .kit.style import INK, ORANGES, new_figure, styled
from .kit.writing import SMALLEST, fitted, height_of, width_of
from .words import answers as words

RIGHT_TONE = "#E3EEF6"
MAX_CLASSES = 20
SMALL, LARGE = (4.3, 4.0), (6.0, 4.0)  # inches
AROUND = 0.55  # inches beside the cells: the axis's own name, and a margin
GOOD = 8.0  # points, of the counts
LARGEST_FONT, WIDEST_NAME, HIGHEST_NAME = 10.0, 1.5, 1.1


def _checked(counts: np.ndarray) -> np.ndarray:
    """Return counts as whole numbers in a square."""
    table = numbers("counts", counts)
    if table.ndim != 2 or len(set(table.shape)) != 1:
        raise ValueError(
            f"counts has shape {table.shape}, but a row and a column for each class call for "
            "(n_classes, n_classes)"
        )
    at_most(len(table), MAX_CLASSES, "classes")
    if table.min() < 0 or np.any(table != np.round(table)):
        i, j = np.argwhere((table < 0) | (table != np.round(table)))[0].tolist()
        raise ValueError(f"counts holds {table[i, j]:g} at index ({i}, {j}), which is no count")
    return table


def _written(counts: np.ndarray) -> list[str]:
    """Write all counts that are no blank."""
    blank = (counts == 0) & ~np.eye(len(counts), dtype=bool)
    return [f"{count:,.0f}" for count in counts[~blank]]


def _layout(written: list[str], names: list[str]) -> tuple:
    """Choose the page, the size of the counts, and how the names are written on both sides.

    Small square cells if everything fits in them, else a wider page, whose cells are oblong.
    """
    n = len(names)
    widest = max(map(len, written))
    longest = max(written, key=lambda text: (len(text), text))
    cell = (SMALL[1] - AROUND) / n - 0.02
    beside = max(width_of(name, LARGEST_FONT) for name in names)
    small = max(beside, width_of(longest, LARGEST_FONT) * 1.08) < cell * 0.96
    if small and height_of("0", LARGEST_FONT) < cell and max(map(len, names)) <= 8:
        return SMALL, LARGEST_FONT, names, LARGEST_FONT, names, LARGEST_FONT, 0
    for label in (LARGEST_FONT, 9.0, 8.0, SMALLEST):
        found = _oblong(names, longest, label)
        if found[1] >= GOOD:
            break
    if found[1] < SMALLEST:
        raise ValueError(
            f"a count of {widest} characters, {longest}, finds no room in one of {n} x {n} cells: "
            "draw fewer classes, or shorter counts, as in thousands, np.round(counts / 1000)"
        )
    return found


def _oblong(names: list[str], longest: str, label: float) -> tuple:
    """Lay out the wider page, with names in a size of at most `label`."""
    n = len(names)
    left, left_size = fitted(names, WIDEST_NAME, (LARGE[1] - AROUND - 0.2) / n, label)
    beside = max(width_of(name, left_size) for name in left)
    wide = (LARGE[0] - AROUND - 0.15 - beside) / n
    try:
        below, below_size = fitted(names, wide - 0.04, 0.5, label)
        if any("\n" in b and "\n" not in a for a, b in zip(left, below, strict=True)):
            raise ValueError("broken words are worse than turned ones")
        turn, under = 0, max(height_of(name, below_size) for name in below)
    except ValueError:
        below, below_size = fitted(names, HIGHEST_NAME, wide - 0.01, label)
        turn, under = 90, max(width_of(name, below_size) for name in below)
    high = (LARGE[1] - AROUND - 0.15 - under) / n
    size = min(
        LARGEST_FONT, LARGEST_FONT * 0.94 * wide / (1.08 * width_of(longest, LARGEST_FONT)),
        LARGEST_FONT * high / height_of("0", LARGEST_FONT),
    )  # fmt: skip
    return LARGE, size, left, left_size, below, below_size, turn


@styled
def confusion_matrix(counts: np.ndarray, names: Sequence[str] | None = None) -> Figure:
    """Draw how often each class is taken for each.

    Parameters
    ----------
    counts : ndarray of int, shape (n_classes, n_classes)
        Rows are the truth, columns what the network says.
    names : sequence of str, optional
        The classes' names; their indices by default.

    Returns
    -------
    Figure
        The diagonal, where both agree, is pale blue. Mistakes are bold, on orange that is darker
        the more frequent they are. Zeros outside the diagonal stay blank.

    Raises
    ------
    ValueError
        If counts are no whole numbers in a square, for more than 20 classes, and where counts or
        names are too long for their place.
    """
    counts = _checked(counts)
    n = len(counts)
    names = [str(k) for k in range(n)] if names is None else texts("names", names, n, "classes")
    page, size, left, left_size, below, below_size, turn = _layout(_written(counts), names)
    mistakes = np.where(np.eye(n, dtype=bool), 0, counts)
    largest = max(mistakes.max(), 1)
    fig = new_figure(*page)
    ax = fig.add_subplot()
    for (i, j), count in np.ndenumerate(counts):
        right = i == j
        if count == 0 and not right:
            continue
        tone = RIGHT_TONE if right else ORANGES(0.4 + 0.6 * count / largest)
        ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=tone, edgecolor="none"))
        if count:
            ax.text(
                j, i, f"{count:,.0f}", ha="center", va="center", fontsize=size,
                fontweight="normal" if right else "bold",
            )  # fmt: skip
    ax.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), aspect="equal" if page == SMALL else "auto")
    ax.set(xlabel="the network says", ylabel="the truth")
    ax.set_xticks(np.arange(n), below, fontsize=below_size, rotation=turn)
    ax.set_yticks(np.arange(n), left, fontsize=left_size)
    ax.set_xticks(np.arange(n + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(n + 1) - 0.5, minor=True)
    ax.tick_params(which="both", length=0)
    ax.grid(visible=False)
    ax.grid(which="minor", color="#D0D0D0", linewidth=0.6)
    for spine in ax.spines.values():
        spine.set(visible=True, color=INK, linewidth=0.8)
    fig.alt = words.confusion_matrix(counts, names)
    return fig

"""Small grey pictures in rows: digits, and the weights of neurons that look at digits."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from .kit.style import GREY, new_figure, styled

MAX_DIGITS = 40
WIDTH, HEIGHT, MARGIN, GAP = 6.0, 4.0, 0.08, 0.07
LARGEST_PICTURE, LARGEST_CELL, LEAST_WITH_SCALE = 1.0, 1.5, 1.9
LARGEST_FONT, SMALLEST_FONT = 9.5, 7.0
# Lightness falls from end to end, so that the sign shows in grey, too: positive is dark.
TONES = ("#FFF3E0", "#F7C08A", "#B2ABA3", "#3F7CAB", "#062B49")
SIGNED = LinearSegmentedColormap.from_list(
    "signed", list(zip((0, 0.3, 0.5, 0.7, 1), TONES, strict=True))
)


def _font_size(titles: Sequence[str], width: float) -> float:
    """Choose the largest font size, in points, at which every title fits a width, in inches."""
    longest = max((len(line) for text in titles for line in text.split("\n")), default=0)
    return float(np.clip(72 * width / (0.6 * max(longest, 1)), SMALLEST_FONT, LARGEST_FONT))


def _draw_grid(
    pictures: np.ndarray, titles: Sequence[str], columns: int, right: float,
    **look: object,
) -> tuple[Figure, Axes]:  # fmt: skip
    """Draw pictures in rows on one axes measured in inches, with a free strip at the right."""
    columns = max(1, min(columns, len(pictures)))
    rows = -(-len(pictures) // columns)
    room = WIDTH - 2 * MARGIN - right
    lines = max((text.count("\n") + 1 for text in titles if text), default=0)
    size = _font_size(titles, min(room / columns, LARGEST_CELL))
    above = lines * 1.2 * size / 72 + 0.03
    cell = min(room / columns, LARGEST_CELL)
    tall = pictures.shape[1] / pictures.shape[2]
    height = (HEIGHT - 2 * MARGIN) / rows - above - GAP
    width = min(cell - GAP, height / tall, LARGEST_PICTURE)
    step = width * tall + above + GAP
    needed = rows * step + 2 * MARGIN
    total = max(needed, LEAST_WITH_SCALE if right else 0.0)
    down = (total - needed) / 2
    fig = new_figure(WIDTH, total, "none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.axis("off")
    for i, (picture, text) in enumerate(zip(pictures, titles, strict=True)):
        x = MARGIN + room / 2 + cell * (i % columns + 0.5 - columns / 2) - width / 2
        y = total - MARGIN - down - step * (i // columns) - above - width * tall
        place = (x, x + width, y, y + width * tall)
        ax.imshow(picture, extent=place, interpolation="nearest", aspect="auto", **look)
        ax.add_patch(
            Rectangle((x, y), width, width * tall, fill=False, edgecolor=GREY, linewidth=0.6)
        )
        ax.text(
            x + width / 2, place[3] + 0.03, text, ha="center", va="bottom", fontsize=size,
            linespacing=1.1,
        )  # fmt: skip
    ax.set(xlim=(0, WIDTH), ylim=(0, total))
    return fig, ax


@styled
def digit_grid(
    images: np.ndarray,
    titles: Sequence[str] | None = None,
    columns: int = 8,
) -> Figure:
    """Draw handwritten digits in rows, dark on white.

    Parameters
    ----------
    images : ndarray of float, shape (n, 8, 8) or (n, 64)
        1 to 40 pictures, 0 for white to 1 for black.
    titles : sequence of str, optional
        One above each picture, as in "7" or "4, says 9".
    columns : int, default 8
        Pictures in a row.

    Returns
    -------
    Figure
        As high as its rows need.

    Raises
    ------
    ValueError
        If there are no images, or more than 40.
    """
    images = np.asarray(images, dtype=float).reshape(-1, 8, 8)
    if not 1 <= len(images) <= MAX_DIGITS:
        raise ValueError(f"a grid shows 1 to {MAX_DIGITS} digits, not {len(images)}")
    titles = [""] * len(images) if titles is None else [str(text) for text in titles]
    fig, _ = _draw_grid(images, titles, columns, 0.0, cmap="Greys", vmin=0, vmax=1)
    return fig


@styled
def weight_images(
    weights: np.ndarray,
    shape: tuple[int, int] = (8, 8),
    columns: int = 8,
) -> Figure:
    """Draw what each neuron looks at: its incoming weights, arranged as the picture is.

    Parameters
    ----------
    weights : ndarray of float, shape (n_pixels, n_neurons)
        One column a neuron (no unit).
    shape : (int, int), default (8, 8)
        Rows and columns of a picture; their product is n_pixels.
    columns : int, default 8
        Pictures in a row.

    Returns
    -------
    Figure
        One symmetric scale for all pictures: dark blue is positive, grey zero, light orange
        negative. Above each picture stands the column's index, from 0.
    """
    weights = np.asarray(weights, dtype=float)
    pictures = weights.T.reshape(-1, *shape)
    largest = float(np.max(np.abs(weights))) or 1.0
    scale = Normalize(-largest, largest)
    names = [str(k) for k in range(len(pictures))]
    fig, _ = _draw_grid(pictures, names, columns, 0.9, cmap=SIGNED, norm=scale)
    height = fig.get_size_inches()[1]
    place = (5.2 / WIDTH, 0.15 / height, 0.16 / WIDTH, 1 - (0.15 + 0.2) / height)
    bar_axes = fig.add_axes(place, label="<colorbar>")
    ticks = MaxNLocator(5, steps=[1, 2, 5, 10])
    bar = fig.colorbar(ScalarMappable(scale, SIGNED), cax=bar_axes, ticks=ticks)
    bar.set_label("weight (no unit)")
    return fig

"""Small grey pictures in rows: digits, and the weights of neurons that look at digits."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from nn_tutorial.checks import check_count

from .kit.given import at_most, is_empty, largest_that_fits, numbers, texts
from .kit.style import GREY, new_figure, styled
from .kit.writing import LINE, width_of, wrapped
from .pictures import as_pictures
from .words import answers as words

MAX_DIGITS = 40
WIDTH, HEIGHT, MARGIN, GAP = 6.0, 4.0, 0.08, 0.07
LARGEST_PICTURE, LARGEST_CELL, LEAST_WITH_SCALE = 1.0, 1.5, 1.9
LARGEST_FONT, SMALLEST_FONT, MOST_LINES = 9.5, 7.0, 3
SHORT = 12  # characters of a title that is never broken within a word
LEAST_PICTURE, LEAST_SIDE, LEAST_PIXEL, ENOUGH = 0.2, 0.04, 0.01, 0.5  # smaller ones are dots
# Lightness falls from end to end, so that the sign shows in grey, too: positive is dark.
TONES = ("#FFF3E0", "#F7C08A", "#B2ABA3", "#3F7CAB", "#062B49")
SIGNED = LinearSegmentedColormap.from_list(
    "signed", list(zip((0, 0.3, 0.5, 0.7, 1), TONES, strict=True))
)


def _font_size(titles: Sequence[str], width: float) -> float:
    """Choose the largest font size, in points, at which every title fits a width, in inches."""
    longest = max((len(line) for text in titles for line in text.split("\n")), default=0)
    return float(np.clip(72 * width / (0.6 * max(longest, 1)), SMALLEST_FONT, LARGEST_FONT))


def _picture_width(n: int, columns: int, room: float, tall: float, above: float) -> float:
    """Return how wide each of n pictures can be, in inches."""
    rows = -(-n // columns)
    height = (HEIGHT - 2 * MARGIN) / rows - above - GAP
    return min(min(room / columns, LARGEST_CELL) - GAP, height / tall, LARGEST_PICTURE)


def _least(shape: tuple[int, int]) -> float:
    """Return how wide a picture must be at least, in inches.

    The longer side must show its pixels, as far as an eye needs them, and neither may vanish.
    """
    tall = shape[0] / shape[1]
    longer = max(LEAST_PICTURE, min(LEAST_PIXEL * max(shape), ENOUGH))
    return max(longer / max(tall, 1), LEAST_SIDE / min(tall, 1))


def _columns(
    n: int, columns: int, room: float, shape: tuple[int, int], above: float, widest: float
) -> int:
    """Return how many pictures go into a row: more than asked for where they would be dots."""
    tall = shape[0] / shape[1]

    def choose(n: int) -> int | None:
        asked = max(1, min(columns, n))
        for c in range(asked, n + 1):
            fits = _picture_width(n, c, room, tall, above) >= _least(shape)
            if fits and room / c >= widest:
                return c
        return None

    if (found := choose(n)) is None:
        fit = largest_that_fits(n, lambda k: choose(k) is not None)
        at_most(n, fit, f"pictures of {shape[0]} x {shape[1]} pixels")
    return found


def _sizes(
    titles: Sequence[str], n: int, columns: int, room: float, shape: tuple[int, int]
) -> tuple[list[str], float, float, float]:
    """Return the titles in lines, their size in points, their height and the pictures' width.

    Letters shrink before pictures do.
    """
    cell = min(room / columns, LARGEST_CELL)
    size = _font_size(titles, cell)
    while True:
        written = [wrapped(text, cell - 0.02, size, MOST_LINES) for text in titles]
        lines = max((text.count("\n") + 1 for text in written if text), default=0)
        above = lines * LINE * size / 72 + 0.03
        width = _picture_width(n, columns, room, shape[0] / shape[1], above)
        if width >= _least(shape):
            return written, size, above, width
        if size <= SMALLEST_FONT:
            raise ValueError(f"titles of {lines} lines leave no room for {n} pictures")
        size = max(size - 0.5, SMALLEST_FONT)


def _draw_grid(
    pictures: np.ndarray, titles: Sequence[str], columns: int, right: float,
    **look: object,
) -> tuple[Figure, Axes]:  # fmt: skip
    """Draw pictures in rows on one axes measured in inches, with a free strip at the right."""
    n, shape = len(pictures), pictures.shape[1:]
    room = WIDTH - 2 * MARGIN - right
    lines = max((text.count("\n") + 1 for text in titles if text), default=0)
    above = lines * LINE * SMALLEST_FONT / 72 + 0.03
    words = [word for text in titles if len(text) <= SHORT for word in text.split()]
    widest = max((width_of(word, SMALLEST_FONT) for word in words), default=0.0) + 0.03
    columns = _columns(n, columns, room, shape, above, widest)
    rows = -(-n // columns)
    cell = min(room / columns, LARGEST_CELL)
    titles, size, above, width = _sizes(titles, n, columns, room, shape)
    tall = shape[0] / shape[1]
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
    images : ndarray of float, shape (n, rows, columns), or (n, n_pixels) if they are square
        1 to 40 pictures, 0 for white to 1 for black.
    titles : sequence of str, optional
        One above each picture, as in "7" or "4, says 9".
    columns : int, default 8
        Pictures in a row; more where they would otherwise be dots.

    Returns
    -------
    Figure
        As high as its rows need.

    Raises
    ------
    ValueError
        If there are no images, or more than 40, if their pixels are no whole rows and columns, or
        darker than 1, and for another number of titles.
    """
    if is_empty(images):
        raise ValueError(f"a grid shows 1 to {MAX_DIGITS} digits, not 0")
    images = as_pictures("images", images)
    if len(images) > MAX_DIGITS:
        raise ValueError(f"a grid shows 1 to {MAX_DIGITS} digits, not {len(images)}")
    columns = check_count("columns", columns)
    titles = (
        [""] * len(images) if titles is None else texts("titles", titles, len(images), "images")
    )
    fig, _ = _draw_grid(images, titles, columns, 0.0, cmap="Greys", vmin=0, vmax=1)
    fig.alt = words.digit_grid(images.shape, titles)
    return fig


@styled
def weight_images(
    weights: np.ndarray,
    shape: tuple[int, int] = (8, 8),
    columns: int = 8,
    largest: float | None = None,
) -> Figure:
    """Draw what each neuron looks at: its incoming weights, arranged as the picture is.

    Parameters
    ----------
    weights : ndarray of float, shape (n_pixels, n_neurons)
        One column a neuron (no unit).
    shape : (int, int), default (8, 8)
        Rows and columns of a picture; their product is n_pixels.
    columns : int, default 8
        Pictures in a row; more where they would otherwise be dots.
    largest : float, optional
        The end of the scale (no unit); weights beyond it get the colour of the end. By default the
        weight farthest from 0: a single such weight makes all others pale.

    Returns
    -------
    Figure
        One symmetric scale for all pictures: dark blue is positive, grey zero, light orange
        negative. Above each picture stands the column's index, from 0.

    Raises
    ------
    ValueError
        If the weights are not one for each pixel, there are too many neurons, or `largest` is not
        a finite number above 0.
    """
    if largest is not None and not (np.isfinite(largest) and largest > 0):
        raise ValueError(f"largest must be a finite number above 0, but it is {largest!r}")
    weights = numbers(
        "weights", weights, Network="net.weights[0]", Gradients="gradients.weights[0]"
    )
    shape = tuple(
        check_count("each of shape", side) for side in numbers("shape", shape, (2,)).astype(int)
    )
    columns, n_pixels = check_count("columns", columns), math.prod(shape)
    if weights.ndim != 2 or len(weights) != n_pixels:
        hint = f", or shape=({(side := math.isqrt(len(weights)))}, {side})"
        hint = hint if weights.ndim == 2 and side**2 == len(weights) else ""
        hint = ": pass weights.T" if weights.shape[1:] == (n_pixels,) else hint
        raise ValueError(
            f"weights has shape {weights.shape}, but pictures of {shape[0]} x {shape[1]} pixels "
            f"call for ({n_pixels}, n_neurons){hint}"
        )
    pictures = weights.T.reshape(-1, *shape)
    farthest = float(np.max(np.abs(weights))) or 1.0
    largest = farthest if largest is None else float(largest)
    scale = Normalize(-largest, largest)
    names = [str(k) for k in range(len(pictures))]
    fig, _ = _draw_grid(pictures, names, columns, 0.9, cmap=SIGNED, norm=scale)
    height = fig.get_size_inches()[1]
    place = (5.2 / WIDTH, 0.15 / height, 0.16 / WIDTH, 1 - (0.15 + 0.2) / height)
    bar_axes = fig.add_axes(place, label="<colorbar>")
    ticks = MaxNLocator(5, steps=[1, 2, 5, 10])
    bar = fig.colorbar(
        ScalarMappable(scale, SIGNED), cax=bar_axes, ticks=ticks,
        extend="both" if farthest > largest else "neither",
    )  # fmt: skip
    bar.set_label("weight (no unit)")
    fig.alt = words.weight_images(weights, shape)
    return fig

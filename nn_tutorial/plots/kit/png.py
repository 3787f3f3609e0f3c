"""From a figure to the bytes of a small PNG."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from .style import styled

# Fewer shades at the edges of lines: a quarter less to store, and no visible difference.
ANIMATION_COLOURS = 64


@styled
def _pixels(figure: Figure) -> Image.Image:
    if not isinstance(figure, Figure):
        raise ValueError(f"a Figure is wanted, not something of type {type(figure).__name__}")
    # This needs the style, too: fonts are looked up only now.
    figure.canvas.draw()
    # A second layout would move things by a pixel: the same figure would give another picture.
    figure.set_layout_engine("none")
    return Image.fromarray(np.asarray(figure.canvas.buffer_rgba())[..., :3].copy())


def _indexed(pictures: Sequence[Image.Image], size: int = 256) -> list[Image.Image]:
    """Store pictures with one palette of their most frequent colours; others become the nearest.

    Pillow's own quantisation is not used: it turns white into a light grey.
    """
    packed = []
    for picture in pictures:
        red, green, blue = np.moveaxis(np.asarray(picture, dtype=np.uint32), -1, 0)
        packed.append(red << 16 | green << 8 | blue)
    counted = [np.unique(p, return_counts=True) for p in packed]
    colours, place = np.unique(np.concatenate([c for c, _ in counted]), return_inverse=True)
    counts = np.bincount(place, weights=np.concatenate([n for _, n in counted]))
    order = np.argsort(-counts, kind="stable")
    rgb = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.float32)
    palette = rgb[order[:size]]
    squares = np.sum(palette**2, axis=1)
    index_of = np.zeros(1 << 24, dtype=np.uint8)
    for start in range(0, len(colours), 1024):
        some = slice(start, start + 1024)
        # |a - b|² without |a|²: whole numbers below 2²⁴, so exact in float32.
        distance = squares - 2 * rgb[some] @ palette.T
        index_of[colours[some]] = np.argmin(distance, axis=1)
    indexed = [Image.fromarray(index_of[p]) for p in packed]
    for picture in indexed:
        picture.putpalette(palette.astype(np.uint8).tobytes())
    return indexed


def to_png(figure: Figure) -> bytes:
    """Render a figure to the bytes of a PNG: opaque, small, the same every time.

    Parameters
    ----------
    figure : Figure
        From any function of this package.

    Returns
    -------
    bytes
        A PNG with at most 256 colours and no date in it.
    """
    buffer = BytesIO()
    _indexed([_pixels(figure)])[0].save(buffer, format="PNG")
    return buffer.getvalue()


def _copy_layout(model: Figure, figure: Figure) -> None:
    """Put a figure's axes where the model's are: another layout would distract, and cost time."""
    figure.set_layout_engine("none")
    for ax, other in zip(figure.axes, model.axes, strict=True):
        ax.set_position(other.get_position())


def to_quick_png(figure: Figure) -> bytes:
    """Render a figure to the bytes of a PNG: larger than that of ``to_png``, but sooner.

    Parameters
    ----------
    figure : Figure
        From any function of this package.

    Returns
    -------
    bytes
        An opaque PNG.
    """
    buffer = BytesIO()
    _pixels(figure).save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()


def to_animated_png(figures: Sequence[Figure], durations: Sequence[int]) -> bytes:
    """Render figures to the bytes of one animated PNG with one palette, looping forever.

    Parameters
    ----------
    figures : sequence of Figure
        All of the same size, with the same number of axes.
    durations : sequence of int
        How long each is shown, in milliseconds.
    """
    last = _pixels(figures[-1])
    for figure in figures[:-1]:
        _copy_layout(figures[-1], figure)
    first, *rest = _indexed([*map(_pixels, figures[:-1]), last], ANIMATION_COLOURS)
    options = {"save_all": True, "append_images": rest, "duration": list(durations), "loop": 0}
    buffer = BytesIO()
    first.save(buffer, format="PNG", compress_level=9, **options)
    return buffer.getvalue()

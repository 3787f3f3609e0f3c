"""Show a figure in a notebook: one output, with its facts in words."""

import base64
import sys
from collections.abc import Sequence

from matplotlib.figure import Figure

from .png import to_animated_png, to_png

MAX_FRAMES = 60
LAST_FRAME_MILLISECONDS = 2000


def _publish(png: bytes, alt: str) -> None:
    # Imported late: scripts and tests that only draw need no IPython.
    from IPython.display import publish_display_data

    publish_display_data({"image/png": base64.b64encode(png).decode(), "text/plain": alt})
    print(alt)


def _checked(alt: str) -> str:
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError("alt must say in words what the figure shows, but it is empty")
    return alt


def show(fig: Figure, alt: str) -> None:
    """Show a figure in a notebook, with its facts in words as alternative text and caption.

    Parameters
    ----------
    fig : Figure
        The figure; if it is pyplot's, it is closed.
    alt : str
        What the figure shows, computed from the data drawn.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    alt = _checked(alt)
    _publish(to_png(fig), alt)
    # At the end of a cell, pyplot shows its open figures again. Ours are not among them.
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(fig)


def show_animation(frames: Sequence[Figure], alt: str, milliseconds: int = 100) -> None:
    """Show figures one after the other, as one animated PNG that loops forever.

    Parameters
    ----------
    frames : sequence of Figure
        1 to 60 figures of one size.
    alt : str
        What the animation shows, in words.
    milliseconds : int, default 100
        How long each frame is shown; the last one is shown for 2 seconds.

    Raises
    ------
    ValueError
        If `alt` is empty, or there are no frames, or more than 60.
    """
    alt = _checked(alt)
    if not 1 <= len(frames) <= MAX_FRAMES:
        raise ValueError(f"an animation has 1 to {MAX_FRAMES} frames, not {len(frames)}")
    durations = [milliseconds] * (len(frames) - 1) + [LAST_FRAME_MILLISECONDS]
    _publish(to_animated_png(frames, durations), alt)

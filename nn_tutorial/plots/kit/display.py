"""Show a figure in a notebook: one output, with its facts in words."""

import base64
import sys
from collections.abc import Sequence

from matplotlib.figure import Figure

from nn_tutorial.checks import check_count

from .png import to_animated_png, to_png

MAX_FRAMES = 60
LAST_FRAME_MILLISECONDS = 2000


def _publish(png: bytes, alt: str) -> None:
    # Imported late: scripts and tests that only draw need no IPython.
    from IPython.display import publish_display_data

    # What exports a notebook to HTML reads the alternative text from the metadata.
    publish_display_data(
        {"image/png": base64.b64encode(png).decode(), "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
    )
    print(alt)


def _checked(alt: str) -> str:
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError("alt must say in words what the figure shows, but it is empty")
    return alt


def _checked_figure(name: str, figure: object) -> None:
    if not isinstance(figure, Figure):
        raise ValueError(
            f"{name} must be a Figure, as the plot functions return, not something of type "
            f"{type(figure).__name__}"
        )


def show(fig: Figure, alt: str | None = None) -> None:
    """Show a figure in a notebook, with its facts in words as alternative text and caption.

    Parameters
    ----------
    fig : Figure
        The figure; if it is pyplot's, it is closed.
    alt : str, optional
        What the figure shows, computed from the data drawn; by default the figure's own words,
        ``fig.alt``, which most plot functions write.

    Raises
    ------
    ValueError
        If `alt` is empty, if it is missing and the figure has no words of its own, or there is no
        figure.
    """
    if alt is None:
        _checked_figure("fig", fig)
        if not (alt := getattr(fig, "alt", "")):
            raise ValueError(
                'this figure has no words of its own: say what it shows, as in show(fig, alt="…")'
            )
    alt = _checked(alt)
    _checked_figure("fig", fig)
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
        If `alt` is empty, or there are no frames, or more than 60, or they are no figures of one
        size, drawn by one function.
    """
    alt = _checked(alt)
    if not hasattr(frames, "__len__"):
        raise ValueError("frames must be a list of figures")
    if not 1 <= len(frames) <= MAX_FRAMES:
        raise ValueError(f"an animation has 1 to {MAX_FRAMES} frames, not {len(frames)}")
    for k, frame in enumerate(frames):
        _checked_figure(f"frames[{k}]", frame)
        kinds = [(*f.get_size_inches(), len(f.axes)) for f in (frames[0], frame)]
        if kinds[0] != kinds[1]:
            raise ValueError(f"frames[{k}] has another size or other axes than frames[0]")
    milliseconds = check_count("milliseconds", milliseconds)
    durations = [milliseconds] * (len(frames) - 1) + [LAST_FRAME_MILLISECONDS]
    _publish(to_animated_png(frames, durations), alt)

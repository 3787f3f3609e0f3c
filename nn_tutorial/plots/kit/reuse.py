"""Draw into the axes that a figure has already: making axes and ticks takes most of the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure


class ReusableFigure(Figure):
    """A figure that, when drawn again, gives a plot function its own emptied axes, not new ones."""

    waiting: Iterator[Axes] = iter(())
    alt: str = ""  # what the figure shows, in words, where its plot function says it

    def add_subplot(self, *args, **kwargs) -> Axes:
        """Return the next of the emptied axes, or new ones if none are left."""
        return next(self.waiting, None) or super().add_subplot(*args, **kwargs)

    def add_axes(self, *args, **kwargs) -> Axes:
        """Return the next of the emptied axes, or new ones if none are left."""
        return next(self.waiting, None) or super().add_axes(*args, **kwargs)


_in_use: ContextVar[ReusableFigure | None] = ContextVar("_in_use", default=None)


def figure_in_use() -> ReusableFigure | None:
    """Return the figure that is being drawn again, if there is one."""
    return _in_use.get()


def _empty(ax: Axes) -> None:
    # Contour lines go first, because their labels, which are texts, go with them.
    for kind in ("collections", "lines", "patches", "texts", "images"):
        for artist in list(getattr(ax, kind)):
            artist.remove()
    ax.containers.clear()  # of bars; they would pile up
    for place in ("left", "center", "right"):
        ax.set_title("", loc=place)
    for axis in (ax.xaxis, ax.yaxis):
        # Its place beside the widest tick label is kept: finding it takes a tenth of the time.
        axis.set_label_coords(*axis.label.get_position(), transform=axis.label.get_transform())
    ax.relim()
    ax.autoscale()


@contextmanager
def drawn_again(figure: ReusableFigure) -> Iterator[None]:
    """Let the plot function called inside draw into a figure that it drew before.

    Parameters
    ----------
    figure : ReusableFigure
        From an earlier call of the same function, and already rendered. Its axes stay in place.
    """
    if not isinstance(figure, ReusableFigure):
        raise ValueError(f"not a figure of this package, but of type {type(figure).__name__}")
    for ax in figure.axes:
        _empty(ax)
    for legend in list(figure.legends):
        legend.remove()
    figure.waiting = iter(figure.axes)
    token = _in_use.set(figure)
    try:
        yield
    finally:
        figure.waiting = iter(())
        _in_use.reset(token)

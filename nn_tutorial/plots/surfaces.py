"""The loss over two weights, as a map with labelled contour lines."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .kit.contours import draw_contours
from .kit.labels import label_point
from .kit.log_axis import write_plainly
from .kit.style import BLUE, BLUES, GREEN, VERMILLION, new_figure, styled


def _loss_levels(losses: np.ndarray) -> tuple[np.ndarray, bool]:
    """Choose the levels, and whether they are spaced by factors."""
    positive = losses[losses > 0]
    low, high = float(positive.min()), float(positive.max())
    log = high > 100 * low
    levels = MaxNLocator(8, steps=[1, 2, 5, 10]).tick_values(low, high)
    if log:
        decades = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
        levels = np.sort(np.concatenate([decades, 3 * decades]))
    return levels[(levels > low) & (levels < high)], log


def _draw_loss_map(
    ax: Axes, first: np.ndarray, second: np.ndarray, losses: np.ndarray, names: tuple[str, str]
) -> None:
    """Draw the loss over two weights as labelled contour lines."""
    levels, log = _loss_levels(losses)
    draw_contours(ax, first, second, losses, levels, BLUES, log)
    ax.set(xlim=(np.min(first), np.max(first)), ylim=(np.min(second), np.max(second)))
    ax.set(xlabel=f"weight {names[0]} (no unit)", ylabel=f"weight {names[1]} (no unit)")
    ax.set_aspect("equal")  # else a path downhill would not cross the lines at right angles


def _draw_path(ax: Axes, path: np.ndarray, end: str = "end") -> None:
    """Draw the path that training took: hollow at its start, solid at its end."""
    ax.plot(path[:, 0], path[:, 1], color=VERMILLION, linestyle="-", zorder=4)
    across = (path[-1] - path[0]) / (np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim()))
    end = end if np.hypot(*across) > 0.15 else ""  # else it would lie on "start"
    for (x, y), text, face in ((path[-1], end, VERMILLION), (path[0], "start", "white")):
        ax.plot([x], [y], "o", color=VERMILLION, markerfacecolor=face, mew=2, zorder=5)
        label_point(ax, x, y, text, VERMILLION)


@styled
def loss_over_weights(
    first: np.ndarray,
    second: np.ndarray,
    losses: np.ndarray,
    at: tuple[float, float] | None = None,
    path: np.ndarray | None = None,
    names: tuple[str, str] = ("w1", "w2"),
) -> Figure:
    """Draw the loss over two weights as a map with labelled contour lines.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n_first,), (n_second,)
        The weights' values, across and up.
    losses : ndarray of float, shape (n_second, n_first)
        The loss at each pair.
    at : (float, float), optional
        A point to mark.
    path : ndarray of float, shape (n_steps, 2), optional
        The path that training took, first point to last.
    names : (str, str)
        The weights' names.

    Returns
    -------
    Figure
        Dark is a large loss. Lines are spaced by factors where the largest loss is more than 100
        times the smallest.
    """
    losses = np.asarray(losses, dtype=float)
    fig = new_figure(6.0, 4.0)
    ax = fig.add_subplot()
    _draw_loss_map(ax, first, second, losses, names)
    ax.set_title("loss (mean squared error)")
    if path is not None:
        _draw_path(ax, np.asarray(path, dtype=float))
    if at is not None:
        ax.plot([at[0]], [at[1]], "D", color=GREEN, mec="white", linestyle="none", zorder=5)
        ax.set_title("loss (mean squared error); diamond: we are here")
    return fig


@styled
def descent(
    first: np.ndarray,
    second: np.ndarray,
    losses: np.ndarray,
    path: np.ndarray,
    losses_on_path: np.ndarray,
    step: int | None = None,
    names: tuple[str, str] = ("w1", "w2"),
) -> Figure:
    """Draw a walk downhill twice: as a path on the map of the loss, and as a loss curve.

    Parameters
    ----------
    first, second : ndarray of float, shapes (n_first,), (n_second,)
        The weights' values, across and up.
    losses : ndarray of float, shape (n_second, n_first)
        The loss at each pair.
    path : ndarray of float, shape (n_steps + 1, 2)
        Where training was before the first step and after each.
    losses_on_path : ndarray of float, shape (n_steps + 1,)
        The loss there.
    step : int, optional
        The number of steps shown; all by default.
    names : (str, str)
        The weights' names.

    Returns
    -------
    Figure
        Where the path leaves the map, it is cut off.
    """
    losses, path = np.asarray(losses, dtype=float), np.asarray(path, dtype=float)
    n_steps = len(path) - 1
    step = n_steps if step is None else step
    fig = new_figure(6.0, 3.0)
    curve, ax = fig.subplots(1, 2, width_ratios=(1, 1.25))
    # Early steps matter most, but a purely logarithmic axis could not show step 0.
    curve.set_xscale("symlog", linthresh=1, linscale=0.3)
    curve.plot(losses_on_path[: step + 1], color=BLUE, linestyle="-")
    curve.plot([step], [losses_on_path[step]], "o", color=VERMILLION, clip_on=False)
    low, high = float(np.min(losses)), float(np.max(losses))
    ticks = [0, *(10**k for k in range(len(str(n_steps))))]
    curve.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    curve.set(yscale="log", xlim=(0, n_steps), ylim=(low / 2, 2 * high))
    curve.set(xlabel="training steps", ylabel="loss (mean squared error)")
    write_plainly(curve.yaxis)
    curve.minorticks_off()
    _draw_loss_map(ax, first, second, losses, names)
    _draw_path(ax, path[: step + 1], "end" if step == n_steps else "now")
    ax.locator_params(nbins=6, integer=True)
    ax.set_title("the same on the map")
    return fig

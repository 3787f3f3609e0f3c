"""The loss over two weights, as a map with labelled contour lines."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from nn_tutorial.checks import check_count

from .kit.contours import DARKER, draw_contours
from .kit.given import grid, loss_curve, numbers, texts
from .kit.labels import label_point
from .kit.log_axis import write_plainly
from .kit.style import BLUE, BLUES, GREEN, INK, VERMILLION, new_figure, styled
from .kit.writing import wrapped
from .words import losses as words

MOST_DECADES, MOST_STRETCHED = 12, 4
PACE = 10  # steps from dot to dot
DOTS = f"a dot every {PACE} steps"


def _loss_levels(losses: np.ndarray) -> tuple[np.ndarray, bool]:
    """Choose the levels, and whether they are spaced by factors."""
    positive = losses[losses > 0]
    low, high = np.min(positive, initial=np.inf), float(losses.max())
    log = losses.min() >= 0 and high / 100 > low
    if not log:
        low = float(losses.min())
        levels = MaxNLocator(8, steps=[1, 2, 5, 10]).tick_values(low, high)
    else:
        powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
        every = -(-len(powers) // MOST_DECADES)
        decades = 10.0 ** powers[powers % every == 0]
        levels = decades if every > 1 else np.sort(np.concatenate([decades, 3 * decades]))
    return levels[(levels > low) & (levels < high)], log


def _draw_loss_map(
    ax: Axes, first: np.ndarray, second: np.ndarray, losses: np.ndarray, names: tuple[str, str],
    crowded: bool,
) -> str:  # fmt: skip
    """Draw the loss over two weights as labelled contour lines; say what the tones mean."""
    names = [wrapped(name, 1.5, 11, 1) for name in texts("names", names, 2, "weights")]
    levels, log = _loss_levels(losses)
    flat = draw_contours(ax, first, second, losses, levels, BLUES, log, crowded)
    ax.set(xlim=(np.min(first), np.max(first)), ylim=(np.min(second), np.max(second)))
    ax.set(xlabel=f"weight {names[0]} (no unit)", ylabel=f"weight {names[1]} (no unit)")
    # Else a path downhill would not cross the lines at right angles. A map much longer than wide
    # would be a strip, and is stretched.
    spans = np.ptp(first), np.ptp(second)
    ax.set_aspect("equal" if max(spans) <= MOST_STRETCHED * min(spans) else "auto")
    return f":\n{flat}" if flat else f", {DARKER}"


def _place(ax: Axes, box: Bbox) -> np.ndarray:
    """Return a box's corners, in inches from the lower left corner of the axes."""
    return (box.get_points() - ax.get_window_extent().p0) / ax.figure.dpi


def _draw_path(ax: Axes, path: np.ndarray, end: str = "end") -> None:
    """Draw the path that training took: hollow at its start, solid at its end, dots between.

    Its names keep clear of the numbers on the contour lines and of the dots, where there is room.
    """
    ax.plot(path[:, 0], path[:, 1], color=VERMILLION, linestyle="-", zorder=4)
    dots = path[PACE:-1:PACE]
    taken = [_place(ax, text.get_window_extent()) for text in ax.texts]
    taken += [_place(ax, Bbox([dot, dot]).padded(3)) for dot in ax.transData.transform(dots)]
    ax.plot(dots[:, 0], dots[:, 1], "o", color=INK, markersize=3.5, linestyle="none", zorder=5)
    across = (path[-1] - path[0]) / (np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim()))
    end = end if np.hypot(*across) > 0.15 else ""  # else it would lie on "start"
    for (x, y), text, face in ((path[-1], end, VERMILLION), (path[0], "start", "white")):
        ax.plot([x], [y], "o", color=VERMILLION, markerfacecolor=face, mew=2, zorder=5)
        label_point(ax, x, y, text, VERMILLION, taken)


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
        Dark is a large loss, and the title says so. Lines are spaced by factors where the largest
        loss is more than 100 times the smallest; on a map with a path, only the powers of ten are
        labelled then, since the path would hide the others. On the path there is a dot every ten
        steps; where it leaves the map, it is cut off.

    Raises
    ------
    ValueError
        If the shapes do not go together, or the point to mark lies beyond the map.
    """
    first, second, losses = grid(("first", "second", "losses"), first, second, losses)
    path = None if path is None else numbers("path", path, ("n_steps", 2))
    if at is not None:
        at = numbers("at", at, (2,)).tolist()
        if not (first[0] <= at[0] <= first[-1] and second[0] <= at[1] <= second[-1]):
            raise ValueError(f"at must be a point on the map, not ({at[0]:g}, {at[1]:g})")
    fig = new_figure(6.0, 4.0)
    ax = fig.add_subplot()
    said = _draw_loss_map(ax, first, second, losses, names, crowded=path is not None)
    notes = [f"loss (mean squared error){said}"]
    if path is not None:
        _draw_path(ax, path)
        notes.append(DOTS)
    if at is not None:
        ax.plot([at[0]], [at[1]], "D", color=GREEN, mec="white", linestyle="none", zorder=5)
        notes.append("diamond: we are here")
    ax.set_title(";\n".join(notes))
    fig.alt = words.loss_over_weights(first, second, losses, names, at, path)
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
        On the map there is a dot every ten steps. Where the path leaves the map, or its losses, it
        is cut off.

    Raises
    ------
    ValueError
        If the shapes do not go together, if there is no such step, and for losses below zero.
    """
    first, second, losses = grid(("first", "second", "losses"), first, second, losses)
    path = numbers("path", path, ("n_steps + 1", 2))
    losses_on_path = loss_curve("losses_on_path", losses_on_path)
    n_steps = len(path) - 1
    if len(losses_on_path) != n_steps + 1:
        raise ValueError(
            f"losses_on_path has {len(losses_on_path)} entries for {n_steps + 1} points of the path"
        )
    positive = losses[losses > 0]
    if losses.min() < 0 or len(positive) == 0:
        raise ValueError(
            f"losses run from {losses.min():g} to {losses.max():g}, but a logarithmic axis shows "
            "positive ones"
        )
    step = n_steps if step is None else check_count("step", step, 0)
    if step > n_steps:
        raise ValueError(f"step must be at most {n_steps}, not {step}")
    fig = new_figure(6.0, 3.0)
    fig.alt = words.descent(path, losses_on_path, step, names)
    curve, ax = fig.subplots(1, 2, width_ratios=(1, 1.25))
    # Early steps matter most, but a purely logarithmic axis could not show step 0.
    curve.set_xscale("symlog", linthresh=1, linscale=0.3)
    low, high = float(np.min(positive)), float(np.max(losses))
    curve.plot(
        np.where(losses_on_path > 0, losses_on_path, np.nan)[: step + 1], color=BLUE, linestyle="-"
    )
    here = np.clip(losses_on_path[step], low / 2, 2 * high)  # at an end, if beyond it, or 0
    curve.plot([step], [here], "o", color=VERMILLION, clip_on=False)
    ticks = [0, *(10**k for k in range(len(str(n_steps))))]
    curve.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    curve.set(yscale="log", xlim=(0, max(n_steps, 1)), ylim=(low / 2, 2 * high))
    curve.set(xlabel="training steps", ylabel="loss (mean squared error)")
    write_plainly(curve.yaxis)
    curve.minorticks_off()
    said = _draw_loss_map(ax, first, second, losses, names, crowded=True)
    _draw_path(ax, path[: step + 1], "end" if step == n_steps else "now")
    ax.locator_params(nbins=6, integer=True)
    ax.set_title(f"loss{said};\n{DOTS}")
    return fig

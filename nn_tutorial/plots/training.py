"""Losses over the training steps."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nn_tutorial.checks import check_positive

from .kit.given import at_most, dimensions, loss_curve, named
from .kit.labels import HALO, WIDEST, label_ends
from .kit.log_axis import place_on, shown_on_log, write_plainly
from .kit.numerals import significant
from .kit.style import BLUE, GREY, INK, MAX_CURVES, look, new_figure, styled
from .kit.writing import width_of, wrapped
from .words import losses as words

MAX_PANELS, FEW, WIDTH = 9, 10, 6.0
Losses = np.ndarray | Sequence[float] | Mapping[str, np.ndarray]


def _draw_baseline(ax: Axes, value: float, name: str = "") -> None:
    """Draw a rival's loss as a grey dashed line, with its name above it at the right."""
    ax.axhline(value, color=GREY, linestyle=(0, (6, 3)), linewidth=1.5, zorder=1)
    if name:
        ax.text(
            0.98, value, name, transform=ax.get_yaxis_transform(), ha="right", va="bottom",
            fontsize=10, color="#444444", path_effects=HALO,
        )  # fmt: skip


def _named(losses: Losses) -> dict[str, np.ndarray]:
    # A Series is one curve; a dict and a DataFrame are several.
    if isinstance(losses, Mapping) or (dimensions(losses) == 2 and hasattr(losses, "items")):
        given = named("losses", losses, "name to losses")
        return {str(name): loss_curve(f"losses[{name!r}]", loss) for name, loss in given.items()}
    return {"": loss_curve("losses", losses)}


def _draw_losses(ax: Axes, curves: Mapping[str, np.ndarray], log: bool) -> None:
    for i, loss in enumerate(curves.values()):
        colour, line, marker = look(i)
        single = {"marker": marker} if len(loss) == 1 else {}  # a point is no line
        ax.plot(
            np.arange(len(loss)), shown_on_log(loss) if log else loss, color=colour,
            linestyle=line, **single,
        )  # fmt: skip
    ax.set_xlabel("training steps")
    if max(map(len, curves.values())) <= FEW:
        ax.xaxis.get_major_locator().set_params(integer=True)  # there is no half a step
    if max(map(len, curves.values())) == 1:
        ax.set_xticks([0])
    if log:
        ax.set_yscale("log")
        if not any(np.any(loss > 0) for loss in curves.values()):
            ax.text(0.5, 0.5, "every loss is 0", ha="center", transform=ax.transAxes)
            ax.set_ylim(0.1, 1)


@styled
def loss_curves(
    losses: Losses,
    baseline: float | None = None,
    baseline_name: str = "always 89",
) -> Figure:
    """Draw the loss over the training steps, on a linear and on a logarithmic axis.

    Parameters
    ----------
    losses : ndarray of float, shape (n_steps + 1,), or dict of name to ndarray
        The loss before training and after each step.
    baseline : float, optional
        The loss of a rival that knows nothing.
    baseline_name : str, default "always 89"
        The rival's name.

    Returns
    -------
    Figure
        Lines carry their names at the right end.

    Raises
    ------
    ValueError
        For losses that are none, below zero or not finite, a baseline that is not positive, and
        for more than 10 curves.
    """
    curves = _named(losses)
    at_most(len(curves), MAX_CURVES, "curves")
    baseline = None if baseline is None else check_positive("baseline", baseline)
    # Names beside the panels make them narrower.
    beside = max(width_of(wrapped(name, WIDEST, 10), 10) for name in curves)
    room = (WIDTH - 1.7 - beside) / 2
    fig = new_figure(WIDTH)
    panels = fig.subplots(1, 2)
    for ax, log in zip(panels, (False, True), strict=True):
        _draw_losses(ax, curves, log)
        ax.set_title("logarithmic axis" if log else "linear axis")
        if not log:
            ax.set_ylim(bottom=-0.03 * (max(map(np.max, curves.values())) or 1.0))
        if baseline is not None:
            text = f"{baseline_name}: {significant(baseline)}"
            _draw_baseline(ax, baseline, wrapped(text, room, 10, 4) * log)
    panels[0].set_ylabel("loss")
    ax = panels[-1]
    ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
    write_plainly(ax.yaxis)
    label_ends(
        ax,
        [
            (place_on(ax.yaxis, loss[-1]), name, look(i)[0])
            for i, (name, loss) in enumerate(curves.items())
            if name
        ],
    )
    fig.alt = words.loss_curves(curves, baseline, baseline_name)
    return fig


def _rate(rate: float) -> str:
    return f"{rate:,g}" if 1e-4 <= rate < 1e6 else significant(rate)


@styled
def learning_rates(losses: Mapping[float, np.ndarray], baseline: float | None = None) -> Figure:
    """Draw the loss over the training steps, one small panel for each learning rate.

    Parameters
    ----------
    losses : dict of float to ndarray of float, shape (n_steps + 1,)
        Learning rate to losses.
    baseline : float, optional
        The loss of a rival that knows nothing, drawn into each panel.

    Returns
    -------
    Figure
        The panels share their axes, and each says where it ends.

    Raises
    ------
    ValueError
        For losses that are none, below zero, all zero or not finite, a rate or a baseline that is
        not positive, and for more than 9 rates.
    """
    losses = {
        check_positive("a learning rate", rate): loss_curve(f"losses[{rate!r}]", loss)
        for rate, loss in named("losses", losses, "learning rate to losses").items()
    }
    at_most(len(losses), MAX_PANELS, "learning rates")
    baseline = None if baseline is None else check_positive("baseline", baseline)
    columns = min(len(losses), 3 if len(losses) != 4 else 2)
    rows = -(-len(losses) // columns)
    fig = new_figure(6.0, min(4.0, 1.0 + 1.5 * rows))
    panels = np.ravel(fig.subplots(rows, columns, sharex=True, sharey=True, squeeze=False))
    values = np.concatenate([shown_on_log(loss) for loss in losses.values()])
    if np.all(np.isnan(values)):
        raise ValueError("no loss is positive, and a logarithmic axis shows nothing else")
    low, high = np.nanmin(values), np.nanmax(values)
    for ax, (rate, loss) in zip(panels, losses.items(), strict=False):
        single = {"marker": "o"} if len(loss) == 1 else {}  # a point is no line
        ax.plot(np.arange(len(loss)), shown_on_log(loss), color=BLUE, linestyle="-", **single)
        if max(map(len, losses.values())) == 1:
            ax.set_xticks([0])
        # The room above the highest loss is for the words.
        ax.set(yscale="log", ylim=(low / 2, high * 30), title=f"η = {_rate(rate)}")
        write_plainly(ax.yaxis)
        if baseline is not None:
            _draw_baseline(ax, baseline)
        ax.text(
            0.97, 0.97, f"ends at {significant(loss[-1])}", transform=ax.transAxes,
            ha="right", va="top", fontsize=9, color=INK, path_effects=HALO,
        )  # fmt: skip
    for ax in panels[len(losses) :]:
        ax.set_visible(False)
    rival = "" if baseline is None else f" (dashed: the rival's loss, {significant(baseline)})"
    fig.supxlabel(f"training steps{rival}", fontsize=11)
    fig.supylabel("loss", fontsize=11)
    fig.alt = words.learning_rates(losses, baseline)
    return fig

"""Losses over the training steps."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .kit.labels import HALO, label_ends
from .kit.log_axis import shown_on_log, write_plainly
from .kit.numerals import significant
from .kit.style import BLUE, COLOURS, GREY, INK, LINE_STYLES, new_figure, styled

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
    if isinstance(losses, Mapping):
        return {str(name): np.asarray(loss, dtype=float) for name, loss in losses.items()}
    return {"": np.asarray(losses, dtype=float)}


def _draw_losses(ax: Axes, named: Mapping[str, np.ndarray], log: bool) -> None:
    for i, loss in enumerate(named.values()):
        ax.plot(
            np.arange(len(loss)),
            shown_on_log(loss) if log else loss,
            color=COLOURS[i % len(COLOURS)],
            linestyle=LINE_STYLES[i % len(LINE_STYLES)],
        )
    ax.set_xlabel("training steps")
    if log:
        ax.set_yscale("log")


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
    """
    named = _named(losses)
    fig = new_figure()
    panels = fig.subplots(1, 2)
    for ax, log in zip(panels, (False, True), strict=True):
        _draw_losses(ax, named, log)
        ax.set_title("logarithmic axis" if log else "linear axis")
        if not log:
            ax.set_ylim(bottom=-0.03 * max(map(np.nanmax, named.values())))
        if baseline is not None:
            _draw_baseline(ax, baseline, f"{baseline_name}: {significant(baseline)}" * log)
    panels[0].set_ylabel("loss")
    ax = panels[-1]
    ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
    write_plainly(ax.yaxis)
    label_ends(
        ax,
        [
            (loss[-1] if loss[-1] > 0 else ax.get_ylim()[0], name, COLOURS[i % len(COLOURS)])
            for i, (name, loss) in enumerate(named.items())
            if name
        ],
    )
    return fig


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
    """
    columns = min(len(losses), 3 if len(losses) != 4 else 2)
    rows = -(-len(losses) // columns)
    fig = new_figure(6.0, min(4.0, 1.0 + 1.5 * rows))
    panels = np.ravel(fig.subplots(rows, columns, sharex=True, sharey=True, squeeze=False))
    values = np.concatenate([shown_on_log(loss) for loss in losses.values()])
    low, high = np.nanmin(values), np.nanmax(values)
    for ax, (rate, loss) in zip(panels, losses.items(), strict=False):
        ax.plot(np.arange(len(loss)), shown_on_log(loss), color=BLUE, linestyle="-")
        # The room above the highest loss is for the words.
        ax.set(yscale="log", ylim=(low / 2, high * 30), title=f"η = {rate:,g}")
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
    return fig

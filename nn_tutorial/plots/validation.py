"""The loss on the data trained on, beside that on data held back."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nn_tutorial.checks import check_count

from .kit.given import log_limits, loss_curve, vector
from .kit.labels import label_ends
from .kit.log_axis import place_on, shown_on_log, write_plainly
from .kit.style import BLUE, GREEN, GREY, VERMILLION, new_figure, styled
from .words import losses as words


def _mark_best(ax: Axes, step: int, loss: float, unit: str) -> None:
    ax.axvline(step, color=GREY, linestyle=":", linewidth=1.5)
    ax.plot([step], [place_on(ax.yaxis, loss)], "D", color=GREEN, linestyle="none", zorder=5)
    ax.text(
        step, 1.0, f"best validation: {unit} {step:,}", transform=ax.get_xaxis_transform(),
        ha="center", va="bottom", fontsize=10, color=GREEN,
    )  # fmt: skip


@styled
def train_validation(
    train: np.ndarray,
    validation: np.ndarray,
    best: int | None = None,
    steps: np.ndarray | None = None,
    unit: str = "step",
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw the loss on the data trained on, and on data never trained on.

    Parameters
    ----------
    train, validation : ndarray of float, shape (n_measured,)
        Both losses.
    best : int, optional
        The index of the lowest validation loss, to be marked.
    steps : ndarray of int, shape (n_measured,), optional
        The steps after which the losses were measured; 0, 1, 2, … by default.
    unit : {"step", "epoch"}
        What is counted.
    limits : (float, float), optional
        The smallest and the largest loss shown; by default, all are.

    Returns
    -------
    Figure
        An axis is logarithmic where its numbers span a wide range; step 0 has no place there.

    Raises
    ------
    ValueError
        For losses that are none, below zero or not finite, and where losses, steps and `best` do
        not go together.
    """
    train = loss_curve("train", train)
    validation = loss_curve("validation", validation, History="history.validation_loss")
    if len(train) != len(validation):
        raise ValueError(
            f"train has {len(train)} losses and validation {len(validation)}, but both were "
            "measured after the same steps"
        )
    steps = np.arange(len(train)) if steps is None else vector("steps", steps, len(train), "losses")
    if np.any(np.diff(steps) < 0) or steps[0] < 0:
        raise ValueError("steps must not fall, and begin at 0 or later")
    if best is not None and check_count("best", best, 0) >= len(train):
        raise ValueError(f"best must be an index from 0 to {len(train) - 1}, not {best}")
    limits = log_limits("limits", limits)
    fig = new_figure()
    ax = fig.add_subplot()
    both = shown_on_log(np.concatenate([train, validation]) if limits is None else limits)
    positive = both[~np.isnan(both)]
    log_y = len(positive) > 0 and positive.max() / 20 > positive.min()
    log_x = steps[-1] > 500
    ax.set(xscale="log" if log_x else "linear", yscale="log" if log_y else "linear")
    ends = []
    for loss, name, colour, line in (
        (train, "training", BLUE, "-"),
        (validation, "validation", VERMILLION, "--"),
    ):
        first = 1 if log_x and steps[0] == 0 else 0
        shown = shown_on_log(loss) if log_y else loss
        single = {"marker": "o"} if len(shown[first:]) == 1 else {}  # a point is no line
        ax.plot(steps[first:], shown[first:], color=colour, linestyle=line, **single)
        ends.append((loss[-1], name, colour))
    ax.set(xlabel=f"training {unit}s", ylabel="loss", xlim=ax.get_xlim())
    if len(steps) == 1:
        ax.set_xticks(steps)
    ax.set_ylim(limits or ax.get_ylim())
    for axis in (ax.xaxis, ax.yaxis):
        if axis.get_scale() == "log":
            write_plainly(axis)
    if best is not None:
        _mark_best(ax, int(steps[best]), float(validation[best]), unit)
    label_ends(ax, [(place_on(ax.yaxis, loss), name, colour) for loss, name, colour in ends])
    fig.alt = words.train_validation(train, validation, best, steps, unit)
    return fig

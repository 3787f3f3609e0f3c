"""The bug museum: where training ends with each mistake, beside the correct network."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nn_tutorial.checks import check_positive

from .kit.given import at_most, named, numbers
from .kit.log_axis import write_plainly
from .kit.numerals import told_apart
from .kit.style import BLUE, GREEN, INK, new_figure, styled
from .kit.writing import width_of, wrapped
from .words import losses as words

MAX_DOTS = 16
WIDTH, WIDEST = 6.0, 2.2  # inches, of the figure and of a name


def _mark(ax: Axes, marks: Sequence[tuple[float, str, str, object]], width: float) -> None:
    """Draw vertical lines; of two, the left one is labelled left of its top, the other right."""
    low, high = np.log(ax.get_xlim())
    for k, (x, text, colour, line) in enumerate(sorted(marks, key=lambda mark: mark[0])):
        ax.axvline(x, color=colour, linestyle=line, linewidth=1.6, zorder=1)
        place = (np.log(x) - low) / (high - low)
        left = k == 0 if len(marks) > 1 else place > 0.6
        # Above the names to the left, and above the numbers to the right, there is room, too.
        room = place * width + WIDTH - width - 1.0 if left else (1 - place) * width + 0.7
        ax.annotate(
            wrapped(text, room, 10), (x, 1), xycoords=ax.get_xaxis_transform(),
            xytext=(-2 if left else 2, 3), textcoords="offset points",
            ha="right" if left else "left", va="bottom", fontsize=10, color=colour,
        )  # fmt: skip


@styled
def loss_comparison(
    losses: Mapping[str, float],
    baseline: float | None = None,
    correct: str | None = None,
    baseline_name: str = "always 89",
    xlabel: str = "loss after training (mean squared error)",
) -> Figure:
    """Draw where several networks end, as dots on a logarithmic axis, the lowest loss on top.

    Parameters
    ----------
    losses : dict of str to float
        Name to final loss, all positive.
    baseline : float, optional
        The loss of a rival that knows nothing, marked by a line.
    correct : str, optional
        Which name in `losses` is the network without a mistake; it is marked by a line.
    baseline_name : str, default "always 89"
        The rival's name.
    xlabel : str
        What is drawn, with its unit.

    Returns
    -------
    Figure
        Sorted. Each value is written at the right, with three digits or as many as are needed to
        tell it from the others.

    Raises
    ------
    ValueError
        If a loss is not positive and finite, if `correct` is none of the names, or for more than
        16 networks.
    """
    losses = {
        name: float(numbers(f"losses[{name!r}]", loss, (), History="history.loss[-1]"))
        for name, loss in named("losses", losses, "name to final loss").items()
    }
    at_most(len(losses), MAX_DOTS, "networks")
    if correct is not None and correct not in losses:
        raise ValueError(f"correct must be one of {list(losses)}, not {correct!r}")
    if not all(loss > 0 for loss in losses.values()):
        raise ValueError("losses must be positive: a logarithmic axis has no zero")
    baseline = None if baseline is None else check_positive("baseline", baseline)
    ranked = sorted(losses.items(), key=lambda item: item[1])
    values = [loss for _, loss in ranked] + ([] if baseline is None else [baseline])
    texts = told_apart(values, 6)
    low = max(min(values) / 1.7, np.finfo(float).tiny)
    high = min(max(values), np.finfo(float).max / 2) * 1.7
    fig = new_figure(6.0, min(4.0, 1.3 + 0.27 * len(ranked)))
    ax = fig.add_subplot()
    ax.set(xscale="log", xlim=(low, high), ylim=(len(ranked) - 0.4, -0.6))
    ax.set_xlabel(wrapped(xlabel, 3.6, 11))
    write_plainly(ax.xaxis)
    marks: list[tuple[float, str, str, object]] = []
    for place, ((name, loss), text) in enumerate(zip(ranked, texts, strict=False)):
        right = name == correct
        ax.plot([loss], [place], "D" if right else "o", color=GREEN if right else BLUE, zorder=5)
        ax.text(1.02, place, text, transform=ax.get_yaxis_transform(), va="center", fontsize=10)
        if right:
            marks.append((loss, f"{name}: {text}", GREEN, "-"))
    if baseline is not None:
        marks.append((baseline, f"{baseline_name}: {texts[-1]}", INK, (0, (6, 3))))
    names = [wrapped(str(name), WIDEST, 10, 1) for name, _ in ranked]
    _mark(ax, marks, WIDTH - 1.0 - max(width_of(name, 10) for name in names))
    ax.set_yticks(np.arange(len(ranked)), names)
    ax.tick_params(axis="y", length=0)
    fig.alt = words.loss_comparison(ranked, texts, correct, baseline, baseline_name)
    return fig

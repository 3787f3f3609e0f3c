"""The loss along one weight, and how well a nudge measures its slope."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from .kit.given import numbers, vector
from .kit.labels import HALO
from .kit.log_axis import write_plainly
from .kit.numerals import significant
from .kit.style import BLUE, VERMILLION, new_figure, styled
from .kit.writing import wrapped
from .words import maps as words

MOST_DECIMALS = 8


@styled
def loss_along_weight(
    values: np.ndarray,
    losses: np.ndarray,
    at: tuple[float, float],
    slope: float | None = None,
    name: str = "w",
) -> Figure:
    """Draw the loss as one weight is turned and all others stay.

    Parameters
    ----------
    values, losses : ndarray of float, shape (n,)
        The weight's values, and the loss at each.
    at : (float, float)
        The weight and the loss where we are.
    slope : float, optional
        The loss's slope there; its tangent is drawn.
    name : str, default "w"
        The weight's name.

    Returns
    -------
    Figure
        One curve, one point.

    Raises
    ------
    ValueError
        If there are fewer than three values, or not as many losses.
    """
    values = vector("values", values)
    losses = vector("losses", losses, len(values), "values", History="history.loss")
    if len(values) < 3:
        raise ValueError(f"a curve needs at least 3 values, not {len(values)}")
    order = np.argsort(values, kind="stable")
    values, losses = values[order], losses[order]
    at = numbers("at", at, (2,)).tolist()
    slope = None if slope is None else float(numbers("slope", slope, ()))
    name = wrapped(str(name), 2.0, 11, 1)
    fig = new_figure()
    ax = fig.add_subplot()
    ax.plot(values, losses, color=BLUE, linestyle="-")
    ax.margins(x=0.01, y=0.12)
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    ax.set(xlim=(min(left, at[0]), max(right, at[0])), ylim=(min(low, at[1]), max(high, at[1])))
    ax.set_xlabel(f"weight {name} (no unit)")
    ax.set_ylabel("loss (mean squared error)")
    # Tick labels of the same width where possible: a figure that is drawn again keeps its margins.
    decimals = max(3, int(np.ceil(1 - np.log10(np.ptp(losses) or 1))))
    ax.yaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
    if decimals <= MOST_DECIMALS and np.abs(losses).max() < 1e6:
        ax.yaxis.set_major_formatter(f"{{x:.{decimals}f}}")
    else:
        ax.yaxis.set_major_formatter(ScalarFormatter())  # with a common factor or term above
    text = f"{name} = {significant(at[0])}, loss {significant(at[1])}"
    if slope is not None:
        reach = 0.16 * np.ptp(values) * np.array([-1, 1])
        ax.plot(at[0] + reach, at[1] + slope * reach, color=VERMILLION, linestyle="--")
        text += f"\nslope {significant(slope)}"
    ax.plot([at[0]], [at[1]], "o", color=VERMILLION, linestyle="none", zorder=5)
    # The text stands at the top of the third of the axes in which the curve stays lowest.
    third = int(np.argmin([np.max(part) for part in np.array_split(losses, 3)]))
    ax.text(
        (0.02, 0.5, 0.98)[third], 0.98, text, transform=ax.transAxes,
        ha=("left", "center", "right")[third], va="top", color=VERMILLION, path_effects=HALO,
    )  # fmt: skip
    fig.alt = words.loss_along_weight(values, losses, at, slope, name)
    return fig


@styled
def nudge_errors(epsilons: np.ndarray, centred: np.ndarray, one_sided: np.ndarray) -> Figure:
    """Draw how far the slope found by nudging is from the true one, for large and small nudges.

    Parameters
    ----------
    epsilons : ndarray of float, shape (n,)
        The nudges.
    centred, one_sided : ndarray of float, shape (n,)
        The errors of both ways of nudging; a zero is drawn hollow, at the bottom.

    Returns
    -------
    Figure
        Both axes logarithmic, the nudge shrinking from left to right.

    Raises
    ------
    ValueError
        If a nudge is not positive, or there is not one error of each kind for each.
    """
    epsilons = vector("epsilons", epsilons)
    if epsilons.min() <= 0:
        raise ValueError(f"epsilons must be positive, not {epsilons.min():g}")
    n = len(epsilons)
    both = {
        "one-sided": np.abs(vector("one_sided", one_sided, n, "nudges")),
        "centred": np.abs(vector("centred", centred, n, "nudges")),
    }
    everything = np.concatenate(list(both.values()))
    floor = np.min(everything[everything > 0], initial=1.0) / 10
    fig = new_figure()
    ax = fig.add_subplot()
    ax.set(xscale="log", yscale="log", xlabel="nudge ε (smaller to the right)")
    ax.set_ylabel("error of the slope (absolute)")
    for (name, errors), colour, line, marker in zip(
        both.items(), (VERMILLION, BLUE), ("--", "-"), "so", strict=True
    ):
        shown = np.where(errors > 0, errors, floor)
        ax.plot(epsilons, shown, color=colour, linestyle=line, marker=marker, markersize=5)
        zero = errors == 0
        ax.plot(
            epsilons[zero], shown[zero], marker, color=colour, linestyle="none",
            markerfacecolor="white",
        )  # fmt: skip
        # The names stand where the nudge is large, because the lines lie far apart there.
        k = np.argsort(-epsilons)[min(max(2, n // 6), n - 1)]
        above = name == "one-sided"
        ax.annotate(
            name, (epsilons[k], shown[k]), xytext=(9, 5) if above else (-9, -5),
            textcoords="offset points", ha="left" if above else "right",
            va="bottom" if above else "top", color=colour, path_effects=HALO,
        )  # fmt: skip
    ax.invert_xaxis()
    write_plainly(ax.xaxis)
    write_plainly(ax.yaxis)
    fig.alt = words.nudge_errors(epsilons, both)
    return fig

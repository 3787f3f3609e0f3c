"""Which class is taken for which: all answers counted in one table."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .kit.style import INK, ORANGES, new_figure, styled

RIGHT_TONE = "#E3EEF6"


@styled
def confusion_matrix(counts: np.ndarray, names: Sequence[str] | None = None) -> Figure:
    """Draw how often each class is taken for each.

    Parameters
    ----------
    counts : ndarray of int, shape (n_classes, n_classes)
        Rows are the truth, columns what the network says.
    names : sequence of str, optional
        The classes' names; their indices by default.

    Returns
    -------
    Figure
        The diagonal, where both agree, is pale blue. Mistakes are bold, on orange that is darker
        the more frequent they are. Zeros outside the diagonal stay blank.
    """
    counts = np.asarray(counts)
    n = len(counts)
    mistakes = np.where(np.eye(n, dtype=bool), 0, counts)
    largest = max(int(mistakes.max()), 1)
    fig = new_figure(4.3, 4.0)
    ax = fig.add_subplot()
    for (i, j), count in np.ndenumerate(counts):
        right = i == j
        if count == 0 and not right:
            continue
        tone = RIGHT_TONE if right else ORANGES(0.4 + 0.6 * count / largest)
        ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=tone, edgecolor="none"))
        if count:
            ax.text(
                j, i, f"{count:g}", ha="center", va="center", fontsize=10,
                fontweight="normal" if right else "bold",
            )  # fmt: skip
    ax.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), aspect="equal")
    ax.set(xlabel="the network says", ylabel="the truth")
    names = [str(k) for k in range(n)] if names is None else list(names)
    ax.set_xticks(np.arange(n), names)
    ax.set_yticks(np.arange(n), names)
    ax.set_xticks(np.arange(n + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(n + 1) - 0.5, minor=True)
    ax.tick_params(which="both", length=0)
    ax.grid(visible=False)
    ax.grid(which="minor", color="#D0D0D0", linewidth=0.6)
    for spine in ax.spines.values():
        spine.set(visible=True, color=INK, linewidth=0.8)
    return fig

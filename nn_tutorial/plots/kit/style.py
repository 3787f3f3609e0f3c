"""One look for all figures: colours, line styles, and the style file that sets the rest."""

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from .linear_axis import write_factors_plainly
from .reuse import ReusableFigure, figure_in_use

STYLE_FILE = Path(__file__).with_name("nn_tutorial.mplstyle")

# After Okabe and Ito: colour-blind readers can tell them apart. Each has its own line style, which
# tells them apart in grey.
BLUE, VERMILLION, GREEN, PURPLE, INK = "#0072B2", "#D55E00", "#009E73", "#AA4488", "#222222"
GREY = "#777777"
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, INK)
LINE_STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
MARKERS = ("o", "s", "^", "D", "v")
# From the sixth curve on the colours come again, with lines and markers of their own.
MORE_LINE_STYLES = (
    (0, (10, 3)), (0, (2, 4)), (0, (8, 1.5, 2.5, 1.5)), (0, (1, 4)), (0, (4, 1.5, 4, 1.5, 1, 1.5)),
)  # fmt: skip
MORE_MARKERS = ("P", "X", "<", "p", ">")
MAX_CURVES = len(LINE_STYLES + MORE_LINE_STYLES)

PALE_BLUE, PALE_ORANGE = "#7FB4D8", "#E99A5B"  # of areas
# Every shade is light enough for dark text on it, and their order is the same in grey.
BLUES = LinearSegmentedColormap.from_list("blues", ["#FFFFFF", "#CFE3F1", PALE_BLUE])
ORANGES = LinearSegmentedColormap.from_list("oranges", ["#FFFFFF", "#FBD9B5", PALE_ORANGE])


def look(k: int) -> tuple[str, object, str]:
    """Return the colour, the line style and the marker of curve k, counted from 0."""
    lines, markers = LINE_STYLES + MORE_LINE_STYLES, MARKERS + MORE_MARKERS
    return COLOURS[k % len(COLOURS)], lines[k], markers[k]


P = ParamSpec("P")
R = TypeVar("R")


@cache
def _settings() -> dict[str, object]:
    return dict(mpl.rc_params_from_file(STYLE_FILE, use_default_template=False))


def styled(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function under the series' style, whatever the reader's own settings are.

    Parameters
    ----------
    function : callable
        Draws or renders a figure.

    Returns
    -------
    callable
        The same function; the reader's settings are back when it returns.
    """

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with style.context(_settings(), after_reset=True):
            result = function(*args, **kwargs)
            if isinstance(result, Figure):
                write_factors_plainly(result)
            return result

    return wrapper


def new_figure(
    width: float = 6.0, height: float = 3.6, layout: str = "constrained"
) -> ReusableFigure:
    """Make an empty figure that pyplot does not know of, or take the one that is drawn again.

    Parameters
    ----------
    width, height : float
        In inches, at 100 dots an inch.
    layout : str, default "constrained"
        Makes room for labels beside the axes; "none" for a drawing without axes.

    Returns
    -------
    ReusableFigure
        With a canvas of its own, so that it can be rendered at any time.
    """
    if (figure := figure_in_use()) is not None:
        return figure
    figure = ReusableFigure(figsize=(width, height), layout=layout)
    FigureCanvasAgg(figure)
    return figure

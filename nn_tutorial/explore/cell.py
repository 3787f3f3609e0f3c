"""An Explore cell: controls, a picture that follows them, and its facts in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from threading import RLock

from ipywidgets import HTML, FloatSlider, Image, IntSlider, SelectionSlider, VBox, Widget
from matplotlib.figure import Figure

from nn_tutorial.plots import drawn_again, to_quick_png
from nn_tutorial.plots.kit.numerals import plain

# JupyterLab may hand on two moves in two threads, and neither figures nor matplotlib's settings are
# made for that. One picture at a time, of all cells; a move that waits is drawn as it then is.
ONE_AT_A_TIME = RLock()
WIDTH = "600px"  # as wide as the pictures
LOOK = {"style": {"description_width": "13em"}, "layout": {"width": WIDTH}}


def slider(label: str, value: float, low: float, high: float, step: float = 1, **look) -> Widget:
    """Return a slider for whole numbers if the step is an int, else for decimals."""
    kind = {"min": low, "max": high, "step": step, "description": label, **(look or LOOK)}
    if isinstance(step, int):
        return IntSlider(value, **kind)
    return FloatSlider(value, readout_format=".1f", **kind)


def choice(label: str, options: Iterable, value: object) -> SelectionSlider:
    """Return a slider that chooses one of a few options, which may be (name, value) pairs."""
    return SelectionSlider(options=list(options), value=value, description=label, **LOOK)


def listed(numbers: Iterable[float], decimals: int) -> str:
    """Write numbers alike: 0.72, 0.67 and −0.68."""
    *most, last = (plain(float(number), decimals) for number in numbers)
    return f"{', '.join(most)} and {last}" if most else last


class Cell(VBox):
    """Controls, a picture that follows them, and its facts in words.

    Where widgets cannot be shown, in print or before the notebook has run, it is these words.

    Parameters
    ----------
    draw : callable
        Gets the controls' values by name, and returns a Figure, from one call of one plot
        function, and what it shows in words.
    controls : dict of str to Widget
        Whatever moves the picture: widgets with a value.
    arranged : sequence of Widget, optional
        What stands above the picture, if not the controls below each other.
    """

    def __init__(
        self,
        draw: Callable[..., tuple[Figure, str]],
        controls: Mapping[str, Widget],
        arranged: Sequence[Widget] = (),
    ):
        self.draw, self.controls = draw, controls
        self.figure, self.words = None, ""
        # In its own size: a stretched one would be blurred.
        self.picture = Image(format="png", layout={"align_self": "flex-start"})
        self.below = HTML()
        super().__init__([*(arranged or controls.values()), self.picture, self.below])
        for control in controls.values():
            control.observe(lambda change: self.redraw(), "value")
        self.redraw()

    def redraw(self) -> None:
        """Draw the picture and write the words anew."""
        with ONE_AT_A_TIME:
            self._redraw()

    def _redraw(self) -> None:
        values = {name: control.value for name, control in self.controls.items()}
        if self.figure is None:
            self.figure, self.words = self.draw(**values)
        else:
            with drawn_again(self.figure):
                self.words = self.draw(**values)[1]
        self.picture.value = to_quick_png(self.figure)
        # A status message, so that a screen reader may say it when it changes.
        look = f"max-width: {WIDTH}; line-height: 1.5"
        self.below.value = f'<p role="status" style="{look}">{escape(self.words)}</p>'

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = f"Run this cell to move the controls. At the start: {self.words}"
        return bundle

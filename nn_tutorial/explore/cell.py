"""An Explore cell: controls, a picture that follows them, and its facts in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import anywidget
import traitlets
from matplotlib.figure import Figure

from nn_tutorial.plots import drawn_again, to_quick_png
from nn_tutorial.plots.kit.numerals import plain

from .controls import Control, Pixels

# JupyterLab may hand on two moves in two threads, and neither figures nor matplotlib's settings are
# made for that. One picture at a time, of all cells; a move that waits is drawn as it then is.
ONE_AT_A_TIME = RLock()
HERE = Path(__file__).parent


def listed(numbers: Iterable[float], decimals: int) -> str:
    """Write numbers alike: 0.72, 0.67 and −0.68."""
    *most, last = (plain(float(number), decimals) for number in numbers)
    return f"{', '.join(most)} and {last}" if most else last


class Cell(anywidget.AnyWidget):
    """Controls, a picture that follows them, and its facts in words.

    Where widgets cannot be shown, in print or before the notebook has run, it is these words.

    The page keeps each control's value under ``move_…`` and changes it there; many moves in a short
    time arrive as one, the newest. Back come picture and words, and in ``shown`` the values that
    they belong to. ``drawings`` counts: when it changes, all of this is there.

    Parameters
    ----------
    draw : callable
        Gets the controls' values by name, and returns a Figure, from one call of one plot
        function, and what it shows in words.
    controls : dict of str to Control or Pixels
        Whatever moves the picture.

    Attributes
    ----------
    draw, controls
        As given.
    figure : Figure
        The picture.
    words : str
        What it shows.
    """

    _esm = HERE / "cell.js"
    _css = HERE / "cell.css"

    described = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    drawings = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        draw: Callable[..., tuple[Figure, str]],
        controls: Mapping[str, Control | Pixels],
    ):
        self.draw, self.controls, self.figure = draw, dict(controls), None
        self._busy = False  # taking over or telling: what changes then is known
        moves = {f"move_{name}": control.wire for name, control in self.controls.items()}
        self.add_traits(**{move: traitlets.Any().tag(sync=True) for move in moves})
        super().__init__(
            described={name: control.describe() for name, control in self.controls.items()}, **moves
        )
        for control in self.controls.values():
            control.watch(self._moved)
        self.observe(lambda change: self._take_over(), list(moves))
        self.redraw()

    def _moved(self) -> None:
        with ONE_AT_A_TIME:
            if not self._busy:
                self.redraw()

    def _take_over(self) -> None:
        """Take over what the page has set, of one control or several, and draw once."""
        with ONE_AT_A_TIME:
            if self._busy:
                return
            with self._alone():
                for name, control in self.controls.items():
                    control.wire = getattr(self, f"move_{name}")
                self._tell(self.controls)  # if one could not be set, the page learns it
            if self._wires() != self.shown:
                self.redraw()

    def redraw(self) -> None:
        """Draw the picture, write the words, and tell the page what both belong to."""
        with ONE_AT_A_TIME:
            values = {name: control.value for name, control in self.controls.items()}
            if self.figure is None:
                self.figure, words = self.draw(**values)
            else:
                with drawn_again(self.figure):
                    words = self.draw(**values)[1]
            picture = to_quick_png(self.figure)
            with self.hold_sync(), self._alone():
                # Of the others the page may have set a value that waits to be taken over.
                self._tell(n for n, wire in self._wires().items() if wire != self.shown.get(n))
                self.picture, self.words, self.shown = picture, words, self._wires()
                self.drawings += 1

    def _wires(self) -> dict:
        return {name: control.wire for name, control in self.controls.items()}

    def _tell(self, names: Iterable[str]) -> None:
        for name in names:
            setattr(self, f"move_{name}", self.controls[name].wire)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        # Without widgets, and in print, a cell is its words.
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data["text/plain"] = f"Run this cell to move the controls. At the start: {self.words}"
        return data, metadata

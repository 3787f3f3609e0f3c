"""The controls of an Explore cell: what each moves, what it can be set to, how that is written."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from nn_tutorial.plots.kit.numerals import plain

N_PIXELS = 64
WHITE = (0.0,) * N_PIXELS


class Watched:
    """Something that tells when its value has changed."""

    def __init__(self):
        self._watchers: list[Callable[[], None]] = []

    def watch(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` after each change, in the order in which it was asked for."""
        self._watchers.append(changed)

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()


class Control(Watched):
    """A value that a reader chooses from a row of settings.

    Parameters
    ----------
    label : str
        What it moves, in words.
    settings : iterable
        All values it can take, in order.
    value : object
        One of the settings: where it stands at first. Set it, and the cell is drawn anew.
    texts : sequence of str
        How each setting is written for people, without its unit.
    unit : str, optional
        Behind each text: ``h`` for ``"4.0 h"``.
    kind : "slider" or "choice"
        A slider if the settings have an order, a list to choose from if they have none.
    group : str, optional
        A heading that controls next to each other share. Their labels continue it.
    plays : bool, default False
        Whether the settings follow each other as the frames of a film do.
    """

    def __init__(
        self,
        label: str,
        settings: Iterable,
        value: Any,
        texts: Sequence[str],
        unit: str = "",
        kind: str = "slider",
        group: str = "",
        plays: bool = False,
    ):
        super().__init__()
        self.label, self.unit, self.kind = label, unit, kind
        self.group, self.plays = group, plays
        self.settings = tuple(settings)
        self.texts = tuple(f"{text} {unit}".rstrip() for text in texts)
        self._position = self._find(value)

    @property
    def value(self) -> Any:
        """The setting that is chosen."""
        return self.settings[self._position]

    @value.setter
    def value(self, value: Any) -> None:
        position = self._find(value)
        if position != self._position:
            self._position = position
            self._tell()

    @property
    def wire(self) -> int:
        """What the page keeps of the value: the place of the setting."""
        return self._position

    @wire.setter
    def wire(self, position: int) -> None:
        self.value = self.settings[position]

    def text(self, value: Any) -> str:
        """Write one of the settings for people: ``"4.0 h"``, ``"−1.0"``, ``"tanh"``.

        Raises
        ------
        ValueError
            If it is none of the settings.
        """
        return self.texts[self._find(value)]

    def describe(self) -> dict:
        """Return what the page must know to show this control."""
        names = ("kind", "label", "group", "plays", "texts")
        return {name: getattr(self, name) for name in names}

    def _find(self, value: Any) -> int:
        for position, setting in enumerate(self.settings):
            # The settings of a slider are rounded, so 3 · 0.1 is found as 0.3.
            if setting == value or (_is_number(setting, value) and abs(setting - value) < 1e-9):
                return position
        raise ValueError(
            f"{self.label!r} can't be {value!r}, only one of {len(self.settings)} settings from "
            f"{self.texts[0]} to {self.texts[-1]}"
        )


def _is_number(*values: Any) -> bool:
    return all(isinstance(value, int | float | np.number) for value in values)


class Pixels(Watched):
    """A field of 8×8 pixels, to paint or to flip.

    Parameters
    ----------
    label : str
        What it is, in words.
    undo : str
        On the button that sets all pixels back to 0.
    value : sequence of float, length 64
        0 to 1 for each pixel, row by row. Set it, and the cell is drawn anew.
    under : sequence of float, length 64
        The ink below, from 0 for white to 1 for black: white to paint on, or an image. The page
        shows the difference, so that a value of 1 turns black into white, too.

    Attributes
    ----------
    value : tuple of float, length 64
    settings : None
        There are too many to list.
    """

    kind, settings, unit, group, plays = "pixels", None, "", "", False

    def __init__(
        self,
        label: str,
        undo: str,
        value: Sequence[float] = WHITE,
        under: Sequence[float] = WHITE,
    ):
        super().__init__()
        self.label, self.undo = label, undo
        self._value, self._under = _pixels(value), _pixels(under)

    @property
    def value(self) -> tuple[float, ...]:
        """0 to 1 for each pixel."""
        return self._value

    @value.setter
    def value(self, value: Sequence[float]) -> None:
        value = _pixels(value)
        if value != self._value:
            self._value = value
            self._tell()

    def lay_over(self, under: Sequence[float]) -> None:
        """Begin anew over another image, and tell nobody."""
        self._value, self._under = WHITE, _pixels(under)

    @property
    def wire(self) -> dict:
        """What the page keeps of the value."""
        return {"value": list(self._value), "under": list(self._under)}

    @wire.setter
    def wire(self, wire: dict) -> None:
        if wire["under"] == list(self._under):  # else it was meant for an image that is gone
            self.value = wire["value"]

    def text(self, value: Sequence[float]) -> str:
        """Write for people how many pixels are not 0."""
        return f"{np.count_nonzero(_pixels(value))} of {N_PIXELS}"

    def describe(self) -> dict:
        """Return what the page must know to show this control."""
        return {"kind": self.kind, "label": self.label, "undo": self.undo}


def _pixels(value: Sequence[float]) -> tuple[float, ...]:
    pixels = np.asarray(value, dtype=float)
    if pixels.shape != (N_PIXELS,) or not np.all((pixels >= 0) & (pixels <= 1)):
        raise ValueError(f"{N_PIXELS} numbers from 0 to 1 are needed, and here is {value!r:.60}")
    return tuple(pixels.tolist())


def slider(
    label: str, value: float, low: float, high: float, step: float = 1, **more: Any
) -> Control:
    """Return a slider for whole numbers if the step is an int, else for decimals.

    Parameters
    ----------
    label : str
        What it moves, in words.
    value, low, high, step : float
        Where it stands at first, its ends, and how far apart its settings lie, in its unit.
    **more
        For ``Control``: unit, group, plays.
    """
    count = round((high - low) / step) + 1
    if isinstance(step, int):
        settings = [int(low) + step * k for k in range(count)]
        texts = [plain(setting, 0) for setting in settings]
    else:
        settings = [round(float(low) + step * k, 9) for k in range(count)]
        texts = [plain(setting, 1) for setting in settings]
    return Control(label, settings, value, texts, **more)


def steps(label: str, settings: Iterable, value: Any, **more: Any) -> Control:
    """Return a slider over numbers that may be unequally far apart; ``more`` as in ``slider``."""
    settings = list(settings)
    return Control(label, settings, value, [f"{s:g}".replace("-", "−") for s in settings], **more)


def choice(label: str, options: Iterable, value: Any, **more: Any) -> Control:
    """Return a list of options without an order, which may be (name, value) pairs."""
    pairs = [option if isinstance(option, tuple) else (str(option), option) for option in options]
    names, settings = zip(*pairs, strict=True)
    return Control(label, settings, value, names, kind="choice", **more)

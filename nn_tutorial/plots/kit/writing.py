"""How much room a text takes, and texts that are made to fit: in lines, or in smaller letters."""

from collections.abc import Iterable
from functools import cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

SMALLEST = 7.0  # points; smaller letters can't be read
LINE = 1.2  # of the font size, from one line to the next
SPARE = 1.03  # the width of a text does not grow exactly with the size of its letters
MEASURED = 20


@cache
def _inches(line: str) -> float:
    """Return the width of one line in inches, for each point of the font size."""
    font = FontProperties(family="DejaVu Sans", size=MEASURED)
    width, _, _ = RendererAgg(1, 1, 100).get_text_width_height_descent(line, font, False)
    return SPARE * width / 100 / MEASURED


def width_of(text: str, size: float) -> float:
    """Return the width of a text of one or several lines, in inches."""
    return size * max(map(_inches, text.split("\n")))


def height_of(text: str, size: float) -> float:
    """Return the height of a text of one or several lines, in inches."""
    return LINE * size / 72 * (text.count("\n") + 1)


def wrapped(text: str, inches: float, size: float, most_lines: int = 3) -> str:
    """Break a text into lines that are no wider than asked for.

    Lines end at spaces; a longer word is broken after a sign, else anywhere.

    Raises
    ------
    ValueError
        If that takes more lines than there may be.
    """
    lines = [line for part in text.split("\n") for line in _lines(part, inches / size)]
    if len(lines) > max(most_lines, text.count("\n") + 1):
        short = text if len(text) <= 40 else f"{text[:37]}…"
        fit = max(int(len(text) * most_lines * inches / size / max(_inches(text), 1e-9)), 1)
        raise ValueError(
            f"{short!r} has {len(text)} characters, too many for its place in the picture: about "
            f"{fit} fit"
        )
    return "\n".join(lines)


def fitted(
    names: Iterable[str], inches: float, height: float, largest: float, smallest: float = SMALLEST
) -> tuple[list[str], float]:
    """Return names in lines, and the largest font size at which each fits its room.

    Raises
    ------
    ValueError
        If a name does not fit even in the smallest letters.
    """
    names, size = list(names), largest
    while True:
        most_lines = int(height / (LINE * size / 72) + 1e-9)
        try:
            if most_lines == 0 and size > smallest:
                raise ValueError("not even one line fits")
            return [wrapped(name, inches, size, max(most_lines, 1)) for name in names], size
        except ValueError:
            if size <= smallest:
                raise
            size = max(size - 0.5, smallest)


def _lines(text: str, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if _inches(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while _inches(word) > width and len(word) > 1:
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line]


def _head(word: str, width: float) -> str:
    """Return the beginning of a word that fits a width, up to a sign where there is one."""
    n = 1
    while n < len(word) - 1 and _inches(word[: n + 1]) <= width:
        n += 1
    signs = [k + 1 for k, letter in enumerate(word[:n]) if letter in "_/-.,:" and k > 0]
    return word[: signs[-1]] if signs else word[:n]

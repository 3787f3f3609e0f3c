"""What the reader is told, as plain text and as a quiet box: the same words in both."""

import html
import re
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_tutorial.exercises.compare import as_array

RIGHT, NOT_YET, YOUR_TURN = "Right.", "Not yet.", "Your turn."
# Readable beside white and beside black; the words say the same.
COLOURS = {RIGHT: "#2e8b57", NOT_YET: "#c8641e", YOUR_TURN: "#808080"}
BOX = "border-left: 4px solid {}; padding: 0.1em 1em; margin: 0.3em 0"
BLOCK = "margin: 0.2em 0 0.2em 1.5em; background: none; color: inherit; font-family: monospace"


@dataclass(frozen=True)
class Feedback:
    """What a check found.

    Attributes
    ----------
    passed : bool
        Whether the answer is right.
    mistake : str or None
        The name of the known mistake that the answer makes; of several, in its parts, all names
        with ", and " between them.
    message : str
        Each line is a paragraph, and the first begins with "Right.", "Not yet." or "Your turn.".
        Indented lines show arguments and results.
    """

    passed: bool
    mistake: str | None
    message: str

    def __repr__(self):
        return as_text(self.message)

    def _repr_html_(self):
        word = next(word for word in COLOURS if self.message.startswith(word))
        return as_box(self.message, word, COLOURS[word])


def as_text(message: str) -> str:
    """Return the message with its paragraphs wrapped; indented lines stay as they are."""
    lines = message.split("\n")
    return "\n".join(
        line if line.startswith(" ") else textwrap.fill(line, 88, break_on_hyphens=False)
        for line in lines
    )


def as_box(message: str, opening: str, colour: str) -> str:
    """Return the message as HTML beside a line of this colour, its opening words in bold."""
    parts = []
    for block in re.findall(r"(?: .*(?:\n .*)*)|[^\n]+", message):
        text = html.escape(textwrap.dedent(block))
        if block.startswith(" "):
            parts.append(f'<pre style="{BLOCK}">{text}</pre>')
        else:
            text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
            parts.append(f'<p style="margin: 0.3em 0">{text}</p>')
    body = "\n".join(parts).replace(opening, f"<strong>{opening}</strong>", 1)
    return f'<div style="{BOX.format(colour)}">\n{body}\n</div>'


def shown(value: Any, name: str = "", digits: int = 4) -> str:
    """Return an indented block with the value to so many digits, and its shape if it has one."""
    if isinstance(value, tuple | list) and any(map(_has_parts, value)):
        whole = f"{name}, " if name else ""
        return "\n".join(
            shown(part, f"{whole}part {count}", digits) for count, part in enumerate(value, start=1)
        )
    array = as_array(value)
    if array is None or array.dtype.kind not in "biuf":
        text = textwrap.shorten(_as_text(value), 200)
    else:
        text = np.array2string(array, precision=digits, threshold=40, edgeitems=2)
    shape = f"shape {array.shape}" if array is not None and array.ndim else ""
    label = ", ".join(filter(None, (name, shape)))
    between = ":\n" if "\n" in text else ": "
    return textwrap.indent(f"{label}{between if label else ''}{text}", "  ")


def _as_text(value):
    try:
        return repr(value)
    except Exception:
        return f"something of type {type(value).__name__}, which cannot be shown"


def _has_parts(value):
    array = as_array(value)
    return array is None or array.ndim > 0

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
    known : str
        What of the message a notebook folds, because it stands above the check already.
    """

    passed: bool
    mistake: str | None
    message: str
    known: str = ""

    def __repr__(self):
        return as_text(self.message)

    def _repr_html_(self):
        word = next(word for word in COLOURS if self.message.startswith(word))
        return as_box(self.message, word, COLOURS[word], self.known)


def as_text(message: str) -> str:
    """Return the message with its paragraphs wrapped; indented lines stay as they are."""
    lines = message.split("\n")
    return "\n".join(
        line if line.startswith(" ") else textwrap.fill(line, 88, break_on_hyphens=False)
        for line in lines
    )


def as_box(message: str, opening: str, colour: str, known: str = "") -> str:
    """Return the message as HTML beside a line of this colour, its opening words in bold.

    The part of it that is ``known`` is folded.
    """
    before, _, behind = message.partition(known) if known else (message, "", "")
    body = "\n".join(filter(None, (_as_html(before), _folded(known), _as_html(behind))))
    body = body.replace(opening, f"<strong>{opening}</strong>", 1)
    return f'<div style="{BOX.format(colour)}">\n{body}\n</div>'


def _folded(known):
    """Return HTML that shows the first word, and the rest when it is opened."""
    title, _, rest = known.partition(" ")
    return f"<details><summary>{title}</summary>\n{_as_html(rest)}\n</details>" if known else ""


def _as_html(message):
    """Return paragraphs, and blocks of the lines that are indented."""
    parts = []
    for block in re.findall(r"(?: .*(?:\n .*)*)|[^\n]+", message):
        text = html.escape(textwrap.dedent(block))
        if block.startswith(" "):
            parts.append(f'<pre style="{BLOCK}">{text}</pre>')
        else:
            text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
            parts.append(f'<p style="margin: 0.3em 0">{text}</p>')
    return "\n".join(parts)


def shown(value: Any, name: str = "", digits: int = 4) -> str:
    """Return an indented block with the value to so many digits, and its shape if it has one."""
    if isinstance(value, tuple | list) and any(map(_has_parts, value)):
        whole = f"{name}, " if name else ""
        return "\n".join(
            shown(part, f"{whole}part {count}", digits) for count, part in enumerate(value, start=1)
        )
    array = as_array(value)
    if array is None or array.dtype.kind not in "biuf":
        text = textwrap.shorten(_repr_of(value), 200)
    else:
        text = np.array2string(array, precision=digits, threshold=40, edgeitems=2)
    shape = f"shape {array.shape}" if array is not None and array.ndim else ""
    label = ", ".join(filter(None, (name, shape)))
    between = ":\n" if "\n" in text else ": "
    return textwrap.indent(f"{label}{between if label else ''}{text}", "  ")


def _repr_of(value):
    try:
        return repr(value)
    except Exception:
        return f"something of type {type(value).__name__}, which cannot be shown"


def _has_parts(value):
    array = as_array(value)
    return array is None or array.ndim > 0

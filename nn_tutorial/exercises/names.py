"""Numbers that a student's name decides, the same on every machine, so that classmates cannot copy.

The streams of a Generator may change with a release of NumPy. SeedSequence may not, so a name is
turned into a few words by it, and each word picks from a menu.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

PLACEHOLDER = "your name"  # stands in the students' notebooks until they write their own


def pick(menus: Mapping[str, Sequence], student: str) -> dict[str, Any]:
    """Return one value of each menu, as the name decides.

    A menu that is added at the end leaves what the others pick as it is.

    Parameters
    ----------
    menus : mapping of str to sequence
        Each not empty.
    student : str
        Spaces around it, upper and lower case, and the way that accents are encoded don't matter.

    Raises
    ------
    ValueError
        If the name is empty, or not a text.
    """
    if not isinstance(student, str) or not student.strip():
        raise ValueError(
            f'this exercise has numbers of your own: pass student="your name", not {student!r}'
        )
    words = np.random.SeedSequence(list(as_picked(student).encode("utf-8"))).generate_state(
        len(menus)
    )
    return {
        key: menu[int(word) % len(menu)]
        for (key, menu), word in zip(menus.items(), words, strict=True)
    }


def as_picked(student: str) -> str:
    """Return the name as it decides: accents in one form, no spaces around, all small letters."""
    return unicodedata.normalize("NFC", student).strip().casefold()

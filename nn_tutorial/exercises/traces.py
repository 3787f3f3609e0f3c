"""What an answer may change outside of itself, and what is put back after it."""

import builtins
import math
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numpy as np

PACKAGE = __name__.partition(".")[0]


def modules() -> list[ModuleType]:
    """Return the modules whose names an answer might give to something else."""
    ours = [m for name, m in sys.modules.items() if name.partition(".")[0] == PACKAGE]
    return [builtins, math, random, np, np.linalg, np.random, *filter(None, ours)]


@contextmanager
def put_back() -> Iterator[None]:
    """Put back names of NumPy, of Python and of this package, and settings that all code shares.

    These are the state of NumPy's and Python's common generators, how arrays are printed, and the
    limit of recursion. Files, the working directory and the reader's own variables stay as they
    are left.
    """
    before = [(module.__dict__, module.__dict__.copy()) for module in modules()]
    state = np.random.get_state()  # noqa: NPY002  (an answer may use it, and others may, too)
    python_state, limit = random.getstate(), sys.getrecursionlimit()
    options = np.get_printoptions()
    try:
        yield
    finally:
        for names, original in before:  # with no builtin, since these are what may be replaced
            for name, thing in original.items():
                if names.get(name) is not thing:
                    names[name] = thing
        np.random.set_state(state)  # noqa: NPY002
        random.setstate(python_state)
        sys.setrecursionlimit(limit)
        np.set_printoptions(**options)

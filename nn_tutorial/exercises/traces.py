"""What an answer may change outside of itself, and what is put back after it."""

import builtins
import math
import operator
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType

import numpy as np

from nn_tutorial import activations, losses, network


@lru_cache(maxsize=1)
def modules() -> tuple[ModuleType, ...]:
    """Return the modules whose names an answer might give to something else."""
    room = __name__.removesuffix("traces")
    ours = [
        m for name, m in sys.modules.items() if name.startswith(room) and ".chapter" not in name
    ]
    return (builtins, math, random, np, np.linalg, np.random, activations, losses, network, *ours)


def unchanged(names: dict, original: dict, every=all, each=map, same=operator.is_) -> bool:
    """Return whether all original names are there.

    The defaults are builtins as they were at the start: an answer may have replaced them.
    """
    return every(each(same, each(names.get, original), original.values()))


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
        for names, original in before:
            if unchanged(names, original):
                continue
            for name, thing in original.items():
                if names.get(name) is not thing:
                    names[name] = thing
        np.random.set_state(state)  # noqa: NPY002
        random.setstate(python_state)
        sys.setrecursionlimit(limit)
        np.set_printoptions(**options)

"""Move every input of a notebook by a tiny part of itself, and see what is near an edge.

A kernel imports this at its start, for ``matrix.py --nudge``. Inputs are the package's data, the
numbers that a generator draws, the arrays that a cell types, and the fractions to which it gives a
name. Some are moved up, some down: a common factor would cancel where a chapter scales. A 1 is
moved down, since it is often the largest number that is allowed. A 0 stays, and so does an array
of nothing but zeros and ones: these are labels.
"""

import ast
import functools

import numpy as np

import nn_tutorial
from nn_tutorial import data

MAKERS = ("exam_scores", "xor", "digits", "made_up_weights", "recovered_start")
DRAWS = ("normal", "standard_normal", "random", "uniform")


def moved(value, size):
    """Return the value, its float64 numbers moved by the relative size; anything else as it is."""
    if isinstance(value, float | np.ndarray) and np.asarray(value).dtype == np.float64:
        if np.isin(value, (0, 1)).all():
            return value
        down = (np.arange(np.size(value)) % 3 == 1).reshape(np.shape(value)) | (value == 1)
        signs = np.where(down, -1, 1)
        result = value * (1 + size * signs)
        return result if isinstance(value, np.ndarray) else float(result)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(moved(part, size) for part in value))
    return [moved(part, size) for part in value] if isinstance(value, list) else value


def moving(function, size):
    """Return the function with what it returns moved."""
    return functools.wraps(function)(lambda *args, **more: moved(function(*args, **more), size))


class Typed(ast.NodeTransformer):
    """Calls ``_moved`` on each array that a cell types, and on each fraction that it names."""

    def visit_Call(self, node):
        self.generic_visit(node)
        typed = ast.unparse(node.func) == "np.array" and self._typed(node.args[0]) is not None
        return self._call(node) if typed else node

    def visit_Assign(self, node):
        self.generic_visit(node)
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        if all(isinstance(self._typed(part), int | float) for part in parts):
            parts = [self._call(part) for part in parts]
            node.value = ast.Tuple(parts, ast.Load()) if len(parts) > 1 else parts[0]
        return node

    @staticmethod
    def _typed(node):
        """Return the value of what is typed as numbers; None for what is computed."""
        try:
            return ast.literal_eval(node)
        except (ValueError, SyntaxError):
            return None

    @staticmethod
    def _call(node):
        return ast.Call(ast.Name("_moved", ast.Load()), [node], [])


def begin(shell, size):
    """Move all inputs from now on, in an IPython shell."""
    draw = np.random.default_rng
    methods = {name: moving(getattr(np.random.Generator, name), size) for name in DRAWS}
    generator = type("Generator", (np.random.Generator,), methods)

    def default_rng(seed=None):
        return seed if isinstance(seed, generator) else generator(draw(seed).bit_generator)

    np.random.default_rng = default_rng
    for name in MAKERS:
        maker = moving(getattr(data, name), size)
        for module in (data, nn_tutorial):
            if hasattr(module, name):
                setattr(module, name, maker)
    shell.user_ns["_moved"] = lambda value: moved(value, size)
    shell.ast_transformers.append(Typed())

"""Somebody's step, called carefully: copies go in, shapes are looked at, and it may not go on."""

import random
import re
from collections.abc import Callable

import numpy as np

from nn_tutorial.budget import OutOfBudget, call_within_budget

NAMES = {2: ("W1", "W2"), 3: ("W1", "b1", "W2"), 4: ("W1", "b1", "W2", "b2")}


class Failed(Exception):  # noqa: N818, what the program did, not a fault of ours
    """The program gave no new parameters: what it did instead is the text."""


class Program:
    """A step with what is known of the way it is called.

    Parameters
    ----------
    step : callable
        ``step(X, y, params, rate)`` returns the new params.
    names : tuple of str
        The parameters, in the order in which the step takes and returns them.
    columns : bool
        Samples are columns: every array is handed over and taken back transposed.
    """

    def __init__(self, step: Callable, names: tuple[str, ...], columns: bool):
        self.step, self.names, self.columns = step, names, columns
        self.tolerance, self.noise = 1e-9, 1e-12

    def __call__(self, X, y, params: dict, rate: float) -> dict:
        """Return the new parameters by name, (1, H) and (1, C) biases, samples as rows.

        Raises
        ------
        Failed
            If the step raises, never ends, or returns something other than its parameters.
        """
        turn = np.transpose if self.columns else np.asarray
        given = [turn(params[name]).copy() for name in self.names]
        returned = _quiet_call(self.step, (turn(X).copy(), turn(y).copy(), given, rate))
        if not isinstance(returned, list | tuple) or len(returned) != len(self.names):
            raise Failed(
                f"it should return {len(self.names)} arrays, {', '.join(self.names)}, "
                f"and returned {_described(returned)}"
            )
        new = {}
        for name, value in zip(self.names, returned, strict=True):
            new[name] = _shared(self._read(name, value, params[name].shape), params[name])
        return new

    def _read(self, name, value, shape):
        try:
            array = np.asarray(value)
        except Exception:
            raise Failed(f"its {name} is not an array") from None
        if array.dtype.kind not in "biuf":
            raise Failed(f"its {name} is not an array of numbers, but {_described(value)}")
        if array.dtype == np.float32:
            self.tolerance, self.noise = 1e-3, 1e-6
        array = array.astype(float)
        if self.columns:
            array = array.T
        if array.ndim == 1 and array.size == np.prod(shape):
            array = array.reshape(shape)
        if array.ndim != 2 or (array.shape != shape and not name.startswith("b")):
            raise Failed(f"its {name} has shape {array.shape}, and should keep {shape}")
        if not np.isfinite(array).all():
            raise Failed(f"its {name} has values that are not finite")
        return array


def _shared(new, given):
    """Return a bias that comes back as one number for all units as the shift of its first one."""
    one = new.shape[0] == 1 and new.size and (new == new[0, 0]).all()
    if len(given) == 1 and given.size > 1 and one and not (given == given[0, 0]).all():
        return given + (new[0, 0] - given[0, 0])
    return new


def _quiet_call(step, arguments):
    """Call the step within the budget; chance begins at one place, and is put back."""
    numpy_state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)
    try:
        with np.errstate(all="ignore"):
            return call_within_budget(step, arguments)
    except OutOfBudget:
        raise Failed("it was stopped after a million steps; does a loop never end?") from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit, too
        text = _in_words(" ".join(str(error).split())[:200])
        raise Failed(f"it raised {type(error).__name__}: {text}") from error
    finally:
        np.random.set_state(numpy_state)  # noqa: NPY002
        random.setstate(python_state)


def _in_words(text):
    """Return what NumPy says of shapes, said shorter."""
    inner = re.search(r"size (\d+) is different from (\d+)", text)
    if inner:
        return f"a product of arrays whose inner sizes are {inner[2]} and {inner[1]}"
    shapes = re.search(r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))", text)
    return f"the shapes {shapes[1]} and {shapes[2]} do not go together" if shapes else text


def _described(value):
    if value is None:
        return "None: is the `return` forgotten"
    if isinstance(value, list | tuple):
        return f"{len(value)} of them"
    if isinstance(value, np.ndarray):
        return f"one array of shape {value.shape}"
    return f"a {type(value).__name__}"

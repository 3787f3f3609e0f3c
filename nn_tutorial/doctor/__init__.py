"""What is wrong with somebody else's network? One step of it is taken apart, as a black box.

``diagnose`` puts small random problems to a step of descent, and finds out of which pieces it is
put together. Where things are:

- ``program``: the step, called carefully; ``problems``: what is put to it
- ``pieces``: the slopes, products and sums that programs use, right ones and others
- ``recipe``: a whole step of such pieces; ``following``: what the parameters are after it
- ``search``: the recipe that gives the program's answers, from ``one_sample`` and ``several``;
  ``measuring``: which factor explains what a sample does
- ``naming``, ``faults``: the recipe in words; ``diagnosis``: what the reader is told
"""

from collections.abc import Callable

import numpy as np

from nn_tutorial.doctor.diagnosis import Diagnosis, describe
from nn_tutorial.doctor.faults import Fault
from nn_tutorial.doctor.pieces import BENDS
from nn_tutorial.doctor.program import NAMES, Program
from nn_tutorial.doctor.search import USUAL_HIDDEN, Search

__all__ = ["Diagnosis", "Fault", "diagnose"]


def diagnose(
    step: Callable,
    *,
    layout: str | None = None,
    activations: tuple[str, str] | None = None,
    sizes: dict[str, int] | None = None,
    columns: bool = False,
) -> Diagnosis:
    """Say whether a step of gradient descent is right, and if not, what is wrong with it.

    The step is a network's with one hidden layer. It is called some thirty to two hundred times
    with small random arrays, within an event budget; that is no sandbox, so give it only programs
    that you would run. Only what a step does to the parameters is seen: not the data, not the loss
    that is printed, not how often the step is repeated. The same step always gets the same
    diagnosis.

    Parameters
    ----------
    step : callable
        ``step(X, y, params, rate)`` returns new params after one pass over the rows. X (N, D) and
        y (N, C) are float64, params a list of float64 arrays, rate a float.
    layout : str, optional
        "W1, W2", "W1, b1, W2" or "W1, b1, W2, b2", with W1 (D, H), b1 (1, H), W2 (H, C), b2 (1, C).
        By default the first of these that the step accepts.
    activations : pair of str, optional
        Of the hidden layer and the output: "sigmoid", "tanh", "relu", "linear", "softmax" (output
        only), "bipolar" (2 σ(z) - 1), "tanh1716" (LeCun's scaled tanh). By default all are tried.
    sizes : dict, optional
        Sizes that the program has built in, such as ``{"D": 3, "C": 1}``; the others are varied.
    columns : bool
        Samples are columns: all arrays are transposed, X is (D, N), W1 (H, D), b1 (H, 1).

    Returns
    -------
    Diagnosis

    Raises
    ------
    TypeError
        If the step can't be called.
    ValueError
        For another layout, activation or size.

    Notes
    -----
    A network in a class is wrapped in a few lines: set its weights, let it train once, read them::

        def step(X, y, params, rate):
            network = TheirNetwork(X.shape[1], params[0].shape[1], y.shape[1])
            network.weights1, network.weights2 = (W.copy() for W in params)
            network.train(X, y, learning_rate=rate, epochs=1)
            return [network.weights1, network.weights2]

    How a slope is measured without trusting any derivation: Goodfellow et al., "Deep Learning"
    (2016), section 11.5. That loss curves do not show such faults is chapter 15.
    """
    if not callable(step):
        raise TypeError(f"step is not a function, but a {type(step).__name__}")
    layouts = [_layout(layout)] if layout is not None else list(NAMES.values())
    chosen = _activations(activations)
    fixed = _sizes(sizes)
    with np.errstate(all="ignore"):
        for names in layouts:
            program = Program(step, names, columns)
            found = Search(program, fixed, chosen).run()
            if found.sizes is not None or (found.failure or "").startswith("it should return"):
                break
        return describe(found, program)


def _layout(text):
    names = tuple(text.replace(",", " ").split())
    if names not in NAMES.values():
        known = ", ".join(f'"{", ".join(known)}"' for known in NAMES.values())
        raise ValueError(f"layout is {text!r}, and should be one of {known}")
    return names


def _activations(pair):
    if pair is None:
        return None
    hidden, output = pair
    known = ", ".join(BENDS)
    if hidden not in USUAL_HIDDEN or output not in BENDS:
        raise ValueError(f"activations are {pair!r}; known are {known}, the last only as output")
    return hidden, output


def _sizes(sizes):
    sizes = dict(sizes or {})
    for key, value in sizes.items():
        if key not in ("N", "D", "H", "C"):
            raise ValueError(f"sizes has the key {key!r}, and knows N, D, H and C")
        if not isinstance(value, int | np.integer) or value < 1:
            raise ValueError(f"sizes[{key!r}] is {value!r}, and should be a positive whole number")
    return sizes

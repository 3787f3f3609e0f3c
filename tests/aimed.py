"""Interrupts that come exactly where they are aimed at: before the n-th line, or bytecode."""

import gc
import sys
from functools import partial

import numpy as np
from trained import data, network, parameters

from nn_tutorial import train, training
from nn_tutorial.fast import loop


def in_finalizer(frame):
    while frame and frame.f_code.co_name != "__del__":
        frame = frame.f_back
    return frame is not None


def interrupt(function, n, *, bytecodes=False, only=""):
    """Call function with a KeyboardInterrupt before its n-th line; return whether it came so far.

    Every function counts that runs meanwhile and is written in Python, or those in files whose
    path holds ``only``; but no ``__del__``, from which no exception gets out. An interrupt that
    comes but is lost, because somebody caught it, is an error. Signals can come at fewer places:
    where the interpreter looks for them.
    """
    count, kind = 0, "opcode" if bytecodes else "line"

    def trace(frame, event, _):
        nonlocal count
        if only not in frame.f_code.co_filename or (event == "call" and in_finalizer(frame)):
            return None
        frame.f_trace_opcodes = bytecodes
        if event == kind:
            count += 1
            if count == n:
                raise KeyboardInterrupt
        return trace

    before, collecting = sys.gettrace(), gc.isenabled()
    gc.disable()  # an interrupt in what is called back by it would be reported and lost
    sys.settrace(trace)
    try:
        function()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
        if collecting:
            gc.enable()
    assert count < n, f"the interrupt before {kind} {n} was lost"
    return False


def outcome(attempt, deliver):
    """Train as ``net, call = attempt()`` says, by ``deliver(call)``, which interrupts and tells so.

    Return whether the interrupt came, the network, and whether all was right: the network holds,
    bit for bit, what the loop's last update left, and NumPy warns as before.
    """
    settings, descents, (net, call) = np.geterr(), [], attempt()
    before = [a.copy() for a in parameters(net)]

    class Spy(loop.Descent):
        def descend(self):
            descents.append(self)
            return super().descend()

    training.Descent, original = Spy, training.Descent
    try:
        came = deliver(call)
    finally:
        training.Descent = original
    # The vector is changed by single calls, so it is never in between two updates.
    last = [*descents[0].weights, *(descents[0].biases or [])] if descents else before
    right = all(map(np.array_equal, parameters(net), last)) and np.geterr() == settings
    np.seterr(**settings)
    return came, net, right


def interrupted_trainings(attempt, step=1, **aim):
    """Interrupt new attempts at the first line, and on in steps; yield (net, whether right)."""
    attempt()[1]()  # what is imported at the first use is there then
    n = 1
    while True:
        came, net, right = outcome(attempt, partial(interrupt, n=n, **aim))
        if not came:
            return
        yield net, right
        n += step


RUNS = {
    "full batch": {},
    "batches": {"batch_size": 7, "validation": data(seed=9), "patience": 1},
    "validation": {"validation": data(seed=9)},
    "ensemble": {"n_networks": 2, "batch_size": 10, "validation": data(seed=9)},
}


def training_of(name, epochs=2):
    """Return an ``attempt`` for ``interrupted_trainings``."""

    def attempt():
        options = dict(RUNS[name])
        net = network(n_networks=options.pop("n_networks", None))
        # NumPy itself uses errstate where a generator is made.
        X, y, rng = *data(), np.random.default_rng(0)
        return net, lambda: train(net, X, y, epochs, 0.5, rng=rng, **options)

    return attempt

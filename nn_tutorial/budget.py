"""Call a function that may never end: it is stopped after a million events of the tracer.

Events are counted, not seconds, so that a slow machine, Windows and the browser all say the same.
"""

import dis
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import numpy as np

BUDGET = 1_000_000

# A call of this package or of NumPy is a single event, whatever it does: their loops end, and a
# thousand steps of ``train`` are many instructions.
TRUSTED = tuple(f"{Path(file).parent}{os.sep}" for file in (__file__, np.__file__))

IMPORTS = "<frozen importlib"  # the files of Python's own import

# Each line and each jump back is an event. Only in Python 3.11 an instruction that jumps back to
# itself, as `while True: pass` on one line does, makes none: where there is such a one, each
# instruction counts. From 3.12 on instructions are not reliably events (python/cpython issues
# 103615 and 114480).
HAS_SILENT_LOOPS = sys.version_info < (3, 12)


class OutOfBudget(BaseException):
    """The function made more events than it may. No ``except Exception`` catches it.

    Python removes a tracer that raises. So that a bare ``except:`` in a loop is no escape,
    the tracer comes back when the handler lets go of the exception, and raises again outside of it.
    """

    def __init__(self, come_back):
        self.come_back = come_back

    def __del__(self):
        try:  # noqa: SIM105  (at the interpreter's exit imported names may be gone)
            self.come_back(sys._getframe(1))
        except (AttributeError, ValueError):  # at its exit nobody called
            pass


@functools.lru_cache(maxsize=1000)
def _has_silent_loop(code: CodeType) -> bool:
    found = dis.get_instructions(code) if HAS_SILENT_LOOPS else ()
    return any(each.opcode in dis.hasjrel and each.argval == each.offset for each in found)


def call_within_budget(function: Callable, arguments: tuple):
    """Return function(*arguments); the tracer that was set before is set again afterwards.

    What an import does is not counted, and a ``sys.settrace`` within the function has no effect.
    Not covered are a single call that never leaves C, such as ``sum(range(10**12))``, sleeping,
    ``os._exit``, and a function that collects the exceptions it catches. A debugger does not stop
    inside the function.

    Raises
    ------
    OutOfBudget
        If it makes more events than the budget.
    """
    spent, running, importing, here = 0, True, False, sys._getframe()
    before, settrace = sys.gettrace(), sys.settrace

    def trace_import(frame, event, argument):
        nonlocal importing
        importing = event != "return"
        return trace_import

    def trace(frame, event, argument):
        nonlocal spent, importing
        if importing:
            return None
        if frame.f_code.co_filename.startswith(IMPORTS):
            importing = True
            return trace_import
        spent += 1
        if spent > BUDGET:
            raise OutOfBudget(come_back)
        if frame.f_code.co_filename.startswith(TRUSTED):
            return None
        if event == "call" and _has_silent_loop(frame.f_code):
            frame.f_trace_opcodes = True
        return trace

    def come_back(frame):
        while running and frame is not None and frame is not here:
            frame.f_trace = trace
            frame.f_trace_opcodes = _has_silent_loop(frame.f_code)
            frame = frame.f_back
        if running:
            settrace(trace)

    try:
        sys.settrace = lambda tracer: None
        settrace(trace)
        return function(*arguments)
    finally:
        running = False
        settrace(before)
        sys.settrace = settrace

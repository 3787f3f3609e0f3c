"""Arithmetic without some of NumPy's warnings, which are back afterwards, whatever happened.

``np.errstate`` leaves them off if Ctrl-C comes while it is turning them off or on, and in a short
calculation that happens often. NumPy keeps its settings in a context variable: changed in a copy of
the context, they end with the copy.
"""

from contextvars import copy_context

import numpy as np


def quietly(function, *arguments, **settings):
    """Call the function under these settings of ``np.seterr``, and return what it returns."""
    return copy_context().run(_with_settings, settings, function, arguments)


def _with_settings(settings, function, arguments):
    np.seterr(**settings)
    return function(*arguments)


def overflow_is_no_error(function, *arguments):
    """Call the function without NumPy's warnings about overflow, and return what it returns.

    Where exp overflows, the activation reaches its limit, as it should. Any other overflow leaves
    infinity or NaN in the result: ``train`` looks for it, ``Network`` returns it as it is.
    """
    return quietly(function, *arguments, over="ignore", under="ignore", invalid="ignore")

"""One implementation a file.

Each has functions that take a ``Work`` and return a function without arguments: called, it trains
once from the work's start, and returns the trained ``Network``. What is made once is not timed.
"""

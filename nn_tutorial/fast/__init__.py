"""The loop behind ``train``: the textbook's gradient descent over arrays that are made once.

What it buys, in time against ``nn_tutorial.textbook``, which does the same:

- one step of three students and nine weights takes about a quarter,
- one step of 256 such networks at once a half to two thirds,
- an epoch of the digits in batches of 32 a half.

docs/performance.md has the figures of the last run.

How to read it: on small arrays NumPy's time goes into being called, not into arithmetic: into new
arrays for results, into checking arguments, into making an array of a Python number. So which
function works on which arrays is written down once, as a list of calls, and a pass over the network
only runs down its list. Read the textbook first; then, in this order,

- ``calls``: the activations as such lists,
- ``passes``: one forward and one backward pass, line by line that of the textbook,
- ``loop``: the parameters in one vector, batches, validation, patience, and divergence.

Only ``train`` imports it. ``tests/test_fast.py`` compares it with the textbook, in every
configuration.
"""

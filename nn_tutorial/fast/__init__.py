"""The loop behind ``train``: the textbook's gradient descent over arrays that are made once.

What it buys, against ``nn_tutorial.textbook`` (docs/performance.md, "The loop behind train", measures it):
{{FIGURES}}

How to read it. On small arrays NumPy's time goes into being called, not into arithmetic: allocating a result,
checking arguments, making a Python number into an array. So which function works on which arrays is written down once, as a
list of calls, and a pass over the network only runs down its list.

- ``calls``: the activations, as such lists.
- ``passes``: one forward and one backward pass, in the order of ``textbook.loss_and_gradients``.
- ``loop``: the parameters in one vector, batches, validation, patience, and divergence.

Nobody but ``train`` imports it. The tests compare it with the textbook, in every configuration.
"""

"""IPython runs this when Python has started in the browser, before the reader's first cell.

What the chapters import takes some seconds: here they pass while the reader still reads.
"""

for _name in ("plots", "exercises", "explore"):
    __import__(f"nn_tutorial.{_name}")
del _name

"""Chapter 07: the whole backward pass."""

EXERCISES = ()

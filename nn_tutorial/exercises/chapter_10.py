"""Chapter 10: whether to believe it."""

EXERCISES = ()

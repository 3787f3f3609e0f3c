"""Chapter 04: all students at once, and shapes."""

EXERCISES = ()

"""Chapter 03: the bend, its slope, and what is lost without it."""

EXERCISES = ()

"""Chapter 13: ten classes at once."""

EXERCISES = ()

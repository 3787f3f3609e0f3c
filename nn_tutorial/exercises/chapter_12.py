"""Chapter 12: where to start."""

EXERCISES = ()

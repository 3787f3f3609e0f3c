"""Chapter 06: one step back, on paper."""

EXERCISES = ()

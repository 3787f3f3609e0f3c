"""Chapter 09: what it says about somebody new."""

EXERCISES = ()

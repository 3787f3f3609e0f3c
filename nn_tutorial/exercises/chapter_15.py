"""Chapter 15: bugs that the loss does not show."""

EXERCISES = ()

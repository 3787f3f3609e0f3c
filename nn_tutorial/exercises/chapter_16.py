"""Chapter 16: derivatives that the computer finds."""

EXERCISES = ()

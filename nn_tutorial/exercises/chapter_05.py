"""Chapter 05: how wrong, in one number, and how it changes."""

EXERCISES = ()

"""Chapter 08: the update, and its rate."""

EXERCISES = ()

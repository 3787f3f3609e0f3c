"""Chapter 14: how far an accuracy can be trusted."""

EXERCISES = ()

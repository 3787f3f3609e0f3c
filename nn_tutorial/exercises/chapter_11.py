"""Chapter 11: biases, depth, and XOR."""

EXERCISES = ()

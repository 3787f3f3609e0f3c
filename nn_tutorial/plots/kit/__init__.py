"""What the drawings share: one look, one way to write numbers and names, and showing a figure."""

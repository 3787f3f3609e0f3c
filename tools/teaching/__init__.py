"""What the tools for teachers share: reading what students hand in, grading it, printing pages."""

"""Text read for a check, each with its place in the file."""

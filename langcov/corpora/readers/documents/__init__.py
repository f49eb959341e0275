"""Documents: files that hold more than text, read as the lines that are their text, one file a format."""

"""Views of a training, and the files that it is written as."""

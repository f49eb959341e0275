"""Views of advice on pieces, and the files that it is written as."""

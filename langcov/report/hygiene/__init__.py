"""Views of what checks found."""

"""Formats that results are rendered in."""

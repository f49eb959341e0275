"""Readers: text and its place, one file a format."""

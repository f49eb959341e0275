"""Mends: what changes in a file, as a diff or in a copy, format by format."""

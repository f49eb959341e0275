"""Fixes: what changes in a file, as a diff or in a copy."""

"""Soak and fuzz: damaged files, signals and rival writers, for as long as one likes (docs/reliability.md)."""

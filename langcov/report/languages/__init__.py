"""The page of a language: its letters and how they are typed, who knows it, and what was measured of it."""

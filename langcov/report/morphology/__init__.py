"""What token boundaries and morpheme boundaries have in common, for a reader and for programs."""

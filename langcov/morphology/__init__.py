"""Token boundaries against morpheme boundaries of lists that people, or programs, made."""

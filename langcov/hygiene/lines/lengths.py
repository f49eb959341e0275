"""Lengths of lines, in code points, that more than one check goes by."""

SENTENCE = 30
"""Of a line that two texts hardly share by chance; shorter ones ("Да.") do repeat."""

TOO_LONG = 20_000
"""Above it a line is hardly a paragraph: the longest of the 213,705 lines of UDHR, FLORES+, NTREX and Common
Voice has 2,119."""

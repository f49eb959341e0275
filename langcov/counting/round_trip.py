"""Which lines their tokens decode to: told from the words where that is sure, else by the library."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Bools
from langcov.counting.batch import LineTokens
from langcov.counting.chunk import Finder
from langcov.counting.counter import TokenCounter


def round_trip(lines: LineTokens) -> Bools:
    """Whether each line decodes to itself, bool [lines].

    Where the tokens of every word spell it, so do those of the line, if that is so of the first such line (a
    decoder may keep the mark before a line). What UNK decodes to (``[UNK]``) stands in what its line does, if
    that is so of the first: a line that doesn't hold it is lost. All others are decoded.

    Raises:
        CannotMeasure: the tokenizer can't decode.
    """
    back, told = lines.spelled.copy(), lines.spelled.copy()
    first = np.flatnonzero(back)[:1]
    if len(first) and lines.decoded(first) != lines.text[first].to_list():
        back[:] = told[:] = False
    told |= _lost(lines)
    rest = np.flatnonzero(~told)
    if len(rest):
        back[rest] = [got == text for got, text in zip(lines.decoded(rest), lines.text[rest])]
    return back


def _lost(lines: LineTokens) -> Bools:
    """The lines in which an UNK's own text stands that isn't theirs."""
    lost = lines.unknown.copy()
    if lost.any():
        written = _text_of_unknown(lines)
        lost &= bool(written) & ~Finder([written]).within(lines.text)
        first = np.flatnonzero(lost)[:1]
        if len(first) and not all(written in text for text in lines.decoded(first)):
            lost[:] = False
    return lost


def _text_of_unknown(lines: LineTokens) -> str:
    vocabulary = lines.tokenizer.vocabulary
    if vocabulary is None or vocabulary.unknown is None:
        return ""
    return (lines.tokenizer.decode([[vocabulary.unknown]]) or [""])[0].strip()


COUNTERS = (TokenCounter("round_trip", "lines", round_trip),)

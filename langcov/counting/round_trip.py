"""Which lines their tokens decode to: told from the words where that is sure, else by the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from langcov.counting.chunk import Finder
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Encoded, Tokenizer

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(eq=False)
class Decoding:
    """Lines, and what their tokens decode to.

    Attributes:
        tokenizer: what encoded them.
        lines: all of them.
        tokens: gives the tokens of the lines of some indices.
    """

    tokenizer: Tokenizer
    lines: Strings
    tokens: Callable[[Ints], Encoded]

    def texts(self, which: Ints) -> list[str] | None:
        """What the library decodes the tokens of some lines to; None if it can't decode."""
        encoded = self.tokens(which)
        ids, starts = encoded.ids.tolist(), encoded.starts.tolist()
        return self.tokenizer.decode([ids[start:end] for start, end in pairwise(starts)])

    def come_back(self, which: Ints, spelled: Bools, unknown: Bools) -> Bools | None:
        """Whether each of some lines decodes to itself, bool [len(which)]; None if the library can't decode.

        Where the tokens of every word spell it, so do those of the line, if that is so of the first such
        line (a decoder may keep the mark before a line). What UNK decodes to (``[UNK]``) stands in what its
        line does, if that is so of the first: a line that doesn't hold it is lost. All others are decoded.

        Args:
            which: indices of lines.
            spelled: lines whose words are spelled by their tokens, bool [lines].
            unknown: lines with an UNK in them, bool [lines].
        """
        back, told = spelled[which], spelled[which]
        first = which[back][:1]
        if len(first) and self.texts(first) != self.lines[first].to_list():
            back[:] = told[:] = False
        told |= self._lost(which, unknown)
        rest = np.flatnonzero(~told)
        if len(rest):
            found = self.texts(which[rest])
            if found is None:
                return None
            back[rest] = [got == text for got, text in zip(found, self.lines[which[rest]])]
        return back

    def _lost(self, which: Ints, unknown: Bools) -> Bools:
        """The lines in which an UNK's own text stands that isn't theirs."""
        lost = unknown[which]
        if lost.any():
            written = self._text_of_unknown()
            lost &= bool(written) & ~Finder([written]).within(self.lines)[which]
            first = which[lost][:1]
            if len(first) and not all(written in text for text in self.texts(first) or [""]):
                lost[:] = False
        return lost

    def _text_of_unknown(self) -> str:
        vocabulary = self.tokenizer.vocabulary
        if vocabulary is None or vocabulary.unknown is None:
            return ""
        return (self.tokenizer.decode([[vocabulary.unknown]]) or [""])[0].strip()

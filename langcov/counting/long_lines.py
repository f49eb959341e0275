"""Lines so long that what is worked out of them, many times their bytes, is worked out part by part."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from langcov.core.arrays import Bytes
from langcov.corpora.base import Lines
from langcov.counting.batch import LineTokens
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import is_lead, points_of
from langcov.text.strings import Strings
from langcov.text.units import SPACE, cut
from langcov.tokenizers.protocol import Tokenizer

LONG = 8 << 20
"""Bytes of a part, or a little more."""
_LOOKED_AT = 1 << 16


def is_long(lines: Strings) -> bool:
    """Whether it is a single line, and a long one."""
    return len(lines) == 1 and int(lines.lengths[0]) > LONG


def apart(lines: Lines) -> Iterator[Lines]:
    """The lines in their order, each long one alone."""
    begin = 0
    for at in np.flatnonzero(lines.text.lengths > LONG).tolist():
        if at > begin:
            yield lines[begin:at]
        yield lines[at : at + 1]
        begin = at + 1
    if begin < len(lines.text):
        yield lines[begin:]


def parts_of(line: Strings) -> list[Strings]:
    """A long line as parts, each but the first from a U+0020 on; none if ``cut`` has to leave it whole.

    Args:
        line: one.
    """
    data = line.data[int(line.starts[0]) : int(line.ends[0])]
    places, at = [0], 0
    while (at := _space(data, at + LONG)) < len(data):
        places.append(at)
    ends = [*places[1:], len(data)]
    parts = [Strings(data[a:b], np.zeros(1, np.int64), np.full(1, b - a)) for a, b in zip(places, ends)]
    whole = all(cut(part, goes_on=number > 0).regular.all() for number, part in enumerate(parts))
    return parts if whole else []


def _space(data: Bytes, begin: int) -> int:
    """The first U+0020 from a byte on at which ``cut`` cuts; the end if there is none."""
    for first in range(begin, len(data), _LOOKED_AT):
        for at in (np.flatnonzero(data[first : first + _LOOKED_AT] == SPACE) + first).tolist():
            lead = at - 1 - int(np.argmax(is_lead(data[max(0, at - 4) : at])[::-1]))
            if table("grapheme_break")[points_of(data[lead:at])[0]] != GraphemeBreak.Prepend:
                return int(at)
    return len(data)


class Seen:
    """What the parts of a line show of a tokenizer's work on the whole."""

    def __init__(self) -> None:
        self._spelled, self._unknown = True, False
        self._part: LineTokens | None = None

    def add(self, part: LineTokens) -> None:
        """Take the next part."""
        telling = bool(part.unknown.any()) and not self._unknown
        if self._part is None or telling:  # its tokens are those of a table whose words may be forgotten
            tokens = part.tokens(np.zeros(1, np.int64))
            self._part = LineTokens(part.tokenizer, part.text, tokens.__getitem__, part.spelled, part.unknown)
        self._spelled &= bool(part.spelled.all())
        self._unknown |= telling

    def line(self, tokenizer: Tokenizer, text: Strings) -> LineTokens:
        """The line itself; its tokens are asked of the library, if they are asked for at all."""
        spelled, unknown = np.array([self._spelled]), np.array([self._unknown])
        return LineTokens(
            tokenizer,
            text,
            lambda which: tokenizer.encode(text[which].to_list()),
            spelled,
            unknown,
            self._part,
        )

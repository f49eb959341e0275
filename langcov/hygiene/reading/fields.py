"""The texts of part of a file, each with its line in the file as an editor shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bytes, Offsets
from langcov.corpora.readers.texts import Piece, Texts
from langcov.text.scan import is_lead, points_of
from langcov.text.strings import LF, Strings, ranges

SENTENCE = 30  # of a line that two texts hardly share by chance; shorter ones ("Да.") do repeat

TOO_LONG = 20_000
"""Above it a line is hardly a paragraph: the longest of the 213,705 lines of UDHR, FLORES+, NTREX and Common
Voice has 2,119."""


@dataclass(frozen=True, eq=False)
class Fields:
    """Some texts out of a file."""

    data: Bytes  # the texts, each followed by an LF, valid UTF-8, uint8 [n_bytes]
    starts: Offsets  # first byte of each text in ``data``, int64 [n]
    numbers: Offsets  # the line of the file each is in, from 0, int64 [n], ascending
    prefixes: Offsets  # code points before each text in its line of the file, int64 [n]
    # how often each text stands in the file, where it is a word of a word table, int64 [n]
    times: Offsets | None = None
    # of texts that are made of several places of the file, by their line
    parts: Mapping[int, Sequence[Piece]] = field(default_factory=dict)
    # of texts of a document, where each stands in it, in words, by their line
    places: Mapping[int, str] = field(default_factory=dict)
    # the code points of ``data``, where they are known already, uint32 [m]
    decoded: NDArray[np.uint32] | None = None

    @classmethod
    def cut(
        cls, texts: Strings, numbers: Offsets, prefixes: Offsets | None = None, times: Offsets | None = None
    ) -> Fields:
        """Texts copied out of their buffer, each with an LF."""
        lengths = texts.lengths + 1
        starts = np.cumsum(lengths) - lengths
        data = np.append(texts.data, np.uint8(LF))[_spans(texts)]
        data[starts + texts.lengths] = LF
        return cls(data, starts, numbers, np.zeros_like(starts) if prefixes is None else prefixes, times)

    @classmethod
    def of(cls, lines: Iterable[str], first: int = 0) -> Fields:
        """Lines of a file, from number ``first`` on."""
        packed = Strings.of([f"{line}\n" for line in lines])
        numbers = first + np.arange(len(packed))
        return cls(packed.data, packed.starts, numbers, np.zeros_like(numbers))

    def place(self, number: int, prefix: int, start: int) -> tuple[int, int]:
        """The line of the file, and the code points before it there, of a place in a text; from 0.

        Args:
            number: line of the text.
            prefix: code points before the text in it.
            start: code points before the place in the text.
        """
        parts = self.parts.get(number, ())
        part = next((one for one in reversed(parts) if one.start <= start), Piece(-prefix, number, 0))
        return part.line, part.column + start - part.start

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def texts(self) -> Strings:
        """The texts without their LFs."""
        return Strings(self.data, self.starts, np.append(self.starts[1:], len(self.data)) - 1)

    @cached_property
    def points(self) -> NDArray[np.uint32]:
        """The code points of the texts and their LFs, uint32 [m]."""
        return points_of(self.data) if self.decoded is None else self.decoded

    @cached_property
    def leads(self) -> Offsets:
        """The byte at which each code point starts, int64 [m]."""
        return np.flatnonzero(is_lead(self.data))

    @cached_property
    def first(self) -> Offsets:
        """Index of the first code point of each text, int64 [n]."""
        return np.append(0, np.flatnonzero(self.points == LF)[:-1] + 1)

    @property
    def sizes(self) -> Offsets:
        """Code points of each text, int64 [n]."""
        return np.diff(self.first, append=len(self.points)) - 1

    @cached_property
    def uses(self) -> Offsets:
        """How often each code point stands in the file, as far as these texts go, int64 [largest]."""
        if self.times is None:
            return np.bincount(self.points)
        return weighted_uses(self.points, self.times)


class Uses:
    """How often each code point stands in a file, as far as the highest that it has."""

    def __init__(self) -> None:
        self.counts = np.zeros(0, np.int64)

    def add(self, uses: Offsets) -> None:
        """Add those of some texts, int64 [n]."""
        if len(uses) > len(self.counts):
            self.counts = np.append(self.counts, np.zeros(len(uses) - len(self.counts), np.int64))
        self.counts[: len(uses)] += uses

    def of(self, character: str) -> int:
        """How often a character stands there."""
        point = ord(character)
        return int(self.counts[point]) if point < len(self.counts) else 0

    @property
    def points(self) -> Offsets:
        """The code points that stand there, ascending, int64 [n]."""
        return np.flatnonzero(self.counts)


def fields_of(texts: Texts) -> Fields:
    """The texts that a reader gives: without a copy where they are all of their buffer."""
    fields = _fields_of(texts)
    if not texts.parts and not texts.places:
        return fields
    return replace(fields, parts=texts.parts, places=texts.places)


def _fields_of(texts: Texts) -> Fields:
    text, block, kept = texts.text, texts.block, texts.kept
    if texts.left_out is not None or not _are_all(text):
        return Fields.cut(text[kept], texts.lines[kept], texts.prefixes[kept])
    if text.ends[-1] == len(text.data):
        return Fields(np.append(text.data, np.uint8(LF)), text.starts, texts.lines, texts.prefixes)
    points = block.points if block and text.data is block.bytes else None
    return Fields(text.data, text.starts, texts.lines, texts.prefixes, decoded=points)


def _are_all(text: Strings) -> bool:
    """Whether strings are all of their buffer, but for an LF after each."""
    return text.are_lines() and text.starts[0] == 0 and text.ends[-1] >= len(text.data) - 1


def _spans(texts: Strings) -> NDArray[np.bool_] | Offsets:
    """The bytes of strings, each with the one after it, as an index of their buffer."""
    starts, ends = texts.starts, texts.ends + 1
    if (starts[1:] < ends[:-1]).any():
        return ranges(starts, ends - starts)
    inside = np.zeros(len(texts.data) + 1, np.int8)  # several times as fast where they are in order
    inside[starts] += 1
    inside[ends[ends < len(inside)]] -= 1
    return np.cumsum(inside, dtype=np.int8).view(bool)


def weighted_uses(points: NDArray[np.uint32], times: Offsets) -> Offsets:
    """How often each code point stands in texts that stand ``times`` in a file, int64 [largest].

    Args:
        points: of the texts, each with its LF.
        times: of each text, int64 [n]; negative ones take away.
    """
    ends = points == LF
    return np.bincount(points, times[np.cumsum(ends) - ends]).astype(np.int64)

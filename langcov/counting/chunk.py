"""Lines read together, cut once for all tokenizers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.batch import MANY_BYTES, Batch
from langcov.counting.sums import sum_by
from langcov.text.strings import Strings
from langcov.text.units import cut
from langcov.tokenizers.protocol import Encoded, Tokenizer

OPENING = 4  # bytes of a text that are looked for first: hundreds of special texts begin alike


class Finder:
    """Finds texts in many strings at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = sorted({text.encode() for text in texts if text})
        self._longest = max(map(len, wanted), default=0)
        self._openings = {text[:OPENING] for text in wanted}
        self._firsts = {text[:1] for text in wanted}
        self._pattern = re.compile(b"|".join(map(re.escape, wanted)))

    def within(self, strings: Strings) -> Bools:
        """Which strings, in the order of their buffer, hold one of the texts, bool [n].

        A match that reaches out of a string is none, and hides none: the search goes on a byte further.
        """
        found = np.zeros(len(strings), bool)
        if len(strings) == 1 and int(strings.lengths[0]) > MANY_BYTES:
            return np.array([any(self.within(some).any() for some in self._windows(strings))])
        data, at = strings.data.tobytes(), 0
        # Many times as fast as the pattern; one byte is looked for faster still (few texts hold a "<").
        begun = {first for first in self._firsts if first in data}
        if not any(opening[:1] in begun and opening in data for opening in self._openings):
            return found
        while match := self._pattern.search(data, at):
            index = max(0, int(np.searchsorted(strings.starts, match.start(), "right")) - 1)
            within = strings.starts[index] <= match.start() and match.end() <= strings.ends[index]
            found[index] |= within
            at = int(strings.ends[index]) if within else match.start() + 1
        return found

    def _windows(self, string: Strings) -> Iterator[Strings]:
        """A long string in parts, each of which reaches so far into the next that no text is cut."""
        data = string.data[int(string.starts[0]) : int(string.ends[0])]
        for begin in range(0, len(data), MANY_BYTES // 2):
            some = data[begin : begin + MANY_BYTES // 2 + self._longest]
            yield Strings(some, np.zeros(1, np.int64), np.full(1, len(some)))


def special_texts(tokenizer: Tokenizer) -> Iterator[str]:
    """Texts that make a line go whole; runs of white space do so anyway."""
    return (text for text in tokenizer.whole_line_texts if text.strip())


class Spelled:
    """Which texts with spaces in them words can spell, put next to one another in any order.

    >>> found = Spelled(["ак ба", "ак бы", "к барс б", "ак"])
    >>> found.add(Strings.of(["ак", " барс"]))
    >>> found.add(Strings.of(["как"]))
    >>> list(found)
    ['ак ба', 'к барс б']
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._missing = {text: set(_parts(text)) for text in texts if " " in text}

    def add(self, words: Strings) -> None:
        """Look through more words of lines that were cut; one inside a line begins with its U+0020."""
        if any(self._missing.values()):
            listed = "\n".join(["", *words, ""]).replace(" ", "\n ").encode()  # no word has a line end in it
            for missing in self._missing.values():
                missing -= {part for part in missing if part in listed}

    def __iter__(self) -> Iterator[str]:
        return (text for text, missing in self._missing.items() if not missing)


def _parts(text: str) -> Iterator[bytes]:
    """What words must hold to spell a text: the end of one, whole ones, the beginning of one."""
    first, *inside = text.split(" ")
    *whole, last = [" " + part for part in inside]
    return (part.encode() for part in (f"{first}\n", *(f"\n{word}\n" for word in whole), f"\n{last}"))


class Chunk:
    """Some lines, and the words of those that can be counted word by word.

    Attributes:
        text: the lines, in the order of their buffer.
        row, places: of each line, int64 [lines].
        filled, regular: lines that are not empty, and those made of ``units``, bool [lines].
        units: their words; one inside a line begins with its U+0020.
        unit_line: the line of each unit, int64 [units].
    """

    def __init__(
        self, text: Strings, row: Ints, places: Ints, special: Finder, goes_on: bool = False
    ) -> None:
        self.text, self.row, self.places = text, row, places
        self.filled = self.text.lengths > 0
        made = cut(self.text, goes_on)
        self.regular = made.regular & ~special.within(self.text)
        self.units, self.unit_line = made.units, made.line
        kept = self.regular[self.unit_line]
        if not kept.all():
            self.units, self.unit_line = self.units[kept], self.unit_line[kept]

    def lines(self, which: Bools) -> Batch:
        """Some lines as strings to be encoded whole."""
        rows = self.row[which]
        each = np.arange(len(rows))
        return Batch(self.text[which].packed(), rows, each, np.ones_like(each), lines=True)


def line_tokens(chunk: Chunk, unit_word: Ints, which: Ints, encoded: Encoded) -> Encoded:
    """The tokens of some regular lines, put together from those of their words."""
    wanted = np.zeros(len(chunk.text), bool)
    wanted[which] = True
    chosen = wanted[chunk.unit_line]
    of_words = encoded[unit_word[chosen]]
    per_line = sum_by(chunk.unit_line[chosen], of_words.counts, len(chunk.text))[which]
    return Encoded(of_words.ids.astype(np.int32, copy=False), np.concatenate([[0], np.cumsum(per_line)]))

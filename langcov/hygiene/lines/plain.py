"""What lines are made of, seen for many at a time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntFlag, auto
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Ints
from langcov.hygiene.engine.code import ALONE, BESIDE_LATIN
from langcov.hygiene.lines.evidence import Letters
from langcov.hygiene.lines.prose import CLOSING, OPENING, Prose
from langcov.hygiene.lines.spoken import CLAUSE_WORDS, MARKS
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS
from langcov.text.strings import picked


class Kind(IntFlag):
    """What a character may be to a line."""

    KNOWN = auto()  # it was looked at
    SPACE = auto()
    OPENING = auto()  # before a word
    CLOSING = auto()  # behind one
    OF_WORD = auto()  # of what words of the script are made of
    OWN = auto()  # a letter of the script
    OTHER = auto()  # another letter or mark
    LATIN = auto()  # a letter of ASCII
    ADDED = auto()  # by the alphabet to its base
    STRANGE = auto()  # of other languages only
    MARK = auto()  # it ends a clause
    BRACKET = auto()  # it ends an aside
    BESIDE_LATIN = auto()  # there may be code where Latin letters are, too
    CARE = auto()  # there may be code, or other letters than it seems


_ANY, _LETTER = regex.compile(r"[\p{L}\p{M}]"), regex.compile(r"\p{L}")

Kinds = NDArray[np.uint16]

BITS = 21
"""Of each of the three numbers that are added up in one: code points of no word, marks, added letters."""
MOST = (1 << BITS) - 1


@dataclass(frozen=True, eq=False)
class Seen:
    """What was seen of some lines."""

    letters: Ints  # in the words of each line, int64 [n]
    words: Ints  # how many each has, int64 [n]
    sizes: Ints  # code points of each without white space at its ends, int64 [n]
    added: Ints  # letters of each that the alphabet adds, int64 [n]
    strange: Bools  # lines with a letter that only other languages have, bool [n]
    clause: Bools  # lines that may have a clause without added letters, bool [n]
    mixed: Bools  # lines with another letter beside one of the script, bool [n]
    unclear: Bools  # lines of which nothing of all that may be right, bool [n]


class Plain:
    """Looks at lines.

    Args:
        prose: finds the words of lines.
        letters: of the declared language.
    """

    def __init__(self, prose: Prose, letters: Letters) -> None:
        self._prose, self._letters = prose, letters
        self._kinds = np.zeros(CODE_POINTS, np.uint16)

    def look(self, fields: Fields) -> Seen:
        """Look at some lines."""
        kinds, edges = self._kinds_of(fields), np.append(fields.first, len(fields.points))
        flags, words = np.bitwise_or.reduceat(kinds, fields.first), _Words(kinds)
        of_line = np.searchsorted(words.starts, edges)
        filled = np.flatnonzero(of_line[:-1] < of_line[1:])
        begins, ends = words.starts[of_line[filled]], words.ends[of_line[filled + 1] - 1]
        sizes = np.zeros(len(flags), np.int64)
        sizes[filled] = ends - begins
        unclear = (flags & Kind.CARE > 0) | (_within(words.odd, of_line) > 0) | (np.diff(edges) > MOST)
        unclear |= (flags & Kind.LATIN > 0) & (flags & Kind.BESIDE_LATIN > 0)
        unclear |= flags & (Kind.OWN | Kind.OTHER) == Kind.OTHER
        unclear[filled] |= (kinds[ends - 1] | kinds[np.maximum(ends - 2, begins)]) & Kind.BRACKET > 0
        return Seen(
            _within(words.letters, of_line),
            _within(words.letters > 0, of_line),
            sizes,
            np.diff(words.sums[edges]) >> 2 * BITS,
            flags & Kind.STRANGE > 0,
            _within(words.clauses(of_line), of_line) > 0,
            _mixed(kinds, fields.first, fields.sizes, flags),
            unclear,
        )

    def _kinds_of(self, fields: Fields) -> Kinds:
        """The kind of each code point, uint16 [m]."""
        there = np.flatnonzero(fields.uses)
        for point in there[self._kinds[there] == 0].tolist():
            self._kinds[point] = self._kind(chr(point))
        return self._kinds.take(fields.points)

    def _kind(self, character: str) -> Kind:
        small, is_letter = character.lower(), _LETTER.match(character)
        is_any, of_script = _ANY.match(character), self._prose.is_in_script(character)
        as_it_seems = (
            (is_letter or not (is_any or of_script)) and len(small) == 1 and character not in "Σ\xad"
        )
        single = unicodedata.is_normalized("NFC", character) and not "\u1100" <= character <= "\u11ff"  # jamo
        flags = {
            Kind.KNOWN: True,
            Kind.SPACE: character.isspace(),
            Kind.OPENING: OPENING.match(character),
            Kind.CLOSING: CLOSING.match(character),
            Kind.OF_WORD: self._prose.is_of_word(character),
            Kind.OWN: of_script and is_letter,
            Kind.OTHER: is_any and not (of_script and is_letter),
            Kind.LATIN: is_any and character.isascii(),
            Kind.ADDED: self._letters.added(small),
            Kind.STRANGE: self._letters.is_strange(small),
            Kind.MARK: character in MARKS,
            Kind.BRACKET: character == ")",
            Kind.BESIDE_LATIN: character in BESIDE_LATIN,
            Kind.CARE: character in ALONE or not as_it_seems or not single,
        }
        return Kind(sum(flag for flag, is_so in flags.items() if is_so))


class _Words:
    """The strings without white space in some lines.

    Attributes:
        starts, ends: of each, in code points, int64 [w].
        letters: of the word in each, 0 where that is none, int64 [w].
        odd: of which only a pattern can tell, bool [w].
        sums: the numbers of ``BITS`` of all code points before each, and of all, int64 [m + 1].
    """

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        edges = np.flatnonzero(np.diff(kinds & Kind.SPACE > 0, prepend=True, append=True))
        starts, ends = self.starts, self.ends = edges[::2], edges[1::2]
        self.sums = np.zeros(len(kinds) + 1, np.int64)
        np.cumsum(_numbers().take(kinds), out=self.sums[1:])
        self._inside = self.sums[ends] - self.sums[starts]
        starts = _skipped(kinds, starts, ends, 1, np.arange(len(starts)), Kind.OPENING, Kind.OPENING)
        closed = np.flatnonzero(self._inside & MOST)
        ends = _skipped(kinds, ends, starts, -1, closed, Kind.CLOSING, Kind.CLOSING | Kind.OF_WORD)
        filled = starts < ends
        first, last = kinds[starts - ~filled], kinds[ends - 1]
        begins = filled & (first & Kind.OWN > 0)
        inside = self.sums[ends] - self.sums[starts]
        whole = inside & MOST == 0
        self.letters = np.where(begins & whole, ends - starts, 0)
        self.odd = begins & np.where(whole, inside >> BITS & MOST > 0, last & Kind.CLOSING > 0)
        self.odd |= filled & (first & (Kind.OF_WORD | Kind.OTHER) == Kind.OF_WORD | Kind.OTHER)

    def clauses(self, of_line: Ints) -> Bools:
        """Strings with which a clause of ``CLAUSE_WORDS`` and no added letter may begin, bool [w].

        Args:
            of_line: the first of each line, and how many there are in all, int64 [n + 1].
        """
        size, more = len(self.starts), CLAUSE_WORDS - 1
        found = np.zeros(size, bool)
        if size <= more:
            return found
        marked, bare = self._inside >> BITS & MOST > 0, self._inside >> 2 * BITS == 0
        partly, clean = bare | (marked & (self.letters == 0)), bare & ~marked
        opens, closes = (partly & (self._kinds[at] & Kind.MARK == 0) for at in (self.ends - 1, self.starts))
        found[:-more] = opens[:-more] & closes[more:]
        for between in range(1, more):
            found[:-more] &= clean[between : between - more]
        for back in range(1, CLAUSE_WORDS):  # it would go on in the next line
            found[np.maximum(of_line[1:] - back, 0)] = False
        return found


@cache
def _numbers() -> Ints:
    """What code points of each kind add to the numbers of ``BITS``, int64 [65536]."""
    kinds = np.arange(1 << 16)
    of_none, mark, added = (kinds & kind > 0 for kind in (Kind.OF_WORD, Kind.MARK, Kind.ADDED))
    return ~of_none + (mark.astype(np.int64) << BITS) + (added.astype(np.int64) << 2 * BITS)


def _skipped(
    kinds: Kinds, edges: Ints, stops: Ints, step: int, which: Ints, wanted: Kind, among: Kind
) -> Ints:
    """Edges moved over code points that are of one kind among some, not beyond where they stop, int64 [w].

    Args:
        which: those that may be moved, int64 [k].
    """
    edges, inner = edges.copy(), min(step, 0)
    left = which[edges[which] != stops[which]]
    while len(left := left[kinds[edges[left] + inner] & among == wanted]):
        edges[left] += step
        left = left[edges[left] != stops[left]]
    return edges


def _mixed(kinds: Kinds, first: Ints, sizes: Ints, flags: Kinds) -> Bools:
    """Lines with another letter beside one of the script, bool [n]."""
    which = np.flatnonzero(flags & (Kind.OWN | Kind.OTHER) == Kind.OWN | Kind.OTHER)
    inside = picked(kinds, first[which], sizes[which] + 1)
    others = np.flatnonzero(inside & Kind.OTHER)
    others = others[(inside[others - 1] | inside[others + 1]) & Kind.OWN > 0]
    mixed = np.zeros(len(first), bool)
    mixed[which[np.searchsorted(np.cumsum(sizes[which] + 1), others, "right")]] = True
    return mixed


def _within(values: Bools | Ints, of_line: Ints) -> Ints:
    """The sums of the values of each line, int64 [n]."""
    sums = np.append(0, np.cumsum(values, dtype=np.int64))
    return sums[of_line[1:]] - sums[of_line[:-1]]

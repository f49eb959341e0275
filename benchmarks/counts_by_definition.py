"""The counters of lines and of their tokens by their definitions alone, in plain loops.

Nothing of langcov is used. A line is encoded whole; its counters are added by row.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex
from uniseg.wordbreak import words as segments

from benchmarks.bare import Bare, Span

Line = tuple[Hashable, str]
"""What aligns a line (its number or key) and its text."""


@dataclass
class Text:
    """One language of a corpus.

    Attributes:
        rows: of each row that holds text its lines, by the name that it has in every language.
        orthography: as the corpus's card says.
    """

    language: str
    rows: dict[Hashable, list[Line]]
    orthography: str = ""


def by_lines(language: str, lines: Sequence[str], longest: int) -> Text:
    """Rows of runs of lines: line i is in row i >> K, K the smallest with N <= 256 * 2**K."""
    shift = 0
    while longest > 256 << shift:
        shift += 1
    rows: dict[Hashable, list[Line]] = {}
    for i, line in enumerate(lines):
        if line:
            rows.setdefault(i >> shift, []).append((i, line))
    return Text(language, rows)


def by_documents(language: str, lines: Sequence[tuple[Hashable, Hashable, str]]) -> Text:
    """Rows of documents, from (document, what aligns the line, text)."""
    rows: dict[Hashable, list[Line]] = {}
    for document, key, line in lines:
        if line:
            rows.setdefault(document, []).append((key, line))
    return Text(language, rows)


@cache
def uax29(line: str) -> tuple[Span, ...]:
    """The bytes of each segment that holds a letter or a digit."""
    found, at = [], 0
    for segment in segments(line):
        size = len(segment.encode())
        if regex.search(r"[\p{L}\p{N}]", segment):
            found.append((at, at + size))
        at += size
    return tuple(found)


@cache
def count_text(line: str) -> Counter[str]:
    """The counters of a line that no tokenizer has a part in."""
    return Counter(
        lines=1,
        words=len(regex.findall(r"\P{White_Space}+", line)),
        uax29_words=len(uax29(line)),
        chars=len(line),
        nonspace_chars=len(regex.findall(r"\P{White_Space}", line)),
        graphemes=len(regex.findall(r"\X", line)),
        bytes=len(line.encode()),
    )


@cache
def not_kept(text: str, back: str) -> tuple[int, int]:
    """Code points lost and changed: the whole table of alignments, from the end, its best cell by cell.

    A cell has the edits, how many code points are not kept, and of these the lost and the changed; of equal
    ones the first of keeping or replacing, losing, putting in.
    """
    text, back = (regex.sub(r"\p{White_Space}+", "", each) for each in (text, back))
    for form in ("NFC", "NFD"):
        if unicodedata.normalize(form, text) == text:
            back = unicodedata.normalize(form, back)
            break
    if text == back:
        return 0, 0
    below = [(len(back) - j, 0, 0, 0) for j in range(len(back) + 1)]
    for at, letter in reversed([*enumerate(text)]):
        size = len(text) - at
        cells = [(size, size, size, 0)]
        for j in range(len(back) - 1, -1, -1):
            edits, other, lost, changed = below[j + 1]
            if letter == back[j]:
                paired = below[j + 1]
            elif back[j] in "\ufffd\0":
                paired = (edits + 1, other + 1, lost + 1, changed)
            else:
                paired = (edits + 1, other + 1, lost, changed + 1)
            edits, other, lost, changed = below[j]
            gone = (edits + 1, other + 1, lost + 1, changed)
            edits, other, lost, changed = cells[-1]
            cells.append(min(paired, gone, (edits + 1, other, lost, changed), key=lambda cell: cell[:2]))
        below = cells[::-1]
    return below[0][2:]


def decoded(ids: list[int], bare: Bare) -> str:
    """What tokens are decoded to, each UNK a U+0000 between what stands beside it."""
    parts: list[list[int]] = [[]]
    for token in ids:
        if token == bare.unknown:
            parts.append([])
        else:
            parts[-1].append(token)
    return "\0".join(map(bare.decode, parts))


def lost_and_changed(line: str, ids: list[int], bare: Bare) -> tuple[int, int]:
    """Code points of a line: by word where its tokens are those of its words, else all at once."""
    if bare.words and regex.fullmatch(r"\P{White_Space}+( \P{White_Space}+)*", line):
        words = regex.findall(r" ?\P{White_Space}+", line)
        for form in (words, [word.strip(" ") for word in words]):
            tokens = [bare.encode(word) for word in form]
            if [token for of_word in tokens for token in of_word] == ids:
                found = [not_kept(word, decoded(of_word, bare)) for word, of_word in zip(words, tokens)]
                return sum(lost for lost, _ in found), sum(changed for _, changed in found)
    return not_kept(line, decoded(ids, bare))


def count_tokens(line: str, ids: list[int], bare: Bare) -> Counter[str]:
    """The counters of a line's tokens."""
    spans = bare.spans(line, ids)
    assert len(spans) == len(ids)
    found = Counter(
        tokens=len(ids),
        unknown_tokens=sum(token == bare.unknown for token in ids),
        byte_tokens=sum(token in bare.byte_ids for token in ids),
        round_trip=bare.decode(ids) == line,
    )
    found["lost_characters"], found["changed_characters"] = lost_and_changed(line, ids, bare)
    covering = [(token, span) for token, span in zip(ids, spans) if span[0] < span[1]]
    for word_begin, word_end in uax29(line):
        touching = [token for token, (begin, end) in covering if begin < word_end and word_begin < end]
        if bare.unknown in touching or not touching:
            found["unknown_words"] += 1
        elif len(touching) == 1:
            found["retained_words"] += 1
        else:
            found["continued_words"] += 1
    places = [place for place, char in enumerate(line) for _ in char.encode()]
    holders = [0] * len(line)
    for _, (begin, end) in covering:
        for place in range(places[begin], places[end - 1] + 1):
            holders[place] += 1
    found["split_characters"] = sum(n > 1 for n in holders)
    words = [word.span() for word in regex.finditer(r"\P{White_Space}+", line)]
    at = [len(line[:place].encode()) for place in range(len(line) + 1)]
    found["tokens_over_words"] = sum(
        token != bare.unknown and sum(begin < at[stop] and at[start] < end for start, stop in words) > 1
        for token, (begin, end) in covering
    )
    return found


@dataclass
class Counted:
    """A language's counters and ids, by row."""

    text: Text
    rows: dict[Hashable, Counter[str]] = field(default_factory=dict)
    ids: dict[Hashable, Counter[int]] = field(default_factory=dict)

    def column(self, counter: str, rows: Sequence[Hashable] | None = None) -> tuple[int, ...]:
        """A counter of each row."""
        return tuple(self.rows[row][counter] for row in (self.rows if rows is None else rows))


def count(text: Text, bare: Bare) -> Counted:
    """All lines of a language."""
    counted = Counted(text)
    for row, lines in text.rows.items():
        sums: Counter[str] = Counter()
        ids: Counter[int] = Counter()
        for _, line in lines:
            tokens = bare.encode(line)
            sums.update(count_text(line))
            sums.update(count_tokens(line, tokens, bare))
            ids.update(tokens)
        counted.rows[row], counted.ids[row] = sums, ids
    return counted

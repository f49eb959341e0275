"""The words that stand in a text most often, and those that cost a tokenizer most, with their splits."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.chunk import Finder, special_texts
from langcov.counting.encode_words import encode_words
from langcov.counting.spans import token_spans
from langcov.counting.token_tally import Tally
from langcov.counting.word_uses import WordUses
from langcov.errors import CannotDecode, CannotEncode
from langcov.results.result import Rows
from langcov.text.strings import Strings
from langcov.tokenizers import System
from langcov.tokenizers.protocol import Encoded, Tokenizer

FREQUENT, COSTLY = "frequent", "costly"
SPACE = "▁"  # how a split shows the space before a word, where a token covers it
UNKNOWN = "<unk>"
SLICE = 1 << 16  # words that are encoded at once


def costly_words(systems: Sequence[System], corpus: str, tallies: Mapping[str, Tally], most: int) -> Rows:
    """Both lists of each system and language, the first of each first; none where a system failed.

    Args:
        tallies: with their words.
        most: words in a list.
    """
    rows: Rows = []
    for language, tally in tallies.items():
        uses = tally.words or WordUses()
        frequent = _top(uses.words, uses.counts, most)
        for system in systems:
            if tally.failed[system.name] is None:
                with suppress(CannotEncode, CannotDecode):  # of a word that stands nowhere alone
                    where = {"system": system.name, "corpus": corpus, "language": language}
                    rows += _of_system(system.library, uses, frequent, most, where)
    return rows


def _of_system(
    tokenizer: Tokenizer, uses: WordUses, frequent: Ints, most: int, where: Mapping[str, str]
) -> Rows:
    tokens = _token_counts(tokenizer, uses.words)
    costly = _top(uses.words, uses.counts * (tokens - 1), most)
    rows = []
    for name, chosen in ((FREQUENT, frequent), (COSTLY, costly)):
        splits = _splits(tokenizer, uses.words[chosen])
        for index, word, split in zip(chosen.tolist(), uses.words[chosen], splits):
            numbers = {"count": int(uses.counts[index]), "tokens": int(tokens[index])}
            rows.append({**where, "list": name, "word": word, **numbers, "split": split})
    return rows


def _top(words: Strings, scores: Ints, most: int) -> Ints:
    """The words of the highest scores above 0, the highest first, those of one score by their bytes."""
    most = min(most, int((scores > 0).sum()))
    if not most:
        return np.zeros(0, np.int64)
    least = np.partition(scores, -most)[-most]
    above, level = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    buffer = np.ascontiguousarray(words.data).data

    def place(index: int) -> tuple[int, bytes]:
        return -int(scores[index]), bytes(buffer[int(words.starts[index]) : int(words.ends[index])])

    first = heapq.nsmallest(most - len(above), level.tolist(), key=place)
    return np.array([*sorted(above.tolist(), key=place), *first], np.int64)


def _token_counts(tokenizer: Tokenizer, words: Strings) -> Ints:
    """The tokens of each word, int64 [words]."""
    counts = np.zeros(len(words), np.int64)
    for start in range(0, len(words), SLICE):
        for which, _, encoded, _ in _encoded(tokenizer, words[start : start + SLICE]):
            counts[start + which] = encoded.counts
    return counts


def _splits(tokenizer: Tokenizer, words: Strings) -> list[list[str] | None]:
    """The text that each token of each word covers; None where the tokenizer can't tell."""
    splits: list[list[str] | None] = [None] * len(words)
    for which, strings, encoded, stripped in _encoded(tokenizer, words):
        spans = token_spans(tokenizer, strings, encoded, stripped)
        if spans is None:
            continue
        unknown = tokenizer.vocabulary.unknown if tokenizer.vocabulary else None
        # Behind what was left out without an UNK, the places of a library are wrong.
        told = spans.exact | (tokenizer.vocabulary is None or not tokenizer.vocabulary.drops)
        for at in np.flatnonzero(told).tolist():
            mine = slice(*encoded.starts[at : at + 2].tolist())
            splits[which[at]] = [
                UNKNOWN if id == unknown else _shown(strings.data[begin:end].tobytes())
                for id, begin, end in zip(
                    encoded.ids[mine].tolist(), spans.begin[mine].tolist(), spans.end[mine].tolist()
                )
            ]
    return splits


def _shown(piece: bytes) -> str:
    """The text of a token; bytes that are no whole character by their numbers.

    >>> _shown(" ха".encode()), _shown("а".encode() + b"\\xd3")
    ('▁ха', 'а<0xD3>')
    """
    text = piece.decode("utf-8", "surrogateescape").replace(" ", SPACE)
    return re.sub("[\udc80-\udcff]", lambda match: f"<0x{ord(match[0]) - 0xDC00:02X}>", text)


def _encoded(tokenizer: Tokenizer, words: Strings) -> Iterator[tuple[Ints, Strings, Encoded, Bools]]:
    """Words as they stand inside a line, after a space; where that isn't proved, each as a line.

    Yields:
        Which words, what was encoded, its tokens, and what of it was encoded without its space.
    """
    words = words.packed()
    inside = np.zeros(len(words), bool)
    if tokenizer.word_form is not None:
        inside = ~Finder(special_texts(tokenizer)).within(words)
    within, alone = np.flatnonzero(inside), np.flatnonzero(~inside)
    if len(within):
        spaced = _after_spaces(words[within].packed())
        yield within, spaced, *encode_words(tokenizer, spaced)
    if len(alone):
        lines = words[alone].packed()
        yield alone, lines, tokenizer.encode(lines.to_list()), np.zeros(len(alone), bool)


def _after_spaces(words: Strings) -> Strings:
    """Packed words, each with a U+0020 before it."""
    data = np.insert(words.data, words.starts, np.uint8(0x20))
    before = np.arange(len(words))
    return Strings(data, words.starts + before, words.ends + before + 1)

"""Praat's TextGrids: the labels of a tier.

Read as Praat reads them, by the numbers, strings and flags that stand alone, whatever is said around them; so
the long form and the short one are the same.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from langcov.corpora.readers.documents.contents import text_in, whole
from langcov.corpora.readers.documents.layers import chosen_layers, clock
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts

_TOKEN = re.compile(
    r"""(?<!\S)(?:
    (?P<comment>![^\n]*)
    | "(?P<string>(?:[^"]|"")*)"
    | (?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    | (?P<flag><\w+>)
    )(?!\S)""",
    re.VERBOSE,
)
_CODE = re.compile(r"\\[!-~]{2}")
_log = logging.getLogger(__name__)


class _Label(NamedTuple):
    """A label that is not empty."""

    tier: str
    start: float  # seconds
    text: str


def read_textgrid(file: File) -> Iterator[Texts]:
    """The labels of the tiers that are read, in the order of time; empty ones are none.

    A file with a byte-order mark is in UTF-16, as Praat writes it, whatever ``--encoding`` says. Praat's own
    codes for letters stay as they are, and are listed in a warning.

    Raises:
        UserError: no whole TextGrid, or it can't be told which tier is the text.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    text = text_in(file)
    with whole(file.path, ".TextGrid"):
        labels = list(_labels(_Tokens(text)))
    tiers = chosen_layers(file, list(dict.fromkeys(label.tier for label in labels)))
    some = [label for label in labels if label.tier in tiers]
    codes = Counter(code for label in some for code in _CODE.findall(label.text))
    if codes and not file.again:
        listed = ", ".join(f"{code} {times}" for code, times in codes.most_common(8))
        _log.warning("%s: codes of Praat for letters (%s): in Praat, Convert to Unicode", file.path, listed)
    for label in sorted(some, key=lambda label: label.start):
        yield Passage(label.text, f"{label.tier} {clock(label.start)}")


class _Tokens:
    """The strings, numbers and flags of a file, one after another."""

    def __init__(self, text: str) -> None:
        self._found = (one for one in _TOKEN.finditer(text) if one["comment"] is None)

    def string(self) -> str:
        """The next, which is a string."""
        return self._next("string").replace('""', '"')

    def number(self) -> float:
        """The next, which is a number."""
        return float(self._next("number"))

    def flag(self) -> str:
        """The next, which is a flag."""
        return self._next("flag")

    def _next(self, kind: str) -> str:
        found = next(self._found, None)
        if found is None or found[kind] is None:
            raise ValueError(f"{found[0][:20] if found else 'its end'} stands where a {kind} should")
        return found[kind]


def _labels(tokens: _Tokens) -> Iterator[_Label]:
    if (tokens.string(), tokens.string()) != ("ooTextFile", "TextGrid"):
        raise ValueError("not of that kind")
    tokens.number(), tokens.number()
    tiers = int(tokens.number()) if tokens.flag() == "<exists>" else 0
    for _ in range(tiers):
        is_of_intervals = tokens.string() == "IntervalTier"
        tier, *_times, size = tokens.string(), tokens.number(), tokens.number(), tokens.number()
        for _ in range(int(size)):
            start = tokens.number()
            if is_of_intervals:
                tokens.number()
            text = " ".join(tokens.string().split())
            if text:
                yield _Label(tier, start, text)

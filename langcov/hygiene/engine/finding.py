"""What a check says: an issue in a string, or at its place in a file; and of which characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np

from langcov.text.properties import WordBreak, scripts, table

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Issue:
    """What a check finds in one string, a word or a line.

    Attributes:
        check: id of the check.
        severity: ``error`` (wrong, and certain), ``warning`` (probably wrong, or worth a look) or ``note``.
        start: the first code point of the string that is concerned.
        end: the one after the last.
        wrong: the characters concerned, each as often as it occurs, in order.
        message: why, an English sentence with ``{names}`` of ``values``; it is looked up in the catalogues.
        values: what stands for the names; the id of a language is shown as its name.
        suggestion: the whole string as it should be, or of a file its language; None where that is not known.
        automatic: ``fix`` may put ``suggestion`` in its place without being asked for this check by name.
    """

    check: str
    severity: Severity
    start: int
    end: int
    wrong: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    automatic: bool = False


@dataclass(frozen=True)
class Finding:
    """An issue at its place (CONTRACT, Findings).

    Attributes:
        file: the path as the user gave it.
        line: in the file, or in the plain text of a document, from 1; None for the file as a whole.
        column: code points before the issue in its line of the file, plus one.
        length: code points from the first faulty one to the last.
        text: the word or line that holds the issue.
        before, after: what stands around ``text`` in its line, for a reader.
        issue: what was found.
        place: of a document, where the line stands in it, in words; else empty.
    """

    file: str
    line: int | None
    column: int | None
    length: int
    text: str
    before: str
    after: str
    issue: Issue
    place: str = ""

    @property
    def codepoints(self) -> list[str]:
        """The characters concerned, as ``04CF``."""
        return [f"{ord(character):04X}" for character in self.issue.wrong]


def name_of(character: str) -> str:
    """A code point by number and name.

    >>> name_of("ӏ")
    'U+04CF CYRILLIC SMALL LETTER PALOCHKA'
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, '(no name)')}"


REPLACEMENT = "\ufffd"
ORDINALS = frozenset("ªº")
"""Signs of Romance ordinal numbers and, by mistake, of degrees; no letters of a word."""


def span(first: int, last: int) -> str:
    """The code points from one to another, both included."""
    return "".join(map(chr, range(first, last + 1)))


@cache
def marks() -> frozenset[str]:
    """All combining marks (General_Category M)."""
    extending = np.flatnonzero(table("word_break") == WordBreak.Extend)  # all marks and a few others
    return frozenset(filter(is_mark, map(chr, extending.tolist())))


def is_mark(character: str) -> bool:
    """Whether it is a combining mark (General_Category M)."""
    return unicodedata.category(character)[0] == "M"


def clusters(text: str) -> Iterable[re.Match[str]]:
    """Each character with the marks after it; marks at the start are one of their own.

    >>> [cluster.group() for cluster in clusters("ка̄")]
    ['к', 'а̄']
    """
    return _cluster().finditer(text)


@cache
def _cluster() -> re.Pattern[str]:
    mark = f"[{''.join(map(re.escape, sorted(marks())))}]"
    return re.compile(f"{mark}+|.{mark}*", re.DOTALL)


def script_of(character: str) -> str:
    """ISO 15924 code of the one script of a letter; ``Zyyy`` if it has none, and of ª and º.

    >>> script_of("ӏ"), script_of("ʼ"), script_of("ª")
    ('Cyrl', 'Zyyy', 'Zyyy')
    """
    return "Zyyy" if character in ORDINALS else scripts()[int(table("script")[ord(character)])]


def is_joining(character: str) -> bool:
    """Whether words are made of it: letters, marks, letters that look like an apostrophe.

    >>> is_joining("ʼ"), is_joining("1"), is_joining("-")
    (True, False, False)
    """
    return character.isalpha() or is_mark(character)


def named(characters: str) -> str:
    """Characters by number and name, each once.

    >>> named("ӏӏ")
    'U+04CF CYRILLIC SMALL LETTER PALOCHKA'
    """
    return ", ".join(map(name_of, dict.fromkeys(characters)))


def issue_at(
    places: Iterable[int],
    text: str,
    check: str,
    severity: Severity,
    message: str,
    values: Mapping[str, str] | None = None,
    suggestion: str | None = None,
    automatic: bool = False,
) -> Issue:
    """The issue that some characters of a string make together.

    Args:
        places: of the wrong characters, ascending, at least one.
        text: the whole string.
        check: as in ``Issue``, and so are all below.
        severity: how bad it is.
        message: a constant, with the names of ``values`` in braces.
        values: what stands for them; without any, ``{characters}`` is the wrong characters by name.
        suggestion: what should stand instead.
        automatic: whether ``fix`` may make it so.
    """
    places = list(places)
    wrong = "".join(text[place] for place in places)
    values = {"characters": named(wrong)} if values is None else values
    return Issue(check, severity, places[0], places[-1] + 1, wrong, message, values, suggestion, automatic)

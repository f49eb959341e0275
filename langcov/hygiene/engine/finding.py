"""What a check says: an issue in a string, and a finding, which is an issue at its place in a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Issue:
    """What a check finds in one string, a word or a line.

    Attributes:
        check: id of the check.
        severity: ``error`` (wrong, and certain), ``warning`` (probably wrong, or worth a look) or ``note``.
        start, end: code points [start, end) of the string that are concerned.
        wrong: the characters concerned, each as often as it occurs, in order.
        message: why, an English sentence with ``{names}`` of ``values``; it is looked up in the catalogues.
        values: what stands for the names.
        suggestion: the whole string as it should be; None where that is not known.
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
        line: in the file, from 1; None for what is true of the file as a whole.
        column: code points before the issue in its line of the file, plus one.
        length: code points from the first faulty one to the last.
        text: the word or line that holds the issue.
        before, after: what stands around ``text`` in its line, for a reader.
        issue: what was found.
    """

    file: str
    line: int | None
    column: int | None
    length: int
    text: str
    before: str
    after: str
    issue: Issue

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

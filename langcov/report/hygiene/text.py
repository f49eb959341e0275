"""Text of a corpus for the eyes: the issue and its neighbourhood, nothing in it obeyed or invisible."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from langcov.hygiene.engine.finding import Finding
from langcov.hygiene.fixing.changes import alike

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(point)
    for bounds in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for point in range(*bounds)
}
"""Printable by Python's lights, and yet nothing is seen of them."""


@dataclass(frozen=True)
class Marked:
    """A text in three parts, of which the middle one is to be marked; all of them safe to print."""

    before: str
    issue: str
    after: str


def shown(text: str) -> str:
    r"""Text as it is, apart from what a terminal might obey or a reader can't see: that is given by number.

    >>> shown("а\x1b[2J\u202eб\xadв г")
    'а⟨U+001B⟩[2J⟨U+202E⟩б⟨U+00AD⟩в г'
    """
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(c if c.isprintable() and c not in _BLANK else f"⟨U+{ord(c):04X}⟩" for c in text)


def marked(finding: Finding, room: int) -> Marked:
    """The issue where it stands in its line.

    Args:
        finding: its place.
        room: code points, at most, of what stands before it, of the issue, and of what stands after it.
    """
    start, end = finding.issue.start, finding.issue.end
    left, right = finding.before + finding.text[:start], finding.text[end:] + finding.after
    return _marked(left, finding.text[start:end], right, room)


def word(finding: Finding, room: int) -> Marked:
    """The issue in its word, or in its line where that is what was looked at."""
    start, end, text = finding.issue.start, finding.issue.end, finding.text
    return _marked(text[:start], text[start:end], text[end:], room)


def fixed(finding: Finding, room: int, around: bool = False) -> Marked | None:
    """The same as it should be, with what takes the issue's place marked; None where that isn't known.

    Args:
        finding: its place.
        room: as of ``marked``.
        around: where it stands in its line.
    """
    text, right = finding.text, finding.issue.suggestion
    if right is None:
        return None
    start, tail = _alike(text, right)
    end = len(right) - tail
    before, after = (finding.before, finding.after) if around else ("", "")
    return _marked(before + right[:start], right[start:end], right[end:] + after, room)


def both(text: str, right: str, room: int) -> tuple[Marked, Marked]:
    """A word and what becomes of it, each with what the other has otherwise marked.

    >>> [(one.before, one.issue, one.after) for one in both("хIун", "хӏун", 9)]
    [('х', 'I', 'ун'), ('х', 'ӏ', 'ун')]
    """
    start, tail = _alike(text, right)
    ends = ((one, len(one) - tail) for one in (text, right))
    old, new = (_marked(one[:start], one[start:end], one[end:], room) for one, end in ends)
    return old, new


def _alike(text: str, right: str) -> tuple[int, int]:
    """What both begin and end with, no letter parted from its marks."""
    start, tail = alike(text, right)
    while start and any(unicodedata.combining(rest[start]) for rest in (text, right) if start < len(rest)):
        start -= 1
    while tail and unicodedata.combining(right[-tail]):
        tail -= 1
    return start, tail


def _marked(left: str, issue: str, right: str, room: int) -> Marked:
    if len(left) > room:
        left = "…" + left[-room:]
    if len(right) > room:
        right = right[:room] + "…"
    if len(issue) > room:
        issue = issue[:room] + "…"
    if issue and unicodedata.combining(issue[0]):
        issue = "\N{DOTTED CIRCLE}" + issue  # a mark alone would sit on the bracket
    return Marked(_around(left), shown(issue), _around(right))


def _around(text: str) -> str:
    """What stands around an issue: there a space of any kind may look like one."""
    return shown("".join(" " if unicodedata.category(c) == "Zs" else c for c in text))

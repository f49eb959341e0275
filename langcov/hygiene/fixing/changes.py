"""A fix of a word in a text, and what it changes in the lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Fix(NamedTuple):
    """A word and what becomes of it."""

    start: int  # code points before it in its text
    # before, after: the word
    before: str
    after: str
    checks: tuple[str, ...]  # that made the fix, in order, each once


class Change(NamedTuple):
    """What is written in a line in the place of a part of it."""

    # start, end: code points [start, end) of the line
    start: int
    end: int
    new: str  # what is written there, as the format spells it
    fix: Fix


Changes = dict[int, list[Change]]  # the changes of each line, by its index, from left to right


class Unplaced(Exception):
    """The fixes of a text can't be made where it stands; says why."""


class Edit(NamedTuple):
    """New characters for the code points [start, end) of a text."""

    start: int
    end: int
    new: str


def edits(fix: Fix) -> list[Edit]:
    """The least that changes: letter by letter where a word keeps its length, else one run of letters.

    >>> edits(Fix(3, "xӀopа", "хӀора", ()))
    [Edit(start=3, end=4, new='х'), Edit(start=5, end=6, new='о'), Edit(start=6, end=7, new='р')]
    >>> edits(Fix(0, "ки\\xadтап", "китап", ()))
    [Edit(start=2, end=3, new='')]
    """
    old, new = fix.before, fix.after
    if len(old) == len(new):
        places = (place for place in range(len(old)) if old[place] != new[place])
        return [Edit(fix.start + place, fix.start + place + 1, new[place]) for place in places]
    head, tail = alike(old, new)
    return [Edit(fix.start + head, fix.start + len(old) - tail, new[head : len(new) - tail])]


def alike(one: str, other: str) -> tuple[int, int]:
    """How many code points two strings begin with in common, and how many of the rest they end with.

    >>> alike("китап", "ки-тап"), alike("аа", "а")
    ((2, 3), (1, 0))
    """
    head = _common(one, other)
    return head, _common(one[head:][::-1], other[head:][::-1])


def _common(one: str, other: str) -> int:
    differ = (place for place, pair in enumerate(zip(one, other)) if pair[0] != pair[1])
    return next(differ, min(len(one), len(other)))


def edited(text: str, start: int, changes: Iterable[Edit | Change]) -> str:
    """A part of a text after some edits."""
    parts, done = [], start
    for edit in changes:
        parts += [text[done - start : edit.start - start], edit.new]
        done = edit.end
    return "".join((*parts, text[done - start :]))


def in_line(lines: Sequence[bytes], index: int, prefix: int, fixes: Sequence[Fix]) -> Changes:
    """The changes of a line that holds its text as it is.

    >>> in_line([], 0, 4, [Fix(2, "хIун", "хӏун", ())])[0][0].start
    6
    """
    starts = [prefix + fix.start for fix in fixes]
    return {
        index: [Change(start, start + len(fix.before), fix.after, fix) for start, fix in zip(starts, fixes)]
    }

"""What a finding shows of its line: the word with an issue and its surroundings, or part of a long line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from langcov.hygiene.engine.finding import Issue

CONTEXT = 40
"""Code points on either side of a word that a finding carries."""
SHOWN = 200
"""Code points of an issuey line that a finding carries."""

Shown = tuple[str, str, str, Issue]
"""The word or line that a finding shows, what stands before and after it, and the issue in it."""


def of_line(line: str, issue: Issue) -> Shown:
    """Of an issue of a line: its beginning, or what is around the issue if that lies far inside."""
    if not line:  # the line is no text, and its issue not in characters
        return "", "", "", issue
    begin = max(0, issue.start - CONTEXT)
    shown = line.rstrip("\r")[begin : begin + SHOWN]
    if not begin and issue.end <= len(shown):
        return shown, "", "", issue
    return shown, "", "", replace(issue, start=issue.start - begin, end=min(issue.end - begin, len(shown)))


def of_word(line: str, text: str, column: int, issue: Issue) -> Shown:
    """Of an issue of a word: the word without punctuation around it.

    Args:
        line: that holds it.
        text: the word.
        column: code points before it in the line.
        issue: in the word.
    """
    head, tail = _outside(text, issue)
    start = column + head
    end = start - head + len(text) - tail
    return (
        text[head : len(text) - tail],
        line[max(0, start - CONTEXT) : start],
        line.rstrip("\r")[end : end + CONTEXT],
        _trimmed(text, issue, head, tail),
    )


def _outside(word: str, issue: Issue) -> tuple[int, int]:
    """How many characters of punctuation stand before and after what a finding should show of a word."""
    head, tail = 0, 0
    while head < issue.start and _is_punctuation(word[head]):
        head += 1
    while tail < len(word) - issue.end and _is_punctuation(word[-1 - tail]):
        tail += 1
    fix = issue.suggestion
    if fix is not None and (not fix.startswith(word[:head]) or not fix.endswith(word[len(word) - tail :])):
        return 0, 0
    return head, tail


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" and character not in "'’"


def _trimmed(word: str, issue: Issue, head: int, tail: int) -> Issue:
    """The issue of the word without its outer punctuation."""
    if not head and not tail:
        return issue
    fix = issue.suggestion
    return replace(
        issue,
        start=issue.start - head,
        end=issue.end - head,
        suggestion=None if fix is None else fix[head : len(fix) - tail],
    )

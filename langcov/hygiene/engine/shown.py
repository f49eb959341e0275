"""What a finding shows of its line: the word at fault and what stands around it, or a part of a long line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from langcov.hygiene.engine.finding import Fault

CONTEXT = 40
"""Code points on either side of a word that a finding carries."""
SHOWN = 200
"""Code points of a faulty line that a finding carries."""

Shown = tuple[str, str, str, Fault]
"""The word or line that a finding shows, what stands before and after it, and the fault in it."""


def of_line(line: str, fault: Fault) -> Shown:
    """Of a fault of a line: its beginning, or what is around the fault if that lies far inside."""
    if not line:  # the line is no text, and its fault not in characters
        return "", "", "", fault
    begin = max(0, fault.start - CONTEXT)
    shown = line.rstrip("\r")[begin : begin + SHOWN]
    if not begin and fault.end <= len(shown):
        return shown, "", "", fault
    return shown, "", "", replace(fault, start=fault.start - begin, end=min(fault.end - begin, len(shown)))


def of_word(line: str, text: str, column: int, fault: Fault) -> Shown:
    """Of a fault of a word: the word without punctuation around it.

    Args:
        line: that holds it.
        text: the word.
        column: code points before it in the line.
        fault: in the word.
    """
    head, tail = _outside(text, fault)
    start = column + head
    end = start - head + len(text) - tail
    return (
        text[head : len(text) - tail],
        line[max(0, start - CONTEXT) : start],
        line.rstrip("\r")[end : end + CONTEXT],
        _trimmed(text, fault, head, tail),
    )


def _outside(word: str, fault: Fault) -> tuple[int, int]:
    """How many characters of punctuation stand before and after what a finding should show of a word."""
    head, tail = 0, 0
    while head < fault.start and _is_punctuation(word[head]):
        head += 1
    while tail < len(word) - fault.end and _is_punctuation(word[-1 - tail]):
        tail += 1
    mend = fault.suggestion
    if mend is not None and (not mend.startswith(word[:head]) or not mend.endswith(word[len(word) - tail :])):
        return 0, 0
    return head, tail


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" and character not in "'’"


def _trimmed(word: str, fault: Fault, head: int, tail: int) -> Fault:
    """The fault of the word without its outer punctuation."""
    if not head and not tail:
        return fault
    mend = fault.suggestion
    return replace(
        fault,
        start=fault.start - head,
        end=fault.end - head,
        suggestion=None if mend is None else mend[head : len(mend) - tail],
    )

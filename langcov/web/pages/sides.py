"""The lines that a fix changes, before and after side by side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from langcov.hygiene.fixing.fix import Block

LINES = 300  # that are shown
AROUND = 160  # code points of a line that stands around its changes

Part = tuple[str, bool]
"""A part of a line, and whether it changes."""
Side = dict[str, object]


def changed(blocks: Iterable[Block]) -> list[dict[str, object]]:
    """The first lines that change: the number of each from 1, and its parts before and after."""
    lines = ((block, index) for block in blocks for index in sorted(block.changes))
    return [_line(block, index) for block, index in islice(lines, LINES)]


def _line(block: Block, index: int) -> dict[str, object]:
    text, at = block.lines[index].decode(), 0
    before: list[Part] = []
    after: list[Part] = []
    for change in block.changes[index]:
        same = text[at : change.start]
        before += [(same, False), (text[change.start : change.end], True)]
        after += [(same, False), (change.new, True)]
        at = change.end
    rest = (text[at:], False)
    number = block.first + index + 1
    return {"line": number, "before": _short([*before, rest]), "after": _short([*after, rest])}


def _short(parts: list[Part]) -> list[Part]:
    """The same without what stands far from any change."""
    return [(text if marked or len(text) <= 2 * AROUND else _middle(text), marked) for text, marked in parts]


def _middle(text: str) -> str:
    return f"{text[:AROUND]} … {text[-AROUND:]}"

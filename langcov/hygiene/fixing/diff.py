"""The changes of a file as a unified diff, written while the file is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from langcov.core.names import visible
from langcov.hygiene.fixing.fix import Block

CONTEXT = 3
MOST_HELD = 16 << 20  # bytes of a hunk that are held in memory: its length stands before it


class Row(NamedTuple):
    """A line of the file, old and new."""

    number: int  # from 0
    old: bytes  # without its LF
    new: bytes | None  # None where it doesn't change
    ends: bool  # whether it has an LF
    place: str  # of a document, where it stands there


def unified(blocks: Iterable[Block], name: str) -> Iterator[str]:
    """The lines of a diff that ``patch -p0`` and ``git apply -p0`` take; none where nothing changes.

    Of a document it is the diff of its plain text; a hunk is headed by the place of its first change.
    Old and new lines stand in pairs, as lines stay lines.
    """
    shown = f"{_quoted(name)}\t" if " " in name else _quoted(name)
    numbers = count()
    hunks = groupby(_near_changes(blocks), key=lambda row: row.number - next(numbers))
    for place, (_, hunk) in enumerate(hunks):
        if place == 0:
            yield f"--- {shown}\n"
            yield f"+++ {shown}\n"
        yield from _hunk(hunk)


def _quoted(name: str) -> str:
    r"""A name as diffs have it: quoted if it holds what ends a line, can't be seen, or is no UTF-8.

    >>> print(_quoted("tat.txt"), _quoted('"\x1b\udcff'))
    tat.txt "\"\033\377"
    """
    if name.isprintable() and not set(name) & set('"\\'):
        return name
    parts = (
        f"\\{c}" if c in '"\\' else c if c.isprintable() else "".join(f"\\{b:03o}" for b in os.fsencode(c))
        for c in name
    )
    return f'"{"".join(parts)}"'


def _near_changes(blocks: Iterable[Block]) -> Iterator[Row]:
    """The lines that change and those around them."""
    before: list[bytes] = []  # the last lines of the block before
    shown = wanted = 0  # up to which line all is shown, or context is wanted
    for block in blocks:
        start = block.first - len(before)
        lines = [*before, *block.lines]
        lines[len(before)] = block.mark + lines[len(before)]
        whole = len(lines) - (lines[-1] == b"")
        new = {block.first + index: line for index, line in block.fixed.items()}
        if block.mark and 0 in new:
            new[0] = block.mark + new[0]
        near = {number for line in new for number in range(line - CONTEXT, line + CONTEXT + 1)}
        near.update(range(block.first, min(wanted, start + whole)))
        for number in sorted(near):
            if max(shown, start) <= number < start + whole:
                at = number - start
                place = block.places.get(number, "")
                yield Row(number, lines[at], new.get(number), at < len(lines) - 1, place)
        if new:
            wanted = max(new) + CONTEXT + 1
        shown = max(shown, min(wanted, start + whole))
        before = lines[:whole][-CONTEXT:]


def _hunk(rows: Iterable[Row]) -> Iterator[str]:
    with SpooledTemporaryFile(MOST_HELD) as body:
        first, size, place = 0, 0, ""
        for row in rows:
            first = first if size else row.number + 1
            size += 1
            end = b"\n" if row.ends else b"\n\\ No newline at end of file\n"
            if row.new is None:
                body.write(b" " + row.old + end)
            else:
                place = place or row.place
                body.write(b"-" + row.old + end + b"+" + row.new + end)
        body.seek(0)
        length = "" if size == 1 else f",{size}"
        yield f"@@ -{first}{length} +{first}{length} @@{' ' * bool(place)}{visible(place)}\n"
        for line in body:
            yield line.decode()

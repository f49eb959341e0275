"""Fixes in tables whose cells may stand in quotation marks: in the one cell, as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.hygiene.fixing.changes import Change, Changes, Fix, Unplaced

UNQUOTED = "Fixed, it would hold a sign that can stand only in a cell with quotation marks around it."


def in_cell(
    delimiter: str | None, lines: Sequence[bytes], index: int, prefix: int, fixes: Sequence[Fix]
) -> Changes:
    """The changes of what a line holds of a cell, in which a quotation mark is written twice.

    Args:
        lines: whole rows.

    Raises:
        Unplaced: a fix has a sign that ends the cell, unless quotation marks stand around it.

    >>> in_cell(None, ['7,"a ""хIун"'.encode()], 0, 3, [Fix(3, "хIун", "хӏун", ())])[0][0][:3]
    (7, 11, 'хӏун')
    """
    line = lines[index].decode()
    ending = {'"', *",;\t", *(delimiter or "")}
    if any(ending & (set(fix.after) - set(fix.before)) for fix in fixes):
        before = b"".join(lines[:index]) + line[:prefix].encode()
        if not before.count(b'"') % 2:
            raise Unplaced(UNQUOTED)
    starts, at = [], prefix  # of each character of the text, in the line
    while at < len(line):
        starts.append(at)
        at += 2 if line.startswith('""', at) else 1
    starts.append(at)
    changes = []
    for fix in fixes:
        begin, end = starts[fix.start], starts[fix.start + len(fix.before)]
        changes.append(Change(begin, end, fix.after.replace('"', '""'), fix))
    return {index: changes}

"""The result as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langcov.report.blocks import Cell, Row, Section, Table


def render(sections: Sequence[Section], signature: str) -> str:
    """Headings, tables and notes; the signature as code at the end."""
    parts: list[str] = []
    for section in sections:
        parts.append(f"## {escaped(section.title)}")
        for table in section.tables:
            if table.title:
                parts.append(f"### {escaped(table.title)}")
            parts.append(_table(table))
        for lines in (section.findings, section.all_notes()):
            parts += ["\n".join(f"- {escaped(line)}" for line in lines)] * bool(lines)
    return "\n\n".join([*parts, _code(signature)]) + "\n"


def _table(table: Table) -> str:
    titles = [escaped(column.title.replace("\n", " ")) for column in table.columns]
    rows = [[escaped(table.head), *titles], [":--", *["--:"] * len(titles)]]
    for group in table.groups:
        if group.title:
            rows.append([f"**{escaped(group.title)}**", *[""] * len(titles)])
        rows += [[_label(row), *map(_cell, row.cells)] for row in group.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _label(row: Row) -> str:
    return escaped(row.label) + (f" `{row.code}`" if row.code else "")


def _cell(cell: Cell) -> str:
    return escaped(cell.whole + (cell.mark and f" {cell.mark}"))


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escaped("a|b *c* <d> [e](f)"))
    a\|b \*c\* \<d\> \[e\](f)
    """
    return re.sub(r"([\\`*_{}\[\]<>|~#&])", r"\\\1", text)


def _code(text: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    padding = " " if "`" in text else ""
    return f"{fence}{padding}{text}{padding}{fence}"

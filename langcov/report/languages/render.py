"""The page of a language in a terminal and in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from langcov.report.languages.block import Block
from langcov.report.render.html import document, table
from langcov.report.render.terminal import plain_console, without_trailing_space

if TYPE_CHECKING:
    from rich.table import Table


def terminal(
    title: str, blocks: Sequence[Block], *, color: bool | None = None, width: int | None = None
) -> str:
    """The page as text of at most ``width`` columns; None takes the terminal's."""
    from rich.text import Text

    console = plain_console(color, width)
    with console.capture() as capture:
        console.print(Text(title, style="bold"))
        for block in blocks:
            console.print()
            console.print(Text(block.title, style="bold"))
            for line in block.lines:
                console.print(Text(line))
            if block.rows:
                console.print(_rich(block))
    return without_trailing_space(capture.get())


def _rich(block: Block) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE, show_header=bool(block.heads), pad_edge=False, padding=(0, 1))
    for at in range(len(block.rows[0])):
        head = block.heads[at] if block.heads else ""
        shown.add_column(head, justify="left" if at < block.texts else "right", overflow="fold")
    for row in block.rows:
        shown.add_row(*map(Text, row))
    return shown


def html(title: str, blocks: Sequence[Block]) -> str:
    """The page as one HTML file that needs nothing else."""
    header = f"<header><h1>{escape(title)}</h1></header>"
    return document(title, [header, *map(section, blocks)])


def section(block: Block) -> str:
    """A block as a part of an HTML page."""
    head = f"<h2>{escape(block.title)}</h2>"
    said = "".join(f"<p>{escape(line)}</p>\n" for line in block.lines)
    rows = [[escape(cell).replace("\n", "<br>") for cell in row] for row in block.rows]
    heads = block.heads or [""] * len(block.rows[0]) if rows else []
    shown = table(heads, rows, min(block.texts, len(heads)), cards=len(heads) > 3, labelled=1) if rows else ""
    if block.long:
        return f'<section class="long"><details><summary>{head}</summary>\n{said}{shown}</details></section>'
    return f"<section>\n{head}\n{said}{shown}\n</section>"

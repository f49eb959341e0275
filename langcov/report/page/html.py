"""Blocks of a report as HTML; everything from outside is escaped here."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from langcov.report.blocks import Cell, Row, Table
from langcov.report.render.html import table as plain

if TYPE_CHECKING:
    from langcov.report.charts.picture import Drawing  # altair takes a second

SYSTEMS = 10  # of which pictures show the marks, unless the reader chooses others


@dataclass(frozen=True)
class Part:
    """A section of the page.

    Attributes:
        id: what a link to it ends in.
        title: plain text.
        html: what stands under the title; a part without any is left out.
        within: it belongs to the part before it, and is a level lower.
    """

    id: str
    title: str
    html: str
    within: bool = False


def section(part: Part) -> str:
    """A part with its heading."""
    level = 3 if part.within else 2
    name = escape(part.id)
    title = f'<h{level} id="{name}-title">{escape(part.title)}</h{level}>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{title}\n{part.html}\n</section>'


def contents(parts: Sequence[Part]) -> str:
    """Links to the parts."""
    links = "\n".join(
        f'<li{" class=within" * part.within}><a href="#{escape(part.id)}">{escape(part.title)}</a></li>'
        for part in parts
    )
    return f'<nav aria-label="Contents"><ul>\n{links}\n</ul></nav>'


@cache
def script() -> str:
    """What sorts, filters and saves tables, and draws pictures where there are any."""
    return (files("langcov.data") / "report.js").read_text("utf-8")


def items(texts: Iterable[str], kind: str = "") -> str:
    """A list of plain texts; none for none."""
    lines = "\n".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="{kind}">\n{lines}\n</ul>' if lines else ""


def folded(title: str, html: str) -> str:
    """What is shown when somebody asks for it."""
    return f"<details><summary>{escape(title)}</summary>\n{html}\n</details>" if html else ""


def cards(heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int) -> str:
    """A table of plain texts, in which an empty column is left out; rows are cards on a narrow screen."""
    rows = list(rows)
    kept = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    left = sum(at < texts for at in kept)
    shown = [[_breakable(row[at]) for at in kept] for row in rows]
    return plain([heads[at] for at in kept], shown, left, cards=True, labelled=1) if rows else ""


def sortable(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int) -> str:
    """A table of plain texts that the script makes sortable."""
    kinds = ["" if at < texts else ' class="figure"' for at in range(len(heads))]
    cells = (
        [escape(row[0]), *(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds[1:], row[1:]))]
        for row in rows
    )
    return grid(title, heads, [("", cells)], range(texts))


def table(found: Table, label: Callable[[Row], str] = lambda row: escape(row.label)) -> str:
    """A table with its groups of rows, as the script sorts, filters and saves it.

    Args:
        label: what a row is called, as HTML.
    """
    heads = [found.head.capitalize(), *(column.title.replace("\n", " ") for column in found.columns)]
    groups = [
        (group.title, [[label(row), *map(figure, row.cells)] for row in group.rows]) for group in found.groups
    ]
    return grid(found.title or "By language", heads, groups)


Groups = Iterable[tuple[str, Iterable[Sequence[str]]]]
"""Groups of rows by title: in each row its label, as HTML, and the elements of its cells."""


def grid(title: str, heads: Sequence[str], groups: Groups, texts: Collection[int] = (0,)) -> str:
    """A table of cells that are HTML already, as the script sorts, filters and saves it.

    Args:
        texts: the columns that are no figures.
    """
    kinds = ["" if at in texts else ' class="figure"' for at in range(len(heads))]
    head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in zip(kinds, heads))
    bodies = "".join(_group(name, rows, len(heads)) for name, rows in groups)
    return _wide(title, f"<thead><tr>{head}</tr></thead>\n{bodies}")


def _group(title: str, rows: Iterable[Sequence[str]], columns: int) -> str:
    head = f'<tr class="group"><th scope="rowgroup" colspan="{columns}">{escape(title)}</th></tr>\n'
    lines = "\n".join(f'<tr><th scope="row">{label}</th>{"".join(cells)}</tr>' for label, *cells in rows)
    return f"<tbody>\n{head * bool(title)}{lines}\n</tbody>"


def figure(cell: Cell, drawn: str = "") -> str:
    """A cell of a table; what is drawn stands beside the figure."""
    interval = f"<small>[{escape(', '.join(cell.interval))}]</small>" if cell.interval else ""
    mark = f"<sup>{escape(cell.mark)}</sup>" if cell.mark else ""
    tone = f" {cell.tone}" * bool(cell.tone) + " drawn" * bool(drawn)
    return f'<td class="figure{tone}">{escape(cell.text)}{mark}{drawn}{interval}</td>'


def _wide(title: str, table: str) -> str:
    """A table that may be wider than the screen; who has no mouse can move it too."""
    name = escape(title)
    return (
        f'<div class="wide" role="region" aria-label="{name}" tabindex="0">'
        f"<table><caption>{name}</caption>{table}</table></div>"
    )


def picture(drawing: Drawing, prefix: str) -> str:
    """A picture that the script draws, and what it tells somebody who doesn't see it."""
    spec = drawing.chart.to_dict()
    spec.pop("title", None)
    spec.pop("description", None)
    told = f"{drawing.told}. A table on this page has the figures."
    return (
        f'<figure class="picture" data-name="{escape(prefix + drawing.name)}">'
        f"<figcaption>{escape(drawing.title)}</figcaption>"
        f'<div class="plot" role="img" aria-label="{escape(told)}"></div>'
        f"{data(spec)}</figure>"
    )


def data(value: object, id: str = "") -> str:
    """What the script reads; nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    name = f' id="{id}"' if id else ""
    return f'<script type="application/json"{name}>{text.translate(_INSIDE)}</script>'


_INSIDE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def _breakable(text: str) -> str:
    """A text of several lines; a hash is shown short, and whole when it is pointed at."""
    if len(text) == 64 and not text.strip("0123456789abcdef"):
        return f'<code title="{text}">{text[:12]}</code>'
    return escape(text).replace("\n", "<br>")


def first(names: Iterable[str], most: int) -> str:
    """So many names, and that there are more."""
    names = list(names)
    return ", ".join(islice(names, most)) + f" and {len(names) - most} more" * (len(names) > most)

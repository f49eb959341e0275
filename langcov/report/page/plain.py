"""Sections as one HTML file: tables that can be sorted, filtered and saved, without pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from langcov import __version__
from langcov.core import ui
from langcov.report.blocks import Section
from langcov.report.page.html import Part, contents, items, script, section, table
from langcov.report.render.html import document


def render(title: str, sections: Sequence[Section], signature: str) -> str:
    """The page.

    Args:
        title: of the whole.
        sections: as a terminal shows them; each table has all of its columns here.
        signature: what was measured, in a line.
    """
    with ui.speaking("en"):  # as the tables are
        parts = [part for at, one in enumerate(sections, 1) for part in _parts(one, f"s{at}-")]
        body = [
            '<a class="skip" href="#content">Skip to the figures</a>',
            f"<header><h1>{escape(title)}</h1>"
            f'<p class="quiet">langcov {escape(__version__)} · <code>{escape(signature)}</code></p></header>',
            contents(parts),
            '<main id="content">',
            *map(section, parts),
            "</main>",
        ]
        return document(title, body, styles=["report.css"], scripts=[script()], language="en")


def _parts(one: Section, prefix: str) -> Iterator[Part]:
    yield Part(prefix + "conclusions", one.title, items(one.findings, "findings") or "<p>No conclusion.</p>")
    for at, found in enumerate(one.tables, 1):
        yield Part(f"{prefix}table{at}", found.title or "Figures", table(found), within=True)
    if notes := one.all_notes():
        yield Part(prefix + "notes", "Notes", items(notes, "notes"), within=True)

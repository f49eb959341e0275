"""The page of a tokenizer or of a language-ID model."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from langcov.report import wording as words
from langcov.report.blocks import Row
from langcov.report.page.html import Part, items, table
from langcov.report.site.frame import Page, Site, facts, page, root_of
from langcov.report.site.lines import Found
from langcov.report.site.sheets import Sheet
from langcov.report.site.tokens import Costs

ABOUT = {
    "Kind": "kind",
    "Vocabulary": "vocabulary",
    "Labels": "labels",
    "Library": "version",
    "Engine": "engine",
    "Lines are cleaned first": "clean",
    "Score": "score",
    "sha256": "sha256",
    "Note": "notice",
}


def system_page(site: Site, kind: str, name: str, made: Sequence[Costs | Found]) -> Page:
    """What it is, and its figures on each sheet."""
    path = site.paths[kind, name]
    root = root_of(path)
    mine = [one for one in made if name in one.sheet.systems]
    parts = [
        Part(
            f"on-{at}", f"On {one.sheet.title}", _over_all(one.sheet, name) + one.of_system(site, name, root)
        )
        for at, one in enumerate(mine, 1)
    ]
    return page(path, words.visible(name), facts(_facts([one.sheet for one in mine], name)), parts)


def _over_all(sheet: Sheet, name: str) -> str:
    """Its figures over all languages."""
    found = sheet.together
    row = next((row for row in found.rows() if row.code == name), None)
    shown = {
        _as_head(column.title): escape(cell.whole)
        for column, cell in zip(found.columns, row.cells if row else [])
        if cell.text != "–"
    }
    return f"<h3>{escape(found.title)}</h3>{facts(shown)}" if shown else ""


def _as_head(title: str) -> str:
    """The heading of a column on one line: ``Macro F1 gold``."""
    line = " ".join(title.split())
    return line[:1].upper() + line[1:]


def _facts(sheets: Sequence[Sheet], name: str) -> dict[str, str]:
    """What results say of it, as HTML."""
    told = {sheet.card["name"]: sheet.numbers.ledger.get(name) for sheet in sheets}
    trained = [
        f"{corpus}: {row['status']}" + f" ({row['source']})" * bool(row["source"])
        for corpus, row in told.items()
        if row
    ]
    row = sheets[0].systems[name]
    about = {title: words.visible(row[key]) for title, key in ABOUT.items() if row.get(key)}
    return {
        **{title: escape(text) for title, text in about.items()},
        "Trained on the text?": "<br>".join(escape(words.visible(line)) for line in trained),
    }


def together(sheet: Sheet, site: Site) -> str:
    """The table of systems over all languages, as the first page has it."""
    kind = "models" if sheet.result.kind == "lid" else "tokenizers"

    def label(row: Row) -> str:
        return site.link(kind, row.code, sheet.numbers.called(row.code), "")

    if not sheet.together.columns:
        return ""
    gaps = [f"–{mark} {why}" for mark, why in sheet.notes.footnotes().items()]
    return table(sheet.together, label) + items(gaps, "notes")

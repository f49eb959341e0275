"""The sections of one corpus: what to conclude, the pictures, the tables, and what stands under them."""

from __future__ import annotations

from langcov.report import wording as words
from langcov.report.blocks import Section
from langcov.report.charts import drawings
from langcov.report.page import confusion, letters
from langcov.report.page.html import Part, items, picture, table
from langcov.report.sections import section_of
from langcov.report.tokenizers.view import by_language
from langcov.results.result import Result
from langcov.results.signature import settings


def parts_of(result: Result, corpus: str, prefix: str) -> list[Part]:
    """The parts of a corpus; their ids begin with its name."""
    found = section_of(result, corpus)
    id = f"{prefix}{words.visible(corpus)}-".replace(" ", "_")
    details = confusion.parts if result.kind == "lid" else letters.parts
    return [
        Part(id + "conclusions", found.title, _conclusions(found)),
        Part(id + "pictures", "Pictures", _pictures(result, corpus, id), within=True),
        Part(id + "tables", "Tables", "\n".join(map(table, found.tables)), within=True),
        Part(id + "context", "Context and price", _context(result, corpus), within=True),
        *details(result, corpus, id),
        Part(id + "notes", "Notes", items(found.all_notes(), "notes"), within=True),
    ]


def _conclusions(found: Section) -> str:
    return items(found.findings, "findings") or "<p>No conclusion that the figures carry.</p>"


def _pictures(result: Result, corpus: str, id: str) -> str:
    return "\n".join(picture(drawing, id) for drawing in drawings(result, corpus))


def _context(result: Result, corpus: str) -> str:
    """How much text a window holds, and what text costs."""
    if result.kind == "lid":
        return ""
    size = settings(result.signature).get("context", "8192")
    wanted = {
        "context_chars": f"Characters that {size} tokens hold",
        "price_per_million_chars": "Price of a million characters",
    }
    return "\n".join(map(table, by_language(result, corpus, wanted)))

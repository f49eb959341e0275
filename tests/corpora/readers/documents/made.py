"""Small valid documents, made of the XML that their formats have, and what langcov reads in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langcov.corpora.base import Provenance, ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.formats import format_of, texts_in

OFFICE = "http://schemas.openxmlformats.org/"
W = f'xmlns:w="{OFFICE}wordprocessingml/2006/main" xmlns:mc="{OFFICE}markup-compatibility/2006"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def read(path: Path, only: tuple[str, ...] | None = None, **options: Any) -> list[tuple[str, str]]:
    """The lines of a document, each with its place."""
    return _read(
        File(Source("tat_Cyrl", str(path), format_of(str(path)) or "", only=only), ReadOptions(**options))
    )


def _read(file: File) -> list[tuple[str, str]]:
    found = []
    for texts in texts_in(file):
        assert texts.block is not None and texts.text.data.tobytes() == texts.block.data
        found += [(line, texts.places[number]) for line, number in zip(texts.text, texts.lines.tolist())]
    return found


def skipped(path: Path, **options: Any) -> int:
    """How many texts were left out."""
    file = File(
        Source("tat_Cyrl", str(path), format_of(str(path)) or ""), ReadOptions(**options), Provenance()
    )
    _read(file)
    return file.provenance.skipped


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def docx(body: str, **notes: str) -> bytes:
    """A Word document.

    Args:
        body: what is in ``w:body``.
        notes: ``footnotes``, ``endnotes`` and ``styles``, what is in the root of each.
    """
    types = [f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>']
    types += [f'<Override PartName="/word/{kind}.xml" ContentType="{WORD}.{kind}+xml"/>' for kind in notes]
    related = [f'<Relationship Id="{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>' for kind in notes]
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{OFFICE}package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{"".join(types)}</Types>',
            "_rels/.rels": _relationships(
                f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/_rels/document.xml.rels": _relationships("".join(related)),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **{f"word/{kind}.xml": f"<w:{kind} {W}>{inside}</w:{kind}>" for kind, inside in notes.items()},
        }
    )


REL = f"{OFFICE}officeDocument/2006/relationships"


def _relationships(inside: str) -> str:
    return f'<Relationships xmlns="{OFFICE}package/2006/relationships">{inside}</Relationships>'


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("text", "office", "draw", "style")
)


def odt(body: str, margins: str = "", styles: str = "") -> bytes:
    """An OpenDocument text.

    Args:
        body: what is in ``office:text``.
        margins: what is in ``style:master-page``.
        styles: what is in ``office:automatic-styles``.
    """
    styles = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {ODF}>{styles}{body}"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:master-styles><style:master-page>{margins}"
            "</style:master-page></office:master-styles></office:document-styles>",
        }
    )


def xlsx(path: Path, sheets: Mapping[str, list[list[Any]]]) -> None:
    """A spreadsheet: rows of values by sheet; a string is a string, whatever it begins with."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column)
                cell.value = value
                if isinstance(value, str) and not value.startswith(("=", "#")):
                    cell.data_type = "s"
    book.save(path)


def eaf(tiers: str, slots: Mapping[str, int | None]) -> str:
    """An ELAN file, without the schema that ELAN names in it.

    Args:
        tiers: the elements TIER.
        slots: the time of each slot in milliseconds, None of one without.
    """
    times = (
        f'<TIME_SLOT TIME_SLOT_ID="{id}"{"" if time is None else f" TIME_VALUE={chr(34)}{time}{chr(34)}"}/>'
        for id, time in slots.items()
    )
    order = f"<TIME_ORDER>{''.join(times)}</TIME_ORDER>"
    return f'<?xml version="1.0"?><ANNOTATION_DOCUMENT FORMAT="3.0">{order}{tiers}</ANNOTATION_DOCUMENT>'


def tier(id: str, annotations: str, parent: str = "") -> str:
    """A tier of an ELAN file."""
    above = f' PARENT_REF="{parent}"' if parent else ""
    return f'<TIER TIER_ID="{id}" LINGUISTIC_TYPE_REF="a"{above}>{annotations}</TIER>'


def aligned(id: str, slot: str, value: str) -> str:
    """An annotation with times of its own."""
    times = f'TIME_SLOT_REF1="{slot}" TIME_SLOT_REF2="{slot}"'
    inside = f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
    return f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{id}" {times}>{inside}'


def about(id: str, above: str, value: str, before: str = "") -> str:
    """An annotation about another."""
    previous = f' PREVIOUS_ANNOTATION="{before}"' if before else ""
    inside = f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    return f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{id}" ANNOTATION_REF="{above}"{previous}>{inside}'

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
        notes: ``footnotes`` and ``endnotes``, what is in the root of each.
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

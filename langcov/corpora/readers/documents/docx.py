"""Word documents: each paragraph as it reads once all tracked changes are accepted, then the notes.

python-docx opens the package; its ``paragraph.text`` leaves out what was inserted or moved, symbols, content
controls and simple fields, so that the elements are gone through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from langcov.corpora.readers.documents.contents import needs, unzipped, whole, xml_of
from langcov.corpora.readers.documents.fonts import tell_of_fonts
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.documents.unread import COMMENTS, HIDDEN, MARGINS, tell_of_unread
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_P = f"{_W}p"
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}rt", _FALLBACK}
"""What is deleted, moved elsewhere, said above a word, or there a second time for old programs."""
_NO_TEXT = _GONE | {f"{_W}{name}" for name in ("instrText", "rPr", "pPr", "sectPr", "txbxContent")}
_WRITTEN = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "",
}
_UNREAD = {"header": MARGINS, "footer": MARGINS, "comments": COMMENTS}
_NOTES = ("footnote", "endnote")


def read_docx(file: File) -> Iterator[Texts]:
    """The paragraphs of a document, in tables and text boxes too; then its footnotes and endnotes.

    Headers, footers, comments and hidden words are left out, which is said where they hold text.

    Raises:
        MissingLibrary: python-docx is not installed.
        UserError: no whole .docx.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    try:
        import docx
    except ImportError:
        raise needs("python-docx", file.path) from None
    packed = unzipped(file, ".docx")
    with whole(file.path, ".docx"):
        document = docx.Document(packed)
        body = document.element.body
        tell_of_fonts(file, body, document.styles.element)
        tell_of_unread(file, _unread(document.part, file.path))
        for number, text in enumerate(_paragraphs(body), 1):
            yield Passage(text, f"paragraph {number}")
        for kind in _NOTES:
            there = filter(_is_there, body.iter(f"{_W}{kind}Reference"))
            order = [note.get(f"{_W}id") for note in there]
            notes = _notes(document.part, kind, file.path)
            for number, id in enumerate(order, 1):
                for text in _paragraphs(notes[id]) if id in notes else ():
                    yield Passage(text, f"{kind} {number}")


def _unread(part: Any, path: str) -> Iterator[tuple[str, str]]:
    """The text of headers and footers, of comments, and what is hidden, each with what it is of."""
    for paragraph, vanished in groupby(part.element.body.iter(f"{_W}vanish"), _paragraph_of):
        runs = (one.getparent().getparent() for one in vanished)
        if paragraph is not None and _is_there(paragraph):
            yield HIDDEN, "".join("".join(_parts(run)) for run in runs if _is_hidden(run) and _is_there(run))
    for related in part.rels.values():
        kind = related.reltype.removeprefix(_RELATED)
        if kind in _UNREAD and not related.is_external:
            root = xml_of(related.target_part.blob, path)
            for one in root.iter(f"{_W}comment") if kind == "comments" else (root,):
                yield _UNREAD[kind], "".join(_paragraphs(one))


def _notes(part: Any, kind: str, path: str) -> dict[str | None, Any]:
    """The footnotes or endnotes by their ids."""
    try:
        related = part.part_related_by(f"{_RELATED}{kind}s")
    except KeyError:
        return {}
    return {note.get(f"{_W}id"): note for note in xml_of(related.blob, path).iter(f"{_W}{kind}")}


def _paragraphs(element: Any) -> Iterator[str]:
    """The text of each paragraph; one whose mark is deleted goes on in the next."""
    begun = ""
    for paragraph in filter(_is_there, element.iter(_P)):
        text = begun + "".join(_parts(paragraph)).replace("\u00ad", "")
        joined = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        begun = text if joined else ""
        if not joined:
            yield text
    if begun:
        yield begun


def _parts(element: Iterable[Any]) -> Iterator[str]:
    """What is read inside an element, from left to right."""
    for one in element:
        if one.tag == f"{_W}t":
            yield one.text or ""
        elif one.tag == f"{_W}sym":
            yield f"⟦{one.get(f'{_W}font')} {one.get(f'{_W}char')}⟧"
        elif one.tag in _WRITTEN:
            yield _WRITTEN[one.tag]
        elif one.tag not in _NO_TEXT and not _is_hidden(one):
            yield from _parts(one)


def _is_there(element: Any) -> bool:
    return all(above.tag not in _GONE for above in element.iterancestors())


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(_P), None)


def _is_hidden(element: Any) -> bool:
    vanish = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")

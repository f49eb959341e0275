"""OpenDocument text: each paragraph and heading, then the notes.

lxml reads the XML itself: odfpy's own ways to the text glue words, leave white space as it is indented, and
put the number of a note and the author of a comment into the word before.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile
from typing import Any

from langcov.corpora.readers.documents.contents import unzipped, whole, xml_of
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.documents.unread import COMMENTS, HIDDEN, MARGINS, tell_of_unread
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MARGINS = [f"{_STYLE}{place}{page}" for place in ("header", "footer") for page in ("", "-left", "-first")]
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_NOTE = f"{_TEXT}note"
_APART = {_NOTE, f"{_TEXT}tracked-changes", f"{_OFFICE}annotation"}
"""What stands in the text but is read elsewhere, or not at all."""
_WITHIN = {*_APART, f"{_TEXT}ruby-text"}
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"
"""Stand for what is no white space of XML, which holds none of them."""
_WRITTEN = {_SPACE: " ", _TAB: "\t", _BREAK: "\n"}
_MOST_SPACES = 1000
_WHITE = re.compile(r"[ \t\r\n]+")


def read_odt(file: File) -> Iterator[Texts]:
    """The paragraphs and headings of a document, in tables and frames too; then its footnotes and endnotes.

    Headers, footers, comments, hidden words and deleted text are left out; of the first four it is said.

    Raises:
        MissingLibrary: lxml is not installed.
        UserError: no whole .odt.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    packed = unzipped(file, ".odt")
    with whole(file.path, ".odt"):
        with zipfile.ZipFile(packed) as archive:
            data = archive.read("content.xml")
            styles = archive.read("styles.xml") if "styles.xml" in archive.namelist() else b""
        root = xml_of(data, file.path)
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise ValueError("no office:text")
        hidden = [(HIDDEN, text) for text in _hidden(root, body)]
        tell_of_unread(file, chain(hidden, _unread(body, xml_of(styles, file.path) if styles else ())))
        for number, paragraph in enumerate(_paragraphs(body), 1):
            yield Passage(_text(paragraph), f"paragraph {number}")
        for kind in ("footnote", "endnote"):
            notes = (one for one in body.iter(_NOTE) if one.get(f"{_TEXT}note-class") == kind)
            for number, note in enumerate(filter(_is_there, notes), 1):
                for paragraph in _paragraphs(note.find(f"{_TEXT}note-body")):
                    yield Passage(_text(paragraph), f"{kind} {number}")


def _paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs in an element, but for those in what stands ``_APART`` in it."""
    for paragraph in element.iter(*_PARAGRAPHS):
        within = takewhile(lambda above: above is not element, paragraph.iterancestors())
        if all(above.tag not in _APART for above in within):
            yield paragraph


def _unread(body: Any, styles: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The text of comments, and of headers and footers, each with what it is of."""
    for comment in body.iter(f"{_OFFICE}annotation"):
        yield COMMENTS, "".join(map(_text, comment.iter(*_PARAGRAPHS)))
    for master in styles:
        for one in master.iter(*_MARGINS):
            yield MARGINS, "".join(map(_text, one.iter(*_PARAGRAPHS)))


def _hidden(root: Any, body: Any) -> Iterator[str]:
    """Take what is hidden out of the body; yields what it was, paragraph by paragraph."""
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(one.get(f"{_TEXT}display") == "none" for one in style.iter(f"{_STYLE}text-properties"))
    }
    for paragraph in body.iter(*_PARAGRAPHS) if hidden else ():
        text = ""
        for one in paragraph.iter(f"{_TEXT}span", *_PARAGRAPHS):
            if one.get(f"{_TEXT}style-name") in hidden:
                tail, text = one.tail, text + _text(one)
                one.clear()
                one.tail = tail
        yield text


def _is_there(element: Any) -> bool:
    return all(above.tag not in _APART for above in element.iterancestors())


def _text(paragraph: Any) -> str:
    text = _WHITE.sub(" ", "".join(_parts(paragraph))).strip(" ")
    for sign, written in _WRITTEN.items():
        text = text.replace(sign, written)
    return text.replace("\u00ad", "")


def _parts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        if one.tag == f"{_TEXT}s":
            count = int(one.get(f"{_TEXT}c", "1"))
            if count > _MOST_SPACES:
                raise ValueError(f"{count} spaces")
            yield _SPACE * count
        elif one.tag == f"{_TEXT}tab":
            yield _TAB
        elif one.tag == f"{_TEXT}line-break":
            yield _BREAK
        elif str(one.tag).startswith(_TEXT) and one.tag not in _WITHIN:
            yield from _parts(one)
        yield one.tail or ""

"""Translation memories: the segments of one language, without the codes of their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from langcov.corpora.readers.documents.contents import (
    SAFELY,
    check_declarations,
    check_entities,
    lxml,
    whole,
)
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import blocks, peeked
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements that hold what is no text; ``hi`` holds some."""
_WHITE = re.compile(r"[ \t\r\n]+")
_HEAD = 1 << 20


def read_tmx(file: File) -> Iterator[Texts]:
    """The segments, unit by unit, in the languages that are wanted; a file of any size, piece by piece.

    Raises:
        MissingLibrary: lxml is not installed.
        UserError: no whole .tmx.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    for number, unit in enumerate(_units(file), 1):
        name = unit.get("tuid") or ""
        for variant in unit.iter("tuv"):
            segment = variant.find("seg")
            text = "" if segment is None else _WHITE.sub(" ", "".join(_parts(segment))).strip(" ")
            if text and file.wants(variant.get(_LANG) or variant.get("lang") or ""):
                yield Passage(text, f"unit {number}{f' ({name})' * bool(name)}")


def _units(file: File) -> Iterator[Any]:
    etree = lxml(file.path)
    head, pieces = peeked(blocks(file.source.path), _HEAD)
    check_declarations(iter([head]), file.path)
    with whole(file.path, ".tmx"):
        parser = etree.XMLPullParser(("end",), tag="tu", **SAFELY)
        for piece in pieces:
            parser.feed(piece)
            for _event, unit in parser.read_events():
                check_entities(unit, file.path)
                yield unit
                unit.clear()
                while unit.getprevious() is not None:
                    del unit.getparent()[0]
        root = parser.close()
    if root.tag != "tmx":
        raise UserError(f"{file.path} is no .tmx: its XML is of {root.tag}")


def _parts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        if one.tag not in _CODES:
            yield from _parts(one)
        yield one.tail or ""

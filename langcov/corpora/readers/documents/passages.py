"""What a reader of documents finds, and the lines that are made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Block, Record, Texts

_LINE_ENDS = re.compile(r"\r\n?")


class Passage(NamedTuple):
    """A piece of running text of a document, which may hold LFs.

    Attributes:
        text: as a reader of the document sees it.
        place: where a person finds it in the program that the document is of: ``paragraph 12``.
    """

    text: str
    place: str


def lines_of(passages: Iterable[Passage], file: File) -> Iterator[Texts]:
    """The lines of a document: line i is that of the plain text into which it is exported and fixed.

    Args:
        passages: in the order of reading; an empty one is an empty line.
        file: that they are of.

    Raises:
        UserError: a line is too long, or no text.
    """
    for texts in file.texts(_records(passages)):
        block = Block(int(texts.lines[0]), texts.text.data.tobytes())
        yield replace(texts, block=block)


def _records(passages: Iterable[Passage]) -> Iterator[Record]:
    number = 0
    for text, place in passages:
        for line in _LINE_ENDS.sub("\n", text).removesuffix("\n").split("\n"):
            yield Record(line.encode("utf-8", "surrogatepass"), number, place=place)
            number += 1

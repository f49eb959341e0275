"""Toolbox and Shoebox (SFM): one field of the records, by default the text line ``\\tx``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from langcov.corpora.readers.documents.contents import text_in
from langcov.corpora.readers.documents.layers import chosen_layers
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_FIELD = re.compile(r"\\(\S+)(?:\s+(.*))?", re.DOTALL)
_USUAL = ("tx", "t")
"""What the text line is called in projects of interlinear texts."""
_REFERENCE = "ref"


class _Field(NamedTuple):
    """A field with its continuation lines."""

    line: int  # of the file, from 1
    marker: str
    value: str


def read_toolbox(file: File) -> Iterator[Texts]:
    """The values of a field, those of one ``\\ref`` as one: long sentences are wrapped into several.

    Raises:
        UserError: not of such fields, or none of them is known to be the text.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    fields = list(_fields(text_in(file)))
    there = list(dict.fromkeys(field.marker for field in fields if field.value))
    if not there:
        raise UserError(f"{file.path} is no Toolbox file: no line of it begins with a marker, as \\tx is")
    usual = next((marker for marker in _USUAL if marker in there and not file.options.tiers), None)
    wanted = (usual,) if usual else chosen_layers(file, there)
    reference, parts, begun = "", list[str](), 0
    for field in [*fields, _Field(0, _REFERENCE, "")]:
        if field.marker == _REFERENCE or (not reference and field.marker in wanted):
            if parts:
                yield Passage(" ".join(parts), f"line {begun}{f' ({reference})' * bool(reference)}")
            parts = []
        if field.marker == _REFERENCE:
            reference = field.value
        elif field.marker in wanted and field.value:
            begun = begun if parts else field.line
            parts.append(field.value)


def _fields(text: str) -> Iterator[_Field]:
    """The fields of a file; runs of white space, which align glosses, are one space."""
    begun: list[str] = []
    first = 0
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), "\\"], 1):
        if not line.startswith("\\"):
            begun.append(line)
            continue
        found = _FIELD.match("\n".join(begun)) if begun else None
        if found and not found[1].startswith("_"):
            yield _Field(first, found[1], " ".join((found[2] or "").split()))
        begun, first = [line], number

"""What a person is asked about files that say too little of themselves."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from langcov.corpora.base import Source
from langcov.corpora.names import told
from langcov.corpora.readers.formats import WORDS
from langcov.errors import ChoiceError, UserError
from langcov.hygiene.lines.guessed import likely_languages
from langcov.hygiene.reading.encoding import CODE_PAGES, EncodingError, refusal
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from langcov.web.given import Asked

Made = dict[str, Any]
"""What a page says of what was done, its ``kind`` first."""
GUESSED = 6  # languages that are offered where none is said
PREVIEW = 400  # bytes of a text that show an encoding


def which_language(asked: Asked) -> Made | None:
    """The question in which language files are, where neither they nor anybody say it.

    Raises:
        UserError: one of them can't be read, or there is no text in any.
        EncodingError, ChoiceError: it has to be asked first how one is read.
    """
    unsaid = [name for name in asked.texts if told(name)[0] is None and told(name)[1] not in (None, WORDS)]
    if asked.language or asked.carded or not unsaid:
        return None
    for name in unsaid:
        source = Source("", name, told(name)[1] or "txt")
        read = read_fields(source, Reading(asked.options, refusal(asked.encoding)), Unreadable())
        if some := list(islice((fields for fields in read if any(map(str.strip, fields.texts))), 8)):
            return {"kind": "language", "file": name, "likely": likely_languages(some, GUESSED)}
    path = unsaid[0]
    raise UserError(f"{path} holds no text: there is nothing to check")


def which(error: EncodingError | ChoiceError) -> Made:
    """The question that an error is to somebody who can choose."""
    if isinstance(error, EncodingError):
        return _which_encoding(error)
    return {"kind": "choice", "option": error.option, "choices": error.choices, "said": str(error)}


def _which_encoding(error: EncodingError) -> Made:
    """The question in which encoding a file is, with how a part of it looks in each."""
    with Path(error.path).open("rb") as file:
        head = file.read(1 << 16)
    likely = error.likely or ""
    at = 0 if likely.startswith("utf") else next((at for at, byte in enumerate(head) if byte > 0x7F), 0)
    part = head[max(0, at - PREVIEW // 4) :][:PREVIEW]
    pages = [] if likely.startswith("utf") else [name.replace("_", "-") for name in CODE_PAGES]
    names = dict.fromkeys([likely] * bool(likely) + pages)
    looks = {name: part.decode(name, "replace") for name in names}
    return {"kind": "encoding", "file": error.path, "looks": looks}

"""From the files of a source repository to the text of a corpus: one function a form, each exact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from xml.etree import ElementTree

from langcov.corpora.readers.decode import BYTE_ORDER_MARK
from langcov.errors import UserError

Form = Callable[[Sequence[bytes]], bytes]


def lines(parts: Sequence[bytes]) -> bytes:
    r"""Parts one after another, without carriage returns and byte-order marks.

    >>> lines([b"\xef\xbb\xbfone\r\n", b"two"])
    b'one\ntwo\n'
    """
    clean = (part.removeprefix(BYTE_ORDER_MARK).replace(b"\r", b"") for part in parts)
    return b"".join(part if part.endswith(b"\n") else part + b"\n" for part in clean if part)


def sentences(parts: Sequence[bytes]) -> bytes:
    r"""``lines``, each once and none empty.

    >>> sentences([b"one\n\n", b"two\none\n"])
    b'one\ntwo\n'
    """
    distinct = dict.fromkeys(lines(parts).split(b"\n"))
    return b"".join(line + b"\n" for line in distinct if line)


def entries(parts: Sequence[bytes]) -> bytes:
    r"""The first columns of a list of words, each expression once.

    >>> entries([b"\xd0\xb8\tand\n\xd0\xb8\tand so\n"]).decode()
    'и\n'
    """
    firsts = (row.partition(b"\t")[0].strip() for row in lines(parts).split(b"\n"))
    return sentences([b"\n".join(firsts)])


def udhr(parts: Sequence[bytes]) -> bytes:
    """A Universal Declaration in XML as ``KEY<TAB>TEXT``: ``00/title``, ``pre/1``, ``01/title``, ``01/1``, …

    Notes of the editor are left out, and paragraphs that only say that they are missing.

    Raises:
        UserError: it is not such a file.
    """
    return b"".join(f"{row}\n".encode() for part in parts for row in _declaration(part))


def _declaration(document: bytes) -> Iterator[str]:
    if b"<!DOCTYPE" in document:
        raise UserError("a document type is declared in it: no Universal Declaration is written so")
    try:
        root = ElementTree.fromstring(document)
    except (ElementTree.ParseError, ValueError) as problem:
        raise UserError(f"not XML: {problem}") from None
    if _tag(root) != "udhr":
        raise UserError(f"no Universal Declaration, but <{_tag(root)}>")
    for section in root:
        number = section.get("number", "")
        if _tag(section) == "title" and _text(section):
            yield f"00/title\t{_text(section)}"
        elif _tag(section) == "preamble":
            yield from _rows("pre", section)
        elif _tag(section) == "article" and number.isdecimal():
            yield from _rows(f"{int(number):02}", section)


def _rows(name: str, section: ElementTree.Element) -> Iterator[str]:
    numbers = count(1)
    for element in _leaves(section):
        text = _text(element)
        if text and not text.startswith("[Missing"):
            number = "title" if _tag(element) == "title" else next(numbers)
            yield f"{name}/{number}\t{text}"


def _leaves(section: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Titles and paragraphs, in lists too, but not those of notes."""
    for element in section:
        if _tag(element) in ("title", "para"):
            yield element
        elif _tag(element) != "note":
            yield from _leaves(element)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


FORMS: dict[str, tuple[Form, Form]] = {
    "lines": (lines, lines),
    "sentences": (lines, sentences),
    "entries": (lines, entries),
    "udhr": (udhr, udhr),
}
"""Name → what makes the text that a catalogue's sha256 is of, and what makes the text of the corpus."""


def verify(text: bytes, sha256: str, first: int | None = None) -> bool:
    r"""Whether a text, or so many first lines of it, are the ones that a sum is of.

    >>> verify(b"a\nb\n", hashlib.sha256(b"a\n").hexdigest(), 1)
    True
    """
    if first is not None:
        text = b"".join(text.splitlines(keepends=True)[:first])
    return hashlib.sha256(text).hexdigest() == sha256

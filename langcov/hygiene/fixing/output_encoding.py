"""In which encoding a fixed copy is written."""

from __future__ import annotations

import codecs
from contextlib import suppress

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def spelled_out(encoding: str, head: bytes) -> str:
    """The encoding by the name under which a byte-order mark is a letter of the text, and so is kept.

    Args:
        encoding: any name of one that Python knows.
        head: the first four bytes of the file.

    >>> spelled_out("UTF-16", b"\\xfe\\xff\\x04\\x30"), spelled_out("windows-1251", b"")
    ('utf-16-be', 'cp1251')
    """
    name = codecs.lookup(encoding).name.removesuffix("-sig")
    marked = next((form for mark, form in _MARKS.items() if head.startswith(mark)), name)
    return marked if marked.startswith(name) else name


def holds(encoding: str, text: str) -> bool:
    """Whether a file in this encoding comes out byte for byte where it isn't changed, and can hold a text.

    >>> holds("cp1251", "ў"), holds("cp1251", "ӏ"), holds("utf-16-le", "ӏ")
    (True, False, True)
    """
    with suppress(UnicodeEncodeError):
        text.encode(encoding)
        return encoding.startswith(("utf-8", "utf-16", "utf-32")) or _is_byte_a_letter(encoding)
    return False


def _is_byte_a_letter(encoding: str) -> bool:
    """Whether each byte is one letter, and no other is that letter."""
    letters = [codecs.getincrementaldecoder(encoding)("replace").decode(bytes([byte])) for byte in range(256)]
    known = [letter for letter in letters if letter != "\ufffd"]
    return all(map(len, known)) and len(set(known)) == len(known)

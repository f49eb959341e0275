"""Files that are not text in UTF-8: which encoding they are probably in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress

from langcov.corpora.readers.foreign import SAMPLE
from langcov.errors import UserError

_CYRILLIC = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5", "ptcp154"]
CODE_PAGES = [*_CYRILLIC, "cp1252", "cp1257", "cp1254"]  # those that texts of these languages are found in


def guess(data: bytes) -> str | None:
    """The encoding that bytes are probably in, as Python names it; None if nothing is likely.

    UTF-16 and UTF-32 are told by their marks or upper bytes, code pages by charset-normalizer if it is
    installed: without it there is no guess, which only helps to word an error, and no other error.

    Args:
        data: the beginning of a file; a few lines are enough for most languages.

    >>> guess("Казан".encode("utf-16-le"))
    'utf-16-le'
    """
    data = data[:SAMPLE]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return _wide(data) or (None if data.isascii() else _code_page(data))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the upper bytes are small numbers, which no text has many of."""
    if len(data) < 4:
        return None
    for name, step, upper in (
        ("utf-32-le", 4, (2, 3)),
        ("utf-32-be", 4, (0, 1)),
        ("utf-16-le", 2, (1,)),
        ("utf-16-be", 2, (0,)),
    ):
        columns = [data[at::step] for at in upper]
        if all(sum(byte < 0x20 for byte in column) > 0.9 * len(column) for column in columns):
            return name
    return None


def _code_page(data: bytes) -> str | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(data, cp_isolation=CODE_PAGES).best()
    if best is None:
        return None
    if best.encoding in ("cp1251", "ptcp154") and _is_mac(data):
        return "mac-cyrillic"
    return str(best.encoding).replace("_", "-")


def _is_mac(data: bytes) -> bool:
    """Whether capitals and я are where Mac Cyrillic has them: its other letters are those of cp1251."""
    mac = re.findall(rb"(?<![\xc0-\xff])[\x80-\x9f][\xe0-\xfe]|[\xe0-\xfe]\xdf", data)
    windows = re.findall(rb"[\xc0-\xde][\xe0-\xfe]|[\xe0-\xfe]\xff", data)
    return len(mac) > len(windows)


class EncodingError(UserError):
    """A file is in another encoding than it was read in."""

    def __init__(self, message: str, path: str, likely: str | None) -> None:
        super().__init__(message, path, likely)  # as they are, so that it can come from a worker
        self.path, self.likely = path, likely  # likely: the encoding that it is probably in, if any is

    def __str__(self) -> str:
        return str(self.args[0])


def refusal(encoding: str) -> Callable[[str, int, bytes], EncodingError] | None:
    """What refuses text in another encoding; None of those that can't tell."""
    return not_utf8 if encoding.lower() in ("utf-8", "utf8") else None


def not_utf8(path: str, line: int, data: bytes) -> EncodingError:
    """The error for a file in another encoding: where that shows first, and what it probably is in.

    Args:
        path: the file.
        line: number of the first line that is not UTF-8, from 0.
        data: that line, or a block of lines that has it.
    """
    at, byte = _first_bad(data)
    likely = guess(data)
    if likely is None:
        return EncodingError(
            f"{path}, line {line + 1}, byte {at + 1}: 0x{byte:02x} is not UTF-8: "
            "name its encoding with --encoding (cp1251, …)",
            path,
            likely,
        )
    return EncodingError(
        f"{path}, line {line + 1}, byte {at + 1}: 0x{byte:02x} is not UTF-8, but probably {likely}: "
        f"give --encoding {likely}",
        path,
        likely,
    )


def _first_bad(data: bytes) -> tuple[int, int]:
    """The first byte that is not UTF-8, or NUL: its place in its line, from 0, and its value."""
    try:
        data.decode()
        at = max(data.find(b"\0"), 0)
    except UnicodeDecodeError as problem:
        nul = data.find(b"\0", 0, problem.start)
        at = problem.start if nul < 0 else nul
    return at - (data.rfind(b"\n", 0, at) + 1), data[at] if data else 0


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

"""Files that are not text in UTF-8: which encoding they are probably in, and what else they are."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import PurePath

from langcov.corpora.readers.streams import bare
from langcov.errors import UserError

_CYRILLIC = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5", "ptcp154"]
CODE_PAGES = [*_CYRILLIC, "cp1252", "cp1257", "cp1254"]
"""Those that texts of these languages are found in."""
SAMPLE = 1 << 16

_OFFICE = "a word processor's file, not text: choose Save As > Plain text (.txt), encoding UTF-8"
_SHEET = (
    "a spreadsheet, not text: choose Save As > CSV or tab-separated text, encoding UTF-8, and name it .tsv"
)
_PDF = "a PDF, not text: export the text from the program it was made with, or copy it into a .txt file"
_ELAN = "an ELAN file: choose File > Export As > Tab-delimited Text (UTF-8), and name it .tsv"
_FLEX = "a FLEx file: copy each text from Texts & Words, tab Baseline, into a .txt file in UTF-8"
_ARCHIVE = "an archive: unpack it and give the folder"
_PICTURE = "a picture, not text: give the text that is in it, in UTF-8"
_SOUND = "a recording, not text: give its transcript, in UTF-8"
_BY_NAME = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages"), _OFFICE),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _SHEET),
    **dict.fromkeys((".flextext", ".fwdata", ".fwbackup"), _FLEX),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".tgz"), _ARCHIVE),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".djvu"), _PICTURE),
    **dict.fromkeys((".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4", ".avi", ".mov", ".mkv"), _SOUND),
    ".pdf": _PDF,
    ".eaf": _ELAN,
}
_BY_CONTENT = (
    (rb"\{\\rtf|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (rb"%PDF-", _PDF),
    (rb"(?s)(?:\xef\xbb\xbf)?\s*<\?xml.{0,500}?<ANNOTATION_DOCUMENT", _ELAN),
    (rb"(?s)(?:\xef\xbb\xbf)?\s*<\?xml.{0,500}?<(?:languageproject|document version=)", _FLEX),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|AT&TFORM", _PICTURE),
    (rb"ID3|OggS|fLaC|RIFF....WAVE|\xff[\xfb\xf3\xf2]", _SOUND),
)
_IN_ZIP = ((rb"word/|opendocument\.text", _OFFICE), (rb"xl/|opendocument\.spreadsheet", _SHEET))


def refusal(path: str, head: bytes) -> UserError | None:
    """What to say of a file that is no plain text at all, by its name or its first bytes; None if it may be.

    Args:
        path: its name.
        head: its first bytes, decompressed; a few thousand tell more.

    >>> print(refusal("talk.eaf", b""))
    talk.eaf is an ELAN file: choose File > Export As > Tab-delimited Text (UTF-8), and name it .tsv
    >>> refusal("talk.txt", "сӧрни".encode())
    """
    found = _BY_NAME.get(PurePath(bare(path)).suffix.lower()) or _kind(head)
    return UserError(f"{path} is {found}") if found else None


def _kind(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _IN_ZIP if re.search(part, head)), _ARCHIVE)
    return next((kind for start, kind in _BY_CONTENT if re.match(start, head)), None)


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


def not_utf8(path: str, line: int, data: bytes) -> UserError:
    """The error for a file in another encoding: where that shows first, and what it probably is in.

    Args:
        path: the file.
        line: number of the first line that is not UTF-8, from 0.
        data: that line, or a block of lines that has it.
    """
    at, byte = _first_bad(data)
    likely = guess(data)
    place = f"{path}, line {line + 1}, byte {at + 1}"
    if likely is None:
        return UserError(
            f"{place}: 0x{byte:02x} is not UTF-8: name its encoding with --encoding NAME (cp1251, …)"
        )
    return UserError(f"{place}: 0x{byte:02x} is not UTF-8, but probably {likely}: give --encoding {likely}")


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

"""Files that are no plain text: what they are, and how their text gets out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from typing import NamedTuple

from langcov.corpora.readers.streams import bare, beginning, peeked
from langcov.errors import UserError

SAMPLE = 1 << 16
"""How much of a file tells what it is: archives name what is in them a few kilobytes on."""


class Foreign(NamedTuple):
    """A kind of file that is no plain text: not read, or only where its name says what it is.

    Attributes:
        what: it is, and how its text is read, or exported.
        names: endings of its files.
        content: how such a file begins, after a byte-order mark; a regular expression of bytes.
    """

    what: str
    names: str
    content: bytes


_XML = rb"(?s)\s*<\?xml.{0,500}?"
READ = (
    Foreign(
        "a table, as ELAN and Praat export, not plain text: name it .tsv",
        ".tsv",
        rb"[^\t\n]+\t[^\t\n]*(?:\t\d[\d:.]*){2}\t|tmin\ttier\t|Begin Time - ",
    ),
    Foreign(
        "a treebank, not plain text: name it .conllu",
        ".conllu",
        rb"(?:#[^\n]*\n)*1(?:-\d+)?(?:\t[^\t\n]*){9}\n",
    ),
    Foreign("made of records, not plain text: name it .jsonl", ".jsonl", rb'\s*\{\s*"[^"\n]*"\s*:'),
    Foreign("a Word document, not plain text: name it .docx", ".docx", rb"(?s)PK\x03\x04.*?word/"),
    Foreign(
        "an OpenDocument text, not plain text: name it .odt",
        ".odt",
        rb"(?s)PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text",
    ),
    Foreign("a rich text, not plain text: name it .rtf", ".rtf", rb"\{\\rtf"),
    Foreign("a spreadsheet, not plain text: name it .xlsx", ".xlsx", rb"(?s)PK\x03\x04.*?xl/"),
    Foreign("an ELAN file, not plain text: name it .eaf", ".eaf", _XML + rb"<ANNOTATION_DOCUMENT"),
    Foreign("a FLEx text, not plain text: name it .flextext", ".flextext", _XML + rb"<document version="),
    Foreign(
        "a Toolbox file (SFM), not plain text: name it .toolbox, and its text line, if not tx, with --tier",
        ".toolbox .sfm",
        rb"\s*(?:\\_sh |(?:\\_?[A-Za-z]+\d*(?:[ \t][^\n]*)?\r?\n\s*){2})",
    ),
    Foreign(
        "a TextGrid, not plain text: name it .TextGrid",
        ".textgrid",
        rb'File type = "ooTextFile|"ooTextFile"',
    ),
    Foreign("a CHAT transcript, not plain text: name it .cha", ".cha", rb"@UTF8\r?\n@|@Begin\r?\n"),
    Foreign("a translation memory, not plain text: name it .tmx", ".tmx", _XML + rb"<tmx\b"),
    Foreign(
        "a file of subtitles, not plain text: name it .srt",
        ".srt",
        rb"\s*(?:\d+\s*\n)?\s*\d{1,2}:\d\d:\d\d[,.]\d{1,3} *-->",
    ),
    Foreign("a file of subtitles, not plain text: name it .vtt", ".vtt", rb"WEBVTT[ \t\r\n]"),
    Foreign("a file of subtitles, not plain text: name it .ass", ".ass .ssa", rb"\[Script Info\]"),
)
"""Kinds that are read where a name says what they are, and else would be measured as plain text."""

FOREIGN = (
    Foreign(
        "a word processor's file of another format, or with a password: save it as .docx or .odt",
        ".doc .pages .docm .dotx .wps .fodt .ott",
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ),
    Foreign(
        "a spreadsheet of another format: save it as .xlsx, or as CSV UTF-8 (.csv)",
        ".xls .ods .xlsm .xlsb .numbers",
        rb"(?s)PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet",
    ),
    Foreign(
        "an archive: unpack it and give the folder",
        ".zip .rar .7z .tar .tgz",
        rb"PK\x03\x04|Rar!\x1a|7z\xbc\xaf",
    ),
    Foreign(
        "compressed, but not named so: let its name end in .gz, .bz2, .xz or .zst",
        "",
        rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd",
    ),
    Foreign(
        "a PDF, not text: export the text from the program it was made with, or copy it into a .txt file",
        ".pdf",
        rb"%PDF-",
    ),
    Foreign(
        "a FLEx project: in Texts & Words choose File > Export Interlinear, and the format .flextext",
        ".fwdata .fwbackup",
        _XML + rb"<languageproject",
    ),
    Foreign(
        "a file of subtitles of another format: in Subtitle Edit save it as SubRip (.srt)",
        ".sbv .ttml .sub .stl",
        rb"\d{1,2}:\d\d:\d\d\.\d{1,3},\d",
    ),
    Foreign(
        "a translation file: export it as .tmx, or write the segments of one language into a .txt file",
        ".xliff .xlf .po",
        _XML + rb"<xliff\b|(?:#[^\n]*\n)*msgid \"",
    ),
    Foreign(
        "a text with the marks of USFM: export it from Paratext as plain text (.txt)",
        ".usfm",
        rb"(?!)",
    ),
    Foreign(
        "marked-up text (XML, HTML): write the text that is in it into a .txt file, a sentence a line",
        ".xml .html .htm .xhtml .tei .exb .trs .lift .fb2",
        rb"(?is)\s*(?:<!--.*?-->\s*)*<(?:\?xml\s|!doctype\s|(?:html|head|body)[\s>])",
    ),
    Foreign("one piece of JSON: write a record a line, and name it .jsonl", ".json", rb"(?!)"),
    Foreign(
        "a picture, not text: give the text that is in it, in UTF-8",
        ".jpg .jpeg .png .gif .tif .tiff .bmp .webp .djvu",
        rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|AT&TFORM",
    ),
    Foreign(
        "a recording, not text: give its transcript, in UTF-8",
        ".mp3 .wav .ogg .flac .m4a .mp4 .avi .mov .mkv",
        rb"(?s)ID3[\x02-\x04]\0|OggS\0|fLaC\0|RIFF....WAVE|\xff[\xfb\xf3\xf2].*?\0\0",
    ),
)
"""Kinds that are not read."""


def refusal(path: str, head: bytes = b"", form: str = "") -> UserError | None:
    """What to say of a file that is no plain text at all, by its name or its first bytes; None if it may be.

    Args:
        path: its name.
        head: its first bytes, decompressed; a few thousand tell more.
        form: the format that it is read in: what has an ending of that name is not foreign.

    >>> print(refusal("talk.pages"))
    talk.pages is a word processor's file of another format, or with a password: save it as .docx or .odt
    >>> refusal("talk.txt", "сӧрни".encode())
    """
    ending, head = PurePath(bare(path)).suffix.lower(), _as_utf8(head)
    named = (kind for kind in FOREIGN if not form and ending and ending in kind.names.split())
    begun = (kind for kind in chain(READ, FOREIGN) if re.match(kind.content, head))
    kind = next(chain(named, begun), None)
    own = {f".{form}", ending} if kind in READ else {f".{form}"}
    if kind is None or own & set(kind.names.split()):
        return None
    return UserError(f"{path} is {kind.what}")


def check_plain(path: str, form: str = "") -> None:
    """See whether a file may be plain text; as ``refusal``, which is raised."""
    if refused := refusal(path, beginning(path, SAMPLE), form):
        raise refused


def plain(pieces: Iterator[bytes], path: str, form: str) -> Iterator[bytes]:
    """The bytes of a file, if they may be those of plain text.

    Args:
        pieces: of the file, from its beginning.
        path: what an error calls it.
        form: the format that it is read in.

    Raises:
        UserError: it begins like something else; says how to export it.
    """
    head, pieces = peeked(pieces, SAMPLE)
    if refused := refusal(path, head, form):
        raise refused
    return pieces


def _as_utf8(head: bytes) -> bytes:
    """How a file begins, if it is UTF-16 with its mark, as Praat writes it; without the mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8)

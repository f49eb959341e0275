"""Rich text: each paragraph, through striprtf."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

from langcov.corpora.readers.documents.contents import needs, text_in, whole
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.documents.unread import COMMENTS, MARGINS, tell_of_unread
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_CELL = re.compile(r"\\\\|\\(?:nest)?cell(?![a-z])")
_LINK = re.compile(r"(\\fldinst[^{}]*\{?[^{}]*?)HYPERLINK")
_DELETED, _HIDDEN, _NOTE = (
    re.compile(rf"(?<!\\)(?:\\\\)*\\{word}(?![a-z0])") for word in ("deleted", "v", "footnote")
)
_UNREAD = {
    MARGINS: re.compile(r"\{\\(?:header|footer)[lrf]?(?![a-z])"),
    COMMENTS: re.compile(r"\{\\\*\\annotation(?![a-z])"),
}
_BRACE = re.compile(r"\\[\\{}]|[{}]")
_log = logging.getLogger(__name__)


def read_rtf(file: File) -> Iterator[Texts]:
    """The paragraphs and the cells of tables.

    striprtf leaves headers, footers, comments and footnotes out, which is said. It would put a bar between
    cells and the address of a link into the text, and keep words that are deleted in tracked changes: such a
    file is refused.

    Raises:
        MissingLibrary: striprtf is not installed.
        UserError: no .rtf, or with tracked changes.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise needs("striprtf", file.path) from None
    written = text_in(file)
    if not written.startswith("{\\rtf"):
        raise UserError(f"{file.path} is no whole .rtf file: open it and save it again")
    if _DELETED.search(written):
        raise UserError(
            f"{file.path} holds deleted words: accept or reject its tracked changes, and save it again"
        )
    for kind, what in ((_HIDDEN, "hidden words, which are read"), (_NOTE, "footnotes, which are not read")):
        if kind.search(written) and not file.again:
            _log.warning("%s has %s: saved as .docx it is read as it should be", file.path, what)
    written = _CELL.sub(lambda found: found[0] if found[0] == "\\\\" else "\\par", written)
    written = _LINK.sub(r"\1LINK", written)
    with whole(file.path, ".rtf"):
        to_text: Callable[..., str] = rtf_to_text
        groups = ((kind, group) for kind, begins in _UNREAD.items() for group in _groups(begins, written))
        tell_of_unread(file, ((kind, to_text(rf"{{\rtf1\ansi {group}}}")) for kind, group in groups))
        text = to_text(written, errors="strict").replace("\u00ad", "")
        # The library writes a letter beyond U+FFFF as the two halves that the file has.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    for number, paragraph in enumerate(text.removesuffix("\n").split("\n"), 1):
        yield Passage(paragraph, f"paragraph {number}")


def _groups(begins: re.Pattern[str], written: str) -> Iterator[str]:
    """What stands in groups that begin in a way, up to the brace that ends each."""
    for found in begins.finditer(written):
        depth = 1
        for brace in _BRACE.finditer(written, found.end()):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                yield written[found.end() : brace.start()]
                break

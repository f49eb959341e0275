"""What is in a document, within bounds: nothing that unpacks to gigabytes, no entities, nothing fetched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError, ParserCreate

from langcov.core.failures import named
from langcov.core.names import size_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.foreign import SAMPLE, refusal
from langcov.corpora.readers.streams import blocks
from langcov.errors import LangcovError, MissingLibrary, UserError

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 256_000_000
"""Of a document, and of what is text in it once it is unpacked: a book has a hundredth of it."""
MOST_UNPACKED = 1_000_000_000
"""Of all that is packed in it, with pictures."""
_STEP = 1 << 16


def contents(file: File) -> bytes:
    """All bytes of a document, decompressed.

    Raises:
        UserError: it can't be read, or there are more than ``MOST_BYTES``.
    """
    held = io.BytesIO()
    for piece in blocks(file.source.path):
        held.write(piece)
        if held.tell() > MOST_BYTES:
            raise _too_large(file.path, f"over {size_of(MOST_BYTES)}", MOST_BYTES)
    return held.getvalue()


def text_in(file: File) -> str:
    """The text of a document that is a text file: as ``--encoding`` says, unless its byte-order mark does.

    Raises:
        UserError: it is too large, not text in that encoding, or begins like another kind of file.
    """
    head = next(blocks(file.source.path, 4), b"")
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else file.options.encoding
    own = replace(file.options, max_lines=None, encoding=encoding)
    held, size = list[str](), 0
    for block in File(file.source, own, fix=file.fix, again=file.again).lines():
        held.append(block.data.decode())
        size += len(block.data)
        if size > MOST_BYTES:
            raise _too_large(file.path, f"over {size_of(MOST_BYTES)}", MOST_BYTES)
    return "".join(held)


def unzipped(file: File, what: str) -> io.BytesIO:
    """The bytes of a document that is a zip archive, once it was seen that it can be unpacked safely.

    Args:
        what: such a document is called, for an error.

    Raises:
        UserError: it is none or damaged, unpacks to too much, or has declarations in its XML.
    """
    data = contents(file)
    with whole(file.path, what):
        if not zipfile.is_zipfile(io.BytesIO(data)):
            no_whole = UserError(f"{file.path} is no whole {what} file: open it and save it again")
            raise refusal(file.path, data[:SAMPLE].lstrip(b"PK"), file.source.format) or no_whole
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if refused := refusal(file.path, _head(archive), file.source.format):
                raise refused
            parts = archive.infolist()
            markup = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
            # What an archive says of the size of a part is the most that Python's zipfile gives of it.
            for some, most in ((markup, MOST_BYTES), (parts, MOST_UNPACKED)):
                if (size := sum(part.file_size for part in some)) > most:
                    raise _too_large(file.path, size_of(size), most)
            for part in markup:
                with archive.open(part) as stream:
                    check_declarations(iter(lambda: stream.read(_STEP), b""), file.path)
    return io.BytesIO(data)


def xml_of(data: bytes, path: str) -> etree._Element:
    """The root of XML, in which no entity is replaced and for which nothing is fetched.

    Raises:
        MissingLibrary: lxml is not installed.
        UserError: it declares or needs entities, or is not well-formed.
    """
    etree = lxml(path)
    check_declarations((data[at : at + _STEP] for at in range(0, len(data), _STEP)), path)
    with whole(path, "XML"):
        root = etree.fromstring(data, etree.XMLParser(**SAFELY))
        check_entities(root, path)
    return root


def _head(archive: zipfile.ZipFile) -> bytes:
    """How an archive would begin if its first bytes told all that is in it."""
    names = archive.namelist()
    kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    return b"PK\x03\x04" + bytes(26) + b"mimetype" + kind + "\n".join(names).encode()


SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How XML is parsed."""


def check_entities(element: etree._Element, path: str) -> None:
    """See that no text is missing from parsed XML because it is that of an entity.

    Raises:
        UserError: there is one; names it.
    """
    etree = lxml(path)
    if (entity := next(element.iter(etree.Entity), None)) is not None:
        raise UserError(f"{path}: {entity.text} is declared nowhere in it: write the letter itself")


def lxml(path: str) -> Any:
    """lxml.etree.

    Raises:
        MissingLibrary: it is not installed.
    """
    try:
        from lxml import etree
    except ImportError:
        raise needs("lxml", path) from None
    return etree


def needs(library: str, path: str) -> MissingLibrary:
    """The error for a document whose library is not installed."""
    return MissingLibrary(library, "formats", f"reading {path}")


@contextmanager
def whole(path: str, what: str) -> Iterator[None]:
    """Read a document with a library: whatever that makes of a damaged one is one line.

    Raises:
        UserError: names the file, what it should be, and what is wrong.
    """
    try:
        yield
    except (LangcovError, GeneratorExit, MemoryError):
        raise
    except Exception as problem:
        reason = " ".join(named(problem).split())[:160]
        raise UserError(f"{path} is no whole {what} file ({reason}): open it and save it again") from None


def check_declarations(pieces: Iterator[bytes], path: str) -> None:
    """See that XML declares no entities, as none needs and some do harm: up to the first tag.

    Raises:
        UserError: it does.
    """
    parser, begun = ParserCreate(), False

    def doctype(name: str, system: str | None, public: str | None, inside: int) -> None:
        if inside:
            raise UserError(f"{path}: its XML declares entities (DOCTYPE), which are not read: save it again")

    def first(tag: str, attributes: object) -> None:
        nonlocal begun
        begun = True

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, first
    for piece in pieces:
        try:
            parser.Parse(piece)
        except ExpatError:
            return  # whoever parses it says what is wrong
        if begun:
            return


def _too_large(path: str, size: str, most: int) -> UserError:
    return UserError(f"{path} unpacks to {size}, but no document is read over {size_of(most)}: split it")

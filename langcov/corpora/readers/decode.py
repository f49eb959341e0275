"""From bytes of any encoding to blocks of whole lines in valid UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from langcov.corpora.base import Provenance, ReadOptions
from langcov.errors import UserError

BYTE_ORDER_MARK = "\ufeff".encode()
HEAD = 1 << 20  # bytes in which the first line end of a file is looked for
Where = int | Callable[[int], str]


def in_utf8(pieces: Iterator[bytes], encoding: str, path: str) -> Iterator[bytes]:
    """Bytes of a file as UTF-8; what is not valid comes out as bytes that are not valid UTF-8.

    So ``fix`` is the one place that deals with it.

    Raises:
        UserError: there is no encoding of that name, or the file at ``path`` can't be in it.
    """
    codec = _codec(encoding)
    return pieces if codec == "utf-8" else _recoded(pieces, codec, path)


def ends_with_cr(head: bytes) -> bool:
    """Whether the lines of a file end with CR alone, as old programs and Excel for Mac write them.

    Args:
        head: its first bytes, in UTF-8; no more than ``HEAD`` are looked at.
    """
    return b"\r" in head[:HEAD] and b"\n" not in head[:HEAD]


def lf_for_cr(pieces: Iterator[bytes], path: str, provenance: Provenance) -> Iterator[bytes]:
    """The bytes of such a file with LF for CR, which are counted.

    Raises:
        UserError: there is an LF as well.
    """
    for piece in pieces:
        if b"\n" in piece:
            raise UserError(f"{path}: some lines end with CR alone, some with LF: make them all end with LF")
        provenance.carriage_returns += piece.count(b"\r")
        yield piece.replace(b"\r", b"\n")


def whole_lines(pieces: Iterator[bytes], size: int, strict: bool = False) -> Iterator[bytes]:
    """Blocks of whole lines of about ``size`` bytes; only the last may lack its LF.

    A line longer than a block is a block of its own.

    Args:
        strict: a block that is not text will be refused, so that a long line need not be read to its end.
    """
    held: list[bytes] = []
    there = 0
    for piece in pieces:
        there += len(piece)
        cut = piece.rfind(b"\n") + 1 if there >= size else 0
        if not cut:
            held.append(piece)
            if strict and there >= size and not _may_be_text(piece):
                yield b"".join(held)
            continue
        data = b"".join([*held, piece[:cut]])
        held, there = [piece[cut:]], len(piece) - cut  # first, or a long line would be held twice
        yield data
    if there:
        data = b"".join(held)
        held.clear()
        yield data


def _may_be_text(piece: bytes) -> bool:
    """Whether it is valid UTF-8 without NUL, but for code points that are cut at either end."""
    cut = next((at for at, byte in enumerate(piece[:3]) if byte & 0xC0 != 0x80), 3)
    try:
        piece[cut:].decode()
    except UnicodeDecodeError as problem:
        return problem.reason == "unexpected end of data"
    return b"\0" not in piece


def without_mark(block: bytes, provenance: Provenance) -> bytes:
    """The first block of a file without its byte-order mark, which is counted."""
    provenance.byte_order_marks += block.startswith(BYTE_ORDER_MARK)
    return block.removeprefix(BYTE_ORDER_MARK)


def _codec(encoding: str) -> str:
    try:
        # Unlike a look-up, it refuses the codecs that are no text encodings (hex, zip …).
        "a".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise UserError(f"no encoding is called {encoding!r}: try utf-8, utf-16, cp1251 or koi8-r") from None


def _mark(problem: UnicodeError) -> tuple[str, int]:
    """Each undecodable byte as a lone surrogate, which is invalid once it is written as UTF-8."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    bad = problem.object[problem.start : problem.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), problem.end


codecs.register_error("langcov.mark", _mark)


def _recoded(pieces: Iterator[bytes], encoding: str, path: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("langcov.mark")
    try:
        for piece in pieces:
            yield decoder.decode(piece).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeError as problem:  # of the file as a whole: UTF-16 without its mark
        raise UserError(f"{path} is not {encoding} ({problem}): give another --encoding") from None


def decoded(data: bytes) -> str | None:
    """The text of valid UTF-8 without NUL, None for all else."""
    try:
        return None if b"\0" in data else data.decode()
    except UnicodeDecodeError:
        return None


def is_text(data: bytes) -> bool:
    """Whether it is valid UTF-8 without NUL; nothing long is decoded at once, which takes twice its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), HEAD):
            decoder.decode(data[at : at + HEAD], final=at + HEAD >= len(data))
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def fix(
    block: bytes, where: Where, path: str, options: ReadOptions, provenance: Provenance
) -> tuple[bytes, dict[int, bytes]]:
    """Deal with the lines of a block that are not text, as ``options.encoding_errors`` says.

    Args:
        block: lines, separated by LF.
        where: for an error, the number of the block's first line, from 0; or what names the place of
            its line i.

    Returns:
        The block in valid UTF-8 with as many lines, and the lines to leave out (now empty): what they were.

    Raises:
        UserError: ``strict``; names file, line and byte.
    """
    if is_text(block):
        return block, {}
    lines = block.split(b"\n")
    skipped = {}
    for number, line in enumerate(lines):
        if is_text(line):
            continue
        if options.encoding_errors == "strict":
            place = where(number) if callable(where) else f"line {where + number + 1}"
            raise UserError(_complaint(line, f"{path}, {place}", _codec(options.encoding)))
        if options.encoding_errors == "skip":
            skipped[number] = line
        else:
            provenance.replaced += 1
        lines[number] = b"" if options.encoding_errors == "skip" else _replaced(line)
    provenance.skipped += len(skipped)
    return b"\n".join(lines), skipped


def _replaced(line: bytes) -> bytes:
    try:
        text = re.sub("[\ud800-\udfff]", "\ufffd", line.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
    return text.replace("\0", "\ufffd").encode()


def _complaint(line: bytes, place: str, encoding: str) -> str:
    way_out = "or choose --encoding-errors replace or skip"
    nul = line.find(b"\0")
    try:
        line.decode()
        at = len(line)
    except UnicodeDecodeError as problem:
        at = problem.start
    if 0 <= nul < at:
        return f"{place}, byte {nul + 1}: NUL is no text; for UTF-16 give --encoding utf-16, {way_out}"
    bad = f"0x{line[at]:02x} is not valid UTF-8"
    mark = line[at : at + 3]
    if not (mark[:1] == b"\xed" and mark[1:2] >= b"\xa0"):
        hint = "utf-16" if line[at : at + 2] in (b"\xff\xfe", b"\xfe\xff") else "cp1251 or another"
        return f"{place}, byte {at + 1}: {bad}: give --encoding {hint}, {way_out}"
    character = len(line[:at].decode()) + 1
    surrogate = ord(mark.decode("utf-8", "surrogatepass"))
    if encoding == "utf-8":
        return f"{place}, character {character}: lone surrogate U+{surrogate:04X}: fix the file {way_out}"
    return f"{place}, character {character}: 0x{surrogate - 0xDC00:02x} is not valid {encoding}, {way_out}"

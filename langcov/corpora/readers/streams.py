"""Bytes of a file, decompressed, from a disk or an fsspec URL; every failure is one clear line."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import zstandard

from langcov.core.names import size_of
from langcov.corpora.base import MAX_LINE
from langcov.errors import MissingLibrary, UserError
from langcov.text.strings import LF

COMPRESSED = (".gz", ".bz2", ".zst", ".xz")

_READ = 1 << 15
_DAMAGED = "{path} is damaged or cut short ({problem}): fetch or compress it again"


def bare(path: str) -> str:
    """A file's name without the suffix of its compression."""
    return next((path[: -len(suffix)] for suffix in COMPRESSED if path.endswith(suffix)), path)


def is_url(path: str) -> bool:
    """Whether fsspec has to open it."""
    return "://" in path


def is_pipe(path: str) -> bool:
    """Whether it is a pipe or another file that can be read only once."""
    return not is_url(path) and Path(path).exists() and not Path(path).is_file()


def stamp(path: str) -> tuple[int, ...] | None:
    """What changes when a local file is written to or another takes its place; None of a URL or a pipe."""
    if is_url(path) or not Path(path).is_file():
        return None
    now = Path(path).stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


def changed(path: str) -> UserError:
    """The error for a file that is read twice, and was not the same both times."""
    return UserError(f"{path} was changed while it was read: start again once nothing writes to it")


def filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the path in it.

    Raises:
        MissingLibrary: fsspec, or what it needs for this protocol, is not installed.
        UserError: the protocol is unknown.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingLibrary("fsspec", "remote", f"reading {url}") from None
    try:
        system, path = url_to_fs(url)
    except ImportError as problem:
        raise UserError(f"{url}: {problem} (pip install 'langcov[remote]' brings http)") from None
    except ValueError as problem:
        raise UserError(f"{url}: {problem}; write a path or a URL that fsspec knows") from None
    return system, path


def remote_stamp(url: str) -> str:
    """What changes when a file elsewhere does, as far as its server says: size, time, tag.

    Raises:
        UserError: it can't be asked.
    """
    system, path = filesystem(url)
    with reading(url):
        told = system.info(path)
    known = ("size", "ETag", "etag", "LastModified", "last_modified", "mtime", "md5Hash", "sha256")
    return " ".join(f"{name}={told[name]}" for name in known if told.get(name) is not None)


def open_binary(path: str) -> BinaryIO:
    """The file's own bytes, seekable where the file system can do it."""
    if is_url(path):
        system, inner = filesystem(path)
        return cast(BinaryIO, system.open(inner, "rb"))
    return Path(path).open("rb")


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn what can go wrong with a file into a one-line ``UserError`` that names it."""
    try:
        yield
    except (UserError, GeneratorExit):
        raise
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder: name a file in it") from None
    except PermissionError:
        raise UserError(f"{path}: no permission to read it") from None
    except (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError) as problem:
        raise UserError(_DAMAGED.format(path=path, problem=problem)) from None
    except OSError as problem:
        if path.endswith(".bz2") and problem.errno is None:
            raise UserError(_DAMAGED.format(path=path, problem=problem)) from None
        raise UserError(f"{path}: can't be read: {problem.strerror or problem}") from None
    except Exception as problem:
        if not is_url(path):
            raise
        raise UserError(f"{path}: can't be read: {' '.join(str(problem).split())}") from None


def blocks(path: str, size: int = 1 << 20, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The decompressed bytes of a file in pieces of about ``size`` bytes.

    ``start`` and ``end`` select a byte range of a file that is not compressed.

    Raises:
        UserError: the file is missing, a folder, unreadable, damaged or cut short.
    """
    with reading(path), open_binary(path) as raw:
        if path.endswith(".zst"):
            yield from _zst_blocks(raw)
            return
        if path.endswith((".xz", ".bz2")):
            yield from _streams(raw, path.endswith(".xz"), size)
            return
        if start:
            raw.seek(start)
        with gzip.GzipFile(fileobj=raw) if path.endswith(".gz") else nullcontext(raw) as stream:
            left = sys.maxsize if end is None else end - start
            while piece := stream.read(min(size, left)):
                yield piece
                left -= len(piece)


def peeked(pieces: Iterator[bytes], size: int, until: bytes | None = None) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of a file, and all of its pieces as they are.

    Args:
        pieces: of the file.
        size: about how much of it is wanted.
        until: no more is, once this was found.
    """
    held, had = list[bytes](), 0
    for piece in pieces:
        held.append(piece)
        had += len(piece)
        if had >= size or (until and until in piece):
            break
    return b"".join(held), chain(held, pieces)


def beginning(path: str, size: int) -> bytes:
    """The first bytes of a file, decompressed."""
    return peeked(blocks(path, size), size)[0][:size]


def whole(path: str) -> bytes:
    """A small file of lines, decompressed, at once."""
    return b"".join(bounded(blocks(path), MAX_LINE, path))


def too_long(place: str, size: str, most: int) -> UserError:
    """The error for a line of which this much was read, more than may be."""
    return UserError(
        f"{place}: a line of {size} is hardly text: break it up, or give a --max-line over {size_of(most)}"
    )


def bounded(pieces: Iterator[bytes], most: int, path: str, first: int = 0) -> Iterator[bytes]:
    """The pieces of a file, for as long as none of its lines is too long: memory grows with the longest.

    Args:
        most: bytes of a line.
        first: number of its first line.

    Raises:
        UserError: a line is longer; names it.
    """
    line, begun = first, 0  # the line that the next piece goes on with, and its bytes so far
    for piece in pieces:
        if begun + len(piece) > most:
            ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == LF)
            sizes = np.diff(np.concatenate([[-begun - 1], ends, [len(piece)]])) - 1
            if sizes.max() > most:
                at = int(np.argmax(sizes > most))
                size = f"over {size_of(most)}" if at == len(ends) else size_of(int(sizes[at]))
                raise too_long(f"{path}, line {line + at + 1}", size, most)
        line += int(np.count_nonzero(np.frombuffer(piece, np.uint8) == LF))
        last = piece.rfind(b"\n") + 1
        begun = len(piece) - last + (0 if last else begun)
        yield piece


def _streams(raw: BinaryIO, xz: bool, size: int) -> Iterator[bytes]:
    """Decompress stream by stream: Python's own files end at a second one that is damaged, and at padding."""
    data = raw.read(_READ)
    while data:
        stream = lzma.LZMADecompressor() if xz else bz2.BZ2Decompressor()
        while not stream.eof:
            if made := stream.decompress(data, size):
                yield made
            data = raw.read(_READ) if stream.needs_input else b""
            if stream.needs_input and not data:
                raise EOFError("the last stream has no end")
        data, zeros = stream.unused_data or raw.read(_READ), 0
        while xz and data.startswith(b"\0"):  # padding, four bytes at a time
            rest = data.lstrip(b"\0")
            zeros += len(data) - len(rest)
            data = rest or raw.read(_READ)
        if zeros % 4:
            raise EOFError("the zeros after a stream are no multiple of four")


def _zst_blocks(raw: BinaryIO) -> Iterator[bytes]:
    """Decompress frame by frame: the library's own stream reader takes a cut file for a whole one."""
    frame = None
    while piece := raw.read(1 << 10):  # of zeros a kilobyte holds 32 MB
        while piece:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            if made := frame.decompress(piece):
                yield made
            piece = frame.unused_data
            frame = None if frame.eof else frame
    if frame is not None:
        raise EOFError("the last frame has no end")


def decompressed_file(path: str) -> BinaryIO:
    """A seekable file of the decompressed bytes, for a library that must seek."""
    if path.endswith(COMPRESSED):
        return io.BytesIO(b"".join(blocks(path)))
    return open_binary(path)


def compressing(
    path: str, file: BinaryIO, size: int = -1, gzip_level: int = 6
) -> AbstractContextManager[BinaryIO]:
    """A file that compresses what is written to it as a path's suffix says; the same bytes give the same.

    Args:
        path: what it will be called.
        file: what is written to; it stays open.
        size: of all that will be written, where it is known.
        gzip_level: 1 is fast, 9 small.
    """
    if path.endswith(".gz"):
        return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile("", "wb", gzip_level, file, mtime=0))
    if path.endswith(".bz2"):
        return cast("AbstractContextManager[BinaryIO]", bz2.BZ2File(file, "wb"))
    if path.endswith(".xz"):
        return cast("AbstractContextManager[BinaryIO]", lzma.LZMAFile(file, "wb"))
    if path.endswith(".zst"):
        # Level 19 saves 13 % more and takes thirty times as long.
        stream = zstandard.ZstdCompressor(level=12).stream_writer(file, size=size, closefd=False)
        return cast("AbstractContextManager[BinaryIO]", stream)
    return nullcontext(file)


def compressed(path: str, data: bytes) -> bytes:
    """All of a file, as small as a path's suffix says (``compressing``)."""
    packed = io.BytesIO()
    with compressing(path, packed, len(data), gzip_level=9) as file:
        file.write(data)
    return packed.getvalue()

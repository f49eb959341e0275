"""Unpacking an archive that may be hostile: only plain files, only below the folder, only so much."""

from __future__ import annotations

import glob
import gzip
import re
import shutil
import stat
import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from lzma import LZMAError
from pathlib import Path
from typing import IO

from langcov.errors import UserError

LIMIT_BYTES = 4 << 30
LIMIT_FILES = 100_000
LIMIT_RATIO = 200  # text of many zeros is packed 1,000 times smaller, real text hardly ten times

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')

Member = tuple[str, IO[bytes] | None]


def unpack(archive: Path, folder: Path, limit: int = LIMIT_BYTES) -> None:
    """Put the files of an archive into a new folder; all of them or, on any error, none.

    One process at a time: what a killed one left behind is removed.

    Args:
        archive: zip, or tar (also gzip, bzip2, xz).
        folder: must not be there yet.
        limit: bytes that all files may take.

    Raises:
        UserError: it is damaged or encrypted; a name leads out of the folder or means something else on
            another system; it holds a link or a device; it is too large, or unpacks to far more than it is.
    """
    limit = min(limit, max(archive.stat().st_size * LIMIT_RATIO, 1 << 20))
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.????????"):
        shutil.rmtree(left, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        _write(archive, temporary, limit)
        temporary.chmod(0o755)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def unsafe(name: str) -> str | None:
    """Why a path in an archive or a catalogue can't be trusted; None if it can.

    >>> unsafe("swadesh/abq.txt"), unsafe("../abq.txt"), unsafe("/etc/passwd")
    (None, 'leads out of its folder', 'leads out of its folder')
    """
    parts = name.removesuffix("/").split("/")
    if not all(parts) or ".." in parts or re.match("[A-Za-z]:", name):
        return "leads out of its folder"
    if _BAD.search(name):
        return "holds a character that no file name may hold everywhere"
    if any(_RESERVED.fullmatch(part) or part[-1] in " ." for part in parts):
        return "is a name that some systems keep for themselves"
    if any(len(part.encode("utf-8", "replace")) > 250 for part in parts) or len(name) > 1000:
        return "is too long"
    return None


def _write(archive: Path, folder: Path, limit: int) -> None:
    seen: dict[str, tuple[str, bool]] = {}
    left = limit
    with _reading(archive):
        for number, (name, stream) in enumerate(_members(archive)):
            if number >= LIMIT_FILES:
                raise UserError(f"{archive}: holds more than {LIMIT_FILES:,} files and folders: not unpacked")
            if stream is None:
                continue
            _check(archive, name, seen)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                while piece := stream.read(min(1 << 20, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise UserError(
                            f"{archive}: unpacks to more than {limit / 1e6:,.0f} MB: too much to trust"
                        )
                    file.write(piece)


def _check(archive: Path, name: str, seen: dict[str, tuple[str, bool]]) -> None:
    """Refuse an unsafe name, or one that some system can't tell from another member's."""
    if problem := unsafe(name):
        raise UserError(f"{archive}: the name {name!r} in it {problem}: not unpacked")
    twice = _folded(name) in seen
    for path in accumulate(name.split("/"), "{}/{}".format):
        entry = (path, path == name)
        if seen.setdefault(_folded(path), entry) != entry or twice:
            raise UserError(f"{archive}: several things in it are called like {name!r}: not unpacked")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _members(archive: Path) -> Iterator[Member]:
    """Name and content of each file; of folders, which the names of files imply, no content."""
    return _zipped(archive) if zipfile.is_zipfile(archive) else _tarred(archive)


def _zipped(archive: Path) -> Iterator[Member]:
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise UserError(f"{archive}: {info.filename!r} in it is a link or a device: not unpacked")
            if info.flag_bits & 1:
                raise UserError(f"{archive}: {info.filename!r} in it is encrypted: unpack it by hand")
            if info.is_dir():
                yield info.filename, None
                continue
            with opened.open(info) as stream:
                yield info.filename, stream


def _tarred(archive: Path) -> Iterator[Member]:
    with tarfile.open(archive) as opened:
        for info in opened:
            if not info.isdir() and not info.isreg():
                raise UserError(f"{archive}: {info.name!r} in it is a link or a device: not unpacked")
            yield info.name, opened.extractfile(info)


@contextmanager
def _reading(archive: Path) -> Iterator[None]:
    """What libraries say of a damaged archive, in one line."""
    try:
        yield
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        EOFError,
        gzip.BadGzipFile,
        zlib.error,
        LZMAError,
    ) as problem:
        raise UserError(f"{archive}: damaged, or no zip or tar archive ({problem}): pull it again") from None
    except (NotImplementedError, RuntimeError) as problem:
        raise UserError(f"{archive}: packed in a way that can't be read here ({problem})") from None

"""Files that are written whole or not at all, and where those lie that come with langcov."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal

from langcov.errors import UserError

if sys.platform != "win32":
    import fcntl


VARIABLE = "LANGCOV_CACHE"
TEMPORARY = ".langcov-*.tmp"
STARTED = 0.1  # seconds by which a process has locked a file that it made


def check_target(path: Path, read: Iterable[str] = ()) -> None:
    """See, before hours are spent on what will be written, that it may be written there.

    Args:
        read: files (or URLs) that are read for it, in whose place it must not come.

    Raises:
        UserError: it is a folder, or there is none for it; or it is one of these files.
    """
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder: name a file to write")
        if not path.parent.is_dir():
            raise UserError(f"{path.parent}: no such folder to write {path.name} into")
        path.resolve()
    except (OSError, RuntimeError) as error:  # of a name that is too long, or a link to itself
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{path}: cannot be written ({reason}); name another file") from None
    for source in read:
        with suppress(OSError):  # one of them isn't there
            if path.samefile(source):
                raise UserError(f"{path} is {source} itself, which is never written over: name another")


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file under a temporary name in its own folder, then rename it: nobody sees half of it.

    A link is followed and stays a link; a device or a pipe (``/dev/stdout``) is written to as it is.

    Raises:
        UserError: a full disk, no permission, a missing folder, a folder where a file is meant.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{path}: cannot be written ({reason}); name another file") from error


def write_text(path: str | Path, text: str) -> None:
    """Write text so, a lone surrogate as an escape: a path that isn't UTF-8 holds some."""
    write_whole(path, text.encode("utf-8", "backslashreplace"))


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its name only once all is written."""
    _sweep(path.parent)
    temporary = path.with_name(TEMPORARY.replace("*", secrets.token_hex(8)))
    try:
        # "x" never follows a planted link, and leaves the permissions to the umask.
        with temporary.open("xb") as file:
            if sys.platform != "win32":
                with suppress(OSError):  # a file system without locks, where nothing is swept either
                    fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:  # Ctrl-C too: nothing may stay behind
        temporary.unlink(missing_ok=True)
        raise


@cache
def _sweep(folder: Path) -> None:
    """Remove, once, what killed processes left in a folder: files named as ours that nobody has locked."""
    if sys.platform != "win32":
        for left in folder.glob(TEMPORARY):
            with suppress(OSError), left.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if time.time() - left.stat().st_mtime > STARTED:
                    left.unlink()


def cache_folder() -> Path | None:
    """The folder that ``LANGCOV_CACHE`` names, or the usual one of the system; None if that isn't known."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    try:
        import platformdirs
    except ImportError:  # it comes with pooch: nothing has been pulled here
        return None
    return Path(platformdirs.user_cache_dir("langcov"))  # what pooch.os_cache says, without importing it all


def bundled(kind: Literal["corpora", "tokenizers"]) -> Path:
    """The folder of the bundled corpora or tokenizers.

    A wheel carries them in ``langcov/data``, where a checkout has links to the folders beside the package.
    A checkout whose links were lost (git on Windows may write them as small files) is followed by hand.

    >>> bundled("tokenizers").name
    'tokenizers'
    """
    package = Path(__file__).resolve().parents[1]
    linked = package / "data" / kind
    return linked if linked.is_dir() else package.parent / kind

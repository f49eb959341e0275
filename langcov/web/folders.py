"""Where uploads lie: a folder of this run, which the next run removes if this one could not."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path

from langcov.errors import UserError

if sys.platform != "win32":
    import fcntl

PREFIX = "langcov-serve-"
LOCK = "lock"
LONGEST = 120  # characters of a name
_HARMFUL = re.compile(r'[\x00-\x1f\x7f<>:"|?*=\[\]{}\\]')
"""What has a meaning for a shell, a pattern, a SPEC, or Windows."""


class Root:
    """The folder of this run; only who runs it can look into it.

    Args:
        parent: where it is made, and those of runs that were killed are looked for.
    """

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        sweep(parent)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._lock = (self.path / LOCK).open("xb")
        if sys.platform != "win32":
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def folder(self) -> Path:
        """A new folder in it."""
        made = self.path / secrets.token_hex(8)
        made.mkdir()
        return made

    def remove(self) -> None:
        """Take all of it away."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Remove the folders that killed runs of this user left: those whose lock nobody holds."""
    for left in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.is_symlink() or (hasattr(os, "getuid") and left.stat().st_uid != os.getuid()):
                continue
            if _is_free(left / LOCK):
                shutil.rmtree(left, ignore_errors=True)


def _is_free(lock: Path) -> bool:
    if sys.platform == "win32":  # where an open file can't be removed
        lock.unlink()
        return True
    with lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True


def safe_name(name: str) -> str:
    r"""The name under which an uploaded file is kept: of its path, what can't lead out of a folder.

    Raises:
        UserError: nothing of it can be a name.

    >>> safe_name("тексты/tat_Cyrl.txt"), safe_name("../../etc/passwd"), safe_name("C:\\a=b*.txt")
    ('тексты/tat_Cyrl.txt', 'etc/passwd', 'C_/a_b_.txt')
    """
    parts = [_safe_part(part) for part in re.split(r"[/\\]", unicodedata.normalize("NFC", name))]
    kept = [part for part in parts if part][-4:]
    if not kept:
        raise UserError("a file without a name: give it one")
    return "/".join(kept)


def _safe_part(part: str) -> str:
    """One part of a path: no hidden file, no option, no ``..``, not too long for a disk."""
    seen = "".join(char if char.isprintable() else "_" for char in part)
    stem, dot, ending = _HARMFUL.sub("_", seen).strip(". -").rpartition(".")
    return (stem[: LONGEST - len(ending)] if dot else "") + dot + ending[:LONGEST]

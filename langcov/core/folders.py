"""A folder of generated files that is replaced as a whole, and never one that something else made."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langcov.errors import UserError


def check_folder(folder: Path, marker: str) -> None:
    """See that a folder is ours to replace: there is none, it is empty, or we made it.

    Args:
        marker: the file that ours have; a line each of what else we wrote there.

    Raises:
        UserError: it is a file, or holds what is not ours; or there is no folder for it.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise UserError(f"{folder} is a file: name a folder")
        if not folder.resolve().parent.is_dir():
            raise UserError(f"{folder.parent}: no such folder to make {folder.name} in")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
            raise UserError(
                f"{folder} holds files and no {marker}, so langcov didn't make it: name an empty folder"
            )
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{folder}: cannot be written ({reason}); name another folder") from None


@contextmanager
def replacing_folder(folder: Path, marker: str) -> Iterator[Path]:
    """A new folder beside one, whose place it takes once all is written: nobody sees half of it.

    What others put into the old one is kept; what is ours and not written anew is gone.

    Raises:
        UserError: as ``check_folder``, a full disk, no permission.
    """
    check_folder(folder, marker)
    folder = folder.resolve()
    new, old = (folder.with_name(f".langcov-{secrets.token_hex(8)}.{end}") for end in ("new", "old"))
    try:
        new.mkdir()
        yield new
        written = sorted(str(path.relative_to(new).as_posix()) for path in new.rglob("*") if path.is_file())
        _keep(folder, new, marker)
        lines = ["Made by langcov, which replaces these files:", *written, ""]
        (new / marker).write_text("\n".join(lines), "utf-8")
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        finally:  # after an interrupt too
            if old.exists() and not folder.exists():
                old.rename(folder)
    except OSError as error:
        raise UserError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)


def _keep(folder: Path, new: Path, marker: str) -> None:
    """Copy what is not ours."""
    if not (folder / marker).is_file():
        return
    ours = {marker, *(folder / marker).read_text("utf-8", "replace").splitlines()[1:]}
    for path in folder.rglob("*"):
        there = path.relative_to(folder)
        if there.as_posix() not in ours and (path.is_symlink() or path.is_file()):
            (new / there).parent.mkdir(parents=True, exist_ok=True)
            if not (new / there).exists():
                shutil.copy2(path, new / there, follow_symlinks=False)

"""Files that were sent, put into a folder of their own under names that can do no harm."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from starlette.datastructures import FormData, UploadFile

from langcov.core.names import size_of
from langcov.corpora.readers.streams import bare
from langcov.errors import UserError
from langcov.web.folders import safe_name
from langcov.web.given import TEXT
from langcov.web.guard import LIMIT


async def keep(form: FormData, folder: Path) -> list[str]:
    """Put the files of a form into a folder; returns what they are called there.

    Raises:
        UserError: there is none, or one is a packed file, which may hold a thousand times what it seems to.
    """
    sent = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not sent:
        raise UserError("no file was given: choose one")
    names = _different([safe_name(one.filename or "") for one in sent])
    for one, name in zip(sent, names):
        path = folder / TEXT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(_copy, one, path)
        _check_size(name, path)
    return names


def _copy(sent: UploadFile, path: Path) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(sent.file, file, 1 << 20)


def _different(names: Sequence[str]) -> list[str]:
    """The names, each once on any disk: a second ``a.txt`` is ``a.2.txt``."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        new, number = name, 1
        while new.casefold() in taken:
            number += 1
            new = f"{stem}.{number}{dot}{ending}"
        taken.add(new.casefold())
        found.append(new)
    return found


def _check_size(name: str, path: Path) -> None:
    """See that a file holds no more than it seems to.

    Raises:
        UserError: it is packed, or an office document that unpacks to too much.
    """
    if bare(name) != name:
        raise UserError(f"{name} is packed: unpack it first, and give what is in it")
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return
    try:
        with ZipFile(path) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (BadZipFile, OSError, ValueError):
        raise UserError(f"{name} is broken: it can't be unpacked") from None
    if size > LIMIT:
        raise UserError(f"{name} unpacks to {size_of(size)}, which is too much: it is refused")
    if name.lower().endswith(".zip"):
        raise UserError(f"{name} is packed: unpack it first, and give what is in it")

"""What every adapter needs of a file or a library: to have it, or to say in one line why not."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.errors import CannotEncode, MissingLibrary, UserError

MAX_IDS = 1 << 24


def require(library: str, extra: str, wanted_for: str) -> Any:
    """Import an optional library when it is first needed.

    Raises:
        MissingLibrary: it is not installed; the message is the ``pip install`` to run.
    """
    try:
        module = importlib.import_module(library)
    except ImportError:
        raise MissingLibrary(library.partition(".")[0], extra, wanted_for) from None
    if module.__file__ is None:  # only a folder of that name, such as the checkout's own tokenizers/
        raise MissingLibrary(library, extra, wanted_for)
    return module


def read(path: str | Path) -> bytes:
    """The content of a tokenizer file.

    Raises:
        UserError: there is no such file, it is a folder, it is empty or it can't be read.
    """
    path = Path(path)
    if path.is_dir():
        inside = path / "tokenizer.json"
        hint = inside if inside.is_file() else "the tokenizer file in it"
        raise UserError(f"{path}: a folder, not a tokenizer file; name {hint}")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None
    if not data:
        raise UserError(f"{path}: the file is empty")
    return data


def sha256(data: bytes) -> str:
    """The digest by which a result names a tokenizer file."""
    return hashlib.sha256(data).hexdigest()


def check_ids(ids: Collection[int]) -> None:
    """See that the ids in a file can be those of a vocabulary, before a table of all of them is made.

    Raises:
        ValueError: an id is below 0 or beyond reason, or stands twice.
    """
    if min(ids, default=0) < 0 or max(ids, default=0) >= MAX_IDS:
        raise ValueError(f"an id is not in 0 … {MAX_IDS - 1}")
    if len(set(ids)) < len(ids):
        raise ValueError("two tokens have the same id")


def broken_utf8(pieces: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which pieces are not whole UTF-8, bool [n].

    >>> broken_utf8([b"a", "я".encode(), "я".encode()[:1]]).tolist()
    [False, False, True]
    """
    return np.array([not piece.isascii() and not _decodes(piece) for piece in pieces], np.bool_)


def _decodes(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def one_line(error: BaseException) -> str:
    """What a library said, cut to one line of bearable length."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"


def cannot_encode(encode: Callable[[str], object], texts: list[str], error: BaseException) -> CannotEncode:
    """The error for a batch that a library failed on: which string it was, found one at a time."""
    for index, text in enumerate(texts):
        try:
            encode(text)
        except BaseException as found:
            if not is_library_failure(found):
                raise
            return CannotEncode(index, one_line(found))
    return CannotEncode(0, f"it failed on a batch, not on its strings one by one: {one_line(error)}")


def is_library_failure(error: BaseException) -> bool:
    """Whether a library failed, rather than the user interrupting; a Rust panic is a BaseException.

    >>> is_library_failure(RuntimeError("internal")), is_library_failure(KeyboardInterrupt())
    (True, False)
    """
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"

"""What every adapter needs of a file: to have it, or to say in one line why not."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.core.libraries import first_failure, is_library_failure, one_line
from langcov.core.names import number_of
from langcov.errors import CannotEncode, UserError

MAX_IDS = 1 << 24
PADDING = 1024  # ids that a model has more than its file of ranks: special tokens, and up to a round number


def read(path: str | Path) -> bytes:
    """The content of a tokenizer file.

    Raises:
        UserError: there is no such file, it is a folder, it is empty or it can't be read.
    """
    path = Path(path)
    if path.is_dir():
        raise UserError(f"{path}: a folder, not a tokenizer file; {_inside(path)}")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None
    if not data:
        raise UserError(f"{path}: the file is empty")
    return data


def _inside(folder: Path) -> str:
    """Which file of a folder to name, and who may read the folder otherwise."""
    if not (folder / "tokenizer.json").is_file():
        return "name the tokenizer file in it"
    hint = f"name {folder / 'tokenizer.json'}"
    if not (folder / "tokenizer_config.json").is_file():
        return hint
    return (
        f"{hint}; transformers, which goes by its tokenizer_config.json, may give other ids: to measure "
        f"those, give langcov.measure_tokenizers its AutoTokenizer.from_pretrained({str(folder)!r})"
    )


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


def check_tokens(name: str, ids: Mapping[bytes, int]) -> None:
    """See that a file of tokens is whole: ids of a vocabulary, and a token for each byte.

    Raises:
        UserError: it isn't, so that some text can't be encoded.
    """
    missing = sum(bytes([byte]) not in ids for byte in range(256))
    if missing:
        raise UserError(f"{name}: cut short: {missing} of the 256 bytes have no token")
    try:
        check_ids(ids.values())
    except ValueError as error:
        raise UserError(f"{name}: damaged: {error}") from None


def doubts(path: str, ids: Collection[int], digest: str, published: Mapping[str, str]) -> str:
    """What speaks against a file of tokens that loads, as one that was cut at the end of a line does.

    Args:
        path: of the file, which names each token and its id on a line.
        ids: of its tokens.
        digest: its sha256.
        published: the sha256 of published files by their name.

    Returns:
        A sentence; empty where nothing does.
    """
    if digest in published.values():
        return ""
    name, holes = Path(path).name, max(ids) - len(ids) + 1 - (min(ids) == 1)  # RWKV has no 0
    declared = _declared(Path(path).with_name("config.json"))
    said = [
        *[f"it is called as the published {name}, which has another sha256"] * (name in published),
        *[f"{number_of(holes, 'id')} below its last without a token"] * (holes > 0),
        *[f"it has {len(ids)} tokens, the config.json beside it says {declared}"]
        * (declared - len(ids) > PADDING),
    ]
    return f"the file may be cut short or edited: {'; '.join(said)}" if said else ""


def _declared(config: Path) -> int:
    """The size of a model's vocabulary, by its configuration; 0 if that isn't said."""
    try:
        size = json.loads(config.read_bytes())["vocab_size"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return 0
    return size if isinstance(size, int) else 0


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


def cannot_encode(encode: Callable[[str], object], texts: list[str], error: BaseException) -> CannotEncode:
    """The error for a batch that a library failed on: which string it was, found one at a time."""
    return CannotEncode(*first_failure(encode, texts, error))


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Make a library's failure on a file, also a panic in Rust, one line: what is wrong, and why."""
    try:
        with quiet_panic():
            yield
    except BaseException as error:
        if not is_library_failure(error):
            raise
        raise UserError(f"{what}: {one_line(error)}") from None


@contextmanager
def quiet_panic(expected: bool = True) -> Iterator[None]:
    """Keep a Rust panic's own message off stderr, where one may come."""
    try:
        saved = os.dup(2) if expected else None
    except OSError:  # there is no stderr
        saved = None
    if saved is None:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)

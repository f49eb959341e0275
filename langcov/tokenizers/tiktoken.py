"""tiktoken encodings: by name, from a ``.tiktoken`` file, or as ``tiktoken.Encoding`` objects."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from langcov.core.libraries import is_library_failure, one_line, require
from langcov.errors import CannotEncode, UserError
from langcov.text.strings import Strings
from langcov.tokenizers.model_file import broken_utf8, check_tokens, read, sha256
from langcov.tokenizers.protocol import Adapter, Encoded, Tokenizer, Vocabulary
from langcov.tokenizers.wordforms import confirm, cuts_before_space

# sha256 of a published .tiktoken file → the encoding of tiktoken_ext.openai_public it belongs to.
KNOWN_FILES = {
    "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930": "gpt2",  # r50k_base too
    "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069": "gpt2",  # p50k_base
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7": "cl100k_base",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d": "o200k_base",
}
PATTERNS = ("gpt2", "cl100k_base", "o200k_base")
LONG = 100_000


class Tiktoken(Adapter):
    """A byte-level BPE of tiktoken; special tokens are never matched in text.

    Args:
        encoding: the library's object.
        kind: ``tiktoken``, or ``tekken`` for the format that also uses it.
        digest: sha256 of the file; None makes it of the ranks written as a ``.tiktoken`` file, which for
            the published encodings is the published file.
        shift: what is added to tiktoken's ranks to give the tokenizer's ids.
    """

    def __init__(
        self, encoding: Any, kind: str = "tiktoken", digest: str | None = None, shift: int = 0
    ) -> None:
        self.kind = kind
        self._encoding = encoding
        self._shift = shift
        ranks: Mapping[bytes, int] = encoding._mergeable_ranks
        self.sha256 = digest or sha256(_as_file(ranks))
        self.vocabulary = _vocabulary(ranks, encoding.n_vocab, shift)
        cuts = cuts_before_space(encoding._pat_str)
        self.word_form = "kept" if cuts else None
        self.word_reason = (
            "its pattern begins a piece at each single space"
            if cuts
            else "its pattern is not one that is proved to begin a piece at each single space"
        )
        confirm(self)

    def encode(self, texts: list[str]) -> Encoded:
        lists: list[list[int]] = []
        with _quiet_panic(any(len(text) > LONG for text in texts)):
            try:
                for text in texts:
                    lists.append(self._encoding.encode_ordinary(text))  # noqa: PERF401
            except BaseException as error:
                if not is_library_failure(error):
                    raise
                raise CannotEncode(len(lists), f"tiktoken failed: {one_line(error)}") from None
        encoded = Encoded.of(lists)
        return Encoded(encoded.ids + np.int32(self._shift), encoded.starts)

    def decode(self, ids: list[list[int]]) -> list[str]:
        return [self._encoding.decode([token - self._shift for token in line]) for line in ids]


def load(rest: str) -> Tokenizer:
    """The specs ``tiktoken:NAME`` and ``tiktoken:FILE.tiktoken[?pattern=NAME]``."""
    path, has_query, query = rest.partition("?")
    if has_query or path.endswith(".tiktoken") or Path(path).exists():
        return _from_file(path, query)
    library = require("tiktoken", "tiktoken", f"tiktoken:{rest}")
    names = library.list_encoding_names()
    if rest not in names:
        raise UserError(f"tiktoken:{rest}: no such encoding (known: {', '.join(names)}) and no such file")
    try:
        return of_encoding(library.get_encoding(rest))
    except Exception as error:  # requests' errors, a bad hash, an unwritable cache
        raise UserError(f"tiktoken:{rest}: can't be downloaded: {one_line(error)}") from None


def of_encoding(encoding: Any) -> Tokenizer:
    """The adapter of a ``tiktoken.Encoding``."""
    return Tiktoken(encoding)


def make_encoding(name: str, pattern: str, ranks: dict[bytes, int]) -> Any:
    """A ``tiktoken.Encoding`` without special tokens.

    Raises:
        UserError: a byte has no rank, so some text can't be encoded; or the ranks or the pattern are no
            ranks, no pattern.
    """
    library = require("tiktoken", "tiktoken", name)
    check_tokens(name, ranks)
    try:
        return library.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    except ValueError as error:
        raise UserError(f"{name}: damaged: {one_line(error)}") from None


def _from_file(path: str, query: str) -> Tokenizer:
    data = read(path)
    digest = sha256(data)
    key, _, wanted = query.partition("=")
    if query and (key != "pattern" or wanted not in PATTERNS):
        raise UserError(f"{path}?{query}: write ?pattern= and one of {', '.join(PATTERNS)}")
    name = wanted or KNOWN_FILES.get(digest)
    ranks = _read_ranks(path, data)
    if name is None:
        wanted = f"tiktoken:{path}?pattern={'|'.join(PATTERNS)}"
        raise UserError(f"{path}: not a published file, so name its pattern: {wanted}")
    return Tiktoken(make_encoding(path, pattern_of(name), ranks), digest=digest)


def _read_ranks(path: str, data: bytes) -> dict[bytes, int]:
    ranks: dict[bytes, int] = {}
    for number, line in enumerate(data.splitlines(), 1):
        if not line:
            continue
        try:
            token, rank = line.split()
            ranks[base64.b64decode(token, validate=True)] = int(rank)
        except ValueError:
            raise UserError(f"{path}:{number}: not a line of base64, space, rank") from None
    return ranks


def pattern_of(name: str) -> str:
    """The regex of an encoding as the installed tiktoken has it.

    It stands inside the function that also fetches the ranks: that function is run with nothing to fetch.
    """
    published = require("tiktoken_ext.openai_public", "tiktoken", "a .tiktoken file")
    constructor = published.r50k_base if name == "gpt2" else getattr(published, name)
    names = {**vars(published), "load_tiktoken_bpe": lambda *_, **__: {}}
    return str(FunctionType(constructor.__code__, names)()["pat_str"])


def _as_file(ranks: Mapping[bytes, int]) -> bytes:
    by_rank = sorted(ranks.items(), key=lambda item: item[1])
    return b"".join(b"%s %d\n" % (base64.b64encode(token), rank) for token, rank in by_rank)


def _vocabulary(ranks: Mapping[bytes, int], n_vocab: int, shift: int) -> Vocabulary:
    size = n_vocab + shift
    tokens = [b""] * size
    for token, rank in ranks.items():
        tokens[rank + shift] = token
    returnable = np.zeros(size, np.bool_)
    returnable[np.fromiter(ranks.values(), np.int64, len(ranks)) + shift] = True
    return Vocabulary(size, returnable, None, Strings.of(tokens), broken_utf8(tokens))


@contextmanager
def _quiet_panic(expected: bool) -> Iterator[None]:
    """Keep a Rust panic's own message off stderr, where a line is long enough to cause one."""
    if not expected:
        yield
        return
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)

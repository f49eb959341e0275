"""tiktoken encodings: by name, from a ``.tiktoken`` file, or as ``tiktoken.Encoding`` objects."""

from __future__ import annotations

import base64
import re
import unicodedata
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import numpy as np
import regex

from langcov.core.kinds import split_query
from langcov.core.libraries import is_library_failure, one_line, require
from langcov.errors import CannotEncode, UserError
from langcov.text.strings import Strings
from langcov.tokenizers.content import Content
from langcov.tokenizers.merges import Merges, first_bytes, splits
from langcov.tokenizers.model_file import (
    broken_utf8,
    check_tokens,
    doubts,
    quiet_panic,
    read,
    refused,
    sha256,
)
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.patterns import cuts_before_space, cutter
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer, Vocabulary
from langcov.tokenizers.rank_patterns import Form, Pattern, pattern_for, published, published_files
from langcov.tokenizers.wordforms import confirm

LONG = 100_000
_PLAIN = (ascii_letters + digits + "+/= \n").encode()
_INNER_PAD = re.compile(rb"=(?:[^= ]|==)|(?:^|\n)==")
_EACH = " ".join(map(chr, range(1, 0x3000)))
"""A text with all kinds of characters: what doesn't come back of it, the pattern passes over."""


class Tiktoken(Adapter):
    """A byte-level BPE of tiktoken; special tokens are never matched in text.

    Args:
        encoding: the library's object.
        kind: ``tiktoken``, or ``tekken`` for the format that also uses it.
        digest: sha256 of the file; None makes it of the ranks written as a ``.tiktoken`` file, which for
            the published encodings is the published file.
        shift: what is added to tiktoken's ranks to give the tokenizer's ids.
        form: the normal form into which text is put first (Qwen's ``NFC``); None for none.
    """

    def __init__(
        self,
        encoding: Any,
        kind: str = "tiktoken",
        digest: str | None = None,
        shift: int = 0,
        form: Form | None = None,
    ) -> None:
        self.kind = kind
        self._form = form
        self._encoding = encoding
        self._shift = shift
        ranks: Mapping[bytes, int] = encoding._mergeable_ranks
        self.sha256 = digest or _identity(as_file(ranks), Pattern(encoding._pat_str, form))
        self._lacks_bytes = not all(bytes([byte]) in ranks for byte in range(256))
        drops = not self._lacks_bytes and encoding.decode(encoding.encode_ordinary(_EACH)) != _EACH
        self.vocabulary = _vocabulary(ranks, encoding.n_vocab, shift, drops)
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
        if self._form:
            texts = [unicodedata.normalize(self._form, text) for text in texts]
        with quiet_panic(self._lacks_bytes or any(len(text) > LONG for text in texts)):
            try:
                for text in texts:
                    lists.append(self._encoding.encode_ordinary(text))  # noqa: PERF401
            except BaseException as error:
                if not is_library_failure(error):
                    raise
                raise CannotEncode(len(lists), f"tiktoken failed: {one_line(error)}") from None
        encoded = Encoded.of(lists)
        return Encoded(encoded.ids + np.int32(self._shift), encoded.starts) if self._shift else encoded

    def decode(self, ids: list[list[int]]) -> list[str]:
        if self._shift:
            ids = [[token - self._shift for token in line] for line in ids]
        return list(map(self._encoding.decode, ids))

    def content(self) -> Content | None:
        """For an engine; None where it would have to put text into a normal form, or leave some out."""
        ranks: Mapping[bytes, int] = self._encoding._mergeable_ranks
        if self._form or self._lacks_bytes or b"" in ranks or (self.vocabulary and self.vocabulary.drops):
            return None
        recipe = {"format": "tiktoken", "pattern": self._encoding._pat_str}
        tokens = {rank: token for token, rank in ranks.items()}
        return Content(recipe, tokens, (), as_file(ranks), (), "tiktoken", self._shift)

    def offsets(self, texts: list[str]) -> Spans | None:
        """Where tokens lie in text that was put into a normal form first; else their bytes say it."""
        vocabulary = self.vocabulary
        if self._form is None or vocabulary is None or vocabulary.pieces is None:
            return None
        bytes_from = [place for text in texts for place in _origins(text, self._form)]
        begin, end = np.array(bytes_from, np.int64).reshape(-1, 2).T
        reach = np.append(0, np.cumsum(vocabulary.pieces.lengths[self.encode(texts).ids]))
        return (begin[reach[:-1]], end[reach[1:] - 1]) if reach[-1] == len(begin) else None

    def parts(self) -> Parts:
        assert self.vocabulary is not None and self.vocabulary.pieces is not None
        ranks = {token: rank + self._shift for token, rank in self._encoding._mergeable_ranks.items()}
        first, form = first_bytes(ranks), self._form
        return Parts(
            model="bpe",
            texts=self.vocabulary.pieces,
            merges=Merges.of(splits(ranks, int, first), first),
            whole=True,
            normalise=partial(unicodedata.normalize, form) if form else None,
            cut=cutter(self._encoding._pat_str),
            added=(),
            unused=np.zeros(self.vocabulary.size, np.bool_),
            inside=np.zeros(self.vocabulary.size, np.bool_),
        )


def load(rest: str) -> Tokenizer:
    """The specs ``tiktoken:NAME`` and ``tiktoken:FILE.tiktoken[?pattern=…]``."""
    path, has_query, query = split_query(rest)
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
    with refused(f"{name}: damaged, or its pattern is no regex"):
        made = library.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    with suppress(regex.error):  # of a regex that only the library understands
        if regex.match(pattern, ""):  # the library panics on a word without a byte
            raise UserError(
                f"{name}: its pattern fits where no text is: it is cut short, or no pattern of words"
            )
    return made


def _from_file(path: str, query: str) -> Tokenizer:
    data = read(path)
    digest = sha256(data)
    pattern = pattern_for(path, query, digest)
    ranks = read_ranks(path, data)
    encoding = make_encoding(path, pattern.regex, ranks)
    made = Tiktoken(encoding, digest=_identity(data, pattern), form=pattern.form)
    made.notice = doubts(path, ranks.values(), digest, published_files())
    return made


def _identity(ranks: bytes, pattern: Pattern) -> str:
    """The sha256 of ranks and pattern; of ranks alone that are published, and cut as their maker does.

    Also of others whose pattern goes by a name.
    """
    digest = sha256(ranks)
    own = published(digest)
    if own[:2] == pattern[:2] if own else pattern.name:
        return digest
    return sha256(ranks + f"{pattern.regex}{pattern.form or ''}".encode())


def read_ranks(path: str, data: bytes) -> dict[bytes, int]:
    """The ranks; an empty token is one, as it is to tiktoken (the last of Whisper's), and no text has it."""
    fields = data.split()
    lines = data.count(b"\n", 0, -1) + 1
    plain = not data.translate(None, _PLAIN) and not _INNER_PAD.search(data)
    if plain and data.count(b" ") == lines == len(fields) / 2:
        try:
            found = dict(zip(map(a2b_base64, fields[::2]), map(int, fields[1::2])))
            if len(found) == lines:
                return found
        except ValueError:  # which line it was is found below
            pass
    ranks: dict[bytes, int] = {}
    for number, line in enumerate(data.splitlines(), 1):
        if not line:
            continue
        try:
            text, rank = line.split()
            # The library passes over what base64 has no letters for: a damaged token would be another one.
            token = base64.b64decode(text, validate=text != b"=")
            if token in ranks:
                raise ValueError("it is there twice")
            ranks[token] = int(rank)
        except ValueError:
            raise UserError(f"{path}:{number}: not a line of base64, space, rank, or a token again") from None
    return ranks


def _origins(text: str, form: Form) -> Iterator[tuple[int, int]]:
    """For each byte of a text in a normal form, the bytes [begin, end) of the text that it is made of.

    Nothing is composed over the edges of extended grapheme clusters (UAX #29); one that changed is a whole.
    """
    at = 0
    for cluster in regex.findall(r"\X", text):
        made, size = unicodedata.normalize(form, cluster), len(cluster.encode())
        same = made == cluster
        for byte in range(len(made.encode())):
            yield (at + byte, at + byte + 1) if same else (at, at + size)
        at += size


def as_file(ranks: Mapping[bytes, int]) -> bytes:
    by_rank = sorted(ranks.items(), key=lambda item: item[1])
    return b"".join(b"%s %d\n" % (base64.b64encode(token), rank) for token, rank in by_rank)


def _vocabulary(ranks: Mapping[bytes, int], n_vocab: int, shift: int, drops: bool) -> Vocabulary:
    size = n_vocab + shift
    tokens = [b""] * size
    for token, rank in ranks.items():
        tokens[rank + shift] = token
    returnable = np.zeros(size, np.bool_)
    returnable[np.fromiter(ranks.values(), np.int64, len(ranks)) + shift] = True
    if b"" in ranks:
        returnable[ranks[b""] + shift] = False
    return Vocabulary(size, returnable, None, Strings.of(tokens), broken_utf8(tokens), drops)

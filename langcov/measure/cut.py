"""Lines cut into tokens, for the eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from langcov.counting.spans import token_spans
from langcov.text.scan import is_lead
from langcov.text.strings import Strings
from langcov.tokenizers.protocol import Tokenizer


class Piece(NamedTuple):
    """A part of a line that tokens cover, at whole code points.

    Attributes:
        text: what they cover.
        tokens: how many; more than one where a code point is cut.
        unknown: whether the tokenizer has no token for it (UNK).
    """

    text: str
    tokens: int
    unknown: bool


class Cut(NamedTuple):
    """A line and its tokens.

    Attributes:
        tokens: how many.
        pieces: in order; None where the tokenizer doesn't tell where its tokens are.
    """

    tokens: int
    pieces: list[Piece] | None


def cut(tokenizer: Tokenizer, lines: Sequence[str]) -> list[Cut]:
    """Encode lines as the library does, and say which part of each line its tokens cover.

    Raises:
        CannotEncode: the library failed on a line.

    >>> from langcov.tokenizers import load
    >>> [[piece.text for piece in one.pieces or []] for one in cut(load("chars").tokenizer, ["ab", ""])]
    [['a', 'b'], []]
    >>> cut(load("bytes").tokenizer, ["ы"])[0]
    Cut(tokens=2, pieces=[Piece(text='ы', tokens=2, unknown=False)])
    """
    strings = Strings.of(list(lines))
    encoded = tokenizer.encode(list(lines))
    spans = token_spans(tokenizer, strings, encoded, np.zeros(len(strings), bool))
    vocabulary = tokenizer.vocabulary
    unknown = vocabulary.unknown if vocabulary else None
    found = []
    for at, count in enumerate(encoded.counts.tolist()):
        told = spans is not None and (spans.exact[at] or not (vocabulary and vocabulary.drops))
        mine = slice(*encoded.starts[at : at + 2].tolist())
        if not told or spans is None:
            found.append(Cut(count, None))
            continue
        first, last = int(strings.starts[at]), int(strings.ends[at])
        begins = [max(first, place) - first for place in spans.begin[mine].tolist()]
        lost = [id == unknown for id in encoded.ids[mine].tolist()]
        found.append(Cut(count, _pieces(bytes(strings.data[first:last]), begins, lost)))
    return found


def _pieces(line: bytes, begins: Sequence[int], lost: Sequence[bool]) -> list[Piece]:
    """The pieces of a line, from where each token begins in it: cut where a code point begins."""
    leads = {*np.flatnonzero(is_lead(np.frombuffer(line, np.uint8))).tolist(), len(line)}
    starts = [at for at, begin in enumerate(begins) if at == 0 or (begin in leads and begin > begins[at - 1])]
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(begins)]):
        begin = 0 if start == 0 else begins[start]
        text = line[begin : begins[end] if end < len(begins) else len(line)].decode("utf-8", "replace")
        pieces.append(Piece(text, end - start, any(lost[start:end])))
    return pieces

"""A tokenizer as its own library has it, in plain loops: what ``bare_tokenizers`` and ``trained`` load.

Nothing here or in the other ``bare_`` modules of tokenizers is taken from langcov. ``spans`` says which bytes
of a line each token stands for, worked out from the pieces themselves: what a token spells is followed along
the normalised line, and each normalised character stands for the original ones that became it. No library's
offsets are used except, for SentencePiece, which original byte each normalised character began at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MARK = "\u2581"
Span = tuple[int, int]


@dataclass
class Bare:
    """A tokenizer as its own library has it.

    Attributes:
        encode, decode: of one line, no special tokens added, none left out; no decode for word tables.
        spans: of a line and its ids, bytes [begin, end) of each token; begin == end where it stands for none.
        returnable: ids that an encoding of text can return: all but special, control and unused ones.
        unknown: the UNK id, None where every text has tokens.
        byte_ids: ids that are byte fallback or not whole UTF-8.
        drops: whether text that has no token is left out without an UNK.
        words: whether the tokens of a line are always those of its words; of a unigram model they are not.
    """

    name: str
    spec: str
    encode: Callable[[str], list[int]]
    decode: Callable[[list[int]], str]
    spans: Callable[[str, list[int]], list[Span]]
    returnable: set[int]
    unknown: int | None = None
    byte_ids: set[int] = field(default_factory=set)
    drops: bool = False
    words: bool = True


def whole(data: bytes) -> bool:
    """Whether bytes are UTF-8 by themselves."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def char_spans(line: str) -> list[Span]:
    """The bytes of each character."""
    found, at = [], 0
    for char in line:
        found.append((at, at + len(char.encode())))
        at = found[-1][1]
    return found

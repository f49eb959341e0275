"""What langcov asks of a tokenizer: one Protocol, whatever library stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from langcov.text.strings import Run, Strings, picked, runs
from langcov.tokenizers.spelling import Spelling

WordForm = Literal["kept", "stripped"]
Spans = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Where each token begins and ends in the UTF-8 of its string, int64 [n_tokens] each."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """The tokens of many strings.

    Attributes:
        ids: token ids of all strings, one after another, int32 [n_tokens].
        starts: the tokens of string i are ``ids[starts[i]:starts[i + 1]]``, int64 [n + 1].
        offsets: gives what ``Tokenizer.offsets`` would for some of the strings, by index, from the same
            call of the library; None where it must be asked again.
        spelled: strings whose bytes are known to be those of their tokens, bool [n]; None: not known.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    offsets: Callable[[NDArray[np.int64]], Spans] | None = None
    spelled: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Encoded:
        """Flatten the lists of ids that a library returned.

        >>> Encoded.of([[5, 6], [], [7]]).starts.tolist()
        [0, 2, 2, 3]
        """
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=starts[1:])
        flat = np.fromiter(chain.from_iterable(lists), np.int32, int(starts[-1]))
        return cls(flat, starts)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Tokens of each string, int64 [n]."""
        return self.starts[1:] - self.starts[:-1]  # of few, np.diff takes ten times as long

    def runs(self) -> Iterator[Run]:
        """The tokens, a bounded number at a time."""
        return runs(self.starts)

    def sums(self, values: Callable[[slice], NDArray[Any]], dtype: type = np.int64) -> NDArray[Any]:
        """What the tokens of each string add up to, ``dtype`` [n].

        Args:
            values: gives whole numbers, or flags, of some of the tokens.

        >>> encoded = Encoded.of([[5, 6], [], [7]])
        >>> encoded.sums(lambda some: encoded.ids[some] > 5).tolist()
        [1, 0, 1]
        """
        sums: NDArray[Any] = np.zeros(len(self.starts) - 1, dtype)
        for run in self.runs():
            filled = np.flatnonzero(run.counts)
            firsts = (np.cumsum(run.counts) - run.counts)[filled]
            sums[run.strings.start + filled] += np.add.reduceat(values(run.items), firsts, dtype=dtype)
        return sums

    def differs(self, other: Encoded) -> NDArray[np.bool_]:
        """Which strings have other ids in another encoding of them, bool [n].

        >>> Encoded.of([[5, 6], [], [7]]).differs(Encoded.of([[5, 6], [7], [8]])).tolist()
        [False, True, True]
        """
        wrong = self.counts != other.counts
        alike = np.flatnonzero(~wrong)
        mine, theirs = self[alike], other[alike]
        wrong[np.repeat(alike, mine.counts)[mine.ids != theirs.ids]] = True
        return wrong

    def __getitem__(self, which: NDArray[np.int64]) -> Encoded:
        """The tokens of some of the strings, by index.

        >>> Encoded.of([[5, 6], [], [7]])[np.array([2, 0])].ids.tolist()
        [7, 5, 6]
        """
        counts = self.counts[which]
        starts = np.concatenate([[0], np.cumsum(counts)])
        if len(which) and np.array_equal(which, np.arange(which[0], which[0] + len(which))):
            first = int(self.starts[which[0]])
            return Encoded(self.ids[first : first + int(starts[-1])], starts)  # neighbours: nothing is copied
        return Encoded(picked(self.ids, self.starts[which], counts), starts)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What is known of the ids.

    Attributes:
        size: ids are 0 … size − 1.
        returnable: ids that an encoding of text can return, special tokens excluded, bool [size].
        unknown: the UNK id, or None where no text can reach it (byte fallback covers everything, or
            there is none).
        pieces: the bytes that each id decodes to, a word-start mark written as U+0020, empty for
            special tokens; None where decoding is more than joining these bytes.
        byte_tokens: ids that are byte fallback or not whole UTF-8, bool [size]; None if not known.
        drops: whether text that has no token is left out without an UNK. The library's own places of tokens
            are then wrong behind what was left out.
        spelling: how tokens spell a text that holds an UNK; None where only the library can tell.
    """

    size: int
    returnable: NDArray[np.bool_]
    unknown: int | None
    pieces: Strings | None
    byte_tokens: NDArray[np.bool_] | None
    drops: bool = False
    spelling: Spelling | None = None


@runtime_checkable
class Tokenizer(Protocol):
    """A loaded tokenizer.

    Attributes:
        kind: the library's family as the result names it (``sentencepiece``, ``tiktoken`` …).
        sha256: of the tokenizer's file or files; None for an object whose content can't be had.
        vocabulary: what is known of the ids; None for a callable.
        word_form: how a word inside a line is encoded alone so that the tokens of a line are the
            tokens of its words: ``kept`` (with the U+0020 before it), ``stripped`` (without it, the
            library adds its own mark), or None where that isn't proved: then only whole lines count.
        word_reason: why ``word_form`` is what it is, in one clause.
        whole_line_texts: strings whose presence makes the library treat a line specially (special and
            added tokens, a literal U+2581), or lets a token reach over a space: such lines are always
            encoded whole.
    """

    kind: str
    sha256: str | None
    vocabulary: Vocabulary | None
    word_form: WordForm | None
    word_reason: str
    whole_line_texts: Sequence[str]

    def encode(self, texts: list[str]) -> Encoded:
        """Encode each string as the library does by default, without adding special tokens.

        Raises:
            CannotEncode: the library failed on a string; the error carries its index.
        """

    def decode(self, ids: list[list[int]]) -> list[str] | None:
        """Decode as the library does, special tokens kept; None if nothing is there to decode with."""

    def offsets(self, texts: list[str]) -> Spans | None:
        """Where each token lies in its string, by the library's own account.

        Byte offsets [begin, end) within the UTF-8 of its string, int64 [n_tokens] each, in the order
        of ``encode``; begin == end for a token that covers no text (a lone word-start mark). None if
        the library gives none.
        """


@runtime_checkable
class EncodesStrings(Protocol):
    """A tokenizer that takes strings as they lie in a buffer."""

    def encode_strings(self, strings: Strings) -> Encoded:
        """As ``Tokenizer.encode``."""


class Adapter:
    """A ``Tokenizer`` of which nothing is known but its ids; each adapter says what it knows better.

    Attributes:
        beside: of an object, the ``tokenizer.json`` where it was loaded from, which may give other ids.
        notice: what is to be said of it beside its figures.
    """

    kind: str
    sha256: str | None = None
    vocabulary: Vocabulary | None = None
    word_form: WordForm | None = None
    word_reason: str = ""
    whole_line_texts: Sequence[str] = ()
    beside: str = ""
    notice: str = ""

    def decode(self, ids: list[list[int]]) -> list[str] | None:
        return None

    def offsets(self, texts: list[str]) -> Spans | None:
        return None

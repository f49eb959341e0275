"""Strings that are encoded together, words or whole lines, and their tokens: what counters are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Ints, Places, added_up, looked_up
from langcov.core.libraries import is_library_failure, one_line
from langcov.counting.spans import Spans
from langcov.counting.sums import sum_by
from langcov.errors import CannotDecode, CannotMeasure
from langcov.text.scan import Decoded, is_lead
from langcov.text.strings import Strings
from langcov.text.units import bytes_of_words
from langcov.text.words import WordSpans, uax29_words
from langcov.tokenizers.protocol import Encoded, Tokenizer, Vocabulary

Worked = TypeVar("Worked")

MANY = 1 << 20
MANY_BYTES = 1 << 25  # strings that are looked at byte by byte, four bytes of memory for each
NO_SPANS = "the tokenizer's tokens can't be placed in the text"
NO_PIECES = "the bytes of the tokenizer's tokens are not known"
NO_VOCABULARY = "nothing is known of the ids of a callable"
NO_DECODER = "the tokenizer can't decode"


@dataclass(eq=False)
class Batch:
    """Strings to encode once each, and where each stands."""

    strings: Strings  # back to back in a buffer of their own
    # row, string, count: ``strings[string]`` stands ``count`` times in row ``row``, int64 [m] each
    row: Ints
    string: Ints
    count: Ints
    lines: bool  # whether the strings are whole lines (else words, those inside a line with their U+0020)
    single_words: bool = False  # whether it is known that no string holds two whitespace words

    def __len__(self) -> int:
        return len(self.strings)

    @cached_property
    def words(self) -> WordSpans:
        """The UAX #29 words of the strings, found once for all tokenizers."""
        return uax29_words(self.decoded)

    @cached_property
    def bytes_of_words(self) -> tuple[Places, Bools]:
        """How many whitespace words begin before each byte, [bytes + 1], and which bytes go on one."""
        of_word, begins = bytes_of_words(self.strings)
        return added_up(begins), of_word & ~begins

    @cached_property
    def steps_back(self) -> NDArray[np.uint8]:
        """How far before each byte its code point begins, 0 to 3, uint8 [bytes]."""
        inner = ~is_lead(self.strings.data)
        steps = inner.astype(np.uint8)
        second = inner[1:] & inner[:-1]
        steps[1:] += second
        steps[2:] += second[1:] & second[:-1]
        return steps

    @cached_property
    def decoded(self) -> Decoded:
        """The strings decoded once for all counters."""
        return Decoded(self.strings)

    def forget_decoded(self) -> None:
        """Give the memory of what only counters of the text need back: several times that of the text."""
        vars(self).pop("decoded", None)

    @cached_property
    def totals(self) -> Ints:
        """How often each string stands anywhere, int64 [n]."""
        return sum_by(self.string, self.count, len(self.strings))

    def by_row(self, values: NDArray[Any], n_rows: int) -> Ints:
        """Sums over rows of a counter of the strings, int64 [n_rows]."""
        return sum_by(self.row, values[self.string] * self.count, n_rows)


@dataclass(eq=False)
class Tokens:
    """What one tokenizer made of a batch; what it can't tell raises ``CannotMeasure`` where asked for."""

    batch: Batch
    encoded: Encoded
    spans: Spans | None  # where the tokens lie in the strings; None if the tokenizer can't tell
    tokenizer: Tokenizer
    _worked: dict[Callable[[Tokens], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, work: Callable[[Tokens], Worked]) -> Worked:
        """What ``work`` makes of these tokens, worked out once for all counters that need it."""
        if work not in self._worked:
            self._worked[work] = work(self)
        made: Worked = self._worked[work]
        return made

    @property
    def vocabulary(self) -> Vocabulary:
        """What is known of the ids."""
        if self.tokenizer.vocabulary is None:
            raise CannotMeasure(NO_VOCABULARY)
        return self.tokenizer.vocabulary

    @cached_property
    def tiled(self) -> Bools:
        """Strings known to be covered by their tokens without a gap, bool [n]; none of very many."""
        if self.spans is None or len(self.batch.strings.data) > MANY_BYTES:
            return np.zeros(len(self.batch), bool)
        tiled = self.spans.exact.copy()
        tiled[self.spans.placed] = True
        return tiled

    @cached_property
    def unknown(self) -> Bools:
        """Tokens that are UNK, bool [tokens]."""
        if self.vocabulary.unknown is None:
            return np.zeros(len(self.encoded.ids), bool)
        return self.encoded.ids == self.vocabulary.unknown

    @property
    def byte_tokens(self) -> Bools:
        """Tokens that are byte fallback or not whole UTF-8, bool [tokens]."""
        if self.vocabulary.byte_tokens is None:
            raise CannotMeasure(NO_PIECES)
        return looked_up(self.vocabulary.byte_tokens, self.encoded.ids)

    @property
    def places(self) -> tuple[Places, Places]:
        """Where each token begins and ends in the buffer of the strings, int32 or int64 [tokens] each."""
        spans = self.spans if self.vocabulary else None
        if spans is None:
            raise CannotMeasure(NO_SPANS)
        return spans.begin, spans.end

    def per_string(self, which: Bools) -> Ints:
        """How many of some tokens each string has, int64 [strings]."""
        return self.encoded.sums(which.__getitem__)


@dataclass(eq=False)
class LineTokens:
    """Whole lines and what one tokenizer made of them."""

    tokenizer: Tokenizer
    text: Strings  # the lines, in the order of their buffer
    # gives the tokens of the lines of some indices, ascending; put together from those of words
    tokens: Callable[[Ints], Encoded]
    spelled: Bools  # lines known to be spelled by the tokens of their words, bool [lines]
    unknown: Bools  # lines known to hold an UNK, bool [lines]
    part: LineTokens | None = None  # of a single line that is very long: one that shows how all is decoded

    def __len__(self) -> int:
        return len(self.text)

    def as_decoded(self, which: Ints) -> tuple[list[str], list[str]]:
        """Some lines, or a part of a very long one; and what the library decodes their tokens to.

        Raises:
            CannotMeasure: it can't decode.
        """
        if self.part is not None and len(which):
            return self.part.as_decoded(which)
        return self.text[which].to_list(), self.decoded(which)

    def decoded(self, which: Ints) -> list[str]:
        """What the library decodes the tokens of some lines to.

        Raises:
            CannotMeasure: it can't decode.
        """
        return decoded(self.tokenizer, self.tokens(which))


def decoded(tokenizer: Tokenizer, encoded: Encoded) -> list[str]:
    """What the library decodes tokens to, string by string.

    Raises:
        CannotMeasure: it can't decode.
        CannotDecode: it failed.
    """
    if decode(tokenizer, []) is None:  # before all ids are made Python's
        raise CannotMeasure(NO_DECODER)
    ids, starts = _as_list(encoded.ids), encoded.starts.tolist()
    lists = [ids[start:end] for start, end in pairwise(starts)] if len(starts) > 2 else [ids]
    if all(lists):
        return decode(tokenizer, lists) or []
    nothing, *texts = decode(tokenizer, [[], *filter(None, lists)]) or []  # many are of UNK alone
    rest = iter(texts)
    return [next(rest) if one else nothing for one in lists]


def _as_list(ids: NDArray[np.int32]) -> list[int]:
    """Ids as Python's, each the same object wherever it stands if they are many: a fourth of the memory."""
    if len(ids) < MANY:
        return ids.tolist()
    numbers = np.arange(int(ids.max()) + 1).astype(object)
    return [number for start in range(0, len(ids), MANY) for number in numbers[ids[start : start + MANY]]]


def decode(tokenizer: Tokenizer, ids: list[list[int]]) -> list[str] | None:
    """The tokenizer's own ``decode``, whose failures cost its system only.

    Raises:
        CannotDecode: it failed.
    """
    try:
        return tokenizer.decode(ids)
    except BaseException as error:
        if not is_library_failure(error):
            raise
        raise CannotDecode(f"its library can't decode its own tokens: {one_line(error)}") from None

"""A tokenizer whose ids come from a certified engine, and all else from its own library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from langcov.core.libraries import is_library_failure, one_line
from langcov.errors import ALARM, CannotEncode
from langcov.text.properties import CODE_POINTS
from langcov.text.strings import ranges
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer

OPENING = 4
"""Characters of a special text that are looked for: hundreds of them begin alike, and more is no fault."""
LONG = 10_000
"""Characters above which a string goes to the library, which may fail on it, and then has to."""
SAMPLE = 1_000
"""One in so many strings is encoded by the library too, chosen by the string's own hash."""
FEW = 3
"""Of every call at least so many."""
RENEW = 8_000_000
"""Characters after which the engine is loaded anew: it keeps every word it has seen."""
LONGEST_SHOWN = 80
"""Characters of a string that an error quotes."""


class Engine(Protocol):
    """A loaded engine."""

    def encode(self, texts: list[str]) -> Encoded:
        """The ids of each string, special tokens not looked for."""


class Fast(Adapter):
    """A tokenizer with an engine before it.

    Strings that hold what a special or added token or another text of ``apart`` begins with, and very long
    ones, are encoded by the library. Of the others some are encoded by both: the first difference, or a
    failure of the engine, is the end of this tokenizer: every later call fails too, none goes on with the
    library.

    Args:
        reference: the adapter of the library.
        load: loads the engine and sees that it holds what the library does.
        name: engine and version.
        apart: more texts and characters that are not the engine's.

    Raises:
        Exception: of ``load``.
    """

    def __init__(
        self, reference: Tokenizer, load: Callable[[], Engine], name: str, apart: Iterable[str] = ()
    ) -> None:
        self.reference = reference
        self.kind, self.sha256, self.vocabulary = reference.kind, reference.sha256, reference.vocabulary
        self.word_form, self.word_reason = reference.word_form, reference.word_reason
        self.whole_line_texts = reference.whole_line_texts
        texts = {text for text in (*self.whole_line_texts, *apart) if text}
        rare = {text for text in texts if len(text) == 1}
        self._rare = np.zeros(CODE_POINTS, bool)
        self._rare[[ord(char) for char in rare]] = True
        self._openings = {text[:OPENING] for text in texts} - rare
        self._name = name
        self._load = load
        self._engine, self._room = load(), RENEW
        self._alarm = ""

    def encode(self, texts: list[str]) -> Encoded:
        """As the library does, most of it by the engine.

        Raises:
            CannotEncode: the library failed on a string; or the reason begins with ``ALARM``.
        """
        if self._alarm:
            raise CannotEncode(0, self._alarm)
        apart = self.apart(texts)
        if len(apart) == 0:
            return self._checked(texts)
        mine = np.ones(len(texts), bool)
        mine[apart] = False
        own = np.flatnonzero(mine)
        by_library = _indexed(self.reference.encode, texts, apart)
        by_engine = _indexed(self._checked, texts, own)
        counts = np.empty(len(texts), np.int64)
        counts[apart], counts[own] = by_library.counts, by_engine.counts
        starts = np.append(0, np.cumsum(counts))
        ids = np.empty(starts[-1], np.int32)
        ids[ranges(starts[apart], counts[apart])] = by_library.ids
        ids[ranges(starts[own], counts[own])] = by_engine.ids
        return Encoded(ids, starts)

    def decode(self, ids: list[list[int]]) -> list[str] | None:
        """The library's."""
        return self.reference.decode(ids)

    def offsets(self, texts: list[str]) -> Spans | None:
        """The library's."""
        return self.reference.offsets(texts)

    def apart(self, texts: list[str]) -> NDArray[np.int64]:
        """Indices of the strings that are the library's, int64; the usual case is told from all at once."""
        found = np.array([len(text) > LONG for text in texts], np.bool_)
        if self._holds_special("\n".join(texts)):
            found |= [self._holds_special(text) for text in texts]
        return np.flatnonzero(found)

    def _holds_special(self, text: str) -> bool:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        return bool(self._rare[points].any()) or any(opening in text for opening in self._openings)

    def _checked(self, texts: list[str]) -> Encoded:
        """What the engine says, some of it also asked from the library."""
        if not texts:
            return Encoded.of([])
        try:
            encoded = self._ready(texts).encode(texts)
        except BaseException as error:
            if not is_library_failure(error):
                raise
            raise self._stop(0, f"{self._name} failed: {one_line(error)}") from None
        if len(encoded.counts) != len(texts):
            raise self._stop(0, f"{self._name} gave {len(encoded.counts)} answers for {len(texts)} strings")
        sample = _sample(texts)
        expected = self.reference.encode([texts[index] for index in sample])
        wrong = sample[encoded[sample].differs(expected)].tolist()
        if wrong:
            where = f"{self._name} has other tokens than the library in {self._place(texts[wrong[0]])!a}"
            raise self._stop(wrong[0], f"{where}; measure with --engine reference")
        return encoded

    def _place(self, text: str) -> str:
        """The first word of a string that shows the difference by itself, or the beginning of the string."""
        words = text.split(" ")
        mine, theirs = self._engine.encode(words), self.reference.encode(words)
        wrong = np.flatnonzero(mine.differs(theirs))
        return (words[wrong[0]] if len(wrong) else text)[:LONGEST_SHOWN]

    def _ready(self, texts: list[str]) -> Engine:
        if self._room < 0:
            self._engine, self._room = self._load(), RENEW
        self._room -= sum(map(len, texts))
        return self._engine

    def _stop(self, index: int, reason: str) -> CannotEncode:
        self._alarm = f"{ALARM}: {reason}"
        return CannotEncode(index, self._alarm)


def _sample(texts: list[str]) -> NDArray[np.int64]:
    """Which strings to ask the library for too: one in ``SAMPLE`` by hash, and the ``FEW`` of lowest hash."""
    hashes = np.array([crc32(text.encode()) for text in texts])
    lowest = np.argpartition(hashes, FEW)[:FEW] if len(texts) > FEW else np.arange(len(texts))
    return np.union1d(np.flatnonzero(hashes % SAMPLE == 0), lowest)


def _indexed(encode: Callable[[list[str]], Encoded], texts: list[str], which: NDArray[np.int64]) -> Encoded:
    """Some of the strings encoded; a failure names the string by its place among all."""
    try:
        return encode([texts[index] for index in which.tolist()])
    except CannotEncode as error:
        raise CannotEncode(int(which[error.index]), error.reason) from None

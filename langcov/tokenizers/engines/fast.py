"""A tokenizer whose ids come from a certified engine, and all else from its own library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from langcov.core.libraries import is_library_failure, one_line
from langcov.errors import ALARM, CannotEncode
from langcov.text.hashing import GOLDEN, edges, splitmix
from langcov.text.properties import CODE_POINTS
from langcov.text.scan import find, lead_bytes
from langcov.text.strings import Strings, ranges
from langcov.tokenizers.protocol import Adapter, Encoded, Spans, Tokenizer

OPENING = 4
"""Characters of a special text that are looked for: hundreds of them begin alike, and more is no fault."""
LONG = 10_000
"""Bytes above which a string goes to the library, which may fail on it, and then has to."""
SAMPLE = 1_000
"""One in so many strings is encoded by the library too, chosen by the string's own hash."""
FEW = 3
"""Of every call at least so many."""
RENEW = 16_000_000
"""Bytes after which the engine is loaded anew: some keep every word they have seen."""
LONGEST_SHOWN = 80
"""Characters of a string that an error quotes."""


class Engine(Protocol):
    """A loaded engine."""

    def encode(self, strings: Strings) -> Encoded:
        """The ids of each string, special tokens not looked for."""


class Fast(Adapter):
    """A tokenizer with an engine before it.

    Strings that hold what a special or added token or another text of ``apart`` begins with, and very long
    ones, are encoded by the library. Of the others some are encoded by both: the first difference, or a
    failure of the engine, is the end of this tokenizer: every later call fails too, none goes on with the
    library.

    Args:
        reference: the adapter of the library.
        engine: a loaded one.
        load: loads it anew.
        name: engine and version.
        apart: more texts and characters that are not the engine's.

    """

    def __init__(
        self,
        reference: Tokenizer,
        engine: Engine,
        load: Callable[[], Engine],
        name: str,
        apart: Iterable[str] = (),
    ) -> None:
        self.reference = reference
        self.kind, self.sha256, self.vocabulary = reference.kind, reference.sha256, reference.vocabulary
        self.word_form, self.word_reason = reference.word_form, reference.word_reason
        self.whole_line_texts = reference.whole_line_texts
        texts = {text for text in (*self.whole_line_texts, *apart) if text}
        rare = {text for text in texts if len(text) == 1}
        self._rare = np.zeros(CODE_POINTS, bool)
        self._rare[[ord(char) for char in rare]] = True
        self._rare_leads = lead_bytes(self._rare)
        self._openings = {text[:OPENING].encode() for text in texts - rare}
        self._name = name
        self._load = load
        self._engine, self._room = engine, RENEW
        self._alarm = ""

    def encode(self, texts: list[str]) -> Encoded:
        """As ``encode_strings``.

        Raises:
            CannotEncode: the library failed on a string; or the reason begins with ``ALARM``.
        """
        try:
            return self.encode_strings(Strings.of(texts))
        except UnicodeEncodeError:  # half of a surrogate pair, which no engine can be given
            return self.reference.encode(texts)

    def encode_strings(self, strings: Strings) -> Encoded:
        """As the library does, most of it by the engine.

        Raises:
            CannotEncode: the library failed on a string; or the reason begins with ``ALARM``.
        """
        if self._alarm:
            raise CannotEncode(0, self._alarm)
        apart = self.apart(strings)
        if len(apart) == 0:
            return self._checked(strings)
        mine = np.ones(len(strings), bool)
        mine[apart] = False
        own = np.flatnonzero(mine)
        by_library = _indexed(self._asked, strings, apart)
        by_engine = _indexed(self._checked, strings, own)
        counts = np.empty(len(strings), np.int64)
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

    def apart(self, strings: Strings) -> NDArray[np.int64]:
        """Indices of the strings that are the library's, int64."""
        packed = strings.packed()
        long = np.flatnonzero(packed.lengths > LONG)
        places, _ = find(packed.data, self._rare, self._rare_leads)
        data = packed.data.tobytes()
        for opening in self._openings:
            if opening[:1] in data and opening in data:
                # It may reach into the next string, which does no harm.
                begins = (match.start() for match in re.finditer(b"(?=%s)" % re.escape(opening), data))
                places = np.append(places, np.fromiter(begins, np.int64))
        return np.union1d(long, np.searchsorted(packed.starts, places, "right") - 1)

    def _checked(self, strings: Strings) -> Encoded:
        """What the engine says, some of it also asked from the library."""
        if not len(strings):
            return Encoded.of([])
        try:
            encoded = self._ready(strings).encode(strings)
        except BaseException as error:
            if not is_library_failure(error):
                raise
            raise self._stop(0, f"{self._name} failed: {one_line(error)}") from None
        if len(encoded.counts) != len(strings):
            raise self._stop(0, f"{self._name} gave {len(encoded.counts)} answers for {len(strings)} strings")
        sample = _sample(strings)
        expected = self._asked(strings[sample])
        wrong = sample[encoded[sample].differs(expected)]
        if len(wrong):
            (text,) = strings[wrong[:1]]
            where = f"{self._name} has other tokens than the library in {self._place(text)!a}"
            raise self._stop(int(wrong[0]), f"{where}; measure with --engine reference")
        return encoded

    def _asked(self, strings: Strings) -> Encoded:
        """What the library says."""
        return self.reference.encode(strings.to_list())

    def _place(self, text: str) -> str:
        """The first word of a string that shows the difference by itself, or the beginning of the string."""
        words = text.split(" ")
        mine, theirs = self._engine.encode(Strings.of(words)), self.reference.encode(words)
        wrong = np.flatnonzero(mine.differs(theirs))
        return (words[wrong[0]] if len(wrong) else text)[:LONGEST_SHOWN]

    def _ready(self, strings: Strings) -> Engine:
        if self._room < 0:
            del self._engine  # before there are two
            self._engine, self._room = self._load(), RENEW
        self._room -= int(strings.lengths.sum())
        return self._engine

    def _stop(self, index: int, reason: str) -> CannotEncode:
        self._alarm = f"{ALARM}: {reason}"
        return CannotEncode(index, self._alarm)


def _sample(strings: Strings) -> NDArray[np.int64]:
    """Which strings to ask the library for too: one in ``SAMPLE`` by hash, and the ``FEW`` of lowest hash."""
    first, second, last, lengths = edges(strings)
    hashed = splitmix(first + splitmix(last + lengths * GOLDEN + second))
    lowest = np.argpartition(hashed, FEW)[:FEW] if len(strings) > FEW else np.arange(len(strings))
    return np.union1d(np.flatnonzero(hashed % np.uint64(SAMPLE) == 0), lowest)


def _indexed(encode: Callable[[Strings], Encoded], strings: Strings, which: NDArray[np.int64]) -> Encoded:
    """Some of the strings encoded; a failure names the string by its place among all."""
    try:
        return encode(strings[which])
    except CannotEncode as error:
        raise CannotEncode(int(which[error.index]), error.reason) from None

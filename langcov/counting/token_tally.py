"""What a tokenizer did to a file, and all files of a language put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints, grown
from langcov.corpora.rows import fold
from langcov.counting.counters import token_columns
from langcov.counting.sums import Histogram, places_of
from langcov.counting.tally import Arranged, FileTally, arrange
from langcov.counting.word_uses import WordUses

NO_TOKENS = "it gives no token for this text"
CELLS = 1 << 20
"""Tokens, and rows × distinct ids, up to which ids are counted by row (for an interval of the entropy)."""


@dataclass(eq=False)
class SystemTally:
    """What one tokenizer did to one file."""

    # the counters of tokens by row, int64 [rows, counters]; ``columns`` has them by name
    rows: Ints = field(default_factory=lambda: token_columns().rows())
    # of the ids of each row (``id_digests``), int64 [rows]; they wrap modulo 2**64
    digests: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: Histogram = field(default_factory=Histogram)  # how often each id was returned
    # the same by row, keyed ``row << 32 | id``; None once there are too many tokens
    row_ids: Histogram | None = field(default_factory=Histogram)
    # letters that came back as another one, as ``lost_text.changes`` has them
    changed: Histogram = field(default_factory=Histogram)
    # counters that could not be had, each with the reason
    missing: dict[str, str] = field(default_factory=dict)
    failed: str | None = None  # why nothing could be measured (then the rest means nothing)
    others: int = 0  # tokens of other files, of which it has the ids too (``ease``)

    @property
    def columns(self) -> dict[str, Ints]:
        """The counters by name, views into ``rows``, int64 [rows] each."""
        return token_columns().by_name(self.rows)

    def limit(self) -> None:
        """Give up the ids by row once there are too many tokens; more never make them fewer."""
        if self.tokens + self.others > CELLS:
            self.row_ids = None

    @property
    def tokens(self) -> int:
        """All tokens of the file."""
        return int(self.columns["tokens"].sum())

    def ease(self, other: SystemTally) -> None:
        self.others += other.tokens
        for mine, its in ((self.ids, other.ids), (self.changed, other.changed)):
            mine.add(its.keys, its.counts)
        other.ids, other.changed = Histogram(), Histogram()
        self.limit()
        if self.row_ids is None:
            other.row_ids = None

    def grow(self, rows: int) -> None:
        self.rows = grown(self.rows, rows)
        self.digests = grown(self.digests, rows)

    def fold(self, steps: int) -> None:
        self.rows = fold(self.rows, steps)
        self.digests = fold(self.digests, steps)
        if self.row_ids is not None:
            self.row_ids = self.row_ids.folded(steps)

    def merge(self, other: SystemTally) -> None:
        self.rows += other.rows
        self.digests += other.digests
        self.ids.add(other.ids.keys, other.ids.counts)
        self.changed.add(other.changed.keys, other.changed.counts)
        if self.row_ids is None or other.row_ids is None:
            self.row_ids = None
        else:
            self.row_ids.add(other.row_ids.keys, other.row_ids.counts)
        self.limit()
        self.missing = other.missing | self.missing
        self.failed = self.failed or other.failed


@dataclass(frozen=True, eq=False)
class Tally:
    """One language of a corpus, all its files in their final order."""

    text: Mapping[str, Ints]  # the counters of the text by name, int64 [rows] each
    labels: NDArray[np.uint64]  # what a row is called in every language, uint64 [rows]
    # by system the counters of its tokens by name, int64 [rows] each
    tokens: Mapping[str, Mapping[str, Ints]]
    digests: Mapping[str, Ints]  # by system, those of the ids of each row, int64 [rows]
    ids: Mapping[str, Histogram]  # system → histogram of ids
    # system → (row, position of the id in ``ids``, count); None beyond the budget
    row_ids: Mapping[str, tuple[Ints, Ints, Ints] | None]
    letters: Histogram
    # changed, missing, failed: by system, as in SystemTally
    changed: Mapping[str, Histogram]
    missing: Mapping[str, Mapping[str, str]]
    failed: Mapping[str, str | None]
    # name of the change → system → those counters of the same lines after it that are kept of perturbed text,
    # int64 [rows] each; or why there are none
    perturbed: Mapping[str, Mapping[str, Mapping[str, Ints] | str]]
    words: WordUses | None = None  # where they are asked for

    @property
    def n_rows(self) -> int:
        """Rows of the language."""
        return len(self.labels)


def combine(files: Sequence[FileTally[SystemTally]], shift: int) -> Tally:
    """Put the files of one language one after another, ordered by content, rows at ``shift``."""
    made = arrange(files, shift)
    files, used = made.files, made.used
    tokens, digests, ids, row_ids, changed, missing, failed = {}, {}, {}, {}, {}, {}, {}
    for name in files[0].systems:
        parts = [file.systems[name] for file in files]
        tokens[name] = _columns(parts, used, token_columns())
        digests[name] = np.concatenate([part.digests for part in parts])[used]
        ids[name], changed[name] = Histogram(), Histogram()
        for part in parts:
            ids[name].add(part.ids.keys, part.ids.counts)
            changed[name].add(part.changed.keys, part.changed.counts)
        row_ids[name] = _row_ids(parts, made.offsets, made.place, ids[name].keys, int(used.sum()))
        missing[name] = {key: why for part in reversed(parts) for key, why in part.missing.items()}
        failed[name] = next((part.failed for part in parts if part.failed), None)
        if made.text["words"].any() and not tokens[name]["tokens"].any():
            failed[name] = failed[name] or NO_TOKENS
    letters = Histogram()
    for file in files:
        letters.add(file.letters.keys, file.letters.counts)
    perturbed, text, labels = _perturbed(made), made.text, made.labels
    known = [file.words for file in files if file.words]
    for more in known[1:]:
        known[0].merge(more)
    words = known[0] if known else None
    return Tally(
        text, labels, tokens, digests, ids, row_ids, letters, changed, missing, failed, perturbed, words
    )


def _perturbed(made: Arranged) -> dict[str, dict[str, dict[str, Ints] | str]]:
    """The counters of the same rows after each change, or why there are none."""
    found: dict[str, dict[str, dict[str, Ints] | str]] = {}
    kept = [name for name, counter in token_columns().items() if counter.perturbed]
    for name in made.files[0].perturbed:
        found[name] = {}
        for system in made.files[0].systems:
            parts = [file.perturbed[name].systems[system] for file in made.files]
            failed = next((part.failed for part in parts if part.failed), None)
            had = [one for one in kept if not any(one in part.missing for part in parts)]
            found[name][system] = failed or _columns(parts, made.used, had)
    return found


def _columns(parts: Sequence[SystemTally], used: NDArray[np.bool_], names: Iterable[str]) -> dict[str, Ints]:
    """Some counters of the rows of all files that are used, int64 [rows] each."""
    columns = token_columns().by_name(np.concatenate([part.rows for part in parts]))
    return {name: columns[name][used] for name in names}


def _row_ids(
    parts: Sequence[SystemTally], offsets: Ints, place: Ints, ids: Ints, n_rows: int
) -> tuple[Ints, Ints, Ints] | None:
    """Row, position in ``ids`` and count, or None where the budget is passed or the tokenizer failed."""
    histograms = [None if part.failed else part.row_ids for part in parts]
    tokens = sum(part.tokens for part in parts)
    if max(tokens, n_rows * len(ids)) > CELLS or any(histogram is None for histogram in histograms):
        return None
    kept = [histogram for histogram in histograms if histogram is not None]
    row = np.concatenate([place[(h.keys >> 32) + offset] for h, offset in zip(kept, offsets)])
    column = places_of(np.concatenate([h.keys & 0xFFFFFFFF for h in kept]), ids)
    return row, column, np.concatenate([h.counts for h in kept])

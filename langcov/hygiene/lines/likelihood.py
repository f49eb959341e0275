"""How likely words are in each language of a script, by the letters of the bundled word tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.data import read_table

Shares = NDArray[np.float32]
ORDER = 3
MOST = 2_500
"""Words taken of a language, the most frequent ones, so that those with long texts have no advantage."""

PRIOR = 15.0
"""Letters for which what stands behind a language counts: shorter runs of letters, and its group."""

UNUSUAL = 0.02
"""Share of the letters of a language that are left for those it doesn't use."""

_MENDED = str.maketrans("ĂăĔĕÇçŸÿÆæƏəHhI", "ӐӑӖӗҪҫӲӳӔӕӘәҺһӏ")
"""Latin letters that are typed for Cyrillic ones."""

_STRESS = dict.fromkeys((0x300, 0x301, 0xAD))


def words_of(lines: Iterable[str], script: str) -> list[list[str]]:
    """The words of each line whose letters are all of one script, small, composed and without stress marks.

    >>> words_of(["Æма HI-FI Чу́ваш", "çырăвĕ"], "Cyrl")
    [['ӕма', 'чуваш'], ['ҫырӑвӗ']]
    """
    text = "\n".join(lines)
    if script == "Cyrl":
        text = _typed().sub(lambda found: found[0].translate(_MENDED), text)
    text = unicodedata.normalize("NFC", text).translate(_STRESS).lower()
    return [_word(script).findall(line) for line in text.split("\n")]


@cache
def _typed() -> regex.Pattern[str]:
    """Such letters beside a Cyrillic one."""
    letters = "[" + "".join(map(chr, _MENDED)) + "]+"
    return regex.compile(rf"{letters}(?:(?=\p{{Cyrl}})|(?<=\p{{Cyrl}}{letters}))")


@cache
def _word(script: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:\p{{Script={script}}}\p{{M}}*)++(?!\p{{L}})")


@cache
def _groups() -> Mapping[str, str]:
    """The group of each language that has sisters, by its id or its code (``lid_groups.tsv``)."""
    return {row["member"]: row["group"] for row in read_table("lid_groups.tsv")}


def group_of(language: str) -> str:
    """The group of a language, empty if it has none.

    >>> group_of("crh_Latn"), group_of("crh_Cyrl"), group_of("mhr_Cyrl"), group_of("chv_Cyrl")
    ('crh-tur-gag-azj', 'kum-krc-nog-crh-kaz-kaa', 'mhr-mrj', '')
    """
    return _groups().get(language) or _groups().get(language.partition("_")[0], "")


PARTS = ("languages", "words", "letters", "runs", "counts")


@dataclass(frozen=True, eq=False)
class Counts:
    """Runs of three letters in the words of the languages of a script.

    Attributes:
        languages: their ids.
        words: how many words were taken of each, int64 [l].
        letters: that occur, ascending; the first is a space, around each word.
        runs: (first · n + second) · n + third of each run, by its letters' places in ``letters``, ascending,
            int64 [r].
        counts: how often each stands in the words of each language, uint16 [r, l].
    """

    languages: Sequence[str]
    words: Ints
    letters: str
    runs: Ints
    counts: NDArray[np.uint16]

    @classmethod
    def of(cls, words: Mapping[str, Mapping[str, int]]) -> Counts:
        """The counts of some words.

        Args:
            words: of each language, and how often its letters count.
        """
        text = sorted({letter for weights in words.values() for word in weights for letter in word})
        letters = " " + "".join(text)
        found = [runs_of(list(weights), letters) for weights in words.values()]
        different = np.unique(np.concatenate([runs for runs, _ in found]))
        counts = np.zeros((len(different), len(words)), np.uint16)
        for column, ((runs, firsts), weights) in enumerate(zip(found, words.values())):
            times = np.repeat(list(weights.values()), np.diff(firsts, append=len(runs)))
            counts[:, column] = np.bincount(np.searchsorted(different, runs), times, len(different))
        sizes = np.array([len(weights) for weights in words.values()], np.int64)
        return cls(list(words), sizes, letters, different, counts)


def runs_of(words: Sequence[str], letters: str) -> tuple[Ints, Ints]:
    """The runs of three letters of words, as ``Counts.runs``, int64 [r]; where those of each word begin.

    The first run of a word is two spaces and its first letter, the last two letters and a space. A letter
    that is not known counts as the one past the last.
    """
    text = np.frombuffer("".join(f"{word} " for word in words).encode("utf-32-le"), "<u4")
    known = np.frombuffer(letters.encode("utf-32-le"), "<u4")
    at = np.searchsorted(known, text)
    third = np.where(np.append(known, 0)[at] == text, at, len(known)).astype(np.int64)
    return joined(third, len(known) + 1)


def joined(third: Ints, size: int) -> tuple[Ints, Ints]:
    """The same of letters by their places, 0 behind each word, where there are so many places."""
    second = np.append(0, third[:-1])
    first = np.where(second == 0, 0, np.append(0, second[:-1]))
    return (first * size + second) * size + third, np.append(0, np.flatnonzero(third == 0)[:-1] + 1)


def likeliest(times: Mapping[str, int]) -> dict[str, int]:
    """The most frequent words of a language, and how often their letters count: the bits of the times."""
    order = sorted(times, key=lambda word: (-times[word], word))
    return {word: times[word].bit_length() for word in order[:MOST]}


class Likelihood:
    """Letters of words as a Markov chain of the second order, for each language of a script.

    P(c | ab) of a language is (n(abc) + k · q) / (n(ab) + k), where q is the mean of its own P(c | b) and of
    P(c | ab) in all words of its group; that of a group has the whole script for its group. So a language of
    which few words are known is taken for the mean of its sisters where it says nothing itself.

    Args:
        counts: of the words of its languages.

    Attributes:
        columns: the script as a whole (empty), the groups, the languages.
        words: how many are known of each language.
    """

    def __init__(self, counts: Counts) -> None:
        self.letters = counts.letters
        own = counts.counts.astype(np.float32)
        homes = [group_of(language) for language in counts.languages]
        names = sorted(set(filter(None, homes)))
        of_groups = [own[:, [home == name for home in homes]].sum(1) for name in names]
        self.columns = ["", *names, *counts.languages]
        self.words = dict(zip(counts.languages, counts.words.tolist()))
        self._runs, self._table = counts.runs, np.column_stack([own.sum(1), *of_groups, own])
        self._levels = [0, 1, 1 + len(names), len(self.columns)]
        self._parents = np.array([0] * (1 + len(names)) + [self.columns.index(home) for home in homes])
        self._size = len(self.letters) + 1
        self._parts: dict[tuple[int, ...], tuple[Likelihood, list[int]]] = {}

    @cached_property
    def _sums(self) -> list[tuple[Ints, Shares, Ints, Shares]]:
        """Of each length: the runs, their counts, what stands before the last letter of a run, its counts."""
        runs, table, found = self._runs, self._table, []
        for order in range(ORDER, 0, -1):
            runs, table = _summed(runs % self._size**order, table)
            found.append((runs, table, *_summed(runs // self._size, table)))
        return found[::-1]

    def logs(self, words: Sequence[str], columns: Sequence[int] | None = None) -> Shares:
        """The logarithm of the likelihood of each word, float32 [words, columns], of all or some columns."""
        runs, firsts = runs_of(words, self.letters)
        different, which = np.unique(runs, return_inverse=True)
        return np.add.reduceat(self.logs_of(different, columns)[which], firsts, axis=0)

    def logs_of(self, runs: Ints, columns: Sequence[int] | None = None) -> Shares:
        """The same of runs of three letters: how often the last follows the others."""
        if columns is not None:
            part, places = self._part(tuple(columns))
            return part.logs_of(runs)[:, places]
        return np.log(self._shares(runs, ORDER))

    def _part(self, columns: tuple[int, ...]) -> tuple[Likelihood, list[int]]:
        """Some columns with what stands behind them, and the place of each."""
        if columns not in self._parts:
            kept = sorted({0, *columns, *self._parents[[*columns]].tolist()})
            part = copy(self)
            part.__dict__.pop("_sums", None)
            part.columns = [self.columns[at] for at in kept]
            part._table = self._table[:, kept]
            part._levels = np.searchsorted(kept, self._levels).tolist()
            part._parents = np.searchsorted(kept, self._parents[kept])
            self._parts[columns] = part, [kept.index(at) for at in columns]
        return self._parts[columns]

    def _shares(self, runs: Ints, order: int) -> Shares:
        """How often the last letter of each run follows the others, float32 [runs, columns]."""
        if not order:
            return np.full((len(runs), len(self.columns)), 1 / self._size, np.float32)
        ends, which = np.unique(runs % self._size ** (order - 1), return_inverse=True)
        base = self._shares(ends, order - 1)[which]
        known, counts, before, totals = self._sums[order - 1]
        there, all_there = _looked_up(runs, known, counts), _looked_up(runs // self._size, before, totals)
        shares: Shares = np.empty_like(base)
        for level, (first, end) in enumerate(pairwise(self._levels)):  # the script, its groups, its languages
            columns = slice(first, end)
            behind = base[:, columns]
            if level:
                behind = np.float32(0.5) * (behind + shares[:, self._parents[columns]])
            seen = all_there[:, columns]
            weight = np.maximum(UNUSUAL * seen, 1) if order == 1 else PRIOR
            shares[:, columns] = (there[:, columns] + weight * behind) / (seen + weight)
        return shares


def _summed(keys: Ints, table: Shares) -> tuple[Ints, Shares]:
    """The different keys, ascending, and the sums of the rows of each."""
    if (keys[1:] < keys[:-1]).any():
        order = np.argsort(keys, kind="stable")
        keys, table = keys[order], table[order]
    different, firsts = np.unique(keys, return_index=True)
    return (different, table) if len(different) == len(keys) else (different, np.add.reduceat(table, firsts))


def _looked_up(keys: Ints, known: Ints, table: Shares) -> Shares:
    """The row of each key; zeros where it has none."""
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where((known[at] == keys)[:, None], table[at], np.float32(0))


@cache
def bundled(script: str) -> Likelihood | None:
    """That of the languages of a script in the bundled word tables; None where there are none to compare."""
    with (files("langcov.data") / "letter_runs.npz").open("rb") as file, np.load(file) as arrays:
        if f"{script}_runs" not in arrays:
            return None
        languages, words, letters, runs, counts = (arrays[f"{script}_{part}"] for part in PARTS)
    return Likelihood(Counts(languages.tolist(), words, str(letters), runs, counts))

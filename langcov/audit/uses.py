"""Whose language uses which piece: by share of its tokens, never by a character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Floats, Ints
from langcov.core.work import Progress
from langcov.corpora.base import Corpus, ReadOptions, Source
from langcov.counting.jobs import Job
from langcov.counting.tokens import count_source
from langcov.counting.word_uses import WordUses
from langcov.tokenizers import System

OWN = 0.5
"""A piece is a language's own if its share of that language's tokens is more than this part of the sum of its
shares of all languages' tokens."""


@dataclass(frozen=True, eq=False)
class Use:
    """The text of a language, counted.

    Attributes:
        corpus: where it is from.
        words: its whitespace words and how often each stands.
        ids: how often each id was returned, int64 [size]; None with a ``reason``.
    """

    corpus: str
    words: WordUses
    ids: Ints | None
    reason: str = ""


def uses(system: System, corpora: Sequence[Corpus], options: ReadOptions, watch: Progress) -> dict[str, Use]:
    """The use of each language; of one with several files all together."""
    vocabulary = system.tokenizer.vocabulary
    size = vocabulary.size if vocabulary else 0
    found: dict[str, Use] = {}
    pairs = [(corpus, source) for corpus in corpora for source in corpus.sources]
    for corpus, source in pairs:
        one = _of_source(system, corpus, source, options, size)
        before = found.get(source.language)
        found[source.language] = one if before is None else _together(before, one)
        watch.finish(source.path)
    return found


def _of_source(system: System, corpus: Corpus, source: Source, options: ReadOptions, size: int) -> Use:
    tally = count_source(Job(corpus, source, options, keep_words=True), [system]).tally
    part, words = tally.systems[system.name], tally.words or WordUses()
    if part.failed:
        return Use(corpus.name, words, None, part.failed)
    ids = np.zeros(size, np.int64)
    ids[part.ids.keys] = part.ids.counts
    return Use(corpus.name, words, ids)


def _together(one: Use, other: Use) -> Use:
    one.words.merge(other.words)
    if one.ids is None or other.ids is None:
        return Use(one.corpus, one.words, None, one.reason or other.reason)
    return Use(one.corpus, one.words, one.ids + other.ids)


@dataclass(frozen=True, eq=False)
class Owned:
    """Which pieces are a language's own.

    Attributes:
        used: distinct pieces in its tokens.
        own: those that are its own, the most used first, int64 [own].
        share: of its tokens, those that are its own pieces.
    """

    tokens: int
    used: int
    own: Ints
    share: float | None


def owned(found: Mapping[str, Use], pieces: Bools) -> dict[str, Owned]:
    """The pieces of each language that has tokens.

    Args:
        pieces: what is a piece at all (no special token, no UNK), bool [size].
    """
    total, best = np.zeros(len(pieces)), np.zeros(len(pieces))
    counted = {name: use.ids for name, use in found.items() if use.ids is not None and use.ids.sum()}
    for ids in counted.values():
        rate = _rates(ids)
        total += rate
        np.maximum(best, rate, out=best)
    return {name: _of_language(ids, total, pieces) for name, ids in counted.items()}


def _of_language(ids: Ints, total: Floats, pieces: Bools) -> Owned:
    own = np.flatnonzero(pieces & (ids > 0) & (_rates(ids) > OWN * total))
    tokens = int(ids.sum())
    own = own[np.argsort(-ids[own], kind="stable")]
    return Owned(tokens, int((ids[pieces] > 0).sum()), own, int(ids[own].sum()) / tokens)


def _rates(ids: Ints) -> Floats:
    return ids / ids.sum()

"""Tokenizers on lists of divided words: where each cuts a word, and where its morphemes meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.core.work import Progress
from langcov.counting.encode_words import encode_words
from langcov.counting.spans import token_spans
from langcov.errors import CannotDecode, CannotEncode
from langcov.metrics.morphology import NAMES, Cuts, Estimate, measured, morphscore
from langcov.morphology.gold import Gold
from langcov.text.scan import is_lead
from langcov.text.strings import Strings
from langcov.tokenizers import System
from langcov.tokenizers.protocol import Encoded, Tokenizer

SPACE = 0x20
MOST = 1 << 32  # places beside the number of a word


@dataclass(frozen=True, eq=False)
class Measured:
    """One tokenizer on one list.

    Attributes:
        system, gold: which.
        words: that were measured; ``unknown``: those left out as an UNK stands for some of them.
        figures: by metric.
    """

    system: str
    gold: Gold
    words: int
    unknown: int
    figures: dict[str, Estimate]


def measure(systems: Sequence[System], golds: Sequence[Gold], progress: Progress) -> list[Measured]:
    """Every tokenizer on every list; one that fails has no figures and a reason."""
    progress.start(len(systems) * len(golds), "words of lists")
    found = []
    for gold in golds:
        for system in systems:
            found.append(_measured(system, gold))
            progress.finish(gold.name)
    return found


def _measured(system: System, gold: Gold) -> Measured:
    tokenizer = system.library
    try:
        cuts, unknown = cuts_of(tokenizer, gold, inside=True)
        alone, _ = cuts_of(tokenizer, gold, inside=False)
    except (CannotEncode, CannotDecode) as error:
        return Measured(system.name, gold, 0, 0, _without(str(error)))
    if cuts is None or alone is None:
        return Measured(system.name, gold, 0, 0, _without("the tokenizer's tokens can't be placed in words"))
    recall, precision = morphscore(alone)
    none = None if recall is not None else "no word of two or three morphemes"
    figures = {
        **measured(cuts),
        "morphscore_recall": Estimate(recall, reason=none),
        "morphscore_precision": Estimate(precision, reason=none),
    }
    return Measured(system.name, gold, len(cuts.cuts), unknown, figures)


def _without(reason: str) -> dict[str, Estimate]:
    return {name: Estimate(None, reason=reason) for name in NAMES}


def cuts_of(tokenizer: Tokenizer, gold: Gold, *, inside: bool) -> tuple[Cuts | None, int]:
    """Cuts and boundaries of the words that hold no UNK, and how many do.

    Args:
        inside: words as they stand inside a line, after a space; else by themselves.

    Returns:
        None where tokens can't be placed.
    """
    words, first = _as_they_stand(tokenizer, gold.words, inside)
    encoded, stripped = _encoded(tokenizer, words, inside)
    spans = token_spans(tokenizer, words, encoded, stripped)
    if spans is None:
        return None, 0
    known = ~_with_unknown(tokenizer, encoded)
    owner = np.repeat(np.arange(len(words)), encoded.counts)
    start = (words.starts + first)[owner]
    at = np.unique(spans.begin[(spans.begin > start) & (spans.begin < words.ends[owner])].astype(np.int64))
    return _cuts(words, words.starts + first, gold, at, known), int((~known).sum())


def _cuts(words: Strings, starts: Ints, gold: Gold, at: Ints, known: Bools) -> Cuts:
    """Counts of each known word.

    Args:
        starts: of the words themselves, behind their space, int64 [words].
        at: bytes of the buffer at which tokens begin within words, ascending.
    """
    lead = is_lead(words.data)
    points = np.append(0, np.cumsum(lead))
    owner = np.searchsorted(words.ends, at, "right")
    whole = lead[at]
    place = points[at[whole]] - points[starts[owner[whole]]]
    mine = owner[whole] * MOST + place
    theirs = np.repeat(np.arange(len(words)), np.diff(gold.starts)) * MOST + gold.boundaries
    n = len(words)
    counted = {
        "places": points[words.ends] - points[starts] - 1,
        "cuts": np.bincount(owner[whole], minlength=n),
        "inner": np.bincount(owner[~whole], minlength=n),
        "boundaries": np.diff(gold.starts),
        "hits": np.bincount(mine[np.isin(mine, theirs)] // MOST, minlength=n),
    }
    return Cuts(**{name: values[known].astype(np.int64) for name, values in counted.items()})


def _as_they_stand(tokenizer: Tokenizer, words: Strings, inside: bool) -> tuple[Strings, int]:
    """The strings to be encoded, and the bytes of the space before each word."""
    packed = words.packed()
    if not inside or tokenizer.word_form is None:
        return packed, 0
    each = np.arange(len(packed))
    data = np.insert(packed.data, packed.starts, SPACE)
    return Strings(data, packed.starts + each, packed.ends + each + 1), 1


def _encoded(tokenizer: Tokenizer, words: Strings, inside: bool) -> tuple[Encoded, Bools]:
    if inside and tokenizer.word_form is not None:
        return encode_words(tokenizer, words)
    return tokenizer.encode(words.to_list()), np.zeros(len(words), bool)


def _with_unknown(tokenizer: Tokenizer, encoded: Encoded) -> Bools:
    """Words with an UNK, within which nobody knows of cuts, or without any token, bool [words]."""
    vocabulary = tokenizer.vocabulary
    nothing = encoded.counts == 0
    if vocabulary is None or vocabulary.unknown is None:
        return nothing
    unknown = vocabulary.unknown
    return nothing | (encoded.sums(lambda some: encoded.ids[some] == unknown) > 0)


def baselines(gold: Gold) -> Iterator[tuple[str, dict[str, Estimate]]]:
    """What cutting everywhere gives, and nowhere: figures are read beside them."""
    lengths = np.array([len(word) for word in gold.words], np.int64) - 1
    nothing, boundaries = np.zeros(len(lengths), np.int64), np.diff(gold.starts)
    for name, cuts, hits in (("characters", lengths, boundaries), ("whole words", nothing, nothing)):
        made = Cuts(lengths, cuts, nothing, boundaries, hits)
        recall, precision = morphscore(made)
        yield (
            name,
            {
                **measured(made),
                "morphscore_recall": Estimate(recall),
                "morphscore_precision": Estimate(precision),
            },
        )

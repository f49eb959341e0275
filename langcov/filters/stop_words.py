"""Stop words of a language, from the bundled word tables: frequent in several of them, and not elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, prod
from statistics import median

import numpy as np

from langcov.corpora import Provenance, ReadOptions, read_words
from langcov.corpora.resolve import all_bundled
from langcov.errors import UserError
from langcov.languages import alphabet, find

OTHERS = ("rus_Cyrl", "eng_Latn")
"""Languages whose words are no stop words of another: texts in them are most of what has to be told apart."""

CLEARLY = 10
"""How many times as frequent a word must be as in any of these."""

FEWEST_WORDS, FEWEST_FOUND, SURE = 50, 2, 0.99
"""Of a text of so many words so many stop words must be found for so certain."""

Shares = Mapping[str, float]


@dataclass(frozen=True)
class StopWord:
    """A word, and its share of all words: the median over the sources."""

    word: str
    share: float
    sources: tuple[str, ...]


@dataclass(frozen=True)
class StopList:
    """Stop words, the most frequent first.

    Attributes:
        kept: of the words that were given, those that pass the same checks: they stay beside.
        sources: the bundled corpora that they are counted in.
        sure: how certain it is that a text of ``FEWEST_WORDS`` words has ``FEWEST_FOUND`` of them.
    """

    words: tuple[StopWord, ...]
    kept: tuple[str, ...]
    sources: tuple[str, ...]
    sure: float


def stop_words(
    language: str, leave_out: Collection[str] = (), given: Collection[str] = (), cover: float = 0
) -> StopList:
    """The fewest words of which a short text has enough, and of those of another list what is as good.

    Lexicons are no source: how often a word stands there says nothing.

    Args:
        language: ``tat_Cyrl``.
        leave_out: bundled corpora that take no part, as the list will be tested on their text.
        given: words of another list.
        cover: so large a share of all words they are to be, at least (or as much as there is).

    Raises:
        UserError: no bundled text is there or left, or no source gives the letters of the language.
    """
    letters = frozenset("".join(alphabet(find(language))))
    if not letters:
        raise UserError(f"no source gives the letters of {language}, by which stop words are checked")
    every = _shares(language)
    own = {name: shares for name, shares in every.items() if name not in leave_out}
    if every and not own:
        raise UserError(
            f"all stop words in {language} are of text that is left out ({', '.join(every)}), "
            "as they would be tested on it: give other text, or none"
        )
    if not own:
        raise UserError(f"no bundled text in {language} is there to take stop words from (lexicons are none)")
    others = [shares for other in OTHERS if other != language for shares in _shares(other).values()]
    ranked = {one.word: one for one in _by_frequency(own)}
    found, sure = _fewest([one for one in ranked.values() if _fits(one, letters, others)], cover)
    more = [ranked.get(word) or StopWord(word, 0.0, ()) for word in given]
    kept = [one.word for one in more if one not in found and _fits(one, letters, others)]
    return StopList(tuple(found), tuple(kept), tuple(own), sure)


@cache
def _shares(language: str) -> dict[str, Shares]:
    """By bundled text, the share of each word there."""
    found: dict[str, Shares] = {}
    for corpus in all_bundled():
        for source in corpus.sources if corpus.kind == "text" else ():
            if source.language == language:
                counts = read_words(source, corpus, ReadOptions(), Provenance())
                uses = np.bincount(counts.word, weights=counts.count, minlength=len(counts.words))
                shares: dict[str, float] = defaultdict(float)
                for word, share in zip(counts.words, (uses / uses.sum()).tolist()):
                    shares[word.strip()] += share
                found[corpus.name] = shares
    return found


def _by_frequency(own: Mapping[str, Shares]) -> list[StopWord]:
    words = {word for shares in own.values() for word in shares}
    medians = {word: median(one.get(word, 0.0) for one in own.values()) for word in words}
    ranked = sorted((word for word in words if medians[word]), key=lambda word: (-medians[word], word))
    return [StopWord(word, medians[word], tuple(n for n in own if word in own[n])) for word in ranked]


def _fits(one: StopWord, letters: Collection[str], others: Sequence[Shares]) -> bool:
    """Whether it is a word in the letters of the language, small ones, and no word of the others."""
    word = one.word
    if len(word) < 2 or word != word.lower() or not set(word) <= set(letters):
        return False
    return all(shares.get(word, 0) * CLEARLY <= one.share for shares in others)


def _fewest(found: Sequence[StopWord], cover: float) -> tuple[Sequence[StopWord], float]:
    """As many as are needed, and how sure they make it."""
    covered = np.cumsum([one.share for one in found])
    least = int(np.searchsorted(covered, cover, "left")) + 1 if cover else FEWEST_FOUND
    sure = 0.0
    for n in range(min(least, len(found)), len(found) + 1):
        sure = certainty([one.share for one in found[:n]])
        if sure >= SURE:
            return found[:n], sure
    return found, sure


def certainty(shares: Sequence[float], words: int = FEWEST_WORDS) -> float:
    """How certain it is that a text has two of some words, if each word of it is drawn by its share.

    >>> round(certainty([0.02, 0.02]), 3), round(certainty([0.05] * 8), 3)
    (0.4, 1.0)
    """
    missing = [exp(-share * words) for share in shares]
    none = prod(missing)
    one = sum((1 - gap) * none / gap for gap in missing)
    return 1 - none - one

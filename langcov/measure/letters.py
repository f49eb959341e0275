"""What a tokenizer makes of letters: those of each alphabet, inside a word, and those that it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from langcov.corpora.base import Corpus
from langcov.counting.lost_text import LETTER_BITS
from langcov.counting.single_letters import letter_uses, single_letters
from langcov.counting.token_tally import Tally
from langcov.errors import CannotEncode
from langcov.languages import alphabet, find, orthographies
from langcov.metrics.tokenizers.measured import Letters
from langcov.results.result import Rows
from langcov.tokenizers import System

Alphabet = tuple[str, ...] | str
"""The letters, or why there are none."""


def alphabets_of(corpus: Corpus, languages: Iterable[str]) -> dict[str, Alphabet]:
    """The alphabets of the orthographies that a corpus is written in."""
    return {language: _alphabet(language, corpus.orthography.get(language, "")) for language in languages}


def _alphabet(language: str, orthography: str) -> Alphabet:
    known = {one.orthography: one for one in orthographies(find(language))}
    if orthography not in known:
        return f"no orthography {orthography!r} of {language} in the table of languages"
    return alphabet(known[orthography]) or "no sourced alphabet for this language"


def letters_of(
    system: System, alphabets: Mapping[str, Alphabet], tallies: Mapping[str, Tally]
) -> dict[str, Letters | str]:
    """The tokens of the letters of each language, or why they are not known."""
    return {language: _letters(system, alphabets[language], tally) for language, tally in tallies.items()}


def _letters(system: System, letters: Alphabet, tally: Tally) -> Letters | str:
    if isinstance(letters, str):
        return letters
    if failed := tally.failed[system.name]:
        return failed
    try:
        single = single_letters(system.library, letters)
    except CannotEncode as error:
        return error.reason
    if single is None:
        return "the tokenizer's tokens can't be placed in the text"
    return Letters(letters, single, letter_uses(letters, tally.letters))


def not_single(system: str, corpus: str, letters: Mapping[str, Letters | str]) -> Rows:
    """The letters that are not one token of their own, with how often each occurs."""
    return [
        {"system": system, "corpus": corpus, "language": language, "letter": letter, "count": count}
        for language, found in letters.items()
        if isinstance(found, Letters)
        for letter, single, count in zip(found.letters, found.single, found.uses.tolist())
        if not single
    ]


def changed_letters(system: str, corpus: str, tallies: Mapping[str, Tally]) -> Rows:
    """The letters that come back as others, with how often; of each language the most frequent first."""
    rows = []
    for language, tally in tallies.items():
        found = tally.changed[system]
        for at in np.argsort(-found.counts, kind="stable").tolist():
            became, letter = map(chr, divmod(int(found.keys[at]), 1 << LETTER_BITS))
            where = {"system": system, "corpus": corpus, "language": language}
            rows.append({**where, "letter": letter, "became": became, "count": int(found.counts[at])})
    return rows

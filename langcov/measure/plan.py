"""What measurements are told; alphabets and letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from langcov.corpora.base import Corpus, ReadOptions
from langcov.counting.lost_text import LETTER_BITS
from langcov.counting.single_letters import letter_uses, single_letters
from langcov.counting.sums import Histogram
from langcov.counting.token_tally import Tally
from langcov.errors import CannotDecode, CannotEncode, UserError
from langcov.languages import alphabet, find, orthographies
from langcov.languages.perturbations import check_names
from langcov.metrics.tokenizers.measured import Letters
from langcov.metrics.tokenizers.ratios import WORDS
from langcov.results.result import Rows
from langcov.tokenizers import System

MOST = 10**12
FIGURES = "figures and intervals"  # what a measurement does once all is counted, for its progress


@dataclass(kw_only=True)
class MeasureSettings:
    """What every measurement is told beside its corpora and systems."""

    perturbations: Sequence[str] = ()  # changes whose effect is measured, by name; each counts once
    # corpora that a system was trained on, by its name or SPEC, beside what is known
    trained_on: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        self.perturbations = tuple(dict.fromkeys(self.perturbations))
        check_names(self.perturbations)


@dataclass
class Settings(MeasureSettings):
    """What a measurement of tokenizers is told."""

    # languages, by any name, that premiums are against; each counts once
    references: Sequence[str] = ("rus", "eng")
    words: str = "whitespace"  # ``whitespace`` or ``uax29``, the words of fertility
    words_once: bool = True  # encode each distinct word once where that is proved (else whole lines)
    context: int = 8192  # tokens of a context window, for ``context_chars``
    price: float | None = None  # of a million tokens, for ``price_per_million_chars``; None leaves it out

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.words not in WORDS:
            raise UserError(f"no words are called {self.words!r}: {' or '.join(WORDS)}")
        if not 1 <= self.context <= MOST:
            raise UserError(f"a context of {self.context} tokens: it must be from 1 to {MOST}")
        if self.price is not None and not 0 <= self.price <= MOST:
            raise UserError(f"a price of {self.price}: it must be a number from 0 to {MOST}")
        self.references = tuple(sorted({find(name).id for name in self.references}))


Alphabet = tuple[str, ...] | str  # the letters, or why there are none


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
    asked = {
        language: tally.failed[system.name] or alphabets[language] for language, tally in tallies.items()
    }
    known = _all_at_once(system, asked.values())
    return {language: _letters(system, asked[language], known, tally) for language, tally in tallies.items()}


def _all_at_once(system: System, alphabets: Iterable[Alphabet]) -> dict[str, bool]:
    """Whether each letter of any alphabet is a token of its own; empty where one can't be told.

    Alphabets share most of their letters, and a call of a library costs more than its letters.
    """
    letters = list(dict.fromkeys(chain.from_iterable(one for one in alphabets if not isinstance(one, str))))
    try:
        single = single_letters(system.library, letters)
    except (CannotEncode, CannotDecode):
        return {}
    return {} if single is None else dict(zip(letters, single.tolist()))


def _letters(system: System, letters: Alphabet, known: Mapping[str, bool], tally: Tally) -> Letters | str:
    if isinstance(letters, str):
        return letters
    if known:
        single = np.array([known[letter] for letter in letters])
        return Letters(letters, single, letter_uses(letters, tally.letters))
    try:
        found = single_letters(system.library, letters)
    except (CannotEncode, CannotDecode) as error:
        return str(error)
    if found is None:
        return "the tokenizer's tokens can't be placed in the text"
    return Letters(letters, found, letter_uses(letters, tally.letters))


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
        found = Histogram() if tally.failed[system] else tally.changed[system]
        for at in np.argsort(-found.counts, kind="stable").tolist():
            became, letter = map(chr, divmod(int(found.keys[at]), 1 << LETTER_BITS))
            where = {"system": system, "corpus": corpus, "language": language}
            rows.append({**where, "letter": letter, "became": became, "count": int(found.counts[at])})
    return rows

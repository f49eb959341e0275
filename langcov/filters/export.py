"""Alphabets and stop words as files that other pipelines read, each with its source and licence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langcov.corpora.resolve import all_bundled
from langcov.errors import UserError
from langcov.filters.libraries.own import letters_of
from langcov.filters.stop_words import StopList, stop_words
from langcov.languages import Language, alphabet, find

FACT = "none: a list of letters is a fact"


@dataclass(frozen=True)
class Export:
    """A list of a language.

    Attributes:
        kind: the folder of its file: ``alphabets``, ``ranges`` or ``stop_words``.
        lines: of the file; none where there is no such list.
        source, licence: of it.
        note: what is to be known of it, or why there is none.
    """

    kind: str
    language: str
    lines: tuple[str, ...]
    source: str
    licence: str
    note: str = ""

    @property
    def path(self) -> str:
        """Of the file, in the folder of all."""
        return f"{self.kind}/{self.language}.txt"


def exports(languages: Sequence[str], cover: float = 0) -> Iterator[Export]:
    """The lists of some languages: of each three, with or without lines.

    Args:
        languages: codes or names.
        cover: so large a share of all words the stop words are to be, at least; 0: as few as a short text
            needs to have two of them.
    """
    for language in dict.fromkeys(map(find, languages)):
        letters = alphabet(language)
        why = "" if letters else "no source gives its letters"
        source = language.facts["alphabet_source"]
        yield Export("alphabets", language.id, letters, source, FACT, why)
        yield Export("ranges", language.id, (*ranges(language),), source, FACT, why)
        yield _stop_words(language, cover)


def ranges(language: Language) -> Iterator[str]:
    """Its letters as ranges of code points, as files of the Unicode character database have them.

    >>> next(ranges(find("tat")))
    '0401       ; tat_Cyrl # Ё'
    """
    for first, last in _spans(language):
        span = f"{first:04X}" if first == last else f"{first:04X}..{last:04X}"
        shown = chr(first) if first == last else f"{chr(first)}–{chr(last)}"
        yield f"{span:<10} ; {language.id} # {shown}"


def _spans(language: Language) -> list[tuple[int, int]]:
    """First and last code points of runs of letters."""
    spans: list[tuple[int, int]] = []
    for point in sorted(map(ord, letters_of(language))):
        if spans and spans[-1][1] == point - 1:
            spans[-1] = (spans[-1][0], point)
        else:
            spans.append((point, point))
    return spans


def _stop_words(language: Language, cover: float) -> Export:
    try:
        found = stop_words(language.id, cover=cover)
    except UserError as reason:
        return Export("stop_words", language.id, (), "", "", str(reason))
    note = "counts of words only; the most frequent first"
    return Export("stop_words", language.id, tuple(one.word for one in found.words), *_from(found), note)


def _from(found: StopList) -> tuple[str, str]:
    """The texts that they are counted in, and the licences of these."""
    cards = {corpus.name: corpus for corpus in all_bundled()}
    names = [f"{name} ({cards[name].source})" for name in found.sources]
    return "; ".join(names), "; ".join(f"{name}: {cards[name].licence}" for name in found.sources)

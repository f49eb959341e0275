"""Where only a pattern's rule cuts between letters of a word, and what other spellings of the word cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.encode_words import encode_words
from langcov.counting.word_uses import WordUses
from langcov.languages import find
from langcov.languages.perturbations import perturb
from langcov.text.perturb import Perturbation
from langcov.text.properties import GraphemeBreak, table
from langcov.text.scan import decode
from langcov.text.strings import Strings
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.protocol import Tokenizer

SPACE = 0x20


@dataclass(frozen=True, eq=False)
class KeptApart:
    """The words of a language that a pattern cuts between two letters.

    Attributes:
        words: whitespace words of the text, each as often as it stands.
        cut: those of them with a cut between letters.
        capitals: those that would have one if they were in capitals.
        places: the letters on both sides of a cut (``д|Ӏ``) and how often they stand so, the most first.
        capital_places: the same of the words in capitals.
        tokens: of the words with a cut, as often as they stand.
        merged: their tokens if merges alone decided; None of a model without merges.
        spelled: the tokens of the same words in other spellings in which fewer are cut, by the spelling.
    """

    words: int
    cut: int
    capitals: int
    places: dict[str, int]
    capital_places: dict[str, int]
    tokens: int
    merged: int | None
    spelled: dict[str, int]


def kept_apart(
    tokenizer: Tokenizer, parts: Parts, language: str, uses: WordUses, cut: Callable[[str], list[int]]
) -> KeptApart:
    """Find the cuts in all words of a language, and count what follows.

    Args:
        tokenizer: one that has a ``word_form``.
        cut: where the pattern begins anew, as of ``Parts``.

    Raises:
        CannotEncode: the library failed on a word.
    """
    words, counts = _inside(uses.words), uses.counts
    owner, pairs = _cuts(words, cut)
    is_cut = np.zeros(len(words), bool)
    is_cut[owner] = True
    some, often = words[is_cut].packed(), counts[is_cut]
    in_capitals, capital_pairs = _cuts(_in_capitals(words, language), cut)
    return KeptApart(
        words=int(counts.sum()),
        cut=int(often.sum()),
        capitals=int(counts[np.unique(in_capitals)].sum()),
        places=_places(pairs, counts[owner]),
        capital_places=_places(capital_pairs, counts[in_capitals]),
        tokens=_tokens(tokenizer, some, often),
        merged=int((parts.merges.parts(some).counts * often).sum()) if parts.merges else None,
        spelled={
            name: _tokens(tokenizer, changed, often)
            for name, changed in _spelled(some, language)
            if len(np.unique(_cuts(changed, cut)[0])) < len(some)
        },
    )


def _inside(words: Strings) -> Strings:
    """Words as they stand inside a line: with the space before them, back to back."""
    packed = words.packed()
    data = np.insert(packed.data, packed.starts, SPACE)
    each = np.arange(len(packed))
    return Strings(data, packed.starts + each, packed.ends + each + 1)


def _cuts(words: Strings, cut: Callable[[str], list[int]]) -> tuple[Ints, list[str]]:
    """The word of each cut between letters, int64 [cuts], and the letters on both sides.

    Args:
        words: back to back, each behind its space, so that together they are a line.
    """
    points, at = decode(words.data)
    text = str(words.data.tobytes(), "utf-8")
    places = np.array(cut(text), np.int64)
    places = places[(places > 0) & (places < len(points))]
    letter, joined = _letters(points)
    inner = places[letter[places] & joined[places - 1]]
    owner = np.searchsorted(words.ends, at[inner], "right")
    return owner, [f"{_before(text, place)}|{text[place]}" for place in inner.tolist()]


def _letters(points: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> tuple[Bools, Bools]:
    """Which code points are letters, and which are letters or marks on one, bool [n] each."""
    letter = table("script")[points] > 0
    return letter, letter | (table("grapheme_break")[points] == GraphemeBreak.Extend)


def _before(text: str, place: int) -> str:
    """The letter before a place, with its marks."""
    start = place - 1
    while start > 0 and table("grapheme_break")[ord(text[start])] == GraphemeBreak.Extend:
        start -= 1
    return text[start:place]


def _places(pairs: list[str], counts: Ints) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair, count in zip(pairs, counts.tolist()):
        found[pair] = found.get(pair, 0) + count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _tokens(tokenizer: Tokenizer, words: Strings, counts: Ints) -> int:
    return int((encode_words(tokenizer, words)[0].counts * counts).sum()) if len(words) else 0


def _in_capitals(words: Strings, language: str) -> Strings:
    change = perturb("case", find(language))
    return change(words) if isinstance(change, Perturbation) else words


def _spelled(words: Strings, language: str) -> Iterator[tuple[str, Strings]]:
    """The words in other spellings that change some of them."""
    other = perturb("palochka", find(language))
    for name, change in (("palochka", other), ("small letters", Perturbation("small letters", str.lower))):
        if isinstance(change, Perturbation) and len(words):
            changed = change(words)
            if changed.to_list() != words.to_list():
                yield name, changed

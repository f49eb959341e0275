"""What speaks for another language than the declared one where too few words of it are known."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import NamedTuple

import regex

from langcov.hygiene.lines.evidence import OWN, UNSURE, AskedModel
from langcov.hygiene.lines.likelihood import group_of
from langcov.hygiene.lines.rivals import is_same
from langcov.languages import Language, all_languages
from langcov.languages.alphabets import Alphabet, alphabet_of
from langcov.text.scripts import majority_script
from langcov.text.strings import Strings

TELLING, PER_MILLE, TIMES = 5, 1, 10
"""Letters that only a sister has: so many of a text, so many of 1,000 of its letters, and so many times those
that only the declared language has. It is enough that a text of 1,000 letters, whose words are likeliest in
the sister, lacks these."""

FEWEST_LINES, FEWEST_WORDS, FEWEST_LETTERS = 10, 3, 20
"""Lines that models must name a language of, and what such a line has (decision 0008)."""

SILENT, NAMED = 0.1, 0.8
"""Shares of those lines: of the declared language at most, of the other one at least."""

FOREIGN = 0.25
"""Share of words with letters that the language lacks, of text for a font that shows others instead."""

_OF_ENGLISH = frozenset(ascii_lowercase)
"""Letters that names and English words bring into any text."""


class Sister(NamedTuple):
    """A sister that a text is in by its letters: those that only it has, or those that are missing."""

    language: str
    theirs: Sequence[str]
    missing: Sequence[str]


class Named(NamedTuple):
    """A language that models name, on which share of the lines that they name any of."""

    language: str
    models: Sequence[str]
    share: float


class Foreign(NamedTuple):
    """The share of words with letters that no source gives the language, and these letters."""

    share: float
    letters: Sequence[str]


def sister_by_letters(
    language: Language,
    alphabet: Alphabet | None,
    uses: Mapping[str, int],
    known: Collection[str],
    likeliest: str | None,
) -> Sister | None:
    """The sister that a text is in by letters that one of the two has and the other lacks.

    Args:
        language, alphabet: the declared one.
        uses: how often each letter stands in the text, in small letters.
        known: ids of sisters that are told by their words.
        likeliest: the language that the words of the text are likeliest in, if that is known.
    """
    if alphabet is None:
        return None
    total = sum(uses.values())
    spared = alphabet.loans | alphabet.apostrophes | {*language.facts["optional_letters"].split()}
    needed = _small(alphabet.added) - spared
    own, typed = _small(alphabet.letters), _small((*alphabet.variants, *alphabet.folds))
    for other in _sisters(language):
        theirs = alphabet_of(other.id)
        if theirs is None or other.id in known:
            continue
        letters = _small(theirs.letters)
        only_own = needed - letters - _small(theirs.variants)
        only_theirs = letters - own - typed - theirs.apostrophes - _OF_ENGLISH
        ours, others = (sum(uses.get(letter, 0) for letter in some) for some in (only_own, only_theirs))
        found = sorted(only_theirs & uses.keys(), key=lambda letter: (-uses[letter], letter))
        if others >= TELLING and 1000 * others >= PER_MILLE * total and others >= TIMES * ours:
            return Sister(other.id, found, ())
        if other.id == likeliest and only_own and total >= 1000 and 1000 * ours < PER_MILLE * total:
            return Sister(other.id, (), sorted(only_own))
    return None


def _sisters(language: Language) -> Iterator[Language]:
    group = group_of(language.id)
    for other in all_languages():
        near = group and group_of(other.id) == group and other.script == language.script
        if near and not is_same(other, language):
            yield other


def _small(letters: Iterable[str]) -> frozenset[str]:
    """Small letters of one code point."""
    return frozenset(letter for letter in letters if len(letter) == 1 and letter.islower())


def named_by_models(models: Sequence[AskedModel], lines: Sequence[str]) -> Named | None:
    """The one language that all models that know the declared one name instead of it.

    Raises:
        CannotPredict: the library of a model failed.
    """
    asked = [model for model in models if model.knows]
    long = [line for line in map(str.strip, lines) if _is_long(line)]
    if not asked or len(long) < FEWEST_LINES:
        return None
    written = majority_script(Strings.of(long))
    found = {_other(model, Counter(model.ask(long, written).tolist())) for model in asked}
    if len(found) > 1 or None in found:
        return None
    (name,) = found
    assert name is not None
    return Named(name[0], [model.name for model in asked], name[1])


def _is_long(line: str) -> bool:
    words = regex.findall(r"\p{L}+", line)
    return len(words) >= FEWEST_WORDS and sum(map(len, words)) >= FEWEST_LETTERS


def _other(model: AskedModel, votes: Counter[int]) -> tuple[str, float] | None:
    """What a model names instead of the declared language, and its share."""
    votes.pop(UNSURE, None)
    said, own = votes.total(), votes.pop(OWN, 0)
    if said < FEWEST_LINES or own > SILENT * said:
        return None
    ((vote, count),) = votes.most_common(1)
    return (model.names[vote], count / said) if count >= NAMED * said else None


def foreign_letters(script: str, alphabet: Alphabet | None, lines: Iterable[str]) -> Foreign | None:
    """Letters that no source gives the language, if a large share of the words has any.

    Those of ASCII are not among them, which need no font, nor letters of other scripts that are typed instead
    of its own, nor what stands for a palochka.
    """
    if alphabet is None:
        return None
    text = unicodedata.normalize("NFC", "\n".join(lines))
    words = set(regex.findall(rf"[\p{{L}}\p{{M}}]*\p{{Script={script}}}[\p{{L}}\p{{M}}]*", text))
    typed = {wrong for wrong, fold in alphabet.folds.items() if fold.kind != "twin"}
    known = {*alphabet.letters, *alphabet.variants, *typed}
    uses = Counter("".join(words))
    strange = {letter for letter in uses if letter.isalpha() and not letter.isascii() and letter not in known}
    share = sum(not strange.isdisjoint(word) for word in words) / max(1, len(words))
    if share < FOREIGN:
        return None
    return Foreign(share, sorted(strange, key=lambda letter: (-uses[letter], letter)))

"""Letters of alphabets that a vocabulary has no piece for: alone, or at the start of a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from langcov.core.arrays import Bools
from langcov.counting.single_letters import single_letters
from langcov.languages import Language, alphabet
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.protocol import Tokenizer

LONGEST = 9  # bytes of a space, a letter and a mark


class Letter(NamedTuple):
    """A letter of a language: whether it is ever a token of its own, and begins a piece of a word's start."""

    language: str
    letter: str
    alone: bool | None
    starts: bool


def letters(
    tokenizer: Tokenizer, parts: Parts, reached: Bools, languages: Iterable[Language]
) -> list[Letter]:
    """Every letter of the alphabets, in both cases; ``alone`` is None where tokens can't be placed.

    Args:
        reached: the pieces that some text has, bool [size].
        languages: those without a sourced alphabet are left out.
    """
    alphabets = {language.id: alphabet(language) for language in languages}
    every = list(dict.fromkeys(letter for letters in alphabets.values() for letter in letters))
    single = single_letters(tokenizer, every) if every else None
    alone = dict(zip(every, single.tolist())) if single is not None else {}
    begun = _word_starts(parts, reached)
    return [
        Letter(language, letter, alone.get(letter), letter in begun)
        for language, letters in alphabets.items()
        for letter in letters
    ]


def _word_starts(parts: Parts, reached: Bools) -> set[str]:
    """What pieces that begin a word begin with: one character, and two (a letter and its mark)."""
    heads = [
        piece[:LONGEST].decode(errors="ignore") for piece in parts.texts[reached & ~parts.inside].to_bytes()
    ]
    if parts.model != "wordpiece":  # whose other pieces begin words, spaces being gone
        heads = [head[1:] for head in heads if head.startswith(" ")]
    return {head[:size] for head in heads for size in (1, 2)}

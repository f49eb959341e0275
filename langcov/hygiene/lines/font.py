"""What the letters of a legacy font may stand for: a proposal, by how likely words are with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from langcov.hygiene.lines.likelihood import Likelihood
from langcov.hygiene.lines.rivals import column_of
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet

KNOWN_WORDS = 1_000
"""Words that must be known of a language."""

LACKING = 0.001
"""Share of the letters of a text up to which one of the alphabet is lacking, and may be what is meant."""

CLEAR, A_WORD = 8.0, 0.4
"""How much likelier (natural logarithm) the words with a letter must be in one reading than in any other, all
together and each on average."""

UNFIT = 1.0
"""How much likelier each is on average, at most, with a letter that the text does have."""

FEWEST_WORDS, MOST_WORDS = 5, 300
"""Different words with a letter that are needed, and looked at."""

UNKNOWN = "ꙮ"
"""What no language has: stands for the letters that are not told yet."""

_WORD = regex.compile(r"[\p{L}\p{M}]+")


@dataclass(frozen=True)
class Meant:
    """What a letter of a font probably stands for.

    Attributes:
        wrong, right: small letters.
        word, mended: the most frequent word with it, as it is written and as it is read then.
    """

    wrong: str
    right: str
    word: str
    mended: str

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right} ({self.word}: {self.mended})"


def meant(
    language: Language,
    alphabet: Alphabet,
    likelihood: Likelihood,
    lines: Iterable[str],
    strange: Iterable[str],
) -> list[Meant]:
    """The letters of a font that can be told, and what they stand for.

    Each is read as every letter of the language. If one that the text lacks makes its words clearly likelier
    than all others, it is told; then the rest is read anew with it in its place.

    Args:
        likelihood: of words in languages; nothing is told of one of which it knows too few.
        lines: of the text.
        strange: its letters that the language lacks.
    """
    column = column_of(language, likelihood)
    if likelihood.words.get(column, 0) < KNOWN_WORDS:
        return []
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    reader = _Reader(likelihood, likelihood.columns.index(column), alphabet, words)
    wrongs = list(dict.fromkeys(letter.lower() for letter in strange if len(letter.lower()) == 1))
    told: dict[str, str] = {}
    while found := reader.clear([wrong for wrong in wrongs if wrong not in told], told):
        told |= found
    return [
        Meant(wrong, told[wrong], *_example(words, wrong, wrongs, told)) for wrong in wrongs if wrong in told
    ]


class _Reader:
    """Reads the words of a text, in small letters and with their counts, with letters in place of others."""

    def __init__(
        self, likelihood: Likelihood, column: int, alphabet: Alphabet, words: Mapping[str, int]
    ) -> None:
        self._likelihood, self._column, self._words = likelihood, column, words
        self._rights = sorted(letter for letter in alphabet.letters if len(letter) == 1 and letter.islower())
        uses: Counter[str] = Counter()
        for word, count in words.items():
            for letter in word:
                uses[letter] += count
        self._lacking = {right for right in self._rights if uses[right] <= LACKING * uses.total()}

    def clear(self, wrongs: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
        """Those of some letters of which it is clear what they stand for, each of another letter."""
        table = {ord(letter): told.get(letter, UNKNOWN) for letter in (*wrongs, *told)}
        best: dict[str, tuple[float, str]] = {}
        for wrong in wrongs:
            words = [word for word in self._words if wrong in word][:MOST_WORDS]
            readings = [
                word.translate(table | {ord(wrong): right}) for right in self._rights for word in words
            ]
            if len(words) < FEWEST_WORDS:
                continue
            logs = self._likelihood.logs(readings, [self._column]).reshape(len(self._rights), -1).sum(1)
            free = np.array([right in self._lacking and right not in told.values() for right in self._rights])
            *_, second, first = np.append([-1, -1], np.flatnonzero(free)[np.argsort(logs[free])]).tolist()
            if second < 0:
                continue
            right, margin = self._rights[first], float(logs[first] - logs[second])
            fits = logs.max() - logs[first] <= UNFIT * len(words)
            if fits and margin >= max(CLEAR, A_WORD * len(words)):
                best[right] = max(best.get(right, (0.0, "")), (margin, wrong))
        return {wrong: right for right, (_, wrong) in best.items()}


def _example(
    words: Counter[str], wrong: str, wrongs: Sequence[str], told: Mapping[str, str]
) -> tuple[str, str]:
    """The most frequent word with a letter, if possible without letters that aren't told; mended, too."""
    unclear = {*wrongs} - told.keys()
    having = [word for word, _ in words.most_common() if wrong in word]
    word = next((word for word in having if unclear.isdisjoint(word)), having[0])
    return word, word.translate({ord(letter): right for letter, right in told.items()})

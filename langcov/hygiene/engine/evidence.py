"""What a check may know beyond the string before it: the language, its letters, and the rest of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.text.properties import CODE_POINTS, scripts, table

PALOCHKA = "ӏ"
LETTERS = "\n"
"""What no word is: stands for the counts of letters."""
LAST_CAPITAL = 0x1F189
"""Beyond it no code point is upper case."""


@cache
def folding() -> NDArray[np.uint32]:
    """Each code point without what spelling in the same letters may vary, uint32 [0x110000].

    That is case (where the small letter is one code point) and the two palochkas.
    """
    points = np.arange(CODE_POINTS, dtype=np.uint32)
    for point in range(LAST_CAPITAL + 1):
        character = chr(point)
        if character.isupper() and len(small := character.lower()) == 1:
            points[point] = ord(small)
    points[ord("Ӏ")] = ord(PALOCHKA)
    return points


def folded(word: str) -> str:
    """A word after ``folding``.

    >>> folded("ХӀун") == folded("хӏун")
    True
    """
    return word.translate(_translation())


@cache
def _translation() -> dict[int, int]:
    table = folding()
    changed = np.flatnonzero(table != np.arange(CODE_POINTS))
    return dict(zip(changed.tolist(), table[changed].tolist()))


@dataclass
class Evidence:
    """What is known of one file.

    Checks are asked twice: first to learn which words' counts they need (``attested`` says 0 and remembers),
    then, once these words were counted in the file, for their findings.

    Attributes:
        language: that the file is declared to be in.
        alphabet: None where no source gives one.
        letters: how often each code point stands in the file.
        counts: how often each ``folded`` word stands in it; None while the checks are only asking.
        asked: the words whose counts were needed.
        used: the words that were looked up, and ``LETTERS`` if letters were: who wants to know, empties it.
    """

    language: Language
    alphabet: Alphabet | None
    letters: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] | None = None
    asked: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    _by_script: Counter[str] | None = None

    def attested(self, word: str) -> int:
        """How often a word (letters, marks and apostrophe letters; no hyphen) stands in the file as it is.

        In any case, and with either palochka.
        """
        word = folded(word)
        self.used.add(word)
        if self.counts is None:
            self.asked.add(word)
            return 0
        return self.counts.get(word, 0)

    def times(self, characters: Iterable[str]) -> int:
        """How often some code points stand in the file."""
        self.used.add(LETTERS)
        return sum(self.letters.get(character, 0) for character in characters)

    def is_mostly(self, script: str) -> bool:
        """Whether most letters of the file are of a script."""
        self.used.add(LETTERS)
        if self._by_script is None:
            self._by_script = Counter()
            for letter, count in self.letters.items():
                self._by_script[scripts()[table("script")[ord(letter)]]] += count
        letters = self._by_script.total() - self._by_script["Zyyy"]
        return self._by_script[script] * 2 > letters

    def learn(self, counts: Mapping[str, int], letters: Mapping[str, int]) -> set[str]:
        """Take what the file says; returns what of it is new: words, and ``LETTERS`` if they have changed.

        A word that was said to be nowhere while checks were only asking, and is nowhere, is not new.
        """
        before = self.counts or {}
        new = {word for word, count in counts.items() if before.get(word, 0) != count}
        if letters != self.letters:
            new.add(LETTERS)
        self.counts, self.letters, self._by_script = counts, letters, None
        return new

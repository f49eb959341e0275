"""What a check may know beyond the string before it: the language, its letters, and the rest of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from langcov.hygiene.alphabet import Alphabet
from langcov.languages import Language

_ONE_PALOCHKA = str.maketrans("Ӏ", "ӏ")


def folded(word: str) -> str:
    """A word without what spelling in the same letters may vary: case, and the two palochkas.

    >>> folded("ХӀун") == folded("хӏун")
    True
    """
    return word.lower().translate(_ONE_PALOCHKA)


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
    """

    language: Language
    alphabet: Alphabet | None
    letters: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] | None = None
    asked: set[str] = field(default_factory=set)

    def attested(self, word: str) -> int:
        """How often a word (letters, marks and apostrophe letters; no hyphen) stands in the file as it is.

        In any case, and with either palochka.
        """
        word = folded(word)
        if self.counts is None:
            self.asked.add(word)
            return 0
        return self.counts.get(word, 0)

"""What speaks for another language in a line: its letters, a model's answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.languages import Language, all_languages
from langcov.languages.alphabets import Alphabet, alphabet_of, letter_languages
from langcov.lid.judge import judge
from langcov.lid.kinds import LidSystem, installed, load
from langcov.lid.labels import Sentinel
from langcov.lid.protocol import predict
from langcov.text.properties import scripts as all_scripts
from langcov.text.scripts import comparable

UNSURE, OWN = -1, -2  # a model names no language; the declared one


FEWEST_WORDS = 3
"""Different words in Latin letters that letters of other languages must stand in."""
_MARKED = regex.compile(r"\p{M}")

DEFAULT_MODELS = ("cld2", "heliport")
"""Models that come with their library and read 5 MB a second or more; others take at least twice as long."""


@cache
def default_models() -> list[LidSystem]:
    """The installed ones of ``DEFAULT_MODELS``."""
    return [load(kind) for kind in installed() if kind in DEFAULT_MODELS]


class AskedModel:
    """A language-ID model that is asked about lines declared to be in a language.

    Attributes:
        knows: whether one of its labels stands for the language (or for its macrolanguage).
        names: the languages that it may name: code and script, ``kom_Cyrl``.
    """

    def __init__(self, system: LidSystem, language: Language) -> None:
        judged = judge(system, "macro", [language.id])
        named, written = judged.classes.name, ["", *all_scripts()[1:]]
        sentinels = [sentinel.value for sentinel in Sentinel]
        places = {one: at for at, one in enumerate(judged.names)}
        votes = [
            [places.setdefault(one if one in sentinels or "_" in one else named(one, script), len(places))
             for script in written]
            for one in judged.names
        ]  # fmt: skip
        own = [places.get(named(language.iso639_3, script or language.script), -1) for script in written]
        self._votes, self._own = np.array(votes)[judged.predicted], np.array(own)
        self._unsure = [places[sentinel] for sentinel in sentinels]
        self._model = system.model
        self.name = system.name
        self.names, self._places = tuple(places), places
        self.knows = bool(judged.right(language.id).any())

    def vote(self, language: str) -> int:
        """What ``ask`` says of a line in a language; what it never says of one that the model can't name."""
        return self._places.get(language, len(self.names))

    def ask(self, lines: list[str], scripts: NDArray[np.uint8]) -> Ints:
        """The language of each line: an index into ``names``, ``OWN`` or ``UNSURE``, int64 [n].

        Args:
            lines: each at least a word.
            scripts: the script of each, which a label that names none is taken to mean, uint8 [n].
        """
        labels = predict(self._model, lines, 1).labels[:, 0]
        votes = self._votes[labels, scripts]
        own = self._own[scripts]
        return np.where(votes == own, OWN, np.where(np.isin(votes, self._unsure), UNSURE, votes))


@cache
def _homes(script: str) -> Mapping[str, frozenset[str]]:
    """The languages of a script that each letter is of, by small letter; made once for all files."""
    homes = {
        letter: frozenset(id for id in ids if comparable(id.partition("_")[2]) == script)
        for letter, ids in letter_languages().items()
        if letter[0].isalpha()
    }
    return {letter: ids for letter, ids in homes.items() if ids}


class Letters:
    """Tells a language from others by the letters that only one of the two has.

    Args:
        alphabet: its letters; None where no source gives them, then nothing can be told.

    Attributes:
        are_single: whether each letter that it looks for is one code point or has a mark.
    """

    def __init__(self, language: Language, alphabet: Alphabet | None) -> None:
        self._own = _small((*alphabet.letters, *alphabet.variants)) if alphabet else frozenset()
        known = self._own | _small(alphabet.folds) if alphabet else frozenset()
        self._added = any_of(_small(alphabet.added) if alphabet else ())
        homes = _homes(comparable(language.script))
        self._elsewhere = {letter: ids for letter, ids in homes.items() if letter not in known}
        self._strange, self._latin = any_of(self._elsewhere if alphabet else ()), language.script == "Latn"
        told = (*self._elsewhere, *(alphabet.added if alphabet else ()))
        self.are_single = all(len(letter) == 1 or _MARKED.search(letter) for letter in told)
        self._differences: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}

    def added(self, line: str) -> int:
        """How many letters of a line (small, NFC) are of those that the alphabet adds to its base."""
        return len(self._added.findall(line))

    def adds(self, line: str) -> bool:
        """Whether a line (small, NFC) has such a letter."""
        return self._added.search(line) is not None

    def is_strange(self, line: str) -> bool:
        """Whether a line has any ``strangers``."""
        return self._strange.search(line) is not None

    def strangers(self, line: str) -> list[str]:
        """The letters of a line (small, NFC) that only other languages have, as often as they occur.

        What is known to be written instead of a letter of the language is not among them. In Latin letters
        they must be in several words: names are written as in their own language.
        """
        found = self._strange.findall(line)
        if found and self._latin and sum(map(self.is_strange, {*line.split()})) < FEWEST_WORDS:
            return []
        return found

    def homes(self, letters: Iterable[str]) -> frozenset[str]:
        """The languages that have all of some ``strangers``."""
        return frozenset.intersection(*(self._elsewhere[letter] for letter in letters))

    def balance(self, line: str, other: str) -> tuple[int, int]:
        """How many letters of a line only another language has, and how many only the declared one.

        Args:
            line: in small letters, NFC.
            other: code and script of the other, ``kir_Cyrl``; (0, 0) comes of one whose letters aren't known.

        >>> from langcov.languages import find
        >>> Letters(find("tat"), alphabet_of("tat")).balance("ҡаҙан ҡалаһы", "bak_Cyrl")
        (3, 0)
        """
        if other not in self._differences:
            theirs = _letters_of(*other.partition("_")[::2])
            both = theirs and self._own
            self._differences[other] = (
                any_of(theirs - self._own if both else ()),
                any_of(self._own - theirs if both else ()),
            )
        only_theirs, only_own = self._differences[other]
        return len(only_theirs.findall(line)), len(only_own.findall(line))


@cache
def may_be_written(language: str) -> bool:
    """Whether a language may be in a script: not if the table has it in others only.

    >>> may_be_written("eng_Armn"), may_be_written("hye_Armn"), may_be_written("xmf_Geor")
    (False, True, True)
    """
    code, _, script = language.partition("_")
    known = {comparable(one.script) for one in all_languages() if one.iso639_3 == code}
    return not known or script in known


def any_of(letters: Collection[str]) -> re.Pattern[str]:
    """Finds any of some letters, those with a mark first; nothing where there are none.

    >>> any_of(["а", "а̄"]).findall("ба̄ба"), any_of([]).findall("баба")
    (['а̄', 'а'], [])
    """
    several = sorted((letter for letter in letters if len(letter) > 1), key=len, reverse=True)
    single = "".join(map(re.escape, sorted(letter for letter in letters if len(letter) == 1)))
    return re.compile("|".join([*map(re.escape, several), *([f"[{single}]"] if single else [])]) or "(?!)")


@cache
def _letters_of(code: str, script: str) -> frozenset[str]:
    """The small letters of a language or macrolanguage, with variants; none where no source gives them."""
    alphabets = [
        alphabet_of(language.id)
        for language in all_languages()
        if code in (language.iso639_3, language.macrolanguage) and comparable(language.script) == script
    ]
    return _small(
        letter for alphabet in alphabets if alphabet for letter in (*alphabet.letters, *alphabet.variants)
    )


def _small(letters: Iterable[str]) -> frozenset[str]:
    return frozenset(letter for letter in letters if letter == letter.lower() and letter[0].isalpha())

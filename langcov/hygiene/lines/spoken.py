"""What the words of single lines say: how likely they are in other languages than the declared one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import regex

from langcov.core.arrays import Ints
from langcov.hygiene.lines.evidence import OWN as OWN_VOTE
from langcov.hygiene.lines.evidence import UNSURE, AskedModel
from langcov.hygiene.lines.likelihood import Likelihood, Shares, words_of
from langcov.hygiene.lines.rivals import KNOWN, RUSSIAN, column_of
from langcov.languages import Language

ACCUSED, RUSSIAN_ACCUSED = 12.0, 5.0
"""How much likelier a line must be (natural logarithm) in another language than in the declared one, and in
Russian, for a model to be heard that names it; twice as much if another model names the declared one."""

FITS = 3.4
"""Surprise of a letter, in natural units, up to which a line is in a language."""

OWN, PERHAPS_OWN, MOST_OWN = 5.0, 3.0, 0.25
"""How much likelier a word of the declared language is in it, or perhaps is, and the share of such words in a
line up to which that is in another: others are half in it, or full of its loans. With more of the second kind
what is gained counts half."""

LATIN_LETTERS = 0.25
"""Share of Latin letters above which a line in a Latin script is judged by its Latin words: names of programs
stand in lines of any language. Of another script any letter is enough."""

_BETWEEN = r"(?<!\S)[\p{Ps}\p{Pi}\p{Pf}\"']*+(%s)[\p{Pe}\p{Pf}\p{Pi}\p{Pd}\"'.,:;!?…]*+(?!\S)"
_WORD = regex.compile(_BETWEEN % r"[\p{L}\p{M}][\p{L}\p{M}\p{Pd}'’ʼ]*")
MOST_KNOWN = 1 << 17  # strings that are remembered with their words: 25 MB

_NAME = regex.compile(r"\p{Lu}{2}|\p{Ll}\p{Lu}")
"""In letters that are no word: an abbreviation, a name as programs write it."""


_NO_MARK = r"[^\s.!?;:,…()«»„“”\"—–]"
_WORD_OF_CLAUSE = rf"(?<!{_NO_MARK}){_NO_MARK}+"
CLAUSE_WORDS = 4
"""Between two marks, which are enough to be judged by themselves."""

_CLAUSE = re.compile(rf"{_WORD_OF_CLAUSE}(?:[^\S\n]+{_WORD_OF_CLAUSE}){{{CLAUSE_WORDS - 1},}}")


def clauses(lines: Sequence[str]) -> list[tuple[int, int, int]]:
    """The clauses of some lines: the index of the line, where the clause begins in it, and where it ends.

    >>> line = "Ул әйтте: «я вернусь завтра утром»."
    >>> [line[start:end] for at, start, end in clauses([line])]
    ['я вернусь завтра утром']
    """
    text, ends = "\n".join(lines), np.cumsum([len(line) + 1 for line in lines])
    spans = np.array([found.span() for found in _CLAUSE.finditer(text)], np.int64).reshape(-1, 2)
    at = np.searchsorted(ends, spans[:, 0], "right")
    firsts = np.append(0, ends)[at]
    return list(zip(at.tolist(), (spans[:, 0] - firsts).tolist(), (spans[:, 1] - firsts).tolist()))


class _Words(dict[str, str]):
    """What a pattern has for a word in each string without white space, empty where that is none."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self._pattern = pattern

    def __missing__(self, string: str) -> str:
        found = self._pattern.fullmatch(string)
        word = str(found[1]) if found else ""
        if len(self) < MOST_KNOWN:
            self[string] = word
        return word


class Spoken:
    """Compares lines that are declared to be in a language with others.

    Args:
        language: the declared one.
        likelihood: of words in it and in others.
    """

    def __init__(self, language: Language, likelihood: Likelihood) -> None:
        own = column_of(language, likelihood)
        self._script, self._likelihood = language.script, likelihood
        self._in_script = regex.compile(rf"\p{{Script={language.script}}}")
        own_word = rf"(?=[\p{{L}}\p{{M}}])[\p{{Script={language.script}}}\p{{M}}\p{{Pd}}'’ʼ]+"
        self._own_words = _Words(regex.compile(_BETWEEN % own_word))
        self._latin = language.script == "Latn"
        self._in_other = regex.compile(rf"(?!\p{{Script={language.script}}})\p{{L}}")
        self._own = likelihood.columns.index(own)
        self._places = {
            name: likelihood.columns.index(name)
            for name, count in likelihood.words.items()
            if count >= KNOWN and name != own
        }

    def prose(self, line: str) -> list[str]:
        """The words of a line in the script of the language; where it is mostly in others, those.

        Addresses, names of files and pieces of programs are no words, nor are names alone a text.
        """
        if self.is_own(line):
            return [*filter(None, map(self._own_words.__getitem__, line.split()))]
        words = _WORD.findall(line)
        others = [word for word in words if not self._in_script.search(word) and not _NAME.search(word)]
        return others if any(not word[0].isupper() for word in others) else []

    def is_own(self, line: str) -> bool:
        """Whether a line is to be judged by its words in the script of the language."""
        if not self._in_script.search(line):
            return False
        if not self._latin or not self._in_other.search(line):
            return True
        own, others = len(self._in_script.findall(line)), len(self._in_other.findall(line))
        return own > LATIN_LETTERS * (own + others)

    def russian(self, lines: list[str]) -> Shares:
        """How much likelier each line is in Russian, 0 if it can't be, float32 [lines]."""
        return self._gains(lines, [RUSSIAN] * (RUSSIAN in self._places)).sum(1)

    def weigh(self, lines: list[str], models: Sequence[AskedModel], votes: Ints) -> None:
        """Make those votes unsure that the words of a line speak against.

        Args:
            lines: of which each has words.
            models: that were asked.
            votes: what they said, int64 [lines, models], changed in place.
        """
        accused = np.flatnonzero((votes >= 0).any(1))
        names = list(self._places)
        gains = self._gains([lines[at] for at in accused], names)
        gains[(votes[accused] == OWN_VOTE).any(1)] /= 2
        for at, model in enumerate(models):
            for vote in set(votes[accused, at].tolist()) - {UNSURE}:
                if vote >= 0:
                    name = model.names[vote]
                    gain = gains[:, names.index(name)] if name in names else np.zeros(len(accused))
                    refuted = gain < (RUSSIAN_ACCUSED if name == RUSSIAN else ACCUSED)
                    votes[accused[refuted & (votes[accused, at] == vote)], at] = UNSURE

    def _gains(self, lines: Sequence[str], names: Sequence[str]) -> Shares:
        """How much likelier each line is in others, 0 where it can't be in one, float32 [lines, names]."""
        found = words_of(lines, self._script)
        gains = np.zeros((len(lines), len(names)), np.float32)
        words = sorted({word for line in found for word in line})
        if not words:
            return gains
        places = {word: at for at, word in enumerate(words)}
        logs = self._likelihood.logs(words, [self._own, *(self._places[name] for name in names)])
        filled = [at for at, line in enumerate(found) if line]
        sizes = np.array([len(found[at]) for at in filled])
        flat, firsts = np.array([places[word] for line in found for word in line]), np.cumsum(sizes) - sizes
        sums = np.add.reduceat(logs[flat], firsts)
        letters = np.array([sum(map(len, found[at])) for at in filled]) + sizes
        own, perhaps = (
            np.add.reduceat((logs[:, 1:] < logs[:, :1] - least)[flat].astype(np.int64), firsts)
            > MOST_OWN * sizes[:, None]
            for least in (OWN, PERHAPS_OWN)
        )
        fits = (-sums[:, 1:] < FITS * letters[:, None]) & ~own
        gained = (sums[:, 1:] - sums[:, :1]) * np.where(perhaps, np.float32(0.5), np.float32(1))
        gains[filled] = np.where(fits, gained, 0)
        return gains

"""What the words of single lines say: how likely they are in other languages than the declared one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.hygiene.lines.evidence import OWN as OWN_VOTE
from langcov.hygiene.lines.evidence import UNSURE, AskedModel
from langcov.hygiene.lines.leaning import Leaning
from langcov.hygiene.lines.likelihood import Likelihood, Shares, words_of
from langcov.hygiene.lines.names import is_english_title, ordinary
from langcov.hygiene.lines.rivals import KNOWN, column_of
from langcov.hygiene.lines.russian import RUSSIAN, has_impossible_endings, has_own_ending, has_russian_form
from langcov.languages import Language

ACCUSED, LONE, RUSSIAN_ACCUSED = 15.0, 24.0, 5.0
"""How much likelier a line must be (natural logarithm) in another language than in the declared one for two
models to be heard that name it, for one, and for any that names Russian; twice as much if another model names
the declared one. Of another language than Russian the words that are no names must be as much likelier."""

ENGLISH = "eng_Latn"

ORDINARY = 10.0
"""The same of the words that are no names."""

FEW, OF_FEW = 3, 20.0
"""How much likelier a line of so few words must be for two models."""

AS_RUSSIAN = 0.85
"""Share of that from which on a line is Russian if any model says so: others take it for Bulgarian."""

FITS = 3.4
"""Surprise of a letter, in natural units, up to which a line is in a language."""

SURELY_OWN, OWN, PERHAPS_OWN, MOST_OWN = 15.0, 5.0, 3.0, 0.25
"""How much likelier a word of the declared language is in it where one such is enough, where it is of it, or
perhaps is, and the share of such words in a line up to which that is in another: others are half in it, or
full of its loans. With more that perhaps are what is gained counts half."""

PART = 12.0
"""How much likelier a clause must be in Russian to be named. Of 110,000 lines of FLORES+, NTREX, Common Voice
and NLLB Seed in other languages three are said to have such a clause, of which two do."""

MARKS = '.!?;:,…()«»„“”"—–'  # that end a clause
_NO_MARK = rf"[^\s{MARKS}]"
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


class Spoken:
    """Compares lines that are declared to be in a language with others.

    Args:
        language: the declared one.
        likelihood: of words in it and in others.
    """

    def __init__(self, language: Language, likelihood: Likelihood) -> None:
        own = column_of(language, likelihood)
        self._script, self._likelihood = language.script, likelihood
        self._sister = language.id if "Slavic" in language.branch else ""
        self._own = likelihood.columns.index(own)
        self._places = {
            name: likelihood.columns.index(name)
            for name, count in likelihood.words.items()
            if count >= KNOWN and name != own
        }

    @cached_property
    def to_russian(self) -> Leaning | None:
        """How lines lean to Russian, if they can."""
        if RUSSIAN not in self._places:
            return None
        return Leaning(self._likelihood, self._script, (self._own, self._places[RUSSIAN]))

    def russian(self, lines: list[str]) -> Shares:
        """How much likelier each line is in Russian, 0 if it can't be, float32 [lines].

        In a sister of Russian what a line gains counts half where it has an ending that is of this one alone.
        """
        if RUSSIAN not in self._places:
            return np.zeros(len(lines), np.float32)
        gains = self._gains(lines, [RUSSIAN])[:, 0]
        for at in np.flatnonzero(gains > 0).tolist():
            if not has_russian_form(lines[at]):
                gains[at] = 0
            elif self._sister and has_own_ending(lines[at], self._sister):
                gains[at] /= 2
        return gains

    def weigh(self, lines: list[str], models: Sequence[AskedModel], votes: Ints) -> None:
        """Make those votes unsure that the words of a line speak against.

        Args:
            lines: of which each has words.
            models: that were asked.
            votes: what they said, int64 [lines, models], changed in place.
        """
        accused = np.flatnonzero((votes >= 0).any(1))
        if not len(accused):
            return
        said, names = votes[accused], [*self._places, ""]  # nothing speaks for a language without words
        gains = np.zeros((len(accused), len(names)), np.float32)
        gains[:, :-1] = self._gains([lines[at] for at in accused], names[:-1])
        gains[(said == OWN_VOTE).any(1)] /= 2
        place = np.full(said.shape, -1)  # of what each model names, among the names
        places = {name: at for at, name in enumerate(names)}
        for at, model in enumerate(models):
            answers, which = np.unique(said[:, at], return_inverse=True)
            named = [places.get(model.names[one], places[""]) if one >= 0 else -1 for one in answers.tolist()]
            place[:, at] = np.array(named)[which]
        gained = np.take_along_axis(gains, np.maximum(place, 0), 1)
        russian = places.get(RUSSIAN, places[""])
        of_russian = (place == russian).any(1, keepdims=True) & (place >= 0) & (place != russian)
        for line, at in np.argwhere(of_russian & (gains[:, [russian]] >= AS_RUSSIAN * gained)).tolist():
            if RUSSIAN in models[at].names:
                place[line, at], gained[line, at] = russian, gains[line, russian]
                said[line, at] = models[at].vote(RUSSIAN)
        alone = (place[:, :, None] == place[:, None, :]).sum(2) == 1
        few = np.array([[lines[at].count(" ") < FEW] for at in accused.tolist()])
        least = np.where(alone, LONE, np.where(few, OF_FEW, ACCUSED))
        least[place == russian] = RUSSIAN_ACCUSED
        said[(place >= 0) & (gained < least)] = UNSURE
        others = np.flatnonzero(((said >= 0) & (place != russian)).any(1))
        by_names = self._by_names([lines[at] for at in accused[others].tolist()], place[others])
        said[others] = np.where(by_names & (place[others] != russian), UNSURE, said[others])
        votes[accused] = said

    def _by_names(self, lines: Sequence[str], place: Ints) -> Bools:
        """Whether nothing but names speaks for the languages at some places, bool [lines, models]."""
        names, words = [*self._places], [line.split(" ") for line in lines]
        gains = self._gains([" ".join(ordinary(line)) for line in words], names)
        if ENGLISH in names:
            gains[[is_english_title(line) for line in words], names.index(ENGLISH)] = np.inf
        gained: Shares = np.take_along_axis(gains, np.clip(place, 0, len(names) - 1), 1)
        return gained < ORDINARY

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
        own |= np.minimum.reduceat((logs[:, 1:] - logs[:, :1])[flat], firsts) < -SURELY_OWN
        fits = (-sums[:, 1:] < FITS * letters[:, None]) & ~own
        gained = (sums[:, 1:] - sums[:, :1]) * np.where(perhaps, np.float32(0.5), np.float32(1))
        gains[filled] = np.where(fits, gained, 0)
        if RUSSIAN in names:
            impossible = [has_impossible_endings(line, MOST_OWN) for line in lines]
            gains[impossible, names.index(RUSSIAN)] = 0
        return gains

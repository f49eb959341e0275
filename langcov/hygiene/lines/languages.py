"""Lines in another language than the file: `russian-line`, `sister-language`, `other-language`.

A model is believed if it knows the declared language and recognises it in this file. Letters that only one of
two languages has refute or support what it says, and so do words; these alone can speak for Russian. Two that
agree, and no believed model that sees the declared language, make a warning; one alone, or models that
disagree, a note (docs/decisions/0008-other-language-lines.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Bools, Growing, Ints
from langcov.hygiene.engine.code import without_code
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.lines.arbiter import (
    FEWEST_COMMON,
    FEWEST_STRANGERS,
    OTHER,
    RUSSIAN_LINE,
    SISTER,
    Arbiter,
    Line,
)
from langcov.hygiene.lines.asked import Witnesses
from langcov.hygiene.lines.evidence import (
    OWN,
    UNSURE,
    may_be_written,
)
from langcov.hygiene.lines.likelihood import Shares
from langcov.hygiene.lines.prose import BESIDE, FEWEST_LETTERS, FEWEST_RUSSIAN, FEWEST_WORDS
from langcov.hygiene.lines.russian import RUSSIAN, has_own_ending, russian_words
from langcov.hygiene.lines.spoken import CLAUSE_WORDS, PART, clauses
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import scripts
from langcov.text.scripts import comparable, majority_script
from langcov.text.strings import Strings

BELIEVED, STEADY = 0.3, 0.95
"""Shares of the lines on which a model names a language that must be of the declared one. In clean files
models that recognise it have 0.72 or more, those that don't 0.11 or less; between lie mixed files."""

LEVELS, ALONE = (5.0, 12.0, 20.0), (5.0, 7.0, 20.0)
"""How much likelier a line must be in Russian (natural logarithm) to be a witness, two or three of them; the
second where no model is asked, but of Slavic text."""

_words = re.compile(r"[^\W\d_]+").findall  # runs of letters
_SMALL = re.compile(r"(?<!\S)[а-яё]")  # a word in small letters, as far as it may be Russian
_NUMBERS = len(Line._fields) - 1


class LanguagesOfLines(LineCheck):
    """Asks models (by default the fast ones that are installed), letters and common words."""

    checks = (
        About(
            RUSSIAN_LINE,
            "Lines in Russian",
            "Russian among the text is counted and learnt as if it were the language.",
        ),
        About(
            SISTER,
            "Lines in a related language",
            "Related languages are easily taken for each other, above all by programs that know one of them.",
        ),
        About(
            OTHER,
            "Lines in another language",
            "Text in another language is counted and learnt as if it were the declared one.",
        ),
    )

    def __init__(self, context: Context) -> None:
        language = self._language = context.language
        if LanguagesOfLines not in context.earlier:
            context.earlier[LanguagesOfLines] = Witnesses.of(context)
        witnesses: Witnesses = context.earlier[LanguagesOfLines]
        self._models, self._letters, self._spoken, self._prose, self._plainly = witnesses
        script = comparable(language.script)
        self._script = scripts().index(script)
        self._words = self._prose.words if script != "Hani" else _words  # which has no spaces
        self._reads_words = "Slavic" not in language.branch
        self._reads_two = self._reads_words and script == "Cyrl"
        self._strangers: dict[str, int] = {}
        self._kept = Growing(np.int64, (_NUMBERS + len(self._models),))
        self._letters_seen = self._added_seen = 0
        self._own, self._said = np.zeros((2, len(self._models)), np.int64)
        self._is_off = context.models is not None and not context.models
        self._long = self._to_recognise = False

    def add(self, fields: Fields) -> None:
        """Look at some lines."""
        if not self._plainly:
            self._look_closely(fields.texts.to_list(), fields.numbers)
            return
        told = self._plainly.tell(fields)
        self._long |= (is_long := bool((told.letters >= FEWEST_LETTERS).any()))
        self._to_recognise |= is_long
        self._letters_seen += int(told.letters.sum())
        self._added_seen += int(told.added.sum())
        if len(rest := told.rest):
            self._look_closely(fields.texts[rest].to_list(), fields.numbers[rest])

    def _look_closely(self, whole: list[str], numbers: Ints) -> None:
        """Look at lines one by one."""
        texts = without_code(whole)
        lines = [self._prose.without_aside(line.strip()) for line in texts]
        words = [*map(self._words, lines)]
        letters = np.array([sum(map(len, found)) for found in words])
        enough = letters >= (FEWEST_RUSSIAN if self._spoken else FEWEST_LETTERS)
        counts = np.array([*map(len, words)])
        two = self._two(lines, letters, enough & (counts == FEWEST_WORDS - 1))
        which = np.flatnonzero(enough & (counts >= FEWEST_WORDS) | two)
        if not len(which):
            return
        asked, letters = [lines[at] for at in which.tolist()], letters[which]
        plain = unicodedata.normalize("NFC", "\n".join(asked)).lower().split("\n")
        added = np.array([self._letters.added(line) for line in plain])
        prose = [" ".join(words[at]) for at in which.tolist()]
        written = majority_script(Strings.of(prose))
        short, two = letters < FEWEST_LETTERS, two[which]
        long = ~(short | two)
        self._long |= bool(long.any())
        self._to_recognise |= bool((long & (written == self._script)).any())
        votes, russian = self._heard(asked, prose, written, short, added)
        votes[two] = UNSURE
        russian[two & (russian < LEVELS[-1])] = 0
        written[short | two] = self._script
        parts = np.array(self._parts([texts[at] for at in which.tolist()]))
        clear = added > 0
        if self._spoken:
            clear |= (russian <= 0) & ~np.array([self._letters.is_strange(line) for line in plain])
        own = clear & (votes < 0).all(1) & (written == self._script) & (parts[:, 1] == 0)
        self._count(letters[own], added[own], votes[own])
        columns = (numbers[which], letters, added, written, votes, russian, parts)
        rest = np.flatnonzero(~own)
        looked = (
            [plain[at] for at in rest.tolist()],
            [len(whole[at].strip()) for at in which[rest].tolist()],
        )
        kept = map(self._look, *looked, *(column[rest].tolist() for column in columns))
        rows = [[*line[:-1], *line.votes] for line in kept if line]
        if rows:
            self._kept.extend(np.array(rows, np.int64))

    def _two(self, lines: list[str], letters: Ints, two: Bools) -> Bools:
        """Lines of two words, none with an ending of the language, with names or abbreviations beside."""
        found = np.zeros(len(lines), bool)
        for at in np.flatnonzero(two).tolist() if self._reads_two else ():
            third = len(lines[at]) - letters[at] > BESIDE and len(_words(lines[at])) >= FEWEST_WORDS
            found[at] = third and not has_own_ending(lines[at], self._language.id)
        return found

    def _heard(
        self, lines: list[str], prose: list[str], written: NDArray[np.uint8], short: Bools, added: Ints
    ) -> tuple[Ints, Shares]:
        """What models say of lines, int64 [n, models], and how much likelier each is in Russian."""
        votes = np.array([model.ask(lines, written) for model in self._models], np.int64)
        votes = votes.reshape(len(self._models), len(lines)).T
        russian = np.zeros(len(lines), np.float32)
        if self._spoken:
            bare = np.flatnonzero(added == 0)
            russian[bare] = self._spoken.russian([lines[at] for at in bare.tolist()])
            self._spoken.weigh(prose, self._models, votes)
        else:
            for at, model in enumerate(self._models):
                odd = [vote for vote, name in enumerate(model.names) if not may_be_written(name)]
                votes[np.isin(votes[:, at], odd), at] = UNSURE
        for at, model in enumerate(self._models):
            votes[short & (votes[:, at] != model.vote(RUSSIAN)), at] = UNSURE
        return votes, russian

    def _count(self, letters: Ints, added: Ints, votes: Ints) -> None:
        """Count lines that nothing but a model says to be in another language."""
        self._letters_seen += int(letters.sum())
        self._added_seen += int(added.sum())
        self._own += (votes == OWN).sum(0)
        self._said += (votes != UNSURE).sum(0)

    def _parts(self, lines: list[str]) -> list[tuple[int, int]]:
        """The first clause of each line that is Russian, (0, 0) where none is."""
        found = [(0, 0)] * len(lines)
        if self._spoken and self._reads_words:
            parts = [
                (at, start, end, part)
                for at, start, end in clauses(lines)
                if not self._letters.adds((part := lines[at][start:end]).lower())
                and len(_SMALL.findall(f"{part[0].lower()}{part[1:]}")) >= CLAUSE_WORDS
            ]
            gains = self._spoken.russian([part for *_, part in parts])
            for which in np.flatnonzero(gains >= PART)[::-1].tolist():
                at, start, end, _ = parts[which]
                if _words(lines[at][:start] + lines[at][end:]):
                    found[at] = start, end
        return found

    def _look(
        self,
        plain: str,
        size: int,
        number: int,
        letters: int,
        added: int,
        script: int,
        votes: list[int],
        russian: float,
        part: list[int],
    ) -> Line | None:
        """Count a line, and keep it if something speaks against the declared language."""
        words = _words(plain)
        foreign = script != self._script
        common = russian_words(words) if not added and self._reads_words else 0
        if self._spoken and russian <= 0 and not foreign:
            common = 0  # words that the languages share
        strangers = self._letters.strangers(plain) if not added else []
        supported = 0
        for at, vote in enumerate(votes):
            if vote >= 0:
                for_it, against = self._letters.balance(plain, self._models[at].names[vote])
                supported |= (for_it > 0) << at
                votes[at] = vote if for_it >= against else UNSURE
        levels = LEVELS if self._models or not self._reads_words else ALONE
        spoken = 0 if added else sum(russian >= level for level in levels)
        told = foreign or common >= FEWEST_COMMON or len(strangers) >= FEWEST_STRANGERS or spoken > 0
        if not told:
            self._count(np.array([letters]), np.array([added]), np.array([votes], np.int64))
            if not part[1] and not any(vote >= 0 and model.knows for vote, model in zip(votes, self._models)):
                return None
        return Line(
            number=number,
            size=size,
            total=len(words),
            common=common,
            spoken=spoken,
            start=part[0],
            end=part[1],
            bare=0 if added else letters,
            script=script if foreign else -1,
            strangers=self._number(strangers),
            supported=supported,
            votes=tuple(votes),
        )

    def _number(self, strangers: list[str]) -> int:
        """The number that letters from other languages have here, -1 if they tell nothing."""
        letters = " ".join(sorted(set(strangers)))
        if len(strangers) < FEWEST_STRANGERS or not self._letters.homes(strangers):
            return -1
        return self._strangers.setdefault(letters, len(self._strangers))

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        arbiter = Arbiter(
            self._language,
            self._models,
            self._who_says_own(BELIEVED),
            self._who_says_own(STEADY),
            self._spoken is not None,
            self._added_seen / max(1, self._letters_seen),
            [(letters, sorted(self._letters.homes(letters.split()))) for letters in self._strangers],
        )
        for row in self._kept.values.tolist():
            line = Line._make([*row[:_NUMBERS], tuple(row[_NUMBERS:])])
            if issue := arbiter.issue(line):
                yield line.number, issue

    def _who_says_own(self, share: float) -> list[int]:
        """The models that know the declared language and name it at least so often when they name any."""
        heard = enumerate(zip(self._models, self._own.tolist(), self._said.tolist()))
        return [at for at, (model, own, said) in heard if model.knows and own and own >= share * said]

    def unjudged(self) -> Mapping[str, str]:
        reason = self.no_model()
        ids = self.ids() if reason else ()
        return {check: reason for check in ids if check != RUSSIAN_LINE or not self._reads_words}

    def no_model(self) -> str:
        """Why no model could tell the language; empty where one did, or all lines are in another script."""
        if self._who_says_own(BELIEVED) or (self._long and not self._to_recognise):
            return ""
        if self._is_off:
            return "language-ID models are switched off; only letters were looked at"
        if not self._long:
            return "no line is long enough for a language-ID model (three words, 20 letters)"
        if not any(model.knows for model in self._models):
            return "no language-ID model that is installed knows this language; only letters were looked at"
        return "no language-ID model recognised this language in the file; only letters were looked at"


CHECKS = (LanguagesOfLines,)

"""What the evidence says together of one line: nothing, a note, or a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from langcov.hygiene.engine.finding import Issue, Severity
from langcov.hygiene.lines.evidence import OWN, UNSURE, AskedModel
from langcov.hygiene.lines.prose import FEWEST_LETTERS
from langcov.hygiene.lines.russian import RUSSIAN
from langcov.languages import Language
from langcov.lid.classes import class_codes
from langcov.text.properties import scripts

RUSSIAN_LINE, SISTER, OTHER = "russian-line", "sister-language", "other-language"

FEWEST_STRANGERS = 3
"""Letters of other languages, in a line with no added letter of its own, that make it another language: in
none of 47,000 lines of 39 Cyrillic texts in the right language."""

FEWEST_COMMON = 2
"""Common words of Russian that make a line worth keeping; one is a loan or a quotation as often."""

FEW = 3
"""Words of a line that needs one witness more: it may be all loans."""

FEWEST_SPOKEN_SLAVIC = 2
"""Witnesses, of the likelihood of words, that a line needs in a sister of Russian, which has most of them;
in a line of few words one more."""

EXPECTED = 3
"""Added letters that a line as long as it is has in this file on average, so that a line without any is odd:
1 in 20 would have none if letters fell at random."""

LONG = 50
"""Code points of a line about which models that agree need no letters to support them. All but 2 of the 73
shorter ones that two took for another language than Russian were in order, and all 9 Ukrainian ones that they
took for Russian (Common Voice and NTREX, looked at one by one)."""

MODELS = "This line looks {other} rather than {language}: {votes}."
WORDS = (
    "This line looks Russian rather than {language}: {words} of its {total} words are common in Russian, "
    "and it has no letter that Russian lacks."
)
SPOKEN = "This line looks Russian rather than {language}, by its letters and frequent words."
BOTH = "This line looks Russian rather than {language}: {votes}; {words} of its {total} words are common."
PART = "A part of this line looks Russian rather than {language}, by its letters and frequent words."
DISAGREE = "Models disagree: {votes}."
SCRIPT = "This line is written in another script ({script}) than {language}."
LETTERS = "This line has letters that {language} lacks and {other} has: {letters}."


class Line(NamedTuple):
    """What is kept of a line that something speaks against."""

    # number, size, total: its number from 0, code points, words
    number: int
    size: int
    total: int
    common: int  # how many of the words are common in Russian
    spoken: int  # 1 or 2 if its words are likelier, or much likelier, in Russian
    start: int  # code points before the first clause that is Russian
    end: int  # and up to its end; 0 if none is
    bare: int  # how many letters it has, if the declared alphabet adds none of them to its base; else 0
    script: int  # index of its script if it is not that of the language, else -1
    strangers: int  # index of the letters that it has from other languages, -1 for none (or too few)
    supported: int  # a bit for each model whose answer explains letters that the declared language lacks
    votes: tuple[int, ...]  # of each model, as of ``AskedModel.ask``; what letters refute is unsure


@dataclass(frozen=True)
class Arbiter:
    """What is known of a file once all its lines were seen."""

    language: Language
    models: Sequence[AskedModel]
    believed: Sequence[int]  # models that know the language and recognise it in this file
    steady: Sequence[int]  # those of them that hardly ever name another
    weighed: bool  # whether words were compared, so that a model alone is worth a note
    # share of added letters among the letters of lines that nothing says to be in another language
    added: float
    # letters from other languages, and the languages that have them, by ``Line.strangers``
    strangers: Sequence[tuple[str, Sequence[str]]]

    def issue(self, line: Line) -> Issue | None:
        """What is to be said of a line, or of a clause of it."""
        if (issue := self._of_line(line)) or not line.end:
            return issue
        values = {"language": self.language.id}
        return Issue(RUSSIAN_LINE, "note", line.start, line.end, "", PART, values)

    def _of_line(self, line: Line) -> Issue | None:
        if line.script >= 0:
            return self._of_script(line)
        # Where none recognises the language, or no words are compared, two are heard if they agree.
        heard = self.believed or [at for at, model in enumerate(self.models) if model.knows]
        named = Counter(name for at in heard if (name := self._named(line, at)))
        owned = any(line.votes[at] == OWN for at in heard)
        if not (self.believed and self.weighed) and (owned or len(named) > 1 or named.total() < 2):
            named.clear()
        if named and (owned or len(named) > 1):
            return self._disagreement(line, named.most_common(1)[0][0])
        if named:
            (other,) = named
            certain = self._is_certain(line, other, heard, named[other])
            if not certain and other == RUSSIAN and not self._is_spoken(line):
                return None
            return self._issue(line, other, certain, BOTH if line.common and other == RUSSIAN else MODELS)
        if owned and self.believed:
            return None  # words or letters alone, against a model that recognises the language
        if line.common >= FEWEST_COMMON:
            return self._issue(line, RUSSIAN, self._seconds(line, RUSSIAN, heard) > FEWEST_COMMON, WORDS)
        if line.spoken:
            seconded = any(self._named(line, at) == RUSSIAN for at in range(len(self.models)))
            if line.spoken + seconded > (1 if seconded or not self.models else 2):
                certain = line.spoken + seconded > (2 if line.total > FEW else 3)
                return self._issue(line, RUSSIAN, certain, SPOKEN)
        return self._of_letters(line) if line.strangers >= 0 else None

    @property
    def _is_slavic(self) -> bool:
        return "Slavic" in self.language.branch

    def _is_certain(self, line: Line, other: str, heard: Sequence[int], models: int) -> bool:
        """Whether the evidence agrees; models alone mix up languages that are alike, on short lines."""
        if other == RUSSIAN and not self._is_slavic:
            return models + self._seconds(line, other, heard) > (1 if line.total > FEW else 2)
        agreeing = [at for at in range(len(self.models)) if self._named(line, at) == other]
        supported = any(line.supported >> at & 1 for at in agreeing)
        is_code = 0 < line.bare < FEWEST_LETTERS  # the most of a long line
        return supported or (len(agreeing) > 1 and line.size >= LONG and not is_code)

    def _named(self, line: Line, at: int) -> str:
        vote = line.votes[at]
        return self.models[at].names[vote] if vote >= 0 else ""

    def _seconds(self, line: Line, other: str, heard: Sequence[int]) -> int:
        """How much evidence there is for a language beside the models that are heard."""
        agreeing = [at for at in range(len(self.models)) if self._named(line, at) == other]
        found = sum(at not in heard for at in agreeing) + any(line.supported >> at & 1 for at in agreeing)
        if other == RUSSIAN:
            found += min(line.common, 3) + (line.bare * self.added >= EXPECTED) + line.spoken
        return found

    def _is_spoken(self, line: Line) -> bool:
        """Whether the words of a line are Russian, if they were compared."""
        least = FEWEST_SPOKEN_SLAVIC + (line.total <= FEW) if self._is_slavic else 1
        return not self.weighed or line.spoken >= least

    def _disagreement(self, line: Line, other: str) -> Issue | None:
        spoken = other != RUSSIAN or not self._is_slavic or self._is_spoken(line)
        if not spoken or not any(self._named(line, at) for at in self.steady):
            return None
        return self._issue(line, other, False, DISAGREE)

    def _of_script(self, line: Line) -> Issue:
        russian = line.common >= FEWEST_COMMON
        values = {"script": scripts()[line.script], "language": self.language.id}
        return Issue(RUSSIAN_LINE if russian else OTHER, "warning", 0, line.size, "", SCRIPT, values)

    def _of_letters(self, line: Line) -> Issue:
        letters, homes = self.strangers[line.strangers]
        kinds = [self.kind(home) for home in homes]
        check = SISTER if SISTER in kinds else OTHER
        shown = [home for home, kind in zip(homes, kinds) if kind == check][:3]
        values = {"language": self.language.id, "other": ", ".join(shown), "letters": letters}
        return Issue(check, "warning", 0, line.size, "", LETTERS, values)

    def _issue(self, line: Line, other: str, certain: bool, message: str) -> Issue:
        votes = ", ".join(
            f"{model.name} — {self.language.id if vote == OWN else model.names[vote]}"
            for model, vote in zip(self.models, line.votes)
            if vote != UNSURE
        )
        values = {"other": other, "language": self.language.id, "votes": votes}
        values |= {"words": str(line.common), "total": str(line.total)}
        severity: Severity = "warning" if certain else "note"
        return Issue(self.kind(other), severity, 0, line.size, "", message, values)

    def kind(self, other: str) -> str:
        """The check that finds lines in a language (``bak_Cyrl``)."""
        if other == RUSSIAN:
            return RUSSIAN_LINE
        code, script = other.partition("_")[::2]
        own = self.language.iso639_3
        classes = class_codes("group", [own], [code])
        return SISTER if classes.code(own, self.language.script) == classes.code(code, script) else OTHER

"""Whether a file is in the language that it is declared to be in: `declared-language`.

Its script is told by its letters. Then a sample of its lines is compared with all languages of the script of
which the bundled word tables have enough words. Where they have too few, letters that only one of two sisters
has decide, or models that know the declared language and never name it
(docs/decisions/0013-declared-language.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

import numpy as np

from langcov.hygiene.engine.code import without_code
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck
from langcov.hygiene.lines.evidence import AskedModel, default_models
from langcov.hygiene.lines.font import meant
from langcov.hygiene.lines.likelihood import Likelihood, bundled, words_of
from langcov.hygiene.lines.names import is_list_of_names, without_names
from langcov.hygiene.lines.rivals import FEWEST, FEWEST_ORDINARY, Rivals, nearest
from langcov.hygiene.lines.sample import Sample
from langcov.hygiene.lines.witnesses import foreign_letters, named_by_models, sister_by_letters
from langcov.hygiene.reading.fields import Fields, Uses
from langcov.languages import all_languages
from langcov.text.properties import scripts, table
from langcov.text.scripts import comparable

LINES, LONGEST = 400, 500
"""Lines of a file that are looked at, and bytes of each."""

FEWEST_LETTERS, FEWEST_OTHERS = 200, 40
"""Letters by which a script is told; and where none of them is of the declared one."""

MOSTLY, MAJORITY = 0.8, 0.5
"""Shares of lines in another language from which on the whole text looks like it, and it is suggested."""

LOOKS = (
    "This text looks like {other} rather than {language}: {percent} % of {lines} different lines do, by "
    "their letters and frequent words."
)
PARTLY = (
    "{percent} % of {lines} different lines are in {other} rather than {language}, by their letters and "
    "frequent words."
)
LETTERS = (
    "This text looks like {other} rather than {language}: it has letters that only {other} has ({letters}), "
    "and hardly any that only {language} has."
)
MISSING = (
    "This text looks like {other} rather than {language}: it lacks the letters that only {language} has "
    "({letters})."
)
MODELS = (
    "This text looks like {other} rather than {language}: {models} would know either, and name {other} on "
    "{percent} % of the lines."
)
SCRIPT = "{percent} % of the letters of this text are {script}, but {language} is declared to be in {own}."
LETTERS_OF = {
    "Latn": "This text is in Latin letters ({percent} %), but {language} is declared in Cyrillic ones.",
    "Cyrl": "This text is in Cyrillic letters ({percent} %), but {language} is declared in Latin ones.",
}
FONT = (
    "{percent} % of the words have letters that {language} lacks ({letters}): this may be text for a legacy "
    "font, which shows others instead. Say with --letter-map which."
)
PROPOSED = (
    "{percent} % of the words have letters that {language} lacks ({letters}): this may be text for a legacy "
    "font, which shows others instead, by the words {map}. --save-letter-map writes that to a file: look it "
    "through, and give it as --letter-map."
)

Unjudged = Literal["letters", "script", "words", "names", "language"]
"""Of what there is too little to judge a file."""


class DeclaredLanguage(LineCheck):
    """Says once for a file that its language is another, on what it rests, and which one fits."""

    checks = (
        About(
            "declared-language",
            "Another language than declared",
            "What is wrong with a text is told by its language: if that is another, all that is said of its "
            "letters and lines is wrong, and all that is measured stands under a wrong name.",
        ),
    )

    def __init__(self, context: Context) -> None:
        self._context, self._language = context, context.language
        self._uses = Uses()
        self._sample = Sample(LINES, LONGEST)

    def add(self, fields: Fields) -> None:
        """Count the letters of some lines, and draw from them."""
        self._uses.add(fields.uses)
        self._sample.add(fields)

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """One for the file, if it is in another language, or a part of it is."""
        if isinstance(self._found, Issue):
            yield None, self._found

    def unjudged(self) -> Mapping[str, str]:
        """Why the file can't be judged, if it can't."""
        reasons = {
            "letters": "the text has fewer than 200 letters",
            "script": "no other language of its script is known",
            "words": "the text has fewer than 40 different words",
            "names": "the text is a list of names, which are alike in all languages",
            "language": "fewer than 300 words of this language are known, and no model that knows it objects",
        }
        return {"declared-language": reasons[self._found]} if isinstance(self._found, str) else {}

    @cached_property
    def _found(self) -> Issue | Unjudged | None:
        """What is wrong, or why that can't be told."""
        at = self._uses.points
        uses = np.bincount(table("script")[at], self._uses.counts[at], len(scripts()))[1:].astype(int)
        by_script: Counter[str] = Counter()
        for script, count in zip(scripts()[1:], uses.tolist()):
            by_script[comparable(script)] += count
        own = comparable(self._language.script)
        if uses.sum() < (FEWEST_LETTERS if by_script[own] else FEWEST_OTHERS):
            return "letters"
        if 2 * by_script[own] < uses.sum():
            ((most, count),) = by_script.most_common(1)
            named = bundled(most) if uses.sum() >= FEWEST_LETTERS else None
            return self._of_script(named, own, most, f"{100 * count / uses.sum():.0f}")
        likelihood = bundled(self._language.script)
        return self._of_words(likelihood) if likelihood else "script"

    def _of_script(self, likelihood: Likelihood | None, own: str, script: str, percent: str) -> Issue:
        """That the text is in another script, and in which language, perhaps the same."""
        best = nearest(likelihood, self._words(script)) if likelihood else None
        same = (
            one.id
            for one in all_languages()
            if one.iso639_3 == self._language.iso639_3 and comparable(one.script) == script
        )
        message = LETTERS_OF.get(script, SCRIPT) if own in LETTERS_OF else SCRIPT
        return self._issue(message, best or next(same, None), own=own, script=script, percent=percent)

    def _of_words(self, likelihood: Likelihood) -> Issue | Unjudged | None:
        """What words say, and where they say nothing, what letters and models do."""
        lines = self._words(self._language.script)
        names = is_list_of_names(lines)
        rivals = Rivals(self._language, likelihood, lines, names)
        if rivals.words < FEWEST:
            return "words"
        best = rivals.best()
        if best and names and not self._without_names(likelihood, best.language):
            return self._of_letters(lines, (), None) or "names"
        if best:
            message = LOOKS if best.share >= MOSTLY else PARTLY
            fits = best.language if best.whole or best.share >= MAJORITY else None
            values = {"percent": f"{100 * best.share:.0f}", "lines": str(rivals.lines)}
            return self._issue(message, fits, other=best.language, **values)
        known, likeliest = (rivals.names, None) if rivals.known else ((), nearest(likelihood, lines))
        found = self._of_letters(lines, known, likeliest)
        return found if found or rivals.known else self._of_models(rivals)

    def _without_names(self, likelihood: Likelihood, language: str) -> bool:
        """Whether the words that are no names say so, too."""
        ordinary = words_of(without_names(self._prose), self._language.script)
        rest = Rivals(self._language, likelihood, ordinary, names=True)
        return rest.words >= FEWEST_ORDINARY and rest.agrees(language)

    def _of_letters(
        self, lines: Iterable[Iterable[str]], known: Collection[str], likeliest: str | None
    ) -> Issue | None:
        """What the letters say of sisters that aren't known, and of other alphabets."""
        alphabet, uses = self._context.alphabet, Counter("".join(map("".join, lines)))
        if sister := sister_by_letters(self._language, alphabet, uses, known, likeliest):
            message, letters = (LETTERS, sister.theirs) if sister.theirs else (MISSING, sister.missing)
            return self._issue(message, sister.language, letters=" ".join(letters[:5]))
        foreign = foreign_letters(self._language.script, alphabet, self._sample.lines)
        if foreign is None:
            return None
        percent, letters = f"{100 * foreign.share:.0f}", " ".join(foreign.letters[:8])
        told = self._meant(foreign.letters)
        return self._issue(PROPOSED if told else FONT, None, percent=percent, letters=letters, map=told)

    def _meant(self, letters: Iterable[str]) -> str:
        """What letters of a font stand for, as far as that can be told."""
        alphabet, likelihood = self._context.alphabet, bundled(self._language.script)
        if not alphabet or not likelihood:
            return ""
        return "; ".join(map(str, meant(self._language, alphabet, likelihood, self._sample.lines, letters)))

    def _of_models(self, rivals: Rivals) -> Issue | Unjudged:
        systems = default_models() if self._context.models is None else self._context.models
        named = named_by_models([AskedModel(one, self._language) for one in systems], self._prose)
        if named is None or not rivals.allows(named.language):
            return "language"
        models, percent = ", ".join(named.models), f"{100 * named.share:.0f}"
        return self._issue(MODELS, named.language, models=models, percent=percent)

    def _words(self, script: str) -> list[list[str]]:
        return words_of(self._prose, script)

    @cached_property
    def _prose(self) -> list[str]:
        """The lines that are looked at, without code."""
        return without_code(self._sample.lines)

    def _issue(self, message: str, suggestion: str | None, **values: str) -> Issue:
        values = {"other": suggestion or "", **values, "language": self._language.id}
        return Issue("declared-language", "error", 0, 0, "", message, values, suggestion)


CHECKS = (DeclaredLanguage,)

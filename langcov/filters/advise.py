"""What would keep a language: stop words and thresholds for a recipe, tested on other text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from os.path import realpath
from typing import Any

from langcov.corpora.base import Corpus
from langcov.corpora.resolve import bundled_corpora
from langcov.errors import UserError
from langcov.filters.apply import FilterSettings
from langcov.filters.documents import documents_of
from langcov.filters.prepare import Changes, Ready, ready
from langcov.filters.recipe import Recipe, Step
from langcov.filters.stop_words import StopList, stop_words
from langcov.filters.thresholds import Threshold, number_of, thresholds, with_number
from langcov.filters.verdicts import Verdict, verdicts

WORDS = {"GopherQualityFilter": ("stop_words", 0.0), "justext": ("stoplist", 0.5)}
"""Filter → its argument for stop words, and how large a share of all words these should be, if not any.
jusText wants a third of a paragraph."""
LEFT_OUT = "advised to be left out: no number keeps 99 % of clean text"


@dataclass(frozen=True)
class Words:
    """Stop words that are advised.

    Attributes:
        step: the number of the filter that asks for them.
        argument: of it.
        key: what the file of the recipe calls them; empty where the recipe has no files.
        published: those that the recipe has.
    """

    step: int
    argument: str
    key: str
    published: tuple[str, ...]
    found: StopList

    @property
    def all(self) -> list[str]:
        """The advised ones, then those of the published ones that stay."""
        return [*(one.word for one in self.found.words), *self.found.kept]


@dataclass(frozen=True)
class Advice:
    """What is advised for a language.

    Attributes:
        recipe: with the steps that are advised; one that is to be left out is not judged.
        published, advised: the recipe as it is for the language, and as it would be.
        changes: of arguments.
        words: None where the recipe looks for none.
        thresholds: of every rule with a number; empty where no clean text was named.
        left_out: bundled corpora that were no source of words, as they were tested on.
    """

    recipe: Recipe
    version: str
    language: str
    published: Ready
    advised: Ready
    changes: Changes
    words: Words | None
    thresholds: list[Threshold]
    left_out: tuple[str, ...]
    verdicts: list[Verdict]

    @property
    def values(self) -> dict[str, Any]:
        """All that the file of the recipe would say; empty where it has none."""
        if self.published.configuration is None:
            return {}
        return {
            **self.published.configuration.values,
            **{
                self.recipe.steps[step].keys[argument]: value
                for (step, argument), value in self.changes.items()
            },
        }

    def advised_number(self, one: Threshold) -> float | None:
        """The number of a rule as it is advised; None where its step is to be left out."""
        if self.recipe.steps[one.step].not_judged:
            return None
        return number_of(self.changes.get((one.step, one.argument), one.value), one.rule)


def advise(
    recipe: Recipe,
    language: str,
    corpora: Sequence[Corpus],
    settings: FilterSettings | None = None,
    leave_out: Sequence[str] = (),
    clean: Sequence[Corpus] = (),
) -> Advice:
    """Stop words and thresholds for a language, and what they keep of held-out text, of kin, and of noise.

    Args:
        language: ``tat_Cyrl``.
        corpora: that they are tested on, with any other languages.
        leave_out: bundled corpora that are no source of words, beside those that a corpus is named after.
        clean: text that the thresholds are taken from; without it there are stop words only.

    Raises:
        UserError: the recipe has nothing to advise on, a file is to be both clean and held-out text, or
            there is no text to take anything from.
        MissingLibrary: something that is needed is not installed.
    """
    settings = settings or FilterSettings()
    version = recipe.installed()
    _check(recipe, corpora, clean)
    published = ready(recipe, language, settings.means)
    if recipe.files and published.configuration is None:
        raise UserError(f"{recipe.name} can't be judged in {language}: {_reason(published)}")
    left_out = tuple(sorted({*leave_out, *(name for name in bundled_corpora() if _is_of(name, corpora))}))
    words = _words(recipe, language, published, left_out)
    changes = {} if words is None else {(words.step, words.argument): words.all}
    found = _thresholds(recipe, language, clean, settings, changes)
    without, changes = _advised(recipe, found, changes)
    advised = ready(without, language, settings.means, changes)
    if not advised.filters:
        raise UserError(f"{recipe.name} can't be judged in {language}: {_reason(advised)}")
    told = list(verdicts(corpora, language, published, advised, settings, recipe.unit == "line"))
    return Advice(without, version, language, published, advised, changes, words, found, left_out, told)


def _check(recipe: Recipe, corpora: Sequence[Corpus], clean: Sequence[Corpus]) -> None:
    if not clean and not any(step.name in WORDS for step in recipe.steps):
        raise UserError(f"{recipe.name} looks for no stop words: name text for its thresholds with --clean")
    tested = {realpath(source.path) for corpus in corpora for source in corpus.sources}
    both = [source.path for corpus in clean for source in corpus.sources if realpath(source.path) in tested]
    if both:
        raise UserError(f"{both[0]}: is named by --clean and by --corpus: what is tested must be other text")


def _reason(own: Ready) -> str:
    return next(one for name, one in reversed(own.steps) if isinstance(one, str))


def _is_of(bundled: str, corpora: Iterable[Corpus]) -> bool:
    """Whether a corpus, a file of it or its folder is named after a bundled one, as ``ntrex-text`` is."""
    paths = [path for corpus in corpora for path in (corpus.name, *(one.path for one in corpus.sources))]
    named = re.compile(rf"{bundled}(?![a-z])", re.IGNORECASE)
    return any(named.match(part) for path in paths for part in re.split(r"[/\\]", path)[-2:])


def _words(recipe: Recipe, language: str, published: Ready, left_out: Sequence[str]) -> Words | None:
    for number, step in enumerate(recipe.steps):
        if step.name in WORDS:
            argument, cover = WORDS[step.name]
            before = _published(published.steps[number][1], argument)
            given = before if recipe.files else ()  # a list for all languages holds no words of this one
            found = stop_words(language, left_out, given, cover)
            return Words(number, argument, step.keys.get(argument, ""), before, found)
    return None


def _published(one: Any, argument: str) -> tuple[str, ...]:
    """Its stop words, in their order where they have one; none where the step can't be judged."""
    if isinstance(one, str):
        return ()
    words = one.arguments[argument] or one.whole.stop_words
    return tuple(map(str, sorted(words) if isinstance(words, (set, frozenset)) else words))


def _thresholds(
    recipe: Recipe, language: str, clean: Sequence[Corpus], settings: FilterSettings, changes: Changes
) -> list[Threshold]:
    if not clean:
        return []
    by_line = recipe.unit == "line"
    documents = (
        "\n".join(document)
        for corpus in clean
        for document in documents_of(corpus, language, settings.options, settings.words, None, by_line)
    )
    own = ready(recipe, language, settings.means, changes)
    return thresholds(list(islice(documents, settings.most)), own, settings.progress)


def _advised(
    recipe: Recipe, found: Sequence[Threshold], changes: Mapping[tuple[int, str], Any]
) -> tuple[Recipe, dict[tuple[int, str], Any]]:
    """The recipe without steps that no number helps, with the numbers of clean text where it is stricter."""
    steps, changed = list(recipe.steps), dict(changes)
    for one in found:
        key = (one.step, one.argument)
        if not one.too_strict or (recipe.files and one.argument not in recipe.steps[one.step].keys):
            continue
        if one.clean is None:
            steps[one.step] = Step(one.filter, not_judged=LEFT_OUT)
        else:
            changed[key] = with_number(changed.get(key, one.value), one.rule, one.argument, one.clean)
    return replace(recipe, steps=tuple(steps)), changed

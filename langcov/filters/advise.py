"""What would keep a language: stop words for a recipe, tested on text that they are not taken from."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from langcov.core.names import visible
from langcov.corpora.base import Corpus
from langcov.corpora.resolve import bundled_corpora
from langcov.errors import UserError
from langcov.filters.apply import FilterSettings
from langcov.filters.documents import Document, documents_of
from langcov.filters.prepare import Ready, ready
from langcov.filters.recipe import Recipe
from langcov.filters.stop_words import OTHERS, StopList, stop_words
from langcov.filters.tally import Tally
from langcov.languages import alphabet, find

ARGUMENT = "stop_words"
"""Of a filter of the library, what is advised on."""

NOISE = "random letters"
"""What is judged beside languages: the documents of the language, each letter drawn from its alphabet."""


@dataclass(frozen=True)
class Verdict:
    """How many documents the recipe keeps, as it is published and with the advice.

    Attributes:
        language: of the documents, or ``NOISE``.
        published, advised: kept.
    """

    corpus: str
    language: str
    documents: int
    published: int
    advised: int


@dataclass(frozen=True)
class Advice:
    """What is advised for a language.

    Attributes:
        values: all that the file of the recipe would say.
        key: what it calls the stop words.
        published: the stop words that it says.
        stop_list: those that are advised.
        left_out: bundled corpora that were no source of them, as they were tested on.
        stand_in: what is otherwise than in the library; empty where nothing is.
    """

    recipe: Recipe
    version: str
    language: str
    values: dict[str, Any]
    key: str
    published: tuple[str, ...]
    stop_list: StopList
    left_out: tuple[str, ...]
    stand_in: str
    verdicts: list[Verdict]


def advise(
    recipe: Recipe,
    language: str,
    corpora: Sequence[Corpus],
    settings: FilterSettings | None = None,
    leave_out: Sequence[str] = (),
) -> Advice:
    """Stop words for a language, and what they keep of held-out text: its own, of kin, and noise.

    Args:
        language: ``tat_Cyrl``.
        corpora: that they are tested on, with any other languages.
        leave_out: bundled corpora that are no source, beside those that a corpus is named after.

    Raises:
        UserError: the recipe has no stop words for each language, or there is no text to take any from.
        MissingLibrary: something that is needed is not installed.
    """
    settings = settings or FilterSettings()
    version, key = recipe.installed(), _key(recipe)
    published = ready(recipe, language, settings.folder, settings.strict)
    if published.configuration is None or not published.filters:
        raise UserError(f"{recipe.name} can't be judged in {language}: {_reason(published)}")
    left_out = tuple(sorted({*leave_out, *(name for name in bundled_corpora() if _is_of(name, corpora))}))
    before = tuple(map(str, published.configuration.value(key)))
    found = stop_words(language, left_out, before)
    words = [*(one.word for one in found.words), *found.kept]
    advised = ready(recipe, language, settings.folder, settings.strict, {key: words})
    verdicts = list(_verdicts(corpora, language, published, advised, settings))
    values = {**published.configuration.values, key: words}
    return Advice(
        recipe, version, language, values, key, before, found, left_out, published.stand_in, verdicts
    )


def _key(recipe: Recipe) -> str:
    """What the files of a recipe call the stop words."""
    for step in recipe.steps:
        if ARGUMENT in step.keys:
            return step.keys[ARGUMENT]
    raise UserError(f"{recipe.name} has no stop words for each language: there is nothing to advise")


def _reason(own: Ready) -> str:
    return next(one for name, one in reversed(own.steps) if isinstance(one, str))


def _is_of(bundled: str, corpora: Iterable[Corpus]) -> bool:
    """Whether a corpus is named after a bundled one, as ``ntrex-text`` is."""
    return any(corpus.name == bundled or corpus.name.startswith(f"{bundled}-") for corpus in corpora)


def _verdicts(
    corpora: Sequence[Corpus], language: str, published: Ready, advised: Ready, settings: FilterSettings
) -> Iterator[Verdict]:
    settings.progress.start(sum(len(_told(corpus, language)) for corpus in corpora))
    for corpus in corpora:
        for other in _told(corpus, language):
            found = documents_of(corpus, other, settings.options, settings.words)
            documents = list(islice(found, settings.most))
            yield _verdict(corpus, other, documents, published, advised)
            if other == language:
                noise = [*map(_noise(language), documents)]
                yield _verdict(corpus, NOISE, noise, published, advised)
            settings.progress.finish(f"{corpus.name} {other}")


def _told(corpus: Corpus, language: str) -> list[str]:
    """The language, then its kin, then Russian and English, as far as the corpus has them."""
    family = find(language).family
    kin = [one for one in corpus.languages if one != language and find(one).family == family]
    wanted = dict.fromkeys(chain([language], kin, OTHERS))
    return [one for one in wanted if one in corpus.languages]


def _noise(language: str) -> Callable[[Document], Document]:
    """Puts a random letter of the alphabet in the place of each letter; always the same ones."""
    letters = [letter for letter in alphabet(find(language)) if letter == letter.lower() and len(letter) == 1]
    draw = random.Random(0)

    def changed(line: str) -> str:
        return "".join(draw.choice(letters) if one.isalpha() else one for one in line)

    return lambda document: [*map(changed, document)]


def _verdict(
    corpus: Corpus, language: str, documents: Sequence[Document], published: Ready, advised: Ready
) -> Verdict:
    tallies = Tally(published.filters), Tally(advised.filters)
    for number, document in enumerate(documents, 1):
        for tally in tallies:
            tally.add(document, f"{visible(corpus.name)} {language}, document {number}")
    return Verdict(corpus.name, language, len(documents), *(tally.kept for tally in tallies))

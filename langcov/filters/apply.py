"""What a published recipe does to texts: the way in for the command line and for Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from langcov.core.names import visible
from langcov.core.work import Progress
from langcov.corpora.base import Corpus, ReadOptions
from langcov.errors import LibraryFailed, UserError
from langcov.filters.documents import documents_of
from langcov.filters.prepare import Means, Ready, ready
from langcov.filters.recipe import Recipe
from langcov.filters.tally import Tally
from langcov.languages import find
from langcov.languages.perturbations import check_names, perturb
from langcov.lid import LidSystem
from langcov.metrics.intervals import wilson
from langcov.text.strings import Strings

MOST = 100
"""Words or characters that are told of a step, where it doesn't look for them."""
WHOLE = "all"
"""The step of a record that is of all judged steps together."""


@dataclass
class FilterSettings:
    """How a recipe is applied.

    Attributes:
        folder: with the files of the recipe; None fetches them once.
        strict: what would have to stand in is not judged.
        lid: a language-ID model, for steps that need one; without it they are not judged.
        words: from which on a run of lines is a document, where a corpus has no documents.
        most: documents of a language, the first ones; None for all.
        perturbations: the same documents are judged with these changes of spelling too.
        options: how files are read.
    """

    folder: Path | None = None
    strict: bool = False
    lid: LidSystem | None = None
    words: int = 100
    most: int | None = None
    perturbations: Sequence[str] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: Progress = field(default_factory=Progress)

    @property
    def means(self) -> Means:
        """With what a recipe is made ready."""
        return Means(self.folder, self.strict, self.lid)


@dataclass(frozen=True)
class FilterRecord:
    """How many documents a step removes (CONTRACT, Filters)."""

    recipe: str
    step: str
    mode: str  # ``alone``, or ``in-order``: of the documents that the steps before it leave
    corpus: str
    language: str
    perturbation: str | None
    documents: int
    removed: int | None
    kept: int | None
    share: float | None
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True)
class Filtered:
    """What a recipe did.

    Attributes:
        recipe: that was applied.
        version: of its library.
        files: sha256 of the file of the recipe, by language.
        units: what the documents of a corpus and language are (``langcov.filters.documents.Unit``).
        words: of a run.
        causes: which word or character decides how often: corpus, language, perturbation, step, item,
            documents.
    """

    recipe: Recipe
    version: str
    files: dict[str, str]
    units: list[dict[str, Any]]
    words: int
    records: list[FilterRecord]
    causes: list[dict[str, Any]]


def apply(recipe: Recipe, corpora: Sequence[Corpus], settings: FilterSettings | None = None) -> Filtered:
    """Apply a recipe to the documents of some corpora, each rule alone and all in order.

    Raises:
        UserError: the library is of another version, a file of the recipe is missing or wrong, a corpus has
            no documents.
        MissingLibrary: something that is needed is not installed.
    """
    settings = settings or FilterSettings()
    check_names(settings.perturbations)
    done = Filtered(recipe, recipe.installed(), {}, [], settings.words, [], [])
    languages = sorted({language for corpus in corpora for language in corpus.languages})
    prepared = {one: ready(recipe, one, settings.means) for one in languages}
    _see_files(recipe, prepared, settings.folder)
    for language, one in prepared.items():
        if one.configuration:
            done.files[language] = one.configuration.sha256
    settings.progress.start(sum(len(corpus.languages) for corpus in corpora))
    for corpus in corpora:
        for language in corpus.languages:
            _add(done, corpus, language, prepared[language], settings)
            settings.progress.finish(f"{corpus.name} {language}")
    return done


def _see_files(recipe: Recipe, prepared: dict[str, Ready], folder: Path | None) -> None:
    """Refuse a folder that has no file of any language."""
    if folder and recipe.files and not any(one.configuration for one in prepared.values()):
        wanted = ", ".join(recipe.files.name.format(language=one) for one in list(prepared)[:3])
        raise UserError(f"{folder} has none of the files that {recipe.name} needs: {wanted}")


def _add(done: Filtered, corpus: Corpus, language: str, own: Ready, settings: FilterSettings) -> None:
    """Judge a language of a corpus, as it is and in each perturbation."""
    names = [None, *settings.perturbations]
    changes = {name: perturb(name, find(language)) for name in settings.perturbations}
    tallies = {name: Tally(own.filters) for name in names}
    failed: dict[str | None, str] = {}
    failed |= {name: change for name, change in changes.items() if isinstance(change, str)}
    kinds: list[str] = []
    by_line = done.recipe.unit == "line"
    found = documents_of(corpus, language, settings.options, settings.words, kinds, by_line)
    documents = 0
    for documents, document in enumerate(islice(found, settings.most), 1):
        for name in (one for one in names if one not in failed):
            change = changes.get(name or "")
            assert not isinstance(change, str)  # such a name has failed
            lines = document if change is None else change(Strings.of(document)).to_list()
            try:
                tallies[name].add(lines, f"{visible(corpus.name)} {language}, document {documents}")
            except LibraryFailed as error:
                failed[name] = str(error)
    done.units.append({"corpus": corpus.name, "language": language, "units": kinds})
    for name, tally in tallies.items():
        record = _Records(done.recipe.name, corpus.name, language, name)
        if name in failed:
            done.records.append(record.unjudged(WHOLE, documents, failed[name]))
            continue
        done.records.extend(record.all(tally, own))
        done.causes.extend(_causes(tally, corpus=corpus.name, language=language, perturbation=name))


@dataclass(frozen=True)
class _Records:
    """Makes the records of a corpus, language and perturbation."""

    recipe: str
    corpus: str
    language: str
    perturbation: str | None

    def all(self, tally: Tally, own: Ready) -> Iterator[FilterRecord]:
        """Two of each rule, and one of all in order; of steps that are not judged, one with the reason."""
        left, place = tally.documents, 0
        for name, one in own.steps:
            if isinstance(one, str):
                yield self.unjudged(name, tally.documents, one)
                continue
            for number, rule in enumerate(one.rules):
                at = (place, number)
                told = tally.documents - tally.unjudged[at]
                yield self._record(rule.name, "alone", told, tally.alone[at], one.stand_in)
                yield self._record(rule.name, "in-order", left, tally.first[at], one.stand_in)
                left -= tally.first[at]
            place += 1
        if own.filters:
            yield self._record(WHOLE, "in-order", tally.documents, tally.first.total(), own.stand_in)
        else:
            yield self.unjudged(WHOLE, tally.documents, "none of its steps is judged")

    def unjudged(self, step: str, documents: int, reason: str) -> FilterRecord:
        """A record without figures."""
        return self._of(step, "in-order", documents, None, None, reason)

    def _record(self, step: str, mode: str, documents: int, removed: int, stand_in: str) -> FilterRecord:
        if not documents:
            return self._of(step, mode, 0, None, None, "no document comes to it")
        low, high = wilson(np.array([removed]), np.array([documents]))
        return self._of(step, mode, documents, removed, (float(low[0]), float(high[0])), stand_in or None)

    def _of(
        self,
        step: str,
        mode: str,
        documents: int,
        removed: int | None,
        bounds: tuple[float, float] | None,
        reason: str | None,
    ) -> FilterRecord:
        kept = None if removed is None else documents - removed
        share = None if removed is None else removed / documents
        low, high = bounds or (None, None)
        where = (self.corpus, self.language, self.perturbation)
        return FilterRecord(
            self.recipe, step, mode, *where, documents, removed, kept, share, low, high, reason
        )


def _causes(tally: Tally, **where: Any) -> Iterator[dict[str, Any]]:
    """What decides, the most frequent first, and of what is looked for that which never stood there."""
    wanted = set(tally.wanted())
    found = {key: tally.causes[key] for key in wanted.union(tally.causes)}
    told = Counter[str]()
    for (step, item), documents in sorted(found.items(), key=lambda one: (one[0][0], -one[1], one[0][1])):
        told[step] += 1
        if (step, item) in wanted or told[step] <= MOST:
            yield {**where, "step": step, "item": item, "documents": documents}

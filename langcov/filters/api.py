"""Filters from Python: a recipe applied to corpora, and what would be better for a language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langcov.core.names import several
from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.filters.advise import Advice, advise
from langcov.filters.apply import Filtered, FilterSettings, apply
from langcov.filters.recipe import load
from langcov.languages import find
from langcov.lid import load as load_lid


def apply_filters(
    recipe: str | Path,
    corpora: Any,
    *,
    languages: str | Sequence[str] = (),
    references: str | Sequence[str] = (),
    aligned: bool = False,
    recipe_files: str | Path | None = None,
    strict: bool = False,
    lid: Any = None,
    words: int = 100,
    max_documents: int | None = None,
    perturbations: str | Sequence[str] = (),
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> Filtered:
    """What a published recipe of filters does to clean text: how many documents each step removes, and why.

    Args:
        recipe: a published one by its name (``fineweb-2``), or a file ``.toml``.
        corpora: one or a list of names, files, folders, globs, ``LANG=PATH``, or ``{"tat": lines}``.
        languages: judge only these, and ``references``; none for all of each corpus.
        aligned: files without a card are aligned line by line.
        recipe_files: a folder with the recipe's own files; None fetches them once.
        strict: nothing stands in for a word tokenizer that is a download.
        lid: a language-ID model (SPEC or object) for steps that need one; None: these are not judged.
        words: from which on a run of lines is a document, where a corpus has no documents.
        max_documents: of a language, the first ones.
        perturbations: the same documents are judged with these changes of spelling too.
        options: how files are read.
        progress: told what happens.

    Returns:
        Records of each step alone and in order, with Wilson intervals, and which words or characters decide.

    Raises:
        UserError: the recipe, a corpus or an option is wrong; the message says what and why.
        MissingLibrary: the library of the recipe is not installed.

    >>> lines = ["It was the best of times, it was the worst of times."] * 40
    >>> done = apply_filters("hplt", {"eng": lines}, words=200)
    >>> [(one.step, one.documents, one.removed) for one in done.records if one.mode == "in-order"][-2:]
    [('near_duplicates', 2, None), ('all', 2, 0)]
    """
    reading = options or ReadOptions()
    found = _corpora(corpora, several(languages), aligned, reading, several(references))
    settings = _settings(recipe_files, strict, lid, words, max_documents, reading, progress)
    settings.perturbations = several(perturbations)
    return apply(load(str(recipe)), found, settings)


def advise_filters(
    language: str,
    recipe: str | Path = "fineweb-2",
    corpora: Any = (),
    *,
    clean: Any = (),
    leave_out: str | Sequence[str] = (),
    aligned: bool = False,
    recipe_files: str | Path | None = None,
    strict: bool = False,
    lid: Any = None,
    words: int = 100,
    max_documents: int | None = None,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> Advice:
    """Stop words and numbers with which a recipe would keep a language, tested on other text.

    Args:
        language: a code or a name.
        corpora: text that they are tested on, held out, with any other languages; none: they are not tested.
        clean: text in the language: 99 % of it is to pass each number; none: only stop words are advised.
        leave_out: bundled corpora that are no source of words, beside those that a corpus is named after.

    The others are those of :func:`apply_filters`.

    Raises:
        UserError: the recipe has nothing to advise on, or there is no text to take anything from.
        MissingLibrary: the library of the recipe is not installed.

    >>> advice = advise_filters("tat", "letters", clean={"tat": ["әйе", "йөз", "йоклa"] * 200}, words=1)
    >>> [(one.published, one.removed, one.clean, one.documents) for one in advice.thresholds]
    [(0.9, 200, 0.8, 600)]
    """
    reading, code = options or ReadOptions(), find(language).id
    settings = _settings(recipe_files, strict, lid, words, max_documents, reading, progress)
    tested = _corpora(corpora, (), aligned, reading)
    taken = _corpora(clean, (code,), False, reading)
    return advise(load(str(recipe)), code, tested, settings, several(leave_out), taken)


def _corpora(
    given: Any, languages: Sequence[str], aligned: bool, options: ReadOptions, references: Sequence[str] = ()
) -> list[Corpus]:
    specs = list(given) if isinstance(given, (list, tuple)) else [given]
    if not specs:
        return []
    return resolve(specs, languages=languages, references=references, aligned=aligned, options=options)


def _settings(
    folder: str | Path | None,
    strict: bool,
    lid: Any,
    words: int,
    most: int | None,
    options: ReadOptions,
    progress: Progress | None,
) -> FilterSettings:
    return FilterSettings(
        folder=None if folder is None else Path(folder),
        strict=strict,
        lid=None if lid is None else load_lid(lid),
        words=words,
        most=most,
        options=options,
        progress=progress or Progress(),
    )

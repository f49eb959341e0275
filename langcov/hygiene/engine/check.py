"""Check the files of a language: the way in for the command line and for Python."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.corpora.names import part_of, split_pattern
from langcov.corpora.readers.formats import WORDS
from langcov.corpora.readers.streams import is_pipe, is_url
from langcov.corpora.resolve import check_asked
from langcov.errors import UserError
from langcov.hygiene.engine.examine import Examined, examine
from langcov.hygiene.engine.exceptions import Exceptions, nearest
from langcov.hygiene.engine.letter_map import letter_map
from langcov.hygiene.engine.places import collect
from langcov.hygiene.engine.protocol import Evidence
from langcov.hygiene.engine.registry import checks, chosen
from langcov.hygiene.engine.report import FileReport, Ledger, Report
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.reading.encoding import refusal
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of
from langcov.lid.kinds import LidSystem, load

_log = logging.getLogger(__name__)
OPTIONS = (
    *("encoding", "text_field", "null", "text_column", "lang_field", "lang_column", "delimiter", "sheet"),
    "tier",
)
"""Of reading, those that a check has."""
PARTS = ("", "train", "dev", "test")
"""In this order files are read, so that a line of a test is found in training, not the other way round."""


@dataclass
class Settings:
    """What is looked for, and how files are read."""

    orthography: str = ""  # another than the main one of the language, by its name in the table of languages
    # only, skip: ids of checks to make, or to leave out
    only: Sequence[str] = ()
    skip: Sequence[str] = ()
    also: Sequence[str] = ()  # ids of checks whose fixes ``fix`` makes though they are not automatic
    exceptions: Path | None = None  # the file of what the project accepts; None finds the one above each file
    letter_map: Path | None = None
    # SPECs of models that say which language a line is in; None takes the fast ones that are installed
    models: Sequence[str] | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: Progress = field(default_factory=Progress)


def check_corpus(corpus: str | Path | Iterable[str], lang: str, settings: Settings | None = None) -> Report:
    """What is wrong with a text in one language, place by place.

    Raises:
        UserError: the language or an option is wrong, or a file can't be read.
    """
    if isinstance(corpus, (str, Path)):
        return check_corpora([str(corpus)], lang, settings)[0]
    settings = settings or Settings()
    found = resolve([{lang: list(corpus)}])
    plan = make_plan(found[0].languages[0], settings, exceptions_of(found, settings), _models(settings))
    return _report(found, plan, settings)


def check_corpora(specs: Sequence[str], lang: str | None, settings: Settings | None = None) -> list[Report]:
    """A report for each language of some files or folders.

    Args:
        specs: files, folders, patterns, URLs, ``LANG=PATH``.
        lang: the language of files whose names or card don't say it; else only this language.

    Raises:
        UserError: the language or an option is wrong, or a file can't be read.
    """
    settings = settings or Settings()
    found = resolved(specs, lang, settings.options)
    exceptions = exceptions_of(found, settings)
    languages = sorted({language for corpus in found for language in corpus.languages})
    models = _models(settings)
    plans = [make_plan(language, settings, exceptions, models) for language in languages]
    settings.progress.start(sum(len(corpus.sources) for corpus in found))
    reports = [_report(found, plan, settings) for plan in plans]
    if exceptions.unused and not settings.only and not settings.skip:
        _log.warning("exceptions that no check needs: %d (%s)", len(exceptions.unused), exceptions.unused[0])
    return reports


def resolved(specs: Sequence[str], lang: str | None, options: ReadOptions) -> list[Corpus]:
    """The corpora that are meant, all of text.

    Raises:
        UserError: one is not there, is no text (a word processor's file), or its language can't be told.
    """
    found = [corpus for spec in specs for corpus in _resolved(spec, lang, options)]
    check_asked(found, options)
    named: set[tuple[str, str]] = set()
    for source in (source for corpus in found for source in corpus.sources):
        path, place = source.path, (source.language, source.path)
        if place in named:  # each of its lines would be a duplicate
            raise UserError(f"{path} is named twice for {source.language}: name it once")
        named.add(place)
        if source.format == WORDS:
            raise UserError(f"{path} is a word table, which has no lines: check the text that it was made of")
        if is_pipe(path):
            raise UserError(f"{path} can be read only once, a check reads it again: write it to a file")
    return found


def _resolved(spec: str, lang: str | None, options: ReadOptions) -> list[Corpus]:
    if lang is None:
        return resolve([spec], options=options, alone=False)
    files = bool(split_pattern(spec)[1]) or is_url(spec) or (Path(spec).exists() and not Path(spec).is_dir())
    if files:
        return resolve([f"{lang}={spec}"], options=options, alone=False)
    return resolve([spec], languages=[lang], options=options, alone=False)


def _report(corpora: Sequence[Corpus], plan: Plan, settings: Settings) -> Report:
    language = plan.language.id
    ledger, files, characters = Ledger(), [], Counter[str]()
    not_judged = _unjudged(plan)
    earlier: dict[type, Any] = {}
    mine = (source for corpus in corpora for source in corpus.sources if source.language == language)
    for source in sorted(mine, key=lambda source: PARTS.index(part_of(source.path))):
        examined = examine(source, plan, earlier=earlier)
        collect(examined, ledger)
        not_judged |= examined.all_lines.not_judged
        files.append(_file_report(examined, ledger))
        characters.update(examined.search.survey.characters)
        settings.progress.finish(source.shown)
    return Report(
        language,
        settings.orthography,
        files,
        ledger.counts,
        dict(sorted(not_judged.items())),
        ledger.findings,
        ledger.faulty_words,
        ledger.silenced,
        characters,
        _options(settings),
    )


def _file_report(examined: Examined, ledger: Ledger) -> FileReport:
    survey, totals = examined.search.survey, examined.all_lines.totals
    file = examined.search.source.shown
    lengths = (
        {} if totals is None else {name: getattr(totals, name) for name in ("empty", "median", "longest")}
    )
    places = {"errors": ledger.places_in[file, "error"], "warnings": ledger.places_in[file, "warning"]}
    return FileReport(file, survey.lines, survey.words, survey.letters, **lengths, **places)


def _options(settings: Settings) -> list[str]:
    """What the command has to be told to read and judge a text by these settings."""
    usual, asked = ReadOptions(), settings.options
    given = {name: getattr(settings, name) for name in ("orthography", "exceptions", "letter_map")}
    given |= {name: value for name in OPTIONS if (value := getattr(asked, name)) != getattr(usual, name)}
    told = (
        (f"--{name.replace('_', '-')}", str(one))
        for name, value in given.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
        if one
    )
    return [part for pair in told for part in pair]


def exceptions_of(corpora: Iterable[Corpus], settings: Settings) -> Exceptions:
    """What the project of some files accepts."""
    paths = [Path(source.path) for corpus in corpora for source in corpus.sources]
    found = {nearest(path.parent) for path in paths if path.is_file()}
    files = [settings.exceptions] if settings.exceptions else sorted(file for file in found if file)
    return Exceptions(files, checks())


def make_plan(
    language: str, settings: Settings, exceptions: Exceptions, models: Sequence[LidSystem] | None = None
) -> Plan:
    """What settings mean for a language.

    Raises:
        UserError: a check or an orthography is not known, or the letter map is wrong.
    """
    first = [letter_map(settings.letter_map)] if settings.letter_map else []
    return Plan(
        find(language),
        alphabet_of(language, settings.orthography),
        chosen(settings.only, settings.skip, settings.also, first),
        exceptions.of(language),
        models,
        options=settings.options,
        refuse=refusal(settings.options.encoding),
        progress=settings.progress.advance,
    )


def _models(settings: Settings) -> list[LidSystem] | None:
    return None if settings.models is None else [load(spec) for spec in settings.models]


def _unjudged(plan: Plan) -> dict[str, str]:
    """The checks of words and of single lines that can't judge the language, and why."""
    evidence = Evidence(plan.language, plan.alphabet)
    reasons = {check.id: check.unjudged(evidence) for check in plan.chosen.checks}
    return {check: reason for check, reason in reasons.items() if reason}

"""Check the files of a language: the way in for the command line and for Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.hygiene.alphabet import alphabet_of
from langcov.hygiene.evidence import Evidence
from langcov.hygiene.examine import Plan, examine
from langcov.hygiene.places import Ledger, collect
from langcov.hygiene.registry import chosen
from langcov.hygiene.result import FileReport, Report
from langcov.languages import find
from langcov.progress import Progress


@dataclass
class Settings:
    """What is looked for, and how files are read.

    Attributes:
        orthography: another than the main one of the language, by its name in the table of languages.
        only, skip: ids of checks to make, or to leave out.
        column: the column of a ``.tsv`` that holds the text, from 1; None finds it.
        options: how files are read.
        progress: told what happens.
    """

    orthography: str = ""
    only: Sequence[str] = ()
    skip: Sequence[str] = ()
    column: int | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: Progress = field(default_factory=Progress)


def check_corpus(corpus: str | Path | Iterable[str], lang: str, settings: Settings | None = None) -> Report:
    """What is wrong with a text in one language, place by place.

    Args:
        corpus: a file, a folder, a pattern, a URL, or lines.
        lang: the language that it is declared to be in.
        settings: what is looked for; all there is by default.

    Raises:
        UserError: the language or an option is wrong, or a file can't be read.
    """
    if isinstance(corpus, (str, Path)):
        return check_corpora([str(corpus)], lang, settings)[0]
    found = resolve([{lang: list(corpus)}])
    return _report(found, find(lang).id, settings or Settings())


def check_corpora(specs: Sequence[str], lang: str | None, settings: Settings | None = None) -> list[Report]:
    """A report for each language of some files or folders.

    Args:
        specs: files, folders, patterns, URLs, ``LANG=PATH``.
        lang: the language of files whose names or card don't say it; else only this language.
        settings: what is looked for.

    Raises:
        UserError: the language or an option is wrong, or a file can't be read.
    """
    settings = settings or Settings()
    found = [corpus for spec in specs for corpus in _resolved(spec, lang, settings.options)]
    languages = sorted({language for corpus in found for language in corpus.languages})
    settings.progress.start(sum(len(corpus.sources) for corpus in found))
    return [_report(found, language, settings) for language in languages]


def _resolved(spec: str, lang: str | None, options: ReadOptions) -> list[Corpus]:
    if lang is None:
        return resolve([spec], options=options)
    if Path(spec).is_dir():
        return resolve([spec], languages=[lang], options=options)
    return resolve([f"{lang}={spec}"], options=options)


def _report(corpora: Sequence[Corpus], language: str, settings: Settings) -> Report:
    plan = make_plan(language, settings)
    ledger, files = Ledger(), []
    not_judged = _unjudged(plan)
    for source in (source for corpus in corpora for source in corpus.sources if source.language == language):
        examined = examine(source, plan)
        collect(examined, ledger)
        not_judged.update(examined.not_judged)
        survey = examined.survey
        files.append(FileReport(source.shown, survey.lines, survey.words, survey.letters))
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
    )


def make_plan(language: str, settings: Settings) -> Plan:
    """What settings mean for a language."""
    return Plan(
        find(language),
        alphabet_of(language, settings.orthography),
        chosen(settings.only, settings.skip),
        options=settings.options,
        column=None if settings.column is None else settings.column - 1,
        progress=settings.progress.advance,
    )


def _unjudged(plan: Plan) -> dict[str, str]:
    """The checks of words and lines that can't judge the language, and why."""
    evidence = Evidence(plan.language, plan.alphabet)
    reasons = {check.id: check.unjudged(evidence) for check in plan.checks}
    return {check: reason for check, reason in reasons.items() if reason}

"""The plan: corpora × tokenizers → tallies → a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np

import langcov
from langcov.core.progress import Progress
from langcov.corpora.base import Corpus
from langcov.counting.counters import text_columns, token_columns
from langcov.counting.jobs import Counted, Job, Place
from langcov.counting.single_letters import letter_uses, single_letters
from langcov.counting.token_tally import Tally, combine
from langcov.counting.tokens import count_source
from langcov.errors import CannotEncode, UserError
from langcov.languages import alphabet, find, orthographies
from langcov.measure.engines import end_mistrusted
from langcov.measure.plan import Settings, collected, count_all
from langcov.measure.provenance import (
    arranged,
    card_facts,
    describe,
    environment,
    finished,
    now,
    of_each,
    reading_facts,
    rows_fact,
)
from langcov.metrics.intervals import RESAMPLES, SEED
from langcov.metrics.tokenizers.measured import Letters, Measured
from langcov.metrics.tokenizers.records import records
from langcov.results.result import Record, Result
from langcov.results.signature import build as build_signature
from langcov.tokenizers import System

LIBRARIES = ("numpy", "sentencepiece", "tokenizers", "tiktoken", "gigatoken")


def measure(
    corpora: Sequence[Corpus],
    systems: Sequence[System],
    settings: Settings,
    *,
    failed: Mapping[str, str] | None = None,
    executor: Executor | None = None,
    count: Callable[[Job], Counted] | None = None,
    progress: Progress | None = None,
) -> Result:
    """Count every source with every tokenizer and compute all metrics.

    Args:
        corpora: what to read.
        systems: loaded tokenizers, no two of one name.
        settings: the rest.
        failed: systems that could not be loaded, with the reason; they are listed in the result.
        executor: where sources are counted; ``count`` must then be picklable and know the systems.
        count: counts one job; by default ``count_source`` with ``systems``.
        progress: told what happens.

    Raises:
        UserError: the input is wrong.
        KeyboardInterrupt: with the partial result, of the languages that were finished, as its
            argument where there is one.
    """
    names = [system.name for system in systems]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UserError(f"two tokenizers are called {twice!r}: name them, NAME=SPEC or {{name: tokenizer}}")
    watch = progress or Progress()

    def here(job: Job) -> Counted:
        path = job.source.path
        return count_source(job, systems, lambda size: watch.advance(path, size))

    asked = (settings.words_once, settings.perturbations)
    counted = count_all(corpora, settings.options, count or here, executor, watch, *asked)
    done, interrupted = collected(counted)
    end_mistrusted(systems, list(done.values()))
    result = _result(corpora, systems, settings, failed or {}, done, interrupted)
    if interrupted:
        raise KeyboardInterrupt(result)
    return result


def _result(
    corpora: Sequence[Corpus],
    systems: Sequence[System],
    settings: Settings,
    failed: Mapping[str, str],
    counted: Mapping[Place, Counted],
    interrupted: bool,
) -> Result:
    found: list[Record] = []
    totals: list[dict[str, Any]] = []
    letters: list[dict[str, Any]] = []
    described = []
    for corpus in corpora:
        parts = finished(corpus, counted)
        if not parts:
            continue
        tallies = {one: combine(files, shift) for one, (files, shift) in arranged(corpus, parts).items()}
        described.append(describe(corpus, parts, max(tally.n_rows for tally in tallies.values())))
        references = [_reference(name, list(parts)) for name in settings.references]
        alphabets = {one: _letters_of(one, corpus.orthography.get(one, "")) for one in parts}
        for system in systems:
            measured, detail = _measured(corpus, system, tallies, references, alphabets, settings)
            found += records(measured)
            letters += detail
        totals += _totals(corpus, systems, tallies)
    facts = _facts(settings, described, systems)
    facts |= {"partial": "interrupted" * interrupted, "version": langcov.__version__}
    signature = build_signature(
        [(corpus["name"], corpus["sha256"]) for corpus in described],
        [(system.name, system.tokenizer.sha256) for system in systems],
        facts,
        card_facts(corpora),
    )
    return Result(
        kind="tokenizers",
        signature=signature,
        created=now(),
        environment=environment(LIBRARIES),
        corpora=described,
        systems=_systems(systems, failed, settings),
        totals=totals,
        records=found,
        details={"letters_not_single": letters},
    )


def _facts(
    settings: Settings, described: Sequence[Mapping[str, Any]], systems: Sequence[System]
) -> dict[str, str | Sequence[str]]:
    """What the figures depend on, for the signature."""
    usual = Settings()
    alignments = [corpus["alignment"] for corpus in described]
    engines = list(dict.fromkeys(system.engine for system in systems))
    return {
        "words": settings.words,
        "norm": settings.options.normalize,
        "special": "library",
        "rows": rows_fact(described),
        "ci": f"boot{RESAMPLES}.s{SEED}",
        "aligned": of_each(alignments) if set(alignments) != {"none"} else "",
        "ref": settings.references if settings.references != usual.references else "",
        "context": str(settings.context) if settings.context != usual.context else "",
        "price": "" if settings.price is None else repr(float(settings.price)).removesuffix(".0"),
        **reading_facts(settings.options),
        "perturb": settings.perturbations,
        "method": "" if settings.words_once else "lines",
        "engine": engines if engines != ["reference"] else "",
    }


def _reference(name: str, languages: Sequence[str]) -> str:
    """The id of a reference; of its scripts, the one that the corpus has."""
    language = find(name)
    if language.id in languages:
        return language.id
    code = language.iso639_3 + "_"
    return next((one for one in languages if one.startswith(code)), language.id)


def _letters_of(language: str, orthography: str) -> tuple[str, ...] | str:
    """The alphabet of the orthography that the corpus is written in, or why there is none."""
    known = {one.orthography: one for one in orthographies(find(language))}
    if orthography not in known:
        return f"no orthography {orthography!r} of {language} in the table of languages"
    return alphabet(known[orthography]) or "no sourced alphabet for this language"


def _measured(
    corpus: Corpus,
    system: System,
    tallies: Mapping[str, Tally],
    references: Sequence[str],
    alphabets: Mapping[str, tuple[str, ...] | str],
    settings: Settings,
) -> tuple[Measured, list[dict[str, Any]]]:
    """All that a system's records need, and the letters that are not one token of their own."""
    vocabulary = system.tokenizer.vocabulary
    returnable = None
    if vocabulary is not None:
        returnable = vocabulary.returnable.copy()
        if vocabulary.unknown is not None:
            returnable[vocabulary.unknown] = True
    found: dict[str, Letters | str] = {}
    rows: list[dict[str, Any]] = []
    for language, tally in tallies.items():
        letters = alphabets[language]
        if isinstance(letters, str):
            found[language] = letters
            continue
        if tally.failed[system.name]:
            found[language] = str(tally.failed[system.name])
            continue
        try:
            single = single_letters(system.library, letters)
        except CannotEncode as error:
            found[language] = error.reason
            continue
        if single is None:
            found[language] = "the tokenizer's tokens can't be placed in the text"
            continue
        uses = letter_uses(letters, tally.letters)
        found[language] = Letters(letters, single, uses)
        rows += [
            {
                "system": system.name,
                "corpus": corpus.name,
                "language": language,
                "letter": letter,
                "count": int(n),
            }
            for letter, one, n in zip(letters, single, uses)
            if not one
        ]
    measured = Measured(
        system=system.name,
        corpus=corpus.name,
        aligned=corpus.alignment != "none",
        tallies=tallies,
        references=references,
        words=settings.words,
        returnable=returnable,
        unknown_reachable=None if vocabulary is None else vocabulary.unknown is not None,
        letters=found,
        context=settings.context,
        price=settings.price,
    )
    return measured, rows


def _totals(corpus: Corpus, systems: Sequence[System], tallies: Mapping[str, Tally]) -> list[dict[str, Any]]:
    rows = []
    for system in systems:
        for language, tally in tallies.items():
            row: dict[str, Any] = {"system": system.name, "corpus": corpus.name, "language": language}
            row["rows"] = tally.n_rows
            missing = tally.missing[system.name]
            failed = tally.failed[system.name] is not None
            row |= {
                name: None if name in missing else int(values.sum())
                for name, values in tally.text.items()
                if text_columns()[name].figure
            }
            row |= {
                name: None if failed or name in missing else int(np.sum(values))
                for name, values in tally.tokens[system.name].items()
            }
            for change, counters in tally.perturbed.items():
                found = counters[system.name]
                had = {} if failed or isinstance(found, str) else found
                row |= {
                    f"{name}_{change}": int(had[name].sum()) if name in had else None
                    for name, counter in token_columns().items()
                    if counter.perturbed
                }
            rows.append(row)
    return rows


def _systems(
    systems: Sequence[System], failed: Mapping[str, str], settings: Settings
) -> list[dict[str, Any]]:
    described: list[dict[str, Any]] = []
    for system in systems:
        tokenizer = system.tokenizer
        once = settings.words_once and tokenizer.word_form is not None
        described.append(
            {
                "name": system.name,
                "spec": system.spec,
                "kind": tokenizer.kind,
                "sha256": tokenizer.sha256,
                "vocabulary": None if tokenizer.vocabulary is None else tokenizer.vocabulary.size,
                "method": "words" if once else "lines",
                "method_reason": tokenizer.word_reason,
                "engine": system.engine,
                "skipped": None,
            }
        )
    for spec, reason in failed.items():
        described.append(
            {
                "name": spec,
                "spec": spec,
                "kind": None,
                "sha256": None,
                "vocabulary": None,
                "method": None,
                "method_reason": None,
                "engine": None,
                "skipped": reason,
            }
        )
    return described

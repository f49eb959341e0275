"""The plan: corpora × tokenizers → tallies → a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from langcov.core.work import Progress, until_interrupt
from langcov.corpora import Picked, best_bundled
from langcov.corpora.base import Corpus
from langcov.counting.counters import text_columns, token_columns
from langcov.counting.jobs import Counted, Job
from langcov.counting.token_tally import Tally, combine
from langcov.counting.tokens import Tables, count_source
from langcov.errors import UserError
from langcov.languages import find
from langcov.measure.beside import notices
from langcov.measure.costly_words import costly_words as list_words
from langcov.measure.engines import end_mistrusted, engine_fact
from langcov.measure.plan import (
    FIGURES,
    Settings,
    alphabets_of,
    changed_letters,
    letters_of,
    not_single,
)
from langcov.measure.provenance import (
    Finished,
    Found,
    Layout,
    card_facts,
    check_distinct,
    finished,
    number_fact,
    of_each,
    reading_facts,
)
from langcov.measure.rows import token_rows
from langcov.measure.sources import Where, count_all
from langcov.measure.training import Training, check_told, told
from langcov.metrics.intervals import RESAMPLES, SEED
from langcov.metrics.tokenizers.comparisons import comparisons
from langcov.metrics.tokenizers.measured import Letters, Measured, Shared, shared_pairs
from langcov.metrics.tokenizers.records import records
from langcov.results.result import Result, Rows
from langcov.results.signature import Facts
from langcov.tokenizers import KINDS, System, Vocabulary

LAYOUT = Layout(
    kind="tokenizers",
    label="tok",
    columns=("kind", "sha256", "vocabulary", "method", "method_reason", "engine", "notice", "trained_on"),
    details=("letters_not_single", "changed_letters", "comparisons", "ledger"),
    libraries=("numpy", "sentencepiece", "tokenizers", "tiktoken", "gigatoken"),
)


def corpora_for(languages: Sequence[str], systems: Sequence[System], settings: Settings) -> Picked:
    """For each language the bundled corpus to measure these tokenizers on (``best_bundled``).

    Raises:
        UserError: no bundled corpus has any of the languages.
    """
    known = [_training(system, settings).corpora or () for system in systems]
    return best_bundled(languages, settings.references, chain.from_iterable(known))


def measure(
    corpora: Sequence[Corpus],
    systems: Sequence[System],
    settings: Settings,
    *,
    asked: Mapping[str, str] | None = None,
    costly_words: int = 0,
    failed: Mapping[str, str] | None = None,
    where: Where | None = None,
    progress: Progress | None = None,
) -> Result:
    """Count every source with every tokenizer and compute all metrics.

    Args:
        systems: loaded tokenizers, no two of one name.
        asked: for languages that somebody asks about the corpus that tells most (``Picked.where``).
        costly_words: how many of the most frequent and of the costliest words to list; 0: none.
        failed: systems that could not be loaded, with the reason; they are listed in the result.
        where: where sources are counted; by default here.

    Raises:
        UserError: the input is wrong.
        KeyboardInterrupt: with the partial result, of the languages that were finished, as its
            argument where there is one.
    """
    if costly_words < 0:
        raise UserError(f"{costly_words} costly words: name a number from 1 up, or 0 for none")
    check_distinct([system.name for system in systems], "tokenizer")
    check_told(settings.trained_on, [word for one in systems for word in (one.name, one.spec)], corpora)
    watch = progress or Progress()

    tables: Tables = {}

    def here(job: Job) -> Counted:
        return count_source(job, systems, partial(watch.advance, job.source.path), tables)

    once = settings.words_once
    done, interrupted = count_all(
        corpora, settings, here, where or Where(), watch, words_once=once, keep_words=costly_words > 0
    )
    end_mistrusted(systems, list(done.values()))
    whole = list(finished(corpora, done))
    watch.start(len(whole) * len(systems), FIGURES)
    found, ended = until_interrupt(_of_corpus(one, systems, settings, costly_words, watch) for one in whole)
    said = notices(systems, corpora, settings.options)
    rows = [{**_row(system, settings), "notice": said.get(system.name)} for system in systems]
    facts = _facts(settings, found, systems)
    told_by = [{"asked": one, "told_by": corpus or None} for one, corpus in (asked or {}).items()]
    more = {"asked": told_by} if told_by else {}
    if costly_words:
        more["costly_words"] = [row for one in found for row in one.details["costly_words"]]
    return LAYOUT.result(found, rows, failed, facts, card_facts(corpora), interrupted or ended, more)


def _of_corpus(
    done: Finished, systems: Sequence[System], settings: Settings, most_words: int, watch: Progress
) -> Found:
    corpus = done.corpus
    tallies = {language: combine(*files) for language, files in done.arranged().items()}
    references = [_reference(name, list(tallies)) for name in settings.references]
    alphabets = alphabets_of(corpus, tallies)
    rows = max(tally.n_rows for tally in tallies.values())
    found = Found(done.described(rows), _totals(corpus, systems, tallies))
    found.rows = list(token_rows(done, tallies, systems))
    pairs = shared_pairs(tallies, references) if corpus.alignment != "none" else {}
    runs = []
    for system in systems:
        letters = letters_of(system, alphabets, tallies)
        run = _measured(corpus, system, tallies, references, pairs, letters, settings)
        found.records += records(run)
        standing = _training(system, settings).on(corpus.name)
        found.details["ledger"].append({"system": system.name, "corpus": corpus.name, **standing})
        if standing["status"] != "trained" and not KINDS.yardstick(system.spec, system.kind):
            runs.append(replace(run))  # without the resamples that it keeps
        found.details["letters_not_single"] += not_single(system.name, corpus.name, letters)
        found.details["changed_letters"] += changed_letters(system.name, corpus.name, tallies)
        watch.finish(system.name)
    found.details["comparisons"] = comparisons(runs)
    if most_words:
        found.details["costly_words"] = list_words(systems, corpus.name, tallies, most_words)
    return found


def _measured(
    corpus: Corpus,
    system: System,
    tallies: Mapping[str, Tally],
    references: Sequence[str],
    pairs: Mapping[tuple[str, str], Shared | None],
    letters: Mapping[str, Letters | str],
    settings: Settings,
) -> Measured:
    """All that a system's records need."""
    vocabulary = system.tokenizer.vocabulary
    return Measured(
        system=system.name,
        corpus=corpus.name,
        aligned=corpus.alignment != "none",
        tallies=tallies,
        references=references,
        pairs=pairs,
        words=settings.words,
        returnable=None if vocabulary is None else _returnable(vocabulary),
        unknown_reachable=None if vocabulary is None else vocabulary.unknown is not None,
        drops=vocabulary is not None and vocabulary.drops,
        letters=letters,
        context=settings.context,
        price=settings.price,
    )


def _facts(settings: Settings, found: Sequence[Found], systems: Sequence[System]) -> Facts:
    usual = Settings()
    alignments = [one.corpus["alignment"] for one in found]
    return {
        "words": settings.words,
        "norm": settings.options.normalize,
        "special": "library",
        **reading_facts(settings, found, f"boot{RESAMPLES}.s{SEED}"),
        "aligned": of_each(alignments) if set(alignments) != {"none"} else "",
        "ref": settings.references if settings.references != usual.references else "",
        "context": str(settings.context) if settings.context != usual.context else "",
        "price": number_fact(settings.price),
        "perturb": settings.perturbations,
        "method": "" if settings.words_once else "lines",
        "engine": engine_fact(systems),
    }


def _reference(name: str, languages: Sequence[str]) -> str:
    """The id of a reference; of its scripts, the one that the corpus has."""
    language = find(name)
    if language.id in languages:
        return language.id
    code = language.iso639_3 + "_"
    return next((one for one in languages if one.startswith(code)), language.id)


def _returnable(vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """The ids that an encoding can return, UNK where text can reach it, bool [size]."""
    returnable = vocabulary.returnable.copy()
    if vocabulary.unknown is not None:
        returnable[vocabulary.unknown] = True
    return returnable


def _totals(corpus: Corpus, systems: Sequence[System], tallies: Mapping[str, Tally]) -> Rows:
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
            digest = int(tally.digests[system.name].sum()) % 2**64
            row["id_digest"] = None if failed else f"{digest:016x}"
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


def _row(system: System, settings: Settings) -> dict[str, Any]:
    tokenizer = system.tokenizer
    return {
        "name": system.name,
        "spec": system.spec,
        "kind": system.kind,
        "sha256": tokenizer.sha256,
        "vocabulary": None if tokenizer.vocabulary is None else tokenizer.vocabulary.size,
        "method": "words" if settings.words_once and tokenizer.word_form is not None else "lines",
        "method_reason": tokenizer.word_reason,
        "engine": system.engine,
        "trained_on": _training(system, settings).corpora,
    }


def _training(system: System, settings: Settings) -> Training:
    """What is known of the training of a tokenizer."""
    identity = system.kind, "", system.tokenizer.sha256, ()
    return Training(identity, told(settings.trained_on, system.name, system.spec))

"""The plan: corpora × LID models → tallies → a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import langcov
from langcov.core.progress import Progress
from langcov.corpora.base import Corpus, ReadOptions
from langcov.counting.jobs import Counted, Job, Place
from langcov.counting.lid_tally import LanguageTally, combine_lid
from langcov.counting.predictions import count_lid
from langcov.errors import UserError
from langcov.languages.perturbations import check_names
from langcov.lid.classes import POLICIES, Policy
from langcov.lid.gold.items import as_lines, is_made_of
from langcov.lid.judge import Judge, judge
from langcov.lid.kinds import LidSystem
from langcov.lid.protocol import KnowsLines
from langcov.lid.stored import save
from langcov.measure import lid_details as details
from langcov.measure.plan import collected, count_all
from langcov.measure.provenance import (
    Parts,
    arranged,
    describe,
    environment,
    finished,
    now,
    reading_facts,
    rows_fact,
)
from langcov.metrics.intervals import RESAMPLES, SEED
from langcov.metrics.lid.measured import LidMeasured, Thresholds
from langcov.metrics.lid.records import records, risk_points
from langcov.metrics.lid.thresholds import found_thresholds
from langcov.results.result import Record, Result
from langcov.results.signature import SHORT
from langcov.results.signature import build as build_signature

LIBRARIES = (
    *("numpy", "fasttext-community", "lingua-language-detector", "py3langid"),
    *("pycld2", "cld3-py", "heliport", "gielladetect", "GlotScript", "commonlid"),
)
PART_BYTES = 4 << 20
"""What workers are given at once: every line is a prediction of its own, so small parts cost nothing."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class LidSettings:
    """What a measurement of LID models is told beside its corpora and models.

    Attributes:
        policy: which languages count as one: ``strict``, ``macro`` or ``group``.
        top: labels to ask for; three give ``top3_accuracy``.
        perturbations: changes after which lines are identified again, by name.
        labels: a TSV of what labels mean, by the name of the model.
        base_rate: the share of a language in the text that is to be filtered, for thresholds; None: as in the
            test.
        threshold_from: the corpus whose thresholds all are tested at, by name; empty: each its own.
        options: how files are read.

    Raises:
        UserError: there is no such policy or perturbation, ``top`` is neither 1 nor 3, or the base rate is
            none.
    """

    policy: Policy = "macro"
    top: int = 1
    perturbations: Sequence[str] = ()
    labels: Mapping[str, Path] = field(default_factory=dict)
    base_rate: float | None = None
    threshold_from: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise UserError(f"unknown policy {self.policy!r}: it is one of {', '.join(POLICIES)}")
        if self.top not in (1, 3):
            raise UserError(f"the best {self.top} labels: 1 or 3 can be asked for")
        if self.base_rate is not None and not 0 < self.base_rate < 1:
            raise UserError(f"a base rate of {self.base_rate:g}: it must be a number between 0 and 1")
        check_names(self.perturbations)


def judges_of(systems: Sequence[LidSystem], corpora: Sequence[Corpus], settings: LidSettings) -> list[Judge]:
    """The models, and what their labels mean in a test of these corpora.

    Raises:
        UserError: two models of one name, a model without a language, a table for no model, or predictions
            without what is asked for.
    """
    names = [system.name for system in systems]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UserError(f"two models are called {twice!r}: name them, NAME=SPEC")
    stray = next((name for name in settings.labels if name not in names), None)
    if stray:
        raise UserError(f"labels are given for {stray!r}, but the models are {', '.join(names)}")
    if settings.threshold_from and settings.threshold_from not in [corpus.name for corpus in corpora]:
        there = ", ".join(corpus.name for corpus in corpora)
        raise UserError(f"thresholds from {settings.threshold_from!r}: the corpora are {there}")
    for system in systems:
        if isinstance(system.model, KnowsLines):
            system.model.check(settings.top, settings.perturbations)
    languages = sorted({language for corpus in corpora for language in corpus.languages})
    return [judge(one, settings.policy, languages, settings.labels.get(one.name)) for one in systems]


def measure(
    corpora: Sequence[Corpus],
    systems: Sequence[LidSystem],
    settings: LidSettings,
    *,
    failed: Mapping[str, str] | None = None,
    executor: Executor | None = None,
    count: Callable[[Job], Counted] | None = None,
    progress: Progress | None = None,
    predictions: Path | None = None,
) -> Result:
    """Identify every line of every source with every model and compute all metrics.

    Args:
        corpora: what to read; of a word table its words and pairs of words are identified.
        systems: loaded models, no two of one name.
        settings: the rest.
        failed: models that could not be loaded, with the reason; they are listed in the result.
        executor: where sources are counted; ``count`` must then be picklable and know the models.
        count: counts one job; by default ``count_lid``.
        progress: told what happens.
        predictions: where what the model says of each line is written (``langcov.lid.stored``); ``count``
            must then keep it.

    Raises:
        UserError: the input is wrong, or several models are to have their predictions written.
        KeyboardInterrupt: with the partial result, of the languages that were finished, as its
            argument where there is one.
    """
    judges = judges_of(systems, corpora, settings)
    if predictions is not None and len(judges) != 1:
        raise UserError(f"{predictions}: predictions are kept of one model, not of {len(judges)}: name one")
    tests = as_lines(corpora, settings.options)
    watch = progress or Progress()

    def here(job: Job) -> Counted:
        path = job.source.path
        asked = (settings.top, settings.perturbations)
        keep = predictions is not None
        return count_lid(job, judges, *asked, lambda size: watch.advance(path, size), keep)

    lines = [corpus for corpus, _ in tests]
    asked = (lines, settings.options, count or here, executor, watch)
    done, interrupted = collected(count_all(*asked, part_bytes=PART_BYTES))
    if predictions is not None:
        system = judges[0].system
        said = details.said(tests, done, system.name)
        save(predictions, system.model, system.name, settings.top, settings.perturbations, said)
    result = _result(tests, judges, settings, failed or {}, done, interrupted)
    if interrupted:
        raise KeyboardInterrupt(result)
    return result


def _result(
    tests: Sequence[tuple[Corpus, str]],
    judges: Sequence[Judge],
    settings: LidSettings,
    failed: Mapping[str, str],
    counted: Mapping[Place, Counted],
    interrupted: bool,
) -> Result:
    found: list[Record] = []
    described: Rows = []
    totals: Rows = []
    tables: dict[str, Rows] = {name: [] for name in details.NAMES}
    runs = _runs(tests, judges, settings, counted)
    for corpus, items, parts, of_corpus in runs:
        described.append(describe(corpus, parts, _most_rows(of_corpus[0].tallies)) | {"items": items})
        tables["gold_exceptions"] += details.exceptions(corpus, of_corpus[0].tallies)
        for run in of_corpus:
            name = run.judge.system.name
            found += records(run)
            totals += details.totals(corpus, name, parts, run.tallies)
            where = {"system": name, "corpus": corpus.name}
            tables["confusion"] += [where | cell for cell in details.confusion(run)]
            tables["small_classes"] += [where | one for one in details.small_classes(run)]
            tables["risk_coverage"] += [where | point for point in risk_points(run)]
            tables["thresholds"] += [where | one for one in details.thresholds(run)]
            tables["ledger"].append(where | details.standing(run.judge.system, corpus.name))
    facts = {
        "policy": settings.policy,
        "gold": "source.declared-script",
        "top": str(settings.top),
        "norm": settings.options.normalize,
        "rows": rows_fact(described),
        "ci": f"wilson+boot{RESAMPLES}.s{SEED}",
        **reading_facts(settings.options),
    }
    told = [f"{one.system.name}.{one.digest[:SHORT]}" for one in judges if one.system.name in settings.labels]
    if told:
        facts["labels"] = ",".join(told)
    cleaned = [f"{one.system.name}.{clean}" for one in judges if (clean := details.cleaning(one.system))]
    if cleaned:
        facts["clean"] = ",".join(cleaned)
    unhashed = [one.system.model.version for one in judges if one.system.model.sha256 is None]
    if unhashed:
        facts["model"] = ",".join(unhashed)
    if settings.base_rate is not None:
        facts["base-rate"] = f"{settings.base_rate:g}"
    if settings.threshold_from:
        facts["threshold-from"] = settings.threshold_from
    if settings.perturbations:
        facts["perturb"] = ",".join(settings.perturbations)
    if interrupted:
        facts["partial"] = "interrupted"
    facts["version"] = langcov.__version__
    signature = build_signature(
        [(corpus["name"], corpus["sha256"]) for corpus in described],
        [(one.system.name, one.system.model.sha256) for one in judges],
        facts,
        label="lid",
    )
    return Result(
        kind="lid",
        signature=signature,
        created=now(),
        environment=environment(LIBRARIES),
        corpora=described,
        systems=details.systems(judges, failed),
        totals=totals,
        records=found,
        details=tables,
    )


def _runs(
    tests: Sequence[tuple[Corpus, str]],
    judges: Sequence[Judge],
    settings: LidSettings,
    counted: Mapping[Place, Counted],
) -> list[tuple[Corpus, str, Parts, list[LidMeasured]]]:
    """What each model did on each corpus, with the thresholds that it is tested at."""
    runs: list[tuple[Corpus, str, Parts, list[LidMeasured]]] = []
    for corpus, items in tests:
        parts = finished(corpus, counted)
        files = arranged(corpus, parts) if parts else {}
        of_corpus = [
            LidMeasured(
                one,
                corpus.name,
                {language: combine_lid(*files[language], one.system.name) for language in files},
                corpus.documents == "none",
                settings.top,
                settings.perturbations,
                settings.base_rate,
            )
            for one in judges
        ]
        runs += [(corpus, items, parts, of_corpus)] if parts else []
    if not settings.threshold_from:
        return runs
    found = {
        (run.judge.system.name, items): found_thresholds(run)
        for corpus, items, _, of_corpus in runs
        if settings.threshold_from == is_made_of(corpus, items)
        for run in of_corpus
    }
    nothing = Thresholds(settings.threshold_from, {})
    return [
        (corpus, items, parts, [_tested(run, items, found, nothing) for run in of_corpus])
        for corpus, items, parts, of_corpus in runs
    ]


def _tested(
    run: LidMeasured, items: str, found: Mapping[tuple[str, str], Thresholds], nothing: Thresholds
) -> LidMeasured:
    """A run with thresholds of its own model from another corpus: of words for words, if there are some."""
    name = run.judge.system.name
    any_kind = next((one for (of, _), one in found.items() if of == name), nothing)
    return replace(run, thresholds=found.get((name, items), any_kind))


def _most_rows(tallies: Mapping[str, LanguageTally]) -> int:
    return max(tally.n_rows for tally in tallies.values())

"""The plan: corpora × LID models → tallies → a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import langcov
from langcov.core.progress import Progress
from langcov.corpora.base import Corpus, ReadOptions
from langcov.counting.jobs import Counted, Job, Place
from langcov.counting.lid_tally import LanguageTally, LidTally, combine_lid
from langcov.counting.predictions import count_lid
from langcov.errors import UserError
from langcov.languages.perturbations import check_names
from langcov.lid.classes import POLICIES, Policy
from langcov.lid.cleaning import NONE
from langcov.lid.gold.exceptions import gold_lists
from langcov.lid.gold.items import as_lines
from langcov.lid.judge import Judge, judge
from langcov.lid.kinds import LidSystem
from langcov.lid.ledger import status
from langcov.lid.protocol import CleansText, KnowsLines
from langcov.lid.protocol import Place as Where
from langcov.lid.stored import Said, joined, save
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
from langcov.metrics.lid.measured import FEWEST_LINES, LidMeasured
from langcov.metrics.lid.records import records, risk_points
from langcov.results.result import Record, Result
from langcov.results.signature import SHORT
from langcov.results.signature import build as build_signature

LIBRARIES = (
    *("numpy", "fasttext-community", "lingua-language-detector", "py3langid"),
    *("pycld2", "cld3-py", "heliport", "gielladetect", "GlotScript", "commonlid"),
)
TEXT = ("lines", "empty_lines", "chars", "bytes")
DETAILS = ("confusion", "small_classes", "gold_exceptions", "ledger", "risk_coverage")
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
        options: how files are read.

    Raises:
        UserError: there is no such policy or perturbation, or ``top`` is neither 1 nor 3.
    """

    policy: Policy = "macro"
    top: int = 1
    perturbations: Sequence[str] = ()
    labels: Mapping[str, Path] = field(default_factory=dict)
    options: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise UserError(f"unknown policy {self.policy!r}: it is one of {', '.join(POLICIES)}")
        if self.top not in (1, 3):
            raise UserError(f"the best {self.top} labels: 1 or 3 can be asked for")
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
        said = _said(tests, done, system.name)
        save(predictions, system.model, system.name, settings.top, settings.perturbations, said)
    result = _result(tests, judges, settings, failed or {}, done, interrupted)
    if interrupted:
        raise KeyboardInterrupt(result)
    return result


def _said(
    tests: Sequence[tuple[Corpus, str]], counted: Mapping[Place, Counted], name: str
) -> Iterator[tuple[Where, Said]]:
    """What a model said of each source that it did not fail on, its parts in their order."""
    for corpus, _ in tests:
        for source in corpus.sources:
            one = counted.get((corpus.name, source))
            tally: LidTally = one.tally.systems[name] if one else LidTally()
            if tally.said and not tally.failed:
                yield Where(corpus.name, source.language, Path(source.path).name), joined(tally.said)


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
    details: dict[str, Rows] = {name: [] for name in DETAILS}
    for corpus, items in tests:
        parts = finished(corpus, counted)
        if not parts:
            continue
        files = arranged(corpus, parts)
        for at, one in enumerate(judges):
            name = one.system.name
            tallies = {language: combine_lid(*files[language], name) for language in files}
            if at == 0:
                described.append(describe(corpus, parts, _most_rows(tallies)) | {"items": items})
                details["gold_exceptions"] += _exceptions(corpus, tallies)
            independent = corpus.documents == "none"
            run = LidMeasured(one, corpus.name, tallies, independent, settings.top, settings.perturbations)
            found += records(run)
            totals += _totals(corpus, name, parts, tallies)
            where = {"system": name, "corpus": corpus.name}
            details["confusion"] += [where | cell for cell in _confusion(run)]
            details["small_classes"] += [where | one for one in _small(run)]
            details["risk_coverage"] += [where | point for point in risk_points(run)]
            details["ledger"].append(where | _standing(one.system, corpus.name))
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
    cleaned = [f"{one.system.name}.{clean}" for one in judges if (clean := _cleaning(one.system))]
    if cleaned:
        facts["clean"] = ",".join(cleaned)
    unhashed = [one.system.model.version for one in judges if one.system.model.sha256 is None]
    if unhashed:
        facts["model"] = ",".join(unhashed)
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
        systems=_systems(judges, failed),
        totals=totals,
        records=found,
        details=details,
    )


def _most_rows(tallies: Mapping[str, LanguageTally]) -> int:
    return max(tally.n_rows for tally in tallies.values())


def _exceptions(corpus: Corpus, tallies: Mapping[str, LanguageTally]) -> Rows:
    """The lines that were counted apart, by list."""
    lists = {one.name: one for one in gold_lists()}
    return [
        {
            **{"corpus": corpus.name, "language": language, "list": name},
            **{"kind": lists[name].kind, "what": lists[name].what, "lines": lines},
        }
        for language, tally in tallies.items()
        for name, lines in sorted(tally.apart.items())
    ]


def _totals(corpus: Corpus, system: str, parts: Parts, tallies: Mapping[str, LanguageTally]) -> Rows:
    rows = []
    for language, tally in tallies.items():
        text = {name: sum(int(part.tally.columns[name].sum()) for part in parts[language]) for name in TEXT}
        row: dict[str, Any] = {"system": system, "corpus": corpus.name, "language": language}
        row |= {"rows": tally.n_rows, **text, "off_script_lines": tally.off_script}
        row["excepted"] = sum(tally.apart.values())
        row["predictions"] = None if tally.failed else int(tally.answers.lines.sum())
        rows.append(row)
    return rows


def _confusion(run: LidMeasured) -> Rows:
    """The cells of the confusion matrix that are not empty."""
    gold = list(run.gold)
    return [
        {"gold": gold[g], "predicted": run.names[p], "count": int(run.confusion[g, p])}
        for g, p in np.argwhere(run.confusion).tolist()
    ]


def _small(run: LidMeasured) -> Rows:
    """The gold classes that stay out of means."""
    small = run.lines < FEWEST_LINES
    return [
        {"gold": gold, "lines": lines}
        for gold, lines, few in zip(run.gold, run.lines.tolist(), small.tolist())
        if few
    ]


def _standing(system: LidSystem, corpus: str) -> dict[str, str]:
    """What the ledger says; a corpus made of a word table is its text's."""
    model = system.model
    found = status(system.kind, model.version, corpus.partition(" ")[0], model.sha256, model.labels)
    return {"status": found.status, "source": found.source, "note": found.note}


def _cleaning(system: LidSystem) -> str | None:
    """What is done to a line before the model is given it, if anything."""
    clean = system.model.clean if isinstance(system.model, CleansText) else NONE
    return clean if clean != NONE else None


def _systems(judges: Sequence[Judge], failed: Mapping[str, str]) -> Rows:
    blank = dict.fromkeys(
        ("kind", "sha256", "vocabulary", "method", "engine", "version", "labels", "unmapped", "score")
    )
    described = [
        {
            **{"name": one.system.name, "spec": one.system.spec, **blank, "kind": one.system.kind},
            **{"sha256": one.system.model.sha256, "version": one.system.model.version},
            **{"labels": len(one.meanings), "unmapped": one.unexplained, "clean": _cleaning(one.system)},
            **{"score": one.system.model.score, "skipped": None},
        }
        for one in judges
    ]
    return described + [{"name": spec, "spec": spec, **blank, "skipped": why} for spec, why in failed.items()]

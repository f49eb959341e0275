"""The plan: corpora × LID models → tallies → a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from langcov.core.progress import Progress
from langcov.corpora.base import Corpus
from langcov.counting.jobs import Counted, Job
from langcov.counting.lid_tally import LanguageTally, combine_lid
from langcov.counting.predictions import count_lid
from langcov.errors import UserError
from langcov.lid.classes import POLICIES, Policy
from langcov.lid.gold.exceptions import gold_lists
from langcov.lid.gold.items import as_lines
from langcov.lid.judge import Judge, judge
from langcov.lid.kinds import LidSystem
from langcov.lid.ledger import status
from langcov.measure.plan import MeasureSettings, count_all
from langcov.measure.provenance import (
    Finished,
    Found,
    Layout,
    card_facts,
    check_distinct,
    finished,
    reading_facts,
)
from langcov.metrics.intervals import RESAMPLES, SEED
from langcov.metrics.lid.measured import LidMeasured
from langcov.metrics.lid.records import records, risk_points
from langcov.results.result import Result, Rows
from langcov.results.signature import SHORT, Facts

TEXT = ("lines", "empty_lines", "chars", "bytes")
PART_BYTES = 4 << 20
"""What workers are given at once: every line is a prediction of its own, so small parts cost nothing."""
LAYOUT = Layout(
    kind="lid",
    label="lid",
    columns=("kind", "sha256", "vocabulary", "method", "engine", "version", "labels", "score"),
    details=("confusion", "gold_exceptions", "ledger", "risk_coverage"),
    libraries=(
        *("numpy", "fasttext-community", "lingua-language-detector", "py3langid"),
        *("pycld2", "cld3-py", "heliport"),
    ),
)


@dataclass
class LidSettings(MeasureSettings):
    """What a measurement of LID models is told.

    Attributes:
        policy: which languages count as one: ``strict``, ``macro`` or ``group``.
        top: labels to ask for; three give ``top3_accuracy``.
        labels: a TSV of what labels mean, by the name of the model.

    Raises:
        UserError: there is no such policy, or ``top`` is neither 1 nor 3.
    """

    policy: Policy = "macro"
    top: int = 1
    labels: Mapping[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.policy not in POLICIES:
            raise UserError(f"unknown policy {self.policy!r}: it is one of {', '.join(POLICIES)}")
        if self.top not in (1, 3):
            raise UserError(f"the best {self.top} labels: 1 or 3 can be asked for")


def judges_of(systems: Sequence[LidSystem], corpora: Sequence[Corpus], settings: LidSettings) -> list[Judge]:
    """The models, and what their labels mean in a test of these corpora.

    Raises:
        UserError: two models of one name, labels that nothing explains, or a table for no model.
    """
    names = [system.name for system in systems]
    check_distinct(names, "model")
    stray = next((name for name in settings.labels if name not in names), None)
    if stray:
        raise UserError(f"labels are given for {stray!r}, but the models are {', '.join(names)}")
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

    Raises:
        UserError: the input is wrong.
        KeyboardInterrupt: with the partial result, of the languages that were finished, as its
            argument where there is one.
    """
    judges = judges_of(systems, corpora, settings)
    tests = as_lines(corpora, settings.options)
    watch = progress or Progress()

    def here(job: Job) -> Counted:
        return count_lid(job, judges, settings.top, partial(watch.advance, job.source.path))

    lines = [corpus for corpus, _ in tests]
    done, interrupted = count_all(lines, settings, count or here, executor, watch, part_bytes=PART_BYTES)
    items = {corpus.name: each for corpus, each in tests}
    found = [_of_corpus(one, items[one.corpus.name], judges, settings) for one in finished(lines, done)]
    rows = [_row(judge) for judge in judges]
    facts = _facts(settings, found, judges)
    return LAYOUT.result(found, rows, failed, facts, card_facts(lines), interrupted)


def _of_corpus(done: Finished, items: str, judges: Sequence[Judge], settings: LidSettings) -> Found:
    corpus, files = done.corpus, done.arranged()
    by_model = {
        one.system.name: {language: combine_lid(*files[language], one.system.name) for language in files}
        for one in judges
    }
    of_any = next(iter(by_model.values()))
    rows = max(tally.n_rows for tally in of_any.values())
    found = Found(done.described(rows) | {"items": items})
    found.details["gold_exceptions"] += _exceptions(corpus, of_any)
    for one in judges:
        name, tallies = one.system.name, by_model[one.system.name]
        independent = corpus.documents == "none"
        run = LidMeasured(one, corpus.name, tallies, independent, settings.top, settings.perturbations)
        where = {"system": name, "corpus": corpus.name}
        found.records += records(run)
        found.totals += _totals(done, name, tallies)
        found.details["confusion"] += [where | cell for cell in _confusion(run)]
        found.details["risk_coverage"] += [where | point for point in risk_points(run)]
        found.details["ledger"].append(where | _standing(one.system, corpus.name))
    return found


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


def _totals(done: Finished, system: str, tallies: Mapping[str, LanguageTally]) -> Rows:
    rows = []
    for language, tally in tallies.items():
        parts = done.parts[language]
        text = {name: sum(int(part.tally.columns[name].sum()) for part in parts) for name in TEXT}
        row: dict[str, Any] = {"system": system, "corpus": done.corpus.name, "language": language}
        row |= {"rows": tally.n_rows, **text}
        row["excepted"] = sum(tally.apart.values())
        row["predictions"] = None if tally.failed else int(tally.answers.lines.sum())
        rows.append(row)
    return rows


def _confusion(run: LidMeasured) -> Rows:
    """The cells of the confusion matrix that are not empty."""
    names = [run.judge.names[at] for at in run.columns.tolist()]
    gold = list(run.gold)
    return [
        {"gold": gold[g], "predicted": names[p], "count": int(run.confusion[g, p])}
        for g, p in np.argwhere(run.confusion).tolist()
    ]


def _standing(system: LidSystem, corpus: str) -> dict[str, str]:
    """What the ledger says; a corpus made of a word table is its text's."""
    model = system.model
    found = status(system.kind, model.version, corpus.partition(" ")[0], model.sha256)
    return {"status": found.status, "source": found.source, "note": found.note}


def _row(one: Judge) -> dict[str, Any]:
    """A model as a result lists it."""
    system, model = one.system, one.system.model
    return {
        **{"name": system.name, "spec": system.spec, "kind": system.kind, "sha256": model.sha256},
        **{"version": model.version, "labels": len(one.meanings), "score": model.score},
    }


def _facts(settings: LidSettings, found: Sequence[Found], judges: Sequence[Judge]) -> Facts:
    """What the figures depend on, for the signature."""
    told = [one for one in judges if one.system.name in settings.labels]
    unhashed = [one.system for one in judges if one.system.model.sha256 is None]
    return {
        "policy": settings.policy,
        "gold": "source.script-of-line",
        "top": str(settings.top),
        "norm": settings.options.normalize,
        **reading_facts(settings, found, f"wilson+boot{RESAMPLES}.s{SEED}"),
        "labels": [f"{one.system.name}.{one.digest[:SHORT]}" for one in told],
        "model": [one.model.version or one.spec for one in unhashed],
        "perturb": settings.perturbations,
    }

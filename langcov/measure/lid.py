"""The plan: corpora × LID models → tallies → a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from langcov.core.work import Progress, until_interrupt
from langcov.corpora.base import Corpus
from langcov.counting.jobs import Counted, Job
from langcov.counting.lid_tally import combine_lid
from langcov.counting.predictions import count_lid
from langcov.counting.tally import arrange
from langcov.errors import UserError
from langcov.lid.classes import POLICIES, Policy
from langcov.lid.gold.word_tests import as_lines, is_made_of
from langcov.lid.judge import Judge, judge
from langcov.lid.kinds import KINDS, LidSystem
from langcov.lid.protocol import KnowsLines
from langcov.lid.stored import check_places, save
from langcov.measure import lid_details as details
from langcov.measure.engines import end_mistrusted, engine_fact
from langcov.measure.plan import FIGURES, MeasureSettings
from langcov.measure.provenance import (
    Finished,
    Found,
    Layout,
    card_facts,
    check_distinct,
    finished,
    number_fact,
    reading_facts,
)
from langcov.measure.rows import lid_rows, text_rows
from langcov.measure.sources import Where, count_all
from langcov.measure.training import check_told
from langcov.metrics.intervals import RESAMPLES, SEED
from langcov.metrics.lid.comparisons import Contender, comparisons, contender
from langcov.metrics.lid.measured import LidMeasured, Thresholds
from langcov.metrics.lid.records import records, risk_points
from langcov.metrics.lid.thresholds import found_thresholds
from langcov.results.result import Result
from langcov.results.signature import SHORT, Facts

PART_BYTES = 4 << 20
"""What workers are given at once: every line is a prediction of its own, so small parts cost nothing."""
LAYOUT = Layout(
    kind="lid",
    label="lid",
    columns=(
        "kind",
        "sha256",
        "vocabulary",
        "method",
        "engine",
        "version",
        "labels",
        *("unmapped", "clean", "score", "trained_on"),
    ),
    details=(
        *("confusion", "small_classes", "gold_exceptions", "ledger", "risk_coverage", "thresholds"),
        "comparisons",
    ),
    libraries=(
        *("numpy", "fasttext-community", "lingua-language-detector", "py3langid"),
        *("pycld2", "cld3-py", "heliport", "gielladetect", "GlotScript", "commonlid"),
    ),
)


@dataclass
class LidSettings(MeasureSettings):
    """What a measurement of LID models is told.

    Raises:
        UserError: there is no such policy, ``top`` is neither 1 nor 3, or the base rate is none.
    """

    policy: Policy = "macro"  # which languages count as one: ``strict``, ``macro`` or ``group``
    top: int = 1  # labels to ask for; three give ``top3_accuracy``
    # a TSV of what labels mean, by the name of the model
    labels: Mapping[str, Path] = field(default_factory=dict)
    # the share of a language in the text that is to be filtered, for thresholds; None: as in the test
    base_rate: float | None = None
    threshold_from: str = ""  # the corpus whose thresholds all are tested at, by name; empty: each its own

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.policy not in POLICIES:
            raise UserError(f"unknown policy {self.policy!r}: it is one of {', '.join(POLICIES)}")
        if self.top not in (1, 3):
            raise UserError(f"the best {self.top} labels: 1 or 3 can be asked for")
        if self.base_rate is not None and not 0 < self.base_rate < 1:
            raise UserError(f"a base rate of {self.base_rate:g}: it must be a number between 0 and 1")


def judges_of(systems: Sequence[LidSystem], corpora: Sequence[Corpus], settings: LidSettings) -> list[Judge]:
    """The models, and what their labels mean in a test of these corpora.

    Raises:
        UserError: two models of one name, a model without a language, a table for no model, or predictions
            without what is asked for.
    """
    names = [system.name for system in systems]
    check_distinct(names, "model")
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
    where: Where | None = None,
    progress: Progress | None = None,
    predictions: Path | None = None,
) -> Result:
    """Identify every line of every source with every model and compute all metrics.

    Args:
        corpora: what to read; of a word table its words and pairs of words are identified.
        systems: loaded models, no two of one name.
        failed: models that could not be loaded, with the reason; they are listed in the result.
        where: where sources are counted; by default here.
        predictions: where what the model says of each line is written (``langcov.lid.stored``); what counts
            must then keep it.

    Raises:
        UserError: the input is wrong, or several models are to have their predictions written.
        KeyboardInterrupt: with the partial result, of the languages that were finished, as its
            argument where there is one.
    """
    judges = judges_of(systems, corpora, settings)
    check_told(settings.trained_on, [word for one in systems for word in (one.name, one.spec)], corpora)
    if predictions is not None and len(judges) != 1:
        raise UserError(f"{predictions}: predictions are kept of one model, not of {len(judges)}: name one")
    tests = as_lines(corpora, settings.options)
    watch = progress or Progress()

    def here(job: Job) -> Counted:
        advance = partial(watch.advance, job.source.path)
        return count_lid(job, judges, settings.top, advance, keep=predictions is not None)

    lines = [corpus for corpus, _ in tests]
    if predictions is not None or any(isinstance(system.model, KnowsLines) for system in systems):
        check_places(lines)
    done, interrupted = count_all(lines, settings, here, where or Where(), watch, part_bytes=PART_BYTES)
    end_mistrusted(systems, list(done.values()))
    if predictions is not None:
        said = details.said(tests, done, systems[0].name)
        save(predictions, systems[0], settings.top, settings.perturbations, said)
    items = {corpus.name: each for corpus, each in tests}
    counted = [(one, items[one.corpus.name]) for one in finished(lines, done)]
    runs = _tested([_runs(one, judges, settings) for one, _ in counted], counted, settings.threshold_from)
    watch.start(sum(map(len, runs)), FIGURES)
    found, ended = until_interrupt(
        _of_corpus(one, each, of_one, settings, watch) for (one, each), of_one in zip(counted, runs)
    )
    rows = [
        details.system(judge) | {"trained_on": details.training(judge.system, settings.trained_on).corpora}
        for judge in judges
    ]
    facts = _facts(settings, found, judges)
    return LAYOUT.result(found, rows, failed, facts, card_facts(lines), interrupted or ended)


def _of_corpus(
    done: Finished, items: str, runs: Sequence[LidMeasured], settings: LidSettings, watch: Progress
) -> Found:
    rows = max(tally.n_rows for tally in runs[0].tallies.values())
    found = Found(done.described(rows) | {"items": items})
    found.details["gold_exceptions"] += details.exceptions(done.corpus, runs[0].tallies)
    found.rows = [text_rows(done, language, arrange(*files)) for language, files in done.arranged().items()]
    fit: list[Contender] = []
    for run in map(replace, runs):  # without the resamples that others of it keep
        where = {"system": run.judge.system.name, "corpus": run.corpus}
        found.records += records(run)
        found.rows += lid_rows(run)
        found.totals += details.totals(done, run)
        ledger = details.training(run.judge.system, settings.trained_on).on(run.corpus)
        seen = ledger["status"] == "trained" or KINDS.yardstick(run.judge.system.spec, run.judge.system.kind)
        if not (seen or run.failed):
            fit.append(contender(run))
        tables = {
            "confusion": details.confusion(run),
            "small_classes": details.small_classes(run),
            "risk_coverage": risk_points(run),
            "thresholds": details.thresholds(run),
            "ledger": [ledger],
        }
        for name, rows_of in tables.items():
            found.details[name] += [where | row for row in rows_of]
        watch.finish(run.judge.system.name)
    found.details["comparisons"] = comparisons(done.corpus.name, fit)
    return found


def _runs(done: Finished, judges: Sequence[Judge], settings: LidSettings) -> list[LidMeasured]:
    """What each model did on a corpus."""
    corpus, files = done.corpus, done.arranged()
    return [
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


def _tested(
    runs: Sequence[Sequence[LidMeasured]], counted: Sequence[tuple[Finished, str]], threshold_from: str
) -> list[list[LidMeasured]]:
    """The runs on each corpus, with thresholds from one: those of words for words, if it has some."""
    if not threshold_from:
        return [list(of_one) for of_one in runs]
    found = {
        (run.judge.system.name, items): found_thresholds(run)
        for (done, items), of_one in zip(counted, runs)
        if is_made_of(done.corpus, items) == threshold_from
        for run in of_one
    }
    of_any = {name: thresholds for (name, _), thresholds in reversed(found.items())}
    nothing = Thresholds(threshold_from, {})

    def of(run: LidMeasured, items: str) -> Thresholds:
        name = run.judge.system.name
        return found.get((name, items), of_any.get(name, nothing))

    return [
        [replace(run, thresholds=of(run, items)) for run in of_one]
        for (_, items), of_one in zip(counted, runs)
    ]


def _facts(settings: LidSettings, found: Sequence[Found], judges: Sequence[Judge]) -> Facts:
    told = [one for one in judges if one.system.name in settings.labels]
    cleaned = [(one.system.name, details.cleaning(one.system)) for one in judges]
    unhashed = [details.known_as(one.system) for one in judges if one.system.model.sha256 is None]
    return {
        "policy": settings.policy,
        "gold": "source.declared-script",
        "top": str(settings.top),
        "norm": settings.options.normalize,
        **reading_facts(settings, found, f"wilson+boot{RESAMPLES}.s{SEED}"),
        "labels": [f"{one.system.name}.{one.digest[:SHORT]}" for one in told],
        "clean": [f"{name}.{clean}" for name, clean in cleaned if clean],
        "model": unhashed,
        "engine": engine_fact(one.system for one in judges),
        "base-rate": number_fact(settings.base_rate),
        "threshold-from": settings.threshold_from,
        "perturb": settings.perturbations,
    }

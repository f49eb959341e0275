"""The tables of a language-ID result beside its records: totals, systems, confusion and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from langcov.corpora.base import Corpus
from langcov.counting.jobs import Counted, Place
from langcov.counting.lid_tally import LanguageTally, LidTally
from langcov.lid.cleaning import NONE
from langcov.lid.gold.exceptions import gold_lists
from langcov.lid.judge import Judge
from langcov.lid.kinds import LidSystem
from langcov.lid.protocol import STEPS, CleansText, Named
from langcov.lid.protocol import Place as Where
from langcov.lid.stored import Said, joined, place_of
from langcov.measure.provenance import Finished
from langcov.measure.training import Training, told
from langcov.metrics.lid.measured import FEWEST_LINES, LidMeasured
from langcov.metrics.lid.thresholds import ALL, used_thresholds
from langcov.results.result import Rows

TEXT = ("lines", "empty_lines", "chars", "bytes")


def exceptions(corpus: Corpus, tallies: Mapping[str, LanguageTally]) -> Rows:
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


def totals(done: Finished, run: LidMeasured) -> Rows:
    """Exact counts of each language."""
    rows = []
    for language, tally in run.tallies.items():
        parts = done.parts[language]
        text = {name: sum(int(part.tally.columns[name].sum()) for part in parts) for name in TEXT}
        row: dict[str, Any] = {"system": run.judge.system.name, "corpus": run.corpus, "language": language}
        row |= {"rows": tally.n_rows, **text, "off_script_lines": tally.off_script}
        row["excepted"] = sum(tally.apart.values())
        row["predictions"] = None if tally.failed else int(tally.answers.lines.sum())
        rows.append(row)
    return rows


def confusion(run: LidMeasured) -> Rows:
    """The cells of the confusion matrix that are not empty."""
    gold = list(run.gold)
    return [
        {"gold": gold[g], "predicted": run.names[p], "count": int(run.confusion[g, p])}
        for g, p in np.argwhere(run.confusion).tolist()
    ]


def small_classes(run: LidMeasured) -> Rows:
    """The gold classes that stay out of means."""
    small = run.lines < FEWEST_LINES
    return [
        {"gold": gold, "lines": lines}
        for gold, lines, few in zip(run.gold, run.lines.tolist(), small.tolist())
        if few
    ]


def training(system: LidSystem, said: Mapping[str, Sequence[str]]) -> Training:
    """What is known of the training of a model."""
    model = system.model
    identity = system.kind, model.version, model.sha256, model.labels
    return Training(identity, told(said, system.name, system.spec))


def cleaning(system: LidSystem) -> str | None:
    """What is done to a line before the model is given it, if anything."""
    clean = system.model.clean if isinstance(system.model, CleansText) else NONE
    return clean if clean != NONE else None


def known_as(system: LidSystem) -> str:
    """What a model without a hash is known as: its version, else what was asked for."""
    return system.model.version or (system.model.spec if isinstance(system.model, Named) else system.spec)


def system(one: Judge) -> dict[str, Any]:
    """A model as a result lists it."""
    system, model = one.system, one.system.model
    return {
        **{"name": system.name, "spec": system.spec, "kind": system.kind, "sha256": model.sha256},
        **{"version": model.version, "labels": len(one.meanings), "unmapped": one.unexplained},
        **{"clean": cleaning(system), "score": model.score, "engine": system.engine},
    }


def thresholds(run: LidMeasured) -> Rows:
    """The scores that the answers of a model are tested at; none where scores are no probabilities."""
    if run.judge.system.model.score != "probability":
        return []
    used = used_thresholds(run)
    return [
        {"from": used.corpus, "gold": name or None, "threshold": step / STEPS}
        for name, step in used.steps.items()
        if step >= 0 and (name in run.gold or name == ALL)
    ]


def said(
    tests: Sequence[tuple[Corpus, str]], counted: Mapping[Place, Counted], name: str
) -> Iterator[tuple[Where, Said]]:
    """What a model said of each source that it did not fail on, its parts in their order."""
    for corpus, _ in tests:
        for source in corpus.sources:
            one = counted.get((corpus.name, source))
            tally: LidTally = one.tally.systems[name] if one else LidTally()
            if tally.said and not tally.failed:
                yield place_of(corpus, source), joined(tally.said)

"""Boundaries against morphemes for programs: schema ``langcov.morphology/1`` (CONTRACT, Morphology)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from langcov import __version__
from langcov.metrics.morphology import Estimate
from langcov.morphology.gold import LEFT_OUT, Gold
from langcov.morphology.measure import Measured, baselines
from langcov.results.result import Rows, json_text
from langcov.tokenizers import System

SCHEMA = "langcov.morphology/1"


def as_json(systems: Sequence[System], golds: Sequence[Gold], found: Sequence[Measured]) -> str:
    """All of it, a row a line."""
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "systems": [_system(one) for one in systems],
            "lists": [_list(one) for one in golds],
            "records": list(_records(golds, found)),
        }
    )


def signature(systems: Sequence[System], golds: Sequence[Gold]) -> str:
    """What was measured, in a line."""
    toks = "+".join(f"{one.name}@{(one.tokenizer.sha256 or 'none')[:8]}" for one in systems)
    lists = "+".join(f"{one.name}@{one.sha256[:8]}.{one.quality}" for one in golds)
    return f"morph:{lists}|tok:{toks}|version:{__version__}"


def _system(one: System) -> dict[str, Any]:
    return {"name": one.name, "spec": one.spec, "kind": one.kind, "sha256": one.tokenizer.sha256}


def _list(one: Gold) -> dict[str, Any]:
    return {
        "name": one.name,
        "language": one.language or None,
        "quality": one.quality,
        "sha256": one.sha256,
        "words": len(one.words),
        "boundaries": len(one.boundaries),
        "exact": one.exact,
        "aligned": one.aligned,
        "left_out": [
            {"cause": cause, "reason": LEFT_OUT[cause], "words": n, "line": line}
            for cause, (n, line) in one.left_out.items()
        ],
    }


def _records(golds: Sequence[Gold], found: Sequence[Measured]) -> Iterator[dict[str, Any]]:
    for gold in golds:
        for one in found:
            if one.gold is gold:
                yield from _rows(one.system, gold, one.words, one.unknown, one.figures)
        for name, figures in baselines(gold):
            yield from _rows(name, gold, len(gold.words), 0, figures)


def _rows(system: str, gold: Gold, words: int, unknown: int, figures: Mapping[str, Estimate]) -> Rows:
    where = {"system": system, "list": gold.name, "quality": gold.quality}
    return [
        {**where, "metric": metric, **one._asdict(), "words": words, "unknown": unknown}
        for metric, one in figures.items()
    ]

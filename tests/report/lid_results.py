"""Language-ID results whose confusions were put there by hand; their records follow by plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langcov.metrics.lid.metric import UNSUPPORTED
from langcov.results.result import Record, Result

Confusion = Mapping[str, Mapping[str, int]]

LABELS = {"alpha": {"rus_Cyrl", "tat_Cyrl", "eng_Latn"}, "beta": {"rus_Cyrl", "tat_Cyrl", "bak_Cyrl"}}
CONFUSIONS: dict[str, Confusion] = {
    "alpha": {
        "rus_Cyrl": {"rus_Cyrl": 10},
        "tat_Cyrl": {"tat_Cyrl": 8, "rus_Cyrl": 2},
        "bak_Cyrl": {"tat_Cyrl": 9, "unsure": 1},
        "eve_Cyrl": {"rus_Cyrl": 10},
        "niv_Cyrl": {"rus_Cyrl": 6, "unsure": 4},
    },
    "beta": {
        "rus_Cyrl": {"rus_Cyrl": 9, "bak_Cyrl": 1},
        "tat_Cyrl": {"tat_Cyrl": 10},
        "bak_Cyrl": {"bak_Cyrl": 5, "tat_Cyrl": 5},
        "eve_Cyrl": {"unsure": 10},
        "niv_Cyrl": {"not-language": 10},
    },
}


def lid_result(confusions: Mapping[str, Confusion] = CONFUSIONS, **parts: Any) -> Result:
    """A result of these models; a model of another name has the labels of alpha."""
    given: dict[str, Any] = {
        "kind": "lid",
        "signature": {"short": "corpus:udhr@12345678|policy:macro|script:line", "long": "x"},
        "created": "2026-01-01T00:00:00Z",
        "environment": {},
        "corpora": [{"name": "udhr", "alignment": "keys", "rows": "document", "items": "lines"}],
        "systems": [{"name": name, "kind": "cld2", "skipped": None} for name in confusions],
        "totals": [],
        "records": [record for name in confusions for record in records(name, confusions[name])],
        "details": {
            "confusion": [
                {"system": system, "corpus": "udhr", "gold": gold, "predicted": predicted, "count": count}
                for system, confusion in confusions.items()
                for gold, cells in confusion.items()
                for predicted, count in cells.items()
            ],
            "ledger": [
                {"system": system, "corpus": "udhr", "status": status, "source": "a paper", "note": ""}
                for system, status in (("alpha", "unknown"), ("beta", "trained"))
                if system in confusions
            ],
        },
    }
    details = given["details"] | parts.pop("details", {})
    return Result(**{**given, "details": details, **parts})


def records(system: str, confusion: Confusion) -> list[Record]:
    """Recall, precision and F1 of each class, and accuracy, coverage and macro F1 of all."""
    labels = LABELS.get(system, LABELS["alpha"])
    predicted = list(confusion.values())
    found, f1 = [], []
    for gold, cells in confusion.items():
        mine: dict[str, Any] = {
            "system": system,
            "corpus": "udhr",
            "language": gold,
            "n": sum(cells.values()),
            "unit": "share",
        }
        if gold not in labels:
            found += [
                Record(metric=m, value=None, reason=UNSUPPORTED, **mine)
                for m in ("recall", "precision", "f1")
            ]
            continue
        hits, lines, claimed = said(cells, gold), sum(cells.values()), sum(said(c, gold) for c in predicted)
        f1.append(2 * hits / (lines + claimed))
        found += [
            Record(metric="recall", value=hits / lines, low=hits / lines - 0.1, high=hits / lines, **mine),
            Record(metric="precision", value=hits / claimed, **mine),
            Record(metric="f1", value=f1[-1], low=f1[-1] - 0.05, high=f1[-1] + 0.01, **mine),
        ]
    right = sum(said(cells, gold) for gold, cells in confusion.items())
    together = {
        "accuracy": right / sum(sum(cells.values()) for cells in predicted),
        "macro_f1_gold": sum(f1) / len(confusion),
        "macro_f1_relevant": sum(f1) / len(f1),
        "coverage": len(f1) / len(confusion),
    }
    found += [
        Record(system, "udhr", None, metric, value, low=value - 0.02, high=value + 0.01, unit="share")
        for metric, value in together.items()
    ]
    return [*found, Record(system, "udhr", None, "mcc", -0.123, low=-0.2, high=0.0, unit="coefficient")]


def said(cells: Mapping[str, int], gold: str) -> int:
    """Lines predicted as a class, with its script or without one."""
    return cells.get(gold, 0) + cells.get(gold.partition("_")[0], 0)

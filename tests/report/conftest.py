"""A result whose every figure was put there by hand, for all views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from langcov.api import measure_lid, measure_tokenizers
from langcov.metrics.tokenizers.registry import metrics
from langcov.results.result import Record, Result

LANGUAGES = {
    "eng_Latn": 1.0,
    "rus_Cyrl": 1.5,
    "tat_Cyrl": 2.0,
    "sah_Cyrl": 3.0,
    "srp_Latn": 1.2,
    "srp_Cyrl": 1.6,
}
BYTES = {"eng_Latn": 1.0, "rus_Cyrl": 2.0, "tat_Cyrl": 1.6, "sah_Cyrl": 2.0, "srp_Latn": 1.0, "srp_Cyrl": 1.8}


def records(system: str, factor: float, unknown: float | None, *, aligned: bool) -> list[Record]:
    """Fertility is ``factor`` times the premium against English."""
    found = []
    for language, premium in LANGUAGES.items():
        fertility = factor * premium
        mine: dict[str, Any] = {"system": system, "corpus": "udhr", "language": language, "n": 90, "rows": 30}
        found.append(
            Record(metric="fertility", value=fertility, low=fertility - 0.1, high=fertility + 0.2, **mine)
        )
        found.append(Record(metric="continued_words", value=0.5, low=0.4, high=0.6, **mine))
        found.append(
            Record(
                metric="unknown_tokens",
                value=unknown,
                reason=None if unknown is not None else "no UNK",
                **mine,
            )
        )
        found.append(Record(metric="lost_characters", value=unknown or 0.0, **mine))
        for reference in ("rus_Cyrl", "eng_Latn"):
            for metric, of in (("premium", LANGUAGES), ("byte_premium", BYTES)):
                value = of[language] / of[reference]
                found.append(
                    Record(
                        metric=metric,
                        reference=reference,
                        value=value,
                        low=value - 0.05,
                        high=value + 0.02,
                        **mine,
                    )
                    if aligned
                    else Record(metric=metric, reference=reference, value=None, reason="not aligned", **mine)
                )
    together: dict[str, Any] = {
        "system": system,
        "corpus": "udhr",
        "language": None,
        "languages": tuple(LANGUAGES),
    }
    found.append(Record(metric="gini", value=0.125, **together))
    return [replace(record, unit=metrics()[record.metric].unit) for record in found]


Build = Callable[..., Result]


@pytest.fixture(scope="session")
def build() -> Build:
    """A result of the named systems: name → (tokens a word in English, share unknown and lost)."""

    def built(
        systems: dict[str, tuple[float, float | None]], *, aligned: bool = True, **parts: Any
    ) -> Result:
        given: dict[str, Any] = {
            "kind": "tokenizers",
            "signature": {"short": "corpus:udhr@12345678|words:whitespace", "long": "x"},
            "created": "2026-01-01T00:00:00Z",
            "environment": {},
            "corpora": [{"name": "udhr", "alignment": "keys" if aligned else "none", "rows": "document"}],
            "systems": [{"name": name, "kind": "sentencepiece", "skipped": None} for name in systems],
            "totals": [],
            "records": [r for name, facts in systems.items() for r in records(name, *facts, aligned=aligned)],
        }
        return Result(**{**given, **parts})

    return built


@pytest.fixture(scope="session")
def measured() -> dict[str, Result]:
    """Real ones, of a bundled corpus."""
    languages = ["tat", "bak", "chv", "sah", "rus", "eng", "che"]

    def first(texts: list[str]) -> tuple[list[str], list[float]]:
        return ["tat" if "ә" in text else "rus" for text in texts], [0.9] * len(texts)

    first.labels = ["tat", "rus", "bak"]  # type: ignore[attr-defined]
    names = ["bytes", "chars", "langcov-balanced-32k"]
    return {
        "tokenizers": measure_tokenizers(names, languages=languages, corpora="bundled:udhr"),
        "lid": measure_lid({"first": first}, languages=languages, hygiene=False),
    }

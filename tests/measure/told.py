"""A model whose answers stand in the text, by number, and what it was measured to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langcov.corpora import resolve
from langcov.lid import load
from langcov.measure.lid import LidSettings, measure
from langcov.results.result import Record, Result


class Told:
    """Gives the label whose number a text begins with, else Russian; scores are 0.9, for Kazakh 0.5."""

    labels = ("tt", "kk", "ru", "kv", "und", "crh_Latn")
    score = "probability"

    def __init__(self, fails_on: str | None = None) -> None:
        self.fails_on = fails_on

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], list[float]]:
        if self.fails_on and any(self.fails_on in text for text in texts):
            raise ValueError("not this one")
        labels = [self.labels[int(text[0])] if text[0].isdigit() else "ru" for text in texts]
        return labels, [0.5 if label == "kk" else 0.9 for label in labels]


def told(
    lines: dict[str, list[str]], policy: Any = "strict", model: Told | None = None, **more: Any
) -> Result:
    [corpus] = resolve([lines])
    return measure([corpus], [load(model or Told())], LidSettings(policy=policy, **more))


def one(result: Result, metric: str, language: str | None = None) -> Record:
    (found,) = [
        record
        for record in result.records
        if (record.metric, record.language, record.languages) == (metric, language, None)
    ]
    return found


def cells(result: Result) -> dict[tuple[str, str], int]:
    return {(cell["gold"], cell["predicted"]): cell["count"] for cell in result.details["confusion"]}


LINES = {
    "tat_Cyrl": ["0 бер", "0 ике", "1 өч", "4 дүрт", "", "биш"],
    "kaz_Cyrl": ["1 бір", "0 екі"],
    "eve_Cyrl": ["0 өмэн", "0 дюр", "1 илан"],
}


class Always(Told):
    labels = ("fin", "en")  # type: ignore[assignment]

    def __call__(self, texts: Sequence[str]) -> tuple[list[str], list[float]]:
        return ["fin"] * len(texts), [0.9] * len(texts)

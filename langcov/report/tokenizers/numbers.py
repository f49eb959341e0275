"""The records of tokenizers on one corpus: extremes, and what hides behind a figure."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

from langcov.metrics.paired import LEVEL
from langcov.metrics.tokenizers.ratios import LOSSY
from langcov.metrics.tokenizers.registry import metrics
from langcov.report.numbers import Numbers
from langcov.results.result import Result

SHORT = 0.75  # share of a reference's code points below which a translation is suspect


@dataclass(frozen=True)
class Extreme:
    """A value and the language that has it."""

    value: float
    language: str


class TokenizerNumbers(Numbers):
    """Records by system, language, metric and reference, and what they say together."""

    def __init__(self, result: Result, corpus: str) -> None:
        super().__init__(result, corpus)
        self._tests: dict[tuple[str, str, str | None], list[dict[str, Any]]] = {}
        for row in result.details.get("comparisons", []):
            if row["corpus"] == corpus:
                what = row["language"], row["metric"], row["reference"]
                self._tests.setdefault(what, []).append(row)

    @property
    def tested(self) -> list[tuple[str, str, str | None]]:
        """Language, metric and reference of which the lowest tokenizer was tested against the others."""
        return list(self._tests)

    def tests(self, language: str, metric: str, reference: str | None = None) -> list[dict[str, Any]]:
        """The lowest tokenizer against each other one; none where nothing could be tested."""
        return self._tests.get((language, metric, reference), [])

    def lowest(self, language: str, metric: str, reference: str | None = None) -> list[str]:
        """The lowest tokenizer and those that no test tells from it."""
        rows = self.tests(language, metric, reference)
        return [row["system"] for row in rows[:1]] + [
            row["other"] for row in rows if row["p_adjusted"] >= LEVEL
        ]

    def extreme(
        self, system: str, metric: str, reference: str | None = None, *, lowest: bool = False
    ) -> Extreme | None:
        """The highest (or lowest) value of a system and its language; None without values."""
        found = self.values(system, metric, reference)
        if not found:
            return None
        language = (min if lowest else max)(found, key=lambda id: found[id])
        return Extreme(found[language], language)

    def median(self, system: str, metric: str, reference: str | None = None) -> float | None:
        """The median over languages, without the reference itself."""
        found = self.values(system, metric, reference)
        return median(found.values()) if found else None

    def unmeasured(self, system: str) -> int:
        """Of how many languages a tokenizer has no fertility, though there may be one of others."""
        return sum(self.value(system, id, "fertility") is None for id in self.languages)

    def split(self, system: str, language: str, reference: str) -> tuple[float, float] | None:
        """What bytes and what the vocabulary multiply to the premium; None if not measurable."""
        premium = self.value(system, language, "premium", reference)
        of_bytes = self.value(system, language, "byte_premium", reference)
        return (of_bytes, premium / of_bytes) if premium is not None and of_bytes else None

    def shortened(self, language: str) -> float | None:
        """Code points against a reference in the same script, where so few that text may be missing.

        Translations into alphabets of one kind are of similar length; a premium of a text that leaves
        out what the reference says is too low, whatever the tokenizer.
        """
        script = language.partition("_")[2]
        for reference in self.references:
            if reference == language or reference.partition("_")[2] != script or not self.systems:
                continue
            of_bytes = self.value(self.systems[0], language, "byte_premium", reference)
            mine, theirs = self._chars_per_byte(language), self._chars_per_byte(reference)
            if of_bytes and mine and theirs:
                share = of_bytes * mine / theirs
                return share if share < SHORT else None
        return None

    def _chars_per_byte(self, language: str) -> float | None:
        chars, size = (
            self.value(self.systems[0], language, metric) for metric in ("chars_per_token", "bytes_per_token")
        )
        return chars / size if chars and size else None

    def lost(self, system: str, language: str, metric: str = "") -> float:
        """The share of characters that are lost, 0 where nobody can tell; of a cost, after the change too."""
        share = self.value(system, language, "lost_characters") or 0.0
        change = metrics()[metric].perturbation if metric in metrics() else ""
        if not change:
            return share
        totals = self._totals[system, language]
        return max(share, (totals[f"lost_characters_{change}"] or 0) / (totals["nonspace_chars"] or 1))

    def loses_text(self, system: str, language: str, metric: str = "") -> bool:
        """Whether so much text is lost that few tokens are no merit."""
        return self.lost(system, language, metric) > LOSSY

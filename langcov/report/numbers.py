"""The records of one corpus, by what a table asks for."""

from __future__ import annotations

from functools import cached_property

from langcov import lid, tokenizers
from langcov.report import wording as words
from langcov.results.result import Record, Result


class Numbers:
    """Records of one corpus by system, language, metric and reference.

    Attributes:
        corpus: its name.
        systems: measured systems, in the order of the result.
        yardsticks: those that are there to compare with, such as ``bytes``, and the kind of each.
        rivals: the others, which a reader may choose from.
        ledger: how each system stands to the corpus: ``status``, ``source`` and ``note``.
        languages: ids, sorted.
        references: ids of the languages that premiums are against, sorted.
        metrics: those of languages, each with what it is against.
    """

    def __init__(self, result: Result, corpus: str) -> None:
        self.corpus = corpus
        mine = [record for record in result.records if record.corpus == corpus]
        self._totals = {(t["system"], t["language"]): t for t in result.totals if t["corpus"] == corpus}
        self._found = {(r.system, r.language, r.metric, r.reference): r for r in mine}
        measured = {record.system for record in mine}
        self.systems = [system["name"] for system in result.systems if system["name"] in measured]
        kinds = lid.KINDS if result.kind == "lid" else tokenizers.KINDS
        self.yardsticks = {
            row["name"]: kind
            for row in result.systems
            if (kind := kinds.yardstick(str(row.get("spec")), str(row.get("kind"))))
        }
        self.rivals = [system for system in self.systems if system not in self.yardsticks]
        told = {row["system"]: row for row in result.details.get("ledger", []) if row["corpus"] == corpus}
        self.ledger = {system: told[system] for system in self.systems if system in told}
        self.languages = sorted({record.language for record in mine if record.language})
        self.references = sorted({r.reference for r in mine if r.reference})
        self.metrics = {(r.metric, r.reference) for r in mine if r.language}

    def trained(self, system: str) -> bool:
        """Whether a system is known to be trained on the corpus."""
        return bool(self.ledger.get(system, {}).get("status") == "trained")

    def called(self, system: str) -> str:
        """A system for a reader, with a sign where it was trained on the corpus."""
        return words.visible(system) + " †" * self.trained(system)

    def name(self, id: str) -> str:
        """A language for a reader."""
        return self._names.get(id) or words.language_names([id])[id]

    def family(self, id: str) -> str:
        """The family of a language."""
        return words.family(id)

    @cached_property
    def _names(self) -> dict[str, str]:
        return words.language_names(self.languages)

    def get(
        self, system: str, language: str | None, metric: str, reference: str | None = None
    ) -> Record | None:
        """One record, None if nobody measured it."""
        return self._found.get((system, language, metric, reference))

    def reasons(self, system: str, metric: str) -> list[str]:
        """Why values of a metric are missing, each reason once."""
        asked = {r.reason for r in self._found.values() if r.system == system and r.metric == metric}
        return sorted(reason for reason in asked if reason)

    def value(
        self, system: str, language: str | None, metric: str, reference: str | None = None
    ) -> float | None:
        """One value, None if not measured or not measurable."""
        record = self.get(system, language, metric, reference)
        return record.value if record else None

    def values(self, system: str, metric: str, reference: str | None = None) -> dict[str, float]:
        """The values of a system by language, without the reference itself and what can't be measured."""
        found = {id: self.value(system, id, metric, reference) for id in self.languages if id != reference}
        return {id: value for id, value in found.items() if value is not None}

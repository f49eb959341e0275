"""What a model's labels mean in a test: which class each names, and which are right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Ints
from langcov.errors import UserError
from langcov.lid.classes import Classes, Policy, class_codes, stands_for
from langcov.lid.kinds import LidSystem
from langcov.lid.labels import UNEXPLAINED, Meaning, Sentinel, meanings

SHOWN = 5
MOST_LABELS = (1 << 16) - 2  # what a tally has room for (``LidTally.answers``)


@dataclass(frozen=True, eq=False)
class Judge:
    """A model, and the classes that its answers fall in."""

    system: LidSystem
    meanings: Sequence[Meaning]
    classes: Classes
    names: tuple[str, ...]  # the classes that it can name, the sentinels first
    # the class of each label as an index into ``names``; the last is that of no answer, int64 [labels + 1]
    predicted: Ints

    def gold_name(self, language: str) -> str:
        """The class of the lines of a language (``tat_Cyrl``)."""
        code, _, script = language.partition("_")
        return self.classes.name(code, script)

    @property
    def unexplained(self) -> list[str]:
        """The labels that nothing explains, so that their lines are ``unmapped``."""
        return [one.label for one in self.meanings if one.reason == UNEXPLAINED]

    @property
    def digest(self) -> str:
        """Tells apart what labels may be made to mean, hexadecimal."""
        told = [(*meaning[:3], meaning.sentinel and meaning.sentinel.value) for meaning in self.meanings]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def right(self, language: str) -> NDArray[np.bool_]:
        """Which labels are right on lines of a language, bool [labels + 1]; no answer never is."""
        gold = self.gold_name(language)
        return np.array([stands_for(name, gold) for name in self.names])[self.predicted]


def judge(system: LidSystem, policy: Policy, languages: Iterable[str], labels: Path | None = None) -> Judge:
    """Find out what a model's labels mean.

    Raises:
        UserError: no label stands for a language, a wrong line of the TSV, or too many labels to count.
    """
    if len(system.model.labels) > MOST_LABELS:
        raise UserError(f"{system.name}: {len(system.model.labels)} labels, more than {MOST_LABELS}")
    found = meanings(system.kind, system.model.labels, labels)
    if all(meaning.sentinel for meaning in found):
        shown = ", ".join(system.model.labels[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        raise UserError(
            f"{system.name}: no language is known for any of its {len(found)} labels ({shown}); "
            "give a TSV that says it, a line for each: label, ISO 639-3 code, script"
        )
    golds = [language.partition("_")[::2] for language in languages]
    codes = [meaning.iso639_3 for meaning in found if meaning.iso639_3]
    classes = class_codes(policy, [code for code, _ in golds], codes)
    gold = {classes.name(code, script) for code, script in golds}
    names = {sentinel.value: at for at, sentinel in enumerate(Sentinel)}
    predicted = [names.setdefault(classes.predicted(meaning, gold), len(names)) for meaning in found]
    none = names[Sentinel.UNSURE.value]
    return Judge(system, found, classes, tuple(names), np.array([*predicted, none], np.int64))

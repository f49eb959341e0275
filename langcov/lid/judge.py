"""What a model's labels mean in a test: which class each stands for, and which is right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from langcov.errors import UserError
from langcov.lid.classes import Classes, Policy, class_codes
from langcov.lid.kinds import LidSystem
from langcov.lid.labels import Meaning, Sentinel, meanings
from langcov.text.properties import scripts
from langcov.text.scripts import comparable

Ints = NDArray[np.int64]

MOST_LABELS = (1 << 16) - 2
"""What a tally has room for (``LidTally.answers``)."""


@dataclass(frozen=True, eq=False)
class Judge:
    """A model, and the classes that its answers fall in.

    Attributes:
        system: the model.
        meanings: of its labels.
        classes: which languages count as one.
        names: the classes that it can name, the sentinels first.
        predicted: the class of each label on a line in each script, as an index into ``names``; the last
            row is that of no answer, int64 [labels + 1, scripts].
    """

    system: LidSystem
    meanings: Sequence[Meaning]
    classes: Classes
    names: tuple[str, ...]
    predicted: Ints

    def gold_names(self, language: str) -> list[str]:
        """The class of a line of a language (``tat_Cyrl``) in each script; in none: in its own."""
        code, _, own = language.partition("_")
        return [self.classes.name(code, script if at else own) for at, script in enumerate(scripts())]

    @property
    def digest(self) -> str:
        """Tells apart what labels may be made to mean, hexadecimal."""
        told = [(*meaning[:3], meaning.sentinel and meaning.sentinel.value) for meaning in self.meanings]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def own(self, language: str) -> Ints:
        """The same as indices into ``names``, −1 where no label stands for it, int64 [scripts]."""
        place = {name: at for at, name in enumerate(self.names)}
        return np.array([place.get(name, -1) for name in self.gold_names(language)], np.int64)


def judge(system: LidSystem, policy: Policy, languages: Iterable[str], labels: Path | None = None) -> Judge:
    """Find out what a model's labels mean.

    Args:
        system: the model.
        policy: which languages count as one.
        languages: the gold ids of the whole test.
        labels: a TSV of the user's, as for ``meanings``.

    Raises:
        UserError: labels that nothing explains, a wrong line of the TSV, or more labels than can be counted.
    """
    if len(system.model.labels) > MOST_LABELS:
        raise UserError(f"{system.name}: {len(system.model.labels)} labels, more than {MOST_LABELS}")
    found = meanings(system.kind, system.model.labels, labels, system.name)
    golds = [language.partition("_")[0] for language in languages]
    classes = class_codes(policy, golds, [meaning.iso639_3 for meaning in found if meaning.iso639_3])
    names = {sentinel.value: at for at, sentinel in enumerate(Sentinel)}
    predicted = [
        [
            names.setdefault(classes.predicted(meaning, script if at else ""), len(names))
            for at, script in enumerate(scripts())
        ]
        for meaning in found
    ]
    none = [names[Sentinel.UNSURE.value]] * len(scripts())
    return Judge(system, found, classes, tuple(names), np.array([*predicted, none], np.int64))


def script_index(language: str) -> int:
    """The script of a language's id among ``scripts()``: that of its lines without letters."""
    script = comparable(language.partition("_")[2])
    return scripts().index(script) if script in scripts() else 0

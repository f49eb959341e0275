"""Lines that a LID model identified, and which of them are right, by definition: for ``lid_by_definition``.

Of langcov only data is used: what labels mean, which codes a macrolanguage holds, the groups of sisters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from langcov.data import read_table
from langcov.languages.iso639 import members
from langcov.lid.labels import Meaning

GROUPS = {row["member"]: row["group"] for row in read_table("lid_groups.tsv")}
SAME_SCRIPT = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
NONE = ""

Class = tuple[str, str]
"""Code (or name of a group) and script; a label that names no script has none, a sentinel only a code."""
Flags = NDArray[np.bool_]


class Line(NamedTuple):
    """A line that a model identified.

    Attributes:
        gold: the declared language, ``tat_Cyrl``.
        chars: its code points.
        labels: what the model says, best first; empty where it says nothing.
        score: of the first, if it is a probability.
        changed: the first label after each perturbation; None where the language has it not.
    """

    gold: str
    chars: int
    labels: Sequence[str]
    score: float | None = None
    changed: Mapping[str, str | None] = {}


@dataclass
class Policy:
    """Which languages count as one."""

    name: str
    used: set[str]

    def code(self, code: str, script: str) -> str:
        """The class of a language."""
        macro = next((one for one in sorted(self.used) if code in members(one)), code)
        if self.name == "strict":
            return code
        if self.name == "group":
            for held in (f"{code}_{script}", code, macro, *members(macro)):
                if held in GROUPS and (held in (code, f"{code}_{script}") or macro in self.used):
                    return GROUPS[held]
        return macro

    def of_language(self, language: str) -> Class:
        """The gold class of ``tat_Cyrl``."""
        code, _, script = language.partition("_")
        script = SAME_SCRIPT.get(script, script)
        return self.code(code, script), script


@dataclass
class Judged:
    """The lines of a test and what its model's labels mean.

    Attributes:
        lines: of all languages.
        meanings: by label.
        policy: strict, macro or group.
        base_rate: of a language, for thresholds; None: as in the test.
        thresholds: those of another test, by class (None: of all).
    """

    lines: Sequence[Line]
    meanings: Mapping[str, Meaning]
    policy: str
    base_rate: float | None = None
    thresholds: Mapping[Class | None, float | None] | None = None

    @cached_property
    def rule(self) -> Policy:
        """The policy, with the codes that are in use."""
        codes = {line.gold[:3] for line in self.lines} | {one.iso639_3 for one in self.meanings.values()}
        return Policy(self.policy, codes - {""})

    @cached_property
    def truth(self) -> list[Class]:
        """The gold class of each line."""
        known = {gold: self.rule.of_language(gold) for gold in {line.gold for line in self.lines}}
        return [known[line.gold] for line in self.lines]

    @cached_property
    def gold(self) -> list[Class]:
        """The gold classes."""
        return sorted(set(self.truth))

    @cached_property
    def claims(self) -> dict[str, set[Class]]:
        """The gold classes that each label is right for."""
        found = {}
        for label, one in self.meanings.items():
            script = SAME_SCRIPT.get(one.script, one.script)
            found[label] = {
                (code, written)
                for code, written in self.gold
                if not one.sentinel
                and script in ("", written)
                and self.rule.code(one.iso639_3, written) == code
            }
        return found | {NONE: set()}

    def said(self, label: str) -> Class:
        """The class that a label names."""
        one = self.meanings.get(label)
        if one is None or one.sentinel:
            return (one.sentinel.value if one and one.sentinel else "unsure"), ""
        script = SAME_SCRIPT.get(one.script, one.script)
        return self.rule.code(one.iso639_3, script), script

    @cached_property
    def top(self) -> list[str]:
        """The best label of each line."""
        return [line.labels[0] if line.labels else NONE for line in self.lines]

    @cached_property
    def right(self) -> Flags:
        """Which lines are right."""
        return np.array([gold in self.claims[label] for gold, label in zip(self.truth, self.top)], bool)

    def is_gold(self, of: Class) -> Flags:
        """Which lines are of a class."""
        return np.array([gold == of for gold in self.truth], bool)

    def is_said(self, of: Class) -> Flags:
        """Which lines are predicted as a class: not those that are right as another."""
        named = np.array([of in self.claims[label] for label in self.top], bool)
        return named & (self.is_gold(of) | ~self.right)

    def covered(self, of: Class) -> bool:
        """Whether a label of the model is right for a class."""
        return any(of in self.claims[label] for label in self.meanings)

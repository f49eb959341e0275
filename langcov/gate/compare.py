"""Two results compared: what differs in how they were made, figures, ids, confusion, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from langcov.errors import UserError
from langcov.gate.changes import FAILS, Change, changes
from langcov.gate.drift import Drift, drifts, other_files, same_text
from langcov.gate.lines import Line, differing_lines
from langcov.gate.moved import Moved, moved
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side

READING = ("norm", "lines", "text-column", "sheet", "tier", "encoding-errors", "null")
SAME = {
    "tokenizers": ("words", "special", *READING),
    "lid": ("policy", "gold", "top", "base-rate", *READING),
}
"""Settings that must be the same in both results, by kind: figures of others don't mean the same."""
OF_SETTING = {"context": "context_chars", "price": "price_per_million_chars"}
"""Settings that only one metric hangs on."""


class Differs(NamedTuple):
    """A part of the signatures, or of the environments, that is not the same."""

    field: str
    base: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What came of it."""

    base: str
    new: str
    kind: str
    signatures: list[Differs]
    environment: list[Differs]
    changes: list[Change]
    drifts: list[Drift]
    lines: list[Line]  # the first with other ids, where they could be looked up
    moved: list[Moved]
    notices: list[str]
    settings: GateSettings

    @property
    def worse(self) -> list[Change]:
        """The figures that close the gate."""
        return [one for one in self.changes if one.verdict in FAILS]

    @property
    def failed(self) -> bool:
        """Whether the gate is closed."""
        return bool(self.worse) or (bool(self.drifts) and self.settings.ids == "fail")


def compare(
    base: Side,
    new: Side,
    settings: GateSettings,
    *,
    corpora: Sequence[str] = (),
    show_text: bool = False,
) -> Comparison:
    """A new result against a base, systems of one name against one another.

    Args:
        corpora: where the text is, so that the first lines with other ids can be looked up.
        show_text: put the text of these lines in, too.

    Raises:
        UserError: the comparison makes no sense; the field that differs is named.
    """
    _check_kinds(base, new, settings)
    _check_corpora(base, new)
    if not base.systems.keys() & new.systems.keys():
        raise UserError(
            f"no system is in both results: {base.name} has {', '.join(base.systems)}; "
            f"{new.name} has {', '.join(new.systems)} (inside one result: --systems A B)"
        )
    found = drifts(base, new) if new.result.kind == "tokenizers" else []
    notices = [
        f"{name} is another file than in the base, with the same ids"
        for name in other_files(base, new, found)
    ]
    notices += [f"{name} is in the base alone" for name in base.systems if name not in new.systems]
    notices += [f"{name} is in the new result alone" for name in new.systems if name not in base.systems]
    lines, reasons = differing_lines(base, new, found, corpora, show_text=show_text)
    notices += reasons
    # The figures of a system that the new result has not are gone, as those of a language are.
    made = _compared(base, new, [(name, name) for name in base.systems], notices, settings)
    return replace(made, drifts=found, lines=lines)


def compare_systems(side: Side, one: str, other: str, settings: GateSettings) -> Comparison:
    """Two systems of one result, the second as if it replaced the first.

    Raises:
        UserError: a system is not there.
    """
    for name in (one, other):
        if name not in side.systems:
            raise UserError(f"{side.name} has no system {name!r}: there are {', '.join(side.systems)}")
    return _compared(side, side, [(one, other)], [], settings)


def _compared(
    base: Side,
    new: Side,
    systems: Sequence[tuple[str, str]],
    notices: list[str],
    settings: GateSettings,
) -> Comparison:
    bare = [side.name for side in dict.fromkeys((base, new)) if not side.parts]
    notices += [f"{name} has no rows beside it: figures are compared unpaired, less sharply" for name in bare]
    return Comparison(
        base=base.name,
        new=new.name,
        kind=new.result.kind,
        signatures=_differing(base.settings, new.settings),
        environment=_differing(base.result.environment, new.result.environment),
        changes=changes(base, new, systems, settings),
        drifts=[],
        lines=[],
        moved=moved(base, new, systems) if new.result.kind == "lid" else [],
        notices=notices,
        settings=settings,
    )


def _differing(base: dict[str, str], new: dict[str, str]) -> list[Differs]:
    return [
        Differs(key, base.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys((*base, *new))
        if base.get(key, "") != new.get(key, "")
    ]


def _check_kinds(base: Side, new: Side, settings: GateSettings) -> None:
    if base.result.kind != new.result.kind:
        raise UserError(
            f"kind: {base.name} is of {base.result.kind}, {new.name} of {new.result.kind}: nothing to compare"
        )
    hanging = (key for key, metric in OF_SETTING.items() if metric in settings.metrics)
    for key in (*SAME[new.result.kind], *hanging):
        if base.settings.get(key, "") != new.settings.get(key, ""):
            old, now = (side.settings.get(key) or "not given" for side in (base, new))
            raise UserError(f"{key}: {old} in {base.name}, {now} in {new.name}: measure both alike")


def _check_corpora(base: Side, new: Side) -> None:
    """Text that was changed is no reason to call a tokenizer worse; the first place is named."""
    both = [name for name in new.corpora if name in base.corpora]
    if not both:
        old, now = (", ".join(side.corpora) for side in (base, new))
        raise UserError(f"corpora: {old} in {base.name}, {now} in {new.name}: none is in both")
    for name in both:
        if not same_text(base, new, name) and (where := _first_change(base, new, name)):
            raise UserError(
                f"corpora: {name} is not the same text in both results ({where}): "
                "measure both on one text, or give the other a name of its own"
            )


def _first_change(base: Side, new: Side, corpus: str) -> str:
    """Where the text of a corpus first differs; empty where only languages were added or left out."""
    if not (base.parts and new.parts):
        return "in which languages, only rows beside both would tell"
    old, now = base.languages(corpus), new.languages(corpus)
    for language in (one for one in now if one in old):
        texts = [side.parts[corpus, language, None] for side in (base, new)]
        if texts[0].facts["sha256"] != texts[1].facts["sha256"]:
            return f"first in {language}" + _first_line(base, new, corpus, language)
    if not set(old) & set(now):
        return f"{', '.join(old)} in one, {', '.join(now)} in the other"
    return ""


def _first_line(base: Side, new: Side, corpus: str, language: str) -> str:
    """Where rows begin to differ in a counter, or in the ids of a tokenizer that both have."""
    labels = new.parts[corpus, language, None].arrays["labels"]
    if new.corpora[corpus]["rows"] != "lines" or not np.array_equal(
        base.parts[corpus, language, None].arrays["labels"], labels
    ):
        return ""
    differs = np.zeros(len(labels), bool)
    for system in (None, *new.systems):
        parts = [side.parts.get((corpus, language, system)) for side in (base, new)]
        if parts[0] and parts[1]:
            for name in parts[0].arrays.keys() & parts[1].arrays.keys():
                if len(parts[0].arrays[name]) == len(parts[1].arrays[name]) == len(differs):
                    differs |= parts[0].arrays[name] != parts[1].arrays[name]
    first = np.flatnonzero(differs)[:1].tolist()
    shift = new.shift(corpus, language)
    begins = [int(labels[row]) * (1 << shift) + 1 for row in first]
    return f", from line {begins[0]} on" if begins else ""

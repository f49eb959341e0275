"""ELAN: the annotations of a tier in the order of time.

lxml reads the XML itself: pympi gives annotations in the order of the file, and writes files with a loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from langcov.corpora.readers.documents.contents import contents, xml_of
from langcov.corpora.readers.documents.layers import chosen_layers, clock
from langcov.corpora.readers.documents.passages import Passage, lines_of
from langcov.corpora.readers.file import File
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError

_MOST_LEVELS = 1000


class _Annotation(NamedTuple):
    """An annotation.

    Attributes:
        slot: where it begins, if it has a time of its own.
        above: the annotation that it is about, if it has not.
        before: the one about the same that it follows.
    """

    id: str
    tier: str
    value: str
    slot: str | None
    above: str | None
    before: str | None


def read_eaf(file: File) -> Iterator[Texts]:
    """The annotations of the tiers that are read, in the order of time; empty ones are none.

    Raises:
        MissingLibrary: lxml is not installed.
        UserError: no whole .eaf, or it can't be told which tier is the text.
    """
    return lines_of(_passages(file), file)


def _passages(file: File) -> Iterator[Passage]:
    root = xml_of(contents(file), file.path)
    if root.tag != "ANNOTATION_DOCUMENT":
        raise UserError(f"{file.path} is no ELAN file: its XML is of {root.tag}")
    annotations = {one.id: one for tier in root.iter("TIER") for one in _annotations(tier)}
    filled = dict.fromkeys(one.tier for one in annotations.values() if one.value)
    tiers = chosen_layers(file, list(filled))
    parents = {tier.get("TIER_ID", ""): tier.get("PARENT_REF") for tier in root.iter("TIER")}
    _check_apart(file, tiers, parents)
    order = _Order(root, annotations, file.path)
    some = (one for one in annotations.values() if one.value and one.tier in tiers)
    for one in sorted(some, key=order.key):
        yield Passage(one.value, f"{one.tier} {clock(order.time(one) / 1000)}")


def _annotations(tier: Any) -> Iterator[_Annotation]:
    for one in tier.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"):
        yield _Annotation(
            one.get("ANNOTATION_ID", ""),
            tier.get("TIER_ID", ""),
            " ".join((one.findtext("ANNOTATION_VALUE") or "").split("\n")).strip(),
            one.get("TIME_SLOT_REF1"),
            one.get("ANNOTATION_REF"),
            one.get("PREVIOUS_ANNOTATION"),
        )


def _check_apart(file: File, tiers: tuple[str, ...], parents: Mapping[str, str | None]) -> None:
    """See that no tier that is read stands under another that is: it would be the same text once more."""
    for tier in tiers:
        for above in _along(tier, parents, file.path)[1:]:
            if above in tiers:
                raise UserError(
                    f"{file.path}: tier {tier!r} is about tier {above!r}: name one of them with --tier"
                )


def _along(name: str, next_of: Mapping[str, str | None], path: str) -> list[str]:
    """Something, and what it leads to, one after another.

    Raises:
        UserError: it leads back to itself, or very far.
    """
    found: dict[str, None] = {}
    at: str | None = name
    while at is not None:
        if at in found or len(found) > _MOST_LEVELS:
            raise UserError(f"{path}: {at} refers to itself: open the file in ELAN and save it again")
        found[at] = None
        at = next_of.get(at)
    return list(found)


class _Order:
    """When annotations are said."""

    def __init__(self, root: Any, annotations: Mapping[str, _Annotation], path: str) -> None:
        self._annotations, self._path = annotations, path
        self._above = {one.id: one.above for one in annotations.values()}
        self._ordinals: dict[str | None, int] = {None: 0}
        self._slots: dict[str | None, tuple[int, int]] = {None: (0, 0)}
        time = 0  # a slot without a time lies between those around it
        for number, slot in enumerate(root.iter("TIME_SLOT")):
            time = int(slot.get("TIME_VALUE", time))
            self._slots[slot.get("TIME_SLOT_ID")] = time, number

    def key(self, one: _Annotation) -> tuple[tuple[int, int], ...]:
        """The time slot of what it is about, and its place among those about the same, from top to bottom."""
        path = [self._annotations[id] for id in self._up(one)]
        below = ((self._ordinal(one.id), 0) for one in path[1:])
        return self._slots.get(path[0].slot, (0, 0)), *below

    def time(self, one: _Annotation) -> int:
        """Milliseconds at which it begins, or what it is about."""
        return self._slots.get(self._annotations[self._up(one)[0]].slot, (0, 0))[0]

    def _up(self, one: _Annotation) -> list[str]:
        """It and all that it is about, from the top."""
        return [id for id in reversed(_along(one.id, self._above, self._path)) if id in self._annotations]

    def _ordinal(self, id: str) -> int:
        """How many annotations about the same it follows."""
        chain: list[str] = []
        at: str | None = id
        while at not in self._ordinals:
            self._ordinals[at] = 0  # it may follow itself
            chain.append(str(at))
            at = self._annotations[str(at)].before if at in self._annotations else None
        for number, one in enumerate(reversed(chain), self._ordinals[at] + 1):
            self._ordinals[one] = number
        return self._ordinals[id]

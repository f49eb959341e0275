"""The checks, each under its id: those of langcov and those of other packages.

A check is added by a file in ``langcov/hygiene/checks`` or ``langcov/hygiene/lines`` and its name in
``MODULES``, or by another package through the entry-point group ``langcov.checks`` (a name and
``module:CHECKS``). ``CHECKS`` holds any number of ``Check`` and of classes of ``LineCheck``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from langcov.core import plugins
from langcov.errors import UserError, did_you_mean
from langcov.hygiene.engine import letter_map
from langcov.hygiene.engine.faulty import ENTRY_POINTS
from langcov.hygiene.engine.protocol import About, Check, LineCheck

MODULES: tuple[str, ...] = (
    "checks.mojibake",
    "checks.markup",
    "checks.leftovers",
    "checks.nfc",
    "checks.invisible",
    "checks.lost",
    "checks.private",
    "checks.palochka",
    "checks.lookalike",
    "checks.alphabet",
    "checks.apostrophe",
    "checks.punctuation",
    "lines.encoding",
    "lines.declared",
    "lines.missing",
    "lines.languages",
    "lines.duplicates",
    "lines.near_duplicates",
    "lines.overlap",
    "lines.statistics",
    "lines.filtered",
    "lines.recognition",
    "lines.forms",
)
"""The modules of ``langcov.hygiene`` that hold checks, in the order in which their fixes are made."""

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Finder = Check | type[LineCheck]


@dataclass(frozen=True)
class Chosen:
    """The checks that take part."""

    checks: Sequence[Check]  # of words and of single lines, in the order in which their fixes are made
    # classes of which at least one check takes part; what they find for others is dropped
    of_all_lines: Sequence[type[LineCheck]] = ()
    ids: frozenset[str] = frozenset()  # of all checks that take part
    named: Sequence[str] = ()  # ids of checks whose fixes are made though they are not automatic


@cache
def finders() -> tuple[Finder, ...]:
    """All that finds something, in the order of the registry, those of plug-ins last.

    Raises:
        UserError: two checks claim one id, or a plug-in can't be loaded or holds something else.
    """
    found = [one for name in MODULES for one in import_module(f"langcov.hygiene.{name}").CHECKS]
    found += [one for point in sorted(plugins.entry_points(ENTRY_POINTS)) for one in _plugged(point)]
    ids = [about.id for about in _declared(found)]
    for id in ids:
        if ids.count(id) > 1:
            raise UserError(f"check {id!r} is claimed twice")
    return tuple(found)


def _plugged(point: EntryPoint) -> list[Finder]:
    loaded = plugins.load_entry(point)
    several = list(loaded) if isinstance(loaded, (list, tuple)) else [loaded]
    for one in several:
        if not isinstance(one, Check) and not (isinstance(one, type) and issubclass(one, LineCheck)):
            raise UserError(f"{point.value} ({point.group}) is no Check or LineCheck and no list of them")
    return several


def _declared(finders: Iterable[Finder]) -> Iterator[About]:
    for one in finders:
        yield from (one,) if isinstance(one, Check) else one.checks


@cache
def checks() -> dict[str, About]:
    """What each check is called and why it matters, by id; that of letter maps, made for a run, is one."""
    return {about.id: about for about in (*_declared(finders()), letter_map.ABOUT)}


def chosen(
    only: Sequence[str] = (), skip: Sequence[str] = (), also: Sequence[str] = (), first: Sequence[Check] = ()
) -> Chosen:
    """The checks that a user wants.

    Args:
        only: ids of checks; empty means all.
        skip: ids to leave out.
        also: ids to take beside ``only``, and to make the fixes of though they are not automatic.
        first: checks of this run alone, which come before the others.

    Raises:
        UserError: no check has such an id.
    """
    known = [about.id for about in (*first, *_declared(finders()))]
    for id in (*only, *skip, *also):
        if id not in known:
            raise UserError(f"unknown check {id!r}{did_you_mean(id, known)} (known: {', '.join(known)})")
    classes = [one for one in finders() if not isinstance(one, Check)]
    always = [id for one in classes if one.always for id in one.ids()]
    ids = frozenset([*only, *also, *always] if only else known).difference(skip)
    return Chosen(
        [one for one in (*first, *finders()) if isinstance(one, Check) and one.id in ids],
        [one for one in classes if not ids.isdisjoint(one.ids())],
        ids,
        also,
    )

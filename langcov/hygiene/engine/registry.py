"""The checks, each under its id: what is looked for, why it matters, how it is found.

A check is added by a file in ``langcov/hygiene/checks`` and its name in ``MODULES``, or by another package
through the entry-point group ``langcov.checks`` (a name and ``module:CHECKS``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from langcov.errors import UserError, did_you_mean
from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Fault

MODULES: tuple[str, ...] = (
    "mojibake",
    "markup",
    "nfc",
    "invisible",
    "unseen",
    "private",
    "palochka",
    "lookalike",
    "twin",
    "outside_alphabet",
    "apostrophe",
    "lines",
)
"""The modules of ``langcov.hygiene.checks``, in the order in which their mends are made."""


@dataclass(frozen=True)
class Check:
    """One thing to look for.

    Attributes:
        id: ``palochka``.
        title, why: what is found and why it matters, in English, for the catalogues.
        word: finds the faults of a whitespace word.
        line: finds the faults of a line.
        suspects: the characters, for a language, that make a word or a line worth its while: it sees those
            that hold one of them, no others. A check of lines that names none sees the suspicious lines of
            all, and those with a long number.
        beside: characters that do so only next to a letter or a mark (of a check of words).
        capitals: whether three capitals of the language's script in a row do so too.
        unjudged: why this check can't judge a language, in English, or None where it can.
    """

    id: str
    title: str
    why: str
    word: Callable[[str, Evidence], Iterable[Fault]] | None = None
    line: Callable[[str, Evidence], Iterable[Fault]] | None = None
    suspects: Callable[[Evidence], Iterable[str]] = lambda evidence: ()
    beside: Callable[[Evidence], Iterable[str]] = lambda evidence: ()
    capitals: bool = False
    unjudged: Callable[[Evidence], str | None] = lambda evidence: None


@cache
def checks() -> dict[str, Check]:
    """All checks by id, those of plug-ins last.

    Raises:
        UserError: two checks claim one id.
    """
    found: dict[str, Check] = {}
    lists = [import_module(f"langcov.hygiene.checks.{name}").CHECKS for name in MODULES]
    lists += [point.load() for point in entry_points(group="langcov.checks")]
    for check in (check for several in lists for check in several):
        if check.id in found:
            raise UserError(f"check {check.id!r} is claimed twice")
        found[check.id] = check
    return found


def chosen(
    only: Sequence[str] = (), skip: Sequence[str] = (), also: Sequence[str] = (), first: Sequence[Check] = ()
) -> list[Check]:
    """The checks that a user wants, in the order of the registry.

    Args:
        only: ids of checks; empty means all.
        skip: ids to leave out.
        also: ids to take beside ``only``.
        first: checks of this run alone, which come before the others.

    Raises:
        UserError: no check has such an id.
    """
    known = {check.id: check for check in first} | checks()
    for id in (*only, *skip, *also):
        if id not in known:
            raise UserError(f"unknown check {id!r}{did_you_mean(id, known)} (known: {', '.join(known)})")
    return [check for check in known.values() if wanted(check.id, only and [*only, *also], skip)]


def wanted(check: str, only: Sequence[str], skip: Sequence[str]) -> bool:
    """Whether a check takes part."""
    return (not only or check in only) and check not in skip

"""One file, examined: read for its suspicious words and lines, counted, judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from heapq import merge
from operator import itemgetter
from typing import Any

from langcov.corpora.base import Source
from langcov.corpora.names import part_of
from langcov.errors import MissingLibrary
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.judge import Verdicts, verdicts
from langcov.hygiene.engine.protocol import Context, LineCheck
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.engine.search import Plan, Search, Texts
from langcov.hygiene.lines.statistics import LineStatistics, Totals
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Reading, read_fields

WHOLE = -1  # the line of what is true of a file as a whole


class AllLines:
    """Shows each line of a file to the checks that want all of them."""

    def __init__(self, chosen: Chosen, context: Context) -> None:
        self._wanted = chosen.ids
        self._made: list[LineCheck] = []
        self._missing: dict[str, str] = {}
        for one in chosen.of_all_lines:
            try:
                self._made.append(one(context))
            except MissingLibrary as error:
                self._missing |= dict.fromkeys(one.ids(), str(error))

    def add(self, fields: Fields) -> None:
        """Show some lines."""
        for check in self._made:
            check.add(fields)

    def issues(self) -> Iterator[tuple[int, Issue]]:
        """What was found, in the order of the file, after what is of ``WHOLE``."""
        found = (
            ((WHOLE if number is None else number, issue) for number, issue in check.issues())
            for check in self._made
        )
        return (one for one in merge(*found, key=itemgetter(0)) if one[1].check in self._wanted)

    @property
    def not_judged(self) -> dict[str, str]:
        """The checks that could not judge the file, and why."""
        reasons = self._missing.copy()
        for check in self._made:
            reasons |= check.unjudged()
        return {check: reason for check, reason in reasons.items() if check in self._wanted}

    @property
    def totals(self) -> Totals | None:
        """Figures of all lines, where a check wanted them."""
        return next((check.totals for check in self._made if isinstance(check, LineStatistics)), None)


@dataclass(frozen=True)
class Examined:
    """A file and what was found in it."""

    search: Search
    verdicts: Verdicts
    all_lines: AllLines


def examine(
    source: Source, plan: Plan, texts: Texts | None = None, earlier: dict[type, Any] | None = None
) -> Examined:
    """Read a file for its suspicious words, count the words that they are judged by, and judge them.

    Args:
        source: the file.
        plan: what is looked for.
        texts: reads its texts, if not in the usual way.
        earlier: what the files before, of the same language, left for it (``Context``); is added to.
    """
    search = Search(source, plan, texts or texts_of(source, plan))
    left = {} if earlier is None else earlier
    place = (source.shown, part_of(source.path), left)
    context = Context(plan.language, plan.alphabet, plan.models, search.unreadable, *place)
    all_lines = AllLines(plan.chosen, context)
    for fields in search.read():
        all_lines.add(fields)
    return Examined(search, verdicts(search), all_lines)


def texts_of(source: Source, plan: Plan) -> Texts:
    """What reads the texts of a file."""
    return partial(read_fields, source, Reading(plan.options, plan.refuse))

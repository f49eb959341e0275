"""The chosen checks of all lines, made for one file."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from langcov.errors import MissingLibrary
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Context, LineCheck
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.lines.statistics import LineStatistics, Totals
from langcov.hygiene.reading.fields import Fields

WHOLE = -1
"""The line of what is true of a file as a whole."""


class AllLines:
    """Shows each line of a file to the checks that want all of them.

    Args:
        chosen: the checks that take part.
        context: of the file.
    """

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

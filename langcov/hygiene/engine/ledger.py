"""Exact counts of all issues, and the first places of each check."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from langcov.hygiene.engine.finding import SEVERITIES, Finding, Issue, Severity
from langcov.hygiene.engine.report import Count

MOST_LISTED = 100_000
"""Findings of one check and severity that are listed; all are counted."""


@dataclass
class Sums:
    """What one check of one severity found so far."""

    places: int = 0
    words: int = 0
    lines: int = 0
    listed: int = 0
    characters: Counter[str] = field(default_factory=Counter)
    last: tuple[str, int | None] | None = None
    of_words: bool = False


class Ledger:
    """Counts all issues and lists the first of each check.

    Attributes:
        findings: in the order in which they were met.
        silenced: issues that an exception accepts.
        faulty_words: words with an error.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.silenced = self.faulty_words = 0
        self._sums: dict[tuple[str, Severity], Sums] = defaultdict(Sums)

    def count(self, issue: Issue, file: str, line: int | None, of_word: bool = False) -> bool:
        """Count an issue; returns whether it is to be listed, as not very many of its kind were."""
        sums = self._sums[issue.check, issue.severity]
        sums.places += 1
        sums.of_words |= of_word
        here = (file, line)
        sums.lines += line is not None and here != sums.last
        sums.last = here
        sums.characters.update(issue.wrong)
        sums.listed += (listed := sums.listed < MOST_LISTED)
        return listed

    def count_words(self, issues: Iterable[Issue], times: int) -> None:
        """Count the words that have issues: each once for a check and severity."""
        kinds = {(issue.check, issue.severity) for issue in issues}
        for kind in kinds:
            self._sums[kind].words += times
        self.faulty_words += times * any(severity == "error" for _, severity in kinds)

    @property
    def counts(self) -> list[Count]:
        """The sums, by check and severity."""
        order = sorted(self._sums.items(), key=lambda item: (SEVERITIES.index(item[0][1]), item[0][0]))
        return [
            Count(
                check,
                severity,
                sums.places,
                sums.words if sums.of_words else None,
                sums.lines,
                sums.listed,
                dict(sorted(sums.characters.items())),
            )
            for (check, severity), sums in order
        ]

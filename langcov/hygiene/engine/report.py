"""What a check of a corpus found: the counts of every check, and the places that are listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from langcov.hygiene.engine.finding import SEVERITIES, Finding, Issue, Severity

Verdict = Literal["errors", "warnings", "clean"]


@dataclass(frozen=True)
class FileReport:
    """One file that was read.

    Attributes:
        file: the path as the user gave it, the one of its findings.
        lines, words, letters: how much of it was read; letters are code points of category L.
        empty: lines with nothing but white space.
        median, longest: code points of the lines that are not empty; all three None where lines were not
            counted, as no check of theirs was wanted.
        errors, warnings: places in it.
    """

    file: str
    lines: int
    words: int
    letters: int
    empty: int | None = None
    median: float | None = None
    longest: int | None = None
    errors: int = 0
    warnings: int = 0

    @property
    def verdict(self) -> Verdict:
        """The worst that was found in it."""
        return "errors" if self.errors else "warnings" if self.warnings else "clean"


@dataclass(frozen=True)
class Count:
    """How often one check found something of one severity, in all files.

    Attributes:
        check, severity: of these issues.
        places: the issues.
        words: words with such an issue; None for a check of lines or files.
        lines: lines with such an issue.
        listed: how many of the places stand in ``Report.findings``.
        characters: each wrong character, to how often it is concerned.
    """

    check: str
    severity: Severity
    places: int
    words: int | None
    lines: int
    listed: int
    characters: Mapping[str, int] = field(default_factory=dict)

    @property
    def letters(self) -> int:
        """Code points concerned."""
        return sum(self.characters.values())


@dataclass(frozen=True)
class Report:
    """A whole check (CONTRACT, Findings).

    Attributes:
        language: id that the text is declared to be in.
        orthography: another than the main one, by its name in the table; else empty.
        files: what was read, in order.
        counts: one a check and severity that found something; complete, whatever is listed.
        not_judged: id of a check to why it can't judge this language or text, in English.
        findings: the places, in order of file, line and column; of a check that has very many, the first.
        faulty_words: words with an issue of severity ``error``, each counted once.
        silenced: places that the project's exceptions file accepts; they are in no other figure.
        characters: how often each code point stands in the text.
        options: with which the command ``check``, and so ``fix``, reads and judges as was done here.
        beside: sentences that other rooms say of the text, in the language that is spoken.
    """

    language: str
    orthography: str
    files: Sequence[FileReport]
    counts: Sequence[Count]
    not_judged: Mapping[str, str]
    findings: Sequence[Finding]
    faulty_words: int = 0
    silenced: int = 0
    characters: Mapping[str, int] = field(default_factory=dict)
    options: Sequence[str] = ()
    beside: Sequence[str] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst that was found; a note is no issue."""
        found = {count.severity for count in self.counts if count.places}
        return "errors" if "error" in found else "warnings" if "warning" in found else "clean"

    @property
    def lines(self) -> int:
        """Lines of all files."""
        return sum(file.lines for file in self.files)

    @property
    def words(self) -> int:
        """Words of all files."""
        return sum(file.words for file in self.files)

    @property
    def letters(self) -> int:
        """Letters of all files."""
        return sum(file.letters for file in self.files)

    def share(self, count: Count) -> float | None:
        """The share of all words that a check objects to; None for a check of lines, or without words."""
        return count.words / self.words if count.words is not None and self.words else None

    @property
    def places(self) -> dict[Severity, int]:
        """Places by severity, the gravest first."""
        places: Counter[Severity] = Counter()
        for count in self.counts:
            places[count.severity] += count.places
        return {severity: places[severity] for severity in SEVERITIES}


def worst(reports: Iterable[Report]) -> Verdict:
    """The verdict on several texts: that on the worst."""
    order: Sequence[Verdict] = ("errors", "warnings", "clean")
    return min((report.verdict for report in reports), key=order.index, default="clean")


MOST_LISTED = 100_000  # findings of one check and severity that are listed; all are counted


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
        silenced: issues that an exception accepts.
        places_in: issues of each file and severity.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.silenced = self.faulty_words = 0
        self.places_in: Counter[tuple[str, Severity]] = Counter()
        self._sums: dict[tuple[str, Severity], Sums] = defaultdict(Sums)

    def count(self, issue: Issue, file: str, line: int | None, of_word: bool = False) -> bool:
        """Count an issue; returns whether it is to be listed, as not very many of its kind were."""
        sums = self._sums[issue.check, issue.severity]
        sums.places += 1
        self.places_in[file, issue.severity] += 1
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

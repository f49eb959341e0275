"""From verdicts on words to findings at places, and exact counts of all of them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from langcov.hygiene.examine import Examined
from langcov.hygiene.fields import Fields
from langcov.hygiene.finding import SEVERITIES, Fault, Finding, Severity
from langcov.hygiene.result import Count
from langcov.hygiene.suspects import Suspects

CONTEXT = 40
"""Code points on either side of a word that a finding carries."""
MOST_LISTED = 100_000
"""Findings of one check and severity that are listed; all are counted."""
SHOWN = 200
"""Code points of a faulty line that a finding carries."""


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
    """Counts all faults and lists the first of each check.

    Attributes:
        findings: in the order in which they were met.
        silenced: faults that an exception accepts.
        faulty_words: words with an error.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.silenced = self.faulty_words = 0
        self._sums: dict[tuple[str, Severity], Sums] = defaultdict(Sums)

    def add(self, finding: Finding, of_word: bool = False) -> None:
        """Count a finding; keep it unless very many of its kind were kept."""
        fault = finding.fault
        sums = self._sums[fault.check, fault.severity]
        sums.places += 1
        sums.of_words |= of_word
        here = (finding.file, finding.line)
        sums.lines += finding.line is not None and here != sums.last
        sums.last = here
        sums.characters.update(fault.wrong)
        if sums.listed < MOST_LISTED:
            sums.listed += 1
            self.findings.append(finding)

    def count_words(self, faults: Iterable[Fault], times: int) -> None:
        """Count the words that have faults: each once for a check and severity."""
        kinds = {(fault.check, fault.severity) for fault in faults}
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


def collect(examined: Examined, ledger: Ledger) -> None:
    """Enter all faults of a file, in the order of its lines."""
    times = examined.survey.counts.tolist()
    for faults, accepted, count in zip(examined.faults, examined.accepted, times):
        ledger.silenced += accepted * count
        if faults:
            ledger.count_words(faults, count)
    file = examined.source.shown
    of_file = [fault for number, fault in examined.line_faults if number is None]
    for fault in of_file:
        ledger.add(Finding(file, None, None, 0, "", "", "", fault))
    for number, column in zip(examined.unreadable.numbers, examined.unreadable.columns):
        fault = Fault(
            "encoding",
            "error",
            column,
            column + 1,
            "",
            "The line is not valid text in its encoding from byte {byte} on: it was left out.",
            {"byte": str(column + 1)},
        )
        ledger.add(Finding(file, number + 1, column + 1, 1, "", "", "", fault))
    if any(examined.faults) or examined.survey.suspicious_lines or examined.line_faults:
        for finding, of_word in _placed(examined, ledger):
            ledger.add(finding, of_word)


def _placed(examined: Examined, ledger: Ledger) -> Iterator[tuple[Finding, bool]]:
    by_line: dict[int, list[Fault]] = defaultdict(list)
    for number, fault in examined.line_faults:
        if number is not None:
            by_line[number].append(fault)
    flagged = np.array(sorted(by_line), np.int64)
    finders = [check.line for check in examined.plan.checks if check.line]
    faulty = np.array([bool(faults) for faults in examined.faults], bool)
    for fields, found in examined.again():
        which = examined.survey.suspicious.add(found.words)
        words = np.flatnonzero(faulty[which])
        here = np.flatnonzero(np.isin(fields.numbers, flagged))
        texts = fields.texts
        rows: dict[int, list[tuple[Finding, bool]]] = defaultdict(list)
        for index in sorted({*here.tolist(), *found.lines.tolist()}):
            (line,) = texts[index : index + 1]
            faults = [fault for find in finders for fault in find(line, examined.judge.evidence)]
            kept = [fault for fault in faults if not examined.plan.accepted(line, fault)]
            ledger.silenced += len(faults) - len(kept)
            for fault in [*by_line[int(fields.numbers[index])], *kept]:
                rows[index].append((_of_line(examined, fields, index, line, fault), False))
        for word in words.tolist():
            index = int(found.text[word])
            for fault in examined.faults[which[word]]:
                rows[index].append((_of_word(examined, fields, found, word, fault), True))
        for index in sorted(rows):
            yield from sorted(rows[index], key=lambda row: row[0].column or 0)


def _of_line(examined: Examined, fields: Fields, index: int, line: str, fault: Fault) -> Finding:
    column = int(fields.prefixes[index]) + fault.start + 1
    number = int(fields.numbers[index]) + 1
    file = examined.source.shown
    begin = max(0, fault.start - CONTEXT)
    shown = line.rstrip("\r")[begin : begin + SHOWN]
    moved = replace(fault, start=fault.start - begin, end=min(fault.end - begin, len(shown)))
    return Finding(file, number, column, fault.end - fault.start, shown, "", "", moved)


def _of_word(examined: Examined, fields: Fields, found: Suspects, word: int, fault: Fault) -> Finding:
    index = int(found.text[word])
    (line,) = fields.texts[index : index + 1]
    (text,) = found.words[word : word + 1]
    column = int(found.column[word])
    head, tail = _outside(text, fault)
    end = column + len(text) - tail
    return Finding(
        examined.source.shown,
        int(fields.numbers[index]) + 1,
        int(fields.prefixes[index]) + column + fault.start + 1,
        fault.end - fault.start,
        text[head : len(text) - tail],
        line[max(0, column + head - CONTEXT) : column + head],
        line.rstrip("\r")[end : end + CONTEXT],
        _trimmed(text, fault, head, tail),
    )


def _outside(word: str, fault: Fault) -> tuple[int, int]:
    """How many characters of punctuation stand before and after what a finding should show of a word."""
    head, tail = 0, 0
    while head < fault.start and _is_punctuation(word[head]):
        head += 1
    while tail < len(word) - fault.end and _is_punctuation(word[-1 - tail]):
        tail += 1
    mend = fault.suggestion
    if mend is not None and (not mend.startswith(word[:head]) or not mend.endswith(word[len(word) - tail :])):
        return 0, 0
    return head, tail


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" and character not in "'’"


def _trimmed(word: str, fault: Fault, head: int, tail: int) -> Fault:
    """The fault of the word without its outer punctuation."""
    if not head and not tail:
        return fault
    mend = fault.suggestion
    return replace(
        fault,
        start=fault.start - head,
        end=fault.end - head,
        suggestion=None if mend is None else mend[head : len(mend) - tail],
    )

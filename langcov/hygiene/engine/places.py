"""From verdicts on words to findings at places, and exact counts of all of them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import itemgetter

import numpy as np

from langcov.hygiene.engine.examine import WHOLE, Examined
from langcov.hygiene.engine.finding import SEVERITIES, Fault, Finding, Severity
from langcov.hygiene.engine.report import Count
from langcov.hygiene.reading.fields import Fields

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

    def count(self, fault: Fault, file: str, line: int | None, of_word: bool = False) -> bool:
        """Count a fault; returns whether it is to be listed, as not very many of its kind were."""
        sums = self._sums[fault.check, fault.severity]
        sums.places += 1
        sums.of_words |= of_word
        here = (file, line)
        sums.lines += line is not None and here != sums.last
        sums.last = here
        sums.characters.update(fault.wrong)
        sums.listed += (listed := sums.listed < MOST_LISTED)
        return listed

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


class Waiting:
    """Faults of lines in the order of the file, taken block by block."""

    def __init__(self, faults: Iterator[tuple[int, Fault]]) -> None:
        self._faults = faults
        self.next = next(faults, None)

    def until(self, number: int) -> Iterator[tuple[int, Fault]]:
        """Those up to a line."""
        while self.next is not None and self.next[0] <= number:
            yield self.next
            self.next = next(self._faults, None)


def collect(examined: Examined, ledger: Ledger) -> None:
    """Enter all faults of a file, in the order of its lines.

    Raises:
        UserError: the file can't be read any more, or was changed since it was examined.
    """
    times = examined.survey.counts.tolist()
    for faults, accepted, count in zip(examined.faults, examined.accepted, times):
        ledger.silenced += accepted * count
        if faults:
            ledger.count_words(faults, count)
    file = examined.source.shown
    waiting = Waiting(examined.line_faults())
    for _, fault in waiting.until(WHOLE):
        if ledger.count(fault, file, None):
            ledger.findings.append(Finding(file, None, None, 0, "", "", "", fault))
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
        if ledger.count(fault, file, number + 1):
            ledger.findings.append(Finding(file, number + 1, column + 1, 1, "", "", "", fault))
    if any(examined.faults) or examined.survey.suspicious_lines or waiting.next:
        _place(examined, waiting, ledger)


def _place(examined: Examined, waiting: Waiting, ledger: Ledger) -> None:
    """Enter the faults of words and lines."""
    file, accepted = examined.source.shown, examined.plan.accepted
    evidence = examined.judge.evidence
    finders = [
        (check.line, frozenset(check.suspects(evidence))) for check in examined.plan.checks if check.line
    ]
    faulty = np.array([bool(faults) for faults in examined.faults], bool)
    words = examined.survey.suspicious.strings
    for fields, found in examined.again():
        line_of, last = _Lines(fields), int(fields.numbers.max(initial=WHOLE))
        of_lines = [(_text_of(fields, number, fault), fault) for number, fault in waiting.until(last)]
        for index in found.lines.tolist():
            line = line_of[index]
            of_lines += [
                (index, fault)
                for find, sought in finders
                if not sought or not sought.isdisjoint(line)
                for fault in find(line, evidence)
            ]
        rows: dict[int, list[tuple[int, int, Fault]]] = defaultdict(list)
        for index, fault in of_lines:
            if accepted(line_of[index], fault):
                ledger.silenced += 1
            else:
                rows[index].append((fault.start, -1, fault))
        for word in np.flatnonzero(faulty[found.which]).tolist():
            column = int(found.column[word])
            rows[int(found.text[word])] += [
                (column + fault.start, word, fault) for fault in examined.faults[found.which[word]]
            ]
        for index in sorted(rows):
            number, prefix = int(fields.numbers[index]) + 1, int(fields.prefixes[index])
            for start, word, fault in sorted(rows[index], key=itemgetter(0)):
                if ledger.count(fault, file, number, word >= 0):
                    line = line_of[index]
                    if word < 0:
                        shown = _of_line(line, fault)
                    else:
                        (text,) = words[found.which[word] : found.which[word] + 1]
                        shown = _of_word(line, text, start - fault.start, fault)
                    size = fault.end - fault.start
                    ledger.findings.append(Finding(file, number, prefix + start + 1, size, *shown))


class _Lines(dict[int, str]):
    """The texts of a block by index, each made once, when it is asked for."""

    def __init__(self, fields: Fields) -> None:
        super().__init__()
        self._texts = fields.texts

    def __missing__(self, index: int) -> str:
        (self[index],) = self._texts[index : index + 1]
        return self[index]


def _text_of(fields: Fields, number: int, fault: Fault) -> int:
    """The index of the text in a line; of several (of a record), the first that is as long as the fault."""
    first, end = np.searchsorted(fields.numbers, [number, number + 1]).tolist()
    if end == first + 1:
        return int(first)
    return int(first + np.argmax(fields.sizes[first:end] == fault.end))


Shown = tuple[str, str, str, Fault]
"""The word or line that a finding shows, what stands before and after it, and the fault in it."""


def _of_line(line: str, fault: Fault) -> Shown:
    begin = max(0, fault.start - CONTEXT)
    shown = line.rstrip("\r")[begin : begin + SHOWN]
    if not begin and fault.end <= len(shown):
        return shown, "", "", fault
    return shown, "", "", replace(fault, start=fault.start - begin, end=min(fault.end - begin, len(shown)))


def _of_word(line: str, text: str, column: int, fault: Fault) -> Shown:
    head, tail = _outside(text, fault)
    start = column + head
    end = start - head + len(text) - tail
    return (
        text[head : len(text) - tail],
        line[max(0, start - CONTEXT) : start],
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

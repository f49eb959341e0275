"""From verdicts on words, and issues of lines, to findings at places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

import numpy as np

from langcov.hygiene.engine.examine import WHOLE, Examined
from langcov.hygiene.engine.finding import Finding, Issue
from langcov.hygiene.engine.protocol import Evidence
from langcov.hygiene.engine.report import Ledger
from langcov.hygiene.engine.search import Found
from langcov.hygiene.reading.fields import Fields

NONE = -1

Place = tuple[int, int, int, int, Issue]
"""Of an issue: its line, from 0; the index of its text in a block of texts, ``NONE`` where the line has none;
the code points before it in the text; the number of the word, ``NONE`` of an issue of a line; the issue."""


def collect(examined: Examined, ledger: Ledger) -> None:
    """Enter all issues of a file, in the order of its lines."""
    found = examined.verdicts
    times = examined.search.survey.counts.tolist()
    for issues, accepted, count in zip(found.issues, found.accepted, times):
        ledger.silenced += accepted * count
        if issues:
            ledger.count_words(issues, count)
    placing = Placing(examined, ledger)
    placing.whole()
    if any(found.issues) or examined.search.survey.suspicious_lines or placing.waiting.next:
        for fields, suspicious in examined.search.again():
            placing.block(fields, suspicious)
    placing.rest()


class Waiting:
    """Issues of lines in the order of the file, taken block by block."""

    def __init__(self, issues: Iterator[tuple[int, Issue]]) -> None:
        self._issues = issues
        self.next = next(issues, None)

    def until(self, number: float) -> Iterator[tuple[int, Issue]]:
        """Those up to a line."""
        while self.next is not None and self.next[0] <= number:
            yield self.next
            self.next = next(self._issues, None)


class Placing:
    """Enters the issues of a file, block by block."""

    def __init__(self, examined: Examined, ledger: Ledger) -> None:
        search, plan = examined.search, examined.search.plan
        self.waiting = Waiting(examined.all_lines.issues())
        self._ledger, self._file, self._accepted = ledger, search.source.shown, plan.accepted
        self._words, self._issues = examined.verdicts.words, examined.verdicts.issues
        self._faulty = np.array([bool(issues) for issues in self._issues], bool)
        self._of_lines = search.plan.of_lines
        self._evidence = Evidence(plan.language, plan.alphabet, search.survey.characters, {})

    def whole(self) -> None:
        """Enter what is true of the file as a whole."""
        for _, issue in self.waiting.until(WHOLE):
            if self._ledger.count(issue, self._file, None):
                self._ledger.findings.append(Finding(self._file, None, None, 0, "", "", "", issue))

    def block(self, fields: Fields, found: Found) -> None:
        """Enter the issues of some texts, and of the lines before the last of them."""
        lines = _Lines(fields)
        places = [
            *self._silenced(self._waiting(fields), lines),
            *self._silenced(self._in_lines(fields, found, lines), lines),
            *self._in_words(fields, found),
        ]
        for place in sorted(places, key=itemgetter(0, 1, 2)):
            prefix = int(fields.prefixes[place[1]]) if place[1] != NONE else 0
            where = fields.place(place[0], prefix, place[2])
            self._enter(place, lines, where, fields.places.get(place[0], ""))

    def rest(self) -> None:
        """Enter the issues of lines after the last text."""
        for number, issue in self.waiting.until(np.inf):
            self._enter((number, NONE, issue.start, NONE, issue), {NONE: ""}, (number, issue.start))

    def _waiting(self, fields: Fields) -> Iterator[Place]:
        last = int(fields.numbers.max(initial=WHOLE))
        for number, issue in self.waiting.until(last):
            yield number, _text_of(fields, number, issue), issue.start, NONE, issue

    def _in_lines(self, fields: Fields, found: Found, lines: dict[int, str]) -> Iterator[Place]:
        numbers = fields.numbers[found.lines].tolist()
        for text, number in zip(found.lines.tolist(), numbers):
            line, characters = lines[text], set(lines[text])
            for check, trigger in self._of_lines:
                if check.line and trigger.sees(line, characters):
                    for issue in check.line(line, self._evidence):
                        yield number, text, issue.start, NONE, issue

    def _in_words(self, fields: Fields, found: Found) -> Iterator[Place]:
        faulty = np.flatnonzero(self._faulty[found.which])
        which, texts, columns = found.which[faulty], found.text[faulty], found.column[faulty]
        places = zip(which.tolist(), texts.tolist(), columns.tolist(), fields.numbers[texts].tolist())
        for word, text, column, number in places:
            for issue in self._issues[word]:
                yield number, text, column + issue.start, word, issue

    def _silenced(self, places: Iterator[Place], lines: dict[int, str]) -> Iterator[Place]:
        """Those that no exception accepts; the others are counted."""
        for place in places:
            if self._accepted(lines[place[1]], place[-1]):
                self._ledger.silenced += 1
            else:
                yield place

    def _enter(self, place: Place, lines: dict[int, str], where: tuple[int, int], named: str = "") -> None:
        number, text, start, word, issue = place
        if self._ledger.count(issue, self._file, number + 1, word != NONE):
            line = lines[text]
            if word == NONE:
                shown = of_line(line, issue)
            else:
                shown = of_word(line, self._words[word], start - issue.start, issue)
            size = issue.end - issue.start
            finding = Finding(self._file, where[0] + 1, where[1] + 1, size, *shown, named)
            self._ledger.findings.append(finding)


class _Lines(dict[int, str]):
    """The texts of a block by index, each made once, when it is asked for; empty where a line has none."""

    def __init__(self, fields: Fields) -> None:
        super().__init__({NONE: ""})
        self._texts = fields.texts

    def __missing__(self, index: int) -> str:
        (self[index],) = self._texts[index : index + 1]
        return self[index]


def _text_of(fields: Fields, number: int, issue: Issue) -> int:
    """The index of the text in a line; of several (of a record), the first that is as long as the issue."""
    first, end = np.searchsorted(fields.numbers, [number, number + 1]).tolist()
    if end == first:
        return NONE
    if end == first + 1:
        return int(first)
    return int(first + np.argmax(fields.sizes[first:end] == issue.end))


CONTEXT = 40  # code points on either side of a word that a finding carries
SHOWN = 200  # code points of an issuey line that a finding carries

Shown = tuple[str, str, str, Issue]
"""The word or line that a finding shows, what stands before and after it, and the issue in it."""


def of_line(line: str, issue: Issue) -> Shown:
    """Of an issue of a line: its beginning, or what is around the issue if that lies far inside."""
    if not line:  # the line is no text, and its issue not in characters
        return "", "", "", issue
    begin = max(0, issue.start - CONTEXT)
    shown = line.rstrip("\r")[begin : begin + SHOWN]
    if not begin and issue.end <= len(shown):
        return shown, "", "", issue
    return shown, "", "", replace(issue, start=issue.start - begin, end=min(issue.end - begin, len(shown)))


def of_word(line: str, text: str, column: int, issue: Issue) -> Shown:
    """Of an issue of a word: the word without punctuation around it."""
    head, tail = _outside(text, issue)
    start = column + head
    end = start - head + len(text) - tail
    return (
        text[head : len(text) - tail],
        line[max(0, start - CONTEXT) : start],
        line.rstrip("\r")[end : end + CONTEXT],
        _trimmed(text, issue, head, tail),
    )


def _outside(word: str, issue: Issue) -> tuple[int, int]:
    """How many characters of punctuation stand before and after what a finding should show of a word."""
    head, tail = 0, 0
    while head < issue.start and _is_punctuation(word[head]):
        head += 1
    while tail < len(word) - issue.end and _is_punctuation(word[-1 - tail]):
        tail += 1
    fix = issue.suggestion
    if fix is not None and (not fix.startswith(word[:head]) or not fix.endswith(word[len(word) - tail :])):
        return 0, 0
    return head, tail


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" and character not in "'’"


def _trimmed(word: str, issue: Issue, head: int, tail: int) -> Issue:
    if not head and not tail:
        return issue
    fix = issue.suggestion
    return replace(
        issue,
        start=issue.start - head,
        end=issue.end - head,
        suggestion=None if fix is None else fix[head : len(fix) - tail],
    )

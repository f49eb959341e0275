"""One file, read twice: which words are suspicious, what the file says of them, the verdict on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import merge
from operator import itemgetter
from pathlib import Path

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.streams import is_url
from langcov.errors import UserError
from langcov.hygiene.engine.attestation import Attestation
from langcov.hygiene.engine.evidence import Evidence
from langcov.hygiene.engine.finding import Fault
from langcov.hygiene.engine.judge import Accepts, Judge
from langcov.hygiene.engine.registry import Check
from langcov.hygiene.engine.survey import Survey
from langcov.hygiene.engine.suspects import Flags, flags, suspects
from langcov.hygiene.lines.protocol import LineCheck
from langcov.hygiene.lines.statistics import LineStatistics, Totals
from langcov.hygiene.reading.fields import Fields, weighted_uses
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.text.strings import Offsets

MOST_ROUNDS = 5
WHOLE = -1
"""The line of what is true of a file as a whole."""
QUOTES = frozenset('"“”')
MOST_KEPT = 1 << 20
"""Suspicious words and lines that are remembered by their places: 24 MB; those after them are found again."""
Texts = Callable[[Unreadable | None], Iterator[Fields]]


@dataclass
class Plan:
    """What is done with each file of a language.

    Attributes:
        language: that the files are declared to be in.
        alphabet: of its orthography.
        checks: of words and lines.
        line_checks: makes those of all lines, for one file.
        wanted: whether a check of this id takes part.
        named: checks whose mends ``fix`` was asked for by name, automatic or not.
        accepted: whether the project's exceptions accept a fault of a word.
        options: how files are read.
        progress: told of each block that was read.
    """

    language: Language
    alphabet: Alphabet | None
    checks: Sequence[Check]
    line_checks: Callable[[], Sequence[LineCheck]] = lambda: ()
    wanted: Callable[[str], bool] = lambda check: True
    named: Sequence[str] = ()
    accepted: Accepts = lambda word, fault: False
    options: ReadOptions = field(default_factory=ReadOptions)
    refuse: Callable[[str, int, bytes], UserError] | None = None
    progress: Callable[[str, int], None] = lambda path, size: None

    @property
    def flagged(self) -> Flags:
        """What each code point means to the search for suspicious words."""
        evidence = Evidence(self.language, self.alphabet)
        finders = {check.suspects for check in self.checks if check.word}
        of_lines = {check.suspects for check in self.checks if check.line}
        return flags(
            self.language.script,
            [suspects(evidence) for suspects in finders],
            [beside(evidence) for beside in {check.beside for check in self.checks}],
            [suspects(evidence) for suspects in of_lines],
        )


@dataclass(frozen=True, eq=False)
class Found:
    """What is suspicious in a block of texts.

    Attributes:
        which: the number of each suspicious word, int64 [n].
        text: the index of the text that each is in, int64 [n].
        column: code points before each in its text, int64 [n].
        lines: the suspicious texts, int64 [m].
    """

    which: Offsets
    text: Offsets
    column: Offsets
    lines: Offsets


@dataclass
class Examined:
    """A file and the verdicts on its words.

    Attributes:
        source: the file.
        plan: what was asked.
        stamp: what tells whether the file is still what it was.
        found: the suspicious words and lines of its first blocks.
        texts: reads its texts, once more each time; lines that are not text are written down.
        flagged: what makes a word suspicious.
        survey: its suspicious words and its size.
        judge: with all evidence.
        unreadable: lines that are not text.
        faults: of each suspicious word.
        accepted: how many faults of each suspicious word an exception accepts.
        mended: what becomes of each suspicious word.
        line_checks: that have seen all lines.
        not_judged: which of these could not judge the file, and why.
        totals: figures of all lines, where a check wanted them.
    """

    source: Source
    plan: Plan
    stamp: tuple[int, int] | None
    found: list[Found]
    texts: Texts
    flagged: Flags
    survey: Survey
    judge: Judge
    unreadable: Unreadable
    faults: list[tuple[Fault, ...]]
    accepted: list[int]
    mended: list[str]
    line_checks: Sequence[LineCheck]
    not_judged: dict[str, str]
    totals: Totals | None

    def again(self) -> Iterator[tuple[Fields, Found]]:
        """The texts once more, with their suspicious words: remembered, or looked for again.

        Raises:
            UserError: the file can't be read any more, or was written to meanwhile.
        """
        if _stamp(self.source) != self.stamp:
            raise UserError(f"{self.source.path} was changed while it was read: check it again")
        known = iter(self.found)
        for fields in self.texts(Unreadable() if self.unreadable.numbers else None):
            found = next(known, None)
            if found is None:
                now = suspects(fields, self.flagged)
                found = Found(self.survey.suspicious.add(now.words), now.text, now.column, now.lines)
            yield fields, found

    def line_faults(self) -> Iterator[tuple[int, Fault]]:
        """What the checks of all lines found, in the order of the file, after what is of ``WHOLE``."""
        found = (
            ((WHOLE if number is None else number, fault) for number, fault in check.faults())
            for check in self.line_checks
        )
        return (one for one in merge(*found, key=itemgetter(0)) if self.plan.wanted(one[1].check))


def examine(source: Source, plan: Plan, texts: Texts | None = None) -> Examined:
    """Read a file for its suspicious words, count the words that they are judged by, and judge them.

    A mend makes words that others are attested by: the verdicts are made again until they stand, so that
    mending the mended file changes nothing.

    Args:
        source: the file.
        plan: what to look for.
        texts: reads the file in another way than ``read_fields``.

    Raises:
        UserError: the file can't be read, or is in another encoding.
    """
    if texts is None:
        texts = partial(read_fields, source, Reading(plan.options, plan.refuse))
    flagged, survey, unreadable = plan.flagged, Survey(), Unreadable()
    line_checks, stamp = plan.line_checks(), _stamp(source)
    found: list[Found] = []
    kept = 0
    for fields in texts(unreadable):
        now = suspects(fields, flagged)
        which = survey.add(fields, now)
        if kept < MOST_KEPT:
            found.append(Found(which, now.text, now.column, now.lines))
            kept += len(which) + len(now.lines)
        for check in line_checks:
            check.add(fields)
        plan.progress(source.path, len(fields.data))
    evidence = Evidence(plan.language, plan.alphabet, survey.characters)
    judge = Judge(plan.checks, evidence, plan.accepted)
    words = survey.suspicious.strings.to_list()
    judge.ask(words)
    attestation = Attestation(evidence.asked, _apostrophes(plan.alphabet))
    if evidence.asked:
        for fields in texts(Unreadable() if unreadable.numbers else None):
            attestation.add(fields.points, fields.times)
    judge.learn(attestation.counts, survey.characters)
    mended = _settled(words, judge, survey, attestation, plan.named)
    verdicts = [judge.faults(word) for word in words]
    return Examined(
        source,
        plan,
        stamp,
        found,
        texts,
        flagged,
        survey,
        judge,
        unreadable,
        [faults for faults, _ in verdicts],
        [accepted for _, accepted in verdicts],
        mended,
        line_checks,
        {check: reason for one in line_checks for check, reason in one.unjudged().items()},
        next((check.totals for check in line_checks if isinstance(check, LineStatistics)), None),
    )


def _stamp(source: Source) -> tuple[int, int] | None:
    """Size and time of a local file."""
    path = Path(source.path)
    if is_url(source.path) or not path.is_file():
        return None
    return path.stat().st_size, path.stat().st_mtime_ns


def _apostrophes(alphabet: Alphabet | None) -> set[str]:
    """Those that words are made of; a quotation mark only where it is itself a letter."""
    return set(alphabet.apostrophes).difference(QUOTES - alphabet.letters) if alphabet else set()


def _settled(
    words: list[str], judge: Judge, survey: Survey, attestation: Attestation, named: Sequence[str]
) -> list[str]:
    """The words after all mends, once these change nothing more."""
    now = words
    for _ in range(MOST_ROUNDS):
        mended = [judge.mended(word, named) for word in words]
        changed = [index for index, word in enumerate(mended) if word != now[index]]
        if not changed:
            break
        times = survey.counts[changed]
        for side, sign in ((now, -1), (mended, 1)):
            words_of = Fields.of(side[index] for index in changed)
            attestation.add(words_of.points, sign * times)
            survey.add_letters(weighted_uses(words_of.points, sign * times))
        judge.learn(attestation.counts, survey.characters)
        now = mended
    return now

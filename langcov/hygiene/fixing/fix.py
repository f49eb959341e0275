"""Fixing a file: read once more, block by block, each with what changes in its lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from langcov.corpora.base import Source
from langcov.corpora.readers.decode import BYTE_ORDER_MARK
from langcov.corpora.readers.formats import DOCUMENTS, texts_in
from langcov.corpora.readers.streams import beginning, changed, is_url
from langcov.corpora.readers.texts import Texts
from langcov.errors import UserError
from langcov.hygiene.engine.examine import texts_of
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.judge import Judge
from langcov.hygiene.engine.protocol import Evidence
from langcov.hygiene.engine.search import Plan, Search
from langcov.hygiene.fixing.changes import Change, Fix, Unplaced, edited
from langcov.hygiene.fixing.formats import PLACINGS
from langcov.hygiene.lines.recognition import costs
from langcov.hygiene.reading.encoding import holds, spelled_out
from langcov.hygiene.reading.fields import fields_of
from langcov.hygiene.reading.texts import Reading

BLOCK_BYTES = 1 << 18  # a fix takes a hundred times the memory of its word
WHITE_SPACE = "Fixed, it would be several words or none."


@dataclass(frozen=True)
class Block:
    """Some neighbouring lines of a file and what becomes of them."""

    first: int  # number of the first line, from 0
    mark: bytes  # the byte-order mark before it, or nothing
    lines: list[bytes]  # without their LFs, in UTF-8; the last is empty unless the file ends without LF
    # of each line that changes, by its place in ``lines``, from left to right
    changes: dict[int, list[Change]]
    left: list[tuple[int, Fix, str]]  # fixes that can't be made, with the number of their line and why
    end: bytes = b"\n"  # what lines end with in the file: LF, or CR alone
    # of a document, whose plain text these are lines of: where each stands in it, by its number
    places: Mapping[int, str] = field(default_factory=dict)

    @property
    def fixed(self) -> dict[int, bytes]:
        """The new lines, by their place in ``lines``."""
        return {
            index: edited(self.lines[index].decode(), 0, changes).encode()
            for index, changes in self.changes.items()
        }


class Encodings(NamedTuple):
    """What a file is in, and its fixed copy."""

    old: str
    new: str


class Fixing:
    """What is done to a file.

    Attributes:
        document: it holds text, which is what is fixed: the copy is plain text in UTF-8.
        encoding: of the file and of its copy, which is UTF-8 where the other can't hold the fixes.
        lines: lines that changed, once ``blocks`` is at its end.
        replaced: how often each character of the changed words is in them no more.
        left: fixes that can't be made, by the reason.
        offered: words with a fix that is made only where its check is named, by check.
    """

    def __init__(self, search: Search, encoding: str, chosen: Mapping[str, Fix] | None = None) -> None:
        self._search, self.path = search, search.source.path
        self.document = search.source.format in DOCUMENTS
        self._placing = PLACINGS[search.source.format](search.plan.options)
        self._fixes, self.offered = (
            fixes_of(search, search.plan.chosen.named) if chosen is None else _chosen(search, chosen)
        )
        self._fixed = np.zeros(len(search.survey.suspicious), bool)
        self._fixed[list(self._fixes)] = True
        written = "".join(fix.after for fix in self._fixes.values())
        self.encoding = Encodings(encoding, encoding if holds(encoding, written) else "utf-8")
        self.lines = self.words = 0
        self.by_check: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.replaced: Counter[str] = Counter()

    @property
    def costs(self) -> Iterator[Issue]:
        """What is known of models that want letters which were replaced."""
        return costs(self._search.plan.language.id, self.replaced)

    def blocks(self) -> Iterator[Block]:
        """The file with its changes; counts them.

        Raises:
            UserError: the file can't be read, or was changed since it was examined.
        """
        self.lines = self.words = 0
        self.by_check, self.left, self.replaced = Counter(), Counter(), Counter()
        source, plan = self._search.source, self._search.plan
        size = min(plan.options.chunk_bytes, BLOCK_BYTES)
        encoding = plan.options.encoding if self.document else self.encoding.old
        options = replace(plan.options, encoding=encoding, chunk_bytes=size)
        file = Reading(options).file(source, None)
        for texts in texts_in(file):
            assert texts.block is not None
            mark = BYTE_ORDER_MARK if texts.block.first == 0 and file.provenance.byte_order_marks else b""
            lines = texts.block.data.split(b"\n")
            block = Block(texts.block.first, mark, lines, {}, [], file.line_end, texts.places)
            self._fix(block, texts)
            yield block
            plan.progress(source.path, len(mark) + len(texts.block.data))
        self._search.check_unchanged()

    def _fix(self, block: Block, texts: Texts) -> None:
        """Enter what changes in a block."""
        try:
            fields = fields_of(texts)
            if not len(fields):
                return
            found = self._search.find(fields)
        except ValueError:  # it was valid when it was read before
            raise changed(self.path) from None
        if len(self._search.survey.suspicious) > len(self._fixed):
            raise changed(self.path)
        words = np.flatnonzero(self._fixed[found.which])
        by_text: dict[int, list[Fix]] = defaultdict(list)
        places = zip(found.text[words].tolist(), found.column[words].tolist(), found.which[words].tolist())
        for text, column, word in places:
            by_text[text].append(Fix(column, *self._fixes[word][1:]))
        for text, fixes in by_text.items():
            self._place(block, int(fields.numbers[text]), int(fields.prefixes[text]), fixes)

    def _place(self, block: Block, number: int, prefix: int, fixes: list[Fix]) -> None:
        """Enter the fixes of one text, all or none."""
        writable = [fix for fix in fixes if is_word(fix.after)]
        left = [(number, fix, WHITE_SPACE) for fix in fixes if not is_word(fix.after)]
        try:
            placed = self._placing(block.lines, number - block.first, prefix, writable) if writable else {}
        except Unplaced as problem:
            left += [(number, fix, str(problem)) for fix in writable]
            placed, writable = {}, []
        self.lines += len(placed.keys() - block.changes.keys())
        for index, changes in placed.items():
            block.changes.setdefault(index, []).extend(changes)  # a line may hold several texts of a record
        block.left.extend(left)
        self.words += len(writable)
        self.by_check.update(check for fix in writable for check in fix.checks)
        for fix in writable:
            self.replaced.update(Counter(fix.before) - Counter(fix.after))
        self.left.update(reason for _, _, reason in left)


def fix(source: Source, plan: Plan, chosen: Mapping[str, Fix] | None = None) -> Fixing:
    """Find what is to be fixed in a file; nothing is written.

    Args:
        chosen: what becomes of each word that a person chose, by the word, and of no other; None makes all
            fixes that are automatic, and those of the checks that the plan names.

    Raises:
        UserError: the format can't be fixed, the file can't be read, or some of it is not text.
    """
    search = searched(source, plan)
    named, head = (
        ("utf-8", b"") if source.format in DOCUMENTS else (plan.options.encoding, beginning(source.path, 4))
    )
    return Fixing(search, spelled_out(named, head), chosen)


def searched(source: Source, plan: Plan) -> Search:
    """A file that can be fixed, read for its suspicious words.

    Raises:
        UserError: as of ``fix``.
    """
    check_source(source)
    search = Search(source, plan, texts_of(source, plan))
    for _ in search.read():  # what is suspicious stays in the search
        pass
    if search.unreadable.numbers:
        line, column = search.unreadable.numbers[0] + 1, search.unreadable.columns[0] + 1
        raise UserError(
            f"{source.path}, line {line}, byte {column}: not valid {plan.options.encoding}, so that a copy "
            "would lose it: give the right --encoding, or repair that line first"
        )
    return search


def check_source(source: Source) -> None:
    """See whether a file is of a kind that can be fixed.

    Raises:
        UserError: it is not; says how to export it.
    """
    if not is_url(source.path) and not Path(source.path).is_file():
        raise UserError(f"{source.path} is no plain file, but fixing reads it several times: save it as one")
    if source.format == "parquet":
        raise UserError(
            f"{source.path}: Parquet is not fixed: export it as JSON lines "
            "(pandas: to_json(…, orient='records', lines=True, force_ascii=False)) and fix those"
        )
    if source.format == "words":
        raise UserError(f"{source.path}: a table of word counts is not fixed: fix its text and condense that")
    if source.format not in PLACINGS:
        raise UserError(f"{source.path}: {source.format} is not fixed: export it as plain text (.txt)")


def _chosen(search: Search, chosen: Mapping[str, Fix]) -> tuple[dict[int, Fix], Counter[str]]:
    """The same as ``fixes_of`` for what a person chose."""
    words = enumerate(search.survey.suspicious.strings.to_list())
    return {number: chosen[word] for number, word in words if word in chosen}, Counter()


def fixes_of(search: Search, named: Sequence[str]) -> tuple[dict[int, Fix], Counter[str]]:
    """The words that change, by their number, and how many words could, by check.

    One judge has all checks, which build on each other's fixes.

    Args:
        named: checks whose fixes are made though they are not automatic.
    """
    plan, survey = search.plan, search.survey
    evidence = Evidence(plan.language, plan.alphabet, survey.characters)
    judge = Judge(search.plan.of_words, evidence, plan.accepted, named)
    words = survey.suspicious.strings.to_list()
    for word in words:
        judge.ask(word)
    counts = search.count(evidence.asked)
    judge.learn(counts)
    fixes: dict[int, Fix] = {}
    offered: Counter[str] = Counter()
    settled = judge.settle(words, survey.counts, counts)
    for number, (word, fixed, times) in enumerate(zip(words, settled, survey.counts.tolist())):
        if fixed != word:
            issues = judge.fixes(word)
            fixes[number] = Fix(0, word, fixed, tuple(dict.fromkeys(issue.check for issue in issues)))
        offered.update(dict.fromkeys(judge.offered(fixed), times))
    return fixes, offered


def is_word(text: str) -> bool:
    """Whether a text is one word, so that it may stand in the place of one."""
    return text.split() == [text]

"""Every source counted, in pieces where several workers can share it, and the pieces put together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import Any

from langcov.core.work import Kept, Progress, run, until_interrupt
from langcov.corpora import Numbered, check_lines, count_lines, no_text
from langcov.corpora.base import Corpus, Provenance, ReadOptions
from langcov.corpora.readers.streams import changed
from langcov.counting.jobs import Count, Counted, Job, Place
from langcov.counting.tally import FileTally, ease
from langcov.measure.plan import MeasureSettings

PART_BYTES = 32 << 20  # about what a worker is given at once


@dataclass
class Where:
    """Where sources are counted.

    Attributes:
        executor: None: here.
        count: counts one job there; picklable, and knows the systems.
        kept: pieces of an earlier run that was stopped.
        memory: bytes that each process may take; None leaves it at what serves well.
    """

    executor: Executor | None = None
    count: Count | None = None
    kept: Kept | None = None
    memory: int | None = None


def count_all(
    corpora: Sequence[Corpus],
    settings: MeasureSettings,
    count: Count,
    where: Where,
    progress: Progress,
    *,
    words_once: bool = True,
    keep_words: bool = False,
    part_bytes: int | None = None,
) -> tuple[dict[Place, Counted], bool]:
    """Count every source of every corpus.

    Args:
        count: counts a job here.
        keep_words: whether tallies have the distinct words too.
        part_bytes: about the size of the pieces that files are cut into (``PART_BYTES``).

    Returns:
        The sources of which all pieces are counted, and whether an interrupt ended it.

    Raises:
        UserError: a file can't be read, or files aligned by line are not of one length.
        KeyboardInterrupt: nothing was finished before it.
    """
    lines = dict(chain.from_iterable(_aligned(corpus, settings.options) for corpus in corpora))
    jobs = [
        Job(
            corpus.part(source),
            source,
            settings.options,
            words_once,
            perturbations=settings.perturbations,
            keep_words=keep_words,
            memory=where.memory,
        )
        for corpus in corpora
        for source in corpus.sources
    ]
    counting = _Counting(jobs, where, count, part_bytes or PART_BYTES)
    done, interrupted = until_interrupt(counting.sources(progress))
    for place, counted in done:
        if lines.get(place, counted.provenance.lines) != counted.provenance.lines:
            raise changed(place[1].path)
    return dict(done), interrupted


def _aligned(corpus: Corpus, options: ReadOptions) -> list[tuple[Place, int]]:
    """The lines of each file of a corpus that is aligned by line.

    Raises:
        UserError: they are not of one length.
    """
    if corpus.alignment != "lines":
        return []
    texts = [source for source in corpus.sources if source.format != "words"]
    counts = [count_lines(text, corpus, options) for text in texts]
    check_lines(corpus, zip(texts, counts))
    return [((corpus.name, text), count) for text, count in zip(texts, counts)]


class _Counting:
    """Jobs on their way to workers and back."""

    def __init__(self, jobs: Sequence[Job], where: Where, count: Count, size: int) -> None:
        self.jobs, self.where, self.count = jobs, where, where.count or count
        whole = where.executor is None and where.kept is None
        self.parts = [None if whole else Numbered(job.source, job.options, size) for job in jobs]
        self.sizes = [len(parts or ()) or 1 for parts in self.parts]
        self.given: list[tuple[int, int]] = []  # the job and the piece of each task

    def sources(self, progress: Progress) -> Iterator[tuple[Place, Counted]]:
        """Each source, once all of its pieces are counted."""
        progress.start(sum(self.sizes))
        found = [_Found(size) for size in self.sizes]
        finished: dict[tuple[str, str], list[FileTally[Any]]] = defaultdict(list)
        for index, answer in run(self.count, self._tasks(), self.where.executor, self.where.kept):
            which, piece = self.given[index]
            job = self.jobs[which]
            whole = found[which].add(piece, answer)
            if whole is not None:
                self._settle(which, whole)
                of_language = finished[job.corpus.name, job.source.language]
                of_language.append(whole.tally)
                ease(of_language)
                yield job.place, whole
            progress.finish(job.source.path)

    def _tasks(self) -> Iterator[Job]:
        for which, (job, parts) in enumerate(zip(self.jobs, self.parts)):
            if not parts:
                self.given.append((which, 0))
                yield job
                continue
            for piece, part in enumerate(parts):
                self.given.append((which, piece))
                yield replace(job, part=part)

    def _settle(self, which: int, whole: Counted) -> None:
        """What pieces can't tell of a file."""
        parts = self.parts[which]
        if parts:
            if not whole.tally.columns["lines"].any():
                raise no_text(self.jobs[which].source.path, whole.provenance)
            whole.tally.sha256 = whole.provenance.sha256 = parts.sha256


@dataclass
class _Found:
    """The pieces of a source that are counted so far: neighbours are added up as they come."""

    size: int
    # begin → (end, sum) of each run of neighbours, and where the run begins that ends there
    runs: dict[int, tuple[int, Counted]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)

    def add(self, piece: int, counted: Counted) -> Counted | None:
        """Add a piece; the whole, if it was the last.

        In the order of the text: of all the lines that a tokenizer fails on, the first is named.
        """
        begin, end = piece, piece + 1
        if begin in self.ends:
            begin = self.ends.pop(begin)
            counted = _added(self.runs.pop(begin)[1], counted)
        if end in self.runs:
            end, after = self.runs.pop(end)
            counted = _added(counted, after)
        self.runs[begin], self.ends[end] = (end, counted), begin
        return counted if end - begin == self.size else None


def _added(one: Counted, other: Counted) -> Counted:
    """Two neighbours as one; the hash of the file is yet to be set."""
    one.tally.merge(other.tally)
    sums = {
        part.name: getattr(one.provenance, part.name) + getattr(other.provenance, part.name)
        for part in fields(Provenance)
        if part.name != "sha256"
    }
    return Counted(one.tally, Provenance(**sums))

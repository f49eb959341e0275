"""What is to be counted, in which pieces, and the pieces put together again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path

from langcov.core.executors import run as run_tasks
from langcov.core.progress import Progress
from langcov.corpora import can_split, check_lines, count_lines, no_text, split
from langcov.corpora.base import Corpus, Provenance, ReadOptions, Source
from langcov.counting.jobs import Counted, Job, Place
from langcov.errors import UserError
from langcov.languages import find
from langcov.languages.perturbations import check_names
from langcov.metrics.tokenizers.ratios import WORDS

MOST = 10**12
PART_BYTES = 32 << 20
"""A plain file is cut into parts of about this size where several workers can share it."""


@dataclass
class Settings:
    """What a measurement is told beside its corpora and tokenizers.

    Attributes:
        references: languages, by any name, that premiums are against; each counts once.
        words: ``whitespace`` or ``uax29``, the words of fertility.
        words_once: encode each distinct word once where that is proved (else whole lines).
        context: tokens of a context window, for ``context_chars``.
        price: of a million tokens, for ``price_per_million_chars``; None leaves it out.
        perturbations: changes whose cost in tokens is measured, by name.
    """

    references: Sequence[str] = ("rus", "eng")
    words: str = "whitespace"
    words_once: bool = True
    context: int = 8192
    price: float | None = None
    perturbations: Sequence[str] = ()
    options: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        """Refuse what no measurement can follow.

        Raises:
            UserError: says what is allowed.
        """
        if self.words not in WORDS:
            raise UserError(f"no words are called {self.words!r}: {' or '.join(WORDS)}")
        if not 1 <= self.context <= MOST:
            raise UserError(f"a context of {self.context} tokens: it must be from 1 to {MOST}")
        if self.price is not None and not 0 <= self.price <= MOST:
            raise UserError(f"a price of {self.price}: it must be a number from 0 to {MOST}")
        self.references = tuple(sorted({find(name).id for name in self.references}))
        self.perturbations = tuple(dict.fromkeys(self.perturbations))
        check_names(self.perturbations)


def count_all(
    corpora: Sequence[Corpus],
    options: ReadOptions,
    count: Callable[[Job], Counted],
    executor: Executor | None,
    progress: Progress,
    words_once: bool = True,
    perturbations: Sequence[str] = (),
    part_bytes: int | None = None,
) -> Iterator[tuple[Place, Counted]]:
    """Count every source of every corpus; it is given once all of its parts are counted.

    Args:
        part_bytes: about the size of the parts that plain files are cut into for workers (``PART_BYTES``).

    Raises:
        UserError: a file can't be read, or files aligned by line are not of one length.
    """
    for corpus in corpora:
        if corpus.alignment == "lines":
            texts = [source for source in corpus.sources if source.format != "words"]
            check_lines(corpus, ((text, count_lines(text, corpus, options)) for text in texts))
    jobs: list[Job] = []
    hashes: dict[Place, str] = {}
    for corpus in corpora:
        for source in corpus.sources:
            job = Job(corpus, source, options, words_once, perturbations=perturbations)
            wanted = _parts(source, options, part_bytes or PART_BYTES) if executor is not None else 1
            if wanted > 1:
                parts, hashes[job.place] = split(source, wanted)
                jobs += [replace(job, part=part) for part in parts]
            else:
                jobs.append(job)
    progress.start(len(jobs))
    pieces = Counter(job.place for job in jobs)
    found: dict[Place, dict[int, Counted]] = {}
    for index, answer in run_tasks(count, jobs, executor):
        place = jobs[index].place
        source = place[1]
        done = found.setdefault(place, {})
        done[index] = answer
        if len(done) == pieces[place]:
            # In the order of the text: of all the lines that a tokenizer fails on, the first is named.
            whole = reduce(_added, (done[piece] for piece in sorted(done)))
            del found[place]
            if place in hashes:
                if not whole.tally.columns["lines"].any():
                    raise no_text(source.path, whole.provenance)
                whole.tally.sha256 = whole.provenance.sha256 = hashes[place]
            yield place, whole
        progress.finish(source.path)


def collected(counted: Iterator[tuple[Place, Counted]]) -> tuple[dict[Place, Counted], bool]:
    """All that ``count_all`` gives, and whether an interrupt ended it.

    Raises:
        KeyboardInterrupt: nothing was finished before it.
    """
    done: dict[Place, Counted] = {}
    try:
        done.update(counted)
    except KeyboardInterrupt:
        if not done:
            raise
        return done, True
    return done, False


def _parts(source: Source, options: ReadOptions, size: int) -> int:
    """How many workers may share a source."""
    return 1 + Path(source.path).stat().st_size // size if can_split(source, options) else 1


def _added(one: Counted, other: Counted) -> Counted:
    one.tally.merge(other.tally)
    mine, theirs = one.provenance, other.provenance
    return Counted(
        one.tally,
        Provenance(
            lines=mine.lines + theirs.lines,
            carriage_returns=mine.carriage_returns + theirs.carriage_returns,
            byte_order_marks=mine.byte_order_marks + theirs.byte_order_marks,
            skipped=mine.skipped + theirs.skipped,
            replaced=mine.replaced + theirs.replaced,
        ),
    )

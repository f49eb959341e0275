"""The hygiene of measured corpora, beside their numbers: how many words of each language are concerned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from langcov.core.plugins import imported
from langcov.core.work import Kept, Progress
from langcov.core.work import run as run_tasks
from langcov.corpora.align import content_hash
from langcov.corpora.base import Corpus, ReadOptions
from langcov.corpora.readers.streams import is_pipe
from langcov.hygiene.engine.faulty import Faulty, Task, bundled_faulty
from langcov.results.result import Result, Rows
from langcov.results.signature import marked

ANY = "any"  # what the rows are called that count words with any error
INTERRUPTED = "interrupted before it was counted"
CHANGED = "{} changed after it was measured: measure it again"


def with_hygiene(
    result: Result,
    corpora: Sequence[Corpus],
    options: ReadOptions,
    executor: Executor | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> Result:
    """A result with the hygiene of its corpora, which are read once or twice more.

    Of a text that can't be read again as it was measured, the counts are null with the reason, and the
    signature says that a part is missing; the figures stay.

    Raises:
        KeyboardInterrupt: with the result as far as it came, so marked, as its argument.
    """
    measured = {row["name"]: row["sha256"] for row in result.corpora}
    result = replace(result, hygiene=hygiene(corpora, options, executor, progress, measured, kept))
    reasons = {row["reason"] for row in result.hygiene} - {None}
    if not reasons:
        return result
    partial = "interrupted.hygiene" if INTERRUPTED in reasons else "hygiene"
    result = replace(result, signature=marked(result.signature, partial))
    if INTERRUPTED in reasons:
        raise KeyboardInterrupt(result)
    return result


def hygiene(
    corpora: Sequence[Corpus],
    options: ReadOptions,
    executor: Executor | None = None,
    progress: Progress | None = None,
    measured: Mapping[str, str] = MappingProxyType({}),
    kept: Kept | None = None,
) -> Rows:
    """The rows of a result's ``hygiene``: by corpus, language, check and severity, and of any error.

    All checks of words take part, on the text as it is measured; what they need to know of a file they learn
    from it, from word tables as from text. A pipe, which can't be read again, has no rows. Of a language that
    can't be read, or was not before an interrupt, the counts are null.

    Args:
        measured: the sha256 of the text of each corpus when it was measured, which it should still have.
        kept: counts of an earlier run that was stopped.
    """
    tasks = [
        Task(corpus.part(source), source, options)
        for corpus in corpora
        for source in corpus.sources
        if not is_pipe(source.path)
    ]
    counted: dict[int, Faulty | str] = {}
    with suppress(KeyboardInterrupt):
        counted.update(_counted(tasks, executor, progress or Progress(), kept))
    changed = _changed(corpora, tasks, counted, measured)
    places: dict[tuple[str, str], list[Faulty | str]] = defaultdict(list)
    for index, task in enumerate(tasks):
        found = changed.get(task.corpus.name) or counted.get(index, INTERRUPTED)
        places[task.corpus.name, task.source.language].append(found)
    return [row for place, parts in places.items() for row in _rows(*place, parts)]


def _counted(
    tasks: Sequence[Task], executor: Executor | None, watch: Progress, kept: Kept | None
) -> Iterator[tuple[int, Faulty | str]]:
    """The counts of each task, as they are ready, or why there are none."""
    known = bundled_faulty(tasks)
    yield from known.items()
    rest = [index for index in range(len(tasks)) if index not in known]
    if not rest:
        return
    watch.start(len(rest), "looking for issues")
    count = imported("langcov.hygiene.engine.count_faulty:try_faulty")  # its checks take a while
    for at, faulty in run_tasks(count, [tasks[index] for index in rest], executor, kept):
        yield rest[at], faulty
        watch.finish(tasks[rest[at]].source.path)


def _changed(
    corpora: Sequence[Corpus],
    tasks: Sequence[Task],
    counted: Mapping[int, Faulty | str],
    measured: Mapping[str, str],
) -> dict[str, str]:
    """What is said of each corpus whose text was another when it was measured, as far as that is known."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for index, task in enumerate(tasks):
        faulty = counted.get(index)
        if isinstance(faulty, Faulty) and faulty.sha256:
            found[task.corpus.name].append((task.source.language, faulty.sha256))
    changed = {}
    for corpus in corpora:
        whole = len(found[corpus.name]) == len(corpus.sources)
        if whole and measured.get(corpus.name, "") not in ("", content_hash(found[corpus.name])):
            name = corpus.sources[0].path if len(corpus.sources) == 1 else corpus.name
            changed[corpus.name] = CHANGED.format(name)
    return changed


def _rows(corpus: str, language: str, parts: Sequence[Faulty | str]) -> Iterator[dict[str, Any]]:
    reason = next((part for part in parts if isinstance(part, str)), None)
    faulty = sum((part for part in parts if isinstance(part, Faulty)), Faulty())
    counts: Mapping[tuple[str, str], int | None] = {(ANY, "error"): faulty.errors, **faulty.of_check}
    if reason is not None:
        counts = {(ANY, "error"): None}
    for (check, severity), count in counts.items():
        yield {
            "corpus": corpus,
            "language": language,
            "check": check,
            "severity": severity,
            "count": count,
            "share": None if count is None or not faulty.words else count / faulty.words,
            "reason": reason,
        }

"""The hygiene of measured corpora, beside their numbers: how many words of each language are concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from langcov.core.plugins import imported
from langcov.core.work import Progress
from langcov.core.work import run as run_tasks
from langcov.corpora.base import Corpus, ReadOptions
from langcov.corpora.readers.streams import is_pipe
from langcov.hygiene.engine.faulty import Faulty, Task, bundled_faulty
from langcov.results.result import Result

ANY = "any"  # what the rows are called that count words with any error


def with_hygiene(
    result: Result,
    corpora: Sequence[Corpus],
    options: ReadOptions,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Result:
    """A result with the hygiene of its corpora, which are read once or twice more.

    Raises:
        KeyboardInterrupt: with the result as it was, as its argument.
    """
    try:
        return replace(result, hygiene=hygiene(corpora, options, executor, progress))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(result) from None


def hygiene(
    corpora: Sequence[Corpus],
    options: ReadOptions,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """The rows of a result's ``hygiene``: by corpus, language, check and severity, and of any error.

    All checks of words take part, on the text as it is measured; what they need to know of a file they learn
    from it, from word tables as from text. A pipe, which can't be read again, has no rows.
    """
    tasks = [
        Task(corpus, source, options)
        for corpus in corpora
        for source in corpus.sources
        if not is_pipe(source.path)
    ]
    found = bundled_faulty(tasks)
    rest = [index for index in range(len(tasks)) if index not in found]
    if rest:
        watch = progress or Progress()
        watch.start(len(rest), "looking for issues")
        count = imported("langcov.hygiene.engine.count_faulty:count_faulty")  # its checks take a while
        for at, faulty in run_tasks(count, [tasks[index] for index in rest], executor):
            found[rest[at]] = faulty
            watch.finish(tasks[rest[at]].source.path)
    sums: dict[tuple[str, str], Faulty] = {}
    for index, task in enumerate(tasks):
        place = task.corpus.name, task.source.language
        sums[place] = sums.get(place, Faulty()) + found[index]
    return [row for place, faulty in sums.items() for row in _rows(*place, faulty)]


def _rows(corpus: str, language: str, faulty: Faulty) -> list[dict[str, Any]]:
    counts: Mapping[tuple[str, str], int] = {(ANY, "error"): faulty.errors, **faulty.of_check}
    return [
        {
            "corpus": corpus,
            "language": language,
            "check": check,
            "severity": severity,
            "count": count,
            "share": count / faulty.words if faulty.words else None,
        }
        for (check, severity), count in counts.items()
    ]

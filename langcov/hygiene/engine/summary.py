"""The hygiene of measured corpora, beside their numbers: how many words of each language are concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from langcov.core.work import run as run_tasks
from langcov.corpora.base import Corpus, ReadOptions, Source
from langcov.corpora.readers.streams import is_pipe
from langcov.hygiene.engine.examine import examine
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.registry import Chosen, finders
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.reading.texts import read_measured
from langcov.languages import find, orthographies
from langcov.languages.alphabets import alphabet_of
from langcov.results.result import Result

ANY = "any"  # what the rows are called that count words with any error


@dataclass
class Faulty:
    """Words concerned in one file; those of several files add up."""

    words: int = 0
    errors: int = 0
    # words with an issue, by check and severity; notes are left out
    of_check: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: Faulty) -> Faulty:
        return Faulty(self.words + other.words, self.errors + other.errors, self.of_check + other.of_check)


def with_hygiene(
    result: Result, corpora: Sequence[Corpus], options: ReadOptions, executor: Executor | None = None
) -> Result:
    """A result with the hygiene of its corpora, which are read once or twice more.

    Raises:
        KeyboardInterrupt: with the result as it was, as its argument.
    """
    try:
        return replace(result, hygiene=hygiene(corpora, options, executor))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(result) from None


@dataclass(frozen=True)
class Task:
    """A source of a corpus whose words are to be judged."""

    corpus: Corpus
    source: Source
    options: ReadOptions


def hygiene(
    corpora: Sequence[Corpus],
    options: ReadOptions,
    executor: Executor | None = None,
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
    sums: dict[tuple[str, str], Faulty] = {}
    for index, found in run_tasks(count_faulty, tasks, executor):
        place = tasks[index].corpus.name, tasks[index].source.language
        sums[place] = sums.get(place, Faulty()) + found
    return [row for place, faulty in sums.items() for row in _rows(*place, faulty)]


def count_faulty(task: Task) -> Faulty:
    """The words with issues of one source."""
    language = find(task.source.language)
    orthography = task.corpus.orthography.get(language.id, "")
    known = any(other.orthography == orthography for other in orthographies(language))
    of_words = [check for check in finders() if isinstance(check, Check) and check.word]
    alphabet = alphabet_of(language.id, orthography) if known else None
    plan = Plan(language, alphabet, Chosen(of_words), options=task.options)
    read = partial(read_measured, task.source, task.corpus, task.options)
    examined = examine(task.source, plan, lambda unreadable: read())
    survey = examined.search.survey
    faulty = Faulty(survey.words)
    for issues, times in zip(examined.verdicts.issues, survey.counts.tolist()):
        kinds = {(issue.check, issue.severity) for issue in issues if issue.severity != "note"}
        faulty.of_check.update(dict.fromkeys(kinds, times))
        faulty.errors += times * any(severity == "error" for _, severity in kinds)
    return faulty


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

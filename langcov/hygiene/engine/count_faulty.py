"""The words with issues of one source, counted; apart from the rows made of them, as all checks take part."""

from __future__ import annotations

from functools import partial

from langcov.corpora.base import Provenance
from langcov.errors import UserError
from langcov.hygiene.engine.examine import examine
from langcov.hygiene.engine.faulty import Faulty, Task
from langcov.hygiene.engine.protocol import Check
from langcov.hygiene.engine.registry import Chosen, finders
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.reading.texts import read_measured
from langcov.languages import find, orthographies
from langcov.languages.alphabets import alphabet_of


def try_faulty(task: Task) -> Faulty | str:
    """As ``count_faulty``; of a source that can't be read any more, why."""
    try:
        return count_faulty(task)
    except UserError as error:
        return str(error)


def count_faulty(task: Task) -> Faulty:
    """The words with issues of one source."""
    language = find(task.source.language)
    orthography = task.orthography
    known = any(other.orthography == orthography for other in orthographies(language))
    of_words = [check for check in finders() if isinstance(check, Check) and check.word]
    alphabet = alphabet_of(language.id, orthography) if known else None
    plan = Plan(language, alphabet, Chosen(of_words), options=task.options)
    provenance = Provenance()
    read = partial(read_measured, task.source, task.corpus, task.options, provenance)
    examined = examine(task.source, plan, lambda unreadable: read())
    survey = examined.search.survey
    faulty = Faulty(survey.words, sha256=provenance.sha256)
    for issues, times in zip(examined.verdicts.issues, survey.counts.tolist()):
        kinds = sorted({(issue.check, issue.severity) for issue in issues if issue.severity != "note"})
        faulty.of_check.update(dict.fromkeys(kinds, times))
        faulty.errors += times * any(severity == "error" for _, severity in kinds)
    return faulty

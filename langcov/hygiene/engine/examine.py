"""One file, examined: read for its suspicious words and lines, counted, judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from langcov.corpora.base import Source
from langcov.hygiene.engine.all_lines import AllLines
from langcov.hygiene.engine.plan import Plan
from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.engine.search import Search, Texts
from langcov.hygiene.engine.verdicts import Verdicts, verdicts
from langcov.hygiene.reading.texts import Reading, read_fields


@dataclass(frozen=True)
class Examined:
    """A file and what was found in it.

    Attributes:
        search: its suspicious words and lines, and their places.
        verdicts: on each suspicious word.
        all_lines: the checks that have seen all its lines.
    """

    search: Search
    verdicts: Verdicts
    all_lines: AllLines


def examine(source: Source, plan: Plan, texts: Texts | None = None) -> Examined:
    """Read a file for its suspicious words, count the words that they are judged by, and judge them.

    Args:
        source: the file.
        plan: what to look for.
        texts: reads the file in another way than ``read_fields``.

    Raises:
        UserError: the file can't be read, or is in another encoding.
    """
    search = Search(source, plan, texts or texts_of(source, plan))
    context = Context(plan.language, plan.alphabet, plan.models, search.unreadable)
    all_lines = AllLines(plan.chosen, context)
    for fields in search.read():
        all_lines.add(fields)
    return Examined(search, verdicts(search), all_lines)


def texts_of(source: Source, plan: Plan) -> Texts:
    """What reads the texts of a file."""
    return partial(read_fields, source, Reading(plan.options, plan.refuse))

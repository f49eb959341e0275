"""What could be fixed in a file, word by word, for a person who chooses."""

from __future__ import annotations

from typing import NamedTuple

from langcov.corpora.base import Source
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.fixing.changes import Fix
from langcov.hygiene.fixing.fix import fixes_of, is_word, searched


class Choice(NamedTuple):
    """A word that could be fixed.

    Attributes:
        fix: the word, and what would become of it.
        times: it stands in the file.
        certain: the command ``fix`` makes it so without being asked.
    """

    fix: Fix
    times: int
    certain: bool


def choices(source: Source, plan: Plan) -> list[Choice]:
    """All words of a file that could be fixed: the certain ones first, then the most frequent.

    What is certain of a word stands alone, even if a check would suggest more of it: choosing all that is
    certain makes the copy that ``fix`` makes.

    Raises:
        UserError: as of ``fix``.
    """
    search = searched(source, plan)
    certain, _ = fixes_of(search, ())
    every, _ = fixes_of(search, [check.id for check in plan.chosen.checks])
    times = search.survey.counts
    every = {at: one for at, one in every.items() if is_word(one.after)} | certain
    found = [Choice(one, int(times[at]), at in certain) for at, one in every.items()]
    return sorted(found, key=lambda choice: (not choice.certain, -choice.times, choice.fix.before))

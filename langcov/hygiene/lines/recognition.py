"""Where letters that are wrong are those that a language-ID model learnt: mending them costs recognition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from langcov.data import read_table
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Context, LineCheck
from langcov.hygiene.reading.fields import Fields, Uses

FEWEST = 10
"""Wrong letters of a text; fewer are of names."""

COST = (
    "{model} recognises {with_wrong} % of the {lines} {language} lines of {corpus} with {wrong}, and "
    "{with_right} % with {right}. {right} is right all the same: only this model wants the other."
)


class Recognition(LineCheck):
    """Says once for a file that a model is known to want its wrong letters (``recognition.tsv``)."""

    adds_to = ("lookalike",)

    def __init__(self, context: Context) -> None:
        self._language, self._uses = context.language.id, Uses()

    def add(self, fields: Fields) -> None:
        """Count letters."""
        self._uses.add(fields.uses)

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """One for the file and each model that wants letters which it has."""
        there = self._uses.points.tolist()
        for issue in costs(self._language, {chr(point): int(self._uses.counts[point]) for point in there}):
            yield None, issue


def costs(language: str, uses: Mapping[str, int]) -> Iterator[Issue]:
    """One for each model that wants letters which a text has, or which are taken out of it.

    Args:
        language: its id.
        uses: how often each letter stands there.
    """
    for row in read_table("recognition.tsv"):
        cases = row["wrong"] + row["wrong"].upper()
        wrong = "".join(one for one in cases if one != " " and uses.get(one))
        if row["language"] == language and sum(uses[one] for one in wrong) >= FEWEST:
            yield Issue("lookalike", "note", 0, 0, wrong, COST, row)


CHECKS = (Recognition,)

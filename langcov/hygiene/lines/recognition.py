"""Where letters that are wrong are those that a language-ID model learnt: mending them costs recognition."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from langcov.data import read_table
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Context, LineCheck
from langcov.hygiene.reading.fields import Fields
from langcov.text.properties import CODE_POINTS

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
        rows = read_table("recognition.tsv")
        self._rows = [row for row in rows if row["language"] == context.language.id]
        self._uses = np.zeros(CODE_POINTS if self._rows else 0, np.int64)

    def add(self, fields: Fields) -> None:
        """Count letters."""
        if self._rows:
            self._uses[: len(fields.uses)] += fields.uses

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """One for the file and each model that wants letters which it has."""
        for row in self._rows:
            cases = row["wrong"] + row["wrong"].upper()
            wrong = "".join(one for one in cases if one != " " and self._uses[ord(one)])
            if self._uses[[*map(ord, wrong)]].sum() >= FEWEST:
                yield None, Issue("lookalike", "note", 0, 0, wrong, COST, row)


CHECKS = (Recognition,)

"""What a picture is: rows of figures, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

from langcov.report import wording as words
from langcov.report.numbers import Numbers
from langcov.results.result import Result

Rows = Sequence[Mapping[str, Any]]
"""One mark each: texts that are shown and figures, by name; ``system`` is what a reader may choose."""


Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart


def sized(chart: Chart, height: int) -> Chart:
    """A chart as wide as where it stands."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width="container", height=height, autosize=fit)


@dataclass(frozen=True)
class Drawing:
    """A picture that was drawn.

    Attributes:
        title: what is seen, in words.
        told: what it tells somebody who doesn't see it.
    """

    name: str
    title: str
    told: str
    chart: Chart


@dataclass(frozen=True)
class Picture:
    """A picture by name.

    Attributes:
        title: what is seen; ``{reference}`` stands for the name of the reference.
        rows: the marks.
        draw: makes a chart of them.
        per_reference: there is one for each language that premiums are against.
    """

    name: str
    title: str
    rows: Callable[[Result, Numbers, str | None], Rows]
    draw: Callable[[Rows], Chart]
    per_reference: bool = False

    def drawn(self, result: Result, numbers: Numbers, reference: str | None) -> Drawing | None:
        """The picture for a corpus; None where there is nothing to be seen."""
        rows = self.rows(result, numbers, reference)
        if not rows:
            return None
        against = words.language_names([reference])[reference] if reference else ""
        title = self.title.format(reference=against)
        systems = len({row["system"] for row in rows if row.get("system")})
        languages = len({row["language"] for row in rows if row.get("language")})
        told = f"{title}: {systems} systems" + f", {languages} languages" * bool(languages)
        chart = self.draw(rows).properties(title=title, description=told)
        return Drawing(self.name + f"-{reference}" * bool(reference), title, told, chart)

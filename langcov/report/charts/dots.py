"""Figures of languages as dots with their intervals, in the order of families."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import altair as alt

from langcov.report import wording as words
from langcov.report.charts.picture import Chart, Picture, Rows, sized
from langcov.report.numbers import Numbers
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import Record, Result

ROW = 20  # pixels of a language
TITLE = "– {} –"  # a family, among its languages on an axis
FULL = alt.condition("datum.plain === ''", alt.value(0.85), alt.value(0.15))  # pale where text is lost
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]


WHERE = ("system", "language")


def tips(
    *names: str, format: str = ".4~g", texts: Sequence[str] = ("system", "language")
) -> list[alt.Tooltip]:
    """What is shown of a mark when it is pointed at: its texts, then its figures."""
    figures = [alt.Tooltip(f"{name}:Q", format=format) for name in names]
    return [*(alt.Tooltip(f"{name}:N") for name in texts), *figures]


def mark(numbers: Numbers, record: Record) -> dict[str, Any]:
    """A figure, where it stands, and in ``plain`` why it is no merit, if it is none."""
    id = record.language or ""
    value = record.value
    sign = plain = ""
    if isinstance(numbers, TokenizerNumbers) and numbers.lost(record.system, id, record.metric):
        sign = "°"
        plain = "some text is lost" * numbers.loses_text(record.system, id, record.metric)
    return {
        "system": numbers.called(record.system),
        "language": numbers.name(id),
        "family": numbers.family(id),
        "value": value,
        "low": record.low,
        "high": record.high,
        "shown": "–" if value is None else words.number(value, record.unit) + sign,
        "plain": words.visible(record.reason or "") if value is None else plain,
    }


def figures(result: Result, numbers: Numbers, reference: str | None, *, metric: str) -> Rows:
    """The marks of a metric, of each system and language that has a value, the reference left out."""
    found = (
        numbers.get(system, id, metric, reference) for system in numbers.systems for id in numbers.languages
    )
    return [
        mark(numbers, record)
        for record in found
        if record and record.value is not None and record.language != reference
    ]


def order(rows: Rows) -> list[str]:
    """The languages of rows under their families, as they stand on an axis."""
    families: dict[str, set[str]] = {}
    for row in rows:
        families.setdefault(row["family"], set()).add(row["language"])
    heads = {family: TITLE.format(family) for family in sorted(families)}
    return [name for family, head in heads.items() for name in (head, *sorted(families[family]))]


def languages(rows: Rows, *, grid: bool = True) -> alt.Y:
    """An axis of languages under their families."""
    bold = {"test": f"datum.value[0] === '{TITLE[0]}'", "value": "bold"}
    axis = alt.Axis(
        title=None,
        labelLimit=170,
        labelFontWeight={"condition": bold, "value": "normal"},
        ticks=False,
        domain=False,
        grid=grid,
    )
    return alt.Y("language:N", sort=None, scale=alt.Scale(domain=order(rows)), axis=axis)


def by_system(rows: Rows) -> dict[str, Any]:
    """Colour and shape of each system: never colour alone."""
    systems = list(dict.fromkeys(row["system"] for row in rows))
    legend = alt.Legend(title=None, orient="top", columns=4, labelLimit=160, symbolLimit=0)
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(systems))]
    return {
        "color": alt.Color(
            "system:N", sort=None, scale=alt.Scale(domain=systems, scheme="tableau10"), legend=legend
        ),
        "shape": alt.Shape(
            "system:N", sort=None, scale=alt.Scale(domain=systems, range=shapes), legend=legend
        ),
    }


def intervals(rows: Rows, bars: alt.Chart) -> list[alt.Chart]:
    """The bars, if any row has an interval."""
    return [bars] * any(row["low"] is not None for row in rows)


def draw(rows: Rows, *, title: str, log: bool = False, under: Sequence[alt.Chart] = ()) -> Chart:
    """Dots with intervals, a line a language.

    Args:
        title: of the axis.
        log: whether twice as much is as far everywhere.
        under: what lies under the dots.
    """
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False)
    x = alt.X(
        "value:Q", title=title, scale=scale, axis=alt.Axis(orient="top", tickCount=6, labelOverlap=True)
    )
    base, look = alt.Chart().encode(y=languages(rows)), by_system(rows)
    dots = base.mark_point(filled=True, size=45, opacity=0.85).encode(
        x=x, tooltip=tips("value", "low", "high"), **look
    )
    bars = base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q", color=look["color"])
    data = alt.InlineData(values=list(rows))
    return sized(alt.layer(*under, *intervals(rows, bars), dots, data=data), ROW * len(order(rows)))


def of_metric(name: str, per_reference: bool) -> Picture:
    """The picture of any metric that languages have."""
    title = words.title(name).capitalize() + " against {reference}" * per_reference
    rows = partial(figures, metric=name)
    return Picture(name, title, rows, partial(draw, title=words.title(name)), per_reference)

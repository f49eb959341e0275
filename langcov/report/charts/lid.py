"""The pictures of language-ID models."""

from __future__ import annotations

from functools import partial
from typing import Any

import altair as alt

from langcov.counting.lid_tally import LENGTHS
from langcov.metrics.lid.lengths import at_length
from langcov.metrics.lid.metric import UNSUPPORTED
from langcov.report.charts import dots, heat
from langcov.report.charts.picture import Chart, Picture, Rows, sized
from langcov.report.numbers import Numbers
from langcov.results.result import Result

SHARE = alt.Scale(domain=[0, 1])
PERCENT = alt.Axis(format=".0%", tickCount=5)


def _found(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """F1 of each language; without a figure where a model has no label for it."""
    records = (numbers.get(system, id, "f1") for system in numbers.systems for id in numbers.languages)
    return [
        dots.mark(numbers, record)
        for record in records
        if record and (record.value is not None or record.reason == UNSUPPORTED)
    ]


def _heat(rows: Rows) -> Chart:
    return heat.draw(
        rows,
        format=".0%",
        scale=alt.Scale(domain=[0, 1], scheme="viridis"),
        dark="datum.value < 0.6",
        title="F1; –: the model has no label for the language",
    )


def _both(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """Precision and recall of each language that a model has a label for."""
    rows: list[dict[str, Any]] = []
    for system in numbers.systems:
        for id in numbers.languages:
            precision, recall = (numbers.get(system, id, metric) for metric in ("precision", "recall"))
            if precision and recall and precision.value is not None and recall.value is not None:
                mark = dots.mark(numbers, recall)
                rows.append({**mark, "recall": recall.value, "precision": precision.value})
    return rows


def _scatter(rows: Rows) -> Chart:
    tip = [
        "system:N",
        "language:N",
        *(alt.Tooltip(f"{key}:Q", format=".1%") for key in ("recall", "precision")),
    ]
    chart = (
        alt.Chart(alt.InlineData(values=list(rows)))
        .mark_point(filled=True, size=60, opacity=0.75)
        .encode(
            x=alt.X(
                "recall:Q", title="recall: lines of the language that are found", scale=SHARE, axis=PERCENT
            ),
            y=alt.Y("precision:Q", title="precision", scale=SHARE, axis=PERCENT),
            tooltip=tip,
            **dots.by_system(rows),
        )
    )
    return sized(chart, 380)


def _lengths(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """Accuracy by the characters of a line."""
    found = (
        (length, numbers.get(system, None, at_length("accuracy", length)))
        for system in numbers.systems
        for length in LENGTHS
    )
    return [
        {"system": numbers.called(r.system), "length": length, "value": r.value, "low": r.low, "high": r.high}
        for length, r in found
        if r and r.value is not None
    ]


def _by_length(rows: Rows) -> Chart:
    tip = [
        "system:N",
        "length:O",
        *(alt.Tooltip(f"{key}:Q", format=".1%") for key in ("value", "low", "high")),
    ]
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        x=alt.X("length:O", title="characters of a line", sort=list(LENGTHS), axis=alt.Axis(labelAngle=0)),
        color=dots.by_system(rows)["color"],
    )
    y = alt.Y("value:Q", title="accuracy", scale=alt.Scale(zero=False), axis=PERCENT)
    points = base.mark_point(filled=True, size=60).encode(
        y=y, shape=dots.by_system(rows)["shape"], tooltip=tip
    )
    bars = dots.intervals(rows, base.mark_rule().encode(y="low:Q", y2="high:Q"))
    return sized(alt.layer(base.mark_line().encode(y=y), *bars, points), 320)


def _risks(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """What is wrong among the lines that a threshold keeps."""
    return [
        {
            "system": numbers.called(row["system"]),
            **{key: row[key] for key in ("threshold", "coverage", "risk")},
        }
        for row in result.details.get("risk_coverage", [])
        if row["corpus"] == numbers.corpus and row["system"] in numbers.systems
    ]


def _curve(rows: Rows) -> Chart:
    tip = [
        "system:N",
        "threshold:Q",
        *(alt.Tooltip(f"{key}:Q", format=".1%") for key in ("coverage", "risk")),
    ]
    look = dots.by_system(rows)
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        x=alt.X("coverage:Q", title="lines kept by a threshold of the score", scale=SHARE, axis=PERCENT),
        y=alt.Y("risk:Q", title="wrong among them", axis=PERCENT),
        color=look["color"],
    )
    points = base.mark_point(filled=True, size=35).encode(shape=look["shape"], tooltip=tip)
    return sized(alt.layer(base.mark_line(), points), 320)


PICTURES = (
    Picture("f1", "How well each language is found (F1), and which models know it", _found, _heat),
    Picture("precision_recall", "Precision and recall of each language that a model knows", _both, _scatter),
    Picture("length", "Accuracy by the length of a line, with 95 % intervals", _lengths, _by_length),
    Picture("calibration", "What a threshold of the score keeps, and what is wrong among it", _risks, _curve),
    Picture(
        "recall",
        "Lines of each language that are found (recall), with 95 % intervals",
        partial(dots.figures, metric="recall"),
        partial(dots.draw, title="recall"),
    ),
)

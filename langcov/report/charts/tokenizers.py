"""The pictures of tokenizers."""

from __future__ import annotations

from functools import partial

import altair as alt

from langcov.report.charts import dots, heat
from langcov.report.charts.picture import Chart, Picture, Rows
from langcov.report.numbers import Numbers
from langcov.results.result import Result

LEAST = 1e-6  # of a premium that can be drawn
DARK = 0.7  # how far from the middle of the colours, of their whole way, a figure has to be white


def _premiums(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """The premiums, of which one of 0, or nearly, has no place on a scale of ratios."""
    found = dots.figures(result, numbers, reference, metric="premium")
    return [row for row in found if row["value"] > LEAST]


def _premium(rows: Rows) -> Chart:
    """As cheap as the reference is the middle of the colours; twice as dear is as far from it as half."""
    most = max(max(row["value"], 1 / row["value"]) for row in rows)
    scale = alt.Scale(type="log", scheme="blueorange", domain=[1 / most, most], nice=False)
    dark = f"abs(log(datum.value)) > {DARK} * log({most})"
    title = "tokens against the reference; 1: as many; °, grey: some text is lost"
    return heat.draw(rows, scale=scale, dark=dark, title=title, format=".2~g")


def _with_bytes(result: Result, numbers: Numbers, reference: str | None) -> Rows:
    """The premiums, and beside each what the bytes of UTF-8 alone make of it."""
    found = (
        (numbers.get(system, id, "premium", reference), numbers.value(system, id, "byte_premium", reference))
        for system in numbers.systems
        for id in numbers.languages
    )
    return [
        {**dots.mark(numbers, record), "bytes": share, "vocabulary": record.value / share}
        for record, share in found
        if record and record.value and record.value > LEAST and share and record.language != reference
    ]


def _parts(rows: Rows) -> Chart:
    """Where UTF-8 alone would put a language, and where each tokenizer does."""
    tip = dots.tips("bytes", texts=["language"])
    ticks = alt.Chart().mark_tick(thickness=3, color="#888888", height=dots.ROW - 4)
    at = ticks.encode(x="bytes:Q", y=dots.languages(rows), tooltip=tip)
    return dots.draw(rows, title="tokens against the reference (log scale)", log=True, under=[at])


PICTURES = (
    Picture(
        "premium",
        "What a text costs in tokens against {reference}",
        _premiums,
        _premium,
        per_reference=True,
    ),
    Picture(
        "premium_parts",
        "Where the premium against {reference} comes from: the bar is what UTF-8 alone costs; "
        "right of it the vocabulary adds, left of it it saves (pale: some text is lost)",
        _with_bytes,
        _parts,
        per_reference=True,
    ),
    Picture(
        "fertility",
        "Tokens per word (fertility), with 95 % intervals (pale: some text is lost)",
        partial(dots.figures, metric="fertility"),
        partial(dots.draw, title="tokens per word"),
    ),
)

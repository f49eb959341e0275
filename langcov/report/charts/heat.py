"""Figures as a field of colour: a language a row, a system a column."""

from __future__ import annotations

import altair as alt

from langcov.report.charts.dots import ROW, languages, order, tips
from langcov.report.charts.picture import Chart, Rows, sized

TIP = tips("value", "low", "high", texts=("system", "language", "plain"))
NARROWEST = 27  # pixels of a column in which a figure can be read


def draw(rows: Rows, *, scale: alt.Scale, dark: str, title: str, format: str) -> Chart:
    """A field of colour with the figure ``shown`` of each row in it; grey where ``plain`` says why.

    Args:
        scale: of the colours.
        dark: where a field is so dark that its figure has to be white, as an expression.
        title: of the legend.
        format: of the figures of the legend, as d3 has it.
    """
    systems = list(dict.fromkeys(row["system"] for row in rows))
    columns = alt.Axis(
        orient="top", title=None, labelAngle=-60, labelLimit=150, ticks=False, domain=False, grid=False
    )
    x = alt.X("system:N", sort=None, scale=alt.Scale(domain=systems), axis=columns)
    base = alt.Chart().encode(x=x, y=languages(rows, grid=False), tooltip=TIP)
    legend = alt.Legend(title=title, titleLimit=0, orient="bottom", format=format, gradientLength=220)
    color = alt.Color("value:Q", scale=scale, legend=legend)
    fields = base.mark_rect().encode(color=color).transform_filter("datum.plain == ''")
    grey = base.mark_rect(color="#8888", opacity=0.35).transform_filter("datum.plain != ''")
    size = alt.expr(f"width / domain('x').length < {NARROWEST} ? 0 : 10")
    figure = base.mark_text(fontSize=size).encode(text="shown:N")
    light = figure.encode(color=alt.condition(dark, alt.value("white"), alt.value("#1c1e21")))
    quiet = figure.transform_filter("datum.plain != ''")
    layers = [fields, grey, light.transform_filter("datum.plain == ''"), quiet]
    data = alt.InlineData(values=list(rows))
    return sized(alt.layer(*layers, data=data), ROW * len(order(rows)))

"""Figures as dots with their intervals, all of a column on one scale, beside the figures themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from langcov.results.result import Record

WIDTH, HEIGHT, EDGE = 120, 14, 5
BOX = f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"'
EMPTY = f'<svg class="strip" {BOX}></svg>'


@dataclass(frozen=True)
class Scale:
    """Where a figure lies: twice as much is as far everywhere.

    Attributes:
        low, high: the least and the greatest that is drawn.
        mark: a value that has a line.
    """

    low: float
    high: float
    mark: float | None = None

    def at(self, value: float) -> float:
        """Units from the left."""
        whole = log(self.high / self.low)
        return round(EDGE + (WIDTH - 2 * EDGE) * (log(value / self.low) / whole if whole else 0.5), 1)


def scale_of(records: Iterable[Record | None], mark: float | None = None) -> Scale | None:
    """The scale on which all lie with their intervals; None where nothing can be drawn."""
    values = [
        value
        for record in records
        if record
        for value in (record.value, record.low, record.high)
        if value is not None and value > 0
    ]
    if not values:
        return None
    if mark is not None:
        values.append(mark)
    return Scale(min(values), max(values), mark)


def strip(scale: Scale | None, record: Record | None, pale: bool = False) -> str:
    """One figure, which stands beside it as text; empty where nothing of its column is drawn.

    Args:
        pale: it is no merit.
    """
    if scale is None:
        return ""
    if record is None or not record.value or record.value <= 0:
        return EMPTY  # so that figures stand under one another
    middle = HEIGHT / 2
    mark = "" if scale.mark is None else _line("at", scale.at(scale.mark), 0, scale.at(scale.mark), HEIGHT)
    interval = (
        _line("ci", scale.at(record.low), middle, scale.at(record.high), middle)
        if record.low and record.high and record.low > 0
        else ""
    )
    dot = f'<circle cx="{scale.at(record.value)}" cy="{middle}" r="3.5"/>'
    return f'<svg class="strip{" pale" * pale}" {BOX}>{mark}{interval}{dot}</svg>'


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'

"""What a comparison says, for the terminal and Markdown: the verdict first, then what closes the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from langcov.core.names import number_of
from langcov.gate.changes import Change, Verdict
from langcov.gate.compare import Comparison
from langcov.gate.drift import Drift
from langcov.gate.lines import Line
from langcov.gate.moved import Moved
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table, Tone

IDS = 8  # that are shown of a line
MOST = 40  # rows of a table; JSON has all
VERDICTS: Sequence[Verdict] = ("worse", "gone", "better", "tolerated", "unclear", "same", "unknown")
SHOWN: Sequence[Verdict] = ("worse", "gone", "better", "tolerated")
PAIRED = "95 % bootstrap interval of the difference, rows drawn alike in both results"
UNPAIRED = "95 % interval of the difference, from the intervals of both results"


def sections(found: Comparison) -> list[Section]:
    """The verdict and what differs in how the results were made; then figures, ids and confusion."""
    title = f"{words.visible(found.new)} against {words.visible(found.base)}: {verdict(found)}"
    tables = [_summary(found.changes)] if found.changes else []
    tables += [_figures(found.changes)] if any(one.verdict in SHOWN for one in found.changes) else []
    tables += [_drift(found.drifts)] if found.drifts else []
    tables += [_moved(found.moved)] if found.moved else []
    notes = [*map(words.visible, found.notices), *_left_out(found), *_meaning(found)]
    differences = _differing(found) or ["made alike: no setting, file or version differs"]
    interval = PAIRED if any(one.paired for one in found.changes) else UNPAIRED
    rest = Section("What changed", tables, list(map(_line, found.lines)), notes, interval=interval)
    return [Section(title, [], differences, interval=""), rest]


def verdict(found: Comparison) -> str:
    """In one line whether the gate is closed, and by what."""
    reasons = [number_of(len(found.worse), "figure") + " worse or gone"] * bool(found.worse)
    systems = list(dict.fromkeys(words.visible(one.system) for one in found.drifts))
    reasons += [f"id drift of {', '.join(systems)}"] * bool(systems)
    if found.failed:
        return "the gate is closed: " + "; ".join(reasons)
    return "the gate is open" + (f" ({'; '.join(reasons)}, which is ignored)" if reasons else "")


def named(one: Change) -> str:
    """``premium over rus_Cyrl, tat_Cyrl``."""
    over = f" over {one.reference}" if one.reference else ""
    return f"{one.metric}{over}, {one.language or 'all languages'}"


def difference(one: Change) -> str:
    """``2.31 → 2.40 (+0.09 [0.07, 0.11], p 0.002)``."""
    base, new = (_number(value, one.unit) for value in (one.base, one.new))
    if one.difference is None:
        return f"{base} → {new}"
    changed = _changed(one)
    bounds = f" [{', '.join(changed.interval)}]" if changed.interval else ""
    p = "" if one.p_adjusted is None else f", p {_p(one.p_adjusted)}"
    return f"{base} → {new} ({changed.text}{bounds}{p})"


def drifted(one: Drift) -> str:
    """What is known of other ids, in words."""
    counts = "as many tokens as before" if one.same_counts else "another number of tokens"
    if one.rows is None:
        return f"{one.language} of {one.corpus}: other ids, {counts}; which rows is not known"
    where = ""
    if one.first_lines:
        wide = f" ({number_of(one.row_lines, 'line')} each)" if one.row_lines > 1 else ""
        where = f"; first from line {', '.join(map(str, one.first_lines))}{wide}"
    return f"{one.language} of {one.corpus}: other ids in {one.rows} of {one.of_rows} rows, {counts}{where}"


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else words.number(value, unit)


def _signed(value: float, unit: str) -> str:
    """A difference, with as many digits as its size needs."""
    if unit == "share":
        return f"{100 * value:+.2f} %"
    return f"{value:+.3g}"


def _p(p: float | None) -> str:
    return "" if p is None else "<0.001" if p < 0.001 else f"{p:.2g}"


def _summary(changes: Sequence[Change]) -> Table:
    """How many figures of each metric got worse, better, or neither."""
    counts: dict[str, Counter[str]] = {}
    for one in changes:
        title = one.metric + (f" over {one.reference}" if one.reference else "")
        counts.setdefault(title, Counter())[one.verdict] += 1
    used = [name for name in VERDICTS if any(count[name] for count in counts.values())]
    rows = [Row(title, [Cell(str(count[name])) for name in used]) for title, count in counts.items()]
    return Table("Figures compared", "metric", [Column(name) for name in used], [Group("", rows)])


def _figures(changes: Sequence[Change]) -> Table:
    """Those that changed for certain, the worse ones first and the largest of them."""
    groups: dict[str, list[Row]] = {}
    chosen = [one for one in changes if one.verdict in SHOWN]
    chosen.sort(key=lambda one: (SHOWN.index(one.verdict), -_relative(one)))
    for one in chosen[:MOST]:
        over = f" over {one.reference}" if one.reference else ""
        label = " · ".join(map(words.visible, (one.system, one.corpus)))
        row = Row(label, [*_values(one), _changed(one), Cell(_p(one.p_adjusted))], one.language or "")
        groups.setdefault(f"{one.verdict}: {one.metric}{over}", []).append(row)
    columns = [Column("base"), Column("new"), Column("change"), Column("p\nadjusted")]
    return Table(
        "Figures that changed for certain",
        "system",
        columns,
        [Group(title, rows) for title, rows in groups.items()],
    )


def _values(one: Change) -> list[Cell]:
    return [Cell(_number(value, one.unit)) for value in (one.base, one.new)]


def _changed(one: Change) -> Cell:
    """The difference with its interval."""
    if one.difference is None:
        return Cell("")
    text = _signed(one.difference, one.unit)
    tone: Tone = "bad" if one.verdict == "worse" else "good" if one.verdict == "better" else ""
    if one.low is None or one.high is None:
        return Cell(text, tone=tone)
    half = max(one.high - one.difference, one.difference - one.low)
    bounds = _signed(one.low, one.unit), _signed(one.high, one.unit)
    return Cell(text, bounds, _signed(half, one.unit)[1:], tone=tone)


def _relative(one: Change) -> float:
    return abs(one.difference or 0.0) / abs(one.base) if one.base else float("inf")


def _drift(drifts: Sequence[Drift]) -> Table:
    rows = [
        Row(
            f"{words.visible(one.system)} · {words.visible(one.corpus)}",
            [
                Cell("–" if one.rows is None else f"{one.rows} of {one.of_rows}"),
                Cell("same" if one.same_counts else "other"),
                Cell(", ".join(map(str, one.first_lines)) or "–"),
            ],
            one.language,
        )
        for one in drifts[:MOST]
    ]
    columns = [Column("rows with\nother ids"), Column("number of\ntokens"), Column("first\nlines")]
    return Table("id drift", "system", columns, [Group("", rows)])


def _moved(moved: Sequence[Moved]) -> Table:
    rows = [
        Row(
            " · ".join(map(words.visible, (one.system, one.corpus, f"{one.gold} taken for {one.predicted}"))),
            [
                Cell(str(one.base)),
                Cell(str(one.new)),
                Cell(f"{one.more}/{one.fewer}"),
                Cell(_p(one.p_adjusted)),
            ],
        )
        for one in moved[:MOST]
    ]
    columns = [Column("base"), Column("new"), Column("rows with\nmore/fewer"), Column("p\nadjusted")]
    return Table("Lines that moved", "model", columns, [Group("", rows)])


def _differing(found: Comparison) -> list[str]:
    """What differs in how the results were made."""
    both = [("signature", found.signatures), ("versions", found.environment)]
    return [
        f"{what}: " + "; ".join(f"{one.field} {one.base or 'none'} → {one.new or 'none'}" for one in listed)
        for what, listed in both
        if listed
    ]


def _line(one: Line) -> str:
    """A line with other ids: where it is, and the ids that differ."""
    old, now = (" ".join(map(str, ids[:IDS])) + " …" * (len(ids) > IDS) for ids in (one.base, one.new))
    text = f": {words.visible(one.text)}" if one.text else ""
    where = f"{words.visible(one.system)}, {one.language}, {words.visible(one.address)}"
    return f"{where}, after {number_of(one.token, 'id')}: {old} → {now}{text}"


def _left_out(found: Comparison) -> list[str]:
    shown = sum(one.verdict in SHOWN for one in found.changes)
    parts = (("figures", shown), ("ids", len(found.drifts)), ("lines", len(found.moved)))
    return [f"{n - MOST} more rows of {what}: --format json has all" for what, n in parts if n > MOST]


def _meaning(found: Comparison) -> list[str]:
    if not found.changes:
        return []
    name = {"holm": "Holm", "bh": "Benjamini and Hochberg"}[found.settings.correction]
    tested = sum(one.p is not None for one in found.changes)
    paired = sum(one.paired for one in found.changes)
    return [
        f"p: of {tested} figures tested together, adjusted after {name}; {paired} of {len(found.changes)} "
        "are paired by row. worse: significant and beyond the tolerance; unclear: rows don't carry it"
    ]

"""What a recipe keeps of each language and what each step takes, for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langcov.core.names import number_of
from langcov.filters.apply import WHOLE, Filtered, FilterRecord
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table, by_family

WILSON = "95 % Wilson interval"
UNITS = {
    "document": "what the corpus calls one",
    "paragraph": "a paragraph between empty lines",
    "line": "a line with text",
    "run": "a run of lines of {n} words or more, what is left at the end of a file dropped",
}
LITTLE = 0.9
"""Share kept below which a reader is told why."""

Line = tuple[str, str | None]
"""A language, as it is or changed."""


def sections(done: Filtered) -> list[Section]:
    """A section for each corpus."""
    names = dict.fromkeys(record.corpus for record in done.records)
    return [_section(done, name, [one for one in done.records if one.corpus == name]) for name in names]


def signature(done: Filtered) -> str:
    """What was applied, in a line."""
    return f"recipe:{done.recipe.name}|{done.recipe.library}:{done.version}|{done.recipe.source}"


def _section(done: Filtered, corpus: str, records: Sequence[FilterRecord]) -> Section:
    whole = {(one.language, one.perturbation): one for one in records if one.step == WHOLE}
    shown = words.language_names(sorted({language for language, _ in whole}))
    title = f"{words.visible(corpus)}: what {done.recipe.name} keeps"
    findings = [_why(done, shown, records, one) for one in whole.values() if _little(one)]
    notes = [*_units(done, corpus), *_unjudged(records), *_stand_ins(shown, records)]
    return Section(title, _tables(shown, whole, records), findings, notes, interval=WILSON)


def _tables(
    shown: Mapping[str, str], whole: Mapping[Line, FilterRecord], records: Sequence[FilterRecord]
) -> list[Table]:
    kept = [Column("documents"), Column("kept")]
    rows = {line: [Cell(str(one.documents)), _kept(one)] for line, one in whole.items()}
    tables = [_table("", shown, kept, rows)]
    for mode, title in (
        ("in-order", "removed by each step, in order"),
        ("alone", "removed by each step alone"),
    ):
        found = {(one.language, one.perturbation, one.step): one for one in records if one.mode == mode}
        removing = {step for (*_, step), one in found.items() if one.removed}
        steps = [step for step in dict.fromkeys(one.step for one in records) if step in removing - {WHOLE}]
        columns = [Column(step) for step in steps]
        of_steps = {
            (language, change): [_removed(found.get((language, change, step))) for step in steps]
            for language, change in whole
        }
        tables += [_table(title, shown, columns, of_steps)] * bool(columns)
    return tables


def _table(
    title: str, shown: Mapping[str, str], columns: list[Column], rows: Mapping[Line, list[Cell]]
) -> Table:
    made = {
        language: Row(shown[language], cells, language)
        for (language, change), cells in rows.items()
        if change is None
    }
    groups: list[Group] = []
    for group in by_family(made, words.family):
        lines: list[Row] = []
        for row in group.rows:
            changed = [(change, cells) for (language, change), cells in rows.items() if language == row.code]
            lines += [row, *(Row(f"  {change}", cells) for change, cells in changed if change is not None)]
        groups.append(Group(group.title, lines))
    return Table(title, "language", columns, groups)


def _kept(one: FilterRecord) -> Cell:
    if one.kept is None or one.share is None or one.low is None or one.high is None:
        return Cell("–")
    low, high = words.number(1 - one.high, "share"), words.number(1 - one.low, "share")
    return Cell(
        words.number(1 - one.share, "share"),
        (low, high),
        words.spread(100 * (1 - one.share), 100 * (1 - one.high), 100 * (1 - one.low)),
        tone="bad" if one.share > 0.5 else "",
    )


def _removed(one: FilterRecord | None) -> Cell:
    return Cell("–" if one is None or one.removed is None else str(one.removed))


def _little(one: FilterRecord) -> bool:
    return one.share is not None and 1 - one.share < LITTLE


def _why(
    done: Filtered, shown: Mapping[str, str], records: Sequence[FilterRecord], whole: FilterRecord
) -> str:
    """``Tatar: 18 of 91 documents are kept; gopher_enough_stop_words takes 71, …``."""
    line = (whole.language, whole.perturbation)
    mine = [one for one in records if (one.language, one.perturbation) == line and one.step != WHOLE]
    worst = max((one for one in mine if one.mode == "in-order"), key=lambda one: one.removed or 0)
    name = shown[whole.language] + (f", {whole.perturbation}" if whole.perturbation else "")
    kept = f"{name}: {whole.kept} of {number_of(whole.documents, 'document')} kept"
    return f"{kept}; {worst.step} takes {worst.removed}{_decided(done, whole, worst.step)}"


def _decided(done: Filtered, whole: FilterRecord, step: str) -> str:
    """Which words or characters decide it, as far as that is known."""
    place = (whole.corpus, whole.language, whole.perturbation, step)
    keys = ("corpus", "language", "perturbation", "step")
    mine = [one for one in done.causes if tuple(one[key] for key in keys) == place]
    if not mine:
        return ""
    seen = [f"{words.visible(one['item'])} {one['documents']}" for one in mine if one["documents"]]
    never = sum(not one["documents"] for one in mine)
    gone = f", {never} of {len(mine)} in none" if never else ""
    return f" (documents with: {words.some(seen) or 'none'}{gone})"


def _units(done: Filtered, corpus: str) -> list[str]:
    """What a document is, for all languages alike or each."""
    told: dict[str, list[str]] = {}
    for one in done.units:
        if one["corpus"] == corpus:
            kinds = ", ".join(UNITS[kind].format(n=done.words) for kind in one["units"])
            told.setdefault(kinds, []).append(one["language"])
    if len(told) == 1:
        return [f"a document: {kinds}" for kinds in told]
    return [f"a document, {words.some(languages)}: {kinds}" for kinds, languages in told.items()]


def _unjudged(records: Sequence[FilterRecord]) -> list[str]:
    steps: dict[str, dict[str, None]] = {}
    for one in records:
        if one.removed is None and one.reason and one.documents and one.step != WHOLE:
            steps.setdefault(one.reason, {})[one.step] = None
    return [f"not judged: {', '.join(of_reason)}: {reason}" for reason, of_reason in steps.items()]


def _stand_ins(shown: Mapping[str, str], records: Sequence[FilterRecord]) -> list[str]:
    reasons: dict[str, dict[str, None]] = {}
    for one in records:
        if one.removed is not None and one.reason:
            reasons.setdefault(one.reason, {})[shown[one.language]] = None
    return [f"{reason} ({words.some(list(languages))})" for reason, languages in reasons.items()]

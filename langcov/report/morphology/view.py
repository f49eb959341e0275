"""A table for each list of divided words; gold and silver lists are never put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langcov.core.names import number_of
from langcov.metrics.morphology import Estimate
from langcov.morphology.gold import LEFT_OUT, Gold
from langcov.morphology.measure import Measured, baselines
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table

LOSSY = 0.01  # words left out to others, above which a tokenizer is not compared: it knows the easy ones
COLUMNS = {
    "boundary_f1": "F1",
    "boundary_f1_by_chance": "F1 by\nchance",
    "boundary_f1_above_chance": "above\nchance",
    "boundary_precision": "preci-\nsion",
    "boundary_recall": "recall",
    "morphscore_recall": "Morph-\nScore",
}
QUALITY = {"gold": "gold: divided by people", "silver": "silver: divided by a program"}
NOTES = (
    "by chance: what as many cuts at random places of each word are expected to have; F1 above it ranks "
    "tokenizers otherwise than F1 does",
    "MorphScore: recall as MorphScore v2 has it: of words of two or three morphemes by themselves, each of "
    "the same weight, and a word that is a single token has 1",
)


def sections(golds: Sequence[Gold], found: Sequence[Measured]) -> list[Section]:
    """A section for each list."""
    return [_section(gold, [one for one in found if one.gold is gold]) for gold in golds]


def _section(gold: Gold, found: Sequence[Measured]) -> Section:
    language = words.language_names([gold.language])[gold.language] if gold.language else ""
    named = ", ".join(filter(None, (words.visible(gold.name), language)))
    counted = f"{number_of(len(gold.words), 'word')}, {len(gold.boundaries)} boundaries"
    return Section(
        f"{named} · {QUALITY[gold.quality]} · {counted}",
        [_table(gold, found)],
        _findings(found),
        [*_left_out(gold), *_unknown(found), *_reasons(found), *NOTES],
    )


def _table(gold: Gold, found: Sequence[Measured]) -> Table:
    rows = [Row(words.visible(one.system), _cells(one.figures)) for one in found]
    beside = [Row(name, _cells(figures)) for name, figures in baselines(gold)]
    columns = [Column(title) for title in COLUMNS.values()]
    return Table("", "tokenizer", columns, [Group("", rows), Group("to compare with", beside)])


def _cells(figures: Mapping[str, Estimate]) -> list[Cell]:
    return [_cell(figures[metric]) for metric in COLUMNS]


def _cell(one: Estimate) -> Cell:
    if one.value is None:
        return Cell("–")
    text = words.number(one.value)
    if one.low is None or one.high is None:
        return Cell(text)
    interval = (words.number(one.low), words.number(one.high))
    return Cell(text, interval, words.spread(one.value, one.low, one.high))


def _findings(found: Sequence[Measured]) -> list[str]:
    """The tokenizer that is farthest above chance, and which are not above it at all, if that can be told."""
    whole = [one for one in found if one.unknown <= LOSSY * one.words]
    above = {words.visible(one.system): one.figures["boundary_f1_above_chance"] for one in whole}
    told = {name: one for name, one in above.items() if one.value is not None and one.low is not None}
    if not told:
        return []
    most = max(one.value or 0 for one in told.values())
    best = [name for name, one in told.items() if one.value == most]
    level = [name for name, one in told.items() if one.low is not None and one.low <= 0]
    farthest = f"Farthest above chance: {words.some(best)}, by {words.number(most)} of F1."
    return [*[farthest] * (most > 0), *[f"Not above chance: {words.some(level)}."] * bool(level)]


def _left_out(gold: Gold) -> list[str]:
    nearly = f"; but for some letters: {gold.aligned}" * bool(gold.aligned)
    return [
        f"words that their morphemes spell: {gold.exact}{nearly}",
        *(
            f"left out: {n} (the first on line {line}): {LEFT_OUT[cause]}"
            for cause, (n, line) in gold.left_out.items()
        ),
    ]


def _unknown(found: Sequence[Measured]) -> list[str]:
    return [
        f"{words.visible(one.system)}: left out for an UNK, or no token: {number_of(one.unknown, 'word')}"
        for one in found
        if one.unknown
    ]


def _reasons(found: Sequence[Measured]) -> list[str]:
    """Why figures are missing, or their intervals."""
    told: dict[str, dict[str, None]] = {}
    for one in found:
        for figure in one.figures.values():
            if figure.reason:
                told.setdefault(figure.reason, {})[words.visible(one.system)] = None
    return [f"{reason} ({words.some(list(who))})" for reason, who in told.items()]

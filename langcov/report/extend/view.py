"""What new pieces do, for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from langcov.core.names import number_of
from langcov.extend.advise import Advice
from langcov.extend.tested import Kept, Tested
from langcov.extend.verify import Figure
from langcov.metrics.intervals import wilson
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table

SHOWN = 24  # pieces in a terminal
EXAMPLE = 60  # characters of a line


def sections(advice: Advice) -> list[Section]:
    """Which pieces, then what they do to the languages they are for and to those that are protected."""
    names = words.language_names(_languages(advice))
    tables = [_tested(advice.tested, names), *([_kept(advice.kept, names)] if advice.kept else [])]
    title = f"{words.visible(advice.system.name)}: {number_of(len(advice.learned), 'new piece')}"
    return [Section(title, tables, _findings(advice, names), _notes(advice))]


def signature(advice: Advice) -> str:
    """What was extended, in a line."""
    tokenizer = advice.system.tokenizer
    return "|".join(
        [
            f"tokenizer:{words.visible(advice.system.spec)}",
            f"sha256:{(tokenizer.sha256 or '')[:16]}",
            f"corpora:{','.join(advice.corpora)}",
            f"add:{advice.settings.add}",
            f"protect:{','.join(one.language for one in advice.kept) or 'none'}",
        ]
    )


def piece_text(text: bytes) -> str:
    """A piece as people read it: its space as ``·``, bytes that are no whole letters as ``<D2>``."""
    shown = text.decode("utf-8", "surrogateescape").replace(" ", "·")
    return words.visible(
        "".join(f"<{ord(c) - 0xDC00:02X}>" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in shown)
    )


def _languages(advice: Advice) -> list[str]:
    return [*(one.language for one in advice.tested), *(one.language for one in advice.kept)]


def _findings(advice: Advice, names: dict[str, str]) -> list[str]:
    dead = int((advice.uses == 0).sum())
    found = [
        f"those that save most: {_some(advice.texts)}",
        f"{len(advice.texts) - dead} of them occur in the text that was tested on, {dead} don't",
    ]
    if advice.replaced:
        found.append(f"pieces that are gone, whose ids they have: {_some(advice.replaced)}")
    if len(advice.learned) < advice.settings.add:
        found.append(f"no other piece that may be added is used twice: {advice.settings.add} were asked for")
    for one in advice.kept:
        if one.examples:
            shown = "; ".join(words.visible(line[:EXAMPLE]) for line in one.examples)
            found.append(f"{names[one.language]}, lines whose ids change: {shown}")
    return found


def _some(texts: Sequence[bytes]) -> str:
    """The first of some pieces, and how many more there are."""
    said = " ".join(map(piece_text, texts[:SHOWN]))
    return f"{said} and {len(texts) - SHOWN} more" if len(texts) > SHOWN else said


def _notes(advice: Advice) -> list[str]:
    lost = sum(one.otherwise or 0 for one in advice.tested)
    unread = any(one.otherwise is None for one in advice.tested)
    unknown = [one for one in advice.tested if one.unknown[0]]
    return [
        f"learned on {number_of(advice.learned_lines, 'line')}, tested on others by the library itself; "
        + _ids(advice),
        *[f"{advice.trimmed} old pieces that no text here has are marked unused; their ids stay"]
        * (advice.trimmed > 0),
        *[f"{number_of(lost, 'line')} tested on come back as another text than before"] * (lost > 0),
        *["whether lines come back as they were is not known: the tokenizer can't decode"] * unread,
        *(
            f"{one.language}: {one.unknown[0]} tokens were unknown, {one.unknown[1]} are: text that was lost "
            f"costs tokens now"
            for one in unknown
        ),
        *[
            f"{one.language} has no lines in the corpora: its {one.listed} lines of listed words were tried"
            for one in advice.kept
            if not one.lines
        ],
    ]


def _ids(advice: Advice) -> str:
    if not advice.replaced:
        return f"ids below {advice.sizes[0]} mean what they did, new ones go to {advice.sizes[1] - 1}"
    return (
        f"{len(advice.replaced)} ids mean something else now and no other does; what other text has of the "
        f"pieces that are gone was not tested: code, other languages, words that no table lists"
    )


def _tested(tested: Sequence[Tested], names: dict[str, str]) -> Table:
    references = list(dict.fromkeys(one.reference for each in tested for one in each.premiums))
    columns = [
        Column("lines"),
        Column("tokens"),
        Column("foreseen", True),
        Column("tokens/word"),
        Column("now"),
    ]
    for reference in references:
        columns += [Column(f"premium {reference[:3]}"), Column("now")]
    columns.append(Column("pieces used"))
    rows = [Row(names[one.language], _cells(one, references), one.language) for one in tested]
    return Table("languages that the pieces are for", "language", columns, [Group("", rows)])


def _cells(one: Tested, references: Sequence[str]) -> list[Cell]:
    premiums = {premium.reference: premium for premium in one.premiums}
    cells = [
        Cell(str(one.lines)),
        _cell(one.change, _signed),
        Cell(_signed(one.expected / max(1, one.tokens[0]) - 1)),
        *map(_cell, one.fertility),
    ]
    for reference in references:
        found = premiums.get(reference)
        cells += [_cell(found.before), _cell(found.after)] if found else [Cell("–"), Cell("–")]
    return [*cells, Cell(str(one.used))]


def _signed(share: float) -> str:
    return f"{words.per_cent(share, sign=True)} %"


def _cell(found: Figure, text: Callable[[float], str] = words.number) -> Cell:
    """A figure with its interval."""
    if found.low is None or found.high is None:
        return Cell(text(found.value))
    half = max(found.value - found.low, found.high - found.value)
    spread = f"{100 * half:.1f}" if text is _signed else words.spread(found.value, found.low, found.high)
    return Cell(text(found.value), (text(found.low), text(found.high)), spread)


def _kept(kept: Sequence[Kept], names: dict[str, str]) -> Table:
    columns = [Column("lines"), Column("changed"), Column("tokens"), Column("listed"), Column("changed")]
    rows = [Row(names[one.language], _kept_cells(one), one.language) for one in kept]
    return Table("protected languages: lines whose ids change", "language", columns, [Group("", rows)])


def _kept_cells(one: Kept) -> list[Cell]:
    listed = [Cell(str(one.listed)), Cell(str(one.listed_changed))]
    if not one.lines:
        return [Cell("–"), Cell("–"), Cell("–"), *listed]
    low, high = (float(bound[0]) for bound in wilson(np.array([one.changed]), np.array([one.lines])))
    share = one.changed / one.lines
    interval = (words.number(low, "share"), words.number(high, "share"))
    cell = Cell(words.number(share, "share"), interval, words.spread(100 * share, 100 * low, 100 * high))
    return [Cell(str(one.lines)), cell, Cell(_signed(one.tokens[1] / one.tokens[0] - 1)), *listed]

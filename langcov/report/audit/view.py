"""What an audit finds, as tables: pieces without a text, of mixed scripts, by language; letters; cuts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from langcov.audit.audit import Audit
from langcov.audit.kept_apart import KeptApart
from langcov.audit.reach import CAUSES
from langcov.audit.uses import OWN
from langcov.core.names import number_of
from langcov.report import wording as words
from langcov.report.audit.records import counts, shown
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table, by_family, without_empty

EXAMPLES = 5
WIDE = 30  # characters of examples
FEWEST = 0.001  # the share of a language's words with a cut from which on it has a row
KINDS = {
    "alone": "their own text is one token",
    "beside": "only beside other text or in characters",
    "whole": "of these as whole words only: merges don't make them",
}


def section(one: Audit) -> Section:
    """All of one tokenizer."""
    name = words.visible(one.system.name)
    asked = number_of(int(one.reach.asked.sum()), "piece")
    tables = [_reach(one), _mixed(one), _languages(one), _letters(one), _kept_apart(one)]
    return Section(
        f"{name}: {asked} of {one.system.kind}, {len(one.parts.texts)} ids",
        [table for table in tables if any(True for _ in table.rows())],
        _findings(one),
        _notes(one),
        interval="",
    )


def _reach(one: Audit) -> Table:
    numbers = {row["kind"]: row["pieces"] for row in counts(one)}
    reached = [_row(one, text, numbers[kind], ()) for kind, text in KINDS.items() if numbers[kind]]
    causes = Counter(one.reach.causes.values())
    missing = [
        _row(one, text, causes[cause], [at for at, why in sorted(one.reach.causes.items()) if why == cause])
        for cause, text in CAUSES.items()
        if causes[cause]
    ]
    open_question = [row for row in missing if row.label == CAUSES["unknown"]]
    never = [row for row in missing if row not in open_question]
    groups = [
        Group(title, rows)
        for title, rows in (
            ("some text has them", reached),
            ("no text has them", never),
            ("not known", open_question),
        )
        if rows
    ]
    columns = [Column("pieces"), Column("share"), Column("such as")]
    return without_empty(
        Table("Pieces and texts", "what a text needs, or why there is none", columns, groups)
    )


def _row(one: Audit, label: str, number: int, ids: Sequence[int]) -> Row:
    share = number / max(1, int(one.reach.asked.sum()))
    cells = [Cell(str(number)), Cell(words.number(share, "share")), Cell(_some(shown(one, ids[:EXAMPLES])))]
    return Row(label, cells)


def _some(texts: Iterable[str], most: int = EXAMPLES) -> str:
    """The first of some texts, as many as there is room for; runs of a character are told by their number.

    >>> _some(["␣␣␣␣␣␣", "а"]), _some(["abcdefgh"] * 9, 9)
    ('␣×6 а', 'abcdefgh abcdefgh abcdefgh …')
    """
    told = [re.sub(r"(.)\1{3,}", lambda run: f"{run[1]}×{len(run[0])}", text) for text in islice(texts, most)]
    fits = list(takewhile(lambda n: len(" ".join(told[:n])) <= WIDE, range(1, len(told) + 1)))
    return " ".join(told[: len(fits)] + ["…"] * (len(fits) < len(told)))


def _mixed(one: Audit) -> Table:
    found: dict[tuple[str, ...], list[int]] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for mixed in one.mixed:
        found.setdefault(mixed.scripts, []).append(mixed.at)
        alike[mixed.scripts] += mixed.alike
    rows = [
        Row(
            " + ".join(codes),
            [Cell(str(len(ids))), Cell(str(alike[codes])), Cell(_some(shown(one, ids[:EXAMPLES])))],
        )
        for codes, ids in sorted(found.items(), key=lambda item: -len(item[1]))
    ]
    columns = [Column("pieces"), Column("look\nalike"), Column("such as")]
    return Table("Pieces of several scripts", "scripts", columns, [Group("", rows)] if rows else [])


def _languages(one: Audit) -> Table:
    names = words.language_names(sorted(one.uses))
    rows = {
        language: Row(
            names[language],
            [
                Cell(str(owned.used)),
                Cell(str(len(owned.own))),
                Cell("–" if owned.share is None else words.number(owned.share, "share")),
                Cell(_some(shown(one, owned.own[:EXAMPLES].tolist()), 3)),
            ],
            language,
        )
        for language, owned in one.owned.items()
    }
    columns = [
        Column("pieces\nused"),
        Column("own"),
        Column("own\n/tokens"),
        Column("such as", optional=True),
    ]
    return Table("Pieces by language", "language", columns, by_family(rows, words.family))


def _letters(one: Audit) -> Table:
    alone: dict[str, list[str]] = {}
    first: dict[str, list[str]] = {}
    for letter in one.letters:
        if letter.alone is False:
            alone.setdefault(letter.language, []).append(letter.letter)
        if not letter.starts:
            first.setdefault(letter.language, []).append(letter.letter)
    names = words.language_names(sorted({*alone, *first}))
    rows = {
        language: Row(name, [_listed(alone.get(language, [])), _listed(first.get(language, []))], language)
        for language, name in names.items()
    }
    columns = [Column("never\nalone"), Column("never first\nin a piece")]
    return Table("Letters of alphabets", "language", columns, by_family(rows, words.family))


def _listed(letters: Sequence[str]) -> Cell:
    """How many letters, and the first of them."""
    return Cell(f"{len(letters)}: {_some(map(words.visible, letters))}" if letters else "0")


def _worth_showing(one: Audit) -> dict[str, KeptApart]:
    """Where the pattern cuts more words than a slip makes, as they stand or in capitals."""
    return {
        language: cuts
        for language, cuts in one.kept_apart.items()
        if isinstance(cuts, KeptApart) and max(cuts.cut, cuts.capitals) > FEWEST * cuts.words
    }


def _kept_apart(one: Audit) -> Table:
    names = words.language_names(sorted(one.kept_apart))
    found = _worth_showing(one)
    rows = {language: Row(names[language], _costs(cuts), language) for language, cuts in found.items()}
    spelled = sorted({name for cuts in found.values() for name in cuts.spelled})
    for language, row in rows.items():
        row.cells[4:4] = [Cell(str(found[language].spelled.get(name, "–"))) for name in spelled]
    columns = [
        Column("words\ncut"),
        Column("in cap-\nitals"),
        Column("tokens\nof them"),
        Column("by merges\nalone"),
        *(Column(f"with\n{name}") for name in spelled),
        Column("where"),
    ]
    title = "Letters that only the pattern keeps apart"
    return Table(title, "language", columns, by_family(rows, words.family))


def _costs(cuts: KeptApart) -> list[Cell]:
    return [
        Cell(words.number(cuts.cut / cuts.words, "share")),
        Cell(words.number(cuts.capitals / cuts.words, "share")),
        Cell(str(cuts.tokens) if cuts.cut else "–"),
        Cell(str(cuts.merged) if cuts.cut and cuts.merged is not None else "–"),
        Cell(_some(map(words.visible, cuts.places or cuts.capital_places), 3)),
    ]


def _findings(one: Audit) -> list[str]:
    numbers = {row["kind"]: row["pieces"] for row in counts(one)}
    said = [f"No text has {number_of(numbers['unreached'], 'piece')} of {numbers['asked']}."]
    if numbers["whole"]:
        said.append(
            f"{number_of(numbers['whole'], 'piece')} can't be derived by merges, only taken as whole words."
        )
    return said


def _notes(one: Audit) -> list[str]:
    corpora = sorted({use.corpus for use in one.uses.values()})
    reasons: dict[str, list[str]] = {}
    for language, use in one.uses.items():
        if use.ids is None:
            reasons.setdefault(use.reason, []).append(language)
    unasked = {found for found in one.kept_apart.values() if isinstance(found, str)}
    return [
        f"own: more than {OWN:.0%} of the sum of a piece's shares of the tokens of each language; counted in "
        f"{', '.join(map(words.visible, corpora))}",
        *(f"not counted: {words.some(who)}: {words.visible(why)}" for why, who in reasons.items()),
        *(f"no letters kept apart: {words.visible(why)}" for why in sorted(unasked)),
        "never first: no piece that some text has begins with a space and the letter",
        *["in capitals: words that the pattern would cut if all their letters were"]
        * bool(_worth_showing(one)),
    ]

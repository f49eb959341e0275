"""What a trained tokenizer costs each language, beside others of its size, for people."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.core.names import number_of
from langcov.report import wording as words
from langcov.report.blocks import Cell, Column, Group, Row, Section, Table
from langcov.train.trained import Trained, Variant

TITLES = {"premium": "searched", "uniform": "equal", "proportional": "by text", "parity": "parity"}
"""How the text was shared, over a column."""


def sections(trained: Trained) -> list[Section]:
    """The premiums, then what became of the worst one."""
    title = f"{trained.settings.size} pieces for {number_of(len(trained.chars), 'language')}"
    return [Section(title, [_premiums(trained)], _findings(trained), _notes(trained))]


def signature(trained: Trained) -> str:
    """What was trained, in a line."""
    settings = trained.settings
    return "|".join(
        [
            f"balance:{settings.balance}",
            f"model:{settings.model}" if trained.kind == "spm" else "model:byte-bpe",
            f"vocab:{settings.size}",
            f"corpora:{','.join(trained.corpora)}",
            f"dev:{','.join(trained.dev)}",
            f"rounds:{len(trained.rounds)}",
        ]
    )


def _findings(trained: Trained) -> list[str]:
    names = words.language_names(list(trained.chars))
    found = []
    for one in trained.variants:
        highest = f"{words.number(one.worst.value)} ({names[one.worst.language]})"
        said = f"{TITLES[one.balance]}: the worst premium is {highest}"
        gain = trained.gains.get(one.balance)
        found.append(f"{said}{_gain(trained.settings.balance, gain)}" if gain else said)
    if trained.missing:
        found.append(f"letters without a piece of their own: {' '.join(trained.missing)}")
    return found


def _gain(balance: str, gain: Sequence[float]) -> str:
    value, low, high = (f"{100 * share:+.1f}" for share in gain)
    return f"; that of {TITLES[balance]} against it: {value} % [{low}, {high}]"


def _notes(trained: Trained) -> list[str]:
    searched, tested = trained.lines
    reference = words.language_names([trained.reference])[trained.reference]
    chosen = {"premium": "shares were searched", "parity": "ratios of bytes were taken"}
    others = {one: f"; {what} on {searched} others" for one, what in chosen.items()}
    return [
        f"premium: tokens over those of {reference} on the same {number_of(tested, 'line')}"
        f"{others.get(trained.settings.balance, '')}; none of them was trained on",
        "share: of the text that was trained on, by characters; tokens: of all lines, beside equal shares",
    ]


def _premiums(trained: Trained) -> Table:
    """A language each: its text, its share, its premium by each variant."""
    names = words.language_names(list(trained.chars))
    wanted, *others = trained.variants
    uniform = next(one for one in trained.variants if one.balance == "uniform")
    columns = [
        Column("chars"),
        *([Column("share")] if wanted.weights else []),
        Column(TITLES[wanted.balance]),
    ]
    columns += [Column(TITLES[one.balance]) for one in others] + [Column("tokens")]
    rows = [_row(trained, language, names[language], uniform) for language in trained.chars]
    return Table("premium", "language", columns, [Group("", rows)])


def _row(trained: Trained, language: str, name: str, uniform: Variant) -> Row:
    wanted = trained.variants[0]
    cells = [Cell(str(trained.chars[language]))]
    if wanted.weights:
        cells.append(Cell(words.number(wanted.weights[language], "share")))
    cells += [_premium(one, language) for one in trained.variants]
    if language in wanted.tokens:
        more = wanted.tokens[language] / uniform.tokens[language] - 1
        cells.append(Cell(f"{words.per_cent(more, sign=True)} %"))
    else:
        cells.append(Cell("–"))
    return Row(name, cells, language)


def _premium(variant: Variant, language: str) -> Cell:
    value, bounds = variant.premiums.get(language), variant.intervals.get(language)
    if value is None:
        return Cell("–")
    if bounds is None:
        return Cell(words.number(value))
    low, high = bounds
    return Cell(words.number(value), (words.number(low), words.number(high)), words.spread(value, low, high))

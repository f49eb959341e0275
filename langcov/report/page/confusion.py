"""What lines are taken for: the languages that swallow others, and the sisters that are mixed up."""

from __future__ import annotations

from collections import Counter

from langcov.lid.classes import groups, stands_for
from langcov.report import wording as words
from langcov.report.lid.numbers import LidNumbers, is_language
from langcov.report.page.html import Part, first, sortable
from langcov.results.result import Result

SINKS = 10  # of each model


def parts(result: Result, corpus: str, prefix: str) -> list[Part]:
    """Where the lines go."""
    numbers = LidNumbers(result, corpus)
    return [
        Part(prefix + "sinks", "What swallows lines of other languages", _sinks(numbers), within=True),
        Part(prefix + "sisters", "Confusion among sister languages", _sisters(numbers), within=True),
    ]


def _sinks(numbers: LidNumbers) -> str:
    """The languages that most lines of others are wrongly taken for, of each model."""
    rows = [[numbers.called(system), *row] for system in numbers.taken for row in sinks_of(numbers, system)]
    heads = ["Model", "Taken for", "Most of them", "Lines of others", "Languages"]
    title = f"Lines wrongly taken for a language: the {SINKS} that most are, of each model"
    return sortable(title, heads, rows, 3) if rows else ""


def sinks_of(numbers: LidNumbers, system: str) -> list[list[str]]:
    """Of one model: the language, those whose lines it swallows, how many lines, of how many languages."""
    wrong: dict[str, Counter[str]] = {}
    for gold, taken in numbers.taken[system].items():
        for predicted, lines in taken.items():
            if lines and is_language(predicted) and not stands_for(predicted, gold):
                wrong.setdefault(predicted, Counter())[gold] += lines
    most = sorted(wrong, key=lambda predicted: (-wrong[predicted].total(), predicted))
    return [
        [
            numbers.name(predicted),
            first([f"{numbers.name(gold)} {n}" for gold, n in wrong[predicted].most_common()], 3),
            str(wrong[predicted].total()),
            str(len(wrong[predicted])),
        ]
        for predicted in most[:SINKS]
    ]


def _sisters(numbers: LidNumbers) -> str:
    """What the lines of languages are taken for that are easily mixed up, a table a group."""
    found: dict[str, list[str]] = {}
    for name in numbers.lines:
        if group := groups().get(name) or groups().get(name.partition("_")[0]):
            found.setdefault(f"{group}_{name.partition('_')[2]}", []).append(name)
    heads = ["Language", *map(numbers.called, numbers.taken)]
    return "\n".join(
        sortable(
            "Lines of each of " + ", ".join(map(numbers.name, names)) + ", and what they are taken for",
            heads,
            [
                [numbers.name(name), *(taken(numbers, system, name) for system in numbers.taken)]
                for name in names
            ],
            len(heads),
        )
        for names in map(sorted, found.values())
        if len(names) > 1
    )


def taken(numbers: LidNumbers, system: str, name: str) -> str:
    """The share of lines that are right, and the two languages that most of the others are taken for."""
    found = numbers.taken[system].get(name, Counter())
    wrong = Counter({one: n for one, n in found.items() if n and not stands_for(one, name)})
    lines = found.total()
    if not lines:
        return "–"
    others = [f"{numbers.name(one)} {words.per_cent(n / lines)} %" for one, n in wrong.most_common(2)]
    right = f"{words.per_cent(1 - wrong.total() / lines)} % right"
    return "; ".join([right if numbers.supported(system, name) else "no label", *others])

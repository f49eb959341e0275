"""What may stand in one table: systems that were measured on the same text in the same way.

A text is the name of a corpus and its sha256; in which way, the signature says. All else is another sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from langcov.errors import UserError
from langcov.gate.compare import SAME
from langcov.report import wording as words
from langcov.report.blocks import Group, Table
from langcov.report.charts import numbers_of
from langcov.report.lid.numbers import LidNumbers
from langcov.report.lid.view import together
from langcov.report.notes import Notes, hygiene
from langcov.report.numbers import Numbers
from langcov.report.site.contents import told_apart
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.report.tokenizers.summary import summary
from langcov.results.result import Result
from langcov.results.signature import SHORT, settings

ALWAYS = ("ci", "partial", "version")
"""Settings that are shown apart too, though a comparison of two results passes over them."""
Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One corpus, and all systems that were measured on it in one way.

    Attributes:
        result: all of them as if they were measured at once.
        said: how they were, by key of the signature.
        apart: those that no test compares with the others, as they were measured in another run.
        title: what tells it from other sheets of its kind.
    """

    result: Result
    said: Settings
    apart: Sequence[str]
    title: str = ""

    @property
    def card(self) -> Mapping[str, Any]:
        """Of the corpus."""
        return self.result.corpora[0]

    @property
    def text(self) -> tuple[str, str]:
        """The name of the corpus and the first digits of its hash."""
        return self.card["name"], str(self.card.get("sha256") or "none")[:SHORT]

    @property
    def signature(self) -> str:
        """What is the same of all figures in it."""
        name, hash = self.text
        return "|".join([f"corpus:{words.visible(name)}@{hash}", *(f"{k}:{v}" for k, v in self.said)])

    @property
    def languages(self) -> list[str]:
        """Ids of those of the corpus, sorted."""
        return sorted(self.card.get("languages") or self.numbers.languages)

    @cached_property
    def numbers(self) -> Numbers:
        """The figures."""
        return numbers_of(self.result, self.card["name"])

    @property
    def tokens(self) -> TokenizerNumbers:
        """The figures of tokenizers."""
        assert isinstance(self.numbers, TokenizerNumbers)
        return self.numbers

    @property
    def lines(self) -> LidNumbers:
        """The figures of language-ID models."""
        assert isinstance(self.numbers, LidNumbers)
        return self.numbers

    @cached_property
    def notes(self) -> Notes:
        """Why figures over all languages are missing."""
        return Notes()

    @cached_property
    def together(self) -> Table:
        """The figures of systems over all languages; the code of a row is the name of its system."""
        if self.result.kind == "lid":
            found = together(self.lines, self.notes)
        else:
            tables = summary(self.tokens, words.language_names(self.tokens.languages))
            found = next(iter(tables), Table("", "", [], []))
        rows = [replace(row, code=system) for system, row in zip(self.numbers.systems, found.rows())]
        return replace(found, groups=[Group("", rows)])

    def faults(self, ids: Collection[str], names: Mapping[str, str]) -> list[str]:
        """What is said of the errors in the text of these languages."""
        rows = [row for row in self.result.hygiene if row["language"] in ids]
        bare = replace(self.result, hygiene=rows, records=[], totals=[], details={})
        return hygiene(bare, self.card["name"], names)

    @cached_property
    def systems(self) -> dict[str, Mapping[str, Any]]:
        """What is known of each system that was measured, by name."""
        return {row["name"]: row for row in self.result.systems}


def sheets(results: Iterable[Result], kind: str) -> list[Sheet]:
    """The sheets of all results of a kind, by name of the corpus; the same result twice counts once.

    Raises:
        UserError: a result is of a kind that has no pages.
    """
    results = sorted(results, key=lambda result: (result.signature["long"], result.created))
    if odd := [result.kind for result in results if result.kind not in SAME]:
        raise UserError(f"a result of '{words.visible(odd[0])}' has no pages: give some of {', '.join(SAME)}")
    mine = told_apart([result for result in results if result.kind == kind])
    piles: dict[tuple[str, str, Settings, tuple[str, ...]], list[list[Result]]] = {}
    for result in mine:
        for at, card in enumerate(result.corpora):
            part, hash = _part(result, card), str(card.get("sha256"))
            of_text = piles.setdefault((card["name"], hash, _said(result, at), _classes(part)), [])
            pile = next((pile for pile in of_text if _agree(pile, part)), None)
            if pile is None:  # figures differ though no setting does: nobody knows which are right
                of_text.append(pile := [])
            pile.append(part)
    found = [
        _together(pile, said)
        for (_name, _hash, said, _gold), of_text in sorted(piles.items(), key=lambda item: item[0])
        for pile in of_text
    ]
    return [replace(one, title=title) for one, title in zip(found, _titles(found)) if one.result.systems]


def _said(result: Result, at: int) -> Settings:
    """How one of its corpora was measured, without what is said of systems and of other corpora."""
    said = settings({"short": result.signature["long"]}) | settings(result.signature)
    card = result.corpora[at]
    keys = said.get("keys", "").split(",")
    spelt = said.get("orthography", "").split(",")
    mine = {
        **{key: said.get(key, "") for key in (*SAME[result.kind], *ALWAYS)},
        "rows": f"{card.get('rows')}.{card.get('row_count')}" if card.get("row_count") else "",
        "aligned": str(card.get("alignment") or "").removeprefix("none"),
        "keys": keys[at] if len(keys) == len(result.corpora) else keys[0],
        "orthography": ",".join(one for one in spelt if one.startswith(card["name"] + ".")),
    }
    return tuple((key, value) for key, value in mine.items() if value)


def _part(result: Result, card: Mapping[str, Any]) -> Result:
    """One corpus of a result."""
    name = card["name"]
    records = [record for record in result.records if record.corpus == name]
    measured = {record.system for record in records}
    return replace(
        result,
        corpora=[dict(card)],
        systems=[row for row in result.systems if row["name"] in measured],
        records=records,
        totals=_of_corpus(result.totals, name),
        hygiene=_of_corpus(result.hygiene, name),
        details={key: _of_corpus(rows, name) for key, rows in result.details.items()},
        rows=None,
    )


def _of_corpus(rows: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("corpus") == name]


def _classes(part: Result) -> tuple[str, ...]:
    """The classes that lines are counted in: a policy makes them of the labels of the models, too."""
    return tuple(sorted({row["gold"] for row in part.details.get("confusion", [])}))


def _agree(pile: Sequence[Result], part: Result) -> bool:
    """Whether figures that both have are the same."""
    known = {_place(record): record.value for one in pile for record in one.records}
    return all(known.get(_place(r), r.value) == r.value for r in part.records)


def _place(record: Any) -> tuple[Any, ...]:
    return record.system, record.language, record.languages, record.metric, record.reference


def _together(pile: Sequence[Result], said: Settings) -> Sheet:
    """The sheet of results that agree; each system as the first has it."""
    first = pile[0]
    held = [{row["name"] for row in part.systems} for part in pile]
    new = [mine.difference(*held[:at]) for at, mine in enumerate(held)]
    parts = [_only(part, names, at == 0) for at, (part, names) in enumerate(zip(pile, new))]
    details: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for key, rows in part.details.items():
            details.setdefault(key, []).extend(rows)
    merged = replace(
        first,
        systems=[row for part in parts for row in part.systems],
        records=[record for part in parts for record in part.records],
        totals=[row for part in parts for row in part.totals],
        details={**details, "comparisons": [], "ledger": _ledger(pile)},
    )
    rivals = numbers_of(merged, first.corpora[0]["name"]).rivals
    # A test is of systems that were measured together: those of the result that has most of them.
    tested = max(range(len(pile)), key=lambda at: (len(held[at].intersection(rivals)), -at))
    apart = [name for name in rivals if name not in held[tested]]
    tests = pile[tested].details.get("comparisons", [])
    if apart and first.kind == "lid":  # its test is of who is best of all
        tests = []
    return Sheet(replace(merged, details={**merged.details, "comparisons": tests}), said, apart)


def _only(part: Result, names: set[str], first: bool) -> Result:
    """A result without systems that an earlier one has; what is said of none stands in the first."""

    def kept(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row.get("system") in names or (first and "system" not in row)]

    return replace(
        part,
        systems=[row for row in part.systems if row["name"] in names],
        records=[record for record in part.records if record.system in names],
        totals=kept(part.totals),
        details={key: kept(rows) for key, rows in part.details.items()},
    )


def _ledger(pile: Sequence[Result]) -> list[dict[str, Any]]:
    """How each system stands to the corpus: trained on it, if any result says so."""
    rows = [row for part in pile for row in part.details.get("ledger", [])]
    rows.sort(key=lambda row: row["status"] == "trained", reverse=True)
    return list({row["system"]: row for row in reversed(rows)}.values())


def _titles(found: Sequence[Sheet]) -> Iterator[str]:
    """What each sheet is called: its corpus, and what tells it from others of that."""
    names = Counter(sheet.text[0] for sheet in found)
    texts = Counter(sheet.text for sheet in found)
    for at, sheet in enumerate(found):
        name, hash = sheet.text
        title = words.visible(name) + f" @{hash}" * (names[name] > texts[sheet.text])
        alike = [one for one in found if one.text == sheet.text]
        odd = [pair for pair in sheet.said if any(pair not in one.said for one in alike)]
        title += "".join(f", {key} {words.visible(value)}" for key, value in odd)
        same = [one for one in found[:at] if one.text == sheet.text and one.said == sheet.said]
        yield title + f" ({len(same) + 1})" * bool(same)

"""Two results of one long signature have the same figures: no setting is left out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import langcov
from langcov.corpora import resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.lid import load as load_model
from langcov.measure.lid import LidSettings
from langcov.measure.lid import measure as measure_lid
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure as measure_tokenizers
from langcov.results.result import Result
from langcov.tokenizers import load as load_tokenizer

Measure = Callable[[list[Corpus], Any], Result]

OTHER: dict[str, Any] = {
    "references": ["tat"],
    "words": "uax29",
    "words_once": False,
    "context": 100,
    "price": 0.1,
    "perturbations": ["case"],
    "trained_on": {"chars": ["files"]},
    "policy": "group",
    "top": 3,
    "labels": {"Told": Path("labels.tsv")},
    "base_rate": 0.01,
    "threshold_from": "files",
}
OTHER_OPTIONS: dict[str, Any] = {
    "encoding": "latin-1",
    "encoding_errors": "replace",
    "text_field": "body",
    "null": "skip",
    "lang_field": "body",
    "lang_column": 1,
    "tier": "tx",
    "sheet": "other",
    "text_column": 2,
    "delimiter": ";",
    "normalize": "NFD",
    "max_lines": 2,
    "chunk_bytes": 7,
    "max_line": 100,
}
OTHER_CARD: dict[str, Any] = {
    "name": "other",
    "kind": "lexicon",
    "alignment": "lines",
    "documents": "none",
    "licence": "CC0-1.0",
    "source": "a book",
    "orthography": {"tat_Cyrl": "another"},
    "keys": "1",
    "before": 1,
}
SHOWS_IN_NO_FIGURE = [
    "chunk_bytes",
    "max_line",
    "lang_field",
    "lang_column",
    "kind",
    "licence",
    "source",
    "before",
]


class Told:
    """Gives Tatar where a text begins with a capital, else Bashkir."""

    labels = ("tat", "bak", "rus")

    def __call__(self, texts: list[str]) -> tuple[list[list[str]], None]:
        return [["tat", "bak"] if text[0].isupper() else ["bak", "rus"] for text in texts], None


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Corpus]:
    monkeypatch.chdir(tmp_path)
    Path("labels.tsv").write_text("tat\tbak\n", "utf-8")
    for language in ("tat", "bak", "rus", "eng"):
        texts = [("ёж-ёж\nКот", "ёж"), ("кот спит", "кот"), ("КОТ", "Ёж")]
        records = [json.dumps({"text": text, "body": body}, ensure_ascii=False) for text, body in texts]
        Path(f"{language}.jsonl").write_text("\n".join(records), "utf-8")
    return resolve([f"{language}={language}.jsonl" for language in ("tat", "bak", "rus", "eng")])


def of_tokenizers(corpora: list[Corpus], settings: Any) -> Result:
    return measure_tokenizers(corpora, [load_tokenizer("chars"), load_tokenizer("bytes")], settings)


def of_lid(corpora: list[Corpus], settings: Any) -> Result:
    return measure_lid(corpora, [load_model(Told())], settings)


KINDS: list[tuple[Measure, Any]] = [(of_tokenizers, Settings), (of_lid, LidSettings)]


def figures(result: Result) -> dict[str, Any]:
    parts = json.loads(result.to_json())
    return {key: parts[key] for key in parts.keys() & {"totals", "records", *result.details}}


def check(one: Result, other: Result, name: str) -> None:
    if name in SHOWS_IN_NO_FIGURE:
        assert one.signature == other.signature and figures(one) == figures(other)
    else:
        assert one.signature["long"] != other.signature["long"]


@pytest.mark.parametrize(
    ("measure", "kind", "name"),
    [(*kind, one.name) for kind in KINDS for one in fields(kind[1]) if one.name != "options"],
)
def test_each_setting(measure: Measure, kind: Any, name: str, corpora: list[Corpus]) -> None:
    value = {"Told": ["files"]} if name == "trained_on" and kind is LidSettings else OTHER[name]
    other = kind(**{name: value})
    assert getattr(other, name) != getattr(kind(), name)
    check(measure(corpora, kind()), measure(corpora, other), name)


@pytest.mark.parametrize(
    ("measure", "kind", "name"), [(*kind, one.name) for kind in KINDS for one in fields(ReadOptions)]
)
def test_each_option_of_reading(measure: Measure, kind: Any, name: str, corpora: list[Corpus]) -> None:
    settings = kind(options=ReadOptions(**{name: OTHER_OPTIONS[name]}))
    check(measure(corpora, kind()), measure(corpora, settings), name)


@pytest.mark.parametrize("name", [one.name for one in fields(Corpus) if one.name != "sources"])
def test_what_a_card_says(name: str, corpora: list[Corpus]) -> None:
    [corpus] = corpora
    other = replace(corpus, **{name: OTHER_CARD[name]})
    check(of_tokenizers([corpus], Settings()), of_tokenizers([other], Settings()), name)


def test_which_keys_take_part(tmp_path: Path) -> None:
    (tmp_path / "tat.tsv").write_text("1\tкот\n2\tёж\n3\tкот\n", "utf-8")
    [corpus] = resolve([str(tmp_path / "tat.tsv")])
    for measure, kind in KINDS:
        found = [measure([replace(corpus, keys=keys)], kind()) for keys in (None, "1|2", "[23]")]
        assert len({one.signature["long"] for one in found}) == 3
        assert found[1].signature["short"] == found[2].signature["short"], "cards are in the long form"


def test_settings_that_are_the_same_share_a_signature(corpora: list[Corpus]) -> None:
    of = partial(of_tokenizers, corpora)
    usual = of(Settings())
    assert of(Settings(references=["en", "Russian", "rus"])).signature == usual.signature
    assert of(Settings(price=2)).signature == of(Settings(price=2.0)).signature
    told = dict(part.split(":") for part in of(Settings(("tt", "ru"), price=2)).signature["short"].split("|"))
    assert (told["ref"], told["price"]) == ("rus_Cyrl,tat_Cyrl", "2")
    assert not {"ref", "context", "price", "aligned"} & {
        part.partition(":")[0] for part in usual.signature["long"].split("|")
    }


def test_an_object_says_what_it_is() -> None:
    def model(texts: list[str]) -> tuple[list[str], None]:
        return ["tat"] * len(texts), None

    model.labels = ["tat"]  # type: ignore[attr-defined]
    short = langcov.measure_lid([model, Told()], [{"tat": ["кот"]}]).signature["short"]
    assert "|model:object:function,object:Told|" in short

"""The lists of words against words counted and encoded one by one."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import langcov
from langcov.cli import main
from langcov.corpora import ReadOptions, resolve
from langcov.corpora.tables.condense import condense
from langcov.counting import distinct_words
from langcov.errors import UserError
from langcov.report import render
from langcov.tokenizers import load
from tests.toys import dropping_bpe, uncased_wordpiece, wordpiece

LINES = [
    *["ак барс ак", "әни килә ине", "барс\tәни  ак", "Ёлка-ёлка ине 😀", " ак", "", "ак\u00a0барс"] * 5,
    *["кот <unk> кот", "кот"],
]
RUS = ["кот спит дома", "дом"] * 20
SYSTEMS = ("langcov-rus-32k", "langcov-balanced-32k")
KEYS = ("list", "word", "count", "tokens", "split")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, lines in (("tat", LINES), ("rus", RUS)):
        (tmp_path / f"{language}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def listed(result: Any, system: str, language: str = "tat_Cyrl") -> list[tuple[Any, ...]]:
    return [
        tuple(row[key] for key in KEYS)
        for row in result.details["costly_words"]
        if (row["system"], row["language"]) == (system, language)
    ]


def wanted(system: str, most: int) -> list[tuple[Any, ...]]:
    """Each word encoded in a line of its own after another word, whose tokens are taken off."""
    tokenizer = load(system).tokenizer
    white = re.compile("[ \t\u00a0]+")
    counts = Counter(word for line in LINES for word in white.split(line) if word)
    before = tokenizer.encode(["ак"]).counts[0]
    tokens = {word: int(tokenizer.encode([f"ак {word}"]).counts[0] - before) for word in counts}
    frequent = sorted(counts, key=lambda word: (-counts[word], word.encode()))[:most]
    excess = {word: counts[word] * (tokens[word] - 1) for word in counts if tokens[word] > 1}
    costly = sorted(excess, key=lambda word: (-excess[word], word.encode()))[:most]
    lists = {"frequent": frequent, "costly": costly}
    return [(name, word, counts[word], tokens[word]) for name, words in lists.items() for word in words]


@pytest.mark.parametrize("most", [1, 3, 100])
def test_they_are_those_of_words_taken_one_by_one(folder: Path, most: int) -> None:
    result = langcov.measure_tokenizers(SYSTEMS, str(folder), costly_words=most, hygiene=False)
    for system in SYSTEMS:
        assert [row[:4] for row in listed(result, system)] == wanted(system, most)
    for row in result.details["costly_words"]:
        assert len(row["split"]) == row["tokens"]
        if "<0x" not in "".join(row["split"]) and "<unk>" not in row["split"]:
            assert "".join(row["split"]) == f"▁{row['word']}"
    assert any("<0x" in piece for row in result.details["costly_words"] for piece in row["split"])


def test_workers_tables_and_emptied_memory_change_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def words(corpus: Path, *options: str) -> list[dict[str, Any]]:
        args = ("--costly-words", "--no-hygiene", "--format", "json", "--corpus", str(corpus), *options)
        assert main(["tokenizers", *SYSTEMS, *args]) == 0
        result = json.loads(capsys.readouterr().out)
        schema = json.loads((files("langcov.data") / "result.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(result)
        return [{**row, "corpus": ""} for row in result["costly_words"]]

    alone = words(folder)
    assert len(alone) > 30
    assert words(folder, "--jobs", "2") == alone
    with monkeypatch.context() as patched:
        patched.setattr(distinct_words, "MOST_BYTES", 1)
        assert words(folder) == alone
    condensed = tmp_path / "toy.words.tsv.xz"
    [corpus] = resolve([str(folder)])
    condense(replace(corpus, licence="CC0-1.0"), condensed, ReadOptions())
    assert words(condensed) == alone


def test_words_come_only_where_they_are_asked_for(folder: Path) -> None:
    result = langcov.measure_tokenizers("bytes", str(folder), hygiene=False)
    assert "costly_words" not in result.details and "барс" not in result.to_json()
    asked = langcov.measure_tokenizers("bytes", str(folder), hygiene=False, costly_words=2)
    assert asked.records == result.records and asked.signature == result.signature
    with pytest.raises(UserError, match="name a number from 1 up"):
        langcov.measure_tokenizers("bytes", str(folder), costly_words=-1)


def test_every_kind_of_tokenizer_has_its_splits() -> None:
    lines = {"tat": ["ак барс 😀"] * 3 + ["Ак"]}

    def letters(texts: list[str]) -> list[list[str]]:
        return [list(text) for text in texts]

    def fails(texts: list[str]) -> list[list[int]]:
        raise ValueError("no")

    systems = {"callable": letters, "bytes": "bytes", "fails": fails, "pieces": wordpiece("ак", "ба", "##рс")}
    systems |= {"uncased": uncased_wordpiece(), "drops": dropping_bpe()}
    result = langcov.measure_tokenizers(systems, lines, costly_words=9, hygiene=False)

    def split(system: str, word: str) -> Any:
        rows = [row for row in listed(result, system) if row[1] == word]
        return rows[0][3:] if rows else None

    assert split("callable", "барс") == (4, None)
    assert split("bytes", "ак") == (5, ["▁", "<0xD0>", "<0xB0>", "<0xD0>", "<0xBA>"])
    assert split("pieces", "барс") == (2, ["ба", "рс"])
    assert split("pieces", "Ак") == (1, ["<unk>"])
    assert split("fails", "барс") is None
    assert split("drops", "барс") == (1, ["▁барс"])
    assert split("drops", "😀")[1] is None
    assert "fails" not in {row["system"] for row in result.details["costly_words"]}


def test_tables_show_them(folder: Path) -> None:
    result = langcov.measure_tokenizers((*SYSTEMS, "bytes"), str(folder), costly_words=2, hygiene=False)
    shown = render(result, "md")
    assert "### Words of Tatar: langcov-rus-32k" in shown and "Words of Tatar: bytes" not in shown
    assert shown.count("**most frequent**") == 4
    assert max(map(len, render(result, "table", width=80).splitlines()[:-2])) <= 80

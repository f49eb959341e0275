"""The text that was chosen is read: no other column, and what a reader of another package calls text."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import langcov
from langcov.core import plugins
from langcov.corpora import ReadOptions, condense, resolve
from langcov.corpora.readers import formats
from langcov.errors import UserError
from langcov.hygiene.fixing.fix import check_source

PEOPLE = "sentence_id\tsentence\tcontributor\n" + "".join(
    f"id{number}\tраз два три раз{number % 7} и ещё {number} слов вот так\tuser{number}@example.org\n"
    for number in range(60)
)


def test_no_other_column_gets_into_a_word_table(tmp_path: Path) -> None:
    path, out = tmp_path / "rus.tsv", tmp_path / "x.words.tsv"
    path.write_text(PEOPLE, "utf-8")
    summary = condense(resolve([str(path)])[0], out)
    assert (summary.lines, summary.words) == (60, 60 * 10)
    table = out.read_text("utf-8")
    assert "раз" in table
    assert all(word not in table for word in ("example", "user", "id1", "sentence", "contributor"))
    path.write_text(PEOPLE.partition("\n")[2], "utf-8")
    with pytest.raises(UserError, match=r"line 1: 3 columns .*3 'user0@example.org'\): say which"):
        condense(resolve([str(path)])[0], tmp_path / "y.words.tsv")
    assert not (tmp_path / "y.words.tsv").exists()
    chosen = ReadOptions(text_column=2)
    condense(resolve([str(path)])[0], out, chosen)
    assert "example" not in out.read_text("utf-8")


READER = '''
from langcov.corpora.readers.texts import Record

def read_answers(file):
    """Lines that begin with A: are texts; Q: begins a record."""
    for block in file.blocks():
        rows = enumerate(block.data.decode().splitlines(), block.first)
        yield file.pack(
            (Record(row[3:].encode(), number, before=3) for number, row in rows if row.startswith("A: ")),
            block,
        )
'''


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with a reader of ``.qa`` files."""
    home = tmp_path / "site"
    info = home / "toy_reader-1.0.dist-info"
    info.mkdir(parents=True)
    (home / "toy_reader.py").write_text(READER, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-reader\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[langcov.readers]\nqa = toy_reader:read_answers\n")
    monkeypatch.syspath_prepend(home)
    for known in (plugins._declared, formats._registered):
        known.cache_clear()
    yield tmp_path
    for known in (plugins._declared, formats._registered):
        known.cache_clear()
    sys.modules.pop("toy_reader", None)


def test_a_reader_of_another_package_measures_and_checks(plugin: Path) -> None:
    path = plugin / "rus.qa.gz"
    path.write_bytes(gzip.compress("Q: кто?\nA: рaз два\r\nA: три\n\nQ: x\nA: четыре\n".encode()))
    result = langcov.measure_tokenizers(["chars"], [str(path)], references=["rus"])
    assert {key: result.totals[0][key] for key in ("lines", "words", "chars")} == {
        "lines": 3,
        "words": 4,
        "chars": 16,
    }
    assert [row["count"] for row in result.hygiene if row["check"] == "lookalike"] == [1]
    report = langcov.check_corpus(path, "rus", only=["lookalike"], models=[])
    assert [(one.line, one.column, one.text) for one in report.findings] == [(2, 5, "рaз")]
    with pytest.raises(UserError, match="qa is not fixed: export it as plain text"):
        check_source(resolve([str(path)])[0].sources[0])
    with pytest.raises(UserError, match=r"needs keys, which a \.qa file has not"):
        (plugin / "corpus.toml").write_text('alignment = "keys"\n[languages]\nrus = "rus.qa.gz"\n')
        resolve([f"{plugin}/"])

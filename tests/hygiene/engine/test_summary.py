"""Hygiene beside numbers: words with issues counted by hand, the same from text and from its word table."""

from pathlib import Path

import langcov
from langcov.corpora import condense, resolve
from langcov.corpora.base import ReadOptions
from langcov.hygiene.engine.summary import hygiene

LINES = ["ҫын çын ҫын", "çын а\u0306на", "ФБР XIX Cap", "ҫын пÿрт а\u0306нă"]
"""Eleven words: two çын, пÿрт and one ă are look-alikes; two words are decomposed; five have an error."""
WANTED = {
    ("any", "error"): (5, 5 / 11),
    ("lookalike", "error"): (4, 4 / 11),
    ("nfc", "error"): (2, 2 / 11),
}


def test_words_with_errors_in_text_and_in_its_table(tmp_path: Path) -> None:
    times = 100  # a table that may be shared has 300 words a row
    (tmp_path / "chv.txt").write_text("".join(f"{line}\n" for line in LINES * times), "utf-8")
    text = resolve([str(tmp_path / "chv.txt")])
    table = tmp_path / "chv.words.tsv"
    condense(text[0], table, ReadOptions())
    for corpora in (text, resolve([str(table)])):
        rows = hygiene(corpora, ReadOptions())
        found = {(row["check"], row["severity"]): (row["count"] / times, row["share"]) for row in rows}
        assert found == WANTED
        assert {row["language"] for row in rows} == {"chv_Cyrl"}


def test_a_result_carries_it_unless_told_not_to() -> None:
    measured = [
        langcov.measure_tokenizers(["bytes"], [{"chv": LINES}], references=["chv"], hygiene=wanted).hygiene
        for wanted in (True, False)
    ]
    assert {(row["check"], row["severity"]): (row["count"], row["share"]) for row in measured[0]} == WANTED
    assert measured[1] == []

"""Hygiene beside numbers: words with issues counted by hand, the same from text and from its word table."""

from __future__ import annotations

from pathlib import Path

import pytest

import langcov
from langcov.core.work import Progress
from langcov.corpora import condense, resolve
from langcov.corpora.base import Corpus, ReadOptions
from langcov.hygiene.engine.summary import hygiene, with_hygiene
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import measure
from langcov.results.result import Result
from langcov.results.saved import load as read
from langcov.tokenizers import load

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


@pytest.fixture
def corpora(tmp_path: Path) -> list[Corpus]:
    """A corpus of two languages, one file each."""
    for language in ("chv", "tat"):
        (tmp_path / f"{language}.txt").write_text("".join(f"{line}\n" for line in LINES), "utf-8")
    return resolve([f"{language}={tmp_path}/{language}.txt" for language in ("chv", "tat")])


def without_hygiene(corpora: list[Corpus]) -> Result:
    return measure(corpora, [load("bytes")], Settings())


def counts(result: Result) -> dict[str, tuple[int | None, str | None]]:
    return {row["language"]: (row["count"], row["reason"]) for row in result.hygiene if row["check"] == "any"}


class Impatient(Progress):
    """Ctrl-C while issues are looked for, after the first file or in it."""

    def __init__(self, when: str) -> None:
        self.when = when

    def start(self, steps: int, what: str = "reading") -> None:
        if self.when == "start":
            raise KeyboardInterrupt

    def finish(self, step: str) -> None:
        raise KeyboardInterrupt


@pytest.mark.parametrize("when", ["start", "finish"])
def test_an_interrupt_while_hygiene_is_read_shows(when: str, corpora: list[Corpus], tmp_path: Path) -> None:
    whole = without_hygiene(corpora)
    with pytest.raises(KeyboardInterrupt) as caught:
        with_hygiene(whole, corpora, ReadOptions(), progress=Impatient(when))
    result: Result = caught.value.args[0]
    for form in ("short", "long"):
        assert "|partial:interrupted.hygiene|version:" in result.signature[form]
    reason = (None, "interrupted before it was counted")
    assert counts(result) == {"chv_Cyrl": (5, None) if when == "finish" else reason, "tat_Cyrl": reason}
    result.save(tmp_path / "part.json")
    assert sorted(read(tmp_path / "part.json").records, key=repr) == sorted(whole.records, key=repr)


def test_a_file_that_is_gone_or_another_costs_its_hygiene_only(corpora: list[Corpus], tmp_path: Path) -> None:
    whole = without_hygiene(corpora)
    (tmp_path / "chv.txt").write_text("ҫын\n", "utf-8")
    result = with_hygiene(whole, corpora, ReadOptions())
    changed = (None, f"{corpora[0].name} changed after it was measured: measure it again")
    assert counts(result) == {"chv_Cyrl": changed, "tat_Cyrl": changed}
    (tmp_path / "chv.txt").unlink()
    result = with_hygiene(whole, corpora, ReadOptions())
    assert counts(result)["chv_Cyrl"] == (None, f"{tmp_path}/chv.txt: no such file")
    assert counts(result)["tat_Cyrl"][1] is None
    assert "|partial:hygiene|" in result.signature["short"]
    assert result.records == whole.records


def test_the_same_text_in_other_bytes_is_no_change(corpora: list[Corpus], tmp_path: Path) -> None:
    whole = without_hygiene(corpora)
    text = (tmp_path / "chv.txt").read_bytes()
    (tmp_path / "chv.txt").write_bytes(text)  # another time of change
    assert with_hygiene(whole, corpora, ReadOptions()).signature == whole.signature

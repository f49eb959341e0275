"""The plan as a whole: same numbers whatever the order, and the figures others published."""

from __future__ import annotations

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langcov.api import measure_tokenizers
from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions
from langcov.counting.jobs import Counted, Job
from langcov.counting.tokens import count_source
from langcov.errors import UserError
from langcov.measure.plan import Settings
from langcov.measure.sources import Where
from langcov.measure.tokenizers import measure
from langcov.metrics.intervals import resample
from langcov.results.result import Result
from langcov.tokenizers import load
from tests.toys import LINES


def value(result: Result, language: str | None, metric: str, reference: str | None = None) -> float:
    [found] = [
        r.value
        for r in result.records
        if (r.language, r.metric) == (language, metric) and reference in (None, r.reference)
    ]
    assert found is not None
    return found


def numbers(result: Result) -> str:
    """The result without when and where it was made."""
    data = json.loads(result.to_json())
    return json.dumps({key: part for key, part in data.items() if key not in ("created", "environment")})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("tat_Cyrl", "rus_Cyrl", "eng_Latn"):
        lines = [f"{name} {i} {line}" for i, line in enumerate(LINES * 4)]
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_order_chunks_and_executor_do_not_show(folder: Path) -> None:
    systems = [load("bytes"), load("chars")]
    corpora = resolve([str(folder)], aligned=True)
    wanted = numbers(measure(corpora, systems, Settings()))

    def count(job: Job) -> Counted:
        return count_source(job, systems)

    with ThreadPoolExecutor(2) as pool:
        assert numbers(measure(corpora, systems, Settings(), where=Where(pool, count))) == wanted
    small = Settings(options=ReadOptions(chunk_bytes=100))
    assert numbers(measure(corpora, systems, small)) == wanted
    lines = numbers(measure(corpora, systems, Settings(words_once=False)))
    assert lines.replace('"method": "lines"', '"method": "words"').replace("|method:lines", "") == wanted


def test_files_of_a_language_in_any_order_under_any_name(tmp_path: Path) -> None:
    parts = ["\n".join(LINES[:90]), "\n".join(LINES[90:])]
    made = []
    for names in (("a", "b"), ("b", "a")):
        specs = []
        for name, part in zip(names, parts):
            path = tmp_path / f"{name}.txt"
            path.write_text(part, encoding="utf-8")
            specs.append(f"tat={path}")
        made.append(json.loads(measure_tokenizers(["chars"], sorted(specs)).to_json())["records"])
    assert made[0] == made[1]


def test_what_was_finished_before_an_interrupt_is_kept(folder: Path) -> None:
    class Impatient(Progress):
        def finish(self, source: str) -> None:
            if source.endswith(".txt"):  # while files are read
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        measure(resolve([str(folder)], aligned=True), [load("bytes")], Settings(), progress=Impatient())
    partial: Result = caught.value.args[0]
    assert partial.corpora[0]["languages"] == ["eng_Latn"]
    assert "partial:interrupted" in partial.signature["short"]


def test_what_was_finished_before_an_interrupt_of_the_figures_is_kept(folder: Path) -> None:
    class Impatient(Progress):
        done = 0

        def finish(self, source: str) -> None:
            self.done += source == "bytes"
            if self.done == 2:  # a system, not a file: of the second corpus
                raise KeyboardInterrupt

    corpora = [*resolve([str(folder)], aligned=True), *resolve([{"tat": LINES[:3]}])]
    with pytest.raises(KeyboardInterrupt) as caught:
        measure(corpora, [load("bytes")], Settings(), progress=Impatient())
    partial: Result = caught.value.args[0]
    assert [one["name"] for one in partial.corpora] == [corpora[0].name]
    assert "partial:interrupted" in partial.signature["short"]


def test_a_tokenizer_that_fails_on_a_line_stops_no_other(folder: Path) -> None:
    def fails(texts: list[str]) -> list[list[int]]:
        raise ValueError("no")

    result = measure_tokenizers(["bytes", fails], [str(folder)], aligned=True)
    failed = [r for r in result.records if r.system != "bytes" and r.metric not in ("byte_premium",)]
    assert {r.value for r in failed} == {None}
    assert all(r.reason for r in failed)
    assert f"{folder}/eng_Latn.txt, line 1: " in str(next(r.reason for r in failed if r.language))
    assert [r.value for r in result.records if r.system == "bytes" and r.metric == "bytes_per_token"] == [
        1.0
    ] * 3


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(UserError, match="NAME=SPEC"):
        measure_tokenizers(["bytes", "bytes"], [{"eng": ["a"]}])


def test_byte_premiums_of_flores(shared: Path) -> None:
    """The fixture counted each line's LF; a line here does not."""
    path = shared / "published" / "flores_plus_dev_byte_premium_ours.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = {row["lang"]: row for row in csv.DictReader(lines, delimiter="\t")}
    result = measure_tokenizers(["bytes"], [str(shared / "corpora" / "flores_plus")], aligned=True)
    totals = {total["language"][:3]: total for total in result.totals}
    assert set(rows) <= set(totals)
    for language, row in rows.items():
        total = totals[language]
        assert total["words"] == int(row["words"])
        assert total["bytes"] + total["lines"] == int(row["bytes"])
        english = totals["eng"]["bytes"]
        assert total["bytes"] / english == pytest.approx(value(result, *found(result, language)), rel=1e-12)


def found(result: Result, language: str) -> tuple[str, str, str]:
    [identity] = [total["language"] for total in result.totals if total["language"][:3] == language]
    return identity, "byte_premium", "eng_Latn"


def test_published_bytes_per_token(shared: Path) -> None:
    """tokeval 2026, FLORES+ dev, at most 250 sentences: GPT-2 has 1.71 bytes a token in Russian."""
    folder = shared / "corpora" / "flores_plus"
    specs = [f"{code}={folder}/{name}.txt" for code, name in (("rus", "rus_Cyrl"), ("eng", "eng_Latn"))]
    first = ReadOptions(max_lines=250)
    result = measure_tokenizers([f"tiktoken:{shared}/tokenizers/gpt2.tiktoken"], specs, options=first)
    assert value(result, "rus_Cyrl", "bytes_per_token") == pytest.approx(1.71, abs=0.02)
    assert value(result, "eng_Latn", "bytes_per_token") == pytest.approx(4.81, abs=0.05)


@pytest.mark.parametrize(("documents", "expected"), [(True, 0.025), (False, 0.014)])
def test_lines_of_a_document_are_not_independent(shared: Path, documents: bool, expected: float) -> None:
    """MEASURES: on NTREX the standard error of Tatar fertility is 0.014 by line, 0.025 by document."""
    folder = shared / "corpora" / "ntrex"
    lines = (folder / "tat_Cyrl.txt").read_text(encoding="utf-8").splitlines()
    names = (folder / "DOCUMENT_IDS.txt").read_text(encoding="utf-8").splitlines()
    system = load(f"spm:{shared}/tokenizers/mistral_v1.spm.model").tokenizer
    pairs = np.stack([system.encode(lines).counts, [len(line.split()) for line in lines]], axis=1)
    if documents:
        rows = np.unique(names, return_inverse=True)[1]
        pairs = np.stack([np.bincount(rows, weights=column).astype(int) for column in pairs.T], axis=1)
    sums = resample(pairs)
    assert np.std(sums[:, 0] / sums[:, 1]) == pytest.approx(expected, rel=0.3)


def test_rows_that_all_share_may_have_no_token(tmp_path: Path) -> None:
    for language in ("rus", "tat"):
        text = "".join(f"{language}{n}\tкот\n" for n in range(3)) + "both\tпусто\n"
        (tmp_path / f"{language}.tsv").write_text("key\ttext\n" + text, "utf-8")
    (tmp_path / "corpus.toml").write_text(
        'alignment = "keys"\n[languages]\nrus = "rus.tsv"\ntat = "tat.tsv"\n'
    )

    def says(nothing: str) -> Any:
        return lambda texts: [[] if text == nothing else [1] for text in texts]

    result = measure_tokenizers({"none": says("пусто"), "chars": "chars"}, [f"{tmp_path}/"], hygiene=False)
    reasons = {r.metric: r.reason for r in result.records if r.system == "none" and r.language is None}
    assert reasons["gini"] == "no tokens in the rows that all share"
    assert json.loads(result.to_json())

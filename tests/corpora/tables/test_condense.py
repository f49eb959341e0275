"""Word tables: what is counted from one equals what is counted from its collapsed text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from langcov.api import measure_tokenizers
from langcov.corpora import Corpus, Provenance, ReadOptions, Source, WordCounts, condense, read_words, resolve
from langcov.corpora.rows import name_digests, splitmix64
from langcov.corpora.tables import condense as module
from langcov.errors import UserError
from langcov.report import render
from langcov.text.count import code_points, graphemes, whitespace_words
from langcov.text.strings import Strings
from langcov.text.words import uax29_words

PUBLIC = "CC0-1.0"
LINE = st.text(st.sampled_from("аб. \t\u00a0\u202f\u0301\u0600\u1f1e6'\u200d"), max_size=12)


def words_by_the_standard(strings: Strings) -> NDArray[np.int64]:
    return np.bincount(uax29_words(strings).owner, minlength=len(strings))


COUNTERS = {
    "bytes": lambda strings: strings.lengths,
    "chars": code_points,
    "graphemes": graphemes,
    "words": whitespace_words,
    "uax29": words_by_the_standard,
}


def collapsed(line: str) -> str:
    """By the book: runs of White_Space become one U+0020, none at the ends."""
    return re.sub(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", " ", line).strip(" ")


def memory(texts: dict[str, list[str]], **fields: object) -> Corpus:
    sources = tuple(Source(name, "<memory>", "memory", tuple(lines)) for name, lines in texts.items())
    return Corpus("c", sources, **fields)  # type: ignore[arg-type]


def table_of(path: Path, language: str = "tat_Cyrl") -> WordCounts:
    (corpus,) = resolve([str(path)])
    source = next(source for source in corpus.sources if source.language == language)
    return read_words(source, corpus, ReadOptions(), Provenance())


@settings(deadline=None, max_examples=80)
@given(st.lists(LINE, min_size=1, max_size=8))
def test_every_count_equals_that_of_the_collapsed_text(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    wanted = [collapsed(line) for line in lines]
    if not any(lines) or not any(wanted):
        return
    out = tmp_path_factory.mktemp("t") / "x.words.tsv"
    condense(memory({"tat_Cyrl": lines}, licence=PUBLIC), out)
    table = table_of(out)
    text = Strings.of([line for line in wanted if line])
    digests = splitmix64(np.flatnonzero([bool(line) for line in wanted]))
    assert table.lines.tolist() == [1] * len(text)
    assert table.digests.tolist() == digests.tolist()
    for name, count in COUNTERS.items():
        by_row = np.zeros(len(text), np.int64)
        np.add.at(by_row, table.row, table.count * count(table.words)[table.word])
        assert by_row.tolist() == count(text).tolist(), name


@pytest.mark.parametrize("tokenizer", ["bytes", "chars"])
def test_every_metric_equals_that_of_the_collapsed_text(tmp_path: Path, tokenizer: str) -> None:
    words = ["а\u0301б", "\u0600", "\u0301в", "Г.", "д'е"]
    lines = {
        name: [f" {words[i % 5]}\u00a0{words[i % 3]} \t{words[i % k]}" for i in range(60)]
        for name, k in (("tat_Cyrl", 2), ("rus_Cyrl", 4))
    }
    out = tmp_path / "c.words.tsv.zst"
    condense(memory(lines, licence=PUBLIC, alignment="lines"), out)
    plain = {name: [collapsed(line) for line in texts] for name, texts in lines.items()}
    from_text = measure_tokenizers([tokenizer], corpora=[plain], references=["rus"], aligned=True)
    from_table = measure_tokenizers([tokenizer], corpora=[str(out)], references=["rus"])
    ours = {(r.language, r.metric, r.reference): r for r in from_table.records}
    assert len(ours) > 20
    for record in from_text.records:
        same = ours[record.language, record.metric, record.reference]
        if record.metric == "round_trip":
            assert same.value is None
            assert same.reason
        else:
            assert (same.value, same.low, same.high, same.n, same.rows) == (
                record.value,
                record.low,
                record.high,
                record.n,
                record.rows,
            ), record.metric


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz", ".zst"])
def test_same_text_same_bytes(tmp_path: Path, suffix: str) -> None:
    texts = {"tat_Cyrl": ["а б", "а", ""] * 3, "rus_Cyrl": ["в"]}
    written = []
    for chunk, name, order in ((1, "a", sorted(texts)), (1000, "b", sorted(texts, reverse=True))):
        out = tmp_path / f"{name}.words.tsv{suffix}"
        corpus = memory({language: texts[language] for language in order}, licence=PUBLIC)
        condense(corpus, out, ReadOptions(chunk_bytes=chunk))
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n}.words.tsv{suffix}" for n in "ab"]
    table = table_of(tmp_path / f"a.words.tsv{suffix}")
    assert sorted(zip(table.words[table.word], table.row.tolist(), table.count.tolist())) == sorted(
        [(word, row, 1) for i in range(3) for word, row in (("а", 2 * i), (" б", 2 * i), ("а", 2 * i + 1))]
    )


def test_the_plain_form_of_a_table(tmp_path: Path) -> None:
    out = tmp_path / "x.words.tsv"
    summary = condense(memory({"tat_Cyrl": ["а  а б", " а"]}, licence=PUBLIC, alignment="lines"), out)
    digests = [f"{int(value):016x}" for value in splitmix64(np.arange(2))]
    assert out.read_text("utf-8").splitlines() == [
        "#alignment\tlines",
        "#changed-runs\ttat_Cyrl\t2",
        f"#row\ttat_Cyrl\t0\t{digests[0]}\t1\t0",
        f"#row\ttat_Cyrl\t1\t{digests[1]}\t1\t1",
        "language\trow\tplace\tword\tcount",
        "tat_Cyrl\t0\tinside\tа\t1",
        "tat_Cyrl\t0\tinside\tб\t1",
        "tat_Cyrl\t0\tstart\tа\t1",
        "tat_Cyrl\t1\tstart\tа\t1",
    ]
    assert (summary.lines, summary.words, summary.changed_runs) == (2, 4, 2)


def rows_of(corpus: Corpus, out: Path) -> dict[str, WordCounts]:
    condense(corpus, out)
    return {language: table_of(out, language) for language in corpus.languages}


@pytest.mark.parametrize("alignment", ["none", "lines"])
def test_rows_of_text_that_is_not_public_are_long(tmp_path: Path, alignment: str) -> None:
    texts = {
        "tat_Cyrl": ["а б в г д е ж з и й к л м"] * 700,
        "rus_Cyrl": (["а"] * 600 + ["б " * 50] * 100)[:700],
    }
    tables = rows_of(memory(texts, alignment=alignment), tmp_path / "x.words.tsv")
    for table in tables.values():
        words = np.zeros(len(table.lines), np.int64)
        np.add.at(words, table.row, table.count)
        assert table.lines.min() >= 25
        assert words.min() >= 300
        assert table.lines.sum() == 700
    ours, theirs = tables["tat_Cyrl"], tables["rus_Cyrl"]
    assert (ours.digests.tolist() == theirs.digests.tolist()) == (alignment == "lines")
    assert (ours.labels.tolist() == theirs.labels.tolist()) == (alignment == "lines")
    assert len(ours.lines) == (25 if alignment == "none" else len(theirs.lines))


def test_too_little_text_to_share(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="only 24 lines and 480 words"):
        condense(memory({"tat_Cyrl": ["а " * 20] * 24}), tmp_path / "x.words.tsv")
    assert not list(tmp_path.iterdir())


def test_documents_are_rows_and_neighbours_join(tmp_path: Path) -> None:
    for name, count in (("tat", 30), ("rus", 28)):
        rows = [f"{doc:02}/{i}\t{'а ' * 20}\n" for doc in range(count) for i in range(10)]
        (tmp_path / f"{name}.tsv").write_text("".join(rows), "utf-8")
    (tmp_path / "corpus.toml").write_text('alignment = "keys"\ndocuments = "key-prefix"\n')
    corpus = resolve([str(tmp_path)])[0]
    tables = rows_of(corpus, tmp_path / "out.words.tsv")
    labels = name_digests([f"{doc:02}".encode() for doc in range(0, 30, 3)]).tolist()
    assert tables["tat_Cyrl"].lines.tolist() == [30] * 8 + [60]
    assert tables["rus_Cyrl"].lines.tolist() == [30] * 8 + [40]
    assert tables["tat_Cyrl"].labels.tolist() == labels[:9]
    assert tables["rus_Cyrl"].labels.tolist() == labels[:9]
    same = tables["tat_Cyrl"].digests == tables["rus_Cyrl"].digests
    assert same.tolist() == [True] * 8 + [False]


def test_rows_follow_the_row_rule(tmp_path: Path) -> None:
    table = rows_of(memory({"tat_Cyrl": ["а"] * 600}, licence=PUBLIC), tmp_path / "x.words.tsv")["tat_Cyrl"]
    assert table.lines.tolist() == [4] * 150


def test_no_table_has_more_rows_than_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file begins a row, so thousands of short ones would make too many."""
    monkeypatch.setattr("langcov.corpora.tables.condense.DOCUMENT_ROWS", 4)
    sources = tuple(Source("tat_Cyrl", "<memory>", "memory", (f"сүз {i}",)) for i in range(9))
    condense(Corpus("c", sources, licence=PUBLIC), tmp_path / "x.words.tsv")
    assert table_of(tmp_path / "x.words.tsv").lines.tolist() == [4, 4, 1]


def test_unequal_files_are_refused(tmp_path: Path) -> None:
    corpus = memory({"tat_Cyrl": ["а"], "rus_Cyrl": ["а", "б"]}, alignment="lines", licence=PUBLIC)
    with pytest.raises(UserError, match="as many lines"):
        condense(corpus, tmp_path / "x.words.tsv")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"language\trow", b"lang\trow", "is no word table"),
        (b"start", b"begin", "place must be"),
        ("а\t1\n".encode(), "а\tmany\n".encode(), "must be whole numbers"),
        ("а\t1\n".encode(), "а\n".encode(), "five fields"),
        (b"#row", b"#line", "line 3: '#line"),
        ("а".encode(), b"\xff", "not valid UTF-8"),
        (b"tat_Cyrl\t0\tstart", b"", "line 6: a row of five fields"),
    ],
)
def test_damaged_tables(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    good, bad = tmp_path / "good.words.tsv", tmp_path / "bad.words.tsv.zst"
    condense(memory({"tat_Cyrl": ["а", "б"]}, licence=PUBLIC), good)
    bad.write_bytes(zstandard.compress(good.read_bytes().replace(old, new)))
    with pytest.raises(UserError, match=message) as caught:
        table_of(bad)
    assert "bad.words.tsv.zst" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_a_table_can_not_do(tmp_path: Path) -> None:
    out = tmp_path / "x.words.tsv"
    condense(memory({"tat_Cyrl": ["й а\u0306"]}, licence=PUBLIC), out)
    (corpus,) = resolve([str(out)])
    (source,) = corpus.sources
    for options, message in (
        (ReadOptions(max_lines=1), "--max-lines"),
        (ReadOptions(normalize="NFKC"), "NFKC"),
    ):
        with pytest.raises(UserError, match=message):
            read_words(source, corpus, options, Provenance())
    table = read_words(source, corpus, ReadOptions(normalize="NFD"), Provenance())
    assert sorted(table.words) == [" а\u0306", "и\u0306"]
    with pytest.raises(UserError, match="word table already"):
        condense(corpus, tmp_path / "y.words.tsv")
    with pytest.raises(UserError, match=r"called X\.words\.tsv"):
        condense(memory({"tat_Cyrl": ["а"]}, licence=PUBLIC), tmp_path / "y.tsv")
    with pytest.raises(UserError, match="cannot be written"):
        condense(memory({"tat_Cyrl": ["а"]}, licence=PUBLIC), tmp_path / "none" / "y.words.tsv")


def test_what_is_measured_of_a_table_says_how_many_runs_it_changed(tmp_path: Path) -> None:
    """A table has the tokens of its text but for the white space, and says where there is a difference."""
    text, table, old = tmp_path / "tat.txt", tmp_path / "new.words.tsv", tmp_path / "old.words.tsv"
    text.write_text(" а  б\nа б\n" * 200, "utf-8")
    condense(resolve([str(text)])[0], table)
    kept = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#changed-runs")]
    old.write_text("\n".join(kept), "utf-8")
    unknown = (None, "its word table doesn't say; make it anew with condense")
    for file, runs, note in (
        (text, (0, None), None),
        (table, (400, None), "made one space; 400 of them were something else there"),
        (old, unknown, f"how many were something else is not known: {unknown[1]}"),
    ):
        result = measure_tokenizers(["bytes"], [str(file)], ["tat"], hygiene=False)
        (corpus,) = result.corpora
        assert (corpus["changed_runs"], corpus["changed_runs_reason"]) == runs
        assert result.totals[0]["tokens"] == 200 * (12 if file == text else 10)
        for format in ("table", "md"):
            shown = " ".join(render(result, format, color=False, width=200).split())
            assert ("counted from a word table" in shown) == (note is not None)
            assert note is None or note in shown


def test_a_file_that_changes_meanwhile_makes_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read twice: for its lines and content, and for its words."""
    path = tmp_path / "tat.txt"
    path.write_text("кот спит\n" * 300, "utf-8")
    shifts = module._shifts

    def late(*args: Any) -> Any:
        path.write_text("пёс спит\n" * 300, "utf-8")
        return shifts(*args)

    monkeypatch.setattr(module, "_shifts", late)
    with pytest.raises(UserError, match=r"tat\.txt was changed while it was read"):
        condense(resolve([str(path)])[0], tmp_path / "tat.words.tsv")
    assert [one.name for one in tmp_path.iterdir()] == ["tat.txt"]

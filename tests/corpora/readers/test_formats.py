"""Readers: each format against its plainest reading, in chunks of every size."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import tracemalloc
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.corpora import Corpus, Lines, Numbered, Provenance, ReadOptions, Source, read
from langcov.corpora.rows import name_digests, splitmix64
from langcov.errors import UserError

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
TEXT = st.text(st.sampled_from("аӑb \t\r\n\u00a0\u2028\ufeff\U0001f600"), max_size=40)


def take(
    path: Path | str, form: str = "txt", options: ReadOptions | None = None, **fields: object
) -> tuple[list[Lines], Provenance]:
    source = Source("tat_Cyrl", str(path), form)
    corpus = replace(Corpus("c", (source,)), **fields)  # type: ignore[arg-type]
    provenance = Provenance()
    return list(read(source, corpus, options or ReadOptions(), provenance)), provenance


def texts(chunks: list[Lines]) -> list[str]:
    return [line for chunk in chunks for line in chunk.text]


def column(chunks: list[Lines], name: str) -> list[int]:
    return [value for chunk in chunks for value in getattr(chunk, name).tolist()]


def wanted_lines(text: str) -> list[str]:
    """Lines by the book: LF ends a line, one CR before it goes; without any LF, CR ends one."""
    text = text if "\n" in text else text.replace("\r", "\n")
    *ended, last = text.split("\n")
    return [line.removesuffix("\r") for line in ended] + ([last] if last else [])


@settings(deadline=None, max_examples=80)
@given(TEXT.filter(lambda text: any(wanted_lines(text.removeprefix("\ufeff")))), st.integers(1, 12))
def test_lines_do_not_depend_on_chunks(
    tmp_path_factory: pytest.TempPathFactory, text: str, chunk: int
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.txt"
    path.write_bytes(text.encode())
    chunks, provenance = take(path, options=ReadOptions(chunk_bytes=chunk))
    body = text.removeprefix("\ufeff")
    assert texts(chunks) == wanted_lines(body)
    assert column(chunks, "numbers") == list(range(len(wanted_lines(body))))
    assert provenance.lines == len(wanted_lines(body))
    old = "\n" not in body
    assert provenance.carriage_returns == body.count("\r" if old else "\r\n")
    assert provenance.byte_order_marks == text.startswith("\ufeff")
    same = body.replace("\r", "\n") if old else body
    assert provenance.sha256 == hashlib.sha256(same.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_lines_that_end_with_cr_are_lines(tmp_path: Path, encoding: str) -> None:
    """As Excel for Mac saves them; the same text and hash as with LF, whole or in parts."""
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_bytes("кот\r\rпёс\r".encode(encoding))
    other.write_bytes("кот\n\nпёс\n".encode())
    chunks, provenance = take(path, options=ReadOptions(encoding=encoding, chunk_bytes=2))
    assert (texts(chunks), provenance.carriage_returns) == (["кот", "", "пёс"], 3)
    assert provenance.sha256 == take(other)[1].sha256
    if encoding.startswith("utf-8"):
        assert not len(Numbered(Source("rus_Cyrl", str(path), "txt"), ReadOptions(), 3)), "no LF to cut at"


def test_both_line_ends_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\r" * (1 << 19) + b"b\nc\r\n")
    with pytest.raises(UserError, match="some lines end with CR alone, some with LF"):
        take(path)
    path.write_bytes(b"a\rb\nc\n")
    assert texts(take(path)[0]) == ["a\rb", "c"]


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("chunk", [5, 1 << 20])
def test_compressed_equals_plain(tmp_path: Path, suffix: str, chunk: int) -> None:
    data = "сүз\n\nун ике\nөч".encode()
    path = tmp_path / f"tat.txt{suffix}"
    path.write_bytes(
        COMPRESS[suffix](data[:9]) + COMPRESS[suffix](data[9:])
    )  # two members, as cat makes them
    chunks, provenance = take(path, options=ReadOptions(chunk_bytes=chunk))
    assert texts(chunks) == ["сүз", "", "ун ике", "өч"]
    assert provenance.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "utf-8-sig"])
def test_encodings_give_the_same_text_and_hash(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rus.txt"
    path.write_bytes("кот\r\nпёс\n".encode(encoding))
    chunks, provenance = take(path, options=ReadOptions(encoding=encoding, chunk_bytes=3))
    assert texts(chunks) == ["кот", "пёс"]
    assert provenance.sha256 == hashlib.sha256("кот\r\nпёс\n".encode()).hexdigest()


def test_url_reads_like_a_path(tmp_path: Path) -> None:
    path = tmp_path / "tat.txt.gz"
    path.write_bytes(gzip.compress(b"one\ntwo\n"))
    assert texts(take(f"file://{path}")[0]) == ["one", "two"]
    with pytest.raises(UserError, match="no such file"):
        take(f"file://{tmp_path}/none.txt")
    with pytest.raises(UserError, match="nonsense"):
        take("nonsense://x/a.txt")


def test_line_numbers_are_the_digests(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a\nb\nc\n")
    chunks, _ = take(path)
    assert column(chunks, "digests") == splitmix64(np.arange(3)).tolist()
    # The reference implementation of SplitMix64 with seed 0 begins with these.
    golden = 0x9E3779B97F4A7C15
    assert int(splitmix64(np.array([0]))[0]) == 0xE220A8397B1DCDAF
    assert int(splitmix64(np.array([golden - (1 << 64)]))[0]) == 0x6E789E6AA1B965F4


def test_second_file_of_a_language_has_other_digests(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    sources = []
    for path in paths:
        path.write_text("x\n")
        sources.append(Source("tat_Cyrl", str(path), "txt"))
    corpus = Corpus("c", tuple(sources), alignment="lines")
    first, second = (next(read(s, corpus, ReadOptions(), Provenance())).digests for s in sources)
    assert first.tolist() != second.tolist()


def test_max_lines_hides_chunks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a\n\nc\nd\n")
    for chunk in (1, 3, 100):
        chunks, provenance = take(path, options=ReadOptions(max_lines=3, chunk_bytes=chunk))
        assert texts(chunks) == ["a", "", "c"]
        assert provenance.sha256 == hashlib.sha256(b"a\n\nc\n").hexdigest()


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_normal_forms(tmp_path: Path, form: Literal["NFC", "NFD", "NFKC"]) -> None:
    path = tmp_path / "a.txt"
    lines = ["и\u0306", "\u0306й", "ﬁ\u2028", ""]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    chunks, provenance = take(path, options=ReadOptions(normalize=form))
    assert texts(chunks) == [unicodedata.normalize(form, line) for line in lines]
    assert provenance.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_keyed_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("01/title\tx\n01/1\tun deux\n\n02/1\ttrois\r\n01/2\t\n", "utf-8")
    chunks, _ = take(path, "tsv", alignment="keys", documents="key-prefix", keys="[0-9]+/[0-9]+")
    assert texts(chunks) == ["un deux", "trois", ""]
    assert column(chunks, "numbers") == [1, 3, 4]
    assert column(chunks, "digests") == name_digests([b"01/1", b"02/1", b"01/2"]).tolist()
    assert column(chunks, "documents") == [0, 1, 0]
    assert column(chunks, "labels") == name_digests([b"01", b"02", b"01"]).tolist()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\tx\nb\ty\na\tz\n", "'a' of line 3 is that of line 1"),
        ("a\tx\nplain\n", "line 2: no TAB"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 100])
def test_bad_keyed_text(tmp_path: Path, content: str, message: str, chunk: int) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(content)
    with pytest.raises(UserError, match=message):
        take(path, "tsv", ReadOptions(chunk_bytes=chunk))


def test_records_are_documents(tmp_path: Path) -> None:
    records = ["one\ntwo", "", "three\n", "\n", "😀\r\nlast"]
    wanted = ["one", "two", "", "three", "", "😀", "last"]
    jsonl = tmp_path / "a.jsonl"
    jsonl.write_text("".join(json.dumps({"t": text, "n": 1}) + "\n" for text in records))
    parquet = tmp_path / "a.parquet"
    pq.write_table(pa.table({"t": pa.array(records).dictionary_encode(), "n": [1] * 5}), parquet)
    packed = tmp_path / "a.parquet.gz"
    packed.write_bytes(gzip.compress(parquet.read_bytes()))
    for path, form in ((jsonl, "jsonl"), (parquet, "parquet"), (packed, "parquet")):
        for chunk in (1, 4, 1000):
            options = ReadOptions(text_field="t", chunk_bytes=chunk)
            chunks, provenance = take(path, form, options, documents="record")
            assert texts(chunks) == wanted
            assert column(chunks, "documents") == [0, 0, 1, 2, 3, 4, 4]
            assert column(chunks, "numbers") == list(range(7))
            assert provenance.carriage_returns == 1
            assert len(set(column(chunks, "labels"))) == 5


def test_treebank(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(
        "# newdoc id = x\n# sent_id = 1\n# text = a b\n# text_en = no\n1\ta\t#\n\n"
        "# text[rus] = no\n# text = c\n1\tc\n\n# newdoc\n# text = d\n1\td\n\n"
    )
    for chunk in (1, 30, 1000):
        chunks, _ = take(path, "conllu", ReadOptions(chunk_bytes=chunk), documents="record")
        assert texts(chunks) == ["a b", "c", "d"]
        assert column(chunks, "documents") == [0, 0, 1]
        assert column(chunks, "labels")[0] == name_digests([b"x"])[0]


def test_documents_from_a_list_of_names(tmp_path: Path) -> None:
    names, path = tmp_path / "IDS", tmp_path / "a.txt"
    names.write_text("x\nx\ny\n")
    path.write_text("1\n2\n3\n")
    for chunk in (1, 100):
        chunks, _ = take(path, options=ReadOptions(chunk_bytes=chunk), documents=str(names))
        assert column(chunks, "documents") == [0, 0, 1]
    path.write_text("1\n2\n3\n4\n")
    with pytest.raises(UserError, match=r"more lines than .*IDS"):
        take(path, documents=str(names))


def test_long_line_and_many_spaces(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    path.write_bytes(zstandard.compress(b"a" * 100_000_000 + b"\n" + b" " * 2_000_000 + b"\nend"))
    chunks, provenance = take(path, options=ReadOptions(max_line=100_000_000))
    assert [length for chunk in chunks for length in chunk.text.lengths.tolist()] == [
        100_000_000,
        2_000_000,
        3,
    ]
    assert provenance.lines == 3


def test_shared_files_have_the_hash_of_the_manifest(shared: Path) -> None:
    rows = [row.split("\t") for row in (shared / "corpora/MANIFEST.tsv").read_text("utf-8").splitlines()[1:]]
    plain = [row for row in rows if row[0].startswith(("flores_plus/", "ntrex/", "commonvoice/"))]
    plain = [row for row in plain if row[0].endswith(".txt") and "_IDS" not in row[0]]
    assert len(plain) > 50
    for row in plain:
        _, provenance = take(shared / "corpora" / row[0], options=ReadOptions(chunk_bytes=50_000))
        assert (provenance.lines, provenance.sha256) == (int(row[7]), row[10])


def test_shared_treebanks_by_plain_reading(shared: Path) -> None:
    path = shared / "corpora/ud/UD_Chukchi-HSE.conllu"
    wanted = [
        line.removeprefix("# text = ")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("# text = ")
    ]
    assert texts(take(path, "conllu", ReadOptions(chunk_bytes=10_000))[0]) == wanted


def test_memory_is_bounded_by_the_chunk(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("сүз сүз\n".encode() * 2_000_000, 1))
    source = Source("tat_Cyrl", str(path), "txt")
    tracemalloc.start()
    try:
        chunks = read(source, Corpus("c", (source,)), ReadOptions(chunk_bytes=1 << 18), Provenance())
        lines = sum(len(chunk.numbers) for chunk in chunks)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert lines == 2_000_000
    assert peak < 16 << 18

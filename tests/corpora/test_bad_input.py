"""Every kind of bad file is one line that says what, where and what to do."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from langcov.corpora import ReadOptions
from langcov.errors import UserError
from tests.corpora.readers.test_formats import take, texts


def complaint(path: Path, form: str = "txt", options: ReadOptions | None = None, **fields: object) -> str:
    with pytest.raises(UserError) as caught:
        take(path, form, options, **fields)
    message = str(caught.value)
    assert "\n" not in message
    assert path.name in message
    return message


def test_no_such_file_and_folders(tmp_path: Path) -> None:
    assert "no such file" in complaint(tmp_path / "none.txt")
    assert "is a folder" in complaint(tmp_path)


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x\n")
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        assert "no permission" in complaint(path)
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("form", ["txt", "tsv", "jsonl", "conllu"])
def test_nothing_in_it(tmp_path: Path, content: bytes, form: str) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(content)
    if form == "tsv" and content == b"\n\r\n":
        pytest.skip("an empty row has no key")
    assert "holds no text" in complaint(path, form)


@pytest.mark.parametrize("chunk", [1, 4, 1000])
def test_invalid_utf8_is_named_by_line_and_byte(tmp_path: Path, chunk: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("аб\nв".encode() + b"\xe0\xe1 x\ny\n")
    options = ReadOptions(chunk_bytes=chunk)
    assert "a.txt, line 2, byte 3: 0xe0 is not valid UTF-8" in complaint(path, options=options)
    options.encoding_errors = "replace"
    chunks, provenance = take(path, options=options)
    assert texts(chunks) == ["аб", "в\ufffd\ufffd x", "y"]
    assert (provenance.replaced, provenance.lines) == (1, 3)
    options.encoding_errors = "skip"
    chunks, provenance = take(path, options=options)
    assert texts(chunks) == ["аб", "y"]
    assert [number for chunk_ in chunks for number in chunk_.numbers.tolist()] == [0, 2]
    assert (provenance.skipped, provenance.lines) == (1, 3)


def test_nul_points_to_utf16(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ab\ncd\n".encode("utf-16-le"))
    message = complaint(path)
    assert "line 1, byte 2: NUL" in message
    assert "--encoding utf-16" in message
    path.write_bytes("ab\n".encode("utf-16"))
    assert "--encoding utf-16" in complaint(path)
    path.write_bytes(b"a\0b\nc\n")
    assert texts(take(path, options=ReadOptions(encoding_errors="replace"))[0]) == ["a\ufffdb", "c"]
    assert texts(take(path, options=ReadOptions(encoding_errors="skip"))[0]) == ["c"]


def test_invalid_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("кот\nпё".encode("cp1251") + b"\x98x\n")
    options = ReadOptions(encoding="cp1251", chunk_bytes=2)
    assert "line 2, character 3: 0x98 is not valid cp1251" in complaint(path, options=options)
    options.encoding_errors = "replace"
    assert texts(take(path, options=options)[0]) == ["кот", "пё\ufffdx"]
    path.write_bytes("кот\n".encode("utf-16") + b"x")
    assert "line 2, character 1" in complaint(path, options=ReadOptions(encoding="utf-16"))


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13"])
def test_unknown_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x\n")
    with pytest.raises(UserError, match=f"no encoding is called '{encoding}'"):
        take(path, options=ReadOptions(encoding=encoding))


@pytest.mark.parametrize(
    ("suffix", "compress"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstandard.compress)],
)
@pytest.mark.parametrize("cut", [1, 9, 30])
def test_cut_short(tmp_path: Path, suffix: str, compress: object, cut: int) -> None:
    path = tmp_path / f"a.txt.{suffix}"
    packed = compress(os.urandom(500).hex().encode() + b"\n")  # type: ignore[operator]
    path.write_bytes(packed[:-cut])
    assert "damaged or cut short" in complaint(path)
    path.write_bytes(b"plain text\n")
    assert "damaged" in complaint(path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b'{"text": "x"', "line 2: not JSON"),
        (b"[1]", "line 2: a record must be an object"),
        (b'{"txt": "x"}', "line 2: no field 'text' (there: 'txt'); name the right one with --text-field"),
        (b'{"text": 5}', "line 2: field 'text' holds no text but 5"),
        ('{"text": ["ә", {"ә": 1}]}'.encode(), "line 2: field 'text' holds no text but {\"ә\": 1}"),
        (b'{"text": null}', "line 2: field 'text' is empty (null): leave such records out with --null skip"),
        (b'{"text": "a\\ud800"}', "line 2, character 2: lone surrogate U+D800"),
        (b'{"text": "a\\u0000"}', "line 2, byte 2: NUL"),
        (b'{"text": "\xff"}', "line 2, byte 11: 0xff"),
        (b"[" * 100_000, "line 2: not JSON"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 1000])
def test_bad_records(tmp_path: Path, row: bytes, message: str, chunk: int) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "one"}\n' + row + b"\n")
    assert message in complaint(path, "jsonl", ReadOptions(chunk_bytes=chunk))


def test_skipped_records_keep_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\xff"}\n' + b'{"text": "a\\ud800\\ud83d\\ude00"}\n' + b'{"text": "z"}\n')
    chunks, provenance = take(path, "jsonl", ReadOptions(encoding_errors="skip"))
    assert [line for line in texts(chunks) if line] == ["z"]
    assert chunks[0].numbers.tolist()[-1] == 2
    assert provenance.skipped == 2
    chunks, _ = take(path, "jsonl", ReadOptions(encoding_errors="replace"))
    assert texts(chunks) == ["\ufffd", "a\ufffd😀", "z"]


def test_bad_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for content in (b"", b"PAR1 nothing", b"x" * 100):
        path.write_bytes(content)
        assert "no whole Parquet file" in complaint(path, "parquet")
    pq.write_table(pa.table({"text": [1, 2], "body": ["x", None], "nul": ["x", "\0"]}), path)
    whole = path.read_bytes()
    assert "holds int64, not text" in complaint(path, "parquet")
    assert "no column 'none' (there: 'text', 'body', 'nul')" in complaint(
        path, "parquet", ReadOptions(text_field="none")
    )
    assert "record 2: field 'body' is empty (null): leave such records out with --null skip" in complaint(
        path, "parquet", ReadOptions(text_field="body")
    )
    assert "record 2, byte 1: NUL" in complaint(path, "parquet", ReadOptions(text_field="nul"))
    path.write_bytes(whole[:-20])
    assert "no whole Parquet file" in complaint(path, "parquet")


def test_no_key_matches(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("a\tx\n")
    assert "under keys that match '[0-9]+'" in complaint(path, "tsv", keys="[0-9]+")


def test_memory_names_language_and_line(tmp_path: Path) -> None:
    from langcov.corpora import Provenance, read, resolve

    corpus = resolve([{"tat": ["ok\n", "bad\ud800", json.dumps(1)]}])[0]
    with pytest.raises(UserError, match="<memory> tat_Cyrl, line 2, character 4: lone surrogate"):
        list(read(corpus.sources[0], corpus, ReadOptions(), Provenance()))

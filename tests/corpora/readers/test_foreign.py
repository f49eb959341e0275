"""Files that are not read: known by name and content, whichever command meets them."""

from __future__ import annotations

import bz2
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.corpora.readers.foreign import FOREIGN, READ, refusal
from langcov.errors import UserError


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (_zip("[Content_Types].xml", "word/document.xml"), "name it .docx"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        (_zip("tat.txt"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word processor"),
        (b"{\\rtf1\\ansi", "name it .rtf"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT AUTHOR="">', "ELAN"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<document version="2">', "FLEx"),
        (b'<?xml version="1.0"?>\n<languageproject version="7000072">', "FLEx"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\0\0\0\0WAVEfmt ", "recording"),
        (b"ID3\x04\0", "recording"),
        (b"\xff\xfb\x90\x64" + bytes(40), "recording"),
        (b"\\_sh v3.0  400  Text\r\n\\id 1", "Toolbox"),
        ("\\ref 001\n\\tx Барлык кешеләр\n".encode(), "Toolbox"),
        (b'<?xml version="1.0"?><tmx version="1.4">', "translation memory"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", "subtitles"),
        (b"\xef\xbb\xbfWEBVTT\n\n", "subtitles"),
        (b"[Script Info]\n", "subtitles"),
        (b'File type = "ooTextFile"\n', "TextGrid"),
        ('File type = "ooTextFile"\nhа'.encode("utf-16"), "TextGrid"),
        (b"@UTF8\n@Begin\n", "CHAT"),
        (b'<?xml version="1.0"?>\n<mediawiki>', "marked-up"),
        (b"<!DOCTYPE html>", "marked-up"),
        (b"<!-- saved from a browser -->\n<!doctype html>", "marked-up"),
        (bz2.compress(b"a"), "compressed"),
        (b"tx\t\t00:00:01.000\t00:00:02.000\t00:00:01.000\ta b\n", "name it .tsv"),
        (b"tx\tAB\t1000\t2000\t1000\ta b\n", "name it .tsv"),
        (b"tmin\ttier\ttext\ttmax\n", "name it .tsv"),
        (b"# sent_id = 1\n# text = a\n1\ta\ta" + b"\t_" * 7 + b"\n\n", "name it .conllu"),
        (b'{"text": "a"}\n', "name it .jsonl"),
        (b'# SOME\nmsgid ""\nmsgstr ""\n', "translation file"),
    ],
)
def test_files_under_a_wrong_name(head: bytes, kind: str) -> None:
    error = str(refusal("folder/text.txt", head))
    assert kind in error
    assert error.startswith("folder/text.txt is ")
    assert "\n" not in error


@pytest.mark.parametrize(
    "name",
    [
        "a.DOC",
        "a.ods",
        "a.xls",
        "a.pdf",
        "a.fwdata",
        "a.zip",
        "a.xliff",
        "a.sbv",
        "a.jpg",
        "a.wav",
    ],
)
def test_files_by_name(name: str) -> None:
    assert refusal(name) is not None
    assert refusal(f"{name}.gz") is not None


@pytest.mark.parametrize("name", ["a.txt", "a.tsv.gz", "a.conllu", "doc", "a.jsonl.zst"])
def test_text_is_not_refused(name: str) -> None:
    assert refusal(name, "Ҡала\n".encode()) is None
    assert refusal(name, b"PKK\n") is None
    assert refusal(name, "ят кеше".encode("cp1251")) is None  # begins as a recording may
    assert refusal(name, b"1\n00:00\n") is None
    assert refusal(name, b"\\documentclass{a}\n\\usepackage{b}\n") is None
    assert refusal(name, b"<?xml?><a>") is None
    assert refusal(name, b"1\ta b\n2\tc\n") is None
    assert refusal(name, b"# a heading\n1 a\n") is None


def test_real_text_is_not_refused(shared: Path) -> None:
    for path in sorted((shared / "corpora").glob("*/*")):
        with path.open("rb") as file:
            assert refusal(path.name, file.read(4096)) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    refusal("a.txt", data)


def test_what_a_reader_is_for_is_not_refused() -> None:
    """Another package may read subtitles."""
    assert refusal("a.sbv", b"0:00:01.000,0:00:02.000\n", "sbv") is None
    assert refusal("a.sbv", b"%PDF-", "sbv") is not None


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.tsv", b"tmin\ttier\ttext\ttmax\n"),
        ("a.conllu.gz", b"1" + b"\t_" * 9 + b"\n"),
        ("a.jsonl", b'{"a": 1}'),
    ],
)
def test_what_a_name_says_rightly_is_read(name: str, head: bytes) -> None:
    form = name.split(".")[1]
    assert refusal(name, head) is refusal(name, head, form) is refusal("pipe", head, form) is None
    assert refusal("a.txt", head, "txt") is not None


def test_a_foreign_file_in_a_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "tat.doc").write_text("")
    with pytest.raises(UserError, match=r"tat\.doc is a word processor's file"):
        resolve([str(tmp_path)])
    (tmp_path / "rus.txt").write_text("а\n")
    (tmp_path / "README.pdf").write_text("%PDF-")
    assert resolve([str(tmp_path)])[0].languages == ["rus_Cyrl"]
    assert "as they are not text: 1 " in caplog.text
    assert "tat.doc is a word processor's file" in caplog.text


def test_what_is_advised_is_read() -> None:
    endings = {
        ending
        for kind in (*READ, *FOREIGN)
        for ending in re.findall(r"(?:name it|a|\() ?(\.[a-z]+)", kind.what)
    }
    assert {".txt", ".tsv", ".jsonl", ".docx", ".xlsx", ".tmx"} <= endings
    assert not [ending for ending in endings if refusal(f"text{ending}")]

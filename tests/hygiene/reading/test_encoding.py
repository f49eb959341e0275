from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.hygiene.reading.encoding import guess, not_utf8, refusal

pytest.importorskip("charset_normalizer")

TEXTS = {
    "flores_plus/rus_Cyrl.txt": 0,
    "commonvoice/tat.txt": 0,
    "flores_plus/chv_Cyrl.txt": 0,
    "gatitos/che_Cyrl.tsv": 0,
    "gatitos/udm_Cyrl.tsv": 0,
    "udhr/kbd_Cyrl.txt": 1,
    "udhr/yrk_Cyrl.txt": 1,
}
CODE_PAGES = ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"]
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", CODE_PAGES + WIDE)
@pytest.mark.parametrize("name", TEXTS)
def test_real_text_recoded(shared: Path, name: str, encoding: str) -> None:
    """Letters that the code page has not are lost, as they are in such files."""
    lines = (shared / "corpora" / name).read_text("utf-8").splitlines()[:300]
    data = "\n".join(line.split("\t")[TEXTS[name]] for line in lines).encode(encoding, "ignore")
    found = guess(data)
    assert found is not None
    assert data.decode(found) == data.decode(encoding)


def test_latin_letters(shared: Path) -> None:
    text = (shared / "corpora" / "commonvoice" / "fin.txt").read_text("utf-8")[:5000]
    assert guess(text.encode("cp1252", "ignore")) == "cp1252"


@settings(deadline=None)  # the tables are made on first use
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    found = guess(data)
    assert found is None or "a".encode(found)
    assert "\n" not in str(not_utf8("a.txt", 0, data))
    refusal("a.txt", data)


@pytest.mark.parametrize("data", [b"", b"plain", b"two\nlines\n"])
def test_ascii_is_no_other_encoding(data: bytes) -> None:
    assert guess(data) is None


def test_the_error_says_where_and_what_to_do() -> None:
    text = "Съешь же ещё этих мягких французских булок да выпей чаю\n" * 5
    error = str(not_utf8("текст.txt", 4, b"ok\n" + "да ".encode() + text.encode("cp1251")))
    assert (
        error == "текст.txt, line 5, byte 6: 0xd1 is not UTF-8, but probably cp1251: give --encoding cp1251"
    )


def test_utf16_is_named_though_its_bytes_are_utf8() -> None:
    error = str(not_utf8("a.txt", 0, "один два три".encode("utf-16-le")))
    assert "byte 10: 0x00" in error
    assert error.endswith("--encoding utf-16-le")


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (_zip("[Content_Types].xml", "word/document.xml"), "word processor"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        (_zip("tat.txt"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word processor"),
        (b"{\\rtf1\\ansi", "word processor"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT AUTHOR="">', "ELAN"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<document version="2">', "FLEx"),
        (b'<?xml version="1.0"?>\n<languageproject version="7000072">', "FLEx"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\0\0\0\0WAVEfmt ", "recording"),
        (b"ID3\x04\0", "recording"),
    ],
)
def test_files_under_a_wrong_name(head: bytes, kind: str) -> None:
    error = str(refusal("folder/text.txt", head))
    assert kind in error
    assert error.startswith("folder/text.txt is a")
    assert "\n" not in error


@pytest.mark.parametrize(
    "name",
    [
        "a.docx",
        "a.DOC",
        "a.odt",
        "a.rtf",
        "a.pdf",
        "a.eaf",
        "a.flextext",
        "a.fwdata",
        "a.xlsx",
        "a.zip",
        "a.jpg",
        "a.wav",
    ],
)
def test_files_by_name(name: str) -> None:
    assert refusal(name, b"") is not None
    assert refusal(f"{name}.gz", b"") is not None


@pytest.mark.parametrize("name", ["a.txt", "a.tsv.gz", "a.conllu", "doc", "a.jsonl.zst"])
def test_text_is_not_refused(name: str) -> None:
    assert refusal(name, "Ҡала\n".encode()) is None
    assert refusal(name, b"PKK\n") is None
    assert refusal(name, b"<?xml?><a>") is None


def test_real_text_is_not_refused(shared: Path) -> None:
    for path in sorted((shared / "corpora").glob("*/*")):
        with path.open("rb") as file:
            assert refusal(path.name, file.read(4096)) is None

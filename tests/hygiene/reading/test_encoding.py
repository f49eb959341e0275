from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.hygiene.reading.encoding import guess, not_utf8

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

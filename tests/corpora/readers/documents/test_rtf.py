"""Rich text: paragraphs, and what is not let through."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

FONTS = r"{\fonttbl{\f0\fcharset204 Times New Roman;}{\f1\fcharset0 Arial;}}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tat.rtf"


def _read(path: Path, inside: str) -> list[str]:
    path.write_text(rf"{{\rtf1\ansi\ansicpg1251 {FONTS}\f0 {inside}}}", "ascii")
    return [text for text, _ in read(path)]


@pytest.mark.parametrize(
    ("inside", "texts"),
    [
        (r"\'e4\'e0", ["да"]),
        (r"\u1199?\u1257?", ["үө"]),
        (r"{\uc2\u1241 ab}\u1199?", ["әү"]),
        (r"a\-b\~c\_d", ["ab\u00a0c\u2011d"]),
        (r"a\line b\par c\par", ["a", "b", "c"]),
        (r"a\cell b\cell\row c \\cell", ["a", "b", "", "c \\cell"]),
        (r'{\field{\*\fldinst{HYPERLINK "http://a.example/"}}{\fldrslt{b}}}', ["b"]),
        ("HYPERLINK", ["HYPERLINK"]),
        (r"{\info{\title c}}{\header d}a", ["a"]),
        (r"\u-3871?", ["\uf0e1"]),
        (r"\u-10240?\u-8368?", ["\U00010350"]),
        (r"a\{b\}", ["a{b}"]),
    ],
)
def test_what_is_read(inside: str, texts: list[str], path: Path) -> None:
    assert _read(path, inside) == texts


def test_places(path: Path) -> None:
    _read(path, r"a\par\par b")
    assert read(path) == [("a", "paragraph 1"), ("", "paragraph 2"), ("b", "paragraph 3")]


def test_what_the_library_cannot_tell(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UserError, match="holds deleted words: accept or reject its tracked changes"):
        _read(path, r"{\deleted\revauthdel1 a}b")
    assert _read(path, r"{\deleted0 a}\\deleted") == ["a\\deleted"]
    assert caplog.text == ""
    assert _read(path, r"{\v a}b{\footnote c}") == ["ab"]
    assert "hidden words, which are read" in caplog.text and "footnotes, which are not read" in caplog.text
    assert "headers" not in caplog.text
    assert _read(
        path,
        r"{\headerl \pard {\b C\'e4}\}}{\footer {\field{\*\fldinst PAGE}{\fldrslt 1}}}b{\*\annotation c}",
    ) == ["b"]
    assert "headers or footers with text, which are not read: 1" in caplog.text
    assert "comments with text, which are not read: 1" in caplog.text
    path.write_text("a")
    with pytest.raises(UserError, match=r"no whole \.rtf"):
        read(path)

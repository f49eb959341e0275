"""CHAT: what was meant, without codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

HEAD = """@UTF8
@Begin
@Languages:\ttat
@Participants:\tCHI Target_Child, MOT Mother
@ID:\ttat|x|CHI|2;00.||||Target_Child|||
@ID:\ttat|x|MOT|||||Mother|||
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tat.cha"


def _read(path: Path, lines: str, **options: object) -> list[tuple[str, str]]:
    path.write_text(f"{HEAD}{lines}@End\n", "utf-8")
    return read(path, **options)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("(а)лар кайт(ты) .", "алар кайтты."),
        ("алар [/] алар <мин бар> [//] мин килдем ?", "алар мин килдем?"),
        ("яз@s:rus [: язын] xxx 0бар &-um &=laughs бар !", "язын бар!"),
        ("әйе , „ юл +...", "әйе, юл"),
        ('+" ‡ ул (.) килде +/.', "ул килде"),
        ("ба:ла ике+өч Казан_шәһәре .", "ба:ла ике+өч Казан_шәһәре."),
        ("бер\n\tике .", "бер ике."),
    ],
)
def test_what_is_read_of_an_utterance(line: str, text: str, path: Path) -> None:
    assert _read(path, f"*MOT:\t{line}\n") == [(text, "*MOT 1")]


def test_speakers_and_times(path: Path) -> None:
    lines = "*MOT:\tбер . \x15100_1200\x15\n*CHI:\txxx .\n*CHI:\t0 .\n*CHI:\tике .\n"
    assert _read(path, lines) == [("бер.", "*MOT 0:00:00.100"), ("ике.", "*CHI 4")]
    assert read(path, tier="CHI") == [("ике.", "*CHI 4")]
    with pytest.raises(UserError, match=r"no tier 'FAT' \(there: 'MOT', 'CHI'\)"):
        read(path, tier="FAT")


def test_an_analysis_that_does_not_fit_takes_no_words(path: Path) -> None:
    assert _read(path, "*MOT:\tбер ике .\n%mor:\tnum|бер\n\tx\n%gra:\t1|0|ROOT\n*CHI:\tөч .\n") == [
        ("бер ике.", "*MOT 1"),
        ("өч.", "*CHI 2"),
    ]


def test_what_is_none(path: Path) -> None:
    path.write_text("бер\n", "utf-8")
    with pytest.raises(UserError, match=r"no whole \.cha"):
        read(path)

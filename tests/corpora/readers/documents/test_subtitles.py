"""Subtitles: what is said, without the marks of players."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

SRT = """1
00:00:01,000 --> 00:00:02,000
<i>Бу</i>
<font color="red">юл</font>

2
00:00:00,500 --> 00:00:00,900
{\\an8}- Кая {көлә}
барасың?
- <өч> Өйгә.
"""
VTT = """WEBVTT

NOTE искәрмә

intro
00:01.500 --> 00:02.000 align:start
<v Алия>Бу <c.green>юл</c> &amp; <b>су</b>
<ruby>база<rt>ба</rt></ruby>р <00:01.700>5 < 7
"""
ASS = """[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,Икенче\\Nюл{\\i1}, әйе
Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,искәрмә
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Беренче
"""


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        (
            "tat.srt",
            SRT,
            [
                ("Кая {көлә} барасың?", "0:00:00.500"),
                ("<өч> Өйгә.", "0:00:00.500"),
                ("Бу юл", "0:00:01.000"),
            ],
        ),
        ("tat.vtt", VTT, [("Бу юл & су базар 5 < 7", "0:00:01.500")]),
        ("tat.ass", ASS, [("Беренче", "0:00:01.000"), ("Икенче юл, әйе", "0:00:05.000")]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_read(
    name: str, text: str, lines: list[tuple[str, str]], encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    for written in (text, text.replace("\n", "\r\n")):
        path.write_bytes(written.encode(encoding))
        assert read(path) == lines


def test_no_cue_is_lost(tmp_path: Path) -> None:
    """The library leaves out those whose times are wrong."""
    path = tmp_path / "tat.vtt"
    path.write_text(VTT.replace("00:02.000", "00:0x.000"), "utf-8")
    with pytest.raises(UserError, match=r"no whole \.vtt file \(ValueError: times of 1 cues"):
        read(path)


@pytest.mark.parametrize(("name", "text"), [("a.srt", "бер\n\nике"), ("a.vtt", "бер"), ("a.ass", "бер")])
def test_what_is_none(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(UserError, match=rf"no whole \.{name[2:]}"):
        read(tmp_path / name)

"""Translation memories: the text of segments, by language."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora.base import ReadOptions
from langcov.corpora.names import file_of, files_of
from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

HEAD = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><body>'


def _write(path: Path, *units: str) -> Path:
    path.write_text(f"{HEAD}{''.join(units)}</body></tmx>", "utf-8")
    return path


def _unit(id: str = "", /, **segments: str) -> str:
    several = (f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in segments.items())
    return f"<tu{f' tuid={chr(34)}{id}{chr(34)}' if id else ''}>{''.join(several)}</tu>"


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        ("кил<bpt i='1'>&lt;b></bpt>де<ept i='1'>&lt;/b></ept>", "килде"),
        ("бу <ph>{0}</ph>юл", "бу юл"),
        ("<hi>бер</hi>енче <it pos='begin'>x</it>сүз<ut>y</ut>", "беренче сүз"),
        ("<bpt i='1'><sub>юк</sub></bpt>бар", "бар"),
        ("\n    бер\n    ике\u00a0өч ", "бер ике\u00a0өч"),
    ],
)
def test_codes_are_no_text(segment: str, text: str, tmp_path: Path) -> None:
    assert read(_write(tmp_path / "a.tmx", _unit(tt=segment))) == [(text, "unit 1")]


def test_segments_are_told_by_language(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.tmx", _unit("7", ru="слово", tt="сүз"), _unit(tt="бер", ru="один", xx="?"))
    assert [(one.language, one.only) for one in files_of([str(path)], ReadOptions())] == [
        ("rus_Cyrl", ("ru",)),
        ("tat_Cyrl", ("tt",)),
    ]
    (source,) = file_of(str(path), "tat", ReadOptions())
    assert read(path, only=source.only) == [("сүз", "unit 1 (7)"), ("бер", "unit 2")]
    old = path.read_text("utf-8").replace("xml:lang", "lang")
    path.write_text(old, "utf-8")
    assert [text for text, _ in read(path, only=("ru",))] == ["слово", "один"]
    with pytest.raises(UserError, match="no row says that it is in bak_Cyrl"):
        file_of(str(path), "bak", ReadOptions())


def test_what_is_no_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(f"{HEAD}{_unit(tt='бер')}", "utf-8")
    with pytest.raises(UserError, match=r"no whole \.tmx"):
        read(path)
    path.write_text("<a/>")
    with pytest.raises(UserError, match=r"no \.tmx: its XML is of a"):
        read(path)
    _write(path, _unit(tt="а&nbsp;б"))
    with pytest.raises(UserError, match="&nbsp; is declared nowhere"):
        read(path)
    path.write_text('<!DOCTYPE tmx [<!ENTITY a "б">]><tmx/>')
    with pytest.raises(UserError, match="declares entities"):
        read(path)
    _write(path, "<tu><tuv><seg>бер</seg></tuv></tu>")
    with pytest.raises(UserError, match="no text of it says its language"):
        files_of([str(path)], ReadOptions())

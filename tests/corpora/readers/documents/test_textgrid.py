"""TextGrids: both forms that Praat writes, in its encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import read

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "tx"
        xmin = 0
        xmax = 2.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 1
            text = " ике ""сүз"" "
        intervals [2]:
            xmin = 1
            xmax = 2 ! a comment with "text"
            text = ""
        intervals [3]:
            xmin = 2
            xmax = 2.5
            text = "юл
өсте \\sw"
    item [2]:
        class = "TextTier"
        name = "нокта"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 1.5
            mark = "баш"
"""
SHORT = """File type = "ooTextFile"
"TextGrid"
0
2.5
<exists>
2
"IntervalTier"
"tx"
0
2.5
3
0
1
" ике ""сүз"" "
1
2
""
2
2.5
"юл
өсте \\sw"
"TextTier"
"нокта"
0
2.5
1
1.5
"баш"
"""
READ = [('ике "сүз"', "tx 0:00:00.000"), ("юл өсте \\sw", "tx 0:00:02.000")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("text", [LONG, SHORT, LONG.replace("\n", "\r\n")])
def test_both_forms(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "tat.TextGrid"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes(f"{mark}{text}".encode(encoding))
    assert read(path, tier="tx") == READ
    assert read(path, tier=["tx", "нокта"]) == [READ[0], ("баш", "нокта 0:00:01.500"), READ[1]]
    with pytest.raises(UserError, match=r"side by side \('tx', 'нокта'\)"):
        read(path)


def test_the_library_reads_the_same(tmp_path: Path) -> None:
    textgrid = pytest.importorskip("textgrid")
    path = tmp_path / "tat.TextGrid"
    path.write_bytes(b"\xfe\xff" + LONG.replace(' ! a comment with "text"', "").encode("utf-16-be"))
    tier = textgrid.TextGrid.fromFile(str(path)).getFirst("tx")
    marks = [" ".join(one.mark.split()) for one in tier if one.mark.strip()]
    assert marks == [text for text, _ in read(path, tier="tx")]


def test_codes_are_listed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "tat.TextGrid").write_text(SHORT, "utf-8")
    read(tmp_path / "tat.TextGrid", tier="tx")
    assert r"codes of Praat for letters (\sw 1)" in caplog.text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SHORT[:-8], "its end stands where a (string|number) should"),
        (SHORT.replace('"TextGrid"', '"Pitch"'), "not of that kind"),
        (SHORT.replace("<exists>", '"a"'), '"a" stands where a flag should'),
        ("", "its end stands where a string should"),
    ],
)
def test_what_is_no_whole_file(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "tat.textgrid"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=rf"no whole \.TextGrid file.*{why}"):
        read(path)


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "tat.TextGrid"
    path.write_bytes(SHORT.replace("ө", "о").replace("ү", "у").encode("cp1251"))
    with pytest.raises(UserError, match=r"is not valid UTF-8: give --encoding cp1251"):
        read(path)
    assert read(path, tier="tx", encoding="cp1251")[0][0] == 'ике "суз"'

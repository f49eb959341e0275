"""OpenDocument texts: what is read of each element, and where it is said to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import odt, packed, read


def _texts(tmp_path: Path, body: str) -> list[tuple[str, str]]:
    (tmp_path / "a.odt").write_bytes(odt(body))
    return read(tmp_path / "a.odt")


def _p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("кита<text:span>п</text:span>лар", "китаплар"),
        ("\n  ике\t <text:span> сүз</text:span>\n ", "ике сүз"),
        ("а<text:s/>б", "а б"),
        ("а <text:s text:c='3'/>б", "а    б"),
        ("<text:s/>а", " а"),
        ("а<text:tab/>б", "а\tб"),
        ("а<text:soft-page-break/>б", "аб"),
        ("ки\u00adтап", "китап"),
        ("сүз<office:annotation><text:p>искәрмә</text:p></office:annotation>лек", "сүзлек"),
        (
            "<text:ruby><text:ruby-base>база</text:ruby-base><text:ruby-text>р</text:ruby-text></text:ruby>р",
            "базар",
        ),
        ("<text:a>сылтама</text:a>", "сылтама"),
        ("<text:date>май</text:date>", "май"),
        ("алда<text:bookmark/>гы", "алдагы"),
    ],
)
def test_what_is_read_of_a_paragraph(inside: str, text: str, tmp_path: Path) -> None:
    assert _texts(tmp_path, _p(inside)) == [(text, "paragraph 1")]


def test_the_order_of_a_document(tmp_path: Path) -> None:
    cell = f"<table:table-cell xmlns:table='t'>{_p('тартма')}</table:table-cell>"
    frame = f"алда<draw:frame><draw:text-box>{_p('эчтә')}</draw:text-box></draw:frame>гы"
    gone = f"<text:tracked-changes><text:deletion>{_p('юк')}</text:deletion></text:tracked-changes>"
    body = f"{gone}<text:h>баш</text:h>{_p('а<text:line-break/>б')}{_p('')}{cell}{_p(frame)}"
    assert _texts(tmp_path, body) == [
        ("баш", "paragraph 1"),
        ("а", "paragraph 2"),
        ("б", "paragraph 2"),
        ("", "paragraph 3"),
        ("тартма", "paragraph 4"),
        ("алдагы", "paragraph 5"),
        ("эчтә", "paragraph 6"),
    ]


def test_notes_follow_the_text(tmp_path: Path) -> None:
    def note(kind: str, text: str) -> str:
        inside = f"<text:note-citation>1</text:note-citation><text:note-body>{_p(text)}</text:note-body>"
        return f"<text:note text:note-class='{kind}'>{inside}</text:note>"

    body = _p(f"бер{note('footnote', 'беренче')}енче{note('endnote', 'ахыр')}") + _p(
        f"ике{note('footnote', 'икенче')}"
    )
    assert _texts(tmp_path, body) == [
        ("беренче", "paragraph 1"),
        ("ике", "paragraph 2"),
        ("беренче", "footnote 1"),
        ("икенче", "footnote 2"),
        ("ахыр", "endnote 1"),
    ]


def test_what_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="100000000 spaces"):
        _texts(tmp_path, _p("<text:s text:c='100000000'/>"))
    (tmp_path / "b.odt").write_bytes(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
    with pytest.raises(UserError, match="a spreadsheet of another format"):
        read(tmp_path / "b.odt")
    (tmp_path / "b.odt").write_bytes(packed({"mimetype": "application/vnd.oasis.opendocument.text"}))
    with pytest.raises(UserError, match=r"no whole \.odt"):
        read(tmp_path / "b.odt")


def test_hidden_words_are_said_to_be_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    styles = "".join(
        f"<style:style style:name='{name}'><style:text-properties text:display='{display}'/></style:style>"
        for name, display in (("T1", "none"), ("T2", "true"))
    )
    hidden, seen = (
        f"<text:span text:style-name='T{n}'>{text}</text:span>" for n, text in ((1, "яшерен"), (2, "ә"))
    )
    body = _p(f"бер{hidden} {hidden}ике{seen}") + "<text:p text:style-name='T1'>юк</text:p>" + _p("өч")
    (tmp_path / "a.odt").write_bytes(odt(body, styles=styles))
    assert [text for text, _ in read(tmp_path / "a.odt")] == ["бер икеә", "", "өч"]
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        "paragraphs with hidden words, which are not read: 2"
    ]


def test_headers_and_comments_are_said_to_be_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    comment = f"<office:annotation>{_p('искәрмә')}</office:annotation>"
    margins = f"<style:header>{_p('Баш')}</style:header><style:footer-left>{_p('17')}</style:footer-left>"
    (tmp_path / "a.odt").write_bytes(odt(_p(f"сүз{comment}"), margins))
    assert read(tmp_path / "a.odt") == [("сүз", "paragraph 1")]
    assert "headers or footers with text, which are not read: 1" in caplog.text
    assert "comments with text, which are not read: 1" in caplog.text

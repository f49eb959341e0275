"""Word documents: what is read of each element, and where it is said to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpora.readers.documents.made import docx, read


def _t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def _texts(tmp_path: Path, body: str, **notes: str) -> list[str]:
    (tmp_path / "a.docx").write_bytes(docx(body, **notes))
    return [text for text, _ in read(tmp_path / "a.docx")]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (_t("кита") + _t("п") + _t("лар"), "китаплар"),
        (_t(" ике  сүз "), " ике  сүз "),
        (f"<w:ins w:id='1' w:author='a'>{_t('кергән')}</w:ins>", "кергән"),
        (f"<w:moveTo w:id='1' w:author='a'>{_t('күчкән')}</w:moveTo>", "күчкән"),
        (f"<w:moveFrom w:id='1' w:author='a'>{_t('күчкән')}</w:moveFrom>", ""),
        ("<w:del w:id='1' w:author='a'><w:r><w:delText>юк</w:delText></w:r></w:del>" + _t("бар"), "бар"),
        (f"<w:smartTag w:element='a'>{_t('Казан')}</w:smartTag>", "Казан"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{_t('исем')}</w:sdtContent></w:sdt>", "исем"),
        (f"<w:fldSimple w:instr='DATE'>{_t('май')}</w:fldSimple>", "май"),
        (f"<w:hyperlink>{_t('сылтама')}</w:hyperlink>", "сылтама"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + _t("5"), "5"),
        ("<w:r><w:sym w:font='Times Chuvash' w:char='F0E7'/></w:r>", "⟦Times Chuvash F0E7⟧"),
        (
            f"<w:ruby><w:rt>{_t('ку')}</w:rt><w:rubyBase>{_t('база')}</w:rubyBase></w:ruby>".join(
                ("<w:r>", "</w:r>")
            ),
            "база",
        ),
        ("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>", "а\tб"),
        ("<w:r><w:t>ак</w:t><w:noBreakHyphen/><w:t>кара</w:t></w:r>", "ак\u2011кара"),
        ("<w:r><w:t>ки</w:t><w:softHyphen/><w:t>та\u00adп</w:t></w:r>", "китап"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>юк</w:t></w:r>{_t('бар')}", "бар"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>бар</w:t></w:r>", "бар"),
    ],
)
def test_what_is_read_of_a_paragraph(inside: str, text: str, tmp_path: Path) -> None:
    assert _texts(tmp_path, _p(inside)) == [text]


def test_breaks_end_lines_within_a_paragraph(tmp_path: Path) -> None:
    breaks = "<w:r><w:t>а</w:t><w:br/><w:t>б</w:t><w:cr/><w:t>в</w:t><w:br w:type='page'/><w:t>г</w:t></w:r>"
    (tmp_path / "a.docx").write_bytes(docx(_p(breaks) + _p("") + _p(_t("д"))))
    assert read(tmp_path / "a.docx") == [
        *((letter, "paragraph 1") for letter in "абвг"),
        ("", "paragraph 2"),
        ("д", "paragraph 3"),
    ]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{_p(_t('тартма'))}</w:txbxContent>"
    inside = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    )
    body = _p(f"{_t('алда')}<w:r>{inside}</mc:AlternateContent></w:r>{_t('артта')}") + _p(_t("соңра"))
    assert _texts(tmp_path, body) == ["алдаартта", "тартма", "соңра"]


def test_tables_come_where_they_stand(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{_p(_t(text))}</w:tc>" for text in ("бер", "ике"))
    body = _p(_t("алда")) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + _p(_t("артта"))
    assert _texts(tmp_path, body) == ["алда", "бер", "ике", "артта"]


def test_a_paragraph_whose_mark_is_deleted_goes_on(tmp_path: Path) -> None:
    deleted = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    assert _texts(tmp_path, _p(deleted + _t("кисе")) + _p(_t("лгән"))) == ["киселгән"]
    assert _texts(tmp_path, _p(deleted + _t("кисе"))) == ["кисе"]


def test_notes_follow_the_text_by_their_numbers(tmp_path: Path) -> None:
    def reference(kind: str, id: int) -> str:
        return f"<w:r><w:{kind}Reference w:id='{id}'/></w:r>"

    def note(kind: str, id: int, text: str) -> str:
        return f"<w:{kind} w:id='{id}'>{_p(_t(text))}</w:{kind}>"

    gone = f"<w:del w:id='9' w:author='a'>{reference('footnote', 4)}</w:del>"
    body = _p(
        _t("сүз") + reference("footnote", 7) + gone + reference("footnote", 2) + reference("endnote", 3)
    )
    (tmp_path / "a.docx").write_bytes(
        docx(
            body,
            footnotes=note("footnote", 2, "икенче")
            + note("footnote", 4, "юк")
            + note("footnote", 7, "беренче"),
            endnotes=note("endnote", 3, "ахыр"),
        )
    )
    assert read(tmp_path / "a.docx") == [
        ("сүз", "paragraph 1"),
        ("беренче", "footnote 1"),
        ("икенче", "footnote 2"),
        ("ахыр", "endnote 1"),
    ]


def test_fonts_made_for_a_language_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Their Latin letters look like others; the font is that of the run, or of a style."""

    def run(text: str, font: str = "", style: str = "") -> str:
        inside = f"<w:rStyle w:val='{style}'/>" * bool(style) + f"<w:rFonts w:ascii='{font}'/>" * bool(font)
        return f"<w:r><w:rPr>{inside}</w:rPr><w:t>{text}</w:t></w:r>"

    styles = (
        "<w:style w:styleId='old'><w:rPr><w:rFonts w:hAnsi='Arial Tatar'/></w:rPr></w:style>"
        "<w:style w:styleId='new'><w:basedOn w:val='old'/></w:style>"
        "<w:style w:styleId='ring'><w:basedOn w:val='ring'/></w:style>"
    )
    body = (
        _p(run("ya", "Times Chuvash") + run("сăмах", "Times Chuvash") + run("Word", "Arial"))
        + _p(run("abc", style="new") + run("d", style="ring") + run("e", style="none"))
        + _p("<w:pPr><w:pStyle w:val='new'/></w:pPr>" + run("f"))
    )
    assert _texts(tmp_path, body, styles=styles) == ["yaсăмахWord", "abcde", "f"]
    assert "4 Latin letters are in the font Arial Tatar" in caplog.text
    assert "2 Latin letters are in the font Times Chuvash" in caplog.text
    assert len(caplog.records) == 2


def test_hidden_words_are_said_to_be_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def hidden(text: str, val: str = "") -> str:
        return f"<w:r><w:rPr><w:vanish{val}/></w:rPr><w:t>{text}</w:t></w:r>"

    mark = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    seen = hidden("күренә", " w:val='0'")
    gone = f"<w:del w:id='1' w:author='a'>{hidden('юк')}</w:del>"
    body = _p(_t("бер") + hidden("яше") + hidden("рен")) + _p(hidden("17")) + _p(mark + seen + gone)
    assert _texts(tmp_path, body) == ["бер", "", "күренә"]
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        "paragraphs with hidden words, which are not read: 1"
    ]


def test_headers_and_comments_are_said_to_be_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = pytest.importorskip("docx")
    document = library.Document()
    document.sections[0].footer.paragraphs[0].text = "17"
    document.save(tmp_path / "a.docx")
    assert read(tmp_path / "a.docx") == [] and caplog.text == ""
    paragraph = document.add_paragraph("сүз")
    for text in ("Искәрмә", "икенче", "?"):
        document.add_comment(paragraph.runs, text=text)
    document.sections[0].header.paragraphs[0].text = "Баш"
    document.save(tmp_path / "a.docx")
    assert read(tmp_path / "a.docx") == [("сүз", "paragraph 1")]
    said = [record.getMessage().partition(": ")[2] for record in caplog.records]
    assert sorted(said) == [
        "comments with text, which are not read: 2",
        "headers or footers with text, which are not read: 1",
    ]

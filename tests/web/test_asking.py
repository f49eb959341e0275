"""What the page asks before it checks: the language, the encoding, the column and the rows."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.web.conftest import TYPED, Visitor, ticked


def test_who_does_not_say_the_language_is_asked(visitor: Visitor) -> None:
    path = visitor.give({"typed.txt": (TYPED * 2).encode()})
    page = visitor.get(path)
    likely = re.findall(r'name="language" value="([a-z]{3}_[A-Z][a-z]{3})"', page)
    assert likely[0] == "tat_Cyrl"
    visitor.wait(visitor.post(f"{path}/again", {"language": likely[0]}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["language"] == "tat_Cyrl"


@pytest.mark.parametrize("language", ["", "Klingon"])
def test_what_was_given_is_kept_where_the_language_is_not_known(language: str, visitor: Visitor) -> None:
    path = visitor.give({"typed.txt": TYPED.encode()}, language=language)
    assert f'action="{path}/again"' in visitor.get(path)
    visitor.wait(visitor.post(f"{path}/again", {"language": "Tatar"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["language"] == "tat_Cyrl"


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.txt", "a.txt holds no text"), ("a.jsonl", "holds no text"), ("a.eaf", "a.eaf is no whole XML")],
)
def test_what_holds_no_text_is_refused_before_its_language_is_asked(
    name: str, said: str, visitor: Visitor
) -> None:
    page = visitor.get(visitor.give({name: b""}))
    assert said in page
    assert "Which language is" not in page


def test_the_language_is_asked_of_a_file_with_text(visitor: Visitor) -> None:
    page = visitor.get(visitor.give({"a.txt": b" \n", "b.txt": TYPED.encode()}))
    assert "Which language is b.txt in?" in page


def test_a_document_is_read_before_its_language_is_asked(visitor: Visitor, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(TYPED * 2)
    document.save(tmp_path / "typed.docx")
    page = visitor.get(visitor.give({"typed.docx": (tmp_path / "typed.docx").read_bytes()}))
    assert 'name="language" value="tat_Cyrl"' in page


def test_of_a_table_in_several_languages_the_rows_of_one_are_read(visitor: Visitor) -> None:
    table = "lang,text\ntat,Әнкәм кɵйләгән\nbak,Башҡорт кɵйләгән тел\n"
    path = visitor.give({"a.csv": table.encode()}, named="lang", column="text")
    assert "Which language is a.csv in?" in visitor.get(path)
    visitor.wait(visitor.post(f"{path}/again", {"language": "tat"}))
    found = json.loads(visitor.saved(f"{path}/made/findings.json"))
    assert (found["language"], found["words"]) == ("tat_Cyrl", 2)
    visitor.fix(path, ticked(visitor.get(path)))
    fixed = visitor.saved(f"{path}/made/a.fixed.csv").decode()
    assert fixed == table.replace("кɵйләгән\nbak", "көйләгән\nbak")


def test_what_holds_no_text_is_left_out_by_a_person(visitor: Visitor, tmp_path: Path) -> None:
    from tests.corpora.readers.documents.made import xlsx

    xlsx(tmp_path / "a.xlsx", {"S": [["text"], ["кɵй"], [date(2020, 1, 2)]]})
    path = visitor.give({"tat_Cyrl.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    page = visitor.get(path)
    assert "Is what holds no text to be left out?" in page
    assert "the cell holds a date or time, not text" in page and "--" not in page
    assert re.findall(r'<button name="null" value="(\w+)">([^<]+)<', page) == [
        ("skip", "Leave out what holds no text")
    ]
    visitor.wait(visitor.post(f"{path}/again", {"null": "skip"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == 1
    assert "records or cells without text, left out: 1" in visitor.get(path)


def test_the_encoding_is_asked_before_the_language(visitor: Visitor) -> None:
    path = visitor.give({"a.txt": (TYPED.replace("ɵ", "о") * 4).encode("ptcp154", "replace")})
    assert "In which encoding is a.txt?" in visitor.get(path)
    visitor.wait(visitor.post(f"{path}/again", {"encoding": "ptcp154"}))
    assert 'name="language" value="tat_Cyrl"' in visitor.get(path)


def test_an_encoding_is_chosen_by_a_person_who_sees_the_text(visitor: Visitor, tmp_path: Path) -> None:
    text = "Привет, это длинная строка по-русски.\nИ вот ещё одна, тоже довольно длинная.\n" * 8
    path = visitor.give({"rus_Cyrl.txt": text.encode("cp1251")})
    page = visitor.get(path)
    looks = dict(re.findall(r'name="encoding" value="([^"]+)".*?<bdi>(.*?)</bdi>', page, re.DOTALL))
    assert unescape(looks["cp1251"]).startswith("Привет, это длинная")
    assert "U+000A" not in page
    assert next(iter(looks)) == "cp1251"
    assert unescape(looks["koi8-r"]) != unescape(looks["cp1251"])
    visitor.wait(visitor.post(f"{path}/again", {"encoding": "cp1251"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == len(text.split())


def test_a_table_asks_for_its_column(visitor: Visitor) -> None:
    table = "id\tru\ttt\n1\tкнига\tкɵй\n"
    path = visitor.give({"tat_Cyrl.tsv": table.encode()}, column="tt")
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == 1
    visitor.wait(visitor.post(f"{path}/again", {"column": "none"}))
    page = visitor.get(path)
    assert "none" in page
    assert "«Column of a table with the text»" in page
    assert "--text-column" not in page
    assert '<button name="column" value="3">3 tt</button>' in page
    visitor.wait(visitor.post(f"{path}/again", {"column": "9"}))
    assert "<details open><summary>Check it another way" in visitor.get(path)
    assert "<details open><summary>How to read the file" in visitor.get(path)

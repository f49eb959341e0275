"""From files to findings, corrected copies and exceptions, over HTTP: what the commands say and make."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from langcov.cli import main
from tests.web.conftest import TYPED, Served, Visitor, ticked

FILES = {
    "tat_Cyrl.txt": TYPED,
    "tat_Cyrl.csv": 'id,text\n1,"кɵйләгән ""кɵй"", дип"\n',
    "tat.jsonl": '{"text": "\\u043a\\u0275\\u0439 кɵйләгән"}\n',
    "tat.conllu": "# text = кɵй\n1\tкɵй\tкɵй\tNOUN\t_\t_\t0\troot\t_\t_\n\n",
}


@pytest.mark.parametrize("name", FILES)
def test_findings_and_copies_are_those_of_the_commands(
    name: str, visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(FILES[name], "utf-8")
    main(["corpora", "check", name, "--format", "json", "-o", "found.json", "--quiet"])
    main(["corpora", "fix", name, "--write", "--quiet"])
    stem, _, ending = name.rpartition(".")

    path = visitor.give({name: FILES[name].encode()})
    assert visitor.saved(f"{path}/made/findings.json") == Path("found.json").read_bytes()
    page = visitor.fix(path, ticked(visitor.get(path)))
    copy, log = f"{stem}.fixed.{ending}", f"{stem}.fixes.jsonl"
    assert f"made/{copy}" in page
    assert visitor.saved(f"{path}/made/{copy}") == Path(copy).read_bytes() != FILES[name].encode()
    assert visitor.saved(f"{path}/made/{log}") == Path(log).read_bytes()


def test_a_document_comes_back_as_text_and_a_list_of_changes(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx = pytest.importorskip("docx")
    monkeypatch.chdir(tmp_path)
    document = docx.Document()
    for line in TYPED.splitlines():
        document.add_paragraph(line)
    document.save("tat_Cyrl.docx")
    main(["corpora", "fix", "tat_Cyrl.docx", "--write", "--quiet"])
    path = visitor.give({"tat_Cyrl.docx": Path("tat_Cyrl.docx").read_bytes()})
    visitor.fix(path, ticked(visitor.get(path)))
    for name in ("tat_Cyrl.fixed.txt", "tat_Cyrl.fixes.tsv"):
        assert visitor.saved(f"{path}/made/{name}") == Path(name).read_bytes()


def test_only_what_is_ticked_is_fixed(visitor: Visitor) -> None:
    path = visitor.give({"tat_Cyrl.txt": TYPED.encode()})
    page = visitor.get(path)
    rows = re.findall(r'<tr data-sure="(\d)">.*?name="fix" value="(\d+)".*?aria-label="([^"]*)"', page)
    assert [sure for sure, _, _ in rows] == ["1", "1", "1", "0"]
    suggested = next(number for _, number, said in rows if said == "apкылы becomes аркылы")
    page = visitor.fix(path, [suggested])
    assert "Done: 1 word corrected" in page
    assert "<mark>apкылы.</mark>" in page
    assert "<ins>аркылы.</ins>" in page
    wanted = TYPED.replace("apкылы", "аркылы")
    assert visitor.saved(f"{path}/made/tat_Cyrl.fixed.txt").decode() == wanted


def test_a_word_is_one_with_and_without_a_comma(visitor: Visitor) -> None:
    text = "кɵй, кɵй «кɵй» китап кɵй"
    path = visitor.give({"tat_Cyrl.txt": text.encode()})
    page = visitor.get(path)
    [row] = re.findall(r'<tr data-sure="1">.*?</tr>', page)
    assert '<td class="figure" data-label="times">4</td>' in row
    visitor.fix(path, ticked(page))
    assert visitor.saved(f"{path}/made/tat_Cyrl.fixed.txt").decode() == text.replace("ɵ", "ө")


def test_what_is_said_of_a_command_is_said_of_the_page(visitor: Visitor) -> None:
    path = visitor.give({"tat_Cyrl.tsv": "1\tкитап\tсүз\n2\tкөй\tтел\n".encode()})
    page = visitor.get(path)
    assert "«Column of a table with the text» (a name or a number), or in a header" in page
    assert "--" not in page
    offered = dict(re.findall(r'name="column" value="(\d)">([^<]+)<', page))
    assert offered == {"1": "1 1", "2": "2 китап", "3": "3 сүз"}
    visitor.wait(visitor.post(f"{path}/again", {"column": "3"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == 2


def test_sheets_and_tiers_are_offered(visitor: Visitor, tmp_path: Path) -> None:
    from tests.corpora.readers.documents.made import aligned, eaf, tier, xlsx

    tiers = tier("tx", aligned("a", "s", "кɵй")) + tier("ft&lt;b>", aligned("b", "s", "a melody"))
    path = visitor.give({"tat_Cyrl.eaf": eaf(tiers, {"s": 1}).encode()})
    page = visitor.get(path)
    assert "Which tier is the text?" in page
    assert '<button name="tier" value="ft&lt;b&gt;">' in page
    visitor.wait(visitor.post(f"{path}/again", {"tier": "tx"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == 1

    pytest.importorskip("openpyxl")
    xlsx(tmp_path / "a.xlsx", {"1": [["a"]], "Лист": [["text", "тел"], [1, "кɵй китап"]]})
    path = visitor.give({"tat_Cyrl.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    assert '<button name="sheet" value="2">2 Лист</button>' in visitor.get(path)
    visitor.wait(visitor.post(f"{path}/again", {"sheet": "2"}))
    assert '<button name="column" value="тел">2 тел</button>' in visitor.get(path)  # not a line of the text
    visitor.wait(visitor.post(f"{path}/again", {"column": "тел"}))
    assert json.loads(visitor.saved(f"{path}/made/findings.json"))["words"] == 2


def test_warnings_are_russian_on_a_russian_page_and_said_once(served: Served, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("кɵй")
    document.sections[0].header.paragraphs[0].text = "баш"
    document.save(tmp_path / "tat_Cyrl.docx")
    visitor = Visitor(served.url, "ru")
    page = visitor.get(visitor.give({"tat_Cyrl.docx": (tmp_path / "tat_Cyrl.docx").read_bytes()}))
    assert page.count("колонтитулы с текстом, не читаются: 1") == 1
    assert "not read" not in page


def test_what_is_right_is_written_down_and_named_no_more(visitor: Visitor) -> None:
    path = visitor.give({"tat_Cyrl.txt": TYPED.encode()})
    tick = re.search(r'name="right" value="(\d+)" aria-label="apкылы is right"', visitor.get(path))
    assert tick
    visitor.wait(visitor.post(f"{path}/accept", {"right": tick[1], "reason": 'a "quoted"\nreason'}))
    found = json.loads(visitor.saved(f"{path}/made/findings.json"))
    assert found["silenced"] == 1
    assert "apкылы" not in {one["text"] for one in found["findings"]}
    written = visitor.saved(f"{path}/text/langcov-exceptions.toml").decode()
    assert written == (
        '[[accept]]\nword = "apкылы"\ncheck = "lookalike"\nlanguage = "tat_Cyrl"\n'
        'reason = "a \\"quoted\\"\\nreason"\n\n'
    )
    assert "tick what is right" in visitor.post(f"{path}/accept", {"reason": "why"}, status=400)


def test_several_files_and_folders_come_back_in_one_archive(visitor: Visitor) -> None:
    files = {"a/tat_Cyrl.txt": "кɵй китап", "b/tat_Cyrl.txt": "сɵйләгән", "README.md": "no text"}
    path = visitor.give({name: text.encode() for name, text in files.items()})
    visitor.fix(path, ticked(visitor.get(path)))
    with ZipFile(BytesIO(visitor.saved(f"{path}/made/corrected.zip"))) as archive:
        assert sorted(archive.namelist()) == [
            *("a/tat_Cyrl.fixed.txt", "a/tat_Cyrl.fixes.jsonl"),
            *("b/tat_Cyrl.fixed.txt", "b/tat_Cyrl.fixes.jsonl"),
        ]
        assert archive.read("b/tat_Cyrl.fixed.txt").decode() == "сөйләгән"


def test_visitors_see_only_what_they_gave(served: Served, visitor: Visitor) -> None:
    other = Visitor(served.url)
    mine = visitor.give({"tat_Cyrl.txt": "кɵй".encode()})
    others = other.give({"tat_Cyrl.txt": "сɵйләгән".encode()})
    assert "сɵйләгән" not in visitor.get(mine)
    for path in (mine, f"{mine}/state", f"{mine}/made/findings.json"):
        other.get(path, 404)
    other.secret = visitor.secret
    other.post(f"{others}/remove", status=403)
    visitor.post(f"{mine}/remove")
    visitor.get(mine, 404)


def test_what_goes_on_can_be_cancelled(visitor: Visitor) -> None:
    line = " ".join(f"хIун{number}" for number in range(20)) + "\n"
    path = visitor.post("/works", {}, [("files", ("che_Cyrl.txt", line.encode() * 60_000))])
    busy = visitor.post(f"{path}/again", {"language": "che"}, status=400)
    assert "are being worked on" in busy
    assert f'<a href="{path}">che_Cyrl.txt</a>' in busy
    visitor.post(f"{path}/cancel")
    assert visitor.wait(path)["state"] == "cancelled"
    assert "Cancelled" in visitor.get(path)
    again = visitor.give({"che_Cyrl.txt": "хIун".encode()})
    assert json.loads(visitor.saved(f"{again}/made/findings.json"))["words"] == 1


HOSTILE = "<img src=x onerror=document.title='x'></script><script>document.title='x'</script>"


def test_hostile_names_and_texts_are_only_shown(visitor: Visitor) -> None:
    path = visitor.give({f"{HOSTILE}.txt": f"{HOSTILE} кɵй\u202e {HOSTILE}".encode()}, language="tat")
    page = visitor.get(path)
    assert "<img" not in page
    assert len(re.findall("<script", page)) == 1
    assert "\u202e" not in page


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("tat_Cyrl.txt.gz", b"\x1f\x8b", "is packed"),
        ("tat_Cyrl.zip", b"PK\x03\x04 broken", "is broken"),
        ("../..", b"text", "without a name"),
    ],
)
def test_what_could_do_harm_is_refused(name: str, content: bytes, said: str, visitor: Visitor) -> None:
    assert said in visitor.post("/works", {}, [("files", (name, content))], status=400)


def test_an_archive_that_unpacks_to_too_much_is_refused(visitor: Visitor) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x")
    data = packed.getvalue()
    end = data.index(b"PK\x01\x02")
    bomb = data[: end + 24] + (600_000_000).to_bytes(4, "little") + data[end + 28 :]
    assert "too much" in visitor.post("/works", {}, [("files", ("bomb.docx", bomb))], status=400)


@pytest.mark.parametrize("file", ["/etc/passwd", "../../x.txt", "http://127.0.0.1:1/x.txt"])
def test_a_card_can_not_lead_out_of_what_was_given(file: str, visitor: Visitor) -> None:
    card = f'name = "a"\n[languages.tat_Cyrl]\nfiles = "{file}"\nformat = "txt"\n'.replace(
        'format = "txt"\n', ""
    )
    path = visitor.give({"a/corpus.toml": card.encode(), "a/tat_Cyrl.txt": "кɵй".encode()})
    state = visitor.wait(path)["state"]
    assert state == "refused"
    assert "root:" not in visitor.get(path)


def test_nothing_of_the_text_is_logged(served: Served, visitor: Visitor) -> None:
    path = visitor.give({"tat_Cyrl.txt": TYPED.encode()})
    visitor.give({"tat_Cyrl.jsonl": '{"text": "сɵйләгән"\n'.encode()})
    visitor.fix(path, ["0"])
    assert served.told.splitlines()[2:] == []


def test_who_has_no_terminal_is_told_of_no_command(visitor: Visitor) -> None:
    page = visitor.get(visitor.give({"a.txt": b"text"}, language="Klingon"))
    assert "unknown language" in page
    assert "langcov languages" not in page
    assert "the page «Languages» lists all" in page


@pytest.mark.parametrize(
    ("page", "there"),
    [("/tokens", "/tokens"), ("//evil.example/", "/evil.example/"), ("/\\evil.example", "/evil.example")],
)
def test_another_language_leads_nowhere_else(page: str, there: str, visitor: Visitor) -> None:
    headers = {"Referer": visitor.url + page}
    answer = visitor.session.get(f"{visitor.url}/ui/ru", headers=headers, allow_redirects=False)
    assert answer.headers["location"] == there

"""A text is described: what is said while it is typed, and what would leave is what the commands make."""

from __future__ import annotations

import lzma
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from langcov.cli import main
from langcov.core import toml
from tests.web.conftest import TYPED, Served, Visitor

CARD = {
    "card.name": "tukay",
    "card.summary": "A poem.",
    "card.licence": "LicenseRef-public-domain",
    "card.source": "the first edition",
    "card.collectors": "Name Surname\nOther Name",
    "card.consent": "In the public domain since 1984.",
    "card.contact": "https://example.org/contact",
    "card.sensitive": "none",
    "card.machine_translated": "no",
    "card.ocr": "no",
    "language.year": "1909",
}


def looked_at(visitor: Visitor, **said: str) -> Any:
    answer = visitor.session.post(f"{visitor.url}/card/look", {"form": visitor.secret, **said})
    assert answer.status_code == 200
    return answer.json()


def test_what_is_wrong_is_said_field_by_field_while_it_is_typed(visitor: Visitor) -> None:
    said = looked_at(visitor, **{**CARD, "card.licence": "cc by sa", "language.year": "soon"})
    wrong = {name for name, sentence in said["wrong"].items() if sentence}
    assert wrong == {"card.licence", "language.year"}
    assert "did you mean 'CC-BY-SA-4.0'?" in said["wrong"]["card.licence"]
    assert said["verdict"] == "Something is wrong above."
    assert looked_at(visitor, **CARD)["verdict"] == "All that is needed is said."
    assert looked_at(visitor, **{"card.name": "a"})["verdict"] == "10 more answers are needed."


def given(visitor: Visitor, text: str, **how: str) -> tuple[str, str]:
    files = [("files", ("tat_Cyrl.txt", text.encode())), ("files", ("LICENSE", b"In the public domain."))]
    path = visitor.post("/card", {**CARD, **how}, files)
    visitor.wait(path)
    return path, visitor.get(path)


def archive(visitor: Visitor, path: str) -> ZipFile:
    return ZipFile(BytesIO(visitor.saved(f"{path}/made/tukay.zip")))


def test_the_archive_is_a_folder_that_is_ready(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, page = given(visitor, TYPED)
    assert "It is ready to be given." in page
    archive(visitor, path).extractall(tmp_path)
    assert sorted(one.name for one in (tmp_path / "tukay").iterdir()) == [
        "LICENSE",
        "corpus.toml",
        "tat_Cyrl.txt",
    ]
    assert (tmp_path / "tukay/tat_Cyrl.txt").read_text("utf-8") == TYPED
    card = toml.read(tmp_path / "tukay/corpus.toml")
    assert card["collectors"] == ["Name Surname", "Other Name"]
    assert card["ocr"] is False
    assert card["languages"]["tat_Cyrl"]["year"] == 1909
    monkeypatch.chdir(tmp_path)
    assert main(["corpora", "card", "tukay"]) == 0
    assert "ready for a submission" in capsys.readouterr().out


def test_only_counts_leave_and_all_of_them_are_shown(visitor: Visitor, tmp_path: Path) -> None:
    text = TYPED * 12
    path, page = given(visitor, text, counts="1", **{"card.counts_licence": "CC0-1.0"})
    with archive(visitor, path) as files:
        assert sorted(files.namelist()) == ["tukay/LICENSE", "tukay/corpus.toml", "tukay/tukay.words.tsv.xz"]
        table = lzma.decompress(files.read("tukay/tukay.words.tsv.xz")).decode()
        assert 'licence = "NONE"' in files.read("tukay/corpus.toml").decode()
    (tmp_path / "tat_Cyrl.txt").write_text(text, "utf-8")
    made = tmp_path / "made.words.tsv"
    main(["corpora", "condense", f"tat={tmp_path / 'tat_Cyrl.txt'}", "-o", str(made)])
    assert table == made.read_text("utf-8")
    previews = [unescape(one) for one in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)]
    assert table.replace("\t", "  ").rstrip("\n") in previews
    for line in TYPED.splitlines():
        assert line not in page


def test_sizes_are_russian_on_russian_pages(served: Served) -> None:
    visitor = Visitor(served.url, "ru")
    assert "Больше 512 МБ за раз" in visitor.get("/")
    _path, page = given(visitor, TYPED)
    assert f"LICENSE · {len(b'In the public domain.')} байт<" in page
    assert not re.search(r"\d (bytes|[kMG]B)\b", page)


def test_what_is_missing_is_named_and_what_was_typed_is_kept(visitor: Visitor) -> None:
    _path, page = given(visitor, TYPED, **{"card.source": "", "card.summary": "<b>"})
    assert "Missing for a submission:" in page
    assert "Where the text is from" in page
    kept = visitor.get("/card")
    assert 'value="tukay"' in kept
    assert "&lt;b&gt;</textarea>" in kept
    assert re.search(r'<option value="no" selected>', kept)


@pytest.mark.parametrize("language", ["", "Klingon"])
def test_what_was_given_is_kept_where_the_language_is_not_known(language: str, visitor: Visitor) -> None:
    path = visitor.post("/card", {**CARD, "language": language}, [("files", ("a.txt", TYPED.encode()))])
    visitor.wait(path)
    page = visitor.get(path)
    assert f'action="{path}/pack"' in page
    assert f'action="{path}/again"' not in page
    assert "--file" not in page
    visitor.wait(visitor.post(f"{path}/pack", {"language": "Tatar"}))
    with archive(visitor, path) as files:
        assert files.read("tukay/a.txt").decode() == TYPED
        assert "[languages.tat_Cyrl]" in files.read("tukay/corpus.toml").decode()


@pytest.mark.parametrize("name", ["../../x", "a/b", "<script>", "\u202e", "con\n"])
def test_no_name_leads_elsewhere(name: str, visitor: Visitor) -> None:
    _path, page = given(visitor, TYPED, **{"card.name": name})
    assert page.count("<script") == 1
    [link] = re.findall(r'href="([^"]+\.zip)"', page)
    with ZipFile(BytesIO(visitor.saved(unescape(link)))) as files:
        for one in files.namelist():
            folder, _, file = one.partition("/")
            assert file in ("LICENSE", "corpus.toml", "tat_Cyrl.txt")
            assert folder not in ("..", "")

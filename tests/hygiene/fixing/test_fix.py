"""Fixing: only the words that are wrong change; what is left, and what is refused, is said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.corpora.base import Source
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, make_plan
from langcov.hygiene.engine.exceptions import Exceptions
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.fixing.copy import write_copy
from langcov.hygiene.fixing.diff import unified
from langcov.hygiene.fixing.fix import WHITE_SPACE, check_source, fix
from langcov.languages import find
from tests.hygiene.fixing.rules import FEW, TEXTS, checks, copied, fixed, opened, toy


@FEW
@given(TEXTS, st.integers(1, 12))
def test_words_are_fixed_and_nothing_else(tmp_path: Path, text: str, size: int) -> None:
    path = tmp_path / "che.txt"
    path.write_bytes(text.encode())
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    expected = mark + re.sub(r"[^\s]+", lambda word: fixed(word[0]), body)
    assert copied(path, toy(chunk_bytes=size)).decode() == expected
    path.write_bytes(expected.encode())
    assert copied(path).decode() == expected


def test_what_is_left_is_said_with_its_check(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("Х1окху аг1онан хIун\nх1ара х1ара k1@mail.ru\n", "utf-8")
    source = resolve([f"che={path}"])[0].sources[0]
    for also, offered in (((), {"palochka": 4}), (("palochka",), {})):
        assert fix(source, make_plan("che_Cyrl", Settings(also=also), Exceptions())).offered == offered


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("tat", "Hәр кеше\nһәр көнне\nШӘHӘРЕ шәһәре", "Һәр кеше\nһәр көнне\nШӘҺӘРЕ шәһәре"),
        ("che", "Iуьйре дика. Iедал\nХӏун ду? цIа\nЗӏе", "Ӏуьйре дика. Ӏедал\nХӏун ду? цӏа\nЗӏе"),
        ("krc", "а уа cap\nсар, ya da 1/16", "а уа сар\nсар, ya da 1/16"),
    ],
)
def test_what_is_fixed_by_its_place_stays_so(tmp_path: Path, language: str, old: str, new: str) -> None:
    path, plan = tmp_path / "old.txt", make_plan(find(language).id, Settings(), Exceptions())
    for text in (old, new):
        path.write_text(f"{text}\n", "utf-8")
        write_copy(
            fix(resolve([f"{language}={path}"])[0].sources[0], plan), tmp_path / "new.txt", tmp_path / "log"
        )
        assert (tmp_path / "new.txt").read_text("utf-8") == f"{new}\n"


def test_an_address_stays(tmp_path: Path) -> None:
    path = tmp_path / "tat.txt"
    path.write_text("алар мәктәп\naлap@мәктәп.ру http://сайт.ру/aлap aлap.txt aлap\n", "utf-8")
    plan = make_plan("tat_Cyrl", Settings(also=["lookalike"]), Exceptions())
    fixing = fix(resolve([f"tat={path}"])[0].sources[0], plan)
    changes = [change for block in fixing.blocks() for line in block.changes.values() for change in line]
    assert [change.fix.before for change in changes] == ["aлap"]


@pytest.mark.parametrize(
    ("encoding", "text", "becomes"),
    [
        ("cp1251", "уI\u00adв\r\n", "utf-8"),
        ("cp1251", "у\u00adв x\r\n", "cp1251"),
        ("utf-16", "хIун\r\n", "utf-16-le"),
        ("utf-16-be", "\ufeffхIун\n", "utf-16-be"),
        ("utf-8-sig", "хIун", "utf-8"),
        ("gb18030", "хIун", "utf-8"),
    ],
)
def test_the_encoding_is_kept_where_it_can_be(tmp_path: Path, encoding: str, text: str, becomes: str) -> None:
    path = tmp_path / "che.txt"
    path.write_bytes(text.encode(encoding))
    fixing = opened(path, toy(encoding=encoding))
    assert fixing.encoding.new == becomes
    expected = re.sub(r"\S+", lambda word: fixed(word[0]), text).encode(
        encoding if becomes != "utf-8" else "utf-8"
    )
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    assert copied(path, toy(encoding=encoding)) == mark + expected


def test_what_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIx I\nа\nI @\n", "utf-8")
    fixing = opened(path)
    assert len(list(fixing.blocks())) == 1
    assert (fixing.lines, fixing.words) == (2, 3)
    assert fixing.by_check == {"rule0": 3, "rule1": 1} and fixing.left == {WHITE_SPACE: 1}


def test_a_check_that_only_suggests_is_asked_by_name(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text('xIq "x"', "utf-8")
    quotes = Check(
        "quotes",
        "",
        "",
        word=lambda word, evidence: (
            [Issue("quotes", "note", 0, 1, '"', "", {}, word.replace('"', "«"))] if '"' in word else []
        ),
        suspects=lambda evidence: '"',
    )

    def shy(check: Check) -> Check:
        def word(text: str, evidence: Evidence) -> list[Issue]:
            return (
                [replace(issue, automatic=False) for issue in check.word(text, evidence)]
                if check.word
                else []
            )

        return replace(check, word=word)

    chosen = Chosen([*map(shy, checks()), quotes])
    assert copied(path, replace(toy(), chosen=chosen)).decode() == 'xIq "x"'
    named = replace(chosen, named=["rule1", "quotes"])
    assert copied(path, replace(toy(), chosen=named)).decode() == 'ххIq "хх"'


@pytest.mark.parametrize("name", ["rus.parquet", "rus.words.tsv"])
def test_formats_that_are_not_fixed_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PAR1")
    with pytest.raises(UserError, match=r"is not fixed: .*(export|condense)"):
        opened(path)


def test_only_plain_files_are_fixed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no plain file"):
        check_source(Source("che_Cyrl", str(tmp_path), "txt"))


def test_a_line_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_bytes("а\nхI\n".encode() + b"\xff\n")
    with pytest.raises(UserError, match="line 3, byte 1: not valid utf-8"):
        opened(path)


REAL = {
    "udhr/ady_Cyrl.txt": ("ady", "tsv", 119),
    "flores_plus/chv_Cyrl.txt": ("chv", "txt", None),
    "ud/UD_Abaza-ATB.conllu": ("abq", "conllu", 279),
    "ud/UD_Chukchi-HSE.conllu": ("ckt", "conllu", 0),
    "commonvoice/sah.txt": ("sah", "txt", None),
}


@pytest.mark.parametrize("name", REAL)
def test_fixing_a_real_file_twice_is_fixing_it_once(shared: Path, tmp_path: Path, name: str) -> None:
    language, form, words = REAL[name]
    source = tmp_path / Path(name).name
    whole = (shared / "corpora" / name).read_bytes().split(b"\n")
    source.write_bytes(b"\n".join(whole if form == "conllu" else whole[:200]) + b"\n")
    plan = make_plan(find(language).id, Settings(), Exceptions())
    fixing = fix(Source(plan.language.id, str(source), form), plan)
    copy = tmp_path / f"new.{form}"
    write_copy(fixing, copy, tmp_path / "log")
    assert not fixing.left and (words is None or fixing.words == words)
    old, new = source.read_bytes().split(b"\n"), copy.read_bytes().split(b"\n")
    changed = [index for index, (one, other) in enumerate(zip(old, new)) if one != other]
    assert len(old) == len(new) and len(changed) == fixing.lines
    if form == "tsv":
        assert [row.partition(b"\t")[0] for row in old] == [row.partition(b"\t")[0] for row in new]
    again = fix(Source(plan.language.id, str(copy), form), plan)
    assert not list(unified(again.blocks(), name))

"""Fixing: only the bytes of fixed words change, in every format; copies, logs and diffs agree."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.formats import format_of
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, make_plan
from langcov.hygiene.engine.exceptions import Exceptions
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.fixing import diff as fix_diff
from langcov.hygiene.fixing.conllu import APART, BETWEEN
from langcov.hygiene.fixing.copy import beside, log_beside, write_copy
from langcov.hygiene.fixing.diff import unified
from langcov.hygiene.fixing.fix import WHITE_SPACE, Fixing, check_source, fix
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of

RULES = {"I": "ӏ", "x": "хх", "\u00ad": "", "и\u0306": "й", "@": "а б", "q": '"'}
"""One letter for one, two for one, none for one, one for two, a space, a quotation mark."""


def _checks() -> list[Check]:
    """A check for each rule, by its place."""

    def check(number: int, wrong: str, right: str) -> Check:
        def issues(word: str, evidence: Evidence) -> Iterable[Issue]:
            if wrong in word:
                at = word.index(wrong)
                new = word.replace(wrong, right)
                yield Issue(f"rule{number}", "error", at, at + len(wrong), wrong, "", {}, new, automatic=True)

        return Check(f"rule{number}", "", "", word=issues, suspects=lambda evidence: wrong)

    return [check(number, wrong, right) for number, (wrong, right) in enumerate(RULES.items())]


def toy(**options: Any) -> Plan:
    """The rules for Chechen."""
    return Plan(find("che"), alphabet_of("che"), Chosen(_checks()), options=ReadOptions(**options))


def fixed(word: str) -> str:
    """What the rules make of a word, but for a space."""
    new = word
    for wrong, right in RULES.items():
        new = new.replace(wrong, right)
    return new if new.split() == [new] else word


def opened(path: Path, plan: Plan | None = None) -> Fixing:
    return fix(Source("che_Cyrl", str(path), format_of(str(path)) or "txt"), plan or toy())


def copied(path: Path, plan: Plan | None = None) -> bytes:
    """The fixed copy, whose log says the truth."""
    fixing = opened(path, plan)
    copy = beside(str(path))
    write_copy(fixing, copy, log_beside(copy))
    old, new = path.read_bytes(), copy.read_bytes()
    for line in log_beside(copy).read_text("utf-8").splitlines():
        record = json.loads(line)
        if "left" not in record and path.suffix not in (".jsonl", ".csv"):
            before, after = (
                record[key].encode(name) for key, name in zip(("before", "after"), fixing.encoding)
            )
            assert old[record["byte"] :].startswith(before)
            assert new[record["new_byte"] :].startswith(after)
            rows = old.decode(fixing.encoding.old).removeprefix("\ufeff")
            row = rows.split("\n" if "\n" in rows else "\r")[record["line"] - 1]
            assert row[record["column"] - 1 :].startswith(record["before"])
    return new


LETTERS = st.sampled_from([*"абйи\u0306Ixq@\u00ad, \t\u00a0\r\n\n", "хӏун", "I", "\r\n", "кх"])
TEXTS = st.builds(
    lambda mark, text: mark + text,
    st.sampled_from(["", "\ufeff"]),
    st.lists(LETTERS, max_size=40).map("".join),
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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


@settings(FEW, max_examples=40)
@given(TEXTS, st.integers(1, 40))
def test_patch_makes_the_copy_of_the_diff(tmp_path: Path, text: str, size: int) -> None:
    if not shutil.which("patch"):
        pytest.skip("needs patch")
    path = tmp_path / "a che.txt"
    text = text if "\n" in text else text.replace("\r", "")  # patch knows no line that ends with CR alone
    path.write_bytes(text.encode())
    new = copied(path, toy(chunk_bytes=size))
    diff = "".join(unified(opened(path, toy(chunk_bytes=size)).blocks(), path.name))
    assert (diff == "") == (new == text.encode())
    if diff:
        subprocess.run(["patch", "-p0"], input=diff.encode(), cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == new


def test_git_takes_the_diff(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("\n".join(["хIун", *map(str, range(20)), "дIа\r", "уьI"]), "utf-8")
    diff = "".join(unified(opened(path).blocks(), path.name))
    assert diff.count("@@ -") == 2 and diff.endswith("\\ No newline at end of file\n")
    new = copied(path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-p0"], input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == new


@pytest.mark.parametrize("tool", [["patch", "-p0"], ["git", "apply", "-p0"]])
@pytest.mark.parametrize("name", [b"bad\xff.txt", b"a\nb\x1b[31m.txt", b'\xe2\x80\xae "q"\\.txt'])
def test_any_name_of_a_file(tmp_path: Path, name: bytes, tool: list[str]) -> None:
    if not shutil.which(tool[0]):
        pytest.skip(f"needs {tool[0]}")
    path = tmp_path / os.fsdecode(name)
    path.write_text("хIун\n", "utf-8")
    diff = "".join(unified(opened(path).blocks(), path.name))
    assert diff.replace("\n", "").replace("\t", "").isprintable()
    new = copied(path)
    subprocess.run(tool, input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == new


def test_a_long_hunk_goes_through_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 1000, "utf-8")
    held = list(unified(opened(path).blocks(), path.name))
    monkeypatch.setattr(fix_diff, "MOST_HELD", 100)
    assert list(unified(opened(path).blocks(), path.name)) == held
    assert held[2:5] == ["@@ -1,1000 +1,1000 @@\n", "-хIун\n", "+хӏун\n"]


def test_only_the_text_column_of_a_table_changes(tmp_path: Path) -> None:
    path = tmp_path / "che.tsv"
    path.write_bytes("I/1\tхIун\tI\r\nI/2\t\t\n\nI/3\tдIа\tI".encode())
    assert copied(path, toy(text_column=2)).decode() == "I/1\tхӏун\tI\r\nI/2\t\t\n\nI/3\tдӏа\tI"
    assert copied(path, toy(text_column=3)).decode() == "I/1\tхIун\tӏ\r\nI/2\t\t\n\nI/3\tдIа\tӏ"
    path.write_bytes("I/1\tхIун\r\nI/2\t\n\nI/3\tдIа".encode())
    assert copied(path).decode() == "I/1\tхӏун\r\nI/2\t\n\nI/3\tдӏа"
    path.write_bytes("I\ttext\nI\tдIа".encode())
    assert copied(path).decode() == "I\ttext\nI\tдӏа"


CELLS = st.lists(st.text(st.sampled_from('абIq", ;\n'), max_size=6), min_size=2, max_size=2)


@FEW
@given(st.lists(CELLS, min_size=1, max_size=4), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_only_the_cell_of_the_text_changes_in_csv(
    tmp_path: Path, rows: list[list[str]], quoting: Any
) -> None:
    path, file = tmp_path / "che.csv", StringIO()
    csv.writer(file, lineterminator="\r\n", quoting=quoting).writerows(rows)
    path.write_bytes(file.getvalue().encode())
    new = copied(path, toy(text_column=2, delimiter=",")).decode()
    for old, row in zip(rows, csv.reader(StringIO(new, newline=""), strict=True), strict=True):
        quoted = quoting == csv.QUOTE_ALL or set(old[1]) & set('",\n') or "q" not in old[1]
        assert row == [old[0], re.sub(r"\S+", lambda word: fixed(word[0]), old[1]) if quoted else old[1]]
    if not any("I" in cell or "q" in cell for _, cell in rows):
        assert new == file.getvalue()


def test_a_csv_stays_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "che.csv"
    path.write_bytes('\ufeffI;text\r\nI;"х""I"" ""а"\r\n"I";дIа\nI;кq'.encode())
    assert copied(path).decode() == '\ufeffI;text\r\nI;"х""ӏ"" ""а"\r\n"I";дӏа\nI;кq'
    assert next(iter(opened(path).blocks())).left[0][2].startswith("Fixed, it would hold a sign")


RECORDS = [
    (
        '{"id": "I", "text": "хIун",  "note": "I \\u0041"}',
        '{"id": "I", "text": "хӏун",  "note": "I \\u0041"}',
    ),
    (
        '{"text": "\\u0445I\\u0443\\u043d \\/ \\n\\ud83d\\ude00 I"}',
        '{"text": "\\u0445\\u04cf\\u0443\\u043d \\/ \\n\\ud83d\\ude00 \\u04cf"}',
    ),
    (
        '{"text": "text I", "n": {"text": "I"}, "text": "a\\tI\\"q"}',
        '{"text": "text I", "n": {"text": "I"}, "text": "a\\tӏ\\"\\""}',
    ),
    ('  { "a":[1,{"b":"}"}],"t\\u0065xt" : "xx" } \r', '  { "a":[1,{"b":"}"}],"t\\u0065xt" : "хххх" } \r'),
    ('{"text": "к\\u00adI"}', '{"text": "кӏ"}'),
    ('{"text": "\\ud83d\\ude00 \\ud83dкI \\ude00"}', '{"text": "\\ud83d\\ude00 \\ud83dкӏ \\ude00"}'),
]


@pytest.mark.parametrize("size", [1, 2000])
def test_only_the_string_of_the_field_changes_in_json_lines(tmp_path: Path, size: int) -> None:
    path = tmp_path / "che.jsonl"
    path.write_text("\n".join([*(old for old, _ in RECORDS), "", '{"text": ""}']), "utf-8", newline="")
    new = copied(path, toy(chunk_bytes=size)).decode()
    assert new == "\n".join([*(new for _, new in RECORDS), "", '{"text": ""}'])
    path.write_text(new, "utf-8", newline="")
    assert copied(path).decode() == new


@settings(FEW, max_examples=60)
@given(
    st.lists(LETTERS | st.sampled_from(['"', "\\", "/", "\U0001f600"]), max_size=20).map("".join),
    st.booleans(),
)
def test_any_string_of_a_record_is_fixed(tmp_path: Path, text: str, escaped: bool) -> None:
    path = tmp_path / "che.jsonl"
    head, tail = '{"id": "I/\\u0041", "text": ', ', "note": "I"}\n'
    path.write_text(head + json.dumps(text, ensure_ascii=escaped) + tail, "utf-8", newline="")
    new = copied(path).decode()
    assert new.startswith(head) and new.endswith(tail)
    assert json.loads(new)["text"] == re.sub(r"\S+", lambda word: fixed(word[0]), text)


@settings(FEW, max_examples=60)
@given(
    st.lists(st.lists(LETTERS | st.sampled_from(['"', "\\", "\\u"]), max_size=6).map("".join), max_size=4),
    st.booleans(),
)
def test_any_string_at_the_end_of_a_path_is_fixed(tmp_path: Path, texts: list[str], escaped: bool) -> None:
    path = tmp_path / "che.jsonl"
    record = {"a": {"I": "I", "b": [{"c": text, "I": ["I"]} for text in texts]}, "c": "I"}
    path.write_text(json.dumps(record, ensure_ascii=escaped) + "\n", "utf-8", newline="")
    new = json.loads(copied(path, toy(text_field="a.b.c")))
    made = [re.sub(r"\S+", lambda word: fixed(word[0]), text) for text in texts]
    assert new == {"a": {"I": "I", "b": [{"c": text, "I": ["I"]} for text in made]}, "c": "I"}


def test_the_log_of_records_has_a_row_a_word(tmp_path: Path) -> None:
    path = tmp_path / "che.jsonl"
    path.write_text('{"text": "гIатI, \\u0433\\u0049"}\n', "utf-8")
    old, new = path.read_bytes(), copied(path)
    rows = [json.loads(row) for row in log_beside(beside(str(path))).read_text("utf-8").splitlines()]
    assert [(row["before"], row["after"]) for row in rows] == [("гIатI,", "гӏатӏ,"), ("гI", "гӏ")]
    for row, was, becomes in zip(rows, ("гIатI,", "\\u0433\\u0049"), ("гӏатӏ,", "\\u0433ӏ")):
        assert old[row["byte"] :].startswith(was.encode())
        assert new[row["new_byte"] :].startswith(becomes.encode())


def sentence(text: str, *rows: str) -> str:
    """A sentence of CoNLL-U; a row is id, form and perhaps MISC."""
    parts = [[*row.split(), "_"][:3] for row in rows]
    tokens = [f"{number}\t{form}\t_\tX\tI\t_\t0\troot\t_\t{misc}" for number, form, misc in parts]
    return "\n".join([f"# sent_id = I{len(rows)}", f"# text = {text}", *tokens, "", ""])


GLUED = "SpaceAfter=No"
TREES = [
    (
        ("«хIун» дIа.", f"1 « Gloss=I|{GLUED}", f"2 хIун {GLUED}", "3 »", f"4 дIа {GLUED}", "5 ."),
        ("«хӏун» дӏа.", f"1 « Gloss=I|{GLUED}", f"2 хӏун {GLUED}", "3 »", f"4 дӏа {GLUED}", "5 ."),
    ),
    (
        ("хIуну I", "1-2 хIуну", "1 хIун", "2 у", "2.1 I", "3 I"),
        ("хӏуну ӏ", "1-2 хӏуну", "1 хӏун", "2 у", "2.1 I", "3 ӏ"),
    ),
    (
        ("хIу I", "1-2 хIу", "1 хIун", "2 I", "3 I"),
        ("хӏу ӏ", "1-2 хӏу", "1 хIун", "2 I", "3 ӏ"),
    ),
    (("aIx xб", "1 aIx", "2 xб"), ("aӏхх ххб", "1 aӏхх", "2 ххб")),
    (("к\u00adап x", "1 к\u00adап", f"2 x {GLUED}"), ("кап хх", "1 кап", f"2 хх {GLUED}")),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [1, 200, 100_000])
def test_text_and_forms_are_fixed_together(tmp_path: Path, size: int, end: str) -> None:
    path = tmp_path / "che.conllu"
    old, right = ("".join(sentence(*tree) for tree in trees).replace("\n", end) for trees in zip(*TREES))
    path.write_text(old, "utf-8", newline="")
    assert copied(path, toy(chunk_bytes=size)).decode() == right
    path.write_text(right, "utf-8", newline="")
    assert copied(path).decode() == right


@pytest.mark.parametrize(
    ("form", "lemma", "fixed", "becomes"),
    [
        ("çын", "çын", "ҫын", "ҫын"),
        ("Пĕтĕм", "пĕтĕм", "Пӗтӗм", "пӗтӗм"),
        ("çынсем", "çын", "ҫынсем", "ҫын"),  # letter by letter
        ("Çынсем", "çын", "Ҫынсем", "ҫын"),
        ("ӑна\u0306", "ӑна\u0306", "ӑнӑ", "ӑнӑ"),
        ("çын", "_", "ҫын", "_"),
        ("хула", "çын", "хула", "çын"),  # another word: its form is right
    ],
)
def test_a_lemma_gets_the_letters_of_its_form(
    tmp_path: Path, form: str, lemma: str, fixed: str, becomes: str
) -> None:
    path = tmp_path / "chv.conllu"
    rest = "\tX\t_\t_\t0\troot\t_\t_\n"
    row = f"# text = {{0}} хула\n1\t{{0}}\t{{1}}{rest}2\tхула\tхула{rest}\n"
    path.write_text(row.format(form, lemma), "utf-8")
    plan = make_plan("chv_Cyrl", Settings(), Exceptions())
    write_copy(fix(resolve([f"chv={path}"])[0].sources[0], plan), tmp_path / "new.conllu", tmp_path / "log")
    assert (tmp_path / "new.conllu").read_text("utf-8") == row.format(fixed, becomes)
    changed = [json.loads(line)["after"] for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert changed == ([fixed, fixed] if form != fixed else []) + ([becomes] if lemma != becomes else [])


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
    ("tree", "reason"),
    [
        (("хIун ду", "1 хIун", "2 да"), APART),
        (("хIун ду", "1 хIун", "2 ду", "3 ду"), APART),
        (("хIунду", "1 хIун", "2 ду"), APART),
        (("хIун ду", "1 хIун " + GLUED, "2 ду"), APART),
        (("xа", "1 x " + GLUED, "2 а"), ""),
        (("иxI", "1 и " + GLUED, "2 x " + GLUED, "3 I"), BETWEEN),
        (("@", "1 @"), WHITE_SPACE),
    ],
)
def test_a_sentence_that_cannot_be_fixed_whole_is_left(
    tmp_path: Path, tree: Sequence[str], reason: str
) -> None:
    path = tmp_path / "che.conllu"
    path.write_text(sentence(tree[0], *tree[1:]) + sentence("I", "1 I"), "utf-8")
    fixing = opened(path)
    write_copy(fixing, tmp_path / "new.conllu", tmp_path / "log.jsonl")
    assert dict(fixing.left) == ({reason: 1} if reason else {})
    assert fixing.words == (1 if reason else 2)
    new = (tmp_path / "new.conllu").read_text("utf-8")
    assert new.startswith(sentence(tree[0], *tree[1:])) == bool(reason)
    assert new.endswith(sentence("ӏ", "1 ӏ"))
    left = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [record["left"] for record in left if "left" in record] == ([reason] if reason else [])


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


@pytest.mark.parametrize(
    ("suffix", "unpack"),
    [
        (".gz", gzip.decompress),
        (".bz2", bz2.decompress),
        (".xz", lzma.decompress),
        (".zst", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
    ],
)
def test_the_copy_is_compressed_as_its_name_says(
    tmp_path: Path, suffix: str, unpack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 9, "utf-8")
    copy = tmp_path / f"new.txt{suffix}"
    write_copy(opened(path), copy, tmp_path / "log")
    assert unpack(copy.read_bytes()).decode() == "хӏун\n" * 9
    again = opened(copy)
    assert not list(unified(again.blocks(), "x")) and again.words == 0


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

    chosen = Chosen([*map(shy, _checks()), quotes])
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


@pytest.mark.parametrize("changed", ["дIа\n", "хIун\nхIун\n", "дуьнен\n"])
def test_a_file_that_changes_meanwhile_is_noticed(changed: str, tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n", "utf-8")
    fixing = opened(path)
    path.write_text(changed, "utf-8")
    with pytest.raises(UserError, match="was changed while it was read"):
        write_copy(fixing, tmp_path / "new.txt", tmp_path / "log")
    assert sorted(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 100, "utf-8")
    blocks: Iterator[int] | None = None

    def interrupt(name: str, size: int) -> None:
        if blocks and next(blocks) == 3:
            raise KeyboardInterrupt

    fixing = opened(path, replace(toy(chunk_bytes=100), progress=interrupt))
    blocks = count(1)  # not while the words are found
    with pytest.raises(KeyboardInterrupt):
        write_copy(fixing, tmp_path / "new.txt", tmp_path / "log")
    assert sorted(tmp_path.iterdir()) == [path]


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

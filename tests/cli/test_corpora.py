"""Every way to name a corpus, good and bad; and ``langcov corpora``."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.cli.conftest import Run

LINES = ["кот спит", "", "дом"] * 20


def totals(run: Run, *args: object) -> dict[str, Any]:
    """The totals of the one language that was measured."""
    ran = run("tokenizers", "bytes", "--format", "json", "--corpus", *args)
    assert (ran.code, ran.err) == (0, "")
    [found] = json.loads(ran.out)["totals"]
    return dict(found)


def text(end: str = "\n") -> bytes:
    return "".join(line + end for line in LINES).encode()


def parquet(path: Path) -> None:
    pq.write_table(pa.table({"text": LINES}), path)


WAYS: dict[str, Callable[[Path], object]] = {
    "rus.txt": lambda path: path.write_bytes(text()),
    "rus.txt.gz": lambda path: path.write_bytes(gzip.compress(text())),
    "rus.txt.xz": lambda path: path.write_bytes(lzma.compress(text())),
    "rus_Cyrl.txt.zst": lambda path: path.write_bytes(zstandard.compress(text())),
    "ru.jsonl": lambda path: path.write_text("".join(json.dumps({"text": t}) + "\n" for t in LINES)),
    "rus.conllu": lambda path: path.write_text("".join(f"# text = {t}\n1\tx\n\n" for t in LINES), "utf-8"),
    "rus.parquet": parquet,
    "rus.txt.parquet": parquet,
    "Russian.txt": lambda path: path.write_bytes(b"\xef\xbb\xbf" + text("\r\n")),
}


@pytest.mark.parametrize("name", [name for name in WAYS if name != "rus.txt.parquet"])
@pytest.mark.parametrize(
    "spec", ["{path}", "{folder}", "{folder}/[Rr]u*", "rus={path}", "русский={folder}/*u*"]
)
def test_the_same_text_however_it_is_named(name: str, spec: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / name
    WAYS[name](path)
    found = totals(run, spec.format(path=path, folder=tmp_path))
    assert (found["language"], found["lines"], found["empty_lines"]) == ("rus_Cyrl", 40, 20)
    assert (found["words"], found["bytes"]) == (60, 20 * (15 + 6))


def test_keys_and_word_tables(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"k{i}\t{line}\n" for i, line in enumerate(LINES * 10))
    (tmp_path / "rus.tsv").write_text(rows, "utf-8")
    assert totals(run, tmp_path / "rus.tsv")["bytes"] == 4200
    for ending in ("", ".gz", ".bz2", ".xz", ".zst"):
        table = tmp_path / f"x.words.tsv{ending}"
        ran = run("corpora", "condense", f"rus={tmp_path}/rus.tsv", "-o", table)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"{table}: 1 language of ")
        assert (totals(run, table)["bytes"], totals(run, table)["words"]) == (4200, 600)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Sentences among other columns, without a header; a letter of every other one is a look-alike."""
    rows = "".join(f"{n}\tкот {'cс'[n % 2]}пит\tthe cat\tuser{n}@example.org\n" for n in range(200))
    (tmp_path / "rus.tsv").write_text(rows, "utf-8")
    return tmp_path / "rus.tsv"


COMMANDS = {
    "tokenizers bytes --format json --corpus": '"lines": 200, "empty_lines": 0, "words": 400',
    "lid cld2 --format json --corpus": '"lines": 200, "empty_lines": 0',
    "corpora condense -o x.words.tsv": "200 lines, 400 words",
    "corpora check --lid none": "200 lines · 400 words",
    "corpora fix": "+0\tкот спит\tthe cat\tuser0@example.org\n",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_same_column(
    command: str, run: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pycld2")
    monkeypatch.chdir(table.parent)
    args, wanted = command.split(), COMMANDS[command]
    ran = run(*args, table)
    assert (ran.code, ran.out) == (2, "")
    assert "line 1: 4 columns (1 '0', 2 'кот cпит', 3 'the cat', 4 'user0@" in ran.complaint
    assert "--text-column (a name or a number)" in ran.complaint
    assert "no column 5" in run(*args, table, "--text-column", 5).complaint
    assert "no column 'text'" in run(*args, table, "--text-column", "text").complaint
    assert wanted in run(*args, table, "--text-column", 2).out
    table.write_text("id\tru\ten\twho\n" + table.read_text("utf-8"), "utf-8")
    assert wanted in run(*args, table, "--text-column", "ru").out
    table.write_text(table.read_text("utf-8").replace("\tru\t", "\tSentence\t", 1), "utf-8")
    assert wanted in run(*args, table).out
    if "condense" in command:
        counted = Path("x.words.tsv").read_text("utf-8")
        assert "кот" in counted and "example" not in counted and "cat" not in counted


def test_the_signature_names_a_column_that_was_asked_for(run: Run, table: Path) -> None:
    args = ("tokenizers", "bytes", "--format", "json", "--corpus", table, "--text-column")
    signatures = [json.loads(run(*args, column).out)["signature"]["short"] for column in (2, 3)]
    assert ["text-column:2|" in signatures[0], "text-column:3|" in signatures[1]] == [True, True]


def test_a_pipe_is_a_corpus(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(text(),))
    writer.start()
    assert totals(run, f"rus={tmp_path}/pipe")["lines"] == 40
    writer.join()


def test_bad_text_replaced_or_skipped(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rus.txt"
    path.write_bytes(b"ok\n" + "пё".encode("cp1251") + b"\na\0\nok\n")
    ran = run("tokenizers", "bytes", "--corpus", path)
    assert ran.code == 2
    assert f"{path}, line 2, byte 1: 0xef is not valid UTF-8" in ran.complaint
    assert totals(run, path, "--encoding-errors", "replace")["lines"] == 4
    assert totals(run, path, "--encoding-errors", "skip")["lines"] == 2
    ran = run("tokenizers", "bytes", "--corpus", path, "--encoding-errors", "skip", "--format", "json")
    result = json.loads(ran.out)
    assert result["corpora"][0]["skipped_lines"] == 2
    assert "encoding-errors:skip" in result["signature"]["short"]
    path.write_bytes("пё\n".encode("utf-16"))
    assert totals(run, path, "--encoding", "utf-16")["bytes"] == 4


BAD = {
    "empty.txt": b"",
    "blank.txt": b"\n\r\n\n",
    "cyrillic.txt": "о\nпё\n".encode("cp1251"),
    "nul.txt": b"a\nb\0c\n",
    "wide.txt": "слово\n".encode("utf-16"),
    "surrogate.jsonl": b'{"text": "ok"}\n{"text": "a\\ud800b"}\n',
    "cut.jsonl": b'{"text": "ok"}\n{"text": "a',
    "twice.tsv": b"a\tx\nb\ty\na\tz\n",
    "plain.tsv": b"a\tx\nno tab\n",
    "cut.txt.gz": gzip.compress(b"word\n" * 1000)[:-9],
    "plain.txt.gz": b"word\n",
    "plain.parquet": b"word\n",
    "sheet.csv": b"a,b\n",
    "data.json": b'["a"]',
    "table.words.tsv": b"language\trow\tplace\tword\tcount\nrus_Cyrl\t0\tstart\tx\t1\n",
    "short.txt": b"1\n2\n3\n",
    "long.txt": b"1\n2\n3\n4\n5\n",
}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("rus={}/empty.txt", "empty.txt holds no text (lines read: 0)"),
        ("rus={}/blank.txt", "blank.txt holds no text (lines read: 3)"),
        (
            "rus={}/cyrillic.txt",
            "cyrillic.txt, line 1, byte 1: 0xee is not valid UTF-8: give --encoding cp1251",
        ),
        ("rus={}/nul.txt", "nul.txt, line 2, byte 2: NUL is no text"),
        ("rus={}/wide.txt", "wide.txt, line 1, byte 1: 0xff is not valid UTF-8: give --encoding utf-16"),
        ("rus={}/short.txt --encoding utf-16", "short.txt is not utf-16 ("),
        ("rus={}/surrogate.jsonl", "surrogate.jsonl, line 2, character 2: lone surrogate U+D800"),
        ("rus={}/cut.jsonl", "cut.jsonl, line 2: not JSON"),
        ("rus={}/surrogate.jsonl --text-field body", "line 1: no field 'body' (there: 'text')"),
        ("rus={}/twice.tsv", "the key 'a' of line 3 is that of line 1 too"),
        ("rus={}/plain.tsv", "plain.tsv, line 2: no TAB"),
        ("rus={}/cut.txt.gz", "cut.txt.gz is damaged or cut short"),
        ("rus={}/plain.txt.gz", "plain.txt.gz is damaged or cut short"),
        ("rus={}/plain.parquet", "plain.parquet is no whole Parquet file"),
        ("rus={}/sheet.csv", "sheet.csv, line 1: any column may be the text (1 'a', 2 'b')"),
        ("rus={}/data.json", "data.json is one piece of JSON: write a record a line"),
        ("{}/table.words.tsv", "each of its rows needs a '#row' line"),
        ("rus={}/models/small.model", "small.model, line "),
        ("{}/models/small.model", "its name 'small' says no language"),
        ("rus={}", "is a folder: name a file in it"),
        ("rus={}/none.txt", "none.txt: no such file"),
        ("rus={}/none", "none is no such file"),
        ("rus=", "'rus=': no path after rus="),
        ("{}/none", "no such file or folder, nor a bundled name"),
        ("{}/none*", "no file matches"),
        ("{}/models", "like tat_Cyrl.txt, and no corpus.toml: name the files or folders in it"),
        ("{}/short.txt", "its name 'short' says no language: call it tat_Cyrl.txt, or write LANG="),
        ("tatr={}/short.txt", "unknown language 'tatr': did you mean Tatar (tat_Cyrl)"),
        ("rus={0}/short.txt --corpus rus={0}/models/../short.txt", "is named 2 times for rus_Cyrl"),
        ("rus={0}/short.txt --corpus eng={0}/long.txt --aligned", "/short.txt has 3, {0}/long.txt has 5"),
        (
            "rus={0}/short.txt --corpus eng={0}/long.txt --aligned --max-lines 4",
            "short.txt has 3, {0}/long.txt has 4",
        ),
        ("foo://x/rus.txt", "Protocol not known: foo"),
    ],
)
def test_what_is_no_corpus(args: str, message: str, run: Run, tmp_path: Path, toy: Path) -> None:
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    ran = run("tokenizers", "bytes", "--corpus", *args.format(tmp_path).split())
    assert ran.code == 2
    assert message.format(tmp_path) in ran.complaint


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (b"x", "not TOML"),
        (b"a = " + b"[" * 100_000, "not TOML"),
        (b"\xff", "not TOML"),
        (b"name = 5", "'name' must be a string"),
        (b"nmae = 'x'", "unknown field 'nmae'; a card may say name,"),
        (b"kind = 'x'", "kind is 'x'; it must be text, lexicon"),
        (b"documents = 'none.txt'", "none.txt is neither a file nor"),
        (b"keys = '['", "keys is no regular expression"),
        (rb"keys = '\u0430'", "keys is no regular expression"),
        (b"[languages]\nxyz = 'rus.txt'", "unknown language 'xyz'"),
        (b"[orthography]\nxyz = 'x'", "unknown language 'xyz'"),
        (b"[languages]\nrus = 5", "languages.rus must be a file name or a list"),
        (b"[languages]\nrus = '.'", "Say it with 'format'"),
    ],
)
def test_bad_cards(card: bytes, message: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_bytes(card)
    (tmp_path / "rus.txt").write_text("x\n")
    ran = run("tokenizers", "bytes", "--corpus", tmp_path)
    assert ran.code == 2
    assert ran.complaint.startswith(f"langcov: {tmp_path}/corpus.toml: ")
    assert message in ran.complaint


def test_a_card_that_lists_its_files_names_no_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_text("[languages]\nrus = 'текст.txt'\n", "utf-8")
    (tmp_path / "текст.txt").write_bytes(text())
    (tmp_path / "notes.txt").write_bytes(b"\xff")
    assert totals(run, tmp_path)["lines"] == 40


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("rus.txt -o x.tsv", "x.tsv: a word table is called X.words.tsv"),
        ("rus.txt -o none/x.words.tsv", "there is no folder none"),
        ("rus.txt -o x.words.tsv --max-lines 0", "'0' is no whole number from 1 up"),
        ("rus.txt eng.txt -o x.words.tsv", "a table holds one corpus, but 2 were named"),
        ("none.txt -o x.words.tsv", "no corpus 'none.txt'"),
        ("blank=rus.txt -o x.words.tsv", "unknown language 'blank'"),
    ],
)
def test_condense_refuses(
    args: str, message: str, run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(texts)
    ran = run("corpora", "condense", *args.split())
    assert ran.code == 2
    assert message in ran.complaint
    assert sorted(path.name for path in texts.iterdir()) == ["eng.txt", "rus.txt"]

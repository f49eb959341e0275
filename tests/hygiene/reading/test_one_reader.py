"""Each format is read once: the lines that are measured are the texts that are checked, each at its place."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import langcov
from langcov.corpora import Corpus, Provenance, ReadOptions, Source, read
from langcov.corpora.readers.formats import DOCUMENTS, FORMATS
from langcov.errors import UserError
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from tests.corpora.readers.documents.made import docx

Place = tuple[int, int, str]
"""Line of the file, code points before the text in it, the text."""
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
LINE = st.text(st.sampled_from("аӏя́ 1x😀\"'\\,\u2028\u00a0\ufeff"), max_size=10)
LINES = st.lists(LINE, min_size=1, max_size=12).filter(any)
BAD = b"\xe0\xea"


@dataclass(frozen=True)
class Layout:
    """A way to write lines down.

    Attributes:
        form: the format.
        rows: of the file, of some lines; None where it is not of lines.
        at: the place of each line in ``rows``, by its number.
        option: how it is read.
    """

    form: str
    rows: Callable[[Sequence[str]], list[str]] | None
    at: Callable[[int], int] = lambda number: number
    option: dict[str, Any] | None = None


def _keyed(lines: Sequence[str]) -> list[str]:
    return [f"k{number}\t{line}" for number, line in enumerate(lines)]


def _columns(lines: Sequence[str]) -> list[str]:
    return [f"x y\t{number}\t{line}\ttranslation\t" for number, line in enumerate(lines)]


def _headed(lines: Sequence[str]) -> list[str]:
    return ["client_id\tsentence\tup_votes", *(f"я b\t{line}\t5" for line in lines)]


def _quoted(lines: Sequence[str]) -> list[str]:
    doubled = (line.replace('"', '""') for line in lines)
    return ['"x ""y""";sentence', *(f'"x;""";"{line}"' for line in doubled)]


def _treebank(lines: Sequence[str]) -> list[str]:
    sentences = [["# newdoc", f"# text = {line}", "1\tx" + "\t_" * 8, ""] for line in lines]
    return [row for sentence in sentences for row in sentence]


def _records(lines: Sequence[str]) -> list[str]:
    """A record of two lines, the others of one; with blank rows between."""
    texts = ["\n".join(lines[:2]) + "\n", *lines[2:]]
    return [row for text in texts for row in (json.dumps({"id": "я", "text": text}), "")]


def _nested(lines: Sequence[str]) -> list[str]:
    """The same records, their lines in lists of objects; and records without text."""
    texts = [lines[:2], *([line] for line in lines[2:])]
    records = [{"a": {"b": [{"c": line} for line in text], "c": "я"}, "null": 1} for text in texts]
    return [row for record in records for row in (json.dumps(record, ensure_ascii=False), "")]


LAYOUTS = {
    "txt": Layout("txt", list),
    "keyed": Layout("tsv", _keyed),
    "columns": Layout("tsv", _columns, option={"text_column": 3}),
    "headed": Layout("tsv", _headed, lambda number: number + 1),
    "named": Layout("tsv", _headed, lambda number: number + 1, option={"text_column": "sentence"}),
    "quoted": Layout("csv", _quoted, lambda number: number + 1, option={"text_column": "sentence"}),
    "conllu": Layout("conllu", _treebank, lambda number: 4 * number + 1),
    "jsonl": Layout("jsonl", _records, lambda number: 2 * max(0, number - 1)),
    "nested": Layout("jsonl", _nested, lambda number: 2 * max(0, number - 1), {"text_field": "a.b.c"}),
    "parquet": Layout("parquet", None, lambda number: max(0, number - 1)),
    "memory": Layout("memory", None),
}


def test_every_format_is_tried() -> None:
    """Documents are lines of plain text to all but their readers (below)."""
    assert {layout.form for layout in LAYOUTS.values()} == FORMATS.keys() - set(DOCUMENTS)


def test_a_document_is_measured_as_it_is_checked(tmp_path: Path) -> None:
    lines = ["аӏя́ 1x", "", " 😀\"'\\", "\u2028\u00a0\ufeff"]
    path = tmp_path / "rus.docx"
    path.write_bytes(docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)))
    source = Source("rus_Cyrl", str(path), "docx")
    for size in (1, 1 << 20):
        options = ReadOptions(chunk_bytes=size)
        chunks = list(read(source, Corpus("", (source,)), options, Provenance()))
        checked = list(read_fields(source, Reading(options), Unreadable()))
        assert [line for chunk in chunks for line in chunk.text] == lines
        assert [text for fields in checked for text in fields.texts] == lines
        for several in ([chunk.places for chunk in chunks], [fields.numbers for fields in checked]):
            assert [number for some in several for number in some.tolist()] == [0, 1, 2, 3]


def written(folder: Path, layout: Layout, lines: Sequence[str], data: bytes | None, suffix: str) -> Source:
    path = folder / f"rus.{layout.form}{suffix}"
    if layout.form == "memory":
        return Source("rus_Cyrl", "<memory>", "memory", tuple(lines))
    if layout.form == "parquet":
        pq.write_table(pa.table({"text": ["\n".join(lines[:2]) + "\n", *lines[2:]]}), folder / "x.parquet")
        data = (folder / "x.parquet").read_bytes()
    assert data is not None
    path.write_bytes(COMPRESS[suffix](data))
    return Source("rus_Cyrl", str(path), layout.form)


def measured(source: Source, options: ReadOptions) -> list[str]:
    chunks = read(source, Corpus("c", (source,)), options, Provenance())
    return [line for chunk in chunks for line in chunk.text]


def checked(source: Source, options: ReadOptions, unreadable: Unreadable | None = None) -> list[Place]:
    found: list[Place] = []
    for fields in read_fields(source, Reading(options), unreadable or Unreadable()):
        found += zip(fields.numbers.tolist(), fields.prefixes.tolist(), fields.texts.to_list())
    return found


def at_place(source: Source, layout: Layout, rows: Sequence[str], place: Place) -> str:
    """What stands at a place, of the text there and as long as it, by plain reading."""
    line, before, text = place
    if layout.form == "memory":
        there = source.lines[line]
    elif layout.form == "parquet":
        there = pq.read_table(Path(source.path).parent / "x.parquet")["text"][line].as_py()
    elif layout.form == "jsonl":
        record = json.loads(rows[line])
        there = record["text"] if "text" in record else "".join(f"{one['c']}\n" for one in record["a"]["b"])
    else:
        there = rows[line]
    if layout.form == "csv":
        there = there[:before] + there[before:].replace('""', '"')
    return there[before : before + len(text)]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(deadline=None, max_examples=40)
@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n"]),
    whole=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    suffix=st.sampled_from([*COMPRESS]),
    chunk=st.integers(1, 60) | st.just(1 << 20),
)
def test_what_is_measured_is_what_is_checked(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    lines: list[str],
    end: str,
    whole: bool,
    encoding: str,
    suffix: str,
    chunk: int,
) -> None:
    layout = LAYOUTS[name]
    lines = [line.lstrip("\ufeff") for line in lines]
    rows = layout.rows(lines) if layout.rows else []
    body = end.join(rows) + (end if whole or (rows and not rows[-1]) else "")
    source = written(tmp_path_factory.mktemp("t"), layout, lines, body.encode(encoding), suffix)
    options = ReadOptions(encoding=encoding, chunk_bytes=chunk, **(layout.option or {}))
    if not any(lines):
        return
    wanted = [(layout.at(number), line) for number, line in enumerate(lines)]
    places = checked(source, options)
    assert measured(source, options) == [text for _, _, text in places]
    if wanted[-1][1] or whole or layout.form != "txt":
        assert [(line, text) for line, _, text in places] == wanted
    for place in places:
        assert at_place(source, layout, rows, place) == place[2]
    first = ReadOptions(encoding=encoding, chunk_bytes=chunk, max_lines=3, **(layout.option or {}))
    if any(measured_lines := [text for _, _, text in checked(source, first)]):
        assert measured(source, first) == measured_lines
        assert len(measured_lines) == min(3 - (name in ("headed", "named", "quoted")), len(places))


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.rows])
@pytest.mark.parametrize("chunk", [1, 40, 1 << 20])
def test_what_is_no_text_is_left_out_of_both(tmp_path: Path, name: str, chunk: int) -> None:
    layout = LAYOUTS[name]
    assert layout.rows
    lines = ["раз", "два", *"жщ", "три bad", "пять", "шесть bad"]
    body = "\n".join(layout.rows(lines)).encode()
    body = body.replace(b" bad", BAD).replace("щ".encode(), b"a" + BAD)
    if layout.form == "jsonl":
        body = body.replace(json.dumps("щ")[1:-1].encode(), b"a" + BAD)
    source = written(tmp_path, layout, lines, body, "")
    options: dict[str, Any] = {"chunk_bytes": chunk, **(layout.option or {})}
    unreadable = Unreadable()
    places = checked(source, ReadOptions(**options), unreadable)
    assert measured(source, ReadOptions(encoding_errors="skip", **options)) == [text for _, _, text in places]
    left = [number for number in range(len(lines)) if number not in (3, 4, 6)]
    assert [(line, text) for line, _, text in places] == [(layout.at(n), lines[n]) for n in left]
    assert unreadable.numbers == [layout.at(number) for number in (3, 4, 6)]
    provenance = Provenance()
    corpus = Corpus("c", (source,))
    numbers = [
        number
        for chunk_ in read(source, corpus, ReadOptions(encoding_errors="skip", **options), provenance)
        for number in chunk_.numbers.tolist()
    ]
    header = name in ("headed", "named", "quoted")
    assert provenance.skipped == 3 and numbers == [number + header for number in left]


def test_a_record_that_cannot_be_text_is_shown_in_a_check(tmp_path: Path) -> None:
    lines = ["раз \ud83d два", "a\0b"]
    path = tmp_path / "rus.jsonl"
    path.write_text("".join(json.dumps({"text": line}) + "\n" for line in lines), "utf-8")
    for corpus in (str(path), lines):
        report = langcov.check_corpus(corpus, "rus", only=["replacement", "control"], models=[])
        assert [(one.line, one.column) for one in report.findings] == [(1, 5), (2, 2)]
        with pytest.raises(UserError, match="lone surrogate"):
            langcov.measure_tokenizers(
                ["bytes"], [{"rus": corpus} if isinstance(corpus, list) else f"rus={corpus}"]
            )

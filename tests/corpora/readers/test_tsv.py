"""Which column of a table is its text: the rules, each row that breaks them, in blocks of every size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.tsv import NAMES, read_table
from langcov.errors import UserError

CELL = st.text(st.sampled_from("аӏ́x \U0001f600\"'.1"), max_size=8)
Found = list[tuple[int, int, str, str | None]]


def texts(path: Path, keyed: bool = False, chunk: int = 1 << 20, **options: str | int | None) -> Found:
    """Line, code points before it, text and key of each."""
    file = File(
        Source("rus_Cyrl", str(path), "tsv"),
        ReadOptions(chunk_bytes=chunk, **options),  # type: ignore[arg-type]
        keyed=keyed,
    )
    found: Found = []
    for one in read_table(file):
        kept = one.kept
        keys = [None] * len(one.lines[kept]) if one.keys is None else list(one.keys[kept])
        found += zip(one.lines[kept].tolist(), one.prefixes[kept].tolist(), one.text[kept], keys)
    return found


def made(folder: Path, content: str) -> Path:
    path = folder / "rus.tsv"
    path.write_bytes(content.encode())
    return path


def complaint(path: Path, chunk: int = 1 << 20, **options: str | int | None) -> str:
    with pytest.raises(UserError) as caught:
        texts(path, chunk=chunk, **options)
    message = str(caught.value)
    assert "\n" not in message and path.name in message
    return message


@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=9), st.data())
def test_any_column_by_number_or_name(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], data: st.DataObject
) -> None:
    column = data.draw(st.integers(0, 3))
    end, chunk = data.draw(st.sampled_from(["\n", "\r\n"])), data.draw(st.integers(1, 30))
    body = "".join("\t".join(row) + end for row in rows)
    wanted = [
        (line, sum(len(cell) + 1 for cell in row[:column]), row[column], row[0] if column else None)
        for line, row in enumerate(rows)
    ]
    path = made(tmp_path_factory.mktemp("t"), body)
    assert texts(path, chunk=chunk, text_column=column + 1) == wanted
    path = made(path.parent, f"kind\ta b\tn\tlist of{end}{end}{body}")
    name = ["kind", "a b", "n", "list of"][column]
    assert texts(path, chunk=chunk, text_column=name) == [(line + 2, *rest) for line, *rest in wanted]


HEADERS = {
    "sentence_id\tsentence\tsentence_domain\tsource\tis_used\tclips_count": 1,
    "client_id\tpath\tsentence_id\tsentence\tsentence_domain\tup_votes\tdown_votes\tage\tgender": 3,
    "client_id\taudio_id\taudio_file\tduration_ms\tprompt_id\tprompt\ttranscription\tvotes": 6,
    "id\ttext": 1,
    "text\tlabel": 0,
    "\tSentence\tlabel": 1,
    "text": 0,
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("chunk", [1, 1000])
def test_headers_are_known_by_their_names(tmp_path: Path, header: str, chunk: int) -> None:
    column, width = HEADERS[header], header.count("\t") + 1
    rows = [[f"{line} {place}" for place in range(width)] for line in range(3)]
    path = made(tmp_path, f"\ufeff{header}\n" + "".join("\t".join(row) + "\n" for row in rows))
    found = texts(path, chunk=chunk)
    assert [text for _, _, text, _ in found] == [row[column] for row in rows]
    assert [line for line, _, _, _ in found] == [1, 2, 3]
    assert found == texts(path, chunk=chunk, text_column=column + 1)
    assert header.split("\t")[column].lower() in NAMES


def test_a_name_of_the_header_is_chosen_among_others(tmp_path: Path) -> None:
    path = made(tmp_path, "id\ttext\tsentence\n1\ta\tb\n")
    assert "line 1: several columns may be the text (1 'id', 2 'text', 3 'sentence'): name it" in complaint(
        path
    )
    assert texts(path, text_column="sentence") == [(1, 4, "b", "1")]
    assert "line 1: no column 'body' (1 'id', 2 'text', 3 'sentence'): name the right one" in complaint(
        path, text_column="body"
    )


@pytest.mark.parametrize(
    "first", ["text\tслово и дело", "текст\ttext", "text\ttext", "слово\tsentence", "1) ?\ttext"]
)
def test_a_row_of_text_is_no_header(tmp_path: Path, first: str) -> None:
    path = made(tmp_path, f"{first}\nb\tдело\n")
    if " " in first.partition("\t")[0]:
        assert "no key" in complaint(path)
    else:
        assert [text for _, _, text, _ in texts(path)] == [first.partition("\t")[2], "дело"]


@pytest.mark.parametrize("chunk", [1, 5, 1000])
def test_keys_and_texts(tmp_path: Path, chunk: int) -> None:
    path = made(tmp_path, '\n01/1\t"раз, два"\r\n\r\n01/2\t\n02/1\tтри')
    assert texts(path, chunk=chunk) == [
        (1, 5, '"раз, два"', "01/1"),
        (3, 5, "", "01/2"),
        (4, 5, "три", "02/1"),
    ]
    assert texts(path, chunk=chunk, max_lines=3) == [(1, 5, '"раз, два"', "01/1")]


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            "a\tb\tc\n",
            {},
            "line 1: 3 columns (1 'a', 2 'b', 3 'c'): say which is the text with --text",
        ),
        ("a\tb\n\nb\tc\t\n", {}, "line 3: 3 columns (1 'b', 2 'c', 3 ''): say which is the text"),
        ("a\tb\nb\n", {}, "line 2: no TAB; a .tsv row is key<TAB>text"),
        (
            "раз\tone\nраз два\tone two\n",
            {},
            "line 2: the first column is no key, as it holds a space (1 'раз два', 2 'one two'): say which",
        ),
        ("a\tx\nb\ty\na\tz\n", {}, "the key 'a' of line 3 is that of line 1 too (1 'a', 2 'z'): say which"),
        ("a\tx\nb\ty\na\tz\nc d\ty\nd\n", {}, "the key 'a' of line 3"),
        ("a\tx\nb c\ty\na\tz\n", {}, "line 2: the first column is no key"),
        ("a\tx\nc\na\tz\n", {}, "line 2: no TAB"),
        ("id\ttext\n1\ta\n2\n", {}, "line 3: no column 2, which is the text (1 '2'): fix the row"),
        ("id\ttext\n1\ta\tb\n", {}, "line 2: 3 columns, but the header has 2 (1 '1', 2 'a', 3 'b'): fix"),
        ("a\tb\n1\n", {"text_column": 2}, "line 2: no column 2, which is the text (1 '1'): fix the row"),
        ("a\tb\n", {"text_column": 3}, "line 1: no column 3, which is the text (1 'a', 2 'b'): fix the row"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_rows_that_break_the_rules(
    tmp_path: Path, content: str, options: dict[str, int], message: str, chunk: int
) -> None:
    assert message in complaint(made(tmp_path, content), chunk, **options)


def test_keys_are_compared_only_where_they_are_keys(tmp_path: Path) -> None:
    path = made(tmp_path, "client_id\tsentence\nx y\tраз\nx y\tдва\n")
    assert [text for _, _, text, _ in texts(path)] == ["раз", "два"]
    with pytest.raises(UserError, match=r"the key 'x y' of line 3 is that of line 2 too$"):
        texts(path, keyed=True)
    with pytest.raises(UserError, match="line 1: its corpus needs keys, but the first column holds none"):
        texts(path, keyed=True, text_column=1)


def test_columns_are_shown_short(tmp_path: Path) -> None:
    path = made(tmp_path, "\t".join(["слово" * 30, "\u202e", *"abcdefghijklm"]) + "\n")
    message = complaint(path)
    assert "(1 'словословословословосло…', 2 '\\u202e', 3 'a'," in message and "12 'j', …)" in message


def test_the_contract_says_the_names() -> None:
    text = (Path(__file__).parents[3] / "docs/CONTRACT.md").read_text("utf-8")
    rule = text[text.index("2. The header") : text.index("3. Two columns")]
    assert set(re.findall("`([^`]+)`", rule)) == NAMES


def test_columns_count_from_one() -> None:
    with pytest.raises(UserError, match="text column 0: columns are counted from 1"):
        ReadOptions(text_column=0)

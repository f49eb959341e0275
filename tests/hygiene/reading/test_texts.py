"""Where texts stand in their files, against Python's own reading of the same bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora.base import ReadOptions, Source
from langcov.errors import UserError
from langcov.hygiene.reading.fields import Fields
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields

LINES = st.lists(st.text(st.sampled_from("аӏя́ 1\tx😀\r"), max_size=12), min_size=1, max_size=20)


def all_fields(path: Path, form: str, chunk: int = 1 << 20) -> list[tuple[int, int, str]]:
    """Number, prefix and text of each field."""
    reading = Reading(ReadOptions(chunk_bytes=chunk))
    found = []
    for fields in read_fields(Source("tat_Cyrl", str(path), form), reading, Unreadable()):
        assert fields.data[-1] == 0x0A
        found += list(zip(fields.numbers.tolist(), fields.prefixes.tolist(), fields.texts.to_list()))
    return found


@given(LINES, st.integers(1, 30))
def test_every_line_of_text(tmp_path_factory: pytest.TempPathFactory, lines: list[str], chunk: int) -> None:
    path = tmp_path_factory.mktemp("t") / "a.txt"
    path.write_bytes("\n".join(lines).encode())
    text = path.read_bytes().decode()
    text = text if "\n" in text else text.replace("\r", "\n")
    *ended, last = text.split("\n")
    wanted = [line.removesuffix("\r") for line in ended] + ([last] if last else [])
    assert all_fields(path, "txt", chunk) == [(number, 0, line) for number, line in enumerate(wanted)]


def test_sentences_of_a_treebank(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text("# sent_id = 1\n# text = Ак барс.\n1\tАк\tак\n\n#text=кыш\r\n1\tкыш\tкыш\n", "utf-8")
    assert all_fields(path, "conllu") == [(1, 9, "Ак барс."), (4, 6, "кыш")]


def test_records(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "ак"}\n\n{"text": "барс"}\n', "utf-8")
    assert all_fields(path, "jsonl") == [(0, 0, "ак"), (2, 0, "барс")]


def test_half_a_pair_of_surrogates_is_a_lost_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "\\ud83d\\ude00ак\\ud83d?"}\n', "utf-8")
    assert all_fields(path, "jsonl") == [(0, 0, "\U0001f600ак\ufffd?")]


def test_lines_that_are_no_text_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ак\n".encode() * 20 + b"\xe0\xea\n" + "барс\0\n".encode() + "кыш".encode())
    unreadable = Unreadable()
    parts: list[Fields] = list(
        read_fields(Source("tat_Cyrl", str(path), "txt"), Reading(ReadOptions()), unreadable)
    )
    texts = [text for fields in parts for text in fields.texts]
    assert texts == ["ак"] * 20 + ["кыш"]
    assert (unreadable.numbers, unreadable.columns) == ([20, 21], [0, 8])


def test_a_file_mostly_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ак барс\nкыш\n".encode("cp1251"))
    reading = Reading(
        ReadOptions(), refuse=lambda path, number, data: UserError(f"{path}, line {number + 1}")
    )
    with pytest.raises(UserError, match=r"a\.txt, line 1"):
        list(read_fields(Source("tat_Cyrl", str(path), "txt"), reading, Unreadable()))

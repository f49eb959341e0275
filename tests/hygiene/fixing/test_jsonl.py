"""Fixing JSON Lines: only the strings of the field change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.hygiene.fixing.copy import beside, log_beside
from tests.hygiene.fixing.rules import FEW, LETTERS, copied, fixed, toy

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

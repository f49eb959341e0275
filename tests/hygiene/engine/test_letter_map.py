"""Letter maps of old fonts: what they fix, and every way to write one wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from langcov.hygiene.engine.letter_map import letter_map, read_letter_map
from langcov.hygiene.engine.protocol import Evidence
from langcov.languages import find


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "font.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_word_is_fixed_letter_by_letter(tmp_path: Path) -> None:
    check = letter_map(
        write(tmp_path, "\ufeff# Sakha of the nineties\r\nї\tҥ\r\n\r\nU+E0A1\tө\r\n»\tр\u030c")
    )
    evidence = Evidence(find("sah"), None)
    assert check.word and check.suspects and set(check.suspects(evidence)) == set("ї\ue0a1»")
    [issue] = check.word("са\ue0a1їа»", evidence)
    assert (issue.suggestion, issue.automatic, issue.wrong) == ("саөҥар\u030c", True, "\ue0a1ї»")
    assert (issue.start, issue.end, issue.severity) == (2, 6, "error")
    assert list(check.word("саҥа", evidence)) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "without letters"),
        ("ї\tҥ\nїї\tҥ", "line 2: 'її' on the left is not one code point"),
        ("ї", "line 1: nothing stands on the right"),
        ("ї\t", "line 1: nothing stands on the right"),
        ("\tҥ", "line 1: '' on the left"),
        ("ї\tи\u0306", "line 1: .* is not in the normal form NFC"),
        ("ї\tҥ\nї\tө", "line 2: U\\+0457 .* is in line 1 too"),
        ("ї\tҥ\nҥ\tө", "line 1: 'ҥ' on the right is on the left in line 2"),
        ("ї\tї", "line 1: 'ї' on the right is on the left in line 1"),
        ("U+00A0\tө", "line 1: white space is no letter"),
        ("U+110000\tө", "line 1: 'U\\+110000' on the left"),
        (b"\xbf\t\xe9", "must be UTF-8"),
    ],
)
def test_what_is_wrong_with_a_map_is_said(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint) as raised:
        read_letter_map(write(tmp_path, text))
    assert "\n" not in str(raised.value)


def test_a_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be read: No such file"):
        read_letter_map(tmp_path / "font.tsv")

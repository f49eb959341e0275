"""Lines that are no text: told at their place whatever is looked for, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.hygiene.engine.check import Settings, check_corpora
from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.lines.encoding import UnreadableLines
from langcov.hygiene.reading.texts import Unreadable
from langcov.languages import find
from tests.hygiene.lines.asked import numbers_of

BAD = b"\xff\xfe"


def test_each_line_that_was_left_out() -> None:
    check = UnreadableLines(Context(find("tat"), unreadable=Unreadable([3, 7], [0, 2])))
    found = list(check.issues())
    assert numbers_of(found) == [3, 7]
    assert [(issue.start, issue.end, issue.severity) for _, issue in found] == [
        (0, 1, "error"),
        (2, 3, "error"),
    ]


LINES = {
    "txt": "çын",
    "tsv": "key{number}\tçын",
    "conllu": "# text = çын\n1\tçын\tçын\n",
    "jsonl": '{{"text": "çын"}}',
}


@pytest.mark.parametrize("form", LINES)
def test_findings_are_in_the_order_of_the_file(tmp_path: Path, form: str) -> None:
    """A line that is no text may stand where the format has no text, and after the last one."""
    path = tmp_path / f"chv.{form}"
    good = [LINES[form].format(number=number).encode() for number in range(40)]
    rows = [BAD, good[0], b"a" + BAD, *good[1:], b"ab" + BAD]
    path.write_bytes(b"\n".join((*rows, b"")))
    (report,) = check_corpora([str(path)], None, Settings(only=["lookalike"]))
    places = [(finding.line, finding.column) for finding in report.findings if finding.line]
    assert places == sorted(places)
    assert {finding.issue.check for finding in report.findings} == {"encoding", "lookalike"}
    wrong = [finding for finding in report.findings if finding.issue.check == "encoding"]
    bad = [number for number, line in enumerate(path.read_bytes().split(b"\n"), 1) if BAD in line]
    told = [(finding.line, finding.column, finding.length) for finding in wrong]
    assert told == [(number, column, 1) for number, column in zip(bad, (1, 2, 3))]
    assert {(finding.text, finding.before, finding.after) for finding in wrong} == {("", "", "")}


def test_who_skips_it_by_name_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "chv.txt"
    path.write_bytes("ҫын\n".encode() * 20 + BAD)
    assert [one.check for one in check_corpora([str(path)], None, Settings(only=["nfc"]))[0].counts] == [
        "encoding"
    ]
    assert check_corpora([str(path)], None, Settings(only=["nfc"], skip=["encoding"]))[0].verdict == "clean"

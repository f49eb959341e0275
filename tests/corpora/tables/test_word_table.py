"""Word tables that were cut, edited or written by another hand: refused, or measured as what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.api import measure_tokenizers
from langcov.errors import UserError

HEADER = "language\trow\tplace\tword\tcount\n"


def table(rows: int = 2, count: object = 1, lines: object = 1) -> str:
    """A table of rows of ``count`` lines, each line the word сүз alone."""
    head = "".join(f"#row\ttat_Cyrl\t{row}\taa\t{lines}\t{row:x}\n" for row in range(rows))
    body = "".join(f"tat_Cyrl\t{row}\tstart\tсүз\t{count}\n" for row in range(rows))
    return f"#alignment\tnone\n#changed-runs\ttat_Cyrl\t0\n{head}{HEADER}{body}"


def measured(path: Path, text: str) -> dict[str, object]:
    path.write_text(text, "utf-8")
    return measure_tokenizers(["bytes"], [str(path)], ["tat"], hygiene=False).totals[0]


def test_as_many_rows_and_words_as_there_may_be(tmp_path: Path) -> None:
    path = tmp_path / "x.words.tsv"
    assert measured(path, table(16384))["lines"] == 16384
    assert measured(path, table(30, 10**12, 10**12))["bytes"] == 30 * 10**12 * 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (table(count=0), "a count is 0"),
        (table(9300, 10**15 - 1, 10**15 - 1), "too large to be added up"),  # their sum wraps in int64
        (table(16384, 10**12, 10**12), "too large to be added up"),  # the sum of a resample could
        (table(lines=9 * 10**18), "line 3: '#row"),
        (table(lines=-1), "line 3: '#row"),
        (table(lines=0), "other lines than starts"),
        (table(lines=2), "other lines than starts"),
        (table(count=2), "other lines than starts"),
        (table(16385), "it has 16385 rows"),
        (table().replace("\t1\t1\n", "\t1\t0\n"), "the same label"),
        (table() + "tat_Cyrl\t1\tinside\tак\t1\n" * 2, "twice in one place"),
        (table().replace("\tnone", "\tzzz"), "line 1: '#alignment"),
        ("#alignment\tlines\n" + table(), "line 2: '#alignment"),
        (table().replace("runs\ttat_Cyrl\t0", "runs\ttat_Cyrl\t" + "9" * 5000), "line 2: '#changed-runs"),
        (table().replace("#row\ttat_Cyrl\t1", "#row\ttat_Cyrl\t0_1"), "line 4: '#row"),
        (table().replace(HEADER, "#row\trus_Cyrl\t0\taa\t1\t0\n" + HEADER), "rows of rus_Cyrl but no words"),
        (table().replace("сүз", " сүз"), "begins with a space"),
        (table().replace("сүз", ""), "a word is empty"),
    ],
)
def test_tables_that_can_be_of_no_text(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        measured(tmp_path / "x.words.tsv", text)
    assert "x.words.tsv" in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_table_cut_after_any_line_is_refused(tmp_path: Path) -> None:
    whole = table() + "tat_Cyrl\t1\tinside\tак\t1\n"
    lines = whole.replace("#row", "#row\trus_Cyrl\t0\taa\t1\t0\n#row", 1).splitlines(keepends=True)
    lines.append("rus_Cyrl\t0\tstart\tслово\t1\n")
    assert measured(tmp_path / "x.words.tsv", "".join(lines))["lines"] == 1
    for end in range(1, len(lines)):
        with pytest.raises(UserError):
            measured(tmp_path / "x.words.tsv", "".join(lines[:end]))

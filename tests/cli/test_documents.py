"""Documents in every command: as their plain text, with places that a person finds again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.corpora.readers.documents.made import docx

LINES = ["хIун ду", "", "=дIа", "дика хӏун ду"]
FIXED = "хӏун ду\n\n=дӏа\nдика хӏун ду\n"


@pytest.fixture
def che(tmp_path: Path) -> Path:
    path = tmp_path / "che.docx"
    path.write_bytes(docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)))
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain" / "che.txt"
    path.parent.mkdir()
    path.write_text("".join(f"{line}\n" for line in LINES), "utf-8")
    return path


def _json(run: Run, *args: Any) -> Any:
    return json.loads(run(*args).out)


def test_the_findings_are_those_of_the_plain_text(che: Path, plain: Path, run: Run) -> None:
    found = _json(run, "corpora", "check", che, "--lid", "none", "--format", "json")
    places = [finding.pop("place") for finding in found["findings"]]
    assert places == ["paragraph 1", "paragraph 3"]
    assert [(one["line"], one["column"]) for one in found["findings"]] == [(1, 2), (3, 3)]
    other = _json(run, "corpora", "check", plain, "--lid", "none", "--format", "json")
    assert [finding.pop("place") for finding in other["findings"]] == [None, None]
    assert json.dumps(found).replace(str(che), str(plain)) == json.dumps(other)


def test_the_figures_are_those_of_the_plain_text(che: Path, plain: Path, run: Run) -> None:
    made, other = (
        _json(run, "tokenizers", "bytes", "--corpus", path, "--format", "json", "--quiet")
        for path in (che, plain)
    )
    assert made["signature"] == other["signature"]
    assert made["records"] == other["records"]


def test_places_in_reports(che: Path, run: Run) -> None:
    assert f"{che}, paragraph 3" in run("corpora", "check", che, "--lid", "none").out
    assert f"{che}, абзац 3" in run("corpora", "check", che, "--lid", "none", "--ui", "ru").out
    sarif = _json(run, "corpora", "check", che, "--lid", "none", "--format", "sarif")
    result = sarif["runs"][0]["results"][0]
    assert "fixes" not in result  # it has no lines that something could be put into
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "paragraph 1"}]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_a_fixed_copy_is_plain_text(che: Path, run: Run) -> None:
    before = che.read_bytes()
    shown = run("corpora", "fix", che)
    assert shown.out.splitlines()[:4] == [
        f"--- {che}",
        f"+++ {che}",
        "@@ -1,4 +1,4 @@ paragraph 1",
        "-хIун ду",
    ]
    ran = run("corpora", "fix", che, "--write")
    assert ran.err.splitlines()[1] == (
        f"{che}: the copy is its text; make the changes that the log lists in the document."
    )
    assert che.read_bytes() == before
    assert che.with_name("che.fixed.txt").read_text("utf-8") == FIXED
    assert [row.split("\t") for row in che.with_name("che.fixes.tsv").read_text("utf-8").splitlines()] == [
        ["place", "line", "column", "before", "after", "checks", "left"],
        ["paragraph 1", "1", "1", "хIун", "хӏун", "palochka", ""],
        ["paragraph 3", "3", "1", "'=дIа", "'=дӏа", "palochka", ""],  # no formula in a spreadsheet
    ]


def test_where_the_copy_of_a_document_goes(che: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    out.mkdir()
    log = tmp_path / "log.jsonl"
    assert run("corpora", "fix", che, "--write", "-o", out, "--log", log).code == 0
    assert (out / "che.txt").read_text("utf-8") == FIXED
    records = [json.loads(row) for row in log.read_text("utf-8").splitlines()]
    assert [record["place"] for record in records] == ["paragraph 1", "paragraph 3"]
    assert records[1]["before"] == "=дIа"
    assert (
        "let its name end in .txt"
        in run("corpora", "fix", che, "--write", "-o", tmp_path / "a.docx").complaint
    )


def test_documents_in_a_folder(che: Path, plain: Path, run: Run) -> None:
    made = _json(run, "corpora", "check", che.parent, plain, "--lid", "none", "--format", "json")
    repeated = [one for one in made["findings"] if one["check"] == "duplicate-line"]
    assert made["words"] == 12 and {one["file"] for one in repeated} <= {str(plain)}


def test_a_document_is_condensed(tmp_path: Path, run: Run) -> None:
    path, table = tmp_path / "tat.docx", tmp_path / "tat.words.tsv"
    text = "".join(f"<w:p><w:r><w:t>{'сүз ' * 14}</w:t></w:r></w:p>" for _ in range(30))
    path.write_bytes(docx(text))
    assert "30 lines, 420 words" in run("corpora", "condense", path, "-o", table).out

"""``langcov audit``: the formats, and what it says of what it can't do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from langcov.corpora import resolve
from tests.cli.conftest import Run
from tests.toys import sentencepiece_file


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return f"toy={sentencepiece_file(tmp_path)}"


@pytest.fixture
def text(tmp_path: Path) -> str:
    (tmp_path / "text.txt").write_text("кот ак барс\nсау бул\n", "utf-8")
    return f"tat={tmp_path / 'text.txt'}"


def test_json_is_all_of_it(run: Run, spec: str, text: str) -> None:
    ran = run("audit", spec, "--corpus", text, "--format", "json", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert found["schema"] == "langcov.audit/1"
    [system] = found["systems"]
    assert (system["name"], system["kind"], system["model"]) == ("toy", "sentencepiece", "bpe")
    counts = {row["kind"]: row["pieces"] for row in found["counts"]}
    assert counts["alone"] + counts["beside"] + counts["unreached"] + counts["unknown"] == counts["asked"]
    assert counts["unreached"] == len(found["unreached"])
    last = found["unreached"][-1]
    assert (last["piece"], last["bytes"], last["cause"]) == (None, "ff", "bytes")
    assert last["reason"] == "no UTF-8 text holds its bytes"
    [language] = found["languages"]
    assert (language["language"], language["corpus"], language["reason"]) == ("tat_Cyrl", "text", None)
    assert language["tokens"] > 0 and language["pieces"]
    assert {row["letter"] for row in found["letters"]} >= {"җ", "Җ"}
    assert found["kept_apart"][0]["reason"] == "no pattern cuts its text"
    assert set(found) == {
        *("schema", "langcov", "systems", "counts", "unreached", "whole", "mixed", "languages", "letters"),
        "kept_apart",
    }


def test_tables_and_a_page(
    run: Run, spec: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ntrex = resolve(["ntrex"])  # beside it; beside all others JSON tells of the same text
    monkeypatch.setattr("langcov.cli.audit.all_bundled", lambda: ntrex)
    shown = run("audit", spec, "--corpus", text).out
    for part in ("Pieces and texts", "no UTF-8 text holds its bytes", "<c0>", "Pieces by language", "Tatar"):
        assert part in shown
    assert "not known" not in shown, "each of its pieces is found, or proved to be in no text"
    assert "No text has " in shown and shown.rstrip().splitlines()[-1].startswith("tok:toy@")
    assert "| no UTF-8 text holds its bytes |" in run("audit", spec, "--corpus", text, "--format", "md").out
    page = tmp_path / "page.html"
    ran = run("audit", spec, "--corpus", text, "--format", "html", "-o", page)
    assert (ran.code, ran.out) == (0, "")
    html = page.read_text("utf-8")
    assert html.startswith("<!DOCTYPE html>") and "Pieces and texts" in html and "&lt;c0&gt;" in html


def test_a_language_is_shown_beside_all_others(run: Run, spec: str) -> None:
    found = json.loads(run("audit", spec, "--lang", "tat", "--format", "json").out)
    [language] = found["languages"]
    assert (language["language"], language["corpus"]) == ("tat_Cyrl", "ntrex")


def test_what_can_not_be_audited(run: Run, spec: str) -> None:
    ran = run("audit", "chars")
    assert ran.code == 2 and ran.err.count("\n") == 1 and "no kind that can be audited" in ran.err
    ran = run("audit", spec, spec)
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "langcov: two tokenizers have one name: label them, as in NAME=SPEC",
    )
    assert run("audit").code == 2
    assert run("audit", spec, "--lang", "nosuch").code == 2

"""Figures in README and docs come from files in benchmarks/."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from langcov.api import measure_tokenizers
from langcov.cli import main
from langcov.metrics.tokenizers.registry import metrics
from langcov.results.result import Result
from langcov.results.saved import load

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return loaded("run_tokenizers")


@pytest.fixture(scope="module")
def stored(script: ModuleType) -> Result:
    return load(script.RESULT)


def test_the_figures_of_lid_models_are_those_of_the_stored_result() -> None:
    lid = loaded("run_lid")
    result = load(lid.RESULT)
    shown = README.split(lid.MARKS[0])[1].split(lid.MARKS[1])[0].strip()
    assert shown == lid.table(load(lid.TABLE))
    text = lid.RESULT.with_name("lid.md").read_text(encoding="utf-8")
    for line in lid.findings(result):
        assert line in text


def test_a_column_of_lid_models_comes_from_the_command_above_the_table(shared: Path, tmp_path: Path) -> None:
    """The other models are left out, as they take minutes; no model's figures depend on another."""
    pytest.importorskip("fasttext")
    lid = loaded("run_lid")
    above, below = README.split(lid.MARKS[0])
    assert above.rstrip().endswith(f"```\n{lid.COMMAND}\n```")
    _, *words = lid.COMMAND.replace("../shared", str(shared)).split()
    out = tmp_path / "result.json"
    few = [word for word in words if word not in lid.MODELS]
    assert main([*few, "--no-hygiene", "--quiet", "-o", str(out)]) == 0
    rows = [row.split("|")[1:3] for row in below.split(lid.MARKS[1])[0].strip().splitlines()]
    assert [row.split("|")[1:3] for row in lid.table(load(out)).splitlines()] == rows


def test_the_speed_report_is_made_of_the_stored_runs() -> None:
    report = loaded("speed_report")
    runs = json.loads((ROOT / "benchmarks" / "results" / "speed.json").read_text(encoding="utf-8"))
    assert (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8") == "\n".join(report.report(runs))


def test_the_table_is_that_of_the_stored_result(script: ModuleType, stored: Result) -> None:
    shown = README.split(script.MARKS[0])[1].split(script.MARKS[1])[0].strip()
    assert shown == script.table(stored)
    assert shown.count("\n") == 1 + len(script.SHOWN)


def test_a_cell_of_tokenizers_comes_from_the_command_above_the_table(
    script: ModuleType, shared: Path, tmp_path: Path
) -> None:
    """One tokenizer on one language: no figure depends on the others."""
    pytest.importorskip("tiktoken")
    above, below = README.split(script.MARKS[0])
    assert above.rstrip().endswith(f"```\n{script.COMMAND}\n```")
    _, *words = script.COMMAND.replace("\\\n", " ").replace("../shared", str(shared)).split()
    others = [word for word in words if word.partition("=")[0] in {*script.COLUMNS} - {"o200k"}]
    few = [word for word in words if word not in others]
    out = tmp_path / "result.json"
    assert main([*few, "--lang", "tat", "--no-hygiene", "--quiet", "-o", str(out)]) == 0
    head, _, *rows = [row.split(" | ") for row in below.split(script.MARKS[1])[0].strip().splitlines()]
    shown = dict(zip(head, next(row for row in rows if row[0] == "| Tatar")))
    measured = load(out)
    of_bytes = script.get(measured, "o200k", "tat_Cyrl", "byte_premium", reference="eng_Latn").value
    assert shown["UTF-8 bytes"] == f"{of_bytes:.2f}"
    assert shown["o200k"] == script.premium(measured, "o200k", "tat_Cyrl")


def test_tokens_of_a_table_and_of_its_text(script: ModuleType, shared: Path) -> None:
    """What the README says of white space: o200k on FLORES+ Chuvash, from the table and from the text."""
    pytest.importorskip("tiktoken")
    o200k = script.TOKENIZERS["o200k"].replace(":", f":{shared / 'tokenizers'}/")
    found = []
    for corpus in ("flores", str(shared / "corpora" / script.FLORES)):
        result = measure_tokenizers([o200k], [corpus], ["chv"], languages="chv", hygiene=False)
        found.append((result.totals[0]["tokens"], result.corpora[0]["changed_runs"]))
    (of_table, runs), (of_text, none) = found
    assert none == 0
    tokens = f"{of_table:,} tokens of the table and {of_text:,} of the text"
    assert f"of FLORES+ Chuvash {runs}, so that o200k has {tokens}" in " ".join(README.split())


def test_every_table_of_figures_names_the_command_that_makes_it() -> None:
    reports = [*(ROOT / "benchmarks").rglob("*.md"), ROOT / "docs" / "decisions" / "0005-fast-engines.md"]
    reports.append(ROOT / "docs" / "decisions" / "0008-other-language-lines.md")
    for path in reports:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\|:?--", text, re.M) or re.search(r"`(python|langcov) ", text), path


def test_the_findings_are_those_of_the_stored_result(script: ModuleType, stored: Result) -> None:
    text = script.RESULT.with_name("tokenizers.md").read_text(encoding="utf-8")
    for line in script.findings(stored):
        assert line in text


def test_the_ids_that_were_compared() -> None:
    with (ROOT / "benchmarks" / "check_ids.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["lines_that_differ"] for row in rows} == {"0"}
    [said] = re.findall(r"every id of (\d+) tokenizers .* on (\d+) files", README.replace("\n", " "))
    assert said == (str(len(rows)), rows[0]["files"])


def test_the_first_two_blocks_are_the_set_up() -> None:
    blocks = re.findall(r"^```(\w*)$\n(.*?)^```$", README, re.M | re.S)
    assert [kind for kind, _ in blocks[:2]] == ["sh", "sh"]
    assert [kind for kind, _ in blocks].count("sh") == 2
    assert "langcov tokenizers" in blocks[0][1]
    assert "pytest" in blocks[1][1]


def test_the_number_of_metrics(stored: Result) -> None:
    """In the result that README names; the price is only where one is given."""
    measured = {record.metric for record in stored.records}
    assert f"{len(measured)} metrics" in README
    always = {name for name, metric in metrics().items() if not metric.perturbation}
    assert always - measured == {"price_per_million_chars"}
    for metric in re.findall(r"^\| `(\w+)`", README, re.M):
        assert metric in metrics() or metric in ("bytes", "spm")

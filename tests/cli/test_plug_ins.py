"""Another package adds counters, metrics, a perturbation and a format; the command knows no difference."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import REPOSITORY, environment, spawn
from tests.plug_ins import install

MODULE = """
import numpy as np

from langcov.counting.counter import TextCounter, TokenCounter
from langcov.languages.perturbations import PerturbationKind
from langcov.metrics.metric import Shown
from langcov.metrics.tokenizers.measured import Figure
from langcov.metrics.tokenizers.metric import TokenizerMetric
from langcov.metrics.tokenizers.ratios import ratio
from langcov.text.perturb import Perturbation


def vowels(batch):
    return np.array([sum(letter in "аеиоуaeiou" for letter in text) for text in batch.strings])


def squares(lines):
    return lines.tokens(np.arange(len(lines))).counts ** 2


def without_o(text):
    return text.replace("о", "")


def of_all(subject):
    return Figure(float(len(subject.languages)), reason="no interval: a number of languages")


def names(result):
    return "".join(f"{record.metric}\\n" for record in result.records)


COUNTERS = [TextCounter("vowels", "words", vowels), TokenCounter("squares", "lines", squares)]
METRICS = [
    TokenizerMetric(
        "tokens_per_vowel", "tokens/vowel", "lower", "Σ tokens / Σ vowels", ratio("tokens", "vowels")
    ),
    TokenizerMetric("how_many", "languages", "", "languages", of_all, ()),
]
UNSHOWN = TokenizerMetric(
    "roughness", "tokens", "lower", "Σ tokens² / Σ tokens", ratio("squares", "tokens"), shown=None
)
WITHOUT_O = PerturbationKind(
    "without_o",
    "о left out",
    lambda language: Perturbation("without_o", without_o) if language.script == "Cyrl" else "no о",
)
"""
ENTRY_POINTS = {
    "langcov.counters": {"toys": "toy_plug:COUNTERS"},
    "langcov.metrics": {"toys": "toy_plug:METRICS", "unshown": "toy_plug:UNSHOWN"},
    "langcov.perturbations": {"without_o": "toy_plug:WITHOUT_O"},
    "langcov.formats": {"names": "toy_plug:names"},
}


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The environment of a process in which the package is installed."""
    folder = tmp_path / "site"
    install(folder, "toy_plug", {"toy_plug.py": MODULE}, ENTRY_POINTS)
    return environment(PYTHONPATH=os.pathsep.join([str(REPOSITORY), str(folder)]))


def measured(env: dict[str, str], texts: Path, *args: object) -> subprocess.CompletedProcess[bytes]:
    corpus = [f"--corpus={name}={texts / name}.txt" for name in ("rus", "eng")]
    options = ["--aligned", "--perturb", "without_o", "--no-hygiene", "--quiet"]
    found = spawn("tokenizers", *args, *corpus, *options, env=env)
    assert found.returncode == 0, found.stderr
    return found


def test_in_totals_records_and_csv(installed: dict[str, str], texts: Path) -> None:
    """In worker processes as here. «кот спит», «дом»: 30 lines each; «a cat sleeps», «house»."""
    here, workers = (
        json.loads(measured(installed, texts, "bytes", "--format", "json", *jobs).stdout)
        for jobs in ((), ("--jobs", "2"))
    )
    assert {**here, "created": ""} == {**workers, "created": ""}
    totals = {row["language"]: row for row in here["totals"]}
    assert {id: (row["vowels"], row["squares"]) for id, row in totals.items()} == {
        "rus_Cyrl": (30 * 3, 30 * (15**2 + 6**2)),
        "eng_Latn": (30 * (4 + 3), 30 * (12**2 + 5**2)),
    }
    assert totals["rus_Cyrl"]["tokens_without_o"] == 30 * (13 + 4)
    assert totals["eng_Latn"]["tokens_without_o"] is None
    found = {(r["language"], r["metric"]): r for r in here["records"] if not r["reference"]}
    ratio = found["rus_Cyrl", "tokens_per_vowel"]
    assert (ratio["value"], ratio["unit"], ratio["n"]) == (630 / 90, "tokens/vowel", 60)
    assert ratio["low"] < ratio["value"] < ratio["high"]
    assert found["rus_Cyrl", "roughness"]["value"] == (15**2 + 6**2) / 21
    assert found["rus_Cyrl", "without_o_cost"]["value"] == 17 / 21 - 1
    assert found["eng_Latn", "without_o_cost"]["reason"] == "no о"
    assert found[None, "how_many"]["value"] == 2
    rows = csv.DictReader(StringIO(measured(installed, texts, "bytes", "--format", "csv").stdout.decode()))
    assert {row["metric"] for row in rows} == {metric for _, metric in found} | {
        record["metric"] for record in here["records"]
    }


@pytest.mark.parametrize("systems", [["bytes"], ["bytes", "chars"], ["bytes", "chars", "langcov-rus-32k"]])
def test_in_tables(installed: dict[str, str], texts: Path, systems: list[str]) -> None:
    """A column where few systems are compared, a table where they are many; not what is not to be shown."""
    text = measured(installed, texts, *systems, "--format", "md").stdout.decode()
    [together] = [line for line in text.splitlines() if "how many" in line]
    assert together.startswith("| system")
    if len(systems) < 3:
        [heads] = [line for line in text.splitlines() if line.startswith("| language")]
        assert "tokens per vowel" in heads and "without o cost" in heads
    else:
        titles = {line.strip("*# ") for line in text.splitlines() if not line.startswith("|")}
        assert {"tokens per vowel", "Tokens added by о left out (without o cost)"} <= titles
    assert "roughness" not in text


def test_a_format(installed: dict[str, str], texts: Path) -> None:
    names = measured(installed, texts, "bytes", "--format", "names").stdout.decode().splitlines()
    assert {"fertility", "tokens_per_vowel", "without_o_cost"} <= set(names)


def test_help_names_them(installed: dict[str, str]) -> None:
    helped = spawn("tokenizers", "--help", env=installed).stdout.decode()
    assert ",names}" in helped.replace("\n", "").replace(" ", "")
    assert "without_o" in helped


def test_a_plug_in_that_takes_a_name_is_one_line(installed: dict[str, str], tmp_path: Path) -> None:
    entry_points = tmp_path / "site" / "toy_plug-1.0.dist-info" / "entry_points.txt"
    entry_points.write_text("[langcov.formats]\ncsv = toy_plug:names\n", "utf-8")
    found = spawn("tokenizers", "bytes", env=installed)
    assert found.returncode == 2
    assert found.stderr.decode() == (
        "langcov: format 'csv' is claimed twice, the second time by toy_plug:names\n"
    )


def test_without_it_nothing_of_it_is_there(texts: Path) -> None:
    found: dict[str, Any] = json.loads(
        spawn("tokenizers", "bytes", "--corpus", texts / "rus.txt", "--no-hygiene", "--format", "json").stdout
    )
    assert "vowels" not in found["totals"][0]

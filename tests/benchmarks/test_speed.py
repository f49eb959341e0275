"""The speed benchmark: what it measures of a process, and what it makes of the figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import speed_everyday, speed_libraries, speed_report, speed_sections, speed_texts
from benchmarks.speed_commands import langcov
from benchmarks.speed_rounds import Job, run
from benchmarks.speed_runs import Runs

ROOT = Path(__file__).resolve().parents[2]
TEXT = {"megabytes": 10.0, "lines": 1000, "words": 2000, "distinct_words": 500, "distinct_share": 0.25}


def python(code: str) -> Job:
    return Job("job", [sys.executable, "-c", code])


def test_a_run_has_its_time_and_its_answer() -> None:
    found = run(python("import time; time.sleep(0.2); print('{\"seconds\": 3}')"))
    assert 0.2 < found["wall"] < 10
    assert found["seconds"] == 3


def test_the_peak_of_a_run_is_its_own() -> None:
    """Asked from a small process, as the benchmark is: a child begins with the peak of its parent."""
    code = """
import sys
from benchmarks.speed_rounds import Job, run
for text in ("held = b'x' * 200_000_000", "pass"):
    print(run(Job("job", [sys.executable, "-c", text + "; print('{}')"]))["peak_mb"])
"""
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
    )
    large, small = map(float, answer.stdout.split())
    assert 190 < large < 300
    assert small < 100


def test_a_job_that_fails_says_why() -> None:
    assert run(python("raise SystemExit('no such thing')"))["error"] == "exit code 1: no such thing"


def test_the_everyday_run_is_held_to_a_quarter() -> None:
    def runs(wall: float, cpu: float) -> list[dict[str, float]]:
        return [{"wall": wall, "cpu": cpu}] * 3

    part = {
        "base default": runs(4, 5),
        "here default": runs(1, 1),
        "base ten": runs(8, 9),
        "here ten": runs(1, 3),
    }
    told = "\n".join(speed_everyday.section({"text": {"base": "abc"}, "runs": part}))
    assert "the base is abc), medians of 3" in told
    assert "| `langcov tokenizers` | on the clock | 4 | 1 | 0.25 | ≤ 0.25 | yes |" in told
    assert "| ten tokenizers on FLORES+ | of the processor | 9 | 3 | 0.333 | ≤ 0.25 | **no** |" in told


def test_langcov_is_run_as_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.speed_commands.spec", lambda name: name)
    text = tmp_path / "text.txt"
    text.write_text("кот\nкоты\n", encoding="utf-8")
    found = run(langcov("langcov bytes", ["bytes"], text))
    assert found["tokens"] == {"bytes": 14}
    assert found["figures"]["fertility"] == 7
    assert found["systems"]["bytes"]["method"] == "words"


def runs(**jobs: list[dict[str, Any]]) -> Runs:
    return Runs({"text": TEXT, "runs": {name.replace("_", " "): found for name, found in jobs.items()}})


def test_medians_and_what_a_start_takes() -> None:
    found = runs(
        reference_t5=[{"seconds": 20.0, "wall": 99.0}, {"seconds": 40.0}, {"seconds": 21.0}],
        langcov_t5=[{"wall": 6.0}, {"wall": 5.0}, {"error": "killed"}],
        start_t5=[{"wall": 0.5}],
    )
    assert found.seconds("reference t5") == 21
    assert found.seconds("langcov t5") == 5
    assert found.speed("langcov t5") == 2
    assert speed_report.speedup(found, "t5") == pytest.approx(4.2)
    assert speed_report.speedup(found, "ten") is None, "nine of them are not measured"


def test_a_report_prints_ratios_shares_and_what_is_missing() -> None:
    part = {
        "text": TEXT,
        "runs": {
            "wc": [{"wall": 1.0}],
            "start wc": [{"wall": 0.0}],
            "count": [{"seconds": 1.5}],
            "reference t5": [{"seconds": 20.0, "tokens": 9}],
            "langcov t5": [{"wall": 25.0, "tokens": {"t5": 10}}],
            "start t5": [{"wall": 5.0}],
        },
    }
    machine = {"cpu": "c", "cores": 2, "system": "s", "python": "3", "libraries": {"numpy": "2"}}
    lines = "\n".join(speed_report.report({"machine": machine, "tokenizers": {"surrogate-10": part}}))
    assert "distinct share 25.0%" in lines
    assert "| reading and counting / `wc -w` | 1.5× | ≤ 2× | yes |" in lines
    assert "| t5 | 1× | ≥ 1.5× | **no** |" in lines
    assert "| gpt2 |" not in lines, "what was not measured has no row"


def test_a_peer_is_explained_only_by_its_own_figures() -> None:
    own = {"fertility": 2.0, "chars_per_token": 3.0, "bytes_per_token": 5.0}
    defined = {"asia-fertility": {"fertility": 2.5, "cpt": 3.0, "bpt": 5.0}}
    jobs = {
        "asia-fertility o200k": [{"figures": {"fertility": 2.5, "cpt": 3.0, "bpt": 5.5}}],
        "langcov o200k": [{"figures": own}],
        "definitions": [{"figures": defined}],
    }
    found = Runs({"text": TEXT, "runs": jobs})
    reasons = {row[0]: row[-1] for row in speed_sections.peer_rows(found)}
    assert reasons["asia-fertility `fertility`"].startswith("words are runs")
    assert reasons["asia-fertility `cpt`"] == "nowhere"
    assert reasons["asia-fertility `bpt`"] == "**not explained**"
    assert reasons["toklens"] == "not measured"


def test_jobs_agree_on_the_tokens_of_a_real_text(shared: Path, tmp_path: Path) -> None:
    text = tmp_path / "real.txt"
    facts = speed_texts.prepare("real", "0.2", str(text))
    lines = text.read_text(encoding="utf-8").splitlines()
    assert 0.18 < facts["megabytes"] <= 0.21
    assert len(set(lines)) == len(lines) == facts["lines"], "no line twice"
    assert facts["distinct_share"] == len(set(text.read_text("utf-8").split())) / facts["words"]
    model = f"spm:{shared / 'tokenizers' / 'mistral_v3.spm.model'}"
    alone = speed_libraries.reference(model, str(text))["tokens"]
    langcov_run = run(langcov_of(model, text))
    assert langcov_run["tokens"]["mistral_v3"] == alone


def langcov_of(spec: str, text: Path) -> Job:
    result = text.with_suffix(".json")
    command = [sys.executable, "-m", "langcov", "tokenizers", spec, "--corpus", f"tat={text}", "--quiet"]
    return Job("langcov", [*command, "--reference", "tat", "-o", str(result)], result=result)


def test_definitions_answer_in_json(shared: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("а-б, в\nг\n", encoding="utf-8")
    folder = shared / "tokenizers"
    models = f"hf:{folder / 'gpt_neox_20b.json'}", f"tiktoken:{folder / 'o200k_base.tiktoken'}"
    found = json.loads(json.dumps(speed_libraries.by_their_definitions(*models, str(text))))["figures"]
    assert found["asia-fertility"]["cpt"] * found["asia-fertility"]["fertility"] == pytest.approx(7 / 4)

"""What other projects take for their CI: the steps of the action and of the examples, run in bash."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CONFIG = """\
[tokenizers]
systems = ["t=vocab:words.txt"]
corpora = ["tat=tat.txt"]
hygiene = false
base = "base.json"
gate_outputs = ["gate.xml"]
"""


def steps(name: str) -> list[str]:
    """The shell of a file, a step each; an input stands for its default."""
    content = yaml.safe_load((ROOT / name).read_text("utf-8"))
    if "runs" in content:
        return [step["run"] for step in content["runs"]["steps"] if "run" in step]
    if "jobs" in content:
        return [step["run"] for job in content["jobs"].values() for step in job["steps"] if "run" in step]
    return [*content["langcov"]["before_script"], *content["langcov"]["script"]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that is measured, and a python whose pip says only what it was asked for."""
    (tmp_path / "langcov.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "tat.txt").write_text("бер ике өч\nдүрт\n" * 40, "utf-8")
    (tmp_path / "words.txt").write_text("[UNK]\nбер\nике\n", "utf-8")
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.write_text(
        f'#!/bin/bash\nif [ "$2" = pip ]; then echo "pip ${{*:3}}"; exit; fi\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    return tmp_path


def bash(project: Path, step: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does: bash that stops at the first error."""
    env = os.environ | {
        "PATH": f"{project / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LANGCOV_CACHE": str(project / "cache"),
        "GITHUB_STEP_SUMMARY": str(project / "summary.md"),
        "CONFIG": "langcov.toml",
        "INSTALL": "langcov[all]",
    }
    command = [str(shutil.which("bash")), "--noprofile", "--norc", "-eo", "pipefail", "-c", step]
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("name", ["action.yml", "docs/ci/github.yml", "docs/ci/gitlab.yml"])
def test_the_steps_measure_compare_and_fail(name: str, project: Path) -> None:
    install, measure = steps(name)
    assert bash(project, install).stdout == "pip install --quiet langcov[all]\n"
    missing = bash(project, measure)
    assert missing.returncode == 2
    assert "--baseline" in missing.stderr
    made = bash(project, "python -m langcov run langcov.toml --baseline --quiet")
    assert (made.returncode, made.stderr) == (0, "")
    passed = bash(project, measure)
    assert (passed.returncode, passed.stderr) == (0, "")
    (project / "words.txt").write_text("[UNK]\nалты\nбер\nике\n", "utf-8")
    failed = bash(project, measure)
    assert failed.returncode == 1
    assert "id drift" in failed.stdout
    assert "<failure" in (project / "gate.xml").read_text("utf-8")
    if name != "docs/ci/gitlab.yml":
        assert "::error" in failed.stdout
        assert "the gate is closed" in (project / "summary.md").read_text("utf-8")


def test_inputs_reach_the_shell_as_variables_only() -> None:
    """So that nobody's branch name or path is read as shell."""
    for name in ("action.yml", "docs/ci/github.yml"):
        assert not any("${{" in step for step in steps(name))


def test_the_hook_runs_on_files_of_languages(tmp_path: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    matches = [
        one for one in ("a/tat.txt", "tat_Cyrl.tsv", "README.md", "src/x.py") if re.search(hook["files"], one)
    ]
    assert matches == ["a/tat.txt", "tat_Cyrl.tsv"]
    good, bad = tmp_path / "tat.txt", tmp_path / "bak.txt"
    good.write_text("Бер ике өч дүрт биш.\n" * 5, "utf-8")
    bad.write_text("Бeр икe.\n" * 5, "utf-8")  # Latin e
    for path, code in ((good, 0), (bad, 1)):
        words = [sys.executable, "-m", *hook["entry"].split(), str(path)]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        ran = subprocess.run(words, env=env, capture_output=True, timeout=120, check=False)
        assert ran.returncode == code

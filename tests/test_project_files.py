"""The files around the package: they parse, and say what the package and its scripts do."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

import langcov

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
SCRIPTS = sorted((ROOT / "findings").glob("*.sh"))
PARTS = ("Package", "Expected", "Seen", "Documented", "Matters")


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def test_the_citation_names_this_version_and_nobody_in_person() -> None:
    cited = read("CITATION.cff")
    metadata = ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    assert cited["cff-version"] == "1.2.0"
    assert cited["version"] == langcov.__version__
    assert cited["license"] == metadata["metadata"]["license"]
    assert cited["authors"] == [{"name": "The langcov contributors"}]
    assert {"title", "message", "type"} < cited.keys()


def test_the_workflow_runs_what_ci_runs_on_each_python_that_is_promised() -> None:
    workflow = read(".github/workflows/ci.yml")
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML 1.1 reads the key `on` as a truth value
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["tests"]
    pythons = job["strategy"]["matrix"]["python"]
    assert pythons == ["3.10", "3.11", "3.12", "3.13"]
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    [setup] = [step for step in job["steps"] if "setup-python" in step.get("uses", "")]
    assert setup["with"]["python-version"] == "${{ matrix.python }}"
    assert f"python_requires = >={pythons[0]}" in (ROOT / "setup.cfg").read_text(encoding="utf-8")


def test_the_hooks_are_local_and_make_the_checks_of_ci() -> None:
    [repository] = read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}
    made = [hook["entry"].replace(" --force-exclude", "") for hook in repository["hooks"]]
    wanted = [line.replace(" --check", "").removesuffix(" .") for line in CI.splitlines()[-4:]]
    assert made == wanted


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda p: p.stem
)
def test_the_forms_of_issues_are_forms(path: Path) -> None:
    form = read(str(path.relative_to(ROOT)))
    if path.stem == "config":
        assert form == {"blank_issues_enabled": True}
        return
    assert (
        {"name", "description", "body"} <= form.keys() <= {"name", "description", "title", "labels", "body"}
    )
    ids = []
    for field in form["body"]:
        assert field["type"] in ("markdown", "input", "textarea", "dropdown")
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        if field["type"] == "markdown":
            assert field["attributes"].keys() == {"value"}
            continue
        ids.append(field["id"])
        assert field["attributes"]["label"]
        assert field.get("validations", {}).keys() <= {"required"}
    assert len(set(ids)) == len(ids)
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_the_rooms_of_the_guide_are_those_of_the_contract() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("| room |")[1].split("\n\n")[0]
    told = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert told == [re.findall(r"\w+", layer) for layer in layers]
    package = ROOT / "langcov"
    rooms = {
        path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {room for row in told for room in row} == rooms - {"__init__", "__main__"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_finding_is_a_script_that_pins_and_says_what_it_shows(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert lines[0] == "#!/usr/bin/env bash"
    assert re.fullmatch(r"# \S.{20,}[^.]", lines[1])
    assert re.findall(r"^# ([A-Z][a-z]+): +\S", "\n".join(lines), re.M) == list(PARTS)
    code = "\n".join(line for line in lines if not line.startswith("#"))
    assert code.strip().startswith(
        "set -euo pipefail\n\nfolder=$(mktemp -d)\ntrap 'rm -rf \"$folder\"' EXIT\n"
    )
    [installed] = re.findall(r"-m pip install (.*?)\|\|", code, re.S)
    packages = [word for word in installed.replace("\\", " ").split() if not word.startswith("-")]
    assert packages
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", package) for package in packages)
    assert "exit 2" in code
    assert "diff " in code
    assert "exit 1" in code
    assert not re.search(r"langcov|https?://", "\n".join(lines))


def test_the_findings_are_listed_with_their_packages() -> None:
    text = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[.+\]\((.+\.sh)\) \| (\S+ \S+) \|$", text, re.M)
    assert [name for name, _ in listed] == [script.name for script in SCRIPTS]
    for script, (_, package) in zip(SCRIPTS, listed, strict=True):
        shown = script.read_text(encoding="utf-8")
        assert re.search(rf"^# Package: +{re.escape(package)} ", shown, re.M)
        assert f"{package.replace(' ', '==')} " in shown.replace("\n", " ")

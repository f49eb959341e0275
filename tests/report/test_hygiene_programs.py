"""What a check found, for programs: JSON and SARIF by their schemas."""

from __future__ import annotations

import json
import lzma

import jsonschema
import pytest

from langcov.report.hygiene import findings_json as hygiene_json
from langcov.report.hygiene import sarif as hygiene_sarif
from tests.report.checked import finding, issue, report, sample
from tests.report.views import SARIF, sarif, schema


def test_json_obeys_the_shipped_schema() -> None:
    parts = json.loads(hygiene_json.render(sample()))
    schema().validate(parts)
    assert parts["findings"][0] == {
        "file": "texts/a.txt",
        "line": 3,
        "column": 7,
        "place": None,
        "length": 1,
        "check": "palochka",
        "severity": "error",
        "text": "х1ун",
        "codepoints": ["0031"],
        "suggestion": "хӏун",
        "message": "U+0031 DIGIT ONE stands where the letter palochka belongs.",
    }
    assert parts["findings"][-1]["line"] is None
    assert parts["counts"][0]["share"] == 0.015
    assert parts["not_judged"] == list(parts["not_judged_reasons"])


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("schema", "langcov.findings/2"), ("verdict", "fine"), ("findings", [{}]), ("more", 1)],
)
def test_the_schema_refuses(part: str, wrong: object) -> None:
    assert not schema().is_valid({**json.loads(hygiene_json.render(sample())), part: wrong})


def test_sarif_has_regions_in_code_points_and_fixes_of_whole_words() -> None:
    place = finding(3, 9, "\U0001f600х1ун", issue=issue(start=2, end=3, suggestion="\U0001f600хӏун"))
    run = sarif(report([place]))
    assert run["columnKind"] == "unicodeCodePoints"
    [result] = run["results"]
    assert result["level"] == "error"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "palochka"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 9, 10)
    [replacement] = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 7, "endColumn": 12}
    assert replacement["insertedContent"] == {"text": "\U0001f600хӏун"}


def test_sarif_of_everything_obeys_the_official_schema() -> None:
    results = sarif(sample())["results"]
    assert {result["level"] for result in results} == {"error", "warning", "note"}
    assert "region" not in results[-1]["locations"][0]["physicalLocation"]
    path = report([finding(file="/a b/в.txt"), finding(file="c:d.txt"), finding(file="a\udcff.txt")])
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in sarif(path)["results"]]
    assert uris == ["file:///a%20b/%D0%B2.txt", "c%3Ad.txt", "a%FF.txt"]


def test_several_reports_for_programs() -> None:
    both = report([finding()]), report([], language="tat_Cyrl")
    parts = json.loads(hygiene_json.render(*both))
    schema().validate(parts)
    assert parts["reports"] == [json.loads(hygiene_json.render(one)) for one in both]
    assert not schema().is_valid({**parts, "more": 1}) and not schema().is_valid({**parts, "reports": [{}]})
    log = json.loads(hygiene_sarif.render(*both))
    jsonschema.Draft7Validator(json.loads(lzma.decompress(SARIF.read_bytes()))).validate(log)
    assert [run["properties"]["language"] for run in log["runs"]] == ["che_Cyrl", "tat_Cyrl"]

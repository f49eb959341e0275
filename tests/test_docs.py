"""What docs/ says against the code: metrics, commands, options, functions and keys."""

from __future__ import annotations

import argparse
import inspect
import json
import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import langcov
from langcov import cli
from langcov.cli import COMMANDS, Parser, main
from langcov.languages.perturbations import perturbations
from langcov.lid.labels import Sentinel
from langcov.metrics import morphology
from langcov.metrics.lid.purity import BASE_RATES
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.metric import Metric
from langcov.metrics.tokenizers.registry import metrics
from langcov.tokenizers.rank_patterns import PATTERNS
from tests.documents import ROOT, keys, names, rows, same, section
from tests.toys import uncased_wordpiece

MEASURES, CONTRACT = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("MEASURES.md", "CONTRACT.md")
)
SENTINELS = [sentinel.value for sentinel in Sentinel]
LENGTHS = ("1-10", "11-20", "21-50", "51-100", "101+")
PLACEHOLDERS: Mapping[str, Iterable[str]] = {
    "PERTURBATION": perturbations(),
    "RATE": BASE_RATES,
    "SENTINEL": [name.replace("-", "_") for name in SENTINELS],
    "LENGTH": LENGTHS,
}
WORK = r"[^\W\d_]+(?: et al\.| and \w+)? \d{4}"
"""How a publication is cited: Rust et al. 2021."""


def spelled_out(name: str) -> list[str]:
    """A name with each value of its placeholder."""
    for placeholder, values in PLACEHOLDERS.items():
        if placeholder in name:
            return [name.replace(placeholder, value) for value in values]
    return [name]


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Tokenizers", metrics()),
        ("LID", lid_metrics()),
    ],
)
def test_the_metrics_are_those_of_the_code(heading: str, known: Mapping[str, Metric]) -> None:
    told = {
        key: cells
        for cells in rows(section(MEASURES, heading))
        if len(cells) >= 4
        for name in names(cells[0])
        for key in spelled_out(name)
    }
    same(told, known)
    for key, cells in told.items():
        assert cells[1:3] == [known[key].unit, known[key].better], key


def test_every_metric_has_a_formula_and_a_source() -> None:
    text = section(MEASURES, "Sources")
    _, *told = rows(text)
    known = [*metrics(), *lid_metrics(), *morphology.NAMES]
    same((key for cells in told for name in names(cells[0]) for key in spelled_out(name)), known)
    for heading, place in (("Tokenizers", 3), ("LID", 4)):
        _, *defined = [cells for cells in rows(section(MEASURES, heading)) if len(cells) > 3]
        assert all(len(cells[place]) > 6 for cells in defined)
    cited = {work for cells in told for work in re.findall(WORK, cells[1])}
    same(cited, re.findall(rf"^- ({WORK}): \S", text, re.M))


def test_the_perturbations_are_those_of_the_code() -> None:
    same(keys(section(MEASURES, "Perturbations")), perturbations())


def test_the_values_of_placeholders_are_named() -> None:
    lid = section(MEASURES, "LID")
    for value in (*BASE_RATES, *LENGTHS, *SENTINELS):
        assert f"`{value}`" in lid
    assert {key.split("_")[-2] for key in lid_metrics() if key.endswith("_chars")} == set(LENGTHS)


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command and action."""
    found: dict[str, argparse.ArgumentParser] = {}
    for command in COMMANDS:
        parser = Parser(prog=command)
        import_module(f"langcov.cli.{command}").add_arguments(parser)
        actions = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        if actions:
            found |= {f"langcov {command} {name}": one for name, one in actions[0].choices.items()}
        if not actions or not actions[0].required:
            found[f"langcov {command}"] = parser
    return found


PARSERS = parsers()


def test_the_commands_are_those_of_the_code() -> None:
    commands = re.findall(r"^### `(langcov [\w ]+)`$", CONTRACT, re.M)
    same(commands, PARSERS)


@pytest.mark.parametrize("command", PARSERS)
def test_the_options_of_a_command_are_those_of_the_code(command: str) -> None:
    text = section(CONTRACT, f"`{command}`")
    options = [one for one in PARSERS[command]._actions if one.option_strings and one.dest != "help"]
    long = [name for one in options for name in one.option_strings if name.startswith("--")]
    same(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)), long)
    for option in options:
        if option.choices:
            name = option.option_strings[-1]
            assert re.search(rf"{name} ([\w|]+)", text)[1].split("|") == [
                str(one) for one in option.choices
            ], name  # type: ignore[index]


def test_the_exit_codes_are_those_of_the_code() -> None:
    codes = [str(code) for name, code in vars(cli).items() if name.startswith("EXIT_")]
    told = [cells[0] for cells in rows(section(CONTRACT, "Exit codes")) if cells[0].isdigit()]
    same(told, codes)


def test_the_checks_are_those_of_the_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tat.txt").write_text("кот\n", encoding="utf-8")
    (tmp_path / "map.tsv").write_text("¤\tә\n", encoding="utf-8")
    asked = ["--only", "no-such-check", "--letter-map", str(tmp_path / "map.tsv"), "--quiet"]
    assert main(["corpora", "check", str(tmp_path / "tat.txt"), *asked]) == 2
    [known] = re.findall(r"\(known: (.*)\)", capsys.readouterr().err)
    assert set(known.split(", ")) >= {"letter-map", "palochka"}
    same(keys(section(CONTRACT, "Checks")), known.split(", "))


def test_the_formats_and_groups_of_plug_ins_are_those_of_the_code() -> None:
    from langcov.corpora.readers.formats import format_of

    formats = [name for name in keys(section(CONTRACT, "Corpora")) if name.startswith(".")]
    assert all(format_of(f"tat{name}") for name in formats)
    assert format_of("tat.ods") is None
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "langcov").rglob("*.py"))
    groups = [
        name
        for name in names(section(CONTRACT, "Corpora"))
        if name.startswith("langcov.") and " " not in name
    ]
    assert groups
    for group in groups:
        assert f'"{group}"' in code
    assert set(re.findall(r'(?:group=|ENTRY_POINTS = )"([^"]+)"', code)) == set(groups)


def test_the_kinds_are_those_of_the_code() -> None:
    from langcov.lid import kinds as lid
    from langcov.tokenizers import kinds as tokenizers

    specs = [name.partition(":")[0] for name in keys(section(CONTRACT, "Tokenizers"))]
    same(set(specs), tokenizers.KINDS.builtin)
    models = [name.partition(":")[0] for name in keys(section(CONTRACT, "LID models"))]
    same(set(models), lid.KINDS.builtin)
    [yardsticks] = [cells for cells in rows(section(CONTRACT, "Tokenizers")) if cells[1] == "the yardsticks"]
    builtin = tokenizers.KINDS.builtin.items()
    same(names(yardsticks[0]), [name for name, kind in builtin if kind.yardstick])


def test_the_patterns_of_rank_files_are_told() -> None:
    for name in PATTERNS:
        assert f"`{name}`" in section(CONTRACT, "Tokenizers"), name


@pytest.mark.parametrize("name", ["measure_tokenizers", "measure_lid", "check_corpus", "language", "load"])
def test_the_parameters_of_a_function_are_those_of_the_code(name: str) -> None:
    [told] = re.findall(rf"`{name}\((.*?)\)`", section(CONTRACT, "Python"))
    parameters = inspect.signature(getattr(langcov, name)).parameters.values()
    words: list[str] = []
    for parameter in parameters:
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in words:
            words.append("*")
        words.append(parameter.name)
    assert told.split(", ") == words


def test_the_names_of_the_package_and_its_objects_are_told() -> None:
    python = section(CONTRACT, "Python")
    assert {re.match(r"\w+", name)[0] for name in keys(python)} == set(langcov.__all__)  # type: ignore[index]
    for owner in (langcov.Result, langcov.Report):
        [text] = [cells[1] for cells in rows(python) if cells[0] == f"`{owner.__name__}`"]
        told = {name.partition("(")[0] for name in names(text)}
        public = {name for name in dir(owner) if not name.startswith("_")}
        assert told == public | set(owner.__dataclass_fields__)


def schema(name: str) -> dict[str, Any]:
    text = (ROOT / "langcov" / "data" / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    """A result of each kind with everything in it that a small text can have."""

    def model(texts: list[str]) -> tuple[list[str], list[float]]:
        return ["tat"] * len(texts), [0.9 if "ө" in text else 0.5 for text in texts]

    def split(texts: list[str]) -> list[list[int]]:
        return [[0] * len(text.split()) for text in texts]

    model.labels, model.score = ["tat", "rus"], "probability"  # type: ignore[attr-defined]
    lines = {"tat": ["ак барс", "өч"], "rus": ["белый барс", "три"]}
    changes = list(perturbations())
    made = [
        langcov.measure_tokenizers(
            {"chars": "chars", "wordpiece": uncased_wordpiece(), "words": split},
            [{language: texts * 10 for language, texts in lines.items()}],
            "rus",
            aligned=True,
            price=1,
            perturbations=changes,
        ),
        langcov.measure_lid(
            {"one": model, "other": model},
            [{language: texts * 10 for language, texts in lines.items()}],
            top=3,
            perturbations=changes,
        ),
    ]
    return [json.loads(result.to_json()) for result in made]


def test_results_obey_the_schema(results: list[dict[str, Any]]) -> None:
    for result in results:
        assert all(result[part] for part in result if part not in ("gold_exceptions", "small_classes"))
        jsonschema.Draft202012Validator(schema("result")).validate(result)


def test_the_keys_of_a_result_are_those_of_the_code(results: list[dict[str, Any]]) -> None:
    text = section(CONTRACT, "Result JSON")
    parts = schema("result")["properties"]
    same(keys(text.partition("### ")[0]), parts)
    for part in (key for key, value in parts.items() if value.get("type") == "array"):
        told = section(text, part)
        said = {key for name in (keys(told) or names(told)) for key in spelled_out(name)}
        real = set(parts[part]["items"]["properties"])
        real |= {key for result in results for row in result.get(part, []) for key in row}
        # What a list says in prose names values beside keys.
        assert said == real if keys(told) else said >= real, part


def test_the_keys_of_a_signature_are_told(results: list[dict[str, Any]]) -> None:
    told = {"corpus", "tok", "lid", *keys(section(CONTRACT, "Signature"))}
    for result in results:
        assert {part.partition(":")[0] for part in result["signature"]["long"].split("|")} <= told


def test_the_keys_of_findings_are_those_of_the_schema() -> None:
    properties = schema("findings")["$defs"]["report"]["properties"]
    tables = re.split(r"^\| key.*$", section(CONTRACT, "Findings").partition("### ")[0], flags=re.M)[1:]
    same(keys(tables[0]), properties)
    for table, part in zip(tables[1:], ("files", "counts", "findings"), strict=True):
        same(keys(table), properties[part]["items"]["properties"])

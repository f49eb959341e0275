"""What docs/ refers to is there: headings, decisions, links and files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.documents import ROOT, names

EXTENSIONS = ("tsv", "py", "md", "json", "toml", "txt")


def test_headings_that_the_code_refers_to_are_there() -> None:
    referred = set()
    for path in (*(ROOT / "langcov").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        referred |= set(re.findall(r"\((MEASURES|CONTRACT|ARCHITECTURE|TRAPS), ([\w ]+)\)", text))
    assert referred
    for document, heading in sorted(referred):
        assert re.search(rf"^#+ {heading}$", (ROOT / "docs" / f"{document}.md").read_text("utf-8"), re.M), (
            heading
        )


DOCUMENTS = [
    path
    for folder in (
        ".",
        "docs",
        "docs/howto",
        "docs/ru",
        "docs/decisions",
        "findings",
        "corpora",
        "tokenizers",
        "benchmarks",
    )
    for path in sorted((ROOT / folder).glob("*.md"))
]


def test_every_decision_is_listed_under_its_title() -> None:
    listed = re.findall(
        r"^- \[(\d{4})\]\((.+)\) (.+)$", (ROOT / "docs/decisions/README.md").read_text("utf-8"), re.M
    )
    decisions = [path for path in DOCUMENTS if re.match(r"\d{4}-", path.name)]
    titles = (re.sub(r"^# (?:\d+[.:]? )?", "", path.read_text("utf-8").splitlines()[0]) for path in decisions)
    assert listed == [
        (path.name[:4], path.name, title) for path, title in zip(decisions, titles, strict=True)
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        place = (path.parent / file) if file else path
        assert place.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", place.read_text(encoding="utf-8"), re.M)
            assert anchor in [re.sub(r"[^\w\- ]", "", one).lower().replace(" ", "-") for one in headings], (
                target
            )


@pytest.mark.parametrize(
    "path", [one for one in DOCUMENTS if ROOT / "docs" in one.parents], ids=lambda path: path.name
)
def test_files_of_the_repository_that_are_named_are_there(path: Path) -> None:
    for name in names(path.read_text(encoding="utf-8")):
        if re.fullmatch(
            rf"(?:langcov|tests|benchmarks|tools|tokenizers|corpora)/[\w/.-]+\.(?:{'|'.join(EXTENSIONS)})",
            name,
        ):
            assert (ROOT / name).exists(), name

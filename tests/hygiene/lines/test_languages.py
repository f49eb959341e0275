"""Lines in another language: what evidence make of a line, and what comes of real text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from langcov.core import ui
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.lines import asked, languages
from langcov.hygiene.lines.arbiter import OTHER, RUSSIAN_LINE, SISTER, Arbiter
from langcov.hygiene.lines.languages import LanguagesOfLines
from langcov.hygiene.reading.fields import Fields
from langcov.lid.kinds import LidSystem, load
from langcov.report.hygiene.view import said
from tests.hygiene.lines.asked import context, issues_of

FILLER = "ба ве ги до жу лы му ро са те фо ху"
"""A line without a letter that tells Tatar from Bashkir or Russian."""


@pytest.fixture(autouse=True)
def no_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up lines have no words of any language; only real text is judged by them.

    Models are heard as if words had been compared.
    """
    if "shared" not in request.fixturenames:
        monkeypatch.setattr(asked, "bundled", lambda script: None)
        monkeypatch.setattr(languages, "Arbiter", lambda *given: Arbiter(*given[:4], True, *given[5:]))


def model(name: str, labels: Sequence[str], answer: Callable[[str], str]) -> LidSystem:
    """A model that answers by rule; a callable is one to langcov."""

    def function(texts: list[str]) -> tuple[list[str], None]:
        return [answer(text) for text in texts], None

    function.labels = labels  # type: ignore[attr-defined]
    system = load(function)
    return LidSystem(name, system.spec, system.model)


def keyed(name: str, *known: str, blind: str = "") -> LidSystem:
    """A model that reads the language off the line's last word; others than those it knows look ``blind``."""
    labels = ["und", *known, *([blind] if blind else [])]

    def answer(line: str) -> str:
        said = dict(part.split("=") for part in line.split() if "=" in part)
        code = said.get(name, said.get("all", "tat"))
        return code if code in labels else blind or "und"

    return model(name, labels, answer)


def verdicts(language: str, lines: Sequence[str], models: Sequence[LidSystem]) -> list[Issue | None]:
    """What is said of each line in a file that has twenty lines in order besides."""
    usual = ["әни өй әти күп " + FILLER] * 20 if language == "tat" else [FILLER] * 20
    check = LanguagesOfLines(context(language, models))
    found = dict(issues_of(check, [*usual, *lines], 6))
    assert not any(number is None or number < 20 for number in found)
    return [found.get(20 + at) for at in range(len(lines))]


def brief(issues: Sequence[Issue | None]) -> list[tuple[str, str] | None]:
    return [(issue.check, issue.severity) if issue else None for issue in issues]


ONE, TWO = keyed("one", "tat", "bak", "rus", "kir"), keyed("two", "tat", "bak", "rus", "kir")
STRANGER = keyed("far", "rus", "kaz", blind="kaz")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("all=rus", (RUSSIAN_LINE, "warning")),
        ("all=bak", (SISTER, "note")),
        ("all=kir", (OTHER, "note")),
        ("мо ну пи all=bak", (SISTER, "warning")),  # long enough
        ("мо ну пи all=kir", (OTHER, "warning")),
        ("all=und", None),
        ("one=rus two=tat", (RUSSIAN_LINE, "note")),
        ("one=bak two=kir", (SISTER, "note")),
        ("one=kir two=und", (OTHER, "note")),
        ("мо ну one=rus two=und", (RUSSIAN_LINE, "warning")),  # second: no ә, where all other lines have one
        ("ҡ one=bak two=und", (SISTER, "warning")),  # second: ҡ
        ("ҡ ҡ ҡ all=und", (SISTER, "warning")),
        ("ҡ ҡ all=und", None),
        ("ҡ ҡ ҡ all=tat", None),
        ("җ җ all=bak", None),  # Bashkir has no җ
        ("җ ҡ ҡ all=bak", (SISTER, "warning")),
        ("что это было all=und", (RUSSIAN_LINE, "warning")),
        ("что это ә было all=und", None),
        ("что это all=tat", None),
    ],
)
def test_evidence(line: str, expected: tuple[str, str] | None) -> None:
    assert brief(verdicts("tat", [f"{FILLER} {line}"], [ONE, TWO])) == [expected]


def test_disagreement_is_shown() -> None:
    (issue,) = verdicts("tat", [f"{FILLER} one=rus two=tat"], [ONE, TWO])
    assert issue is not None
    assert issue.message.format(**issue.values) == "Models disagree: one — rus_Cyrl, two — tat_Cyrl."
    assert said(issue) == "Models disagree: one — Russian, two — Tatar."
    ui.use("ru")
    assert said(issue) == "Модели не согласны: one — русский, two — татарский."


def test_a_model_without_the_language_never_speaks_alone() -> None:
    lines = [f"{FILLER} {line}" for line in ("far=rus", "far=kaz", "far=kaz one=tat", "far=kaz all=und")]
    assert verdicts("tat", lines, [STRANGER]) == [None] * 4
    assert verdicts("che", lines, [STRANGER]) == [None] * 4


def test_a_model_that_does_not_recognise_its_language_is_not_believed() -> None:
    """As lid.176 takes nearly all Erzya for Russian."""
    blind = model("blind", ["myv", "rus"], lambda line: "rus")
    check = LanguagesOfLines(context("myv", [blind]))
    assert issues_of(check, [FILLER] * 50) == []
    assert set(check.unjudged()) == {SISTER, OTHER}


def test_a_whole_file_in_a_sister_language() -> None:
    lines = [f"{FILLER} all=bak"] * 50
    for models, expected in (([ONE, TWO], 50), ([ONE], 0)):
        check = LanguagesOfLines(context("tat", models))
        assert len(issues_of(check, lines)) == expected


def test_short_lines_are_not_judged() -> None:
    assert verdicts("tat", ["что было all=rus", "ҡҡҡ", ""], [ONE, TWO]) == [None] * 3


def test_why_lines_were_not_judged() -> None:
    long = f"{FILLER} кто то"
    for models, line, reason in (
        ([ONE], "ҡҡҡ", "long enough"),
        ([], long, "switched off"),
        ([ONE], long, "knows this language"),
    ):
        check = LanguagesOfLines(context("che", models))
        issues_of(check, [line])
        assert reason in check.unjudged()[OTHER]


def test_another_script() -> None:
    lines = ["the quick brown fox jumps all=und", "что это было и когда all=und"]
    assert brief(verdicts("tat", lines, [ONE]))[0] == (OTHER, "warning")
    check = LanguagesOfLines(context("vep", []))
    assert [issue.check for _, issue in issues_of(check, ["что это было, и когда это было"])] == [
        RUSSIAN_LINE
    ]


def test_without_models_letters_and_words_are_looked_at() -> None:
    lines = [f"{FILLER} {words}" for words in ("что это было", "что это", "что", "ҥ ҥ ҥ")]
    found = verdicts("che", lines, [])
    assert brief(found) == [(RUSSIAN_LINE, "warning"), (RUSSIAN_LINE, "note"), None, (OTHER, "warning")]
    check = LanguagesOfLines(context("ukr", []))
    # What is common in Russian is not rare in Ukrainian.
    assert set(check.unjudged()) == set(LanguagesOfLines.ids())


def lines_of(path: Path, count: int) -> list[str]:
    return [line for line in path.read_text().split("\n") if len(line) >= 40][:count]


@pytest.mark.parametrize("language", ["tat", "bak", "chv", "sah", "kir"])
def test_russian_and_sister_lines_in_real_text(shared: Path, language: str) -> None:
    """Figures of docs/decisions/0008 on a part of the same text: nearly all found, next to no false alarm."""
    pytest.importorskip("heliport")
    pytest.importorskip("pycld2")
    folder = shared / "corpora/commonvoice"
    own, russian = lines_of(folder / f"{language}.txt", 900), lines_of(folder / "rus.txt", 90)
    other = lines_of(folder / ("bak.txt" if language == "tat" else "tat.txt"), 90)
    check = LanguagesOfLines(context(language))
    found = dict(issues_of(check, [*own, *russian, *other], 500))
    flags = {number: issue.check for number, issue in found.items() if number is not None}
    assert sum(number < 900 and found[number].severity == "warning" for number in flags) <= 3
    assert sum(flags.get(number) == RUSSIAN_LINE for number in range(900, 990)) >= 86
    kind = SISTER if language in ("tat", "bak") else OTHER
    assert sum(flags.get(number) == kind for number in range(990, 1080)) >= 80
    assert check.unjudged() == {}


def test_why_no_model_was_heard() -> None:
    def reason(lines: Sequence[str], models: Sequence[LidSystem]) -> str:
        check = LanguagesOfLines(context("tat", models))
        issues_of(check, lines)
        return check.unjudged().get(OTHER, "")

    short, tatar = ["Алар кичә кайттылар."], model("one", ["tat"], lambda line: "tat")
    assert reason(short, [tatar]).startswith("no line is long enough")
    assert "switched off" in reason([FILLER], [])
    silent = model("two", ["tat", "und"], lambda line: "und")
    assert "no language-ID model recognised this language in the file" in reason([FILLER], [silent])
    foreign = model("three", ["eng", "und"], lambda line: "und")
    assert "model that is installed knows this language" in reason([FILLER], [foreign])
    assert not reason([FILLER], [tatar])


@pytest.mark.parametrize("models", [[], [model("one", ["tat", "und"], lambda line: "und")]])
def test_lines_in_another_script_need_no_model(models: Sequence[LidSystem]) -> None:
    check = LanguagesOfLines(context("tat", models))
    latin = ["Barlıq keşelär dä azat häm üz abruyları", "Alarğa aqıl häm wöcdan birelgän"]
    assert len(issues_of(check, latin)) == 2 and not check.unjudged()
    check.add(Fields.of([FILLER]))
    assert check.unjudged()

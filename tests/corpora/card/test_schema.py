"""What is refused in a card, what a submission misses: each problem on its own, and all of them together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from langcov.corpora import bundled_corpora, resolve
from langcov.corpora.card.card import CARD, load_card
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, missing, problems
from langcov.errors import UserError

READY: dict[str, Any] = {
    "name": "news",
    "summary": "Articles.",
    "licence": "CC-BY-4.0",
    "source": "a newspaper",
    "collectors": ["N. N."],
    "consent": "asked",
    "contact": "name@example.org",
    "sensitive": "none",
    "machine_translated": False,
    "ocr": True,
    "languages": {"che": {"files": "che.txt", "year": 1998}},
}


def with_facts(**facts: Any) -> dict[str, Any]:
    return READY | {"languages": {"che": {"files": "che.txt", "year": 1998} | facts}}


def test_a_card_with_all_that_is_needed_is_ready() -> None:
    assert list(problems(READY)) == list(missing(READY)) == []


def test_every_example_of_the_schema_is_right() -> None:
    for field in FIELDS.values():
        if field.example and field.types == (str,):
            assert list(problems({field.name: field.example})) == [], field.name
    for field in LANGUAGE_FIELDS.values():
        if field.example:
            told = with_facts(**{"dialect": "x", field.name: field.example})
            assert list(problems(told)) == [], field.name


@pytest.mark.parametrize("name", sorted(bundled_corpora()))
def test_bundled_cards_have_no_problems(name: str) -> None:
    load_card(bundled_corpora()[name] / CARD)


@pytest.mark.parametrize(
    ("field", "blank"),
    [
        (field.name, blank)
        for field in FIELDS.values()
        for blank in (None, {str: "", list: [""], bool: None, dict: {}}[field.types[0]])
        if field.needed
    ],
)
def test_what_a_submission_needs(field: str, blank: object) -> None:
    card = READY | {field: blank}
    if blank is None:
        del card[field]
    assert [one.name for one, _ in missing(card)] == [field]


def test_false_is_an_answer_and_a_year_is_needed_of_each_language() -> None:
    card = READY | {"languages": {"che": "a.txt", "ava": {"files": "b.txt", "year": "1998-2005"}, "inh": []}}
    assert [(field.name, languages) for field, languages in missing(card)] == [
        ("files", ["inh"]),
        ("year", ["che", "inh"]),
    ]


def test_text_without_a_licence_needs_one_for_its_counts() -> None:
    card = READY | {"licence": "NONE"}
    assert list(problems(card)) == []
    assert [field.name for field, _ in missing(card)] == ["counts_licence"]
    assert not list(missing(card | {"counts_licence": "CC0-1.0"}))
    assert "SPDX does not know" in next(problems(card | {"counts_licence": "NONE"}))


@pytest.mark.parametrize(
    "licence",
    ["CC0-1.0", "CC-BY-SA-4.0", "MIT OR CC-BY-4.0", "LicenseRef-of-the-archive", "GPL-3.0-or-later", "NONE"],
)
def test_licences_of_spdx(licence: str) -> None:
    assert list(problems({"licence": licence})) == []


@pytest.mark.parametrize(
    ("licence", "meant"),
    [
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC BY-NC", "CC-BY-NC-4.0"),
        ("none", "NONE"),
        ("public domain", "LicenseRef-public-domain"),
        ("all rights reserved", None),
        ("", None),
        ("LicenseRef-наша", None),
        ("CC-BY-4.0 AND", "CC-BY-4.0"),
    ],
)
def test_what_is_no_licence(licence: str, meant: str | None) -> None:
    [problem] = problems({"licence": licence})
    assert problem.startswith(f"licence is {licence!r}, which SPDX does not know")
    assert problem.endswith(f"did you mean {meant!r}?" if meant else "LICENSE beside the card")


THIS_YEAR = date.today().year


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        ({"nmae": "x"}, "unknown field 'nmae'; a card may say name, "),
        ({"nmae": "x"}, "did you mean 'name'?"),
        ({"name": 5}, "'name' must be a string"),
        ({"ocr": "no"}, "'ocr' must be a truth value (true or false)"),
        ({"collectors": "N. N."}, "'collectors' must be a list of strings"),
        ({"problems": ["a", 1]}, "'problems' must be a list of strings"),
        ({"commit": 1}, "'commit' must be a string or table"),
        ({"contact": "the editors"}, "contact is 'the editors'; give an e-mail address or a web page"),
        ({"contact": "a @b.org"}, "contact is 'a @b.org'"),
        ({"kind": "poem"}, "kind is 'poem'; it must be text, lexicon"),
        ({"keys": "["}, "keys is no regular expression"),
        ({"sha256": {"che": "9f2c"}}, "sha256.che must be a sha256: 64 digits"),
        ({"sha256": {"che": [5]}}, "sha256.che must be a sha256"),
        ({"sha256": {"xyz": "0" * 64}}, "sha256: unknown language 'xyz'"),
        ({"orthography": {"che": 1938}}, "orthography.che must be a string"),
        ({"languages": "che"}, "'languages' must be a table"),
        ({"languages": {"Chechn": "a.txt"}}, "unknown language 'Chechn': did you mean Chechen (che_Cyrl)"),
        ({"languages": {"che": 5}}, "languages.che must be a file name or a list of them"),
        ({"languages": {"che": [5]}}, "languages.che must be a file name or a list of them"),
        ({"languages": {"che": {"year": 1998}}}, "languages.che names no files"),
        (with_facts(plac="x"), "unknown field 'languages.che.plac'"),
        (with_facts(plac="x"), "did you mean 'place'?"),
        (with_facts(year=True), "'languages.che.year' must be a string or whole number"),
        (with_facts(year=date(1998, 5, 1)), "'languages.che.year' must be a string or whole number"),
        (with_facts(year="1998 to 2005"), "write a year, 1998, or the first and the last"),
        (with_facts(year="2005-1998"), "write a year, 1998, or the first and the last"),
        (with_facts(year="١٩٩٨"), "write a year, 1998, or the first and the last"),
        (with_facts(year=THIS_YEAR + 1), "which lies in the future"),
        (with_facts(year=f"1998-{THIS_YEAR + 1}"), "which lies in the future"),
        (with_facts(script="Cyrillic"), "write its code in ISO 15924"),
        (with_facts(script="Latn"), "script is 'Latn', but che stands for che_Cyrl"),
        (with_facts(glottocode="che"), "a Glottocode has four letters and four digits"),
        (
            with_facts(glottocode="ingu1240"),
            "is 'ingu1240', but Chechen has 'chec1245'; if it is that of a dialect",
        ),
    ],
)
def test_problems(card: dict[str, Any], problem: str) -> None:
    [found] = problems(card)
    assert problem in found
    assert "\n" not in found


@pytest.mark.parametrize(
    "card",
    [
        with_facts(glottocode="akki1238", dialect="Akkin"),
        with_facts(year=f"1998-{THIS_YEAR}", script="Cyrl"),
        {"contact": "https://example.org/take-down"},
        {"sha256": {"che": ["0" * 64, "1" * 64]}},
    ],
)
def test_no_problems(card: dict[str, Any]) -> None:
    assert list(problems(card)) == []


def test_all_problems_are_listed_and_commands_name_the_first(tmp_path: Path) -> None:
    text = "licence = 'free'\nocr = 1\n[languages.che]\nfiles = 'che.txt'\nyear = 'once'\n[languages.xyz]\n"
    (tmp_path / CARD).write_text(text)
    found = list(
        problems(
            {"licence": "free", "ocr": 1, "languages": {"che": {"files": "x", "year": "once"}, "xyz": {}}}
        )
    )
    assert [problem.partition(" ")[0] for problem in found] == [
        "licence",
        "'ocr'",
        "languages.che.year",
        "languages:",
        "languages.xyz",
    ]
    with pytest.raises(UserError, match=r"corpus\.toml: licence is 'free', which SPDX") as caught:
        load_card(tmp_path / CARD)
    assert "\n" not in str(caught.value)


def test_facts_of_languages_do_not_change_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x\n")
    (tmp_path / CARD).write_text(
        "[languages]\nrus = ['one.txt']\n[languages.eve]\nfiles = 'one.txt'\northography = 'yakutia'\n"
    )
    [corpus] = resolve([tmp_path])
    assert [(source.language, Path(source.path).name) for source in corpus.sources] == [
        ("rus_Cyrl", "one.txt"),
        ("eve_Cyrl", "one.txt"),
    ]
    assert corpus.orthography == {"eve_Cyrl": "yakutia"}

"""What words of single lines say, in real text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from langcov.hygiene.lines.arbiter import RUSSIAN_LINE
from langcov.hygiene.lines.languages import LanguagesOfLines
from langcov.hygiene.lines.prose import Prose
from langcov.lid.kinds import LidSystem
from tests.hygiene.lines.asked import context, issues_of
from tests.hygiene.lines.test_languages import model


def found(language: str, lines: list[str], *models: LidSystem) -> list[tuple[str, str] | None]:
    """Check and severity of each line."""
    check = LanguagesOfLines(context(language, models))
    issues = dict(issues_of(check, lines))
    return [(issues[at].check, issues[at].severity) if at in issues else None for at in range(len(lines))]


def text(shared: Path, name: str, many: int) -> list[str]:
    lines = (shared / "corpora/tatoeba" / name).read_text("utf-8").split("\n")
    found = (line.partition("\t")[0] for line in lines)
    return [line for line in found if line and not re.search("[A-Za-z]", line)][:many]


@pytest.mark.parametrize("language", ["tat", "kaz", "mhr", "myv", "kum", "sty"])
def test_russian_lines_are_found_without_a_model(shared: Path, language: str) -> None:
    lines = [line for line in text(shared, "rus-eng.tsv", 400) if len(line.split()) >= 5]
    said = found(language, lines)
    assert said.count((RUSSIAN_LINE, "warning")) >= 0.75 * len(lines)  # the others lack a second witness
    assert len(lines) - said.count(None) >= 0.85 * len(lines)


@pytest.mark.parametrize(("language", "name"), [("tat", "tat-eng"), ("kaz", "kaz-eng"), ("mhr", "mhr-eng")])
def test_other_lines_are_not_russian(shared: Path, language: str, name: str) -> None:
    lines = text(shared, f"{name}.tsv", 500)
    russian = model("russian", ["rus", "und"], lambda line: "rus")  # says so of every line
    assert len(lines) - found(language, lines, russian).count(None) <= 1


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("bak", "Лия (UTС пельде шкань полавтома)"),  # Moksha
        ("kaz", "Сербия мен Черногория"),
        ("mhr", "Тринидад да Тобаго"),
        ("tgk", "Роджер Ковакс, Виктор Ибрагимов, Марина Колючева"),
        ("inh", "Блок техай администраторо ."),
        ("sah", "синтаксическай анализатор перехватчиктара"),
        ("sah", "бу категория подкатегорията суох"),
    ],
)
def test_names_and_loans_are_not_russian_without_a_russian_form(language: str, line: str) -> None:
    one = model("one", ["rus", "und"], lambda line: "rus")
    assert found(language, [line]) == found(language, [line], one) == [None]


def test_words_that_ukrainian_shares_with_russian_are_no_evidence() -> None:
    one = model("one", ["ukr", "rus", "und"], lambda line: "ukr" if "мови" in line else "rus")
    own = ["Слова нашої мови в цьому словнику"] * 5
    lines = [
        "Контекстне меню документа",
        "вказати модель принтера",
        "Простий список деталей",
        "Пункт вставлено",
    ]
    assert found("ukr", own + lines, one) == [None] * 9
    assert found("ukr", [*own, "Выберите имя файла для обработки"], one)[-1] == (RUSSIAN_LINE, "warning")


def test_a_loan_with_an_ending_that_the_language_has_too_is_not_russian() -> None:
    assert found("kaz", ["Демонстрация, плакат, минут"]) == [None]
    one = model("one", ["rus", "und"], lambda line: "rus")
    assert found("kaz", ["Плакат / демонстрация (минут)"], one) == [None]


def test_two_words_beside_names_are_russian_by_words_alone() -> None:
    one = model("one", ["tat", "rus", "und"], lambda line: "rus")
    for models in [[], [one]]:
        assert found("tat", ["Показать включения Template:Stub ."], *models) == [(RUSSIAN_LINE, "warning")]
        assert found("tat", ["ID переименовываемой страницы"], *models) == [(RUSSIAN_LINE, "note")]
        lines = ["Показать включения", "видео фильтры (ABC)", "Показать (показать)"]
        assert found("tat", lines, *models) == [None] * 3
    assert found("ukr", ["Показать включения Template:Stub ."]) == [None]
    assert found("sah", ["Регулярнай выражение (rlike)"]) == [None]


def test_a_model_is_not_heard_against_the_words(shared: Path) -> None:
    lines = text(shared, "tat-eng.tsv", 200)
    wrong = [model(name, ["tat", "bak", "pam"], lambda line: "bak") for name in ("one", "two")]
    assert len(lines) - found("tat", lines, *wrong).count(None) <= 4
    unknown = [model(name, ["tat", "pam"], lambda line: "pam") for name in ("one", "two")]
    assert found("tat", lines, *unknown) == [None] * len(lines)
    right = [model(name, ["tat", "kaz"], lambda line: "kaz") for name in ("one", "two")]
    kazakh = [line for line in text(shared, "kaz-eng.tsv", 200) if len(line.split()) >= 5]
    assert len(kazakh) - found("tat", kazakh, *right).count(None) >= 0.8 * len(kazakh)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Өз CSS/JSON/JavaScript-ін өңдеу", ["Өз", "өңдеу"]),
        ("LocalSettings.php файлы https://a.example/b (табылмады)", ["файлы", "табылмады"]),
        ("1 күн:1 day, 2 апта:2 weeks", []),
        ("Парсер Kasenna MediaBase IP", ["Парсер"]),
        ("the quick “brown” fox", ["the", "quick", "brown", "fox"]),
        ("--check-format file_name Мұны жап", ["Мұны", "жап"]),
    ],
)
def test_names_of_files_and_pieces_of_programs_are_no_words(line: str, expected: list[str]) -> None:
    assert Prose("Cyrl").words(line) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("kat", "დააწექით, როცა NumLock, CapsLock და ScrollLock აქტიურია"),
        ("kat", "სერვერები asia.pool.ntp.org, europe.pool.ntp.org, oceania.pool.ntp.org"),
        ("hye", "Օգտագործում: marco-theme-viewer [THEMENAME]"),
        ("uig", "signed-off-by قۇرىنى قوش"),
    ],
)
def test_of_other_scripts_too(language: str, line: str) -> None:
    assert found(language, [line]) == [None]


def test_without_words_two_models_must_agree() -> None:
    own, line = ["საქართველოს მოსახლეობა ქალაქში ცხოვრობს"] * 20, "აირჩიეთ პრინტერის დრაივერი აქ"
    xmf, und = (
        model(says, ["kat", "xmf", "und"], lambda text, says=says: says if text == line else "kat")
        for says in ("xmf", "und")
    )
    assert found("kat", [*own, line], xmf, und)[-1] is None
    assert found("kat", [*own, line], xmf, xmf)[-1] == ("other-language", "note")


def test_an_address_makes_no_other_script() -> None:
    lines = ["LocalSettings.php https://a.example/some/path күту", "wgDefaultSkin getTitle() күтумен бірге"]
    assert found("kaz", lines) == [None, None]
    assert found("kaz", ["the text that was provided is empty"]) == [("other-language", "warning")]


@pytest.mark.parametrize(("language", "name"), [("tat", "tat-eng"), ("kaz", "kaz-eng"), ("mhr", "mhr-eng")])
def test_a_clause_in_russian(shared: Path, language: str, name: str) -> None:
    russian = [line for line in text(shared, "rus-eng.tsv", 600) if re.fullmatch(r"(\w+ ){4,}\w+\.", line)]
    lines = text(shared, f"{name}.tsv", len(russian))
    halves = [f"  {one} {other}" for one, other in zip(lines, russian)]
    issues = dict(issues_of(LanguagesOfLines(context(language, [])), halves))
    said = [issues.get(at) for at in range(len(halves))]
    parts = [halves[at][one.start : one.end] for at, one in enumerate(said) if one and one.severity == "note"]
    assert len(halves) - said.count(None) >= 0.8 * len(halves)
    assert sum(part + "." in russian for part in parts) >= 0.8 * len(parts)
    assert len(lines) - found(language, lines).count(None) <= 1


SAYS_ENGLISH = model("english", ["fin", "est", "eng", "und"], lambda line: "eng")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fin", "Photo Editor Cloud Storage -sivustolla."),
        ("fin", "Avaa Google Calendar API sivu"),
        ("fin", "Avaa The Lord of the Rings"),
        ("fin", "Avattu Web Store (max)"),
        ("est", "Seadista Cloud Print Service"),
        ("est", "Cloud Console'is tuleb lubada Calendar API"),
        ("est", "Virtual Machine Manager on lubatud"),
        ("est", "1878 Amédée Bollée La Mancelle"),
        ("fin", "Amédée Bolléen auto La Mancelle"),
        ("est", "tundmatu kodeering (unknown encoding)"),
        ("est", "Advendikalender (beta) (Advent Calendar (beta))"),
        ("est", "Dębica maakond (Powiat dębicki)"),
        ("est", "Ropczyce-Sędziszówi maakond (Powiat ropczycko-sędziszowski)"),
    ],
)
def test_names_are_no_evidence_for_another_language(language: str, line: str) -> None:
    own = ["Tämä on suomea ja se on hyvä", "Kaikki ihmiset syntyvät vapaina"] * 5
    twice = [SAYS_ENGLISH, SAYS_ENGLISH]
    ours = model("ours", ["fin", "est", "eng", "und"], lambda text: language if text in own else "eng")
    assert found(language, [*own, line], ours, ours)[-1] is None
    assert found(language, [line], *twice) == [None]


@pytest.mark.parametrize(
    "line",
    [
        "The file could not be opened",
        "Recording has been stopped",
        "The Catalogue of Bright Stars",
        "viga (the file could not be opened)",
        "The file could not be opened (no such file)",
    ],
)
def test_ordinary_words_are(line: str) -> None:
    own = ["Tämä on suomea ja se on hyvä", "Kaikki ihmiset syntyvät vapaina"] * 5
    ours = model("ours", ["fin", "eng", "und"], lambda text: "fin" if text in own else "eng")
    assert found("fin", [*own, line], ours, ours)[-1] == ("other-language", "note")


def test_an_english_name_with_what_it_names_is_no_evidence() -> None:
    own = ["Sva ljudska bića rađaju se slobodna i jednaka", "Ovo je rečenica na našem jeziku"] * 5
    ours = model("ours", ["srp", "eng", "und"], lambda text: "srp" if text in own else "eng")
    line = "Scalable Vector Graphics format definisan od strane W3C"
    english = line.replace("definisan od strane W3C", "could not be opened")
    assert found("srp_Latn", [*own, line, english], ours, ours)[-2:] == [None, ("other-language", "warning")]


def test_a_short_line_in_slavic_text_is_not_russian_for_one_model() -> None:
    own = ["Това е изречение на български език"] * 5
    says = model("russian", ["bul", "rus", "und"], lambda text: "bul" if text in own else "rus")
    owns, unsure = (model(one, ["bul", "rus", "und"], lambda text, one=one: one) for one in ("bul", "und"))
    for line in ("Разрешение на конфликт", "Финансов отчет на"):
        assert found("bul", [*own, line], says, owns)[-1] is None
        assert found("bul", [*own, line], says, unsure)[-1] is None
    assert found("bul", [*own, "Можно использовать следующие переменные"], says, unsure)[-1] is not None


@pytest.mark.parametrize("language", ["bak", "tat"])
def test_an_ending_that_no_russian_word_has_is_of_no_russian_line(language: str) -> None:
    one, two = (model(name, ["rus", language, "und"], lambda line: "rus") for name in ("one", "two"))
    assert found(language, ["риск рейтингы: участкы вандализма"], one, two) == [None]
    assert found(language, ["риск рейтинги: участки вандализма"], one, two) == [(RUSSIAN_LINE, "warning")]


def test_models_are_not_believed_of_a_long_line_with_hardly_a_word() -> None:
    one, two = (model(name, ["rus", "srp", "und"], lambda line: "rus") for name in ("one", "two"))
    code = "base_encode:x, base_decode:x, 16/32/64, base_encode_url:x"
    assert found("srp_Cyrl", [f"стринг (формат: {code}) или"], one, two) == [None]
    line = "строка в кодировке или строка без кодировки, на выбор"
    assert found("srp_Cyrl", [line], one, two) == [(RUSSIAN_LINE, "warning")]


def test_an_abbreviation_behind_a_name_makes_no_text_of_it() -> None:
    assert found("srp_Cyrl", ["Video Mixer Desktop Pro (2. alt.)"]) == [None]
    assert found("srp_Cyrl", ["Video mixer Desktop Pro (2. alt.)"]) == [("other-language", "warning")]

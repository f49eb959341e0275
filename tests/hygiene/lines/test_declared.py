"""The language that a file is declared to be in: what is said of it, and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.letter_map import proposed
from langcov.hygiene.lines.declared import DeclaredLanguage, Sample
from langcov.hygiene.reading.fields import Fields
from langcov.lid.kinds import LidSystem
from tests.hygiene.lines.asked import context, issues_of
from tests.hygiene.lines.test_languages import model


def judged(language: str, lines: Sequence[str], models: Sequence[LidSystem] = ()) -> tuple[Issue | None, str]:
    """The verdict on lines that are declared to be in a language, and why there is none."""
    check = DeclaredLanguage(context(language, models))
    found = issues_of(check, lines, 17)
    assert [number for number, _ in found] == [None] * len(found)
    assert all((issue.severity, issue.start, issue.end) == ("error", 0, 0) for _, issue in found)
    return (found[0][1] if found else None), check.unjudged().get("declared-language", "")


def fits(language: str, lines: Sequence[str], models: Sequence[LidSystem] = ()) -> str | None:
    """The language that is suggested instead."""
    issue, unjudged = judged(language, lines, models)
    assert issue and not unjudged
    return issue.suggestion


@pytest.fixture
def text(shared: Path) -> object:
    """60 lines of a file of real text."""

    def lines(name: str, first: int = 0, many: int = 60) -> list[str]:
        every = (shared / "corpora" / name).read_text("utf-8").split("\n")
        if name.endswith(".conllu"):
            every = [line[9:] for line in every if line.startswith("# text = ")]
        return [line.partition("\t")[0] for line in every[first : first + many]]

    return lines


@pytest.mark.parametrize(
    ("declared", "name", "right"),
    [
        ("tat", "tatoeba/kaz-eng.tsv", "kaz_Cyrl"),
        ("bak", "tatoeba/tat-eng.tsv", "tat_Cyrl"),
        ("chv", "gatitos/che_Cyrl.tsv", "che_Cyrl"),
        ("ady", "gatitos/kbd_Cyrl.tsv", "kbd_Cyrl"),
        ("mdf", "ud/UD_Erzya-JR.conllu", "myv_Cyrl"),
        ("koi", "ud/UD_Komi_Zyrian-Lattice.conllu", "kpv_Cyrl"),
        ("mrj", "tatoeba/mhr-eng.tsv", "mhr_Cyrl"),
        ("tur", "nllbseed/crh_Latn.txt", "crh_Latn"),
        ("bel", "tatoeba/ukr-eng.tsv", "ukr_Cyrl"),
        ("tat", "nllbseed/eng_Latn.txt", "eng_Latn"),
        ("crh_Latn", "gatitos/crh_Cyrl.tsv", "crh_Cyrl"),
    ],
)
def test_another_language_than_declared(declared: str, name: str, right: str, text) -> None:
    issue, _ = judged(declared, text(name))
    assert issue is not None
    assert (issue.suggestion, issue.values["other"]) == (right, right)


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("tat", "tatoeba/tat-eng.tsv"),
        ("kaz", "tatoeba/kaz-eng.tsv"),
        ("mon", "tatoeba/mon-eng.tsv"),  # of which only the member khk has words
        ("khk", "ntrex/mon_Cyrl.txt"),
        ("mhr", "tatoeba/mhr-eng.tsv"),
        ("koi", "ud/UD_Komi_Permyak-UH.conllu"),
        ("sah", "ud/UD_Yakut-YKTDT.conllu"),
        ("vep", "ud/UD_Veps-VWT.conllu"),
        ("olo", "ud/UD_Livvi-KKPP.conllu"),
        ("tgk", "ntrex/tgk_Cyrl.txt"),
        ("uzb", "ntrex/uzb_Latn.txt"),
        ("aze", "tatoeba/aze-eng.tsv"),
    ],
)
def test_a_right_declaration_is_left_alone(declared: str, name: str, text) -> None:
    assert judged(declared, text(name)) == (None, "")


def test_half_of_the_lines_are_russian(text) -> None:
    lines = text("tatoeba/tat-eng.tsv", many=40) + text("tatoeba/rus-eng.tsv", many=30)
    issue, _ = judged("tat", lines)
    assert issue and issue.values["other"] == "rus_Cyrl"
    assert issue.message.startswith("{percent} % of {lines} different lines are in {other}")
    assert 35 <= int(issue.values["percent"]) <= 50
    assert issue.suggestion is None  # most of it is Tatar
    assert fits("tat", lines[20:]) == "rus_Cyrl"
    assert fits("kum", text("tatoeba/rus-eng.tsv")) == "rus_Cyrl"  # few of whose words are known


def test_a_heading_that_stands_often_is_one_line(text) -> None:
    lines = text("tatoeba/tat-eng.tsv")
    headed = [line for number, text in enumerate(lines) for line in (f"Статья {number}", text)]
    assert judged("tat", headed) == (None, "")


def test_a_sister_inside(text) -> None:
    lines = text("ud/UD_Moksha-JR.conllu", many=40) + text("ud/UD_Erzya-JR.conllu", many=40)
    issue, _ = judged("mdf", lines)
    assert issue and issue.values["other"] == "myv_Cyrl" and 35 <= int(issue.values["percent"]) <= 65


def test_in_the_letters_of_another_script(text) -> None:
    latin = str.maketrans("абвгдежзийклмнопрстуфхцчшыэәөүҗңһ", "abwgdejziyklmnoprstufxcçşıeäöücñh")
    issue, _ = judged("tat", [line.lower().translate(latin) for line in text("tatoeba/tat-eng.tsv")])
    assert issue and issue.suggestion == "tat_Latn"  # of which no word is known
    assert issue.message.startswith("This text is in Latin letters")
    assert fits("tat_Latn", text("tatoeba/tat-eng.tsv")) == "tat_Cyrl"
    assert fits("tat_Arab", text("tatoeba/tat-eng.tsv")) == "tat_Cyrl"


def test_a_legacy_font(text) -> None:
    font = str.maketrans("қғұүәңөһ", "ќѓўїєѕљћ")
    issue, _ = judged("kaz", [line.translate(font) for line in text("ntrex/kaz_Cyrl.txt")])
    assert issue and issue.suggestion is None and "--letter-map" in issue.message
    assert issue.values["letters"].split()[:2] == ["ќ", "ѓ"]
    assert "і" not in issue.values["letters"].split()
    assert issue.values["map"].startswith("ќ → қ (")
    rows = dict(row.split("\t") for row in proposed([issue]).split("\n") if row and row[0] != "#")
    right = {chr(shown): chr(letter) for letter, shown in font.items()}
    right |= {shown.upper(): letter.upper() for shown, letter in right.items()}
    assert len(rows) >= 10 and rows.items() <= right.items()


def test_a_font_of_a_language_of_which_few_words_are_known(text) -> None:
    font = str.maketrans("ӕæ", "ўў")
    issue, _ = judged("oss", [line.translate(font) for line in text("gatitos/oss_Cyrl.tsv", many=200)])
    assert issue and issue.values["map"] == "" and not proposed([issue])
    assert "--save-letter-map" not in issue.message


def test_letters_that_only_a_sister_has(text) -> None:
    lines = [line.replace("а", "ӓ").replace("ы", "ӹ") for line in text("ntrex/rus_Cyrl.txt")]
    mari = [line.replace("ш", "ӱ") for line in lines]  # nothing that words could say
    issue, _ = judged("mhr", mari)
    assert issue and (issue.suggestion, issue.values["letters"]) == ("mrj_Cyrl", "ӓ ӹ")


def test_models_that_know_both(text) -> None:
    lines = text("ud/UD_Livvi-KKPP.conllu")
    right = model("right", ["lud", "olo"], lambda line: "olo")
    issue, _ = judged("lud", lines, [right])
    assert issue and (issue.suggestion, issue.values["models"]) == ("olo_Latn", "right")
    unsure = "fewer than 300 words of this language are known"
    for models in (
        [],
        [model("own", ["lud", "olo"], lambda line: "lud")],
        [model("blind", ["olo"], lambda line: "olo")],  # it has no other word for Ludic
        [right, model("other", ["lud", "fin"], lambda line: "fin")],
    ):
        found, reason = judged("lud", lines, models)
        assert found is None and reason.startswith(unsure)


@pytest.mark.parametrize(
    ("language", "lines", "reason"),
    [
        ("tat", [], "the text has fewer than 200 letters"),
        ("tat", ["әни " * 70], "the text has fewer than 40 different words"),
        ("arb", ["كتاب " * 70], "no other language of its script is known"),
    ],
)
def test_what_can_not_be_judged(language: str, lines: list[str], reason: str) -> None:
    assert judged(language, lines) == (None, reason)


def test_a_short_text_without_one_letter_of_its_script() -> None:
    lines = ["Barlıq keşelär dä azat häm üz abruyları", "häm xoquqları yağınnan tigez"]  # UDHR, article 1
    issue, _ = judged("tat", lines)
    assert issue and issue.suggestion == "tat_Latn"
    assert judged("tat", ["BBC News"]) == (None, "the text has fewer than 200 letters")
    assert judged("tat", ["Казан", *lines]) == (None, "the text has fewer than 200 letters")


def test_a_sample_is_of_the_whole_file_however_it_is_read() -> None:
    lines = [f"әни {number}" for number in range(5_000)]
    drawn = []
    for piece in (7, 900, 5_000):
        sample = Sample(100, 1_000)
        for start in range(0, len(lines), piece):
            sample.add(Fields.of(lines[start : start + piece], start))
        drawn.append(sample.lines)
    assert drawn[0] == drawn[1] == drawn[2]
    numbers = sorted(int(line.split()[1]) for line in drawn[0])
    assert (
        len(numbers) == 100 and [sum(n // 1_000 == k for n in numbers) > 10 for k in range(5)] == [True] * 5
    )


def test_a_sample_cuts_long_lines_between_letters() -> None:
    sample = Sample(5, 5)
    sample.add(Fields.of(["әәәә", "", "ab"]))
    assert sorted(sample.lines) == ["ab", "әә"]


_NAMES = """
Гватемала Швеция Гондурас Эквадор Боливия Мозамбик Танзания Маврикий Кувейт Иордания Сомали Судан
Чад Нигер Гана Гамбия Намибия Ангола Замбия Эритрея Эфиопия Уганда Бурунди Кабо-Верде Мавритания
Марокко Тунис Ливия Египет Оман Катар Бахрейн Йемен Непал Бутан Мьянма Лаос Вьетнам Куба Гаити
Барбадос Белиз Панама Парагвай Уругвай Чили Перу Гайана Суринам Венесуэла Колумбия
"""
NAMES = _NAMES.split()


@pytest.mark.parametrize("language", ["kaa_Cyrl", "tat", "tyv", "alt", "kjh"])
def test_a_list_of_names_is_in_no_other_language(language: str) -> None:
    assert judged(language, NAMES)[0] is None


@pytest.mark.parametrize("language", ["kaz", "kpv", "tat", "rus", "bak"])
def test_names_with_the_same_word_beside_each_are_a_list_of_names(language: str) -> None:
    beside = {"kaz": "уақыты", "kpv": "кад", "tat": "вакыты", "rus": "стандартное время", "bak": "ваҡыты"}
    assert judged(language, [f"{name} {beside[language]}" for name in NAMES])[0] is None


_MENU = """
Открыть файл;Закрыть окно;Сохранить как;Печать страницы;Выбрать шрифт;Найти слово;Заменить текст
Удалить строку;Показать панель;Скрыть заметки;Добавить закладку;Изменить размер;Новая вкладка
Без названия;Список пользователей;Проверить почту;Отправить письмо;Создать папку;Настройки программы
Ошибка чтения;Отменить действие;Повторить попытку;Перейти вперёд;Быстрый запуск
"""
MENU = _MENU.strip().replace("\n", ";").split(";")


@pytest.mark.parametrize("language", ["ukr", "bul", "bel", "tat"])
def test_a_menu_in_another_language_is_told_by_its_words_in_small_letters(language: str) -> None:
    lines = [*MENU, *map(str.capitalize, (word for line in MENU for word in line.lower().split()))]
    assert fits(language, lines) == "rus_Cyrl"
    assert judged("rus", lines)[0] is None

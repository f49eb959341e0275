from __future__ import annotations

import pytest

from langcov.hygiene.checks.leftovers import Footnotes
from langcov.hygiene.engine.check import Settings, check_corpus
from langcov.hygiene.engine.protocol import Context
from langcov.hygiene.reading.fields import Fields
from langcov.languages import find
from tests.hygiene.checks.characters_asked import issue, issues


@pytest.mark.parametrize(
    ("line", "left", "source"),
    [
        ("сүз_x000D_", "_x000D_", "spreadsheet"),
        ("{\\i1}сүз", "{\\i1}", "subtitles"),
        ("Беренче\\NИкенче", "\\N", "subtitles"),
        ("NOTE", "NOTE", "subtitle file"),
        ("NOTE бу искәрмә", "NOTE", "subtitle file"),
        ("00:01.000 --> 00:02.500", "00:01.000 --> 00:02.500", "subtitle file"),
        ("\\tx сүз", "\\tx", "Toolbox"),
        ("*MOT:\tсүз", "*MOT:", "CHAT"),
        ("%mor:\tсүз", "%mor:", "CHAT"),
        ("[m1]сүз", "[m1]", "dictionary"),
        ("сүз[/trn]", "[/trn]", "dictionary"),
        ("thumb|Казан", "thumb|", "wiki"),
        ("сүз.\\nсүз", "\\n", "programs"),
        ("\\u04d9ни", "\\u04d9", "programs"),
        ("\\t сүз", "\\t", "Toolbox"),
        ("\\n", "\\n", "Toolbox"),
        ("әй\\тте", "\\", "orthography"),
        ("әйтте.[12]", "[12]", "footnote"),
    ],
)
def test_what_is_left_over_names_where_it_comes_from(line: str, left: str, source: str) -> None:
    found = issue("leftover", line)
    assert (found.wrong, found.start, found.severity) == (left, line.index(left), "warning")
    assert source in found.message


@pytest.mark.parametrize(
    "line",
    [
        "C:\\Users\\ил",
        "\\\\сервер\\ил",
        "а | б",
        "[искәрмә] {а} snake_case_x",
        "[1] сүз, [2020] ел",
        "* сүз @ил 100% а > б",
        "мини-футбол",
        "NOTE that",
        "[*] сайланмый",
        "ДОМЕН\\кулланучы",
        "domain\\user дип языгыз",
        "аергыч (|, \\t һ.б.) яки '\\r', «\\n»",
        'аергыч "\\"',
        "туры килмәгән \\n",
        "\\n = яңа юл, \\r = кайту, `\\t` = аергыч",
        "1 > 2 --> 3",
    ],
)
def test_signs_that_are_left_over_from_nothing(line: str) -> None:
    assert not issues("leftover", line)


def test_an_escape_alone_is_left_over_where_others_touch_words() -> None:
    assert [found.wrong for found in issues("leftover", "сүз.\\nсүз \\t")] == ["\\n", "\\t"]


@pytest.mark.parametrize(
    "line", ["\\b возврат", "\\a сигнал", '"путь": "файл[data-a=\\"да\\"]",', '{"name": "\\"имя\\""}']
)
def test_an_escape_that_is_explained_and_a_line_of_json(line: str) -> None:
    assert issues("leftover", line) == []
    assert issues("leftover", f"сүз {line}") or "\\b" in line or "\\a" in line


def test_a_latin_text_may_begin_with_note() -> None:
    assert not issues("leftover", "NOTE şu söz", "tat_Latn")


def footnotes(*lines: str, language: str = "tat") -> list[str]:
    found = check_corpus(lines, language, Settings(only=["footnote"])).findings
    return [one.text[one.issue.start : one.issue.end] for one in found]


@pytest.mark.parametrize(
    ("word", "number"), [("сүз1", "1"), ("китап12.", "12"), ("«шәһәр»", None), ("шәһәр²", "²")]
)
def test_a_small_number_at_the_end_of_a_word(word: str, number: str | None) -> None:
    assert footnotes(f"{word} дигән сүз бар") == [number] * (number is not None)
    assert not footnotes(f"ачык {word}")  # a colour


@pytest.mark.parametrize(
    "word", ["5нче", "Т34", "1С", "к1ант", "Салют7", "м2", "html5", "2020елда", "HER2", "сек²", "спарк64"]
)
def test_numbers_that_belong_to_their_word(word: str) -> None:
    assert not footnotes(f"{word} дигән сүз бар")


@pytest.mark.parametrize(
    "lines",
    [
        ["сүз1 һәм сүз2 бар иде"],
        ["сүзләр1 … сүзN дигән сүз"],
        ["[уен1, уенN] дигән сүз бар"],
        ["тавыш 3 өчен тавышны2 кушу"],
        ["сүз1 дигән китап бар", "башка китап", "Сүз2"],
    ],
)
def test_things_with_several_numbers_have_no_footnotes(lines: list[str]) -> None:
    assert not footnotes(*lines)
    assert footnotes(*lines, "ул китапны3 укый бит") == ["3"]


def test_a_latin_word_must_be_known_without_the_number() -> None:
    assert footnotes("bu kitap1 bek yahşı", language="crh_Latn") == ["1"]
    assert not footnotes("bu libxml2 bek yahşı", language="crh_Latn")
    assert not footnotes("bu log10 bek yahşı", language="crh_Latn")


@pytest.mark.parametrize("line", ["арктангенс2 от %1 и ещё", "мультибут2 это сокращение multiboot2"])
def test_a_function_or_a_program_has_its_number(line: str) -> None:
    assert not footnotes(line, language="rus")
    assert footnotes(line.replace("%1", "икс").replace("multiboot2", "слова"), language="rus") == ["2"]


def test_one_for_the_palochka_is_no_footnote() -> None:
    assert not footnotes("и ду дош1 цигахь", language="che")
    assert footnotes("и ду дош2 цигахь", language="che") == ["2"]


@pytest.mark.parametrize(
    "line", ["[size[0]]x[size[1]] сүз", "{a=[url]}сүз{/a}", '« ("\\"сүз\\"") »', "STYLE"]
)
def test_placeholders_and_what_is_spoken_of_are_not_left_over(line: str) -> None:
    assert not issues("leftover", line)


@pytest.mark.parametrize("line", ["сүз[1] сүз", "[url]сүз", '\\"сүз\\" (сүз)', "NOTE"])
def test_beside_them_marks_and_escapes_are(line: str) -> None:
    assert issues("leftover", line)


@pytest.mark.parametrize(
    "line",
    [
        "Нұсқасы 4.[234] сүз",
        "Тулы: '[color] ... [/color]'",
        "Кыска: '[l tgt=\"tile\"] ... [/l]'",
        'Мисал: png "c:\\program files\\viewer\\viewer.exe" -open',
        "Мисал: c:\\program files\\viewer\\viewer.exe",
        "юл ’\\n’ белән бетми",
    ],
)
def test_patterns_tags_and_paths_that_are_spoken_of(line: str) -> None:
    assert not issues("leftover", line)


@pytest.mark.parametrize(
    "line",
    ["ул 1914.[23] сүз", "сүз 4.[2]", "'[color]сүз[/color]'", 'c:\\program "сүз\\nсүз"', "’сүз\\nсүз’"],
)
def test_beside_patterns_and_paths_they_are_found(line: str) -> None:
    assert issues("leftover", line)


@pytest.mark.parametrize("word", ["'сүз1'", "„сүз1“", "-сүз8", "$сүз1"])
def test_a_name_of_a_program_has_no_footnote(word: str) -> None:
    assert not footnotes(f"{word} дигән китап бар")
    assert footnotes("«ул сүз1» дигән китап бар") == ["1"]


def test_a_word_with_its_number_in_two_lines_has_no_footnote() -> None:
    lines = ["ул бу юлда2 бар иде", "ул бу юлда2 юк иде"]
    assert not footnotes(*lines)
    assert footnotes(lines[0], lines[0]) == ["2", "2"]


@pytest.mark.parametrize(
    "line",
    [
        "argv[0] сүз",
        "'list.item[1] = 5' сүз",
        "type[1]='' сүз",
        "list[1].name сүз",
        "сүз [/dir] сүз",
        "/сүз[/file]",
        "Мисал: C:\\Users\\[кулланучы исеме]\\AppData\\Program\\сүз",
        "Мисал: C:\\Documents and Settings\\[кулланучы исеме]\\Application Data\\сүз\\сүз",
        '(соңы "\\r\\n" түгел)',
    ],
)
def test_elements_of_lists_and_parts_of_paths_are_of_no_other_format(line: str) -> None:
    assert not issues("leftover", line)


@pytest.mark.parametrize(
    "line",
    ["list[1] сүз", "сүз[1] = сүз", "[dir]сүз[/dir]", "[/url] сүз", "ул C:\\сүз һәм сүз\\сүз", "сүз\\r\\n"],
)
def test_beside_them_footnotes_tags_and_escapes_are(line: str) -> None:
    assert issues("leftover", line)


@pytest.mark.parametrize("line", ["сүз2: бу аның беренче исеме", "сүз1,...: бу аның беренче исемнәре"])
def test_a_word_that_its_line_explains_has_no_footnote(line: str) -> None:
    assert not footnotes(line)
    assert footnotes(f"ул {line}")


def test_what_differs_from_the_line_before_by_its_number_has_no_footnote() -> None:
    lines = ["бу аның ачык (юлы) бит", "бу аның ачык (юлы2) бит"]
    assert not footnotes(*lines)
    assert footnotes(*reversed(lines)) == footnotes(lines[0], "", lines[1]) == ["2"]


@pytest.mark.parametrize(("before", "found"), [("бу аның ачык (юлы) бит", 0), ("бу аның яңа юлы", 1)])
def test_the_line_before_may_be_of_another_block(before: str, found: int) -> None:
    check = Footnotes(Context(find("tat")))
    check.add(Fields.of([before]))
    check.add(Fields.of(["бу аның ачык (юлы2) бит"], 1))
    assert len([*check.issues()]) == found

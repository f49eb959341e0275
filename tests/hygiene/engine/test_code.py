"""What is code is no evidence of letters or of a language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.check import Settings, check_corpus
from langcov.hygiene.engine.code import without_code

CODE = [
    "%(limit_value)d",
    "%(value).1f",
    "%2$S",
    "%-*s",
    "%0A",
    "%%0A",
    "%?m?",
    "{name}",
    "${name}",
    "$NAME",
    "@tie{}",
    "@code{a b}",
    "{num, number, integer}",
    "{day, date, short}",
    "'init-wait', 'interval'",
    "Copyright (c) 1998-2000 Jane Roe, John Doe",
    "MMMM D YYYY HH:mm",
    '{ DATETIME($date, day: "numeric", month: "long") }',
    '{ -brand-name(case: "genitive") }',
    "{ message-header-key }",
    "{list[0].name}",
    "{ hold | dist-upgrade | show }",
    "apt (8)",
    "apt-get(8)",
    "display:inline-block",
    "(const char *key, struct crypt *data)",
    "(int socket, unsigned flags, size_t size)",
    "tool -i a.ged -f xml --name=check",
    "Universal Plug and Play (UPNP)",
    "--size=SIZE",
    "%02d",
    "\\x3e",
    "x3cx3E",
    "--no-wait",
    "--scenario=test1",
    "`set player'",
    "(*.tar *.tar.gz)",
    '"area":',
    '"area.name": "left"}',
]


@pytest.mark.parametrize("code", CODE)
def test_code_is_taken_out_of_its_line(code: str) -> None:
    assert without_code([f"сүз {code} сүз", "сүз"])[0].replace(",", "").replace("}", "").split() == [
        "сүз",
        "сүз",
    ]


@pytest.mark.parametrize("code", ["%(limit_value)d", "%(value).1f", "%2$S", "%-*s", "%0A", "%%0A"])
def test_code_glued_to_a_word_is_none_of_its_letters(code: str) -> None:
    settings = Settings(only=["lookalike", "mixed-script-word"])
    assert not check_corpus([f"{code}сүз", "сүз"], "tat", settings).findings


@pytest.mark.parametrize(
    "text",
    [
        "100% free",
        "5 %",
        "сүз %а",
        "a@b.ru",
        "DD, M",
        "Ж > з",
        "50 % d’un",
        "'т', 'н'",
        "{ сүз }",
        "сүз (8)",
        "so:сүз",
        "[url] сүз",
        "see [this] link",
        "get (pdf) file",
        "see (this) [list] of words",
        "a -- b",
        "`сүз'",
        "(сүз*)",
        '"area": "Some words"'[8:],
    ],
)
def test_what_is_no_code_stays(text: str) -> None:
    assert without_code([text]) == [text]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("{n, number} {n, plural, one {въпрос} other {въпроса}}, {size}", ["въпрос", "въпроса", ","]),
        ("{n,plural,=0{няма}few{# {unit} дни}many{}other{ден}}", ["няма", "#", "дни", "ден"]),
        ("{n, plural, offset:1 one {a} other {{n} b}} and {name}", ["a", "b", "and"]),
        ("{g, select, male {той} feminine {тя е} other {то}}", ["той", "тя", "е", "то"]),
        ("{n, selectordinal, two {#-ри} other {#-ти}}", ["#-ри", "#-ти"]),
    ],
)
def test_of_a_message_with_forms_their_text_stays(message: str, text: list[str]) -> None:
    assert without_code([message])[0].replace("}", " ").split() == text


def test_a_message_with_forms_is_in_no_other_language_or_script() -> None:
    lines = ["{value, number, integer} {value, plural, one {კითხვა} other {კითხვა}}"] * 3
    settings = Settings(only=["other-language", "declared-language"])
    assert not check_corpus([*lines, "ეს არის კითხვა და ეს არის პასუხი"], "kat", settings).findings


def test_of_a_message_of_fluent_the_text_of_its_forms_stays() -> None:
    message = "{ $n -> [one] { $n } сүз *[other] { NUMBER($n) } сүзе }"
    assert without_code([message])[0].replace("}", " ").split() == ["сүз", "сүзе"]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ('{ DATETIME($date, day: "numeric", month: "long", year: "numeric") } tarihinden beri', "tur"),
        ("Kuva teave (Ctrl+Alt+{ message-header-show-security-info-key })", "est"),
        ("[ ...] { changelog | dist-upgrade | download | hold | install | remove | show } ...", "rus"),
        ("apt-run-state-bundle (1), apt-get (8), show-versions (1), alternatives (8)", "rus"),
        ("„emacs“, „emacs-standard“, „vi“,", "bul"),
        ("Universal Plug and Play (UPNP)", "bul"),
        ("tool -i file1.ged -f gedcom -i ~/db3.tool -a tool -p name=check.", "rus"),
        ("(int sockfd, const struct msghdr *msg, int flags)", "tur"),
        ("select NIMI [in ARVOT ... ;] do KOMENNOT; done", "fin"),
        ("if=FAIL loe standardsisendi asemel faili", "est"),
        ("overflow:auto , overflow:scroll veya overflow:hidden eklemeyi deneyin. { learn-more }", "tur"),
    ],
)
def test_code_beside_words_is_in_no_other_language(line: str, language: str) -> None:
    settings = Settings(only=["other-language", "sister-language"])
    assert not check_corpus([line], language, settings).findings


def test_english_beside_code_is_found() -> None:
    line = 'Try changing the font-size of the ruby text. { learn-more } { NUMBER($n, style: "x") }'
    assert check_corpus([line], "srp_Cyrl", Settings(only=["other-language"])).findings


@given(st.lists(st.text(st.sampled_from("%{}$@'\"> (c)aDYMHсү01.,:?"), max_size=30), max_size=5))
def test_lines_stay_as_long_as_they_are(lines: list[str]) -> None:
    found = without_code(lines)
    assert [*map(len, found)] == [*map(len, lines)]
    for before, after in zip(lines, found):
        assert all(new in (old, " ") for old, new in zip(before, after))


def test_placeholders_are_no_english_words() -> None:
    names = ["adding", "page", "title", "count", "number", "user", "target", "source", "section", "summary"]
    lines = [f"Bot: %({one})s %({two})s %({one}_list)s" for one in names for two in names]
    settings = Settings(only=["declared-language", "other-language"])
    assert not check_corpus(lines, "vep", settings).findings


def test_a_format_of_dates_is_in_no_other_language() -> None:
    lines = ["Mii leat dáppe ja doppe odne"] * 5 + ["MMMM D. [b.] YYYY [ti.] HH:mm"]
    assert not check_corpus(lines, "sme", Settings(only=["other-language"])).findings


def test_a_condition_is_no_lost_letter() -> None:
    settings = Settings(only=["lost-letters"])
    assert not check_corpus(["%?m?сүз: &юк?"], "tat", settings).findings
    assert check_corpus(["с?з"], "tat", settings).findings


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("This will run if you are done with the file", "rus"),
        ("Use a well-known - and free - protocol for this", "bul"),
        ("(the character that begins each of these long lines)", "tur"),
        ("Universal text for the user of this program (UPNP)", "bul"),
    ],
)
def test_english_that_looks_a_little_like_code_is_found(line: str, language: str) -> None:
    assert check_corpus([line], language, Settings(only=["other-language"])).findings


def test_a_letter_after_a_placeholder_is_no_word_of_two_scripts() -> None:
    only = Settings(only=["mixed-script-word"])
    assert not check_corpus(["%dд %02dч %02dм"], "rus", only).findings
    assert check_corpus(["02dм"], "rus", only).findings


@pytest.mark.parametrize(
    "line",
    [
        "git fetch && git merge --ff-only",
        "git sparse-checkout set [--[no-]cone] [--skip-checks] (--stdin | ҮРНӘК…)",
        "get-all (ga) [исемнәр]",
        "tool [-a] [-b FILE] | FILE...",
    ],
)
def test_a_line_of_commands_and_a_synopsis_are_code(line: str) -> None:
    assert not without_code([line])[0].strip()
    assert without_code([f"Сүз {line}."])[0].strip()

"""Parts of words, and what holds of every alphabet: its letters are no issues, fixes are final and exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from langcov.hygiene.checks import alphabet, apostrophe, lookalike, palochka
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Evidence
from langcov.hygiene.engine.spelling import knows, parts, readings
from langcov.hygiene.engine.suspects import Trigger
from langcov.hygiene.engine.suspicious import signs, suspicious
from langcov.languages import find
from langcov.languages.alphabets import Alphabet, alphabet_of

CHECKS = [check for module in (palochka, lookalike, alphabet, apostrophe) for check in module.CHECKS]
LANGUAGES = (
    "tat",
    "che",
    "chv",
    "niv",
    "sah",
    "oss",
    "koi",
    "abq",
    "yrk",
    "crh_Latn",
    "vep",
    "srp_Cyrl",
    "kat",
)


class Everything(dict[str, int]):
    """Counts of a file that holds every word; remembers which were read."""

    def get(self, key: str, default: object = None) -> int:  # type: ignore[override]
        return self.setdefault(key, 5)


def known(language: str) -> Alphabet:
    found = alphabet_of(language)
    assert found
    return found


def issues(language: str, word: str, attested: bool) -> list[Issue]:
    letters = dict.fromkeys("".join(known(language).letters), 1000)  # of code points: Nivkh р̌ is two
    evidence = Evidence(find(language), known(language), letters, Everything() if attested else {})
    return [issue for check in CHECKS for issue in check.word(word, evidence)]  # type: ignore[misc]


def fixes(found: list[Issue], check: str) -> list[Issue]:
    return [issue for issue in found if issue.check == check and issue.automatic]


def texts(part: str) -> list[str]:
    return ["".join(cluster.text for cluster in one) for one in parts(part, frozenset("|!'"))]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("«IP-адрес»,", ["IP", "адрес"]),
        ("Саха/Якутия", ["Саха", "Якутия"]),
        ("т.е.", ["т", "е"]),
        ("'пп'ӕт'!", ["пп'ӕт"]),
        ("|хун|", ["|хун|"]),
        ("намадивӊчоғр̌", ["намадивӊчоғр̌"]),
        ("дʼˮ", ["дʼˮ"]),
        ("5‰", ["5"]),
        ("…", []),
    ],
)
def test_parts(word: str, expected: list[str]) -> None:
    assert texts(word) == expected


def test_a_mark_stays_with_its_letter() -> None:
    (part,) = parts("аи\u0306")
    assert [(cluster.start, cluster.text, cluster.nfc) for cluster in part] == [
        (0, "а", "а"),
        (1, "и\u0306", "й"),
    ]


def test_a_reading_says_what_stands_for_what() -> None:
    (reading,) = readings("хIopа", alphabet_of("che"))
    assert (reading.own, reading.foreign, reading.whole) == ((0, 4), (2, 3), "хӏора")
    assert reading.of_kind("palochka") == {1: "ӏ"}
    assert not readings("хIopа", None)


@given(st.data())
def test_letters_of_the_alphabet_are_no_issues(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    letters = sorted(letter for letter in known(language).letters if letter == letter.lower())
    word = "".join(data.draw(st.lists(st.sampled_from(letters), max_size=8))).replace("ʼʼ", "ʼ")
    assume(not set(word) <= set("іхмс"))  # in capitals a Roman numeral, which has Latin letters
    for form in (word, f"«{word}»,", unicodedata.normalize("NFD", word), word.title(), word.upper()):
        assert not issues(language, form, data.draw(st.booleans()))


@given(st.data())
def test_a_fix_is_final_and_changes_what_is_wrong_only(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    wrong = st.sampled_from(sorted(known(language).folds)) if known(language).folds else st.nothing()
    right = st.sampled_from(sorted(known(language).letters))
    word = "".join(data.draw(st.lists(st.one_of(right, right, wrong, st.sampled_from("1-'.Xq")), max_size=9)))
    attested = data.draw(st.booleans())
    found = issues(language, word, attested)
    for issue in found:
        assert 0 <= issue.start < issue.end <= len(word)
        rest = iter(word[issue.start : issue.end])
        assert all(character in rest for character in issue.wrong)  # in this order
        if issue.suggestion is not None:
            assert issue.suggestion != word
            assert issue.suggestion.startswith(word[: issue.start])
            assert issue.suggestion.endswith(word[issue.end :])
        if issue.automatic:
            again = issues(language, issue.suggestion or "", attested)
            assert len(fixes(again, issue.check)) == len(fixes(found, issue.check)) - 1


def test_a_numeral_of_own_letters_is_seen_by_nobody() -> None:
    """І is a letter of Komi: a numeral made of it alone is none that the search could tell from a word."""
    assert not issues("koi", "ІІ", True)
    assert [issue.suggestion for issue in issues("koi", "ІV", True)] == ["IV"]
    assert [issue.suggestion for issue in issues("tat", "ІІ", True)] == ["II"]


@given(st.data())
def test_no_issue_escapes_the_search(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    characters = [
        *sorted(known(language).letters | known(language).folds.keys() | known(language).variants.keys())
    ]
    word = "".join(data.draw(st.lists(st.sampled_from([*characters, "́", "q", "ъ", "’", "`"]), max_size=6)))
    evidence = Evidence(find(language), known(language))
    word = unicodedata.normalize("NFC", word)
    found = {issue.check for issue in issues(language, word, True)}
    for check in CHECKS:
        if check.id in found:
            assert Trigger.of(check, evidence).sees(word)


@pytest.mark.parametrize(
    ("language", "letter", "known"),
    [
        ("koi", "л\u0301", False),
        ("koi", "о\u0301", True),
        ("koi", "ӧ\u0301", True),
        ("srp", "р\u0301", True),  # a syllable
        ("niv", "р\u030c", True),
        ("mkd", "ќ", True),
    ],
)
def test_a_stress_stands_on_vowels(language: str, letter: str, known: bool) -> None:
    alphabet = alphabet_of(language)
    assert alphabet and knows(alphabet, letter) == known


def test_the_n_of_an_escape_is_no_letter_of_the_word() -> None:
    assert ["".join(one.text for one in part) for part in parts("дакъар.\\nВа")] == ["дакъар", "Ва"]


def test_suspicious_characters() -> None:
    tatar = suspicious(alphabet_of("tat"), "Cyrl")
    assert {*"aBҡӊγі"} <= tatar
    assert tatar.isdisjoint("абвәҗ1|!-’ ")
    assert "ҧ" in suspicious(alphabet_of("abk"), "Cyrl")  # a variant
    assert suspicious(None, "Cyrl") == set()
    assert (signs(alphabet_of("tat")), signs(alphabet_of("che")), signs(None)) == (set(), {*"1|!"}, set())


def test_without_an_alphabet_only_scripts_are_judged() -> None:
    evidence = Evidence(find("tat_Latn"), None)
    for check in CHECKS:
        of_scripts = check.id in ("lookalike", "mixed-script-word")
        assert check.word and not list(check.word("köñ", evidence))
        assert of_scripts or not list(check.word("хIун", evidence))
        assert check.unjudged(evidence) == (None if of_scripts else "no alphabet of this language is known")
        assert check.unjudged(Evidence(find("tat"), alphabet_of("tat"))) is None
        assert check.unjudged(Evidence(find("tat_Arab"), None))


@pytest.mark.parametrize("word", ["хIун", "х1ун", "cap", "aлap", "хIopа", "Tаулар", "1а"])
def test_the_words_whose_counts_are_read_are_asked_for_before(word: str) -> None:
    asking, read = Evidence(find("che"), known("che")), Everything()
    telling = Evidence(find("che"), known("che"), counts=read)
    for check in CHECKS:
        for evidence in (asking, telling):
            assert check.word
            list(check.word(word, evidence))
    assert read.keys() and read.keys() <= asking.asked

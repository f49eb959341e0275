"""A word as a speller sees it: its parts, the letters of each, and what they stand for in a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import regex

from langcov.hygiene.engine.code import word_without_code
from langcov.hygiene.engine.finding import Issue, Severity, named, script_of
from langcov.languages import BASES
from langcov.languages.alphabets import Alphabet, Fold

SIGNS = frozenset("1|!")  # characters, no letters, that stand for a palochka where they touch a letter

PALOCHKAS = frozenset("ӏӀ")
ROMAN = {"Х": "X", "С": "C", "М": "M", "І": "I", "Ӏ": "I"}
"""Letters that Roman numerals are written with by mistake."""

_ROMAN = {ord(wrong): right for wrong, right in ROMAN.items()}
STRESS = frozenset("\u0300\u0301")
_VOWELS = frozenset("аеёиоуыэюяєіїәөүұӕѳaeiouyæœøəɛαειουηω")
_SYLLABIC = frozenset("рr")
"""Consonants that have a stress in South Slavic languages."""
_STRESSED = ("Cyrl", "Latn", "Grek")
_PLAIN = frozenset(BASES["russian33"] + BASES["latin26"])

_LATIN_RUN = re.compile("[A-Za-z]+")
_ADDRESS = re.compile(r"://|\w@\w|^\W*www\.")
_FILE = re.compile(r"\w\.[a-z][a-z0-9]{1,4}(?:[/|:?#]\S*)?\W*$")
_CLUSTER = regex.compile(r"(?s).\p{M}*")
_NUMBER = regex.compile(r"\d(?:[.,:/]?\d)+")
_NUMERAL = regex.compile(
    r"(?=[LCDM]*[IVX])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(\p{Ll}*)"
)


@dataclass(frozen=True)
class Cluster:
    """A character with its marks."""

    start: int  # code points before it in its word
    text: str
    nfc: str
    script: str  # of the letter; ``Zyyy`` if it is none, or one of no one script


Part = tuple[Cluster, ...]


@dataclass(frozen=True)
class Reading:
    """What the characters of a part of a word are in a language."""

    alphabet: Alphabet
    part: Part
    own: tuple[int, ...]  # places of the letters of the language's script
    foreign: tuple[int, ...]  # places of those of other scripts, but for those that stand for a palochka
    issues: Mapping[int, tuple[Fold, str]]  # what stands for another letter, and for which, by place
    # the part with these letters in their place; None if it isn't in the alphabet even then
    whole: str | None
    numeral: int  # how many characters, from the first, are a Roman numeral, in whichever script

    def of_kind(self, kind: str) -> dict[int, str]:
        """What should stand there, by place, of the issues of a kind."""
        return {place: right for place, (fold, right) in self.issues.items() if fold.kind == kind}

    def letters(self, places: Collection[int]) -> str:
        """The characters at some places."""
        return "".join(self.part[place].nfc for place in places)


def parts(word: str, joining: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """The parts of a word: runs of letters, marks and digits, but for the n of ``\\n``.

    Args:
        word: without white space.
        joining: further characters that may stand between letters; ``|`` also before and after them.

    >>> ["".join(cluster.text for cluster in part) for part in parts("«IP-адрес»,")]
    ['IP', 'адрес']
    """
    runs = _runs(joining).finditer(word)
    return tuple(tuple(map(partial(_cluster, run.start()), _CLUSTER.finditer(run[0]))) for run in runs)


@lru_cache(maxsize=4)
def _runs(joining: frozenset[str]) -> regex.Pattern[str]:
    inside = "".join(map(regex.escape, joining))
    edge = r"\p{L}\p{Nd}|" if "|" in joining else r"\p{L}\p{Nd}"
    return regex.compile(rf"(?<!\\)[{edge}](?:[{edge}\p{{M}}{inside}]*[{edge}\p{{M}}])?")


def _cluster(start: int, found: regex.Match[str]) -> Cluster:
    nfc = unicodedata.normalize("NFC", found[0])
    return Cluster(start + found.start(), found[0], nfc, script_of(nfc[0]))


@lru_cache(maxsize=1 << 10)
def readings(word: str, alphabet: Alphabet | None) -> tuple[Reading, ...]:
    """What the parts of a word are in a language; no parts without a letter, none without alphabet.

    None of an address or a file name: they are written as they are; and none of code, as ``%s``.
    """
    if alphabet is None or (word.isascii() and is_foreign(word, alphabet)) or is_address(word, alphabet):
        return ()
    joining = alphabet.apostrophes | (SIGNS & alphabet.folds.keys())
    numbers = {place for number in _NUMBER.finditer(word) for place in range(*number.span())}
    found = (_read(part, alphabet, numbers) for part in parts(word_without_code(word), joining))
    return tuple(reading for reading in found if reading.own or reading.foreign)


def is_foreign(word: str, alphabet: Alphabet) -> bool:
    """Whether Latin letters of it look like no letter of a language of another script."""
    return alphabet.script != "Latn" and any(
        letter not in alphabet.folds for run in _LATIN_RUN.findall(word) for letter in run
    )


def is_address(word: str, alphabet: Alphabet) -> bool:
    """Whether it is a URL or an e-mail address; where Latin letters are foreign, a file's or site's name."""
    if word.isalpha():
        return False
    return bool(_ADDRESS.search(word) or (alphabet.script != "Latn" and _FILE.search(word)))


def knows(alphabet: Alphabet, letter: str) -> bool:
    """Whether a letter, in NFC, is of the alphabet or a variant of one; with further marks or not.

    A stress stands on vowels only.
    """
    if letter in alphabet.letters or letter in alphabet.variants:
        return True
    apart = unicodedata.normalize("NFD", letter)
    if not STRESS.isdisjoint(letter) and not _may_be_stressed(apart[0]):
        return False
    bare = apart[0] if apart[0].lower() in _VOWELS and STRESS.issuperset(apart[1:]) else letter[0]
    forms = bare, bare.lower()  # of Georgian only the small letters are listed
    return any(form in alphabet.letters or form in alphabet.variants for form in forms)


def is_vowel(letter: str) -> bool:
    """Whether it is a vowel letter, marks aside.

    >>> is_vowel("Ӧ"), is_vowel("р"), is_vowel("é")
    (True, False, True)
    """
    return unicodedata.normalize("NFD", letter)[0].lower() in _VOWELS


def _may_be_stressed(letter: str) -> bool:
    return is_vowel(letter) or letter.lower() in _SYLLABIC or script_of(letter) not in _STRESSED


def is_plain(letter: str) -> bool:
    """Whether it is on every keyboard: one of the Russian 33, or a to z."""
    return letter.lower() in _PLAIN


def issue(
    check: str,
    severity: Severity,
    word: str,
    reading: Reading,
    places: Collection[int],
    message: str,
    rights: Mapping[int, str] | None = None,
    automatic: bool = False,
) -> Issue:
    """An issue in a part of a word.

    Args:
        check, severity, message: of the issue; ``{wrong}`` and ``{right}`` stand for the characters.
        places: of the faulty characters in the part.
        rights: what should stand there, by place; None where it isn't known.
        automatic: whether that may be done unasked.
    """
    wrong = [reading.part[place] for place in sorted(places)]
    suggestion = None
    if rights is not None:
        suggestion = word[: reading.part[0].start] + fixed(reading.part, rights)
        suggestion += word[_end(reading.part[-1]) :]
    return Issue(
        check,
        severity,
        wrong[0].start,
        _end(wrong[-1]),
        "".join(cluster.text for cluster in wrong),
        message,
        {
            "wrong": named("".join(cluster.nfc for cluster in wrong)),
            "right": named("".join(rights[place] for place in sorted(rights))) if rights else "",
        },
        suggestion,
        automatic,
    )


def fixed(part: Part, rights: Mapping[int, str]) -> str:
    """A part with other characters at some places."""
    return "".join(rights.get(place, cluster.text) for place, cluster in enumerate(part))


def _read(part: Part, alphabet: Alphabet, numbers: Collection[int]) -> Reading:
    own, others = [], []
    for place, cluster in enumerate(part):
        if cluster.script == alphabet.script or (cluster.script != "Zyyy" and knows(alphabet, cluster.nfc)):
            own.append(place)
        elif cluster.script != "Zyyy":
            others.append(place)
    numeral = _numeral(part)
    found = {place: fold for place, cluster in enumerate(part) if (fold := _fold(cluster.nfc, alphabet))}
    alike = {place for place, (fold, _) in found.items() if fold.kind == "palochka"}
    letters = set(own) - alike
    palochkas = {place for place in alike if _may_be_palochka(part, place, letters, alike, numbers)}
    issues = {place: fold for place, fold in found.items() if place not in alike - palochkas and not numeral}
    known = all(
        place in issues or cluster.script == "Zyyy" or knows(alphabet, cluster.nfc)
        for place, cluster in enumerate(part)
    )
    rights = {place: right for place, (_, right) in issues.items()}
    return Reading(
        alphabet,
        part,
        tuple(place for place in own if place not in palochkas),
        tuple(place for place in others if place not in palochkas),
        issues,
        fixed(part, rights) if known else None,
        numeral,
    )


def _fold(letter: str, alphabet: Alphabet) -> tuple[Fold, str] | None:
    """What a character stands for, its further marks kept; None if it is right or isn't known."""
    if knows(alphabet, letter):
        return None
    first, marks = letter[0], letter[1:]
    if fold := alphabet.folds.get(letter):
        return fold, fold.right
    if letter not in alphabet.folds and (apart := unicodedata.normalize("NFD", letter))[1:] in STRESS:
        first, marks = apart[0], apart[1:]
    fold = alphabet.folds.get(first)
    if fold is None or (marks and fold.kind == "palochka"):
        return None
    right = unicodedata.normalize("NFC", fold.right + marks)
    return (fold, right) if knows(alphabet, right) else None


def _may_be_palochka(
    part: Part, place: int, letters: Collection[int], alike: Collection[int], numbers: Collection[int]
) -> bool:
    """A palochka touches a letter of its script, never another palochka; 1 in a number stands for none."""
    beside = {place - 1, place + 1}
    needed = 2 if part[place].text == "!" else 1
    alone = beside.isdisjoint(alike) and part[place].start not in numbers
    return alone and len(beside.intersection(letters)) >= needed


def _numeral(part: Part) -> int:
    """How many characters are a Roman numeral: all, or three and more before a suffix."""
    found = _NUMERAL.fullmatch("".join(cluster.nfc for cluster in part).translate(_ROMAN))
    return len(found[1]) if found and (len(found[1]) > 2 or not found[2]) else 0


def _end(cluster: Cluster) -> int:
    return cluster.start + len(cluster.text)

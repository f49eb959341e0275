"""Words whose bytes were read in another encoding than they were written in.

Each word is read back: to the bytes that a wrong code page made it of, and from these in the right encoding.
It counts only where this gives letters of the language alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from operator import itemgetter

from langcov.hygiene.engine.finding import Issue, Severity, clusters, issue_at, script_of, span
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.suspects import capitals_of
from langcov.hygiene.fixing.changes import Edit, edited

OF_DOS = ("cp437", "cp850")
"""Code pages in which the first of two bytes of a Latin letter of UTF-8 is a symbol: ğ becomes ─ƒ."""
UTF8_READ_AS = ("cp1251", "cp1252", "koi8-r", "cp866", "mac-cyrillic", *OF_DOS)
WITH_SYMBOLS = (("cp866", "cp1251"), ("cp1251", "cp866"), ("koi8-r", "cp866"), ("cp866", "koi8-r"))
"""Pairs (written in, read as) that leave symbols inside words."""
IN_LETTERS = (("koi8-r", "cp1251"), ("cp1251", "koi8-r"))
"""Pairs that make other Cyrillic letters of all letters, with the other case."""
REGIONAL = {
    "Cyrl": tuple(permutations(("cp1251", "ptcp154", "kz1048"), 2)),
    "Latn": (("cp1254", "cp1252"), ("cp1257", "cp1252")),
}
"""Pairs (written in, read as) by script that have most letters in the same places, so that only some change:
ќ for қ, ð for ğ or š."""
MANY = 4  # letters of a file that no chance brings into it
SPACES = "\u00a0\u0085"
"""Second bytes that white space stands for: a misread word that holds one comes in two."""

_MULTIBYTE = re.compile("(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_PUNCTUATION = frozenset("«»„“”‘’‚‹›–—…•·№°§©®™×\u00a0\u00ad\u2011\u2009\u202f\u2026\u2212€₽\ufeff\u200b")
_SYMBOLS = frozenset("¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾¿ˆ˜†‡•‚„…€‰™‹›√∙≈≤≥⌠⌡№" + span(0x2500, 0x25A0))
_LETTERS = frozenset(span(0x80, 0x9F) + span(0xC0, 0xFF) + "ЂЃѓђЉЊЌЋЏљњќћџЈјЅѕЇїЄєҐґІіЎўŠšŒœŽžŸƒ")

_CYRILLIC = re.compile("[\u0400-\u052f]+")
_VOWEL = "[аеёиоуыэюяӓӑәөӧүӱӯӣӗіїє]"
_CONSONANT = f"(?!{_VOWEL})\\w"
_SYLLABLES = re.compile(f"(?!.*й[еёюя]){_VOWEL}?(?:{_CONSONANT}{_VOWEL}){{2,}}{_CONSONANT}?")
"""What a word of two syllables or more may look like: [ja] is я, not йя."""


def mojibake(word: str, evidence: Evidence) -> Iterator[Issue]:
    """The first way to read the word back that gives letters of the language alone."""
    if word.isascii():
        return
    readings = (_utf8, _code_page, _swapped, _regional)
    yield from [issue for read in readings for issue in read(word, evidence)][:1]


def _utf8(word: str, evidence: Evidence) -> Iterator[Issue]:
    """UTF-8 read as a code page: each letter has become two or three characters.

    One letter alone proves nothing (``Рі`` begins many Ukrainian words), but in a Latin word it does
    (``pÃ¤mez``), and so do quotes and dashes of three.
    """
    for read in UTF8_READ_AS:
        runs = list(_MULTIBYTE.finditer(_as_bytes(word, read)))
        if not runs:
            continue
        texts = [run.group().encode("latin-1").decode(errors="replace") for run in runs]
        kept = edited(word, 0, [Edit(*run.span(), "") for run in runs])
        fixed = edited(word, 0, [Edit(*run.span(), text) for run, text in zip(runs, texts)])
        right = "".join(texts)
        letters = "".join(character for character in right if character not in _PUNCTUATION)
        mixed = bool(letters) and any(map(str.isalpha, kept))
        latin = mixed and evidence.language.script == "Latn" and read in ("cp1252", *OF_DOS)
        if read in OF_DOS and any(word[run.start()] not in _SYMBOLS for run in runs):
            continue
        if (mixed and not latin) or not (len(letters) > 1 or latin or any(c > "\u07ff" for c in right)):
            continue
        if _of_language(letters, evidence) and _natural(fixed):
            places = [place for run in runs for place in range(*run.span())]
            yield _issue(word, places, fixed, "UTF-8", read, automatic=_whole(fixed, evidence))


def _code_page(word: str, evidence: Evidence) -> Iterator[Issue]:
    """One code page read as another, where that left what no word holds."""
    if evidence.language.script != "Cyrl":
        return
    for written, read in (("cp1251", "cp1252"), *WITH_SYMBOLS):
        if read != "cp1252" and _SYMBOLS.isdisjoint(word):
            continue
        fixed, places = _reread(word, written, read)
        runs = _CYRILLIC.findall(fixed)
        letters = "".join(fixed[place] for place in places if fixed[place] not in _PUNCTUATION)
        if not runs or not _of_language(letters, evidence) or not _natural(fixed):
            continue
        if (_is_latin1 if read == "cp1252" else _has_symbols)(word, places, max(map(len, runs)), evidence):
            yield _issue(word, places, fixed, written, read, automatic=_whole(fixed, evidence))


def _is_latin1(word: str, places: list[int], longest: int, evidence: Evidence) -> bool:
    """Whether a word of Latin-1 letters is no word of a Latin language (öç) nor a look-alike (Çÿ)."""
    folds = evidence.alphabet.folds if evidence.alphabet else {}
    letters = [word[place] for place in places if word[place] not in _PUNCTUATION]
    latin = any(character.isascii() and character.isalpha() for character in word)
    return longest > 2 and not latin and not all(letter in folds for letter in letters)


def _has_symbols(word: str, places: list[int], longest: int, evidence: Evidence) -> bool:
    """Whether there are symbols among its letters; one at its edge may be a sign of its own (кока®)."""
    return longest > 2 and any(word[place] in _SYMBOLS for place in places[1:-1])


def _swapped(word: str, evidence: Evidence) -> Iterator[Issue]:
    """KOI8-R and cp1251: all letters are Cyrillic, small ones have become capitals.

    It is certain where the file has the word read back more often. (Of three letters, ФБР is тап: too short.)
    Without that, what has no vowel and becomes syllables is worth a look; not so capitals alone (an
    abbreviation) in a file of small letters.
    """
    core = word.strip("«»„“”‘’…–—.,:;!?()[]\"'-")
    inverted = core[:1].islower() and core[1:].isupper()
    if evidence.language.script != "Cyrl" or not (inverted or (core.isupper() and len(core) > 3)):
        return
    start = word.index(core)
    places = range(start, start + len(core))
    for written, read in IN_LETTERS:
        fixed, changed = _reread(core, written, read)
        if len(changed) < len(core) or len(core) < 3 or not _of_language(fixed, evidence):
            continue
        certain = evidence.attested(fixed) > evidence.attested(core)
        likely = _SYLLABLES.fullmatch(fixed) and not re.search(_VOWEL, core.lower())
        if certain or (likely and (inverted or _in_capitals(evidence))):
            whole = word.replace(core, fixed)
            yield _issue(word, places, whole, written, read, certain, automatic=certain and inverted)


def _in_capitals(evidence: Evidence) -> bool:
    """Whether most letters of a file are capitals, as small ones become in another encoding."""
    capitals = capitals_of("Cyrl")
    return evidence.times(capitals) > evidence.times({letter.lower() for letter in capitals})


def _regional(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Code pages that have the Russian letters in the same places, and others in those of қ and ң.

    It is certain where the file has the word as it should be, or more of what a pair of code pages leaves
    than of the letters that these stand for: Євген stands in Kazakh texts that are full of ә. In Latin
    letters it is worth a look where the file has many of two such letters, as names alone hardly have.
    """
    alphabet = evidence.alphabet
    pairs = REGIONAL.get(alphabet.script, ()) if alphabet else ()
    if not alphabet or not _ambiguous(pairs).intersection(word) - alphabet.letters:
        return
    readings = []
    for written, read in pairs:
        letters = {wrong: right for wrong, right in _letters(written, read) if right in alphabet.letters}
        letters = {wrong: right for wrong, right in letters.items() if wrong not in alphabet.letters}
        fixed, places = _reread(word, written, read)
        if places and all(word[place] in letters for place in places) and _natural(fixed):
            wrong, right = evidence.times(letters), evidence.times(set(letters.values()))
            rank = (_attested(fixed, evidence), wrong if wrong > max(right, 2) else 0)
            often = sum(evidence.times(letter) > MANY for letter in letters) > 1 and alphabet.script == "Latn"
            if (certain := any(rank)) or often:
                automatic = certain and _whole(fixed, evidence)
                readings.append((rank, _issue(word, places, fixed, written, read, certain, automatic)))
    yield from [issue for _, issue in sorted(readings, key=itemgetter(0), reverse=True)][:1]


@cache
def _ambiguous(pairs: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """What regional code pages differ in."""
    return frozenset(wrong for pair in pairs for wrong, _ in _letters(*pair))


@cache
def _letters(written: str, read: str) -> list[tuple[str, str]]:
    """The characters that one code page makes of another's letters, and these."""
    pairs = ((wrong, bytes([byte]).decode(written, "replace")) for wrong, byte in _bytes(read).items())
    return [(wrong, right) for wrong, right in pairs if wrong != right]


def _issue(
    word: str,
    places: Sequence[int],
    fixed: str,
    written: str,
    read: str,
    certain: bool = True,
    automatic: bool = False,
) -> Issue:
    names = {"right": fixed, "written": _name(written), "read": _name(read)}
    if certain:
        message = "This is {right}, written in {written} and read as {read}."
    else:
        message = "This may be {right}, written in {written} and read as {read}."
    severity: Severity = "error" if certain else "warning"
    return issue_at(places, word, "mojibake", severity, message, names, fixed, automatic)


def _as_bytes(word: str, encoding: str) -> str:
    """The bytes that a code page made these characters of, as code points U+0000 to U+00FF.

    Other characters stay, or are NUL where they would look like bytes.
    """
    return word.translate(_byte_characters(encoding))


@cache
def _byte_characters(encoding: str) -> Mapping[int, int]:
    return dict.fromkeys(range(0x80, 0x100), 0) | {ord(char): byte for char, byte in _bytes(encoding).items()}


def _reread(word: str, written: str, read: str) -> tuple[str, list[int]]:
    """A word read back, and the places that changed; empty if not all its characters are of the code page."""
    table = _bytes(read)
    if any(character not in table for character in word):
        return "", []
    fixed = bytes(table[character] for character in word).decode(written, "replace")
    return fixed, [place for place, character in enumerate(word) if fixed[place] != character]


@cache
def _bytes(encoding: str) -> Mapping[str, int]:
    """The byte of each character of a code page; bytes without one read as in Latin-1, as programs do."""
    latin = {chr(byte): byte for byte in range(0x100)}
    decoded = ((bytes([byte]).decode(encoding, "ignore"), byte) for byte in range(0x100))
    own = {character: byte for character, byte in decoded if character}
    if encoding == "cp1252":  # those who say Latin-1 mean it as often
        return latin | own
    return {character: byte for character, byte in latin.items() if byte not in own.values()} | own


def _of_language(letters: str, evidence: Evidence) -> bool:
    """Whether they are letters of the alphabet, or of the script where no alphabet is known."""
    if evidence.alphabet is None:
        return all(script_of(letter) == evidence.language.script for letter in letters)
    if evidence.alphabet.letters.issuperset(letters):
        return True
    known = evidence.alphabet.letters | evidence.alphabet.variants.keys()
    return all(found.group() in known or found.group()[0] in known for found in clusters(letters))


def _natural(word: str) -> bool:
    """Whether each run of letters is small, capital, or small after one capital; the palochka is either."""
    runs = _words(word.replace("Ӏ", "ӏ"))
    return all(run[1:].islower() or run.isupper() or len(run) < 2 for run in runs)


def _whole(fixed: str, evidence: Evidence) -> bool:
    """Whether this is no part of a word that white space among its misread bytes has cut."""
    cut = evidence.times(SPACES) > 0
    return not cut or _attested(fixed, evidence)


def _attested(text: str, evidence: Evidence) -> bool:
    """Whether all words of a text are in the file; all are asked for."""
    return min(map(evidence.attested, _words(text)), default=1) > 0


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _name(encoding: str) -> str:
    return {"cp1252": "Latin-1 (Windows-1252)"}.get(
        encoding, encoding.upper().replace("CP125", "Windows-125")
    )


def _suspects(evidence: Evidence) -> frozenset[str]:
    """Letters that misread text is full of; the language's own are not looked for."""
    return _LETTERS - evidence.alphabet.letters if evidence.alphabet else _LETTERS


CHECKS = (
    Check(
        "mojibake",
        "Text read in the wrong encoding",
        "Every letter of the word is another one; it can be read back exactly.",
        word=mojibake,
        suspects=_suspects,
        beside=lambda evidence: _SYMBOLS - {"…", "„"},  # beside many right words, and never the only sign
        capitals=True,
    ),
)

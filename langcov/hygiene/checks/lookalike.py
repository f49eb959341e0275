"""Letters of another script: those that look like the right ones, and those that just stand in a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from langcov.hygiene.engine.candidates import LETTERS_OF, letters_for_digits, likely_typed, look_alike, typed
from langcov.hygiene.engine.finding import Issue, Severity, script_of
from langcov.hygiene.engine.meant import (
    ABBREVIATION,
    is_meant,
    is_numbered,
    is_seam,
    is_suffixed,
    is_symbol,
    runs_of,
)
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.spelling import (
    PALOCHKAS,
    ROMAN,
    Reading,
    fixed,
    is_plain,
    is_vowel,
    issue,
    readings,
)
from langcov.hygiene.engine.suspicious import alphabet_for, no_script, suspects
from langcov.hygiene.engine.vocabulary import is_ending
from langcov.hygiene.engine.whole_word import CODE, whole_word

NAME = 2
"""Letters that a name before an ending has more of: Macта is a Mac as likely as a маска."""

ENDING = 2
"""Letters of a word that must be an ending before the last one is proposed: others may just be stray."""

ALIKE = "Letters of another script look like {right}: {wrong}."
INVERSE = "The word is of another script, but for {wrong} instead of {right}."
NUMERAL = "A Roman numeral has letters of another script: {wrong} instead of {right}."
DIGITS = "Digits stand for letters: {wrong} instead of {right}."
MIXED = "Letters of another script stand in the word: {wrong}."
GLUED = "Two words of two scripts stand together without a space."


def _lookalike(word: str, evidence: Evidence) -> Iterator[Issue]:
    """Those of all parts of a word; where one can't be mended, none is: half mended it is worse."""
    found = list(_in_parts(word, evidence))
    if any(one.suggestion is None for one in found):
        found = [replace(one, suggestion=None, automatic=False) for one in found]
    yield from found


def _in_parts(word: str, evidence: Evidence) -> Iterator[Issue]:
    for reading in readings(word, alphabet_for(evidence)):
        if is_symbol(reading):
            continue
        if reading.numeral:
            yield from _numeral(word, reading)
        elif reading.foreign and not reading.own:
            yield from whole_word(word, reading, evidence)
        elif reading.foreign and reading.whole:
            yield from _mixed(word, reading, evidence)
        elif reading.foreign:
            yield from _inverted(word, reading, evidence)
        elif reading.own:
            yield from _digits(word, reading, evidence)


def _mixed_script(word: str, evidence: Evidence) -> Iterator[Issue]:
    """A mixed word that is right in neither script, whatever is replaced."""
    for reading in readings(word, alphabet_for(evidence)):
        runs = runs_of(reading)
        if is_numbered(runs) or is_meant(runs, reading) or _is_argument(word, runs, reading, evidence):
            continue
        if reading.whole and 0 in reading.own and _is_glued(runs):
            yield issue("mixed-script-word", "warning", word, reading, reading.foreign, GLUED)
        foreign = reading.foreign if not (reading.whole or reading.numeral) else ()
        if (
            reading.letters(foreign) in ("Ω", "Ω")
            and alphabet_for(evidence)
            and evidence.language.script != "Grek"
        ):
            continue  # kΩ
        if not foreign or PALOCHKAS.issuperset(reading.letters(reading.own)):
            continue
        if _stem(reading):
            touching = len(reading.part) == len(reading.own) + len(foreign)
            if touching and _is_word(runs[1], evidence):
                yield issue("mixed-script-word", "warning", word, reading, foreign, GLUED)
        elif not _foreign_word(reading, evidence):
            severity: Severity = "warning" if is_seam(runs) else "error"
            rights = typed(reading, evidence)
            if not rights and severity == "error" and CODE.isdisjoint(word):
                rights = likely_typed(reading, evidence)
            yield issue("mixed-script-word", severity, word, reading, foreign, MIXED, rights)


def _is_argument(word: str, runs: list[str], reading: Reading, evidence: Evidence) -> bool:
    """Whether a capital stands before the name of an argument, of an option or of the file: =RФАЙЛ."""
    if len(runs) != 2 or len(runs[0]) > 1 or 0 in reading.own or not "".join(runs).isupper():
        return False
    return len(runs[1]) > 2 and (
        word[: reading.part[0].start].endswith("=") or evidence.attested(runs[1]) > 0
    )


def _is_word(letters: str, evidence: Evidence) -> bool:
    """Whether what looks like an ending is a word of the file."""
    known = len(letters) > 2 and evidence.attested(letters) > 0
    return known and not is_ending(evidence.language.id, letters)


def _numeral(word: str, reading: Reading) -> Iterator[Issue]:
    numeral = {place: cluster.nfc for place, cluster in enumerate(reading.part[: reading.numeral])}
    rights = {place: ROMAN[letter] for place, letter in numeral.items() if letter in ROMAN}
    odd = any(letter not in ROMAN or letter == "І" for letter in numeral.values())
    if rights and odd and len(numeral) > 1 and not reading.alphabet.letters.issuperset(numeral.values()):
        yield issue("lookalike", "warning", word, reading, rights, NUMERAL, rights)


def _mixed(word: str, reading: Reading, evidence: Evidence) -> Iterator[Issue]:
    """A word that is right in its own script once all foreign letters are replaced."""
    rights, attested = look_alike(reading, evidence)
    runs, stem = runs_of(reading), _beginning(reading)
    if is_numbered(runs) and runs[0].istitle() and not attested:  # a name of a function: БројањеA
        return
    is_code = (is_seam(runs) and not CODE.isdisjoint(word)) or is_suffixed(runs, reading)  # host_nameX
    if is_code or _is_glued(runs) or (len(stem) > 1 and _is_name(stem, runs[1], evidence) and not attested):
        return
    added = all(
        right in reading.alphabet.added and reading.issues[place][0].unambiguous
        for place, right in rights.items()
    )
    automatic = bool(attested) or (added and stem != "I")
    inverse = _inverse(reading)
    # ABС is rather ABC than АВС, but Сapa Сара than Capa, and OС ОС than OC
    brand = any(map(str.isupper, "".join(runs)[1:])) and len(reading.foreign) > len(reading.own)
    severity: Severity
    if inverse and not automatic and (brand or evidence.attested(fixed(reading.part, inverse))):
        severity = "warning" if stem else "error"
        offered = None if _is_appended(reading, inverse, evidence) else inverse
        yield issue("lookalike", severity, word, reading, inverse, INVERSE, offered)
        return
    certain = automatic or (len(stem) == 1 and stem.islower() if stem else not is_seam(runs))
    unsure = len(stem) > NAME and stem.istitle() and is_ending(evidence.language.id, runs[1])
    severity = "error" if certain else "note" if unsure else "warning"
    last = set(rights) == {len(reading.part) - 1} and "a" <= reading.part[-1].text <= "z"
    stray = last and not attested and not is_ending(evidence.language.id, (reading.whole or "")[-ENDING:])
    doubtful = (
        stray or _is_doubled(reading, rights) or (not attested and _is_slipped(reading, rights, evidence))
    )
    doubtful |= bool(inverse) and _is_abbreviation(reading, inverse, evidence)
    offered = None if doubtful else rights
    yield issue("lookalike", severity, word, reading, rights, ALIKE, offered, automatic and not doubtful)


def _is_abbreviation(reading: Reading, inverse: Mapping[int, str], evidence: Evidence) -> bool:
    """Whether some capitals may be those of another script, as the file has them too: ІP-адреса."""
    latin = fixed(reading.part, inverse)
    return len(latin) <= ABBREVIATION and latin.isupper() and evidence.attested(latin) > 0


def _is_doubled(reading: Reading, rights: Mapping[int, str]) -> bool:
    """Whether the first letter stands there twice, in both scripts: Вblok; nobody knows which is right."""
    letters = [cluster.nfc.lower() for cluster in reading.part]
    latin = reading.alphabet.script == "Latn"  # the others have such words: ссора
    return latin and 0 in rights and [rights[0].lower()] == letters[1:2]


def _is_slipped(reading: Reading, rights: Mapping[int, str], evidence: Evidence) -> bool:
    """Whether the first letter stands before a word that the file has without it: Tпоріг."""
    rest = reading.letters(range(1, len(reading.part)))
    return [*rights] == [0] and len(rest) > NAME and evidence.attested(rest) > 0


def _is_name(stem: str, ending: str, evidence: Evidence) -> bool:
    """Whether some foreign letters before others are a name, or an abbreviation: BBCда, 10MiBтан, Macта."""
    if any(map(str.isupper, stem[1:])):
        return ending.islower()
    return stem.istitle() and is_ending(evidence.language.id, ending) and evidence.attested(stem) > 0


def _is_glued(runs: list[str]) -> bool:
    """Whether an abbreviation stands after a word without a space: паHTTP."""
    return is_seam(runs) and len(runs[1]) > 1 and runs[1].isupper()


def _inverted(word: str, reading: Reading, evidence: Evidence) -> Iterator[Issue]:
    """A foreign word with letters of the language's script in it; one at its end may be an ending."""
    inverse = _foreign_word(reading, evidence)
    if not inverse:
        return
    stem, attested = _stem(reading), evidence.attested(fixed(reading.part, inverse))
    certain = attested or not stem or reading.letters(inverse).isupper()
    if certain or (len(inverse) == 1 and not _is_ended(reading, min(inverse), evidence)):
        severity: Severity = "error" if certain else "warning"
        offered = None if _is_appended(reading, inverse, evidence) else inverse
        yield issue("lookalike", severity, word, reading, inverse, INVERSE, offered)


def _is_appended(reading: Reading, inverse: Mapping[int, str], evidence: Evidence) -> bool:
    """Whether one letter at the end is rather too much than typed for its look-alike.

    The file has the word without it (HTTP: the С is for an S), or it is a consonant after one (Tailwindр).
    """
    end = len(reading.part) - 1
    if [*inverse] != [end] or evidence.attested(fixed(reading.part, inverse)):
        return False
    clear = is_vowel(inverse[end]) or not inverse[end].islower() or is_vowel(reading.part[end - 1].nfc)
    return not clear or evidence.attested(reading.letters(range(end))) > 0


def _is_ended(reading: Reading, place: int, evidence: Evidence) -> bool:
    """Whether a letter at the end is an ending: after an apostrophe, or a stem that the file has."""
    stem = reading.letters(range(place))
    return not stem[-1].isalpha() or evidence.attested(stem) > 0


def _digits(word: str, reading: Reading, evidence: Evidence) -> Iterator[Issue]:
    """Digits between letters, where the file or a bundled table has the word with letters for them."""
    known = letters_for_digits(reading, evidence)
    if known:
        rights, times = known
        severity: Severity = "error" if times else "warning"
        yield issue("lookalike", severity, word, reading, rights, DIGITS, rights)


def _beginning(reading: Reading) -> str:
    """The foreign letters that a word begins with, if the rest is in the language's own; else nothing."""
    runs = runs_of(reading)
    return runs[0] if len(runs) == 2 and 0 not in reading.own else ""


def _stem(reading: Reading) -> str:
    """The foreign letters of a word that is a foreign stem with an ending of the language; else nothing.

    A stem has two letters or more, or is one plain capital (a variable, a vitamin) before an ending.
    """
    stem = _beginning(reading)
    if len(stem) == 1:
        ending = runs_of(reading)[1]
        is_stem = stem.isascii() and stem.isupper() and is_ending(reading.alphabet.language, ending)
        return stem if is_stem else ""
    return stem


def _foreign_word(reading: Reading, evidence: Evidence) -> dict[int, str]:
    """``_inverse``, but for a word that the file has in the language's own letters only."""
    inverse = _inverse(reading)
    known = not inverse or evidence.attested(fixed(reading.part, inverse))
    return inverse if known or not typed(reading, evidence) else {}


def _inverse(reading: Reading) -> dict[int, str]:
    """What the word's own letters stand for if it is a foreign word; nothing where it can't be one."""
    if len(reading.foreign) < len(reading.own) + len(reading.of_kind("palochka")):
        return {}
    scripts = {reading.part[place].script for place in reading.foreign}
    letters = {
        right: wrong
        for wrong, rights in reading.alphabet.lookalikes.items()
        for right in rights
        if is_plain(wrong) and script_of(wrong) in scripts
    }
    own = {place: reading.part[place].nfc for place in reading.own}
    return (
        {place: letters[letter] for place, letter in own.items()} if letters.keys() >= {*own.values()} else {}
    )


CHECKS = (
    Check(
        "lookalike",
        "Letter of another script that looks right",
        "A Latin or Greek letter in a Cyrillic word, or the other way round, can't be seen, but "
        "makes it another word to search, to dictionaries and to tokenizers.",
        word=_lookalike,
        suspects=suspects,
        beside=lambda evidence: "".join(LETTERS_OF) if alphabet_for(evidence) else "",
        unjudged=no_script,
    ),
    Check(
        "mixed-script-word",
        "Word of two scripts",
        "A word holds letters of two scripts, and is no foreign stem with an ending of the language.",
        word=_mixed_script,
        suspects=suspects,
        unjudged=no_script,
    ),
)

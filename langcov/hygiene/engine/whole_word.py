"""Words wholly of letters of another script: of the language by their looks, or words of that script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from langcov.hygiene.engine.candidates import look_alike
from langcov.hygiene.engine.finding import Issue, Severity, script_of
from langcov.hygiene.engine.likely import gain
from langcov.hygiene.engine.protocol import Evidence, Where, folded
from langcov.hygiene.engine.spelling import Reading, fixed, is_foreign, is_plain, is_vowel, issue
from langcov.hygiene.engine.vocabulary import is_ending, vocabulary

CODE = frozenset("%_=\\{}<>$/*^|")
"""Characters of markup and programs."""
USUAL, SHARE = 20, 0.01
"""Times that a word of one letter (Belarusian і) stands in a file where its look-alike is worth a look, and
the share of all such letters that are this word: 1 to 6 in 100 of prepositions and conjunctions, 1 to 5 in
1,000 of variables and units."""
SHORT = 2
"""Letters of a word that has to stand among words of the language: others are codes (``pa``) and options."""
UNLIKELY, OFTEN = -3.0, 10
"""``gain`` of a word that is not proposed, unless the file has what is proposed so many times as often (Tatar
``Yahoo`` has -16, Komi ``Ho`` -1.5). A word with a capital is worth a look above 0, or if so frequent."""

AXES = {"x": ("y",), "y": ("x", "MMM", "MMMM")}
"""Letters that name coordinates, or the year of a pattern (d MMMM y), and what a file has then, too."""

WHOLE = "The word is in letters of another script that look like its own: {wrong}."

_JOINED = re.compile(r"['’ʼ-]([^\W\d_]+)")
_OPTION = re.compile(r"[(\[«„“\"']*--?")
_ENDING = re.compile(r"([^\W\d_])-$")


@dataclass(frozen=True)
class Word:
    """A part of a word that is all foreign letters, and what speaks for its being one of the language."""

    reading: Reading
    evidence: Evidence
    letters: str  # as they are
    right: str  # what they look like
    attested: int  # times that the file has the right word
    foreign: int  # and this one
    place: Where
    alone: bool  # whether nothing stands beside it, be it a sign

    @property
    def gain(self) -> float:
        """How much likelier it is in the language."""
        language, script = self.evidence.language, script_of(self.letters[0])
        return gain(self.right.lower(), language.id, self.letters.lower(), script) or 0.0

    @property
    def stands(self) -> bool:
        """Whether it is used as a word, most times with words of the language beside it, if that is known."""
        return self.alone and (not self.place.seen or self.place.alone < 2 * self.place.amid)

    @property
    def known(self) -> bool:
        """Whether the file has the right word, if anything is known of the file."""
        return self.attested > 0 or not self.place.seen

    @property
    def common(self) -> bool:
        """Whether the right word is no rarer: one Тһе in a file full of The proves nothing."""
        return 0 < self.attested >= self.foreign

    @property
    def usual(self) -> bool:
        """Whether one letter is a word of the language that it stands for."""
        letter, named = self.right.lower(), self.is_axis  # which is to be asked before all is known
        often = self.attested >= max(USUAL, SHARE * self.evidence.times(letter + letter.upper()))
        return self.letters.islower() and often and self.stands and not named

    @property
    def is_axis(self) -> bool:
        """Whether one letter names a coordinate or a year: the file has what stands with it."""
        return sum(map(self.evidence.attested, AXES.get(self.letters, ()))) > 0

    @property
    def often(self) -> bool:
        """Whether the right word is much more frequent."""
        return self.attested >= OFTEN * max(1, self.foreign)


def whole_word(word: str, reading: Reading, evidence: Evidence) -> Iterator[Issue]:
    """A word of foreign letters alone is likely to be foreign, unless no other alphabet has them."""
    if not reading.whole or len(reading.foreign) < len(reading.part) or _is_code(word, reading):
        return
    letters = reading.letters(reading.foreign)
    rights, attested = look_alike(reading, evidence)
    of_no_other = any(
        right in reading.alphabet.added and not is_plain(reading.part[place].nfc)
        for place, right in rights.items()
    )
    place = evidence.place(letters)
    automatic = False
    severity: Severity | None
    if of_no_other:
        automatic = bool(attested) or (letters.islower() and evidence.is_mostly(reading.alphabet.script))
        severity = "error" if automatic else "warning"
    else:
        right, foreign = fixed(reading.part, rights), evidence.attested(letters)
        it = Word(reading, evidence, letters, right, attested, foreign, place, word == letters)
        severity = None if _is_in_phrase(it) else _severity(word, it)
        automatic = severity == "error" and not place.beside
    if severity:
        yield issue("lookalike", severity, word, reading, rights, WHOLE, rights, automatic)


def _is_code(word: str, reading: Reading) -> bool:
    """Whether a part of Latin letters is no word: of e-mail, of %H:%M, an option, without a vowel (px)."""
    letters = reading.whole or ""
    no_word = len(letters) > 1 and letters.isalpha() and not any(map(is_vowel, letters))
    no_word |= _OPTION.fullmatch(word[: reading.part[0].start]) is not None
    return no_word or is_foreign(word, reading.alphabet) or not CODE.isdisjoint(word)


def _is_in_phrase(it: Word) -> bool:
    """Whether it stands beside words of its own script most times: "ya da" is Turkish."""
    several = len(it.letters) > 1 or not it.usual
    return several and 0 < it.place.seen <= 2 * it.place.beside


def _severity(word: str, it: Word) -> Severity | None:
    part = it.reading.part
    before, after = word[: part[0].start], word[part[-1].start + len(part[-1].text) :]
    ending = _JOINED.match(after)
    if len(it.letters) == 1:
        return None if ending else _of_one_letter(it, before)
    if it.letters.islower():
        # r is a г in an Adyghe word, but not in "pre"
        sure = all(fold.unambiguous for fold, _ in it.reading.issues.values())
        return _of_small_letters(it, sure)
    if not it.letters.istitle() or (ending and is_ending(it.reading.alphabet.language, ending[1])):
        return None  # Mac-ка
    if it.common and (it.often or it.gain > 0):
        return "warning"
    if not it.known or it.gain <= UNLIKELY:
        return None
    is_name = it.foreign > it.attested and folded(it.letters) in vocabulary("eng_Latn")  # Mac
    return None if is_name else "note"


def _of_one_letter(it: Word, before: str) -> Severity | None:
    """A label, a variable, і "and", or an ending after a hyphen."""
    ended = _ENDING.search(before)
    if ended and script_of(ended[1]) == it.reading.alphabet.script and it.letters.islower():
        is_end = is_ending(it.reading.alphabet.language, it.right) and not it.is_axis
        return "warning" if is_end else None
    return "warning" if it.usual else None


def _of_small_letters(it: Word, sure: bool) -> Severity | None:
    short = len(it.letters) <= SHORT
    if it.common and (it.stands or not short) and (it.often or it.gain > UNLIKELY):
        return "error"
    return "note" if sure and it.stands and (it.known or not short) and it.gain > UNLIKELY else None

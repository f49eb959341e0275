"""Letters that may be written with more than one code point: which form a file has, whether it mixes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from langcov.core.arrays import Growing
from langcov.hygiene.engine.finding import Issue, Severity, name_of
from langcov.hygiene.engine.protocol import Context, LineCheck, folding
from langcov.hygiene.reading.fields import Fields
from langcov.languages.alphabets import Alphabet
from langcov.text.properties import CODE_POINTS, scripts, table
from langcov.text.scripts import comparable

BIG, SMALL = "Ӏ", "ӏ"


class Forms(LineCheck):
    """Counts the forms of the palochka, of apostrophe letters and of letters with spelling variants.

    U+04C0 inside lower-case words is the usual form of the palochka, U+04CF the one that Unicode made for it:
    either is right, a file that has both is not. Apostrophe letters and variants likewise.
    """

    adds_to = ("palochka-form", "apostrophe", "variant")

    def __init__(self, context: Context) -> None:
        self._groups = list(_groups(context.alphabet)) if context.alphabet else []
        self._script = scripts().index(comparable(context.language.script))
        self._places: dict[str, Growing] = {}
        watched = np.zeros(CODE_POINTS, bool)
        watched[[ord(form) for _, _, forms in self._groups for form in forms]] = True
        self._watched = watched

    def add(self, fields: Fields) -> None:
        if not self._groups:
            return
        points = fields.points
        at = np.flatnonzero(self._watched[points])
        at = at[_among_letters(points, at, self._script)]
        found = points[at]
        for _, _, forms in self._groups:
            for form in forms:
                here = at[found == ord(form)]
                forms[form] += len(here)
                if len(here):
                    text, which = np.unique(
                        np.searchsorted(fields.first, here, "right") - 1, return_index=True
                    )
                    rows = np.stack([fields.numbers[text], here[which] - fields.first[text]], axis=1)
                    self._places.setdefault(form, Growing(np.int64, (2,))).extend(rows)

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        """A note on the form of a file; where it mixes forms a warning in each line with the rarer one.

        Of apostrophes always a note: quotation marks look like them.
        """
        return iter(sorted(self._found(), key=lambda found: -1 if found[0] is None else found[0]))

    def _found(self) -> Iterator[tuple[int | None, Issue]]:
        for check, letter, forms in self._groups:
            used = {form: count for form, count in forms.items() if count}
            if len(used) > 1:
                yield from self._mixed(check, letter, used)
            elif used and letter not in used and check != "variant":  # of which each word is noted
                (form,) = used
                message = "The letter {letter} is written as {form} here, {count} times."
                values = {"letter": letter, "form": name_of(form), "count": str(used[form])}
                yield None, Issue(check, "note", 0, 0, form, message, values)

    def _mixed(self, check: str, letter: str, used: Mapping[str, int]) -> Iterator[tuple[int, Issue]]:
        rarer = min(used, key=lambda form: (used[form], form))
        message = "One file writes the letter {letter} in several ways: {forms}."
        forms = ", ".join(f"{name_of(form)} ({count})" for form, count in used.items())
        severity: Severity = "note" if check == "apostrophe" else "warning"
        values = {"letter": letter, "forms": forms}
        for number, start in self._places[rarer].values.tolist():
            yield number, Issue(check, severity, start, start + 1, rarer, message, values)


def _groups(alphabet: Alphabet) -> Iterator[tuple[str, str, dict[str, int]]]:
    """The check, the letter and the counts of its forms, for each letter that has several."""
    if alphabet.palochka:
        yield "palochka-form", SMALL, {BIG: 0, SMALL: 0}
    for letter, forms in sorted(_variants(alphabet).items()):
        check = "apostrophe" if letter in alphabet.apostrophes else "variant"
        yield check, letter, dict.fromkeys(sorted(forms), 0)


def _variants(alphabet: Alphabet) -> dict[str, set[str]]:
    """Lower-case letters to all their single-character forms; the palochka has rules of its own."""
    groups: dict[str, set[str]] = {}
    for form, letter in alphabet.variants.items():
        if form != letter and form == form.lower() and letter not in (BIG, SMALL) and len(form + letter) == 2:
            groups.setdefault(letter, {letter}).add(form)
    return groups


def _among_letters(points: NDArray[np.uint32], at: NDArray[np.int64], script: int) -> NDArray[np.bool_]:
    """Whether a palochka stands next to a letter (U+04C0: after a small one), another form between two.

    That after a letter of another script is one of punctuation: typedef'ы.
    """
    letter = table("script") > 0
    before, after = points[np.maximum(at - 1, 0)], points[np.minimum(at + 1, len(points) - 1)]
    small = letter & (folding() == np.arange(CODE_POINTS)) & (np.arange(CODE_POINTS) != ord(SMALL))
    form = points[at]
    return np.where(
        form == ord(BIG),
        small[before],  # at the start of a word it is the capital
        np.where(
            form == ord(SMALL),
            letter[before] | letter[after],
            (table("script")[before] == script) & letter[after],
        ),
    )


CHECKS = (Forms,)

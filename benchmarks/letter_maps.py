"""How many letters of a legacy font `declared-language` tells, and how many wrongly.

    python benchmarks/letter_maps.py [SHARED]    # -> results/letter_maps.md

The fonts are made up: in both cases each letter that an alphabet adds stands in the place of another, of
neighbouring alphabets or of Latin-1, drawn by seed. The texts are those of ``SHARED/corpora`` in Cyrillic
letters, up to four files of 60 lines and of 400 of each; the letter counts that a file is read by are made
without the corpus that it is from. Only counts are written.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.declared_language import RESULTS, SHARED, texts, without
from langcov.hygiene.lines.font import meant
from langcov.hygiene.lines.witnesses import foreign_letters
from langcov.languages import Language, find
from langcov.languages.alphabets import Alphabet, alphabet_of

PLACES = "ќѓўїєѕљћџњђґѝѐјšžœđøþðåêëîïàáâãéèíìóòôõúùûý"
SIZES, FILES = (60, 400), 4
FIGURES = ("files", "right", "wrong", "untold")


def font_of(alphabet: Alphabet, seed: int) -> dict[str, str]:
    """A made-up font: what shows each added letter."""
    typed = alphabet.letters | alphabet.variants.keys() | alphabet.folds.keys()
    places = [one for one in PLACES if one not in typed and len(one.upper()) == 1]
    random.Random(seed).shuffle(places)
    added = sorted(one for one in alphabet.added if len(one) == 1 and one.islower())
    small = dict(zip(added, places))
    return small | {one.upper(): other.upper() for one, other in small.items()}


def tallies(shared: Path) -> Iterator[tuple[int, str, Counter[str]]]:
    """What is told of each file, with its lines and its language."""
    for corpus, id, lines in texts(shared, shared / "none"):
        language, alphabet = find(id), alphabet_of(id)
        if language.script == "Cyrl" and alphabet and alphabet.added:
            for size in SIZES:
                for seed in range(min(FILES, len(lines) // size)):
                    part = lines[seed * size : (seed + 1) * size]
                    yield size, id, tally(language, alphabet, corpus, part, font_of(alphabet, seed))


def tally(
    language: Language, alphabet: Alphabet, corpus: str, lines: Sequence[str], font: dict[str, str]
) -> Counter[str]:
    """How many letters of a font are told in a text."""
    table = {ord(one): other for one, other in font.items()}
    shown = [unicodedata.normalize("NFC", line).translate(table) for line in lines]
    foreign, likelihood = foreign_letters("Cyrl", alphabet, shown), without(corpus, "Cyrl")
    if foreign is None or likelihood is None:
        return Counter()
    told = {one.wrong: one.right for one in meant(language, alphabet, likelihood, shown, foreign.letters)}
    back = {other: one for one, other in font.items()}
    used = {letter.lower() for letter in foreign.letters} & back.keys()
    right = sum(told.get(letter) == back[letter] for letter in used)
    wrong = sum(told[letter] != back.get(letter) for letter in told)
    return Counter(files=1, right=right, wrong=wrong, untold=len(used - told.keys()))


def main(shared: Path) -> None:
    """Count, and write."""
    sums: dict[tuple[int, str], Counter[str]] = {}
    for size, id, found in tallies(shared):
        for name in ("all", id):
            sums.setdefault((size, name), Counter()).update(found)
    rows = [
        "# What the letters of made-up fonts are told to stand for\n",
        "Counts of `python benchmarks/letter_maps.py`, as its head says.\n",
        "| lines | language | files | letters right | wrong | untold |\n|---|---|---|---|---|---|",
    ]
    for (size, name), found in sorted(sums.items()):
        if found["right"] + found["wrong"]:
            rows.append(f"| {size} | {name} | {' | '.join(str(found[one]) for one in FIGURES)} |")
    (RESULTS / "letter_maps.md").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)

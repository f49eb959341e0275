"""All languages and alphabets, of which tests ask the same."""

from __future__ import annotations

import regex

from langcov.languages import all_languages, orthographies
from langcov.languages.alphabets import Alphabet, alphabet_of

EVERY_ROW = [row for language in all_languages() for row in orthographies(language)]
EVERY = [alphabet for row in EVERY_ROW if (alphabet := alphabet_of(row.id, row.orthography))]


def name(alphabet: Alphabet) -> str:
    return f"{alphabet.language}/{alphabet.orthography}".rstrip("/")


def clusters(text: str) -> list[str]:
    found: list[str] = regex.findall(r"\X", text)
    return found

"""Letters as a Markov chain: against the definition, word by word."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.lines import likelihood
from langcov.hygiene.lines.likelihood import (
    PARTS,
    PRIOR,
    UNUSUAL,
    Counts,
    Likelihood,
    bundled,
    group_of,
    likeliest,
)
from tools.build_letter_runs import arrays

LANGUAGES = ("chv_Cyrl", "mdf_Cyrl", "myv_Cyrl", "rus_Cyrl")
WORDS = st.dictionaries(st.text("абв", min_size=1, max_size=4), st.integers(1, 3), min_size=1, max_size=5)


def runs(words: Mapping[str, int]) -> Counter[str]:
    """Each run of three letters, and how often it stands in words."""
    found: Counter[str] = Counter()
    for word, times in words.items():
        text = f"  {word} "
        found.update({text[at : at + 3]: 0 for at in range(len(text) - 2)})
        for at in range(len(text) - 2):
            found[text[at : at + 3]] += times
    return found


class Reference:
    """The definition, one run at a time."""

    def __init__(self, words: Mapping[str, Mapping[str, int]]) -> None:
        self.of = {language: runs(some) for language, some in words.items()}
        groups = {group_of(language) for language in words} - {""}
        for group in groups:
            self.of[group] = sum((runs(words[one]) for one in words if group_of(one) == group), Counter())
        self.of[""] = sum(map(runs, words.values()), Counter())
        self.size = len({letter for run in self.of[""] for letter in run}) + 1

    def parent(self, column: str) -> str:
        return "" if "-" in column else group_of(column)

    def share(self, column: str, run: str) -> float:
        if not run:
            return 1 / self.size
        base = self.share(column, run[1:])
        if column:
            base = (base + self.share(self.parent(column), run)) / 2
        counts = self.of[column]
        there = sum(n for one, n in counts.items() if one.endswith(run))
        total = sum(n for one, n in counts.items() if one[:-1].endswith(run[:-1]))
        weight = PRIOR if len(run) > 1 else max(1, UNUSUAL * total)
        return (there + weight * base) / (total + weight)


@given(
    st.tuples(WORDS, WORDS, WORDS, WORDS),
    st.lists(st.text("абвг", min_size=1, max_size=4), min_size=1, max_size=4),
)
def test_a_word_is_as_likely_as_the_definition_says(given_words, asked) -> None:  # type: ignore[no-untyped-def]
    words = dict(zip(LANGUAGES, given_words))
    model, reference = Likelihood(Counts.of(words)), Reference(words)
    logs = model.logs(asked)
    known = {letter for some in words.values() for word in some for letter in word}
    for row, word in zip(logs, asked):
        text = "  " + "".join(letter if letter in known else "?" for letter in word) + " "
        for column, found in zip(model.columns, row):
            expected = sum(
                math.log(reference.share(column, text[at : at + 3])) for at in range(len(text) - 2)
            )
            assert found == pytest.approx(expected, rel=1e-4)


def test_what_follows_two_letters_adds_up_to_one() -> None:
    model = bundled("Cyrl")
    assert model is not None
    size = len(model.letters) + 1
    for before in ("  ", " к", "ка", "зщ", "ӕӕ"):
        first, second = map(model.letters.index, before)
        every = (first * size + second) * size + np.arange(size)
        assert model._shares(every, likelihood.ORDER).sum(0) == pytest.approx(
            np.ones(len(model.columns)), rel=1e-3
        )


def test_the_table_is_that_of_the_bundled_word_tables() -> None:
    with (files("langcov.data") / "letter_runs.npz").open("rb") as file, np.load(file) as stored:
        made = arrays()
        assert (
            sorted(made)
            == sorted(stored)
            == sorted(f"{s}_{part}" for s in ("Cyrl", "Latn") for part in PARTS)
        )
        assert all(np.array_equal(made[name], stored[name]) for name in made)
    assert (files("langcov.data") / "letter_runs.npz").stat().st_size < 1_000_000  # type: ignore[attr-defined]


def test_frequent_words_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likelihood, "MOST", 2)
    assert likeliest({"в": 1, "а": 8, "б": 1}) == {"а": 4, "б": 1}


def test_scripts_without_tables() -> None:
    assert bundled("Arab") is None

"""Surrogate text against the corpus it is fitted to: strings of a few letters, Zipf-distributed."""

from __future__ import annotations

import io
from collections import Counter

import numpy as np
import pytest

from benchmarks import surrogate
from benchmarks.surrogate import Surrogate, fit, write
from benchmarks.surrogate_words import Tail


@pytest.fixture(scope="module")
def lines() -> list[str]:
    rng = np.random.default_rng(5)
    lengths = rng.integers(2, 9, 200_000)
    letters = "".join(
        rng.choice(list("абвгдәҗң"), lengths.sum(), p=[0.3, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05])
    )
    words = [letters[end - size : end] for end, size in zip(np.cumsum(lengths), lengths)]
    drawn = Tail(1.0, 0.7, 100.0).draw(1 - rng.random(60_000))
    text = [words[rank % len(words)] for rank in drawn.tolist()]
    return [
        " ".join(text[at : at + 6]).capitalize() + rng.choice([".", "!"]) for at in range(0, len(text), 6)
    ]


@pytest.fixture(scope="module")
def fitted(lines: list[str]) -> Surrogate:
    return fit(lines)


def written(fitted: Surrogate, size: int, seed: int = 0) -> str:
    out = io.BytesIO()
    write(fitted, out, size, seed)
    return out.getvalue().decode()


def test_same_seed_same_text_and_less_is_a_prefix(fitted: Surrogate, lines: list[str]) -> None:
    text = written(fitted, 1_000_000)
    assert text == written(fit(lines), 1_000_000)
    assert text.startswith(written(fitted, 100_000))
    assert text != written(fitted, 1_000_000, seed=1)
    assert 990_000 < len(text.encode()) <= 1_000_000 and text.endswith("\n")


def test_a_batch_needs_none_before_it(fitted: Surrogate) -> None:
    batches = fitted.batches(seed=3)
    next(batches)
    assert bytes(next(batches)) == bytes(fitted.batch(3, 1)) == bytes(next(fitted.batches(3, start=1)))


def test_letters_and_punctuation_are_those_of_the_corpus(fitted: Surrogate, lines: list[str]) -> None:
    made = written(fitted, 500_000)
    assert set(made) <= set("\n".join(lines)) | set("АБВГДӘҖҢ")
    assert all(line[-1] in ".!" for line in made.splitlines())
    assert "  " not in made and " \n" not in made
    first = [line.split()[0] for line in made.splitlines()]
    assert all(word[0].isupper() and word[1:] == word[1:].lower() for word in first)


def test_vocabulary_grows_and_frequencies_fall_as_in_the_corpus(fitted: Surrogate, lines: list[str]) -> None:
    real = "\n".join(lines).lower().replace(".", "").replace("!", "").split()
    made = written(fitted, 3_000_000).lower().replace(".", "").replace("!", "").split()
    assert len(made) > 2 * len(real)
    for size in (10_000, 30_000, len(real)):
        assert len(set(made[:size])) == pytest.approx(len(set(real[:size])), rel=0.1)
    assert len(set(made)) > 1.2 * len(set(made[: len(real)])), "new words come without end"
    often, found = Counter(real).most_common(20), Counter(made[: len(real)])
    assert all(found[word] == pytest.approx(times, rel=0.25) for word, times in often)


def test_lines_are_as_long(fitted: Surrogate) -> None:
    made = written(fitted, 500_000).splitlines()
    assert {len(line.split()) for line in made} == {6}


@pytest.mark.parametrize("shape", [0.5, 0.7])
def test_tail_is_recovered_from_its_own_draws(shape: float) -> None:
    ranks = Tail(1.0, shape, 500.0).draw(1 - np.random.default_rng(2).random(400_000))
    found = Tail.fit(np.unique(ranks, return_counts=True)[1])
    assert found.shape == pytest.approx(shape, rel=0.1)


def test_draws_follow_the_growth_they_promise() -> None:
    tail = Tail(0.5, 0.6, 1000.0)
    ranks = tail.draw(1 - np.random.default_rng(4).random(100_000))
    assert len(np.unique(ranks)) == pytest.approx(tail.distinct(np.array([200_000.0]))[0], rel=0.02)


def test_spelling_depends_on_the_rank_alone(fitted: Surrogate) -> None:
    ranks = np.array([7, 10**6, 2**59, 7])
    words = fitted.speller.spell(ranks, np.array([False, False, False, True])).to_list()
    assert words[:1] == fitted.speller.spell(ranks[:1], np.array([False])).to_list()
    assert words[3] == words[0][0].upper() + words[0][1:]
    many = fitted.speller.spell(np.arange(5000), np.zeros(5000, bool)).to_list()
    assert len(set(many)) > 4000, "few ranks share a spelling"


@pytest.mark.parametrize(
    ("word", "parts"), [("«йорт»,", ("«", "йорт", "»,")), ("а-б", ("", "а-б", "")), ("–", ("", "–", ""))]
)
def test_parts(word: str, parts: tuple[str, str, str]) -> None:
    assert surrogate._parts(word) == parts

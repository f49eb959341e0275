"""Which tokenizer needs the fewest tokens, against a bootstrap written out in plain loops."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest

from langcov.api import measure_tokenizers
from langcov.results.result import Result
from tests.toys import wordpiece

Encode = Callable[[list[str]], list[list[int]]]


def every(size: int) -> Encode:
    """A token every so many letters of a word."""
    return lambda texts: [[0] * sum(-(-len(word) // size) for word in text.split()) for text in texts]


def capitals(text: str) -> int:
    return len(text.split()) + sum(map(str.isupper, text))


def by_capitals(texts: list[str]) -> list[list[int]]:
    """A token a word and one a capital letter."""
    return [[0] * capitals(text) for text in texts]


def lines(seed: int, n: int) -> list[str]:
    """Lines of which every tenth is empty."""
    rng = random.Random(seed)
    words = ["ак", "кот", "Барс", "сауБул", "кәҗәләргә"]
    return [" ".join(rng.choices(words, k=rng.randint(1, 9))) * (i % 10 != seed) for i in range(n)]


CORPUS = {"tat": lines(1, 60), "rus": lines(2, 60)}
SYSTEMS = {"two": every(2), "three": every(3), "same": every(3), "capitals": by_capitals}


def compared(result: Result, metric: str, language: str = "tat_Cyrl") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.details["comparisons"]
    return [row for row in rows if (row["metric"], row["language"]) == (metric, language)]


def by_hand(pairs: dict[str, list[tuple[int, int]]]) -> dict[str, tuple[float, float, float, float]]:
    """The lowest against each other one: difference, low, high and p, from draws of whole rows."""
    n = len(next(iter(pairs.values())))
    draws = np.random.RandomState(0).multinomial(n, [1 / n] * n, size=1000)

    def ratio(rows: Sequence[tuple[int, int]], often: Sequence[int]) -> float:
        top = sum(times * row[0] for times, row in zip(often, rows))
        return top / sum(times * row[1] for times, row in zip(often, rows))

    whole = {name: ratio(rows, [1] * n) for name, rows in pairs.items()}
    lowest = min(whole, key=lambda name: whole[name])
    found = {}
    for name in pairs.keys() - {lowest}:
        apart = sorted(ratio(pairs[name], draw) - ratio(pairs[lowest], draw) for draw in draws.tolist())
        low, high = (
            apart[at] + part * (apart[at + 1] - apart[at]) for at, part in ((24, 0.975), (974, 0.025))
        )
        rarer = min(sum(one <= 0 for one in apart), sum(one >= 0 for one in apart))
        found[name] = (whole[name] - whole[lowest], low, high, min(1, 2 * (rarer + 1) / 1001))
    return found


def test_every_figure_is_that_of_plain_loops() -> None:
    result = measure_tokenizers(SYSTEMS, CORPUS, ["rus"], aligned=True, hygiene=False)
    tokens = {
        name: {language: [len(one) for one in encode(texts)] for language, texts in CORPUS.items()}
        for name, encode in SYSTEMS.items()
    }
    written = [i for i in range(60) if CORPUS["tat"][i]]
    both = [i for i in written if CORPUS["rus"][i]]
    expected = {
        "fertility": by_hand(
            {
                name: [(of["tat"][i], len(CORPUS["tat"][i].split())) for i in written]
                for name, of in tokens.items()
            }
        ),
        "premium": by_hand(
            {name: [(of["tat"][i], of["rus"][i]) for i in both] for name, of in tokens.items()}
        ),
    }
    for metric, of_others in expected.items():
        rows = compared(result, metric)
        assert [*rows[0]] == [
            *("corpus", "language", "metric", "reference", "system", "other"),
            *("difference", "low", "high", "p", "p_adjusted"),
        ]
        assert {row["reference"] for row in rows} == {"rus_Cyrl" if metric == "premium" else None}
        assert {row["other"] for row in rows} == of_others.keys()
        for row in rows:
            figures = [row[key] for key in ("difference", "low", "high", "p")]
            assert figures == pytest.approx(of_others[row["other"]], abs=1e-12)
        step, adjusted = 0.0, {}
        for at, row in enumerate(sorted(rows, key=lambda row: row["p"])):
            step = max(step, min(1.0, row["p"] * (len(rows) - at)))
            adjusted[row["other"]] = step
        assert {row["other"]: row["p_adjusted"] for row in rows} == pytest.approx(adjusted)
    assert not compared(result, "premium", "rus_Cyrl")


def test_what_is_the_same_is_not_told_apart() -> None:
    result = measure_tokenizers({"a": every(3), "b": every(3), "c": every(1)}, CORPUS, hygiene=False)
    rows = {row["other"]: row for row in compared(result, "fertility")}
    assert (rows["b"]["difference"], rows["b"]["p_adjusted"]) == (0, 1)
    assert rows["c"]["p_adjusted"] < 0.05


@pytest.mark.parametrize("language", ["tat_Cyrl", "rus_Cyrl"])
def test_what_loses_text_fails_or_is_a_yardstick_is_not_compared(language: str) -> None:
    """A tokenizer that loses the text of a language may still be compared on another."""
    corpus = {"tat": ["кәҗә ак"] * 30, "rus": ["кот ак"] * 30}

    def fails(texts: list[str]) -> list[list[int]]:
        return [[0] if "ә" not in text else [1 // 0] for text in texts]

    systems = {
        "two": every(2),
        "one": every(1),
        "lossy": wordpiece("кот", "ак"),
        "fails": fails,
        "b": "bytes",
    }
    result = measure_tokenizers(systems, corpus, ["rus"], aligned=True, hygiene=False)
    rows = compared(result, "fertility", language)
    named = {name for row in rows for name in (row["system"], row["other"])}
    assert named == {"two", "one"} | ({"lossy", "fails"} if language == "rus_Cyrl" else set())
    premiums = compared(result, "premium")
    assert {name for row in premiums for name in (row["system"], row["other"])} == {"two", "one"}


@pytest.mark.parametrize(("systems", "n"), list(product((1, 2), (19, 20))))
def test_one_tokenizer_or_few_rows_are_no_test(systems: int, n: int) -> None:
    chosen = dict(list(SYSTEMS.items())[:systems])
    result = measure_tokenizers(chosen, {"tat": lines(3, 99)[10 : 10 + n + 2]}, hygiene=False)
    [rows] = {total["rows"] for total in result.totals}
    assert rows == n
    assert bool(result.details["comparisons"]) == (systems == 2 and n == 20)

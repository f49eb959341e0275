"""The engine against the library: where it says that it is sure, it has to be right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("fasttext")
from langcov.lid.engines.engine import Engine, tokens
from langcov.lid.engines.fast import differ
from langcov.lid.fasttext import FastText
from langcov.lid.kinds import load
from langcov.lid.protocol import Predictions
from langcov.text.strings import Strings
from tests.lid.engines.models import KINDS, NAMES, SYLLABLES, TEXTS, engine_of, made, weights_of
from tests.lid.models import saved, train

atoms = st.sampled_from([*SYLLABLES, " ", "  ", "\t", "\0", "\r", "\u00a0", "</s>", "__label__", "<", ">"])
strings = st.lists(st.one_of(st.lists(atoms, max_size=12).map("".join), st.text(max_size=12)), max_size=20)


def compare(model: FastText, engine: Engine, texts: list[str], k: int) -> float:
    """Compare what is sure; returns the share of it."""
    texts = [text.replace("\n", " ") for text in texts]
    answers, theirs = engine.answer(Strings.of(texts), k), model.predict(texts, k)
    mine = Predictions(answers.labels.astype(np.int32), answers.scores.astype(np.float64))
    sure = np.flatnonzero(answers.sure)
    assert [texts[at] for at in sure[differ(mine, sure, theirs, sure)]] == []
    assert np.allclose(mine.scores[sure], theirs.scores[sure], rtol=1e-4, atol=1e-6)
    return len(sure) / max(len(texts), 1)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_it_is_sure_of_is_what_the_library_says(kind: tuple[str, str, tuple[int, int]]) -> None:
    model = made(*kind)
    engine = engine_of(model)
    for k in (1, 3):
        share = compare(model, engine, TEXTS, k)
        if kind[0] in ("softmax", "hs") and k == 1:
            assert share > 0.75
    assert compare(model, engine, TEXTS[::-1], 1) > 0  # words are known by now


@pytest.mark.parametrize("kind", [KINDS[0], KINDS[5], KINDS[8]], ids=lambda kind: "-".join(map(str, kind)))
@settings(max_examples=60, deadline=None)
@given(strings, st.sampled_from([1, 3]))
def test_any_strings(kind: tuple[str, str, tuple[int, int]], texts: list[str], k: int) -> None:
    model = made(*kind)
    compare(model, engine_of(model), texts, k)


def test_labels_line_ends_and_long_words_are_the_library_s() -> None:
    engine = engine_of(made(*KINDS[0]))
    texts = ["ба __label__x001", "ба __label__", "ба </s> ро", "ба " + "ро" * 600, "ба " * 2_001, "ба ро"]
    assert engine.answer(Strings.of(texts), 1).sure.tolist() == [False] * 5 + [True]


def test_a_full_table_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    model = made(*KINDS[0])
    monkeypatch.setattr("langcov.lid.engines.words.MOST_BYTES", 1)
    engine = engine_of(model)
    for start in range(0, len(TEXTS), 50):
        compare(model, engine, TEXTS[start : start + 50], 1)
    assert len(engine._words.vectors) < 200


def test_it_is_not_made_for_n_grams_of_words(tmp_path: Path) -> None:
    model = load(str(saved(train(tmp_path, wordNgrams=2), tmp_path / "tiny.bin"))).model
    assert isinstance(model, FastText)
    with pytest.raises(ValueError, match="n-grams of words"):
        Engine(weights_of(model))


@given(
    st.lists(st.text(alphabet="аb \t\r\0\x0b\x0c\x1c\u00a0\u0301", max_size=12), max_size=8), st.booleans()
)
def test_tokens_are_what_stands_between_seven_bytes(texts: list[str], gaps: bool) -> None:
    lines = Strings.of([part for text in texts for part in ((text, "xx") if gaps else (text,))])
    lines = lines[:: 2 if gaps else 1]
    words, counts = tokens(lines)
    expected = [text.translate(dict.fromkeys(b"\0\t\n\r\x0b\x0c", " ")).split(" ") for text in texts]
    expected = [[word for word in one if word] for one in expected]
    assert counts.tolist() == [len(one) for one in expected]
    assert words.to_list() == [word for one in expected for word in one]

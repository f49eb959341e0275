"""One small fastText model of each kind."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from langcov.lid.engines.engine import Engine
from langcov.lid.engines.weights import Weights
from langcov.lid.fasttext import FastText, load
from tests.lid.models import HOSTILE, quantize, saved, train

LOSSES = ("softmax", "hs", "ova", "ns")
FORMS: dict[str, dict[str, Any] | None] = {
    "numbers": None,
    "codes": {"qnorm": True},
    "pruned": {"cutoff": 300},
    "both": {"qout": True},
}
KINDS = [*product(LOSSES, FORMS, ((2, 3),)), ("softmax", "numbers", (0, 0)), ("hs", "codes", (1, 4))]
NAMES = [f"{loss}-{form}-{grams[0]}-{grams[1]}" for loss, form, grams in KINDS]
SYLLABLES = ("ба", "ро", "ли", "ең", "үк", "хъ", "he", "cat", "ӏу", "中", "е\u0301", "😀")
WORDS = {
    f"x{number:03}": f"{SYLLABLES[number % 12]}{SYLLABLES[number // 12 % 12]} {SYLLABLES[number // 24]} the"
    for number in range(260)
}
"""As many labels as a matrix of codes needs, each with words of its own."""
TEXTS = [
    *HOSTILE, "", "баро ба the", "баро", "the the the cat", "x</s>", "cat </s> dog", "</s>",
    "__label__x001 ба",
    "__label__", "xx__label__x001", "< >", "роба\x1cба", "бе\u0301 бе\u0301", "ба\x0bро\x0cли", "\x00ба",
    *(" ".join(SYLLABLES[at * step % 12] * (at % 3 + 1) for at in range(1, 9)) for step in range(1, 90)),
    *(f"{one}{other} {other} the" for one, other in product(SYLLABLES, SYLLABLES)),
]  # fmt: skip


@cache
def made(loss: str, form: str, grams: tuple[int, int]) -> FastText:
    """A model loaded from its file."""
    folder = Path(mkdtemp(prefix="langcov-test-"))
    model = train(folder, WORDS, loss=loss, minn=grams[0], maxn=grams[1], dim=6, epoch=15)
    options = FORMS[form]
    if options is not None:
        quantize(model, folder, **options)
    loaded = load(str(saved(model, folder / "tiny.bin")))
    assert isinstance(loaded, FastText)
    return loaded


def weights_of(model: FastText) -> Weights:
    assert model.path is not None
    return Weights.read(model.path, model.library)


def engine_of(model: FastText) -> Engine:
    return Engine(weights_of(model))

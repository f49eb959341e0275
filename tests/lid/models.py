"""Small fastText models, and the strings that every adapter is tried on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = {"rus": "кот дом сад", "eng": "cat dog the", "tat_Cyrl": "мәче йорт бакча"}

HOSTILE = [
    "cat", "кот", "мәче", "the cat", "кот и dog", " ", "\t ", "\u00a0", "\u2003", "a\nb", "\n", "кот\0cat",
    "\0", "кот\x85cat", "\x85", "x\ufffey", "\ufdd0",
    "\x01\x7f", "\u2028", "😀", "👩\u200d👧", "e\u0301", "\u0301", "ӑ", "а\u0306",
    "x\u0301" * 50, "__label__eng",
    "<b>cat</b>", "&amp;", "123", "…", "THE CAT", "ДОМ", "我们", "ᚠᚢ", "☕\ufe0f", "a" * 300,
    "\r", "cat\rdog", "\ufeffкот",
]  # fmt: skip
MEGABYTE = "кот " * 150_000


def train(folder: Path, words: dict[str, str] | None = None, **options: Any) -> Any:
    """A model trained on a few words to a label."""
    import fasttext

    text = "".join(f"__label__{label} {line}\n" for label, line in (words or WORDS).items())
    path = folder / "train.txt"
    path.write_text(text * 5, encoding="utf-8")
    settings = {"dim": 4, "epoch": 40, "lr": 1.0, "minn": 2, "maxn": 3, "bucket": 400} | options
    return fasttext.train_supervised(str(path), verbose=0, thread=1, **settings)


def quantize(model: Any, folder: Path, **options: Any) -> Any:
    """The same model in its small form, in place."""
    model.quantize(input=str(folder / "train.txt"), verbose=0, **options)
    return model


def saved(model: Any, path: Path) -> Path:
    model.save_model(str(path))
    return path

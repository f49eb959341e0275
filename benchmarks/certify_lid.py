"""Does langcov's engine give fastText's labels? python -m benchmarks.certify_lid [MODEL ...]

For each kind of model (loss, how its matrices are stored, pruned or not, with n-grams of letters or without)
one is trained on lines of ../shared/corpora, and the engine's answers are compared with the library's: to
every code point in seven contexts, every line and every distinct word of ../shared/corpora, runs of white
space, labels and line ends among words, and strings put together at random from hostile atoms; for the best
label, and for the best three of every tenth string. Where the engine says that it is sure, labels and the
steps of scores have to be the library's; of all others it is told how many there are. ``lid.176.ftz`` is
given all strings, a trained model one in ten, each model others, and a file that is named one in twenty.
langcov/data/lid_certificates.json is written with the kinds of which not one string differs.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.certify import CONTEXTS, LINES, _texts
from benchmarks.check_ids import SHARED
from langcov.lid.engines.certificates import FILE, SCHEMA, recipe
from langcov.lid.engines.engine import ENGINE, Engine
from langcov.lid.engines.fast import differ
from langcov.lid.engines.weights import Weights
from langcov.lid.fasttext import FastText, load
from langcov.lid.protocol import Predictions, release_of_module
from langcov.text.strings import Strings

CERTIFICATES = Path(__file__).resolve().parents[1] / "langcov/data" / FILE
BATCH = 1 << 14
EVERY = {1: 1, 3: 10}
"""Of the strings so many have so many labels compared: the best, and the best three."""
WHOLE, TRAINED, NAMED = 1, 10, 20
"""One in so many strings is given to lid.176, to a trained model, to a file that is named."""
TRAINED_ON = 200
"""Lines of each file that models are trained on."""
PARTS = 5
"""Labels of a language: a matrix of labels is only coded if it has 256 rows."""
LOSSES = ("softmax", "hs", "ova", "ns")
FORMS: dict[str, dict[str, Any] | None] = {
    "numbers": None,
    "codes": {"qnorm": True},
    "pruned": {"cutoff": 20_000, "qnorm": True},
    "codes of both": {"qnorm": True, "qout": True},
}
HOSTILE = (
    "__label__",
    "__label__tat",
    "__label_",
    "x__label__",
    "</s>",
    "</s>x",
    "<",
    ">",
    "</",
    "\0",
    "\x0b",
    "\x0c",
)
STRINGS_OF_RANDOM_ATOMS = 50_000


@dataclass
class Seen:
    """What came of one model."""

    compared: dict[str, int] = field(default_factory=dict)
    library: dict[str, int] = field(default_factory=dict)  # strings that the engine leaves to the library
    wrong: list[str] = field(default_factory=list)
    largest: float = 0.0  # difference of the best score
    of_guard: float = 0.0  # the largest by what was allowed for


def main(named: list[str]) -> int:
    """Compare all, print, write; exit code 1 if anything differs."""
    texts = list(_strings())
    certified: dict[str, dict[str, Any]] = {}
    refused = False
    with TemporaryDirectory() as folder:
        for number, (name, path, step) in enumerate(_models(Path(folder), named)):
            model, started = load(str(path)), time.perf_counter()
            assert isinstance(model, FastText)
            weights = Weights.read(str(path), model.library)
            some = [(label, strings[number % step :: step]) for label, strings in texts]
            seen = compare(model, Engine(weights), some)
            print(
                f"{name}: {len(seen.wrong)} of {sum(seen.compared.values())} strings differ, "
                f"{sum(seen.library.values())} are the library's, score by {seen.largest:.2g} at most, "
                f"{seen.of_guard:.2f} of the guard, "
                f"{time.perf_counter() - started:.0f} s {seen.wrong[:3]!a}",
                flush=True,
            )
            refused |= bool(seen.wrong)
            key = json.dumps(recipe(weights))
            one = certified.setdefault(key, {"recipe": recipe(weights), "models": []})
            told = {"name": name, "labels": len(weights.labels), "compared": seen.compared}
            one["models"].append(
                told
                | {
                    "by_the_library": seen.library,
                    "largest_difference": seen.largest,
                    "of_guard": seen.of_guard,
                    "differences": len(seen.wrong),
                }
            )
    whole = [one for one in certified.values() if not any(model["differences"] for model in one["models"])]
    held = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "reference": release_of_module("fasttext"),
        "certified": whole,
    }
    CERTIFICATES.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    return int(refused)


def compare(reference: FastText, engine: Engine, texts: list[tuple[str, list[str]]]) -> Seen:
    """The engine and the library side by side."""
    seen = Seen()
    for label, strings in texts:
        seen.compared[label] = seen.library[label] = 0
        for k, every in EVERY.items():
            asked = strings[::every]
            for start in range(0, len(asked), BATCH):
                _compare(reference, engine, asked[start : start + BATCH], k, seen, label)
    return seen


def _compare(reference: FastText, engine: Engine, batch: list[str], k: int, seen: Seen, label: str) -> None:
    answers = engine.answer(Strings.of(batch), k)
    mine = Predictions(answers.labels.astype(np.int32), answers.scores.astype(np.float64))
    theirs = reference.predict(batch, k)
    sure = np.flatnonzero(answers.sure)
    seen.compared[label] += len(batch)
    seen.library[label] += len(batch) - len(sure)
    seen.wrong += [batch[at] for at in sure[differ(mine, sure, theirs, sure)].tolist()]
    far = np.abs(mine.scores[sure, 0] - theirs.scores[sure, 0])
    seen.largest = max(seen.largest, float(far.max(initial=0)))
    guarded = answers.error[sure] > 0
    seen.of_guard = max(seen.of_guard, float((far[guarded] / answers.error[sure][guarded]).max(initial=0)))


def _strings() -> Iterator[tuple[str, list[str]]]:
    points = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
    every = " ".join(context.replace("\n", "") for context in CONTEXTS)
    yield "code points in contexts", [every.format(c=c) for c in points]
    dice = random.Random(0)
    for label, texts in _texts():
        yield label, texts
        if label == LINES:
            words = [word for line in dice.sample(texts, 2_000) for word in line.split()]
    atoms = [*HOSTILE, *dice.sample(words, 500)]
    gaps = (" ", "  ", "\t", "\0", "\r", "\x1c", "\u00a0", "")
    yield (
        "labels and line ends",
        [
            "".join(dice.choice(atoms) + dice.choice(gaps) for _ in range(dice.randint(1, 30)))
            for _ in range(STRINGS_OF_RANDOM_ATOMS)
        ],
    )


def _models(folder: Path, named: list[str]) -> Iterator[tuple[str, Path, int]]:
    import fasttext

    yield "lid.176.ftz", SHARED / "lid" / "lid.176.ftz", WHOLE
    yield from ((Path(name).name, Path(name), NAMED) for name in named)
    train = folder / "train.txt"
    train.write_text("".join(_training()), encoding="utf-8")
    for loss in LOSSES:
        for grams in ((2, 4), (0, 0)):
            for form, options in FORMS.items():
                model = fasttext.train_supervised(
                    str(train), loss=loss, minn=grams[0], maxn=grams[1], dim=16, bucket=100_000, minCount=2,
                    epoch=5, lr=0.2, thread=1, verbose=0,
                )  # fmt: skip
                if options is not None:
                    model.quantize(input=str(train), verbose=0, **options)
                path = folder / "model.bin"
                model.save_model(str(path))
                yield f"{loss}, {form}, n-grams {grams[0]}-{grams[1]}", path, TRAINED


def _training() -> Iterator[str]:
    for path in sorted((SHARED / "corpora").rglob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[:TRAINED_ON]):
            yield f"__label__{path.stem.partition('_')[0]}_{number % PARTS} {line}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

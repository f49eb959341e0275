"""A model of GlotLID's shape, for measuring speed: python benchmarks/made_lid.py OUT.bin

It has 2,122 labels, 256 dimensions, n-grams of 2 to 5 letters in a million buckets and softmax, as GlotLID v3
has them, and 1.3 GB. Trained by fastText itself on lines of ../shared/corpora, in about ten minutes: the
languages that are there have labels of their own, and the labels that are missing have two lines each. It is
no good at telling languages: nobody should use it for that.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SHARED = Path(__file__).resolve().parents[2] / "shared"
LABELS = 2_122
OF_EACH = 1_000
"""Lines of a language at most."""
SHAPE = {"dim": 256, "minn": 2, "maxn": 5, "bucket": 1_000_000, "loss": "softmax", "minCount": 1}


def main(out: Path) -> None:
    """Train and save."""
    import fasttext

    dice = random.Random(0)
    by_language: dict[str, list[str]] = {}
    for path in sorted((SHARED / "corpora").rglob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        by_language.setdefault(path.stem.partition("_")[0], []).extend(lines)
    kept = {name: dice.sample(lines, min(len(lines), OF_EACH)) for name, lines in by_language.items()}
    rows = [(name, line) for name, lines in kept.items() for line in lines]
    rest = dice.sample(rows, 2 * (LABELS - len(kept)))
    rows += [(f"made{number // 2}", line) for number, (_, line) in enumerate(rest)]
    dice.shuffle(rows)
    with TemporaryDirectory() as folder:
        train = Path(folder) / "train.txt"
        train.write_text("".join(f"__label__{name} {line}\n" for name, line in rows), encoding="utf-8")
        model = fasttext.train_supervised(str(train), epoch=4, lr=0.5, thread=1, verbose=2, **SHAPE)
    model.save_model(str(out))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Make ``endings.npz``: the endings of the languages of the bundled word tables, each as UTF-8 with spaces.

    python tools/build_endings.py

The same tables give the same endings.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from langcov.core.arrays import Bytes
from langcov.corpora.resolve import all_bundled
from langcov.hygiene.engine.vocabulary import endings, vocabulary

TARGET = Path(__file__).resolve().parents[1] / "langcov/data/endings.npz"


def arrays() -> dict[str, Bytes]:
    """What the file holds, by language."""
    languages = sorted({source.language for corpus in all_bundled() for source in corpus.sources})
    return {one: np.frombuffer(" ".join(endings(vocabulary(one))).encode(), np.uint8) for one in languages}


if __name__ == "__main__":
    np.savez_compressed(TARGET, **arrays())  # type: ignore[arg-type]

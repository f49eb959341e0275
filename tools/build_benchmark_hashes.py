"""Make ``benchmark_hashes.npz``: what `benchmark-overlap` knows of FLORES+, NTREX-128 and the UDHR.

    python tools/build_benchmark_hashes.py ../shared/corpora

It holds a hash of the letters of each line, and no text. The folder has FLORES+ dev, the first 1,497 lines of
NTREX-128 and the UDHR (its ``MANIFEST.tsv`` names their sources and commits); ``*.NOT-UDHR.txt`` is another
document, and keyed lines (``article/paragraph<TAB>text``) are taken without their keys.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from langcov.core.arrays import Ints, Words
from langcov.hygiene.lines.overlap import letter_hashes, sums
from langcov.text.scan import blocks
from langcov.text.strings import Strings

LEAST = 30  # letters and digits of a line that tell it from all others
BENCHMARKS = {"flores_plus": "FLORES+", "ntrex": "NTREX-128", "udhr": "UDHR"}
TARGET = Path(__file__).resolve().parents[1] / "langcov/data/benchmark_hashes.npz"


def main(corpora: Path) -> None:
    """Write the file.

    Args:
        corpora: the folder that has a folder for each benchmark.
    """
    names: list[tuple[str, str]] = []
    hashes, sources = [], []
    for benchmark, language, path in _files(corpora):
        lines = path.read_text(encoding="utf-8").split("\n")
        texts = Strings.of(line.rpartition("\t")[2] for line in lines)
        found = letter_sums(texts[letter_counts(texts) >= LEAST])
        hashes.append(found)
        sources.append(np.full(len(found), len(names), np.uint16))
        names.append((benchmark, language))
    # np.unique keeps the first of equal ones: a line of several languages is named by the first.
    different, first = np.unique(np.concatenate(hashes), return_index=True)
    np.savez(TARGET, hashes=different, sources=np.concatenate(sources)[first], names=np.array(names))


def letter_sums(texts: Strings) -> Words:
    """A 64-bit hash of the letters and digits of each string, uint64 [n]: the sum of a hash of each.

    >>> one, other, third = letter_sums(Strings.of(["Мой дом!", "МОИ ДОМ", "Мой том"]))
    >>> bool(one == other), bool(one == third)
    (True, False)
    """
    found = np.zeros(len(texts), np.uint64)
    for block in blocks(texts):
        if len(block.first):
            found[block.which.start + block.nonempty] = sums(block.points, block.first)
    return found


def letter_counts(texts: Strings) -> Ints:
    """How many letters and digits of each string ``letter_sums`` hashes, int64 [n]."""
    counts = np.zeros(len(texts), np.int64)
    for block in blocks(texts):
        counts[block.which] = block.sum(letter_hashes(block.points) > 0)
    return counts


def _files(corpora: Path) -> Iterator[tuple[str, str, Path]]:
    """Name of the benchmark, id of the language, file."""
    for folder, benchmark in BENCHMARKS.items():
        for path in sorted((corpora / folder).glob("???_????.txt")):
            yield benchmark, path.stem, path


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Compare langcov's counts with independent libraries on every line of a folder of text.

    python benchmarks/check_text.py ../shared/corpora

Line by line: code points against ``len``, whitespace words against `regex` ``\\P{White_Space}+``, clusters
against its ``\\X``. UAX #29 words against `uniseg`, which is slow, so on pieces: each distinct unit, and each
distinct line that can't be cut. Prints a row per group of files; exits with 1 if anything differs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.text import count, scan, units
from langcov.text.distinct import distinct
from langcov.text.strings import Strings
from langcov.text.words import uax29_words
from tests.text import unicode_references as reference


def read_lines(path: Path) -> Strings:
    return scan.find_lines(np.frombuffer(path.read_bytes(), np.uint8))[0]


def differences(found: NDArray[np.int64], strings: Strings, expected: Callable[[str], int]) -> int:
    return sum(mine != expected(text) for mine, text in zip(found.tolist(), strings))


def word_differences(strings: Strings) -> int:
    found = reference.by_string(strings, uax29_words(strings))
    return sum(mine != reference.uax29_words(text) for mine, text in zip(found, strings))


def check(lines: Strings) -> tuple[int, int, int, int, int]:
    """Strings of which code points, whitespace words, clusters, UAX #29 words differ; pieces compared."""
    made = units.cut(lines)
    texts = Strings.of([*made.units, *lines[~made.regular]])
    pieces = distinct(texts)[0]
    return (
        differences(count.code_points(lines), lines, len),
        differences(count.whitespace_words(lines), lines, reference.whitespace_words),
        differences(count.graphemes(lines), lines, reference.graphemes),
        word_differences(pieces),
        len(pieces),
    )


def main(folder: Path) -> int:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".tsv", ".conllu"})
    total = np.zeros(5, np.int64)
    for group in sorted({path.parent for path in paths}):
        start = time.perf_counter()
        files = [read_lines(path) for path in paths if path.parent == group]
        lines = Strings.of([text for file in files for text in file])
        result = np.array(check(lines))
        total += result
        points, white, clusters, words, pieces = result.tolist()
        print(
            f"{group.name}: {len(files)} files, {len(lines.data)} bytes, {len(lines)} lines, "
            f"{pieces} pieces; differ: {points} code points, {white} whitespace words, {clusters} clusters, "
            f"{words} UAX #29 words; {time.perf_counter() - start:.0f} s",
            flush=True,
        )
    print("all differences:", int(total[:4].sum()))
    return int(total[:4].any())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

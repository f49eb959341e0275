"""A sample of every shared corpus; ``benchmarks/check_text.py`` compares them whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from langcov.text import count, scan, units
from langcov.text.strings import Strings
from langcov.text.words import uax29_words
from tests.text import unicode_references as reference


def test_counts_of_real_lines(shared: Path) -> None:
    paths = sorted(
        path for path in (shared / "corpora").glob("*/*") if path.suffix in {".txt", ".tsv", ".conllu"}
    )
    assert paths
    sampled = []
    for path in paths:
        lines, _ = scan.find_lines(np.frombuffer(path.read_bytes(), np.uint8))
        sampled += lines[np.arange(0, len(lines), max(1, len(lines) // 40))].to_list()
    strings = Strings.of(sampled)
    assert count.whitespace_words(strings).tolist() == list(map(reference.whitespace_words, sampled))
    assert count.graphemes(strings).tolist() == list(map(reference.graphemes, sampled))
    few = strings[::5]
    assert reference.by_string(few, uax29_words(few)) == list(map(reference.uax29_words, few))
    made = units.cut(strings)
    for measure in (count.graphemes, count.whitespace_words):
        total = np.bincount(made.line, measure(made.units), len(strings))
        assert total[made.regular].tolist() == measure(strings)[made.regular].tolist()

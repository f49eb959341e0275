import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from langcov.metrics.tokenizers.entropy import efficiency, renyi_entropy


def counts(text: str) -> np.ndarray:
    return np.array(list(Counter(text.split()).values()))


def test_published_reference_values(shared: Path) -> None:
    lines = (shared / "published" / "renyi_reference_values.tsv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))
    checked = 0
    for row in rows:
        if row["quantity"] not in ("renyi_efficiency", "renyi_entropy_bits", "shannon_efficiency"):
            continue
        found = renyi_entropy(counts(row["text"]), float(row["alpha"]))
        if row["quantity"].endswith("efficiency"):
            found = found / np.log2(len(counts(row["text"])))
        assert float(found) == pytest.approx(float(row["value"]), abs=1e-12)
        checked += 1
    assert checked == 8


def test_the_value_published_for_a_small_text_without_the_file() -> None:
    # zouharvi/tokenization-scorer test.py: α = 2.5, divided by log2 of the types observed
    found = counts("pick @@ed pick @@l @@ed pick @@les")
    assert float(efficiency(found, len(found))) == pytest.approx(0.8265064834225245, abs=1e-9)


def test_each_row_of_a_matrix_is_a_distribution() -> None:
    table = np.array([[1.0, 1.0], [1.0, 3.0]])
    assert renyi_entropy(table).tolist() == [renyi_entropy(row) for row in table]

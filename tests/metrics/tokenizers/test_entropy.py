import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.metrics.intervals import resample, weights
from langcov.metrics.tokenizers.entropy import efficiency, renyi_entropy, resampled_entropy


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


@given(
    st.integers(20, 40),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 300), st.integers(1, 10**5)), max_size=900),
    st.sampled_from([1, 7, 10**5]),
)
def test_resamples_are_those_of_the_dense_table(
    n_rows: int, drawn: list[tuple[int, int, int]], scale: int
) -> None:
    """Ids that stand in one row, in some and in all; counts that fit 16 bits and that do not."""
    dense = np.ones((n_rows, 301), np.int64)
    dense[:, 2:] = 0
    for row, column, count in drawn:
        dense[row % n_rows, column] = count % scale + 1
    row, column = np.nonzero(dense)
    seen, column = np.unique(column, return_inverse=True)
    found = resampled_entropy(row, column, dense[row, seen[column]], n_rows)
    assert found == pytest.approx(renyi_entropy(resample(dense)), rel=1e-13, abs=1e-13)


@pytest.mark.filterwarnings("error")
def test_a_resample_without_tokens_has_no_entropy() -> None:
    found = resampled_entropy(np.array([3, 3]), np.array([0, 1]), np.array([2, 1]), 30)
    drawn = weights(30)[:, 3] > 0
    assert 0 < drawn.mean() < 1
    assert np.array_equal(np.isfinite(found), drawn)

"""Sizes of datasets, as the hub calls them."""

from __future__ import annotations

import pytest

from langcov.report.dataset_card import _size


@pytest.mark.parametrize(
    ("entries", "size"),
    [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (10**9, "1B<n<10B"), (10**12, "n>1T")],
)
def test_sizes(entries: int, size: str) -> None:
    assert _size(entries) == size

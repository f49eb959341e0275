import numpy as np
import pytest

from langcov.metrics.tokenizers.across_languages import gini


def test_gini_by_its_definition() -> None:
    values = np.random.default_rng(0).random(7)
    apart = abs(values[:, None] - values[None, :]).sum()
    assert float(gini(values)) == pytest.approx(apart / (2 * 49 * values.mean()))

"""What is told from chance: p-values, their adjustments, and results without rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from langcov.gate.changes import _p, bh
from langcov.gate.compare import compare
from langcov.gate.moved import mcnemar
from langcov.gate.settings import GateSettings
from langcov.gate.side import Side
from langcov.metrics.intervals import interval, resample
from langcov.metrics.paired import holm
from langcov.results.result import Record, Result


def drawn(seed: int, languages: int = 8, rows: int = 60) -> Side:
    """A result without rows: tokens and words of rows drawn from one and the same distribution."""
    draw = np.random.RandomState(seed)
    records = []
    for language in ("tat", "bak", "chv", "che", "sah", "oss", "udm", "mhr")[:languages]:
        words = 4 + draw.poisson(20, rows)
        counted = np.stack([draw.poisson(3.0 * words), words], 1)
        top, bottom = counted.sum(axis=0)
        low, high = interval(np.divide(*resample(counted).T))
        place = ("t", "c", f"{language}_Cyrl", "fertility")
        records.append(Record(*place, top / bottom, low, high, n=rows, rows=rows))
    text = {"short": "corpus:c@1|tok:t@2|words:whitespace", "long": ""}
    corpora, systems = [{"name": "c", "sha256": "1"}], [{"name": "t", "skipped": None}]
    return Side(str(seed), Result("tokenizers", text, "", {}, corpora, systems, [], records))


def test_unpaired_results_of_two_draws_of_rows_seldom_close_the_gate():
    """Nothing differs but chance: of the gates over eight languages at most 5 %, and what sampling adds."""
    gates = 200
    closed = sum(compare(drawn(2 * at), drawn(2 * at + 1), GateSettings()).failed for at in range(gates))
    assert closed <= 0.05 * gates + 2 * np.sqrt(gates * 0.05 * 0.95)


def test_unpaired_results_that_differ_by_much_close_it():
    base, new = drawn(1), drawn(2)
    dear = [
        replace(one, **{name: getattr(one, name) * 1.2 for name in ("value", "low", "high")})
        for one in new.result.records
    ]
    assert compare(base, Side("new", replace(new.result, records=dear)), GateSettings()).failed


def test_p_of_a_difference_is_that_of_students_t():
    """Quantiles of t from tables: 9, 29 and 249 degrees of freedom."""
    for t, rows, p in ((2.262, 10, 0.05), (3.25, 10, 0.01), (2.756, 30, 0.01), (3.33, 250, 0.001)):
        assert _p(t, 1.0, rows) == pytest.approx(p, rel=0.02)


def test_tails_and_adjustments_are_those_of_scipy_and_statsmodels():
    """Down to tails that matter after a thousand tests."""
    stats, multitest = pytest.importorskip("scipy.stats"), pytest.importorskip("statsmodels.stats.multitest")
    for rows in (20, 41, 188, 256):
        for t in (0.5, 1.0, 2.0, 4.0, 5.0, 6.0):
            assert _p(t, 1.0, rows) == pytest.approx(2 * stats.t.sf(t, rows - 1), rel=0.03)
    draw = np.random.RandomState(5)
    for size in (1, 2, 7, 300):
        p = draw.uniform(0, 0.2, size)
        assert bh(p) == pytest.approx(multitest.multipletests(p, method="fdr_bh")[1])
        assert holm(p) == pytest.approx(multitest.multipletests(p, method="holm")[1])
    for more, fewer in ((0, 3), (2, 9), (7, 7), (30, 12)):
        assert mcnemar(more, fewer) == pytest.approx(stats.binomtest(more, more + fewer).pvalue)


def test_mcnemar_by_hand():
    assert mcnemar(1, 9) == pytest.approx(2 * (1 + 10) / 2**10)

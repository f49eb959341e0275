"""The published table of filters is what its counts say."""

from __future__ import annotations

import csv
import re

import pytest

pytest.importorskip("datatrove")

from benchmarks.published_filters import FEWEST, MOST, OWN, RESULTS, TSV, report

with TSV.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


def test_the_table_is_made_of_the_counts() -> None:
    text = (RESULTS / "filters.md").read_text(encoding="utf-8")
    version = re.search(r"datatrove ([\d.]+)", text)
    assert version and report(ROWS, version[1].rstrip(".")) == text


def test_the_counts_can_be() -> None:
    places = [(row["language"], row["corpus"]) for row in ROWS]
    assert places == sorted(set(places))
    for row in ROWS:
        documents = int(row["documents"])
        assert FEWEST <= documents <= MOST
        figures = [row[one] for one in (OWN, "advised", "case", "nfd", "gopher", "c4") if row[one]]
        assert all(0 <= int(one) <= documents for one in figures)


@pytest.mark.parametrize(
    ("language", "corpus", "kept"),
    [
        *(("rus_Cyrl", "ntrex", 91), ("bak_Cyrl", "ntrex", 89), ("tat_Cyrl", "ntrex", 18)),
        *(("tat_Cyrl", "commonvoice", 4), ("abk_Cyrl", "commonvoice", 0), ("crh_Latn", "nllbseed", 131)),
        *(("chv_Cyrl", "flores", 84), ("sah_Cyrl", "commonvoice", 0), ("hye_Armn", "flores", 102)),
    ],
)
def test_figures_known_from_a_plain_loop_over_the_library(language: str, corpus: str, kept: int) -> None:
    [row] = [row for row in ROWS if (row["language"], row["corpus"]) == (language, corpus)]
    assert row[OWN] == str(kept)

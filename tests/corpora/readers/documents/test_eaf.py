"""ELAN: which annotations are read, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from langcov.errors import UserError
from tests.corpora.readers.documents.made import about, aligned, eaf, read, tier

SLOTS = {"s1": 1000, "s2": None, "s3": 3723500, "s0": 500}
REFERENCES = tier("ref", aligned("a1", "s3", "3") + aligned("a2", "s1", "1") + aligned("a3", "s0", "0"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tat.eaf"


def _read(path: Path, tiers: str, **options: Any) -> list[tuple[str, str]]:
    path.write_text(eaf(tiers, SLOTS), "utf-8")
    return read(path, **options)


def test_annotations_are_in_the_order_of_time(path: Path) -> None:
    assert _read(path, REFERENCES) == [
        ("0", "ref 0:00:00.500"),
        ("1", "ref 0:00:01.000"),
        ("3", "ref 1:02:03.500"),
    ]


def test_those_about_others_follow_them(path: Path) -> None:
    words = tier(
        "tx",
        about("w3", "a1", "соң")
        + about("w2", "a2", "ике", before="w1")
        + about("w4", "a2", "", before="w2")
        + about("w5", "a2", "өч", before="w4")
        + about("w1", "a2", "бер"),
        "ref",
    )
    assert _read(path, REFERENCES + words, tier="tx") == [
        ("бер", "tx 0:00:01.000"),
        ("ике", "tx 0:00:01.000"),
        ("өч", "tx 0:00:01.000"),
        ("соң", "tx 1:02:03.500"),
    ]
    morphs = tier(
        "mb", about("m2", "w1", "р", before="m1") + about("m3", "w3", "с") + about("m1", "w1", "бе"), "tx"
    )
    assert [text for text, _ in _read(path, REFERENCES + words + morphs, tier="mb")] == ["бе", "р", "с"]


def test_slots_without_a_time_lie_between_the_others(path: Path) -> None:
    tiers = tier("tx", aligned("a", "s3", "өч") + aligned("b", "s2", "ике") + aligned("c", "s1", "бер"))
    assert [text for text, _ in _read(path, tiers)] == ["бер", "ике", "өч"]


def test_values(path: Path) -> None:
    tiers = tier(
        "tx", aligned("a", "s0", "бер\nике") + aligned("b", "s1", " ") + aligned("c", "s3", "ө&#173;ч")
    )
    assert [text for text, _ in _read(path, tiers)] == ["бер ике", "ө\u00adч"]


def test_which_tiers(path: Path) -> None:
    """Of two speakers both may be read; a tier and one about it are the same text twice."""
    other = tier("tx@B", aligned("b1", "s1", "әйе"))
    notes = tier("ft", about("f1", "a2", "yes"), "ref")
    empty = tier("empty", aligned("e", "s0", ""))
    with pytest.raises(UserError, match=r"side by side \('ref', 'tx@B', 'ft'\): name one with --tier"):
        _read(path, REFERENCES + other + notes + empty)
    assert [text for text, _ in read(path, tier=("ref", "tx@B"))] == ["0", "1", "әйе", "3"]
    with pytest.raises(UserError, match="tier 'ft' is about tier 'ref': name one of them"):
        read(path, tier=["ref", "ft"])
    with pytest.raises(UserError, match=r"no tier 'empty' \(there: 'ref', 'tx@B', 'ft'\)"):
        read(path, tier="empty")


def test_what_is_no_whole_file(path: Path) -> None:
    ring = tier("tx", about("a", "b", "бер") + about("b", "a", "ике"))
    with pytest.raises(UserError, match="refers to itself"):
        _read(path, ring)
    following = tier("tx", about("a", "a2", "бер", before="b") + about("b", "a2", "ике", before="a"), "ref")
    assert len(_read(path, REFERENCES + following, tier="tx")) == 2
    path.write_text("<a/>")
    with pytest.raises(UserError, match="no ELAN file: its XML is of a"):
        read(path)
    path.write_text("<ANNOTATION_DOCUMENT>")
    with pytest.raises(UserError, match="no whole XML"):
        read(path)

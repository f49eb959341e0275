"""Counts of words, against a Counter of the same words."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.hygiene.engine.attestation import Attestation
from langcov.hygiene.engine.protocol import Evidence, folded
from langcov.languages import find

TEXT = st.text(st.sampled_from("аАбӀӏə́ ʼ'-1\n"), max_size=60)
WORD = re.compile(r"(?:[^\W\d_]|\u0301)+")


def points(text: str) -> np.ndarray:
    return np.array([ord(character) for character in text + "\n"], np.uint32)


@given(TEXT, TEXT)
def test_as_a_counter_does(text: str, more: str) -> None:
    counted = Counter(folded(word) for part in (text, more) for word in WORD.findall(part))
    wanted = {*counted, "аба", "бӏа"}
    attestation = Attestation(wanted)
    attestation.add(points(text))
    attestation.add(points(more))
    assert attestation.counts == {word: counted[word] for word in wanted}


@given(st.lists(st.tuples(st.sampled_from(["аб", "АБ", "б"]), st.integers(0, 9)), min_size=1))
def test_words_of_a_table_count_as_often_as_it_says(rows: list[tuple[str, int]]) -> None:
    attestation = Attestation(["аб"])
    data = np.array([ord(c) for word, _ in rows for c in word + "\n"], np.uint32)
    attestation.add(data, np.array([times for _, times in rows]))
    assert attestation.counts == {"аб": sum(times for word, times in rows if word != "б")}


def test_an_apostrophe_letter_belongs_to_its_word() -> None:
    attestation = Attestation(["pä'mez", "mez"], "'")
    attestation.add(points("Pä'mez mez"))
    assert attestation.counts == {"mez": 1, "pä'mez": 1}


def test_where_words_stand() -> None:
    attestation = Attestation(["cap", "а"], foreign="dzш")
    attestation.add(points("cap red! Cap а, cap. «А а\ncap\nred а ... cap"))
    attestation.add(points("А cap"))
    attestation.add(points("ал cap ал, а"))
    assert attestation.where("cap") == (7, 2, 4, 5, 1)
    assert attestation.where("а") == (6, 1, 2, 3, 0)
    assert attestation.where("red") == (0, 0, 0, 0, 0)
    other = attestation.copy()
    other.add(points("cap red"), np.array([-1]))
    assert (other.counts["cap"], other.where("cap")) == (6, attestation.where("cap"))


@pytest.mark.parametrize(
    ("text", "capitalized"), [("Аб\nа\nА", True), ("аб\nА", False), ("Ӏа\nӀаш\nI", False), ("", False)]
)
def test_whether_lines_begin_with_capitals(text: str, capitalized: bool) -> None:
    attestation = Attestation([*folded(text).split()])
    attestation.add(points(text))
    assert attestation.capitalized == capitalized


@pytest.mark.parametrize("word", ["хӀун", "ХӀУН", "хӏун"])
def test_evidence_asks_first(word: str) -> None:
    evidence = Evidence(find("che"), None)
    assert evidence.attested(word) == 0
    assert evidence.asked == {"хӏун"}
    evidence.counts = {"хӏун": 3}
    assert evidence.attested(word) == 3

"""A table with a line a word says what one with a line a row says, in any memory, and is measured alike."""

from __future__ import annotations

import random
from dataclasses import asdict
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.api import measure_tokenizers
from langcov.corpora import Corpus, Provenance, ReadOptions, Source, condense
from langcov.corpora.tables import read, sorted_counts
from langcov.corpora.tables.uses import parsed, written
from langcov.errors import UserError
from langcov.text.strings import Strings
from tests.corpora.tables.test_condense import PUBLIC, memory, table_of

NUMBERS = st.integers(0, 40) | st.integers(0, 1 << 48)


@given(
    st.lists(st.dictionaries(st.integers(0, 300) | st.integers(0, 1 << 20), NUMBERS, min_size=1, max_size=6))
)
def test_uses_come_back(words: list[dict[int, int]]) -> None:
    pairs = [
        (index, row, count + 1) for index, of_one in enumerate(words) for row, count in sorted(of_one.items())
    ]
    word, row, count = np.array(pairs, np.int64).reshape(-1, 3).T
    starts = np.searchsorted(word, np.arange(len(words) + 1))
    characters, at = written(starts, row, count)
    found = parsed(Strings(characters, at[:-1], at[1:]))
    assert [each.tolist() for each in found] == [word.tolist(), row.tolist(), count.tolist()]
    assert not {9, 10, 32} & {*characters.tolist()}


@pytest.mark.parametrize("text", ["?", "???", "?_", "", "? ", "_" * 10 + "??", "\x7f?"])
def test_what_are_no_uses(text: str) -> None:
    with pytest.raises(ValueError, match=r"as they should|too long|without a"):
        parsed(Strings.of(["??", text]))


def text_of(seed: int) -> Corpus:
    dice = random.Random(seed)
    words = ["".join(dice.choices("абвгд", k=dice.randint(1, 5))) for _ in range(400)]
    lines = {
        name: [" ".join(dice.choices(words, k=dice.randint(0, 6))) for _ in range(700)]
        for name in ("tat_Cyrl", "rus_Cyrl")
    }
    return memory(lines, licence=PUBLIC)


@pytest.mark.parametrize("name", ["x.words.tsv", "x.words.tsv.zst"])
def test_it_holds_what_the_other_form_holds(name: str, tmp_path: Path) -> None:
    corpus = text_of(1)
    summary = condense(corpus, tmp_path / f"a{name}")
    assert condense(corpus, tmp_path / f"b{name}", compact=True) == summary
    assert (tmp_path / f"b{name}").stat().st_size < (tmp_path / f"a{name}").stat().st_size
    for language in corpus.languages:
        with patch.object(read, "AT_ONCE", 500):
            found = table_of(tmp_path / f"b{name}", language)
        wanted = table_of(tmp_path / f"a{name}", language)
        assert sorted(zip(found.words[found.word], found.row.tolist(), found.count.tolist())) == sorted(
            zip(wanted.words[wanted.word], wanted.row.tolist(), wanted.count.tolist())
        )
        for part in ("labels", "digests", "lines"):
            assert getattr(found, part).tolist() == getattr(wanted, part).tolist()


@pytest.mark.parametrize("compact", [False, True])
def test_memory_does_not_show(compact: bool, tmp_path: Path) -> None:
    corpus, written = text_of(2), []
    for number, (words, counts, block) in enumerate(
        [(10**6, 10**6, 1 << 16), (50, 10**6, 7), (10**6, 100, 1)]
    ):
        out = tmp_path / f"{number}.words.tsv"
        with (
            patch.object(sorted_counts, "MOST_WORDS", words),
            patch.object(sorted_counts, "MOST_COUNTS", counts),
            patch.object(sorted_counts, "BLOCK", block),
        ):
            condense(corpus, out, ReadOptions(chunk_bytes=999), compact=compact)
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2]
    assert len(list(tmp_path.iterdir())) == 3


def test_figures_and_intervals_are_those_of_the_text(tmp_path: Path) -> None:
    corpus, out = text_of(3), tmp_path / "c.words.tsv.zst"
    condense(corpus, out, compact=True)
    plain = {source.language: [" ".join(line.split()) for line in source.lines] for source in corpus.sources}
    tokenizers = ["bytes", "langcov-rus-32k"]
    with patch.object(read, "AT_ONCE", 700):
        from_table = measure_tokenizers(tokenizers, corpora=[str(out)], perturbations=["case"])
    from_text = measure_tokenizers(tokenizers, corpora=[plain], perturbations=["case"])
    ours = {(r.system, r.language, r.metric, r.reference): asdict(r) for r in from_table.records}
    same = ("value", "low", "high", "n", "rows")
    compared = 0
    for record in from_text.records:
        mine = ours[record.system, record.language, record.metric, record.reference]
        if mine["value"] is not None:
            assert [mine[name] for name in same] == [getattr(record, name) for name in same], record.metric
            compared += mine["low"] is not None
    assert compared > 20


def test_files_of_one_language_in_any_order_make_one_table(tmp_path: Path) -> None:
    lines = {name: [f"{name} {i}" for i in range(9)] for name in "абв"}
    sources = [Source("tat_Cyrl", "<memory>", "memory", tuple(of_one)) for of_one in lines.values()]
    made = []
    for number, order in enumerate(([0, 1, 2], [2, 0, 1])):
        out = tmp_path / f"{number}.words.tsv"
        condense(Corpus("c", tuple(sources[i] for i in order), licence=PUBLIC), out, compact=True)
        made.append(out.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"start\tb\t", b"begin\tb\t", "place must be 'start' or 'inside'"),
        (b"start\tb\t", b"start\ta\t", "not in order, or one is there twice"),
        (b"start\tb\t??", b"start\tb\t?", "not written as they should|without a"),
        (b"start\tb\t??", b"start\tb\tJ?", "each of its rows needs"),
        (b"start\tb\t??", b"start\tb\t?@", "other lines than starts"),
        (b"start\tb\t??", b"start\tb", "four fields"),
        (b"tat_Cyrl\tstart\tb", b"rus_Cyrl\tstart\tb", "of another language"),
    ],
)
def test_a_table_of_no_text_is_refused(old: bytes, new: bytes, said: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "x.words.tsv", tmp_path / "bad.words.tsv"
    condense(memory({"tat_Cyrl": ["b a", "a", "c"]}, licence=PUBLIC), good, compact=True)
    data = good.read_bytes()
    assert data.count(old) == 1
    bad.write_bytes(data.replace(old, new))
    with pytest.raises(UserError, match=said):
        table_of(bad)


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    condense(memory({"tat_Cyrl": ["b a"]}, licence=PUBLIC), tmp_path / "x.words.tsv", compact=True)
    source = Source("rus_Cyrl", str(tmp_path / "x.words.tsv"), "words")
    with pytest.raises(UserError, match=r"has no rus_Cyrl \(there: tat_Cyrl\)"):
        read.read_words(source, Corpus("c", (source,)), ReadOptions(), Provenance())

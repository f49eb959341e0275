"""Words once, whole lines and word tables give the same figures."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langcov.corpora import condense, resolve
from langcov.corpora.base import ReadOptions
from langcov.corpora.readers.numbered import Numbered
from langcov.counting import distinct_words as wordtable
from langcov.counting import long_lines
from langcov.counting.counters import text_columns, token_columns
from langcov.counting.jobs import Counted, Job
from langcov.counting.sums import Histogram
from langcov.counting.tally import final_shift
from langcov.counting.token_tally import Tally, combine
from langcov.counting.tokens import count_source
from langcov.text.strings import Strings
from langcov.tokenizers import System, load
from tests.toys import LINES, byte_bpe, sentencepiece_file, wordpiece
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

EMPTY, ABOUT_A_WORD = wordtable.WordTable([], 1)._bytes, 1_000
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from("аоебкӑӗ  ·abcAB12.,!?-▁"),
        st.sampled_from(
            ["\u00a0", "\u202f", "\u0301", "\u0304", "\u0600", "\u06dd", "\u200d", "\u00a8", "\u3000"]
        ),
        st.sampled_from(["<s>", "[UNK]", "🇷🇺", "👩\u200d🔬", "कि", "각", "\t", "\u2028"]),
    ),
    max_size=25,
).map("".join)


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> list[System]:
    folders = [tmp_path_factory.mktemp(name) for name in ("bpe", "nfkc", "unigram")]
    models = [
        sentencepiece_file(folders[0]),
        sentencepiece_file(folders[1], byte_fallback=False, rule="nmt_nfkc"),
        sentencepiece_file(folders[2], model_type="unigram", byte_fallback=False),
    ]
    specs = [f"sp-{path.parent.name}=spm:{path}" for path in models]
    loaded = [load(spec) for spec in ["bytes", "chars", *specs]]
    loaded.append(System("toy", "toy", load(byte_bpe("ко", "от", " к", "арс", "ак")).tokenizer))
    words = [word for line in LINES for word in re.findall(r"\w+", line)]
    loaded.append(System("wp", "wp", load(wordpiece(*dict.fromkeys(words), "а", "##а")).tokenizer))
    return loaded


def tally_of(lines: list[str], systems: list[System], words_once: bool, chunk: int = 1 << 20) -> Tally:
    [corpus] = resolve([{"tat_Cyrl": lines}])
    options = ReadOptions(chunk_bytes=chunk)
    job = Job(corpus, corpus.sources[0], options, words_once)
    counted = count_source(job, systems)
    return combine([counted.tally], final_shift([counted.tally]))


def same(one: Tally, other: Tally, skip: tuple[str, ...] = ()) -> None:
    for name in text_columns():
        if name not in skip:
            assert one.text[name].tolist() == other.text[name].tolist(), name
    for system in one.tokens:
        for name in token_columns():
            if name not in skip:
                mine, theirs = one.tokens[system][name], other.tokens[system][name]
                assert mine.tolist() == theirs.tolist(), (system, name)
        assert one.ids[system].keys.tolist() == other.ids[system].keys.tolist(), system
        assert one.ids[system].counts.tolist() == other.ids[system].counts.tolist(), system


@settings(max_examples=50, deadline=None)
@given(lines=st.lists(HOSTILE, min_size=1, max_size=8))
def test_words_once_changes_no_figure(lines: list[str], systems: list[System]) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["кот"]
    same(tally_of(lines, systems, words_once=True), tally_of(lines, systems, words_once=False))


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(HOSTILE, min_size=1, max_size=12), chunk=st.integers(1, 60))
def test_chunks_do_not_show(lines: list[str], chunk: int, systems: list[System]) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["кот"]
    same(tally_of(lines, systems, True, chunk), tally_of(lines, systems, True))


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(HOSTILE, min_size=1, max_size=12), most=st.integers(1, 9))
def test_emptying_the_table_of_words_does_not_show(
    lines: list[str], most: int, systems: list[System]
) -> None:
    lines = [line.replace("\n", "") for line in lines] * 2 + ["кот"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wordtable, "MOST_BYTES", EMPTY + most * ABOUT_A_WORD)
        often = tally_of(lines, systems, True, chunk=20)
    same(often, tally_of(lines, systems, True))


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(st.lists(HOSTILE | st.sampled_from(LINES), max_size=4).map(" ".join), max_size=6),
    long=st.integers(1, 30),
    most=st.integers(1, 9),
)
def test_that_a_long_line_is_counted_in_parts_does_not_show(
    lines: list[str], long: int, most: int, systems: list[System]
) -> None:
    lines = [line.replace("\n", "") for line in lines] + ["кот и барс, ак барс"]
    by_words = [system for system in systems if system.tokenizer.word_form is not None]
    assert len(by_words) >= 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lines, "LONG", long)
        patch.setattr(wordtable, "MOST_BYTES", EMPTY + most * ABOUT_A_WORD)
        in_parts = tally_of(lines, by_words, True)
    same(in_parts, tally_of(lines, by_words, True))


@pytest.mark.parametrize("word", ["кот", "漢", "о\u1d78о", "."])
def test_a_word_late_in_a_long_line_that_does_not_come_back(
    word: str, systems: list[System], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_words = [system for system in systems if system.tokenizer.word_form is not None]
    lines = [f"кот и барс {word} кот", "ак"]
    whole = tally_of(lines, by_words, True)
    monkeypatch.setattr(long_lines, "LONG", 2)
    in_parts = tally_of(lines, by_words, True)
    same(in_parts, whole)
    back = [in_parts.tokens[system.name]["round_trip"].sum() for system in by_words]
    assert word in "кот." or min(back) < max(back)


@pytest.mark.parametrize("text", ["кот ~ барс", "кот барс", "кот  барс", "кот", "а\u0600 кот"])
def test_which_long_lines_are_counted_in_parts(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of single spaces; nothing is cut behind what would join the space."""
    monkeypatch.setattr(long_lines, "LONG", 2)
    parts = long_lines.parts_of(Strings.of([text]))
    found = [part.to_list()[0] for part in parts]
    assert found == {"кот ~ барс": ["кот", " ~", " барс"], "кот барс": ["кот", " барс"]}.get(
        text, [] if "  " in text else [text]
    )


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(HOSTILE, min_size=1, max_size=12), run=st.integers(1, 9))
def test_how_many_tokens_are_looked_at_together_does_not_show(
    lines: list[str], run: int, systems: list[System]
) -> None:
    """A string, a word or a character may begin in one run of tokens and end in the next."""
    lines = [line.replace("\n", "") for line in lines] + ["кот"]
    tally = tally_of(lines, systems, True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langcov.text.strings.RUN", run)
        in_runs = [tally_of(lines, systems, words_once) for words_once in (True, False)]
    for found in in_runs:
        same(found, tally)


def test_words_are_encoded_once_and_not_once_a_piece(
    systems: list[System], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_unknown = Tokenizer(models.WordLevel({"кот": 0, "ак": 1}, unk_token="[UNK]"))
    no_unknown.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    systems = [*systems, System("words", "words", load(no_unknown).tokenizer)]
    path, asked = tmp_path / "tat.txt", list[list[str]]()
    path.write_text("кот ак кот\n" * 60 + "ак барс\n" * 30 + "ак кот\n" * 60, "utf-8")
    [corpus] = resolve([f"tat={path}"])
    source, options, tables = corpus.sources[0], ReadOptions(), dict[Any, Any]()
    encode_words, pieces = wordtable.encode_words, list[tuple[bool, set[str]]]()

    def noted(tokenizer: Any, words: Any) -> Any:
        asked.append(words.to_list())
        return encode_words(tokenizer, words)

    monkeypatch.setattr(wordtable, "encode_words", noted)
    for part in Numbered(source, options, 300):
        job = Job(corpus, source, options, part=part)
        alone = count_source(job, systems)
        asked.clear()
        kept = count_source(job, systems, tables=tables)
        assert told(kept) == told(alone)
        pieces.append((kept.tally.systems["words"].failed is None, {word for one in asked for word in one}))
    sound = [bool(one) for one, _ in pieces]
    assert sound[:2] == [True, True] and not all(sound) and sound[-2:] == [True, True]
    assert pieces[0][1] == {"кот", " ак", " кот"} and pieces[1][1] == pieces[-1][1] == set()


def told(counted: Counted) -> Any:
    """All that a piece tells, but for the figures of a tokenizer that failed, which mean nothing."""
    tally = counted.tally
    systems = {name: part.failed or plain(vars(part)) for name, part in tally.systems.items()}
    return plain(vars(tally) | {"systems": systems, "words": None})


def plain(held: Any) -> Any:
    if isinstance(held, dict):
        return {key: plain(value) for key, value in held.items()}
    if isinstance(held, Histogram):
        return held.keys.tolist(), held.counts.tolist()
    return held.tolist() if isinstance(held, np.ndarray) else held


def collapsed(line: str) -> str:
    """Runs of White_Space as one U+0020, none at the ends, by the regular expressions of ``regex``."""
    regex = pytest.importorskip("regex")
    return regex.sub(r"\p{White_Space}+", " ", line).strip(" ")


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(HOSTILE, min_size=1, max_size=8))
def test_a_table_gives_the_figures_of_its_collapsed_text(
    lines: list[str], systems: list[System], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [line.replace("\n", "").replace("▁", "") for line in lines] + ["кот"]
    folder = tmp_path_factory.mktemp("table")
    [corpus] = resolve([{"tat_Cyrl": lines}])
    table = folder / "made.words.tsv"
    condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
    [from_table] = resolve([str(table)])
    words = [s for s in systems if s.tokenizer.word_form and not holds(lines, s.tokenizer.whole_line_texts)]
    counted = count_source(Job(from_table, from_table.sources[0], ReadOptions()), words)
    found = combine([counted.tally], 0)
    wanted = tally_of([collapsed(line) for line in lines], words, words_once=False)
    assert len(words) >= 2
    totals = [name for name in text_columns() if name not in ("empty_lines", "digest")]
    assert {n: int(found.text[n].sum()) for n in totals} == {n: int(wanted.text[n].sum()) for n in totals}
    for system in words:
        for name in token_columns().words:
            mine, theirs = found.tokens[system.name][name], wanted.tokens[system.name][name]
            assert int(mine.sum()) == int(theirs.sum()), (system.name, name)
        assert found.ids[system.name].counts.tolist() == wanted.ids[system.name].counts.tolist()
        assert found.missing[system.name]["round_trip"]


def over_a_space() -> System:
    """A tokenizer as Gemma 3 is: one piece, т▁к, reaches over a space."""
    pieces = [*"▁актоб", "▁к", "т▁к", "▁т"]
    made = Tokenizer(models.BPE({p: i for i, p in enumerate(pieces)}, [("▁", "к"), ("т", "▁к"), ("▁", "т")]))
    made.normalizer = normalizers.Replace(" ", "▁")
    return load(made)


@pytest.mark.parametrize("lines", [["так кот", "кот так"], ["так", "кот"], ["бак тот бок", "кот"]])
def test_a_table_is_measured_if_no_two_of_its_words_can_meet_in_a_piece(
    lines: list[str], tmp_path: Path
) -> None:
    """The judge: all pairs of its words, encoded as lines and as words."""
    system = over_a_space()
    [corpus] = resolve([{"tat_Cyrl": lines}])
    table = tmp_path / "made.words.tsv"
    condense(replace(corpus, licence="CC0-1.0"), table, ReadOptions())
    [from_table] = resolve([str(table)])
    counted = count_source(Job(from_table, from_table.sources[0], ReadOptions()), [system])
    failed = counted.tally.systems[system.name].failed
    encode = system.tokenizer.encode
    units = [unit for line in lines for unit in re.split(r"(?= )", line)]
    inside = [unit for unit in units if unit.startswith(" ")]
    pairs = [(one, other) for one in units for other in inside]
    same_ids = [
        encode([one + other]).ids.tolist() == encode([one, other]).ids.tolist() for one, other in pairs
    ]
    assert (failed is None) == all(same_ids)
    if failed is None:
        wanted = tally_of(lines, [system], words_once=False).ids[system.name].counts
        assert combine([counted.tally], 0).ids[system.name].counts.tolist() == wanted.tolist()
    else:
        assert (
            failed
            == "can't be measured from this word table: its words can make 'т к', which is read in context"
        )


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(
        st.lists(st.text("акт", min_size=1, max_size=3), min_size=1, max_size=4).map(" ".join), max_size=6
    )
)
def test_lines_with_a_piece_over_a_space_change_no_figure(lines: list[str]) -> None:
    system = over_a_space()
    same(tally_of([*lines, "кот"], [system], True), tally_of([*lines, "кот"], [system], False))


def holds(lines: list[str], texts: object) -> bool:
    return any(text in line for line in lines for text in texts)  # type: ignore[attr-defined]


def test_the_corpora_by_words_and_by_lines(shared: Path) -> None:
    """Real text, with a tokenizer of each library."""
    folder = shared / "tokenizers"
    names = ("mistral_v1.spm.model", "gpt2.tiktoken", "gpt_neox_20b.json", "t5_small.json")
    real = [load(str(folder / name)) for name in names] + [
        load(f"wordpiece:{folder}/bert_base_cased.vocab.txt")
    ]
    for path in ("flores_plus/chv_Cyrl.txt", "commonvoice/vot.txt"):
        lines = (shared / "corpora" / path).read_text(encoding="utf-8").splitlines()[:400]
        same(tally_of(lines, real, True), tally_of(lines, real, False))


def test_round_trip_is_that_of_the_library(systems: list[System]) -> None:
    lines = ["кот", "ак  барс", "ａｂ", "кот ☃", " ак", "ак "]
    found = tally_of(lines, systems, True)
    by_hand = {}
    for system in systems:
        decoded = system.tokenizer.decode(
            [part.tolist() for part in np.split(e.ids, e.starts[1:-1])]
            if (e := system.tokenizer.encode(lines))
            else []
        )
        by_hand[system.name] = [int(got == line) for got, line in zip(decoded, lines)]
    assert {name: found.tokens[name]["round_trip"].tolist() for name in by_hand} == by_hand
    assert sum(by_hand["bytes"]) == 6
    assert 0 < sum(by_hand["sp-nfkc0"]) < 6


@pytest.mark.parametrize("keeps_mark", [False, True])
def test_a_decoder_that_keeps_the_mark_before_a_line_makes_no_round_trip(keeps_mark: bool) -> None:
    """The tokens of each word spell it, and yet " кот ак" is not "кот ак"."""
    strip = [] if keeps_mark else [decoders.Strip(" ", 1, 0)]
    made = Tokenizer(models.BPE({letter: i for i, letter in enumerate("▁актоб")}, []))
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.Fuse(), *strip])
    system = load(made)
    assert system.tokenizer.word_form == "stripped"
    lines = ["кот ак", "так", " кот"]
    for words_once in (True, False):
        found = tally_of(lines, [system], words_once).tokens[system.name]["round_trip"].tolist()
        assert found == [0 if keeps_mark else 1] * 3

"""The bundled corpora: cards, tables and the texts they were made of say the same."""

from __future__ import annotations

import csv
import json
import lzma
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from langcov.api import measure_tokenizers
from langcov.cli import main
from langcov.corpora import Provenance, ReadOptions, WordCounts, bundled_corpora, read_words, resolve
from langcov.corpora.card.card import CARD, load_card
from langcov.corpora.tables.condense import PUBLIC
from langcov.corpora.tables.word_table import open_table
from langcov.languages import find
from langcov.report import render
from langcov.text.count import code_points
from tools.build_word_tables import Text, _ud, build, plan

NAMES = ["commonvoice", "flores", "gatitos", "ntrex", "panlex", "ud", "udhr"]
YARDSTICKS = {"gatitos": {"eng_Latn"}, "panlex": {"rus_Cyrl"}, "ud": set[str]()}
WHITE_SPACE = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def tables(name: str) -> dict[str, WordCounts]:
    (corpus,) = resolve([name])
    return {
        source.language: read_words(source, corpus, ReadOptions(), Provenance()) for source in corpus.sources
    }


def test_there_are_seven_in_eight_megabytes() -> None:
    assert sorted(bundled_corpora()) == sorted(plan()) == NAMES
    files = [file for folder in bundled_corpora().values() for file in folder.iterdir()]
    assert sum(file.stat().st_size for file in files) < 8_000_000


@pytest.mark.parametrize("name", NAMES)
def test_card_and_table_agree(name: str) -> None:
    folder = bundled_corpora()[name]
    card = load_card(folder / CARD)
    table = open_table(str(folder / f"{name}.words.tsv.xz"))
    assert card["name"] == name
    assert set(card["languages"]) == set(card["sha256"]) == set(table.counts) == set(table.rows)
    assert all(find(language).id == language for language in card["languages"])
    assert all(re.fullmatch("[0-9a-f]{64}", sha256) for sha256 in card["sha256"].values())
    assert card["alignment"] == table.alignment
    assert card["source"].startswith("github.com/")
    assert "cite" in card or name == "udhr"
    commits = card["commit"]
    every = commits if isinstance(commits, dict) else dict.fromkeys(card["languages"], commits)
    assert every.keys() == card["languages"].keys()
    assert all(re.search("[0-9a-f]{40}$", commit) for commit in every.values())


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_long_where_the_licence_is_not_public(name: str) -> None:
    (corpus,) = resolve([name])
    for language, table in tables(name).items():
        words = np.zeros(len(table.lines), np.int64)
        np.add.at(words, table.row, table.count)
        assert words.min() >= 1
        if corpus.licence not in PUBLIC:
            assert table.lines.min() >= 25, language
            assert words.min() >= 300, language
    if corpus.alignment == "lines":
        assert len({table.digests.tobytes() for table in tables(name).values()}) == 1


def test_texts_have_enough_rows_for_intervals() -> None:
    for name in ("udhr", "flores", "ntrex", "commonvoice"):
        assert min(len(table.lines) for table in tables(name).values()) >= 29, name


def test_lexicons_have_what_no_text_has() -> None:
    corpora = resolve(NAMES)
    spoken = {one for corpus in corpora if corpus.kind == "text" for one in corpus.languages}
    lexicons = {corpus.name: corpus for corpus in corpora if corpus.kind == "lexicon"}
    assert lexicons.keys() == YARDSTICKS.keys()
    for name, corpus in lexicons.items():
        assert set(corpus.languages) & spoken == YARDSTICKS[name]
        assert corpus.alignment == "none"
    held = {one for corpus in lexicons.values() for one in corpus.languages}
    assert {"che_Cyrl", "ava_Cyrl", "udm_Cyrl", "myv_Cyrl", "mdf_Cyrl", "bxr_Cyrl", "lez_Cyrl"} <= held


@pytest.mark.parametrize("name", NAMES)
def test_the_same_texts_give_the_same_bytes(
    shared: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one as they are compressed, which takes most of the time; of the others as they are read."""
    if packed := name != "udhr":
        monkeypatch.setattr(lzma, "LZMAFile", partial(lzma.LZMAFile, preset=0))
    build(name, shared / "corpora", tmp_path)
    for file in bundled_corpora()[name].iterdir():
        read = lzma.decompress if packed and file.suffix == ".xz" else bytes
        assert read((tmp_path / name / file.name).read_bytes()) == read(file.read_bytes()), file


def texts(name: str, shared: Path) -> dict[str, list[str]]:
    """What each language of a corpus was counted from, read without langcov."""
    plain = {"flores": "flores_plus", "ntrex": "ntrex", "commonvoice": "commonvoice", "udhr": "udhr"}
    if name in plain:
        found = {
            find(path.stem).id: path.read_text("utf-8").split("\n")
            for path in (shared / "corpora" / plain[name]).glob("*.txt")
            if path.stem not in ("DOCUMENT_IDS", "chv_Cyrl.NOT-UDHR")
        }
        if name == "udhr":
            article = re.compile(r"(?:0[1-9]|[12]\d|30)/\d+\t(.*)")
            return {one: [m[1] for m in map(article.fullmatch, lines) if m] for one, lines in found.items()}
        return found
    if name == "gatitos":
        return {
            find(path.stem.replace("bua", "bxr")).id: [
                row.split("\t")[0] for row in path.open(encoding="utf-8")
            ]
            for path in (shared / "corpora/gatitos").glob("*.tsv")
        }
    with (shared / "corpora/swadesh/panlex_swadesh110.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    first = {row["iso639_3"]: row["panlex_uid"] for row in reversed(rows)}
    return {
        f"{code}_{script}": [row["expression"] for row in rows if row["panlex_uid"] == uid]
        for code, uid in first.items()
        for script in ("Cyrl", "Latn")
    }


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ud"])
def test_counts_are_those_of_the_text(shared: Path, name: str) -> None:
    kind = resolve([name])[0].kind
    given = texts(name, shared)
    found = tables(name)
    for language in found.keys() - YARDSTICKS.get("gatitos" if name == "gatitos" else "", set()):
        lines = [WHITE_SPACE.sub(" ", line).strip(" ") for line in given[language]]
        lines = [line for line in (dict.fromkeys(lines) if kind == "lexicon" else lines) if line]
        table = found[language]
        assert table.lines.sum() == len(lines), language
        assert table.count.sum() == sum(len(line.split(" ")) for line in lines), language
        of_text = [sum(map(len, lines)), sum(len(line.encode()) for line in lines)]
        counted = [code_points(table.words), table.words.lengths]
        assert [(table.count * count[table.word]).sum() for count in counted] == of_text, language


def test_words_of_a_treebank(tmp_path: Path) -> None:
    rest = "\t_" * 8
    rows = ["# text = аб в-г , 5", f"1-2\tаб{rest}", f"1\tа{rest}", f"2\tб{rest}", f"2.1\tд{rest}"]
    rows += [f"3\tв-г{rest}", f"4\t,{rest}", f"5\t5{rest}", "", f"1\tа{rest}", ""]
    (tmp_path / "a.conllu").write_text("\n".join(rows), "utf-8")
    assert _ud(Text(tmp_path / "a.conllu", "", "")) == ["аб", "в-г", "а"]


def test_words_of_treebanks_are_theirs(shared: Path) -> None:
    for language, table in tables("ud").items():
        given = plan()["ud"]["files"][language]
        files = [shared / "corpora" / file for file in ([given] if isinstance(given, str) else given)]
        forms = {
            row.split("\t")[1]
            for file in files
            for row in file.open("rb").read().decode().split("\n")[:-1]
            if row[:1].isdigit()
        }
        assert {word for word in table.words if not word.startswith(" ")} <= forms
        assert table.count.max() == 1
        # The rest are parts of words written together.
        assert table.lines.sum() > 0.85 * sum(any(map(str.isalpha, form)) for form in forms), language


def test_another_text_is_refused(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "swadesh").mkdir()
    (tmp_path / "MANIFEST.tsv").write_bytes((shared / "corpora/MANIFEST.tsv").read_bytes())
    (tmp_path / "swadesh/panlex_swadesh110.tsv").write_text("other")
    with pytest.raises(ValueError, match="is not the text"):
        build("panlex", tmp_path, tmp_path / "out")


def test_a_lexicon_says_that_it_is_one() -> None:
    result = measure_tokenizers(["bytes"], corpora=["gatitos", "udhr"], languages=["che", "eng", "rus"])
    assert {corpus["name"]: corpus["kind"] for corpus in result.corpora} == {
        "gatitos": "lexicon",
        "udhr": "text",
    }
    mine = [record for record in result.records if record.corpus == "gatitos"]
    assert {record.value for record in mine if "premium" in record.metric} == {None}
    assert any(record.metric == "fertility" and record.value for record in mine)
    for format in ("table", "md", "latex"):
        text = " ".join(render(result, format, color=False, width=100).split())
        assert text.count("its words are a list, not running text") == 1
        assert "gatitos · lexicon ·" in text.replace(r"$\cdot$", "·")


def test_the_default_run_is_the_udhr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tokenizers", "bytes", "--format", "json", "--quiet"]) == 0
    assert [corpus["name"] for corpus in json.loads(capsys.readouterr().out)["corpora"]] == ["udhr"]
    assert [corpus["name"] for corpus in measure_tokenizers(["bytes"]).corpora] == ["udhr"]


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpora", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    of = {line.split()[0]: line.split() for line in lines if line[:1].strip()}
    assert sorted(of.keys() - {"corpus"}) == NAMES
    assert of["flores"][:7] == ["flores", "text", "by", "line", "35", "1154", "kB"]
    assert of["panlex"][1:8] == ["lexicon", "no", "73", "to", "247", "34", "kB"]
    assert "CC-BY-SA-4.0" in of["ntrex"]
    assert max(map(len, lines)) <= 110

"""Cleaning against the words of those who ask for it, written down a second time from their cards."""

from __future__ import annotations

import csv
import re
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
import regex

import langcov
from langcov.corpora.ledger import model_name, status
from langcov.errors import UserError
from langcov.lid import load, predict
from langcov.lid.cleaning import CLEANINGS, NO_WORD, known_cleaning, openlid_v2, openlid_v3
from langcov.lid.kinds import with_cleaning
from tests.lid.models import HOSTILE, WORDS, saved, train

V3 = [
    "frp_Latn",
    "lat_Latn",
    "srp_Latn",
    "zxx_Zxxx",
    "ara_Arab",
    "fas_Arab",
    "bam_Latn",
    "rus_Cyrl",
    "tat_Cyrl",
]
V2 = [
    "cmn_Hans",
    "cmn_Hant",
    "ekk_Latn",
    "fil_Latn",
    "gug_Latn",
    "ktu_Latn",
    "zgh_Tfng",
    "prs_Arab",
    "rus_Cyrl",
]
GLOTLID = ["oto_Latn", "zxx_Zzzz", "und_Xsux", "und_Wcho", "fas_Arab", "rus_Cyrl"]
REAL = [
    "Ӏаж-ӀуьйкӀа,  2 кхача!",
    "  Ă — 3 ç\t\tà ",
    "tab\tinside",
    "№ 5: «ҫурт»",
    "e\u0301\u200d1_2",
    "\u00a0\u00a0а  б",
]


def test_exactly_signs_and_digits_are_dropped() -> None:
    """Of what the cards' expression says: not a word character nor a space separator, or a digit."""
    said = regex.compile(r"[^\p{Word}\p{Zs}]|\d")
    points = [point for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]
    assert [p for p in points if said.fullmatch(chr(p))] == [p for p in points if NO_WORD.fullmatch(chr(p))]
    assert not NO_WORD.search("аӑç_") and NO_WORD.fullmatch("1²٣—!\u00ad")
    assert category("\u00a0") == "Zs" and not NO_WORD.search("\u00a0")


@pytest.mark.parametrize("line", [*HOSTILE, *REAL])
def test_the_order_of_the_steps_is_that_of_each_card(line: str) -> None:
    lower = line.strip().replace("\n", " ").lower()

    def drop(text: str) -> str:
        return "".join(one for one in text if not regex.match(r"[^\p{Word}\p{Zs}]|\d", one))

    def squeeze(text: str) -> str:
        return regex.sub(r"\s\s+", " ", text)

    assert openlid_v2(line) == squeeze(drop(lower))
    assert openlid_v3(line) == drop(squeeze(lower))
    assert CLEANINGS["glotlid"](line) == re.sub(r"\s+", " ", line).strip()
    assert CLEANINGS["none"](line) == line


@pytest.mark.parametrize("line", [*HOSTILE, *REAL])
def test_commonlid_cleans_the_same(line: str) -> None:
    cleaner = pytest.importorskip("commonlid.preprocess")
    assert openlid_v2(line) == cleaner.openlid_normer_clean_line(line)


def test_models_are_known_by_digest_or_labels() -> None:
    text = (files("langcov.data") / "models.tsv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    digests = {row["model"]: row["match"].split() for row in rows}
    assert (
        known_cleaning([], digests["GlotLID v3"][0])
        == known_cleaning([], digests["GlotLID v2"][0])
        == "glotlid"
    )
    assert known_cleaning([], digests["lid.176"][0]) == known_cleaning([], digests["OpenLID v1"][0]) == "none"
    assert known_cleaning(V3, None) == "openlid-v3" and known_cleaning(V2, "0" * 64) == "openlid-v2"
    assert known_cleaning(GLOTLID, None) == "glotlid"
    for labels, lacking in ((V3, "dyu_Latn"), (V2, "zxx_Zxxx"), (GLOTLID, "zho_Hani")):
        assert known_cleaning([*labels, lacking], None) == known_cleaning(labels[1:], None) == "none"
    assert model_name("fasttext", "", None, V3) == "OpenLID v3"
    assert status("fasttext", "", "wikipedia", None, V3).status == "trained"


@pytest.fixture(scope="module")
def openlid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with labels of OpenLID v3 that has seen capitals and digits in one language only."""
    folder = tmp_path_factory.mktemp("openlid")
    words = {label: f"{label[:3]}a {label[:3]}b" for label in V3} | {
        "rus_Cyrl": "кот дом",
        "tat_Cyrl": "КОТ 12",
    }
    return saved(train(folder, words, minn=0, maxn=0), folder / "openlid.bin")


def best(model: Any, text: str) -> str:
    return str(model.labels[predict(model, [text], 1).labels[0, 0]])


def test_cleaning_is_part_of_the_system(openlid: Path) -> None:
    system = load(openlid)
    assert system.model.clean == "openlid-v3"  # type: ignore[attr-defined]
    assert best(system.model, "КОТ!") == "rus_Cyrl"
    bare = load(f"m=fasttext:{openlid}?clean=none")
    assert (bare.name, bare.kind, best(bare.model, "КОТ")) == ("m", "fasttext", "tat_Cyrl")
    assert load(f"{openlid}?clean=openlid-v2").name == "openlid"
    both = with_cleaning([system], "both")
    assert [one.name for one in both] == ["openlid", "openlid?clean=none"]
    assert [best(one.model, "КОТ") for one in both] == ["rus_Cyrl", "tat_Cyrl"]
    assert [one.spec for one in with_cleaning([system], "none")] == [f"{openlid}?clean=none"]
    assert with_cleaning(both[1:], "both") == both[1:]


def test_cleaning_stands_in_the_result_and_its_signature(openlid: Path) -> None:
    result = langcov.measure_lid(str(openlid), {"rus": ["КОТ", "ДОМ"]}, clean="both", hygiene=False)
    assert [system["clean"] for system in result.systems] == ["openlid-v3", None]
    assert "|clean:openlid.openlid-v3|" in result.signature["short"]
    recall = {r.system: r.value for r in result.records if (r.metric, r.language) == ("recall", "rus_Cyrl")}
    assert recall == {"openlid": 1, "openlid?clean=none": 0.5}


@pytest.mark.parametrize("query", ["clean=", "clean=openlid", "cleaning=none", ""])
def test_a_cleaning_that_is_none(openlid: Path, query: str) -> None:
    with pytest.raises(UserError, match=r"write \?clean= and one of openlid-v2, openlid-v3, glotlid, none"):
        load(f"fasttext:{openlid}?{query}")


def test_a_model_without_a_known_maker_is_given_lines_as_they_are(tmp_path: Path) -> None:
    system = load(saved(train(tmp_path, WORDS), tmp_path / "x.bin"))
    assert system.model.clean == "none"  # type: ignore[attr-defined]
    assert with_cleaning([system], "both") == with_cleaning([system], "none") == [system]

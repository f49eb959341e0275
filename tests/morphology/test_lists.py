"""Lists of divided words: their formats, where boundaries lie, and what is left out with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.morphology.gold import Gold, gold_of
from langcov.morphology.rows import rows_of
from langcov.morphology.spelled import BOUNDARY, spelled


@pytest.mark.parametrize(
    ("word", "marked", "how", "boundaries"),
    [
        ("гуртын", "гурт-ын", "exact", (4,)),
        ("агай-вынъёс", "агай-вын-ъёс", "exact", (8,)),  # the first hyphen is the word's own
        ("Абаза", "А-база", "exact", (1,)),
        ("абунгадозь", "абунгад‹оз›ь", "exact", (7, 9)),  # an infix
        ("лӕгау=дӕр", "лӕг-ау=дӕр", "exact", (3,)),
        ("агIаншижьтара", "а-гIан.ш-ижьтАра", "aligned", (1, 6)),  # a dot of the treebank
        ("аси́да", "асида", "aligned", ()),
        ("стол", "стол", "exact", ()),
        ("кот", "собака-м", "different", ()),
    ],
)
def test_boundaries_in_words(word: str, marked: str, how: str, boundaries: tuple[int, ...]) -> None:
    assert spelled(word, marked, "-=‹›") == (how, boundaries)


@pytest.mark.parametrize(
    ("word", "morphs", "how", "boundaries"),
    [
        ("залууртай", ["залах", "уур", "тай"], "aligned", (3, 6)),  # ах is gone before уур
        ("үндсээр", ["үндэс", "ээр"], "aligned", (4,)),
        ("тавилгаар", ["тавих", "лга", "аар"], "unsure", ()),  # whose а it is nobody can say
        ("үеийг", ["үе", "ийг"], "exact", (2,)),
    ],
)
def test_canonical_morphemes(word: str, morphs: list[str], how: str, boundaries: tuple[int, ...]) -> None:
    assert spelled(word, BOUNDARY.join(morphs)) == (how, boundaries)


def read(folder: Path, text: str, name: str = "list.tsv", canonical: str = "align") -> Gold:
    path = folder / name
    path.write_text(text, "utf-8")
    return gold_of(rows_of(str(path)), "list", "", "gold", canonical)  # type: ignore[arg-type]


def places(gold: Gold) -> dict[str, list[int]]:
    return {
        word: gold.boundaries[start:end].tolist()
        for word, start, end in zip(gold.words, gold.starts, gold.starts[1:])
    }


def test_sigmorphon(tmp_path: Path) -> None:
    text = "үеийг\tүе @@ийг\t100\nзалууртай\tзалах @@уур @@тай\t110\nавиа\tавиа\t000\n"
    text += "тавилгаар\tтавих @@лга @@аар\t110\n"
    gold = read(tmp_path, text)
    assert places(gold) == {"үеийг": [2], "залууртай": [3, 6], "авиа": []}
    assert (gold.exact, gold.aligned, gold.left_out) == (2, 1, {"unsure": (1, 4)})
    strict = read(tmp_path, text, canonical="skip")
    assert places(strict) == {"үеийг": [2], "авиа": []}
    assert strict.left_out == {"aligned": (1, 2), "unsure": (1, 4)}


def test_unimorph(tmp_path: Path) -> None:
    """Lemma, form, features, segments; a dash where nobody divided the form."""
    gold = read(
        tmp_path, "walk\twalked\tV;PST\twalk|ed\nwalk\twalks\tV;PRS;3;SG\twalk|s\ngo\twent\tV;PST\t-\n"
    )
    assert places(gold) == {"walked": [4], "walks": [4]}


def test_unimorph_without_segments(tmp_path: Path) -> None:
    """Its form is no segmentation of its lemma."""
    for more in ("", "\t-"):
        with pytest.raises(UserError, match=r"list.tsv: UniMorph without segments"):
            read(tmp_path, f"кот\tкота\tN;GEN;SG{more}\nкот\tкоты\tN;NOM;PL{more}\n")


@pytest.mark.parametrize("form", ["\ufeff{}", "{}\r", "\ufeff{}\r\n"])
def test_what_windows_and_old_programs_write(form: str, tmp_path: Path) -> None:
    """A mark at the start is no letter, and a CR ends a line."""
    end = form[form.index("}") + 1 :] or "\n"
    text = form[: form.index("{")] + end.join(["#слово\tчасти", "гуртын\tгурт-ын", "пиналъёс\tпинал-ъёс", ""])
    (tmp_path / "list.tsv").write_bytes(text.encode())
    gold = gold_of(rows_of(str(tmp_path / "list.tsv")), "list", "", "gold", "align")
    assert places(gold) == {"гуртын": [4], "пиналъёс": [5]}


def test_other_encodings(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_bytes("гуртын\tгурт-ын\n".encode("utf-16"))
    with pytest.raises(UserError, match="give --encoding utf-16"):
        rows_of(str(tmp_path / "list.tsv"))
    found = rows_of(str(tmp_path / "list.tsv"), options=ReadOptions(encoding="utf-16"))
    assert [(row.word, row.marked) for row in found] == [("гуртын", ("гурт-ын",))]


def test_an_empty_table(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no row: a word, a TAB"):
        read(tmp_path, "#word\tsegments\n")


def test_a_plain_table_with_alternatives(tmp_path: Path) -> None:
    text = "#word\tsegmentation\nгуртын\tгурт-ын\nабутӧм\tабу-тӧм | абутӧм\nа\tа\nава\tава\nава\tава\n"
    gold = read(tmp_path, text)
    assert places(gold) == {"гуртын": [4], "ава": []}
    assert gold.left_out == {"ambiguous": (1, 3), "short": (1, 4)}


def test_a_table_with_parts_of_speech_is_no_unimorph(tmp_path: Path) -> None:
    assert places(read(tmp_path, "гуртын\tгурт-ын\tNOUN\t3\n")) == {"гуртын": [4]}


def test_conllu(tmp_path: Path) -> None:
    rows = [
        "# text = x",
        "1\tГрушамʼ\tгруша\tNOUN\t_\tCase=Acc\t0\troot\t_\tMSeg=Груша-мʼ|Gloss=pear-acc",
        "2\tваˮ\tваˮ\tPRON\t_\t_\t1\tdep\t_\tGloss=we",
        "3\tасидара\tасида\tNOUN\t_\t_\t1\tdep\t_\tLMSeg:а·сида",
        "",
    ]
    gold = read(tmp_path, "\n".join(rows), "tree.conllu")
    assert places(gold) == {"Грушамʼ": [5], "асида": [1]}
    with pytest.raises(UserError, match=r"tree.conllu: no word has one of the keys Segs in FEATS or MISC"):
        rows_of(str(tmp_path / "tree.conllu"), keys=["Segs"])


def test_segments_of_other_words_are_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"list, line 2: 'гуртын' can't be used: its morphemes don't spell it"
    ):
        read(tmp_path, "#word\tsegments\nгуртын\tкошка-ми\nпинал\tмост-ов\n")
    with pytest.raises(
        UserError, match=r"list.tsv, line 2: a word, a TAB and its segmentation were expected"
    ):
        read(tmp_path, "гуртын\tгурт-ын\nпинал\n")

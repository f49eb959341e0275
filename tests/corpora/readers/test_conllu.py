"""Sentences of treebanks without ``# text``: their text is made of forms, each at its place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import langcov
from langcov.corpora import ReadOptions, Source
from langcov.errors import UserError
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from tests.corpora.readers.test_formats import column, take, texts
from tests.hygiene.fixing.rules import copied, toy

WORD = st.text(st.sampled_from("аӑI\u0301-😀"), min_size=1, max_size=4)
SENTENCE = st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=5)


def row(number: str, form: str, glued: bool = False) -> str:
    return f"{number}\t{form}\tx\tX\t_\t_\t0\troot\t_\t{'Gloss=y|SpaceAfter=No' if glued else '_'}"


def spelled(sentence: list[tuple[str, bool]]) -> str:
    return "".join(form + ("" if glued else " ") for form, glued in sentence).removesuffix(" ")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(SENTENCE, st.booleans()), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 200),
)
def test_each_form_is_at_its_place(
    tmp_path_factory: pytest.TempPathFactory,
    sentences: list[tuple[list[tuple[str, bool]], bool]],
    end: str,
    chunk: int,
) -> None:
    path = tmp_path_factory.mktemp("t") / "che.conllu"
    lines: list[str] = []
    for sentence, told in sentences:
        lines += ["# newdoc", *([f"# text = {spelled(sentence)}"] if told else ["# sent_id = 1", "#"])]
        lines += [row(str(n), form, glued) for n, (form, glued) in enumerate(sentence, 1)]
        lines.append("")
    path.write_text(end.join([*lines, ""]), "utf-8", newline="")
    options = ReadOptions(chunk_bytes=chunk)
    chunks, provenance = take(path, "conllu", options, documents="record")
    wanted = [spelled(sentence) for sentence, _ in sentences]
    assert texts(chunks) == wanted
    assert column(chunks, "documents") == [*range(len(sentences))]
    assert provenance.joined == sum(not told for _, told in sentences)
    found = []
    for fields in read_fields(Source("che_Cyrl", str(path), "conllu"), Reading(options), Unreadable()):
        for text, number, prefix in zip(fields.texts, fields.numbers.tolist(), fields.prefixes.tolist()):
            found.append(text)
            for start, letter in enumerate(text):
                line, at = fields.place(number, prefix, start)
                assert letter == " " or lines[line][at] == letter
    assert found == wanted


RANGE = [row("1-2", "хIун", True), row("1", "хI"), row("2", "ун"), row("2.1", "I"), row("3", "дIа")]


def test_ranges_stand_for_their_words(tmp_path: Path) -> None:
    path = tmp_path / "che.conllu"
    path.write_text("\n".join([*RANGE, "", ""]), "utf-8")
    assert texts(take(path, "conllu")[0]) == ["хIундIа"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_forms_are_fixed_where_there_is_no_text(tmp_path: Path, end: str) -> None:
    path = tmp_path / "che.conllu"
    rows = ["# sent_id = I", *RANGE, "", "# text = хIун", row("1", "хIун"), ""]
    path.write_text(end.join(rows), "utf-8", newline="")
    new = copied(path, toy()).decode()
    for wrong, right in (("\tхI", "\tхӏ"), ("\tдI", "\tдӏ"), ("= хI", "= хӏ")):
        rows = [one.replace(wrong, right) for one in rows]
    assert new == end.join(rows)


def test_findings_name_the_row_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "che.conllu"
    path.write_text(
        "\n".join(["# sent_id = 1", row("1", "и"), row("2", "х1ун", True), row("3", ".", False), ""]), "utf-8"
    )
    report = langcov.check_corpus(path, "che", models=[], only="palochka")
    assert [(one.line, one.column, one.text) for one in report.findings] == [(3, 4, "х1ун")]


def test_rows_that_no_text_can_be_made_of(tmp_path: Path) -> None:
    path = tmp_path / "tat.conllu"
    path.write_text("# sent_id = 1\n1\tа\n\n")
    with pytest.raises(UserError, match=r"line 2: no # text, and no row of ten columns"):
        take(path, "conllu")
    path.write_bytes(f"{row('1', 'а')}\n".encode() + b"2\t\xff\n\n" + f"{row('1', 'ә')}\n\n".encode())
    chunks, provenance = take(path, "conllu", ReadOptions(encoding_errors="skip"))
    assert (texts(chunks), column(chunks, "numbers"), provenance.skipped) == (["ә"], [1], 1)

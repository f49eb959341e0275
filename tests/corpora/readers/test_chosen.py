"""Files of several languages or tiers: each is read as if it stood there alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from langcov.corpora import Corpus, Provenance, ReadOptions, Source, read, resolve
from langcov.errors import UserError
from langcov.hygiene.fixing.formats import PLACINGS
from langcov.hygiene.reading.texts import Reading, Unreadable, read_fields
from tests.corpora.readers.test_formats import take, texts

ROWS = [("tt", "бер I"), ("ru", "один I"), ("tat_Cyrl", "ике I"), ("zz", "I"), ("", "I"), ("tt_RU", "өч")]
TATAR = ["бер I", "ике I", "өч"]
OPTIONS = {
    "jsonl": ReadOptions(lang_field="meta.lang"),
    "parquet": ReadOptions(lang_field="meta.lang"),
    "tsv": ReadOptions(lang_column="lang"),
}


@pytest.fixture(params=OPTIONS)
def mixed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, ReadOptions]]:
    path = tmp_path / f"mixed.{request.param}"
    records = [{"text": text, "meta": {"lang": name or None}} for name, text in ROWS]
    if request.param == "tsv":
        path.write_text("id\tlang\ttext\r\n" + "".join(f"1\t{name}\t{text}\r\n" for name, text in ROWS))
    elif request.param == "jsonl":
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    else:
        pq.write_table(pa.Table.from_pylist(records), path)
    yield path, OPTIONS[request.param]


def read_all(source: Source, options: ReadOptions) -> tuple[list[str], list[int], Provenance]:
    provenance = Provenance()
    chunks = list(read(source, Corpus("c", (source,)), options, provenance))
    return texts(chunks), [place for chunk in chunks for place in chunk.places.tolist()], provenance


def test_each_language_of_a_file(
    mixed: tuple[Path, ReadOptions], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, options = mixed
    with caplog.at_level(logging.WARNING):
        [corpus] = resolve([str(path)], options=options)
    assert "left out, as their language is not known: 2 ('zz' 1, '' 1)" in caplog.text
    russian, tatar = corpus.sources
    assert (russian.language, tatar.language) == ("rus_Cyrl", "tat_Cyrl")
    for size in (1, 30, 1 << 20):
        options.chunk_bytes = size
        found, places, provenance = read_all(tatar, options)
        header = path.suffix == ".tsv"
        assert (found, places) == (TATAR, [0 + header, 2 + header, 5 + header])
        assert provenance.lines == 3
        assert provenance.carriage_returns == 3 * header
        assert read_all(russian, options)[0] == ["один I"]
        fields = [*read_fields(tatar, Reading(options), Unreadable())]
        assert [text for one in fields for text in one.texts] == TATAR
        assert [number for one in fields for number in one.numbers.tolist()] == places
    alone = tmp_path / "alone.jsonl"
    alone.write_text("".join(json.dumps({"text": text}) + "\n" for text in TATAR))
    if path.suffix != ".tsv":
        assert provenance.sha256 == take(alone, "jsonl")[1].sha256


def test_a_language_that_is_named(mixed: tuple[Path, ReadOptions]) -> None:
    path, options = mixed
    [corpus] = resolve([f"tt={path}"], options=options)
    assert read_all(corpus.sources[0], options)[0] == TATAR
    assert resolve([str(path)], languages=["ru"], options=options)[0].languages == ["rus_Cyrl"]
    with pytest.raises(UserError, match="no row says that it is in chv_Cyrl; they say rus_Cyrl, tat_Cyrl"):
        resolve([f"chv={path}"], options=options)


def test_rows_without_the_column_are_of_no_language(tmp_path: Path) -> None:
    """The last row of a table too, whose last cell would do."""
    path = tmp_path / "mixed.tsv"
    path.write_text("1\tбер\ttat\n2\ttat\n3\ttat")
    options = ReadOptions(lang_column=3, text_column=2)
    [corpus] = resolve([str(path)], options=options)
    assert corpus.languages == ["tat_Cyrl"]
    assert read_all(corpus.sources[0], options)[0] == ["бер"]


@pytest.mark.parametrize(("name", "option"), [("a.tsv", "--lang-column"), ("a.jsonl.gz", "--lang-field")])
def test_a_name_without_a_language_tells_the_option(name: str, option: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    with pytest.raises(UserError, match=f"or say what names the language of each row with {option}"):
        resolve([str(tmp_path / name)])


@pytest.mark.parametrize(
    ("name", "text", "options", "said"),
    [
        (
            "a.jsonl",
            '{"text": "бер", "lang": "tat"}\n',
            ReadOptions(lang_field="l"),
            "--lang-field l: no row",
        ),
        ("a.tsv", "1\tбер\n2\ttat\n", ReadOptions(lang_column=7), "--lang-column 7: no row"),
    ],
)
def test_no_row_has_what_names_the_language(
    name: str, text: str, options: ReadOptions, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UserError, match=said):
        resolve([str(tmp_path / name)], options=options)


def test_keys_are_of_a_language(tmp_path: Path) -> None:
    path = tmp_path / "both.tsv"
    path.write_text("1\ttt\tбер\n1\tru\tодин\n2\tru\tдва\n")
    options = ReadOptions(lang_column=2, text_column=3)
    [corpus] = resolve([str(path)], options=options, aligned=True)
    assert corpus.alignment == "keys"
    assert [texts(list(read(one, corpus, options, Provenance()))) for one in corpus.sources] == [
        ["один", "два"],
        ["бер"],
    ]


ELAN = "".join(
    f"{tier}\t\t00:00:0{n}.100\t00:00:0{n}.900\t0.800\t{text}\n"
    for n, (tier, text) in enumerate(
        [("tx", "бер I"), ("ft", "one I"), ("tx", ""), ("tx", "ике"), ("ft", "two")]
    )
)
PRAAT = "tmin\ttier\ttext\ttmax\n0\ttx\tбер I\t1\n0\tft\tone I\t1\n1\ttx\t\t2\n2\ttx\tике\t3\n"


@pytest.mark.parametrize("table", [ELAN, PRAAT])
@pytest.mark.parametrize("size", [1, 50, 1 << 20])
def test_tiers(table: str, size: int, tmp_path: Path) -> None:
    path = tmp_path / "tat.tsv"
    path.write_text(table)
    options = ReadOptions(tier="tx", chunk_bytes=size)
    assert texts(take(path, "tsv", options)[0]) == ["бер I", "", "ике"]
    with pytest.raises(UserError, match=r"rows of several tiers \('tx', 'ft'\): name one with --tier"):
        take(path, "tsv", ReadOptions(chunk_bytes=size))
    with pytest.raises(UserError, match=r"no tier 'x' \(there: 'tx', 'ft'\)"):
        take(path, "tsv", ReadOptions(tier="x", chunk_bytes=size))
    path.write_text(
        "".join(line + "\n" for line in table.splitlines() if "\tft\t" not in line[:6] and line[:2] != "ft")
    )
    assert texts(take(path, "tsv", ReadOptions(chunk_bytes=size))[0]) == ["бер I", "", "ике"]


def test_tiers_named_by_languages(tmp_path: Path) -> None:
    path = tmp_path / "talk.tsv"
    path.write_text(ELAN.replace("tx\t", "Tatar\t").replace("ft\t", "English\t"))
    options = ReadOptions(lang_column=1)
    [corpus] = resolve([str(path)], options=options)
    assert corpus.languages == ["eng_Latn", "tat_Cyrl"]
    assert read_all(corpus.sources[1], options)[0] == ["бер I", "", "ике"]


def test_sentences_of_tatoeba(tmp_path: Path) -> None:
    """Number, language and text; rows of one language are read, of several one is asked for."""
    path = tmp_path / "tat.tsv"
    path.write_text("5401\ttat\tбер ике\n5402\ttat\tөч\n")
    assert texts(take(path, "tsv")[0]) == ["бер ике", "өч"]
    path.write_text("5401\ttat\tбер ике\n5402\trus\tтри\n")
    with pytest.raises(UserError, match=r"several tiers \('tat', 'rus'\)"):
        take(path, "tsv")
    options = ReadOptions(lang_column=2)
    [corpus] = resolve([str(path)], options=options)
    assert [read_all(source, options)[0] for source in corpus.sources] == [["три"], ["бер ике"]]


def test_no_tiers(tmp_path: Path) -> None:
    path = tmp_path / "tat.tsv"
    path.write_text("1\tбер\n")
    with pytest.raises(UserError, match=r"line 1: no tiers \(1 '1', 2 'бер'\)"):
        take(path, "tsv", ReadOptions(tier="tx"))


def test_only_rows_of_the_language_are_fixed(tmp_path: Path) -> None:
    from langcov.hygiene.fixing.copy import write_copy
    from langcov.hygiene.fixing.fix import fix
    from tests.hygiene.fixing.rules import toy

    assert "tsv" in PLACINGS
    path, copy = tmp_path / "mixed.tsv", tmp_path / "copy.tsv"
    path.write_text("1\tce\tхIун\tI\r\n2\tru\tхIун\tI\r\n3\tche\tдIа\tI\r\n", "utf-8", newline="")
    plan = toy(lang_column=2, text_column=3)
    [corpus] = resolve([f"che={path}"], options=plan.options)
    write_copy(fix(corpus.sources[0], plan), copy, tmp_path / "log")
    assert copy.read_bytes().decode() == path.read_bytes().decode().replace("1\tce\tхI", "1\tce\tхӏ").replace(
        "дI", "дӏ"
    )

"""Errors are English where they are raised, and Russian where a Russian reads them."""

from __future__ import annotations

import re

import pytest

from langcov.cli import in_words
from langcov.core import ui
from langcov.core.composed import said
from langcov.errors import MissingLibrary, UserError
from langcov.languages import find


@pytest.fixture(autouse=True)
def russian() -> None:
    ui.use("ru")


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("tat.txt: no such file", "tat.txt: нет такого файла"),
        ("a b.txt: no such file", "a b.txt: нет такого файла"),
        ("interrupted here", "interrupted here"),
        (
            "x.json: not valid JSON, or cut short: Expecting value",
            "x.json: не JSON, или файл обрезан: Expecting value",
        ),
        (
            "no corpus 'udh': no such file or folder, nor a bundled name (flores, udhr), nor one that was "
            "pulled; did you mean udhr? ('langcov corpora list' shows all)",
            "нет корпуса «udh»: такого нет ни среди файлов и папок, ни среди встроенных корпусов "
            "(flores, udhr), ни среди скачанных; может быть, udhr? (все покажет 'langcov corpora list')",
        ),
        (
            "argument --format: invalid choice: 'x' (choose from 'a', 'b') (langcov lid --help tells more)",
            "параметр --format: нет такого значения: 'x' (можно 'a', 'b') (подробнее: langcov lid --help)",
        ),
        ("--log is for one file, but 3 are fixed: without it each has its own",
         "--log относится к одному файлу, а исправляется 3 файла: без него у каждого свой журнал"),
        ("a b.docx unpacks to 1.2 GB, which is too much: it is refused",
         "a b.docx после распаковки займёт 1,2 ГБ: это слишком много, он не принят"),
        ("a.odt unpacks to over 1 GB, but no document is read over 512 MB: split it",
         "a.odt распаковывается в более чем 1 ГБ, а документы больше 512 МБ не читаются: разделите его"),
        ("1.5 bytes: no such file", "1.5 bytes: нет такого файла"),
        ("a.xlsx: no sheet 9 (there: 1 'Лист 1', 2 'b (c)'): name another with --sheet",
         "a.xlsx: нет листа «9» (есть: 1 'Лист 1', 2 'b (c)'): назовите другой в --sheet"),
        ("a.xlsx: no sheet 'Лист (9)' (there: 1 'Лист 1'): name another with --sheet",
         "a.xlsx: нет листа «Лист (9)» (есть: 1 'Лист 1'): назовите другой в --sheet"),
        ("a.xlsx, S: no column 9 ('A', 'B'): name the right one with --text-column",
         "a.xlsx, S: нет столбца «9» ('A', 'B'): назовите нужный с помощью --text-column"),
        ("ours: it returned [1, 'a'] where a list of tokens is wanted",
         "ours: вернула «[1, 'a']» вместо списка токенов"),
        (str(MissingLibrary("pyarrow", "parquet", "reading x.parquet")),
         "чтение x.parquet: нужна библиотека pyarrow: pip install 'langcov[parquet]'"),
    ],
)  # fmt: skip
def test_an_error_is_recognised_by_its_sentence(english: str, told: str) -> None:
    assert said(english) == told
    ui.use("en")
    assert said(english) == english


@pytest.mark.parametrize("name", ["Mari", "ненецкей"])
def test_languages_in_an_error_have_their_russian_names(name: str) -> None:
    with pytest.raises(UserError) as caught:
        find(name)
    told = re.sub("langcov languages|[a-z]{3}_[A-Z][a-z]{3}|Mari", "", in_words(caught.value))
    assert "(" in told and not re.search("[A-Za-z]", told)


def test_what_is_put_into_a_sentence_is_no_template() -> None:
    assert said("{x}: no such file") == "{x}: нет такого файла"

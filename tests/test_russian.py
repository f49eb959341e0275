"""No English is left in what a Russian reads: every command, every view of findings, help and errors."""

from __future__ import annotations

import html
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from langcov.cli import COMMANDS, main
from langcov.cli.corpora import ACTIONS
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS
from langcov.corpora.pull.catalogue import load_catalogue
from langcov.corpora.readers.formats import FORMATS
from langcov.corpora.resolve import bundled_corpora
from langcov.filters.recipe import recipes
from langcov.hygiene.engine.registry import checks
from langcov.languages import MODELS, all_languages
from langcov.languages.perturbations import perturbations

NAMES = """
langcov corpora corpus udhr UDHR FLORES NTREX Common Voice UD GATITOS NLLB Seed Universal Dependencies OCR
cld heliport langid lingua fastText LID bytes chars whitespace Unicode UTF utf cp NFC NFD NFKC HTML XML
JSON JSONL TSV CSV PDF SPDX ISO BPE CR LF UNK CONTRACT Hugging Face ELAN Praat Toolbox Shoebox FLEx CHAT
CHILDES CoNLL Parquet Subtitle Edit SentencePiece WordPiece Ctrl Enter SPEC PATH NAME FILE DIR ACTION LANG
CORPUS ID Markdown GitHub Actions CI SIZE MB GB Dask
NONE none yes no null skip text sentence key txt html auto strict error terminal table reference rus eng macro
SIGMORPHON UniMorph FEATS MISC MSeg MorphSeg Segm Seg LMSeg TAB uniparser align skip silver
LicenseRef CC public domain tt Windows PTCP SFM File Export As Tab delimited Text
"""
"""Names of programs, formats, corpora, keys and values, and what stands for a value in help."""
LATIN = re.compile(r"[A-Za-z]{2,}")
OTHERS = re.compile(
    r"""--[a-z-]+|U\+[0-9A-F]{4,6}|\b0x[0-9a-f]{2}\b|\b[a-z]{3}_[A-Z][a-z]{3}\b|https?://\S+|\{[^}]*\}|\S*[/\\<>|=]\S*|\w+:[A-Z]+|
    \w*\.[a-z0-9.]+|\b[A-Z]+_[A-Z]+\b|\b[A-Z]{2,}-[A-Z0-9.-]+|'[^']*'|\x1b\[[0-9;]*m|«[^»]*»|\b[FUC]{2,3}\b|\w+…|…\w+""",
    re.VERBOSE,
)
"""Options, code points, ids, addresses, lists of values, paths and endings, licences, code."""


@cache
def named() -> frozenset[str]:
    """The Latin words that are names or ids."""
    ids = {part for check in checks() for part in (check, *check.split("-"))}
    ids |= {language.iso639_3 for language in all_languages()}
    ids |= {*ACTIONS, *COMMANDS, *FORMATS, "advise", "export"}
    names = " ".join((NAMES, *load_catalogue(), *bundled_corpora(), *perturbations(), *MODELS))
    return frozenset(ids | {*LATIN.findall(names)})


def left(text: str, own: str = "") -> set[str]:
    """The Latin words of a text that are neither names nor in the text that is shown."""
    # Text that is shown may be cut anywhere, within a word too.
    return {word for word in LATIN.findall(OTHERS.sub(" ", text)) if word not in named() and word not in own}


def shown_by_html(page: str) -> str:
    body = re.sub(r"<(style|script|template).*?</\1>", " ", page, flags=re.DOTALL)
    whole = re.sub(r"</?(mark|ins|b|bdi)\b[^>]*>", "", body)  # which stand inside of words
    return html.unescape(re.sub(r"<[^>]*>", " ", whole))


TEXTS = {
    "tat": "Kитап cүзе h1м ҡаҙан. Китап китап\u00ad\n" * 3
    + "Это было очень хорошо и они пошли домой в школу.\n&lt;b&gt; a@example.org\n"
    + "The quick brown fox jumps over the lazy dog and runs away.\n? ?? ???\n" * 3,
    "che": "х1ун ХIун хIун дIа Гӏала гӀала й́́а\u200b\n" * 5 + "aaa bbb ccc ddd\n" * 3,
    "inh": "гӏалгӏай\ufffd \x07 \ue000 1) 12 12 12 12\n" * 4,
}


@pytest.mark.parametrize("language", TEXTS)
def test_views_of_findings(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")  # no word is cut by the end of a line
    file = Path("x.txt")
    file.write_text(TEXTS[language], "utf-8")
    read_in_russian(file, language, capsys)


def read_in_russian(file: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    own = f"{file.read_bytes().decode('utf-8', 'replace')} {file.name}"
    call = ["corpora", "check", file.name, "--lang", language, "--ui", "ru", "--lid", "none"]
    if main([*call, "--format", "json"]) < 2:
        report = json.loads(capsys.readouterr().out)
        said = [*report["not_judged_reasons"].values(), *(one["message"] for one in report["findings"])]
        assert left("\n".join(said), own) == set()
        own += " ".join(one["suggestion"] or "" for one in report["findings"])
    capsys.readouterr()
    for form in ("terminal", "html", "md"):
        main([*call, "--format", form])
        out, err = capsys.readouterr()
        assert left((shown_by_html(out) if form == "html" else out) + err, own) == set()
    main([*call, "--format", "sarif"])
    if out := capsys.readouterr().out:
        found = re.findall(r'"text": ("(?:[^"\\]|\\.)*")', out)
        assert left("\n".join(map(json.loads, found)), own) == set()
    main(["corpora", "fix", file.name, "--lang", language, "--ui", "ru"])
    assert left(capsys.readouterr().err, own) == set()


def test_views_of_the_cases(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    for case in sorted((shared / "cases").rglob("*")):
        if case.is_file() and case.suffix in (".txt", ".jsonl", ".tsv", ".conllu"):
            shutil.copyfile(case, case.name)
            named = re.search(r"\.([a-z]{3})\.txt$", case.name)
            code = named[1] if named else next((one for one in ("che", "kaz") if one in str(case)), "tat")
            read_in_russian(Path(case.name), code, capsys)


HELP = [
    [],
    *([one] for one in COMMANDS),
    *(["corpora", one] for one in ACTIONS),
    ["filters", "advise"],
    ["filters", "export"],
]


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_help(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.setenv("COLUMNS", "1000")
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    text = capsys.readouterr().out
    assert text.startswith("вызов: langcov ")
    options = " ".join(re.findall(r"\[[^\]]*\]|^  \S+.*?(?=  )", text, re.MULTILINE))
    names = " ".join((*FIELDS, *LANGUAGE_FIELDS, *recipes()))
    assert left(text.partition("\n\n")[2], f"{options} {names}") == set()


@pytest.mark.parametrize(
    "line",
    [
        "corpora list --ui ru",
        "languages --ui ru",
        "corpora check nothing.txt --lang tat --ui ru",
        "corpora check x.txt --lang nenetz --ui ru",
        "corpora check x.txt --lang Mari --ui ru",
        "corpora check x.txt --ui ru",
        "corpora check x.txt --lang tat --only nothing --ui ru",
        "corpora check x.txt --lang tat --encoding nothing --ui ru",
        "corpora check x.txt --lang tat --ui ru --format xml",
        "corpora fix x.txt --lang tat --log y --ui ru",
        "corpora condense tat=x.txt -o y.words.tsv --ui ru",
        "corpora condense tat=x.txt -o y.tsv --ui ru",
        "corpora condense x.txt --ui ru",
        "corpora pull nothing --ui ru",
        "corpora pull ud-text --offline --cache here --ui ru",
        "corpora card here --ui ru",
        "corpora new . --lang tat --ui ru",
        "corpora new . --lang tat --summary A --licence CC0-1.0 --source B --year 1998 --consent C --contact "
        "a@example.org --kind text --sensitive none --machine-translated no --ui ru",
        "corpora card . --ui ru",
        "corpora check tat_Cyrl.txt che_Cyrl.txt --ui ru --lid none",
        "corpora check a.docx --lang tat --ui ru",
        "corpora check cp1251.csv --lang rus --ui ru",
        "corpora frobnicate --ui ru",
        "filters advice --ui ru",
        "frobnicate --ui=ru",
    ],
)
def test_commands(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x.txt", "tat_Cyrl.txt", "che_Cyrl.txt"):
        Path(name).write_text("китап\n" * 3000, "utf-8")
    Path("a.docx").write_bytes(b"PK")
    Path("cp1251.csv").write_text("text\nСъешь же ещё этих мягких французских булок\n" * 5, "cp1251")
    if line == "corpora card . --ui ru":
        Path("corpus.toml").write_text('name = "a"\n[languages]\ntat = "x.txt"\n')
    main(line.split())
    out, err = capsys.readouterr()
    assert out + err
    codes = " ".join(code for language in all_languages() for code in (language.id, language.autonym))
    fields = " ".join((*FIELDS, *LANGUAGE_FIELDS))
    assert left(out + err, f"{line} {codes} {fields}") == set()

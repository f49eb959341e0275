"""What a user may write for a corpus, and what comes of it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

import langcov
from langcov.corpora import ReadOptions, bundled_corpora, check_lines, count_lines, resolve
from langcov.errors import UserError
from langcov.languages import Language, all_languages, find
from langcov.text.scripts import comparable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    room = tmp_path / "mine"
    room.mkdir()
    for name in (
        "tat_Cyrl.txt",
        "rus.txt.gz",
        "README",
        "MANIFEST.tsv",
        "DOCUMENT_IDS.txt",
        "eng.NOT-IT.txt",
    ):
        (room / name).write_bytes(b"a\nb\n")
    return room


def names(spec: object, **options: object) -> list[tuple[str, str, str]]:
    (corpus,) = resolve([spec], **options)  # type: ignore[list-item, arg-type]
    return [(s.language, s.path.rpartition("/")[2], s.format) for s in corpus.sources]


def test_file_names_say_the_language(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = names(str(folder))
    assert sorted(found) == [("rus_Cyrl", "rus.txt.gz", "txt"), ("tat_Cyrl", "tat_Cyrl.txt", "txt")]
    assert "1 (eng.NOT-IT)" in caplog.text
    assert names(folder / "rus.txt.gz") == [("rus_Cyrl", "rus.txt.gz", "txt")]
    assert names(f"{folder}/tat*") == [("tat_Cyrl", "tat_Cyrl.txt", "txt")]
    assert names(f"file://{folder}/tat_Cyrl.txt") == [("tat_Cyrl", "tat_Cyrl.txt", "txt")]
    assert names(f"file://{folder}/tat*.txt") == [("tat_Cyrl", "tat_Cyrl.txt", "txt")]
    assert resolve([str(folder)])[0].name == "mine"
    assert resolve([f"{folder}/tat*"])[0].name == "mine"
    pairs = [f"tat={folder}/tat_Cyrl.txt", f"rus={folder}/rus.txt.gz"]
    assert resolve(pairs)[0].name == "mine"
    other = folder.parent / "other" / "bak.txt"
    other.parent.mkdir()
    other.write_text("бер", "utf-8")
    assert resolve([*pairs, f"bak={other}"])[0].name == "files"  # no folder has all of it


def test_pairs_make_one_corpus(folder: Path) -> None:
    manifest = f"{folder}/DOCUMENT_IDS.txt"
    specs = [f"tt={manifest}", str(folder), f"Russian={folder}/README"]
    pairs, other = resolve(specs)
    assert [(s.language, s.format) for s in pairs.sources] == [("tat_Cyrl", "txt"), ("rus_Cyrl", "txt")]
    assert (pairs.name, other.name) == ("mine", "mine-2")
    listed = resolve([[f"tt={manifest}", f"{folder}/tat_Cyrl.txt"]])[0]
    assert [s.language for s in listed.sources] == ["tat_Cyrl", "tat_Cyrl"]


def test_what_is_there_is_a_name_and_no_pattern(tmp_path: Path) -> None:
    for place in (
        "c[x]/tat.txt",
        "c[x]/rus.txt",
        "cx/bak.txt",
        "a?/[b]/tat.txt",
        "ab/b/bak.txt",
        "l=m/tat.txt",
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("а\n")
    for spec, found in (
        ("c[x]/*.txt", ["rus.txt", "tat.txt"]),
        ("c[x]/t*.txt", ["tat.txt"]),
        ("c?/*.txt", ["bak.txt"]),  # no folder of that name: a pattern
        ("a?/[b]/*.txt", ["tat.txt"]),
        ("a?/[b]", ["tat.txt"]),
    ):
        assert sorted(name for _, name, _ in names(f"{tmp_path}/{spec}")) == found, spec
        if "." in spec:
            pair = f"tat={tmp_path}/{spec}"
            assert {(one.language, one.path.rpartition("/")[2]) for one in resolve([pair])[0].sources} == {
                ("tat_Cyrl", name) for name in found
            }
    assert [corpus.name for corpus in resolve([f"{tmp_path}/c[x]/tat.txt"])] == ["tat"]
    assert [corpus.name for corpus in resolve([f"{tmp_path}/c[x]/*.txt"])] == ["c[x]"]


def test_a_folder_with_an_equals_sign_is_no_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "l=m").mkdir()
    (tmp_path / "l=m" / "tat.txt").write_text("а\n")
    monkeypatch.chdir(tmp_path)
    assert names("l=m/*.txt") == [("tat_Cyrl", "tat.txt", "txt")]


def test_lines_in_memory() -> None:
    corpus = resolve([{"татарча": iter(["a"]), "ru": ["b", "c"]}])[0]
    assert [(s.language, s.lines) for s in corpus.sources] == [("tat_Cyrl", ("a",)), ("rus_Cyrl", ("b", "c"))]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("nothing-here", r"no corpus 'nothing-here': .*\(.*flores, .*, udhr\)"),
        ("{folder}/README", "'README' says no language"),
        ("{folder}/none*", "no file matches"),
        ("tat={folder}/none.md", "is no such file"),
        ("tat={folder}", "is a folder"),
        (["tat={folder}/README"] * 2, "is named 2 times for tat_Cyrl"),
        ([{"tat": ["a"]}], "holds files or LANG=PATH, not dict"),
        ("{folder}/..", "no file whose name says its language"),
        ({"tat": "one string"}, "must be a list of strings"),
        ({"tat": [b"bytes"]}, "must be strings, not bytes"),
        ({}, "without any language"),
        ([], "an empty list"),
    ],
)
def test_what_is_no_corpus(folder: Path, spec: object, message: str) -> None:
    given = spec.format(folder=folder) if isinstance(spec, str) else spec
    if isinstance(spec, list):
        given = [item.format(folder=folder) if isinstance(item, str) else item for item in spec]
    with pytest.raises(UserError, match=message) as caught:
        resolve([given])  # type: ignore[list-item]
    assert "\n" not in str(caught.value)


def test_unknown_languages(folder: Path) -> None:
    with pytest.raises(UserError, match="klingonese"):
        resolve([f"klingonese={folder}/README"])
    missing = r"no corpus has chv \(chv_Cyrl\); bundled .*: commonvoice, flores; there are rus_Cyrl, tat_Cyrl"
    with pytest.raises(UserError, match=missing):
        resolve([str(folder)], languages=["chv"])


def test_a_language_that_is_not_there_is_left_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    [corpus] = resolve([str(folder)], languages=["tat", "chv", "kim"], references=["rus", "eng"])
    assert corpus.languages == ["rus_Cyrl", "tat_Cyrl"]
    said = [
        record.getMessage() for record in caplog.records if "a language is left out" in record.getMessage()
    ]
    assert said[0].endswith("no corpus has chv (chv_Cyrl); bundled ones that have it: commonvoice, flores")
    assert said[1].endswith(
        "no corpus has kim (kim_Cyrl); no bundled one has it either: give text with --corpus kim=FILE"
    )


def test_a_bundled_name_that_is_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "udhr").mkdir()
    (tmp_path / "udhr" / "tat.txt").write_text("а\n", "utf-8")
    with pytest.raises(UserError, match=r"'udhr' is a bundled corpus.*write \./udhr or bundled:udhr"):
        resolve(["udhr"])
    assert resolve(["./udhr"])[0].languages == ["tat_Cyrl"]
    assert len(resolve(["bundled:udhr"])[0].languages) == 57
    assert langcov.measure_tokenizers("bytes", languages="tat").corpora[0]["sha256"]


def test_only_some_languages(folder: Path) -> None:
    assert resolve([str(folder)], languages=["tt"])[0].languages == ["tat_Cyrl"]
    both = resolve([str(folder)], languages=["tt"], references=["rus", "eng"])[0]
    assert both.languages == ["rus_Cyrl", "tat_Cyrl"]
    # Of a language whose main script is not there, the script that is.
    assert resolve([{"tat_Latn": ["a"], "rus": ["b"]}], languages=["tat"])[0].languages == ["tat_Latn"]


def test_alignment_is_asserted_and_checked(folder: Path) -> None:
    (folder / "rus.txt.gz").unlink()
    (folder / "rus.txt").write_text("a\nb\nc\n")
    corpus = resolve([str(folder)], aligned=True)[0]
    assert corpus.alignment == "lines"
    counts = [(source, count_lines(source, corpus, ReadOptions())) for source in corpus.sources]
    with pytest.raises(UserError, match=r"rus.txt has 3, .*tat_Cyrl.txt has 2"):
        check_lines(corpus, counts)
    (folder / "rus.txt").write_text("a\nb\n")
    check_lines(corpus, [(source, 2) for source in corpus.sources])
    with pytest.raises(UserError, match="no partner"):
        check_lines(corpus, [*((source, 2) for source in corpus.sources), (corpus.sources[0], 2)])


def test_keyed_files_align_by_key(tmp_path: Path) -> None:
    for name in ("tat.tsv", "rus.tsv"):
        (tmp_path / name).write_text("a\tx\n")
    assert resolve([str(tmp_path)])[0].alignment == "none"
    assert resolve([str(tmp_path)], aligned=True)[0].alignment == "keys"


def test_treebanks_have_documents_only_if_they_say_so(tmp_path: Path) -> None:
    for name, head, documents in (("tat", "# newdoc\n", "record"), ("rus", "# sent_id = 1\n", "none")):
        path = tmp_path / f"{name}.conllu"
        path.write_text(f"{head}# text = x\n1\tx\n\n# newdoc\n# text = y\n")
        assert resolve([str(path)])[0].documents == documents


CARD = """
name = "mine"
kind = "text"
licence = "CC-BY-4.0"
source = "somewhere"
alignment = "lines"
documents = "IDS"
consent = "asked"
[languages]
tat_Cyrl = ["a.txt", "b.txt"]
ru = "README"
[orthography]
tt = "1939"
"""


def test_card(tmp_path: Path) -> None:
    (tmp_path / "corpus.toml").write_text('format = "txt"\n' + CARD, "utf-8")
    (tmp_path / "IDS").write_text("x\n")
    corpus = resolve([str(tmp_path)])[0]
    assert corpus.languages == ["rus_Cyrl", "tat_Cyrl"]
    assert [Path(s.path).name for s in corpus.sources] == ["a.txt", "b.txt", "README"]
    assert (corpus.name, corpus.licence, corpus.alignment) == ("mine", "CC-BY-4.0", "lines")
    assert corpus.documents == str(tmp_path / "IDS")
    assert corpus.orthography == {"tat_Cyrl": "1939"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("licnce = 'x'", "unknown field 'licnce'"),
        ("name = 5", "'name' must be a string"),
        ("kind = 'poem'", "kind is 'poem'; it must be text, lexicon"),
        ("alignment = 'words'", "it must be none, lines, keys"),
        ("documents = 'NONE.txt'", "neither a file nor"),
        ("keys = '['", "keys is no regular expression"),
        ("name = ", "not TOML"),
        ("[languages]\ntat = 5", "languages.tat must be a file name"),
        ("[languages]\ntat = 'a.md'", "what is a.md"),
        ("[languages]\ntat = 'a.doc'", "word processor"),
        ("name = 'x'", "no languages"),
        ("alignment = 'keys'\n[languages]\ntat = 'a.txt'", "needs keys"),
    ],
)
def test_bad_cards(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "corpus.toml").write_text(text)
    with pytest.raises(UserError, match=message) as caught:
        resolve([str(tmp_path)])
    assert "corpus.toml" in str(caught.value) or "a.txt" in str(caught.value)


def test_bundled() -> None:
    assert "udhr" in bundled_corpora()
    corpus = resolve(["udhr"])[0]
    assert len(corpus.languages) == 57
    assert (corpus.alignment, corpus.documents) == ("keys", "key-prefix")


SCRIPTS = [
    (language, other)
    for language in all_languages()
    for other in all_languages()
    if language.iso639_3 in (other.iso639_3, other.macrolanguage)
    and language == find(language.iso639_3)
    and comparable(other.script) != comparable(language.script)
    and other.facts["letters"]
]


@pytest.mark.parametrize(("language", "other"), SCRIPTS, ids=lambda row: row.id)
def test_a_name_without_a_script_means_the_row_in_that_of_the_file(
    language: Language, other: Language, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Said for a file, for lines, or by the name of the file; and said aloud."""
    letters = {"Latn": "abc", "Cyrl": "абв", "Arab": "ابت", "Hebr": "אבג"}
    other = find(f"{other.iso639_3}_{other.script}")
    text = f"{letters[other.script]}\n" * 80
    (tmp_path / "text.txt").write_text(text, "utf-8")
    (tmp_path / f"{language.iso639_3}.txt").write_text(text, "utf-8")
    asked: list[Any] = [
        f"{language.iso639_3}={tmp_path}/text.txt",
        f"{tmp_path}/{language.iso639_3}.txt",
        {language.name: text.splitlines()},
    ]
    for spec in asked:
        caplog.clear()
        (corpus,) = resolve([spec])
        assert corpus.languages == [other.id]
        assert f"is read as {other.id}" in caplog.text
    own = language.id
    (corpus,) = resolve([f"{own}={tmp_path}/text.txt"])
    assert corpus.languages == [own]
    (tmp_path / "text.txt").write_text(f"{letters[language.script]}\n" * 80, "utf-8")
    assert resolve([asked[0]])[0].languages == [own]


def test_a_script_without_a_known_alphabet_is_rather_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("abc\n" * 80, "utf-8")
    assert resolve([f"tat={tmp_path}/text.txt"])[0].languages == ["tat_Cyrl"]


def test_a_file_that_begins_with_code_is_read_in_the_script_of_the_rest(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("EEEE, d MMMM y\n" * 400 + "көндөҙгө ваҡыт\n" * 1000, "utf-8")
    assert resolve([f"bak={tmp_path}/text.txt"])[0].languages == ["bak_Cyrl"]

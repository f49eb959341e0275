"""``langcov corpora card``: the card against its files, what a submission misses, the card for the hub."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import DatasetCard, DatasetCardData

from tests.cli.conftest import Run

HEAD = """
name = "news"
summary = "Articles."
licence = "CC-BY-SA-4.0"
source = "a newspaper"
collectors = ["N. N."]
consent = "asked"
contact = "name@example.org"
sensitive = "none"
machine_translated = false
ocr = true
"""
CHE = "[languages.che]\nfiles = 'che_Cyrl.txt'\nyear = 1998\n"
AVA = "[languages.ava]\nfiles = 'ava.txt'\nyear = '1998-2005'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two languages, two lines each, ready for a submission."""
    (tmp_path / "che_Cyrl.txt").write_text("мотт\n\nхӏинца\n", "utf-8")
    (tmp_path / "ava.txt").write_text("мацӏ\n\nжакъа\n", "utf-8")
    (tmp_path / "corpus.toml").write_text(HEAD + CHE + AVA, "utf-8")
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "corpus.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("name", ["", "corpus.toml"])
def test_a_card_that_is_ready(name: str, run: Run, folder: Path) -> None:
    ran = run("corpora", "card", folder / name, "--ui", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{folder}/corpus.toml: news",
        "  che_Cyrl  Chechen, 2 lines",
        "  ava_Cyrl  Avar, 2 lines",
        "",
        "The card is right and ready for a submission.",
    ]


def test_what_a_submission_misses(run: Run, folder: Path) -> None:
    edit(folder, 'consent = "asked"\n', "")
    edit(folder, "year = 1998\n", "")
    ran = run("corpora", "card", folder, "--ui", "en")
    assert ran.code == 1
    assert "Missing for a submission:\n  consent: How the speakers" in ran.out
    assert "\n  year of che: When it was written" in ran.out
    assert "Errors:" not in ran.out
    assert ran.out.endswith("The card is right, but a submission needs more.\n")


def test_all_problems_of_the_card_are_listed(run: Run, folder: Path) -> None:
    edit(folder, "CC-BY-SA-4.0", "CC BY-SA 4.0")
    edit(folder, "year = 1998", "yaer = 1998")
    ran = run("corpora", "card", folder, "--ui", "en")
    assert ran.code == 1
    assert "licence is 'CC BY-SA 4.0', which SPDX does not know; did you mean 'CC-BY-SA-4.0'?" in ran.out
    assert "unknown field 'languages.che.yaer'" in ran.out
    assert ran.out.endswith("The card has errors: fix them in the file, then run this again.\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("'ava.txt'", "'none.txt'", "none.txt: no such file"),
        ("'ava.txt'", "'ava.doc'", "ava.doc is a word processor's file"),
        ("'ava.txt'", "'inh_Cyrl.txt'", "its name says inh_Cyrl, the card says ava_Cyrl"),
        ("'ava.txt'", "'cp1251.txt'", "is not valid UTF-8: give --encoding cp1251"),
        ("'ava.txt'", "'short.txt'", "aligned files must have as many lines"),
        ("'ava.txt'", "'blank.txt'", "holds no text"),
        ("'ava.txt'", "'rus.words.tsv'", "rus.words.tsv has no ava_Cyrl (there: rus_Cyrl)"),
        (
            "[languages.ava]",
            "[languages.rus]\nfiles='rus.words.tsv'\n[languages.ava]",
            "is aligned by 'none'",
        ),
        ("[languages.ava]", "[sha256]\nava='" + "0" * 64 + "'\n[languages.ava]", "its text has the sha256 "),
        (
            "[languages.ava]",
            "[sha256]\nava=['" + "0" * 64 + "', '" + "0" * 64 + "']\n[languages.ava]",
            "sha256.ava must be a list of 1",
        ),
    ],
)
def test_files_that_are_not_as_the_card_says(
    old: str, new: str, problem: str, run: Run, folder: Path
) -> None:
    edit(folder, 'name = "news"', 'name = "news"\nalignment = "lines"')
    (folder / "inh_Cyrl.txt").write_text("a\n\nb\n")
    (folder / "cp1251.txt").write_bytes("язык\n".encode("cp1251"))
    (folder / "short.txt").write_text("a\n")
    (folder / "blank.txt").write_text("\n\n\n")
    (folder / "rus.txt").write_text("дом\n" * 600, "utf-8")
    assert run("corpora", "condense", f"rus={folder}/rus.txt", "-o", folder / "rus.words.tsv").code == 0
    edit(folder, old, new)
    ran = run("corpora", "card", folder, "--ui", "en")
    assert ran.code == 1
    errors = ran.out.partition("Errors:\n")[2].partition("\n\n")[0]
    assert problem in errors


def test_the_right_sha256_is_that_of_the_text(run: Run, folder: Path) -> None:
    digest = hashlib.sha256((folder / "ava.txt").read_bytes()).hexdigest()
    edit(folder, "[languages.che]", f"[sha256]\nava = '{digest}'\n[languages.che]")
    assert run("corpora", "card", folder).code == 0


def test_what_may_not_be_submitted(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (folder / "corpus.toml").rename(tmp_path / "one" / "corpus.toml")
    (folder / "che_Cyrl.txt").rename(tmp_path / "one" / "che_Cyrl.txt")
    edit(tmp_path / "one", "'ava.txt'", "'../ava.txt'")
    edit(tmp_path / "one", "CC-BY-SA-4.0", "NONE")
    ran = run("corpora", "card", tmp_path / "one", "--ui", "en")
    assert ran.code == 1
    assert "ava.txt is not in the folder of the card: put it there" in ran.out
    assert "the licence is NONE, but " in ran.out
    assert "counts_licence: Where the licence is NONE" in ran.out
    edit(tmp_path / "one", '"NONE"', '"LicenseRef-mine"')
    assert (
        "put it in a file LICENSE beside the card"
        in run("corpora", "card", tmp_path / "one", "--ui", "en").out
    )
    (tmp_path / "one" / "LICENSE").write_text("mine\n")
    assert "LICENSE" not in run("corpora", "card", tmp_path / "one", "--ui", "en").out


def test_counts_that_give_sentences_away(run: Run, folder: Path) -> None:
    (folder / "corpus.toml").write_text('licence = "CC0-1.0"\n[languages]\nche = "che_Cyrl.txt"\n')
    (folder / "che_Cyrl.txt").write_text("мотт хӏинца\n" * 600, "utf-8")
    assert run("corpora", "condense", folder, "-o", folder / "che.words.tsv").code == 0
    (folder / "corpus.toml").write_text(HEAD + CHE.replace("che_Cyrl.txt", "che.words.tsv"), "utf-8")
    ran = run("corpora", "card", folder, "--ui", "en")
    assert ran.code == 1
    assert "sentences could be put together again" in ran.out
    edit(folder, "CC-BY-SA-4.0", "CC0-1.0")
    assert run("corpora", "card", folder).code == 0


def test_notes_do_not_fail_it(run: Run, folder: Path) -> None:
    (folder / "inh.txt").write_text("a\n")
    edit(folder, "year = 1998", "year = 1998\northography = '1938'")
    ran = run("corpora", "card", folder, "--ui", "en")
    assert ran.code == 0
    assert f"{folder}/inh.txt is not named in the card, so it is not read" in ran.out
    assert "the letters of che_Cyrl in the orthography '1938' are not known" in ran.out


def test_a_folder_named_like_a_bundled_corpus_is_the_folder(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.rename(folder.parent / "udhr").parent)
    ran = run("corpora", "card", "udhr", "--ui", "en")
    assert ran.code == 0
    assert "che_Cyrl  Chechen, 2 lines" in ran.out


def test_bad_input(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("corpora", "card", tmp_path / "empty")
    assert ran.code == 2
    assert "no such card; 'langcov corpora new " in ran.complaint
    (folder / "corpus.toml").write_bytes(b"name = \xff")
    ran = run("corpora", "card", folder)
    assert ran.code == 2
    assert "not TOML" in ran.complaint


def test_a_terminal_does_not_obey_a_card(run: Run, folder: Path) -> None:
    edit(folder, '"news"', r'"a\u001b[31m\nb"')
    ran = run("corpora", "card", folder)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert r"a\x1b[31m\nb" in ran.out


def exported(run: Run, folder: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the text, both as the hub's own library reads them."""
    readme = folder / "README.md"
    ran = run("corpora", "card", folder, "--format", "hf", "-o", readme)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    card = DatasetCard.load(readme)
    data: dict[str, Any] = yaml.safe_load(readme.read_text("utf-8").split("---\n")[1])
    assert card.data.to_dict() == data
    assert DatasetCardData(**data).to_dict() == data
    return data, card.text


def test_the_card_for_the_hub(run: Run, folder: Path) -> None:
    data, text = exported(run, folder)
    assert data == {
        "annotations_creators": ["no-annotation"],
        "configs": [
            {"config_name": "ava_Cyrl", "data_files": [{"split": "train", "path": ["ava.txt"]}]},
            {"config_name": "che_Cyrl", "data_files": [{"split": "train", "path": ["che_Cyrl.txt"]}]},
        ],
        "language": ["av", "ce"],
        "language_details": ["av-Cyrl", "ce-Cyrl"],
        "license": "cc-by-sa-4.0",
        "multilinguality": ["multilingual"],
        "pretty_name": "news",
        "size_categories": ["n<1K"],
        "source_datasets": ["original"],
        "task_categories": ["text-generation"],
    }
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "Summary",
        "Languages",
        "Collection",
        "Consent and take-down",
        "Sensitive material",
        "Known problems",
        "Licence",
        "Citation",
    ]
    assert "| Chechen | `che_Cyrl` | chec1245 |  | 1998 |  |  | 2 |" in text
    assert "- **OCR:** yes" in text


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC0-1.0", {"license": "cc0-1.0"}),
        ("ODbL-1.0", {"license": "odbl"}),
        (
            "CC-BY-SA-2.0",
            {
                "license": "other",
                "license_name": "cc-by-sa-2.0",
                "license_link": "https://spdx.org/licenses/CC-BY-SA-2.0.html",
            },
        ),
        ("MIT OR CC-BY-4.0", {"license": "other", "license_name": "mit-or-cc-by-4.0"}),
        ("LicenseRef-mine", {"license": "other", "license_name": "licenseref-mine"}),
        ('NONE"\ncounts_licence = "CC0-1.0', {"license": "cc0-1.0"}),
    ],
)
def test_licences_of_the_hub(licence: str, expected: dict[str, str], run: Run, folder: Path) -> None:
    edit(folder, "CC-BY-SA-4.0", licence)
    data, _ = exported(run, folder)
    assert {key: value for key, value in data.items() if key.startswith("license")} == expected
    if "LicenseRef" in licence:
        (folder / "LICENSE.txt").write_text("mine\n")
        assert exported(run, folder)[0]["license_link"] == "LICENSE.txt"


def test_aligned_and_counted_corpora_for_the_hub(run: Run, folder: Path) -> None:
    edit(folder, 'name = "news"', 'name = "news"\nalignment = "lines"')
    data, _ = exported(run, folder)
    assert data["multilinguality"] == ["translation"]
    assert data["task_categories"] == ["translation", "text-generation"]
    (folder / "che_Cyrl.txt").write_text("мотт хӏинца\n" * 600, "utf-8")
    assert run("corpora", "condense", f"che={folder}/che_Cyrl.txt", "-o", folder / "che.words.tsv").code == 0
    (folder / "corpus.toml").write_text("[languages]\nche = 'che.words.tsv'\n")
    data, text = exported(run, folder)
    assert not {"configs", "task_categories", "annotations_creators"} & data.keys()
    assert data["license"] == "unknown"
    assert text.count("The card does not say.") == 10


def test_what_is_in_a_card_stays_text_for_the_hub(run: Run, folder: Path) -> None:
    edit(folder, '"Articles."', r'"---\n<script>alert(1)</script> | a"')
    edit(folder, '"news"', r'"a: \"b\"\n---"')
    data, text = exported(run, folder)
    assert data["pretty_name"] == 'a: "b"\n---'
    assert r"--- \<script\>alert(1)\</script\> \| a" in text


def test_no_card_for_the_hub_from_a_wrong_card(run: Run, folder: Path) -> None:
    edit(folder, "CC-BY-SA-4.0", "free")
    ran = run("corpora", "card", folder, "--format", "hf", "-o", folder / "README.md", "--ui", "en")
    assert (ran.code, ran.out) == (1, "")
    assert "licence is 'free'" in ran.err
    assert not (folder / "README.md").exists()

"""``langcov corpora new``: a card from options, and from answers on a real terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from langcov.corpora.card.card import load_card
from tests.cli.conftest import Run
from tests.cli.terminal import Terminal

TOLD = [
    *("--summary", "S", "--licence", "CC-BY-4.0", "--source", "s", "--collector", "N. N.", "--consent", "c"),
    *("--contact", "a@b.org", "--sensitive", "none", "--machine-translated", "no", "--ocr", "yes"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of Chechen."""
    path = tmp_path / "news"
    path.mkdir()
    (path / "che_Cyrl.txt").write_text("мотт\n", "utf-8")
    return path


def test_a_card_from_options(run: Run, folder: Path) -> None:
    ran = run("corpora", "new", folder, *TOLD, "--collector", "M. M.", "--year", 1998, "--ui", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{folder}/corpus.toml is written.\n")
    assert load_card(folder / "corpus.toml") == {
        "name": "news",
        "summary": "S",
        "licence": "CC-BY-4.0",
        "source": "s",
        "collectors": ["N. N.", "M. M."],
        "consent": "c",
        "contact": "a@b.org",
        "sensitive": "none",
        "machine_translated": False,
        "ocr": True,
        "languages": {
            "che_Cyrl": {
                "files": "che_Cyrl.txt",
                "autonym": "нохчийн",
                "script": "Cyrl",
                "glottocode": "chec1245",
                "year": 1998,
            }
        },
    }
    assert run("corpora", "card", folder).code == 0


def test_several_languages(run: Run, folder: Path) -> None:
    for name in ("a.txt", "b.txt", "inh.txt", "notes.txt"):
        (folder / name).write_text("x\n")
    files = ["--file", "Avar=a.txt", "--file", folder / "b.txt", "--file", f"ava={folder}/b.txt"]
    ran = run("corpora", "new", folder, *TOLD, "--year", "1998", *files[:2], *files[4:])
    assert ran.code == 0
    assert load_card(folder / "corpus.toml")["languages"]["ava_Cyrl"]["files"] == ["a.txt", "b.txt"]
    (folder / "corpus.toml").unlink()
    ran = run("corpora", "new", folder, *TOLD, "--year", "1998", "--year", "che=2001", "--place", "che=X=Y")
    assert ran.code == 0
    languages = load_card(folder / "corpus.toml")["languages"]
    assert [(name, facts["year"], facts.get("place")) for name, facts in languages.items()] == [
        ("che_Cyrl", 2001, "X=Y"),
        ("inh_Cyrl", 1998, None),
    ]
    (folder / "corpus.toml").unlink()
    assert run("corpora", "new", folder, *TOLD, "--year", "1998", "--lang", "inh").code == 0
    assert [*load_card(folder / "corpus.toml")["languages"]] == ["inh_Cyrl"]


def test_one_language_is_that_of_a_file_without_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts.txt").write_text("x\n")
    assert run("corpora", "new", tmp_path, *TOLD, "--year", "1998", "--lang", "Chechen").code == 0
    languages = load_card(tmp_path / "corpus.toml")["languages"]
    assert languages["che_Cyrl"]["files"] == "texts.txt"


def test_one_language_is_in_the_script_of_the_file(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "texts.txt").write_text("a b c\n" * 80, "utf-8")
    ran = run("corpora", "new", tmp_path, *TOLD, "--year", "1998", "--lang", "Crimean Tatar")
    assert ran.code == 0 and "texts.txt is read as crh_Latn" in caplog.text
    assert [*load_card(tmp_path / "corpus.toml")["languages"]] == ["crh_Latn"]


def test_counts_of_text_that_may_not_be_shared(run: Run, folder: Path, tmp_path: Path) -> None:
    """As CONTRIBUTING has it: the text stays, its counts go into a folder of their own."""
    (folder / "che_Cyrl.txt").write_text("мотт хӏинца\n" * 600, "utf-8")
    (folder / "corpus.toml").write_text('licence = "NONE"\n')
    (tmp_path / "counts").mkdir()
    assert run("corpora", "condense", folder, "-o", tmp_path / "counts" / "news.words.tsv.xz").code == 0
    private = [*TOLD, "--licence", "NONE", "--year", "1998"]
    ran = run("corpora", "new", tmp_path / "counts", *private)
    assert ran.code == 2
    assert ran.complaint.endswith("a submission needs --counts-licence too")
    assert run("corpora", "new", tmp_path / "counts", *private, "--counts-licence", "CC0-1.0").code == 0
    card = load_card(tmp_path / "counts" / "corpus.toml")
    assert (card["alignment"], card["languages"]["che_Cyrl"]["files"]) == ("none", "news.words.tsv.xz")
    assert run("corpora", "card", tmp_path / "counts").code == 0


def test_what_is_missing_is_named_by_its_options(run: Run, folder: Path) -> None:
    ran = run("corpora", "new", folder, "--name", "x", "--yes")
    assert ran.code == 2
    assert ran.complaint == (
        f"langcov: {folder}/corpus.toml is not written: a submission needs --summary, --licence, --source, "
        "--collector, --consent, --contact, --sensitive, --machine-translated, --ocr, --year too"
    )
    assert not (folder / "corpus.toml").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("--licence GPL9", "licence is 'GPL9'"),
        ("--year 9999", "languages.che_Cyrl.year is 9999, which lies in the future"),
        ("--year xyz=1998", "unknown language 'xyz'"),
        ("--ocr maybe", "'ocr' must be a truth value"),
        ("--glottocode ingu1240", "but Chechen has 'chec1245'"),
        ("--lang xyz", "unknown language 'xyz'"),
        ("--lang ava", "has no file in ava_Cyrl: give --file ava_Cyrl=FILE"),
        ("--file none.txt", "none.txt is no file in"),
        ("--file ava=../other.txt", "../other.txt is no file in"),
        ("--file notes.txt", "notes.txt: in which language is it? Write --file LANG=notes.txt"),
    ],
)
def test_wrong_options(args: str, message: str, run: Run, folder: Path) -> None:
    (folder / "notes.txt").write_text("x\n")
    (folder.parent / "other.txt").write_text("x\n")
    ran = run("corpora", "new", folder, *TOLD, *args.split())
    assert ran.code == 2
    assert message in ran.complaint
    assert not (folder / "corpus.toml").exists()


def test_a_value_that_is_no_text(run: Run, folder: Path) -> None:
    ran = run("corpora", "new", folder, *TOLD, "--year", "1998", "--place", os.fsdecode(b"\xff"))
    assert ran.code == 2
    assert "is not UTF-8" in ran.complaint
    assert not (folder / "corpus.toml").exists()


def test_a_card_is_never_overwritten(run: Run, folder: Path) -> None:
    (folder / "corpus.toml").write_text("name = 'mine'\n")
    ran = run("corpora", "new", folder, *TOLD, "--year", "1998")
    assert ran.code == 2
    assert "exists and is never overwritten" in ran.complaint
    assert (folder / "corpus.toml").read_text() == "name = 'mine'\n"


@pytest.mark.parametrize("name", ["none", "none/none"])
def test_no_folder(name: str, run: Run, folder: Path) -> None:
    ran = run("corpora", "new", folder / name)
    assert ran.code == 2
    assert "no such folder; make it and put the text in it" in ran.complaint


def test_no_text(run: Run, tmp_path: Path) -> None:
    ran = run("corpora", "new", tmp_path)
    assert ran.code == 2
    assert "has no file whose name says its language: give --file LANG=FILE" in ran.complaint


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    (folder / "notes.txt").write_text("x\n")
    (folder / "more.txt").write_text("x\n")
    started = Terminal("corpora", "new", folder, "--cite", "told before", "--ui", "en")
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()


def test_questions_on_a_terminal(terminal: Terminal, folder: Path, run: Run) -> None:
    say = terminal.answer
    say("In which language is more.txt?", "Chechn")
    say(r"did you mean Chechen \(che_Cyrl\)", "чеченский")
    say("In which language is notes.txt?", "")
    say(r"A short name.*\[news\] ", "")
    say("What the text is.*For example: Articles", 'О "чём"')
    say("Running text, or a lexicon", "poem")
    say("kind is 'poem'; it must be text, lexicon", "")
    say("The usual ones: CC0-1.0, CC-BY-4.0", "CC BY")
    say("did you mean 'CC-BY-4.0'", "NONE")
    say("the licence of the counts", "CC0-1.0")
    say("Where the text is from", "archive \\ shelf")
    say("Who recorded", "N. N.")
    say("", "M. M.")
    say("", "")
    say("How the speakers", "")
    say("A submission needs this. Press Enter once more", "")
    say("Where to ask for text", "nobody")
    say("give an e-mail address", "name@example.org")
    say("Names of living people", "none")
    say("translated by a machine", "maybe")
    say("Answer yes or no", "нет")
    say("OCR", "yes")
    say("known to be wrong", "")
    say(r"year, Chechen \(che_Cyrl\)", "2005-1998")
    say("write a year, 1998", "1998-2005")
    say("orthography, Chechen", "")
    say("dialect, Chechen", "Akkin")
    say("place, Chechen", "")
    say(r"\[chec1245\] ", "akki1238")
    terminal.see("See whether it is ready for a submission: langcov corpora card ")
    assert terminal.close() == 0
    card = load_card(folder / "corpus.toml")
    assert card == {
        "name": "news",
        "summary": 'О "чём"',
        "licence": "NONE",
        "counts_licence": "CC0-1.0",
        "source": "archive \\ shelf",
        "collectors": ["N. N.", "M. M."],
        "contact": "name@example.org",
        "sensitive": "none",
        "machine_translated": False,
        "ocr": True,
        "cite": "told before",
        "languages": {
            "che_Cyrl": {
                "files": ["che_Cyrl.txt", "more.txt"],
                "autonym": "нохчийн",
                "script": "Cyrl",
                "year": "1998-2005",
                "dialect": "Akkin",
                "glottocode": "akki1238",
            }
        },
    }
    assert "consent: How the speakers" in run("corpora", "card", folder, "--ui", "en").out


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_writes_nothing(key: bytes, terminal: Terminal, folder: Path) -> None:
    terminal.answer("In which language is more.txt?", "")
    terminal.answer("In which language is notes.txt?", "")
    terminal.answer("A short name", "x")
    terminal.see("(?s)What the text is.*> $")
    terminal.press(key, "interrupted")
    assert terminal.close() == 130
    assert not (folder / "corpus.toml").exists()


def test_yes_asks_nothing_on_a_terminal(folder: Path) -> None:
    terminal = Terminal("corpora", "new", folder, "--yes")
    terminal.see("a submission needs --summary")
    assert terminal.close() == 2


def test_the_card_of_a_friend_may_come_in_between(terminal: Terminal, folder: Path, tmp_path: Path) -> None:
    terminal.answer("In which language is more.txt?", "")
    (tmp_path / "other.toml").write_text("name = 'theirs'\n")
    shutil.copy(tmp_path / "other.toml", folder / "corpus.toml")
    for _ in range(60):
        terminal.see("(?s)> $|never overwritten")
        if "never overwritten" in terminal.shown:
            break
        terminal.shown = ""
        os.write(terminal.screen, b"\n")
    assert terminal.close() == 2
    assert (folder / "corpus.toml").read_text() == "name = 'theirs'\n"

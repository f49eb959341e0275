"""Each command of the documentation, run as it stands there; what a page shows of the output is compared."""

from __future__ import annotations

import base64
import gzip
import json
import lzma
import shlex
import shutil
from functools import cache
from pathlib import Path

import pytest

from langcov.cli import main
from tests.corpora.readers.documents.made import docx
from tests.corpora.test_contributing import ANSWERS
from tests.lid.models import saved, train
from tests.pages import blocks, calls, run
from tests.toys import uncased_wordpiece

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [ROOT / "docs/tutorial.md", *(ROOT / "docs/howto").glob("*.md"), *(ROOT / "docs/ru").glob("*.md")]
)
MODELS = ROOT / "langcov" / "data" / "tokenizers"


@cache
def udhr() -> dict[str, list[str]]:
    """Words of the bundled declaration by language, ten a line; no sentences, but real words."""
    [table] = (ROOT / "langcov/data/corpora/udhr").glob("*.words.tsv.xz")
    words: dict[str, list[str]] = {}
    for row in lzma.decompress(table.read_bytes()).decode().splitlines():
        if row[0] != "#":
            language, _, _, word, _ = row.split("\t")
            words.setdefault(language, []).append(word)
    return {
        language: [" ".join(found[at : at + 10]) for at in range(0, len(found), 10)]
        for language, found in words.items()
    }


def write(path: str, lines: list[str]) -> None:
    """A text file, with its folder."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def pulled(shared: Path) -> None:
    """The files of a recipe and the corpus that a page fetches, as the commands leave them."""
    files = Path("cache/recipes/fineweb-2")
    files.mkdir(parents=True)
    Path("ntrex-text").mkdir()
    for language in ("tat_Cyrl", "rus_Cyrl"):
        shutil.copy(shared / "filters/fineweb2/configs" / f"{language}.yml", files)
    for language in ("tat_Cyrl", "rus_Cyrl", "eng_Latn"):
        shutil.copy(shared / "corpora/ntrex" / f"{language}.txt", "ntrex-text")
    names = shared / "corpora/ntrex/DOCUMENT_IDS.txt"
    card = f'name = "ntrex-text"\nalignment = "lines"\ndocuments = "{names}"\n'
    Path("ntrex-text/corpus.toml").write_text(card, "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that pages take readers to have, by their names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "cache"))
    for names, model in (("my old a", "rus"), ("new b", "balanced")):
        for name in names.split():
            shutil.copy(MODELS / f"langcov-{model}-32k.model", f"{name}.model")
    for language in ("tat", "kaz", "rus"):
        lines = udhr()[f"{language}_Cyrl"]
        write(f"dev/{language}.txt", lines[::2])
        write(f"test/{language}.txt", lines[1::2])
        write(f"parallel/{language}.txt", lines[:50])
    write("chats.txt", udhr()["tat_Cyrl"])
    text = "<w:p><w:r><w:t>И туган тел, и матур тел, əткəм-әнкәмнең теле!</w:t></w:r></w:p>"
    Path("story.docx").write_bytes(docx(text))
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT / "docs")))
def test_the_commands_of_a_page(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    if page.name == "recipes.md":
        for library in ("datatrove", "pooch", "requests"):
            pytest.importorskip(library)
        pulled(request.getfixturevalue("shared"))
    run(page.read_text("utf-8"), capsys)


def test_the_russian_page_has_the_same_commands() -> None:
    pages = ((ROOT / "docs" / name / "text.md").read_text("utf-8") for name in ("howto", "ru"))
    english, russian = ([" ".join(words).removesuffix(" --ui ru") for words in calls(page)] for page in pages)
    assert russian == english
    assert len(russian) == 9


ELSEWHERE = ("../shared", "ORG/REPO", "ntrex-text", "fineweb-2", "shards/", "tat=s3:", "tcp://")
"""What a command has that needs large files (``test_readme``) or a network."""
README = calls((ROOT / "README.md").read_text("utf-8"))
SMALL = {
    "tokenizers": ["--corpus", "udhr", "--lang", "tat,rus"],
    "lid": ["--corpus", "test", "--max-lines", "10"],
    "new": [*ANSWERS, "--licence", "CC0-1.0", "--lang", "tat"],
}
"""What is added where a command of the README would measure 57 languages, or ask."""


@pytest.fixture
def readme_folder(folder: Path) -> Path:
    """The files that the README names."""
    uncased_wordpiece().save("tokenizer.json")
    ranks = (b"%s %d\n" % (base64.b64encode(bytes([byte])), byte) for byte in range(256))
    Path("ranks.tiktoken").write_bytes(b"".join(ranks))
    model = train(folder, {"rus": "кот дом сад", "tat": "мәче йорт бакча"})
    for name in ("lid.176.ftz", "my.bin", "openlid.bin"):
        saved(model, folder / name)
    write("labels.tsv", ["rus\trus\tCyrl", "tat\ttat\tCyrl"])
    lines = udhr()["tat_Cyrl"]
    for name in ("folder", "A", "B"):
        shutil.copytree("parallel", name)
    write("DIR/tat.txt", lines)
    write("news.txt", ["мотт хӏинца", "х1инца мотт"] * 20)
    tiers = [
        f"{n}\t{tier}\t{line}\t{n + 1}" for n, line in enumerate(udhr()["niv_Cyrl"]) for tier in ("tx", "ft")
    ]
    write("talk.tsv", ["tmin\ttier\ttext\ttmax", *tiers])
    write("table.tsv", ["id\tsentence", *(f"{number}\t{line}" for number, line in enumerate(lines))])
    write("mixed.tsv", ["lang\tsentence", *(f"{code}\tкот {code}" for code in ("tat", "rus") * 30)])
    write("pages.jsonl", [json.dumps({"translation": {"tt": line}}) for line in [*lines, None]])
    for model, name in (("my", "result"), ("old", "before"), ("new", "after")):
        system = f"ours={model}.model"
        assert main(["tokenizers", system, "--corpus", "tat=news.txt", "--quiet", "-o", f"{name}.json"]) == 0
    Path("pages.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": lines[0]}).encode()))
    return folder


def test_the_commands_of_the_readme(readme_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in README:
        if not any(part in word for part in ELSEWHERE for word in words):
            whole = "--corpus" in words or "--lang" in words or "--test-on" in words
            small = [] if whole else SMALL.get(words[1] if words[0] == "corpora" else words[0], [])
            allowed = (0, 1) if words[:2] == ["corpora", "check"] else (0,)
            assert main([*words, *small]) in allowed, (shlex.join(words), capsys.readouterr().err)


def test_the_settings_of_the_readme_are_read(readme_folder: Path) -> None:
    """With a file in place of the encoding that tiktoken would fetch."""
    [settings] = (
        block.text for block in blocks((ROOT / "README.md").read_text("utf-8")) if block.kind == "toml"
    )
    local = settings.replace("tiktoken:o200k_base", "tiktoken:ranks.tiktoken?pattern=o200k_base")
    assert local != settings
    Path("langcov.toml").write_text(local, "utf-8")
    assert main(["run", "--dry-run", "--baseline"]) == 0

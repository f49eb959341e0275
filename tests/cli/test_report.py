"""``langcov report``: a saved result as the command that measured it showed it, byte for byte."""

from __future__ import annotations

import json
import lzma
import random
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from langcov.cli import measuring
from langcov.core import ui
from langcov.report import formats, render
from langcov.results.result import Result
from tests.cli.conftest import Run
from tests.lid.models import WORDS, saved, train
from tests.toys import dropping_bpe
from tokenizers import Tokenizer, models, pre_tokenizers


def no_tokens(folder: Path) -> str:
    """A tokenizer that fails on every text."""
    made = Tokenizer(models.BPE({"q": 0}, []))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.save(str(folder / "none.json"))
    return f"hf:{folder}/none.json"


@pytest.fixture
def shown_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """See that every format of a saved result is what the live command prints, at two widths."""
    made: list[Result] = []

    def watched(result: Result, format: str, **how: Any) -> str:
        made.append(result)
        return render(result, format, **how)

    monkeypatch.setattr(measuring, "render", watched)

    def check(*args: object, code: int = 0) -> None:
        path = tmp_path / "result.json"
        live = run(*args, "-o", path)
        assert live.code == code
        assert run("report", path) == (0, live.out, "")
        for format, width in product(("json", "table", "md", "latex", "csv"), ("80", "200")):
            monkeypatch.setenv("COLUMNS", width)
            assert run("report", path, "--format", format).out == render(made[0], format)
        assert run("report", path, "--format", "json").out == path.read_text("utf-8")

    return check


TOKENIZERS = {
    "hygiene, details, lists of other orders": "z=langcov-rus-32k a=langcov-balanced-32k bytes --aligned "
    "--trained-on z=words --trained-on a=words --reference tat,eng --costly-words 3",
    "price, perturbations in another order": "chars --price 2.5 --context 100 --words uax29 --no-hygiene "
    "--perturb nfd,case,lookalike",
}


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Texts in four languages, some with letters of another script, and names that CSV has to quote."""
    folder = tmp_path / "words"
    folder.mkdir()
    for language, line in {**WORDS, "eve": "дю мут"}.items():
        (folder / f"{language}.txt").write_text(f"{line}\nпaр {line}, {line}\n" * 30, "utf-8")
    return folder


@pytest.mark.parametrize("options", TOKENIZERS)
def test_tokenizers(options: str, shown_again: Callable[..., None], words: Path) -> None:
    shown_again("tokenizers", *TOKENIZERS[options].split(), "--corpus", words)


def test_tokenizers_that_fail_or_lose_text(
    shown_again: Callable[..., None], words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that can't be loaded, and one whose name CSV has to quote."""
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    for name in ("z", "a"):
        dropping_bpe().save(str(tmp_path / f"{name}.json"))
    (tmp_path / "x.tiktoken").write_bytes(b"YQ== 0\n")
    missing = f"tiktoken:{tmp_path}/x.tiktoken?pattern=gpt2"
    specs = (f"hf:{tmp_path}/z.json", f"hf:{tmp_path}/a.json", no_tokens(tmp_path), missing, "@,x=chars")
    shown_again("tokenizers", *specs, "--corpus", words, code=3)


@pytest.mark.parametrize("language", ui.LANGUAGES)
def test_which_tokenizer_to_take(
    language: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    path = tmp_path / "r.json.xz"
    args = ("tokenizers", "langcov-rus-32k", "bytes", "--lang", "tat,kpy,che", "--no-hygiene")
    try:
        live = run(*args, "-o", path)
        assert ("Which of these" in live.out) == (language == "en")
        assert run("report", path).out == live.out
    finally:
        ui.use("en")
    asked = json.loads(lzma.decompress(path.read_bytes()))["asked"]
    assert [row["asked"] for row in asked] == ["tat_Cyrl", "kpy_Cyrl", "che_Cyrl"], "as they were asked"
    assert [row["told_by"] is None for row in asked] == [False, True, False]
    alone = run(
        "tokenizers", "bytes", "--lang", "tat", "--corpus", "udhr", "--format", "json", "--no-hygiene"
    )
    assert "asked" not in json.loads(alone.out)


@pytest.mark.parametrize("options", ["", "--perturb nfd,case,lookalike --policy group --top 3 --no-hygiene"])
def test_language_identification(
    options: str, shown_again: Callable[..., None], words: Path, tmp_path: Path
) -> None:
    pytest.importorskip("fasttext")
    pytest.importorskip("pycld2")
    model = saved(train(tmp_path), tmp_path / "small.bin")
    shown_again("lid", f"z={model}", "cld2", f"a={model}", "--corpus", words, *options.split())


@pytest.fixture
def results(run: Run, words: Path, tmp_path: Path) -> list[Path]:
    """Two results of other tokenizers, on the same text."""
    paths = [tmp_path / "first.json", tmp_path / "second.json.xz"]
    for spec, path in zip(("bytes", "chars"), paths):
        run("tokenizers", spec, "--corpus", words, "-o", path, "--no-hygiene")
    return paths


ENDINGS = {".md": "md", ".csv": "csv", ".tex": "latex", ".json": "json", ".txt": "table", ".TXT": "table"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_has_the_format_of_its_ending(
    ending: str, run: Run, results: list[Path], tmp_path: Path
) -> None:
    target = tmp_path / f"out{ending}"
    assert run("report", results[0], "-o", target) == (0, "", "")
    shown = run("report", results[0], "--format", ENDINGS[ending]).out
    assert target.read_text("utf-8") == shown
    assert run("report", results[0], "-o", target, "--format", "csv").code == 0
    assert target.read_text("utf-8").startswith("system,corpus,")
    if ending == ".json":
        assert shown == results[0].read_text("utf-8")


def test_several_results(run: Run, results: list[Path]) -> None:
    for format in ("table", "md", "latex"):
        alone = [run("report", one, "--format", format).out for one in results]
        assert run("report", *results, "--format", format).out == "\n".join(alone)
    alone = [run("report", one, "--format", "csv").out for one in results]
    whole = run("report", *results, "--format", "csv").out
    assert whole == alone[0] + alone[1].split("\n", 1)[1]
    assert run("report", results[0], results[0]).out == run("report", results[0]).out


def test_what_can_not_stand_together(run: Run, results: list[Path], tmp_path: Path) -> None:
    assert "json holds one result" in run("report", *results, "--format", "json").complaint
    copy = tmp_path / "copy.json"
    copy.write_bytes(results[0].read_bytes())
    said = run("report", results[0], copy, "--format", "csv")
    assert said.code == 2 and f"{copy}: it has " in said.complaint and str(results[0]) in said.complaint


@pytest.mark.parametrize("target", ["first.json", "second.json.xz", "first.rows.npz"])
def test_no_result_is_written_over(target: str, run: Run, results: list[Path], tmp_path: Path) -> None:
    before = (tmp_path / target).read_bytes()
    ran = run("report", *results, "--format", "md", "-o", tmp_path / target)
    assert ran.code == 2 and "never written over" in ran.complaint
    assert (tmp_path / target).read_bytes() == before


@pytest.mark.parametrize("target", ["out", "out.pdf", "out.md.gz"])
def test_an_ending_that_says_nothing(target: str, run: Run, results: list[Path], tmp_path: Path) -> None:
    ran = run("report", results[0], "-o", tmp_path / target)
    assert ran.code == 2 and "no known ending (.md, .csv" in ran.complaint
    assert not (tmp_path / target).exists()


def test_a_plug_in_shows_one_result(run: Run, results: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(result: Any) -> str:
        return f"{len(result.records)} records\n"

    monkeypatch.setitem(formats(), "toy", lines)
    assert run("report", results[0], "--format", "toy").out.endswith(" records\n")
    assert "toy holds one result" in run("report", *results, "--format", "toy").complaint


WRONG: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "findings": lambda data: b'{"schema": "langcov.findings/1"}',
    "another version": lambda data: data.replace(b"langcov.result/1", b"langcov.result/2"),
    "not JSON": lambda data: b"\x89PNG\r\n\x1a\n",
    "NaN": lambda data: data.replace(b'"value": 0.0', b'"value": NaN', 1),
    "infinite": lambda data: data.replace(b'"value": 0.0', b'"value": 1e999', 1),
    "a key less": lambda data: data.replace(b'"unit": ', b'"unity": ', 1),
    "a total that is text": lambda data: data.replace(b'"lines": 60', b'"lines": "60"', 1),
    "a corpus without a name": lambda data: data.replace(b'{"name": ', b'{"nome": ', 1),
    "compressed and cut": lambda data: lzma.compress(data)[:-20],
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_result_is_told_in_a_line(wrong: str, run: Run, results: list[Path]) -> None:
    data = results[0].read_bytes()
    changed = WRONG[wrong](data)
    assert changed != data
    results[0].write_bytes(changed)
    ran = run("report", results[0], results[1])
    assert ran.code == 2 and str(results[0]) in ran.complaint


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "No such file" in run("report", tmp_path / "none.json").complaint
    assert "unrecognized" in run("report", tmp_path / "none.json", "--quiet").err


def test_any_change_is_shown_or_told_in_a_line(run: Run, results: list[Path]) -> None:
    """A part of a result may be dropped or be of another type: never a traceback."""
    whole = results[0].read_text("utf-8")
    chance = random.Random(0)
    codes = []
    for _ in range(60):
        parts = json.loads(whole)
        here, key = parts, ""
        while isinstance(here, dict | list) and here and (not key or chance.random() < 0.7):
            holder: Any = here
            key = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
            here = here[key]
        if chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = chance.choice([None, True, -1, 1.5, "", "tat_Cyrl", [], {}, [{}], ["a"]])
        results[0].write_text(json.dumps(parts), "utf-8")
        ran = run("report", results[0], "--format", chance.choice(["table", "md", "csv", "latex", "json"]))
        assert ran.code in (0, 2), ran.err
        assert ran.err.count("\n") == (ran.code == 2)
        codes.append(ran.code)
    assert {0, 2} <= set(codes)


def test_a_site(run: Run, results: list[Path], tmp_path: Path) -> None:
    """Its files, and nothing on stdout; again with less, what is not made anew goes."""
    site = tmp_path / "site"
    assert run("report", *results, results[0], "--site", site) == (0, "", "")
    assert {path.name for path in (site / "tokenizers").iterdir()} == {"bytes.html", "chars.html"}
    assert (site / "languages" / "tat_Cyrl.html").is_file()
    assert run("report", results[0], "--site", site) == (0, "", "")
    assert [path.name for path in (site / "tokenizers").iterdir()] == ["bytes.html"]
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".")} == set()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("-o x.md", "--site writes a folder of pages: leave out --format, -o and --csv-raw"),
        ("--format csv", "--site writes a folder of pages: leave out --format, -o and --csv-raw"),
        ("cut.json", "cut.json: not JSON, or cut short"),
        ("other.json", "other.json: another schema than langcov.result/1"),
    ],
)
def test_no_site_of_what_is_wrong(
    given: str, why: str, run: Run, results: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = results[0].read_text("utf-8")
    Path("cut.json").write_text(text[: len(text) // 2], "utf-8")
    Path("other.json").write_text(text.replace("langcov.result/1", "langcov.result/9"), "utf-8")
    ran = run("report", results[0], *given.split(), "--site", "site")
    assert (ran.code, why in ran.complaint) == (2, True)
    assert not Path("site").exists()


def test_no_site_in_place_of_what_others_made(run: Run, results: list[Path], tmp_path: Path) -> None:
    before = {path: path.stat().st_size for path in tmp_path.iterdir()}
    ran = run("report", *results, "--site", tmp_path)
    assert (ran.code, "so langcov didn't make it: name an empty folder" in ran.complaint) == (2, True)
    assert {path: path.stat().st_size for path in tmp_path.iterdir()} == before

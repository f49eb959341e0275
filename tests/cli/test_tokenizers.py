"""``langcov tokenizers`` as clumsy, hostile and unlucky users run it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import langcov
from langcov.cli.tokenizers import _prepare
from langcov.core import ui
from langcov.core.pool import pool
from langcov.core.work import Prepared
from langcov.counting.distinct_words import table_bytes
from langcov.counting.jobs import Counted, Job
from langcov.errors import UserError
from langcov.hygiene.engine.summary import with_hygiene
from tests.cli.conftest import Run, environment, spawn, wait_until_idle
from tests.toys import dropping_bpe, uncased_wordpiece
from tokenizers import Tokenizer, models, pre_tokenizers


def numbers(text: str) -> dict[str, Any]:
    """A result without when and where it was made."""
    parts = json.loads(text)
    return {name: part for name, part in parts.items() if name not in ("created", "environment")}


def values(text: str) -> dict[tuple[str, str | None, str, str | None], float | None]:
    """Each record's value by system, language, metric and reference."""
    keys = ("system", "language", "metric", "reference")
    return {tuple(r[k] for k in keys): r["value"] for r in json.loads(text)["records"]}  # type: ignore[misc]


def test_every_format_parses(run: Run, texts: Path) -> None:
    args = ("tokenizers", "bytes", "chars", "--corpus", texts, "--aligned", "--format")
    result = json.loads(run(*args, "json").out)
    schema = json.loads((files("langcov.data") / "result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(result)
    rows = list(csv.DictReader(run(*args, "csv").out.splitlines()))
    assert len(rows) == len(result["records"])
    assert {row["metric"] for row in rows} == {record["metric"] for record in result["records"]}
    markdown = run(*args, "md").out
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len(table) > 3
    latex = run(*args, "latex").out
    assert latex.count(r"\begin{longtable}") == latex.count(r"\end{longtable}") > 0
    for view in (run(*args, "table").out, markdown, latex):
        assert "Russian" in view
        assert "corpus:" in view


def test_options_reach_the_numbers(run: Run, texts: Path) -> None:
    (texts / "rus.txt").write_text("ёж-ёж спит\n" * 60, "utf-8")
    args = ("tokenizers", "chars", "--corpus", texts, "--aligned", "--format", "json")

    def value(metric: str, *options: object, reference: str | None = None) -> float | None:
        return values(run(*args, *options).out)["chars", "rus_Cyrl", metric, reference]

    assert value("fertility") == 5
    assert value("fertility", "--words", "uax29") == pytest.approx(10 / 3)
    assert value("tokens_per_line", "--normalize", "NFD") == 12
    assert value("context_chars", "--context", 100) == 100
    assert value("price_per_million_chars", "--price", 2.5) == 2.5
    assert value("premium", "--reference", "tat,rus", reference="rus_Cyrl") == 1
    assert value("premium", "--reference", "tat,rus", reference="tat_Cyrl") is None
    assert json.loads(run(*args, "--max-lines", 7).out)["totals"][0]["lines"] == 7
    only = json.loads(run(*args, "--lang", "ru").out)["corpora"][0]["languages"]
    assert only == ["eng_Latn", "rus_Cyrl"], "a reference stays, if it is there"
    assert values(run(*args).out) == values(run(*args, "--method", "lines").out)


@pytest.mark.parametrize("jobs", [1, 2])
def test_costs_of_perturbations(jobs: int, run: Run, texts: Path) -> None:
    (texts / "rus.txt").write_text("ёж\n" * 60, "utf-8")
    args = (
        "tokenizers",
        "bytes",
        "chars",
        "--corpus",
        texts,
        "--perturb",
        "nfd,lookalike",
        "--perturb",
        "nfd",
    )
    ran = run(*args, "--format", "json", "--jobs", jobs)
    assert (ran.code, ran.err) == (0, "")
    found = values(ran.out)
    assert found["chars", "rus_Cyrl", "nfd_cost", None] == 1 / 2
    assert found["bytes", "rus_Cyrl", "nfd_cost", None] == 1 / 2
    assert found["chars", "rus_Cyrl", "lookalike_cost", None] == 0
    assert found["bytes", "eng_Latn", "lookalike_cost", None] is None
    assert "|perturb:nfd,lookalike|" in json.loads(ran.out)["signature"]["long"]
    shown = run(*args, "--format", "md", "--jobs", jobs).out
    assert "| nfd | lookalike |" in shown and "not written in Cyrillic" in shown
    assert "nfd" not in run(*args[:5], "--format", "md").out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--price nan", "a price of nan: it must be a number from 0"),
        ("--price -1", "a price of -1.0: it must be"),
        ("--price 1e400", "a price of inf: it must be"),
        ("--price abc", "invalid float value: 'abc'"),
        ("--context 0", "'0' is no whole number from 1 up"),
        ("--context 1e3", "'1e3' is no whole number"),
        ("--context " + "9" * 400, "it must be from 1 to"),
        ("--max-lines -3", "'-3' is no whole number"),
        ("--jobs many", "'many' is no whole number"),
        ("--lang xyz", "unknown language 'xyz'"),
        ("--lang tatr", "did you mean Tatar (tat_Cyrl)"),
        (
            "--lang tat",
            "no corpus has tat (tat_Cyrl); bundled ones that have it: commonvoice, flores, ntrex, udhr; "
            "there are eng_Latn, rus_Cyrl",
        ),
        ("--reference xyz", "unknown language 'xyz'"),
        ("--normalize nfd", "invalid choice: 'nfd'"),
        ("--perturb Case", "unknown perturbation 'Case': known are case, nfd,"),
        ("--perturb nfd,cas", "unknown perturbation 'cas'"),
        ("--encoding klingon", "no encoding is called 'klingon'"),
        ("-o none/x.json", "none: no such folder to write x.json into"),
        ("-o /tmp", "/tmp is a folder: name a file to write"),
        ("-o " + "x" * 300, "cannot be written (File name too long)"),
    ],
)
def test_wrong_options(options: str, message: str, run: Run, texts: Path) -> None:
    ran = run("tokenizers", "bytes", "--corpus", texts, *options.split())
    assert ran.code == 2
    assert message in ran.complaint


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("spm:none.model", "none.model: no such file"),
        ("none.model", "none.model: no such file"),
        ("spm:", "nothing after spm"),
        ("sentencepeice:x", "unknown kind 'sentencepeice' (known kinds: bpe, bytes, chars, clip,"),
        ("tekkn:x.json", "did you mean 'tekken'?"),
        ("byte", "did you mean 'bytes'?"),
        ("langcov-rus", "did you mean 'langcov-rus-32k'?"),
        ("tiktoken:cl100k", "no such encoding (known: gpt2,"),
        ("=bytes", "a label is written NAME=SPEC"),
        ("bytes:x", "bytes takes nothing after it"),
        ("{folder}", "a folder, not a tokenizer file"),
        ("spm:{folder}", "a folder, not a tokenizer file"),
        ("{folder}/empty", "the file is empty"),
        ("{folder}/rus.txt", "can't tell what tokenizer this is; name its kind"),
        ("{folder}/rus.txt", "text to measure stands after --corpus"),
        ("spm:{folder}/rus.txt", "not a SentencePiece model, or cut short"),
        ("hf:{folder}/rus.txt", "not a tokenizer.json, or cut short"),
        ("tiktoken:{folder}/rus.txt?pattern=gpt2", "rus.txt:1: not a line of base64, space, rank"),
        ("tiktoken:{folder}/rus.txt?pattern=x", "no pattern of that name (known: gpt2, cl100k_base"),
        ("tekken:{folder}/rus.txt", "not a tekken file, or cut short"),
        ("rwkv:{folder}/rus.txt", "rus.txt:1: not a line of id, literal, length"),
        ("wordpiece:{folder}/rus.txt", "not a WordPiece vocabulary"),
        ("{folder}/cut.json", "not valid JSON"),
        ("{folder}/deep.json", "not valid JSON"),
        ("tekken:{folder}/deep.json", "not a tekken file, or cut short"),
        ("{folder}/list.json", "can't tell what tokenizer this is"),
        ("{folder}/other.json", "neither a tokenizers file"),
        ("{folder}/cut.model", "not a SentencePiece model, or cut short"),
    ],
)
def test_what_is_no_tokenizer(spec: str, message: str, run: Run, texts: Path, toy: Path) -> None:
    model = toy.read_bytes()
    contents = {"empty": b"", "cut.json": b'{"model": {"type": "BPE"', "deep.json": b'{"a":' * 100_000}
    contents |= {"list.json": b"[1, 2]", "other.json": b'{"a": 1}', "cut.model": model[: len(model) // 2 + 1]}
    for name, content in contents.items():
        (texts / name).write_bytes(content)
    ran = run("tokenizers", spec.format(folder=texts), "--corpus", f"rus={texts}/rus.txt")
    assert ran.code == 2
    assert message in ran.complaint


def test_tokenizers_may_stand_behind_options(run: Run, texts: Path) -> None:
    ran = run("tokenizers", "bytes", "--corpus", texts, "chars", "--format", "json", "mine=chars")
    assert [system["name"] for system in json.loads(ran.out)["systems"]] == ["bytes", "chars", "mine"]


def test_names_of_tokenizers(run: Run, texts: Path) -> None:
    args = ("--corpus", texts, "--format", "json")
    assert "two tokenizers are called 'bytes'" in run("tokenizers", "bytes", "bytes", *args).complaint
    assert "two tokenizers are called 'a'" in run("tokenizers", "a=bytes", "a=chars", *args).complaint
    odd = texts / "a=b.vocab.txt"
    odd.write_text("кот\n", "utf-8")
    for jobs in (1, 2):
        ran = run("tokenizers", f"vocab:{odd}", "x|y=bytes", "--jobs", jobs, *args)
        assert [system["name"] for system in json.loads(ran.out)["systems"]] == ["a=b", "x|y"]


def test_where_tiktoken_panics_the_others_are_measured(
    run: Run, texts: Path, toy: Path, toy_tiktoken: str
) -> None:
    (texts / "rus.txt").write_text("кот\n" * 25 + " " * 2_000_000 + "x\n", "utf-8")
    ran = run("tokenizers", "bytes", toy_tiktoken, toy, "--corpus", texts, "--format", "json")
    assert ran.code == 3
    [line] = ran.err.splitlines()
    assert line.startswith(
        f"langcov: toy could not be measured: rus_Cyrl of {texts.name}: {texts}/rus.txt, line 26: "
    )
    found = values(ran.out)
    assert found["bytes", "rus_Cyrl", "tokens_per_line", None] == (25 * 6 + 2_000_001) / 26
    assert found["small", "rus_Cyrl", "tokens_per_line", None]
    assert found["toy", "rus_Cyrl", "tokens_per_line", None] is None
    assert found["toy", "eng_Latn", "tokens_per_line", None] == (12 + 5) / 2
    reasons = {
        r["reason"]
        for r in json.loads(ran.out)["records"]
        if r["language"] == "rus_Cyrl" and r["system"] == "toy"
    }
    assert any("rus.txt, line 26" in (reason or "") for reason in reasons)


@pytest.mark.parametrize("system", ["bytes", "toy", "tiktoken"])
def test_a_line_of_megabytes_without_a_space(
    system: str, run: Run, texts: Path, toy: Path, toy_tiktoken: str
) -> None:
    spec = {"bytes": "bytes", "toy": f"t={toy}", "tiktoken": f"t={toy_tiktoken}"}[system]
    (texts / "rus.txt").write_text("кот" * 800_000 + "\n", "utf-8")
    ran = run("tokenizers", spec, "--corpus", f"rus={texts}/rus.txt", "--format", "json")
    assert ran.code == 0
    [totals] = json.loads(ran.out)["totals"]
    assert (totals["lines"], totals["words"], totals["bytes"]) == (1, 1, 4_800_000)
    assert totals["round_trip"] == 1
    assert totals["tokens"] == 4_800_000 or system == "toy"


def without(libraries: list[str], *args: object) -> subprocess.CompletedProcess[bytes]:
    """The command where these can't be imported."""
    return spawn(*args, code=f"import sys; sys.modules.update(dict.fromkeys({libraries}))")


def test_a_library_that_is_not_there(texts: Path, toy_tiktoken: str) -> None:
    (texts / "t.json").write_text("{}", "utf-8")
    args = ("tokenizers", f"hf:{texts}/t.json", "--corpus", texts)
    ran = without(["tokenizers"], *args)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr == b"langcov: a tokenizer.json needs tokenizers: pip install 'langcov[hf]'\n"
    ran = without(["tokenizers", "tiktoken"], *args, toy_tiktoken, "bytes", "--format", "json")
    assert ran.returncode == 3
    assert [line.partition(": pip install ")[2] for line in ran.stderr.decode().splitlines()] == [
        "'langcov[hf]'",
        "'langcov[tiktoken]'",
    ]
    skipped = {s["name"]: s["skipped"] for s in json.loads(ran.stdout)["systems"]}
    assert skipped.pop("bytes") is None
    assert all("pip install" in reason for reason in skipped.values())


def test_a_page_without_its_libraries_is_refused_before_anything_is_measured(
    run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langcov.report.find_spec", lambda name: None)
    monkeypatch.setattr("langcov.cli.tokenizers.measure", lambda *_, **__: pytest.fail("it was measured"))
    ran = run("tokenizers", "bytes", "--corpus", texts, "--format", "html")
    assert ran.code == 2
    assert ran.complaint == "langcov: a page with pictures needs altair: pip install 'langcov[report]'"


def test_workers_do_not_show(run: Run, texts: Path, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (texts / "eng.txt").write_text("".join(f"a cat {i}\r\n" * (i % 3) + "\n" for i in range(900)), "utf-8")
    args = ("tokenizers", "bytes", f"toy={toy}", "--corpus", texts, "--format", "json")
    alone = numbers(run(*args).out)
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", 2000)
    ran = run(*args, "--jobs", 2)
    assert (ran.code, ran.err) == (0, "")
    assert numbers(ran.out) == alone
    assert numbers(run(*args).out) == alone, "without workers nothing is cut"


def test_a_tokenizer_that_changes_before_a_worker_loads_it(toy: Path) -> None:
    """Its sha256 is that of what was loaded first; what goes wrong while it loads is said as here."""
    for sha256, said in (("0" * 64, "was changed while it was read"), (None, "no such file")):
        spec = str(toy) if sha256 else f"{toy}.gone"
        named = [("toy", spec, "reference", sha256)]
        count: Prepared[Job, Counted] = Prepared("a", _prepare, (named,))
        with pool(1) as workers, pytest.raises(UserError, match=said):
            workers.submit(count, Job(*[None] * 3)).result()  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2])
def test_text_that_is_lost_is_no_merit(jobs: int, run: Run, tmp_path: Path) -> None:
    """Left out without an UNK: fewer tokens than of a tokenizer that keeps all."""
    dropping_bpe().save(str(tmp_path / "dropping.json"))
    uncased_wordpiece().save(str(tmp_path / "uncased.json"))
    texts = tmp_path / "lost"
    texts.mkdir()
    (texts / "tat.txt").write_text("Ән ҷә\nә  й\nкот\n" * 40, "utf-8")
    (texts / "rus.txt").write_text("кот ак\n" * 60, "utf-8")
    specs = (f"hf:{tmp_path}/dropping.json", "all=langcov-rus-32k", f"hf:{tmp_path}/uncased.json")
    args = ("tokenizers", *specs, "--corpus", texts, "--no-hygiene", "--jobs", jobs, "--format")
    ran = run(*args, "json")
    assert (ran.code, ran.err) == (0, "")
    found = values(ran.out)
    assert found["dropping", "tat_Cyrl", "lost_characters", None] == 5 / 9  # all but н and кот
    assert found["dropping", "rus_Cyrl", "lost_characters", None] == 0
    assert found["all", "tat_Cyrl", "lost_characters", None] == 0
    assert found["dropping", "tat_Cyrl", "continued_words", None] is None
    [changed] = [row for row in json.loads(ran.out)["changed_letters"] if row["letter"] == "й"]
    assert changed == {
        "system": "uncased",
        "corpus": "lost",
        "language": "tat_Cyrl",
        "letter": "й",
        "became": "и",
        "count": 40,
    }
    shown = run(*args, "md").out
    assert "▼" not in next(line for line in shown.splitlines() if "Tatar" in line)
    assert "loses text of Tatar" in shown
    assert "uncased changes letters (Tatar): й→и" in shown
    assert "needs the fewest tokens" not in shown


def test_training_is_told_by_name_or_spec(run: Run, texts: Path, toy_tiktoken: str) -> None:
    args = (
        "tokenizers",
        "chars",
        f"toy={toy_tiktoken}",
        "--corpus",
        texts,
        "--no-hygiene",
        "--format",
        "json",
    )
    for name in ("toy", toy_tiktoken):
        ran = run(*args, "--trained-on", f"{name}={texts.name},web")
        assert (ran.code, ran.err) == (0, "")
        told = {system["name"]: system["trained_on"] for system in json.loads(ran.out)["systems"]}
        assert told == {"chars": None, "toy": sorted([texts.name, "web"])}
    for wrong, message in (("toy", "write NAME=CORPUS"), ("toy=,", "write NAME=CORPUS"), ("no=web", "'no'")):
        ran = run(*args, "--trained-on", wrong)
        assert ran.code == 2 and message in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_token_at_all_is_not_measured(jobs: int, run: Run, texts: Path, tmp_path: Path) -> None:
    made = Tokenizer(models.BPE({"q": 0}, []))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.save(str(tmp_path / "none.json"))
    args = ("tokenizers", f"hf:{tmp_path}/none.json", "bytes", "--corpus", texts / "rus.txt", "--jobs", jobs)
    ran = run(*args, "--format", "json")
    assert ran.code == 3
    assert values(ran.out)["none", "rus_Cyrl", "fertility", None] is None
    assert "it gives no token for this text" in ran.err


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_to_measure(jobs: int, run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", 2000)
    args = ("tokenizers", "bytes", "--jobs", jobs, "--corpus")
    for content in ("", "\n" * 5000):
        (texts / "rus.txt").write_text(content, "utf-8")
        ran = run(*args, f"rus={texts}/rus.txt")
        assert ran.code == 2
        assert f"rus.txt holds no text (lines read: {len(content)})" in ran.complaint
    (texts / "rus.txt").write_bytes(b"x\n" * 3000 + b"\xff\n")
    assert "rus.txt, line 3001, byte 1: 0xff is not valid UTF-8" in run(*args, texts).complaint


def test_a_worker_that_dies(texts: Path) -> None:
    (texts / "die.py").write_text(
        "import os\nfrom langcov.cli import tokenizers\nif __name__ == '__mp_main__': os._exit(9)\n"
        "from langcov.cli import main\nraise SystemExit(main())\n"
    )
    command = [
        sys.executable,
        str(texts / "die.py"),
        "tokenizers",
        "bytes",
        "--jobs",
        "2",
        "--corpus",
        f"rus={texts}/rus.txt",
    ]
    ran = subprocess.run(command, capture_output=True, env=environment(), timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"langcov: a worker process died")


@contextmanager
def reading_a_pipe(texts: Path, jobs: int) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has finished Russian, and reads English from a pipe that gives nothing."""
    (texts / "eng.txt").unlink()
    os.mkfifo(texts / "eng.txt")
    corpora = (f"--corpus=rus={texts}/rus.txt", f"--corpus=eng={texts}/eng.txt")
    args = ("tokenizers", "bytes", *corpora, "--jobs", str(jobs), "-o", str(texts / "out.json"))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "langcov", *args]
    process = subprocess.Popen(command, env=environment(), start_new_session=True, **pipes)  # type: ignore[call-overload]
    with (texts / "eng.txt").open("w"):  # waits until it is being read
        wait_until_idle(process.pid)  # the other worker may still hold Russian
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("number", "jobs", "whole_group"),
    [
        *((signal.SIGINT, jobs, whole) for jobs in (1, 2) for whole in (False, True)),
        *((signal.SIGTERM, 1, False), (signal.SIGTERM, 2, True), (signal.SIGHUP, 2, True)),
    ],
)
def test_an_interrupt_keeps_what_was_finished(number: int, jobs: int, whole_group: bool, texts: Path) -> None:
    """Ctrl-C, a closed terminal, or a system that stops."""
    with reading_a_pipe(texts, jobs) as process:
        for _ in range(1 + (number == signal.SIGHUP)):  # of a closed terminal the shell tells as well
            (os.killpg if whole_group else os.kill)(process.pid, number)
        printed, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b"langcov: interrupted; what was finished is kept\n"
    assert b"Russian" in printed
    result = json.loads((texts / "out.json").read_text("utf-8"))
    assert {row["language"] for row in result["totals"]} == {"rus_Cyrl"}
    assert "partial:interrupted" in result["signature"]["short"]
    assert sorted(path.name for path in texts.iterdir()) == [
        "eng.txt",
        "out.json",
        "out.rows.npz",
        "rus.txt",
    ]


def test_a_terminal_that_is_gone_costs_no_result(texts: Path) -> None:
    """After SIGHUP nothing can be printed any more."""
    with reading_a_pipe(texts, 1) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        process.stderr.close()
        process.send_signal(signal.SIGHUP)
        assert process.wait(30) == 130
    assert "partial:interrupted" in json.loads((texts / "out.json").read_text("utf-8"))["signature"]["short"]


def test_a_run_that_ignores_a_signal_still_does(texts: Path) -> None:
    """``nohup`` has SIGHUP ignored."""
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "import langcov.measure.tokenizers as t; was = t.records\n"
        "t.records = lambda *a: (os.kill(os.getpid(), signal.SIGHUP), was(*a))[1]"
    )
    ran = spawn("tokenizers", "bytes", "--corpus", texts, code=code)
    assert (ran.returncode, ran.stderr, b"Russian" in ran.stdout) == (0, b"", True)


def test_a_killed_run_leaves_no_worker(texts: Path) -> None:
    """Whoever reads its stderr waits for all that have it open."""
    with reading_a_pipe(texts, 2) as process:
        process.kill()
        process.communicate(timeout=10)
    assert process.returncode == -signal.SIGKILL


def test_a_file_that_is_gone_before_its_hygiene_is_read(
    texts: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*args: Any, **options: Any) -> Any:
        (texts / "rus.txt").unlink()
        return with_hygiene(*args, **options)

    monkeypatch.setattr("langcov.cli.measuring.with_hygiene", late)
    ran = run("tokenizers", "bytes", "--corpus", texts, "-o", texts / "out.json")
    assert (ran.code, "Russian" in ran.out) == (2, True)
    gone = f"langcov: {texts}/rus.txt: no such file (the figures are kept, without its hygiene)\n"
    assert ran.err == gone
    result = json.loads((texts / "out.json").read_text("utf-8"))
    assert {row["language"] for row in result["totals"]} == {"rus_Cyrl", "eng_Latn"}
    assert "partial:hygiene" in result["signature"]["short"]


def test_a_disk_that_fills_up(texts: Path, run: Run) -> None:
    out = texts / "out.json"
    out.write_text("the result before", "utf-8")
    args = ("tokenizers", "bytes", "--corpus", f"rus={texts}/rus.txt", "-o")
    ran = spawn(*args, out, code="import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (999, 999))")
    assert ran.returncode == 2
    assert ran.stderr.decode() == f"langcov: {out}: cannot be written (File too large); name another file\n"
    assert b"Russian" in ran.stdout, "what was measured is not lost"
    assert sorted(path.name for path in texts.iterdir()) == ["eng.txt", "out.json", "rus.txt"]
    assert out.read_text("utf-8") == "the result before"
    full = run(*args, "/dev/full")
    assert (full.code, full.err.splitlines()) == (
        2,
        ["langcov: /dev/full: cannot be written (No space left on device); name another file"],
    )


def test_no_permission(run: Run, texts: Path) -> None:
    args = ("tokenizers", "bytes", "--corpus", f"eng={texts}/eng.txt")
    assert run(*args).code == 0, "all that is imported late must be there before"
    (texts / "rus.txt").chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    else:
        texts.chmod(0o555)
    try:
        for wrong in (("bytes", "--corpus", f"rus={texts}/rus.txt"), (f"spm:{texts}/rus.txt",)):
            ran = run("tokenizers", *wrong)
            assert ran.code == 2
            assert f"{texts}/rus.txt: " in ran.complaint
            assert "permission" in ran.complaint.lower()
        ran = run(*args, "-o", texts / "out.json")
        assert ran.code == 2
        assert "out.json: cannot be written (Permission denied)" in ran.err
    finally:
        os.seteuid(0) if root else texts.chmod(0o755)


def test_colours_only_where_they_are_wanted(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pty

    def on_a_terminal(**added: str) -> bytes:
        ours, theirs = pty.openpty()
        command = ("tokenizers", "bytes", "--corpus", f"rus={texts}/rus.txt")
        assert spawn(*command, stdout=theirs, env=environment(TERM="xterm-256color", **added)).returncode == 0
        os.close(theirs)
        shown = b""
        with open(ours, "rb", buffering=0) as screen:  # noqa: PTH123
            try:
                while piece := screen.read(4096):
                    shown += piece
            except OSError:  # the end of a terminal, on Linux
                pass
        return shown

    assert b"Russian" in on_a_terminal()
    assert b"\x1b[" not in on_a_terminal(NO_COLOR="1").replace(b"\x1b[1m", b"").replace(b"\x1b[0m", b"")
    ran = spawn("tokenizers", "bytes", "--corpus", f"rus={texts}/rus.txt")
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr == b""


def test_a_result_never_takes_the_place_of_a_text(run: Run, texts: Path) -> None:
    text = texts / "rus.txt"
    before = text.read_bytes()
    ran = run("tokenizers", "bytes", "--corpus", f"rus={text}", "-o", text)
    assert ran.code == 2 and "never written over" in ran.err
    assert text.read_bytes() == before


def test_languages_without_a_corpus_get_the_best_and_an_answer(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chechen has no text that is bundled, Tatar and Sakha have no text in common."""
    dropping_bpe().save(str(tmp_path / "dropping.json"))
    systems = ("langcov-balanced-32k", "langcov-rus-32k", f"hf:{tmp_path}/dropping.json", "bytes")
    args = ("tokenizers", *systems, "--lang", "tat,sah,che", "--no-hygiene")
    monkeypatch.setenv("LC_ALL", "C")
    path = tmp_path / "made.json"
    made = run(*args, "-o", path)
    assert (made.code, made.err) == (0, "")
    result = path.read_text("utf-8")
    languages = {corpus["name"]: corpus["languages"] for corpus in json.loads(result)["corpora"]}
    assert languages == {
        "flores": ["eng_Latn", "rus_Cyrl", "tat_Cyrl"],
        "udhr": ["eng_Latn", "rus_Cyrl", "sah_Cyrl"],
        "gatitos": ["che_Cyrl", "eng_Latn"],
    }
    premiums = [row for row in json.loads(result)["records"] if row["metric"] == "premium"]
    assert {row["corpus"] for row in premiums if row["value"] is not None} == {"flores", "udhr"}
    given = langcov.measure_tokenizers(systems, languages=["tat", "sah", "che"], hygiene=False)
    assert numbers(given.to_json()) == numbers(result)

    shown = made.out
    heading = "Which of these tokenizers to take, by the fewest tokens a word:"
    tatar, sakha, chechen = " ".join(shown.partition(heading)[2].split()).split(". ")
    won = "langcov-balanced-32k, 2.{} tokens a word; the next, langcov-rus-32k, needs "
    assert tatar.startswith("Tatar (flores): " + won.format(38)) and "35 rows" in tatar
    assert sakha.startswith("Sakha (Yakut) (udhr): " + won.format(66)) and "30 rows" in sakha
    assert all(
        "left out: " in one and "dropping (loses" in one and "bytes" not in one
        for one in (tatar, sakha, chechen)
    )
    assert "only one tokenizer can be compared, langcov-rus-32k" in chechen
    assert "langcov-balanced-32k (trained on this corpus)" in chechen
    assert "Koryak: no bundled corpus has it; name one" in run("tokenizers", "bytes", "--lang", "tat,kpy").out
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    try:
        assert "татарский (flores): langcov-balanced-32k, 2,38" in run("report", path).out
    finally:
        ui.use("en")
    assert heading not in run("tokenizers", "bytes", "--lang", "sah", "--corpus", "udhr").out


def test_memory_is_a_bound_and_no_figure(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 700 MB taken by what is loaded, 1 GB leaves a table of 160 MB, and 800 MB too little for one."""
    args = ("tokenizers", "bytes", "--corpus", texts, "--format", "json", "--no-hygiene")
    monkeypatch.setattr("langcov.counting.distinct_words.loaded", lambda: 700_000_000)
    assert numbers(run(*args, "--memory", "1GB").out) == numbers(run(*args).out)
    assert [table_bytes(10**9, 1), table_bytes(10**9, 2, 6)] == [160_000_000, 20_000_000]
    told = run(*args, "--memory", "800MB").complaint
    assert told == (
        "langcov: --memory 800 MB: what is loaded takes 700 MB of it, so that 850 MB are the least; fewer "
        "tokenizers at a time take less, and so does --engine reference"
    )

"""What people keep text in: the same answer from every command that reads some."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

READING = (
    "tokenizers bytes --no-hygiene --corpus tat={}",
    "lid cld2 --no-hygiene --corpus tat={}",
    "corpora check {} --lang tat --lid none",
    "corpora fix {} --lang tat",
    "corpora condense tat={} -o {}.words.tsv",
    "corpora new {folder} --lang tat --file {}",
)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("talk.doc", "", "a word processor's file of another format"),
        ("toolbox.txt", "\\_sh v3.0  400  Text\n\\tx а\n", "a Toolbox file"),
        (
            "talk.txt",
            "1\n00:00:01,000 --> 00:00:02,000\nа\n",
            "a file of subtitles, not plain text: name it .srt",
        ),
    ],
)
def test_no_text_is_refused_alike(
    name: str, text: str, what: str, command: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    ran = run(*command.format(*[tmp_path / name] * 2, folder=tmp_path).split())
    assert ran.code == 2
    assert f"{name} is {what}" in ran.complaint


def test_every_command_that_reads_text_takes_it(run: Run, tmp_path: Path) -> None:
    path, given = tmp_path / "tat.txt", ("--max-line", "1.5kB")
    path.write_text("сүз\n" + "а" * 800 + "\n", "utf-8")
    for args in (
        ("tokenizers", "bytes", "--corpus", path),
        ("lid", "cld2", "--corpus", path),
        ("corpora", "check", path),
        ("corpora", "fix", path),
        ("corpora", "condense", path, "-o", tmp_path / "tat.words.tsv"),
    ):
        ran = run(*args, *given)
        message = (
            f"langcov: {path}, line 2: a line of 1.6 kB is hardly text: break it up, or give a --max-line"
        )
        assert (ran.code, ran.complaint) == (2, f"{message} over 1.5 kB")
    for wrong in ("0", "-1", "64 Megs", "1e9"):
        assert run("tokenizers", "bytes", "--corpus", path, "--max-line", wrong).code == 2

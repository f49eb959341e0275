"""Words that are right stay as they are when a text is fixed: alone, and in running text."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Run


def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "hygiene" / "clean.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_clean_words_stay_alone(shared: Path, tmp_path: Path, run: Run) -> None:
    for number, row in enumerate(rows(shared)):
        path = tmp_path / f"{number}.txt"
        path.write_text(row["text"], "utf-8")
        script = "_Latn" if "Latin" in row["note"] and row["language"] == "crh" else ""
        ran = run("corpora", "fix", path, "--lang", row["language"] + script, "--write", "--quiet")
        assert (ran.code, ran.err) == (0, "")
        assert (tmp_path / f"{number}.fixed.txt").read_bytes() == row["text"].encode(), row


def test_clean_words_stay_in_running_text(shared: Path, tmp_path: Path, run: Run) -> None:
    judged = 0
    for number, row in enumerate(rows(shared)):
        name, _, line = row["note"].rpartition(" ")[2].rpartition(":")
        at = int(line) - 1
        source = shared / "corpora" / name
        column = ["--text-column", "1"] if name.startswith("gatitos") else []
        if not source.exists():
            continue
        lines = source.read_bytes().split(b"\n")[max(0, at - 200) : at + 200]
        path = tmp_path / f"{number}{source.suffix if name[:4] != 'udhr' else '.tsv'}"
        if source.suffix == ".conllu":
            lines = [line.partition(b"# text = ")[2] for line in lines]
            path = path.with_suffix(".txt")
        path.write_bytes(b"\n".join(lines))
        assert row["text"].encode() in lines[min(at, 200)], row
        script = "_Latn" if row["language"] == "crh" else ""
        ran = run("corpora", "fix", path, "--lang", row["language"] + script, "--write", *column)
        assert ran.code == 0
        new = (tmp_path / f"{path.stem}.fixed{path.suffix}").read_bytes().split(b"\n")
        assert len(new) == len(lines) and row["text"].encode() in new[min(at, 200)], row
        judged += 1
    assert judged == 23

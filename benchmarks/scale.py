"""Cost as work grows: whole commands on surrogate text of several sizes, their time and memory.

    python -m benchmarks.scale --curve 1 10 100 1000 --once 10000 --line 1 10 100 1000 --peers 1 10 \\
        --peers-python VENV/bin/python     # hours, on a machine that does nothing else
    python -m benchmarks.scale --curve 2 20 --only 'ten'
    python -m benchmarks.scale                  # results/scale.md and scale.png anew, from scale.json

Sizes are megabytes. ``--curve`` measures all there is: one and ten tokenizers, a language-ID model, a check,
in one process and two, in a pool and on Dask (a scheduler and two workers on loopback, begun before the
clock), pieces that are kept, a run that was killed and went on, and what all of it is held to: ``wc -w``,
counting alone, the libraries' own encoding, an engine on the whole file. ``--once`` measures ten tokenizers
in two processes only; ``--line`` a line so long, of words, and up to 10 MB of one word; ``--peers`` other
packages, in an environment that has them. Texts up to 100 MB are measured in ``--rounds`` and medians count,
larger ones once. Each text is the beginning of the largest. Every run is in ``results/scale.json`` as soon as
it is done; a later one of the same job and text takes its place. Needs ../shared, and Linux.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.speed_commands import CHILD, LID, SLOW_CHECKS, TEN, langcov, spec, word_count
from benchmarks.speed_rounds import HERE, Job, compiled, measure

RESULTS = HERE / "results" / "scale.json"
SCALE = [sys.executable, str(HERE / "scale_jobs.py")]
PEERS = ("glotscope", "toklens", "asia_fertility", "afri_fertility", "mothertoken", "commonlid")
ROUNDS_UP_TO, SAMPLE, ENGINE_UP_TO = 100, 20, 1000
"""Megabytes of texts that are measured in rounds, of lines that a library encodes of a larger text, and of
texts that an engine is given whole."""
WORD_UP_TO = 10
"""Megabytes of one word: a tokenizer is given it whole, and takes 40 to 80 times its bytes."""
ONE, ALL = ["o200k"], list(TEN)
TWO = ["--jobs", "2"]


def on_curve(text: Path, megabytes: int) -> Iterator[Job]:
    """All that is measured of a text, in order."""
    ten = langcov("ten", ALL, text)
    yield word_count("wc", text)
    yield Job("count", [*CHILD, "count", str(text)])
    if megabytes <= ENGINE_UP_TO:
        yield Job("engine", [*CHILD, "gigatoken_engine", spec("o200k"), str(text)])
    for name in TEN:
        command = [*CHILD, "reference", spec(name), str(text), str(max(1, megabytes // SAMPLE))]
        yield Job(f"library {name}", command)
    yield langcov("one", ONE, text)
    yield langcov("one, two processes", ONE, text, *TWO)
    yield ten
    yield langcov("ten, two processes", ALL, text, *TWO)
    yield langcov("ten, two processes, pieces kept", ALL, text, *TWO, "--resume", str(text.parent / "kept"))
    yield langcov("ten, 1.2 GB a process", ALL, text, "--memory", "1200MB")
    yield langcov("ten, two processes, 1.4 GB each", ALL, text, *TWO, "--memory", "1400MB")
    yield Job("ten, Dask, two workers", [*SCALE, "on_cluster", "2", *ten.command])
    yield Job("ten, two processes, killed and gone on", [*SCALE, "stopped", *ten.command, *TWO])
    yield from _others(text)


def _others(text: Path) -> Iterator[Job]:
    """What is no tokenizer, and what is counted once for many."""
    common = ["--corpus", f"tat={text}", "--quiet", "--no-hygiene", "--format", "json"]
    table, out = text.with_suffix(".words.tsv.zst"), text.with_suffix(".json")
    lid = [*command_of("lid"), LID["lid.176"], *common, "-o", str(out)]
    yield Job("lid.176", lid, result=out)
    yield Job("lid.176, two processes", [*lid, *TWO], result=out)
    check = [*command_of("corpora", "check"), f"tat={text}", "--quiet", "--skip", ",".join(SLOW_CHECKS)]
    yield Job("check", [*check, "--format", "json", "-o", str(out)], codes=(0, 1))
    condense = [*command_of("corpora", "condense"), f"tat={text}", "--compact", "--quiet", "-o", str(table)]
    yield Job("condense", [*SCALE, "silent", *condense])
    for name, systems in (("one", ONE), ("ten", ALL)):
        job = langcov(f"{name}, from the table", systems, text)
        from_table = [str(table) if part == f"tat={text}" else part for part in job.command]
        yield replace(job, command=from_table, codes=(0, 3))  # a Unigram model is not measured from a table


def command_of(*words: str) -> list[str]:
    """A command of langcov."""
    return [sys.executable, "-m", "langcov", *words]


def once(text: Path, megabytes: int) -> Iterator[Job]:
    """What is measured of a text that takes the better part of an hour."""
    yield word_count("wc", text)
    yield langcov("ten, two processes, 1.4 GB each", ALL, text, *TWO, "--memory", "1400MB")


def of_line(text: Path, megabytes: int) -> Iterator[Job]:
    """A text of one line."""
    for name in ("o200k", "mistral-v3", "bert-cased"):
        yield langcov(name, [name], text, "--max-line", "2GB")


def of_peers(text: Path, megabytes: int, python: str) -> Iterator[Job]:
    """Other packages, and langcov with the same tokenizers, on a text."""
    for name in PEERS:
        yield Job(name, [python, str(HERE / "scale_peers.py"), name, str(text)])
    for name in ("o200k", "gpt-neox"):
        yield langcov(f"langcov {name}", [name], text)
    yield next(job for job in _others(text) if job.name == "lid.176")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for part in ("curve", "once", "line", "peers"):
        parser.add_argument(f"--{part}", nargs="+", type=int, default=[], metavar="MB")
    parser.add_argument("--only", default="", metavar="REGEX", help="of names of jobs, as in scale.json")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "langcov-scale")
    parser.add_argument("--peers-python", default=sys.executable, metavar="PYTHON")
    args = parser.parse_args()
    args.work.mkdir(exist_ok=True)
    whole = [*args.curve, *args.once, *args.peers]
    sizes = sorted({*whole, max(args.line, default=0)} - {0})
    if sizes:
        made(["prepare", str(args.work), *map(str, sizes)])
    peers = partial(of_peers, python=args.peers_python)
    for part, jobs in (("curve", on_curve), ("peers", peers), ("once", once)):
        for size in getattr(args, part):
            measured(part, f"{size} MB", args.work / f"{size}.txt", size, jobs, args)
    for size in args.line:
        words, word = args.work / f"{size}.line.txt", args.work / f"{size}.word.txt"
        made(["one_line", str(args.work / f"{sizes[-1]}.txt"), str(words), str(size)])
        made(["one_word", str(word), str(min(size, WORD_UP_TO))])
        measured("line", f"{size} MB of words", words, size, of_line, args)
        if size <= WORD_UP_TO:
            measured("line", f"{size} MB, one word", word, size, of_line, args)
    subprocess.run([sys.executable, str(HERE / "scale_report.py")], check=True)


def made(command: Sequence[str]) -> None:
    """Let a text be made, in a process of its own: what a process imports is in the peak of its children."""
    subprocess.run([*SCALE, *command], check=True, stdout=subprocess.DEVNULL)


def measured(
    part: str,
    name: str,
    text: Path,
    megabytes: int,
    jobs: Callable[[Path, int], Iterator[Job]],
    args: argparse.Namespace,
) -> None:
    """Run what is wanted of a text."""
    place = compiled(args.work / "compiled")
    rounds = args.rounds if megabytes <= ROUNDS_UP_TO else 1
    chosen = [
        replace(job, environment={**place, **job.environment})
        for job in jobs(text, megabytes)
        if re.search(args.only, job.name)
    ]
    facts = {"megabytes": text.stat().st_size / 1e6}
    measure(part, name, facts, chosen, rounds, RESULTS)


if __name__ == "__main__":
    main()

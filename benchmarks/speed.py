"""Speed and memory: langcov against the libraries it measures, their fast engines, ``wc -w`` and its peers.

    python benchmarks/speed.py tokenizers                     # an hour or two: 100 MB, five rounds
    python benchmarks/speed.py tokenizers --megabytes 5 --repeat 1 --only 'o200k|ten|count|wc'
    python benchmarks/speed.py tokenizers --megabytes 1000 --text surrogate --repeat 1 --only ten   # memory
    python benchmarks/speed.py stages                         # where the time goes, 1, 10 and 100 MB
    python benchmarks/speed.py lid --repeat 3                 # LID models, one process and two
    python benchmarks/speed.py check                          # a corpus checked; hygiene beside numbers
    python benchmarks/speed.py peers --peers-python VENV/bin/python
    python benchmarks/speed.py everyday --base CHECKOUT       # commands of every day, by two builds in turn
    python benchmarks/speed.py report                         # RESULTS.md and plots from results/speed.json

Every repetition is a process of its own with one thread; rounds go through the jobs forwards and backwards
in turn; medians count. ``results/speed.json`` keeps every run, a later one of the same job and text takes
its place. Needs ../shared; peers are measured in an environment that has ``toklens`` and
``asia-fertility[oai]``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed_commands import CHILD, check_jobs, lid_jobs, peer_jobs, stage_jobs, tokenizer_jobs
from benchmarks.speed_rounds import HERE, measure

PARTS = ("tokenizers", "stages", "lid", "check", "peers")


def prepare(kind: str, megabytes: float, folder: Path) -> tuple[dict[str, Any], Path, Path]:
    """Make a text: its figures, its file, and a file of its first line."""
    text = folder / f"{kind}-{megabytes:g}.txt"
    line = text.with_suffix(".line.txt")
    command = [*CHILD, "prepare", kind, str(megabytes), str(text)]
    facts = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    with text.open("rb") as file:
        line.write_bytes(file.readline())
    return facts, text, line


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("part", choices=(*PARTS, "everyday", "report"))
    parser.add_argument("--megabytes", type=float, action="append", help="of each text (100; peers 5)")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--text", action="append", choices=("real", "surrogate"), help="both")
    parser.add_argument("--only", default="", metavar="REGEX", help="of names of jobs, as in speed.json")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "langcov-speed")
    parser.add_argument("--peers-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--base", type=Path, metavar="CHECKOUT", help="of the build that this one is held to")
    args = parser.parse_args()
    args.work.mkdir(exist_ok=True)
    if args.part == "everyday":
        given = map(
            str, (args.base or parser.error("everyday needs --base"), args.repeat, args.work, args.only)
        )
        subprocess.run([sys.executable, str(HERE / "speed_everyday.py"), *given], check=True)
    sizes = {"stages": [1, 10, 100], "peers": [5]}.get(args.part, [100] * (args.part in PARTS))
    kinds = args.text or (("surrogate",) if args.part in ("lid", "check") else ("real", "surrogate"))
    for megabytes, kind in product(args.megabytes or sizes, kinds):
        facts, text, line = prepare(kind, megabytes, args.work)
        if args.part == "peers":
            made = peer_jobs(text, line, args.peers_python)
        else:
            make = {"stages": stage_jobs, "lid": lid_jobs, "check": check_jobs}.get(args.part, tokenizer_jobs)
            made = make(text, line)
        jobs = [job for job in made if re.search(args.only, job.name)]
        measure(args.part, text.stem, facts, jobs, args.repeat)
    subprocess.run([sys.executable, str(HERE / "speed_report.py")], check=True)


if __name__ == "__main__":
    main()

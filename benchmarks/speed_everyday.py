"""The commands of every day, by two builds in turn: python benchmarks/speed.py everyday --base CHECKOUT

The default command of a new user, ten tokenizers on FLORES+ in 22 languages, and checks of texts in
several scripts, without a language-ID model and with two. Whole processes with the threads that their
libraries take by themselves and modules compiled before, as after an installation; the first round only
compiles. Wall time counts for the first, the processor's for the others. ``--only REGEX`` takes some;
what was measured of the others stays.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.run_tokenizers import BUNDLED, SHARED, TOKENIZERS
from benchmarks.speed_rounds import RESULTS, machine
from benchmarks.speed_runs import Runs, made_by, ratio, show, table, verdict

SPECS = [spec.replace(":", f":{SHARED / 'tokenizers'}/", 1) for spec in TOKENIZERS.values()]
NAMED = [f"{name}={spec}" for name, spec in zip(TOKENIZERS, SPECS)]
COMMANDS = {
    "default": ["tokenizers"],
    "ten": ["tokenizers", *NAMED, *BUNDLED, "--corpus", f"{SHARED / 'corpora' / 'flores_plus'}", "--aligned"],
}
TEXTS = {
    "tat": "commonvoice/tat.txt",
    "chv": "commonvoice/chv.txt",
    "sah": "udhr/sah_Cyrl.txt",
    "crh_Latn": "flores_plus/crh_Latn.txt",
    "kat": "ntrex/kat_Geor.txt",
    "uig": "ntrex/uig_Arab.txt",
    "rus": "commonvoice/rus.txt",
}
MODELS = {"no model": ["none"], "two models": ["cld2", "--lid", "heliport"]}
CHECKS = {
    f"check of {file}, {models}": [
        *("corpora", "check", f"{SHARED / 'corpora' / file}", "--lang", language, "--lid"),
        *specs,
    ]
    for language, file in TEXTS.items()
    for models, specs in MODELS.items()
}
COMMANDS |= CHECKS
AIMS = {
    "default": ("wall", "`langcov tokenizers`", 0.25),
    "ten": ("cpu", "ten tokenizers on FLORES+", 0.25),
    **{name: ("cpu", name, 1.0) for name in CHECKS},
}
"""What of each command counts, what it is called, and the share of the base's that it may take."""


def measured(base: Path, repeat: int, work: Path, only: str = "") -> dict[str, Any]:
    """The runs of each build and command, as ``Runs`` has them.

    Args:
        base: a checkout of the build that this one is compared with.
        repeat: rounds that count.
        work: a folder for compiled modules.
        only: a regular expression of names of commands.
    """
    builds = {"base": base.resolve(), "here": Path(__file__).resolve().parents[1]}
    commit = ["git", "-C", str(base), "rev-parse", "--short", "HEAD"]
    named = subprocess.run(commit, capture_output=True, text=True).stdout.strip()
    runs: dict[str, list[dict[str, float]]] = {}
    for number in range(repeat + 1):
        for command, words in ((one, COMMANDS[one]) for one in COMMANDS if re.search(only, one)):
            for build in sorted(builds, reverse=bool(number % 2)):
                found = _run(builds[build], words, work / f"compiled-{build}")
                if number:
                    runs.setdefault(f"{build} {command}", []).append(found)
                    told = f"{found['wall']:.2f} s, {found['cpu']:.2f} s of CPU"
                    print(f"round {number}: {build} {command}: {told}", file=sys.stderr, flush=True)
    return {"text": {"base": named or str(base)}, "runs": runs}


def _run(build: Path, words: list[str], compiled: Path) -> dict[str, float]:
    """Seconds on the clock and of the processor, of a command run from a checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(build), "PYTHONPYCACHEPREFIX": str(compiled)}
    command = [sys.executable, "-m", "langcov", *words, "--quiet"]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=build, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > ("check" in words):  # which says by 1 that it found errors
        raise SystemExit(f"{' '.join(command)} in {build}: exit code {process.returncode}")
    return {"wall": time.perf_counter() - started, "cpu": usage.ru_utime + usage.ru_stime}


def section(part: Mapping[str, Any]) -> Iterator[str]:
    """The section of RESULTS.md."""
    runs = Runs(dict(part))
    yield "## The everyday run\n"
    yield made_by("everyday --base CHECKOUT")
    yield (
        "Whole processes with the threads that their libraries take, both builds in turn (the base is "
        f"{runs.text['base']}), medians of {runs.rounds()}.\n"
    )
    yield table(("command", "seconds", "base", "here", "here / base", "target", "met"), _rows(runs))
    yield ""


def _rows(runs: Runs) -> Iterator[list[str]]:
    for command, (aim, name, most) in AIMS.items():
        for key, what in (("wall", "on the clock"), ("cpu", "of the processor")):
            base, here = runs.middle(f"base {command}", key), runs.middle(f"here {command}", key)
            share, target = ratio(here, base), most if key == aim else None
            said = f"≤ {show(target)}" if target else ""
            yield [name, what, show(base), show(here), show(share), said, verdict(share, target, most=True)]


def main(base: str, repeat: str, work: str, only: str = "") -> None:
    """Measure, and keep the runs."""
    everything = json.loads(RESULTS.read_text(encoding="utf-8"))
    found = measured(Path(base), int(repeat), Path(work), only)
    kept = everything.get("everyday", {}).get("runs", {}) if only else {}
    everything["everyday"] = {**found, "runs": {**kept, **found["runs"]}, "machine": machine()}
    RESULTS.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

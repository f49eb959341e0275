"""``python -m tests.soak``: random edits, kills and rival writers until the time is over, then a table."""

from __future__ import annotations

import argparse
import random
import resource
import shlex
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from langcov.results.saved import load, with_rows
from tests.soak import seeds
from tests.soak.cases import MAKERS, OLD, Case
from tests.soak.edits import PACKED, edit
from tests.soak.watch import Ran, Run, faults, unreadable

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]
USUAL = 1.5  # seconds of a run, until one was seen


class Soak:
    """What was run, and what was wrong."""

    def __init__(self, folder: Path, seed: int, kept: Path) -> None:
        self.folder, self.seed, self.kept, self.seeds = folder, seed, kept, folder / "seeds"
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.usual: dict[str, float] = {}
        self.longest = 0.0
        seeds.make(self.seeds)

    def once(self, number: int) -> None:
        """One case: its files, an edit, the command (killed, thrice at once, or neither), and the checks."""
        dice = random.Random(f"{self.seed}-{number}")
        case = dice.choice(MAKERS)(dice, self.seeds)
        place = self.folder / "work"
        self._prepare(case, place, dice)
        edited = "nothing"
        if case.edited and dice.random() < 0.9:
            edited = edit(dice, place / case.edited)
        before = contents(place)
        how = dice.choices(["alone", "killed", "three"], [70, 20, 10])[0]
        ran = self._run(case, place, how, dice)
        wrong = [fault for one in ran for fault in faults(one)]
        wrong += changes(case, place, before, ran)
        self._count(case, edited, how, ran, wrong)
        if wrong:
            self._keep(number, case, before, ran, wrong)
        shutil.rmtree(place)

    def _prepare(self, case: Case, place: Path, dice: random.Random) -> None:
        place.mkdir()
        for name in {*case.files, *filter(None, [case.edited])}:
            source, target = self.seeds / name, place / name
            target.parent.mkdir(exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif not target.exists():
                shutil.copy(source, target)
        for name in case.targets:
            if not name.startswith("project/") and not name.endswith(".npz") and dice.random() < 0.5:
                (place / name).write_bytes(OLD)

    def _run(self, case: Case, place: Path, how: str, dice: random.Random) -> list[Ran]:
        runs = [Run(case.words, place) for _ in range(3 if how == "three" else 1)]
        if how == "killed":
            runs[0].end_with(dice.choice(SIGNALS), dice.random() * self.usual.get(case.name, USUAL))
        ran = [one.ended() for one in runs]
        self.longest = max(self.longest, *(one.seconds for one in ran))
        if how == "alone":
            self.usual[case.name] = ran[0].seconds
        return ran

    def _count(self, case: Case, edited: str, how: str, ran: list[Ran], wrong: list[str]) -> None:
        for row in (case.name, f"edit: {edited}"):
            count = self.counts[row]
            count["cases"] += 1
            count["commands"] += len(ran)
            for one in ran:
                count[f"exit {one.code}"] += 1
                count["signals"] += bool(one.signal)
            count["three at once"] += how == "three"
            count["faults"] += bool(wrong)

    def _keep(
        self, number: int, case: Case, before: dict[str, bytes], ran: list[Ran], wrong: list[str]
    ) -> None:
        place = self.kept / f"{self.seed}-{number}"
        for name, data in before.items():
            (place / "files" / name).parent.mkdir(parents=True, exist_ok=True)
            (place / "files" / name).write_bytes(data)
        place.mkdir(parents=True, exist_ok=True)
        told = [f"langcov {shlex.join(case.words)}", *wrong]
        told += [f"exit {one.code}, signal {one.signal}, {one.seconds:.1f} s\n{one.err}" for one in ran]
        (place / "what.txt").write_text("\n".join(told), "utf-8", "backslashreplace")
        print(f"{self.seed}-{number}: {case.name}: {'; '.join(wrong)}", flush=True)

    def table(self) -> str:
        """All counts, as Markdown."""
        codes = sorted({key for row in self.counts.values() for key in row if key.startswith("exit")})
        columns = ["cases", "commands", "signals", "three at once", *codes, "faults"]
        rows = ["| | " + " | ".join(columns) + " |", "|---|" + "--:|" * len(columns)]
        for name, row in sorted(self.counts.items(), key=lambda one: (one[0].startswith("edit"), one[0])):
            rows.append(f"| {name} | " + " | ".join(f"{row[column]:,}" for column in columns) + " |")
        return "\n".join(rows)


def contents(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changes(case: Case, place: Path, before: dict[str, bytes], ran: list[Ran]) -> list[str]:
    """What was wrong with the files after the runs."""
    after = contents(place)
    # A config that was edited may name other files: what it says is what may be written.
    config = after.get("project/langcov.toml", b"").decode(errors="replace")
    found = [f"{name} was removed" for name in before.keys() - after.keys() if name not in case.targets]
    killed = any(one.signal == signal.SIGKILL for one in ran)
    for name, data in after.items():
        if data == before.get(name):
            continue
        if name.endswith(".tmp") and killed:
            found += _swept(place, name)
        elif name not in case.targets and (name in before or f'"{Path(name).name}"' not in config):
            found.append(f"{name} was {'changed' if name in before else 'left'}")
        else:
            found += unreadable(Path(name), data)
    for name in (one for one in case.targets if one.startswith("copy.") and after.get(one, OLD) != OLD):
        if lines_of(name, after) != lines_of(name.replace("copy", "tat_Cyrl"), after):
            found.append(f"{name} has other lines")
    if any(one.code in (0, 1) for one in ran):
        found += [f"read, but {one}" for one in unpacked(case.edited, before)]
    if all(one.code == 0 for one in ran) and not any(one.signal for one in ran):
        found += [f"{name} was not written" for name in case.targets[:1] if after.get(name, OLD) == OLD]
        if "out.rows.npz" in after:
            found += _pair(place / case.targets[0])
    return found


def lines_of(name: str, files: dict[str, bytes]) -> int:
    """How many lines a file has."""
    return PACKED.get(Path(name).suffix, (bytes, bytes))[0](files[name]).count(b"\n")


def unpacked(name: str, files: dict[str, bytes]) -> list[str]:
    """Why another reader can't decompress a file."""
    try:
        PACKED.get(Path(name).suffix, (bytes, bytes))[0](files.get(name, b""))
    except Exception as error:
        return [f"{name}: {type(error).__name__}: {error}"]
    return []


def _swept(place: Path, name: str) -> list[str]:
    """Whether the next command that writes there removes what a killed one left."""
    time.sleep(0.2)
    Run(
        ["languages", "tat", "--format", "html", "-o", str((place / name).with_name("page.html"))], place
    ).ended()
    return [f"{name} stays"] if (place / name).exists() else []


def _pair(result: Path) -> list[str]:
    """Whether a result and its rows are of one run."""
    try:
        with_rows(load(result), result)
    except Exception as error:
        return [str(error)]
    return []


def main() -> int:
    """Run until the time is over; exit code 1 if something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--cases", type=int, help="stop after so many")
    parser.add_argument(
        "--keep", type=Path, default=Path("soak-failures"), help="a folder for what went wrong"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="langcov-soak-") as folder:
        soak = Soak(Path(folder), args.seed, args.keep)
        until, number = time.monotonic() + 60 * args.minutes, args.first
        while time.monotonic() < until and (args.cases is None or number < args.first + args.cases):
            soak.once(number)
            number += 1
        print(soak.table())
        print(
            f"{number - args.first:,} cases, seed {args.seed}; the longest command took {soak.longest:.1f} s,"
        )
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(f"the largest had {memory:,} MB of memory")
        return int(any(row["faults"] for row in soak.counts.values()))


if __name__ == "__main__":
    sys.exit(main())

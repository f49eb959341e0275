"""results/scale.md and scale.png from results/scale.json: python benchmarks/scale_report.py"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed_runs import Runs, ratio, show, table, verdict

RESULTS = Path(__file__).resolve().parent / "results"
PARTS = ("curve", "once", "line", "peers")
TEN, TWO, ONCE = "ten", "ten, two processes", "once"
WITHIN = "ten, two processes, 1.4 GB each"
DRAWN = ("wc", "count", "engine", "one", TEN, TWO, WITHIN, "lid.176", "check")
MB_LIMIT = 1.5e9 / 2**20
"""1.5 GB in the unit of ``peak_mb``."""


def wall(runs: Runs, job: str) -> float | None:
    """Seconds on the clock: a job's own, or of its process."""
    own = runs.middle(job, "seconds")
    return runs.middle(job, "wall") if own is None else own


def memory(runs: Runs, job: str) -> float | None:
    """MB of the largest process at its peak."""
    return runs.middle(job, "peak_mb")


def libraries(runs: Runs) -> float | None:
    """Processor seconds of the ten libraries' own encoding."""
    names = [job for job in runs.jobs() if job.startswith("library ")]
    each = [runs.middle(job, "cpu") for job in names]
    known = [seconds for seconds in each if seconds is not None]
    return sum(known) if names and len(known) == len(names) else None


def cost(runs: Runs, job: str) -> str:
    """Seconds on the clock, seconds of the processor, and the peak of the largest process."""
    if wall(runs, job) is None:
        return runs.error(job) or "–"
    cpu, peak = runs.middle(job, "cpu"), runs.middle(job, "peak_mb")
    return f"{show(wall(runs, job))} s, {show(cpu)} s, {show(peak)} MB"


def costs(part: dict[str, Any]) -> str:
    """A row a job, a column a text."""
    texts = {name: Runs(one) for name, one in part.items()}
    jobs = dict.fromkeys(job for runs in texts.values() for job in runs.jobs())
    return table(["", *texts], ([job, *(cost(runs, job) for runs in texts.values())] for job in jobs))


def targets(found: dict[str, Any]) -> Iterator[Sequence[str]]:
    """What was aimed at: figure, target, met."""
    for name, part in found.get("curve", {}).items():
        runs = Runs(part)
        one, two, peak = wall(runs, TEN), wall(runs, TWO), runs.middle(TWO, "peak_mb")
        kept, dask = wall(runs, f"{TWO}, pieces kept"), wall(runs, "ten, Dask, two workers")
        again = wall(runs, f"{TWO}, killed and gone on")
        own = ratio(libraries(runs), runs.middle(TEN, "cpu"))
        engine = ratio(wall(runs, "one"), wall(runs, "engine"))
        for what, value, target, most, unit in (
            ("two processes / one, as fast", ratio(one, two), 1.85, False, "×"),
            ("Dask / pool, seconds", ratio(dask, two), 1.1, True, "×"),
            ("pieces kept / not, seconds", ratio(kept, two), 1.05, True, "×"),
            ("killed and gone on / undisturbed, seconds", ratio(again, two), 1.05, True, "×"),
            ("libraries' own encoding / ten, processor", own, None, False, "×"),
            ("ten / `wc -w`, seconds", ratio(one, wall(runs, "wc")), None, True, "×"),
            ("ten / counting alone, seconds", ratio(one, wall(runs, "count")), None, True, "×"),
            ("one / the engine on the whole file, seconds", engine, None, True, "×"),
            ("ten in one process, peak", runs.middle(TEN, "peak_mb"), MB_LIMIT, True, " MB"),
            ("ten in two processes, peak", peak, MB_LIMIT, True, " MB"),
            (f"{WITHIN}: peak", runs.middle(WITHIN, "peak_mb"), MB_LIMIT, True, " MB"),
        ):  # fmt: skip
            sign = "" if target is None else f"{'≤' if most else '≥'} {show(target)}{unit}"
            yield name, what, show(value, unit), sign, verdict(value, target, most)
    yield from _growth(found)


def _growth(found: dict[str, Any]) -> Iterator[Sequence[str]]:
    """Ten times the text: at most nine times as long; and a line of 1 GB."""
    small = Runs(found.get("curve", {}).get("1000 MB", {"text": {}, "runs": {}}))
    large = Runs(found.get(ONCE, {}).get("10000 MB", {"text": {}, "runs": {}}))
    grown, peak = ratio(wall(large, WITHIN), wall(small, WITHIN)), large.middle(WITHIN, "peak_mb")
    by, most = f"{WITHIN}: ", f"≤ {MB_LIMIT:.0f} MB"
    yield "10 GB", f"{by}seconds / those of 1 GB", show(grown, "×"), "≤ 9×", verdict(grown, 9, True)
    yield "10 GB", f"{by}peak", show(peak, " MB"), most, verdict(peak, MB_LIMIT, True)
    limit = 4e9 / 2**20
    for name, part in found.get("line", {}).items():
        runs = Runs(part)
        for job in runs.jobs() if name.startswith("1000 MB") else ():
            peak = runs.middle(job, "peak_mb")
            yield name, f"{job}, peak", show(peak, " MB"), f"≤ {limit:.0f} MB", verdict(peak, limit, True)


def plot(found: dict[str, Any], path: Path) -> None:
    """Seconds and memory over the size of the text."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    texts = [Runs(part) for part in found["curve"].values()]
    figure, axes = pyplot.subplots(1, 2, figsize=(12, 5), layout="constrained")
    for job in DRAWN:
        for axis, value in zip(axes, (wall, memory)):
            points = [(runs.text["megabytes"], value(runs, job)) for runs in texts if value(runs, job)]
            if job == WITHIN:
                more = [Runs(part) for part in found.get(ONCE, {}).values()]
                points += [(runs.text["megabytes"], value(runs, job)) for runs in more if value(runs, job)]
            if points:
                axis.plot(*zip(*sorted(points)), "o-", label=job, markersize=4)
    axes[0].set(title="Time", xlabel="MB of text", ylabel="seconds on the clock", xscale="log", yscale="log")
    axes[1].set(title="Memory", xlabel="MB of text", ylabel="MB, peak of the largest process", xscale="log")
    axes[1].axhline(MB_LIMIT, color="grey", linestyle="--", linewidth=0.8, label="1.5 GB")
    axes[1].set_ylim(bottom=0)
    for axis in axes:
        axis.legend(fontsize=8)
        axis.grid(alpha=0.3)
    figure.savefig(path, dpi=110)


def command(found: dict[str, Any]) -> str:
    """What makes it."""
    sizes = {part: dict.fromkeys(name.split()[0] for name in found.get(part, ())) for part in PARTS}
    asked = "".join(f" --{part} {' '.join(each)}" for part, each in sizes.items() if each)
    return f"python -m benchmarks.scale{asked}"


def page(found: dict[str, Any]) -> Iterator[str]:
    """The page."""
    machine = found["machine"]
    yield "# Cost as work grows\n"
    yield f"By `{command(found)}`; every run is in `scale.json`.\n"
    yield f"{machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python {machine['python']}.\n"
    yield "In each cell: seconds on the clock, seconds of the processor of all processes, and the peak of the"
    yield "largest. Tatar surrogate text; start and loading are in all figures, but not the start of Dask's"
    yield "workers. Of `library …` the processor seconds are those of all lines, the seconds those of the"
    yield "sample (20 MB) that was encoded.\n"
    yield "| text | what | measured | target | met |\n| --- | --- | --: | --: | --- |"
    yield from ("| " + " | ".join(row) + " |" for row in targets(found))
    for part, title in (
        ("curve", "All of it"),
        (ONCE, "Ten tokenizers, once"),
        ("line", "One line"),
        ("peers", "Other packages"),
    ):
        if part in found:
            yield f"\n## {title}\n\n{costs(found[part])}"
    if "curve" in found:
        yield "\n![time and memory](scale.png)"


def main() -> None:
    """Write both."""
    found = json.loads((RESULTS / "scale.json").read_text(encoding="utf-8"))
    (RESULTS / "scale.md").write_text("\n".join(page(found)) + "\n", encoding="utf-8")
    if "curve" in found:
        plot(found, RESULTS / "scale.png")


if __name__ == "__main__":
    main()

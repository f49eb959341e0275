"""RESULTS.md and results/speed.png from results/speed.json: python benchmarks/speed_report.py"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed_everyday import section
from benchmarks.speed_runs import Runs, made_by, minus, ratio, show, table, verdict
from benchmarks.speed_sections import checks, models, peers, stages

HERE = Path(__file__).resolve().parent
FAMILIES = {
    "tiktoken": (3.0, ("gpt2", "cl100k", "o200k", "tekken")),
    "SentencePiece BPE": (2.0, ("mistral-v3", "grok-1")),
    "HF byte-level BPE": (10.0, ("gpt-neox",)),
    "HF BPE with byte fallback": (None, ("mistral-7b",)),
    "HF Unigram": (1.5, ("t5",)),
    "HF WordPiece": (1.5, ("bert-cased",)),
}
"""How many times faster than the library alone langcov is to be on surrogate text, all metrics included."""
TEN = [name for _, several in FAMILIES.values() for name in several]
RATIOS = (
    "tokenizer",
    "library alone / langcov",
    "target",
    "met",
    "at most possible",
    "langcov / (counting + distinct words)",
    "≤ 1.3×",
    "method, engine",
    "tokens more than the library",
)
SPEEDS = (
    "tokenizer",
    "library",
    "gigatoken",
    "tokie",
    "langcov, all metrics",
    "distinct words, s",
    "start, s",
    "library, MB of memory",
    "langcov, MB",
)


def target_of(name: str) -> float | None:
    """How many times faster than its library alone a tokenizer is to be measured."""
    return next(target for target, several in FAMILIES.values() if name in several)


def speedup(runs: Runs, name: str) -> float | None:
    """Library alone / langcov; of ``ten``, the sum of the libraries / one pass."""
    alone = runs.total([f"reference {one}" for one in (TEN if name == "ten" else [name])])
    return ratio(alone, runs.seconds(f"langcov {name}"))


def overall_rows(runs: Runs) -> Iterator[Sequence[str]]:
    """The aims that are not of one tokenizer."""
    counting, ten = ratio(runs.seconds("count"), runs.seconds("wc")), speedup(runs, "ten")
    peak = runs.middle("langcov ten", "peak_mb")
    yield "reading and counting / `wc -w`", show(counting, "×"), "≤ 2×", verdict(counting, 2, most=True)
    alone, least = (
        runs.total([f"reference {one}" for one in TEN]),
        runs.total(["count", *(f"words {one}" for one in TEN)]),
    )
    yield "ten libraries alone / ten in one pass", show(ten, "×"), "≥ 8×", verdict(ten, 8)
    yield "the same, at most possible", show(ratio(alone, least), "×"), "", ""
    yield "peak memory, ten in one pass", show(peak, " MB"), "≤ 1500 MB", verdict(peak, 1500, most=True)


def measured(runs: Runs) -> list[str]:
    """The tokenizers that were measured on a text, all or a few."""
    return [name for name in TEN if runs.seconds(f"langcov {name}")]


def ratio_rows(runs: Runs) -> Iterator[Sequence[str]]:
    """A tokenizer's ratios, how it was measured, and whether its tokens are the library's."""
    for name in measured(runs):
        job, target, found = f"langcov {name}", target_of(name), speedup(runs, name)
        least = runs.total(["count", f"words {name}"])
        bound, possible = ratio(runs.seconds(job), least), ratio(runs.seconds(f"reference {name}"), least)
        system = (runs.one(job, "systems") or {}).get(name, {})
        mine = (runs.one(job, "tokens") or {}).get(name)
        yield (
            name,
            show(found, "×"),
            f"≥ {target:g}×" if target else "–",
            verdict(found, target),
            show(possible, "×"),
            show(bound, "×"),
            verdict(bound, 1.3, most=True),
            f"{system.get('method', '–')}, {system.get('engine', '–')}",
            show(minus(mine, runs.one(f"reference {name}", "tokens"))),
        )


def speed_rows(runs: Runs) -> Iterator[Sequence[str]]:
    """A tokenizer's megabytes a second and memory."""
    for name in measured(runs):
        yield (
            name,
            *(show(runs.speed(f"{who} {name}")) for who in ("reference", "gigatoken", "tokie", "langcov")),
            show(runs.seconds(f"words {name}"), f", {runs.one(f'words {name}', 'engine')}"),
            show(runs.middle(f"start {name}", "wall")),
            *(show(runs.middle(f"{who} {name}", "peak_mb")) for who in ("reference", "langcov")),
        )


def tokenizers(name: str, runs: Runs) -> Iterator[str]:
    """The section on a text."""
    real, text = name.startswith("real"), runs.text
    title = "Cyrillic running text of ../shared/corpora" if real else "Tatar surrogate text"
    yield f"## {title}, {show(text['megabytes'])} MB\n"
    yield made_by(f"tokenizers --megabytes {text['megabytes']:.0f} --text {name.split('-')[0]}")
    yield (
        f"{text['lines']:,} lines, {text['words']:,} words, {text['distinct_words']:,} different: "
        f"**distinct share {text['distinct_share']:.1%}**. Medians of {runs.rounds()}."
    )
    if real:
        yield "Many languages under one label, no line twice: the hardest case for encoding each word once."
    yield ""
    yield table(("ratio", "measured", "target (for surrogate text)", "met"), overall_rows(runs))
    yield ""
    yield table(RATIOS, ratio_rows(runs))
    yield (
        "\nWhat stops the rest: the text is read and its different words are encoded by the library itself; "
        "that alone leaves *at most possible*. Rare words are long, so different words are a larger share of "
        "the bytes than of the words; the share falls as texts grow. An engine has to be certified, and only "
        "that for `tokenizer.json` pays ([0005](../docs/decisions/0005-fast-engines.md)). Above that are "
        "the tokens' places in the text, which T5 and BERT have from the library as Python objects, and the "
        "start of the engine.\n"
    )
    yield (
        f"\nMB/s: `wc -w` {show(runs.speed('wc'))}, langcov without a tokenizer {show(runs.speed('count'))}, "
        f"ten in one pass {show(runs.speed('langcov ten'))} after {show(runs.middle('start ten', 'wall'))} s "
        "of start. By tokenizer:\n"
    )
    yield table(SPEEDS, speed_rows(runs))
    yield ""


def memory(texts: dict[str, Runs]) -> Iterator[str]:
    """Peak memory of the ten in one pass, by the size of the text."""
    yield "## Memory\n"
    yield made_by("tokenizers --megabytes 1000 --text surrogate --repeat 1 --only ten")
    yield "Peak of one process that measures all ten tokenizers.\n"
    peaks = {name: runs.middle("langcov ten", "peak_mb") for name, runs in texts.items()}
    rows = (
        (f"{name.split('-')[0]}, {show(texts[name].text['megabytes'])} MB", show(peak, " MB"))
        for name, peak in peaks.items()
        if peak
    )
    yield table(("text", "peak"), rows)
    yield ""


def plot(texts: dict[str, Runs], path: Path) -> None:
    """How much faster than the library alone, and megabytes a second; a column a text."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        2, len(texts), figsize=(6.5 * len(texts), 8), layout="constrained", squeeze=False
    )
    for (top, low), (name, runs) in zip(axes.T, texts.items()):
        rows = [*TEN, "ten"]
        for place, one in enumerate(rows):
            found, target = speedup(runs, one), 8.0 if one == "ten" else target_of(one)
            top.barh(place, found or 0, color="C0")
            top.text(found or 0, place, f" {show(found, '×')}", va="center")
            if target:
                top.plot([target, target], [place - 0.4, place + 0.4], "C1", linewidth=2)
        for who, mark in (("reference", "o"), ("gigatoken", "^"), ("tokie", "v"), ("langcov", "s")):
            speeds = [runs.speed(f"{who} {one}") for one in rows]
            low.plot([speed or float("nan") for speed in speeds], range(len(rows)), mark, label=who)
        for job, line in (("wc", ":"), ("count", "--")):
            speed = runs.speed(job)
            if speed:
                low.axvline(speed, color="grey", linestyle=line, label=job)
        size, share = show(runs.text["megabytes"]), runs.text["distinct_share"]
        title = f"{name.split('-')[0]} text, {size} MB, distinct share {share:.1%}"
        top.set(title=title, xlabel="times as fast as the library alone (orange: target)")
        top.margins(x=0.15)
        low.set(xscale="log", xlabel="MB/s")
        low.legend()
        for axis in (top, low):
            axis.set_yticks(range(len(rows)), rows)
            axis.set_ylim(len(rows) - 0.5, -0.5)
    figure.savefig(path, dpi=110)


def report(found: dict[str, Any]) -> Iterator[str]:
    """All of RESULTS.md, line by line."""
    machine = found["machine"]
    libraries = ", ".join(f"{name} {number}" for name, number in machine["libraries"].items() if number)
    yield "# Speed\n"
    yield "Made by `python benchmarks/speed.py`; every run is in `results/speed.json`.\n"
    yield (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}, "
        f"{libraries}. One thread, a fresh process for each run, the order of jobs turned round each time. "
        "Absolute speeds drift by ±30 % between sessions on such machines; ratios less.\n"
    )
    yield (
        "*Library alone* encodes whole lines in the way that is fastest with it and computes nothing; "
        "loading and reading are not counted. *langcov* is the command `langcov tokenizers`, all metrics and "
        "intervals, less the same on one line (*start*: imports, loading, proofs; an engine is loaded after "
        "it). *Distinct words* are those of the whole text, encoded by langcov's adapter. *At most possible* "
        "is the library alone / (counting + distinct words), as if nothing else took any time. Text made by "
        "`benchmarks/surrogate.py`: [how well it fits](results/surrogate_tat.json), "
        "[in curves](results/surrogate_tat.png).\n"
    )
    if "everyday" in found:
        yield from section(found["everyday"])
    yield "![speed against the library alone](results/speed.png)\n"
    texts = {name: Runs(part) for name, part in found.get("tokenizers", {}).items()}
    for name, runs in texts.items():
        if runs.seconds("count"):
            yield from tokenizers(name, runs)
    yield from memory(texts)
    yield from stages({name: Runs(part) for name, part in found.get("stages", {}).items()})
    for name, part in found.get("lid", {}).items():
        yield from models(name, Runs(part))
    yield from checks({name: Runs(part) for name, part in found.get("check", {}).items()})
    yield "## Peers\n"
    yield made_by("peers --peers-python VENV/bin/python")
    yield (
        "Whole processes, less the same on one line. *By the peer's definition* is worked out with the "
        "library alone: where it gives the peer's figure, the difference is one of definition, as told.\n"
    )
    for name, part in found.get("peers", {}).items():
        yield from peers(name, Runs(part))


def main() -> None:
    """Read the runs, write the report and the plot."""
    found = json.loads((HERE / "results" / "speed.json").read_text(encoding="utf-8"))
    texts = {name: Runs(part) for name, part in found.get("tokenizers", {}).items()}
    texts = {name: runs for name, runs in texts.items() if len(measured(runs)) == len(TEN)}
    if texts:
        plot(texts, HERE / "results" / "speed.png")
    (HERE / "RESULTS.md").write_text("\n".join(report(found)), encoding="utf-8")


if __name__ == "__main__":
    main()

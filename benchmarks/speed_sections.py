"""Sections of RESULTS.md beside that on tokenizers: stages, LID models, peers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.speed_runs import Runs, made_by, minus, ratio, show, table, verdict

PEERS = {
    "toklens": (
        "gpt-neox",
        {
            "fertility": ("fertility", "words are encoded alone, without the space before them"),
            "strr": (
                "retained_words",
                "words are encoded alone, with the punctuation on them; here UAX #29 words in their line",
            ),
            "cpt": ("chars_per_token", "the text is one string: line ends are characters and tokens of it"),
            "compression_ratio": ("bytes_per_token", "the same"),
        },
    ),
    "asia-fertility": (
        "o200k",
        {
            "fertility": ("fertility", "words are runs of `\\w`: punctuation ends one, and alone is none"),
            "cpt": ("chars_per_token", "the text is made NFC first"),
            "bpt": ("bytes_per_token", "the same"),
        },
    ),
}


def stages(texts: dict[str, Runs]) -> Iterator[str]:
    """Where the time goes, a column a text."""
    job = "stages o200k"
    found = {name: runs.one(job, "stages") for name, runs in texts.items() if runs.one(job, "stages")}
    if not found:
        return
    yield "## Where the time goes\n"
    yield made_by("stages")
    yield (
        "Seconds of `langcov.measure` with o200k (reference) under Python's profiler, which adds a little; "
        "one thread, the last run of each text.\n"
    )
    rows = [
        ("distinct share", *(f"{texts[name].text['distinct_share']:.1%}" for name in found)),
        *((stage, *(show(each[stage]) for each in found.values())) for stage in next(iter(found.values()))),
        ("all", *(show(texts[name].seconds(job)) for name in found)),
    ]
    heads = (f"{name.split('-')[0]}, {show(texts[name].text['megabytes'])} MB" for name in found)
    yield table(("", *heads), iter(rows))
    yield ""


def models(name: str, runs: Runs) -> Iterator[str]:
    """The section on LID models and a text."""
    yield f"## Language-ID models, {name.replace('-', ' text, ')} MB\n"
    yield made_by("lid")
    yield (
        f"{runs.text['lines']:,} lines, policy strict, medians of {runs.rounds()}; langcov less the same on "
        "one line. *Alone* is the library's fastest bare prediction of the same lines.\n"
    )
    jobs = [job.removeprefix("bare ") for job in runs.jobs() if job.startswith("bare ")]
    rows = []
    for one in jobs:
        alone, mine = runs.seconds(f"bare {one}"), runs.seconds(f"langcov {one}")
        two, cost = runs.seconds(f"langcov {one} ×2"), ratio(mine, alone)
        rows.append(
            (
                one,
                *(show(value, " s") for value in (alone, mine)),
                show(cost, "×"),
                verdict(cost, 1.15, most=True),
                show(ratio(mine, two), "×"),
                verdict(ratio(mine, two), 1.7),
                show(runs.middle(f"langcov {one}", "peak_mb")),
                show(runs.middle(f"start {one}", "peak_mb")),
            )
        )
    head = ("model", "alone", "langcov", "cost", "≤ 1.15×", "two processes", "≥ 1.7×", "MB", "MB on one line")
    yield table(head, iter(rows))
    yield ""


def checks(texts: dict[str, Runs]) -> Iterator[str]:
    """A corpus checked and fixed, and what hygiene adds to a measurement, a row a text."""
    if not texts:
        return
    yield "## Checking and fixing a corpus\n"
    yield made_by("check")
    yield (
        "`langcov corpora check` and `fix --write` less the same on one line, one process, all checks but "
        "those that ask models or compare all lines with each other (near repetitions). *Hygiene* is what "
        "`langcov tokenizers bytes` takes longer than with `--no-hygiene`; the tables above leave it out.\n"
    )
    rows = []
    for name, runs in texts.items():
        size = runs.text["megabytes"]
        check, fix = runs.seconds("langcov check"), runs.seconds("langcov fix")
        added = minus(runs.seconds("langcov hygiene"), runs.seconds("langcov bytes"))
        rows.append(
            (
                f"{name.split('-')[0]}, {show(size)} MB, medians of {runs.rounds()}",
                show(check, " s"),
                show(ratio(size, check), " MB/s"),
                verdict(ratio(size, check), 30),
                show(ratio(check, runs.seconds("wc")), "×"),
                show(runs.middle("langcov check", "peak_mb")),
                show(ratio(size, fix), " MB/s"),
                show(runs.middle("langcov fix", "peak_mb")),
                show(added, " s"),
            )
        )
    head = ("text", "check", "speed", "≥ 30 MB/s", "against `wc -w`", "MB", "fix", "MB", "hygiene")
    yield table(head, iter(rows))
    yield ""


def peers(name: str, runs: Runs) -> Iterator[str]:
    """The section on the peers and a text."""
    size, share = show(runs.text["megabytes"]), runs.text["distinct_share"]
    kind = name.split("-")[0].capitalize()
    yield f"### {kind} text, {size} MB, distinct share {share:.1%}, medians of {runs.rounds()}\n"
    yield table(
        ("", "seconds", "langcov, seconds", "ratio", "MB", "langcov, MB"),
        (
            (
                f"{peer}, {tokenizer}",
                show(runs.seconds(f"{peer} {tokenizer}")),
                show(runs.seconds(f"langcov {tokenizer}")),
                show(ratio(runs.seconds(f"{peer} {tokenizer}"), runs.seconds(f"langcov {tokenizer}")), "×"),
                show(runs.middle(f"{peer} {tokenizer}", "peak_mb")),
                show(runs.middle(f"langcov {tokenizer}", "peak_mb")),
            )
            for peer, (tokenizer, _) in PEERS.items()
        ),
    )
    yield ""
    yield table(
        ("figure", "peer", "langcov", "by the peer's definition", "where they differ"), peer_rows(runs)
    )
    yield ""


def peer_rows(runs: Runs) -> Iterator[Sequence[str]]:
    """A row a figure; the reason stands only where our reading of its definition gives the peer's figure."""
    for peer, (tokenizer, figures) in PEERS.items():
        found = runs.one(f"{peer} {tokenizer}", "figures")
        own = runs.one(f"langcov {tokenizer}", "figures")
        definitions = (runs.one("definitions", "figures") or {}).get(peer)
        if not (found and own and definitions):
            yield peer, *["–"] * 3, runs.error(f"{peer} {tokenizer}") or "not measured"
            continue
        for key, (metric, reason) in figures.items():
            theirs, defined = found[key], definitions[key]
            same = abs(theirs - own[metric]) < 1e-9
            explained = abs(theirs - defined) < 1e-9
            why = "nowhere" if same else reason if explained else "**not explained**"
            yield f"{peer} `{key}`", *(f"{value:.6f}" for value in (theirs, own[metric], defined)), why

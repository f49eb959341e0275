"""The texts that ``speed.py`` times: jobs of ``speed_jobs``."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
TATAR = ("commonvoice/tat.txt", "ntrex/tat_Cyrl.txt", "flores_plus/tat_Cyrl.txt")


def prepare(kind: str, megabytes: str, target: str) -> dict[str, Any]:
    """Write a text, and beside it its different words as ``.words``; how large it is.

    ``real`` is the Cyrillic running text of ../shared/corpora, no line twice, thinned evenly where there
    is more than wanted; ``surrogate`` is Tatar surrogate text.
    """
    size, path = int(float(megabytes) * 1e6), Path(target)
    if kind == "real":
        real = list(dict.fromkeys(cyrillic()))
        step = max(1.0, sum(len(line.encode()) + 1 for line in real) / size)
        kept = [real[int(at * step)] for at in range(int(len(real) / step))]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    else:
        from benchmarks.surrogate import fit, read_lines, write

        model = fit(read_lines([SHARED / "corpora" / name for name in TATAR]))
        with path.open("wb") as file:
            write(model, file, size)
    found: Counter[str] = Counter()
    lines = 0
    with path.open(encoding="utf-8", newline="\n") as text:
        for line in text:
            lines += 1
            found.update(line.split())
    path.with_suffix(".words").write_text("\n".join(found), encoding="utf-8")
    return {
        "megabytes": path.stat().st_size / 1e6,
        "lines": lines,
        "words": found.total(),
        "distinct_words": len(found),
        "distinct_share": len(found) / found.total(),
    }


def cyrillic() -> Iterator[str]:
    """The lines of running text in Cyrillic script that are beside the project."""
    text_of = {
        "commonvoice": r"(.+)",
        "ntrex": r"(.+)",
        "flores_plus": r"(.+)",
        "udhr": r"[^\t]+\t(.+)",
        "tatoeba": r"([^\t]+)\t",
        "ud": r"# text = (.+)",
    }
    for row in (SHARED / "corpora" / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, _, script = row.split("\t")[:3]
        folder = name.split("/")[0]
        if script != "Cyrl" or folder not in text_of:
            continue
        pattern = re.compile(text_of[folder])
        for line in (SHARED / "corpora" / name).read_text(encoding="utf-8").split("\n"):
            match = pattern.match(line)
            if match:
                yield match[1]


def as_jsonl(path: str, target: str) -> dict[str, Any]:
    """The lines of a text as the custom corpus of asia-fertility."""
    rows = [json.dumps({"lang": "tat", "text": line}, ensure_ascii=False) for line in read_lines(path)]
    Path(target).write_text("\n".join(rows), encoding="utf-8")
    return {}


def read_lines(path: str) -> list[str]:
    """The lines of a text."""
    return Path(path).read_text(encoding="utf-8").split("\n")[:-1]

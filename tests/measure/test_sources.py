"""However text is cut, read and shared, the result has the same bytes."""

from __future__ import annotations

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from langcov.core.pieces import opened
from langcov.corpora import ReadOptions, resolve
from langcov.counting.jobs import Counted, Job
from langcov.counting.tokens import count_source
from langcov.measure import sources
from langcov.measure.plan import Settings
from langcov.measure.sources import Where
from langcov.measure.tokenizers import measure
from langcov.tokenizers import load

SYSTEMS = [load("bytes"), load("langcov-rus-32k")]
WORD = st.text("абвӑ ё\u0301A1\u00a0", min_size=1, max_size=6)
TEXT = st.lists(st.lists(WORD, max_size=5).map(" ".join), min_size=1, max_size=40)


def figures(folder: Path, order: list[int], chunk: int = 1 << 20, where: Where | None = None) -> Any:
    """All of a result, and its rows, but for the time."""
    files = [f"tat={folder}/{number}.{'jsonl' if number % 2 else 'txt'}" for number in order]
    options = Settings(options=ReadOptions(chunk_bytes=chunk), perturbations=["case"])
    result = measure(resolve(files), SYSTEMS, options, where=where)
    made = json.loads(result.to_json())
    rows = [part.arrays for part in result.rows]
    made.pop("created")
    return made, [{name: values.tolist() for name, values in one.items()} for one in rows]


@settings(
    max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXT, min_size=1, max_size=4), st.integers(1, 400), st.sampled_from([1, 2, 4]), st.randoms())
def test_nothing_of_it_shows(
    tmp_path_factory: Any, texts: list[list[str]], size: int, jobs: int, dice: random.Random
) -> None:
    folder, order = tmp_path_factory.mktemp("texts"), list(range(len(texts)))
    for number, lines in enumerate(texts):
        text = "\n".join([*lines, "а"]) + "\n"
        if number % 2:
            text = "".join(json.dumps({"text": line}) + "\n" for line in text.splitlines())
        (folder / f"{number}.{'jsonl' if number % 2 else 'txt'}").write_text(text, "utf-8")
    wanted = figures(folder, order)
    dice.shuffle(order)
    held = threading.local()  # as processes each have their own

    def count(job: Job) -> Counted:
        return count_source(job, SYSTEMS, tables=vars(held).setdefault("tables", {}))

    with patch.object(sources, "PART_BYTES", size), opened(folder / "keep", {}) as kept:
        for _ in range(2):  # the second finds some of the pieces of the first
            workers: Any = ThreadPoolExecutor(jobs) if jobs > 1 else nullcontext()
            with workers as executor:
                assert figures(folder, order, size, Where(executor, count, kept)) == wanted
            for path in (folder / "keep").glob("*.piece"):
                if dice.random() < 0.5:
                    path.unlink()


def test_rows_of_many_files_stay_few(tmp_path: Path) -> None:
    """What is held grows with the rule's rows, not with the files; the figures are those of few files."""
    dice = random.Random(1)
    lines = ["".join(dice.choices("абв ", k=9)) + "а" for _ in range(3000)]
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("\n".join(lines[number::30]) + "\n", "utf-8")
    held: list[int] = []
    ease = sources.ease

    def eased(files: list[Any]) -> None:
        ease(files)
        held.append(sum(len(file.text) for file in files))

    with patch.object(sources, "ease", eased):
        measure(resolve([f"tat={path}" for path in sorted(tmp_path.glob("*.txt"))]), SYSTEMS[:1], Settings())
    assert max(held) <= 256 + 30

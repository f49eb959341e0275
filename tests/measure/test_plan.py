"""Work given to several hands comes back the same, whoever is done first."""

from __future__ import annotations

import json
import os
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import langcov
import tokenizers
from langcov.corpora import Provenance, ReadOptions, read, resolve
from langcov.counting.jobs import Counted, Job
from langcov.counting.lost_text import LETTER_BITS
from langcov.counting.predictions import count_lid
from langcov.counting.sums import Histogram
from langcov.counting.tokens import count_source
from langcov.errors import CannotEncode, MissingLibrary, UserError
from langcov.lid import load as load_model
from langcov.lid.judge import judge
from langcov.measure.lid import LidSettings
from langcov.measure.lid import measure as measure_models
from langcov.measure.plan import Settings, changed_letters
from langcov.measure.sources import Where
from langcov.measure.tokenizers import measure
from langcov.tokenizers import load


class Backwards(Executor):
    """Does first what it was given last."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.tasks.append(lambda: future.set_result(function(*args, **kwargs)))
        if len(self.tasks) == 1:
            threading.Timer(0.2, self.work).start()
        return future

    def work(self) -> None:
        tasks, self.tasks = self.tasks, []
        for task in reversed(tasks):
            task()
            time.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("tat.jsonl", '{"text": "кот\\nкот"}\n\n{"text": "кот барс"}\n', "line 3"),
        ("tat.tsv", "id\ttext\n1\tкот\n\n2\tкот барс\n", "line 4"),
        ("tat.conllu", "# newdoc\n# text = кот барс\n1\tx\n\n", "line 2"),
    ],
)
def test_the_place_of_a_failure_is_that_in_the_file(name: str, text: str, place: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")

    def tokenizer(texts: list[str]) -> list[list[int]]:
        if any("барс" in text for text in texts):
            raise ValueError("no")
        return [[1] for _ in texts]

    def model(texts: list[str]) -> tuple[list[str], None]:
        tokenizer(texts)
        return ["tat"] * len(texts), None

    model.labels = ["tat"]  # type: ignore[attr-defined]
    path = str(tmp_path / name)
    for call, system in ((langcov.measure_tokenizers, tokenizer), (langcov.measure_lid, model)):
        with pytest.raises(UserError) as problem:
            call(system, path)  # type: ignore[operator]
        assert f"{path}, {place}: " in str(problem.value)


def test_the_first_line_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_unknown = tokenizers.models.WordLevel({"кот": 0}, unk_token="[UNK]")
    systems = [load("bytes"), load(tokenizers.Tokenizer(no_unknown))]
    lines = ["кот"] * 1000
    lines[100] = lines[700] = "барс"
    (tmp_path / "tat.txt").write_text("\n".join(lines) + "\n", "utf-8")
    corpora = resolve([str(tmp_path)])
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", 1000)

    def count(job: Job) -> Counted:
        return count_source(job, systems)

    def parts(**options: Any) -> dict[str, Any]:
        made = json.loads(measure(corpora, systems, Settings(), **options).to_json())
        return {name: part for name, part in made.items() if name not in ("created", "environment")}

    alone = parts()
    assert {
        r["reason"].partition(": ")[0] for r in alone["records"] if r["metric"] == "fertility" and r["reason"]
    } == {f"{tmp_path}/tat.txt, line 101"}
    assert parts(where=Where(Backwards(), count)) == alone


def test_a_file_that_changes_after_it_was_cut_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To another text of one size and time, by which nothing shows but what is read."""
    path, systems = tmp_path / "tat.txt", [load("bytes")]
    path.write_text("кот\n" * 1000, "utf-8")
    corpora, was = resolve([str(path)]), path.stat()
    monkeypatch.setattr("langcov.measure.sources.PART_BYTES", 1000)

    def count(job: Job) -> Counted:
        if job.part and job.part.end == was.st_size:
            path.write_text("кот\n" * 999 + "пёс\n", "utf-8")
            os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
        return count_source(job, systems)

    with ThreadPoolExecutor(1) as pool, pytest.raises(UserError) as problem:
        measure(corpora, systems, Settings(), where=Where(pool, count))
    assert str(problem.value).startswith(f"{path} was changed while it was read")


def test_a_file_that_changes_after_its_lines_were_compared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rus.txt").write_text("кот\nпёс\n", "utf-8")
    (tmp_path / "tat.txt").write_text("кот\nпёс\n", "utf-8")
    systems = [load("bytes")]

    def count(job: Job) -> Counted:
        (tmp_path / "tat.txt").write_text("пёс\n", "utf-8")
        return count_source(job, systems)

    with pytest.raises(UserError, match=r"tat\.txt was changed while it was read"):
        measure(resolve([str(tmp_path)], aligned=True), systems, Settings(), where=Where(count=count))


def test_a_worker_is_told_of_its_own_file_only(tmp_path: Path) -> None:
    """Of many files each job took all along; the place of a file among them stays what it is."""
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(f"кот {number}\n", "utf-8")
    files = [f"tat={path}" for path in sorted(tmp_path.iterdir())]
    corpora, systems = resolve(files, aligned=True), [load("bytes")]
    sizes: list[int] = []
    digests: list[int] = []

    def count(job: Job) -> Counted:
        sizes.append(len(pickle.dumps(job)))
        [lines] = read(job.source, job.corpus, job.options, Provenance())
        digests.extend(lines.digests.tolist())
        return count_source(job, systems)

    measure(corpora, systems, Settings(), where=Where(count=count))
    assert max(sizes) < 2000
    own = [read(source, corpora[0], ReadOptions(), Provenance()) for source in corpora[0].sources]
    assert digests == [digest for lines in own for one in lines for digest in one.digests.tolist()]
    assert len(set(digests)) == 300


@pytest.mark.parametrize(
    "error", [UserError("x"), MissingLibrary("pyarrow", "parquet", "reading"), CannotEncode(3, "x")]
)
def test_errors_come_whole_from_a_worker(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
    assert str(MissingLibrary("a", "b", "c")) == "c needs a: pip install 'langcov[b]'"


@pytest.mark.parametrize(
    "options",
    [
        {"words": "x"},
        {"context": 0},
        {"context": 10**400},
        {"price": -1},
        {"price": float("nan")},
        {"price": float("inf")},
    ],
)
def test_impossible_settings(options: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        Settings(**options)


@pytest.mark.parametrize("kind", ["tokenizers", "lid"])
@pytest.mark.parametrize("parallel", [False, True])
def test_a_file_in_several_corpora_is_counted_in_each(kind: str, parallel: bool, tmp_path: Path) -> None:
    (tmp_path / "rus.txt").write_text("кот\nдом\n", "utf-8")
    corpora = resolve([str(tmp_path), str(tmp_path), f"{tmp_path}/rus.txt"])
    executor = Backwards() if parallel else None
    if kind == "lid":
        judges = [judge(load_model("langid"), "strict", ["rus_Cyrl"])]
        models = [one.system for one in judges]
        count: Callable[[Job], Counted] = partial(count_lid, judges=judges)
        result = measure_models(corpora, models, LidSettings("strict"), where=Where(executor, count))
    else:
        systems = [load("bytes")]
        count = partial(count_source, systems=systems)
        result = measure(corpora, systems, Settings(), where=Where(executor, count))
    assert [(row["corpus"], row["lines"], row["rows"]) for row in result.totals] == [
        (name, 2, 2) for name in ("rus", tmp_path.name, f"{tmp_path.name}-2")
    ]


def test_letters_changed_by_a_tokenizer_that_failed_are_not_told() -> None:
    """How many it had changed before hangs on the parts that were read."""
    changed = {"yo": Histogram(np.array([ord("е") << LETTER_BITS | ord("ё")]), np.array([7]))}
    for failed, told in ((None, [("ё", "е", 7)]), ("no", [])):
        tally: Any = SimpleNamespace(changed=changed, failed={"yo": failed})
        rows = changed_letters("yo", "toy", {"rus_Cyrl": tally})
        assert [(row["letter"], row["became"], row["count"]) for row in rows] == told

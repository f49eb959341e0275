"""What ``speed.py`` times, each run in a process of its own: python benchmarks/speed_jobs.py JOB ARGUMENT…

A job prints one line of JSON; ``seconds`` is the time of what it is named for, without imports, loading of
the tokenizer, reading of the file or a first call. Nothing is imported before it is needed: memory is the
job's own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed_libraries import (
    bare_lid,
    by_their_definitions,
    gigatoken_engine,
    reference,
    tokie_engine,
    toklens,
)
from benchmarks.speed_texts import as_jsonl, prepare

Job = Callable[..., dict[str, Any]]


def main(name: str, *arguments: str) -> None:
    """Run a job and print its answer."""
    jobs: dict[str, Job] = {job.__name__: job for job in (prepare, reference, gigatoken_engine, tokie_engine)}
    jobs |= {job.__name__: job for job in (as_jsonl, words, count, stages, bare_lid)}
    jobs |= {job.__name__: job for job in (toklens, by_their_definitions)}
    print(json.dumps(jobs[name](*arguments)))


def words(spec: str, path: str) -> dict[str, Any]:
    """langcov's adapter encodes the different words of the text, as in the middle of a line."""
    from langcov.measure.engines import choose
    from langcov.tokenizers import load

    (system,) = choose([load(spec)], as_corpus(path))
    tokenizer = system.tokenizer
    if tokenizer.word_form is None:
        return {"seconds": None, "reason": tokenizer.word_reason}
    space = " " if tokenizer.word_form == "kept" else ""
    texts = [
        space + word for word in Path(path).with_suffix(".words").read_text(encoding="utf-8").split("\n")
    ]
    started = time.perf_counter()
    encoded = tokenizer.encode(texts)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "tokens": len(encoded.ids), "engine": system.engine}


def count(path: str) -> dict[str, Any]:
    """langcov reads and counts the text, with no tokenizer."""
    from langcov.measure.plan import Settings
    from langcov.measure.tokenizers import measure

    started = time.perf_counter()
    measure(as_corpus(path), [], Settings(references=["tat"]))
    return {"seconds": time.perf_counter() - started}


def stages(spec: str, path: str) -> dict[str, Any]:
    """Seconds of each stage of a measurement, by Python's own profiler."""
    import cProfile
    import pstats

    from langcov.corpora import read
    from langcov.counting import distinct_words as wordtable
    from langcov.counting import tokens as counting
    from langcov.counting.chunk import Chunk
    from langcov.counting.encode_words import encode_words
    from langcov.measure import tokenizers as evaluate
    from langcov.measure.plan import Settings
    from langcov.text.distinct import Distinct
    from langcov.tokenizers import load

    system, corpus = load(spec), as_corpus(path)
    with cProfile.Profile() as profile:
        evaluate.measure(corpus, [system], Settings(references=["tat"]))
    stats: dict[tuple[str, int, str], Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]

    def seconds(function: Any) -> float:
        code = function.__code__
        return stats.get((code.co_filename, code.co_firstlineno, code.co_name), [0.0] * 4)[3]

    counter, table, tokens = counting._LineCounter, wordtable.WordTable, wordtable.WordTokens
    parts = {
        "reading": seconds(read),
        "cutting lines into words": seconds(Chunk.__init__),
        "numbering distinct words": seconds(Distinct.add),
        "counters of their text": seconds(table.add) - seconds(Distinct.add),
        "encoding them": seconds(encode_words),
        "counters of their tokens": seconds(tokens.add) - seconds(encode_words),
        "sums by row, round trips": seconds(counter._count_words) - seconds(table.add) - seconds(tokens.add),
        "lines that go whole": seconds(counter._count_whole),
        "histograms": seconds(counter.flush),
        "metrics and intervals": seconds(evaluate._of_corpus),
    }
    total = seconds(evaluate.measure)
    return {"seconds": total, "stages": parts | {"the rest": total - sum(parts.values())}}


def as_corpus(path: str) -> list[Any]:
    """The text as langcov sees it."""
    from langcov.corpora import resolve
    from langcov.corpora.base import ReadOptions

    return list(
        resolve([f"tat={path}"], languages=None, references=["tat"], aligned=False, options=ReadOptions())
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

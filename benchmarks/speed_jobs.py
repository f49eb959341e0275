"""What ``speed.py`` times, each run in a process of its own: python benchmarks/speed_jobs.py JOB ARGUMENT…

A job prints one line of JSON; ``seconds`` is the time of what it is named for, without imports, loading of
the tokenizer, reading of the file or a first call. Nothing is imported before it is needed: memory is the
job's own.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
TATAR = ("commonvoice/tat.txt", "ntrex/tat_Cyrl.txt", "flores_plus/tat_Cyrl.txt")
BATCH = 10_000
"""Lines given to a library at once: enough for its speed, and its answers don't fill the memory."""
Job = Callable[..., dict[str, Any]]


def main(name: str, *arguments: str) -> None:
    """Run a job and print its answer."""
    sys.path.insert(0, str(HERE.parent))
    jobs: dict[str, Job] = {job.__name__: job for job in (prepare, reference, gigatoken_engine, tokie_engine)}
    jobs |= {job.__name__: job for job in (as_jsonl, words, count, stages, bare_lid)}
    jobs |= {job.__name__: job for job in (toklens, by_their_definitions)}
    print(json.dumps(jobs[name](*arguments)))


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


def as_jsonl(path: str, target: str) -> dict[str, Any]:
    """The lines of a text as the custom corpus of asia-fertility."""
    rows = [json.dumps({"lang": "tat", "text": line}, ensure_ascii=False) for line in read_lines(path)]
    Path(target).write_text("\n".join(rows), encoding="utf-8")
    return {}


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


def reference(spec: str, path: str, step: str = "1") -> dict[str, Any]:
    """The tokenizer's own library encodes every line, one thread, and only tokens are counted.

    Args:
        step: one line in so many, as a number; ``cpu`` is then what all would take.
    """
    encode, lines = own_encoder(spec), read_lines(path)
    some = lines[:: int(step)]
    encode(some[:1])
    started, before = time.perf_counter(), time.process_time()
    tokens = sum(encode(some[at : at + BATCH]) for at in range(0, len(some), BATCH))
    cpu = (time.process_time() - before) * len(lines) / len(some)
    return {"seconds": time.perf_counter() - started, "cpu": cpu, "tokens": tokens}


def read_lines(path: str) -> list[str]:
    """The lines of a text."""
    return Path(path).read_text(encoding="utf-8").split("\n")[:-1]


def own_encoder(spec: str) -> Callable[[list[str]], int]:
    """Counts the tokens of lines in the way that is fastest with the library of a SPEC."""
    kind, _, path = spec.partition(":")
    if kind == "spm":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_file=path)
        return lambda lines: sum(map(len, processor.encode(lines, num_threads=1)))
    if kind in ("hf", "wordpiece"):
        import tokenizers

        tokenizer = (
            tokenizers.Tokenizer.from_file(path)
            if kind == "hf"
            else tokenizers.BertWordPieceTokenizer(path, lowercase=False, strip_accents=False)._tokenizer
        )
        return lambda lines: sum(map(len, tokenizer.encode_batch_fast(lines, add_special_tokens=False)))
    ranks, pattern = tekken_file(path) if kind == "tekken" else tiktoken_file(path)
    import tiktoken

    encoding = tiktoken.Encoding(kind, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda lines: sum(map(len, map(encoding.encode_ordinary, lines)))


def tiktoken_file(path: str) -> tuple[dict[bytes, int], str]:
    """Ranks, and the pattern that the library has under the file's name."""
    from tiktoken_ext import openai_public

    ranks = {
        base64.b64decode(token): int(rank)
        for token, rank in map(bytes.split, Path(path).read_bytes().splitlines())
    }
    if Path(path).stem == "gpt2":
        return ranks, openai_public.r50k_pat_str
    kept = openai_public.load_tiktoken_bpe
    openai_public.load_tiktoken_bpe = lambda *_, **__: ranks  # or it would fetch them
    try:
        return ranks, getattr(openai_public, Path(path).stem)()["pat_str"]
    finally:
        openai_public.load_tiktoken_bpe = kept


def tekken_file(path: str) -> tuple[dict[bytes, int], str]:
    """Ranks, only those that are used, and the pattern."""
    file = json.loads(Path(path).read_bytes())
    config = file["config"]
    used = file["vocab"][: config["default_vocab_size"] - config["default_num_special_tokens"]]
    return {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in used}, config["pattern"]


def gigatoken_engine(spec: str, path: str) -> dict[str, Any]:
    """The engine alone, on the calling thread, in the way that is fastest for it."""
    import gigatoken

    kind, _, file = spec.partition(":")
    if kind == "spm":
        tokenizer = gigatoken.Tokenizer.from_sentencepiece(file)
    elif kind == "tiktoken":
        scheme = {"gpt2": "gpt2", "cl100k_base": "gpt4", "o200k_base": "o200k"}[Path(file).stem]
        tokenizer = gigatoken.Tokenizer.from_tiktoken(file, pretokenizer=scheme, special_tokens={})
    else:
        tokenizer = gigatoken.Tokenizer.from_json(Path(file).read_bytes())
    source = gigatoken.BytesSource(Path(path).read_bytes(), separator=b"\n")
    tokenizer.encode_batch([b"a"], parallel=False)
    started = time.perf_counter()
    tokens = tokenizer.encode_batch(source, parallel=False)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "tokens": len(tokens.layout.content)}


def tokie_engine(spec: str, path: str) -> dict[str, Any]:
    """The engine alone, a thread (by ``RAYON_NUM_THREADS``), in the way that is fastest for it."""
    import tokie

    tokenizer: Any = tokie.Tokenizer.from_json(spec.partition(":")[2])
    lines = read_lines(path)
    tokenizer.encode_batch_flat(lines[:1], add_special_tokens=False)
    started = time.perf_counter()
    tokens = sum(
        len(tokenizer.encode_batch_flat(lines[at : at + BATCH], add_special_tokens=False)[0])
        for at in range(0, len(lines), BATCH)
    )
    return {"seconds": time.perf_counter() - started, "tokens": tokens}


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


def bare_lid(spec: str, path: str) -> dict[str, Any]:
    """A LID model's own library answers for every line, and nothing is made of the answers."""
    from benchmarks.bare_lid import bare

    model, lines = bare(spec), read_lines(path)
    model.predict(lines[:1])
    started = time.perf_counter()
    for at in range(0, len(lines), BATCH):
        model.predict(lines[at : at + BATCH])
    return {"seconds": time.perf_counter() - started}


def as_corpus(path: str) -> list[Any]:
    """The text as langcov sees it."""
    from langcov.corpora import resolve
    from langcov.corpora.base import ReadOptions

    return list(
        resolve([f"tat={path}"], languages=None, references=["tat"], aligned=False, options=ReadOptions())
    )


def toklens(file: str, path: str) -> dict[str, Any]:
    """The peer on a text; it loads the file itself."""
    from toklens.analyzer import Analyzer

    from tokenizers import Tokenizer

    analyzer = Analyzer(Tokenizer.from_file(file))
    return {"figures": analyzer.evaluate_text(Path(path).read_text(encoding="utf-8"))}


def by_their_definitions(hf: str, tiktoken: str, path: str) -> dict[str, Any]:
    """The figures of the peers, from the libraries and the definitions we think they follow."""
    import unicodedata

    import tokenizers

    text = Path(path).read_text(encoding="utf-8")
    lines, words = text.split("\n")[:-1], Counter(text.split())
    tokenizer = tokenizers.Tokenizer.from_file(hf.partition(":")[2])
    alone = tokenizer.encode_batch_fast(list(words), add_special_tokens=False)
    sizes = dict(zip(words, map(len, alone)))
    whole = len(tokenizer.encode(text, add_special_tokens=False))
    normal = [unicodedata.normalize("NFC", line) for line in lines]
    tokens = own_encoder(tiktoken)(normal)
    runs = sum(len(re.findall(r"[\w\u0300-\u036f]+", line)) or 1 for line in normal)
    figures = {
        "toklens": {
            "fertility": sum(times * sizes[word] for word, times in words.items()) / words.total(),
            "strr": sum(times for word, times in words.items() if sizes[word] == 1) / words.total(),
            "cpt": len(text) / whole,
            "compression_ratio": len(text.encode()) / whole,
        },
        "asia-fertility": {
            "fertility": tokens / runs,
            "cpt": sum(map(len, normal)) / tokens,
            "bpt": sum(len(line.encode()) for line in normal) / tokens,
        },
    }
    return {"figures": figures}


if __name__ == "__main__":
    main(*sys.argv[1:])

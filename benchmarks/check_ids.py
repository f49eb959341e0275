"""Are langcov's tokens the library's own? python -m benchmarks.check_ids [TOKENIZER ...]

Every file of ../shared/corpora, every tokenizer of ../shared/tokenizers and both of tokenizers/, what can be
made of these (benchmarks/made_tokenizers.py), and any other file that is named by its path: the ids
that langcov's path gives to a line (each distinct word once, where that is proved) against those of the
library encoding the whole line, loaded here in a few lines of their own. Prints pairs and differences;
exit code 1 if there is one. Tab-separated files are compared field by field.
"""

from __future__ import annotations

import ast
import base64
import csv
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from benchmarks.made_tokenizers import Given, Reference, made
from langcov.counting.chunk import Chunk, Finder, line_tokens
from langcov.counting.encode_words import encode_words
from langcov.text.distinct import distinct
from langcov.text.strings import Strings
from langcov.tokenizers import Encoded, System, load

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"


def main(wanted: list[str]) -> int:
    """Compare, print, and write check_ids.tsv unless only some were wanted."""
    files = sorted(p for p in (SHARED / "corpora").rglob("*") if p.is_file() and p.suffix != ".md")
    tokenizers = [p for p in sorted((SHARED / "tokenizers").iterdir()) if p.suffix not in (".md", ".tsv")]
    tokenizers += sorted((HERE.parent / "tokenizers").glob("*.model"))
    others = [Path(word) for word in wanted if Path(word).is_file()]
    with TemporaryDirectory() as folder:
        given = [Given(path.name, str(path), reference_of(path)) for path in [*tokenizers, *others]]
        given += made(SHARED / "tokenizers", Path(folder))
        chosen = [one for one in given if not wanted or any(w in one.name or w == one.spec for w in wanted)]
        return judge(chosen, files, whole=not wanted)


def judge(chosen: Sequence[Given], files: list[Path], whole: bool) -> int:
    """Compare all lines; write the table if all tokenizers were wanted."""
    rows, total = [], 0
    for name, spec, reference in chosen:
        system = load(spec)
        started, lines, bad, by_words = time.perf_counter(), 0, 0, 0
        for file in files:
            texts = texts_of(file)
            wrong, in_words = compare(texts, system, reference)
            if wrong:
                print(f"{name} × {file.name}: {len(wrong)} lines differ, first {texts[wrong[0]]!r}")
            lines, bad, by_words = lines + len(texts), bad + len(wrong), by_words + in_words
        method = system.tokenizer.word_form or "lines"
        took = f"{time.perf_counter() - started:.0f} s"
        rows.append([name, method, len(files), lines, by_words, bad])
        print(*rows[-1], took, sep="\t", flush=True)
        total += bad
    print(f"{len(chosen) * len(files)} pairs, {total} lines differ")
    if whole:
        with (HERE / "check_ids.tsv").open("w", newline="") as out:
            writer = csv.writer(out, delimiter="\t", lineterminator="\n")
            writer.writerow(
                ["tokenizer", "word_form", "files", "lines", "lines_by_words", "lines_that_differ"]
            )
            writer.writerows(rows)
    return int(total > 0)


def texts_of(path: Path) -> list[str]:
    """The lines of a file, or the fields of its lines; empty ones left out."""
    lines = path.read_text(encoding="utf-8").split("\n")
    parts = (part for line in lines for part in line.split("\t")) if path.suffix != ".txt" else lines
    return [part for part in parts if part]


def compare(texts: list[str], system: System, reference: Reference) -> tuple[list[int], int]:
    """Indices of the lines whose ids differ, and how many lines were put together from words."""
    numbers = np.arange(len(texts))
    tokenizer = system.tokenizer
    chunk = Chunk(Strings.of(texts), numbers * 0, numbers, Finder(tokenizer.whole_line_texts))
    by_words = chunk.regular & (tokenizer.word_form is not None)
    found: dict[int, list[int]] = {}
    if by_words.any():
        words, unit_word = distinct(chunk.units)
        encoded, _ = encode_words(tokenizer, words)
        add(found, numbers[by_words], line_tokens(chunk, unit_word, numbers[by_words], encoded))
    whole = numbers[~by_words]
    add(found, whole, tokenizer.encode([texts[i] for i in whole]))
    wanted = reference(texts)
    return [i for i, ids in enumerate(wanted) if found.get(i) != list(ids)], int(by_words.sum())


def add(found: dict[int, list[int]], lines: NDArray[np.int64], encoded: Encoded) -> None:
    """Note the ids of some lines."""
    ids, starts = encoded.ids.tolist(), encoded.starts.tolist()
    found.update({line: ids[starts[i] : starts[i + 1]] for i, line in enumerate(lines.tolist())})


def reference_of(path: Path) -> Reference:
    """The library itself, as ../shared/tokenizers/LOADING.md says."""
    name = path.name
    if name.endswith(".model"):
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        return lambda texts: processor.encode(texts)
    if name.startswith("tekken"):
        return tekken(path)
    if name.endswith(".json"):
        import tokenizers

        loaded = tokenizers.Tokenizer.from_file(str(path))
        return lambda texts: [e.ids for e in loaded.encode_batch(texts, add_special_tokens=False)]
    if name.endswith(".tiktoken"):
        return tiktoken_file(path)
    if name.endswith("vocab.txt"):
        import tokenizers

        bert = tokenizers.BertWordPieceTokenizer(str(path), lowercase=False, strip_accents=False)
        return lambda texts: [e.ids for e in bert.encode_batch(texts, add_special_tokens=False)]
    return rwkv(path)


def tiktoken_file(path: Path) -> Reference:
    """A .tiktoken file with the pattern of its name."""
    import tiktoken
    from tiktoken_ext import openai_public

    lines = path.read_bytes().splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines)}
    if path.stem == "gpt2":
        pattern = openai_public.r50k_pat_str
    else:
        # The library keeps these two patterns inside functions that would download the ranks.
        kept = openai_public.load_tiktoken_bpe
        openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
        try:
            pattern = getattr(openai_public, path.stem)()["pat_str"]
        finally:
            openai_public.load_tiktoken_bpe = kept
    encoding = tiktoken.Encoding(path.stem, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda texts: [encoding.encode_ordinary(text) for text in texts]


def tekken(path: Path) -> Reference:
    """Mistral's Tekken: the first entries only, ids shifted by the special tokens."""
    import tiktoken

    data = json.loads(path.read_text(encoding="utf-8"))
    config = data["config"]
    special = config["default_num_special_tokens"]
    entries = data["vocab"][: config["default_vocab_size"] - special]
    ranks = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in entries}
    encoding = tiktoken.Encoding(
        "tekken", pat_str=config["pattern"], mergeable_ranks=ranks, special_tokens={}
    )
    return lambda texts: [[i + special for i in encoding.encode_ordinary(text)] for text in texts]


def rwkv(path: Path) -> Reference:
    """Greedy longest match over UTF-8, tried from the longest token down."""
    ids: dict[bytes, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number, literal = line[: line.rindex(" ")].split(" ", 1)
        token = ast.literal_eval(literal)
        ids[token.encode() if isinstance(token, str) else token] = int(number)
    longest: dict[bytes, int] = {}
    for token in ids:
        longest[token[:2]] = max(longest.get(token[:2], 1), len(token))

    def encode_one(text: str) -> list[int]:
        data, at, found = text.encode(), 0, []
        while at < len(data):
            size = min(longest.get(data[at : at + 2], 1), len(data) - at)
            while data[at : at + size] not in ids:
                size -= 1
            found.append(ids[data[at : at + size]])
            at += size
        return found

    return lambda texts: [encode_one(text) for text in texts]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Rebuild the two reference models from ../shared/corpora: python tools/train_tokenizers.py

Both are SentencePiece BPE of 32,000 pieces with byte fallback, no normalisation, and differ only in
their text: Russian alone, or every language of the corpora with about equal weight. UDHR and FLORES+
are left out, so that they can be measured. The same files give the same pieces.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

HERE = Path(__file__).resolve().parents[1] / "tokenizers"
CORPORA = HERE.parents[1] / "shared" / "corpora"
LEFT_OUT = ("udhr/", "flores_plus/", "gflang/", "morph/")
WEIGHED_CHARS = 400_000
MOST_REPEATS = 8


def main() -> None:
    """Train both models beside this script."""
    texts = read_all()
    train("langcov-rus-32k", {"rus": texts["rus"]})
    train("langcov-balanced-32k", texts)


def read_all() -> dict[str, list[str]]:
    """Distinct lines by ISO 639-3 code, in the order of the manifest."""
    texts: dict[str, dict[str, None]] = {}
    header, *rows = (CORPORA / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    for row in rows:
        fields = dict(zip(names, row.split("\t")))
        path = fields["file"]
        if path.startswith(LEFT_OUT) or not (CORPORA / path).is_file():
            continue
        for language, line in lines_of(path, fields["iso639_3"]):
            if line.strip():
                texts.setdefault(language, {})[line] = None
    return {language: list(lines) for language, lines in sorted(texts.items())}


def lines_of(path: str, language: str) -> Iterator[tuple[str, str]]:
    """The text of a file, whatever its format, with its language."""
    for line in (CORPORA / path).read_text(encoding="utf-8").splitlines():
        if path.endswith(".conllu"):
            if line.startswith("# text = "):
                yield language, line.removeprefix("# text = ")
        elif path.startswith(("gatitos/", "tatoeba/")):
            yield language, line.split("\t")[0]
        elif path.endswith("panlex_swadesh110.tsv"):
            code, *_, expression = line.split("\t")
            if code != "iso639_3":
                yield code, expression
        elif path.endswith(".txt") and not path.endswith("DOCUMENT_IDS.txt"):
            yield language, line


def train(name: str, texts: dict[str, list[str]]) -> None:
    """Train one model; a language weighs about WEIGHED_CHARS, repeated at most MOST_REPEATS times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weighted.tsv"
        with path.open("w", encoding="utf-8") as out:
            for language, lines in texts.items():
                chosen, repeats = (lines, 1) if len(texts) == 1 else weigh(lines)
                out.writelines(f"{line.replace(chr(9), ' ')}\t{repeats}\n" for line in chosen)
                print(f"{name}: {language} {len(chosen)} lines × {repeats}", file=sys.stderr)
        sentencepiece.SentencePieceTrainer.train(
            input=str(path),
            input_format="tsv",
            model_prefix=str(Path(folder) / name),
            model_type="bpe",
            vocab_size=32000,
            character_coverage=0.9999,
            byte_fallback=True,
            normalization_rule_name="identity",
            remove_extra_whitespaces=False,
            max_sentence_length=1 << 16,
            num_threads=1,
            minloglevel=1,
        )
        model = (
            (Path(folder) / f"{name}.model")
            .read_bytes()
            .replace(folder.encode(), b"x" * len(folder.encode()))
        )
    (HERE / f"{name}.model").write_bytes(model)
    print(f"{name}.model {len(model)} bytes sha256 {hashlib.sha256(model).hexdigest()}")


def weigh(lines: list[str]) -> tuple[list[str], int]:
    """Lines in the order of their sha256 up to the weight, and how often each is to count."""
    lines = sorted(lines, key=lambda line: hashlib.sha256(line.encode()).digest())
    total, chosen = 0, []
    for line in lines:
        if total >= WEIGHED_CHARS:
            break
        chosen.append(line)
        total += len(line)
    return chosen, max(1, min(MOST_REPEATS, WEIGHED_CHARS // max(1, total)))


if __name__ == "__main__":
    main()

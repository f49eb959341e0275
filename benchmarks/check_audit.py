"""Are the counts of ``langcov audit`` those of plain loops over the libraries?

    python -m benchmarks.check_audit ../shared/tokenizers [FILE …]

Of each tokenizer: the bytes of every piece as its file has them; each text is encoded by the library, alone
and in each context of ``langcov.audit.contexts``, one at a time, and all ids that come are put into a set.
Pieces for whose cause there is no proof are also tried before all pairs of ASCII characters. Compared are the
pieces that come of their own text and those of none, id by id. Then all words of the bundled tables:
no piece that one has may be called unreached. Prints a row each; 1 if anything differs.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from langcov.audit.contexts import CONTEXTS, SAMPLED, completions
from langcov.audit.reach import Search
from langcov.audit.uses import uses
from langcov.core.work import Progress
from langcov.corpora import best_bundled
from langcov.corpora.base import ReadOptions
from langcov.corpora.resolve import all_bundled
from langcov.tokenizers import load
from langcov.tokenizers.rank_patterns import pattern_for

FILES = (
    "gpt2.tiktoken",
    "cl100k_base.tiktoken",
    "o200k_base.tiktoken",
    "tekken_240718.json",
    "gpt_neox_20b.json",
    "mistral_v1.spm.model",
    "t5_small.json",
)
Encode = Callable[[str], list[int]]
Pieces = dict[int, bytes]


def tiktoken(path: Path) -> tuple[Encode, Pieces]:
    """Ranks and pattern, read here."""
    import hashlib

    import tiktoken as library

    lines = (line.split() for line in path.read_bytes().splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    pattern = pattern_for(path.name, "", hashlib.sha256(path.read_bytes()).hexdigest()).regex
    made = library.Encoding(path.name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return made.encode_ordinary, {rank: token for token, rank in ranks.items()}


def tekken(path: Path) -> tuple[Encode, Pieces]:
    """Mistral's file, whose ids come after its special tokens."""
    import tiktoken as library

    file = json.loads(path.read_bytes())
    specials, size = (file["config"][key] for key in ("default_num_special_tokens", "default_vocab_size"))
    ranks = {base64.b64decode(one["token_bytes"]): one["rank"] for one in file["vocab"][: size - specials]}
    pattern = file["config"]["pattern"]
    made = library.Encoding(path.name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})

    def encode(text: str) -> list[int]:
        return [rank + specials for rank in made.encode_ordinary(text)]

    return encode, {rank + specials: token for token, rank in ranks.items()}


def sentencepiece(path: Path) -> tuple[Encode, Pieces]:
    """Pieces as the processor names them."""
    import sentencepiece as library

    made = library.SentencePieceProcessor(model_file=str(path))
    pieces: Pieces = {}
    for at in range(made.get_piece_size()):
        piece = made.id_to_piece(at)
        if made.is_byte(at):
            pieces[at] = bytes.fromhex(piece[3:5])
        elif not (made.is_control(at) or made.is_unknown(at)):
            pieces[at] = piece.replace("▁", " ").encode()
    return made.encode, pieces


def huggingface(path: Path) -> tuple[Encode, Pieces]:
    """Pieces as the library decodes them, those of bytes by their letters."""
    import tokenizers as library

    made: Any = library.Tokenizer.from_file(str(path))
    structure = json.loads(path.read_bytes())
    special = {one["id"] for one in structure["added_tokens"] if one["special"]}
    by_letter = {letter: byte for byte, letter in enumerate(_letters())}
    levels = "ByteLevel" in json.dumps(structure["pre_tokenizer"])
    pieces: Pieces = {}
    for text, at in made.get_vocab().items():
        if at not in special and text != "<unk>":
            of_letters = levels and all(letter in by_letter for letter in text)
            spaced = text.replace("▁", " ").encode()
            pieces[at] = bytes(by_letter[letter] for letter in text) if of_letters else spaced
    return lambda text: list(made.encode(text, add_special_tokens=False).ids), pieces


def _letters() -> Iterator[str]:
    """The letter of each byte (GPT-2)."""
    other = 256
    for byte in range(256):
        if 0x21 <= byte < 0x7F or 0xA1 <= byte < 0xAD or byte >= 0xAE:
            yield chr(byte)
        else:
            yield chr(other)
            other += 1


def plain(encode: Encode, pieces: Pieces, doubted: set[int]) -> tuple[set[int], set[int]]:
    """The ids that come of their own text alone, and those that come of any text.

    Args:
        doubted: pieces that are also tried before all pairs of ASCII characters.
    """
    alone, seen = set[int](), set[int]()
    texts, broken = {}, {}
    for at, piece in pieces.items():
        try:
            texts[at] = piece.decode()
        except UnicodeDecodeError:
            broken[at] = piece
    for at, text in texts.items():
        for form in {text, text[1:] if text[:1] == " " and len(text) > 1 else text}:
            ids = encode(form)
            seen.update(ids)
            if ids == [at]:
                alone.add(at)
    for left, right in CONTEXTS[1:]:
        for at, text in texts.items():
            if at not in seen:
                for form in {text, text[1:] if text[:1] == " " and len(text) > 1 else text}:
                    seen.update(encode(left + form + right))
    for at, text in texts.items():
        if at not in seen and at in doubted:
            for pair in product(["", *map(chr, range(33, 127))], repeat=2):
                seen.update(encode(text + "".join(pair)) + encode(f" {text}" + "".join(pair)))
    for at, piece in broken.items():
        for most in SAMPLED:
            if at not in seen:
                for text in completions(piece, most):
                    seen.update(encode(text))
    return alone, seen


def readers(path: Path) -> tuple[Encode, Pieces]:
    """Which of the readers above a file is for."""
    if path.name.startswith("tekken"):
        return tekken(path)
    return {".tiktoken": tiktoken, ".json": huggingface, ".model": sentencepiece}[path.suffix](path)


def check(path: Path) -> bool:
    """Audit a tokenizer both ways and print what came of it."""
    system = load(str(path))
    tokenizer: Any = system.library
    start = time.process_time()
    parts, vocabulary = tokenizer.parts(), tokenizer.vocabulary
    asked = vocabulary.returnable & (parts.texts.lengths > 0)
    if vocabulary.unknown is not None:
        asked[vocabulary.unknown] = False
    reach = Search(tokenizer, parts, asked, np.zeros(vocabulary.size, bool)).run()
    ours = time.process_time() - start
    encode, pieces = readers(path)
    doubted = {at for at, cause in reach.causes.items() if cause in ("pattern", "unknown", "score")}
    alone, seen = plain(encode, pieces, doubted)
    wrong = {
        "asked": set(pieces) ^ set(np.flatnonzero(asked).tolist()),
        "alone": alone ^ set(np.flatnonzero(reach.alone).tolist()),
        "unreached": (set(pieces) - seen) ^ set(reach.causes),
        "used": set(reach.causes) & _used(system),
    }
    causes = ", ".join(f"{cause} {n}" for cause, n in Counter(reach.causes.values()).most_common())
    differ = "; ".join(f"{name}: {len(ids)} ({sorted(ids)[:5]})" for name, ids in wrong.items() if ids)
    figures = [len(pieces), len(alone), int(reach.whole.sum()), len(reach.causes)]
    print(path.name, *figures, causes, f"{ours:.1f}", differ or "equal", sep="\t", flush=True)
    return not differ


def _used(system: Any) -> set[int]:
    """All ids of the words of the bundled tables; none where they can't be asked word by word."""
    every = sorted({language for corpus in all_bundled() for language in corpus.languages})
    found = uses(system, best_bundled(every).corpora, ReadOptions(), Progress())
    return {at for use in found.values() if use.ids is not None for at in np.flatnonzero(use.ids).tolist()}


def main(folder: Path, names: list[str]) -> int:
    """Check files of the folder, or those that are named."""
    paths = [Path(name) for name in names] or [folder / name for name in FILES]
    print("file", "pieces", "alone", "whole", "unreached", "causes", "seconds", "plain loops", sep="\t")
    wrong = [path for path in paths if not check(path)]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

